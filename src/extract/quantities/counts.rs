//! Counts: cardinals and fractions, with the noun that they count.

use super::super::numerals::{Numeral, NumeralKind, Writing};
use super::super::{Decimal, QuantityKind};
use super::{Found, Reader};
use crate::lexicon::{CountedWord, NumberPart, QuantityWord};
use crate::text::TokenKind;

impl Reader<'_, '_> {
    /// `quantities.count`
    ///
    /// *Finds* how many: `14 وثيقة` "14 documents", `البرلمانيون الأربعة` "the four members", `ثلث الأراضي` "a third of the
    /// lands", `حرف واحد` "one letter". Not the pronoun (`كل واحد`), vague counts (`آلاف`), or years.
    /// *Known misses*: numbers that name a thing which the tables do not know for one.
    pub(super) fn count<'n>(&self, numeral: &'n Numeral) -> Option<Found<'n>> {
        const RULE: &str = "quantities.count";
        let text = &self.reading.text;
        let next = self.next(numeral);
        if numeral.kind == NumeralKind::Ordinal || self.opens_taken_range(numeral) {
            return None;
        }
        let before = numeral.first.checked_sub(1).filter(|_| !text.opens_line(numeral.first));
        if numeral.kind == NumeralKind::Fraction {
            // الربع is the quarter of a year, النصف الأول the first half of something: no shares.
            let quarter = numeral.definite && numeral.value == Decimal::new(25, 2);
            let of_series =
                numeral.definite && self.numerals.at(next).is_some_and(|next| next.kind == NumeralKind::Ordinal);
            if quarter || of_series {
                return None;
            }
            let mut item = self.item(numeral, numeral.last, QuantityKind::Cardinal, "quantities.fraction", 0.85);
            let noun = text.kind(next) == TokenKind::Arabic
                && !text.opens_line(next)
                && !matches!(self.counted(next), Some(CountedWord::No));
            item.of = noun.then_some(next);
            return Some(item);
        }
        let noun = self
            .noun(next)
            .filter(|_| !(numeral.definite && numeral.writing == Writing::Words && numeral.scale == Decimal::whole(1)));
        let countable = match self.small_word(numeral, before) {
            Some(counts) => counts,
            None => noun.is_some() || self.stands_alone(numeral, before),
        };
        if !(countable || self.is_all(numeral)) {
            return None;
        }
        let confidence = match (noun, numeral.writing) {
            (Some(_), _) => 0.95,
            (None, Writing::Digits) => 0.75,
            (None, _) => 0.85,
        };
        let mut item = self.item(numeral, numeral.last, QuantityKind::Cardinal, RULE, confidence);
        let single_word = numeral.writing == Writing::Words && numeral.value < Decimal::whole(3);
        item.of = noun.filter(|_| !single_word);
        Some(item)
    }

    /// Whether a number that no noun follows counts something all the same.
    fn stands_alone(&self, numeral: &Numeral, before: Option<usize>) -> bool {
        let text = &self.reading.text;
        let single = numeral.first == numeral.last;
        let modified = before.is_some_and(|i| {
            self.words_ending(i).intersects(QuantityWord::APPROX | QuantityWord::MORE_THAN | QuantityWord::LESS_THAN)
        });
        let unit =
            matches!(numeral.ends_in, Some(NumberPart::Scale | NumberPart::ScaleAccusative | NumberPart::Hundred));
        if numeral.writing == Writing::Words && single && unit {
            return modified;
        }
        if modified {
            return true;
        }
        // A bare year that times did not take: (2014), 2014-2015.
        if numeral.writing == Writing::Digits
            && single
            && numeral.small().is_some_and(|year| (1900..2100).contains(&year))
            && text.word(numeral.first).len() == 4
        {
            return false;
        }
        self.has_words_beside(numeral)
    }

    /// Whether a number word that has other uses counts something here; none for other numerals.
    fn small_word(&self, numeral: &Numeral, before: Option<usize>) -> Option<bool> {
        let text = &self.reading.text;
        if numeral.writing != Writing::Words || numeral.first != numeral.last {
            return None;
        }
        // صفر is a month's name as well.
        if numeral.ends_in == Some(NumberPart::Zero) {
            return Some(false);
        }
        if numeral.value == Decimal::whole(1) {
            return Some(self.counts_one(numeral, before));
        }
        // الاثنين is Monday, unless two things stand before it.
        (numeral.value == Decimal::whole(2) && numeral.definite).then(|| {
            before.is_some_and(|i| {
                let word = text.word(i);
                self.is_definite(i) && (word.ends_with("ين") || word.ends_with("ان"))
            })
        })
    }

    /// `حرف واحد` "one letter", against `كل واحد` "each one", `واحد من` "one of".
    fn counts_one(&self, numeral: &Numeral, before: Option<usize>) -> bool {
        let text = &self.reading.text;
        let Some(before) = before else { return false };
        !numeral.definite
            && numeral.proclitics.is_empty()
            && text.kind(before) == TokenKind::Arabic
            && !self.is_definite(before)
            && !matches!(self.counted(before), Some(CountedWord::No))
            && !self.words_ending(before).intersects(QuantityWord::PRONOUN | QuantityWord::IDENTIFIER)
            && !matches!(text.word(numeral.last + 1), "من" | "منهم" | "منها" | "منهن" | "تلو" | "فقط منهم")
    }

    /// Whether words stand in the line near the number; a line of figures alone is a table or a menu.
    fn has_words_beside(&self, numeral: &Numeral) -> bool {
        const NEAR: usize = 4;
        let text = &self.reading.text;
        let letters = |i: usize| matches!(text.kind(i), TokenKind::Arabic);
        let left = (numeral.first.saturating_sub(NEAR)..numeral.first)
            .rev()
            .take_while(|&i| !text.opens_line(i + 1))
            .any(letters);
        left || (numeral.last + 1..=numeral.last + NEAR).take_while(|&i| !text.opens_line(i)).any(letters)
    }
}
