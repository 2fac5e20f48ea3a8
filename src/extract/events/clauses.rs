//! The finite verbs of a sentence and who is their subject.
//!
//! Takes a sentence; gives its [`Clause`]s. A subject stands before its verb or behind it, times and prepositional phrases passed over; where
//! none stands, a verb that goes on (`وأضاف`, `أنه بحث`) takes over the one told before. Looks a bounded number of tokens away.

use std::ops::Range;

use crate::extract::actors::{How, NounPhrase};
use crate::lexicon::events::Cue;
use crate::lexicon::names::{EntityType, Gender};
use crate::lexicon::verbs::{Number, Person, VerbReading};
use crate::text::{Proclitics, TokenKind};

use super::party::Party;
use super::scene::Scene;

/// How far behind a verb its subject can stand.
const SUBJECT: usize = 18;
/// How many phrases between a verb and its subject or object are passed over.
const PASSED: usize = 3;

/// A finite verb and its subject.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// The verb.
    pub(super) token: usize,
    /// How it is read.
    pub(super) reading: VerbReading,
    /// Whom its subject means; none where nobody named.
    pub(super) subject: Vec<usize>,
    /// The first token behind verb and subject.
    pub(super) after: usize,
    /// Whether the subject stands in the clause; else it was taken over from an earlier one.
    pub(super) own: bool,
    /// What the verb does beside events.
    pub(super) cue: Cue,
}

/// Who was told of last.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The subject of the last verb.
    pub(super) subject: Vec<usize>,
    /// The subject of the last verb of telling.
    pub(super) teller: Vec<usize>,
}

/// A verb's subject.
struct Subject {
    who: Vec<usize>,
    after: usize,
    own: bool,
}

impl Scene<'_, '_> {
    /// The finite verbs of a sentence with their subjects; `last` is the subject told before it.
    pub(super) fn clauses(&self, sentence: &Range<usize>, told: &mut Told) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        for i in sentence.clone() {
            let Some(first) = self.finite(i) else { continue };
            let (reading, Subject { who: mut subject, after, own }) = self.likeliest(i, first, sentence, told);
            // نقلت الوكالة عن الوزير: the minister speaks.
            if subject.iter().any(|&entity| self.is_outlet(entity)) {
                subject = self.relayed(after, sentence.end);
            }
            if !subject.is_empty() {
                told.subject.clone_from(&subject);
                if self.has(i, Cue::SAYS) {
                    told.teller.clone_from(&subject);
                }
            }
            clauses.push(Clause { token: i, reading: *reading, subject, after, own, cue: self.cue(i) });
        }
        let telling = clauses.iter().rev().find(|clause| clause.cue.contains(Cue::SAYS) && !clause.subject.is_empty());
        let telling = telling.or_else(|| clauses.iter().rev().find(|clause| !clause.subject.is_empty()));
        if let Some(country) = telling.and_then(|clause| self.country_of(*clause.subject.first()?)) {
            self.home.set(Some(country));
        }
        clauses
    }

    /// The verb that token `i` is, `first` unless another does better, and its subject. Of several verbs written the same (`تهدد`) it is the one
    /// that a subject agrees with, and that tells of something.
    fn likeliest<'v>(
        &'v self,
        i: usize,
        first: &'v VerbReading,
        sentence: &Range<usize>,
        told: &Told,
    ) -> (&'v VerbReading, Subject) {
        let tells = |reading: &VerbReading| self.reading.lexicon.events().triggers(reading.form.verb).next().is_some();
        let weight = |reading: &VerbReading, subject: &Subject| {
            let found = !subject.who.is_empty();
            (found && subject.own, found, tells(reading))
        };
        // Who it can be depends on the person, number and gender of the form alone.
        let form = |reading: &VerbReading| (reading.form.person, reading.form.number, reading.form.gender);
        let mut best = (first, self.subject(i, first, sentence, told));
        let mut subject = None;
        for reading in self.readings(i).filter(|reading| self.finite_reading(i, reading)).take(6) {
            let (verb, found) = &best;
            if form(reading) == form(verb) {
                if weight(reading, found) > weight(verb, found) {
                    best.0 = reading;
                }
                continue;
            }
            let known = subject.take_if(|(known, _)| *known == form(reading));
            let other = known.map_or_else(|| self.subject(i, reading, sentence, told), |(_, other)| other);
            if weight(reading, &other) > weight(verb, found) {
                best = (reading, other);
            } else {
                subject = Some((form(reading), other));
            }
        }
        best
    }

    /// Whether a verb before or behind `phrase` agrees with it in gender. Only persons tell: bodies and countries go either way.
    pub(super) fn agrees(&self, reading: &VerbReading, phrase: &NounPhrase) -> bool {
        let person = phrase.entities.first().is_none_or(|&entity| self.actors.kind(entity) == Some(EntityType::Pers));
        match (reading.form.gender, phrase.gender) {
            (Some(verb), Some(noun)) if person => verb == noun,
            _ => true,
        }
    }

    /// Whether a verb of this gender can go on telling of `entity`; persons of whom nothing tells are taken for men.
    fn goes_on(&self, entity: usize, gender: Option<Gender>) -> bool {
        let known = self.actors.gender(entity);
        let man = known.is_none() && self.actors.kind(entity) == Some(EntityType::Pers);
        self.actors.agrees(entity, gender) && !(man && gender == Some(Gender::Feminine))
    }

    /// Whose words an outlet carries, from token `from` on: `عن لافروف`.
    fn relayed(&self, from: usize, end: usize) -> Vec<usize> {
        let mut behind = (from..end.min(from + SUBJECT)).take_while(|&j| !self.stops(j));
        let said = behind.find(|&j| self.word(j) == "عن").and_then(|j| self.party(j + 1));
        said.map(|party| party.entities).unwrap_or_default()
    }

    /// The subject of the verb at token `i`.
    fn subject(&self, i: usize, reading: &VerbReading, sentence: &Range<usize>, told: &Told) -> Subject {
        let before = i.checked_sub(1).map_or("", |before| self.word(before));
        let by_pronoun = matches!(before, "انه" | "انها" | "بانه" | "بانها") && !told.teller.is_empty();
        let last = if by_pronoun { &told.teller } else { &told.subject };
        let taken = |subject: Vec<usize>| Subject { who: subject, after: i + 1, own: false };
        if reading.form.person != Person::Third {
            return taken(self.speakers(i).map_or_else(|| told.teller.clone(), <[usize]>::to_vec));
        }
        if let Some(subject) = self.subject_before(i, reading) {
            return Subject { who: subject, after: i + 1, own: true };
        }
        if let Some(party) = self.behind(i, reading, sentence.end) {
            return Subject { who: party.entities, after: party.last + 1, own: true };
        }
        if reading.form.number == Number::Dual {
            return taken(self.two(i));
        }
        // وقالت مصادر: somebody whom the article does not name.
        let nobody =
            self.actors.phrase(i + 1).is_some_and(|phrase| phrase.how == How::Unnamed && !phrase.is_governed());
        if self.open_subject(i) && !nobody {
            let group = |entity: usize| self.actors.kind(entity) != Some(EntityType::Pers);
            let plural = reading.form.number == Number::Plural;
            let agreeing = last.iter().copied().filter(|&entity| self.goes_on(entity, reading.form.gender) || plural);
            let agreeing: Vec<usize> = agreeing.filter(|&entity| !plural || last.len() > 1 || group(entity)).collect();
            return taken(agreeing);
        }
        Subject { who: Vec::new(), after: i + 1, own: true }
    }

    /// The subject that stands right before the verb at token `i`.
    pub(super) fn subject_before(&self, i: usize, reading: &VerbReading) -> Option<Vec<usize>> {
        // المالكي قد وصل
        let particle =
            i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "قد" | "لم" | "لن" | "لا" | "سوف"));
        let i = i - usize::from(particle);
        let phrase = self.actors.phrase_before(i).filter(|phrase| phrase.last + 2 >= i)?;
        let plural = reading.form.number == Number::Plural;
        let group = phrase.entities.first().is_some_and(|&entity| self.actors.kind(entity) != Some(EntityType::Pers));
        // عناصر من تنظيم X احتلوا: the group stands for its men.
        let men = plural && group;
        if !men && (phrase.is_governed() || self.governed(phrase.first) || !self.agrees(reading, &phrase)) {
            return None;
        }
        let party = self.party(phrase.first).filter(|party| party.last == phrase.last);
        let mut entities = party.map_or_else(|| self.sides(&phrase.entities), |party| party.entities);
        // لافروف وحسين بحثا
        if phrase.particles == Proclitics::WAW
            && let Some(other) = self.actors.phrase_before(phrase.first)
            && other.last + 1 == phrase.first
        {
            let mut both = self.sides(&other.entities);
            both.append(&mut entities);
            entities = both;
        }
        (!entities.is_empty()).then_some(entities)
    }

    /// The two who are meant where nobody is named: those who met last, else those named last.
    pub(super) fn two(&self, i: usize) -> Vec<usize> {
        self.pair.get().map_or_else(|| self.sides(&self.actors.two_before(i)), |pair| pair.to_vec())
    }

    /// Whether the verb at token `i` goes on with a subject told before: it follows `و`, `كما`, `أنه`, `التي`.
    fn open_subject(&self, i: usize) -> bool {
        let text = &self.reading.text;
        let joined = text.word(i).starts_with(['و', 'ف']);
        let Some(before) = i.checked_sub(1) else { return joined };
        joined
            || self.has(before, Cue::BEFORE_VERB | Cue::CLAUSE)
            || text.kind(before) == TokenKind::Punctuation
            || self.time_over(before).is_some()
            // في زيارة يلتقي خلالها: the clause tells of the noun before it.
            || matches!(text.word(i + 1), "خلالها" | "خلاله" | "فيها" | "فيه" | "اثناءها" | "اثناءه")
    }

    /// The party that follows token `i` as a subject.
    fn behind(&self, i: usize, reading: &VerbReading, end: usize) -> Option<Party> {
        if reading.form.number != Number::Singular {
            return None;
        }
        let (mut j, mut passed) = (i + 1, 0);
        while j < end.min(i + SUBJECT) && passed <= PASSED {
            if self.stops(j) {
                return None;
            }
            if let Some(time) = self.time_over(j) {
                j = self.after_time(time);
                continue;
            }
            if matches!(self.word(j), "," | "\"" | "(" | ")" | "-") {
                j += 1;
                continue;
            }
            let party = self.parties(j);
            match party {
                Some(party) if !party.phrase.is_governed() && !party.phrase.particles.contains(Proclitics::WAW) => {
                    return self.agrees(reading, &party.phrase).then_some(party);
                }
                Some(party) => {
                    j = party.last + 1;
                    passed += 1;
                }
                None if self.is_preposition(j) && !self.has(j, Cue::CLAUSE) => {
                    j = self.parties(j + 1).map_or(j + 2, |party| party.last + 1);
                    passed += 1;
                }
                None if matches!(self.word(j), "ذلك" | "هذا" | "عنه" | "ايضا") => j += 1,
                // معه, إليها, خلالها, أيضا, رسميا
                None if self.passes_by(j) => {
                    j += 1;
                    passed += 1;
                }
                None => return None,
            }
        }
        None
    }
}
