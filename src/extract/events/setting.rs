//! A sentence with what is known of it while its triggers are read: its finite verbs, and who was told of before.
//!
//! Takes the clauses of a sentence; answers in whose clause a token stands, and who tells it. Each question looks at a few clauses.

use std::ops::Range;

use crate::lexicon::events::Cue;
use crate::lexicon::names::EntityType;

use super::clauses::{Clause, Told};
use super::scene::Scene;

/// A sentence with what is known of it while its triggers are read.
#[derive(Debug)]
pub(super) struct Setting<'s> {
    pub(super) sentence: Range<usize>,
    /// Its finite verbs.
    pub(super) clauses: &'s [Clause],
    /// The subject told last before the sentence.
    pub(super) told: &'s Told,
    /// Whether it is the headline.
    pub(super) headline: bool,
}

impl Setting<'_> {
    /// The last finite verb before token `i`.
    pub(super) fn clause_before(&self, i: usize) -> Option<&Clause> {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        self.clauses.get(to.checked_sub(1)?)
    }

    /// The finite verb at token `i`.
    pub(super) fn clause_at(&self, i: usize) -> Option<&Clause> {
        let at = self.clauses.partition_point(|clause| clause.token < i);
        self.clauses.get(at).filter(|clause| clause.token == i)
    }

    /// Who tells what stands at token `i`: the subject of the last verb of telling before it, else of the last verb.
    pub(super) fn teller(&self, i: usize) -> &[usize] {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let told = self.clauses.get(..to).unwrap_or_default().iter().rev().take(6);
        let mut telling = told.filter(|clause| clause.cue.contains(Cue::SAYS) && !clause.subject.is_empty());
        let found = telling.next().map(|clause| clause.subject.as_slice());
        found.unwrap_or_else(|| if self.told.teller.is_empty() { self.subject(i) } else { &self.told.teller })
    }

    /// Who does something beside telling: the person who acts in what a body's statement tells, else the teller.
    pub(super) fn beside(&self, scene: &Scene<'_, '_>, i: usize) -> &[usize] {
        let teller = self.teller(i);
        let person = |entities: &[usize]| {
            entities.first().is_some_and(|&entity| scene.actors.kind(entity) == Some(EntityType::Pers))
        };
        if person(teller) {
            return teller;
        }
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let mut acting = self.clauses.get(..to).unwrap_or_default().iter().rev().take(6);
        acting.find(|clause| clause.own && person(&clause.subject)).map_or(teller, |clause| clause.subject.as_slice())
    }

    /// The subject in whose clause token `i` stands.
    pub(super) fn subject(&self, i: usize) -> &[usize] {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let told = self.clauses.get(..to).unwrap_or_default().iter().rev().take(4);
        told.map(|clause| clause.subject.as_slice()).find(|subject| !subject.is_empty()).unwrap_or(&self.told.subject)
    }
}
