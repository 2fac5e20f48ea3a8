//! The words of the calendar: months, weekdays, units, holidays, zones, and the small words that turn them into dates.
//!
//! Reads `months.tsv`, `weekdays.tsv`, `time_units.tsv`, `time_words.tsv`, `holidays.tsv` and `time_zones.tsv`; each row gives
//! one [`TimeWord`] for each thing that the word can be. What a word means beside others is the times layer's matter.

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};
use crate::extract::Calendar;

/// A unit of time, shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// ثانية
    Second,
    /// دقيقة
    Minute,
    /// ساعة
    Hour,
    /// يوم
    Day,
    /// ليلة
    Night,
    /// أسبوع
    Week,
    /// شهر
    Month,
    /// سنة, عام
    Year,
    /// عقد
    Decade,
    /// قرن
    Century,
}

/// How many the form of a unit says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// The singular, which follows numbers from 11 on as well.
    One,
    /// The dual.
    Two,
    /// The plural.
    Many,
}

/// A part of the day, as TIMEX3 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// `TMO`
    Morning,
    /// `TMI`
    Midday,
    /// `TAF`
    Afternoon,
    /// `TEV`
    Evening,
    /// `TNI`
    Night,
    /// `TDT`
    Daytime,
}

/// A season, as TIMEX3 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// `SP`
    Spring,
    /// `SU`
    Summer,
    /// `FA`
    Fall,
    /// `WI`
    Winter,
}

/// The half of the day that a clock time lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HalfDay {
    /// Before noon.
    Morning,
    /// After noon.
    Evening,
    /// Round noon: 11 stays, 1 is 13.
    Noon,
    /// At night: 11 is 23, 2 stays, 12 is midnight.
    Night,
}

/// Where a span of time lies, told by an adjective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// الماضي "last"
    Past,
    /// الجاري "current"
    Current,
    /// المقبل "next"
    Next,
    /// الأخير "the latest"; of a single unit rather its last one
    Latest,
    /// قبل الماضي "before last"
    BeforeLast,
    /// التالي "the following", from a time in the text
    Following,
}

/// A demonstrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pointer {
    /// هذا "this"
    This,
    /// ذلك "that"
    That,
    /// نفس "the same"
    Same,
}

/// A stretch at the edge or in the middle of a longer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// مطلع "start of"
    Start,
    /// منتصف "middle of"
    Mid,
    /// نهاية "end of"
    End,
}

/// A time that is only past, present or future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// `PAST_REF`
    Past,
    /// `PRESENT_REF`
    Present,
    /// `FUTURE_REF`
    Future,
}

/// The years that an era counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Era {
    /// هـ
    Hijri,
    /// م
    Gregorian,
    /// ق.م
    BeforeChrist,
}

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feast {
    /// The same day each year of a calendar.
    Fixed(Calendar, i8, i8),
    /// So many days after Easter Sunday of the western churches.
    Easter(i16),
}

/// What a word can say about time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeWord {
    /// A month's name; `alone` where the word is hardly anything else.
    Month {
        /// The calendar that it belongs to.
        calendar: Calendar,
        /// 1 to 12.
        number: i8,
        /// Whether it needs no context.
        alone: bool,
    },
    /// A weekday, Monday 1 to Sunday 7.
    Weekday(i8),
    /// A unit.
    Unit(Unit, Count),
    /// A day counted from today.
    Day(i8),
    /// A night counted from today.
    Tonight(i8),
    /// Past, present, future.
    Reference(Reference),
    /// An adjective of place in time.
    Side(Side),
    /// نفسه "itself", after its noun
    Itself,
    /// A demonstrative, before its noun.
    Pointer(Pointer),
    /// A phase of a longer time.
    Phase(Phase),
    /// أول "first of" before a month
    First,
    /// نصف "half of" before a month: its fifteenth
    HalfMonth,
    /// A fraction of a year or an hour: quarter 4, third 3, half 2.
    Fraction(i8),
    /// A fraction of an hour after a full one, in minutes.
    HourPart(i8),
    /// المالي "fiscal", الدراسي "academic", between العام and what follows
    YearKind,
    /// A part of the day.
    Part(Part),
    /// A part of the day where a day stands beside it.
    PartOf(Part),
    /// A half of the day after a clock time.
    HalfDay(HalfDay),
    /// A season.
    Season(Season),
    /// The weekend.
    Weekend,
    /// An adverb of recurrence, with its period.
    Every(u8, Unit),
    /// كل "every"
    Each,
    /// مرة, مرتين, مرات "times", with how many it says (0: the number before it)
    Times(i8),
    /// A length that no number tells.
    Length,
    /// بضعة "some" before a plural
    Some,
    /// قليلة "few" after a plural
    Few,
    /// عشرات "tens of"
    Dozens,
    /// كامل "whole" after a unit
    Whole,
    /// A decade of a century: 20 to 90.
    Decade(i8),
    /// قبل "ago" before a length
    Ago,
    /// بعد "in" before a length
    In,
    /// A word after which a bare unit is a length.
    Lead,
    /// A word that tells of the future.
    Future,
    /// A word that tells of the past.
    Past,
    /// A word before اليوم "today" that makes it "nowadays".
    Nowadays,
    /// An adjective after اليوم that makes it the name of a day: اليوم العالمي "the World Day of"
    DayName,
    /// A word before اليوم that makes it the name of an outlet.
    Masthead,
    /// A word before a date that makes it a name.
    Named,
    /// A word before a weekday that makes it a name.
    Prayer,
    /// A word before العام "general", "the year" that makes it an adjective.
    Title,
    /// A word that makes a number of years an age.
    Age,
    /// A word before a bare number that makes it a year.
    YearOf,
    /// A verb of coming and going: figures right behind it are a date.
    Arrival,
    /// An era.
    Era(Era),
    /// الموافق "corresponding to"
    Agree,
    /// A holiday.
    Holiday(Feast),
    /// A time zone by its IANA name; `local` for the place of the story.
    Zone(Box<str>),
}

impl TimeWord {
    /// Whether a time expression can begin with it; the others only shade one.
    pub fn opens(&self) -> bool {
        matches!(
            self,
            Self::Month { .. }
                | Self::Weekday(_)
                | Self::Unit(..)
                | Self::Day(_)
                | Self::Tonight(_)
                | Self::Reference(_)
                | Self::Pointer(_)
                | Self::Phase(_)
                | Self::First
                | Self::HalfMonth
                | Self::Fraction(_)
                | Self::Part(_)
                | Self::PartOf(_)
                | Self::Season(_)
                | Self::Weekend
                | Self::Every(..)
                | Self::Each
                | Self::Times(_)
                | Self::Length
                | Self::Some
                | Self::Dozens
                | Self::Decade(_)
                | Self::Ago
                | Self::In
                | Self::Holiday(_)
        )
    }
}

/// The tables of the calendar.
pub(super) const TABLES: &[Table] = &[
    Table { name: "months.tsv", text: include_str!("../../lexicon/months.tsv"), read: months },
    Table { name: "weekdays.tsv", text: include_str!("../../lexicon/weekdays.tsv"), read: weekdays },
    Table { name: "time_units.tsv", text: include_str!("../../lexicon/time_units.tsv"), read: units },
    Table { name: "time_words.tsv", text: include_str!("../../lexicon/time_words.tsv"), read: words },
    Table { name: "holidays.tsv", text: include_str!("../../lexicon/holidays.tsv"), read: holidays },
    Table { name: "time_zones.tsv", text: include_str!("../../lexicon/time_zones.tsv"), read: zones },
];

fn months(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let calendar = calendar(row.cell("calendar")).ok_or_else(|| row.error("no such calendar"))?;
    let word = TimeWord::Month { calendar, number: row.parse("month")?, alone: row.flag("alone") };
    builder.add([row.cell("form")], Entry::Time(word));
    Ok(())
}

fn weekdays(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    builder.add([row.cell("form")], Entry::Time(TimeWord::Weekday(row.parse("day")?)));
    Ok(())
}

fn units(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let unit = match row.cell("unit") {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "night" => Unit::Night,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return Err(row.error("no such unit")),
    };
    let count = match row.cell("number") {
        "one" => Count::One,
        "two" => Count::Two,
        "many" => Count::Many,
        _ => return Err(row.error("no such number")),
    };
    builder.add([row.cell("form")], Entry::Time(TimeWord::Unit(unit, count)));
    Ok(())
}

fn words(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    for role in row.list("roles") {
        let (kind, value) = role.split_once('=').unwrap_or((role, ""));
        let word = word(kind, value).ok_or_else(|| row.error(format!("no such role: {role}")))?;
        builder.add([row.cell("form")], Entry::Time(word));
    }
    Ok(())
}

fn holidays(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let feast = feast(row.cell("rule")).ok_or_else(|| row.error("no such rule"))?;
    builder.add([row.cell("form")], Entry::Time(TimeWord::Holiday(feast)));
    Ok(())
}

fn zones(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let zone = row.cell("zone");
    if zone != "local" && jiff::tz::TimeZone::get(zone).is_err() {
        return Err(row.error(format!("no such zone: {zone}")));
    }
    builder.add([row.cell("form")], Entry::Time(TimeWord::Zone(zone.into())));
    Ok(())
}

fn calendar(name: &str) -> Option<Calendar> {
    match name {
        "gregorian" => Some(Calendar::Gregorian),
        "hijri" => Some(Calendar::Hijri),
        _ => None,
    }
}

/// `hijri 10-01`, `easter -2`
fn feast(rule: &str) -> Option<Feast> {
    let (kind, rest) = rule.split_once(' ')?;
    if kind == "easter" {
        return rest.parse().ok().map(Feast::Easter);
    }
    let (month, day) = rest.split_once('-')?;
    Some(Feast::Fixed(calendar(kind)?, month.parse().ok()?, day.parse().ok()?))
}

fn word(kind: &str, value: &str) -> Option<TimeWord> {
    Some(match kind {
        "day" => TimeWord::Day(value.parse().ok()?),
        "tonight" => TimeWord::Tonight(value.parse().ok()?),
        "reference" => TimeWord::Reference(match value {
            "past" => Reference::Past,
            "present" => Reference::Present,
            "future" => Reference::Future,
            _ => return None,
        }),
        "side" => TimeWord::Side(match value {
            "past" => Side::Past,
            "current" => Side::Current,
            "next" => Side::Next,
            "latest" => Side::Latest,
            "before_last" => Side::BeforeLast,
            "following" => Side::Following,
            _ => return None,
        }),
        "same" => TimeWord::Itself,
        "pointer" => TimeWord::Pointer(match value {
            "this" => Pointer::This,
            "that" => Pointer::That,
            "same" => Pointer::Same,
            _ => return None,
        }),
        "phase" => TimeWord::Phase(match value {
            "start" => Phase::Start,
            "mid" => Phase::Mid,
            "end" => Phase::End,
            _ => return None,
        }),
        "first" => TimeWord::First,
        "half_month" => TimeWord::HalfMonth,
        "fraction" => TimeWord::Fraction(match value {
            "quarter" => 4,
            "third" => 3,
            "half" => 2,
            _ => return None,
        }),
        "hour_part" => TimeWord::HourPart(value.parse().ok()?),
        "year_kind" => TimeWord::YearKind,
        "part" => TimeWord::Part(part(value)?),
        "part_of" => TimeWord::PartOf(part(value)?),
        "half_day" => TimeWord::HalfDay(match value {
            "am" => HalfDay::Morning,
            "pm" => HalfDay::Evening,
            "noon" => HalfDay::Noon,
            "night" => HalfDay::Night,
            _ => return None,
        }),
        "season" => TimeWord::Season(match value {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Fall,
            "WI" => Season::Winter,
            _ => return None,
        }),
        "weekend" => TimeWord::Weekend,
        "set" => {
            let (count, unit) = period(value)?;
            TimeWord::Every(count, unit)
        }
        "each" => TimeWord::Each,
        "times" => TimeWord::Times(if value == "n" { 0 } else { value.parse().ok()? }),
        "length" => TimeWord::Length,
        "some" => TimeWord::Some,
        "few" => TimeWord::Few,
        "dozens" => TimeWord::Dozens,
        "whole" => TimeWord::Whole,
        "decade" => TimeWord::Decade(value.parse().ok()?),
        "lead" => match value {
            "ago" => TimeWord::Ago,
            "in" => TimeWord::In,
            "length" => TimeWord::Lead,
            _ => return None,
        },
        "cue" => match value {
            "future" => TimeWord::Future,
            "past" => TimeWord::Past,
            _ => return None,
        },
        "nowadays" => TimeWord::Nowadays,
        "dayname" => TimeWord::DayName,
        "masthead" => TimeWord::Masthead,
        "named" => TimeWord::Named,
        "prayer" => TimeWord::Prayer,
        "title" => TimeWord::Title,
        "age" => TimeWord::Age,
        "year_of" => TimeWord::YearOf,
        "arrival" => TimeWord::Arrival,
        "era" => TimeWord::Era(match value {
            "hijri" => Era::Hijri,
            "gregorian" => Era::Gregorian,
            "bc" => Era::BeforeChrist,
            _ => return None,
        }),
        "agree" => TimeWord::Agree,
        _ => return None,
    })
}

/// `P6M`, `PT1H`
fn period(value: &str) -> Option<(u8, Unit)> {
    let (date, rest) = match value.strip_prefix("PT") {
        Some(rest) => (false, rest),
        None => (true, value.strip_prefix('P')?),
    };
    let letter = rest.chars().last()?;
    let unit = match (date, letter) {
        (true, 'D') => Unit::Day,
        (true, 'W') => Unit::Week,
        (true, 'M') => Unit::Month,
        (true, 'Y') => Unit::Year,
        (false, 'H') => Unit::Hour,
        (false, 'M') => Unit::Minute,
        _ => return None,
    };
    Some((rest.strip_suffix(letter)?.parse().ok()?, unit))
}

fn part(code: &str) -> Option<Part> {
    Some(match code {
        "MO" => Part::Morning,
        "MI" => Part::Midday,
        "AF" => Part::Afternoon,
        "EV" => Part::Evening,
        "NI" => Part::Night,
        "DT" => Part::Daytime,
        _ => return None,
    })
}
