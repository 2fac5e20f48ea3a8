//! Tokens: the words, numbers and marks of an article, with the readings that attached particles allow.
//!
//! Takes the original text and the [`Vocabulary`] of the lexicon; gives tokens in order, each with its span in the original
//! and the number of its match form, and for each word its [`Form`]s: the word as it stands, then the word without its
//! possible proclitics (و ف, ب ك ل, س, ال), where the vocabulary knows the rest.
//! One pass over the text, each distinct spelling folded once; memory is proportional to the text.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use hashbrown::HashTable;

use super::fold::{Folder, breaks_line, is_mark};
use super::span::Span;
use super::words::{Vocabulary, WordId};
use crate::stop::{STRIDE, Stop};

/// What a token is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters of the Arabic script, with their marks.
    Arabic,
    /// Letters of another script.
    Foreign,
    /// A run of decimal digits of one article of any script; separators are tokens of their own.
    Number,
    /// One punctuation mark.
    #[default]
    Punctuation,
    /// One other character: a currency sign, an emoji.
    Symbol,
}

/// One token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the original.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How many line breaks stand between the token before and this one, at most 255. The first token counts as
    /// standing after two.
    pub breaks: u8,
    /// Whether white space stands before it (true for the first token).
    pub spaced: bool,
    /// Its place in the list of distinct words.
    word: u32,
}

bitflags::bitflags! {
    /// The particles written onto the front of a word.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Proclitics: u8 {
        /// و "and"
        const WAW = 1;
        /// ف "so, then"
        const FEH = 1 << 1;
        /// ب "in, by"
        const BEH = 1 << 2;
        /// ك "as, like"
        const KAF = 1 << 3;
        /// ل "to, for"
        const LAM = 1 << 4;
        /// س "will"
        const SEEN = 1 << 5;
        /// ال "the"; only where the form is the word without its article
        const ARTICLE = 1 << 6;
    }
}

impl Proclitics {
    /// Those that are no article.
    #[must_use]
    pub fn particles(self) -> Self {
        self.difference(Self::ARTICLE)
    }

    /// How many letters they take, the article left out.
    pub fn letters(self) -> u8 {
        self.particles().bits().count_ones() as u8
    }
}

/// One reading of a word: some proclitics, then a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The match form of what follows the proclitics; after ل the article is written out again (`للعراق` gives `العراق`).
    pub word: WordId,
    /// What was taken off.
    pub proclitics: Proclitics,
    /// How many letters of the original were taken off.
    skip: u8,
}

impl Form {
    /// Whether the form is the word as it stands.
    pub fn is_whole(self) -> bool {
        self.proclitics.is_empty()
    }
}

/// A distinct word of the article.
#[derive(Clone, Copy, Debug)]
struct Word {
    first_form: u32,
    forms: u32,
    /// Where its match form begins and ends in [`Text::letters`].
    letters: (u32, u32),
}

/// An article as tokens.
#[derive(Debug)]
pub struct Text<'a> {
    source: &'a str,
    vocabulary: &'a Vocabulary,
    tokens: Vec<Token>,
    words: Vec<Word>,
    forms: Vec<Form>,
    /// The match forms of the distinct words, one after the other: [`Text::word`], which rules ask all the time, finds them
    /// here in two steps, whether the vocabulary knows them or not.
    letters: String,
    /// Where each stands in `letters`; they are numbered from the vocabulary's length on.
    unknown: Vec<(u32, u32)>,
}

impl<'a> Text<'a> {
    /// Reads `source` into tokens. Texts over 4 `GiB` are cut there.
    pub fn new(source: &'a str, vocabulary: &'a Vocabulary) -> Self {
        Self::unless(source, vocabulary, Stop::never())
    }

    /// Reads `source` into tokens; where it is asked to stop, not to the end.
    pub fn unless(source: &'a str, vocabulary: &'a Vocabulary, stop: Stop<'_>) -> Self {
        Reader::new(source, vocabulary).read(stop)
    }

    /// The original text.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Token `i`; past the end an empty punctuation token at the end of the text, so that rules can look ahead freely.
    pub fn token(&self, i: usize) -> Token {
        let end = self.source.len() as u32;
        self.tokens.get(i).copied().unwrap_or(Token {
            span: Span::new(end, end),
            kind: TokenKind::Punctuation,
            breaks: 2,
            spaced: true,
            word: u32::MAX,
        })
    }

    /// The kind of token `i`.
    pub fn kind(&self, i: usize) -> TokenKind {
        self.token(i).kind
    }

    /// Token `i` as it stands in the original; empty past the end.
    pub fn surface(&self, i: usize) -> &'a str {
        self.token(i).span.of(self.source)
    }

    /// The match form of token `i`; empty past the end.
    pub fn word(&self, i: usize) -> &str {
        let word = self.tokens.get(i).and_then(|token| self.words.get(token.word as usize));
        word.and_then(|word| self.letters.get(word.letters.0 as usize..word.letters.1 as usize)).unwrap_or_default()
    }

    /// The number of the match form of token `i`.
    pub fn id(&self, i: usize) -> Option<WordId> {
        self.forms(i).first().map(|form| form.word)
    }

    /// The place of token `i` among the distinct spellings of the article; the same for every token spelt the same.
    pub fn distinct(&self, i: usize) -> u32 {
        self.token(i).word
    }

    /// How many distinct spellings the article has.
    pub fn distinct_count(&self) -> usize {
        self.words.len()
    }

    /// The readings of token `i`, the whole word first; none past the end.
    pub fn forms(&self, i: usize) -> &[Form] {
        self.tokens.get(i).and_then(|token| self.words.get(token.word as usize)).map_or(&[], |word| {
            self.forms.get(word.first_form as usize..(word.first_form + word.forms) as usize).unwrap_or_default()
        })
    }

    /// The match form behind a number, of the vocabulary or of this article.
    pub fn spelling(&self, id: WordId) -> &str {
        match (id.0 as usize).checked_sub(self.vocabulary.len()) {
            None => self.vocabulary.word(id),
            Some(own) => unknown_word(&self.letters, &self.unknown, own as u32),
        }
    }

    /// Whether the lexicon knows the word.
    pub fn knows(&self, id: WordId) -> bool {
        (id.0 as usize) < self.vocabulary.len()
    }

    /// Where the stem of `form` begins in the original, token `i` being the word.
    pub fn form_begin(&self, i: usize, form: Form) -> u32 {
        let span = self.token(i).span;
        if form.skip == 0 {
            return span.begin;
        }
        let folder = Folder::matching();
        let mut letters = 0;
        let mut folded = String::new();
        for (at, c) in span.of(self.source).char_indices() {
            folded.clear();
            folder.push(c, &mut folded);
            if letters >= u32::from(form.skip) && !folded.is_empty() {
                return span.begin + at as u32;
            }
            letters += folded.chars().count() as u32;
            if letters > u32::from(form.skip) {
                // A ligature holds letters of both sides: the whole of it stays with the stem.
                return span.begin + at as u32;
            }
        }
        span.end
    }

    /// Where the letter that begins at byte `at` of token `i` ends, its marks included.
    pub fn letter_end(&self, i: usize, at: u32) -> u32 {
        let span = self.token(i).span;
        let folder = Folder::matching();
        let rest = Span::new(at, span.end).of(self.source);
        let next = rest.char_indices().skip(1).find(|&(_, c)| !folder.drops(c));
        next.map_or(span.end, |(offset, _)| at + offset as u32)
    }

    /// The span of the stem of `form`, token `i` being the word.
    pub fn form_span(&self, i: usize, form: Form) -> Span {
        Span::new(self.form_begin(i, form), self.token(i).span.end)
    }

    /// The span of a name whose first word is token `i` read as `form`: its particles outside, its article inside.
    pub fn name_span(&self, i: usize, form: Form) -> Span {
        let letters = form.proclitics.letters();
        self.form_span(i, Form { skip: letters, ..form })
    }

    /// The span from token `first` to token `last`, both included.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.token(first).span.join(self.token(last.max(first)).span)
    }

    /// Whether token `i` follows the one before with nothing visible in between.
    pub fn glued(&self, i: usize) -> bool {
        i < self.tokens.len() && !self.token(i).spaced
    }

    /// Whether a line begins at token `i`.
    pub fn opens_line(&self, i: usize) -> bool {
        self.token(i).breaks > 0
    }

    /// The number of the token that byte `at` stands in; between tokens, the one before.
    pub fn token_holding(&self, at: u32) -> usize {
        self.tokens.partition_point(|token| token.span.begin <= at).saturating_sub(1)
    }

    /// The number of the first token that begins at or after byte `at`.
    pub fn token_at(&self, at: u32) -> usize {
        self.tokens.partition_point(|token| token.span.begin < at)
    }
}

/// What a character does to the tokens. One flat byte, so that the inner loop compares bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// White space that breaks the line.
    Break,
    /// Letters of the Arabic script.
    Arabic,
    /// Letters of another script.
    Foreign,
    /// Decimal digits.
    Digit,
    /// Belongs to the letter that it follows: a mark, a tatweel.
    Mark,
    /// A control that nobody sees.
    Control,
    Punctuation,
    Symbol,
}

/// The class of a character, and whether its match form is another than itself.
type Trait = (Class, bool);

/// The characters that UTF-8 writes in one or two bytes: ASCII, the Arabic block, nearly every character of an article.
const SHORT: usize = 0x800;

static TRAITS: LazyLock<Box<[Trait; SHORT]>> = LazyLock::new(|| {
    Box::new(std::array::from_fn(|code| char::from_u32(code as u32).map_or((Class::Space, true), trait_of)))
});

fn trait_of(c: char) -> Trait {
    let folds = c.is_ascii_uppercase() || Folder::matching().changes(c);
    (class_of(c), folds)
}

/// The text as characters with their traits.
#[derive(Clone, Copy)]
struct Characters<'a> {
    source: &'a str,
    traits: &'static [Trait; SHORT],
}

/// A character in place.
#[derive(Clone, Copy)]
struct Character {
    code: u32,
    class: Class,
    /// Whether its match form is another.
    folds: bool,
    /// The byte after it.
    end: usize,
}

impl Characters<'_> {
    /// The character that begins at byte `at`. Short ones are put together here, without the decoder's other cases, and
    /// have their traits in the table.
    #[inline]
    fn at(self, at: usize) -> Option<Character> {
        let bytes = self.source.as_bytes();
        let lead = *bytes.get(at)?;
        let (code, end) = match lead {
            0..0x80 => (u32::from(lead), at + 1),
            0x80..0xE0 => {
                let next = bytes.get(at + 1).copied().unwrap_or_default();
                (u32::from(lead & 0x1F) << 6 | u32::from(next & 0x3F), at + 2)
            }
            _ => return self.long(at),
        };
        let &(class, folds) = self.traits.get(code as usize)?;
        Some(Character { code, class, folds, end })
    }

    #[cold]
    fn long(self, at: usize) -> Option<Character> {
        let c = self.source.get(at..)?.chars().next()?;
        let (class, folds) = trait_of(c);
        Some(Character { code: c.into(), class, folds, end: at + c.len_utf8() })
    }
}

const TATWEEL: u32 = 0x0640;

fn class_of(c: char) -> Class {
    match c {
        ' ' => Class::Space,
        'a'..='z' | 'A'..='Z' => Class::Foreign,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' | '０'..='９' => Class::Digit,
        '!'..='~' => {
            if matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~') {
                Class::Symbol
            } else {
                Class::Punctuation
            }
        }
        'ء'..='غ' | 'ف'..='ي' => Class::Arabic,
        '\u{0640}' => Class::Mark,
        _ if breaks_line(c) => Class::Break,
        _ if c.is_whitespace() => Class::Space,
        _ if Folder::matching().drops(c) => {
            if is_mark(c) {
                Class::Mark
            } else {
                Class::Control
            }
        }
        '\u{0600}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{0870}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
            if c.is_alphabetic() =>
        {
            Class::Arabic
        }
        _ if c.is_alphanumeric() => Class::Foreign,
        _ if c.is_control() => Class::Space,
        _ if is_punctuation(c) => Class::Punctuation,
        _ => Class::Symbol,
    }
}

fn is_punctuation(c: char) -> bool {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    c.general_category_group() == GeneralCategoryGroup::Punctuation
}

struct Reader<'a> {
    text: Text<'a>,
    /// Spellings in the original, with their places in `text.words`.
    spellings: HashTable<(&'a str, u32)>,
    /// The unknown words by match form, as places in `text.unknown`.
    own: HashTable<u32>,
    /// Seeded, so that no article can be built to collide.
    hasher: foldhash::fast::RandomState,
    scratch: String,
}

/// Words longer than this many bytes of match form are not split: no Arabic word is so long.
const LONGEST_SPLIT: usize = 48;

impl<'a> Reader<'a> {
    fn new(source: &'a str, vocabulary: &'a Vocabulary) -> Self {
        let mut end = source.len().min(u32::MAX as usize);
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let source = source.get(..end).unwrap_or_default();
        // A long article repeats its words: the maps grow with its vocabulary, not with its length.
        let distinct = (source.len() / 16).min(1 << 12);
        let text = Text {
            source,
            vocabulary,
            tokens: Vec::with_capacity(source.len() / 8),
            words: Vec::with_capacity(distinct),
            forms: Vec::with_capacity(distinct * 2),
            letters: String::with_capacity(distinct * 12),
            unknown: Vec::with_capacity(distinct),
        };
        Self {
            text,
            spellings: HashTable::with_capacity(distinct),
            own: HashTable::with_capacity(distinct),
            hasher: foldhash::fast::RandomState::default(),
            scratch: String::new(),
        }
    }

    fn read(mut self, stop: Stop<'_>) -> Text<'a> {
        let source = self.text.source;
        let characters = Characters { source, traits: &TRAITS };
        let (mut breaks, mut spaced) = (2u8, true);
        let mut at = 0;
        while let Some(opening) = characters.at(at) {
            if self.text.tokens.len().is_multiple_of(STRIDE) && stop.asked() {
                break;
            }
            let begin = at;
            at = opening.end;
            let mut end = at;
            let mut folds = opening.folds;
            // The class of what goes on with the token, where something does.
            let mut run = opening.class;
            let kind = match opening.class {
                Class::Space => {
                    spaced = true;
                    continue;
                }
                Class::Break => {
                    spaced = true;
                    // \r\n is one break
                    let pair = source.as_bytes().get(begin..begin + 2) == Some(b"\r\n");
                    breaks = breaks.saturating_add(u8::from(!pair));
                    continue;
                }
                // A tatweel that no letter follows is drawn as a dash.
                Class::Mark if opening.code == TATWEEL => {
                    let mut next = characters.at(at);
                    while let Some(joiner) = next.filter(|next| matches!(next.class, Class::Mark | Class::Control)) {
                        at = joiner.end;
                        end = at;
                        next = characters.at(at);
                    }
                    run = Class::Arabic;
                    match next {
                        Some(Character { class: Class::Arabic, .. }) => TokenKind::Arabic,
                        _ => TokenKind::Punctuation,
                    }
                }
                // A mark that no letter carries is no token, and parts none.
                Class::Mark | Class::Control => continue,
                Class::Arabic => TokenKind::Arabic,
                Class::Foreign => TokenKind::Foreign,
                Class::Digit => TokenKind::Number,
                Class::Punctuation => TokenKind::Punctuation,
                Class::Symbol => TokenKind::Symbol,
            };
            if !matches!(kind, TokenKind::Punctuation | TokenKind::Symbol) {
                while let Some(next) = characters.at(at) {
                    // Marks and stretches stay with their letter; controls count only where a letter follows.
                    if next.class == run || next.class == Class::Mark {
                        end = next.end;
                    } else if next.class != Class::Control {
                        break;
                    }
                    folds |= next.folds;
                    at = next.end;
                }
            }
            let surface = source.get(begin..end).unwrap_or_default();
            let word = self.place(surface, kind, folds);
            let span = Span::new(begin as u32, end as u32);
            self.text.tokens.push(Token { span, kind, breaks, spaced, word });
            (breaks, spaced) = (0, false);
        }
        self.text
    }

    /// The place of `surface` among the distinct words. `folds` says whether its match form can be another than itself.
    fn place(&mut self, surface: &'a str, kind: TokenKind, folds: bool) -> u32 {
        let hash = self.hasher.hash_one(surface);
        if let Some(&(_, place)) = self.spellings.find(hash, |&(known, _)| known == surface) {
            return place;
        }
        let place = self.new_word(surface, kind, folds);
        let hasher = &self.hasher;
        self.spellings.insert_unique(hash, (surface, place), |&(known, _)| hasher.hash_one(known));
        place
    }

    /// Adds `surface` to the distinct words; gives its place among them.
    fn new_word(&mut self, surface: &'a str, kind: TokenKind, folds: bool) -> u32 {
        if !folds {
            return self.new_form(surface, kind);
        }
        let mut folded = std::mem::take(&mut self.scratch);
        folded.clear();
        Folder::matching().push_all(surface, &mut folded);
        folded.make_ascii_lowercase();
        if folded.is_empty() {
            folded.push('-');
        }
        let place = self.new_form(&folded, kind);
        self.scratch = folded;
        place
    }

    /// Adds a distinct word with the match form `folded`; gives its place.
    fn new_form(&mut self, folded: &str, kind: TokenKind) -> u32 {
        let begin = self.text.letters.len() as u32;
        self.text.letters.push_str(folded);
        let letters = (begin, self.text.letters.len() as u32);
        let first_form = self.text.forms.len() as u32;
        let whole = self.number(folded, letters);
        self.text.forms.push(Form { word: whole, proclitics: Proclitics::empty(), skip: 0 });
        if kind == TokenKind::Arabic && folded.len() <= LONGEST_SPLIT {
            let (vocabulary, forms) = (self.text.vocabulary, &mut self.text.forms);
            proclitic_splits(folded, |proclitics, skip, stem| {
                if let Some(word) = vocabulary.get(stem) {
                    forms.push(Form { word, proclitics, skip });
                }
            });
        }
        let place = self.text.words.len() as u32;
        self.text.words.push(Word { first_form, forms: self.text.forms.len() as u32 - first_form, letters });
        place
    }

    /// The number of a match form, which stands at `place` in the letters.
    fn number(&mut self, folded: &str, place: (u32, u32)) -> WordId {
        if let Some(id) = self.text.vocabulary.get(folded) {
            return id;
        }
        let (letters, unknown, hasher) = (&self.text.letters, &mut self.text.unknown, &self.hasher);
        let hash = hasher.hash_one(folded);
        let found = self.own.find(hash, |&own| unknown_word(letters, unknown, own) == folded).copied();
        let own = found.unwrap_or_else(|| {
            let own = unknown.len() as u32;
            unknown.push(place);
            self.own.insert_unique(hash, own, |&own| hasher.hash_one(unknown_word(letters, unknown, own)));
            own
        });
        WordId(self.text.vocabulary.len() as u32 + own)
    }
}

/// The match form of the unknown word at `place`.
fn unknown_word<'t>(letters: &'t str, unknown: &[(u32, u32)], place: u32) -> &'t str {
    unknown.get(place as usize).and_then(|&(begin, end)| letters.get(begin as usize..end as usize)).unwrap_or_default()
}

/// Calls `each(proclitics, letters off, stem)` for the ways in which `word` (match form) can be proclitics and a stem of two
/// letters or more, fewest letters off first within each opening.
pub fn proclitic_splits(word: &str, mut each: impl FnMut(Proclitics, u8, &str)) {
    let mut each = |proclitics: Proclitics, skip: u8, stem: &str| {
        if stem.chars().nth(1).is_some() {
            each(proclitics, skip, stem);
        }
    };
    after_conjunction(word, Proclitics::empty(), 0, &mut each);
    for (letter, proclitic) in [('و', Proclitics::WAW), ('ف', Proclitics::FEH)] {
        if let Some(rest) = word.strip_prefix(letter) {
            each(proclitic, 1, rest);
            after_conjunction(rest, proclitic, 1, &mut each);
        }
    }
}

fn after_conjunction(word: &str, conjunction: Proclitics, skip: u8, each: &mut impl FnMut(Proclitics, u8, &str)) {
    if let Some(stem) = word.strip_prefix("ال") {
        each(conjunction | Proclitics::ARTICLE, skip + 2, stem);
        return;
    }
    let mut letters = word.chars();
    let preposition = match letters.next() {
        Some('ب') => Proclitics::BEH,
        Some('ك') => Proclitics::KAF,
        Some('ل') => Proclitics::LAM,
        Some('س') => Proclitics::SEEN,
        _ => return,
    };
    let (proclitics, skip, rest) = (conjunction | preposition, skip + 1, letters.as_str());
    match preposition {
        Proclitics::SEEN if !rest.starts_with(['ي', 'ت', 'ن', 'ا']) => {}
        Proclitics::LAM if rest.starts_with('ل') => {
            // للعراق is ل and العراق; للجنة is ل and اللجنة or, rarely, الجنة.
            let after = rest.strip_prefix('ل').unwrap_or(rest);
            let mut written_out = String::with_capacity(rest.len() + 4);
            written_out.push_str("ال");
            written_out.push_str(rest);
            each(proclitics, skip, &written_out);
            written_out.truncate("ال".len());
            written_out.push_str(after);
            each(proclitics, skip, &written_out);
            each(proclitics | Proclitics::ARTICLE, skip + 1, after);
            each(proclitics, skip, rest);
        }
        _ => {
            each(proclitics, skip, rest);
            if let Some(stem) = rest.strip_prefix("ال") {
                each(proclitics | Proclitics::ARTICLE, skip + 2, stem);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for word in words {
            vocabulary.intern(&super::super::fold::normalize(word, super::super::fold::Folds::MATCH).text);
        }
        vocabulary
    }

    fn surfaces(source: &str) -> Vec<String> {
        let vocabulary = Vocabulary::default();
        let text = Text::new(source, &vocabulary);
        (0..text.len()).map(|i| text.surface(i).to_owned()).collect()
    }

    #[test]
    fn cuts_words_numbers_and_marks() {
        for (source, wanted) in [
            ("قال: «نعم».", vec!["قال", ":", "«", "نعم", "»", "."]),
            ("ال17 وإس-400", vec!["ال", "17", "وإس", "-", "400"]),
            ("5ر1 مليون", vec!["5", "ر", "1", "مليون"]),
            ("٢٥\u{200F}/١١\u{200F}/٢٠٢٠", vec!["٢٥", "/", "١١", "/", "٢٠٢٠"]),
            ("بـ \"مواقف\" ـ هنا", vec!["بـ", "\"", "مواقف", "\"", "ـ", "هنا"]),
            ("(CNN)-- مُحَمَّدٌ", vec!["(", "CNN", ")", "-", "-", "مُحَمَّدٌ"]),
        ] {
            assert_eq!(surfaces(source), wanted, "{source:?}");
        }
    }

    /// (stem as it stands in the original, match form of the stem)
    fn forms(source: &str, known: &[&str]) -> Vec<(String, String)> {
        let vocabulary = vocabulary(known);
        let text = Text::new(source, &vocabulary);
        text.forms(0)
            .iter()
            .map(|&form| (text.form_span(0, form).of(source).to_owned(), text.spelling(form.word).to_owned()))
            .collect()
    }

    fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect()
    }

    #[test]
    fn takes_proclitics_off_where_the_rest_is_known() {
        assert_eq!(forms("وبالعراق", &["العراق"]), pairs(&[("وبالعراق", "وبالعراق"), ("العراق", "العراق")]));
        assert_eq!(forms("للعراق", &["العراق"]), pairs(&[("للعراق", "للعراق"), ("لعراق", "العراق")]));
        assert_eq!(forms("للّجنة", &["اللجنة"]), pairs(&[("للّجنة", "للجنه"), ("لّجنة", "اللجنه")]));
        // The whole is known and the rest is not: وزير "minister" is no "and zir".
        assert_eq!(forms("وزير", &["وزير"]), pairs(&[("وزير", "وزير")]));
        // بـ with a stretch before the word
        assert_eq!(forms("لِمُوسكو", &["موسكو"]), pairs(&[("لِمُوسكو", "لموسكو"), ("مُوسكو", "موسكو")]));
    }

    #[test]
    fn counts_line_breaks() {
        let vocabulary = Vocabulary::default();
        let text = Text::new("عنوان\r\n\r\nنص هنا\nثم", &vocabulary);
        let breaks: Vec<u8> = text.tokens().iter().map(|token| token.breaks).collect();
        assert_eq!(breaks, [2, 2, 0, 1]);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_on_boundaries(source in "(?s)[\u{0020}-\u{06FF}\u{200B}-\u{206F}\u{FE70}-\u{FEFF}\u{1F600}]{0,60}|.{0,60}") {
            let vocabulary = vocabulary(&["العراق", "قال"]);
            let text = Text::new(&source, &vocabulary);
            let mut last = 0;
            for i in 0..text.len() {
                let span = text.token(i).span;
                prop_assert!(last <= span.begin && span.begin < span.end);
                prop_assert!(!span.of(&source).is_empty());
                for &form in text.forms(i) {
                    let stem = text.form_span(i, form);
                    prop_assert!(span.contains(stem));
                    prop_assert!(source.is_char_boundary(stem.begin as usize));
                }
                last = span.end;
            }
            // Nothing visible is lost: what lies between tokens is space, or a mark that nothing carries.
            let mut covered = vec![false; source.len()];
            for token in text.tokens() {
                covered[token.span.begin as usize..token.span.end as usize].fill(true);
            }
            for (at, c) in source.char_indices() {
                prop_assert!(covered[at] || c.is_whitespace() || c.is_control() || Folder::matching().drops(c));
            }
        }
    }
}
