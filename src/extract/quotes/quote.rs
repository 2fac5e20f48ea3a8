//! What comes out of the layer: quotes as plain data.

use crate::extract::extraction::{Reason, TextValue};
use crate::lexicon::reporting::Stance;
use crate::text::Span;

/// Something that the article reports somebody as saying.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What is said: inside the marks, or the clause behind `أن`.
    pub span: Span,
    /// How it is told.
    pub kind: QuoteKind,
    /// The saying word without its particles.
    pub cue: Option<TextValue>,
    /// The words that name the speaker in place.
    pub speaker: Option<Span>,
    /// Who speaks, as places in [`Extraction::entities`](crate::extract::Extraction::entities).
    pub speakers: Vec<usize>,
    /// Who carried it, the same way.
    pub sources: Vec<usize>,
    /// What the speaker does by it; none where no word says.
    pub stance: Option<Stance>,
    /// The share of quotes like this that are right, 0 to 1.
    pub confidence: f32,
    /// Why it was found.
    pub reason: Reason,
}

/// How a quote is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Word for word.
    Direct,
    /// A reported clause or a noun phrase that carries the statement.
    Indirect,
    /// A reported clause with four words or more in marks.
    Mixed,
}
