//! Word classes: figures about 145,000 words of news, as one compact table.
//!
//! For each word in match form (digits as 0): its class by exchange clustering (800 classes) and by k-means over word
//! vectors in four sizes, and how often it was met. The table `models/word_classes.bin` is made by
//! `cargo run --release --example word_classes` from counts over 45 million words of Arabic news; it holds hashes and figures,
//! no text. A look-up is one hash and on the average 1.4 slots.

/// How many clusterings there are.
pub const CLUSTERINGS: usize = 5;

/// Bits of each clustering's class, then of the frequency, then of the fingerprint, from the lowest bit up.
const WIDTHS: [u32; CLUSTERINGS] = [10, 6, 8, 10, 12];
const FREQUENCY_BITS: u32 = 4;
const FINGERPRINT_BITS: u32 = 14;

/// Where the numbers of each clustering's classes begin, if all classes are numbered one clustering after the other; last, how many there are.
pub const FIRST_CLASS: [u16; CLUSTERINGS + 1] = {
    let [a, b, c, d, e] = WIDTHS;
    let (one, two, three, four) = (1 << a, 1 << b, 1 << c, 1 << d);
    [0, one, one + two, one + two + three, one + two + three + four, one + two + three + four + (1 << e)]
};

/// What is known of a word by counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordClass {
    /// The class in each clustering: exchange, then k-means from coarse to fine.
    pub classes: [u16; CLUSTERINGS],
    /// Log base 2 of its count, less 3; at most 15.
    pub frequency: u8,
}

/// The table, as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub struct WordClasses {
    slots: &'static [u8],
}

static BUILTIN: &[u8] = include_bytes!("../../../models/word_classes.bin");

/// A hash that means the same on every machine and in every version: XXH3, 64 bits.
pub fn stable_hash(bytes: &[u8]) -> u64 {
    twox_hash::XxHash3_64::oneshot(bytes)
}

impl WordClasses {
    /// The table that is built in.
    pub fn builtin() -> Self {
        Self { slots: BUILTIN }
    }

    /// What is known of `word` (match form, any digit written 0).
    pub fn get(self, word: &str) -> Option<WordClass> {
        let count = self.slots.len() / 8;
        let hash = stable_hash(word.as_bytes());
        let fingerprint = fingerprint(hash);
        let mut slot = (hash as usize) & count.checked_sub(1)?;
        // The table is built with free slots; the bound only guards against a damaged file.
        for _ in 0..count {
            let bytes = self.slots.get(slot * 8..slot * 8 + 8)?;
            let entry = u64::from_le_bytes(bytes.try_into().ok()?);
            if entry == 0 {
                return None;
            }
            if entry >> (64 - FINGERPRINT_BITS) == fingerprint {
                return Some(unpack(entry));
            }
            slot = (slot + 1) & (count - 1);
        }
        None
    }
}

/// The upper bits of a hash, never zero, so that no entry is.
fn fingerprint(hash: u64) -> u64 {
    (hash >> (64 - FINGERPRINT_BITS)).max(1)
}

fn unpack(entry: u64) -> WordClass {
    let mut classes = [0; CLUSTERINGS];
    let mut shift = 0;
    for (class, width) in classes.iter_mut().zip(WIDTHS) {
        *class = ((entry >> shift) & ((1 << width) - 1)) as u16;
        shift += width;
    }
    WordClass { classes, frequency: ((entry >> shift) & ((1 << FREQUENCY_BITS) - 1)) as u8 }
}

/// Lays out a table of `words`, for the example that makes the file. The number of slots is a power of two at most 60 % full;
/// a word whose fingerprint another has within its run is left out.
pub fn pack(words: &[(&str, WordClass)]) -> Vec<u8> {
    let count = (words.len() * 5 / 3).next_power_of_two();
    let mut slots = vec![0u64; count];
    for (word, class) in words {
        let hash = stable_hash(word.as_bytes());
        let mut entry = fingerprint(hash) << (64 - FINGERPRINT_BITS);
        let mut shift = 0;
        for (&class, width) in class.classes.iter().zip(WIDTHS) {
            entry |= u64::from(class) << shift;
            shift += width;
        }
        entry |= u64::from(class.frequency) << shift;
        let mut slot = (hash as usize) & (count - 1);
        while let Some(place) = slots.get_mut(slot) {
            if *place == 0 {
                *place = entry;
                break;
            }
            if *place >> (64 - FINGERPRINT_BITS) == fingerprint(hash) {
                break;
            }
            slot = (slot + 1) & (count - 1);
        }
    }
    slots.into_iter().flat_map(u64::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packs_and_unpacks() {
        let class = WordClass { classes: [799, 63, 255, 999, 2999], frequency: 15 };
        let other = WordClass { classes: [1, 2, 3, 4, 5], frequency: 0 };
        let slots = pack(&[("العراق", class), ("موسكو", other)]);
        let table = WordClasses { slots: slots.leak() };
        assert_eq!(table.get("العراق"), Some(class));
        assert_eq!(table.get("موسكو"), Some(other));
        assert_eq!(table.get("بغداد"), None);
    }

    #[test]
    fn knows_the_words_of_news() {
        let table = WordClasses::builtin();
        assert!(table.get("في").is_some_and(|class| class.frequency == 15));
        assert!(table.get("قققققق").is_none());
    }
}
