//! Words as numbers: each folded form once, so that everything above compares integers.
//!
//! Most look-ups are for words that the vocabulary lacks (a word less its possible proclitics), so a bit a word answers them from a
//! table small enough to stay in cache, before the map is asked.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The number of a folded word form. Below [`Vocabulary::len`] it means the same word in every article; above, a word that
/// this one article brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// How many bits the filter has: 128 KiB.
const FILTER_BITS: usize = 1 << 20;

/// The folded words that the lexicon knows.
#[derive(Debug)]
pub struct Vocabulary {
    ids: HashTable<WordId>,
    words: Vec<Box<str>>,
    /// For every known word the bit of its hash.
    filter: Vec<u64>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { ids: HashTable::new(), words: Vec::new(), filter: Vec::new() }
    }
}

/// The words are the project's own, so nobody can choose them to collide; look-ups of an article's words only read.
fn hash(word: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(word)
}

/// The place of a hash in the filter: which number, which bit of it. The map uses the hash's other bits.
fn bit(hash: u64) -> (usize, u64) {
    let bit = (hash >> 20) as usize % FILTER_BITS;
    (bit / 64, 1 << (bit % 64))
}

impl Vocabulary {
    /// The number of `word` (in match form), added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.get(word) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        let hash_here = hash(word);
        self.words.push(word.into());
        let words = &self.words;
        self.ids.insert_unique(hash_here, id, |id| words.get(id.0 as usize).map_or(0, |word| hash(word)));
        if self.filter.is_empty() {
            self.filter = vec![0; FILTER_BITS / 64];
        }
        let (place, mask) = bit(hash_here);
        if let Some(bits) = self.filter.get_mut(place) {
            *bits |= mask;
        }
        id
    }

    /// The number of `word` (in match form), if it is known.
    pub fn get(&self, word: &str) -> Option<WordId> {
        let hash = hash(word);
        let (place, mask) = bit(hash);
        if self.filter.get(place).is_none_or(|bits| bits & mask == 0) {
            return None;
        }
        self.ids.find(hash, |id| self.words.get(id.0 as usize).is_some_and(|known| **known == *word)).copied()
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
