//! The words of the names of an article as numbers, and which of them are spellings of one.
//!
//! Takes the words of mentions as the article writes them; gives [`Words`], numbers for their match forms, that stand side by side as long as
//! the article is read. Each distinct name is folded once, and each distinct word asked of the lexicon once, so comparing is comparing numbers.

use std::hash::BuildHasher;
use std::rc::Rc;

use foldhash::fast::RandomState;
use hashbrown::{HashMap, HashTable};

use crate::lexicon::{Entry, Lexicon};
use crate::text::fold::{Folds, normalize};

/// The number of a word in match form.
pub(super) type Word = u32;

/// The words of a name.
pub(super) type Words = Rc<[Word]>;

/// The words met so far. The article's words are hashed with a seed: nobody can choose them to collide.
pub(super) struct Spellings<'a> {
    lexicon: &'a Lexicon,
    /// Every string met, by its number: words, and what is compared of them.
    strings: Vec<Box<str>>,
    numbers: HashTable<u32>,
    /// For each string what it is compared by, once it was asked for.
    compared: Vec<Option<Compared>>,
    /// The names split up so far, as the article writes them.
    names: HashMap<&'a str, Words, RandomState>,
    hasher: RandomState,
    /// وزاره, which news leave out.
    ministry: Word,
}

/// What a word is compared by.
#[derive(Clone, Copy, Debug)]
struct Compared {
    /// The word without its article.
    bare: u32,
    /// The Latin spelling of a given or family name that the lexicon knows.
    latin: Option<u32>,
    /// The consonants of a word long enough to be told by them.
    skeleton: Option<u32>,
}

impl<'a> Spellings<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let hasher = RandomState::default();
        let mut all = Self {
            lexicon,
            strings: Vec::new(),
            numbers: HashTable::new(),
            compared: Vec::new(),
            names: HashMap::with_hasher(hasher.clone()),
            hasher,
            ministry: 0,
        };
        all.ministry = all.number("وزاره");
        all
    }

    /// The words of `name` in match form, عبد joined to what follows it.
    pub(super) fn words(&mut self, name: &'a str) -> Words {
        if let Some(words) = self.names.get(name) {
            return Rc::clone(words);
        }
        let folded = normalize(name, Folds::MATCH).text.to_lowercase();
        let mut words: Vec<Word> = Vec::new();
        let mut servant = String::new();
        for word in
            folded.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).filter(|word| !word.is_empty())
        {
            servant.push_str(word);
            if servant != "عبد" {
                words.push(self.number(&servant));
                servant.clear();
            }
        }
        if !servant.is_empty() {
            words.push(self.number(&servant));
        }
        let words: Words = words.into();
        self.names.insert(name, Rc::clone(&words));
        words
    }

    /// A number for `string`, the same for the same string.
    fn number(&mut self, string: &str) -> u32 {
        let Self { strings, numbers, hasher, .. } = self;
        let hash = hasher.hash_one(string);
        let of = |number: u32| strings.get(number as usize).map_or("", |known| &**known);
        if let Some(&number) = numbers.find(hash, |&number| of(number) == string) {
            return number;
        }
        let number = strings.len() as u32;
        numbers.insert_unique(hash, number, |&number| hasher.hash_one(of(number)));
        strings.push(string.into());
        self.compared.push(None);
        number
    }

    fn string(&self, word: Word) -> &str {
        self.strings.get(word as usize).map_or("", |string| string)
    }

    /// Readies `words` for [`Self::same_word`].
    pub(super) fn compare(&mut self, words: &[Word]) {
        for &word in words {
            if !matches!(self.compared.get(word as usize), Some(None)) {
                continue;
            }
            let string: Box<str> = self.string(word).into();
            let compared = Compared {
                bare: self.number(without_article(&string)),
                latin: latin_part(self.lexicon, &string).map(|latin| self.number(latin)),
                skeleton: string.chars().nth(3).is_some().then(|| self.number(&skeleton(&string))),
            };
            if let Some(slot) = self.compared.get_mut(word as usize) {
                *slot = Some(compared);
            }
        }
    }

    /// Whether two words are one name: the same, or two spellings of it. Both were readied.
    pub(super) fn same_word(&self, a: Word, b: Word) -> bool {
        let compared = |word: Word| self.compared.get(word as usize).copied().flatten();
        a == b
            || compared(a).zip(compared(b)).is_some_and(|(a, b)| {
                a.bare == b.bare
                    || match (a.latin, b.latin) {
                        (Some(first), Some(second)) => first == second,
                        _ => a.skeleton.is_some() && a.skeleton == b.skeleton,
                    }
            })
    }

    /// Whether two full names are of one person: the shorter's words stand in the longer, in order, the first or the last in its place.
    pub(super) fn same_full(&self, a: &[Word], b: &[Word]) -> bool {
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        if short.len() < 2 {
            return false;
        }
        let mut rest = long.iter();
        let within = short.iter().all(|&word| rest.any(|&other| self.same_word(other, word)));
        let ends = |a: Option<&Word>, b: Option<&Word>| a.zip(b).is_some_and(|(&a, &b)| self.same_word(a, b));
        within && (ends(short.first(), long.first()) || ends(short.last(), long.last()))
    }

    /// The words of a body without the noun that news leave out: `الخارجية العراقية` is `وزارة الخارجية العراقية`.
    pub(super) fn strip_head<'w>(&self, words: &'w [Word]) -> &'w [Word] {
        match words.split_first() {
            Some((&head, rest)) if head == self.ministry && !rest.is_empty() => rest,
            _ => words,
        }
    }

    /// `words` by which mentions are told the same: no article on the first.
    pub(super) fn key_of(&mut self, words: &[Word]) -> Words {
        let mut key: Words = words.into();
        if let Some(first) = Rc::get_mut(&mut key).and_then(|key| key.first_mut()) {
            let bare: Box<str> = without_article(self.string(*first)).into();
            *first = self.number(&bare);
        }
        key
    }
}

/// The Latin spelling of a given or family name that the lexicon knows.
pub(super) fn latin_part<'l>(lexicon: &'l Lexicon, word: &str) -> Option<&'l str> {
    lexicon.exact(word).find_map(|id| match lexicon.entry(id) {
        Some(Entry::GivenName(name) | Entry::FamilyName(name)) => Some(&*name.latin),
        _ => None,
    })
}

fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").unwrap_or(word)
}

/// What two spellings of one foreign name share: the consonants, with the letters that stand for g made one.
fn skeleton(word: &str) -> String {
    let bare = without_article(word);
    let mut out = String::with_capacity(bare.len());
    for (place, c) in bare.chars().enumerate() {
        match c {
            'ا' | 'و' | 'ي' | 'ه' if place > 0 => {}
            'غ' | 'ج' | 'ك' | 'ق' | 'گ' => out.push('g'),
            'ڤ' | 'ف' => out.push('f'),
            'پ' | 'ب' => out.push('b'),
            'ت' | 'ط' => out.push('t'),
            'س' | 'ز' | 'ص' => out.push('s'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        let mut all = Spellings::new(Lexicon::builtin());
        let mut same = |a: &'static str, b: &'static str| {
            let (a, b) = (all.words(a), all.words(b));
            all.compare(&a);
            all.compare(&b);
            all.same_full(&a, &b)
        };
        assert!(same("غريغوري بوريسوف", "جريجوري بوريسوف"));
        assert!(same("عبد الله السالم", "عبدالله سالم"));
        assert!(same("ليلى منصور الحداد", "ليلى الحداد"));
        assert!(!same("ليلى الحداد", "منى الحداد"));
        assert!(!same("الحداد", "الحداد"));
    }

    #[test]
    fn a_ministry_needs_no_head() {
        let mut all = Spellings::new(Lexicon::builtin());
        let (long, short) = (all.words("وزارة الخارجية"), all.words("الخارجية"));
        assert_eq!(all.strip_head(&long), &*short);
        let (long, short) = (all.key_of(&short), all.words("خارجية"));
        assert_eq!(long, short);
    }
}
