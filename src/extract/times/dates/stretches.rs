//! What is longer than a day or named from today: units with their adjective, seasons, quarters, decades, holidays.

use super::super::model::{Base, Within};
use super::super::scan::{At, LEADING};
use super::{Link, Reader, shift};
use crate::lexicon::calendar::{Count, Part, Phase, Pointer, Side, TimeWord, Unit};
use crate::text::Proclitics;

impl Reader<'_, '_> {
    pub(super) fn holiday(&mut self) -> bool {
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
    pub(super) fn stretch(&mut self) -> bool {
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
            let joined = self.s.figure(of).is_some_and(|(_, digits)| digits == 4)
                || self.s.word(of) == "من"
                || self.s.word(of).starts_with("لعام")
                || self.s.word(of) == "لسنه";
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

    pub(super) fn decade_or_century(&mut self) -> bool {
        let within = self.p.within.take();
        let found = self.century();
        if found && let Some(Within::Half(half)) = within {
            self.p.phase = Some(if half == 1 { Phase::Start } else { Phase::End });
        } else {
            self.p.within = within;
        }
        found
    }

    pub(super) fn decade(&mut self, decade: At<i32>) -> bool {
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
    pub(super) fn century(&mut self) -> bool {
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
    pub(super) fn season(&mut self) -> bool {
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
    pub(super) fn pointer(&self) -> (Option<At<Pointer>>, usize) {
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
    pub(super) fn relative_unit(&mut self) -> bool {
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
    pub(super) fn weekend(&mut self) -> bool {
        let Some(weekend) = self.find(|word| matches!(word, TimeWord::Weekend).then_some(())) else { return false };
        let side = self.side_at(weekend.last + 1);
        self.p.weekend = true;
        self.p.base = Base::Shift(Unit::Week, side.map_or(0, |side| shift(side.value)));
        self.take(weekend.begin, side.map_or(weekend.last, |side| side.last));
        true
    }

    /// The token of المالي, الدراسي after a year at `last`, or `last`.
    pub(super) fn year_kind(&self, unit: Unit, last: usize) -> usize {
        if unit != Unit::Year || !self.s.continues(last + 1) {
            return last;
        }
        self.s.find(last + 1, |word| matches!(word, TimeWord::YearKind).then_some(())).map_or(last, |kind| kind.last)
    }

    /// A definite unit on its own, after من.
    pub(super) fn bare_unit(&mut self, wanted: Unit) -> bool {
        let Some(unit) = self.s.unit(self.at, Proclitics::empty()) else { return false };
        if unit.value != (wanted, Count::One) || !unit.definite {
            return false;
        }
        self.p.base = Base::Shift(wanted, 0);
        self.take(unit.begin, unit.last);
        true
    }

    /// Whether العام at token `i` is the adjective "general": الأمين العام السابق "the former secretary general".
    pub(super) fn is_adjective(&self, i: usize, side: Side) -> bool {
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
}
