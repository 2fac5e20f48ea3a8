//! Augmentation: the same article with other names.
//!
//! Within one article a word is always swapped for the same word, so that full names and short ones stay of one person.
//! Persons' names go for names of the same gender and origin; cities for cities, companies and parties for others of their kind,
//! countries with their adjectives in the same inflection. What cannot be swapped cleanly stays.

use std::collections::BTreeMap;

use crate::markup::{Mark, Marked, label};

/// The names to draw from.
pub struct Names {
    /// Name → group (gender and origin), and the names of each group.
    given: Table,
    family: Table,
    places: Table,
    organisations: Table,
    /// The adjectives of nationality, masculine singular without ال.
    nationalities: Vec<String>,
    countries: Table,
}

#[derive(Default)]
struct Table {
    group: BTreeMap<String, String>,
    members: BTreeMap<String, Vec<String>>,
}

impl Table {
    fn add(&mut self, name: &str, group: String) {
        self.members.entry(group.clone()).or_default().push(name.to_owned());
        self.group.insert(name.to_owned(), group);
    }

    /// Another name of the group of `name`, with or without ال as it.
    fn other(&self, name: &str, random: &mut fastrand::Rng) -> Option<String> {
        let members = self.members.get(self.group.get(name)?)?;
        Some(members[random.usize(..members.len())].clone())
    }
}

impl Names {
    /// Reads the tables of the folder `lexicon`.
    pub fn read(folder: &str) -> Result<Self, String> {
        let article = |name: &str| if name.starts_with("ال") { "definite" } else { "bare" };
        let mut names = Self {
            given: Table::default(),
            family: Table::default(),
            places: Table::default(),
            organisations: Table::default(),
            nationalities: Vec::new(),
            countries: Table::default(),
        };
        each(folder, "given_names.tsv", |row| {
            if row("common").is_empty() && !row("name").contains(' ') {
                names.given.add(row("name"), format!("{} {}", row("gender"), row("origin") == "ar"));
            }
        })?;
        each(folder, "family_names.tsv", |row| {
            if row("common").is_empty() && !row("name").contains(' ') {
                names.family.add(row("name"), format!("{} {}", article(row("name")), row("origin") == "ar"));
            }
        })?;
        each(folder, "places.tsv", |row| {
            if row("common").is_empty() {
                names.places.add(row("name"), format!("{} {} {}", row("type"), row("kind"), article(row("name"))));
            }
        })?;
        each(folder, "organisations.tsv", |row| {
            if row("common").is_empty() && !row("name").contains(' ') {
                names.organisations.add(row("name"), format!("{} {}", row("kind"), article(row("name"))));
            }
        })?;
        each(folder, "countries.tsv", |row| {
            let adjective = row("nisba").split('|').next().unwrap_or_default();
            if adjective.ends_with('ي') && !adjective.contains(' ') {
                names.nationalities.push(adjective.to_owned());
            }
            if !row("name").contains(' ') {
                names.countries.add(row("name"), article(row("name")).to_owned());
            }
        })?;
        Ok(names)
    }

    /// What `word` of a mention of type `kind` is swapped for.
    fn swap_word(&self, word: &str, kind: &str, alone: bool, random: &mut fastrand::Rng) -> Option<String> {
        match kind {
            "PERS" => self
                .given
                .other(word, random)
                .filter(|_| !alone || !self.family.group.contains_key(word))
                .or_else(|| self.family.other(word, random)),
            "NORP" => self.nationality(word, random),
            "GPE" => self.countries.other(word, random).or_else(|| self.places.other(word, random)),
            "LOC" | "FAC" => self.places.other(word, random),
            "ORG" if alone => self.organisations.other(word, random),
            _ => None,
        }
    }

    /// Another nationality in the inflection of `word`.
    fn nationality(&self, word: &str, random: &mut fastrand::Rng) -> Option<String> {
        let (article, bare) = word.strip_prefix("ال").map_or(("", word), |bare| ("ال", bare));
        let ending = ["", "ة", "ون", "ين", "ات"].into_iter().find(|ending| {
            bare.strip_suffix(ending).is_some_and(|stem| self.nationalities.iter().any(|known| known == stem))
        })?;
        let other = &self.nationalities[random.usize(..self.nationalities.len())];
        Some(format!("{article}{other}{ending}"))
    }
}

/// Calls `use_row` with a way to look into each row of a table.
fn each(folder: &str, file: &str, mut use_row: impl FnMut(&dyn Fn(&str) -> &'static str)) -> Result<(), String> {
    let path = format!("{folder}/{file}");
    let text: &'static str = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?.leak();
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    for line in lines {
        let cells: Vec<&'static str> = line.split('\t').collect();
        use_row(&|column: &str| {
            let place = columns.iter().position(|name| *name == column);
            place.and_then(|place| cells.get(place)).copied().unwrap_or_default()
        });
    }
    Ok(())
}

/// `article` with other names, drawn with `seed`.
pub fn swap(article: &Marked, names: &Names, seed: u64) -> Marked {
    let mut random = fastrand::Rng::with_seed(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x15AD);
    let mut chosen: BTreeMap<(String, &str), Option<String>> = BTreeMap::new();
    let mut out = Marked::default();
    // Byte offsets of the old text → of the new, at the ends of marks.
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    let mut at = 0;
    let cuts: std::collections::BTreeSet<usize> =
        article.marks.iter().flat_map(|mark| [mark.begin, mark.end]).collect();
    for cut in cuts.into_iter().chain([article.text.len()]) {
        let piece = &article.text[at..cut];
        match innermost(&article.marks, at, cut) {
            None => out.text.push_str(piece),
            Some(mark) => {
                let kind = label(mark.kind);
                let whole = chosen
                    .entry((piece.to_owned(), kind))
                    .or_insert_with(|| names.swap_word(piece, kind, mark.begin == at && mark.end == cut, &mut random))
                    .clone();
                if let Some(whole) = whole {
                    out.text.push_str(&whole);
                } else {
                    for (number, word) in piece.split(' ').enumerate() {
                        if number > 0 {
                            out.text.push(' ');
                        }
                        let other = if kind == "PERS" {
                            chosen
                                .entry((word.to_owned(), kind))
                                .or_insert_with(|| names.swap_word(word, kind, false, &mut random))
                                .clone()
                        } else {
                            None
                        };
                        out.text.push_str(other.as_deref().unwrap_or(word));
                    }
                }
            }
        }
        at = cut;
        moved.insert(cut, out.text.len());
    }
    // A mark's beginning is where the text before it ended.
    let place = |offset: usize| moved.get(&offset).copied().unwrap_or(0);
    out.marks =
        article.marks.iter().map(|mark| Mark { begin: place(mark.begin), end: place(mark.end), ..*mark }).collect();
    out
}

/// The smallest mark that holds all from `begin` to `end`.
fn innermost(marks: &[Mark], begin: usize, end: usize) -> Option<&Mark> {
    marks
        .iter()
        .filter(|mark| mark.begin <= begin && end <= mark.end && begin < end)
        .min_by_key(|mark| mark.end - mark.begin)
}
