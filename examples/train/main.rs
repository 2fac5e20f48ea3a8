//! Trains the tagger: `cargo run --release --no-default-features --example train -- training models/names.bin`.
//!
//! Reads every article of the folder, holds every tenth out for the development figure, augments the rest by swapping names
//! for others of the lexicon, trains, tells the held-out figures, and writes the weights. Deterministic to the byte: one thread, one
//! seed. `--share 50` trains on that part of the articles only, for the learning curve.
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
use isnad::extract::names::model::Model;

/// Passes over the articles.
const EPOCHS: usize = 6;
/// Copies of each article with other names; of those that lie aside none, so that they count a third.
const COPIES: usize = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [folder, output] => run(folder, output, 100),
        [folder, output, flag, share] if flag == "--share" => match share.parse() {
            Ok(share) => run(folder, output, share),
            Err(_) => Err(format!("--share {share}: a number from 1 to 100 is wanted")),
        },
        _ => Err("usage: train TRAINING_FOLDER MODEL_FILE [--share PERCENT]".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &str, output: &str, share: usize) -> Result<(), String> {
    let (mut held, mut kept) = (Vec::new(), Vec::new());
    for (number, article) in data::articles(folder)?.into_iter().enumerate() {
        if number % 10 == 9 { held.push(article) } else { kept.push(article) }
    }
    // Every writer's articles in equal parts: the files are numbered by writer.
    let mut number = 0;
    kept.retain(|_| {
        number += 1;
        number * share / 100 > (number - 1) * share / 100
    });
    let tokens: usize = kept.iter().map(|article| data::tokens(&article.marked.text)).sum();
    println!("{} articles to train on ({tokens} tokens), {} held out", kept.len(), held.len());

    let names = swap::Names::read("lexicon")?;
    let mut train: Vec<Sample> = Vec::new();
    for (number, article) in kept.iter().enumerate() {
        train.push(Sample::new(&article.marked));
        for copy in 0..if article.aside { 0 } else { COPIES } {
            train.push(Sample::new(&swap::swap(&article.marked, &names, (number * COPIES + copy) as u64)));
        }
    }
    let trained = crf::train(&train.iter().collect::<Vec<_>>(), EPOCHS);
    let file = trained.file();
    let model = Model::read(file.clone().leak()).ok_or("the model does not read back")?;
    println!("{} features, {} bytes", model.len(), file.len());
    let mut score = Score::default();
    for article in &held {
        score.add(&Sample::new(&article.marked), &data::read(&model, &article.marked));
    }
    println!("held out:\n{score}");
    std::fs::write(output, file).map_err(|error| format!("{output}: {error}"))
}
