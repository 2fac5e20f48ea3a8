//! Every form of a verb of each class, and readings with particles and pronouns.

use super::*;
use crate::lexicon::Lexicon;

/// A form in short: `P3ms` perfect, `I` imperfect, `M` masdar, `A` and `V` active and passive participle; `s`, `d`, `p`
/// the number; `+` before a pronoun only, `-` never before one, `=` with tanwin.
fn short(form: VerbForm) -> String {
    let aspect = match form.aspect {
        Aspect::Perfect => "P",
        Aspect::Imperfect => "I",
        Aspect::Masdar => "M",
        Aspect::Active => "A",
        Aspect::Passive => "V",
    };
    let person = match (form.aspect.is_finite(), form.person) {
        (false, _) => "",
        (_, Person::First) => "1",
        (_, Person::Second) => "2",
        (_, Person::Third) => "3",
    };
    let gender = match form.gender {
        Some(Gender::Masculine) => "m",
        Some(Gender::Feminine) => "f",
        None => "",
    };
    let number = match form.number {
        Number::Singular => "s",
        Number::Dual => "d",
        Number::Plural => "p",
    };
    let joins = match form.joins {
        Joins::Always => "+",
        Joins::Never => "-",
        Joins::Either => "",
    };
    format!("{aspect}{person}{gender}{number}{joins}{}", if form.tanwin { "=" } else { "" })
}

/// All forms of a verb in the order in which they are made: `form:what form:what`.
fn table(reference: &str) -> String {
    let verbs = Lexicon::builtin().verbs();
    let id = verbs.find(reference).unwrap();
    let mut found: Vec<(u32, String)> = Vec::new();
    for at in 0..verbs.words.len() {
        let mut next = verbs.first[at];
        while next != NONE {
            let (form, after) = verbs.forms[next as usize];
            if form.verb == id {
                let word = verbs.words.word(crate::text::WordId(at as u32));
                found.push((next, format!("{word}:{}", short(form))));
            }
            next = after;
        }
    }
    found.sort();
    found.into_iter().map(|(_, form)| form).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_verb_of_each_class_has_all_its_forms() {
    for line in include_str!("../../../tests/cases/verbs.tsv").lines().skip(1) {
        let (verb, forms) = line.split_once('\t').unwrap();
        assert_eq!(table(verb), forms, "{verb}");
    }
}

fn read(word: &str) -> Vec<String> {
    let verbs = Lexicon::builtin().verbs();
    let mut found = Vec::new();
    verbs.read(word, |reading| {
        let pronoun = if reading.pronoun.is_some() { "+" } else { "" };
        let article = if reading.is_definite() { "ال" } else { "" };
        found.push(format!(
            "{article}{} {}{pronoun}",
            verbs.verb(reading.form.verb).unwrap().perfect,
            short(reading.form)
        ));
    });
    found
}

#[test]
fn particles_and_pronouns_come_off() {
    for (word, wanted) in [
        ("وقال", "قال P3ms"),
        ("وسيلتقي", "التقى I3ms"),
        ("ليلتقي", "التقى I3ms"),
        ("زيارته", "زار Mfs++"),
        ("بزيارتها", "زار Mfs++"),
        ("لقائه", "التقى Mms++"),
        ("لقايه", "التقى Mms++"),
        ("المحادثات", "الحادث Mfp"),
        ("للمحادثات", "الحادث Mfp"),
        ("واتهمته", "اتهم P3fs+"),
        ("اتهموه", "اتهم P3mp++"),
        ("واستقبلهما", "استقبل P3ms+"),
        ("وداعيا", "دعا Ams-="),
        ("بحثنا", "بحث P1p"),
        ("قلتم", ""),
        ("سقال", ""),
        ("القال", ""),
    ] {
        let folded = crate::text::fold::normalize(word, crate::text::fold::Folds::MATCH).text;
        let found = read(&folded);
        assert!(wanted.is_empty() && found.is_empty() || found.iter().any(|form| form == wanted), "{word}: {found:?}");
    }
}

#[test]
fn every_row_is_sane() {
    let verbs = Lexicon::builtin().verbs();
    // Nouns that other tables brought have no imperfect, and are not found as verbs.
    for verb in verbs.all().iter().filter(|verb| !verb.imperfect.is_empty()) {
        let reference = format!("{} {}", verb.perfect, verb.imperfect);
        assert!(verbs.find(&reference).is_some());
        assert!(
            verbs
                .all()
                .iter()
                .filter(|other| other.perfect == verb.perfect && other.imperfect == verb.imperfect)
                .count()
                == 1,
            "{reference} stands twice"
        );
    }
}
