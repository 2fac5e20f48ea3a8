//! Values and intervals: what an expression means on the day on which it was told.
//!
//! Takes expressions and [`Anchors`]; gives [`TimeExpression`]s. Publish time first, then the article's own date; with
//! neither, relative values keep their X places. A weekday is the last one that was (or today), the next one where the words
//! round it speak of the future; a month without its year is the nearest, a month ahead counting twice. `ذلك العام` "that
//! year" is reckoned from the date told before it. One pass; each value costs constant time.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::super::Reading;
use super::super::extraction::{Anchor, Calendar, Modifier, Reason, TimeExpression, TimeType};
use super::hijri;
use super::model::{Amount, Base, Clock, Meaning, Point};
use super::values::{
    Outcome, Told, between, coarse, code, date, easter, monday, nth_of, number, on, period, plain, span, tomorrow,
    years,
};
use super::{Anchors, Expression};
use crate::lexicon::calendar::{Feast, Part, Phase, Reference, Side, Unit};

/// A day that a later clock time or part of the day in the same sentence belongs to.
#[derive(Clone, Debug)]
struct DayTold {
    value: String,
    date: Option<Date>,
    last: usize,
}

struct Resolver<'a> {
    anchors: &'a Anchors,
    today: Option<Date>,
    now: Option<DateTime>,
    from: Anchor,
    told: Option<Told>,
    day: Option<DayTold>,
}

/// Gives expressions their values.
pub(super) fn resolve(expressions: &[Expression], reading: &Reading<'_>, anchors: &Anchors) -> Vec<TimeExpression> {
    let (today, from) = match (&anchors.publish, anchors.document) {
        (Some(publish), _) => (Some(publish.date()), Anchor::PublishTime),
        (None, Some(document)) => (Some(document), Anchor::DocumentDate),
        (None, None) => (None, Anchor::None),
    };
    let now = anchors.publish.as_ref().map(jiff::Zoned::datetime);
    let mut resolver = Resolver { anchors, today, now, from, told: None, day: None };
    reading.stop.unless_asked(expressions).map(|expression| resolver.expression(expression, reading)).collect()
}

impl Resolver<'_> {
    fn expression(&mut self, expression: &Expression, reading: &Reading<'_>) -> TimeExpression {
        let (kind, outcome, modifier, calendar, zone) = match &expression.meaning {
            Meaning::Point(point) => {
                // A day told in the sentence before a full stop is not this sentence's.
                if let Some(mut day) = self.day.take() {
                    let ends = |i: usize| reading.text.word(i) == "." || reading.text.opens_line(i + 1);
                    if !(day.last + 1..expression.first).any(ends) && !reading.text.opens_line(day.last + 1) {
                        // What was looked at once is not looked at again.
                        day.last = expression.last;
                        self.day = Some(day);
                    }
                }
                let outcome = self.point(point, expression.future);
                let timed = point.clock.is_some()
                    || point.part.is_some()
                    || matches!(point.base, Base::Ago(Unit::Hour | Unit::Minute | Unit::Second, _));
                if point.has_day() {
                    let value = outcome.value.split('T').next().unwrap_or_default().to_owned();
                    self.day = Some(DayTold {
                        value,
                        date: outcome.interval.map(|(begin, _)| begin.date()),
                        last: expression.last,
                    });
                }
                if outcome.told.is_some() {
                    self.told = outcome.told;
                }
                let modifier = point.phase.map(|phase| match phase {
                    Phase::Start => Modifier::Start,
                    Phase::Mid => Modifier::Mid,
                    Phase::End => Modifier::End,
                });
                (
                    if timed { TimeType::Time } else { TimeType::Date },
                    outcome,
                    modifier,
                    point.calendar,
                    point.zone.as_deref(),
                )
            }
            Meaning::Length(parts, side) => {
                let outcome = self.length(parts, *side);
                (TimeType::Duration, outcome, None, Calendar::Gregorian, None)
            }
            Meaning::Vague => (TimeType::Duration, plain("PX"), None, Calendar::Gregorian, None),
            Meaning::Every(count, unit) => {
                (TimeType::Set, plain(period(&[(*unit, Amount::Of(*count))])), None, Calendar::Gregorian, None)
            }
            Meaning::Weekly(day) => (TimeType::Set, plain(format!("XXXX-WXX-{day}")), None, Calendar::Gregorian, None),
            Meaning::Reference(reference) => {
                let value = match reference {
                    Reference::Past => "PAST_REF",
                    Reference::Present => "PRESENT_REF",
                    Reference::Future => "FUTURE_REF",
                };
                (TimeType::Date, plain(value), None, Calendar::Gregorian, None)
            }
        };
        let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or_else(|| self.anchors.zone.clone());
        let moments = outcome.interval.and_then(|(begin, end)| Some((stamp(begin, &zone)?, stamp(end, &zone)?)));
        let (begin_time, end_time) = moments.unwrap_or_default();
        TimeExpression {
            span: expression.span,
            kind,
            value: outcome.value,
            begin_time,
            end_time,
            calendar,
            anchor: outcome.anchor,
            modifier: modifier.or_else(|| modifier_before(expression, reading)),
            weekday_conflict: outcome.conflict,
            confidence: confidence(expression.rule),
            reason: Reason { rule: expression.rule, entry: None, words: Vec::new() },
        }
    }

    fn length(&self, parts: &[(Unit, Amount)], side: Option<Side>) -> Outcome {
        let mut outcome = plain(period(parts));
        if let (Some(side), Some(today), [(unit, Amount::Of(count))]) = (side, self.today, parts)
            && let Some(span) = span(*unit, *count as i32)
        {
            // The next three days begin tomorrow; the last two ended yesterday.
            let interval = match side {
                Side::Next => {
                    let begin = today.checked_add(1.day()).ok();
                    begin.and_then(|begin| Some((begin, begin.checked_add(span).ok()?)))
                }
                Side::Past | Side::Latest => today.checked_sub(span).ok().map(|begin| (begin, today)),
                _ => None,
            };
            if let Some((begin, end)) = interval {
                outcome.interval = Some((begin.into(), end.into()));
                outcome.anchor = self.from;
            }
        }
        outcome
    }

    fn point(&self, p: &Point, future: bool) -> Outcome {
        let mut outcome = self.date(p, future);
        if let Some(until) = &p.until {
            let end = self.date(until, future);
            if let (Some((begin, _)), Some((_, finish))) = (outcome.interval, end.interval) {
                outcome.interval = Some((begin, finish));
                outcome.value = format!("{}/{}", outcome.value, end.value);
            }
        }
        if p.clock.is_some() || p.part.is_some() {
            self.timed(p, &mut outcome);
        }
        outcome
    }

    /// Adds the time of day.
    fn timed(&self, p: &Point, outcome: &mut Outcome) {
        let mut date = outcome.interval.map(|(begin, _)| begin.date());
        if !p.has_day() && p.month.is_none() {
            match (&self.day, self.today) {
                (Some(day), _) => {
                    outcome.value.clone_from(&day.value);
                    date = day.date;
                    outcome.anchor = Anchor::Text;
                }
                // A clock time is today's; a part of the day alone is any day's.
                (None, Some(today)) if p.clock.is_some() => {
                    outcome.value = today.to_string();
                    date = Some(today);
                    outcome.anchor = self.from;
                }
                _ => "XXXX-XX-XX".clone_into(&mut outcome.value),
            }
        }
        let interval = date.map(|date| (DateTime::from(date), tomorrow(date)));
        outcome.interval = interval;
        match (p.clock, p.part) {
            (Some(clock), part) => {
                let clock = match part {
                    Some(part) if !clock.settled => by_part(clock, part),
                    _ => clock,
                };
                let _ = write!(outcome.value, "T{:02}:{:02}", clock.hour, clock.minute);
                if let Some(second) = clock.second {
                    let _ = write!(outcome.value, ":{second:02}");
                }
                let time = Time::new(clock.hour, clock.minute, clock.second.unwrap_or(0), 0).ok();
                outcome.interval = date.zip(time).and_then(|(date, time)| {
                    let begin = date.to_datetime(time);
                    let width = if clock.second.is_some() { 1.second() } else { 1.minute() };
                    Some((begin, begin.checked_add(width).ok()?))
                });
            }
            (None, Some(part)) => {
                outcome.value.push_str(match part {
                    Part::Morning => "TMO",
                    Part::Midday => "TMI",
                    Part::Afternoon => "TAF",
                    Part::Evening => "TEV",
                    Part::Night => "TNI",
                    Part::Daytime => "TDT",
                });
            }
            (None, None) => {}
        }
    }

    /// The date without its time of day. What would lie past the calendar's ends keeps its X places.
    fn date(&self, p: &Point, future: bool) -> Outcome {
        let outcome = self.reckoned(p, future);
        if !outcome.value.is_empty() || self.today.is_none() {
            return outcome;
        }
        let unanchored =
            Resolver { anchors: self.anchors, today: None, now: None, from: Anchor::None, told: self.told, day: None };
        unanchored.reckoned(p, future)
    }

    fn reckoned(&self, p: &Point, future: bool) -> Outcome {
        if let Some((year, month, day)) = p.twin {
            return Self::whole_day(p, year, month, day, Anchor::Explicit);
        }
        if let Some(century) = p.century {
            return years(format!("{:02}", century - 1), (century - 1) * 100, 100);
        }
        if let Some(decade) = p.decade {
            return years(format!("{:03}", decade / 10), decade, 10);
        }
        match p.base {
            Base::Holiday(feast) => return self.holiday(feast, p),
            Base::Ago(unit, by) => return self.ago(unit, by),
            Base::Shift(unit, by) => return self.shifted(p, unit, by),
            Base::Text(unit, by) => return self.leaning(p, unit, by),
            Base::None => {}
        }
        if p.calendar == Calendar::Hijri && (p.year.is_some() || p.month.is_some()) {
            return self.hijri(p, future);
        }
        match (p.year, p.month, p.day) {
            (Some(year), Some(month), Some(day)) => Self::whole_day(p, year, month, day, Anchor::Explicit),
            (Some(year), Some(month), None) if p.nth.is_some() => Self::nth(p, year, month, Anchor::Explicit),
            (Some(year), month, _) => coarse(year, month, p.within, Anchor::Explicit),
            (None, Some(month), day) => self.without_year(p, month, day, future),
            (None, None, Some(day)) => self.day_of_month(p, day),
            (None, None, None) if p.weekday.is_some() => self.weekday(p, future),
            (None, None, None) if p.within.is_some() => self.stretch(p, future),
            _ => Outcome::default(),
        }
    }

    /// A day with its year.
    fn whole_day(p: &Point, year: i32, month: i8, day: i8, anchor: Anchor) -> Outcome {
        let Some(date) = date(year, month, day) else {
            // The 31st of November is no day; the words say it all the same.
            return Outcome { value: format!("{year:04}-{month:02}-{day:02}"), anchor, ..Outcome::default() };
        };
        let conflict = p.weekday.is_some_and(|weekday| weekday != number(date));
        // الثلاثاء الثالث من أيلول: the third Tuesday, where the third is none.
        if conflict
            && p.ordinal_day
            && day <= 5
            && let Some(date) = p.weekday.and_then(|weekday| nth_of(year, month, weekday, day))
        {
            return on(date, anchor);
        }
        Outcome { conflict, ..on(date, anchor) }
    }

    fn nth(p: &Point, year: i32, month: i8, anchor: Anchor) -> Outcome {
        match p.weekday.zip(p.nth).and_then(|(weekday, nth)| nth_of(year, month, weekday, nth)) {
            Some(date) => on(date, anchor),
            None => coarse(year, Some(month), None, anchor),
        }
    }

    /// A month, or a day of one, whose year the words leave out.
    fn without_year(&self, p: &Point, month: i8, day: Option<i8>, future: bool) -> Outcome {
        let Some(today) = self.today else {
            let value = match day {
                Some(day) => format!("XXXX-{month:02}-{day:02}"),
                None => format!("XXXX-{month:02}"),
            };
            return Outcome { value, ..Outcome::default() };
        };
        let this = i32::from(today.year());
        let distance = |year: i32| {
            let months = (year - this) * 12 + i32::from(month) - i32::from(today.month());
            // Of the same month, the days decide.
            let days = day.map_or(0, |day| i32::from(day) - i32::from(today.day()));
            months * 31 + days
        };
        let fits = |year: i32| match p.side {
            Some(Side::Past) => distance(year) < 0,
            Some(Side::Next) => distance(year) > 0,
            Some(Side::Current) => year == this,
            _ if future => distance(year) >= -15,
            _ => true,
        };
        let cost = |year: i32| {
            let distance = distance(year);
            let wrong_day = match (p.weekday, day) {
                (Some(weekday), Some(day)) if date(year, month, day).is_none_or(|date| number(date) != weekday) => {
                    10_000
                }
                _ => 0,
            };
            wrong_day + if distance > 0 && !future { distance * 2 } else { distance.abs() }
        };
        let reach = if p.weekday.is_some() { 3 } else { 1 };
        let year =
            (this - reach..=this + reach).filter(|&year| fits(year)).min_by_key(|&year| cost(year)).unwrap_or(this);
        match day {
            Some(day) => {
                let mut outcome = Self::whole_day(p, year, month, day, self.from);
                if p.nth.is_some() {
                    outcome = Self::nth(p, year, month, self.from);
                }
                outcome
            }
            None if p.nth.is_some() => Self::nth(p, year, month, self.from),
            None => coarse(year, Some(month), None, self.from),
        }
    }

    /// A Hijri date.
    fn hijri(&self, p: &Point, future: bool) -> Outcome {
        let anchor = if p.year.is_some() { Anchor::Explicit } else { self.from };
        let year = match (p.year, self.today) {
            (Some(year), _) => year,
            (None, Some(today)) => {
                let Some(this) = hijri::year_of(today) else { return Outcome::default() };
                let (month, day) = (p.month.unwrap_or(1), p.day.unwrap_or(15));
                let cost = |year: i32| {
                    let Some(date) = hijri::to_gregorian(year, month, day) else { return i32::MAX };
                    let days = today.until(date).map_or(i32::MAX / 4, |span| span.get_days());
                    match p.side {
                        Some(Side::Past) if days >= -14 => i32::MAX,
                        Some(Side::Next) if days <= 14 => i32::MAX,
                        _ if days > 0 && !future => days * 2,
                        _ => days.abs(),
                    }
                };
                (this - 1..=this + 1).min_by_key(|&year| cost(year)).unwrap_or(this)
            }
            (None, None) => {
                return Outcome { value: "XXXX".to_owned(), ..Outcome::default() };
            }
        };
        match (p.month, p.day) {
            (Some(month), Some(day)) => match hijri::to_gregorian(year, month, day) {
                Some(date) => {
                    let conflict = p.weekday.is_some_and(|weekday| weekday != number(date));
                    Outcome { conflict, ..on(date, anchor) }
                }
                None => Outcome { value: "XXXX-XX-XX".to_owned(), anchor, ..Outcome::default() },
            },
            (Some(month), None) => match hijri::month(year, month) {
                Some((begin, end)) => {
                    Outcome { anchor, ..between(format!("{:04}-{:02}", begin.year(), begin.month()), begin, end) }
                }
                None => Outcome { value: "XXXX-XX".to_owned(), anchor, ..Outcome::default() },
            },
            (None, _) => match (hijri::to_gregorian(year, 1, 1), hijri::to_gregorian(year + 1, 1, 1)) {
                (Some(begin), Some(end)) => Outcome { anchor, ..between(format!("{:04}", begin.year()), begin, end) },
                _ => Outcome { value: "XXXX".to_owned(), anchor, ..Outcome::default() },
            },
        }
    }

    /// A day of a month that is left out: الثلاثاء 17
    fn day_of_month(&self, p: &Point, day: i8) -> Outcome {
        let Some(today) = self.today else {
            return Outcome { value: format!("XXXX-XX-{day:02}"), ..Outcome::default() };
        };
        let nearest = (-1..=1)
            .filter_map(|by: i64| today.checked_add(by.months()).ok())
            .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
            .filter(|date| p.weekday.is_none_or(|weekday| weekday == number(*date)))
            .min_by_key(|date| date.since(today).map_or(i32::MAX, |span| span.get_days().abs()));
        match nearest {
            Some(date) => on(date, self.from),
            None => Outcome {
                value: format!("XXXX-XX-{day:02}"),
                anchor: Anchor::None,
                conflict: p.weekday.is_some(),
                ..Outcome::default()
            },
        }
    }

    fn weekday(&self, p: &Point, future: bool) -> Outcome {
        let Some(weekday) = p.weekday else { return Outcome::default() };
        let Some(today) = self.today else {
            return Outcome { value: format!("XXXX-WXX-{weekday}"), ..Outcome::default() };
        };
        if p.nth.is_some() {
            return Self::nth(p, i32::from(today.year()), today.month(), self.from);
        }
        let back = (number(today) - weekday).rem_euclid(7);
        let ahead = (weekday - number(today)).rem_euclid(7);
        let days = match p.side {
            Some(Side::Past) => -if back == 0 { 7 } else { back },
            Some(Side::BeforeLast) => -7 - if back == 0 { 7 } else { back },
            Some(Side::Next | Side::Following) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            _ if future => ahead,
            _ => -back,
        };
        match today.checked_add(i64::from(days).days()) {
            Ok(date) => on(date, self.from),
            Err(_) => Outcome::default(),
        }
    }

    /// A season or quarter without its year.
    fn stretch(&self, p: &Point, future: bool) -> Outcome {
        let Some(today) = self.today else {
            return Outcome { value: format!("XXXX-{}", code(p.within)), ..Outcome::default() };
        };
        let this = i32::from(today.year());
        let begin = |year: i32| coarse(year, None, p.within, self.from).interval;
        let year = (this - 1..=this + 1)
            .filter(|&year| {
                let Some((begin, end)) = begin(year) else { return false };
                match p.side {
                    Some(Side::Past) => {
                        end.date() <= today || begin.date() < today && end.date() > today && year < this
                    }
                    Some(Side::Next) => begin.date() > today,
                    Some(Side::Current) => year == this,
                    _ if future => end.date() > today,
                    _ => begin.date() <= today,
                }
            })
            .min_by_key(|&year| {
                begin(year).map_or(i32::MAX, |(begin, _)| {
                    begin.date().since(today).map_or(i32::MAX, |span| span.get_days().abs())
                })
            })
            .unwrap_or(this);
        coarse(year, None, p.within, self.from)
    }

    /// قبل ثلاثة أيام
    fn ago(&self, unit: Unit, by: i32) -> Outcome {
        if unit <= Unit::Hour {
            let (Some(now), Some(span)) = (self.now, span(unit, by)) else {
                return Outcome { value: "XXXX-XX-XXTXX:XX".to_owned(), ..Outcome::default() };
            };
            let Ok(moment) = now.checked_add(span) else { return Outcome::default() };
            let begin = moment.date().at(moment.hour(), moment.minute(), 0, 0);
            return Outcome {
                value: moment.strftime("%Y-%m-%dT%H:%M").to_string(),
                interval: begin.checked_add(1.minute()).ok().map(|end| (begin, end)),
                anchor: self.from,
                ..Outcome::default()
            };
        }
        let Some(today) = self.today else {
            let value = match unit {
                Unit::Day | Unit::Night | Unit::Week => "XXXX-XX-XX",
                Unit::Month => "XXXX-XX",
                _ => "XXXX",
            };
            return Outcome { value: value.to_owned(), ..Outcome::default() };
        };
        let Some(date) = span(unit, by).and_then(|span| today.checked_add(span).ok()) else {
            return Outcome::default();
        };
        match unit {
            Unit::Month => coarse(i32::from(date.year()), Some(date.month()), None, self.from),
            Unit::Year | Unit::Decade | Unit::Century => coarse(i32::from(date.year()), None, None, self.from),
            _ => on(date, self.from),
        }
    }

    /// الأسبوع الماضي, أمس, with what refines it.
    fn shifted(&self, p: &Point, unit: Unit, by: i32) -> Outcome {
        let Some(today) = self.today else { return self.shifted_unknown(p, unit) };
        if unit == Unit::Day && (p.year.is_some() || p.month.is_some()) {
            // اليوم الأربعاء 25 نوفمبر 2020
            return self.date(&Point { base: Base::None, ..p.clone() }, false);
        }
        Self::shift_from(p, today, unit, by, self.from)
    }

    /// The value without an anchor: what the words still say.
    fn shifted_unknown(&self, p: &Point, unit: Unit) -> Outcome {
        if unit == Unit::Day && (p.year.is_some() || p.month.is_some()) {
            return self.date(&Point { base: Base::None, ..p.clone() }, false);
        }
        let value = match (p.weekday, p.month, p.day) {
            (Some(weekday), ..) => format!("XXXX-WXX-{weekday}"),
            (_, Some(month), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
            (_, Some(month), None) => format!("XXXX-{month:02}"),
            (_, None, Some(day)) => format!("XXXX-XX-{day:02}"),
            _ if p.within.is_some() => format!("XXXX-{}", code(p.within)),
            _ => match unit {
                Unit::Week if p.weekend => "XXXX-WXX-WE".to_owned(),
                Unit::Week => "XXXX-WXX".to_owned(),
                Unit::Month => "XXXX-XX".to_owned(),
                Unit::Year => "XXXX".to_owned(),
                Unit::Decade => "XXX".to_owned(),
                Unit::Century => "XX".to_owned(),
                _ => "XXXX-XX-XX".to_owned(),
            },
        };
        Outcome { value, ..Outcome::default() }
    }

    fn shift_from(p: &Point, today: Date, unit: Unit, by: i32, anchor: Anchor) -> Outcome {
        let Some(date) = span(unit, by).and_then(|span| today.checked_add(span).ok()) else {
            return Outcome::default();
        };
        let year = i32::from(date.year());
        match unit {
            Unit::Week => {
                let monday = monday(date);
                if let Some(weekday) = p.weekday {
                    return monday
                        .checked_add(i64::from(weekday - 1).days())
                        .map_or_else(|_| Outcome::default(), |date| on(date, anchor));
                }
                let week = date.iso_week_date();
                let mut value = format!("{:04}-W{:02}", week.year(), week.week());
                let (mut begin, mut days) = (Ok(monday), 7);
                if p.weekend {
                    value.push_str("-WE");
                    begin = monday.checked_add(5.days());
                    days = 2;
                }
                let Some((begin, end)) =
                    begin.ok().and_then(|begin| Some((begin, begin.checked_add(i64::from(days).days()).ok()?)))
                else {
                    return Outcome { value, anchor, ..Outcome::default() };
                };
                Outcome { anchor, ..between(value, begin, end) }
            }
            Unit::Month => match p.day {
                Some(day) => Self::whole_day(p, year, date.month(), day, anchor),
                None if p.nth.is_some() => Self::nth(p, year, date.month(), anchor),
                None => coarse(year, Some(date.month()), None, anchor),
            },
            Unit::Year => match (p.month, p.day) {
                (Some(month), Some(day)) => Self::whole_day(p, year, month, day, anchor),
                (month, _) => coarse(year, month, p.within, anchor),
            },
            Unit::Decade => Outcome { anchor, ..years(format!("{:03}", year / 10), year / 10 * 10, 10) },
            Unit::Century => Outcome { anchor, ..years(format!("{:02}", year / 100), year / 100 * 100, 100) },
            _ => {
                let Some(weekday) = p.weekday else { return on(date, anchor) };
                // The day goes by its name: a story told near midnight, or published later, counts today by its own clock.
                let ahead = (weekday - number(date)).rem_euclid(7);
                let off = if ahead == 1 { 1 } else { ahead - 7 * i8::from(ahead > 0) };
                match date.checked_add(i64::from(off).days()) {
                    Ok(named) => on(named, anchor),
                    Err(_) => Outcome { conflict: true, ..on(date, anchor) },
                }
            }
        }
    }

    /// ذلك العام, اليوم التالي
    fn leaning(&self, p: &Point, unit: Unit, by: i32) -> Outcome {
        let told = self.told.filter(|told| match unit {
            Unit::Day | Unit::Week => told.day.is_some(),
            Unit::Month => told.month.is_some(),
            _ => true,
        });
        let Some(base) = told.and_then(|told| date(told.year, told.month.unwrap_or(1), told.day.unwrap_or(1))) else {
            return self.shifted_unknown(p, unit);
        };
        Self::shift_from(p, base, unit, by, Anchor::Text)
    }

    fn holiday(&self, feast: Feast, p: &Point) -> Outcome {
        let day = |year: i32| match feast {
            Feast::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Feast::Fixed(Calendar::Gregorian, month, day) => date(year, month, day),
            Feast::Fixed(Calendar::Hijri, month, day) => {
                let near = hijri::year_of(date(year, 7, 1)?)?;
                (near - 1..=near + 1)
                    .filter_map(|hijri| hijri::to_gregorian(hijri, month, day))
                    .find(|date| i32::from(date.year()) == year)
            }
        };
        if let Some(year) = p.year {
            if p.calendar == Calendar::Hijri
                && let Feast::Fixed(Calendar::Hijri, month, day) = feast
            {
                return hijri::to_gregorian(year, month, day)
                    .map_or_else(Outcome::default, |date| on(date, Anchor::Explicit));
            }
            return day(year)
                .map_or_else(|| coarse(year, None, None, Anchor::Explicit), |date| on(date, Anchor::Explicit));
        }
        let Some(today) = self.today else {
            let value = match feast {
                Feast::Fixed(Calendar::Gregorian, month, day) => format!("XXXX-{month:02}-{day:02}"),
                _ => "XXXX-XX-XX".to_owned(),
            };
            return Outcome { value, ..Outcome::default() };
        };
        let this = i32::from(today.year());
        let distance = |date: &Date| date.since(today).map_or(i32::MAX, |span| span.get_days());
        let near = [this - 1, this + 1].into_iter().filter_map(day).find(|date| match p.side {
            Some(Side::Past) => (-365..0).contains(&distance(date)),
            Some(Side::Next) => (1..365).contains(&distance(date)),
            _ => distance(date).abs() < 60,
        });
        let own = day(this).filter(|date| match p.side {
            Some(Side::Past) => distance(date) < 0,
            Some(Side::Next) => distance(date) > 0,
            _ => near.is_none_or(|near| distance(date).abs() <= distance(&near).abs()),
        });
        own.or(near).or_else(|| day(this)).map_or_else(Outcome::default, |date| on(date, self.from))
    }
}

/// The clock at its part of the day.
fn by_part(clock: Clock, part: Part) -> Clock {
    use crate::lexicon::calendar::HalfDay;
    let half = match part {
        Part::Morning => HalfDay::Morning,
        Part::Midday => HalfDay::Noon,
        Part::Afternoon | Part::Evening => HalfDay::Evening,
        Part::Night => HalfDay::Night,
        Part::Daytime => return clock,
    };
    super::clock::settle(clock, half)
}

/// A moment as RFC 3339 with the zone's offset.
fn stamp(moment: DateTime, zone: &TimeZone) -> Option<String> {
    let timestamp = zone.to_ambiguous_timestamp(moment).compatible().ok()?;
    let offset = zone.to_offset(timestamp);
    let civil = offset.to_datetime(timestamp);
    // Every time has two of these: figures in fixed places need no formatter. What is odd is left to it.
    if (0..=9999).contains(&civil.year()) && civil.subsec_nanosecond() == 0 && offset.seconds() % 60 == 0 {
        let minutes = offset.seconds().unsigned_abs() / 60;
        let mut out = String::with_capacity("2018-07-06T00:00:00+00:00".len());
        let year = civil.year().unsigned_abs();
        push_two(&mut out, u32::from(year / 100));
        push_two(&mut out, u32::from(year % 100));
        for (mark, figure) in [
            ('-', civil.month()),
            ('-', civil.day()),
            ('T', civil.hour()),
            (':', civil.minute()),
            (':', civil.second()),
        ] {
            out.push(mark);
            push_two(&mut out, u32::from(figure.unsigned_abs()));
        }
        out.push(if offset.is_negative() { '-' } else { '+' });
        push_two(&mut out, minutes / 60);
        out.push(':');
        push_two(&mut out, minutes % 60);
        return Some(out);
    }
    Some(timestamp.display_with_offset(offset).to_string())
}

/// Appends a number below a hundred in two figures.
fn push_two(out: &mut String, number: u32) {
    let figure = |value: u32| char::from_digit(value % 10, 10).unwrap_or('0');
    out.push(figure(number / 10));
    out.push(figure(number));
}

/// What the word right before an expression does to it.
fn modifier_before(expression: &Expression, reading: &Reading<'_>) -> Option<Modifier> {
    let before = expression.first.checked_sub(1)?;
    if reading.text.opens_line(expression.first) {
        return None;
    }
    let dated = matches!(expression.meaning, Meaning::Point(_));
    let two = before.checked_sub(1).map_or("", |at| reading.text.word(at));
    match reading.text.word(before) {
        "نحو" | "حوالي" | "قرابه" | "زهاء" => Some(Modifier::Approx),
        "قبل" if dated => Some(Modifier::Before),
        "بعد" if dated => Some(Modifier::After),
        "من" if two == "اكثر" || two == "لاكثر" => Some(Modifier::MoreThan),
        "من" if two == "اقل" || two == "لاقل" => Some(Modifier::LessThan),
        _ => None,
    }
}

/// The share of a rule's items that are right, as read in samples of the news.
fn confidence(rule: &str) -> f32 {
    match rule {
        "times.absolute" => 0.97,
        "times.reference" | "times.relative" | "times.partial" => 0.92,
        "times.set" | "times.year" | "times.list" | "times.ago" => 0.9,
        "times.duration" => 0.88,
        _ => 0.85,
    }
}
