//! The ground floor: what an article is before anything is understood.
//!
//! Takes the original UTF-8 text; gives spans, folded forms with a way back to the original, tokens with their possible
//! proclitics, and sentence boundaries. Knows no lexicon table and no layer: the words that are known reach it as a
//! [`Vocabulary`]. Everything here is linear in the text.

pub mod fold;
mod sentences;
mod span;
mod tokens;
mod words;

pub use sentences::sentences;
pub use span::{NormSpan, OffsetMap, OffsetUnit, Span};
pub use tokens::{Form, Proclitics, Text, Token, TokenKind, proclitic_splits};
pub use words::{Vocabulary, WordId};
