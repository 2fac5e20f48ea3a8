//! Two dates that are one: the same day in both calendars, a stretch from day to day.

use super::super::super::extraction::Calendar;
use super::super::model::Base;
use super::{Link, Reader};

impl Reader<'_, '_> {
    /// The other calendar's date, in brackets or after a mark or الموافق.
    pub(super) fn twin(&mut self) -> bool {
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

    pub(super) fn figures_sure(&mut self) -> bool {
        self.link = Link::Agree;
        let found = self.figures();
        self.link = Link::None;
        found
    }

    /// Takes up to `last` and the bracket that closes there.
    pub(super) fn close(&mut self, last: usize) -> bool {
        let opened = self.s.word(self.at.wrapping_sub(1)) == "(";
        let last = if opened && self.s.mark(last + 1, &[")"]) { last + 1 } else { last };
        self.last = Some(last);
        self.at = last + 1;
        true
    }

    /// A second full date after a dash: one stretch.
    pub(super) fn until(&mut self) -> bool {
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
        // An earlier date ends nothing: two dates that a page set side by side.
        let backwards = (other.p.year, other.p.month, other.p.day) < (self.p.year, self.p.month, self.p.day);
        if other.p.calendar != self.p.calendar || backwards {
            return false;
        }
        self.p.until = Some(Box::new(other.p));
        self.last = Some(last);
        self.at = last + 1;
        true
    }

    /// عام 1430هـ الموافق 2009م: the Gregorian year tells more exactly what the other means.
    pub(super) fn agreed_year(&mut self) -> bool {
        if self.p.calendar != Calendar::Hijri || self.p.month.is_some() || self.p.year.is_none() {
            return false;
        }
        let Some(year) = self.year_at(self.at).filter(|year| year.value >= 1700) else { return false };
        self.p.year = Some(year.value);
        self.p.calendar = Calendar::Gregorian;
        self.take(year.begin, year.last);
        self.era();
        true
    }
}
