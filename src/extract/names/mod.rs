//! Names: who and what the article names.
//!
//! The trained tagger ([`tagger`]) proposes; the lexicon goes into it as features ([`features`]), beside figures counted
//! over news ([`classes`]).

pub mod classes;
pub mod features;
pub mod tagger;
