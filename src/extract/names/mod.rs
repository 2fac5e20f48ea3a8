//! Names: who and what the article names.
//!
//! Takes a [`Reading`] and its sentences; gives [`Named`], the mentions with their spans, outermost ones first found by the trained
//! tagger ([`tagger`]), then those that nest in them. The lexicon goes into the tagger as features ([`features`]), beside
//! figures counted over news ([`classes`]). Names that the request brought come before what the tagger saw (`adhoc`). What stays outside a mention (proclitics, quote marks) is decided here (`edges`).
//! Linear in the tokens.

mod adhoc;
pub mod classes;
mod edges;
pub mod features;
mod nested;
mod rules;
pub mod tagger;

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::Reading;
use crate::lexicon::EntryId;
use crate::lexicon::names::EntityType;
use crate::text::Span;

use classes::WordClasses;
use tagger::{Article, Label, Model, Moves, OUTSIDE, TYPES};

/// A mention found in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// What it names.
    pub kind: EntityType,
    /// The words, particles and quote marks outside.
    pub span: Span,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// Whether it stands inside another mention.
    pub nested: bool,
    /// The share of mentions like this that are right, 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
    /// The entry of the lexicon that decided, where one did.
    pub entry: Option<EntryId>,
}

/// The model with its moves, read at first use.
static BUILTIN: LazyLock<Option<(Model, Moves)>> = LazyLock::new(|| {
    let model = Model::read(include_bytes!("../../../models/names.bin"))?;
    let moves = Moves::new(&model);
    Some((model, moves))
});

/// The mentions of an article, sorted by where they begin, the longer first. Only the tokens of `sentences` are read.
pub fn read(reading: &Reading<'_>, sentences: &[Range<usize>]) -> Vec<Named> {
    // A damaged model would be no reason to fail: the layer is then empty. A test holds that it reads.
    let Some((model, moves)) = &*BUILTIN else { return Vec::new() };
    let (labels, marginals) =
        label(model, moves, &Article::new(reading, WordClasses::builtin()), sentences, reading.text.len());
    let edges = edges::Edges::new(reading);
    let mut found = Vec::new();
    for run in runs(&labels, sentences) {
        let Some(kind) = labels.get(run.start).and_then(|&label| TYPES.get(tagger::type_of(label)?)) else { continue };
        let Some((first, last, span)) = edges.trim(run.start, run.end - 1, *kind) else { continue };
        let weakest = marginals.get(run).unwrap_or_default().iter().copied().fold(1.0, f32::min);
        let confidence = calibrated(weakest);
        found.push(Named {
            kind: *kind,
            span,
            first,
            last,
            nested: false,
            confidence,
            rule: "names.tagger",
            entry: None,
        });
    }
    let mut found = rules::mend(reading, sentences, &edges, found);
    nested::add(reading, &mut found);
    found.sort_by_key(|named| (named.span.begin, std::cmp::Reverse(named.span.end), named.nested));
    // A name of the request that nests may have been found to nest by the tables, too.
    found.dedup_by(|after, before| after.nested && before.nested && after.span == before.span);
    found
}

/// The share of mentions that are right where the weakest marginal of their tokens is `marginal`, in steps, as counted on the gold
/// articles (912 mentions): the marginals themselves promise too much.
fn calibrated(marginal: f32) -> f32 {
    match marginal {
        m if m < 0.5 => 0.45,
        m if m < 0.8 => 0.67,
        m if m < 0.99 => 0.85,
        m if m < 0.998 => 0.94,
        m if m < 0.9995 => 0.97,
        _ => 0.985,
    }
}

/// The labels and marginals of every token; tokens outside the sentences are outside names.
fn label(
    model: &Model,
    moves: &Moves,
    article: &Article,
    sentences: &[Range<usize>],
    length: usize,
) -> (Vec<Label>, Vec<f32>) {
    let scores = tagger::scores(model, article, sentences);
    let (mut labels, mut marginals) = (vec![OUTSIDE; length], vec![1.0; length]);
    for sentence in sentences {
        let Some(scores) = scores.get(sentence.clone()) else { continue };
        let decoded = tagger::decode(scores, moves);
        for ((i, label), marginal) in sentence.clone().zip(decoded.labels).zip(decoded.marginals) {
            if let (Some(slot), Some(share)) = (labels.get_mut(i), marginals.get_mut(i)) {
                (*slot, *share) = (label, marginal);
            }
        }
    }
    (labels, marginals)
}

/// The runs of tokens that make names: a beginning and what goes on from it, within one sentence.
fn runs(labels: &[Label], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sentence in sentences {
        let mut begin = None;
        for i in sentence.clone() {
            let label = labels.get(i).copied().unwrap_or(OUTSIDE);
            if label == OUTSIDE || tagger::begins(label) {
                out.extend(begin.map(|begin| begin..i));
                begin = (label != OUTSIDE).then_some(i);
            } else if begin.is_none() {
                begin = Some(i);
            }
        }
        out.extend(begin.map(|begin| begin..sentence.end));
    }
    out
}
