//! Dates and times of day: the slots that a date can have, filled in whatever order the words come.
//!
//! Takes the scan and a token; gives the date that begins there. A date is read part by part (weekday, day and month, year,
//! part of the day, clock, `الماضي` "last" ...), each filling a slot that is still free; between parts a comma, `في`, `من`,
//! `الموافق` may stand where the slots filled so far call for it. Each part looks ahead a bounded number of tokens.
//!
//! - `times.absolute`: *Finds* dates that say their year: `اليوم الأربعاء 25 نوفمبر/تشرين الثاني 2020` "today, Wednesday 25
//!   November 2020", `25 شوال 1436 هـ الموافق 10 أغسطس 2015 م`, `صيف عام 2014` "summer of 2014". *Known misses*: years in
//!   words after عام.
//! - `times.partial`: *Finds* dates without their year: `الرابع من مارس` "the fourth of March", `الخميس` "Thursday".
//!   *Known misses*: bare `مارس` and `ماي` without a word that calls for a date.
//! - `times.relative`: *Finds* dates told from today or from a date in the text: `الأسبوع الماضي` "last week",
//!   `يونيو من ذلك العام` "June of that year". *Known misses*: `العام` alone.

mod days;
mod pairs;
mod stretches;

use super::Found;
use super::clock;
use super::figures;
use super::model::{Base, Meaning, Point, Within};
use super::scan::{At, LEADING, Scan};
use crate::lexicon::calendar::{Count, Part, Side, TimeWord, Unit};
use crate::text::Proclitics;

/// What joined a part to the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    Comma,
    In,
    Of,
    Agree,
    Dash,
}

/// The date that begins at token `i`.
pub(super) fn read(s: &Scan<'_>, i: usize) -> Option<Found> {
    // هذا "this" is frequent and mostly points at no time.
    if !s.is_digits(i) && s.numerals.at(i).is_none() && s.points_nowhere(i) {
        return None;
    }
    let mut reader = Reader::new(s, i);
    if !reader.weekend() && !reader.opens_with_part() {
        reader.phase();
    }
    while reader.part() {}
    reader.finish()
}

struct Reader<'s, 'a> {
    s: &'s Scan<'a>,
    start: usize,
    /// The next token to read.
    at: usize,
    /// The last token taken.
    last: Option<usize>,
    begin: Option<u32>,
    p: Point,
    link: Link,
    /// A day noun (يوم) waits for what it heads.
    noun: bool,
    /// Whether the part of the day can stand alone.
    part_alone: bool,
    /// A bare unit (العام, الشهر) was taken on the strength of the phase before it.
    phase_base: bool,
}

impl<'s, 'a> Reader<'s, 'a> {
    fn new(s: &'s Scan<'a>, i: usize) -> Self {
        Self {
            s,
            start: i,
            at: i,
            last: None,
            begin: None,
            p: Point::default(),
            link: Link::None,
            noun: false,
            part_alone: false,
            phase_base: false,
        }
    }

    /// The proclitics that the next word may have.
    fn allow(&self) -> Proclitics {
        if self.at == self.start { LEADING } else { Proclitics::empty() }
    }

    fn take(&mut self, begin: u32, last: usize) {
        self.begin.get_or_insert(begin);
        self.last = Some(last);
        self.at = last + 1;
        self.noun = false;
    }

    fn find<T>(&self, pick: impl Fn(&'a TimeWord) -> Option<T>) -> Option<At<T>> {
        self.s.find_with(self.at, self.allow(), pick)
    }

    /// Whether the words are a part of the day by themselves: منتصف الليل "midnight".
    fn opens_with_part(&self) -> bool {
        self.find(|word| matches!(word, TimeWord::Part(_) | TimeWord::PartOf(_)).then_some(()))
            .is_some_and(|part| part.last > self.at)
    }

    /// نهاية, منتصف, أوائل: the edge of what follows.
    fn phase(&mut self) {
        let Some(phase) = self.find(|word| match word {
            TimeWord::Phase(phase) => Some(*phase),
            _ => None,
        }) else {
            return;
        };
        if phase.definite {
            return;
        }
        self.p.phase = Some(phase.value);
        self.begin = Some(phase.begin);
        self.at = phase.last + 1;
    }

    /// Reads one more part, over a link if need be.
    fn part(&mut self) -> bool {
        if self.at > self.start && !self.s.continues(self.at) {
            return false;
        }
        self.link = Link::None;
        if self.step() {
            return true;
        }
        if self.last.is_none() {
            return false;
        }
        let back = self.at;
        let word = self.s.word(self.at);
        self.link = match word {
            "," | "،" => Link::Comma,
            "في" | "بتاريخ" => Link::In,
            "من" | "ل" => Link::Of,
            "|" | "-" | "–" | "—" | "/" | "(" | "=" | "." | "ـ" => Link::Dash,
            _ => Link::None,
        };
        if self.link == Link::None
            && let Some(agree) = self.s.find(self.at, |word| matches!(word, TimeWord::Agree).then_some(()))
        {
            self.link = Link::Agree;
            self.at = agree.last;
        }
        if self.link == Link::None {
            return false;
        }
        self.at += 1;
        // "، الموافق"
        if matches!(self.link, Link::Comma | Link::Dash)
            && let Some(agree) = self.s.find(self.at, |word| matches!(word, TimeWord::Agree).then_some(()))
        {
            self.link = Link::Agree;
            self.at = agree.last + 1;
        }
        if self.link == Link::Agree && matches!(self.s.word(self.at), "ل" | "في" | ":" | "يوم") {
            self.at += 1;
        }
        if self.s.continues(self.at) && self.step() {
            return true;
        }
        self.at = back;
        false
    }

    fn step(&mut self) -> bool {
        // Each part begins with a word of the calendar or a number.
        if self.s.is_blank(self.at) {
            return false;
        }
        match self.link {
            Link::None => {
                self.day_part()
                    || self.side()
                    || self.holiday()
                    || self.deictic()
                    || self.day_noun()
                    || self.figures()
                    || self.clock()
                    || self.day_and_month()
                    || self.month()
                    || self.year()
                    || self.stretch()
                    || self.season()
                    || self.relative_unit()
                    || self.weekday()
            }
            Link::Comma => {
                let dated = self.p.has_day();
                (dated && (self.figures() || self.day_and_month() || self.clock()))
                    || (self.p.month.is_some() && self.year())
                    || (self.p.day.is_some() && self.weekday())
            }
            Link::In => self.p.has_day() && (self.figures() || self.day_and_month() || self.clock()),
            Link::Of => {
                (self.p.month.is_some() || self.p.within.is_some() || self.p.decade.is_some() || self.p.phase.is_some())
                    && (self.year() || self.relative_unit())
                    || ((self.p.weekday.is_some() || self.p.nth.is_some())
                        && (self.month_of_weekday() || self.relative_unit()))
                    || (self.p.month.is_none() && self.p.within.is_some() && self.month())
                    || (self.p.clock.is_some()
                        && (self.day_part() || self.deictic() || self.day_noun() || self.weekday()))
                    || (self.p.part.is_some() && (self.deictic() || self.day_noun() || self.weekday()))
            }
            Link::Agree => self.twin() || self.figures() || self.day_and_month() || self.agreed_year(),
            Link::Dash => {
                // أمس (الثلاثاء), الثلاثاء (25 نوفمبر)
                if self.s.word(self.at.wrapping_sub(1)) == "(" {
                    let free = self.p.month.is_none() && self.p.has_day();
                    if free && (self.weekday() || self.figures() || self.day_and_month()) {
                        if self.s.mark(self.at, &[")"]) {
                            self.last = Some(self.at);
                            self.at += 1;
                        }
                        return true;
                    }
                }
                let bare = self.s.word(self.at.wrapping_sub(1)) != ".";
                (self.p.has_day() && bare && self.clock_mark())
                    || (self.p.month.is_some() && self.s.word(self.at.wrapping_sub(1)) != "(" && self.year())
                    || (bare && self.twin())
                    || (bare && self.until())
            }
        }
    }

    fn clock_mark(&mut self) -> bool {
        self.s.is_digits(self.at) && self.clock()
    }

    /// صباح, مساء, فجر
    fn day_part(&mut self) -> bool {
        if self.p.part.is_some() || self.noun {
            return false;
        }
        let Some(part) = self.find(|word| match word {
            TimeWord::Part(part) | TimeWord::PartOf(part) => Some(*part),
            _ => None,
        }) else {
            return false;
        };
        if self.p.clock.is_some_and(|clock| clock.settled) && self.link == Link::None {
            return false;
        }
        if self
            .find(|word| matches!(word, TimeWord::Tonight(_)).then_some(()))
            .is_some_and(|night| night.last >= part.last)
        {
            return false;
        }
        let end = self.s.word(part.last);
        // A definite one (المساء) needs its preposition: الصباح is a family as well.
        let called = matches!(
            self.s.before(self.start),
            "في" | "حتي" | "منذ" | "خلال" | "بحلول" | "الي" | "عند" | "طوال" | "هذا" | "وفي" | "من"
        ) || part.begin > self.s.text().token(self.start).span.begin;
        let definite = part.last == self.at && end.starts_with("ال");
        self.part_alone = self.at == self.start
            && if definite {
                called
            } else {
                end.starts_with("ال") || (end.ends_with('ا') && end != "مسا") || part.last > self.at
            };
        self.p.part = Some(part.value);
        self.take(part.begin, part.last);
        true
    }

    /// اليوم, أمس, غدا
    fn deictic(&mut self) -> bool {
        if self.p.base != Base::None || self.p.has_day() || self.p.month.is_some() {
            // الأربعاء أمس
            if !(self.p.weekday.is_some()
                && self.p.base == Base::None
                && self.p.day.is_none()
                && self.p.month.is_none())
            {
                return false;
            }
        }
        if let Some(night) = self.find(|word| match word {
            TimeWord::Tonight(days) => Some(*days),
            _ => None,
        }) && self.p.part.is_none()
        {
            // الليلة followed by an adjective is the adjective's.
            if night.last > self.at || self.side_at(night.last + 1).is_none() {
                self.p.base = Base::Shift(Unit::Day, i32::from(night.value));
                self.p.part = Some(Part::Night);
                self.take(night.begin, night.last);
                return true;
            }
        }
        let Some(day) = self.find(|word| match word {
            TimeWord::Day(days) => Some(*days),
            _ => None,
        }) else {
            return false;
        };
        if day.value == 0 && day.last == self.at {
            // "the first day of", "the next day", "the same day"
            let next = day.last + 1;
            let ordinal = self.s.number(next).is_some_and(|number| number.ordinal() && !number.digits);
            if ordinal || self.side_at(next).is_some() || self.itself_at(next).is_some() {
                return false;
            }
        }
        self.p.base = Base::Shift(Unit::Day, i32::from(day.value));
        self.take(day.begin, day.last);
        true
    }

    /// يوم before a weekday, a day of the month, a date in figures.
    fn day_noun(&mut self) -> bool {
        if self.p.has_day() && self.p.base == Base::None {
            return false;
        }
        let Some(unit) = self.s.unit(self.at, self.allow()) else { return false };
        if unit.value != (Unit::Day, Count::One) || self.s.word(unit.last).ends_with("ما") {
            return false;
        }
        let after = unit.last + 1;
        if !self.s.continues(after) {
            return false;
        }
        let heads_date = self
            .s
            .number(after)
            .is_some_and(|number| number.whole(1, 31).is_some() && self.month_after_day(number.last + 1).is_some())
            || figures::read(self.s, after, true).is_some();
        let deictic = self.s.find(after, |word| matches!(word, TimeWord::Day(_)).then_some(())).is_some();
        let weekday = self.s.find(after, |word| matches!(word, TimeWord::Weekday(_)).then_some(())).is_some();
        if !(heads_date || deictic || weekday) {
            return false;
        }
        self.begin.get_or_insert(unit.begin);
        self.at = after;
        self.noun = true;
        true
    }

    fn weekday(&mut self) -> bool {
        // ليل الثلاثاء الأربعاء, the night from one day to the next
        if let (Some(first), Some(Part::Night)) = (self.p.weekday, self.p.part)
            && self.p.month.is_none()
            && let Some(next) = self.s.find(self.at, |word| match word {
                TimeWord::Weekday(day) => Some(*day),
                _ => None,
            })
            && next.definite
            && next.value == first % 7 + 1
        {
            self.take(next.begin, next.last);
            return true;
        }
        if self.p.weekday.is_some() || self.p.year.is_some() && self.p.day.is_none() || self.p.phase.is_some() {
            return false;
        }
        let Some(day) = self.find(|word| match word {
            TimeWord::Weekday(day) => Some(*day),
            _ => None,
        }) else {
            return false;
        };
        let last_week = || {
            self.s
                .unit(day.last + 1, Proclitics::empty())
                .is_some_and(|unit| unit.value.0 == Unit::Week && unit.definite)
        };
        let week_base = matches!(self.p.base, Base::Shift(Unit::Week, _));
        // A bare ordinal before a bare weekday: ثالث ثلاثاء "the third Tuesday"
        if !(day.definite || self.noun || week_base || last_week()) {
            return false;
        }
        if matches!(self.p.base, Base::Shift(Unit::Month | Unit::Year, _) | Base::Text(..)) {
            return false;
        }
        self.p.weekday = Some(day.value);
        self.take(day.begin, day.last);
        // الثلاثاء الثالث
        if self.p.day.is_none()
            && let Some(number) = self.s.number(self.at)
            && number.ordinal()
            && number.definite
            && self.s.continues(self.at)
            && let Some(value) = number.whole(1, 31)
            && self.month_after_day(number.last + 1).is_none()
            && !self.ranks_ahead(number.last + 1)
        {
            if value <= 5 {
                self.p.nth = Some(value as i8);
            } else {
                self.p.day = Some(value as i8);
            }
            self.last = Some(number.last);
            self.at = number.last + 1;
            // من هذا الشهر
            if self.s.word(self.at) == "من" {
                let back = self.at;
                self.at += 1;
                if !self.relative_unit() {
                    self.at = back;
                }
            }
        }
        true
    }

    /// Whether a rank that stands before token `i` is another's: "the second in a week".
    fn ranks_ahead(&self, i: usize) -> bool {
        matches!(self.s.word(i), "علي" | "الي" | "خلال" | "في")
    }

    /// من شهر أيلول after "the third Tuesday"
    fn month_of_weekday(&mut self) -> bool {
        self.p.month.is_none() && self.p.day.is_none() && self.p.nth.is_some() && self.month()
    }

    fn clock(&mut self) -> bool {
        if self.p.clock.is_some() || self.p.phase.is_some() {
            return false;
        }
        if self.p.part.is_none() && !self.p.has_day() && self.last.is_some() {
            return false;
        }
        let Some(time) = clock::read(self.s, self.at, self.allow()) else { return false };
        self.p.clock = Some(time.clock);
        self.p.zone = time.zone;
        self.take(time.begin, time.last);
        true
    }

    fn side_at(&self, i: usize) -> Option<At<Side>> {
        if !self.s.continues(i) {
            return None;
        }
        self.s
            .find(i, |word| match word {
                TimeWord::Side(side) => Some(*side),
                _ => None,
            })
            .filter(|side| side.definite || side.value == Side::BeforeLast)
    }

    fn itself_at(&self, i: usize) -> Option<At<()>> {
        if !self.s.continues(i) {
            return None;
        }
        self.s.find(i, |word| matches!(word, TimeWord::Itself).then_some(()))
    }

    /// الماضي, المقبل after a weekday, a month, a season.
    fn side(&mut self) -> bool {
        if self.p.side.is_some() || self.last.is_none() || self.p.year.is_some() || self.p.base != Base::None {
            return false;
        }
        if self.p.weekday.is_none()
            && self.p.month.is_none()
            && !matches!(self.p.within, Some(Within::Season(_) | Within::Quarter(_)))
        {
            return false;
        }
        if let Some(itself) = self.itself_at(self.at) {
            if self.p.month.is_none() && self.p.weekday.is_none() {
                return false;
            }
            self.p.leans = true;
            self.last = Some(itself.last);
            self.at = itself.last + 1;
            return true;
        }
        let Some(side) = self.side_at(self.at) else { return false };
        self.p.side = Some(side.value);
        self.last = Some(side.last);
        self.at = side.last + 1;
        true
    }

    /// What was read, if it is a date.
    fn finish(self) -> Option<Found> {
        let (last, begin) = (self.last?, self.begin?);
        let p = self.p;
        let substance = p.year.is_some()
            || p.month.is_some()
            || p.day.is_some()
            || p.weekday.is_some()
            || p.base != Base::None
            || p.within.is_some()
            || p.decade.is_some()
            || p.century.is_some()
            || p.clock.is_some();
        if !(substance || p.part.is_some() && self.part_alone) {
            return None;
        }
        if p.clock.is_some_and(|clock| !clock.settled && clock.minute == 0)
            && p.clock.is_some()
            && !p.has_day()
            && p.part.is_none()
            && p.zone.is_none()
            && last == self.start
        {
            return None;
        }
        let rule = if p.year.is_some() && p.base == Base::None || p.decade.is_some() || p.century.is_some() {
            "times.absolute"
        } else if p.base != Base::None || p.side.is_some() {
            "times.relative"
        } else if p.clock.is_some() && !p.has_day() {
            "times.clock"
        } else if p.part.is_some() && !p.has_day() {
            "times.part"
        } else {
            "times.partial"
        };
        Some(Found { first: self.start, last, begin, meaning: Meaning::Point(p), rule })
    }
}

/// Which way an adjective points.
pub(super) fn shift(side: Side) -> i32 {
    match side {
        Side::BeforeLast => -2,
        Side::Past | Side::Latest => -1,
        Side::Current => 0,
        Side::Next | Side::Following => 1,
    }
}
