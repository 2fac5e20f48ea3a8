//! What the tagger looks at.
//!
//! A [`Feature`] is a hash and a reach: how many words away it is felt. Features of two sorts: those that depend on the word
//! alone ([`of_word`], summed once a distinct word of the article) and those of the place where it stands ([`of_place`]).
//! The same functions serve training and reading, so the two cannot drift apart.

use crate::extract::Reading;
use crate::lexicon::Entry;
use crate::lexicon::names::{EntityType, TitleKind, Via};
use crate::text::{Proclitics, Text, TokenKind, proclitic_splits};

use super::classes::{WordClass, WordClasses, stable_hash};

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

/// Collects features; keeps one buffer for all of them.
#[derive(Debug, Default)]
pub struct Features {
    /// The features collected.
    pub list: Vec<Feature>,
    key: Vec<u8>,
}

impl Features {
    /// Empties the list.
    pub fn clear(&mut self) {
        self.list.clear();
    }

    fn add(&mut self, template: u8, reach: u8, content: &[u8]) {
        self.key.clear();
        self.key.push(template);
        self.key.extend_from_slice(content);
        // The reach is part of the identity: one hash, one row width.
        self.key.push(reach);
        self.list.push(Feature { hash: stable_hash(&self.key), reach });
    }
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

/// The features of token `i` that depend on its word alone.
pub fn of_word(text: &Text<'_>, i: usize, classes: WordClasses, out: &mut Features) {
    let word = text.word(i);
    let kind = text.kind(i);
    out.add(b'k', 1, &[kind as u8]);
    match kind {
        TokenKind::Number => {
            out.add(b'n', 1, &[word.len().min(6) as u8]);
            return;
        }
        TokenKind::Punctuation | TokenKind::Symbol => {
            out.add(b'w', 2, word.as_bytes());
            return;
        }
        TokenKind::Foreign => {
            let surface = text.surface(i);
            let upper = surface.chars().all(char::is_uppercase);
            let initial = surface.chars().next().is_some_and(char::is_uppercase);
            out.add(b'c', 1, &[u8::from(upper), u8::from(initial), word.len().min(6) as u8]);
        }
        TokenKind::Arabic => {}
    }
    out.add(b'w', 2, word.as_bytes());
    out.add(b'l', 0, &[letters(word) as u8]);
    let whole = class_of(classes, word);
    if let Some(class) = whole {
        add_classes(b'1', &class, out);
        out.add(b'f', 0, &[class.frequency]);
    } else {
        out.add(b'f', 1, &[99]);
    }
    // Affixes: the first and last one to four letters.
    let boundaries: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = boundaries.len().saturating_sub(1);
    for length in 1..=4 {
        if count > length {
            let reach = u8::from(length == 2 || length == 3);
            if let Some(&end) = boundaries.get(length) {
                out.add(b'p', 0, word.get(..end).unwrap_or_default().as_bytes());
            }
            if let Some(&begin) = boundaries.get(count - length) {
                out.add(b's', reach, word.get(begin..).unwrap_or_default().as_bytes());
            }
        }
    }
    if kind != TokenKind::Arabic {
        return;
    }
    // The word without its possible proclitics, and what is known of the rest.
    proclitic_splits(word, |proclitics, _, stem| {
        if letters(stem) < 3 {
            return;
        }
        let class = class_of(classes, stem);
        let article = proclitics == Proclitics::ARTICLE;
        if class.is_some() || whole.is_none() {
            out.add(
                b'q',
                0,
                &[proclitics.bits(), class.map_or(99, |class| class.frequency), whole.map_or(99, |w| w.frequency)],
            );
        }
        if let Some(class) = class {
            out.add(if article { b'a' } else { b'b' }, 1, stem.as_bytes());
            if !article {
                add_classes(b'2', &class, out);
            }
        } else if whole.is_none() {
            out.add(b'b', 1, stem.as_bytes());
        }
    });
}

fn add_classes(template: u8, class: &WordClass, out: &mut Features) {
    for (number, value) in class.classes.iter().enumerate() {
        let [low, high] = value.to_le_bytes();
        out.add(template, 2, &[number as u8, low, high]);
    }
}

/// The features of token `i` that come from where it stands: the lexicon's phrases over it, its neighbours, its line.
/// `lexical` holds for each token what [`Lexical`] says of it.
pub fn of_place(reading: &Reading<'_>, i: usize, lexical: &Lexical, out: &mut Features) {
    for &code in lexical.at(i) {
        out.add(b'x', 2, &code.to_le_bytes());
    }
    let text = &reading.text;
    let (word, before, after) = (text.word(i), text.word(i.wrapping_sub(1)), text.word(i + 1));
    let mut pair = |template: u8, first: &str, second: &str| {
        let mut content = Vec::with_capacity(first.len() + second.len() + 1);
        content.extend_from_slice(first.as_bytes());
        content.push(b' ');
        content.extend_from_slice(second.as_bytes());
        out.add(template, 0, &content);
    };
    pair(b'B', before, word);
    pair(b'A', word, after);
    let codes = |at: usize| lexical.at(at).iter().copied().fold(0u16, |all, code| all ^ code.wrapping_mul(40_503));
    let (here, left, right) = (codes(i), codes(i.wrapping_sub(1)), codes(i + 1));
    if here | left != 0 {
        out.add(b'y', 0, &[left.to_le_bytes(), here.to_le_bytes()].concat());
    }
    if here | right != 0 {
        out.add(b'z', 0, &[here.to_le_bytes(), right.to_le_bytes()].concat());
    }
    let token = text.token(i);
    out.add(b'o', 0, &[u8::from(token.breaks > 0), u8::from(token.spaced), u8::from(text.opens_line(i + 1))]);
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
        for hit in reading.hits.all() {
            let Some(code) = reading.lexicon.entry(hit.entry).and_then(code_of) else { continue };
            let attached = hit.form.proclitics.difference(Proclitics::ARTICLE);
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
