//! Any rows in any table of the lexicon: each is read or told as a fault with its line, and an engine that knows nothing but them
//! reads a text of their words soundly. The first line of an input names the table, its columns follow and then rows.
#![no_main]

use std::sync::{Arc, LazyLock};

use fastrand::Rng;
use isnad::extract::{Extractor, Layers, Options};
use isnad::lexicon::Lexicon;
use isnad_fuzz::{article, soundness, text, words};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

/// Each built-in table: its name and its lines.
static TABLES: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../lexicon");
    let table =
        |name: &str| std::fs::read_to_string(folder.join(name)).expect("a table for every name that Describe tells");
    let names = Lexicon::builtin().tables().iter().map(|table| table.name.clone());
    names.map(|name| (name.clone(), table(&name).lines().map(str::to_owned).collect())).collect()
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut rng = Rng::with_seed(u64::from(seed));
    if rng.u8(..8) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let new = other(&text(&data[..size]), &mut rng);
    let new = &new.as_bytes()[..new.floor_char_boundary(max_size)];
    data[..new.len()].copy_from_slice(new);
    new.len()
});

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let (name, rows) = text.split_once('\n').unwrap_or((&text, ""));
    match Lexicon::of_tables(&[(name.to_owned(), rows.to_owned())]) {
        Err(faults) => {
            let lines = rows.lines().count().max(1);
            assert!(!faults.is_empty());
            assert!(
                faults.iter().all(|fault| (1..=lines).contains(&fault.line) && !fault.message.is_empty()),
                "{faults:?}"
            );
        }
        Ok(lexicon) => {
            let story = rows.replace(['\t', '|', '\n'], " ");
            let engine = Extractor::new(Arc::new(lexicon));
            let article = article(&story);
            soundness::check(article.text, &engine.extract(&article, &Options { layers: Layers::all() }));
        }
    }
});

/// Another table, or the same with a row more, a row less, a cell changed.
fn other(text: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let table = TABLES.iter().find(|(name, _)| Some(name) == lines.first());
    let Some((_, rows)) = table.filter(|_| rng.u8(..24) > 0) else {
        let Some((name, rows)) = rng.choice(&*TABLES) else { return String::new() };
        return format!("{name}\n{}\n{}", rows.first().map_or("", |row| row), rng.choice(rows).map_or("", |row| row));
    };
    let at = rng.usize(..lines.len());
    match rng.u8(..8) {
        0..=2 => lines.push(rng.choice(rows).cloned().unwrap_or_default()),
        3 if at > 1 => drop(lines.remove(at)),
        _ => {
            // The cell of this row that changes becomes another row's, a word, or one of its own values less.
            let mut cells: Vec<&str> = lines[at].split('\t').collect();
            let place = rng.usize(..cells.len());
            let from = rng.choice(rows).and_then(|row| row.split('\t').nth(place)).unwrap_or_default();
            let word = rng.choice(words()).map_or("", |word| word);
            let both = format!("{}|{word}", cells[place]);
            cells[place] = *rng.choice(&[from, word, "", "y", "1", "-1", "999999999999", "|", both.as_str()]).unwrap();
            lines[at] = cells.join("\t");
        }
    }
    lines.join("\n")
}
