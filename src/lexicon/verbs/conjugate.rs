//! From the principal parts of a verb to every written form.
//!
//! Takes a row of `verbs.tsv`; adds its forms to [`Verbs`], folded. The class of the verb is read off its parts: hollow (`قال`),
//! defective (`دعا`, `التقى`, `بقي`), doubled (`رد`, `احتل`), ending in hamza (`بدأ`); all others take plain endings. Left out because
//! news hardly has them: the imperative, the energetic, the second person but where it is written as another form, the
//! feminine plural of verbs, the doubled jussive written apart (`لم يردد`).

use crate::lexicon::names::Gender;
use crate::lexicon::tsv::Row;
use crate::text::fold::Folder;

use super::{Aspect, Joins, Number, Person, VerbForm, VerbId, Verbs};

use Gender::{Feminine, Masculine};
use Joins::{Always, Either, Never};
use Number::{Dual, Plural, Singular};
use Person::{First, Third};

/// How a verb's perfect bends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Endings are added, nothing else changes.
    Plain,
    /// An alef before the last letter, which goes before consonants: `قال`, `قلت`.
    Hollow,
    /// Ends in a long vowel.
    Defective,
    /// Its last letter stands for two: `رد`, `رددت`.
    Doubled,
}

/// Adds all forms of the verb of `row`.
pub(super) fn conjugate(row: &Row<'_>, verb: VerbId, verbs: &mut Verbs) {
    let (perfect, imperfect) = (row.cell("perfect"), row.cell("imperfect"));
    let class = class_of(perfect, imperfect, row.list("masdars").next().unwrap_or_default());
    let mut maker = Maker { verb, verbs, folded: String::new() };
    maker.perfect(perfect, imperfect, class);
    maker.imperfect(imperfect, class);
    for (column, aspect) in [("active", Aspect::Active), ("passive", Aspect::Passive)] {
        for participle in row.list(column) {
            maker.participle(participle, aspect, class);
        }
    }
    for masdar in row.list("masdars") {
        maker.masdar(masdar, class);
    }
}

/// Adds all forms of a noun that is no verb's.
pub(super) fn noun<'w>(words: impl Iterator<Item = &'w str>, verb: VerbId, verbs: &mut Verbs) {
    let mut maker = Maker { verb, verbs, folded: String::new() };
    words.for_each(|word| maker.masdar(word, Class::Plain));
}

fn letter(word: &str, from_end: usize) -> char {
    word.chars().rev().nth(from_end).unwrap_or_default()
}

/// The word without its last letter.
fn chop(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next_back();
    letters.as_str()
}

/// The word without its first letter.
fn tail(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next();
    letters.as_str()
}

/// The word without the letter before its last.
fn without_penultimate(word: &str) -> String {
    format!("{}{}", chop(chop(word)), letter(word, 0))
}

fn class_of(perfect: &str, imperfect: &str, masdar: &str) -> Class {
    let (last, before) = (letter(perfect, 0), letter(perfect, 1));
    let letters = perfect.chars().count();
    if matches!(last, 'ا' | 'ى' | 'ي') {
        return Class::Defective;
    }
    // The masdar writes both of a doubled verb's last letters: استعد, استعداد.
    let parted = letter(masdar, 0) == last && letter(masdar, 1) == 'ا' && letter(masdar, 2) == last && before != last;
    let short = perfect.starts_with('أ') && letters == 3 && imperfect.chars().count() == 3;
    match (letters, before) {
        (3.., 'ا') => Class::Hollow,
        (2, _) => Class::Doubled,
        _ if short || (parted && perfect.starts_with(['ا', 'أ'])) => Class::Doubled,
        _ => Class::Plain,
    }
}

/// Ways to write a word's last hamza before a vowel; the word itself where it has none.
fn hamza_seats(word: &str) -> Vec<String> {
    match letter(word, 0) {
        'أ' | 'ء' | 'ئ' | 'ؤ' => {
            let mut seats = vec![word.to_owned()];
            seats.extend(['ؤ', 'ئ'].map(|seat| format!("{}{seat}", chop(word))));
            seats
        }
        _ => vec![word.to_owned()],
    }
}

/// A word and an alef after it, hamza and alef written as one.
fn with_alef(word: &str) -> String {
    if letter(word, 0) == 'أ' { format!("{}آ", chop(word)) } else { format!("{word}ا") }
}

/// Makes the forms of one verb.
struct Maker<'v> {
    verb: VerbId,
    verbs: &'v mut Verbs,
    folded: String,
}

impl Maker<'_> {
    fn add(&mut self, word: &str, form: VerbForm) {
        self.folded.clear();
        let folder = Folder::matching();
        word.chars().for_each(|c| folder.push(c, &mut self.folded));
        self.verbs.add(&self.folded, form);
    }

    fn finite(&mut self, word: &str, aspect: Aspect, who: (Person, Option<Gender>, Number), joins: Joins) {
        let (person, gender, number) = who;
        self.add(word, VerbForm { verb: self.verb, aspect, person, gender, number, tanwin: false, joins });
    }

    fn perfect(&mut self, perfect: &str, imperfect: &str, class: Class) {
        let he = (Third, Some(Masculine), Singular);
        let she = (Third, Some(Feminine), Singular);
        let stem = chop(perfect);
        let vowel = letter(perfect, 0);
        // What stands before endings that begin with a consonant, with a vowel, and with the alef of the dual.
        let (short, plural, dual) = match class {
            Class::Plain => (perfect.to_owned(), hamza_seats(perfect), with_alef(perfect)),
            Class::Hollow if letter(perfect, 0) == 'ء' && perfect.chars().count() == 3 => {
                (format!("{}ئ", chop(stem)), hamza_seats(perfect), with_alef(perfect))
            }
            Class::Hollow => (without_penultimate(perfect), hamza_seats(perfect), with_alef(perfect)),
            Class::Doubled => (format!("{perfect}{vowel}"), vec![perfect.to_owned()], with_alef(perfect)),
            Class::Defective => {
                let long = if letter(imperfect, 0) == 'و' { 'و' } else { 'ي' };
                (format!("{stem}{long}"), vec![stem.to_owned()], format!("{stem}{long}ا"))
            }
        };
        let before_t = if class == Class::Defective && vowel != 'ي' { stem } else { perfect };
        let aspect = Aspect::Perfect;
        if class == Class::Defective && vowel == 'ى' {
            self.finite(perfect, aspect, he, Never);
            self.finite(&format!("{stem}ا"), aspect, he, Always);
        } else {
            self.finite(perfect, aspect, he, Either);
        }
        self.finite(&format!("{before_t}ت"), aspect, she, Either);
        self.finite(&format!("{before_t}تا"), aspect, (Third, Some(Feminine), Dual), Either);
        self.finite(&dual, aspect, (Third, Some(Masculine), Dual), Either);
        for stem in plural {
            self.finite(&format!("{stem}وا"), aspect, (Third, Some(Masculine), Plural), Never);
            self.finite(&format!("{stem}و"), aspect, (Third, Some(Masculine), Plural), Always);
        }
        self.finite(&format!("{short}ت"), aspect, (First, None, Singular), Either);
        self.finite(&format!("{short}نا"), aspect, (First, None, Plural), Either);
    }

    fn imperfect(&mut self, imperfect: &str, class: Class) {
        let body = tail(imperfect);
        let aspect = Aspect::Imperfect;
        for (prefix, who) in [
            ('ي', (Third, Some(Masculine), Singular)),
            ('ت', (Third, Some(Feminine), Singular)),
            ('أ', (First, None, Singular)),
            ('ن', (First, None, Plural)),
        ] {
            let word = match (prefix, body.strip_prefix('أ')) {
                ('أ', Some(rest)) => format!("آ{rest}"),
                _ => format!("{prefix}{body}"),
            };
            let long = matches!(letter(&word, 1), 'ا' | 'و' | 'ي');
            match class {
                Class::Defective => {
                    if letter(&word, 0) == 'ى' {
                        self.finite(&word, aspect, who, Never);
                        self.finite(&format!("{}ا", chop(&word)), aspect, who, Always);
                    } else {
                        self.finite(&word, aspect, who, Either);
                    }
                    self.finite(chop(&word), aspect, who, Either);
                }
                Class::Hollow if long => {
                    self.finite(&word, aspect, who, Either);
                    self.finite(&without_penultimate(&word), aspect, who, Either);
                }
                _ => self.finite(&word, aspect, who, Either),
            }
            if who.0 == Third {
                self.imperfect_dual(&word, class, who.1);
            }
        }
        let stems = if class == Class::Defective { vec![chop(imperfect).to_owned()] } else { hamza_seats(imperfect) };
        let they = (Third, Some(Masculine), Plural);
        for stem in stems {
            self.finite(&format!("{stem}ون"), aspect, they, Either);
            self.finite(&format!("{stem}وا"), aspect, they, Never);
            self.finite(&format!("{stem}و"), aspect, they, Always);
        }
    }

    fn imperfect_dual(&mut self, singular: &str, class: Class, gender: Option<Gender>) {
        let dual = if class == Class::Defective && letter(singular, 0) == 'ى' {
            format!("{}يا", chop(singular))
        } else {
            with_alef(singular)
        };
        self.finite(&format!("{dual}ن"), Aspect::Imperfect, (Third, gender, Dual), Either);
        self.finite(&dual, Aspect::Imperfect, (Third, gender, Dual), Either);
    }

    fn noun(&mut self, word: &str, aspect: Aspect, gender: Option<Gender>, number: Number, joins: Joins) {
        self.add(word, VerbForm { verb: self.verb, aspect, person: Third, gender, number, tanwin: false, joins });
    }

    fn tanwin(&mut self, word: &str, aspect: Aspect, gender: Option<Gender>) {
        let form =
            VerbForm { verb: self.verb, aspect, person: Third, gender, number: Singular, tanwin: true, joins: Never };
        self.add(word, form);
    }

    fn participle(&mut self, word: &str, aspect: Aspect, class: Class) {
        let (he, she) = (Some(Masculine), Some(Feminine));
        let vowel = letter(word, 0);
        // The participle of a defective verb loses its vowel before endings that are vowels: ملتقي, ملتقون.
        let (singular, plural) = match vowel {
            'ى' => (format!("{}ا", chop(word)), chop(word)),
            'ي' if class == Class::Defective => (word.to_owned(), chop(word)),
            _ => (word.to_owned(), word),
        };
        if vowel == 'ى' {
            self.noun(word, aspect, he, Singular, Never);
            self.noun(&singular, aspect, he, Singular, Always);
        } else {
            self.noun(word, aspect, he, Singular, Either);
            self.tanwin(&format!("{word}ا"), aspect, he);
            self.noun(&format!("{word}ان"), aspect, he, Dual, Never);
            self.noun(&format!("{word}ات"), aspect, she, Plural, Either);
            if plural != word {
                self.noun(plural, aspect, he, Singular, Never);
            }
        }
        self.noun(&format!("{singular}ة"), aspect, she, Singular, Never);
        self.noun(&format!("{singular}ت"), aspect, she, Singular, Always);
        self.noun(&format!("{singular}تان"), aspect, she, Dual, Never);
        self.noun(&format!("{singular}تين"), aspect, she, Dual, Never);
        for (ending, joins) in [("ون", Never), ("ين", Never), ("و", Either), ("ي", Either)] {
            self.noun(&format!("{plural}{ending}"), aspect, he, Plural, joins);
        }
    }

    fn masdar(&mut self, word: &str, class: Class) {
        let aspect = Aspect::Masdar;
        let stem = chop(word);
        let vowel = letter(word, 0);
        match vowel {
            'ة' => {
                self.noun(word, aspect, Some(Feminine), Singular, Never);
                self.noun(&format!("{stem}ت"), aspect, Some(Feminine), Singular, Always);
                self.noun(&format!("{stem}تان"), aspect, Some(Feminine), Dual, Never);
                self.noun(&format!("{stem}تين"), aspect, Some(Feminine), Dual, Never);
            }
            'ت' if letter(word, 1) == 'ا' && word.chars().count() > 4 => {
                self.noun(word, aspect, Some(Feminine), Plural, Either);
            }
            'ء' => {
                for seat in hamza_seats(word) {
                    let joins = if letter(&seat, 0) == 'ء' { Either } else { Always };
                    self.noun(&seat, aspect, Some(Masculine), Singular, joins);
                    self.noun(&format!("{seat}ين"), aspect, Some(Masculine), Dual, Never);
                }
                self.noun(&format!("{word}ان"), aspect, Some(Masculine), Dual, Never);
            }
            'ى' => {
                self.noun(word, aspect, Some(Feminine), Singular, Never);
                self.noun(&format!("{stem}ا"), aspect, Some(Feminine), Singular, Always);
            }
            _ => {
                self.noun(word, aspect, Some(Masculine), Singular, Either);
                if vowel != 'ا' {
                    self.tanwin(&format!("{word}ا"), aspect, Some(Masculine));
                    self.noun(&format!("{word}ان"), aspect, Some(Masculine), Dual, Never);
                    self.noun(&format!("{word}ين"), aspect, Some(Masculine), Dual, Never);
                }
                if vowel == 'ي' && class == Class::Defective {
                    self.noun(stem, aspect, Some(Masculine), Singular, Never);
                }
            }
        }
    }
}
