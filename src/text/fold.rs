//! Folding: writing that means the same brought to one form, with a way back for every offset.
//!
//! [`normalize`] takes text and a set of [`Folds`]; it gives the folded text and the list of [`Edit`]s, from which
//! [`Normalized::to_original`] and [`Normalized::to_normalized`] map any span both ways. Cost: one table look-up a code
//! point, one edit a changed place; the folds that look at runs ([`Folds::WHITESPACE`], [`Folds::ELONGATION`]) add a second
//! pass. Folding twice changes nothing.
//!
//! The engine itself matches on [`Folds::MATCH`], through [`Folder::push`], one word at a time.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::span::{NormSpan, Span};

bitflags::bitflags! {
    /// What a normalisation folds. Each fold has one bit; profiles are unions.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Folds: u16 {
        /// U+0640 ARABIC TATWEEL is dropped.
        const TATWEEL = 1;
        /// Short vowels, shadda, sukun, superscript alef, combining hamza and madda, Quranic marks are dropped.
        const DIACRITICS = 1 << 1;
        /// أ إ آ ٱ ٲ ٳ ٵ become ا.
        const ALEF = 1 << 2;
        /// ى becomes ي.
        const ALEF_MAQSURA = 1 << 3;
        /// ة becomes ه.
        const TEH_MARBUTA = 1 << 4;
        /// ؤ becomes و, ئ becomes ي.
        const HAMZA_SEATS = 1 << 5;
        /// The forms of U+FB50–U+FDFF and U+FE70–U+FEFC become the letters that they show (NFKC, without the space that NFKC
        /// puts under a lone mark).
        const PRESENTATION_FORMS = 1 << 6;
        /// Persian, Urdu and Kurdish shapes of letters that Arabic has too become the Arabic ones: ک ڪ → ك, ی ې ے ێ → ي,
        /// ہ ھ ە ۀ ۂ → ه, ۃ → ة, ۆ ۇ → و. Letters that Arabic lacks (پ چ ژ گ ڤ) stay.
        const PERSIAN_LETTERS = 1 << 7;
        /// Arabic-Indic, extended Arabic-Indic and full-width digits become ASCII digits.
        const DIGITS = 1 << 8;
        /// Arabic and typographic punctuation becomes ASCII: ، ؛ ؟ ٪ ٫ ٬ ۔ ٭, quote marks, dashes, the ellipsis.
        const PUNCTUATION = 1 << 9;
        /// A run of white space becomes one space, or one line feed where it holds a line break.
        const WHITESPACE = 1 << 10;
        /// Bidi controls, zero-width characters, the soft hyphen and the byte order mark are dropped.
        const BIDI_CONTROLS = 1 << 11;
        /// Three or more of the same letter in a row become one (مرحبااااا "helloooo").
        const ELONGATION = 1 << 12;

        /// Only what no reader sees.
        const DISPLAY = Self::PRESENTATION_FORMS.bits() | Self::BIDI_CONTROLS.bits();
        /// What Lucene's Arabic normalisation folds (tatweel, harakat, alef forms, ى, ة) and what a search wants beside it.
        const SEARCH = Self::TATWEEL.bits() | Self::DIACRITICS.bits() | Self::ALEF.bits() | Self::ALEF_MAQSURA.bits()
            | Self::TEH_MARBUTA.bits() | Self::PRESENTATION_FORMS.bits() | Self::PERSIAN_LETTERS.bits()
            | Self::DIGITS.bits() | Self::BIDI_CONTROLS.bits();
        /// What the engine matches its lexicon on (there Latin letters are compared without regard to case as well).
        const MATCH = Self::SEARCH.bits() | Self::HAMZA_SEATS.bits() | Self::PUNCTUATION.bits();
    }
}

/// One changed place: the words of `original` stand as `normalized` in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it stands in the original.
    pub original: Span,
    /// Where it stands in the folded text; empty where it was dropped.
    pub normalized: NormSpan,
    /// The fold that changed it; where several did, the first.
    pub fold: Folds,
}

/// Folded text with its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    /// The folded text.
    pub text: String,
    /// What was changed, in order; between edits the two texts are the same byte for byte.
    pub edits: Vec<Edit>,
}

impl Normalized {
    /// The original words that `span` of the folded text comes from; an end inside an edit takes the whole edit.
    pub fn to_original(&self, span: NormSpan) -> Span {
        let map = |at: u32, end: bool| {
            let shift =
                |edit: &Edit| (edit.normalized.begin, edit.normalized.end, edit.original.begin, edit.original.end);
            map_offset(&self.edits, at, end, shift)
        };
        let begin = map(span.begin, false);
        Span { begin, end: map(span.end, true).max(begin) }
    }

    /// Where `span` of the original stands in the folded text; an end inside an edit takes the whole edit.
    pub fn to_normalized(&self, span: Span) -> NormSpan {
        let map = |at: u32, end: bool| {
            let shift =
                |edit: &Edit| (edit.original.begin, edit.original.end, edit.normalized.begin, edit.normalized.end);
            map_offset(&self.edits, at, end, shift)
        };
        let begin = map(span.begin, false);
        NormSpan { begin, end: map(span.end, true).max(begin) }
    }
}

/// Maps one offset over `edits`; `sides` gives (begin here, end here, begin there, end there) of an edit.
fn map_offset(edits: &[Edit], at: u32, end: bool, sides: impl Fn(&Edit) -> (u32, u32, u32, u32)) -> u32 {
    // A beginning lies after an edit that ends where it stands; an end lies before an edit that begins there.
    let passed = edits.partition_point(|edit| {
        let (begin, finish, ..) = sides(edit);
        if end { begin < at && finish <= at } else { finish <= at }
    });
    if let Some(edit) = edits.get(passed) {
        let (begin, _, there_begin, there_end) = sides(edit);
        if begin < at {
            return if end { there_end } else { there_begin };
        }
    }
    match passed.checked_sub(1).and_then(|last| edits.get(last)) {
        Some(edit) => {
            let (_, finish, _, there_end) = sides(edit);
            there_end + (at - finish)
        }
        None => at,
    }
}

/// Folds `text` by `folds`.
pub fn normalize(text: &str, folds: Folds) -> Normalized {
    let mapped = Folder::cached(folds).map_or_else(|| Folder::new(folds).fold(text), |folder| folder.fold(text));
    if !folds.intersects(Folds::WHITESPACE | Folds::ELONGATION) {
        return mapped;
    }
    let squeezed = squeeze(&mapped.text, folds);
    Normalized { edits: compose(&mapped.edits, &squeezed.edits), text: squeezed.text }
}

/// What a code point becomes under one set of folds.
#[derive(Clone, Debug)]
struct Replacement {
    fold: Folds,
    text: Box<str>,
}

const PAGE: usize = 64;
const PAGES: usize = 0x1_0000 / PAGE;

/// The compiled table of one set of folds: a look-up a code point. Code points beyond U+FFFF are never changed.
#[derive(Debug)]
pub struct Folder {
    /// For each 64 code points the number of their page in `pages`; page 0 changes nothing.
    index: Box<[u8]>,
    /// For each code point of a page 0, or 1 + its place in `replacements`.
    pages: Vec<[u16; PAGE]>,
    replacements: Vec<Replacement>,
}

/// The code points that any fold may change, as inclusive ranges.
const CHANGEABLE: &[(u32, u32)] = &[
    (0x00A0, 0x00BF), // soft hyphen, « »
    (0x0600, 0x06FF), // Arabic
    (0x08CA, 0x08FF), // Arabic marks
    (0x2000, 0x206F), // general punctuation and controls
    (0x2212, 0x2212), // minus sign
    (0x3000, 0x303F), // CJK quote marks do occur in pasted pages
    (0xFB50, 0xFDFF), // presentation forms A
    (0xFE70, 0xFEFF), // presentation forms B
    (0xFF01, 0xFF5E), // full-width ASCII
];

static MATCH: LazyLock<Folder> = LazyLock::new(|| Folder::new(Folds::MATCH));
static SEARCH: LazyLock<Folder> = LazyLock::new(|| Folder::new(Folds::SEARCH));
static DISPLAY: LazyLock<Folder> = LazyLock::new(|| Folder::new(Folds::DISPLAY));

impl Folder {
    /// The folder that the engine matches with.
    pub fn matching() -> &'static Self {
        &MATCH
    }

    /// The table of a named profile, kept for good.
    fn cached(folds: Folds) -> Option<&'static Self> {
        match folds {
            Folds::MATCH => Some(&MATCH),
            Folds::SEARCH => Some(&SEARCH),
            Folds::DISPLAY => Some(&DISPLAY),
            _ => None,
        }
    }

    /// Compiles the table of `folds`: some 2,500 code points are tried, in well under a millisecond.
    pub fn new(folds: Folds) -> Self {
        let mut folder = Self { index: vec![0; PAGES].into(), pages: vec![[0; PAGE]], replacements: Vec::new() };
        for code in CHANGEABLE.iter().flat_map(|&(first, last)| first..=last) {
            let Some(original) = char::from_u32(code) else { continue };
            if let Some(replacement) = replacement(original, folds) {
                folder.set(code as usize, replacement);
            }
        }
        folder
    }

    fn set(&mut self, code: usize, replacement: Replacement) {
        let Some(page) = self.index.get_mut(code / PAGE) else { return };
        if *page == 0 {
            *page = self.pages.len() as u8;
            self.pages.push([0; PAGE]);
        }
        self.replacements.push(replacement);
        let number = self.replacements.len() as u16;
        if let Some(slot) = self.pages.get_mut(*page as usize).and_then(|page| page.get_mut(code % PAGE)) {
            *slot = number;
        }
    }

    /// The replacement of `c`, if any.
    #[inline]
    fn look_up(&self, c: char) -> Option<&Replacement> {
        let code = c as usize;
        let page = *self.index.get(code / PAGE)?;
        if page == 0 {
            return None;
        }
        let number = *self.pages.get(page as usize)?.get(code % PAGE)?;
        self.replacements.get((number as usize).checked_sub(1)?)
    }

    /// Appends the folded form of `c` to `out`.
    #[inline]
    pub fn push(&self, c: char, out: &mut String) {
        match self.look_up(c) {
            None => out.push(c),
            Some(replacement) => out.push_str(&replacement.text),
        }
    }

    /// Appends the folded form of `text` to `out`; what does not change is copied in one piece.
    pub fn push_all(&self, text: &str, out: &mut String) {
        let mut copied = 0;
        for (at, c) in text.char_indices() {
            if let Some(replacement) = self.look_up(c) {
                out.push_str(text.get(copied..at).unwrap_or_default());
                out.push_str(&replacement.text);
                copied = at + c.len_utf8();
            }
        }
        out.push_str(text.get(copied..).unwrap_or_default());
    }

    /// Whether the folded form of `c` is another than itself.
    pub fn changes(&self, c: char) -> bool {
        self.look_up(c).is_some()
    }

    /// Whether `c` is dropped.
    #[inline]
    pub fn drops(&self, c: char) -> bool {
        self.look_up(c).is_some_and(|replacement| replacement.text.is_empty())
    }

    /// Whether a letter or a digit is left of `text`; Unicode counts the tatweel among the letters.
    pub fn leaves_letters(&self, text: &str) -> bool {
        text.chars().any(|c| c.is_alphanumeric() && !self.drops(c))
    }

    /// Folds a whole text, code point by code point.
    fn fold(&self, text: &str) -> Normalized {
        let mut out = String::with_capacity(text.len());
        let mut edits: Vec<Edit> = Vec::with_capacity(text.len() / 16);
        let mut copied = 0;
        for (at, c) in text.char_indices() {
            let Some(replacement) = self.look_up(c) else { continue };
            out.push_str(text.get(copied..at).unwrap_or_default());
            let end = at + c.len_utf8();
            copied = end;
            let begin = out.len() as u32;
            out.push_str(&replacement.text);
            let normalized = NormSpan { begin, end: out.len() as u32 };
            match edits.last_mut() {
                // Marks dropped side by side are one edit.
                Some(last)
                    if replacement.text.is_empty()
                        && last.fold == replacement.fold
                        && last.original.end == at as u32
                        && last.normalized.begin == last.normalized.end =>
                {
                    last.original.end = end as u32;
                }
                _ => {
                    edits.push(Edit { original: Span::new(at as u32, end as u32), normalized, fold: replacement.fold });
                }
            }
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        Normalized { text: out, edits }
    }
}

/// What `original` becomes when every fold has been applied until nothing changes, and which fold came first.
fn replacement(original: char, folds: Folds) -> Option<Replacement> {
    let mut first = None;
    let mut text = String::from(original);
    // No chain is longer than three: a presentation form, its letter, the letter's fold.
    for _ in 0..4 {
        let mut next = String::new();
        for c in text.chars() {
            match fold_once(c, folds) {
                Some((fold, out)) => {
                    first.get_or_insert(fold);
                    next.push_str(&out);
                }
                None => next.push(c),
            }
        }
        if next == text {
            break;
        }
        text = next;
    }
    Some(Replacement { fold: first?, text: text.into() })
}

/// One fold of one code point, if one of `folds` applies to it.
fn fold_once(c: char, folds: Folds) -> Option<(Folds, String)> {
    let to = |fold: Folds, out: &str| Some((fold, out.to_owned()));
    let fold = fold_of(c)?;
    if !folds.contains(fold) {
        return None;
    }
    if fold == Folds::PRESENTATION_FORMS {
        let letters: String = std::iter::once(c).nfkc().collect();
        // NFKC shows a lone mark over a space; the space is no part of the text.
        let letters = letters.strip_prefix(' ').unwrap_or(&letters);
        return (!letters.chars().eq([c])).then(|| (fold, letters.to_owned()));
    }
    if fold == Folds::DIGITS {
        let value = match c as u32 {
            code @ 0x0660..=0x0669 => code - 0x0660,
            code @ 0x06F0..=0x06F9 => code - 0x06F0,
            code => code.wrapping_sub(0xFF10),
        };
        return char::from_digit(value, 10).map(|digit| (fold, digit.to_string()));
    }
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => to(fold, "ا"),
        'ى' | 'ئ' | 'ی' | 'ې' | 'ے' | 'ۓ' | 'ێ' | 'ۍ' => to(fold, "ي"),
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' => to(fold, "ه"),
        'ۃ' => to(fold, "ة"),
        'ؤ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => to(fold, "و"),
        'ک' | 'ڪ' => to(fold, "ك"),
        '،' | '٬' | '，' | '、' => to(fold, ","),
        '؛' | '；' => to(fold, ";"),
        '؟' | '？' => to(fold, "?"),
        '٪' | '％' => to(fold, "%"),
        '٫' | '۔' | '．' | '。' => to(fold, "."),
        '٭' | '＊' => to(fold, "*"),
        '«' | '»' | '“' | '”' | '„' | '‟' | '＂' => to(fold, "\""),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '＇' => to(fold, "'"),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => to(fold, "-"),
        '…' => to(fold, "..."),
        '：' => to(fold, ":"),
        '／' => to(fold, "/"),
        '（' => to(fold, "("),
        '）' => to(fold, ")"),
        '＋' => to(fold, "+"),
        _ => to(fold, ""),
    }
}

/// The fold that concerns `c`.
fn fold_of(c: char) -> Option<Folds> {
    Some(match c {
        '\u{0640}' => Folds::TATWEEL,
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => Folds::ALEF,
        'ى' => Folds::ALEF_MAQSURA,
        'ة' => Folds::TEH_MARBUTA,
        'ؤ' | 'ئ' => Folds::HAMZA_SEATS,
        'ک' | 'ڪ' | 'ی' | 'ې' | 'ے' | 'ۓ' | 'ێ' | 'ۍ' | 'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' | 'ۃ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => {
            Folds::PERSIAN_LETTERS
        }
        '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}'
        | '\u{06E8}'
        | '\u{06EA}'..='\u{06ED}'
        | '\u{08CA}'..='\u{08E1}'
        | '\u{08E3}'..='\u{08FF}' => Folds::DIACRITICS,
        '٠'..='٩' | '۰'..='۹' | '０'..='９' => Folds::DIGITS,
        // Arabic letter mark, soft hyphen, zero-width characters, bidi embeddings and isolates, the byte order mark
        '\u{061C}'
        | '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' => Folds::BIDI_CONTROLS,
        '،'
        | '؛'
        | '؟'
        | '٪'
        | '٫'
        | '٬'
        | '۔'
        | '٭'
        | '«'
        | '»'
        | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201F}'
        | '…'
        | '‹'
        | '›'
        | '−'
        | '，'
        | '、'
        | '。'
        | '．'
        | '：'
        | '；'
        | '？'
        | '％'
        | '＊'
        | '＂'
        | '＇'
        | '－'
        | '／'
        | '（'
        | '）'
        | '＋' => Folds::PUNCTUATION,
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Folds::PRESENTATION_FORMS,
        _ => return None,
    })
}

/// Whether `c` is a letter, for [`Folds::ELONGATION`].
fn is_letter(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Letter
}

/// Whether `c` is a mark or a stretch that belongs to the letter before it (and no invisible control).
pub(crate) fn is_mark(c: char) -> bool {
    matches!(fold_of(c), Some(Folds::DIACRITICS | Folds::TATWEEL))
}

/// Whether `c` breaks a line.
pub(crate) fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}')
}

/// The second pass: runs of white space and of letters.
fn squeeze(text: &str, folds: Folds) -> Normalized {
    let mut out = String::with_capacity(text.len());
    let mut edits = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let white = folds.contains(Folds::WHITESPACE) && c.is_whitespace();
        let letter = folds.contains(Folds::ELONGATION) && is_letter(c);
        if !white && !letter {
            out.push(c);
            continue;
        }
        let (mut end, mut length, mut broken) = (at + c.len_utf8(), 1, breaks_line(c));
        while let Some((next_at, next)) =
            characters.next_if(|&(_, next)| if white { next.is_whitespace() } else { next == c })
        {
            end = next_at + next.len_utf8();
            length += 1;
            broken |= breaks_line(next);
        }
        let run = text.get(at..end).unwrap_or_default();
        let begin = out.len() as u32;
        let fold = if white {
            out.push(if broken { '\n' } else { ' ' });
            Folds::WHITESPACE
        } else if length >= 3 {
            out.push(c);
            Folds::ELONGATION
        } else {
            out.push_str(run);
            continue;
        };
        let normalized = NormSpan { begin, end: out.len() as u32 };
        if out.get(begin as usize..) != Some(run) {
            edits.push(Edit { original: Span::new(at as u32, end as u32), normalized, fold });
        }
    }
    Normalized { text: out, edits }
}

/// The edits of two normalisations one after the other; edits of the two that touch the same words become one.
fn compose(first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    // What the last passed edit of each side adds to an offset: the middle text to the original, the middle text to the final.
    let (mut to_original, mut to_final) = (0i64, 0i64);
    let shift = |offset: u32, by: i64| (i64::from(offset) + by) as u32;
    loop {
        // The next group starts with the earlier edit, in offsets of the middle text.
        let (a, b) = (first.peek().map(|e| e.normalized), second.peek().map(|e| e.original));
        let (begin, mut end) = match (a, b) {
            (None, None) => return out,
            (Some(a), None) => (a.begin, a.begin),
            (None, Some(b)) => (b.begin, b.begin),
            (Some(a), Some(b)) => (a.begin.min(b.begin), a.begin.min(b.begin)),
        };
        let (original, normalized) = (shift(begin, to_original), shift(begin, to_final));
        let mut fold = None;
        loop {
            if let Some(edit) =
                first.next_if(|e| e.normalized.begin < end || (fold.is_none() && e.normalized.begin == begin))
            {
                end = end.max(edit.normalized.end);
                to_original = i64::from(edit.original.end) - i64::from(edit.normalized.end);
                fold.get_or_insert(edit.fold);
                continue;
            }
            if let Some(edit) =
                second.next_if(|e| e.original.begin < end || (fold.is_none() && e.original.begin == begin))
            {
                end = end.max(edit.original.end);
                to_final = i64::from(edit.normalized.end) - i64::from(edit.original.end);
                fold.get_or_insert(edit.fold);
                continue;
            }
            break;
        }
        let Some(fold) = fold else { return out };
        out.push(Edit {
            original: Span::new(original, shift(end, to_original)),
            normalized: NormSpan { begin: normalized, end: shift(end, to_final) },
            fold,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str, folds: Folds) -> String {
        normalize(text, folds).text
    }

    #[test]
    fn each_fold_does_what_its_name_says() {
        for (text, folds, wanted) in [
            ("محمـــد", Folds::TATWEEL, "محمد"),
            ("مُحَمَّدٌ", Folds::DIACRITICS, "محمد"),
            ("أحمد إلى آل ٱلله", Folds::ALEF, "احمد الى ال الله"),
            ("مصطفى", Folds::ALEF_MAQSURA, "مصطفي"),
            ("وزارة", Folds::TEH_MARBUTA, "وزاره"),
            ("مسؤول رئيس", Folds::HAMZA_SEATS, "مسوول رييس"),
            ("\u{FEFB} \u{FDF2}", Folds::PRESENTATION_FORMS, "لا الله"),
            ("\u{FEFB}", Folds::PRESENTATION_FORMS | Folds::ALEF, "لا"),
            ("\u{FEF7}", Folds::PRESENTATION_FORMS | Folds::ALEF, "لا"), // ﻷ, lam with alef with hamza
            ("کیلو", Folds::PERSIAN_LETTERS, "كيلو"),
            ("٢٠٢٠ ۱۴۰۲", Folds::DIGITS, "2020 1402"),
            ("«نعم»، قال…", Folds::PUNCTUATION, "\"نعم\", قال..."),
            ("أ  ب\t \nج", Folds::WHITESPACE, "أ ب\nج"),
            ("\u{202B}عام\u{202C} 2\u{200F}", Folds::BIDI_CONTROLS, "عام 2"),
            ("مبرووووك الله", Folds::ELONGATION, "مبروك الله"),
            ("الإدارة؟ ٪", Folds::MATCH, "الاداره? %"),
        ] {
            assert_eq!(folded(text, folds), wanted, "{text:?} by {folds:?}");
        }
    }

    /// What Lucene's `ArabicNormalizer` does, letter for letter (its documented list), SEARCH does too.
    #[test]
    fn search_agrees_with_lucene() {
        let lucene = |c: char| match c {
            '\u{0622}' | '\u{0623}' | '\u{0625}' => Some("\u{0627}"), // آ أ إ to ا
            '\u{0649}' => Some("\u{064A}"),                           // ى to ي
            '\u{0629}' => Some("\u{0647}"),                           // ة to ه
            '\u{0640}' | '\u{064B}'..='\u{0652}' => Some(""),         // tatweel, fathatan to sukun
            _ => None,
        };
        for c in '\u{0600}'..='\u{06FF}' {
            if let Some(wanted) = lucene(c) {
                assert_eq!(folded(&c.to_string(), Folds::SEARCH), wanted, "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn spans_find_their_way_back() {
        let text = "قال مُصْطَفَى الكاظميّ إنّ";
        let norm = normalize(text, Folds::MATCH);
        assert_eq!(norm.text, "قال مصطفي الكاظمي ان");
        let at = norm.text.find("مصطفي").unwrap() as u32;
        let span = norm.to_original(NormSpan { begin: at, end: at + "مصطفي".len() as u32 });
        assert_eq!(span.of(text), "مُصْطَفَى");
        assert_eq!(norm.to_normalized(span), NormSpan { begin: at, end: at + "مصطفي".len() as u32 });
    }

    fn arabic() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            "[\u{0600}-\u{06FF}]{1,6}",
            "[ \t\n\u{00A0}\u{200F}\u{0640}]{1,4}",
            "[\u{FB50}-\u{FDFF}\u{FE70}-\u{FEFC}]{1,3}",
            Just("ممم".to_owned()),
            Just("\u{FD62}م".to_owned()), // ﵢ, three letters in one form
            "(?s).{0,6}",
        ];
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in arabic(), bits in 0u16..1 << 13) {
            let folds = Folds::from_bits_truncate(bits);
            let once = folded(&text, folds);
            prop_assert_eq!(&folded(&once, folds), &once);
        }

        #[test]
        fn edits_tile_both_texts(text in arabic(), bits in 0u16..1 << 13) {
            let norm = normalize(&text, Folds::from_bits_truncate(bits));
            let (mut here, mut there) = (0u32, 0u32);
            for edit in &norm.edits {
                prop_assert!(here <= edit.original.begin && there <= edit.normalized.begin);
                let kept = Span::new(here, edit.original.begin);
                prop_assert_eq!(kept.of(&text), Span::new(there, edit.normalized.begin).of(&norm.text));
                prop_assert!(text.is_char_boundary(edit.original.end as usize));
                prop_assert!(norm.text.is_char_boundary(edit.normalized.end as usize));
                prop_assert!(edit.original.end > edit.original.begin);
                // Each edit maps both ways.
                prop_assert_eq!(norm.to_normalized(edit.original), edit.normalized);
                if edit.normalized.begin < edit.normalized.end {
                    prop_assert_eq!(norm.to_original(edit.normalized), edit.original);
                }
                (here, there) = (edit.original.end, edit.normalized.end);
            }
            prop_assert_eq!(text.get(here as usize..), norm.text.get(there as usize..));
        }

        /// A kept character is found again from the folded text.
        #[test]
        fn every_kept_character_maps_back(text in arabic()) {
            let norm = normalize(&text, Folds::MATCH | Folds::WHITESPACE | Folds::ELONGATION);
            for (at, c) in norm.text.char_indices() {
                let span = NormSpan { begin: at as u32, end: (at + c.len_utf8()) as u32 };
                let original = norm.to_original(span);
                prop_assert!(!original.is_empty());
                let again = norm.to_normalized(original);
                prop_assert!(again.begin <= span.begin && span.end <= again.end);
            }
        }
    }
}
