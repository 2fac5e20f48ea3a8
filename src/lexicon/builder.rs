//! Puts a lexicon together: the tables first, those laid over the built-in ones in their place, or the entries of a request.
//!
//! Takes rows, as the readers of the tables hand them on; gives a [`Lexicon`]. Cost: linear in the rows.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::events::EventWords;
use super::names::{Thing, ThingId};
use super::phrases::Phrases;
use super::reporting::ReportingVerbs;
use super::tsv::{self, RowError};
use super::verbs::Verbs;
use super::{Entry, EntryId, Lexicon, TABLES, Table, TableInfo};
use crate::text::fold::Folder;
use crate::text::{Text, Vocabulary, WordId};

/// What the names of tables begin with that were laid over the built-in ones.
const OVERLAY: &str = "overlay/";

/// A lexicon in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    line: u32,
}

impl Builder {
    /// For entries that lie over `base`; their table is called `name`.
    pub(super) fn over(base: &Arc<Lexicon>, name: &str, rows: usize) -> Self {
        let lexicon = Lexicon {
            first_entry: base.entries.len() as u32,
            first_thing: base.things.len() as u32,
            base: Some(Arc::clone(base)),
            phrases: Phrases::few(),
            tables: vec![TableInfo { name: name.to_owned(), rows }],
            ..Lexicon::default()
        };
        Self { lexicon, vocabulary: Vocabulary::over(Arc::clone(&base.vocabulary)), line: 0 }
    }

    /// What has been laid.
    pub(super) fn done(self) -> Lexicon {
        Lexicon { vocabulary: Arc::new(self.vocabulary), ..self.lexicon }
    }

    /// The built-in tables with `laid` over them, each right after its own.
    pub(super) fn tables(mut self, laid: &[(String, String)]) -> Lexicon {
        for table in TABLES.iter().copied().flatten() {
            let over: Vec<&str> =
                laid.iter().filter(|(name, _)| name == table.name).map(|(_, text)| text.as_str()).collect();
            let replaced = over.iter().flat_map(|text| text.lines().skip(1)).filter_map(|line| line.split('\t').next());
            let replaced: FxHashSet<&str> = replaced.collect();
            self.table(table, table.name, table.text, &replaced);
            for text in over {
                if let Some(fault) = strange_columns(table, text) {
                    self.lexicon.faults.push(fault);
                    continue;
                }
                self.table(table, &format!("{OVERLAY}{}", table.name), text, &FxHashSet::default());
            }
        }
        self.lexicon.faults.extend(laid.iter().filter_map(|(name, _)| strange_name(name)));
        for fault in &mut self.lexicon.faults {
            if let Some(file) = fault.table.strip_prefix(OVERLAY) {
                fault.table = file.to_owned();
            }
        }
        self.done()
    }

    /// Nothing but the tables `laid`.
    pub(super) fn alone(mut self, laid: &[(String, String)]) -> Lexicon {
        for (name, text) in laid {
            let Some(table) = TABLES.iter().copied().flatten().find(|table| table.name == name) else {
                self.lexicon.faults.extend(strange_name(name));
                continue;
            };
            match strange_columns(table, text) {
                Some(fault) => self.lexicon.faults.push(fault),
                None => self.table(table, name, text, &FxHashSet::default()),
            }
        }
        self.done()
    }

    /// Lays the rows of `text`, but those whose first cell is among `replaced`.
    fn table(&mut self, table: &Table, name: &str, text: &str, replaced: &FxHashSet<&str>) {
        let mut left_out = 0;
        self.lexicon.tables.push(TableInfo { name: name.to_owned(), rows: 0 });
        let (rows, errors) = tsv::read(name, text, |row| {
            if !replaced.is_empty() && replaced.contains(row.first()) {
                left_out += 1;
                return Ok(());
            }
            self.line = row.line as u32;
            (table.read)(row, self)
        });
        self.lexicon.faults.extend(errors);
        if let Some(info) = self.lexicon.tables.last_mut() {
            info.rows = rows - left_out;
        }
    }

    /// What is added from here on stands in line `line`.
    pub(super) fn at(&mut self, line: usize) {
        self.line = line as u32;
    }

    /// Something of the line can not be used.
    pub(super) fn fault(&mut self, message: String) {
        let table = self.lexicon.tables.last().map(|table| table.name.clone()).unwrap_or_default();
        self.lexicon.faults.push(RowError { table, line: self.line as usize, message });
    }

    /// The verbs that report, so far.
    pub(super) fn reporting(&mut self) -> &mut ReportingVerbs {
        &mut self.lexicon.reporting
    }

    /// The words of events, so far, and the verbs that they stand on.
    pub(super) fn events(&mut self) -> (&mut EventWords, &mut Verbs) {
        (&mut self.lexicon.events, &mut self.lexicon.verbs)
    }

    /// The verbs so far.
    pub(super) fn verbs(&mut self) -> &mut Verbs {
        &mut self.lexicon.verbs
    }

    /// Adds something that names can name.
    pub(super) fn thing(&mut self, thing: Thing) -> ThingId {
        self.lexicon.things.push(thing);
        ThingId(self.lexicon.first_thing + self.lexicon.things.len() as u32 - 1)
    }

    /// Adds `entry` under each of `phrases`, written as people write.
    pub(super) fn add<'p>(&mut self, phrases: impl IntoIterator<Item = &'p str>, entry: Entry) {
        let id = self.entry(entry);
        for phrase in phrases {
            let words = self.words(phrase);
            self.lexicon.phrases.add(&words, id);
        }
    }

    /// Adds `entry`, for now under no phrase.
    pub(super) fn entry(&mut self, entry: Entry) -> EntryId {
        let id = EntryId(self.lexicon.first_entry + self.lexicon.entries.len() as u32);
        self.lexicon.kinds.push(entry.kinds());
        self.lexicon.entries.push(entry);
        let table = self.lexicon.tables.len().saturating_sub(1) as u16;
        self.lexicon.origins.push((table, self.line));
        id
    }

    /// Adds entry `id` under `words`, unless another entry of this lexicon has them: then gives the line of that one.
    pub(super) fn add_alone(&mut self, words: &[WordId], id: EntryId) -> Option<u32> {
        if let Some(&other) = self.lexicon.phrases.exact(words).first() {
            let own = other.0.checked_sub(self.lexicon.first_entry)?;
            return self.lexicon.origins.get(own as usize).map(|&(_, line)| line);
        }
        self.lexicon.phrases.add(words, id);
        None
    }

    /// The words of a phrase in match form, made known.
    pub(super) fn words(&mut self, phrase: &str) -> Vec<WordId> {
        // Nearly every phrase is letters and spaces: the tokens are its words.
        if phrase.chars().all(|c| c == ' ' || matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}')) {
            let folder = Folder::matching();
            let mut folded = String::with_capacity(phrase.len());
            let words = phrase.split(' ').filter(|word| !word.is_empty());
            return words
                .map(|word| {
                    folded.clear();
                    word.chars().for_each(|c| folder.push(c, &mut folded));
                    self.vocabulary.intern(&folded)
                })
                .collect();
        }
        let empty = Vocabulary::default();
        let text = Text::new(phrase, &empty);
        (0..text.len()).map(|i| self.vocabulary.intern(text.word(i))).collect()
    }
}

/// What is wrong with the name of a table: it must be that of a built-in one.
fn strange_name(name: &str) -> Option<RowError> {
    let tables = TABLES.iter().copied().flatten().map(|table| table.name);
    let message = || {
        let names: Vec<&str> = tables.clone().collect();
        format!("no table is called so; the tables are {}", names.join(", "))
    };
    let strange = !tables.clone().any(|known| known == name);
    strange.then(|| RowError { table: name.to_owned(), line: 1, message: message() })
}

/// What is wrong with the columns of a table laid over `table`: their names, in any order, must be the same.
fn strange_columns(table: &Table, text: &str) -> Option<RowError> {
    let columns = |text: &str| {
        let header = text.lines().next().unwrap_or_default();
        let mut columns: Vec<String> = header.split('\t').map(str::to_owned).collect();
        let first = columns.first().cloned();
        columns.sort_unstable();
        (first, columns)
    };
    let message = || {
        let wanted: Vec<&str> = table.text.lines().next().unwrap_or_default().split('\t').collect();
        format!("the first line must name the columns {}, parted by tabs", wanted.join(", "))
    };
    let differ = columns(table.text) != columns(text);
    differ.then(|| RowError { table: table.name.to_owned(), line: 1, message: message() })
}
