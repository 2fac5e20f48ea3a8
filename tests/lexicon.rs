//! The tables of `lexicon/`: every row reads, tables are sorted and unique, cells are clean.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::path::PathBuf;

use isnad::lexicon::Lexicon;
use isnad::text::fold::{Folds, normalize};

fn tables() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lexicon");
    let mut tables: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    tables.sort();
    tables
}

#[test]
fn every_row_reads() {
    assert_eq!(Lexicon::builtin().faults(), []);
}

#[test]
fn every_file_is_a_table_and_told_of() {
    let known: Vec<&str> = Lexicon::builtin().tables().iter().map(|table| table.name.as_str()).collect();
    let readme = include_str!("../lexicon/README.md");
    for (name, text) in tables() {
        assert!(known.contains(&name.as_str()), "{name} is not laid into the lexicon");
        assert!(readme.contains(name.as_str()), "{name} has no paragraph in lexicon/README.md");
        assert!(text.lines().count() > 1, "{name} is empty");
    }
}

#[test]
fn tables_are_sorted_and_unique() {
    for (name, text) in tables() {
        let rows: Vec<&str> = text.lines().skip(1).collect();
        for pair in rows.windows(2) {
            let (before, after) = (pair[0].split('\t').next().unwrap(), pair[1].split('\t').next().unwrap());
            assert!(before <= after, "{name}: {after:?} stands after {before:?}");
            assert_ne!(pair[0], pair[1], "{name}: a row stands twice");
        }
    }
}

#[test]
fn cells_are_clean() {
    for (name, text) in tables() {
        for line in text.lines() {
            for cell in line.split('\t').flat_map(|cell| cell.split('|')) {
                assert_eq!(cell, cell.trim(), "{name}: {line:?}");
                assert!(!cell.contains("  "), "{name}: {line:?}");
            }
        }
        let unwanted = Folds::DIACRITICS | Folds::TATWEEL | Folds::BIDI_CONTROLS;
        let found: Vec<&str> = normalize(&text, unwanted).edits.iter().map(|edit| edit.original.of(&text)).collect();
        assert!(found.is_empty(), "{name}: marks or controls: {found:?}");
    }
}
