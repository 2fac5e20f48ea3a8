//! What a time expression says, before it is known from which day it is reckoned.

use super::super::extraction::Calendar;
use crate::lexicon::calendar::{Feast, Part, Phase, Reference, Season, Side, Unit};

/// The meaning of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A date or a time of day.
    Point(Point),
    /// A length, with the side of now on which it lies where an adjective says so.
    Length(Vec<(Unit, Amount)>, Option<Side>),
    /// A length that no number tells.
    Vague,
    /// Something that recurs at this period.
    Every(f64, Unit),
    /// A weekday that recurs.
    Weekly(i8),
    /// Past, present, future.
    Reference(Reference),
}

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// So many.
    Of(f64),
    /// Some.
    Some,
}

/// A stretch within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// A season.
    Season(Season),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half, 1 or 2.
    Half(i8),
}

/// What the words of a date start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing but what they say.
    #[default]
    None,
    /// So many units from the day of telling.
    Shift(Unit, i32),
    /// So many units back or ahead, counted out: `قبل أسبوع` is a day.
    Ago(Unit, i32),
    /// So many units from the date told before.
    Text(Unit, i32),
    /// A holiday.
    Holiday(Feast),
}

/// A clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: i8,
    pub second: Option<i8>,
    /// Whether the half of the day is known.
    pub settled: bool,
}

/// A date or time as its words say it: a base, and fields that refine it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub calendar: Calendar,
    pub base: Base,
    pub year: Option<i32>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// Whether the day was an ordinal word: the third Tuesday, or Tuesday the third.
    pub ordinal_day: bool,
    /// Monday 1 to Sunday 7.
    pub weekday: Option<i8>,
    /// Which of the month's weekdays.
    pub nth: Option<i8>,
    pub within: Option<Within>,
    /// The first year of a decade, or its first year in a century still to be known (20 to 90).
    pub decade: Option<i32>,
    /// A century by number.
    pub century: Option<i32>,
    pub weekend: bool,
    pub part: Option<Part>,
    pub clock: Option<Clock>,
    pub zone: Option<Box<str>>,
    pub phase: Option<Phase>,
    /// الماضي after a weekday, a month, a season.
    pub side: Option<Side>,
    /// The Gregorian date that stands beside the Hijri one.
    pub twin: Option<(i32, i8, i8)>,
    /// A second date after a dash: the end of the stretch.
    pub until: Option<Box<Point>>,
    /// Whether only the day before it in the text says which one.
    pub leans: bool,
}

impl Point {
    /// Whether the words tell which day it is, or which weekday.
    pub(super) fn has_day(&self) -> bool {
        self.day.is_some()
            || self.weekday.is_some()
            || matches!(
                self.base,
                Base::Shift(Unit::Day | Unit::Night, _) | Base::Text(Unit::Day, _) | Base::Holiday(_)
            )
    }
}
