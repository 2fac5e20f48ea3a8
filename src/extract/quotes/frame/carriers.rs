//! Who carries what is said: credits, settings, outlets on the way from a cue to it.

use crate::extract::actors::{How, NounPhrase};
use crate::lexicon::reporting::{ReportingPhrase, Takes};
use crate::text::{Proclitics, Span, TokenKind};

use super::{Scan, State, Step};

/// Somebody whom the article does not name, told of by token `i`.
fn somebody(span: Span, i: usize) -> NounPhrase {
    let particles = Proclitics::empty();
    NounPhrase { entities: Vec::new(), first: i, last: i, span, how: How::Unnamed, gender: None, particles }
}

impl Scan<'_, '_, '_, '_> {
    /// `بحسب البيان`, `نقلا عن ...` on the way: who carried it.
    pub(super) fn credit(&mut self, last: usize) -> Step {
        let actors = self.words.actors;
        for i in last + 1..last + 5 {
            if let Some(phrase) = actors.phrase(i) {
                for &entity in &phrase.entities {
                    self.add_source(entity);
                }
                return Step::On(phrase.last + 1);
            }
            if self.words.is_punctuation(i) {
                return Step::On(i);
            }
        }
        Step::On(last + 1)
    }

    /// A setting: no part of the saying; its place or outlet may be its source.
    pub(super) fn setting(&mut self, i: usize, last: usize) -> Step {
        let words = self.words;
        let addressed = words.text().word(i).starts_with('ل');
        // لوكالة رويترز: a setting that names its outlet at once.
        let governed = if addressed || words.phrase(i, ReportingPhrase::TURN).is_some() {
            addressed && words.actors.mention_at(last + 1).is_some()
        } else {
            last > i || words.phrase(i, ReportingPhrase::PREPOSITION).is_some()
        };
        // أعلنت في بيان استشهاد فتى: what is said follows the statement at once.
        let said = self.cue().takes(Takes::NOUN) && last > i && self.is_content(last + 1);
        self.state.set(State::GOVERNED, governed && !said);
        self.state.remove(State::PARTED);
        Step::On(last + 1)
    }

    /// Whether token `i` is the `عن` of a verb that carries another's words.
    pub(super) fn relays(&self, i: usize) -> bool {
        self.cue().takes(Takes::RELAY) && self.words.text().word(i) == "عن"
    }

    /// Whose words the subject carries.
    pub(super) fn relay(&mut self, i: usize) -> Step {
        let words = self.words;
        let phrase = (i + 1..i + 3).find_map(|i| words.actors.phrase(i));
        // عن إحداهن: somebody, whoever it is, and not the one whose turn it is.
        let noun = words.text().kind(i + 1) == TokenKind::Arabic && !words.is_complementizer(i + 1);
        let phrase = phrase.or_else(|| noun.then(|| somebody(words.text().token(i + 1).span, i + 1)));
        let next = phrase.as_ref().map_or(i + 1, |phrase| phrase.last + 1);
        if let Some(subject) = &self.frame.subject {
            for entity in subject.entities.clone() {
                self.add_source(entity);
            }
        }
        self.frame.carried = phrase;
        self.state.insert(State::LIGHT);
        self.state.remove(State::VAGUE);
        Step::On(next)
    }

    /// An outlet at token `i`, to which something was told: its source.
    pub(super) fn note_source(&mut self, i: usize) {
        let actors = self.words.actors;
        let Some(place) = actors.place_at(i) else { return };
        if actors.is_outlet(place)
            && let Some(entity) = actors.entity_at(place)
        {
            self.add_source(entity);
        }
    }

    pub(super) fn note(&mut self, phrase: &NounPhrase) {
        self.note_source(phrase.first);
    }

    pub(super) fn add_source(&mut self, entity: usize) {
        let subject = self.frame.subject.as_ref().is_some_and(|subject| subject.entities.contains(&entity));
        let relays = self.cue().takes(Takes::RELAY);
        if (!subject || relays) && !self.frame.sources.contains(&entity) {
            self.frame.sources.push(entity);
        }
    }
}
