//! Which tokens another layer has taken already.
//!
//! A bit for each token; building and asking cost what they touch.

use crate::text::{Span, Text};

/// The tokens that an earlier layer has taken.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    tokens: Vec<bool>,
}

impl Taken {
    /// None of the tokens of `text`.
    pub fn none(text: &Text<'_>) -> Self {
        Self { tokens: vec![false; text.len()] }
    }

    /// The tokens of `text` that `spans` touch.
    pub fn of(text: &Text<'_>, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut taken = Self::none(text);
        for span in spans {
            let mut i = text.token_at(span.begin);
            // A span that begins after a proclitic begins inside its token.
            if i > 0 && text.token(i - 1).span.end > span.begin {
                i -= 1;
            }
            while i < text.len() && text.token(i).span.begin < span.end {
                if let Some(token) = taken.tokens.get_mut(i) {
                    *token = true;
                }
                i += 1;
            }
        }
        taken
    }

    /// Whether any token from `first` to `last` is taken.
    pub fn any(&self, first: usize, last: usize) -> bool {
        self.tokens.get(first..=last).is_some_and(|tokens| tokens.contains(&true))
    }
}
