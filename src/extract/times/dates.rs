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

use super::super::extraction::Calendar;
use super::Found;
use super::clock;
use super::figures;
use super::model::{Base, Meaning, Point, Within};
use super::scan::{At, LEADING, Scan};
use crate::lexicon::calendar::{Count, Era, Part, Phase, Pointer, Side, TimeWord, Unit};
use crate::text::{Proclitics, TokenKind};

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
        if self.at >= self.s.text().len() {
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
            Link::Agree => self.twin() || self.figures() || self.day_and_month(),
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

    fn figures(&mut self) -> bool {
        if self.p.day.is_some() || self.p.month.is_some() || self.p.year.is_some() {
            return false;
        }
        let sure = self.noun || self.p.has_day() || matches!(self.link, Link::In | Link::Agree) || self.said_before();
        let Some(found) = figures::read(self.s, self.at, sure) else { return false };
        let begin = self.s.text().token(self.at).span.begin;
        self.p.year = found.year;
        self.p.month = found.month;
        self.p.day = found.day;
        if found.clock.is_some() {
            self.p.clock = found.clock;
        }
        self.take(begin, found.last);
        self.era();
        if self.p.year.is_some_and(|year| (1300..1600).contains(&year)) {
            self.p.calendar = Calendar::Hijri;
        }
        true
    }

    /// Whether the words before say that a date in figures comes: بتاريخ, a verb of coming and going, or في with the end
    /// of the clause right behind.
    fn said_before(&self) -> bool {
        if self.at != self.start || self.at == 0 || !self.s.continues(self.at) {
            return false;
        }
        let arrival = self
            .s
            .find_with(self.at - 1, Proclitics::all(), |word| matches!(word, TimeWord::Arrival).then_some(()))
            .is_some();
        let before = self.s.word(self.at - 1);
        let after = self.s.text().kind(self.at + 3);
        let ends =
            !self.s.continues(self.at + 3) || (after == TokenKind::Punctuation && self.s.word(self.at + 3) != "%");
        (arrival && ends)
            || matches!(before, "بتاريخ" | "تاريخ" | "يوم")
            || (before == "في" && ends && self.s.word(self.at + 1) != ".")
            || (before == "في" && ends && self.s.before(self.at - 1).ends_with("عود"))
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

    /// A month at token `i`, its doubles included: its calendar and number, whether it is surely a month, its last token.
    fn month_at(&self, i: usize, allow: Proclitics) -> Option<Month> {
        let mut at = i;
        let mut begin = None;
        let mut said = false;
        if let Some(unit) = self.s.unit(at, allow)
            && matches!(unit.value, (Unit::Month, Count::One))
            && self.s.continues(unit.last + 1)
        {
            begin = Some(unit.begin);
            at = unit.last + 1;
            said = true;
            // شهر 3, شهر ثلاثة
            if let Some(number) = self.s.number(at)
                && !number.ordinal()
                && !number.fraction()
                && number.last == at
                && let Some(value) = number.whole(if number.digits { 1 } else { 2 }, 12)
                && self.month_name(at, Proclitics::empty()).is_none()
                && !self.s.text().glued(at + 1)
            {
                return Some(Month {
                    calendar: Calendar::Gregorian,
                    number: value as i8,
                    sure: true,
                    begin: unit.begin,
                    last: at,
                    doubled: false,
                });
            }
        }
        let name = self.month_name(at, if said { Proclitics::empty() } else { allow })?;
        let (calendar, number, alone) = name.value;
        let mut last = name.last;
        let mut doubled = false;
        // The same month in another family's words.
        loop {
            let mut next = last + 1;
            let mut marks = 0;
            let mut opened = false;
            while marks < 3 && self.s.mark(next, &["/", "-", "–", "(", "\\", "|", "ـ", ".", "،", ","]) {
                opened |= self.s.word(next) == "(";
                next += 1;
                marks += 1;
            }
            if !self.s.continues(next) {
                break;
            }
            let Some(other) = self.month_name(next, Proclitics::empty()) else { break };
            if (other.value.0, other.value.1) != (calendar, number) {
                break;
            }
            doubled = true;
            last = other.last;
            if opened && self.s.mark(last + 1, &[")"]) {
                last += 1;
            }
        }
        let begin = begin.unwrap_or(name.begin);
        Some(Month { calendar, number, sure: said || alone || doubled, begin, last, doubled })
    }

    fn month_name(&self, i: usize, allow: Proclitics) -> Option<At<(Calendar, i8, bool)>> {
        self.s
            .find_with(i, allow, |word| match word {
                TimeWord::Month { calendar, number, alone } => Some((*calendar, *number, *alone)),
                _ => None,
            })
            .filter(|month| month.value.0 == Calendar::Hijri || !month.definite)
    }

    /// The month that follows a day of the month, over `من`, `/`, `-`, `.`, `شهر`.
    fn month_after_day(&self, i: usize) -> Option<Month> {
        if !self.s.continues(i) {
            return None;
        }
        if matches!(self.s.word(i), "من" | "/" | "-" | "." | "–" | "ـ" | "," | "في" | "ل") {
            if !self.s.continues(i + 1) {
                return None;
            }
            return self
                .month_at(i + 1, Proclitics::empty())
                .filter(|month| self.s.word(i) != "," && self.s.word(i) != "في" || month.sure);
        }
        self.month_at(i, Proclitics::LAM)
    }

    /// 25 نوفمبر, الرابع من مارس, أول شباط
    fn day_and_month(&mut self) -> bool {
        if self.p.day.is_some() || self.p.month.is_some() || self.p.year.is_some() {
            return false;
        }
        let (value, begin, last, ordinal, numeric) = if let Some(number) = self.s.number(self.at)
            && !number.fraction()
            && let Some(value) = number.whole(1, 31)
        {
            (value as i8, number.begin, number.last, number.ordinal() && !number.digits, true)
        } else if let Some(first) = self.find(|word| match word {
            TimeWord::First => Some(1),
            TimeWord::HalfMonth => Some(15),
            _ => None,
        }) && !first.definite
        {
            (first.value, first.begin, first.last, false, false)
        } else {
            return false;
        };
        // The second part of a decimal or a date in figures is no day.
        if self.s.is_digits(self.at)
            && self.at > 0
            && self.s.text().glued(self.at)
            && matches!(self.s.word(self.at - 1), "." | "/" | ":" | "٫")
        {
            return false;
        }
        let relative = self.s.word(last + 1) == "من" && (ordinal || self.s.is_digits(self.at)) && {
            let mut probe = Reader::new(self.s, last + 2);
            probe.link = Link::Of;
            probe.relative_unit() && matches!(probe.p.base, Base::Shift(Unit::Month, _) | Base::Text(Unit::Month, _))
        };
        if relative && self.p.base == Base::None {
            self.p.day = Some(value);
            self.take(begin, last);
            self.at = last + 2;
            self.link = Link::Of;
            self.relative_unit();
            return true;
        }
        let Some(month) = self.month_after_day(last + 1) else { return false };
        if !numeric && self.s.word(last + 1) == "من" && value == 15 {
            return false;
        }
        // النصف الأول من مارس, الأسبوع الثاني من مارس: no day.
        if ordinal && self.at == self.start && self.ranks_a_stretch() {
            return false;
        }
        // 3 صفر is a score.
        if month.calendar == Calendar::Hijri && !month.sure && month.number == 2 {
            let year = self.s.figure(month.last + 1).is_some_and(|(year, _)| (1300..1600).contains(&year));
            if !year && self.s.word(month.last + 1) != "ه" {
                return false;
            }
        }
        self.p.day = Some(value);
        self.p.ordinal_day = ordinal;
        self.p.month = Some(month.number);
        self.p.calendar = month.calendar;
        self.take(begin, month.last);
        self.side();
        true
    }

    /// Whether the word before is one whose ordinal this is: النصف الأول.
    fn ranks_a_stretch(&self) -> bool {
        self.start > 0
            && self.s.continues(self.start)
            && (self
                .s
                .find_with(self.start - 1, LEADING, |word| matches!(word, TimeWord::Fraction(_)).then_some(()))
                .is_some()
                || self
                    .s
                    .unit(self.start - 1, LEADING)
                    .is_some_and(|unit| matches!(unit.value.0, Unit::Week | Unit::Decade | Unit::Century)))
    }

    fn month(&mut self) -> bool {
        if self.p.month.is_some() || self.p.day.is_some() || self.p.year.is_some() || self.noun {
            return false;
        }
        if matches!(self.p.base, Base::Shift(..) | Base::Holiday(_)) {
            return false;
        }
        let Some(month) = self.month_at(self.at, self.allow()) else { return false };
        let called = self.p.phase.is_some()
            || self.link == Link::Of
            || self.called_for()
            || self.year_at(month.last + 1).is_some()
            || self.side_at(month.last + 1).is_some();
        if !(month.sure || called) {
            return false;
        }
        // شعبان, رجب, شوال are names as well.
        if !month.sure
            && month.calendar == Calendar::Hijri
            && self.year_at(month.last + 1).is_none()
            && self.p.weekday.is_none()
        {
            return false;
        }
        self.p.month = Some(month.number);
        self.p.calendar = month.calendar;
        self.take(month.begin, month.last);
        // نوفمبر 25, 2020 and, after a weekday, يناير الحادي والعشرين
        if self.p.phase.is_none()
            && self.s.continues(self.at)
            && let Some(number) = self.s.number(self.at)
            && let Some(day) = number.whole(1, 31)
            && !number.fraction()
        {
            let year_follows = self.s.mark(number.last + 1, &[",", "،"])
                && self.s.figure(number.last + 2).is_some_and(|(_, digits)| digits == 4);
            if (number.digits && year_follows) || (number.ordinal() && self.p.weekday.is_some()) {
                self.p.day = Some(day as i8);
                self.take(month.begin, number.last);
            }
        }
        true
    }

    /// Whether the word before calls for a date.
    fn called_for(&self) -> bool {
        self.at == self.start
            && (self.start > 0
                && self.s.continues(self.start)
                && self.s.word(self.start).starts_with('و')
                && self.month_name(self.start - 1, LEADING).is_some()
                || matches!(
                    self.s.before(self.at),
                    "في" | "وفي"
                        | "ففي"
                        | "منذ"
                        | "ومنذ"
                        | "حتي"
                        | "وحتي"
                        | "خلال"
                        | "بحلول"
                        | "بين"
                        | "شهر"
                        | "شهري"
                        | "لغايه"
                        | "الي"
                        | "وخلال"
                ))
    }

    /// The year at token `i`: its value, last token, era, and where it begins.
    fn year_at(&self, i: usize) -> Option<Year> {
        if i > self.start && !self.s.continues(i) {
            return None;
        }
        let allow = if self.at == self.start { LEADING } else { Proclitics::LAM };
        if let Some(unit) = self.s.unit(i, allow)
            && matches!(unit.value, (Unit::Year, Count::One | Count::Two))
        {
            let next = self.year_kind(Unit::Year, unit.last) + 1;
            if !self.s.continues(next) {
                return None;
            }
            let number = self.s.number(next)?;
            let year = number.whole(1, 2500)?;
            let (digits_only, word_len) = (number.digits, self.s.word(next).len());
            if number.fraction() || number.ordinal() || number.last > next && digits_only {
                return None;
            }
            // عام 67; سنة 5 is rather a count.
            let year = match (digits_only, word_len) {
                (true, 3 | 4) => year,
                (true, 2) if year >= 40 && !unit.definite => figures::century(year),
                (false, _) if year >= 1000 => year,
                _ => return None,
            };
            return Some(Year { value: year, begin: unit.begin, last: number.last, said: true });
        }
        let number = self.s.number(i)?;
        let year = number.whole(1000, 2200)?;
        if number.fraction() || number.ordinal() || number.digits && (number.last > i || self.s.word(i).len() != 4) {
            return None;
        }
        // 2020 in 2020% or 2020.5 is none.
        let next = number.last + 1;
        if self.s.text().glued(next)
            && (self.s.word(next) == "%"
                || matches!(self.s.word(next), "." | ",")
                    && self.s.text().glued(next + 1)
                    && self.s.is_digits(next + 1))
        {
            return None;
        }
        Some(Year { value: year, begin: number.begin, last: number.last, said: false })
    }

    fn year(&mut self) -> bool {
        if self.p.year.is_some() || self.noun {
            return false;
        }
        let ready = self.p.month.is_some()
            || self.p.within.is_some()
            || matches!(self.p.base, Base::Holiday(_) | Base::Shift(Unit::Year, _) | Base::Text(Unit::Year, _));
        let Some(year) = self.year_at(self.at) else { return false };
        if !(ready || year.said) {
            return false;
        }
        if matches!(self.p.base, Base::Shift(Unit::Year, _) | Base::Text(Unit::Year, _)) {
            if self.p.month.is_some() {
                return false;
            }
            self.p.base = Base::None;
        } else if self.p.base != Base::None && !matches!(self.p.base, Base::Holiday(_)) && self.p.month.is_none() {
            return false;
        }
        if self.p.weekday.is_some() && self.p.month.is_none() {
            return false;
        }
        if self.p.part.is_some() && self.p.month.is_none() {
            return false;
        }
        self.p.year = Some(year.value);
        self.take(year.begin, year.last);
        self.era();
        if self.p.month.is_none() && (1400..=1460).contains(&year.value) {
            self.p.calendar = Calendar::Hijri;
        }
        true
    }

    /// هـ, م, ق.م after a year.
    fn era(&mut self) {
        if !self.s.continues(self.at) || self.p.year.is_none() {
            return;
        }
        let opened = usize::from(self.s.mark(self.at, &["("]));
        let Some(era) = self.s.find(self.at + opened, |word| match word {
            TimeWord::Era(era) => Some(*era),
            _ => None,
        }) else {
            return;
        };
        match era.value {
            Era::Hijri => self.p.calendar = Calendar::Hijri,
            Era::Gregorian => {
                if self.s.text().glued(era.last + 1)
                    && self.s.word(era.last + 1) == "."
                    && self.s.text().glued(era.last + 2)
                {
                    return;
                }
            }
            Era::BeforeChrist => self.p.year = self.p.year.map(|year| -year),
        }
        let close = usize::from(opened == 1 && self.s.mark(era.last + 1, &[")"]));
        self.last = Some(era.last + close);
        self.at = era.last + close + 1;
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

    fn holiday(&mut self) -> bool {
        if self.p.base != Base::None || self.p.has_day() || self.p.month.is_some() || self.p.year.is_some() {
            return false;
        }
        let Some(feast) = self.find(|word| match word {
            TimeWord::Holiday(feast) => Some(*feast),
            _ => None,
        }) else {
            return false;
        };
        self.p.base = Base::Holiday(feast.value);
        self.take(feast.begin, feast.last);
        true
    }

    /// الربع الأول, النصف الثاني من; القرن الحادي والعشرون; التسعينيات
    fn stretch(&mut self) -> bool {
        if self.p.within.is_some()
            || self.p.month.is_some()
            || self.p.has_day()
            || self.p.decade.is_some()
            || self.p.year.is_some()
            || self.p.base != Base::None
        {
            return false;
        }
        if let Some(decade) = self.find(|word| match word {
            TimeWord::Decade(decade) => Some(i32::from(*decade)),
            _ => None,
        }) {
            return self.decade(decade);
        }
        if let Some(fraction) = self.find(|word| match word {
            TimeWord::Fraction(parts) => Some(*parts),
            _ => None,
        }) && fraction.definite
        {
            // الربع الأخير
            let latest = self.side_at(fraction.last + 1).filter(|side| side.value == Side::Latest);
            let (rank_value, rank_last) = if let Some(latest) = latest {
                (i32::from(fraction.value), latest.last)
            } else {
                let Some(rank) = self.s.number(fraction.last + 1) else { return false };
                if !rank.ordinal() || !self.s.continues(fraction.last + 1) {
                    return false;
                }
                let Some(value) = rank.whole(1, i32::from(fraction.value)) else { return false };
                (value, rank.last)
            };
            let of = rank_last + 1;
            let joined = self.s.word(of) == "من" || self.s.word(of).starts_with("لعام") || self.s.word(of) == "لسنه";
            let month = self.s.word(of) == "من" && self.month_at(of + 1, Proclitics::empty()).is_some();
            if month {
                self.p.phase = Some(if rank_value == 1 {
                    Phase::Start
                } else if rank_value == i32::from(fraction.value) {
                    Phase::End
                } else {
                    Phase::Mid
                });
                self.begin.get_or_insert(fraction.begin);
                self.at = of + 1;
                self.link = Link::Of;
                return self.month();
            }
            self.p.within = Some(match fraction.value {
                4 => Within::Quarter(rank_value as i8),
                2 if joined => Within::Half(rank_value as i8),
                _ => return false,
            });
            let before_of = rank_last;
            self.take(fraction.begin, before_of);
            if joined && fraction.value == 2 {
                // A half of what is no year is none.
                let back = self.at;
                self.at += usize::from(self.s.word(of) == "من");
                self.link = Link::Of;
                if self.year() || self.relative_unit() || self.bare_unit(Unit::Year) || self.decade_or_century() {
                    return true;
                }
                self.at = back;
                self.p.within = None;
                self.last = None;
                return false;
            }
            if joined {
                let back = self.at;
                self.at += usize::from(self.s.word(of) == "من");
                self.link = Link::Of;
                if !(self.year() || self.relative_unit() || self.bare_unit(Unit::Year)) {
                    self.at = back;
                }
            }
            return true;
        }
        self.century()
    }

    fn decade_or_century(&mut self) -> bool {
        let within = self.p.within.take();
        let found = self.century();
        if found && let Some(Within::Half(half)) = within {
            self.p.phase = Some(if half == 1 { Phase::Start } else { Phase::End });
        } else {
            self.p.within = within;
        }
        found
    }

    fn decade(&mut self, decade: At<i32>) -> bool {
        let mut next = decade.last + 1;
        if self.s.word(next) == "من" {
            next += 1;
        }
        // من العمر, عمره
        if self.s.find_with(next, LEADING, |word| matches!(word, TimeWord::Age).then_some(())).is_some() {
            return false;
        }
        let mut century = None;
        let mut last = decade.last;
        if let Some(unit) = self.s.unit(next, Proclitics::empty())
            && unit.value.0 == Unit::Century
            && unit.definite
        {
            if let Some(side) = self.side_at(unit.last + 1) {
                century = Some(if side.value == Side::Past { 20 } else { 21 });
                last = side.last;
            } else if let Some(number) = self.s.number(unit.last + 1)
                && let Some(value) = number.whole(1, 30)
            {
                century = Some(value);
                last = number.last;
            }
        }
        if !decade.definite && century.is_none() {
            return false;
        }
        self.p.decade = Some((century.unwrap_or(20) - 1) * 100 + decade.value);
        self.take(decade.begin, last);
        true
    }

    /// القرن العشرون, القرن ال19
    fn century(&mut self) -> bool {
        let Some(unit) = self.s.unit(self.at, self.allow()) else { return false };
        if unit.value != (Unit::Century, Count::One) || !unit.definite || !self.s.continues(unit.last + 1) {
            return false;
        }
        let Some(number) = self.s.number(unit.last + 1) else { return false };
        let Some(value) = number.whole(1, 30) else { return false };
        if !number.ordinal() && !number.digits && !number.definite {
            return false;
        }
        self.p.century = Some(value);
        self.take(unit.begin, number.last);
        true
    }

    /// صيف عام 2014, الصيف الماضي, هذا الصيف
    fn season(&mut self) -> bool {
        if self.p.within.is_some()
            || self.p.month.is_some()
            || self.p.has_day()
            || self.p.year.is_some()
            || self.p.base != Base::None
        {
            return false;
        }
        let (pointed, at) = self.pointer();
        let allow = if pointed.is_some() { Proclitics::empty() } else { self.allow() };
        let Some(season) = self.s.find_with(at, allow, |word| match word {
            TimeWord::Season(season) => Some(*season),
            _ => None,
        }) else {
            return false;
        };
        let begin = pointed.as_ref().map_or(season.begin, |pointer| pointer.begin);
        let next = season.last + 1;
        let sided = self.side_at(next).filter(|_| season.definite);
        if let Some(side) = sided {
            self.p.within = Some(Within::Season(season.value));
            self.p.side = Some(side.value);
            self.take(begin, side.last);
            return true;
        }
        if pointed.is_some() && season.definite {
            self.p.within = Some(Within::Season(season.value));
            self.p.side = Some(Side::Current);
            self.take(begin, season.last);
            return true;
        }
        if season.definite {
            return false;
        }
        let back = (self.at, self.begin, self.last);
        self.p.within = Some(Within::Season(season.value));
        self.take(begin, season.last);
        self.link = Link::Of;
        if self.s.continues(self.at)
            && (self.year() || self.relative_unit())
            && !matches!(self.p.base, Base::Shift(Unit::Day | Unit::Week | Unit::Month, _))
        {
            return true;
        }
        (self.at, self.begin, self.last) = back;
        self.p.within = None;
        self.p.base = Base::None;
        false
    }

    /// هذا, ذلك, نفس at the next token, and the token after it.
    fn pointer(&self) -> (Option<At<Pointer>>, usize) {
        let pointer = self.find(|word| match word {
            TimeWord::Pointer(pointer) => Some(*pointer),
            _ => None,
        });
        match pointer {
            Some(pointer) => (Some(pointer), pointer.last + 1),
            None => (None, self.at),
        }
    }

    /// الأسبوع الماضي, هذا العام, ذلك اليوم, العام نفسه, العام التالي
    fn relative_unit(&mut self) -> bool {
        if self.p.base != Base::None || self.p.year.is_some() || self.noun {
            return false;
        }
        let (pointed, at) = self.pointer();
        let allow = if pointed.is_some() || self.at > self.start { Proclitics::empty() } else { LEADING };
        if !self.s.continues(at) && at > self.start {
            return false;
        }
        let Some(unit) = self.s.unit(at, allow) else { return false };
        let (kind, count) = unit.value;
        if count != Count::One || !unit.definite || kind < Unit::Day {
            return false;
        }
        // Only a coarser unit refines what is there.
        let fits = match kind {
            Unit::Day | Unit::Night => self.last.is_none() || self.p.part.is_some() && !self.p.has_day(),
            Unit::Week => self.p.month.is_none() && self.p.day.is_none(),
            Unit::Month => self.p.month.is_none(),
            Unit::Year => self.p.weekday.is_none() || self.p.month.is_some(),
            _ => self.last.is_none(),
        };
        if !fits {
            return false;
        }
        let kind = if kind == Unit::Night { Unit::Day } else { kind };
        let mut last = self.year_kind(kind, unit.last);
        let base = if let Some(pointer) = &pointed {
            let back = if pointer.value == Pointer::This { Base::Shift(kind, 0) } else { Base::Text(kind, 0) };
            // هذا الأسبوع المقبل does not occur; ذات is a noun of its own.
            match self.side_at(last + 1) {
                Some(side) if side.value == Side::Current => last = side.last,
                _ => {}
            }
            back
        } else if let Some(side) = self.side_at(last + 1) {
            if kind == Unit::Year && self.is_adjective(at, side.value) {
                return false;
            }
            if side.value == Side::Latest {
                return false;
            }
            last = side.last;
            if side.value == Side::Following { Base::Text(kind, 1) } else { Base::Shift(kind, shift(side.value)) }
        } else if let Some(itself) = self.itself_at(last + 1) {
            last = itself.last;
            Base::Text(kind, 0)
        } else if self.p.phase.is_some() && kind != Unit::Day {
            self.phase_base = true;
            Base::Shift(kind, 0)
        } else {
            return false;
        };
        if unit.value.0 == Unit::Night {
            self.p.part = Some(Part::Night);
        }
        self.p.base = base;
        self.take(pointed.map_or(unit.begin, |pointer| pointer.begin), last);
        true
    }

    /// نهاية الأسبوع, عطلة نهاية الأسبوع المقبل
    fn weekend(&mut self) -> bool {
        let Some(weekend) = self.find(|word| matches!(word, TimeWord::Weekend).then_some(())) else { return false };
        let side = self.side_at(weekend.last + 1);
        self.p.weekend = true;
        self.p.base = Base::Shift(Unit::Week, side.map_or(0, |side| shift(side.value)));
        self.take(weekend.begin, side.map_or(weekend.last, |side| side.last));
        true
    }

    /// The token of المالي, الدراسي after a year at `last`, or `last`.
    fn year_kind(&self, unit: Unit, last: usize) -> usize {
        if unit != Unit::Year || !self.s.continues(last + 1) {
            return last;
        }
        self.s.find(last + 1, |word| matches!(word, TimeWord::YearKind).then_some(())).map_or(last, |kind| kind.last)
    }

    /// A definite unit on its own, after من.
    fn bare_unit(&mut self, wanted: Unit) -> bool {
        let Some(unit) = self.s.unit(self.at, Proclitics::empty()) else { return false };
        if unit.value != (wanted, Count::One) || !unit.definite {
            return false;
        }
        self.p.base = Base::Shift(wanted, 0);
        self.take(unit.begin, unit.last);
        true
    }

    /// Whether العام at token `i` is the adjective "general": الأمين العام السابق "the former secretary general".
    fn is_adjective(&self, i: usize, side: Side) -> bool {
        if i == 0 || !self.s.continues(i) || !self.s.word(i).starts_with("ال") {
            return false;
        }
        let title =
            self.s.find_with(i - 1, Proclitics::all(), |word| matches!(word, TimeWord::Title).then_some(())).is_some();
        let noun = self.s.word(i - 1);
        title
            || (matches!(side, Side::Current) && noun.starts_with("ال") && self.s.word(i + 1) != "الجاري")
            || (noun.starts_with("ال") && self.s.word(i + 1) == "السابق")
    }

    /// The other calendar's date, in brackets or after a mark or الموافق.
    fn twin(&mut self) -> bool {
        if self.p.twin.is_some() || self.p.month.is_none() || self.p.day.is_none() {
            return false;
        }
        let mut other = Reader::new(self.s, self.at);
        other.p.base = Base::None;
        if other.s.word(other.at) == "يوم" {
            other.at += 1;
            other.start = other.at;
        }
        if !(other.figures_sure() || other.day_and_month()) {
            return false;
        }
        other.link = Link::None;
        let _ = other.year() || {
            other.link = Link::Of;
            if other.s.word(other.at) == "من" || other.s.mark(other.at, &["/", "-", "،", ","]) {
                let back = other.at;
                other.at += 1;
                let found = other.year();
                if !found {
                    other.at = back;
                }
                found
            } else {
                false
            }
        };
        let (Some(month), Some(day), Some(last)) = (other.p.month, other.p.day, other.last) else { return false };
        let agreed = self.link == Link::Agree;
        if other.p.calendar == self.p.calendar && !(agreed && self.p.month == Some(month) && self.p.day == Some(day)) {
            return false;
        }
        match (self.p.calendar, other.p.calendar) {
            (Calendar::Hijri, Calendar::Gregorian) => {
                if let Some(year) = other.p.year {
                    self.p.twin = Some((year, month, day));
                } else {
                    // No year there: the Hijri one tells all, if it can.
                    return self.p.year.is_some() && self.close(last);
                }
            }
            _ => {
                if self.p.year.is_none() {
                    self.p.year = other.p.year.filter(|_| other.p.calendar == self.p.calendar);
                }
            }
        }
        self.close(last)
    }

    fn figures_sure(&mut self) -> bool {
        self.link = Link::Agree;
        let found = self.figures();
        self.link = Link::None;
        found
    }

    /// Takes up to `last` and the bracket that closes there.
    fn close(&mut self, last: usize) -> bool {
        let opened = self.s.word(self.at.wrapping_sub(1)) == "(";
        let last = if opened && self.s.mark(last + 1, &[")"]) { last + 1 } else { last };
        self.last = Some(last);
        self.at = last + 1;
        true
    }

    /// A second full date after a dash: one stretch.
    fn until(&mut self) -> bool {
        if self.p.until.is_some() || self.p.day.is_none() || self.p.year.is_none() || self.p.phase.is_some() {
            return false;
        }
        if !matches!(self.s.word(self.at.wrapping_sub(1)), "-" | "–" | "—") {
            return false;
        }
        let mut other = Reader::new(self.s, self.at);
        if !(other.figures() || other.day_and_month()) {
            return false;
        }
        other.link = Link::None;
        other.year();
        let (Some(last), Some(_), Some(_)) = (other.last, other.p.day, other.p.year) else { return false };
        if other.p.calendar != self.p.calendar {
            return false;
        }
        self.p.until = Some(Box::new(other.p));
        self.last = Some(last);
        self.at = last + 1;
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

/// A month found.
#[derive(Clone, Copy, Debug)]
struct Month {
    calendar: Calendar,
    number: i8,
    sure: bool,
    begin: u32,
    last: usize,
    #[expect(dead_code, reason = "told apart when confidences are set")]
    doubled: bool,
}

/// A year found; `said` where عام or سنة stands before it.
#[derive(Clone, Copy, Debug)]
struct Year {
    value: i32,
    begin: u32,
    last: usize,
    said: bool,
}
