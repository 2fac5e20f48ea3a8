//! isnad reads Arabic news and answers with attributed facts, each tied to the exact words that carry it.

pub mod decimal;
pub mod extract;
pub mod lexicon;
#[cfg(feature = "service")]
pub mod page;
#[cfg(feature = "service")]
pub mod service;
pub mod stop;
pub mod text;
