//! What stands round a number: words that modify it, nouns that it counts, figures that it is a part of.

use super::super::numerals::{Numeral, Writing};
use super::super::{Modifier, Reading, Taken};
use super::Reader;
use crate::lexicon::{CountedWord, Entry, Kinds, QuantityWord};
use crate::text::{Span, TokenKind};

/// How many tokens a phrase before a number may have.
const PHRASE: usize = 5;

/// The tokens of fixed phrases: `الحرب العالمية الثانية`, `نصف النهائي`.
pub(super) fn fixed(reading: &Reading<'_>) -> Taken {
    let words = reading.hits.all().iter().filter(|hit| hit.kind.contains(Kinds::QUANTITY));
    let spans = words.filter_map(|hit| match reading.lexicon.entry(hit.entry) {
        Some(Entry::Quantity(word)) if word.contains(QuantityWord::FIXED) => {
            Some(reading.text.span(hit.first, hit.last))
        }
        _ => None,
    });
    Taken::of(&reading.text, spans)
}

impl Reader<'_, '_> {
    /// What the phrases that end at token `i` say, and where the longest begins.
    pub(super) fn words_before(&self, i: usize) -> (QuantityWord, usize) {
        let (mut words, mut first) = (QuantityWord::empty(), i + 1);
        for begin in i.saturating_sub(PHRASE - 1)..=i {
            for hit in self.reading.hits.of(begin, Kinds::QUANTITY).iter().filter(|hit| hit.last == i) {
                if let Some(&Entry::Quantity(word)) = self.reading.lexicon.entry(hit.entry) {
                    words |= word;
                    first = first.min(begin);
                }
            }
        }
        (words, first)
    }

    /// What the phrases that end at token `i` say.
    pub(super) fn words_ending(&self, i: usize) -> QuantityWord {
        self.words_before(i).0
    }

    /// What the phrases that begin at token `i` say.
    pub(super) fn words_beginning(&self, i: usize) -> QuantityWord {
        if self.reading.text.opens_line(i) {
            return QuantityWord::empty();
        }
        self.reading.hits.of(i, Kinds::QUANTITY).iter().fold(QuantityWord::empty(), |words, hit| {
            match self.reading.lexicon.entry(hit.entry) {
                Some(&Entry::Quantity(word)) => words | word,
                _ => words,
            }
        })
    }

    /// What the words round the tokens from `first` to `last` do to the value, and the words.
    pub(super) fn modifier(&self, first: usize, last: usize) -> (Option<Modifier>, Vec<Span>) {
        let text = &self.reading.text;
        if !text.opens_line(first)
            && let Some(before) = first.checked_sub(1)
        {
            // أكثر من (20)
            let before =
                if text.word(before) == "(" && !text.opens_line(before) { before.saturating_sub(1) } else { before };
            let (words, begin) = self.words_before(before);
            let modifier = if words.contains(QuantityWord::LESS_THAN) {
                Some(Modifier::LessThan)
            } else if words.contains(QuantityWord::MORE_THAN) {
                Some(Modifier::MoreThan)
            } else if words.contains(QuantityWord::APPROX) {
                Some(Modifier::Approx)
            } else {
                None
            };
            if modifier.is_some() {
                return (modifier, vec![text.span(begin, before)]);
            }
        }
        for at in [last + 1, last + 2] {
            let words = self.words_beginning(at);
            let modifier = if words.contains(QuantityWord::APPROX_AFTER) {
                Modifier::Approx
            } else if words.contains(QuantityWord::MORE_THAN_AFTER) {
                Modifier::MoreThan
            } else if words.contains(QuantityWord::LESS_THAN_AFTER) {
                Modifier::LessThan
            } else {
                continue;
            };
            return (Some(modifier), vec![text.token(at).span]);
        }
        (None, Vec::new())
    }

    /// The token after the numeral, and after the bracket or quote mark that holds it alone: `(20) مطلوبا`.
    pub(super) fn next(&self, numeral: &Numeral) -> usize {
        let text = &self.reading.text;
        let (before, after) = (numeral.first.wrapping_sub(1), numeral.last + 1);
        let held = !text.opens_line(numeral.first)
            && !text.opens_line(after)
            && matches!((text.word(before), text.word(after)), ("(", ")") | ("\"", "\"") | ("[", "]"));
        if held { after + 1 } else { after }
    }

    /// What the table says of token `i` as a counted word.
    pub(super) fn counted(&self, i: usize) -> Option<CountedWord> {
        self.reading.hits.at(i).iter().filter(|hit| hit.last == i).find_map(|hit| {
            match self.reading.lexicon.entry(hit.entry) {
                Some(&Entry::Counted(word)) if hit.form.is_whole() || word == CountedWord::No => Some(word),
                _ => None,
            }
        })
    }

    /// Token `i`, where it is an indefinite noun that a number before it counts, as far as its shape tells.
    pub(super) fn noun(&self, i: usize) -> Option<usize> {
        let text = &self.reading.text;
        if text.opens_line(i) || text.kind(i) != TokenKind::Arabic || self.taken.any(i, i) {
            return None;
        }
        match self.counted(i) {
            Some(CountedWord::No) => return None,
            Some(CountedWord::Plural | CountedWord::Noun) => return Some(i),
            None => {}
        }
        let word = text.word(i);
        let inflected = word.ends_with('ا') || word.ends_with("ات") || word.ends_with("ين");
        let is_noun = match word.chars().next() {
            _ if self.numerals.at(i).is_some() || self.is_definite(i) || word.ends_with("وا") => false,
            Some('و') => false,
            // verbs: ستحولها "will turn it", أودعت "was deposited"
            _ if word.ends_with('ت') && !word.ends_with("ات") && word.chars().count() > 3 => false,
            Some('س') if word.starts_with("ست") || word.starts_with("سي") || word.starts_with("سن") => {
                inflected || word.chars().count() < 5
            }
            Some('ف' | 'ب' | 'ل' | 'ك') => inflected,
            Some('ي') => inflected || word.chars().count() < 5,
            _ => word.chars().nth(1).is_some(),
        };
        is_noun.then_some(i)
    }

    /// Whether token `i` has the article.
    pub(super) fn is_definite(&self, i: usize) -> bool {
        let word = self.reading.text.word(i);
        let word = word.strip_prefix(['و', 'ف']).filter(|rest| opens_with_article(rest)).unwrap_or(word);
        opens_with_article(word) && word.chars().count() > 3
    }

    /// Whether token `i` ends in a possessive pronoun: `عامه`, `دورتها`.
    pub(super) fn is_possessed(&self, i: usize) -> bool {
        let surface = self.reading.text.surface(i);
        surface.chars().count() > 3
            && ["ه", "ها", "هم", "هما", "هن", "نا", "ي", "كم"].iter().any(|end| surface.ends_with(end))
    }

    /// Whether token `i` is a plural, as far as its shape and the table tell.
    pub(super) fn is_plural(&self, i: usize) -> bool {
        let text = &self.reading.text;
        let word = text.word(i);
        if word.chars().count() > 4 && (word.ends_with("ات") || word.ends_with("ين") || word.ends_with("ون")) {
            return true;
        }
        self.reading.hits.at(i).iter().any(|hit| {
            hit.last == i && matches!(self.reading.lexicon.entry(hit.entry), Some(&Entry::Counted(CountedWord::Plural)))
        })
    }

    /// Whether nothing but the numeral and marks stands in the whole article.
    pub(super) fn is_all(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        text.len() <= numeral.last - numeral.first + 4
            && (0..text.len())
                .filter(|i| !(numeral.first..=numeral.last).contains(i))
                .all(|i| matches!(text.kind(i), TokenKind::Punctuation | TokenKind::Symbol))
    }

    /// Whether the numeral names a thing: `القرار 2254`, `المادة (140)`, `إف-16`, `G20`.
    pub(super) fn is_identifier(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        let Some(mut before) = numeral.first.checked_sub(1) else { return false };
        // A noun with its article counts nothing, so that no noun after the number can be what it counts: الفرقة 30.
        let counts = self.noun(self.next(numeral)).is_some() && !self.is_definite(before);
        if text.opens_line(numeral.first) || counts {
            return false;
        }
        if matches!(text.word(before), "(" | "[" | "\"" | ":") && !text.opens_line(before) && before > 0 {
            before -= 1;
        }
        // iPhone 6
        if numeral.writing == Writing::Digits && before + 1 == numeral.first && text.kind(before) == TokenKind::Foreign
        {
            return true;
        }
        if numeral.writing == Writing::Digits && self.words_ending(before).contains(QuantityWord::IDENTIFIER) {
            return true;
        }
        // المواد 5 و6 و7
        let mut at = before;
        for _ in 0..12 {
            let tie = matches!(text.word(at), "و" | "," | "-" | "الي")
                || numeral.proclitics.contains(crate::text::Proclitics::WAW);
            if !tie {
                return false;
            }
            let Some(number) = at.checked_sub(1) else { return false };
            if text.kind(number) != TokenKind::Number || text.opens_line(at) {
                return false;
            }
            let Some(word) = number.checked_sub(1) else { return false };
            if self.words_ending(word).contains(QuantityWord::IDENTIFIER) {
                return true;
            }
            at = word;
        }
        false
    }

    /// Whether the numeral opens a range whose end times have taken: `بين 8 و10 أشهر`.
    pub(super) fn opens_taken_range(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        let after = numeral.last + 1;
        let tie = matches!(text.word(after), "و" | "الي" | "-" | "او" | "حتي");
        let next = if tie { self.numerals.at(after + 1) } else { self.numerals.at(after) };
        next.is_some_and(|next| {
            (tie || next.proclitics.contains(crate::text::Proclitics::WAW))
                && !text.opens_line(after)
                && !text.opens_line(next.first)
                && self.taken.any(next.first, next.last)
        })
    }

    /// Whether the digits are a piece of a longer figure or name: a score, a date, a telephone number, `F16`, an
    /// address, a list's own numbering.
    pub(super) fn is_part_of_figure(&self, numeral: &Numeral) -> bool {
        let text = &self.reading.text;
        if numeral.writing == Writing::Words {
            return false;
        }
        let (first, after) = (numeral.first, numeral.last + 1);
        let digits = text.word(first);
        if text.kind(first) == TokenKind::Number
            && ((digits.len() >= 6 && digits.starts_with('0'))
                || (digits.len() >= 9
                    && numeral.last == first
                    && self.noun(self.next(numeral)).is_none()
                    && !self.is_all(numeral)))
        {
            return true;
        }
        if !text.opens_line(first)
            && let Some(before) = first.checked_sub(1)
        {
            let glued = text.glued(first);
            let (kind, word) = (text.kind(before), text.word(before));
            if glued && kind == TokenKind::Foreign {
                return true;
            }

            if word == "/" {
                return true;
            }
            // 3 - 1
            if word == "-" && text.kind(before.wrapping_sub(1)) == TokenKind::Number && !self.has_unit(after) {
                return true;
            }
            if glued && matches!(word, ":" | "_" | "#" | "@" | "=" | "&" | "×" | "x" | "+" | "*") {
                return true;
            }
            // إف-16, 2-1; a dash with a space before it is a pause.
            if glued && matches!(word, "-" | ".") && text.glued(before) {
                let ranges = text.kind(before.wrapping_sub(1)) == TokenKind::Number && word == "-";
                if !(ranges && self.has_unit(after)) {
                    return true;
                }
            }
            if kind == TokenKind::Number && glued {
                return true;
            }
            // "ارت 1": a name in quote marks that ends in its number
            if kind == TokenKind::Arabic
                && matches!(text.word(after), "\"")
                && (before.saturating_sub(3)..before).any(|i| text.word(i) == "\"" && text.glued(i + 1))
                && self.counted(before).is_none()
            {
                return true;
            }
            // جنيف - 3
            if word == "-"
                && before > 0
                && numeral.writing == Writing::Digits
                && self.words_ending(before - 1).contains(QuantityWord::IDENTIFIER)
                && !self.has_unit(after)
            {
                return true;
            }
        }
        if !text.opens_line(after) && !text.opens_line(after + 1) {
            let next = text.kind(after + 1);
            let unitless = || !self.numerals.at(after + 1).is_some_and(|next| self.has_unit(next.last + 1));
            let dash = text.word(after) == "-";
            if next == TokenKind::Number && (text.word(after) == "/" || (dash && unitless())) {
                return true;
            }
            if next == TokenKind::Foreign && dash {
                return true;
            }
        }
        if text.glued(after) && !text.opens_line(after) {
            let (word, next) = (text.word(after), text.kind(after + 1));
            if text.kind(after) == TokenKind::Foreign && !self.has_unit(after) {
                return true;
            }
            let joins = text.glued(after + 1) && matches!(next, TokenKind::Number | TokenKind::Foreign);
            if joins && matches!(word, "/" | ":" | "_" | "+" | "×" | "*" | "=") {
                return true;
            }
            if joins && word == "-" && !self.numerals.at(after + 1).is_some_and(|next| self.has_unit(next.last + 1)) {
                return true;
            }
            // "1." and "1-" and "1)" at the head of a line number the line.
            if text.opens_line(first)
                && matches!(word, "." | "-" | ")")
                && text.kind(after + 1) == TokenKind::Arabic
                && !text.opens_line(after + 1)
            {
                return true;
            }
        }
        let spaced_dash = text.opens_line(first) && matches!(text.word(after), "-" | ")") && !text.opens_line(after);
        spaced_dash && text.kind(after + 1) == TokenKind::Arabic && !text.opens_line(after + 1)
    }

    /// Whether a unit, a percent sign or a counted noun stands at token `i`.
    pub(super) fn has_unit(&self, i: usize) -> bool {
        let text = &self.reading.text;
        !text.opens_line(i)
            && (text.word(i) == "%"
                || text.word(i) == "في" && self.is_hundred(i + 1, crate::text::Proclitics::ARTICLE)
                || self.is_hundred(i, crate::text::Proclitics::BEH | crate::text::Proclitics::ARTICLE)
                || self.noun(i).is_some()
                || self.reading.hits.at(i).iter().any(|hit| {
                    hit.form.is_whole()
                        && matches!(self.reading.lexicon.entry(hit.entry), Some(Entry::Unit(_) | Entry::Currency(_)))
                }))
    }
}

fn opens_with_article(word: &str) -> bool {
    ["ال", "بال", "كال", "لل"].iter().any(|article| word.starts_with(article))
}
