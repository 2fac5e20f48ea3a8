//! Ordinals that rank things.

use super::super::numerals::{Numeral, NumeralKind, Writing};
use super::super::{Decimal, QuantityKind};
use super::{Found, Reader};
use crate::lexicon::names::EntityType;
use crate::lexicon::{CountedWord, Entry, QuantityWord};
use crate::text::{Proclitics, TokenKind};

impl Reader<'_, '_> {
    /// `quantities.rank`
    ///
    /// *Finds* ordinals that rank: `الاجتماع التاسع` "the ninth meeting", `ثاني أكبر مدينة` "the second largest city",
    /// `اللقاء ال17`, `الكتاب الثلاثون`. Regnal numbers (`محمد السادس`) rank nothing.
    /// *Known misses*: ranks after a proper name that is no known place, which look like regnal numbers.
    pub(super) fn rank<'n>(&self, numeral: &'n Numeral) -> Option<Found<'n>> {
        let (ranks, confidence) = match numeral.kind {
            NumeralKind::Ordinal if numeral.definite => (self.ranks_definite(numeral), 0.92),
            NumeralKind::Ordinal => (self.ranks_indefinite(numeral), 0.9),
            NumeralKind::Cardinal if numeral.definite => (self.ranks_by_count(numeral), 0.8),
            _ => (false, 0.0),
        };
        ranks.then(|| self.item(numeral, numeral.last, QuantityKind::Ordinal, "quantities.rank", confidence))
    }

    /// The token before `numeral` in its line.
    fn before(&self, numeral: &Numeral) -> Option<usize> {
        numeral.first.checked_sub(1).filter(|_| !self.reading.text.opens_line(numeral.first))
    }

    fn ranks_definite(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        let Some(before) = self.before(numeral) else { return true };
        if text.kind(before) != TokenKind::Arabic || !numeral.proclitics.is_empty() {
            return true;
        }
        // عبد الله الثاني; الملك محمد السادس
        if text.word(before) == "الله" {
            return false;
        }
        let royal = (before.saturating_sub(3)..=before)
            .any(|i| self.words_ending(i).contains(QuantityWord::ROYAL) && (i == before || !self.is_definite(before)));
        if royal {
            return false;
        }
        // التعليم الأولي is "primary", not "first".
        let primary = numeral.first == numeral.last
            && numeral.value == Decimal::whole(1)
            && text.surface(numeral.first).ends_with('ي')
            && !text.surface(before).ends_with('ة');
        if primary {
            return false;
        }
        // المادة الرابعة names a piece of a law.
        if self.words_ending(before).contains(QuantityWord::LAW) {
            return false;
        }
        self.is_definite(before)
            || self.is_possessed(before)
            || matches!(self.counted(before), Some(CountedWord::No))
            || self.numerals.at(before).is_some()
            || self.ends_place(before)
    }

    /// Whether the name of a place or a thing ends at token `i`: `مهرجان قرطاج الثاني` "the second festival of Carthage".
    fn ends_place(&self, i: usize) -> bool {
        (i.saturating_sub(2)..=i).flat_map(|begin| self.reading.hits.at(begin)).filter(|hit| hit.last == i).any(|hit| {
            match self.reading.lexicon.entry(hit.entry) {
                Some(Entry::Name(name)) => {
                    !name.common && matches!(name.kind, EntityType::Gpe | EntityType::Loc | EntityType::Fac)
                }
                _ => false,
            }
        })
    }

    fn ranks_indefinite(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        let next = numeral.last + 1;
        let single = numeral.first == numeral.last;
        let before = self.before(numeral);
        // ثانية is a second, or "again", unless it follows a feminine noun.
        if single && numeral.value == Decimal::whole(2) && text.surface(numeral.first).ends_with('ة') {
            return before
                .is_some_and(|i| text.surface(i).ends_with('ة') && text.word(i) != "مره" && !self.is_definite(i));
        }
        if self.is_all(numeral) {
            return true;
        }
        if !single {
            return true;
        }
        let followed = text.kind(next) == TokenKind::Arabic
            && !text.opens_line(next)
            && text.word(next) != "ما"
            && (!self.is_definite(next) || text.word(next).starts_with("الا"))
            && (matches!(text.word(next), "من") || !matches!(self.counted(next), Some(CountedWord::No)));
        let follows = before.is_some_and(|i| {
            text.kind(i) == TokenKind::Arabic
                && !self.is_definite(i)
                && !matches!(self.counted(i), Some(CountedWord::No))
        });
        followed || follows
    }

    /// Cardinals that rank: `الكتاب الثلاثون` "the thirtieth book", `اللقاء ال17`; not `الدول العشرون` "the twenty states".
    fn ranks_by_count(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        let words = numeral.writing == Writing::Words;
        if words && numeral.value < Decimal::whole(11) && numeral.last == numeral.first {
            return false;
        }
        if numeral.writing == Writing::Mixed || self.has_unit(numeral.last + 1) {
            return false;
        }
        let Some(before) = self.before(numeral) else { return words };
        if text.kind(before) != TokenKind::Arabic {
            return words && self.is_all(numeral);
        }
        let joined = numeral.proclitics.intersects(Proclitics::all() - Proclitics::ARTICLE);
        if joined || matches!(self.counted(before), Some(CountedWord::No)) {
            return false;
        }
        let plural = self.is_plural(before)
            || before
                .checked_sub(1)
                .is_some_and(|i| !text.opens_line(before) && text.kind(i) == TokenKind::Arabic && self.is_plural(i));
        !plural && (self.is_definite(before) || self.is_possessed(before))
    }
}
