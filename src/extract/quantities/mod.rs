//! Quantities: counts, ranks, percentages, money, measures and ages, with what they count.
//!
//! Takes a [`Reading`], its [`Numerals`] and the tokens that times have [`Taken`]; gives [`Quantity`]s in order, none
//! overlapping another. A number that names a thing (`القرار 2254`, `إف-16`, `2-1`) is none. Each numeral looks a bounded
//! number of tokens round itself, so the cost is linear in the article.
//!
//! For each numeral the rules are tried in this order, the first that finds something has it: `percent`,
//! money (`money`), ages and measures (`measures`), ranks (`ranks`), counts (`counts`).

mod context;
mod counts;
mod measures;
mod money;
mod ranks;

use super::numerals::{Numeral, NumeralKind, Numerals};
use super::{Decimal, Quantity, QuantityKind, Reading, Reason, Taken, TextValue};
use crate::lexicon::{Entry, EntryId, NumberPart, QuantityWord};
use crate::text::{Proclitics, Span, TokenKind};

/// Reads the quantities of an article.
pub fn read(reading: &Reading<'_>, numerals: &Numerals, taken: &Taken) -> Vec<Quantity> {
    let reader = Reader { reading, numerals, taken, fixed: context::fixed(reading), homes: money::homes(reading) };
    let mut found: Vec<Found> = Vec::new();
    let mut free = 0;
    for numeral in reading.stop.unless_asked(numerals) {
        if numeral.first < free {
            continue;
        }
        if let Some(item) = reader.quantity(numeral, free) {
            free = item.last + 1;
            reader.share(&mut found, &item);
            found.push(item);
        }
    }
    reader.name_money(&mut found);
    found.sort_by_key(|item| (item.span.begin, item.span.end));
    reading.stop.unless_asked(found).map(|item| reader.finish(item)).collect()
}

/// A quantity on its way.
struct Found<'n> {
    numeral: &'n Numeral,
    /// The first token that belongs to it, its sign before the number included.
    first: usize,
    /// The last token that belongs to it.
    last: usize,
    span: Span,
    kind: QuantityKind,
    value: Decimal,
    unit: Box<str>,
    of: Option<usize>,
    rule: &'static str,
    entry: Option<EntryId>,
    confidence: f32,
}

struct Reader<'r, 'a> {
    reading: &'r Reading<'a>,
    numerals: &'r Numerals,
    taken: &'r Taken,
    /// The tokens of fixed phrases.
    fixed: Taken,
    /// How often the article names each country whose money shares its word with others'.
    homes: Vec<money::Home<'r>>,
}

impl Reader<'_, '_> {
    /// What `numeral` tells; the tokens before `free` belong to others.
    fn quantity<'n>(&self, numeral: &'n Numeral, free: usize) -> Option<Found<'n>> {
        if let Some(age) = self.age(numeral) {
            return Some(age);
        }
        if self.taken.any(numeral.first, numeral.last) || self.fixed.any(numeral.first, numeral.last) {
            return None;
        }
        if self.is_part_of_figure(numeral) {
            return None;
        }
        let found = self.percent(numeral, free).or_else(|| self.money(numeral, free)).or_else(|| self.measure(numeral));
        if found.is_some() {
            return found;
        }
        if self.is_identifier(numeral) {
            return None;
        }
        self.rank(numeral).or_else(|| self.ratio(numeral)).or_else(|| self.count(numeral))
    }

    /// An item over `numeral` and the tokens up to `last`.
    fn item<'n>(
        &self,
        numeral: &'n Numeral,
        last: usize,
        kind: QuantityKind,
        rule: &'static str,
        confidence: f32,
    ) -> Found<'n> {
        let end = self.reading.text.token(last.max(numeral.last)).span.end;
        Found {
            numeral,
            first: numeral.first,
            last: last.max(numeral.last),
            span: Span::new(numeral.span.begin, end),
            kind,
            value: numeral.value,
            unit: Box::default(),
            of: None,
            rule,
            entry: None,
            confidence,
        }
    }

    /// `quantities.percent`
    ///
    /// *Finds* a number with a percent sign or its words: `90 في المئة` "90 percent", `خمسة بالمئة`, `12,5%`, `%7`.
    /// *Known misses*: per mille; `نقطة مئوية` "percentage point", which stays a count.
    fn percent<'n>(&self, numeral: &'n Numeral, free: usize) -> Option<Found<'n>> {
        const RULE: &str = "quantities.percent";
        if numeral.kind == NumeralKind::Ordinal {
            return None;
        }
        let text = &self.reading.text;
        let after = self.next(numeral);
        if !text.opens_line(after) {
            if text.word(after) == "%" || self.is_hundred(after, Proclitics::BEH | Proclitics::ARTICLE) {
                return Some(self.item(numeral, after, QuantityKind::Percent, RULE, 0.98));
            }
            if text.word(after) == "في" && self.is_hundred(after + 1, Proclitics::ARTICLE) {
                return Some(self.item(numeral, after + 1, QuantityKind::Percent, RULE, 0.98));
            }
        }
        let sign = numeral.first.checked_sub(1).filter(|&sign| sign >= free)?;
        let begins = !text.glued(sign) || text.kind(sign.wrapping_sub(1)) != TokenKind::Number;
        if text.word(sign) == "%" && text.glued(numeral.first) && begins {
            let mut item = self.item(numeral, numeral.last, QuantityKind::Percent, RULE, 0.95);
            item.first = sign;
            item.span = text.token(sign).span.join(item.span);
            return Some(item);
        }
        None
    }

    /// `quantities.ratio`
    ///
    /// *Finds* a number after `نسبة` "rate" that counts nothing: `بلغت نسبته 40` "its rate came to 40".
    /// *Known misses*: rates told with words in between.
    fn ratio<'n>(&self, numeral: &'n Numeral) -> Option<Found<'n>> {
        let before = numeral.first.checked_sub(1)?;
        let is_ratio = numeral.kind == NumeralKind::Cardinal
            && !self.reading.text.opens_line(numeral.first)
            && numeral.scale == Decimal::whole(1)
            && self.words_ending(before).contains(QuantityWord::RATIO)
            && self.noun(self.next(numeral)).is_none();
        is_ratio.then(|| self.item(numeral, numeral.last, QuantityKind::Percent, "quantities.ratio", 0.8))
    }

    /// Whether token `i` is `مئة` with these proclitics.
    fn is_hundred(&self, i: usize, proclitics: Proclitics) -> bool {
        let reading = self.reading;
        !reading.text.opens_line(i)
            && reading.hits.at(i).iter().any(|hit| {
                hit.form.proclitics == proclitics
                    && matches!(reading.lexicon.entry(hit.entry), Some(Entry::Number(word)) if word.part == NumberPart::Hundred)
            })
    }

    /// `quantities.range`
    ///
    /// *Finds* the unit of a number that shares the next one's: `من 5 إلى 10 دولارات` "5 to 10 dollars", and its scale:
    /// `بين 3 و5 ملايين يورو` "3 to 5 million euros".
    fn share(&self, found: &mut [Found<'_>], item: &Found<'_>) {
        let text = &self.reading.text;
        let Some(before) = found.last_mut() else { return };
        if before.kind != QuantityKind::Cardinal
            || before.of.is_some()
            || before.numeral.kind != NumeralKind::Cardinal
            || item.numeral.kind != NumeralKind::Cardinal
            || item.kind == QuantityKind::Ordinal
        {
            return;
        }
        let (end, begin) = (before.last, item.first);
        let between = begin.saturating_sub(end + 1);
        let tied = match between {
            0 => item.numeral.proclitics.contains(Proclitics::WAW),
            1 => matches!(text.word(end + 1), "الي" | "-" | "او" | "حتي" | "و"),
            _ => false,
        };
        if !tied || (end + 1..=begin).any(|i| text.opens_line(i)) {
            return;
        }
        let scale = item.numeral.scale;
        let one = Decimal::whole(1);
        let small = item.numeral.value.over(scale).is_some_and(|count| before.value < count);
        let two_sided =
            before.first.checked_sub(1).is_some_and(|i| matches!(text.word(i), "بين" | "من" | "وبين" | "ومن"));
        if before.numeral.scale == one
            && scale > one
            && small
            && (two_sided || text.word(end + 1) == "-")
            && let Some(value) = before.value.times(scale)
        {
            before.value = value;
        }
        if item.kind != QuantityKind::Cardinal {
            before.kind = item.kind;
            before.unit.clone_from(&item.unit);
            before.rule = "quantities.range";
            before.entry = item.entry;
            before.confidence = item.confidence.min(0.9);
        }
    }

    fn finish(&self, item: Found<'_>) -> Quantity {
        let text = &self.reading.text;
        let of = item.of.map(|i| {
            let span = text.token(i).span;
            TextValue { span, text: span.of(text.source()).to_owned() }
        });
        let (modifier, words) = self.modifier(item.first, item.last);
        Quantity {
            span: item.span,
            kind: item.kind,
            value: item.value.to_string(),
            unit: item.unit.into(),
            of,
            modifier,
            confidence: item.confidence,
            reason: Reason { rule: item.rule, entry: item.entry, words },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Modifier;
    use super::*;
    use crate::lexicon::Lexicon;

    fn shown(source: &str) -> String {
        let reading = Reading::new(source, Lexicon::builtin());
        let numerals = Numerals::read(&reading);
        let found = read(&reading, &numerals, &Taken::none(&reading.text));
        let list = found.into_iter().map(|q| {
            let kind = format!("{:?}", q.kind).to_uppercase();
            let mut out = format!("{}={kind} {}", q.span.of(source), q.value);
            if !q.unit.is_empty() {
                out = format!("{out} {}", q.unit);
            }
            if let Some(of) = q.of {
                assert_eq!(of.span.of(source), of.text);
                out = format!("{out} of {}", of.text);
            }
            match q.modifier {
                Some(Modifier::Approx) => out.push_str(" ~"),
                Some(Modifier::MoreThan) => out.push_str(" >"),
                Some(Modifier::LessThan) => out.push_str(" <"),
                _ => {}
            }
            out
        });
        list.collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn reads_the_table_of_cases() {
        let mut failures = Vec::new();
        for (number, line) in include_str!("../../../tests/cases/quantities.tsv").lines().enumerate().skip(1) {
            let (source, wanted) = line.split_once('\t').unwrap_or((line, ""));
            let found = shown(source);
            if found != wanted {
                failures.push(format!("line {}: {source}\n  wanted {wanted}\n  found  {found}", number + 1));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn leaves_what_times_have_taken() {
        let source = "في 25 نوفمبر وقع 14 وثيقة";
        let reading = Reading::new(source, Lexicon::builtin());
        let numerals = Numerals::read(&reading);
        let begin = source.find("25").unwrap() as u32;
        let end = (source.find("نوفمبر").unwrap() + "نوفمبر".len()) as u32;
        let taken = Taken::of(&reading.text, [Span::new(begin, end)]);
        let found = read(&reading, &numerals, &taken);
        assert_eq!(found.iter().map(|q| q.value.as_str()).collect::<Vec<_>>(), ["14"]);
    }

    #[test]
    fn tables_are_read_whole() {
        assert_eq!(Lexicon::builtin().faults(), []);
    }

    proptest::proptest! {
        #[test]
        fn quantities_stand_apart_and_in_order(words in proptest::collection::vec("[0-9]{1,4}|[٠-٩]{1,2}|[.,%$()/-]|و|ال|بين|إلى|من|أكثر|نحو|خمسة|مليون|دولار|ريال|قطري|فلس|كيلومتر|مربع|عاما|في|المئة|بالمئة|الأول|نصف|النهائي|رقم|\n|\\PC", 0..30), glue in proptest::collection::vec(proptest::bool::ANY, 30)) {
            let mut source = String::new();
            for (word, glued) in words.iter().zip(glue) {
                source.push_str(word);
                if !glued { source.push(' '); }
            }
            let reading = Reading::new(&source, Lexicon::builtin());
            let numerals = Numerals::read(&reading);
            let mut end = 0;
            for q in read(&reading, &numerals, &Taken::none(&reading.text)) {
                proptest::prop_assert!(q.span.begin >= end && !q.span.of(&source).is_empty(), "{:?} in {:?}", q, source);
                proptest::prop_assert!(!q.value.is_empty() && !q.value.contains('e'));
                end = q.span.end;
            }
        }
    }
}
