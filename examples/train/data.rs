//! Training articles as the tagger sees them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use isnad::extract::Reading;
use isnad::extract::names::classes::WordClasses;
use isnad::extract::names::features::{Facts, Feature, Lexical, Trio, code_feature, key, line_code, of_pair, of_word};
use isnad::extract::names::labels::{self, Label, OUTSIDE, begin, inside};
use isnad::extract::names::model::Model;
use isnad::extract::names::tagger::{Memo, tag};
use isnad::lexicon::Lexicon;
use isnad::text::{Text, sentences};

use crate::markup::{self, Marked};

/// Every article of `folder`, in the order of the file names.
pub fn articles(folder: &str) -> Result<Vec<Article>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let file = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            let marked = markup::parse(&file).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            Ok(Article { marked, aside: ASIDE.iter().any(|series| name.starts_with(series)) })
        })
        .collect()
}

/// The series of articles that are no news of today: `training/README.md` says what they are.
const ASIDE: [&str; 3] = ["x3_", "y2_", "y3_"];

/// An article to train on.
pub struct Article {
    pub marked: Marked,
    /// Whether it lies aside of the news that isnad reads, and counts for less.
    pub aside: bool,
}

/// How many tokens `text` has.
pub fn tokens(text: &str) -> usize {
    Text::new(text, Lexicon::builtin().vocabulary()).len()
}

/// One article with its features and its gold labels.
pub struct Sample {
    /// For each token its word's number in `words`.
    pub word_of: Vec<u32>,
    /// The features of each distinct word.
    pub words: Vec<Vec<Feature>>,
    /// The features of each token's place.
    pub places: Vec<Vec<Feature>>,
    pub sentences: Vec<Range<usize>>,
    pub labels: Vec<Label>,
}

impl Sample {
    pub fn new(marked: &Marked) -> Self {
        let reading = Reading::new(&marked.text, Lexicon::builtin());
        let (text, classes, lexical) = (&reading.text, WordClasses::builtin(), Lexical::new(&reading));
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut word_of, mut words, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let facts = |i: usize| if i < text.len() { Facts::of(key(text, i), classes) } else { Facts::default() };
        for i in 0..text.len() {
            word_of.push(*numbers.entry(key(text, i)).or_insert_with(|| {
                let mut list = Vec::new();
                of_word(text, i, classes, &mut |feature| list.push(feature));
                words.push(list);
                words.len() as u32 - 1
            }));
            let mut list: Vec<Feature> = lexical.at(i).iter().map(|&code| code_feature(code)).collect();
            list.push(code_feature(line_code(text, i)));
            let around = [i.wrapping_sub(1), i, i + 1];
            of_pair(&Trio { facts: around.map(facts), codes: around.map(|at| lexical.summary(at)) }, |feature| {
                list.push(feature);
            });
            places.push(list);
        }
        let labels = labels(text, marked);
        let sentences = sentences(text);
        Self { word_of, words, places, sentences, labels }
    }
}

/// The labels that `model` gives the tokens of `article`.
pub fn read(model: &Model, article: &Marked) -> Vec<Label> {
    let reading = Reading::new(&article.text, Lexicon::builtin());
    let sentences = sentences(&reading.text);
    tag(model, WordClasses::builtin(), &mut Memo::default(), &reading, &sentences).labels
}

/// The gold label of each token: the outermost marks.
fn labels(text: &Text<'_>, marked: &Marked) -> Vec<Label> {
    let mut labels = vec![OUTSIDE; text.len()];
    for mark in marked.marks.iter().filter(|mark| mark.depth == 0) {
        let mut first = true;
        for (i, label) in labels.iter_mut().enumerate() {
            let span = text.token(i).span;
            if (span.end as usize) > mark.begin && (span.begin as usize) < mark.end {
                *label = if first { begin(mark.kind) } else { inside(mark.kind) };
                first = false;
            }
        }
    }
    labels
}

/// Exact names found, by type.
#[derive(Default)]
pub struct Score {
    /// Type → (right, found, gold).
    counts: BTreeMap<usize, (usize, usize, usize)>,
}

impl Score {
    pub fn add(&mut self, sample: &Sample, labels: &[Label]) {
        let (gold, found) = (names(&sample.labels), names(labels));
        for name in &gold {
            self.counts.entry(name.2).or_default().2 += 1;
        }
        for name in &found {
            let count = self.counts.entry(name.2).or_default();
            count.1 += 1;
            count.0 += usize::from(gold.contains(name));
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut total = (0, 0, 0);
        for (&kind, &(right, found, gold)) in &self.counts {
            total = (total.0 + right, total.1 + found, total.2 + gold);
            writeln!(f, "  {:<8} {}", markup::label(kind), figures(right, found, gold))?;
        }
        writeln!(f, "  {:<8} {}", "all", figures(total.0, total.1, total.2))
    }
}

fn figures(right: usize, found: usize, gold: usize) -> String {
    let share = |part: usize, of: usize| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    let (precision, recall) = (share(right, found), share(right, gold));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    format!("P {precision:.3} R {recall:.3} F1 {f1:.3} of {gold}")
}

/// The names in a row of labels: (first, after last, type).
fn names(labels: &[Label]) -> Vec<(usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let Some(kind) = labels::type_of(label) else { continue };
        match out.last_mut() {
            Some(last) if !labels::begins(label) && last.1 == i && last.2 == kind => last.1 = i + 1,
            _ => out.push((i, i + 1, kind)),
        }
    }
    out
}
