//! Sums of money, in ISO 4217.

use super::super::numerals::{Numeral, NumeralKind, Writing};
use super::super::{Decimal, QuantityKind, Reading};
use super::{Found, Reader};
use crate::lexicon::{Currency, CurrencyHome, Entry, EntryId, Kinds, QuantityWord};
use crate::text::{Proclitics, TokenKind, sentences};

/// How often an article names a country, by its currency.
pub(super) struct Home<'r> {
    home: &'r CurrencyHome,
    count: u32,
}

/// The countries that the article names whose money shares its word with others'.
pub(super) fn homes<'r>(reading: &'r Reading<'_>) -> Vec<Home<'r>> {
    let mut homes: Vec<Home<'r>> = Vec::new();
    for hit in reading.hits.all().iter().filter(|hit| hit.kind.contains(Kinds::CURRENCY_HOME)) {
        let Some(Entry::CurrencyHome(home)) = reading.lexicon.entry(hit.entry) else { continue };
        if !home.telling {
            continue;
        }
        match homes.iter_mut().find(|known| known.home.code == home.code) {
            Some(known) => known.count += 1,
            None => homes.push(Home { home, count: 1 }),
        }
    }
    homes
}

/// A currency's word or sign in place.
struct Sign<'r> {
    currency: &'r Currency,
    entry: EntryId,
    code: &'r str,
    /// How many of it make one of the main unit.
    parts: Decimal,
    last: usize,
}

impl<'r> Reader<'r, '_> {
    /// `quantities.money`
    ///
    /// *Finds* a number with a currency's word, sign or code: `42 ريالا قطريا` "42 Qatari riyals", `1.4 مليار دولار`,
    /// `$10`, `5 QAR`; with its small change: `3 دنانير و50 فلسا`. Where several countries' money bears the word, the
    /// adjective tells whose it is, else the country that the article names most.
    /// *Known misses*: sums told in words between number and currency; money of no currency in the table.
    pub(super) fn money<'n>(&self, numeral: &'n Numeral, free: usize) -> Option<Found<'n>> {
        const RULE: &str = "quantities.money";
        if numeral.kind == NumeralKind::Ordinal {
            return None;
        }
        let text = &self.reading.text;
        if let Some(sign) = self.currency(self.next(numeral)) {
            let mut item = self.item(numeral, sign.last, QuantityKind::Money, RULE, 0.97);
            item.value = numeral.value.over(sign.parts)?;
            if sign.currency.part_of.is_empty()
                && let Some((change, last)) = self.change(&sign)
                && let Some(value) = item.value.plus(change)
            {
                item.value = value;
                item.last = last;
                item.span.end = text.token(last).span.end;
            }
            item.unit = sign.code.into();
            item.entry = Some(sign.entry);
            return Some(item);
        }
        // A sign stands before digits only.
        let before = numeral.first.checked_sub(1).filter(|_| numeral.writing != Writing::Words)?;
        if text.opens_line(numeral.first) || text.kind(before) == TokenKind::Arabic {
            return None;
        }
        let first = before.saturating_sub(1).max(free);
        let (begin, sign) = (first..=before).find_map(|begin| {
            let sign = self.currency_from(begin)?;
            (sign.last == before && text.kind(begin) != TokenKind::Arabic).then_some((begin, sign))
        })?;
        let mut item = self.item(numeral, numeral.last, QuantityKind::Money, RULE, 0.96);
        item.value = numeral.value.over(sign.parts)?;
        item.first = begin;
        item.span = text.token(begin).span.join(item.span);
        item.unit = sign.code.into();
        item.entry = Some(sign.entry);
        Some(item)
    }

    /// The currency that stands at token `i`, in the line of the token before.
    fn currency(&self, i: usize) -> Option<Sign<'r>> {
        let text = &self.reading.text;
        if text.opens_line(i) || (text.word(i) == "c" && !text.glued(i)) {
            return None;
        }
        self.currency_from(i)
    }

    fn currency_from(&self, i: usize) -> Option<Sign<'r>> {
        let reading = self.reading;
        let hit =
            reading.hits.at(i).iter().rev().find(|hit| {
                hit.form.is_whole() && matches!(reading.lexicon.entry(hit.entry), Some(Entry::Currency(_)))
            })?;
        let Some(Entry::Currency(currency)) = reading.lexicon.entry(hit.entry) else { return None };
        let mut last = hit.last;
        let named = self.adjective(currency, last + 1);
        if let Some((_, end)) = named {
            last = end;
        }
        let units = || currency.part_of.iter().map(|(unit, parts)| (&**unit, *parts));
        let home = named.map(|(home, _)| home).or_else(|| {
            let shares =
                |home: &Home<'r>| home.home.unit == currency.unit || units().any(|(unit, _)| unit == &*home.home.unit);
            if let Some(near) =
                self.named_before(i, |home| home.unit == currency.unit || units().any(|(unit, _)| unit == &*home.unit))
            {
                return Some(near);
            }
            // The first of the most named, so that the answer is always the same.
            let most = self.homes.iter().filter(|home| shares(home)).map(|home| home.count).max()?;
            self.homes.iter().find(|home| shares(home) && home.count == most).map(|home| home.home)
        });
        let code = home.map_or(&*currency.code, |home| &*home.code);
        let parts = match home {
            Some(home) => units().find(|&(unit, _)| unit == &*home.unit).map(|(_, parts)| parts),
            None => units().next().map(|(_, parts)| parts),
        };
        Some(Sign { currency, entry: hit.entry, code, parts: parts.unwrap_or(Decimal::whole(1)), last })
    }

    /// The country, of those that fit, which stands last before token `i` in its line, not too far off.
    fn named_before(&self, i: usize, fits: impl Fn(&CurrencyHome) -> bool) -> Option<&'r CurrencyHome> {
        const REACH: usize = 40;
        let text = &self.reading.text;
        (i.saturating_sub(REACH)..i).rev().take_while(|&at| !text.opens_line(at + 1)).find_map(|at| {
            self.reading.hits.of(at, Kinds::CURRENCY_HOME).iter().find_map(|hit| {
                match self.reading.lexicon.entry(hit.entry) {
                    Some(Entry::CurrencyHome(home)) if home.telling && fits(home) => Some(home),
                    _ => None,
                }
            })
        })
    }

    /// The adjective at token `i` that says whose money it is, and its last token.
    fn adjective(&self, currency: &Currency, i: usize) -> Option<(&'r CurrencyHome, usize)> {
        if self.reading.text.opens_line(i) {
            return None;
        }
        self.reading.hits.at(i).iter().rev().find_map(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::CurrencyHome(home))
                if home.adjective
                    && hit.form.is_whole()
                    && (home.unit == currency.unit || currency.part_of.iter().any(|(unit, _)| *unit == home.unit)) =>
            {
                Some((home, hit.last))
            }
            _ => None,
        })
    }

    /// The small change after a sum: `و50 فلسا`; its worth in the main unit, and its last token.
    fn change(&self, sum: &Sign<'_>) -> Option<(Decimal, usize)> {
        let text = &self.reading.text;
        let mut at = sum.last + 1;
        if text.word(at) == "و" && !text.opens_line(at) {
            at += 1;
        } else if !self.numerals.at(at)?.proclitics.contains(Proclitics::WAW) {
            return None;
        }
        let numeral = self.numerals.at(at).filter(|_| !text.opens_line(at))?;
        let sign = self.currency(numeral.last + 1)?;
        let (_, parts) = sign.currency.part_of.iter().find(|(unit, _)| *unit == sum.currency.unit)?;
        Some((numeral.value.over(*parts)?, sign.last))
    }

    /// `quantities.money-understood`
    ///
    /// *Finds* a sum without its currency, where the sentence or, for a sentence that tells of a value, what was said
    /// before names one: `ترتفع إلى 8 مليارات` "rises to 8 billions", dollars having been named.
    /// *Known misses*: sums below a million, which look like any count.
    pub(super) fn name_money(&self, found: &mut [Found<'_>]) {
        let text = &self.reading.text;
        if !found.iter().any(|item| item.kind == QuantityKind::Money) {
            return;
        }
        let million = Decimal::whole(1_000_000);
        let mut last_said: Option<Box<str>> = None;
        let mut from = 0;
        for sentence in sentences(text) {
            let begin = from + found.iter().skip(from).take_while(|item| item.first < sentence.start).count();
            let end = begin + found.iter().skip(begin).take_while(|item| item.first < sentence.end).count();
            from = end;
            let Some(items) = found.get_mut(begin..end) else { continue };
            let open = |item: &Found<'_>| {
                item.kind == QuantityKind::Cardinal
                    && item.numeral.scale >= million
                    && item.of.is_none_or(|noun| self.words_ending(noun).contains(QuantityWord::VALUE))
            };
            let said = items.iter().rev().find(|item| item.kind == QuantityKind::Money).map(|item| item.unit.clone());
            if said.is_some() {
                last_said.clone_from(&said);
            }
            if !items.iter().any(open) {
                continue;
            }
            let unit = said.or_else(|| {
                let of_value = sentence.clone().any(|i| self.words_beginning(i).contains(QuantityWord::VALUE));
                last_said.clone().filter(|_| of_value)
            });
            let Some(unit) = unit else { continue };
            for item in items.iter_mut().filter(|item| open(item)) {
                item.kind = QuantityKind::Money;
                item.unit.clone_from(&unit);
                item.of = None;
                item.rule = "quantities.money-understood";
                item.confidence = 0.8;
            }
        }
    }
}
