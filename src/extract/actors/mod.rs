//! Actors: who is meant at a place of the article.
//!
//! Takes the mentions, entities and positions of an article; answers which entities a noun phrase means ([`Actors::phrase`],
//! [`Actors::phrase_before`]): a name with the titles round it, a title alone (`الوزير` "the minister"), a body alone (`الوزارة` "the
//! ministry"), a side told by its nationality (`الجانب الروسي` "the Russian side"), the two who were named before (`الطرفان` "the two
//! sides"), a statement and whose it is. A capital as an actor is its country. Layers above (quotes, events) ask; nothing here knows
//! what for.
//!
//! Building it is one pass over mentions and hits; each question looks a bounded number of tokens and mentions away.

mod back;
mod phrase;

use rustc_hash::FxHashMap;

use crate::lexicon::actors::ActorWord;
use crate::lexicon::names::{EntityType, Gender};
use crate::lexicon::{Entry, Hit, Kinds};
use crate::text::{Proclitics, Span};

use super::Reading;
use super::bodies::Bodies;
use super::entities::Entities;
use super::names::Named;
use super::positions::Position;

/// How a noun phrase came to mean somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// By name.
    Named,
    /// By a title that the article gave to somebody.
    Title,
    /// By a nationality.
    Side,
    /// The two named before.
    Pair,
    /// By what sort of body it is.
    Body,
    /// Whose the statement is.
    Statement,
    /// By a title that the article gave to nobody: `المسؤول`. Whoever spoke last may be meant.
    Untold,
    /// It means somebody whom the article does not name.
    Unnamed,
    /// It means a thing, which can show but not say or do: `نتائج`.
    Nobody,
}

/// A noun phrase that stands for somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// Whom it means, as places in [`Entities::entities`]; none for those whom the article does not name.
    pub entities: Vec<usize>,
    /// Its first token.
    pub first: usize,
    /// Its last token, titles and names in apposition included.
    pub last: usize,
    /// The words that name: the name itself where there is one, else the title or noun; particles outside.
    pub span: Span,
    /// How it means them.
    pub how: How,
    /// Its gender, where something tells.
    pub gender: Option<Gender>,
    /// What is written onto its first word: `ل` in `لموسكو`.
    pub particles: Proclitics,
}

impl NounPhrase {
    /// Whether a particle written onto it makes it an object of a preposition.
    pub fn is_governed(&self) -> bool {
        self.particles.intersects(Proclitics::BEH | Proclitics::LAM | Proclitics::KAF)
    }
}

/// A statement that the article tells of.
#[derive(Clone, Copy, Debug)]
struct Told {
    token: usize,
    owner: usize,
}

/// The article as those who act in it.
#[derive(Debug)]
pub struct Actors<'r, 'a> {
    reading: &'r Reading<'a>,
    named: &'r [Named],
    entities: &'r Entities,
    positions: &'r [Position],
    /// Country code → the entity that has it.
    countries: FxHashMap<&'r str, usize>,
    /// Person → the country or body of which the article gives an office.
    of_person: FxHashMap<usize, usize>,
    bodies: &'r Bodies<'r>,
    /// Statements whose owner the article tells, in order.
    statements: Vec<Told>,
}

impl<'r, 'a> Actors<'r, 'a> {
    /// Those who act in an article. `named` are in order, `positions` too.
    pub fn new(
        reading: &'r Reading<'a>,
        named: &'r [Named],
        entities: &'r Entities,
        bodies: &'r Bodies<'r>,
        positions: &'r [Position],
    ) -> Self {
        let mut actors = Self {
            reading,
            named,
            entities,
            positions,
            countries: FxHashMap::default(),
            of_person: FxHashMap::default(),
            bodies,
            statements: Vec::new(),
        };
        for (at, entity) in entities.entities.iter().enumerate().filter(|&(at, _)| entities.is_country(reading, at)) {
            actors.countries.entry(entity.country_code.as_str()).or_insert(at);
        }
        for position in positions.iter().filter(|position| !position.former) {
            if let (Some(person), Some(of)) = (position.person, position.of) {
                actors.of_person.entry(person).or_insert(of);
            }
        }
        actors.find_statements();
        actors
    }

    /// The article that is read.
    pub fn reading(&self) -> &'r Reading<'a> {
        self.reading
    }

    /// Its mentions, in order.
    pub fn named(&self) -> &'r [Named] {
        self.named
    }

    /// Its entities.
    pub fn entities(&self) -> &'r Entities {
        self.entities
    }

    /// The type of an entity.
    pub fn kind(&self, entity: usize) -> Option<EntityType> {
        self.entities.entities.get(entity).map(|entity| entity.kind)
    }

    /// Whether an entity is a country.
    pub fn is_country(&self, entity: usize) -> bool {
        self.entities.is_country(self.reading, entity)
    }

    /// Who acts where `entity` is said to: for a capital its country, where the article names it; else the entity itself.
    pub fn acting(&self, entity: usize) -> usize {
        let Some(thing) = self.entities.thing(self.reading, entity) else { return entity };
        if thing.kind != EntityType::Gpe || &*thing.detail != "capital" {
            return entity;
        }
        self.countries.get(&*thing.home).copied().unwrap_or(entity)
    }

    /// The country of an entity: of a person the one in whose office the article names him, else the one that the lexicon
    /// knows; of a country itself.
    pub fn country_of(&self, entity: usize) -> Option<usize> {
        if self.is_country(entity) {
            return Some(entity);
        }
        let of = self.of_person.get(&entity).copied();
        let told = of.filter(|&of| self.is_country(of));
        let known = |entity: usize| {
            let home = &self.entities.thing(self.reading, entity)?.home;
            self.countries.get(&**home).copied()
        };
        let body = |entity: usize| self.bodies.country_of(entity).or_else(|| known(entity));
        told.or_else(|| body(entity)).or_else(|| body(of?))
    }

    /// The body or country in whose office the article names a person.
    pub fn office_of(&self, person: usize) -> Option<usize> {
        self.of_person.get(&person).copied()
    }

    /// The grammatical gender in which an entity is spoken of; none where nothing tells.
    pub fn gender(&self, entity: usize) -> Option<Gender> {
        let info = self.entities.entities.get(entity)?;
        let known = self.entities.thing(self.reading, entity).and_then(|thing| thing.gender);
        match info.kind {
            EntityType::Pers => known.or_else(|| self.gender_by_name(&info.name)),
            EntityType::Org => {
                let head = info.name.split_whitespace().next().unwrap_or_default();
                Some(if head.ends_with('ة') { Gender::Feminine } else { Gender::Masculine })
            }
            _ => known,
        }
    }

    /// The gender of a person's given name.
    fn gender_by_name(&self, name: &str) -> Option<Gender> {
        let given = name.split_whitespace().next()?;
        let folded = crate::text::fold::normalize(given, crate::text::fold::Folds::MATCH).text;
        self.reading.lexicon.exact(&folded).find_map(|id| match self.reading.lexicon.entry(id) {
            Some(Entry::GivenName(name)) => name.gender,
            _ => None,
        })
    }

    /// The place in the list of mentions of the outermost mention that begins at token `i`.
    pub fn place_at(&self, i: usize) -> Option<usize> {
        let from = self.named.partition_point(|mention| mention.first < i);
        let mut here = self.named.get(from..)?.iter().take_while(|mention| mention.first == i);
        here.position(|mention| !mention.nested).map(|offset| from + offset)
    }

    /// The outermost mention that begins at token `i`.
    pub fn mention_at(&self, i: usize) -> Option<&'r Named> {
        self.named.get(self.place_at(i)?)
    }

    /// The outermost mention that token `i` stands in.
    pub fn mention_over(&self, i: usize) -> Option<&'r Named> {
        let to = self.named.partition_point(|mention| mention.first <= i);
        let near = self.named.get(to.saturating_sub(8)..to)?;
        near.iter().rev().find(|mention| !mention.nested && mention.last >= i)
    }

    /// The entity of the mention at `place` of the list.
    pub fn entity_at(&self, place: usize) -> Option<usize> {
        self.entities.of.get(place).copied().flatten()
    }

    /// The particles written onto a mention's first word.
    pub fn particles(&self, mention: &Named) -> Proclitics {
        let token = self.reading.text.token(mention.first).span;
        if token.begin >= mention.span.begin {
            return Proclitics::empty();
        }
        let letters = Span::new(token.begin, mention.span.begin).of(self.reading.text.source());
        letters.chars().fold(Proclitics::empty(), |found, letter| {
            found
                | match letter {
                    'و' => Proclitics::WAW,
                    'ف' => Proclitics::FEH,
                    'ب' => Proclitics::BEH,
                    'ك' => Proclitics::KAF,
                    'ل' => Proclitics::LAM,
                    _ => Proclitics::empty(),
                }
        })
    }

    /// The hits of actor words at token `i`.
    fn words_at(&self, i: usize) -> impl Iterator<Item = (Hit, ActorWord)> + '_ {
        self.reading.hits.of(i, Kinds::ACTOR).iter().filter_map(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::Actor(word)) => Some((*hit, *word)),
            _ => None,
        })
    }

    /// Lists the statements of which the article tells whose they are.
    fn find_statements(&mut self) {
        for i in 0..self.reading.text.len() {
            if !self.reading.hits.kinds(i).contains(Kinds::ACTOR) {
                continue;
            }
            let statement = self.words_at(i).any(|(_, word)| word == ActorWord::Statement);
            if let Some((owner, _)) = statement.then(|| self.owner(i)).flatten() {
                self.statements.push(Told { token: i, owner });
            }
        }
    }
}

#[cfg(test)]
mod tests;
