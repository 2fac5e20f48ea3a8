//! What recurs: `times.set`.
//!
//! *Finds* adverbs (`يوميا` "daily"), `كل` with a unit or a weekday (`كل عام` "every year", `كل جمعة`), and `مرتين في الأسبوع`
//! "twice a week". *Known misses*: adjectives (`زيارته السنوية`), plurals of weekdays without أيام.

use super::Found;
use super::model::Meaning;
use super::scan::{LEADING, Scan};
use crate::lexicon::calendar::{Count, TimeWord, Unit};
use crate::text::Proclitics;

/// The recurring time that begins at token `i`.
pub(super) fn read(s: &Scan<'_>, i: usize) -> Option<Found> {
    let found = |last, begin, meaning| Some(Found { first: i, last, begin, meaning, rule: "times.set" });
    if let Some(times) = s.find_with(i, LEADING, |word| matches!(word, TimeWord::Times(1 | 2)).then_some(())) {
        let (last, meaning) = period(s, times.last + 1)?;
        return found(last, times.begin, meaning);
    }
    if let Some(number) = s.number(i)
        && s.continues(number.last + 1)
        && let Some(times) = s.find(number.last + 1, |word| matches!(word, TimeWord::Times(_)).then_some(()))
    {
        let (last, meaning) = period(s, times.last + 1)?;
        return found(last, number.begin, meaning);
    }
    if let Some(every) = every(s, i) {
        return found(every.0, every.1, every.2);
    }
    if let Some(days) = s.unit(i, LEADING)
        && days.value == (Unit::Day, Count::Many)
        && !days.definite
        && s.continues(days.last + 1)
        && let Some(day) = s.find(days.last + 1, |word| match word {
            TimeWord::Weekday(day) => Some(*day),
            _ => None,
        })
        && day.definite
    {
        return found(day.last, days.begin, Meaning::Weekly(day.value));
    }
    None
}

/// يوميا; كل يوم, كل 3 أيام, كل جمعة
fn every(s: &Scan<'_>, i: usize) -> Option<(usize, u32, Meaning)> {
    if let Some(adverb) = s.find_with(i, LEADING, |word| match word {
        TimeWord::Every(count, unit) => Some((*count, *unit)),
        _ => None,
    }) {
        let (count, unit) = adverb.value;
        return Some((adverb.last, adverb.begin, Meaning::Every(f64::from(count), unit)));
    }
    let each = s.find_with(i, LEADING, |word| matches!(word, TimeWord::Each).then_some(()))?;
    let at = each.last + 1;
    if each.definite || !s.continues(at) {
        return None;
    }
    let weekday = |at: usize| {
        s.find(at, |word| match word {
            TimeWord::Weekday(day) => Some(*day),
            _ => None,
        })
    };
    if let Some(day) = weekday(at)
        && (day.value != 7 || day.definite)
    {
        return Some((day.last, each.begin, Meaning::Weekly(day.value)));
    }
    if let Some(unit) = s.unit(at, Proclitics::empty())
        && !unit.definite
    {
        if unit.value.0 == Unit::Day
            && let Some(day) = weekday(unit.last + 1)
        {
            return Some((day.last, each.begin, Meaning::Weekly(day.value)));
        }
        let count = match unit.value.1 {
            Count::One => 1.0,
            Count::Two if s.word(at).ends_with('ن') => 2.0,
            _ => return None,
        };
        // كل لحظة "any moment"
        if unit.value.0 == Unit::Second {
            return None;
        }
        // كل شهر رمضان, كل عام 2011 are not every month, every year.
        if s.number(unit.last + 1).is_some_and(|number| number.digits) && s.continues(unit.last + 1) {
            return None;
        }
        return Some((unit.last, each.begin, Meaning::Every(count, unit.value.0)));
    }
    let number = s.number(at)?;
    if number.ordinal() || number.fraction() && number.value >= 1.0 || !s.continues(number.last + 1) {
        return None;
    }
    let unit = s.unit(number.last + 1, Proclitics::empty())?;
    (!unit.definite).then_some((unit.last, each.begin, Meaning::Every(number.value, unit.value.0)))
}

/// في الأسبوع, كل عام, يوميا after a number of times.
fn period(s: &Scan<'_>, i: usize) -> Option<(usize, Meaning)> {
    if !s.continues(i) {
        return None;
    }
    if let Some((last, _, meaning)) = every(s, i) {
        return Some((last, meaning));
    }
    let (at, allow) = if s.word(i) == "في" { (i + 1, Proclitics::empty()) } else { (i, Proclitics::BEH) };
    let unit = s.unit(at, allow)?;
    if at == i && unit.begin == s.text().token(i).span.begin {
        return None;
    }
    // "once in the last year" is none.
    let sided = s.continues(unit.last + 1)
        && s.find(unit.last + 1, |word| matches!(word, TimeWord::Side(_) | TimeWord::Itself).then_some(())).is_some();
    (unit.definite && unit.value.1 == Count::One && !sided).then_some((unit.last, Meaning::Every(1.0, unit.value.0)))
}
