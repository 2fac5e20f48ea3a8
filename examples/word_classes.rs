//! Makes `models/word_classes.bin` from a table of word classes:
//! `zcat word_classes.tsv.gz | cargo run --release --no-default-features --example word_classes > models/word_classes.bin`.
//!
//! Columns of the input: the word in match form, its count, its class in each of five clusterings; a header line first.

use std::io::{Read, Write};

use isnad::extract::names::classes::{CLUSTERINGS, WordClass, pack};

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let words: Vec<(&str, WordClass)> = input.lines().skip(1).filter_map(word).collect();
    std::io::stdout().write_all(&pack(&words))
}

fn word(line: &str) -> Option<(&str, WordClass)> {
    let mut cells = line.split('\t');
    let word = cells.next()?;
    let count: u32 = cells.next()?.parse().ok()?;
    let mut classes = [0; CLUSTERINGS];
    for class in &mut classes {
        *class = cells.next()?.parse().ok()?;
    }
    Some((word, WordClass { classes, frequency: count.max(8).ilog2().saturating_sub(3).min(15) as u8 }))
}
