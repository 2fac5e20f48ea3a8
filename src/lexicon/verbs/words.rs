//! The words of an article as forms of verbs.
//!
//! Takes the tokens and the verbs; gives [`VerbWords`]. Each distinct word is read once; asking costs nothing.

use crate::lexicon::Lexicon;
use crate::stop::Stop;
use crate::text::{Span, Text, TokenKind};

use super::VerbReading;

/// For each token of an article the forms of verbs that it can be.
#[derive(Clone, Debug, Default)]
pub struct VerbWords {
    /// For each distinct word where its readings begin and end; nothing read yet where the second is before the first.
    places: Vec<(u32, u32)>,
    readings: Vec<VerbReading>,
}

/// Not read yet.
const UNREAD: (u32, u32) = (1, 0);

impl VerbWords {
    /// Reads the words of `text`.
    pub fn read(text: &Text<'_>, lexicon: &Lexicon) -> Self {
        Self::unless(text, lexicon, Stop::never())
    }

    /// [`VerbWords::read`]; where it is asked to stop, not to the end.
    pub fn unless(text: &Text<'_>, lexicon: &Lexicon, stop: Stop<'_>) -> Self {
        let mut words = Self::default();
        for i in stop.unless_asked(0..text.len()).filter(|&i| text.kind(i) == TokenKind::Arabic) {
            let at = text.distinct(i) as usize;
            if at >= words.places.len() {
                words.places.resize(at + 1, UNREAD);
            }
            let Some(place) = words.places.get_mut(at).filter(|place| **place == UNREAD) else { continue };
            let begin = words.readings.len() as u32;
            lexicon.verbs().read(text.word(i), |reading| words.readings.push(reading));
            *place = (begin, words.readings.len() as u32);
        }
        words
    }

    /// The readings of token `i`: the whole word's first, then those with particles off. None where it is no form of a verb.
    pub fn at(&self, text: &Text<'_>, i: usize) -> &[VerbReading] {
        let place = self.places.get(text.distinct(i) as usize).copied().unwrap_or_default();
        self.readings.get(place.0 as usize..place.1 as usize).unwrap_or_default()
    }
}

impl VerbReading {
    /// Where token `i`, read so, stands without its particles, its article included.
    pub fn span(&self, text: &Text<'_>, i: usize) -> Span {
        let whole = text.token(i).span;
        let begin = (0..self.letters()).fold(whole.begin, |at, _| text.letter_end(i, at));
        Span::new(begin.min(whole.end), whole.end)
    }
}
