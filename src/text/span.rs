//! Spans in the article as it was sent, and the units in which callers count.
//!
//! Inside the engine every offset is a UTF-8 byte offset into the original text ([`Span`]); offsets into normalised
//! text have a type of their own ([`NormSpan`]), so the two cannot be mixed up. The caller's unit is made once, at the
//! edge, by [`OffsetMap`].

/// A half-open range of UTF-8 bytes in the original text. Both ends stand on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub begin: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A half-open range of UTF-8 bytes in normalised text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NormSpan {
    /// The first byte.
    pub begin: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `begin` to `end`, in bytes.
    pub const fn new(begin: u32, end: u32) -> Self {
        Self { begin, end }
    }

    /// The number of bytes in the span.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.begin)
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.begin
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self { begin: self.begin.min(other.begin), end: self.end.max(other.end) }
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// The words of the span in `text`; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }
}

/// The unit in which a caller counts offsets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OffsetUnit {
    /// UTF-8 bytes: Rust, Go.
    #[default]
    Utf8Byte,
    /// UTF-16 code units: Java, `JavaScript`, C#.
    Utf16CodeUnit,
    /// Unicode code points: Python.
    UnicodeCodePoint,
}

/// How many bytes lie between two checkpoints of an [`OffsetMap`].
const STRIDE: usize = 256;

/// Converts byte offsets of one text into the caller's unit.
///
/// Built in one pass over the text; a look-up counts at most 256 bytes from a checkpoint, so any number of
/// look-ups in any order costs constant time each. For [`OffsetUnit::Utf8Byte`] nothing is built at all.
#[derive(Debug)]
pub struct OffsetMap<'a> {
    text: &'a [u8],
    unit: OffsetUnit,
    /// Units before byte `STRIDE * i`.
    checkpoints: Vec<u32>,
}

/// The units that the character opened by `byte` takes; 0 for a byte inside a character.
const fn units(byte: u8, unit: OffsetUnit) -> u32 {
    match unit {
        OffsetUnit::Utf8Byte => 1,
        _ if byte & 0xC0 == 0x80 => 0,
        OffsetUnit::Utf16CodeUnit if byte >= 0xF0 => 2,
        OffsetUnit::Utf16CodeUnit | OffsetUnit::UnicodeCodePoint => 1,
    }
}

impl<'a> OffsetMap<'a> {
    /// A map for `text` into `unit`. Cost: one pass; 4 bytes of memory for each 256 of text.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let text = text.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != OffsetUnit::Utf8Byte {
            checkpoints.reserve(text.len() / STRIDE + 1);
            let mut total = 0;
            for chunk in text.chunks(STRIDE) {
                checkpoints.push(total);
                total += chunk.iter().map(|&b| units(b, unit)).sum::<u32>();
            }
        }
        Self { text, unit, checkpoints }
    }

    /// The offset in the caller's unit of the character at `byte`; past the end, the length of the text.
    pub fn offset(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        if self.unit == OffsetUnit::Utf8Byte {
            return byte as u32;
        }
        // A text of a whole number of strides has no checkpoint at its very end: count from the last one.
        let stride = (byte / STRIDE).min(self.checkpoints.len().saturating_sub(1));
        let counted = self.checkpoints.get(stride).copied().unwrap_or_default();
        let rest = self.text.get(stride * STRIDE..byte).unwrap_or_default();
        counted + rest.iter().map(|&b| units(b, self.unit)).sum::<u32>()
    }

    /// Both ends of `span` in the caller's unit.
    pub fn range(&self, span: Span) -> (u32, u32) {
        (self.offset(span.begin), self.offset(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Every unit agrees with a naive count at every character boundary.
        #[test]
        fn units_agree_with_a_naive_count(text in "(?s).{0,400}", copies in 1usize..4) {
            let text = text.repeat(copies);
            let utf16 = OffsetMap::new(&text, OffsetUnit::Utf16CodeUnit);
            let points = OffsetMap::new(&text, OffsetUnit::UnicodeCodePoint);
            let bytes = OffsetMap::new(&text, OffsetUnit::Utf8Byte);
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let (before, _) = text.split_at(at);
                prop_assert_eq!(utf16.offset(at as u32) as usize, before.encode_utf16().count());
                prop_assert_eq!(points.offset(at as u32) as usize, before.chars().count());
                prop_assert_eq!(bytes.offset(at as u32) as usize, at);
            }
        }
    }

    #[test]
    fn joins_and_compares() {
        let (a, b) = (Span::new(2, 5), Span::new(5, 9));
        assert_eq!(a.join(b), Span::new(2, 9));
        assert!(!a.overlaps(b) && Span::new(0, 3).overlaps(a) && Span::new(0, 9).contains(a));
        assert_eq!(Span::new(4, 6).of("باب"), "ب");
    }
}
