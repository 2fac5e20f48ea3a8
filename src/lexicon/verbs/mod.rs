//! `verbs.tsv`: verbs in every written form.
//!
//! Takes the rows (perfect, imperfect, verbal nouns, participles, as people write them); gives [`Verbs`]: for a word in match
//! form, which forms of which verbs it can be, particles written onto its front and pronouns onto its end taken off
//! ([`Verbs::read`]), and the same for all words of an article ([`VerbWords`]). Forms are made once, when the lexicon is
//! laid; a look-up asks a bit first. The words do not join the lexicon's vocabulary: nobody else's readings change by them.
//!
//! Short vowels are not written, so a form can be several: `قتل` is "he killed", "he was killed" and "killing".

mod conjugate;
mod words;

use rustc_hash::FxHashMap;

use crate::text::{Proclitics, Vocabulary, proclitic_splits};

pub use words::VerbWords;

use super::names::Gender;
use super::tsv::{Row, RowError};
use super::{Builder, Table};

/// The table of this room.
pub(super) const TABLES: &[Table] =
    &[Table { name: "verbs.tsv", text: include_str!("../../../lexicon/verbs.tsv"), read: read_row }];

/// The number of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerbId(pub u16);

/// A verb by its written forms; what is written the same is one verb here (`حذر`: "beware" and "warn").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The perfect, "he did".
    pub perfect: Box<str>,
    /// The imperfect, "he does"; empty of a noun.
    pub imperfect: Box<str>,
    /// What it means; empty of a noun.
    pub english: Box<str>,
}

/// What kind of form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// `التقى` "he met"; the passive is written the same.
    Perfect,
    /// `يلتقي` "he meets"
    Imperfect,
    /// `لقاء` "a meeting"
    Masdar,
    /// `ملتق` "meeting" (the one who meets)
    Active,
    /// `مدعو` "invited"
    Passive,
}

impl Aspect {
    /// Whether the form is a sentence's verb: perfect or imperfect.
    pub fn is_finite(self) -> bool {
        matches!(self, Self::Perfect | Self::Imperfect)
    }
}

/// Who a form or a pronoun speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// I, we.
    First,
    /// You.
    Second,
    /// He, she, they.
    Third,
}

/// How many a form or a pronoun speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Two.
    Dual,
    /// Three or more.
    Plural,
}

/// Whether a form stands alone or carries a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Joins {
    /// Alone only: `زيارة`.
    Never,
    /// Before a pronoun only: `زيارت` in `زيارته`.
    Always,
    /// Either.
    Either,
}

/// One form of one verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbForm {
    /// Which verb.
    pub verb: VerbId,
    /// Which kind of form.
    pub aspect: Aspect,
    /// Who does it; third for nouns and participles.
    pub person: Person,
    /// The gender where the form tells it.
    pub gender: Option<Gender>,
    /// The number.
    pub number: Number,
    /// Whether it ends in the alef of the indefinite accusative: `مؤكدا`.
    pub tanwin: bool,
    joins: Joins,
}

/// A pronoun written onto a word's end: `ه` in `زيارته` "his visit".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pronoun {
    /// Its person.
    pub person: Person,
    /// Its gender, where it tells it.
    pub gender: Option<Gender>,
    /// Its number.
    pub number: Number,
}

/// A word read as a form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbReading {
    /// The form.
    pub form: VerbForm,
    /// The particles before it, the article among them.
    pub proclitics: Proclitics,
    /// The pronoun behind it.
    pub pronoun: Option<Pronoun>,
}

impl VerbReading {
    /// How many letters of particles stand before the word, the article not among them.
    pub fn letters(&self) -> u8 {
        self.proclitics.letters()
    }

    /// Whether the word has the article.
    pub fn is_definite(&self) -> bool {
        self.proclitics.contains(Proclitics::ARTICLE)
    }

    /// Whether the form is a verb, with nothing but `و`, `ف`, `س` or `ل` before it.
    pub fn is_finite(&self) -> bool {
        self.form.aspect.is_finite()
    }
}

/// The verbs, and every written form of them in match form.
#[derive(Debug, Default)]
pub struct Verbs {
    list: Vec<Verb>,
    /// The verbs by their perfects, and the nouns by their first words.
    by_name: FxHashMap<Box<str>, Vec<VerbId>>,
    words: Vocabulary,
    /// For each word the place of its first form in `forms`.
    first: Vec<u32>,
    /// The forms, each with the place of the next one written the same; [`NONE`] where there is none.
    forms: Vec<(VerbForm, u32)>,
}

/// Words of more bytes than this are no verbs.
const LONGEST_WORD: usize = 48;

/// No further form.
const NONE: u32 = u32::MAX;

/// The pronouns written onto words, the longer before the shorter, in match form: those that end in `last`.
fn pronouns(last: Option<char>) -> &'static [(&'static str, Pronoun)] {
    const fn pronoun(person: Person, gender: Option<Gender>, number: Number) -> Pronoun {
        Pronoun { person, gender, number }
    }
    use Number::{Dual, Plural, Singular};
    use Person::{First, Second, Third};
    const MASCULINE: Option<Gender> = Some(Gender::Masculine);
    const FEMININE: Option<Gender> = Some(Gender::Feminine);
    match last {
        Some('ا') => {
            const {
                &[
                    ("هما", pronoun(Third, None, Dual)),
                    ("كما", pronoun(Second, None, Dual)),
                    ("ها", pronoun(Third, FEMININE, Singular)),
                    ("نا", pronoun(First, None, Plural)),
                ]
            }
        }
        Some('م') => const { &[("هم", pronoun(Third, MASCULINE, Plural)), ("كم", pronoun(Second, None, Plural))] },
        Some('ن') => const { &[("هن", pronoun(Third, FEMININE, Plural))] },
        Some('ي') => const { &[("ني", pronoun(First, None, Singular)), ("ي", pronoun(First, None, Singular))] },
        Some('ه') => const { &[("ه", pronoun(Third, MASCULINE, Singular))] },
        Some('ك') => const { &[("ك", pronoun(Second, None, Singular))] },
        _ => &[],
    }
}

impl Verbs {
    /// The verb written so in the perfect, or in the perfect and the imperfect with a space between where several are.
    pub fn find(&self, reference: &str) -> Option<VerbId> {
        let mut words = reference.split(' ');
        let (perfect, imperfect) = (words.next().unwrap_or_default(), words.next());
        self.called(perfect).find_map(|(id, verb)| {
            let fits = !verb.imperfect.is_empty() && imperfect.is_none_or(|imperfect| *verb.imperfect == *imperfect);
            fits.then_some(id)
        })
    }

    /// The verbs and nouns of this name.
    fn called(&self, name: &str) -> impl Iterator<Item = (VerbId, &Verb)> {
        let ids = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|&id| Some((id, self.verb(id)?)))
    }

    /// Lists a verb or noun; none where there is no number left.
    fn push(&mut self, verb: Verb) -> Option<VerbId> {
        let id = VerbId(u16::try_from(self.list.len()).ok()?);
        self.by_name.entry(verb.perfect.clone()).or_default().push(id);
        self.list.push(verb);
        Some(id)
    }

    /// What a verb is; none for a verb of another lexicon.
    pub fn verb(&self, id: VerbId) -> Option<&Verb> {
        self.list.get(usize::from(id.0))
    }

    /// The verbs, by their numbers.
    pub fn all(&self) -> &[Verb] {
        &self.list
    }

    /// The forms that are written as `word`, a whole word in match form.
    pub fn forms(&self, word: &str) -> impl Iterator<Item = VerbForm> {
        let first = self.words.get(word).and_then(|id| self.first.get(id.0 as usize)).copied().unwrap_or(NONE);
        let mut next = self.forms.get(first as usize);
        std::iter::from_fn(move || {
            let &(form, after) = next?;
            next = self.forms.get(after as usize);
            Some(form)
        })
    }

    /// Calls `found` for every way in which `word` (match form) is a form of a verb: as it stands first, then with particles
    /// off its front, each without and then with a pronoun off its end. Cost: a few look-ups, bounded.
    pub fn read(&self, word: &str, mut found: impl FnMut(VerbReading)) {
        if word.len() > LONGEST_WORD {
            return;
        }
        self.ends(word, Proclitics::empty(), &mut found);
        proclitic_splits(word, |proclitics, _, stem| self.ends(stem, proclitics, &mut found));
    }

    /// The readings of `stem`, whose particles are off, without and with a pronoun behind it.
    fn ends(&self, stem: &str, proclitics: Proclitics, found: &mut impl FnMut(VerbReading)) {
        for form in self.forms(stem).filter(|form| form.joins != Joins::Always && form.takes(proclitics)) {
            found(VerbReading { form, proclitics, pronoun: None });
        }
        if proclitics.contains(Proclitics::ARTICLE) {
            return;
        }
        for &(letters, pronoun) in pronouns(stem.chars().next_back()) {
            let Some(rest) = stem.strip_suffix(letters) else { continue };
            let fits = |form: &VerbForm| {
                let right_first = match letters {
                    "ني" => form.aspect.is_finite(),
                    "ي" => form.aspect == Aspect::Masdar,
                    _ => true,
                };
                form.joins != Joins::Never && right_first && form.takes(proclitics)
            };
            for form in self.forms(rest).filter(fits) {
                found(VerbReading { form, proclitics, pronoun: Some(pronoun) });
            }
        }
    }

    /// Adds a noun that is no verbal noun of a listed verb, in all of `words` (singular, plurals, as people write them), as if it
    /// were one; the same words again are the same noun. None where there is no number left.
    pub(super) fn add_noun<'w>(&mut self, words: impl Iterator<Item = &'w str> + Clone) -> Option<VerbId> {
        let name = words.clone().next().unwrap_or_default();
        // Another row may know other numbers of a noun that is listed.
        let known = self.called(name).find_map(|(id, verb)| verb.imperfect.is_empty().then_some(id));
        let noun = || Verb { perfect: name.into(), imperfect: Box::default(), english: Box::default() };
        let id = known.or_else(|| self.push(noun()))?;
        conjugate::noun(words, id, self);
        Some(id)
    }

    /// Adds a form under `word`, in match form.
    fn add(&mut self, word: &str, form: VerbForm) {
        let at = self.words.intern(word).0 as usize;
        let place = self.forms.len() as u32;
        if at >= self.first.len() {
            self.first.resize(at + 1, NONE);
        }
        let Some(slot) = self.first.get_mut(at) else { return };
        if *slot == NONE {
            *slot = place;
            self.forms.push((form, NONE));
            return;
        }
        // Few forms share a spelling: walk to the last of them, and add no form twice.
        let mut last = *slot;
        while let Some(&(known, next)) = self.forms.get(last as usize) {
            if known == form {
                return;
            }
            if next == NONE {
                break;
            }
            last = next;
        }
        self.forms.push((form, NONE));
        if let Some(known) = self.forms.get_mut(last as usize) {
            known.1 = place;
        }
    }
}

impl VerbForm {
    /// Whether the particles can stand before the form.
    fn takes(self, proclitics: Proclitics) -> bool {
        let after_conjunction = proclitics.difference(Proclitics::WAW | Proclitics::FEH);
        match self.aspect {
            Aspect::Perfect => after_conjunction.is_empty(),
            Aspect::Imperfect => (Proclitics::SEEN | Proclitics::LAM).contains(after_conjunction),
            _ if proclitics.contains(Proclitics::ARTICLE) => !self.tanwin && !proclitics.contains(Proclitics::SEEN),
            _ => !proclitics.contains(Proclitics::SEEN),
        }
    }
}

/// Reads a row of `verbs.tsv`.
fn read_row(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let (perfect, imperfect) = (row.cell("perfect"), row.cell("imperfect"));
    if perfect.chars().nth(1).is_none() || !imperfect.starts_with('ي') {
        return Err(row.error("a verb has a perfect of two letters or more and an imperfect in ي"));
    }
    let verbs = builder.verbs();
    let verb = Verb { perfect: perfect.into(), imperfect: imperfect.into(), english: row.cell("english").into() };
    let id = verbs.push(verb).ok_or_else(|| row.error("too many verbs"))?;
    conjugate::conjugate(row, id, verbs);
    Ok(())
}

#[cfg(test)]
mod tests;
