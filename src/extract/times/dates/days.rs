//! Months, days of a month, years, and dates in figures.

use super::super::super::extraction::Calendar;
use super::super::figures;
use super::super::model::Base;
use super::super::scan::{At, LEADING};
use super::{Link, Reader};
use crate::lexicon::calendar::{Count, Era, TimeWord, Unit};
use crate::text::{Proclitics, TokenKind};

/// How many names one month may stand under at a time.
const MOST_NAMES: usize = 3;

impl Reader<'_, '_> {
    /// A month at token `i`, its doubles included: its calendar and number, whether it is surely a month, its last token.
    pub(super) fn month_at(&self, i: usize, allow: Proclitics) -> Option<Month> {
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
        for _ in 0..MOST_NAMES {
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

    pub(super) fn month_name(&self, i: usize, allow: Proclitics) -> Option<At<(Calendar, i8, bool)>> {
        self.s
            .find_with(i, allow, |word| match word {
                TimeWord::Month { calendar, number, alone } => Some((*calendar, *number, *alone)),
                _ => None,
            })
            .filter(|month| month.value.0 == Calendar::Hijri || !month.definite)
    }

    /// The month that follows a day of the month, over `من`, `/`, `-`, `.`, `شهر`.
    pub(super) fn month_after_day(&self, i: usize) -> Option<Month> {
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
    pub(super) fn day_and_month(&mut self) -> bool {
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
    pub(super) fn ranks_a_stretch(&self) -> bool {
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

    pub(super) fn month(&mut self) -> bool {
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
    pub(super) fn called_for(&self) -> bool {
        self.at == self.start
            && (self.start > 0
                && self.s.continues(self.start)
                && self.s.word(self.start).starts_with('و')
                && self.month_name(self.start - 1, LEADING).is_some()
                // الأسبوع الأول من مارس "the first week of March"
                || self.s.before(self.start) == "من"
                    && self.start > 1
                    && self.s.number(self.start - 2).is_some_and(super::super::scan::Number::ordinal)
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
    pub(super) fn year_at(&self, i: usize) -> Option<Year> {
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

    pub(super) fn year(&mut self) -> bool {
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
    pub(super) fn era(&mut self) {
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

    pub(super) fn figures(&mut self) -> bool {
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
    pub(super) fn said_before(&self) -> bool {
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
}

/// A month found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    pub(super) number: i8,
    pub(super) sure: bool,
    pub(super) begin: u32,
    pub(super) last: usize,
    #[expect(dead_code, reason = "told apart when confidences are set")]
    pub(super) doubled: bool,
}

/// A year found; `said` where عام or سنة stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Year {
    pub(super) value: i32,
    pub(super) begin: u32,
    pub(super) last: usize,
    pub(super) said: bool,
}
