//! The tagger: a linear-chain conditional random field over the words of a sentence.
//!
//! Labels are BIO over the ten entity types, outermost mentions only. A token's score for a label is the sum of the weights of the
//! features felt there: its own, and those of its neighbours at their distance. What depends on a word alone is summed once a
//! distinct word of the article; a token then costs a handful of vector additions, and a look-up for each feature of its place.
//! Weights are quantised to a byte each. Decoding is Viterbi; confidence comes from the forward-backward marginals.
//!
//! A second pass with the labels that the first gave to the same word elsewhere was tried and taken out: 0.840 against 0.843 on held-out
//! articles, at twice the size; `names.again` does by rule what it was for.

use rustc_hash::FxHashMap;

use super::classes::WordClasses;
use super::features::{Feature, Features, Lexical, REACH, of_place, of_word};
use crate::extract::Reading;
use crate::lexicon::names::EntityType;

/// The types in the order of their labels.
pub const TYPES: [EntityType; 10] = [
    EntityType::Pers,
    EntityType::Gpe,
    EntityType::Loc,
    EntityType::Fac,
    EntityType::Org,
    EntityType::Norp,
    EntityType::Occ,
    EntityType::Law,
    EntityType::Event,
    EntityType::Product,
];

/// How many labels: O, then B and I of each type.
pub const LABELS: usize = 1 + 2 * TYPES.len();

/// The widest row: every distance, every label.
pub const WIDEST: usize = (2 * REACH + 1) * LABELS;

/// A score for each label.
pub type Scores = [f32; LABELS];

/// The label of a token.
pub type Label = u8;

/// The label "no name".
pub const OUTSIDE: Label = 0;

/// The label that begins type number `kind`.
pub const fn begin(kind: usize) -> Label {
    (1 + 2 * kind) as Label
}

/// The label that goes on with type number `kind`.
pub const fn inside(kind: usize) -> Label {
    (2 + 2 * kind) as Label
}

/// The type number of a label; none for [`OUTSIDE`].
pub const fn type_of(label: Label) -> Option<usize> {
    if label == OUTSIDE { None } else { Some((label as usize - 1) / 2) }
}

/// Whether the label begins a name.
pub const fn begins(label: Label) -> bool {
    label % 2 == 1
}

/// Whether `next` can follow `label`: an I only after the B or I of its type.
pub const fn follows(label: Label, next: Label) -> bool {
    next == OUTSIDE || begins(next) || (label != OUTSIDE && (label as usize).div_ceil(2) == (next as usize) / 2)
}

/// How many weights the row of a feature of this reach has.
pub const fn width(reach: u8) -> usize {
    (2 * reach as usize + 1) * LABELS
}

/// Where weights come from: the shipped model, or one in training.
pub trait Weights {
    /// Adds the row of `feature` to `row`, whose middle [`LABELS`] are the feature's own place. A row of a short reach fills only the
    /// middle.
    fn add(&self, feature: Feature, row: &mut [f32; WIDEST]);
    /// The score of `next` after `label`.
    fn transition(&self, label: Label, next: Label) -> f32;
}

/// A model as its file holds it: weights of a byte each, found by hash.
#[derive(Debug)]
pub struct Model {
    rows: FxHashMap<u64, (u32, u8)>,
    weights: &'static [u8],
    scale: f32,
    transitions: Vec<f32>,
}

/// What a model file begins with.
const MAGIC: &[u8; 8] = b"isnadT01";

impl Model {
    /// Reads a model file; none where it is damaged. Layout, little-endian: the magic, the scale (f32), the transitions (f32
    /// each, row by row), the number of features (u32), for each its hash (u64) and reach (u8), then the rows in that order.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (scale, mut rest) = rest.split_first_chunk::<4>()?;
        let mut transitions = Vec::with_capacity(LABELS * LABELS);
        for _ in 0..LABELS * LABELS {
            let (weight, after) = rest.split_first_chunk::<4>()?;
            transitions.push(f32::from_le_bytes(*weight));
            rest = after;
        }
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let mut rows = FxHashMap::default();
        rows.reserve(count.min(rest.len() / 9));
        let mut at = 0;
        for _ in 0..count {
            let (hash, after) = rest.split_first_chunk::<8>()?;
            let (&reach, after) = after.split_first()?;
            rows.insert(u64::from_le_bytes(*hash), (at, reach.min(REACH as u8)));
            at += width(reach.min(REACH as u8)) as u32;
            rest = after;
        }
        (rest.len() == at as usize).then_some(Self {
            rows,
            weights: rest,
            scale: f32::from_le_bytes(*scale),
            transitions,
        })
    }

    /// Writes a model file from rows of weights; the rows in the order given.
    pub fn write(rows: &[(Feature, &[f32])], transitions: &[f32]) -> Vec<u8> {
        let largest = rows.iter().flat_map(|(_, row)| row.iter()).fold(0f32, |most, weight| most.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let mut out = MAGIC.to_vec();
        out.extend(scale.to_le_bytes());
        out.extend(transitions.iter().flat_map(|weight| weight.to_le_bytes()));
        out.extend((rows.len() as u32).to_le_bytes());
        for (feature, _) in rows {
            out.extend(feature.hash.to_le_bytes());
            out.push(feature.reach);
        }
        for (_, row) in rows {
            out.extend(row.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8 as u8));
        }
        out
    }

    /// How many features it knows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Weights for Model {
    fn add(&self, feature: Feature, row: &mut [f32; WIDEST]) {
        let Some(&(at, reach)) = self.rows.get(&feature.hash) else { return };
        let width = width(reach);
        let begin = (WIDEST - width) / 2;
        let weights = self.weights.get(at as usize..at as usize + width).unwrap_or_default();
        for (sum, &weight) in row.iter_mut().skip(begin).zip(weights) {
            *sum += f32::from(weight as i8) * self.scale;
        }
    }

    fn transition(&self, label: Label, next: Label) -> f32 {
        self.transitions.get(label as usize * LABELS + next as usize).copied().unwrap_or_default()
    }
}

/// The features of every token of an article, for reading and for training: those of the words, and those of their places.
#[derive(Debug)]
pub struct Article {
    /// For each token its word's number in `words`.
    pub word_of: Vec<u32>,
    /// The features of each distinct word.
    pub words: Vec<Vec<Feature>>,
    /// The features of each token's place.
    pub places: Vec<Vec<Feature>>,
}

impl Article {
    /// Looks at every token of `reading`.
    pub fn new(reading: &Reading<'_>, classes: WordClasses) -> Self {
        let text = &reading.text;
        let lexical = Lexical::new(reading);
        let mut features = Features::default();
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let (mut word_of, mut words, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for i in 0..text.len() {
            let number = *numbers.entry(text.distinct(i)).or_insert_with(|| {
                features.clear();
                of_word(text, i, classes, &mut features);
                words.push(features.list.clone());
                words.len() as u32 - 1
            });
            word_of.push(number);
            features.clear();
            of_place(reading, i, &lexical, &mut features);
            places.push(features.list.clone());
        }
        Self { word_of, words, places }
    }
}

/// A sentence decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoded {
    /// The label of each token.
    pub labels: Vec<Label>,
    /// For each token the marginal probability of its label.
    pub marginals: Vec<f32>,
}

/// The scores of the tokens of an article for each label, sentence edges respected.
pub fn scores(weights: &impl Weights, article: &Article, sentences: &[std::ops::Range<usize>]) -> Vec<Scores> {
    let mut word_rows: Vec<[f32; WIDEST]> = Vec::with_capacity(article.words.len());
    for word in &article.words {
        let mut row = [0.0; WIDEST];
        for &feature in word {
            weights.add(feature, &mut row);
        }
        word_rows.push(row);
    }
    let mut out = vec![[0.0; LABELS]; article.word_of.len()];
    for sentence in sentences {
        for i in sentence.clone() {
            let word = article.word_of.get(i).and_then(|&word| word_rows.get(word as usize));
            let mut row = word.copied().unwrap_or([0.0; WIDEST]);
            let place = article.places.get(i).map_or(&[][..], Vec::as_slice);
            for &feature in place {
                weights.add(feature, &mut row);
            }
            for (distance, part) in row.chunks_exact(LABELS).enumerate() {
                // Part 0 is felt two words before the feature's own.
                let at = i.wrapping_add(distance).wrapping_sub(REACH);
                if sentence.contains(&at)
                    && let Some(scores) = out.get_mut(at)
                {
                    for (score, weight) in scores.iter_mut().zip(part) {
                        *score += weight;
                    }
                }
            }
        }
    }
    out
}

/// The moves from label to label of a model, ready for decoding.
#[derive(Clone, Debug)]
pub struct Moves {
    /// The scores, forbidden moves at minus infinity.
    pub scores: [Scores; LABELS],
    /// Their exponentials.
    pub masses: [Scores; LABELS],
}

impl Moves {
    /// The moves of `weights`.
    pub fn new(weights: &impl Weights) -> Self {
        let mut scores = [[f32::NEG_INFINITY; LABELS]; LABELS];
        for (label, row) in (0..).zip(scores.iter_mut()) {
            for (next, score) in (0..).zip(row.iter_mut()) {
                if follows(label, next) {
                    *score = weights.transition(label, next);
                }
            }
        }
        Self { scores, masses: scores.map(|row| row.map(f32::exp)) }
    }
}

/// The best labels of one sentence, with their marginals. A sentence starts as if after [`OUTSIDE`]. Where it holds no name the
/// marginals are not worked out and stand at one.
pub fn decode(scores: &[Scores], moves: &Moves) -> Decoded {
    let labels = viterbi(scores, &moves.scores);
    if labels.iter().all(|&label| label == OUTSIDE) {
        return Decoded { marginals: vec![1.0; labels.len()], labels };
    }
    let weights: Vec<Scores> = scores.iter().map(exponentials).collect();
    let (forward, backward) = (sweep_forward(&weights, &moves.masses), sweep_backward(&weights, &moves.masses));
    let marginal = |((ahead, behind), &label): ((&Scores, &Scores), &Label)| {
        let all: f32 = ahead.iter().zip(behind).map(|(a, b)| a * b).sum();
        let own = ahead.get(label as usize).zip(behind.get(label as usize)).map_or(0.0, |(a, b)| a * b);
        if all > 0.0 { own / all } else { 0.0 }
    };
    let marginals = forward.iter().zip(&backward).zip(&labels).map(marginal).collect();
    Decoded { labels, marginals }
}

fn viterbi(scores: &[Scores], transitions: &[Scores; LABELS]) -> Vec<Label> {
    let mut best = [f32::NEG_INFINITY; LABELS];
    if let Some(start) = best.first_mut() {
        *start = 0.0;
    }
    let mut back: Vec<[Label; LABELS]> = Vec::with_capacity(scores.len());
    for row in scores {
        let mut next_best = [f32::NEG_INFINITY; LABELS];
        let mut from = [0; LABELS];
        for ((label, &so_far), moves) in (0..).zip(&best).zip(transitions) {
            if so_far == f32::NEG_INFINITY {
                continue;
            }
            for ((target, origin), step) in next_best.iter_mut().zip(from.iter_mut()).zip(moves) {
                if so_far + step > *target {
                    *target = so_far + step;
                    *origin = label;
                }
            }
        }
        for (target, score) in next_best.iter_mut().zip(row) {
            *target += score;
        }
        best = next_best;
        back.push(from);
    }
    let last = (0..).zip(&best).max_by(|a, b| a.1.total_cmp(b.1)).map_or(OUTSIDE, |(label, _)| label);
    let mut labels = Vec::with_capacity(scores.len());
    let mut label = last;
    for from in back.iter().rev() {
        labels.push(label);
        label = from.get(label as usize).copied().unwrap_or(OUTSIDE);
    }
    labels.reverse();
    labels
}

/// The forward masses, each token's scaled to sum to one.
fn sweep_forward(weights: &[Scores], moves: &[Scores; LABELS]) -> Vec<Scores> {
    let mut out = Vec::with_capacity(weights.len());
    let mut mass = [0.0; LABELS];
    if let Some(start) = mass.first_mut() {
        *start = 1.0;
    }
    for row in weights {
        let mut next = [0.0; LABELS];
        for (&so_far, moves) in mass.iter().zip(moves) {
            for (target, step) in next.iter_mut().zip(moves) {
                *target += so_far * step;
            }
        }
        mass = weighed(next, row);
        out.push(mass);
    }
    out
}

/// The backward masses, each token's scaled to sum to one.
fn sweep_backward(weights: &[Scores], moves: &[Scores; LABELS]) -> Vec<Scores> {
    let mut out = Vec::with_capacity(weights.len());
    let mut mass = [1.0 / LABELS as f32; LABELS];
    for row in weights.iter().rev() {
        out.push(mass);
        let ahead = weighed(mass, row);
        for (target, moves) in mass.iter_mut().zip(moves) {
            *target = ahead.iter().zip(moves).map(|(mass, step)| mass * step).sum();
        }
        scale(&mut mass);
    }
    out.reverse();
    out
}

/// The exponentials of a token's scores; the largest is taken off first, so nothing overflows.
fn exponentials(row: &Scores) -> Scores {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    row.map(|score| (score - top).exp())
}

/// `mass` times `weights`, scaled to sum to one.
fn weighed(mass: Scores, weights: &Scores) -> Scores {
    let mut out = mass;
    for (value, weight) in out.iter_mut().zip(weights) {
        *value *= weight;
    }
    scale(&mut out);
    out
}

fn scale(mass: &mut Scores) {
    let sum: f32 = mass.iter().sum();
    if sum > 0.0 {
        for value in mass.iter_mut() {
            *value /= sum;
        }
    }
}
