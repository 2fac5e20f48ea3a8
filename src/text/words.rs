//! Words as numbers: each folded form once, so that everything above compares integers.

use rustc_hash::FxHashMap;

/// The number of a folded word form. Below [`Vocabulary::len`] it means the same word in every article; above, a word that
/// this one article brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// The folded words that the lexicon knows.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    words: Vec<Box<str>>,
}

impl Vocabulary {
    /// The number of `word` (in match form), added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        self.words.push(word.into());
        self.ids.insert(word.into(), id);
        id
    }

    /// The number of `word` (in match form), if it is known.
    pub fn get(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The folded form behind a number; empty for a number of another vocabulary.
    pub fn word(&self, id: WordId) -> &str {
        self.words.get(id.0 as usize).map_or("", |word| word)
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
