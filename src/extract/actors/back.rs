//! Who was told of before a place of the article.

use crate::lexicon::Hit;
use crate::lexicon::actors::PairOf;
use crate::lexicon::names::{EntityType, Gender};
use crate::text::{Proclitics, TokenKind};

use super::phrase::is_definite;
use super::{Actors, How, NounPhrase, Position};

/// How many mentions back a person, a pair or a name is looked for.
const MENTIONS: usize = 48;
/// How many offices back the holder of a bare title is looked for.
const POSITIONS: usize = 64;
/// How many tokens before `في بيان` its owner stands.
const OWNER: usize = 16;

impl Actors<'_, '_> {
    /// The mentions that begin before token `i`, the nearest first: their places in the list. Those that stand inside others are left out.
    pub fn before(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let to = self.named.partition_point(|mention| mention.first < i);
        (to.saturating_sub(MENTIONS)..to).rev().filter(|&place| self.named.get(place).is_some_and(|m| !m.nested))
    }

    /// The person named last before token `i` whose gender is not known to be another.
    pub fn last_person(&self, i: usize, gender: Option<Gender>) -> Option<usize> {
        let persons = self.before(i).filter(|&place| self.named.get(place).is_some_and(|m| m.kind == EntityType::Pers));
        let mut entities = persons.filter_map(|place| self.entity_at(place));
        entities.find(|&entity| self.agrees(entity, gender))
    }

    /// The body or people named last before token `i`: who a verb in the plural without a subject can be of.
    pub fn last_group(&self, i: usize) -> Option<usize> {
        let groups = self.before(i).filter(|&place| {
            self.named.get(place).is_some_and(|mention| matches!(mention.kind, EntityType::Org | EntityType::Norp))
        });
        groups.take(4).find_map(|place| self.entity_at(place))
    }

    /// Whether a verb or pronoun of this gender can be of `entity`.
    pub fn agrees(&self, entity: usize, gender: Option<Gender>) -> bool {
        match (gender, self.gender(entity)) {
            (Some(wanted), Some(known)) => wanted == known,
            _ => true,
        }
    }

    /// The person to whom the article last gave an office called `role` before token `i`, in the country or body `of` where one is told.
    pub(super) fn titled(&self, i: usize, role: &str, gender: Option<Gender>, of: Option<usize>) -> Option<usize> {
        let begin = self.reading.text.token(i).span.begin;
        let to = self.positions.partition_point(|position| position.title.begin < begin);
        let near = self.positions.get(to.saturating_sub(POSITIONS)..to)?;
        let fits = |held: &str| {
            held == role
                || held.strip_suffix(role).is_some_and(|rest| {
                    rest.ends_with('_') && !matches!(rest, "vice_" | "deputy_" | "former_" | "assistant_" | "under_")
                })
                // الوزير of a head of government; المسؤول and الدبلوماسي العراقي of anybody in office there
                || (role == "minister" && held.ends_with("minister"))
                || (of.is_some() && matches!(role, "official" | "diplomat"))
        };
        let same = |position: &Position| {
            of.is_none() || position.of == of || position.of.and_then(|held| self.country_of(held)) == of
        };
        let holders = near
            .iter()
            .rev()
            .filter(|position| fits(&position.role) && same(position))
            .filter_map(|position| position.person);
        let mut agreeing = holders.filter(|&person| self.agrees(person, gender));
        agreeing.next()
    }

    /// The two who are meant by `الجانبان` at token `i`, the one named first before the other.
    pub(super) fn pair(&self, i: usize, of: PairOf) -> Vec<usize> {
        let persons = |_: EntityType, entity: usize| self.kind(entity) == Some(EntityType::Pers);
        let countries = |_: EntityType, entity: usize| self.is_country(self.acting(entity));
        let two = match of {
            PairOf::Persons => self.last_two(i, persons),
            PairOf::Countries => self.last_two(i, countries),
            PairOf::Any => self.last_two(i, persons).or_else(|| self.last_two(i, countries)),
        };
        two.map(|two| two.to_vec()).unwrap_or_default()
    }

    /// The two that are meant where a verb in the dual has no subject: `وأكدا` "and the two affirmed".
    pub fn two_before(&self, i: usize) -> Vec<usize> {
        self.pair(i, PairOf::Any)
    }

    /// The two different entities named last before token `i` that `fits`, the earlier first.
    fn last_two(&self, i: usize, fits: impl Fn(EntityType, usize) -> bool) -> Option<[usize; 2]> {
        let mut last = None;
        for place in self.before(i) {
            let Some(mention) = self.named.get(place) else { continue };
            // A title stands for its holder: المسؤول الروسي.
            let meant = match mention.kind {
                EntityType::Occ => self.phrase(mention.first).and_then(|phrase| phrase.entities.first().copied()),
                _ => self.entity_at(place),
            };
            let Some(entity) = meant.filter(|&entity| fits(mention.kind, entity)) else { continue };
            let entity = self.acting(entity);
            match last {
                None => last = Some(entity),
                Some(other) if other != entity => return Some([entity, other]),
                Some(_) => {}
            }
        }
        None
    }

    /// The owner of the statement meant by a definite noun at token `i`: `البيان`.
    pub(super) fn statement_before(&self, i: usize, hit: &Hit) -> Option<usize> {
        if !is_definite(hit) {
            return None;
        }
        let to = self.statements.partition_point(|told| told.token < i);
        self.statements.get(to.checked_sub(1)?).map(|told| told.owner)
    }

    /// The person, body or country named last before token `i` in its sentence, that no preposition governs.
    pub(super) fn name_before(&self, i: usize) -> Option<usize> {
        let text = &self.reading.text;
        let places = self.before(i).take_while(|&place| {
            self.named.get(place).is_some_and(|mention| mention.last + OWNER > i && !self.parted(mention.last, i))
        });
        let mut best = None;
        for place in places {
            let mention = self.named.get(place)?;
            let governed = self.particles(mention).intersects(Proclitics::LAM | Proclitics::BEH)
                || mention.first.checked_sub(1).is_some_and(|before| {
                    matches!(text.word(before), "في" | "من" | "الي" | "علي" | "عن" | "مع" | "بين" | "ل" | "ب")
                });
            let acts = matches!(mention.kind, EntityType::Pers | EntityType::Org | EntityType::Gpe) && !governed;
            if acts {
                best = self.entity_at(place).map(|entity| self.acting(entity));
                break;
            }
        }
        best
    }

    /// Whether a sentence ends between two tokens that stand near each other.
    fn parted(&self, from: usize, to: usize) -> bool {
        let text = &self.reading.text;
        (from + 1..=to.min(from + OWNER)).any(|i| text.opens_line(i) || (text.word(i) == "." && !text.glued(i + 1)))
    }

    /// The noun phrase that ends right before token `i`, a comma between them allowed: `الوزير سامر، قال`. It begins where its
    /// titles do.
    ///
    /// Known misses: phrases that end in something other than a name or a title; relative clauses between subject and verb.
    pub fn phrase_before(&self, i: usize) -> Option<NounPhrase> {
        let text = &self.reading.text;
        let mut end = i.checked_sub(1)?;
        while text.kind(end) == TokenKind::Punctuation && matches!(text.word(end), "," | ")" | "\"" | "'" | "-") {
            if text.opens_line(end) {
                return None;
            }
            end = end.checked_sub(1)?;
        }
        if text.opens_line(i) {
            return None;
        }
        // Of the mentions near, the first whose chain of titles and names reaches to the verb.
        let mut found: Option<NounPhrase> = None;
        for place in self.before(i).take(6) {
            let mention = self.named.get(place)?;
            if mention.last + OWNER < end {
                break;
            }
            let Some(phrase) = self.phrase(mention.first) else { continue };
            if phrase.last == end {
                found = Some(phrase);
            } else if found.is_some() {
                break;
            }
        }
        // البيان أضاف: a noun that names nobody.
        found.or_else(|| self.phrase(end).filter(|phrase| phrase.last == end && phrase.how != How::Unnamed))
    }
}
