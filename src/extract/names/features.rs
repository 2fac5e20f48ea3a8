//! What the tagger looks at.
//!
//! A [`Feature`] is a hash and a reach: how many words away it is felt. Features are of three sorts: those that depend on the word
//! alone ([`of_word`], summed once a word), small numbers that say how a word stands in the lexicon and on its line
//! ([`Lexical`], [`line_code`]), and pairs of neighbours ([`of_pair`]). The same functions serve training and reading, so the two
//! cannot drift apart.

use crate::extract::Reading;
use crate::lexicon::Entry;
use crate::lexicon::names::{EntityType, TitleKind, Via};
use crate::text::{Proclitics, Text, TokenKind, proclitic_splits};

use super::classes::{CLUSTERINGS, FIRST_CLASS, WordClass, WordClasses, stable_hash};

/// The farthest reach, in words to either side.
pub const REACH: usize = 2;

/// One feature of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its hash, the same on every machine.
    pub hash: u64,
    /// How many words to either side it is felt: 0, 1 or 2.
    pub reach: u8,
}

/// A class of a word, or of what is left of it without its proclitics: one of [`CLASSES`] numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassNumber(u16);

/// How many class numbers there are: every class of a word, then every class of a stem.
pub const CLASSES: u16 = 2 * ONE_SORT;
const ONE_SORT: u16 = {
    let [.., all] = FIRST_CLASS;
    all
};

impl ClassNumber {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CLASSES).map(Self)
    }

    /// The classes of `word`, one a clustering; of a word as it stands, or of what is left of one.
    fn of(word: &WordClass, of_stem: bool) -> impl Iterator<Item = Self> {
        let sort = if of_stem { ONE_SORT } else { 0 };
        word.classes.iter().zip(FIRST_CLASS).map(move |(&class, first)| Self(sort + first + class))
    }

    /// Its place among all of them.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    /// The feature of having it.
    pub fn feature(self) -> Feature {
        let (template, number) = if self.0 < ONE_SORT { (b'1', self.0) } else { (b'2', self.0 - ONE_SORT) };
        let begun = (0..).zip(FIRST_CLASS).take_while(|&(_, first)| first <= number);
        let (clustering, first) = begun.last().unwrap_or_default();
        let [low, high] = (number - first).to_le_bytes();
        Feature { hash: hash(template, 2, &[clustering, low, high]), reach: 2 }
    }
}

/// Who takes the features of a word: the trainer all alike, the tagger those that are numbers by their number.
pub trait Takes {
    /// A feature.
    fn take(&mut self, feature: Feature);

    /// A class.
    fn take_class(&mut self, class: ClassNumber) {
        self.take(class.feature());
    }
}

impl<F: FnMut(Feature)> Takes for F {
    fn take(&mut self, feature: Feature) {
        self(feature);
    }
}

fn add(out: &mut impl Takes, template: u8, reach: u8, content: &[u8]) {
    out.take(Feature { hash: hash(template, reach, content), reach });
}

/// Multipliers without a pattern in their bits.
const ODD: [u64; 3] = [0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9];

/// The hash of a feature; the same on every machine. The reach is part of it: one hash, one width of row.
fn hash(template: u8, reach: u8, content: &[u8]) -> u64 {
    let [_, _, seed] = ODD;
    let (words, rest) = content.as_chunks::<8>();
    let begin = seed ^ u64::from(template) ^ u64::from(reach) << 8 ^ (content.len() as u64) << 16;
    let all = words.iter().fold(begin, |all, &word| blend(all, u64::from_le_bytes(word)));
    blend(all, rest.iter().fold(0, |last, &byte| last << 8 | u64::from(byte)))
}

/// A product of two numbers folded upon itself: each bit of it comes from all bits of both.
fn blend(first: u64, second: u64) -> u64 {
    let [one, two, _] = ODD;
    let product = u128::from(first ^ one) * u128::from(second.rotate_left(23) ^ two);
    (product as u64) ^ (product >> 64) as u64
}

/// The length of `word` in letters, up to 9.
fn letters(word: &str) -> usize {
    word.chars().take(9).count()
}

/// The class of a word, digits counting as 0.
fn class_of(classes: WordClasses, word: &str) -> Option<WordClass> {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        let zeros: String = word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        return classes.get(&zeros);
    }
    classes.get(word)
}

/// What a word counts as: all numbers of one length are one word, and the preposition على is not the name علي, which the match
/// form takes it for. Words of one key have the same [`of_word`] features.
pub fn key<'t>(text: &'t Text<'_>, i: usize) -> &'t str {
    match (text.kind(i), text.word(i)) {
        (TokenKind::Number, word) => "000000".get(..word.len().min(6)).unwrap_or("0"),
        (TokenKind::Foreign, _) => text.surface(i),
        (TokenKind::Arabic, "علي") if text.surface(i).ends_with('ى') => "على",
        (TokenKind::Arabic, "وعلي") if text.surface(i).ends_with('ى') => "وعلى",
        (_, word) => word,
    }
}

/// The features of token `i` that depend on its word alone.
pub fn of_word(text: &Text<'_>, i: usize, classes: WordClasses, out: &mut impl Takes) {
    let word = text.word(i);
    let kind = text.kind(i);
    add(out, b'k', 1, &[kind as u8]);
    match kind {
        TokenKind::Number => {
            add(out, b'n', 1, &[word.len().min(6) as u8]);
            return;
        }
        TokenKind::Punctuation | TokenKind::Symbol => {
            add(out, b'w', 2, word.as_bytes());
            return;
        }
        TokenKind::Foreign => {
            let surface = text.surface(i);
            let upper = surface.chars().all(char::is_uppercase);
            let initial = surface.chars().next().is_some_and(char::is_uppercase);
            add(out, b'c', 1, &[u8::from(upper), u8::from(initial), word.len().min(6) as u8]);
        }
        TokenKind::Arabic => {}
    }
    add(out, b'w', 2, key(text, i).as_bytes());
    add(out, b'l', 0, &[letters(word) as u8]);
    let whole = class_of(classes, word);
    if let Some(class) = whole {
        add_classes(false, &class, out);
        add(out, b'f', 0, &[class.frequency]);
    } else {
        add(out, b'f', 1, &[99]);
    }
    add_affixes(word, out);
    if kind == TokenKind::Arabic {
        add_stems(word, whole, classes, out);
    }
}

/// Affixes: the first and last one to four letters.
fn add_affixes(word: &str, out: &mut impl Takes) {
    let mut begins = word.char_indices().map(|(at, _)| at).skip(1);
    let mut ends = word.char_indices().map(|(at, _)| at).rev();
    let mut rest = word.chars().count();
    for length in 1..=4 {
        let (Some(end), Some(begin)) = (begins.next(), ends.next()) else { return };
        rest -= 1;
        if rest == 0 {
            return;
        }
        add(out, b'p', 0, word.get(..end).unwrap_or_default().as_bytes());
        let reach = u8::from(length == 2 || length == 3);
        add(out, b's', reach, word.get(begin..).unwrap_or_default().as_bytes());
    }
}

/// The word without its possible proclitics, and what is known of the rest.
fn add_stems(word: &str, whole: Option<WordClass>, classes: WordClasses, out: &mut impl Takes) {
    proclitic_splits(word, |proclitics, _, stem| {
        if letters(stem) < 3 {
            return;
        }
        let class = class_of(classes, stem);
        let article = proclitics == Proclitics::ARTICLE;
        if class.is_some() || whole.is_none() {
            add(
                out,
                b'q',
                0,
                &[proclitics.bits(), class.map_or(99, |class| class.frequency), whole.map_or(99, |w| w.frequency)],
            );
        }
        if let Some(class) = class {
            add(out, if article { b'a' } else { b'b' }, 1, stem.as_bytes());
            if !article {
                add_classes(true, &class, out);
            }
        } else if whole.is_none() {
            add(out, b'b', 1, stem.as_bytes());
        }
    });
}

fn add_classes(of_stem: bool, class: &WordClass, out: &mut impl Takes) {
    ClassNumber::of(class, of_stem).for_each(|class| out.take_class(class));
}

/// What pairs of neighbours are made of: a number for the word, and its classes where it has any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The hash of the word.
    pub word: u64,
    /// Its classes, each plus one; zero where it is unknown.
    pub classes: [u16; CLUSTERINGS],
}

impl Facts {
    /// The facts of a word, by its [`key`].
    pub fn of(key: &str, classes: WordClasses) -> Self {
        let known = class_of(classes, key).map_or([0; CLUSTERINGS], |class| class.classes.map(|class| class + 1));
        Self { word: stable_hash(key.as_bytes()), classes: known }
    }
}

/// A word and its neighbours, for [`of_pair`]: what they are, and what the lexicon says of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trio {
    /// The word before, the word, the word after.
    pub facts: [Facts; 3],
    /// The lexicon's codes of each, as one number.
    pub codes: [u16; 3],
}

/// The features of a word that come from its neighbours together with it.
pub fn of_pair(trio: &Trio, mut each: impl FnMut(Feature)) {
    let mut add =
        |template: u8, first: u64, second: u64| each(Feature { hash: mix(template, first, second), reach: 0 });
    let ([before, here, after], [left, own, right]) = (trio.facts, trio.codes);
    add(b'B', before.word, here.word);
    add(b'A', here.word, after.word);
    if own | left != 0 {
        add(b'y', left.into(), own.into());
    }
    if own | right != 0 {
        add(b'z', own.into(), right.into());
    }
}

/// A hash of two numbers in their order; the same on every machine.
fn mix(template: u8, first: u64, second: u64) -> u64 {
    let [one, _, three] = ODD;
    (blend(first, second) ^ u64::from(template).wrapping_mul(three)).wrapping_mul(one)
}

/// How many numbers there are for features that are numbers.
pub const CODES: u16 = LINE_CODES + 8;

/// Where the numbers of [`line_code`] begin; those of the lexicon stand below.
const LINE_CODES: u16 = 128 << 4;

/// The feature of number `code`.
pub fn code_feature(code: u16) -> Feature {
    let reach = if code < LINE_CODES { 2 } else { 0 };
    Feature { hash: mix(b'x', code.into(), 0), reach }
}

/// How token `i` stands on its line: at its beginning, after white space, at its end.
pub fn line_code(text: &Text<'_>, i: usize) -> u16 {
    let token = text.token(i);
    LINE_CODES + (u16::from(token.breaks > 0) | u16::from(token.spaced) << 1 | u16::from(text.opens_line(i + 1)) << 2)
}

/// What the lexicon says of each token, as small codes.
#[derive(Debug)]
pub struct Lexical {
    codes: Vec<u16>,
    first: Vec<u32>,
}

impl Lexical {
    /// The codes of every token of `reading`: for each entry over it, which kind of entry, and whether the token is the
    /// entry's first, inner, last or only word.
    pub fn new(reading: &Reading<'_>) -> Self {
        let mut all: Vec<(usize, u16)> = Vec::new();
        for hit in reading.stop.unless_asked(reading.hits.all()) {
            let Some(code) = reading.lexicon.entry(hit.entry).and_then(code_of) else { continue };
            let attached = hit.form.proclitics.particles();
            // فرانس برس is no ف and رانس: a name that stands there whole leaves no letters for particles.
            let whole = |other: &crate::lexicon::Hit| {
                other.form.is_whole()
                    && other.last >= hit.last
                    && matches!(reading.lexicon.entry(other.entry), Some(Entry::Name(name)) if !name.common)
            };
            if !attached.is_empty() && reading.hits.at(hit.first).iter().any(whole) {
                continue;
            }
            let article = hit.form.proclitics.contains(Proclitics::ARTICLE);
            let code = code << 4 | u16::from(!attached.is_empty()) << 3 | u16::from(article) << 2;
            for token in hit.first..=hit.last {
                let place = match (token == hit.first, token == hit.last) {
                    (true, true) => 0,
                    (true, false) => 1,
                    (false, false) => 2,
                    (false, true) => 3,
                };
                all.push((token, code | place));
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut first = Vec::with_capacity(reading.text.len() + 1);
        let mut at = 0;
        for token in 0..=reading.text.len() {
            while all.get(at).is_some_and(|&(of, _)| of < token) {
                at += 1;
            }
            first.push(at as u32);
        }
        Self { codes: all.into_iter().map(|(_, code)| code).collect(), first }
    }

    /// The codes of token `i` as one number; zero where it has none.
    pub fn summary(&self, i: usize) -> u16 {
        self.at(i).iter().fold(0, |all, code| all ^ code.wrapping_mul(40_503))
    }

    /// The codes of token `i`.
    pub fn at(&self, i: usize) -> &[u16] {
        match (self.first.get(i), self.first.get(i.wrapping_add(1))) {
            (Some(&begin), Some(&end)) => self.codes.get(begin as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// A small number for the kind of an entry; none for entries that say nothing of names.
fn code_of(entry: &Entry) -> Option<u16> {
    Some(match entry {
        Entry::Name(name) => {
            let via = match name.via {
                Via::Full => 0,
                Via::Short => 1,
                Via::Adjective => 2,
            };
            let kind: u16 = match name.kind {
                EntityType::Pers => 0,
                EntityType::Gpe => 1,
                EntityType::Loc => 2,
                EntityType::Fac => 3,
                EntityType::Org => 4,
                EntityType::Norp => 5,
                EntityType::Occ => 6,
                EntityType::Law => 7,
                EntityType::Event => 8,
                EntityType::Product => 9,
            };
            1 + kind * 6 + via * 2 + u16::from(name.common)
        }
        Entry::GivenName(name) => 64 + u16::from(name.common),
        Entry::FamilyName(name) => 66 + u16::from(name.common),
        Entry::Head(head) => 68 + u16::from(head.in_name) + 2 * u16::from(head.bare),
        Entry::Title(title) => {
            let kind = match title.kind {
                TitleKind::Office => 0,
                TitleKind::Rank => 1,
                TitleKind::Profession => 2,
                TitleKind::Honorific => 3,
                TitleKind::Relation => 4,
            };
            72 + kind * 2 + u16::from(title.several)
        }
        Entry::TitleModifier(_) => 84,
        // Words of time, of number and of pages say nothing of names.
        _ => return None,
    })
}
