//! Numerals: every number of an article, in digits, in words, or in both.
//!
//! Takes a [`Reading`]; gives [`Numerals`], the longest numeral at each place, none overlapping another: cardinals,
//! fractions and ordinals with their exact values, whatever they count. Times and quantities both build on them. Grammar
//! only: the words stand in `lexicon/numerals.tsv`. One pass; each numeral looks at its own tokens and two more, and a
//! number has a bounded number of words, so the cost is linear.
//!
//! Digits: three scripts, thousands (`1,234,567`, `1.234.567`, `١٢٬٣٤٥`, `12 000`), decimals (`1.5`, `1,5`, `١٫٥`, `5ر1`
//! with the Maghrebi ر: 1.5), a minus. Words: any case, gender and common spelling, `و` "and" joined or apart, reversed
//! order, scales after digits (`3 ملايين و200 ألف` 3,200,000), halves (`مليون ونصف المليون` 1,500,000), `فاصلة` "point".
//!
//! *Known misses*: numbers over 10^30; `واحد من ثلاثة` as a third; `ثمن` as an eighth standing alone (in the news it is the
//! price); fractions with a slash.

use super::{Decimal, Reading};
use crate::lexicon::{CountedWord, Entry, Kinds, NumberPart, NumberWord, QuantityWord};
use crate::text::{Form, Proclitics, Span, TokenKind};

/// What a numeral tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumeralKind {
    /// How many: `ثلاثة`, `1.5 مليار`.
    Cardinal,
    /// Which in a row: `الثالث`, `الخامس والعشرون`.
    Ordinal,
    /// What part: `ثلث`, `ثلاثة أرباع`; also of a scale (`نصف مليون`).
    Fraction,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Writing {
    /// In digits alone.
    Digits,
    /// In words alone.
    Words,
    /// In both: `4 آلاف`.
    Mixed,
}

/// One number of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// The words, without the first token's proclitics but with its article.
    pub span: Span,
    /// The value; of a fraction that does not come out, four decimals.
    pub value: Decimal,
    /// What it tells.
    pub kind: NumeralKind,
    /// How it is written.
    pub writing: Writing,
    /// Whether it has the article: `الأربعة`, `ال17`.
    pub definite: bool,
    /// The proclitics before the first word, the article apart.
    pub proclitics: Proclitics,
    /// The size of its last scale word: 1,000 for `25 ألفا`; 1 where there is none.
    pub scale: Decimal,
    /// What its last word is, for a numeral that ends in words.
    pub ends_in: Option<NumberPart>,
}

impl Numeral {
    /// The value where it is whole and small enough: for days, years, hours.
    pub fn small(&self) -> Option<i64> {
        self.value.to_whole().and_then(|value| i64::try_from(value).ok())
    }
}

/// The numerals of an article.
#[derive(Debug, Default)]
pub struct Numerals {
    list: Vec<Numeral>,
    /// For each token 1 + the place of the numeral that begins at it, or 0.
    begins: Vec<u32>,
}

impl Numerals {
    /// Reads the numerals of an article.
    pub fn read(reading: &Reading<'_>) -> Self {
        let tokens = reading.text.len();
        let mut numerals = Self { list: Vec::new(), begins: vec![0; tokens] };
        let parser = Parser { reading };
        let mut i = 0;
        while i < tokens && !reading.stop.asked() {
            let (numeral, next) = parser.numeral(i);
            if let Some(numeral) = numeral {
                numerals.list.push(numeral);
                if let Some(slot) = numerals.begins.get_mut(i) {
                    *slot = numerals.list.len() as u32;
                }
            }
            i = next.max(i + 1);
        }
        numerals
    }

    /// The numeral that begins at token `i`, its proclitics left aside.
    pub fn at(&self, i: usize) -> Option<&Numeral> {
        let place = (*self.begins.get(i)? as usize).checked_sub(1)?;
        self.list.get(place)
    }

    /// The numerals in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Numeral> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Numerals {
    type Item = &'a Numeral;
    type IntoIter = std::slice::Iter<'a, Numeral>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// How a number word is tied to the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// It follows at once.
    Next,
    /// `و` stands between, joined or apart.
    And,
}

/// A number word in place.
#[derive(Clone, Copy)]
struct Atom {
    word: NumberWord,
    form: Form,
    /// The token.
    at: usize,
}

impl Atom {
    fn definite(self) -> bool {
        self.form.proclitics.contains(Proclitics::ARTICLE)
    }
}

/// Some hundreds, tens and units.
#[derive(Clone, Copy, Default)]
struct Group {
    units: i128,
    tens: i128,
    hundreds: i128,
    /// The token after it.
    next: usize,
    last_part: Option<NumberPart>,
}

impl Group {
    fn value(&self) -> i128 {
        self.units + self.tens + self.hundreds
    }
}

/// A group and its scale: `مئتي ألف`.
#[derive(Clone, Copy)]
struct Term {
    value: Decimal,
    /// Whether a number stands before the scale word.
    counted: bool,
    scale: Decimal,
    digits: bool,
    words: bool,
    next: usize,
    last_part: Option<NumberPart>,
}

/// A number being read.
struct Sum {
    value: Decimal,
    /// The smallest scale so far.
    least: Decimal,
    /// The largest scale so far.
    most: Decimal,
    digits: bool,
    words: bool,
    kind: NumeralKind,
    next: usize,
    last_part: Option<NumberPart>,
}

/// The article's bounded look-ahead: a number of more terms than this does not occur.
const TERMS: usize = 14;
/// A number of more digit groups than this is no number.
const GROUPS: usize = 11;

const ONE: Decimal = Decimal::whole(1);

struct Parser<'r, 'a> {
    reading: &'r Reading<'a>,
}

impl Parser<'_, '_> {
    /// The readings of token `i` as a number word, the whole word first.
    fn words(&self, i: usize) -> impl Iterator<Item = Atom> {
        self.reading.hits.of(i, Kinds::NUMBER).iter().filter(move |hit| hit.last == i).filter_map(move |hit| match self
            .reading
            .lexicon
            .entry(hit.entry)
        {
            Some(&Entry::Number(word)) if word.needs_hamza && !self.reading.text.surface(i).contains('ئ') => None,
            Some(&Entry::Number(word)) => Some(Atom { word, form: hit.form, at: i }),
            _ => None,
        })
    }

    /// Token `i` as a word that opens a number: any proclitics.
    fn opening(&self, i: usize) -> Option<Atom> {
        self.words(i).next()
    }

    /// Token `i` as a number word with nothing or the article before it.
    fn bare(&self, i: usize) -> Option<Atom> {
        if self.reading.text.opens_line(i) {
            return None;
        }
        self.words(i).find(|atom| Proclitics::ARTICLE.contains(atom.form.proclitics))
    }

    /// The token after `و` where a number goes on at token `i`: the token itself where `و` is joined to it.
    fn after_and(&self, i: usize) -> Option<usize> {
        let text = &self.reading.text;
        if text.opens_line(i) {
            return None;
        }
        if text.word(i) == "و" { (!text.opens_line(i + 1)).then_some(i + 1) } else { Some(i) }
    }

    /// Token `i` as a number word after `و`.
    fn anded(&self, i: usize) -> Option<Atom> {
        let at = self.after_and(i)?;
        if at > i {
            return self.bare(at);
        }
        let and = Proclitics::WAW;
        self.words(i).find(|atom| {
            atom.form.proclitics.contains(and) && (Proclitics::ARTICLE | and).contains(atom.form.proclitics)
        })
    }

    fn part(&self, i: usize, part: NumberPart) -> Option<Atom> {
        self.bare(i).filter(|atom| atom.word.part == part && !atom.definite())
    }

    /// Where the words of `atom` begin: proclitics off, article kept.
    fn begin(&self, atom: Atom) -> u32 {
        let text = &self.reading.text;
        let mut begin = text.token(atom.at).span.begin;
        for letter in
            [Proclitics::WAW | Proclitics::FEH, Proclitics::BEH | Proclitics::KAF | Proclitics::LAM | Proclitics::SEEN]
        {
            if atom.form.proclitics.intersects(letter) {
                begin = text.letter_end(atom.at, begin);
            }
        }
        begin
    }

    /// The numeral at token `i`, and the token from which to read on.
    fn numeral(&self, i: usize) -> (Option<Numeral>, usize) {
        let text = &self.reading.text;
        if text.kind(i) == TokenKind::Number || text.kind(i) == TokenKind::Punctuation {
            return self.in_digits(i);
        }
        if text.kind(i) != TokenKind::Arabic {
            return (None, i + 1);
        }
        // ال17, الـ17, وال17
        if text.glued(i + 1) && text.kind(i + 1) == TokenKind::Number {
            return self.article_and_digits(i);
        }
        let Some(atom) = self.opening(i) else { return (None, i + 1) };
        let found = self
            .minus(atom)
            .or_else(|| self.ordinal(atom))
            .or_else(|| self.fraction(atom))
            .or_else(|| self.cardinal(atom));
        let Some(sum) = found else { return (None, i + 1) };
        let last = sum.next.saturating_sub(1).max(i);
        let span = Span::new(self.begin(atom), text.token(last).span.end);
        let proclitics = atom.form.proclitics - Proclitics::ARTICLE;
        let numeral = finish(&sum, i, last, span, atom.definite(), proclitics);
        (Some(numeral), last + 1)
    }

    /// A number in words, or a scale word that opens one.
    fn cardinal(&self, atom: Atom) -> Option<Sum> {
        let first = self.term(atom)?;
        let sum = self.sum(first, atom.definite())?;
        self.with_ordinal(sum, atom)
    }

    /// `ناقص خمسة` "minus five", `سالب 3`.
    fn minus(&self, atom: Atom) -> Option<Sum> {
        if atom.word.part != NumberPart::Minus || self.reading.text.opens_line(atom.at + 1) {
            return None;
        }
        let next = atom.at + 1;
        let mut sum = match self.bare(next) {
            Some(first) => self.cardinal(first)?,
            None => self.sum(self.digit_term(next)?, false)?,
        };
        sum.value = sum.value.negated();
        sum.words = true;
        Some(sum)
    }

    /// `الثالث`, `الحادي عشر`, `الخامس والعشرون`, `الأول بعد المليون`.
    fn ordinal(&self, atom: Atom) -> Option<Sum> {
        if atom.word.part != NumberPart::Ordinal {
            return None;
        }
        let mut value = atom.word.value;
        let mut next = atom.at + 1;
        let mut last_part = NumberPart::Ordinal;
        if let Some(ten) = self.part(next, NumberPart::Ten).filter(|_| value < 10) {
            value += 10;
            next = ten.at + 1;
            last_part = NumberPart::Ten;
        } else if let Some(tens) = self
            .anded(next)
            .filter(|tens| tens.word.part == NumberPart::Tens && tens.definite() == atom.definite() && value < 10)
        {
            value += tens.word.value;
            next = tens.at + 1;
            last_part = NumberPart::Tens;
        } else if atom.word.needs_more {
            return None;
        }
        let sum = Sum {
            value: Decimal::whole(value),
            least: ONE,
            most: ONE,
            digits: false,
            words: true,
            kind: NumeralKind::Ordinal,
            next,
            last_part: Some(last_part),
        };
        Some(self.after_hundreds(sum))
    }

    /// `… بعد المئة` "the … after the hundredth".
    fn after_hundreds(&self, mut sum: Sum) -> Sum {
        if self.reading.text.word(sum.next) != "بعد" || self.reading.text.opens_line(sum.next) {
            return sum;
        }
        let Some(high) = self.bare(sum.next + 1).filter(|atom| atom.definite()) else { return sum };
        if !matches!(
            high.word.part,
            NumberPart::Hundred | NumberPart::Hundreds | NumberPart::Scale | NumberPart::ScaleDual
        ) {
            return sum;
        }
        let Some(term) = self.term(high) else { return sum };
        if term.value > sum.value
            && let Some(value) = sum.value.plus(term.value)
        {
            sum.value = value;
            sum.next = term.next;
            sum.kind = NumeralKind::Ordinal;
            sum.last_part = term.last_part;
        }
        sum
    }

    /// A definite cardinal that is an ordinal: `المائة والرابع والعشرون`, `الواحد والعشرون`.
    fn with_ordinal(&self, mut sum: Sum, atom: Atom) -> Option<Sum> {
        if !atom.definite() || sum.digits {
            return Some(sum);
        }
        let whole = sum.value.to_whole().unwrap_or(0);
        if atom.word.part == NumberPart::Unit && atom.word.value == 1 && whole > 20 && whole < 100 {
            sum.kind = NumeralKind::Ordinal;
            return Some(self.after_hundreds(sum));
        }
        if atom.word.part == NumberPart::Joined && (11..=12).contains(&whole) {
            return Some(sum);
        }
        if whole % 100 == 0
            && whole > 0
            && let Some(low) = self.anded(sum.next).filter(|low| low.definite())
            && let Some(low) = self.ordinal(low)
        {
            sum.value = sum.value.plus(low.value)?;
            sum.next = low.next;
            sum.kind = NumeralKind::Ordinal;
            sum.last_part = low.last_part;
        }
        Some(sum)
    }

    /// `ثلث`, `ثلثا`, `نصف مليون`; `خمس` only before a definite noun.
    fn fraction(&self, atom: Atom) -> Option<Sum> {
        let text = &self.reading.text;
        let above = match atom.word.part {
            NumberPart::Fraction => 1,
            NumberPart::FractionDual => 2,
            NumberPart::Unit | NumberPart::Ten if atom.word.fraction && !atom.definite() => {
                let next = atom.at + 1;
                let noun = text
                    .forms(next)
                    .iter()
                    .any(|form| form.proclitics == Proclitics::ARTICLE || text.spelling(form.word).starts_with("ال"));
                if !noun || text.opens_line(next) || self.opening(next).is_some() {
                    return None;
                }
                1
            }
            _ => return None,
        };
        let mut sum = Sum {
            value: Decimal::whole(above).over(Decimal::whole(atom.word.value))?,
            least: ONE,
            most: ONE,
            digits: false,
            words: true,
            kind: NumeralKind::Fraction,
            next: atom.at + 1,
            last_part: Some(atom.word.part),
        };
        let scale =
            self.bare(sum.next).filter(|scale| matches!(scale.word.part, NumberPart::Scale | NumberPart::Hundred));
        if let Some(scale) = scale {
            let size = Decimal::whole(scale.word.value);
            sum.value = Decimal::whole(above).times(size)?.over(Decimal::whole(atom.word.value))?;
            (sum.least, sum.most) = (size, size);
            sum.next = scale.at + 1;
            sum.last_part = Some(scale.word.part);
        } else if atom.word.needs_more {
            return None;
        }
        Some(sum)
    }

    /// Hundreds, tens and units in words that begin with `atom`.
    fn group(&self, atom: Atom) -> Option<Group> {
        let mut group = Group { next: atom.at, ..Group::default() };
        if !self.fill(&mut group, atom, Tie::Next) {
            return None;
        }
        let definite = atom.definite();
        // A hundred, a unit and a ten at most remain.
        for _ in 0..3 {
            let anded = self.anded(group.next).filter(|next| definite || !next.definite());
            if let Some(next) = anded
                && self.fill(&mut group, next, Tie::And)
            {
                continue;
            }
            // متين واحد وعشرين "two hundred (and) twenty-one" in speech
            if group.hundreds > 0
                && group.value() == group.hundreds
                && let Some(next) =
                    self.bare(group.next).filter(|next| next.word.part == NumberPart::Unit && !next.definite())
                && self.anded(next.at + 1).is_some_and(|tens| tens.word.part == NumberPart::Tens)
                && self.fill(&mut group, next, Tie::And)
            {
                continue;
            }
            break;
        }
        let alone = group.next == atom.at + 1;
        if atom.word.needs_more && alone {
            return None;
        }
        // واحد وعشرين مئة ألف: so many hundreds of thousands
        if group.tens > 0
            && group.hundreds == 0
            && let Some(hundred) = self.part(group.next, NumberPart::Hundred)
            && self.bare(hundred.at + 1).is_some_and(|next| next.word.part == NumberPart::Scale)
        {
            group.hundreds = group.value() * 100;
            (group.units, group.tens) = (0, 0);
            group.next = hundred.at + 1;
        }
        Some(group)
    }

    /// Takes `atom` into `group`, where it has a place there.
    fn fill(&self, group: &mut Group, atom: Atom, tie: Tie) -> bool {
        let NumberWord { part, value, .. } = atom.word;
        let low = group.units == 0 && group.tens == 0;
        let mut next = atom.at + 1;
        let mut last_part = part;
        match part {
            NumberPart::Unit | NumberPart::Joined if low => {
                if let Some(ten) = self.part(next, NumberPart::Ten) {
                    (group.units, group.tens) = (value, 10);
                    next = ten.at + 1;
                    last_part = NumberPart::Ten;
                } else if part == NumberPart::Joined {
                    let tens = self.anded(next).filter(|tens| tens.word.part == NumberPart::Tens && value == 1);
                    if tens.is_none() {
                        return false;
                    }
                    group.units = value;
                } else if let Some(hundred) = self
                    .bare(next)
                    .filter(|next| matches!(next.word.part, NumberPart::Hundred | NumberPart::HundredPlural))
                    .filter(|next| !next.definite() && value > 2 && group.hundreds == 0)
                {
                    group.hundreds = value * 100;
                    next = hundred.at + 1;
                    last_part = hundred.word.part;
                } else {
                    group.units = value;
                }
            }
            NumberPart::Ten | NumberPart::Teen if low => group.tens = value,
            NumberPart::Tens if group.tens == 0 => group.tens = value,
            NumberPart::Hundred | NumberPart::Hundreds
                if group.hundreds == 0 && (tie == Tie::Next || group.tens > 0 || low) =>
            {
                group.hundreds = value;
            }
            NumberPart::Zero if low && group.hundreds == 0 && tie == Tie::Next => {}
            _ => return false,
        }
        group.next = next;
        group.last_part = Some(last_part);
        true
    }

    /// A group in words with its scales, or a scale word alone, that begins with `atom`.
    fn term(&self, atom: Atom) -> Option<Term> {
        let size = Decimal::whole(atom.word.value);
        let mut term = Term {
            value: size,
            counted: false,
            scale: size,
            digits: false,
            words: true,
            next: atom.at + 1,
            last_part: Some(atom.word.part),
        };
        match atom.word.part {
            NumberPart::Scale => {}
            NumberPart::ScaleDual => term.value = size.times(Decimal::whole(2))?,
            NumberPart::ScaleAccusative => {
                // ألفا شخص is two thousand; ألفاً, and ألفا before "and so many", is one.
                let surface = self.reading.text.surface(atom.at);
                let one = surface.contains('\u{064B}')
                    || self.anded(term.next).is_some()
                    || self.after_and(term.next).is_some_and(|at| self.reading.text.kind(at) == TokenKind::Number);
                term.value = if one { size } else { size.times(Decimal::whole(2))? };
            }
            _ => {
                let group = self.group(atom)?;
                term.value = Decimal::whole(group.value());
                term.counted = true;
                term.scale = ONE;
                term.next = group.next;
                term.last_part = group.last_part;
            }
        }
        self.scales(term)
    }

    /// A group in digits with its scales.
    fn digit_term(&self, i: usize) -> Option<Term> {
        let (value, next) = self.digits(i);
        let term = Term { value: value?, counted: true, scale: ONE, digits: true, words: false, next, last_part: None };
        self.scales(term)
    }

    /// Takes in the scale words that follow: `ألف`, `آلاف`, `ألف مليون`.
    fn scales(&self, mut term: Term) -> Option<Term> {
        for _ in 0..3 {
            let Some(atom) = self.bare(term.next) else { break };
            let size = Decimal::whole(atom.word.value);
            let fits = match atom.word.part {
                NumberPart::Scale | NumberPart::ScaleAccusative => term.counted || atom.word.part == NumberPart::Scale,
                NumberPart::ScalePlural => term.counted && term.scale == ONE,
                // 3 مئات, 5 مئة
                NumberPart::HundredPlural => term.digits && term.scale == ONE,
                _ => false,
            };
            if !fits || (term.scale != ONE && size < term.scale) {
                break;
            }
            term.value = term.value.times(size)?;
            term.scale = term.scale.times(size)?;
            term.next = atom.at + 1;
            term.words = true;
            term.last_part = Some(atom.word.part);
        }
        Some(term)
    }

    /// A whole number from its first term on.
    fn sum(&self, first: Term, definite: bool) -> Option<Sum> {
        let mut sum = Sum {
            value: first.value,
            least: first.scale,
            most: first.scale,
            digits: first.digits,
            words: first.words,
            kind: NumeralKind::Cardinal,
            next: first.next,
            last_part: first.last_part,
        };
        if let Some(parts) = self.parts(&sum) {
            return Some(parts);
        }
        for _ in 0..TERMS {
            let Some(term) = self.next_term(&sum, definite) else { break };
            let joined = if term.scale < sum.least && (!term.digits || term.value < sum.least) {
                // 3 ملايين و200 ألف
                sum.value.plus(term.value)
            } else if term.counted && term.scale > sum.most && sum.least == Decimal::whole(1000) {
                // ألف ومئتا مليون: (1000 + 200) × 1,000,000
                let count = term.value.over(term.scale)?;
                if count >= sum.least {
                    break;
                }
                sum.most = term.scale;
                sum.value.plus(count).and_then(|value| value.times(term.scale))
            } else if !sum.digits && !term.digits && term.scale > sum.most && sum.value >= Decimal::whole(100) {
                // واحد وتسعين وتسعمية وألفين: from the units up
                sum.most = term.scale;
                sum.value.plus(term.value)
            } else {
                break;
            };
            sum.value = joined?;
            sum.least = if sum.least > ONE || term.scale > sum.most { term.scale } else { sum.least };
            sum.digits |= term.digits;
            sum.words |= term.words;
            sum.next = term.next;
            sum.last_part = term.last_part;
        }
        self.half(&mut sum);
        self.point(&mut sum);
        self.per(&mut sum);
        Some(sum)
    }

    /// The term after `و`.
    fn next_term(&self, sum: &Sum, definite: bool) -> Option<Term> {
        if let Some(atom) = self.anded(sum.next) {
            if atom.definite() && !definite {
                return None;
            }
            return self.term(atom);
        }
        let text = &self.reading.text;
        if text.word(sum.next) != "و" || sum.least == ONE {
            return None;
        }
        let at = self.after_and(sum.next)?;
        if text.kind(at) != TokenKind::Number {
            return None;
        }
        self.digit_term(at)
    }

    /// `ثلاثة أرباع`, `3 أرباع`.
    fn parts(&self, sum: &Sum) -> Option<Sum> {
        let atom = self.bare(sum.next).filter(|atom| atom.word.part == NumberPart::FractionPlural)?;
        let below = Decimal::whole(atom.word.value);
        if sum.least != ONE || sum.value > below {
            return None;
        }
        Some(Sum {
            value: sum.value.over(below)?,
            kind: NumeralKind::Fraction,
            words: true,
            next: atom.at + 1,
            last_part: Some(NumberPart::FractionPlural),
            ..*sum
        })
    }

    /// `مليون ونصف`, `مليون ونصف المليون`, `ثلاثة ونصف مليون`.
    fn half(&self, sum: &mut Sum) {
        let Some(atom) = self.anded(sum.next) else { return };
        if atom.word.part != NumberPart::Fraction || atom.definite() || atom.word.needs_more {
            return;
        }
        let unit = sum.least;
        let scale =
            self.bare(atom.at + 1).filter(|scale| matches!(scale.word.part, NumberPart::Scale | NumberPart::Hundred));
        let parts = Decimal::whole(atom.word.value);
        let mut next = atom.at + 1;
        let value = match scale {
            // ثلاثة ونصف مليون
            Some(scale) if unit == ONE && !scale.definite() && sum.value < Decimal::whole(100) => {
                next = scale.at + 1;
                let size = Decimal::whole(scale.word.value);
                (sum.least, sum.most) = (size, size);
                ONE.over(parts).and_then(|half| sum.value.plus(half)).and_then(|value| value.times(size))
            }
            // مليون ونصف المليون; مليار ونصف مليون
            Some(scale) if Decimal::whole(scale.word.value) <= unit => {
                next = scale.at + 1;
                Decimal::whole(scale.word.value).over(parts).and_then(|half| sum.value.plus(half))
            }
            Some(_) => None,
            None => unit.over(parts).and_then(|half| sum.value.plus(half)),
        };
        if let Some(value) = value {
            sum.value = value;
            sum.next = next;
            sum.words = true;
            sum.last_part = Some(scale.map_or(NumberPart::Fraction, |scale| scale.word.part));
        }
    }

    /// `واحد فاصلة خمسة`, `أربعة فاصلة خمسة مليون`.
    fn point(&self, sum: &mut Sum) {
        if sum.value.to_whole().is_none() || self.part(sum.next, NumberPart::Point).is_none() {
            return;
        }
        let at = sum.next + 1;
        let after = match self.bare(at) {
            // A group, or a number with its scales where the whole has some: 2,100,000.10001.
            Some(atom) if sum.least == ONE => {
                self.group(atom).map(|group| (Decimal::whole(group.value()), group.next, false, group.last_part))
            }
            Some(atom) => self
                .term(atom)
                .and_then(|term| self.sum_of_terms(term))
                .map(|(value, next, part)| (value, next, false, part)),
            None => match self.digits(at) {
                (Some(value), next) if self.reading.text.kind(at) == TokenKind::Number => {
                    Some((value, next, true, None))
                }
                _ => None,
            },
        };
        let Some((part, next, digits, last_part)) = after else { return };
        let Some(decimals) = part.to_whole() else { return };
        let places = decimals.to_string().len() as u8;
        let Some(value) = sum.value.plus(Decimal::new(decimals, places)) else { return };
        sum.value = value;
        sum.next = next;
        sum.digits |= digits;
        sum.words = true;
        sum.last_part = last_part;
        if sum.least == ONE {
            let term = Term { value, counted: true, scale: ONE, digits: sum.digits, words: true, next, last_part };
            if let Some(term) = self.scales(term) {
                sum.value = term.value;
                (sum.least, sum.most) = (term.scale, term.scale);
                sum.next = term.next;
                sum.last_part = term.last_part;
            }
        }
    }

    /// Descending terms in words, for the digits after a point.
    fn sum_of_terms(&self, first: Term) -> Option<(Decimal, usize, Option<NumberPart>)> {
        let (mut value, mut least, mut next, mut part) = (first.value, first.scale, first.next, first.last_part);
        for _ in 0..TERMS {
            let Some(term) = self.anded(next).and_then(|atom| self.term(atom)) else { break };
            if term.scale >= least {
                break;
            }
            value = value.plus(term.value)?;
            (least, next, part) = (term.scale, term.next, term.last_part);
        }
        Some((value, next, part))
    }

    /// `واحد على مائة` "one over a hundred".
    fn per(&self, sum: &mut Sum) {
        let text = &self.reading.text;
        if sum.digits || text.word(sum.next) != "علي" || text.opens_line(sum.next) {
            return;
        }
        let Some(below) = self.bare(sum.next + 1).filter(|atom| !atom.definite()).and_then(|atom| self.group(atom))
        else {
            return;
        };
        let size = Decimal::whole(below.value());
        // ثلاثة على واحد is a score.
        if size < Decimal::whole(3) || sum.least != ONE {
            return;
        }
        if let Some(value) = sum.value.over(size) {
            sum.value = value;
            sum.kind = NumeralKind::Fraction;
            sum.next = below.next;
            sum.last_part = below.last_part;
        }
    }

    // ------------------------------------------------------------ digits

    /// A numeral that begins with digits, a minus, or a point.
    fn in_digits(&self, i: usize) -> (Option<Numeral>, usize) {
        let text = &self.reading.text;
        let mut at = i;
        let mut negative = false;
        let mut point = false;
        if text.kind(i) == TokenKind::Punctuation {
            if !self.opens_number(i) {
                return (None, i + 1);
            }
            match text.word(i) {
                "-" => negative = true,
                "." => point = true,
                _ => return (None, i + 1),
            }
            at += 1;
        }
        let (value, next) = if point { (Decimal::from_digits("", text.word(at)), at + 1) } else { self.digits(at) };
        let Some(value) = value else { return (None, next) };
        // -12/10: after a minus a slash can only divide.
        let (value, next) = match self.slash(negative, next) {
            Some((below, after)) => (value.over(below).unwrap_or(value), after),
            None => (value, next),
        };
        let next = self.past_bracket(i, next);
        let term = Term { value, counted: true, scale: ONE, digits: true, words: false, next, last_part: None };
        let Some(mut sum) = self.scales(term).and_then(|term| self.sum(term, false)) else { return (None, next) };
        if negative {
            sum.value = sum.value.negated();
        }
        // 17th
        if text.glued(next) && matches!(text.word(next), "th" | "st" | "nd" | "rd") {
            sum.kind = NumeralKind::Ordinal;
            sum.next = next + 1;
        }
        let last = sum.next.saturating_sub(1).max(at);
        (Some(finish(&sum, i, last, text.span(i, last), false, Proclitics::empty())), last + 1)
    }

    /// `«29» مليار`: the token after the mark that closes on digits which stand alone in it, where a scale follows.
    fn past_bracket(&self, first: usize, next: usize) -> usize {
        let text = &self.reading.text;
        let before = first.wrapping_sub(1);
        let closed = !text.opens_line(first)
            && !text.opens_line(next)
            && matches!((text.word(before), text.word(next)), ("(", ")") | ("\"", "\"") | ("[", "]"));
        if closed && self.scaled(next + 1) { next + 1 } else { next }
    }

    fn slash(&self, negative: bool, next: usize) -> Option<(Decimal, usize)> {
        let text = &self.reading.text;
        let fits = negative
            && text.word(next) == "/"
            && text.glued(next)
            && text.glued(next + 1)
            && text.kind(next + 1) == TokenKind::Number
            && !(text.glued(next + 2) && text.word(next + 2) == "/");
        fits.then(|| Some((Decimal::from_digits(text.word(next + 1), "")?, next + 2))).flatten()
    }

    /// Whether the minus or point at token `i` belongs to the digits after it: it touches them and nothing before, and
    /// at the start of a line, where it would be a bullet, the number is all the line holds.
    fn opens_number(&self, i: usize) -> bool {
        let text = &self.reading.text;
        if !text.glued(i + 1) || text.kind(i + 1) != TokenKind::Number {
            return false;
        }
        if text.opens_line(i) {
            let next = self.digits(i + 1).1;
            let rest = text.word(next);
            return text.opens_line(next) || next >= text.len() || rest == "%" || rest == "/";
        }
        let before = i.wrapping_sub(1);
        // إف -16: after a word that is no particle the dash belongs to a name, or is a pause.
        let named = text.kind(before) == TokenKind::Arabic && !self.is_particle(before);
        text.word(i) == "-"
            && !named
            && (!text.glued(i) || matches!(text.word(before), "(" | "[" | "\""))
            && text.kind(before) != TokenKind::Number
    }

    /// Whether token `i` is a word that a number follows as such: a particle, `نسبة` "rate", `نحو` "about".
    fn is_particle(&self, i: usize) -> bool {
        let before_numbers = QuantityWord::APPROX
            | QuantityWord::MORE_THAN
            | QuantityWord::LESS_THAN
            | QuantityWord::RATIO
            | QuantityWord::VALUE;
        self.reading.hits.at(i).iter().any(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::Counted(word)) => *word == CountedWord::No,
            Some(Entry::Quantity(word)) => word.intersects(before_numbers),
            _ => false,
        })
    }

    /// `ال17`, `الـ17 ألفا`, `لل20`.
    fn article_and_digits(&self, i: usize) -> (Option<Numeral>, usize) {
        let text = &self.reading.text;
        let word = text.word(i);
        let span = text.token(i).span;
        let skipped = match word.strip_suffix("ال") {
            Some("") => Proclitics::empty(),
            Some("و") => Proclitics::WAW,
            Some("ف") => Proclitics::FEH,
            Some("ب") => Proclitics::BEH,
            Some("ك") => Proclitics::KAF,
            Some("وب") => Proclitics::WAW | Proclitics::BEH,
            _ if word == "لل" => Proclitics::LAM,
            _ if word == "ولل" => Proclitics::WAW | Proclitics::LAM,
            _ => return (None, i + 1),
        };
        let (Some(value), next) = self.digits(i + 1) else { return (None, i + 1) };
        let term = Term { value, counted: true, scale: ONE, digits: true, words: false, next, last_part: None };
        let Some(sum) = self.scales(term).and_then(|term| self.sum(term, true)) else { return (None, i + 1) };
        let mut begin = span.begin;
        for _ in skipped.iter() {
            begin = text.letter_end(i, begin);
        }
        let last = sum.next.saturating_sub(1).max(i + 1);
        let span = Span::new(begin, text.token(last).span.end);
        (Some(finish(&sum, i, last, span, true, skipped)), last + 1)
    }

    /// The number in digits at token `i`, and the token after it. The digits of a thing that is no number (a date in
    /// figures, an address) are passed over together.
    fn digits(&self, i: usize) -> (Option<Decimal>, usize) {
        let text = &self.reading.text;
        if text.kind(i) != TokenKind::Number {
            return (None, i + 1);
        }
        // 5ر1
        if text.glued(i + 1) && text.word(i + 1) == "ر" && text.glued(i + 2) && text.kind(i + 2) == TokenKind::Number {
            // The Maghrebi comma stands in right-to-left order: the whole part is written after it.
            return (Decimal::from_digits(text.word(i + 2), text.word(i)), i + 3);
        }
        let mut end = i + 1;
        while text.glued(end)
            && matches!(text.word(end), "," | "." | "'" | "\u{066B}" | "\u{066C}")
            && text.glued(end + 1)
            && text.kind(end + 1) == TokenKind::Number
        {
            end += 2;
        }
        if end > i + 1 {
            return (self.separated(i, end), end);
        }
        if let Some(turned) = self.turned(i) {
            return turned;
        }
        // 12 000
        let head = text.word(i);
        let alone = text.opens_line(i) || text.kind(i.wrapping_sub(1)) != TokenKind::Number;
        let mut end = i + 1;
        while alone
            && end - i <= GROUPS
            && text.kind(end) == TokenKind::Number
            && !text.opens_line(end)
            && text.token(end).spaced
            && text.word(end).len() == 3
            && !(text.glued(end + 1) && matches!(text.word(end + 1), "/" | "-" | ":"))
            && head.len() <= 3
            && !head.starts_with('0')
        {
            end += 1;
        }
        let follows = text.kind(end) == TokenKind::Number && !text.opens_line(end) && text.token(end).spaced;
        let groups = end - i;
        if groups > 1 && groups <= GROUPS && !follows && self.one_space(i, end) {
            let mut digits = String::with_capacity(groups * 3);
            for at in i..end {
                digits.push_str(text.word(at));
            }
            // 12 000,50
            return match self.decimals(end) {
                Some((part, next)) => (Decimal::from_digits(&digits, part), next),
                None => (Decimal::from_digits(&digits, ""), end),
            };
        }
        (Decimal::from_digits(head, ""), i + 1)
    }

    /// The decimals that follow grouped digits.
    fn decimals(&self, at: usize) -> Option<(&str, usize)> {
        let text = &self.reading.text;
        (text.glued(at)
            && matches!(text.word(at), "," | ".")
            && text.glued(at + 1)
            && text.kind(at + 1) == TokenKind::Number)
            .then(|| (text.word(at + 1), at + 2))
    }

    /// `040 .1 درهم`: 1.040, as a program that took the line for left-to-right left it: the decimals, a space, the point and
    /// the whole. `2 .8 مليون` with one digit on either side is 2.8 with a space astray.
    fn turned(&self, i: usize) -> Option<(Option<Decimal>, usize)> {
        let text = &self.reading.text;
        let fits = text.word(i + 1) == "."
            && !text.glued(i + 1)
            && !text.opens_line(i + 1)
            && text.glued(i + 2)
            && text.kind(i + 2) == TokenKind::Number;
        if !fits || (text.opens_line(i) && text.word(i).len() < 2) {
            return None;
        }
        let mut end = i + 3;
        while text.glued(end) && text.word(end) == "," && text.glued(end + 1) && text.word(end + 1).len() == 3 {
            end += 2;
        }
        // 960 .870 .201: how far the groups are turned cannot be told.
        let dotted = |at: usize| text.word(at) == "." && !text.opens_line(at) && !text.glued(at);
        let begun = dotted(i.wrapping_sub(1)) && text.kind(i.wrapping_sub(2)) == TokenKind::Number;
        if begun || (dotted(end) && text.glued(end + 1) && text.kind(end + 1) == TokenKind::Number) {
            while dotted(end) && text.kind(end + 1) == TokenKind::Number {
                end += 2;
            }
            return Some((None, end));
        }
        let counts = text.word(end) == "%" || (text.kind(end) == TokenKind::Arabic && !text.opens_line(end));
        if !counts || end > i + 3 + 2 * GROUPS {
            return None;
        }
        let head = text.word(i);
        if end == i + 3 && head.len() == 1 && text.word(i + 2).len() == 1 {
            return Some((Decimal::from_digits(head, text.word(i + 2)), end));
        }
        let whole: String = (i + 2..end).step_by(2).map(|at| text.word(at)).collect();
        Some((Decimal::from_digits(&whole, head), end))
    }

    /// Whether one space stands between the tokens from `i` to before `end`.
    fn one_space(&self, i: usize, end: usize) -> bool {
        let text = &self.reading.text;
        (i + 1..end).all(|at| {
            let gap = Span::new(text.token(at - 1).span.end, text.token(at).span.begin);
            gap.of(text.source()).chars().filter(|c| c.is_whitespace()).count() == 1
        })
    }

    /// Digits with marks between them, from token `i` to before `end`: thousands, decimals, or no number.
    fn separated(&self, i: usize, end: usize) -> Option<Decimal> {
        let text = &self.reading.text;
        let head = text.word(i);
        let groups = (end - i).div_ceil(2);
        if groups > GROUPS {
            return None;
        }
        let mark = text.word(i + 1);
        let (last_mark, tail) = (text.word(end - 2), text.word(end - 1));
        let middle_fits = (i + 2..end - 2).step_by(2).all(|at| text.word(at).len() == 3)
            && (i + 1..end - 2).step_by(2).all(|at| text.word(at) == mark);
        if !middle_fits {
            return None;
        }
        let thousands = |to: usize| {
            (i..to).step_by(2).fold(String::new(), |mut digits, at| {
                digits.push_str(text.word(at));
                digits
            })
        };
        let headed = head.len() <= 3 && head != "0";
        if groups > 2 {
            // 1,234,567 or 1,234,567.89; 25.11.2020 is no number.
            return match (headed, last_mark == mark, tail.len()) {
                (true, true, 3) => Decimal::from_digits(&thousands(end), ""),
                (true, false, _) => Decimal::from_digits(&thousands(end - 2), tail),
                (true, true, 1 | 2) if mark == "," => Decimal::from_digits(&thousands(end - 2), tail),
                _ => None,
            };
        }
        let original = text.surface(i + 1);
        let decimal = match (original, mark) {
            // ARABIC DECIMAL SEPARATOR and ARABIC THOUSANDS SEPARATOR say what they are.
            ("\u{066B}", _) => true,
            ("\u{066C}" | "'", _) => false,
            (_, ".") => tail.len() != 3 || !headed || self.scaled(end),
            _ => tail.len() != 3 || !headed,
        };
        if decimal { Decimal::from_digits(head, tail) } else { Decimal::from_digits(&thousands(end), "") }
    }

    /// Whether a scale word or a percent sign follows, so that a point is a decimal point.
    fn scaled(&self, at: usize) -> bool {
        let text = &self.reading.text;
        text.word(at) == "%"
            || self.bare(at).is_some_and(|atom| {
                matches!(atom.word.part, NumberPart::Scale | NumberPart::ScaleAccusative | NumberPart::ScalePlural)
            })
    }
}

fn finish(sum: &Sum, first: usize, last: usize, span: Span, definite: bool, proclitics: Proclitics) -> Numeral {
    let writing = match (sum.digits, sum.words) {
        (true, true) => Writing::Mixed,
        (true, false) => Writing::Digits,
        _ => Writing::Words,
    };
    Numeral {
        first,
        last,
        span,
        value: sum.value,
        kind: sum.kind,
        writing,
        definite,
        proclitics,
        scale: sum.least,
        ends_in: sum.last_part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn read(source: &str) -> Vec<(String, String, NumeralKind)> {
        let reading = Reading::new(source, Lexicon::builtin());
        Numerals::read(&reading).iter().map(|n| (n.span.of(source).to_owned(), n.value.to_string(), n.kind)).collect()
    }

    /// Each numeral of `source` as "words=value", with `#` for ordinals and `/` for fractions.
    fn shown(source: &str) -> String {
        let list = read(source).into_iter().map(|(words, value, kind)| {
            let mark = match kind {
                NumeralKind::Cardinal => "",
                NumeralKind::Ordinal => "#",
                NumeralKind::Fraction => "/",
            };
            format!("{words}={mark}{value}")
        });
        list.collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn built_in_words_are_read() {
        assert_eq!(Lexicon::builtin().faults(), []);
    }

    #[test]
    fn reads_the_table_of_cases() {
        let mut failures = Vec::new();
        for (number, line) in include_str!("../../tests/cases/numerals.tsv").lines().enumerate().skip(1) {
            let mut cells = line.split('\t');
            let (source, wanted) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let found = shown(source);
            if found != wanted {
                failures.push(format!("line {}: {source}\n  wanted {wanted}\n  found  {found}", number + 1));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn tells_how_a_numeral_is_written() {
        let source = "وبالأربعة آلاف ثم 12 مليارا والـ17 وخمسة";
        let reading = Reading::new(source, Lexicon::builtin());
        let numerals = Numerals::read(&reading);
        let told: Vec<_> =
            numerals.iter().map(|n| (n.writing, n.definite, n.proclitics, n.scale.to_string())).collect();
        let none = Proclitics::empty();
        assert_eq!(
            told,
            [
                (Writing::Words, true, Proclitics::WAW | Proclitics::BEH, "1000".to_owned()),
                (Writing::Mixed, false, none, "1000000000".to_owned()),
                (Writing::Digits, true, Proclitics::WAW, "1".to_owned()),
                (Writing::Words, false, Proclitics::WAW, "1".to_owned()),
            ]
        );
    }

    #[test]
    fn hostile_runs_cost_one_pass() {
        for source in [
            "1.".repeat(20_000),
            "123 ".repeat(20_000),
            "مليون و".repeat(20_000),
            "خمسة وعشرون و".repeat(20_000),
            "7".repeat(60_000),
        ] {
            assert!(read(&source).len() <= source.len());
        }
    }

    proptest::proptest! {
        #[test]
        fn numerals_stand_apart_and_in_order(words in proptest::collection::vec("[٠-٩]{1,4}|[0-9]{1,3}|[.,،-]|و|ال|بعد|على|فاصلة|ناقص|خمسة|وعشرين|مئة|ثلاثمئة|ألف|آلاف|ومليون|مليوني|ونصف|ربع|الأول|حادي|عشر|أرباع|\\PC", 0..24), glue in proptest::collection::vec(proptest::bool::ANY, 24)) {
            let mut source = String::new();
            for (word, glued) in words.iter().zip(glue) {
                source.push_str(word);
                if !glued { source.push(' '); }
            }
            let reading = Reading::new(&source, Lexicon::builtin());
            let numerals = Numerals::read(&reading);
            let mut end = 0;
            for n in &numerals {
                proptest::prop_assert!(n.span.begin >= end && n.span.begin < n.span.end && n.first <= n.last);
                proptest::prop_assert!(!n.span.of(&source).is_empty());
                proptest::prop_assert_eq!(numerals.at(n.first), Some(n));
                end = n.span.end;
            }
        }
    }
}
