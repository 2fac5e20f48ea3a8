//! The edges of a mention: quote marks and punctuation off, and of its first word the particles that are not part of it.
//!
//! Which letters are particles is told by the lexicon where it knows the name; else by what the article writes elsewhere
//! (`بوريسوف` beside `لبوريسوف`), then by which of the two words is met in news at all.

use crate::extract::Reading;
use crate::lexicon::Entry;
use crate::lexicon::names::EntityType;
use crate::text::{Form, Proclitics, Span, TokenKind, proclitic_splits};
use rustc_hash::FxHashMap;

use super::classes::WordClasses;

/// How often an article writes a word before its first letter counts as its own.
const OFTEN: u32 = 3;

/// What is needed to cut the mentions of one article.
#[derive(Debug)]
pub(super) struct Edges<'r, 'a> {
    reading: &'r Reading<'a>,
    /// The match forms that stand in the article as words of their own, and how often.
    words: FxHashMap<&'r str, u32>,
    classes: WordClasses,
}

impl<'r, 'a> Edges<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>) -> Self {
        let mut words = FxHashMap::default();
        for i in 0..reading.text.len() {
            *words.entry(reading.text.word(i)).or_insert(0) += 1;
        }
        Self { reading, words, classes: WordClasses::builtin() }
    }

    /// The tokens and the span of the mention of type `kind` that the tagger saw from `first` to `last`; none where nothing is left.
    pub(super) fn trim(&self, mut first: usize, mut last: usize, kind: EntityType) -> Option<(usize, usize, Span)> {
        let text = &self.reading.text;
        let is_edge = |i: usize| text.kind(i) == TokenKind::Punctuation || self.is_particle(i);
        while first <= last && is_edge(first) {
            first += 1;
        }
        while last > first && text.kind(last) == TokenKind::Punctuation && !self.closes_inside(first, last) {
            last -= 1;
        }
        if first > last {
            return None;
        }
        let begin = self.begin(first, last, kind);
        Some((first, last, Span::new(begin, text.token(last).span.end)))
    }

    /// Whether token `i` is a particle written apart with a stretch: `بـ "..."`.
    fn is_particle(&self, i: usize) -> bool {
        let text = &self.reading.text;
        matches!(text.word(i), "و" | "ف" | "ب" | "ك" | "ل" | "س" | "وب" | "ول" | "فب" | "فل")
            && (text.surface(i).ends_with('\u{0640}') || text.word(i).len() == 2)
            && text.kind(i + 1) != TokenKind::Number
    }

    /// Whether the mark at `last` closes one that opens inside the mention: `"روسيا - العالم الإسلامي"` at the end of a name.
    fn closes_inside(&self, first: usize, last: usize) -> bool {
        let text = &self.reading.text;
        let opening = match text.word(last) {
            ")" => "(",
            "\"" => "\"",
            "'" => "'",
            "]" => "[",
            _ => return false,
        };
        (first..last).any(|i| text.word(i) == opening)
    }

    /// Where the mention begins in its first token.
    fn begin(&self, first: usize, last: usize, kind: EntityType) -> u32 {
        let text = &self.reading.text;
        let whole = text.token(first).span.begin;
        if text.kind(first) != TokenKind::Arabic {
            return whole;
        }
        if let Some(form) = self.known_form(first, last, kind) {
            return text.name_span(first, form).begin;
        }
        let letters = self.counted_letters(first);
        if letters == 0 {
            return whole;
        }
        let mut begin = whole;
        for _ in 0..letters {
            begin = text.letter_end(first, begin);
        }
        begin
    }

    /// The form of the first word with which the lexicon knows the mention, or the longest beginning of it.
    fn known_form(&self, first: usize, last: usize, kind: EntityType) -> Option<Form> {
        let fits = |entry: &Entry| match entry {
            Entry::Name(name) => name.kind == kind || (name.kind != EntityType::Pers && kind != EntityType::Pers),
            Entry::GivenName(_) | Entry::FamilyName(_) => kind == EntityType::Pers,
            Entry::Title(_) => kind == EntityType::Occ,
            Entry::Head(_) => kind == EntityType::Org,
            _ => false,
        };
        let hits = self.reading.hits.at(first).iter().filter(|hit| hit.last <= last);
        let known = hits.filter(|hit| self.reading.lexicon.entry(hit.entry).is_some_and(fits));
        // The longest; of equals the one with the fewest letters off.
        known.max_by_key(|hit| (hit.last, std::cmp::Reverse(hit.form.proclitics.letters()))).map(|hit| hit.form)
    }

    /// How many letters to take off a word that the lexicon does not know.
    fn counted_letters(&self, i: usize) -> u32 {
        let word = self.reading.text.word(i);
        let frequency = |word: &str| self.classes.get(word).map(|class| u32::from(class.frequency) + 1);
        let whole = frequency(word);
        // بيونغ "Boeing", again and again and never without its ب: a letter of the name.
        let steady = self.words.get(word).is_some_and(|&count| count >= OFTEN);
        let mut best: Option<(u32, u32)> = None;
        proclitic_splits(word, |proclitics, _, stem| {
            if proclitics.contains(Proclitics::ARTICLE) || stem.chars().nth(2).is_none() {
                return;
            }
            let letters = proclitics.bits().count_ones();
            // و and ف before a name are nearly always particles; ب ك ل open many foreign names.
            let conjunction = proclitics.difference(Proclitics::WAW | Proclitics::FEH).is_empty();
            // بوطاهر: بو is "father of"; a name hardly ever begins with و.
            let father = proclitics == Proclitics::BEH && stem.starts_with('و');
            let evidence = if self.words.contains_key(stem) {
                100
            } else if !conjunction && (steady || father) {
                0
            } else {
                match (frequency(stem), whole) {
                    (Some(stem), None) => 10 + stem,
                    (Some(stem), Some(whole)) if stem > whole + u32::from(!conjunction) => 5 + stem - whole,
                    // بالدوحة: a particle before the article is no part of a name
                    (None, None) if stem.starts_with("ال") => 3,
                    (None, None) if proclitics == Proclitics::WAW => 1,
                    _ => 0,
                }
            };
            if evidence > 0 && best.is_none_or(|(most, _)| evidence > most) {
                best = Some((evidence, letters));
            }
        });
        best.map_or(0, |(_, letters)| letters)
    }
}
