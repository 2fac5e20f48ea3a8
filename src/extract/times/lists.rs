//! Times told together: `5 و10 يناير` "the 5th and 10th of January", `عامي 2011 و2015`, `يناير وفبراير 2020`.
//!
//! `times.list`. *Finds* each as an expression of its own; what one leaves out it takes from the one beside it.
//! *Known misses*: lists without a word that announces them (`قتل 5 و10 يناير`).

use super::Expression;
use super::Found;
use super::model::{Base, Meaning, Point};
use super::scan::Scan;
use crate::text::TokenKind;

/// How many days one list may hold.
const MOST_DAYS: usize = 8;

/// Adds the bare days that stand before `item`, down to token `floor`.
pub(super) fn before(s: &Scan<'_>, item: &Found, floor: usize, out: &mut Vec<Found>) {
    let Meaning::Point(point) = &item.meaning else { return };
    let (Some(_), Some(_)) = (point.day, point.month) else { return };
    if point.weekday.is_some() || point.base != Base::None || s.number(item.first).is_none() {
        return;
    }
    let mut days = Vec::new();
    let mut at = item.first;
    while days.len() < MOST_DAYS {
        let Some((first, value, begin, last)) = day_before(s, at, floor) else { break };
        days.push((first, value, begin, last));
        at = first;
    }
    for &(first, value, begin, last) in days.iter().rev() {
        let point = Point { day: Some(value), weekday: None, clock: None, zone: None, part: None, ..point.clone() };
        out.push(Found { first, last, begin, meaning: Meaning::Point(point), rule: "times.list" });
    }
}

/// The bare day before token `i`, joined to it by و, إلى, a dash: its first token, value, where it begins, last token.
fn day_before(s: &Scan<'_>, i: usize, floor: usize) -> Option<(usize, i8, u32, usize)> {
    if i == 0 || !s.continues(i) {
        return None;
    }
    let joint = s.word(i - 1);
    let glued = s.word(i).starts_with('و') && s.text().kind(i) == TokenKind::Arabic;
    let end = if matches!(joint, "و" | "الي" | "حتي" | "-" | "–" | "او" | "،" | "," | "وحتي" | "والي" | "/")
    {
        i.checked_sub(2)?
    } else if glued {
        i - 1
    } else {
        return None;
    };
    let numeral = (0..3)
        .filter_map(|back| end.checked_sub(back))
        .find_map(|at| s.number(at).filter(|number| number.last == end).map(|number| (at, number)));
    let (first, number) = numeral?;
    if first < floor || !s.continues(first) || number.fraction() {
        return None;
    }
    let value = number.whole(1, 31)?;
    let announced = first > 0
        && matches!(
            s.word(first - 1),
            "يومي"
                | "ايام"
                | "في"
                | "بين"
                | "من"
                | "يوم"
                | "ليومي"
                | "و"
                | "،"
                | ","
                | "وايام"
                | "ويومي"
                | "خلال"
                | "يومين"
        );
    let dashed = matches!(joint, "-" | "–") && number.digits && s.text().glued(i) == s.text().glued(i - 1);
    if s.text().glued(first) && s.is_digits(first) && matches!(s.word(first.wrapping_sub(1)), "." | "/" | ":" | "-") {
        return None;
    }
    (announced || dashed).then_some((first, value as i8, number.begin, number.last))
}

/// Adds the years that go on from a year that ends before token `i`; gives the token after them.
pub(super) fn after(s: &Scan<'_>, mut i: usize, out: &mut Vec<Found>) -> usize {
    while let Some(last) = out.last()
        && let Meaning::Point(point) = &last.meaning
        && let Some(year) = point.year
        && point.month.is_none()
        && point.base == Base::None
        && point.within.is_none()
        && point.calendar == super::Calendar::Gregorian
    {
        if !s.continues(i) || !matches!(s.word(i), "و" | "الي" | "حتي" | "-" | "–" | "/" | "او" | "،" | "وحتي" | "والي")
        {
            break;
        }
        let plain = matches!(s.word(i), "و" | "-" | "–" | "/" | "الي" | "حتي");
        let Some(next) = super::years::plausible(s, i + 1).filter(|_| s.continues(i + 1)) else { break };
        if !plain && next < year
            || (s.word(i) == "و" && s.numerals.at(i + 1).is_some_and(|numeral| numeral.last > i + 1))
        {
            break;
        }
        let begin = s.text().token(i + 1).span.begin;
        let point = Point { year: Some(next), ..Point::default() };
        out.push(Found { first: i + 1, last: i + 1, begin, meaning: Meaning::Point(point), rule: "times.list" });
        i += 2;
    }
    i
}

/// Gives each month without a year the year of the one joined to it: `من يناير إلى مارس 2020`.
pub(super) fn share_years(s: &Scan<'_>, expressions: &mut [Expression]) {
    for at in (1..expressions.len()).rev() {
        let (Some(left), Some(right)) = (expressions.get(at - 1), expressions.get(at)) else { continue };
        let (Meaning::Point(one), Meaning::Point(two)) = (&left.meaning, &right.meaning) else { continue };
        if one.month.is_none() || one.year.is_some() || two.year.is_none() || two.month.is_none() {
            continue;
        }
        if one.base != Base::None || one.side.is_some() || one.calendar != two.calendar || right.first > left.last + 3 {
            continue;
        }
        let joined = (left.last + 1..right.first).all(|i| {
            matches!(s.word(i), "و" | "الي" | "حتي" | "-" | "–" | "او" | "،" | "," | "وحتي" | "والي" | "في" | "يوم")
        });
        if !joined {
            continue;
        }
        let mut year = two.year;
        if let (Some(year_value), Some(one_month), Some(two_month)) = (two.year, one.month, two.month)
            && one_month > two_month
        {
            year = Some(year_value - 1);
        }
        if let Some(Expression { meaning: Meaning::Point(point), .. }) = expressions.get_mut(at - 1) {
            point.year = year;
        }
    }
}
