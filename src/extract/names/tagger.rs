//! The tagger: a linear-chain conditional random field over the words of a sentence.
//!
//! A token's score for a label is the sum of the weights of the features felt there: its own, and those of its neighbours at
//! their distance. What depends on a word alone is summed once and kept ([`Memo`]): few words of news were not met
//! before. A token then costs a handful of vector additions and a look-up for each pair that it makes with a neighbour.
//!
//! A second pass with the labels that the first gave to the same word elsewhere was tried and taken out: 0.840 against 0.843 on held-out
//! articles, at twice the size; `names.again` does by rule what it was for.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::classes::{CLUSTERINGS, WordClasses};
use super::decode::Decoder;
use super::features::{Facts, Lexical, REACH, Trio, key, line_code, of_pair, of_word};
use super::labels::{Label, OUTSIDE};
use super::model::{LANES, Model, NOTHING, Row, Scores, add};
use crate::extract::Reading;
use crate::text::Text;

/// What is known of a word, whatever the article.
#[derive(Clone, Copy, Debug)]
struct Known {
    row: Row,
    facts: Facts,
}

/// How many words a generation of the memo holds. A word takes some 300 bytes.
const KEPT: usize = 1 << 15;

/// The words met so far with what the model says of them: a memory, which changes no answer. It has two generations: when the
/// young one is full the old one is forgotten, and words that are met again and again pass on from the one to the other. Of 870,000 words of
/// news of many outlets one in ten was not remembered; one in twelve had never been met. Memory stays under 23 MiB.
#[derive(Debug, Default)]
pub struct Memo {
    young: Generation,
    old: Generation,
    /// How often the young became the old.
    turns: u32,
}

#[derive(Debug, Default)]
struct Generation {
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<Known>,
}

impl Memo {
    /// The place among the young of the word of `key`, if the memo has it.
    fn find(&mut self, key: &str) -> Option<u32> {
        if let Some(&place) = self.young.numbers.get(key) {
            return Some(place);
        }
        let &place = self.old.numbers.get(key)?;
        let known = self.old.words.get(place as usize).copied()?;
        Some(self.keep(key, &known))
    }

    /// Keeps a word among the young; gives its place.
    fn keep(&mut self, key: &str, known: &Known) -> u32 {
        if self.young.words.len() >= KEPT {
            self.old = std::mem::take(&mut self.young);
            self.turns += 1;
        }
        let place = self.young.words.len() as u32;
        self.young.words.push(*known);
        self.young.numbers.insert(key.into(), place);
        place
    }
}

/// The words of one article: where each stands in the memo.
struct Words<'m, 'a> {
    memo: &'m mut Memo,
    model: &'m Model,
    classes: WordClasses,
    text: &'m Text<'a>,
    /// For each distinct spelling of the article the place of its word in the memo plus one; zero where it was not asked for yet.
    places: Vec<u32>,
    /// The turn of the memo that `places` is of.
    turn: u32,
}

impl<'m, 'a> Words<'m, 'a> {
    fn new(memo: &'m mut Memo, model: &'m Model, classes: WordClasses, text: &'m Text<'a>) -> Self {
        let (places, turn) = (vec![0; text.distinct_count()], memo.turns);
        Self { memo, model, classes, text, places, turn }
    }

    /// What is known of the word of token `i`; of no word past the ends.
    fn of(&mut self, i: usize) -> &Known {
        static NO_WORD: Known = Known { row: NOTHING, facts: Facts { word: 0, classes: [0; CLUSTERINGS] } };
        let distinct = self.text.distinct(i) as usize;
        let place = match self.places.get(distinct) {
            None => return &NO_WORD,
            Some(0) => self.find(i, distinct),
            Some(place) => place - 1,
        };
        self.memo.young.words.get(place as usize).unwrap_or(&NO_WORD)
    }

    fn find(&mut self, i: usize, distinct: usize) -> u32 {
        let key = key(self.text, i);
        let place = self.memo.find(key).unwrap_or_else(|| {
            let mut sum = self.model.sum();
            of_word(self.text, i, self.classes, &mut sum);
            self.memo.keep(key, &Known { row: sum.row, facts: Facts::of(key, self.classes) })
        });
        if self.turn != self.memo.turns {
            self.turn = self.memo.turns;
            self.places.fill(0);
        }
        if let Some(slot) = self.places.get_mut(distinct) {
            *slot = place + 1;
        }
        place
    }
}

/// What the tagger says of the tokens of an article.
#[derive(Debug, Default)]
pub struct Tags {
    /// The label of each token; [`OUTSIDE`] for tokens in no sentence.
    pub labels: Vec<Label>,
    /// For each token of a name, by how many steps of the model's scale its label is better than any other.
    pub margins: Vec<i16>,
}

/// Labels the tokens of `sentences`. `memo` is for this model and these classes alone.
pub fn tag(
    model: &Model,
    classes: WordClasses,
    memo: &mut Memo,
    reading: &Reading<'_>,
    sentences: &[Range<usize>],
) -> Tags {
    let text = &reading.text;
    let lexical = Lexical::new(reading);
    let mut words = Words::new(memo, model, classes, text);
    let mut tags = Tags { labels: vec![OUTSIDE; text.len()], margins: vec![0; text.len()] };
    let (mut decoder, mut scores) = (Decoder::default(), Vec::new());
    for sentence in sentences.iter().take_while(|_| !reading.stop.asked()) {
        score(&mut words, &lexical, sentence.clone(), &mut scores);
        decoder.decode(&scores, model.moves());
        if let Some(labels) = tags.labels.get_mut(sentence.clone()) {
            labels.copy_from_slice(&decoder.labels);
        }
        for (slot, &margin) in tags.margins.iter_mut().skip(sentence.start).zip(&decoder.margins) {
            *slot = margin;
        }
    }
    tags
}

/// The scores of the tokens of one sentence. What stands outside it is felt only in the pairs of its first and last word.
fn score(words: &mut Words<'_, '_>, lexical: &Lexical, sentence: Range<usize>, scores: &mut Vec<Scores>) {
    scores.clear();
    scores.resize(sentence.len(), [0; LANES]);
    let (model, text) = (words.model, words.text);
    let before = words.of(sentence.start.wrapping_sub(1)).facts;
    let here = words.of(sentence.start).facts;
    // The window before the first word; each step moves it on by one.
    let mut trio = Trio {
        facts: [Facts::default(), before, here],
        codes: [0, lexical.summary(sentence.start.wrapping_sub(1)), lexical.summary(sentence.start)],
    };
    for (at, i) in sentence.enumerate() {
        let after = words.of(i + 1).facts;
        let ([_, before, own], [_, left, code]) = (trio.facts, trio.codes);
        trio = Trio { facts: [before, own, after], codes: [left, code, lexical.summary(i + 1)] };
        spread(scores, at, &words.of(i).row);
        for row in lexical.at(i).iter().filter_map(|&code| model.code(code)) {
            spread(scores, at, row);
        }
        let Some(own) = scores.get_mut(at) else { continue };
        if let Some(line) = model.code(line_code(text, i)).and_then(|row| row.get(REACH)) {
            add(own, line);
        }
        of_pair(&trio, |feature| model.add_here(feature, own));
    }
}

/// Adds the row of the word at `at` to the scores of the words that it is felt at.
fn spread(scores: &mut [Scores], at: usize, row: &Row) {
    for (distance, part) in row.iter().enumerate() {
        if let Some(target) = scores.get_mut((at + distance).wrapping_sub(REACH)) {
            add(target, part);
        }
    }
}
