//! What is said behind a cue: the clause, the noun phrase, the words in marks, the speech.

use crate::extract::actors::{How, NounPhrase};
use crate::lexicon::names::EntityType;
use crate::lexicon::reporting::{ReportingPhrase, Takes};
use crate::lexicon::verbs::{Aspect, Number, VerbReading};
use crate::lexicon::{Entry, Kinds};
use crate::text::{Proclitics, TokenKind};

use super::super::marks::Quotation;
use super::super::words::Shape;
use super::{Content, NEAR, Scan, State, Step};

/// A quotation of fewer words is a name or a word held at arm's length, unless it is told outright.
const FEW: usize = 4;

impl Scan<'_, '_, '_, '_> {
    /// A noun phrase that no preposition governs: the subject, the one who is spoken to, or what is said.
    pub(super) fn noun_phrase(&mut self, i: usize) -> Option<Step> {
        let cue = self.cue();
        let words = self.words;
        if self.takes_subject() && (self.is(State::LIGHT) || self.is(State::PARTED)) {
            let found = words.actors.phrase(i).filter(|phrase| !phrase.is_governed());
            let content = found.as_ref().is_none_or(|phrase| phrase.entities.is_empty()) && self.is_content(i);
            if let Some(phrase) = found.filter(|_| !content) {
                let fits = !matches!(
                    words.actors.mention_at(i).map(|mention| mention.kind),
                    Some(EntityType::Loc | EntityType::Event)
                );
                if fits && !phrase.particles.intersects(Proclitics::WAW) {
                    let next = phrase.last + 1;
                    self.frame.subject = Some(self.joined(phrase));
                    let end = self.frame.subject.as_ref().map_or(next, |subject| subject.last + 1);
                    self.state.remove(State::PARTED);
                    return Some(Step::On(end.max(next)));
                }
            }
        }
        if cue.takes(Takes::NOUN) && self.object(i) {
            return Some(Step::Said(Content::Phrase(i)));
        }
        if let Some(phrase) = words.actors.phrase(i).filter(|phrase| phrase.last >= i) {
            // The one who is spoken to, or somebody in apposition.
            self.state.insert(State::ADDRESSED);
            self.note(&phrase);
            self.state.remove(State::PARTED);
            return Some(Step::On(phrase.last + 1));
        }
        let readings = words.verb(i);
        if !readings.is_empty() && readings.iter().all(VerbReading::is_finite) {
            self.state.insert(State::BLOCKED);
        }
        // A word in ا is an adverb: وأضاف ضاحكا.
        let adverb = words.text().word(i).ends_with('ا') && !words.text().word(i).starts_with("ال");
        if self.is(State::LIGHT)
            && self.frame.subject.is_none()
            && cue.shape == Shape::Finite
            && !self.is(State::PREPOSED)
            && !adverb
            && i <= cue.token + 2
        {
            self.state.insert(State::VAGUE);
        }
        // Words of the subject's own: adjectives, in the definite or behind one who is not named.
        let behind_unnamed =
            self.frame.subject.as_ref().is_some_and(|subject| subject.entities.is_empty() && i <= subject.last + 3);
        let adjective = (words.text().word(i).starts_with("ال") || behind_unnamed) && !self.is(State::PARTED);
        if adjective {
            self.state.insert(State::ADJECTIVE);
        }
        if !adjective {
            self.state.remove(State::LIGHT);
        }
        None
    }

    /// Whether the subject may still come.
    fn takes_subject(&self) -> bool {
        let free = self.frame.subject.is_none() && !self.is(State::VAGUE | State::PREPOSED);
        self.cue().shape == Shape::Finite && free
    }

    /// The subject with another one joined by و: `أكد سامر ووليد`.
    pub(super) fn joined(&self, mut phrase: NounPhrase) -> NounPhrase {
        if self.cue().number == Number::Plural && phrase.how == How::Unnamed {
            return phrase;
        }
        for _ in 0..3 {
            let next = phrase.last + 1;
            let Some(mention) = self.words.actors.mention_at(next) else { break };
            if self.words.actors.particles(mention) != Proclitics::WAW {
                break;
            }
            let Some(other) = self.words.actors.phrase(next).filter(|other| !other.entities.is_empty()) else { break };
            if phrase.entities.is_empty() {
                break;
            }
            for entity in other.entities {
                if !phrase.entities.contains(&entity) {
                    phrase.entities.push(entity);
                }
            }
            phrase.last = other.last;
            phrase.span = phrase.span.join(other.span);
        }
        phrase
    }

    /// Whether the noun at token `i` can carry a statement: a verbal noun or a noun of the table.
    pub(super) fn is_content(&self, i: usize) -> bool {
        let words = self.words;
        // A word for people or papers is none, whatever verb it could be of: بيان.
        if self.words.reading().hits.kinds(i).contains(Kinds::ACTOR) {
            return false;
        }
        if self.is_content_word(i) {
            return true;
        }
        words.verb(i).iter().any(|reading| reading.form.aspect == Aspect::Masdar && reading.letters() == 0)
    }

    /// Whether the noun at token `i`, with or without whose it is, is one of those that carry statements: `أهمية`, `مسؤوليته`.
    pub(super) fn is_content_word(&self, i: usize) -> bool {
        let words = self.words;
        if words.phrase(i, ReportingPhrase::CONTENT).is_some() {
            return true;
        }
        let word = words.text().word(i);
        let stem = ["هما", "ها", "هم", "نا", "ه"].iter().find_map(|pronoun| word.strip_suffix(pronoun));
        let Some(stem) = stem else { return false };
        let lexicon = words.reading().lexicon;
        let known = |stem: &str| {
            let content = |entry| matches!(lexicon.entry(entry), Some(Entry::Reporting(ReportingPhrase::CONTENT)));
            lexicon.exact(stem).any(content)
        };
        // ة before a pronoun is written ت.
        known(stem) || stem.strip_suffix('ت').is_some_and(|root| known(&format!("{root}ه")))
    }

    /// Whether what the verb says is the noun phrase at token `i`.
    pub(super) fn object(&self, i: usize) -> bool {
        let cue = self.cue();
        let addressed = cue.takes(Takes::PERSON);
        if !(self.is(State::LIGHT) || addressed)
            || self.is(State::VAGUE)
            || (cue.pronoun.is_some() && !addressed)
            || (self.is(State::ADJECTIVE) && !self.is(State::PARTED))
        {
            return false;
        }
        if cue.takes(Takes::PERFECT) && cue.shape == Shape::Finite && !cue.perfect {
            return false;
        }
        // What an agency carries is a saying only where its noun says so: نقل رغبة.
        let said = if cue.takes(Takes::RELAY) { self.is_content_word(i) } else { self.is_content(i) };
        if !said || self.words.actors.mention_at(i).is_some() {
            return false;
        }
        let definite = self.words.text().word(i).starts_with("ال");
        !definite || self.is(State::PARTED) || (i == cue.token + 1 && cue.shape == Shape::Participle)
    }

    /// A quotation on the way: a name, a word at arm's length, or what is said.
    pub(super) fn quotation(&mut self, i: usize, at: usize, quotation: &Quotation) -> Step {
        let words = self.words;
        let before = words.text().word(i - 1);
        let told = matches!(before, ":" | "," | "-") || words.is_complementizer(i - 1) || i == self.cue().token + 1;
        let named = self.is_name(quotation);
        let subject_before = self.frame.subject.as_ref().is_some_and(|subject| subject.last + 1 >= i);
        let long = quotation.words >= FEW;
        let direct = self.cue().takes(Takes::DIRECT | Takes::MARKS | Takes::CLAUSE);
        let attached = self.cue().takes(Takes::MARKS) && quotation.words >= 2;
        let said = direct
            && !named
            && (long || ((told || subject_before || attached) && quotation.words >= 2) || (told && before == ":"));
        if said {
            return Step::Said(Content::Marks(at));
        }
        // قال "سامر الخطيب" إن: a name in marks is a name.
        if named && self.takes_subject() && !self.is(State::GOVERNED) {
            self.frame.subject = self.words.actors.phrase(quotation.first);
        }
        self.note_source(quotation.first);
        self.state.remove(State::PARTED | State::GOVERNED);
        Step::On(if quotation.closed { quotation.close + 1 } else { i + 1 })
    }

    /// Whether a quotation holds a name and nothing else.
    pub(super) fn is_name(&self, quotation: &Quotation) -> bool {
        let actors = self.words.actors;
        let over = actors.mention_over(quotation.first);
        let whole = over.is_some_and(|mention| {
            mention.last >= quotation.last()
                && quotation.words <= 6
                && matches!(
                    mention.kind,
                    EntityType::Org
                        | EntityType::Product
                        | EntityType::Fac
                        | EntityType::Pers
                        | EntityType::Gpe
                        | EntityType::Event
                        | EntityType::Loc
                )
        });
        let headed = quotation.words < FEW && quotation.open > 0 && {
            let noun = actors.phrase(quotation.open - 1);
            noun.is_some_and(|noun| noun.how != How::Named && noun.last + 1 >= quotation.open)
        };
        whole || headed
    }

    /// A colon: speech with or without marks follows.
    pub(super) fn colon(&mut self, i: usize) -> Step {
        let text = self.words.text();
        if !self.cue().takes(Takes::DIRECT) {
            return Step::Ends;
        }
        if self.marks.opening_at(i + 1).is_some()
            || self.marks.opening_at(i + 2).is_some() && text.kind(i + 1) == TokenKind::Punctuation
        {
            return Step::On(i + 1);
        }
        // A clock or a list is no speech.
        if text.kind(i + 1) == TokenKind::Number
            || i + 1 >= text.len()
            || text.glued(i + 1) && text.kind(i - 1) == TokenKind::Number
        {
            return Step::On(i + 1);
        }
        if self.words.is_complementizer(i + 1) {
            return Step::On(i + 1);
        }
        if !self.cue().takes(Takes::SPEECH) || self.is(State::BLOCKED) || i > self.cue().token + NEAR + NEAR {
            return Step::Ends;
        }
        Step::Said(Content::Speech(i + 1))
    }

    /// `أن` at token `i`: a clause follows, or the same in marks.
    pub(super) fn clause(&mut self, i: usize) -> Step {
        let cue = self.cue();
        // أوردته الصحيفة، مفاده أن: the clause is what the pronoun stands for.
        let carried = matches!(self.words.text().word(i - 1), "مفاده" | "مفادها");
        if !cue.takes(Takes::CLAUSE) || (self.takes_pronoun() && i > cue.token + 1 && !carried) {
            return Step::Ends;
        }
        // بعد أن, رغم أن, إلا أن: no clause of the verb's.
        let words = self.words;
        let behind = i > cue.token + 1;
        // من المقرر أن, يمكن أن: the clause of another word.
        let before = words.verb(i - 1);
        let expected = i > 1
            && words.text().word(i - 2) == "من"
            && before.iter().any(|reading| {
                reading.is_definite() && matches!(reading.form.aspect, Aspect::Passive | Aspect::Active)
            });
        let verb = !before.is_empty()
            && before.iter().all(|reading| reading.is_finite() && reading.pronoun.is_none())
            && !words.times.any(i - 1, i - 1);
        let named = words.actors.mention_over(i - 1).is_some();
        if behind && !named && (expected || verb) {
            return Step::On(i + 1);
        }
        let other = behind && words.phrase(i - 1, ReportingPhrase::CONNECTOR) == Some(i)
            || (behind
                && words.phrase(i - 1, ReportingPhrase::PREPOSITION) == Some(i - 1)
                && !cue.takes(words.preposition(i - 1)))
            || words.actors.mention_over(i - 1).is_none()
                && matches!(words.text().word(i - 1), "خاصه" | "خصوصا" | "علما" | "سيما" | "شريطه" | "الا" | "غير");
        if other {
            return Step::On(i + 1);
        }
        let near = self.is(State::LIGHT) && !self.is(State::VAGUE);
        if cue.takes(Takes::MARKS) && !near {
            // An act tells of a clause only where it follows at once; words in marks count wherever they stand.
            return Step::On(i + 1);
        }
        if (cue.takes(Takes::STRICT) || cue.doubtful) && !near && !carried {
            return Step::Ends;
        }
        // يذكر أن: nobody says it.
        let impersonal = cue.takes(Takes::PASSIVE)
            && cue.shape == Shape::Finite
            && !cue.perfect
            && cue.number == Number::Singular
            && i == cue.token + 1
            && !self.is(State::PREPOSED);
        if impersonal {
            return Step::Ends;
        }
        self.content_at(i + 1)
    }

    /// Behind the verb's own preposition; `i` is the first token behind it, `from` where a noun phrase would begin.
    pub(super) fn behind(&mut self, i: usize, from: usize, sure: bool) -> Step {
        let words = self.words;
        if let Some((at, quotation)) = self.marks.opening_at(i)
            && quotation.words >= 2
            && !self.is_name(&quotation)
        {
            return Step::Said(Content::Marks(at));
        }
        if words.is_complementizer(i) {
            return self.content_at(i + 1);
        }
        if let Some(last) = words.phrase(i, ReportingPhrase::HOPE) {
            return self.hope(last + 1);
        }
        if words.phrase(i, ReportingPhrase::THANKS).is_some() || self.cue().takes(Takes::MARKS) {
            return Step::On(i + 1);
        }
        if words.text().opens_line(i) || words.is_punctuation(i) && !words.is_mark(i) {
            return Step::On(i + 1);
        }
        if !sure {
            self.candidate.get_or_insert(Content::Phrase(from));
            return Step::On(i);
        }
        Step::Said(Content::Phrase(from))
    }

    /// Behind `أعرب عن أمله`: the hope itself begins after `في`, `أن`, or with its `بـ`.
    pub(super) fn hope(&mut self, i: usize) -> Step {
        let words = self.words;
        let i = i + usize::from(matches!(words.text().word(i), "في" | "من" | "الي"));
        if words.is_complementizer(i) {
            return self.content_at(i + 1);
        }
        if let Some((at, _)) = self.marks.opening_at(i) {
            return Step::Said(Content::Marks(at));
        }
        if words.is_punctuation(i) {
            return Step::Ends;
        }
        Step::Said(Content::Phrase(i))
    }

    /// A clause that begins at token `i`.
    pub(super) fn content_at(&self, i: usize) -> Step {
        let words = self.words;
        if i >= words.text().len() || words.text().opens_line(i) || words.ends_sentence(i) {
            return Step::Ends;
        }
        // أن، وبحسب ...: a comma right behind it
        let i = i + usize::from(words.text().word(i) == ",");
        if words.text().word(i) == ":" && self.marks.opening_at(i + 1).is_some() {
            return Step::Said(Content::Clause(i + 1));
        }
        Step::Said(Content::Clause(i))
    }
}
