//! Names that only look like times, and times that mean something else than they say.
//!
//! - `صحيفة اليوم` "the newspaper Al-Yaum", `حركة 20 فبراير` "the 20 February Movement", `صلاة الجمعة` "Friday prayer" are names.
//! - `اليوم` beside a pronoun or after `حتى` is "nowadays": `PRESENT_REF`.

use super::Found;
use super::model::{Base, Meaning, Point};
use super::scan::Scan;
use crate::lexicon::calendar::{Reference, TimeWord, Unit};
use crate::text::Proclitics;

/// The item, if it is a time, with what it means.
pub(super) fn check(s: &Scan<'_>, item: Found) -> Option<Found> {
    // "60 دقيقة" in marks of its own is a programme.
    if quoted(s, item.first, item.last) && matches!(item.meaning, Meaning::Length(..)) {
        return None;
    }
    let Meaning::Point(point) = &item.meaning else { return Some(item) };
    let first = item.first;
    let before = |wanted: &TimeWord| {
        let mut at = first;
        if at > 0 && s.continues(at) && matches!(s.word(at - 1), "\"" | "(" | "'" | "ال") {
            at -= 1;
        }
        at > 0
            && s.continues(at)
            && s.find_with(at - 1, Proclitics::all(), |word| (word == wanted).then_some(())).is_some()
    };
    if *point == (Point { base: Base::Shift(Unit::Day, 0), ..Point::default() }) && item.first == item.last {
        return today(s, item, &before);
    }
    // في أمس الحاجة "in dire need", حزب الغد "the party Al-Ghad"
    if matches!(point.base, Base::Shift(Unit::Day, _))
        && item.first == item.last
        && (before(&TimeWord::Masthead)
            || s.continues(item.last + 1)
                && s.find(item.last + 1, |word| matches!(word, TimeWord::DayName).then_some(())).is_some())
    {
        return None;
    }
    let bare_weekday = point.weekday.is_some() && point.day.is_none() && point.base == Base::None;
    if bare_weekday && item.first == item.last && before(&TimeWord::Prayer) {
        return None;
    }
    if point.year.is_none() && point.month.is_some() && point.base == Base::None && before(&TimeWord::Named) {
        return None;
    }
    Some(item)
}

fn today(s: &Scan<'_>, item: Found, before: &impl Fn(&TimeWord) -> bool) -> Option<Found> {
    let i = item.first;
    // "اليوم" in marks of its own, "روسيا اليوم": an outlet. So is no day اليوم العالمي ل.
    let marked = (0..=2).filter_map(|back| i.checked_sub(back)).any(|first| quoted(s, first, i));
    let named = s.continues(i + 1) && s.find(i + 1, |word| matches!(word, TimeWord::DayName).then_some(())).is_some();
    if marked || named || before(&TimeWord::Masthead) {
        return None;
    }
    if before(&TimeWord::Nowadays) {
        return Some(Found { meaning: Meaning::Reference(Reference::Present), rule: "times.reference", ..item });
    }
    Some(item)
}

/// Whether quote marks or brackets stand right round the tokens.
fn quoted(s: &Scan<'_>, first: usize, last: usize) -> bool {
    first > 0
        && s.text().glued(first)
        && s.text().glued(last + 1)
        && matches!((s.word(first - 1), s.word(last + 1)), ("\"", "\"") | ("'", "'") | ("(", ")"))
        && (s.word(first - 1) != "(" || first < last)
}
