//! Many phrases found in one pass: a trie over word numbers.

use rustc_hash::FxHashMap;

use crate::text::{Form, Text, WordId};

use super::EntryId;

/// A node of the trie; 0 is the root.
type Node = u32;

/// The phrases of the lexicon.
#[derive(Debug)]
pub(super) struct Phrases {
    /// The node after a first word, by word number; 0 where no phrase begins so. Empty where phrases are few.
    first: Vec<Node>,
    /// Whether phrases are few beside the words, so that first words are in `next` like the others.
    few: bool,
    /// The node after a further word.
    next: FxHashMap<(Node, WordId), Node>,
    /// The entries of the phrase that ends at a node.
    entries: Vec<Vec<EntryId>>,
    /// Whether a longer phrase goes on from a node: from most none does, and `next` need not be asked.
    goes_on: Vec<bool>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            few: false,
            next: FxHashMap::default(),
            entries: vec![Vec::new()],
            goes_on: vec![true],
        }
    }
}

impl Phrases {
    /// For phrases that are few beside the words: nothing is as long as the vocabulary.
    pub(super) fn few() -> Self {
        Self { few: true, ..Self::default() }
    }

    /// Adds a phrase, in match forms.
    pub(super) fn add(&mut self, words: &[WordId], entry: EntryId) {
        let mut node: Node = 0;
        for (place, &word) in words.iter().enumerate() {
            let fresh = self.entries.len() as Node;
            if let Some(goes_on) = self.goes_on.get_mut(node as usize) {
                *goes_on = true;
            }
            let slot = if place == 0 && !self.few {
                let at = word.0 as usize;
                if at >= self.first.len() {
                    self.first.resize(at + 1, 0);
                }
                self.first.get_mut(at)
            } else {
                Some(self.next.entry((node, word)).or_insert(0))
            };
            let Some(slot) = slot else { return };
            if *slot == 0 {
                *slot = fresh;
                self.entries.push(Vec::new());
                self.goes_on.push(false);
            }
            node = *slot;
        }
        if node != 0
            && let Some(entries) = self.entries.get_mut(node as usize)
            && !entries.contains(&entry)
        {
            entries.push(entry);
        }
    }

    /// The node after the first word `word`; 0 where no phrase begins so.
    fn opening(&self, word: WordId) -> Node {
        if self.few {
            return self.next.get(&(0, word)).copied().unwrap_or(0);
        }
        self.first.get(word.0 as usize).copied().unwrap_or(0)
    }

    /// The entries of exactly the phrase `words`.
    pub(super) fn exact(&self, words: &[WordId]) -> &[EntryId] {
        let Some((first, rest)) = words.split_first() else { return &[] };
        let mut node = self.opening(*first);
        for &word in rest {
            node = if node == 0 { 0 } else { self.next.get(&(node, word)).copied().unwrap_or(0) };
        }
        self.entries.get(node as usize).map_or(&[], Vec::as_slice)
    }

    /// Calls `found(last token, entry)` for every phrase that begins at token `i` read as `form`, shortest first. A phrase
    /// stays within its line.
    pub(super) fn starting(&self, text: &Text<'_>, i: usize, form: Form, mut found: impl FnMut(usize, EntryId)) {
        let mut node = self.opening(form.word);
        let mut last = i;
        while node != 0 {
            for &entry in self.entries.get(node as usize).map_or(&[][..], Vec::as_slice) {
                found(last, entry);
            }
            if !self.goes_on.get(node as usize).is_some_and(|&goes_on| goes_on) {
                return;
            }
            last += 1;
            node = match text.id(last) {
                Some(word) if !text.opens_line(last) => self.next.get(&(node, word)).copied().unwrap_or(0),
                _ => 0,
            };
        }
    }
}
