//! Training of the conditional random field: AdaGrad on the log-likelihood of one sentence at a time.

use isnad::extract::names::features::{Feature, REACH};
use isnad::extract::names::tagger::{
    LABELS, Label, Model, Moves, Scores, WIDEST, Weights, decode, follows, scores, width,
};
use rustc_hash::FxHashMap;

use crate::data::Sample;

/// The step of `AdaGrad`.
const RATE: f32 = 0.2;
/// What each update takes off a weight, as a share of it (L2).
const DECAY: f32 = 2e-5;
/// Features met less often are dropped.
const FEWEST: u32 = 2;

/// A model in training.
pub struct Trainer {
    index: FxHashMap<u64, u32>,
    /// For each feature its reach and where its row begins.
    rows: Vec<(Feature, usize)>,
    weights: Vec<f32>,
    squares: Vec<f32>,
    moves: Vec<f32>,
    move_squares: Vec<f32>,
}

impl Weights for Trainer {
    fn add(&self, feature: Feature, row: &mut [f32; WIDEST]) {
        let Some((reach, at)) = self.row(feature) else { return };
        let width = width(reach);
        let begin = (WIDEST - width) / 2;
        for (sum, weight) in row.iter_mut().skip(begin).zip(self.weights.get(at..at + width).unwrap_or_default()) {
            *sum += weight;
        }
    }

    fn transition(&self, label: Label, next: Label) -> f32 {
        self.moves[label as usize * LABELS + next as usize]
    }
}

impl Trainer {
    fn new(samples: &[&Sample]) -> Self {
        let mut counts: FxHashMap<u64, (u32, Feature)> = FxHashMap::default();
        let mut order = Vec::new();
        let mut count = |feature: Feature| {
            let entry = counts.entry(feature.hash).or_insert_with(|| {
                order.push(feature.hash);
                (0, feature)
            });
            entry.0 += 1;
        };
        for sample in samples {
            for &word in &sample.article.word_of {
                sample.article.words[word as usize].iter().for_each(|&feature| count(feature));
            }
            sample.article.places.iter().flatten().for_each(|&feature| count(feature));
        }
        let (mut index, mut rows, mut at) = (FxHashMap::default(), Vec::new(), 0);
        for hash in order {
            let (count, feature) = counts[&hash];
            if count >= FEWEST {
                index.insert(hash, rows.len() as u32);
                rows.push((feature, at));
                at += width(feature.reach);
            }
        }
        Self {
            index,
            rows,
            weights: vec![0.0; at],
            squares: vec![1e-2; at],
            moves: vec![0.0; LABELS * LABELS],
            move_squares: vec![1e-2; LABELS * LABELS],
        }
    }

    fn row(&self, feature: Feature) -> Option<(u8, usize)> {
        let &number = self.index.get(&feature.hash)?;
        let (feature, at) = self.rows[number as usize];
        Some((feature.reach, at))
    }

    /// Moves the weights towards the gold labels of one sentence.
    fn learn(&mut self, sample: &Sample, sentence: std::ops::Range<usize>, all: &[Scores]) {
        let moves = Moves::new(self);
        let scores = &all[sentence.clone()];
        let gold = &sample.labels[sentence.clone()];
        let (unary, pair) = expectations(scores, &moves.masses);
        // What each label should have had, less what it had.
        let errors: Vec<Scores> = unary
            .iter()
            .zip(gold)
            .map(|(expected, &label)| {
                let mut error = expected.map(|p| -p);
                error[label as usize] += 1.0;
                error
            })
            .collect();
        let mut moves = pair.map(|row| row.map(|p| -p));
        let mut before = 0;
        for &label in gold {
            moves[before][label as usize] += 1.0;
            before = label as usize;
        }
        for (place, &gradient) in moves.iter().flatten().enumerate() {
            if gradient != 0.0 && follows((place / LABELS) as Label, (place % LABELS) as Label) {
                step(&mut self.moves[place], &mut self.move_squares[place], gradient);
            }
        }
        for i in sentence.clone() {
            let word = &sample.article.words[sample.article.word_of[i] as usize];
            for &feature in word.iter().chain(&sample.article.places[i]) {
                let Some((reach, at)) = self.row(feature) else { continue };
                let reach = reach as usize;
                for distance in 0..=2 * reach {
                    let there = (i + distance).wrapping_sub(reach);
                    if !sentence.contains(&there) {
                        continue;
                    }
                    let error = &errors[there - sentence.start];
                    let from = at + distance * LABELS;
                    let weights = self.weights[from..from + LABELS].iter_mut();
                    for ((weight, square), &gradient) in weights.zip(&mut self.squares[from..from + LABELS]).zip(error)
                    {
                        if gradient.abs() > 1e-4 {
                            step(weight, square, gradient);
                        }
                    }
                }
            }
        }
    }

    /// The model file, without features whose every weight is too small for a byte to tell from none.
    pub fn file(&self) -> Vec<u8> {
        let largest = self.weights.iter().fold(0f32, |most, weight| most.max(weight.abs()));
        let rows: Vec<(Feature, &[f32])> = self
            .rows
            .iter()
            .map(|&(feature, at)| (feature, &self.weights[at..at + width(feature.reach)]))
            .filter(|(_, row)| row.iter().any(|weight| weight.abs() > largest / 127.0 * PRUNE))
            .collect();
        Model::write(&rows, &self.moves)
    }
}

/// Rows whose every weight is under this many quantisation steps are left out of the file.
const PRUNE: f32 = 7.0;

fn step(weight: &mut f32, square: &mut f32, gradient: f32) {
    let gradient = gradient - DECAY * *weight;
    *square += gradient * gradient;
    *weight += RATE * gradient / square.sqrt();
}

/// The expected count of each label at each token, and of each move.
fn expectations(scores: &[Scores], steps: &[Scores; LABELS]) -> (Vec<Scores>, [Scores; LABELS]) {
    let length = scores.len();
    let weighed: Vec<Scores> = scores
        .iter()
        .map(|row| {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            row.map(|score| (score - top).exp())
        })
        .collect();
    let normal = |mut mass: Scores| {
        let sum: f32 = mass.iter().sum();
        for value in &mut mass {
            *value /= sum.max(f32::MIN_POSITIVE);
        }
        mass
    };
    let mut forward: Vec<Scores> = Vec::with_capacity(length);
    let mut start = [0.0; LABELS];
    start[0] = 1.0;
    for t in 0..length {
        let from = if t == 0 { start } else { forward[t - 1] };
        let mut next = [0.0; LABELS];
        for (mass, moves) in from.iter().zip(steps) {
            if *mass > 0.0 {
                next.iter_mut().zip(moves).for_each(|(target, step)| *target += mass * step);
            }
        }
        next.iter_mut().zip(&weighed[t]).for_each(|(target, weight)| *target *= weight);
        forward.push(normal(next));
    }
    let mut backward = vec![[1.0; LABELS]; length];
    for t in (0..length.saturating_sub(1)).rev() {
        let mut ahead = backward[t + 1];
        ahead.iter_mut().zip(&weighed[t + 1]).for_each(|(value, weight)| *value *= weight);
        let mut here = [0.0; LABELS];
        for (target, moves) in here.iter_mut().zip(steps) {
            *target = ahead.iter().zip(moves).map(|(mass, step)| mass * step).sum();
        }
        backward[t] = normal(here);
    }
    let mut unary = Vec::with_capacity(length);
    let mut pair = [[0.0; LABELS]; LABELS];
    for t in 0..length {
        let mut mass = forward[t];
        mass.iter_mut().zip(&backward[t]).for_each(|(value, behind)| *value *= behind);
        unary.push(normal(mass));
        let from = if t == 0 { start } else { forward[t - 1] };
        let mut joint = [[0.0; LABELS]; LABELS];
        let mut sum = 0.0;
        for (label, &mass) in from.iter().enumerate() {
            if mass > 0.0 {
                for next in 0..LABELS {
                    let value = mass * steps[label][next] * weighed[t][next] * backward[t][next];
                    joint[label][next] = value;
                    sum += value;
                }
            }
        }
        for (row, joint) in pair.iter_mut().zip(&joint) {
            row.iter_mut().zip(joint).for_each(|(total, value)| *total += value / f32::max(sum, f32::MIN_POSITIVE));
        }
    }
    (unary, pair)
}

/// Trains on `samples`, in an order shuffled with a fixed seed each epoch.
pub fn train(samples: &[&Sample], epochs: usize) -> Trainer {
    let mut trainer = Trainer::new(samples);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let sample = samples[number];
            for sentence in &sample.sentences {
                let all = sentence_scores(&trainer, sample, sentence);
                trainer.learn(sample, sentence.clone(), &all);
            }
        }
    }
    trainer
}

/// The scores of the tokens of one sentence, in a row as long as the article.
fn sentence_scores(trainer: &Trainer, sample: &Sample, sentence: &std::ops::Range<usize>) -> Vec<Scores> {
    let mut out = vec![[0.0; LABELS]; sample.labels.len()];
    for i in sentence.clone() {
        let mut row = [0.0; WIDEST];
        let word = &sample.article.words[sample.article.word_of[i] as usize];
        for &feature in word.iter().chain(&sample.article.places[i]) {
            trainer.add(feature, &mut row);
        }
        for (distance, part) in row.chunks_exact(LABELS).enumerate() {
            let at = (i + distance).wrapping_sub(REACH);
            if sentence.contains(&at) {
                out[at].iter_mut().zip(part).for_each(|(score, weight)| *score += weight);
            }
        }
    }
    out
}

/// Reads an article: its labels and their marginals.
pub fn read(weights: &impl Weights, sample: &Sample) -> (Vec<Label>, Vec<f32>) {
    let all = scores(weights, &sample.article, &sample.sentences);
    let moves = Moves::new(weights);
    let (mut labels, mut marginals) = (Vec::new(), Vec::new());
    for sentence in &sample.sentences {
        let decoded = decode(&all[sentence.clone()], &moves);
        labels.extend(decoded.labels);
        marginals.extend(decoded.marginals);
    }
    (labels, marginals)
}
