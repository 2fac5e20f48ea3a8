//! Trains the tagger: `cargo run --release --no-default-features --example train -- training models/names.bin`.
//!
//! Reads every article of the folder, holds every tenth out for the development figure, augments the rest by swapping names
//! for others of the lexicon, trains the first pass, reads the training articles with models that did not see them (four
//! folds) to learn what the second pass can expect of the first, trains the second pass, and writes both. Deterministic to the
//! byte: one thread, one seed.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    missing_docs,
    unreachable_pub,
    reason = "a tool for developers: it tells what it does, and stops where its input is not what it must be"
)]

mod crf;
mod data;
mod markup;
mod swap;

use std::process::ExitCode;

use data::{Sample, Score};
use isnad::extract::names::features::Features;
use isnad::extract::names::tagger::{Elsewhere, Model};

/// Passes over the articles.
const EPOCHS: usize = 10;
/// Copies of each article with other names.
const COPIES: usize = 2;
/// Folds of the first pass.
const FOLDS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(output)) = (arguments.first(), arguments.get(1)) else {
        eprintln!("usage: train TRAINING_FOLDER MODEL_FILE");
        return ExitCode::FAILURE;
    };
    match run(folder, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &str, output: &str) -> Result<(), String> {
    let articles = data::articles(folder)?;
    let (mut held, mut kept) = (Vec::new(), Vec::new());
    for (number, article) in articles.into_iter().enumerate() {
        if number % 10 == 9 { held.push(article) } else { kept.push(article) }
    }
    let tokens: usize = kept.iter().map(|article| data::tokens(&article.text)).sum();
    println!("{} articles to train on ({tokens} tokens), {} held out", kept.len(), held.len());

    let names = swap::Names::read("lexicon")?;
    let mut train: Vec<Sample> = Vec::new();
    for (number, article) in kept.iter().enumerate() {
        train.push(Sample::new(article, number % FOLDS));
        for copy in 0..COPIES {
            let seed = (number * COPIES + copy) as u64;
            train.push(Sample::new(&swap::swap(article, &names, seed), number % FOLDS));
        }
    }
    let dev: Vec<Sample> = held.iter().map(|article| Sample::new(article, 0)).collect();

    // The second pass learns from first passes that had not seen the article.
    let mut first_labels: Vec<Vec<u8>> = vec![Vec::new(); train.len()];
    for fold in 0..FOLDS {
        let seen: Vec<&Sample> = train.iter().filter(|sample| sample.fold != fold).collect();
        let model = crf::train(&seen, None, EPOCHS);
        for (sample, labels) in train.iter().zip(&mut first_labels) {
            if sample.fold == fold {
                *labels = crf::read(&model, sample, None).0;
            }
        }
    }
    let all: Vec<&Sample> = train.iter().collect();
    let first = crf::train(&all, None, EPOCHS);
    let second_features: Vec<_> =
        train.iter().zip(&first_labels).map(|(sample, labels)| elsewhere(sample, labels)).collect();
    let second = crf::train(&all, Some(&second_features), EPOCHS);

    let mut one = Score::default();
    let mut two = Score::default();
    for sample in &dev {
        let (labels, _) = crf::read(&first, sample, None);
        one.add(sample, &labels);
        let features = elsewhere(sample, &labels);
        two.add(sample, &crf::read(&second, sample, Some(&features)).0);
    }
    println!("held out, first pass:\n{one}held out, second pass:\n{two}");

    let (first, second) = (first.file(), second.file());
    let mut file = (first.len() as u32).to_le_bytes().to_vec();
    for (name, bytes) in [("first", &first), ("second", &second)] {
        let bytes: &'static [u8] = bytes.clone().leak();
        let features = Model::read(bytes).ok_or("the model does not read back")?.len();
        println!("{name} pass: {features} features, {} bytes", bytes.len());
        file.extend(bytes);
    }
    std::fs::write(output, file).map_err(|error| format!("{output}: {error}"))
}

/// The second pass's features of every token, from first labels.
fn elsewhere(sample: &Sample, labels: &[u8]) -> Vec<Vec<isnad::extract::names::features::Feature>> {
    let reading = sample.reading();
    let found = Elsewhere::new(&reading.text, labels);
    let mut features = Features::default();
    (0..labels.len())
        .map(|i| {
            features.clear();
            found.features(&reading.text, i, labels.get(i).copied().unwrap_or(0), &mut features);
            features.list.clone()
        })
        .collect()
}
