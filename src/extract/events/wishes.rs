//! General wishes: an official's words for better relations, and readiness to work together.
//!
//! Takes a sentence; gives [`Wish`]es: the verbal noun under the wishing word, who wishes and towards whom. Looks a bounded
//! number of tokens ahead and back.

use crate::lexicon::events::Cue;
use crate::lexicon::names::EntityType;

use super::scene::Scene;
use super::setting::Setting;
use super::sides::Sides;

/// How far behind the wishing word the verbal noun can stand.
const UNDER: usize = 4;
/// How far behind the verbal noun the relation can stand.
const OBJECT: usize = 5;
/// How far behind the relation the other side can stand.
const SIDE: usize = 12;

/// A wish in its place.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// The verbal noun.
    pub(super) token: usize,
    /// The relation that it betters; the noun itself where it is one.
    pub(super) last: usize,
    /// Who wishes, and towards whom: one for each who speaks.
    pub(super) sides: Vec<Sides>,
}

impl Scene<'_, '_> {
    /// The wish that the word at token `i` opens.
    ///
    /// *Finds* `أكد الوزير ضرورة تعزيز التعاون مع العراق` ("the minister stressed the need to strengthen cooperation with Iraq"): `تعزيز`, from
    /// the minister to Iraq.
    /// *Known misses*: wishes without a verbal noun (`أيادينا ممدودة`), wishes whose other side only the story tells.
    pub(super) fn wish(&self, i: usize, setting: &Setting<'_>) -> Option<Wish> {
        if !self.has(i, Cue::WISH) {
            return None;
        }
        let end = setting.sentence.end;
        let noun = (i + 1..end.min(i + 1 + UNDER))
            .take_while(|&j| !self.stops(j) && !self.has(j, Cue::CLAUSE) && self.word(j) != ",")
            .find(|&j| self.has(j, Cue::IMPROVE | Cue::RELATION) && self.is_verbal(j))?;
        let relation = if self.has(noun, Cue::RELATION) {
            noun
        } else {
            (noun + 1..end.min(noun + 1 + OBJECT))
                .take_while(|&j| !self.stops(j))
                .find(|&j| self.has(j, Cue::RELATION))?
        };
        let speakers = self.wishing(i, setting);
        if speakers.is_empty() {
            return None;
        }
        let sides: Vec<Sides> = speakers
            .iter()
            .filter_map(|&speaker| {
                let other = self.other_side(relation, end, speaker);
                (!other.is_empty()).then(|| Sides { actors: vec![speaker], recipients: other })
            })
            .collect();
        (!sides.is_empty()).then_some(Wish { token: noun, last: relation, sides })
    }

    /// Whether the word is a noun here, and no adjective of one.
    fn is_verbal(&self, j: usize) -> bool {
        self.finite(j).is_none()
    }

    /// Who wishes: whose words these are, else the subject.
    fn wishing(&self, i: usize, setting: &Setting<'_>) -> Vec<usize> {
        let teller = self.speakers(i).unwrap_or_else(|| setting.beside(self, i));
        // رغبة الرئيس وتطلعه: whose it is stands beside it; a country's wish is that of the official who tells it.
        let own = self.readings(i).any(|reading| reading.pronoun.is_some() && !reading.is_finite());
        if own && self.word(i).starts_with('و') {
            let before = self.actors.last_person(i, None);
            if let Some(person) =
                before.filter(|_| i.checked_sub(1).is_some_and(|last| self.actors.mention_over(last).is_some()))
            {
                return vec![person];
            }
        }
        if let Some(party) = self.party(i + 1).filter(|party| !party.phrase.is_governed() && self.finite(i).is_none()) {
            let told = teller
                .iter()
                .any(|&teller| party.entities.iter().any(|&entity| self.country_of(teller) == Some(entity)));
            if !told {
                return party.entities;
            }
        }
        teller.to_vec()
    }

    /// The other side of a relation: `مع العراق`, `بين البلدين`, `العلاقات العراقية`; of two that are named, not the speaker's own.
    fn other_side(&self, relation: usize, end: usize, speaker: usize) -> Vec<usize> {
        let own = self.country_of(speaker);
        let is_own = |entity: usize| {
            entity == speaker
                || Some(entity) == own
                || self.country_of(entity) == own && own.is_some() && self.actors.kind(entity) != Some(EntityType::Pers)
        };
        let mut nations: Vec<usize> = Vec::new();
        for j in relation + 1..end.min(relation + 1 + SIDE) {
            if self.stops(j) || (self.has(j, Cue::CLAUSE) && self.word(j) != "التي") {
                break;
            }
            let between = self.word(j) == "بين" || self.word(j) == "مع";
            if between && let Some(party) = self.parties(j + 1) {
                let others: Vec<usize> = party.entities.iter().copied().filter(|&entity| !is_own(entity)).collect();
                return others.into_iter().take(2).collect();
            }
            if let Some(mention) = self.actors.mention_at(j).filter(|mention| mention.kind == EntityType::Norp) {
                let entity = self.actors.place_at(mention.first).and_then(|place| self.actors.entity_at(place));
                nations.extend(self.sides(&entity.into_iter().collect::<Vec<_>>()));
            }
            // علاقات البلدين
            if self.actors.mention_at(j).is_none()
                && let Some(party) = self.party(j).filter(|party| party.entities.len() == 2)
            {
                return party.entities.iter().copied().filter(|&entity| !is_own(entity)).take(1).collect();
            }
        }
        let named: Vec<usize> = nations.into_iter().filter(|&entity| !is_own(entity)).take(1).collect();
        if !named.is_empty() {
            return named;
        }
        // التعاون المشترك, فيما بيننا: with the other of the two who met.
        let joint = (relation + 1..end.min(relation + 4)).any(|j| {
            matches!(self.word(j), "المشترك" | "المشتركه" | "الثنائي" | "الثنائيه" | "بيننا" | "بينهما" | "فيما")
        });
        let Some([a, b]) = self.pair.get().filter(|_| joint) else { return Vec::new() };
        let other = if speaker == a {
            b
        } else if speaker == b {
            a
        } else {
            return Vec::new();
        };
        vec![self.country_of(other).unwrap_or(other)]
    }
}
