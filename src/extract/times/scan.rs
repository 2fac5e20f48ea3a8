//! A reading as the time rules look at it: the calendar's words, numbers and marks at a token.
//!
//! Takes a [`Reading`] and its numerals; gives at each token what stands there. Every look-up is bounded by the entries at
//! one token.

use super::super::Reading;
use super::super::numerals::{NumeralKind, Numerals, Writing};
use crate::lexicon::calendar::{Count, TimeWord, Unit};
use crate::lexicon::{Entry, Kinds};
use crate::text::{Form, Proclitics, Span, Text, TokenKind};

/// Something found at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<T> {
    /// What it is.
    pub value: T,
    /// Its last token.
    pub last: usize,
    /// Whether it has its article.
    pub definite: bool,
    /// Where its words begin, proclitics off, the article kept.
    pub begin: u32,
}

/// A number found at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// Its value.
    pub value: f64,
    /// Its last token.
    pub last: usize,
    /// Where it begins, proclitics off.
    pub begin: u32,
    /// Whether it counts, ranks or is a part of one.
    pub kind: NumeralKind,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Whether it has the article.
    pub definite: bool,
}

impl Number {
    /// Whether it ranks.
    pub(super) fn ordinal(self) -> bool {
        self.kind == NumeralKind::Ordinal
    }

    /// Whether it is a part of one.
    pub(super) fn fraction(self) -> bool {
        self.kind == NumeralKind::Fraction
    }

    /// The value as a whole number, where it is one within `low..=high`.
    pub(super) fn whole(self, low: i32, high: i32) -> Option<i32> {
        let whole = self.value as i32;
        ((f64::from(whole) - self.value).abs() < 1e-9 && (low..=high).contains(&whole)).then_some(whole)
    }
}

/// Proclitics that may stand before a time expression.
pub(super) const LEADING: Proclitics =
    Proclitics::WAW.union(Proclitics::FEH).union(Proclitics::BEH).union(Proclitics::KAF).union(Proclitics::LAM);

/// A word of the calendar in the article.
#[derive(Clone, Copy, Debug)]
struct TimeHit<'a> {
    word: &'a TimeWord,
    last: usize,
    form: Form,
}

bitflags::bitflags! {
    /// Which rules an expression that begins with a word can be for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) struct Begins: u8 {
        /// `dates`
        const DATE = 1;
        /// `reference`
        const REFERENCE = 1 << 1;
        /// `lengths`
        const LENGTH = 1 << 2;
        /// `sets`
        const SET = 1 << 3;
        /// A unit, which most rules ask for.
        const UNIT = 1 << 4;
    }
}

impl Begins {
    fn of(word: &TimeWord) -> Self {
        match word {
            TimeWord::Reference(_) => Self::REFERENCE,
            TimeWord::Ago | TimeWord::In | TimeWord::Length | TimeWord::Some | TimeWord::Dozens => Self::LENGTH,
            TimeWord::Every(..) | TimeWord::Each | TimeWord::Times(_) => Self::SET,
            TimeWord::Unit(..) => Self::DATE | Self::LENGTH | Self::SET | Self::UNIT,
            _ => Self::DATE,
        }
    }
}

/// The reading under the rules.
pub(super) struct Scan<'a> {
    pub reading: &'a Reading<'a>,
    pub numerals: &'a Numerals,
    /// The hits of calendar words, by their first token.
    hits: Vec<TimeHit<'a>>,
    /// For each token the place of its first hit; one more at the end.
    first: Vec<u32>,
    /// For each token what its calendar words can begin.
    begins: Vec<Begins>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, numerals: &'a Numerals) -> Self {
        let mut hits = Vec::new();
        let mut first = Vec::with_capacity(reading.text.len() + 1);
        let mut all = Vec::with_capacity(reading.text.len());
        for i in 0..reading.text.len() {
            first.push(hits.len() as u32);
            let mut begins = Begins::empty();
            for hit in reading.hits.of(i, Kinds::TIME) {
                if let Some(Entry::Time(word)) = reading.lexicon.entry(hit.entry) {
                    begins |= Begins::of(word);
                    hits.push(TimeHit { word, last: hit.last, form: hit.form });
                }
            }
            all.push(begins);
        }
        first.push(hits.len() as u32);
        Self { reading, numerals, hits, first, begins: all }
    }

    /// The calendar words at token `i`.
    fn hits(&self, i: usize) -> &[TimeHit<'a>] {
        match (self.first.get(i), self.first.get(i + 1)) {
            (Some(&begin), Some(&end)) => self.hits.get(begin as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The tokens.
    pub(super) fn text(&self) -> &'a Text<'a> {
        &self.reading.text
    }

    /// The word at token `i`, in match form.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.text().word(i)
    }

    /// The word before token `i`, in match form; empty at the start of a line.
    pub(super) fn before(&self, i: usize) -> &'a str {
        match i.checked_sub(1) {
            Some(before) if !self.text().opens_line(i) => self.word(before),
            _ => "",
        }
    }

    /// Whether token `i` is a number in digits.
    pub(super) fn is_digits(&self, i: usize) -> bool {
        self.text().kind(i) == TokenKind::Number
    }

    /// Whether token `i` goes on the line of the token before it.
    pub(super) fn continues(&self, i: usize) -> bool {
        i < self.text().len() && !self.text().opens_line(i)
    }

    /// Whether an expression can begin with a word at token `i`.
    pub(super) fn opens(&self, i: usize) -> bool {
        self.reading.hits.kinds(i).contains(Kinds::TIME_OPENS)
    }

    /// Whether neither a word of the calendar nor a number stands at token `i`: no part of an expression begins there.
    pub(super) fn is_blank(&self, i: usize) -> bool {
        !self.reading.hits.kinds(i).contains(Kinds::TIME) && !self.is_digits(i) && self.numerals.at(i).is_none()
    }

    /// What the calendar words at token `i` can begin.
    pub(super) fn begins(&self, i: usize) -> Begins {
        self.begins.get(i).copied().unwrap_or(Begins::empty())
    }

    /// Whether only a demonstrative stands at token `i`, with no word of the calendar behind it.
    pub(super) fn points_nowhere(&self, i: usize) -> bool {
        self.hits(i).iter().all(|hit| matches!(hit.word, TimeWord::Pointer(_)) && self.hits(hit.last + 1).is_empty())
    }

    /// The longest word at `i` that `pick` takes, with no proclitic but the article.
    pub(super) fn find<T>(&self, i: usize, pick: impl Fn(&'a TimeWord) -> Option<T>) -> Option<At<T>> {
        self.find_with(i, Proclitics::empty(), pick)
    }

    /// The longest word at `i` that `pick` takes, its proclitics among `allow`, fewest of them first.
    pub(super) fn find_with<T>(
        &self,
        i: usize,
        allow: Proclitics,
        pick: impl Fn(&'a TimeWord) -> Option<T>,
    ) -> Option<At<T>> {
        let mut best: Option<(usize, Form, T)> = None;
        for hit in self.hits(i) {
            if (allow | Proclitics::ARTICLE).contains(hit.form.proclitics)
                && best.as_ref().is_none_or(|(last, ..)| hit.last > *last)
                && let Some(value) = pick(hit.word)
            {
                best = Some((hit.last, hit.form, value));
            }
        }
        best.map(|(last, form, value)| At {
            value,
            last,
            definite: form.proclitics.contains(Proclitics::ARTICLE) || self.spells_article(i, form),
            begin: self.begin(i, form),
        })
    }

    /// Whether the form itself begins with ال, the entry holding it.
    fn spells_article(&self, _i: usize, form: Form) -> bool {
        self.text().spelling(form.word).starts_with("ال")
    }

    /// Whether `pick` takes any word at `i`, proclitics allowed.
    pub(super) fn is(&self, i: usize, wanted: &TimeWord) -> bool {
        let allowed = LEADING | Proclitics::ARTICLE;
        self.hits(i).iter().any(|hit| allowed.contains(hit.form.proclitics) && hit.word == wanted)
    }

    /// A unit at `i`.
    #[inline]
    pub(super) fn unit(&self, i: usize, allow: Proclitics) -> Option<At<(Unit, Count)>> {
        if self.begins(i).contains(Begins::UNIT) { self.any_unit(i, allow) } else { None }
    }

    fn any_unit(&self, i: usize, allow: Proclitics) -> Option<At<(Unit, Count)>> {
        self.find_with(i, allow, |word| match word {
            TimeWord::Unit(unit, count) => Some((*unit, *count)),
            _ => None,
        })
    }

    /// Where the words of `form` begin at token `i`, the article kept: of `للعام` only the first letter goes.
    fn begin(&self, i: usize, form: Form) -> u32 {
        let mut begin = self.text().token(i).span.begin;
        for letter in
            [Proclitics::WAW | Proclitics::FEH, Proclitics::BEH | Proclitics::KAF | Proclitics::LAM | Proclitics::SEEN]
        {
            if form.proclitics.intersects(letter) {
                begin = self.text().letter_end(i, begin);
            }
        }
        begin
    }

    /// The digits at token `i` as a whole number with the count of digits, where they fit.
    pub(super) fn figure(&self, i: usize) -> Option<(i32, usize)> {
        if !self.is_digits(i) {
            return None;
        }
        let word = self.word(i);
        Some((word.parse().ok()?, word.len()))
    }

    /// Whether the mark `mark` stands at `i`.
    pub(super) fn mark(&self, i: usize, marks: &[&str]) -> bool {
        self.continues(i) && marks.contains(&self.word(i))
    }

    /// The number that begins at token `i`.
    pub(super) fn number(&self, i: usize) -> Option<Number> {
        if let Some(numeral) = self.numerals.at(i) {
            let value = match numeral.small() {
                Some(whole) => whole as f64,
                None => numeral.value.to_f64(),
            };
            let digits = numeral.writing == Writing::Digits;
            return Some(Number {
                value,
                last: numeral.last,
                begin: numeral.span.begin,
                kind: if digits && numeral.definite { NumeralKind::Ordinal } else { numeral.kind },
                digits,
                definite: numeral.definite,
            });
        }
        let (value, _) = self.figure(i)?;
        let begin = self.text().token(i).span.begin;
        Some(Number {
            value: f64::from(value),
            last: i,
            begin,
            kind: NumeralKind::Cardinal,
            digits: true,
            definite: false,
        })
    }

    /// The span from byte `begin` to the end of token `last`.
    pub(super) fn span(&self, begin: u32, last: usize) -> Span {
        Span::new(begin, self.text().token(last).span.end)
    }
}
