//! Measures in UCUM units, and ages.

use super::super::numerals::{Numeral, NumeralKind};
use super::super::{Decimal, QuantityKind};
use super::{Found, Reader};
use crate::lexicon::{Entry, EntryId, QuantityWord, Unit};
use crate::text::TokenKind;

/// How far before a number its age word may stand: `تتراوح أعمارهم بين 20 و30 عاما`.
const AGE_REACH: usize = 8;

impl<'r> Reader<'r, '_> {
    /// The unit at token `i` in the line of the token before, and its last token.
    fn unit(&self, i: usize) -> Option<(&'r Unit, EntryId, usize)> {
        if self.reading.text.opens_line(i) {
            return None;
        }
        self.reading.hits.at(i).iter().rev().filter(|hit| hit.form.is_whole()).find_map(|hit| {
            match self.reading.lexicon.entry(hit.entry) {
                Some(Entry::Unit(unit)) => Some((unit, hit.entry, hit.last)),
                _ => None,
            }
        })
    }

    /// `quantities.measure`
    ///
    /// *Finds* a number with a unit of measure: `120 كيلومترا` "120 kilometres", `3 أمتار مربعة`, `20 درجة مئوية`.
    /// *Known misses*: two units in one measure (`متر و80 سم`); a bare `درجة` "degree", which stays a count.
    pub(super) fn measure<'n>(&self, numeral: &'n Numeral) -> Option<Found<'n>> {
        if numeral.kind == NumeralKind::Ordinal {
            return None;
        }
        let (unit, entry, last) = self.unit(self.next(numeral)).filter(|(unit, ..)| !unit.age)?;
        let mut item = self.item(numeral, last, QuantityKind::Measure, "quantities.measure", 0.95);
        item.unit = unit.code.clone();
        item.entry = Some(entry);
        Some(item)
    }

    /// `quantities.age`
    ///
    /// *Finds* how old somebody is: `(66 عاما)` "(66 years)", `البالغ من العمر 33 عاما`, `شاب، 20 عاما، ...`, `سن الـ18`.
    /// *Known misses*: a bare number in brackets after a name.
    pub(super) fn age<'n>(&self, numeral: &'n Numeral) -> Option<Found<'n>> {
        const RULE: &str = "quantities.age";
        let text = &self.reading.text;
        if numeral.value > Decimal::whole(130)
            || numeral.value.is_negative()
            || self.fixed.any(numeral.first, numeral.last)
        {
            return None;
        }
        let before = numeral.first.checked_sub(1).filter(|_| !text.opens_line(numeral.first));
        let (near, begin) = before.map_or((QuantityWord::empty(), numeral.first), |before| self.words_before(before));
        let modified = near.intersects(QuantityWord::APPROX | QuantityWord::MORE_THAN | QuantityWord::LESS_THAN);
        let further = begin.checked_sub(1).filter(|_| modified && !text.opens_line(begin));
        let told = near | further.map_or(QuantityWord::empty(), |i| self.words_ending(i));
        let Some((unit, entry, last)) = self.unit(numeral.last + 1).filter(|(unit, ..)| unit.age) else {
            // سن الـ18, في الـ33 من عمره
            let of_age = before.is_some_and(|before| self.tells_age(before) && near.contains(QuantityWord::AGE));
            let after = self.words_beginning(numeral.last + 1).contains(QuantityWord::AGE_AFTER);
            if !(of_age || after) || numeral.kind == NumeralKind::Fraction || self.has_unit(numeral.last + 1) {
                return None;
            }
            let mut item = self.item(numeral, numeral.last, QuantityKind::Measure, RULE, 0.85);
            item.unit = "a".into();
            return Some(item);
        };
        if numeral.kind == NumeralKind::Ordinal {
            return None;
        }
        let after = last + 1;
        let opened = before.is_some_and(|before| text.word(before) == "(");
        let bracketed = opened && matches!(text.word(after), ")" | ",");
        let between_commas = before
            .is_some_and(|before| text.word(before) == "," && before > 0 && text.kind(before - 1) == TokenKind::Arabic)
            && &*unit.code == "a"
            && text.word(after) == ","
            && !text.opens_line(after);
        let of_age = told.contains(QuantityWord::AGE)
            || self.words_beginning(after).contains(QuantityWord::AGE_AFTER)
            || self.is_among_ages(numeral.first);
        if !(bracketed || of_age || between_commas) {
            return None;
        }
        let mut item = self.item(numeral, last, QuantityKind::Measure, RULE, if between_commas { 0.85 } else { 0.95 });
        item.unit = unit.code.clone();
        item.entry = Some(entry);
        Some(item)
    }

    /// Whether token `i` is a word of age itself (`عمرها`, `سن`), not one that ages share with other things (`البالغ`).
    fn tells_age(&self, i: usize) -> bool {
        let word = self.reading.text.word(i);
        word.contains("عمر") || word.contains("عماره") || matches!(word, "سن" | "السن" | "بسن")
    }

    /// Whether a word of age stands a little before token `i` in its line.
    fn is_among_ages(&self, i: usize) -> bool {
        let text = &self.reading.text;
        (i.saturating_sub(AGE_REACH)..i).rev().take_while(|&at| !text.opens_line(at + 1) && text.word(at) != ".").any(
            |at| {
                // عمر and العمر are a name and a general word: only somebody's age counts from afar.
                text.word(at).chars().count() > 3
                    && !text.word(at).ends_with("عمر")
                    && self.tells_age(at)
                    && self.words_ending(at).contains(QuantityWord::AGE)
            },
        )
    }
}
