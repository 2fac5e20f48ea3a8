//! Any text by any folds: folding twice changes nothing, the edits tile both texts and lead both ways.
#![no_main]

use isnad::text::fold::{Folds, Normalized, normalize};
use isnad::text::{NormSpan, Span};
use isnad_fuzz::{mutate, number, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    // Any set of folds costs the making of its table: most inputs go by the profiles, whose tables are kept.
    let number = number(&text);
    let any = (number % 8 == 0).then(|| Folds::from_bits_truncate((number >> 8) as u16));
    for folds in any.into_iter().chain([Folds::DISPLAY, Folds::SEARCH, Folds::MATCH]) {
        let folded = normalize(&text, folds);
        tiles(&text, &folded);
        leads_back(&folded);
        assert_eq!(normalize(&folded.text, folds).text, folded.text, "{folds:?} twice");
    }
});

/// Between edits both texts are the same; each edit leads to its other side.
fn tiles(text: &str, folded: &Normalized) {
    let (mut here, mut there) = (0, 0);
    for edit in &folded.edits {
        let (original, normalized) = (edit.original, edit.normalized);
        assert!(original.begin < original.end && normalized.begin <= normalized.end, "{edit:?}");
        assert!(here <= original.begin && there <= normalized.begin, "{edit:?}");
        assert_eq!(cut(text, here, original.begin), cut(&folded.text, there, normalized.begin));
        assert_eq!(folded.to_normalized(original), normalized);
        if normalized.begin < normalized.end {
            assert_eq!(folded.to_original(normalized), original);
        }
        (here, there) = (original.end, normalized.end);
    }
    assert_eq!(cut(text, here, text.len() as u32), cut(&folded.text, there, folded.text.len() as u32));
}

fn cut(text: &str, begin: u32, end: u32) -> &str {
    text.get(begin as usize..end as usize).unwrap_or_else(|| panic!("{begin}..{end} cuts no words of {text:?}"))
}

/// Every character of the folded text comes from somewhere.
fn leads_back(folded: &Normalized) {
    for (at, c) in folded.text.char_indices() {
        let here = NormSpan { begin: at as u32, end: (at + c.len_utf8()) as u32 };
        let original: Span = folded.to_original(here);
        assert!(!original.is_empty(), "{here:?} comes from nowhere");
        let again = folded.to_normalized(original);
        assert!(
            again.begin <= here.begin && here.end <= again.end,
            "{here:?} leads to {original:?} leads to {again:?}"
        );
    }
}
