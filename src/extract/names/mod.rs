//! Names: who and what the article names.
//!
//! Takes a [`Reading`] and its sentences; gives [`Named`], the mentions with their spans, outermost ones first found by the trained
//! tagger ([`tagger`]), then those that nest in them. The lexicon goes into the tagger as features ([`features`]), beside
//! figures counted over news ([`classes`]). Names that the request brought come before what the tagger saw (`adhoc`). What stays
//! outside a mention (proclitics, quote marks) is decided here (`edges`). Linear in the tokens.

mod adhoc;
pub mod classes;
pub mod decode;
mod edges;
pub mod features;
pub mod labels;
pub mod model;
mod nested;
mod rules;
pub mod tagger;

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use crate::extract::Reading;
use crate::lexicon::EntryId;
use crate::lexicon::names::EntityType;
use crate::text::Span;

use classes::WordClasses;
use labels::{Label, OUTSIDE, TYPES};
use model::Model;
use tagger::{Memo, tag};

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

impl Named {
    /// An outermost mention over `tokens`, which no entry of the lexicon decided.
    fn new(kind: EntityType, span: Span, tokens: RangeInclusive<usize>, confidence: f32, rule: &'static str) -> Self {
        let (first, last) = tokens.into_inner();
        Self { kind, span, first, last, nested: false, confidence, rule, entry: None }
    }
}

/// The model, read at first use.
static BUILTIN: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../../../models/names.bin")));

thread_local! {
    /// What the built-in model says of the words that this thread met. No answer depends on what is in it.
    static MEMO: RefCell<Memo> = RefCell::default();
}

/// The mentions of an article, sorted by where they begin, the longer first. Only the tokens of `sentences` are read.
pub fn read(reading: &Reading<'_>, sentences: &[Range<usize>]) -> Vec<Named> {
    // A damaged model would be no reason to fail: the layer is then empty. A test holds that it reads.
    let Some(model) = &*BUILTIN else { return Vec::new() };
    MEMO.with_borrow_mut(|memo| read_with(model, memo, reading, sentences))
}

/// [`read`] with a model of the caller's. `memo` is for that model alone.
pub fn read_with(model: &Model, memo: &mut Memo, reading: &Reading<'_>, sentences: &[Range<usize>]) -> Vec<Named> {
    let tags = tag(model, WordClasses::builtin(), memo, reading, sentences);
    if reading.stop.asked() {
        return Vec::new();
    }
    let edges = edges::Edges::new(reading);
    let mut found = Vec::new();
    for run in reading.stop.unless_asked(runs(&tags.labels, sentences)) {
        let Some(kind) = tags.labels.get(run.start).and_then(|&label| TYPES.get(labels::type_of(label)?)) else {
            continue;
        };
        let Some((first, last, span)) = edges.trim(run.start, run.end - 1, *kind) else { continue };
        let weakest = tags.margins.get(run).unwrap_or_default().iter().copied().min().unwrap_or_default();
        let margin = f32::from(weakest) * model.scale();
        if matches!(kind, EntityType::Org | EntityType::Pers) && margin < SURE {
            continue;
        }
        let confidence = calibrated(margin);
        found.push(Named::new(*kind, span, first..=last, confidence, "names.tagger"));
    }
    let mut found = rules::mend(reading, sentences, &edges, found);
    nested::add(reading, &mut found);
    found.sort_by_key(|named| (named.span.begin, std::cmp::Reverse(named.span.end), named.nested));
    // A name of the request that nests may have been found to nest by the tables, too.
    found.dedup_by(|after, before| after.nested && before.nested && after.span == before.span);
    found
}

/// By how much a body or a person must be the best reading (natural logarithm of odds). The training articles are fuller of both than news are,
/// so the tagger sees too many: of the bodies below this two in three are none on the annotated articles, of the persons every second in
/// older newswire and most in dialect.
const SURE: f32 = 1.2;

/// The share of mentions that are right where the weakest of their labels is better than any other by `margin` (natural logarithm of
/// odds), in steps. Counted on mentions as they come out, rules included: those of the annotated articles (920) and those of the training
/// articles held out (4,700), which are harder; the steps lie between the two, nearer to the first, which are news.
///
/// | margin | annotated | held out | confidence |
/// |---|---|---|---|
/// | under 2.5 | 0.68 | 0.61 | 0.69 |
/// | 2.5 to 3.5 | 0.84 | 0.77 | 0.8 |
/// | 3.5 to 5 | 0.93 | 0.84 | 0.88 |
/// | 5 to 7 | 0.96 | 0.93 | 0.93 |
/// | 7 to 8 | 0.98 | 0.95 | 0.96 |
/// | 8 to 10 | 0.99 | 0.97 | 0.975 |
/// | over 10 | 1.00 | 0.98 | 0.985 |
fn calibrated(margin: f32) -> f32 {
    match margin {
        m if m < 2.5 => 0.69,
        m if m < 3.5 => 0.8,
        m if m < 5.0 => 0.88,
        m if m < 7.0 => 0.93,
        m if m < 8.0 => 0.96,
        m if m < 10.0 => 0.975,
        _ => 0.985,
    }
}

/// The runs of tokens that make names: a beginning and what goes on from it, within one sentence.
fn runs(labels: &[Label], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sentence in sentences {
        let mut begin = None;
        for i in sentence.clone() {
            let label = labels.get(i).copied().unwrap_or(OUTSIDE);
            if label == OUTSIDE || labels::begins(label) {
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
