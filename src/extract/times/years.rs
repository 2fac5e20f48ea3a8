//! Bare years: `times.year`.
//!
//! *Finds* four figures from 1900 to 2100 behind a word that calls for a time (`منذ 1990` "since 1990", `انتخابات 2018`) or
//! in brackets of years (`1990-1995`). *Known misses*: years behind any other noun (`كأس العالم 2022` is a name).

use super::Found;
use super::model::{Meaning, Point};
use super::scan::{LEADING, Scan};
use crate::lexicon::Entry;
use crate::lexicon::calendar::TimeWord;
use crate::text::TokenKind;

/// The bare year at token `i`.
pub(super) fn read(s: &Scan<'_>, i: usize) -> Option<Found> {
    let year = plausible(s, i)?;
    // A line of a chronicle: 1973 - بدء ...
    if (i == 0 || s.text().opens_line(i))
        && s.mark(i + 1, &["-", "–", "،", ":"])
        && !s.is_digits(i + 2)
        && s.continues(i + 2)
    {
        return Some(found(s, i, year));
    }
    if i == 0 || !s.continues(i) {
        return None;
    }
    let mut before = i - 1;
    let quoted = matches!(s.word(before), "(" | "\"");
    if quoted {
        before = i.checked_sub(2)?;
    }
    let noun = s.find_with(before, LEADING, |word| matches!(word, TimeWord::YearOf).then_some(())).is_some()
        || s.find_with(before, LEADING, |word| matches!(word, TimeWord::Phase(_) | TimeWord::Season(_)).then_some(()))
            .is_some();
    // حرب لبنان 2006
    let noun = noun
        || before > 0
            && s.continues(before)
            && s.text().kind(before) == TokenKind::Arabic
            && !matches!(s.word(before), "من" | "الي" | "عن" | "علي" | "نحو" | "مع" | "بنحو" | "حوالي" | "بين")
            && s.find(before - 1, |word| matches!(word, TimeWord::YearOf).then_some(())).is_some();
    let preposition =
        matches!(s.word(before), "في" | "وفي" | "ففي" | "منذ" | "ومنذ" | "حتي" | "وحتي" | "لغايه" | "بين")
            || matches!(s.word(before), "ب") && s.text().glued(i);
    let joint = s.mark(i + 1, &["-", "–", "/", "الي", "حتي", "ــ"]);
    let range = joint && plausible(s, i + 2).is_some_and(|end| end > year && end - year < 60);
    // الفترة نفسها من 2014, ابتداء من 2015
    let of = s.word(before) == "من"
        && before > 0
        && (range
            || matches!(
                s.word(before - 1),
                "الفتره" | "نفسها" | "ذاتها" | "اعتبارا" | "ابتداء" | "بدءا" | "انطلاقا" | "نفسه"
            ));
    if !(preposition || noun || of || range && (quoted || s.text().glued(i + 1))) || counts(s, i) {
        return None;
    }
    Some(found(s, i, year))
}

fn found(s: &Scan<'_>, i: usize, year: i32) -> Found {
    let point = Point { year: Some(year), ..Point::default() };
    let begin = s.text().token(i).span.begin;
    Found { first: i, last: i, begin, meaning: Meaning::Point(point), rule: "times.year" }
}

/// The four figures at token `i` as a year.
pub(super) fn plausible(s: &Scan<'_>, i: usize) -> Option<i32> {
    let (year, digits) = s.figure(i)?;
    let text = s.text();
    let glued_before =
        i > 0 && text.glued(i) && matches!(s.word(i - 1), "." | "," | ":" | "/" | "$" | "_" | "=" | "+" | "٫" | "#");
    let glued_after = text.glued(i + 1)
        && (matches!(s.word(i + 1), "%" | "$" | "_")
            || text.kind(i + 1) == TokenKind::Foreign
            || matches!(s.word(i + 1), "." | "," | ":" | "٫") && text.glued(i + 2) && s.is_digits(i + 2));
    (digits == 4 && (1900..=2100).contains(&year) && !glued_before && !glued_after).then_some(year)
}

/// Whether the figures at token `i` count or measure what follows.
fn counts(s: &Scan<'_>, i: usize) -> bool {
    if !s.continues(i + 1) {
        return false;
    }
    let measured = s.reading.hits.at(i + 1).iter().any(|hit| {
        matches!(s.reading.lexicon.entry(hit.entry), Some(Entry::Time(TimeWord::Unit(..)) | Entry::Number(_)))
    });
    let numeral = s.numerals.at(i).is_some_and(|numeral| numeral.last > i);
    // 2000 of anything is rather a count.
    let round = s.word(i).ends_with("00") && s.word(i) != "1900" && s.text().kind(i + 1) == TokenKind::Arabic;
    measured || numeral || (round && !s.word(i + 1).starts_with('و'))
}
