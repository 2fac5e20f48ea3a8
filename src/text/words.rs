//! Words as numbers: each folded form once, so that everything above compares integers.
//!
//! Most look-ups are for words that the vocabulary lacks (a word less its possible proclitics), so a bit a word answers them from a
//! table small enough to stay in cache, before the map is asked.
//!
//! A vocabulary can lie over another: it asks that one first and numbers its own words after it. What lies underneath is shared
//! and never copied.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

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
    /// The vocabulary that this one lies over.
    base: Option<Arc<Vocabulary>>,
    /// The number of the first word of its own.
    first: u32,
    ids: HashTable<WordId>,
    words: Vec<Box<str>>,
    /// For every known word the bit of its hash; none where it lies over another, whose filter would have let the word through:
    /// its own map is small.
    filter: Vec<u64>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self { base: None, first: 0, ids: HashTable::new(), words: Vec::new(), filter: Vec::new() }
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

/// The word behind `id` among those whose first has the number `first`.
fn own(words: &[Box<str>], first: u32, id: WordId) -> Option<&str> {
    words.get(id.0.checked_sub(first)? as usize).map(|word| &**word)
}

impl Vocabulary {
    /// A vocabulary that knows the words of `base`, and will know more.
    pub fn over(base: Arc<Self>) -> Self {
        Self { first: base.len() as u32, base: Some(base), ..Self::default() }
    }

    /// The number of `word` (in match form), added if it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.get(word) {
            return id;
        }
        let id = WordId(self.len() as u32);
        let hash_here = hash(word);
        self.words.push(word.into());
        let (words, first) = (&self.words, self.first);
        self.ids.insert_unique(hash_here, id, |id| own(words, first, *id).map_or(0, hash));
        if self.base.is_some() {
            return id;
        }
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
        if self.filter.get(place).is_some_and(|bits| bits & mask == 0) {
            return None;
        }
        let below = self.base.as_deref().and_then(|base| base.get(word));
        below.or_else(|| self.ids.find(hash, |&id| own(&self.words, self.first, id) == Some(word)).copied())
    }

    /// The folded form behind a number; empty for a number of another vocabulary.
    pub fn word(&self, id: WordId) -> &str {
        match &self.base {
            Some(base) if id.0 < self.first => base.word(id),
            _ => own(&self.words, self.first, id).unwrap_or_default(),
        }
    }

    /// How many words are known.
    pub fn len(&self) -> usize {
        self.first as usize + self.words.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lies_over_another() {
        let mut base = Vocabulary::default();
        let (one, two) = (base.intern("بغداد"), base.intern("دمشق")); // Baghdad, Damascus
        let mut over = Vocabulary::over(Arc::new(base));
        assert_eq!(over.intern("دمشق"), two);
        let three = over.intern("النور"); // the light
        assert_eq!((three, over.len()), (WordId(2), 3));
        assert_eq!([one, two, three].map(|id| over.word(id)), ["بغداد", "دمشق", "النور"]);
        assert_eq!(["بغداد", "النور", "حلب"].map(|word| over.get(word)), [Some(one), Some(three), None]);
        assert_eq!(over.word(WordId(9)), "");
    }
}
