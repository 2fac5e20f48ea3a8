//! Sentence boundaries over tokens.
//!
//! A sentence ends at a line break and after `.`, `!`, `?`, `؟` with the quote marks and brackets that close on it. A dot
//! ends none inside a number (`1.5`), an abbreviation of one letter (`د.` "Dr"), a Latin name (`U.S.`, `isnad.org`), or
//! when two or more stand together (`..` is a pause in Arabic newswriting). Linear in the tokens.

use std::ops::Range;

use super::tokens::{Text, TokenKind};

/// The sentences of `text` as ranges of tokens; together they hold every token once.
pub fn sentences(text: &Text<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut begin = 0;
    let mut i = 0;
    while i < text.len() {
        if i > begin && text.opens_line(i) {
            out.push(begin..i);
            begin = i;
        }
        let mut end = i + 1;
        if ends_sentence(text, i) {
            while end < text.len() && text.glued(end) && closes(text.word(end)) {
                end += 1;
            }
            out.push(begin..end);
            begin = end;
        }
        i = end;
    }
    if begin < text.len() {
        out.push(begin..text.len());
    }
    out
}

/// Whether the match form is a mark that can close on a full stop.
fn closes(word: &str) -> bool {
    matches!(word, "\"" | "'" | ")" | "]" | "!" | "?")
}

fn ends_sentence(text: &Text<'_>, i: usize) -> bool {
    // Most tokens are words: their kind is at hand, their letters are two steps off.
    if text.kind(i) != TokenKind::Punctuation {
        return false;
    }
    match text.word(i) {
        "!" | "?" => !(text.glued(i + 1) && matches!(text.word(i + 1), "!" | "?" | ".")),
        "." => {
            let doubled = (text.glued(i) && text.word(i.wrapping_sub(1)) == ".")
                || (text.glued(i + 1) && text.word(i + 1) == ".");
            let inside = text.glued(i + 1) && text.glued(i) && !closes(text.word(i + 1)) && {
                let (before, after) = (text.kind(i.wrapping_sub(1)), text.kind(i + 1));
                after != TokenKind::Arabic || before != TokenKind::Arabic
            };
            let letter = text.glued(i)
                && text.kind(i.wrapping_sub(1)) == TokenKind::Arabic
                && text.word(i.wrapping_sub(1)).chars().nth(1).is_none();
            let initial = text.glued(i)
                && text.kind(i.wrapping_sub(1)) == TokenKind::Foreign
                && text.word(i.wrapping_sub(1)).len() == 1
                && !text.opens_line(i + 1);
            !doubled && !inside && !letter && !initial
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;

    #[test]
    fn ends_where_a_reader_pauses_for_good() {
        for (source, wanted) in [
            ("قال نعم. ثم ذهب.", vec!["قال نعم.", "ثم ذهب."]),
            ("نما 1.5 بالمئة. وزاد", vec!["نما 1.5 بالمئة.", "وزاد"]),
            ("وصل د. سالم اليوم.", vec!["وصل د. سالم اليوم."]),
            ("قال \"نعم.\" ثم", vec!["قال \"نعم.\"", "ثم"]),
            ("توقف.. ثم عاد؟ نعم!", vec!["توقف.. ثم عاد؟", "نعم!"]),
            ("عنوان بلا نقطة\nنص", vec!["عنوان بلا نقطة", "نص"]),
            ("انتهى.وقال", vec!["انتهى.", "وقال"]),
        ] {
            let vocabulary = Vocabulary::default();
            let text = Text::new(source, &vocabulary);
            let found: Vec<&str> =
                sentences(&text).into_iter().map(|range| text.span(range.start, range.end - 1).of(source)).collect();
            assert_eq!(found, wanted);
        }
    }
}
