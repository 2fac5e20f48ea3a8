//! TIMEX3 values with the interval that each is: days, months, years, stretches of a year, durations.
//!
//! Takes numbers; gives an [`Outcome`] or nothing where the calendar has no such day. Constant time.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span as Length, ToSpan};

use super::super::extraction::Anchor;
use super::model::{Amount, Within};
use crate::lexicon::calendar::{Season, Unit};

/// What an expression came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) value: String,
    pub(super) interval: Option<(DateTime, DateTime)>,
    pub(super) anchor: Anchor,
    pub(super) conflict: bool,
    /// What later expressions may lean on.
    pub(super) told: Option<Told>,
}

/// A date told in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    pub(super) year: i32,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

pub(super) fn plain(value: impl Into<String>) -> Outcome {
    Outcome { value: value.into(), ..Outcome::default() }
}

pub(super) fn date(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// Monday 1 to Sunday 7.
pub(super) fn number(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

pub(super) fn monday(date: Date) -> Date {
    if date.weekday() == Weekday::Monday {
        return date;
    }
    date.nth_weekday(-1, Weekday::Monday).unwrap_or(date)
}

pub(super) fn nth_of(year: i32, month: i8, weekday: i8, nth: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
}

pub(super) fn tomorrow(date: Date) -> DateTime {
    date.tomorrow().unwrap_or(date).into()
}

/// One day.
pub(super) fn on(date: Date, anchor: Anchor) -> Outcome {
    Outcome {
        value: date.to_string(),
        interval: Some((date.into(), tomorrow(date))),
        anchor,
        conflict: false,
        told: Some(Told { year: i32::from(date.year()), month: Some(date.month()), day: Some(date.day()) }),
    }
}

pub(super) fn between(value: String, begin: Date, end: Date) -> Outcome {
    let told = Some(Told { year: i32::from(begin.year()), month: None, day: None });
    Outcome { value, interval: Some((begin.into(), end.into())), told, ..Outcome::default() }
}

/// Years from `first` on.
pub(super) fn years(value: String, first: i32, count: i32) -> Outcome {
    match (date(first, 1, 1), date(first + count, 1, 1)) {
        (Some(begin), Some(end)) => Outcome { anchor: Anchor::Explicit, told: None, ..between(value, begin, end) },
        _ => plain(value),
    }
}

/// A year, a month of it, or a stretch of it.
pub(super) fn coarse(year: i32, month: Option<i8>, within: Option<Within>, anchor: Anchor) -> Outcome {
    let told = Some(Told { year, month, day: None });
    if year < 0 {
        return Outcome { value: format!("BC{:04}", -year), anchor, ..Outcome::default() };
    }
    let (value, first, months) = match (month, within) {
        (Some(month), _) => (format!("{year:04}-{month:02}"), month, 1),
        (None, Some(within)) => {
            let (first, months) = match within {
                Within::Quarter(quarter) => (quarter * 3 - 2, 3),
                Within::Half(half) => (half * 6 - 5, 6),
                Within::Season(Season::Spring) => (3, 3),
                Within::Season(Season::Summer) => (6, 3),
                Within::Season(Season::Fall) => (9, 3),
                Within::Season(Season::Winter) => (12, 3),
            };
            (format!("{year:04}-{}", code(Some(within))), first, months)
        }
        (None, None) => (format!("{year:04}"), 1, 12),
    };
    let interval = date(year, first, 1).and_then(|begin| {
        let end = begin.checked_add(i64::from(months).months()).ok()?;
        Some((DateTime::from(begin), DateTime::from(end)))
    });
    Outcome { value, interval, anchor, conflict: false, told }
}

pub(super) fn code(within: Option<Within>) -> String {
    match within {
        Some(Within::Quarter(quarter)) => format!("Q{quarter}"),
        Some(Within::Half(half)) => format!("H{half}"),
        Some(Within::Season(season)) => match season {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
        .to_owned(),
        None => String::new(),
    }
}

/// So many units as a length; none where it does not fit the calendar.
pub(super) fn span(unit: Unit, count: i32) -> Option<Length> {
    let count = i64::from(count);
    let length = Length::new();
    match unit {
        Unit::Second => length.try_seconds(count),
        Unit::Minute => length.try_minutes(count),
        Unit::Hour => length.try_hours(count),
        Unit::Day | Unit::Night => length.try_days(count),
        Unit::Week => length.try_weeks(count),
        Unit::Month => length.try_months(count),
        Unit::Year => length.try_years(count),
        Unit::Decade => length.try_years(count * 10),
        Unit::Century => length.try_years(count * 100),
    }
    .ok()
}

/// A TIMEX3 duration. A unit that stands twice is summed; a fraction of a unit stays one.
pub(super) fn period(parts: &[(Unit, Amount)]) -> String {
    if let [(unit, Amount::Some)] = parts {
        return match unit {
            Unit::Second => "PTXS",
            Unit::Minute => "PTXM",
            Unit::Hour => "PTXH",
            Unit::Day | Unit::Night => "PXD",
            Unit::Week => "PXW",
            Unit::Month => "PXM",
            Unit::Year => "PXY",
            Unit::Decade => "PXDE",
            Unit::Century => "PXCE",
        }
        .to_owned();
    }
    let parts = whole(parts);
    let mut value = String::from("P");
    let mut timed = false;
    for unit in [
        Unit::Century,
        Unit::Decade,
        Unit::Year,
        Unit::Month,
        Unit::Week,
        Unit::Night,
        Unit::Day,
        Unit::Hour,
        Unit::Minute,
        Unit::Second,
    ] {
        let mut sum = 0.0;
        let mut any = false;
        for &(part, amount) in &parts {
            if part == unit
                && let Amount::Of(count) = amount
            {
                sum += count;
                any = true;
            }
        }
        if !any {
            continue;
        }
        let letter = match unit {
            Unit::Century => "CE",
            Unit::Decade => "DE",
            Unit::Year => "Y",
            Unit::Month | Unit::Minute => "M",
            Unit::Week => "W",
            Unit::Night | Unit::Day => "D",
            Unit::Hour => "H",
            Unit::Second => "S",
        };
        if unit <= Unit::Hour && !timed {
            value.push('T');
            timed = true;
        }
        // Four decimals are as exact as fractions in words are.
        let rounded = (sum * 10_000.0).round() / 10_000.0;
        let _ = write!(value, "{rounded}{letter}");
    }
    value
}

/// The parts with fractions of a unit told in the unit below, where they come out: half an hour is thirty minutes.
pub(super) fn whole(parts: &[(Unit, Amount)]) -> Vec<(Unit, Amount)> {
    let mut out = Vec::with_capacity(parts.len() + 1);
    for &(unit, amount) in parts {
        let below = match unit {
            Unit::Century => Some((Unit::Year, 100.0)),
            Unit::Decade => Some((Unit::Year, 10.0)),
            Unit::Year => Some((Unit::Month, 12.0)),
            Unit::Day => Some((Unit::Hour, 24.0)),
            Unit::Hour => Some((Unit::Minute, 60.0)),
            Unit::Minute => Some((Unit::Second, 60.0)),
            _ => None,
        };
        match (amount, below) {
            (Amount::Of(count), Some((lower, size))) if count.fract() > 0.0 => {
                let rest = count.fract() * size;
                if (rest - rest.round()).abs() > 0.01 {
                    out.push((unit, amount));
                    continue;
                }
                if count >= 1.0 {
                    out.push((unit, Amount::Of(count.trunc())));
                }
                out.push((lower, Amount::Of(rest.round())));
            }
            _ => out.push((unit, amount)),
        }
    }
    out
}

/// Easter Sunday of the western churches, by the anonymous Gregorian computus.
pub(super) fn easter(year: i32) -> Option<Date> {
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let correction = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 19 * weekday) / 433;
    let month = (epact + weekday - 7 * late + 90) / 25;
    let day = (epact + weekday - 7 * late + 33 * month + 19) % 32;
    date(year, month as i8, day as i8)
}
