//! Noun phrases as sides of events.
//!
//! Takes a token; gives the [`Party`] that the noun phrase there means, by what `actors` answers and by what only events need: a noun with
//! its nationality (`القيادة العراقية`), an official by his nationality (`المسؤول الروسي`), the two who met last (`الجانبان`), a joint body as its
//! countries, the country by whose it is (`بلاده`). Looks a bounded number of tokens and mentions away.

use crate::extract::actors::{How, NounPhrase};
use crate::lexicon::Entry;
use crate::lexicon::actors::{ActorWord, PairOf};
use crate::lexicon::events::Cue;
use crate::lexicon::names::EntityType;
use crate::text::{Proclitics, TokenKind};

use super::scene::Scene;

/// A noun phrase as a side of an event.
#[derive(Clone, Debug)]
pub(super) struct Party {
    pub(super) entities: Vec<usize>,
    pub(super) last: usize,
    pub(super) phrase: NounPhrase,
}

impl Scene<'_, '_> {
    /// The side that the noun phrase at token `i` means; none where it means nobody named.
    pub(super) fn party(&self, i: usize) -> Option<Party> {
        let text = &self.reading.text;
        if text.kind(i) != TokenKind::Arabic && text.kind(i) != TokenKind::Foreign {
            return None;
        }
        let named = self.actors.mention_at(i);
        if named.is_none() && self.has(i, Cue::PREPOSITION | Cue::CLAUSE | Cue::BEFORE_VERB) {
            return None;
        }
        // مدينة الموصل
        if named.is_none()
            && self.has(i, Cue::GROUND)
            && let Some(mention) = self.actors.mention_at(i + 1)
            && matches!(mention.kind, EntityType::Gpe | EntityType::Loc | EntityType::Fac)
            && let Some(inner) = self.actors.phrase(i + 1)
        {
            let phrase = NounPhrase { first: i, particles: self.particles(i), ..inner };
            let entities = self.sides(&phrase.entities);
            return (!entities.is_empty()).then_some(Party { entities, last: phrase.last, phrase });
        }
        if named.is_none()
            && let Some(party) = self.by_word(i)
        {
            return Some(party);
        }
        if let Some(phrase) = self.actors.phrase(i) {
            let adjective = named.is_some_and(|mention| mention.kind == EntityType::Norp && !self.is_people(i));
            if adjective && phrase.last == i {
                return None;
            }
            let office = named.map_or(phrase.how != How::Pair, |mention| mention.kind == EntityType::Occ);
            if office
                && phrase.how != How::Named
                && let Some(party) = self.by_office(&phrase, named.map_or(phrase.last, |mention| mention.last))
            {
                return Some(party);
            }
            let entities = self.countries_of(&phrase);
            if !entities.is_empty() {
                return Some(Party { entities, last: phrase.last, phrase });
            }
            if phrase.how == How::Unnamed {
                return self.by_adjective(i, Some(&phrase));
            }
        }
        self.by_adjective(i, None)
    }

    /// The sides that a phrase means; of a joint body (`اللجنة العراقية الروسية المشتركة`) its countries.
    fn countries_of(&self, phrase: &NounPhrase) -> Vec<usize> {
        let sides = self.sides(&phrase.entities);
        let [only] = sides.as_slice() else { return sides };
        if self.actors.kind(*only) != Some(EntityType::Org) {
            return sides;
        }
        let named = self.actors.entities().entities.get(*only).map_or("", |entity| entity.name.as_str());
        let body = ["لجنة", "اللجنة", "مجلس", "المجلس"].iter().any(|head| named.starts_with(head));
        let joint = ["مشترك", "ثنائي", "بين "].iter().any(|word| named.contains(word));
        let from = self.actors.named().partition_point(|mention| mention.first < phrase.first);
        let mut nations: Vec<usize> = Vec::new();
        for (place, mention) in self.actors.named().iter().enumerate().skip(from).take(8) {
            let entity = self.actors.entity_at(place).filter(|&entity| self.actors.is_country(entity));
            let inside = mention.nested && mention.first <= phrase.last;
            nations.extend(entity.filter(|entity| inside && !nations.contains(entity)));
        }
        if body && nations.len() == 2 {
            nations
        } else if body && joint {
            self.main_pair().unwrap_or(sides)
        } else {
            sides
        }
    }

    /// The countries of the two who met last, else none.
    pub(super) fn main_pair(&self) -> Option<Vec<usize>> {
        let [a, b] = self.pair.get()?;
        let (a, b) = (self.country_of(a)?, self.country_of(b)?);
        (a != b).then(|| vec![a, b])
    }

    /// Who is meant by an actor word at token `i`: the two who met last, the home country.
    fn by_word(&self, i: usize) -> Option<Party> {
        let words = self.reading.hits.at(i).iter().filter_map(|hit| match self.reading.lexicon.entry(hit.entry) {
            Some(Entry::Actor(word)) => Some((hit, *word)),
            _ => None,
        });
        for (hit, word) in words {
            let entities = match word {
                ActorWord::Home => self.home.get().into_iter().collect(),
                ActorWord::Pair(of) if hit.form.proclitics.contains(Proclitics::ARTICLE) => match of {
                    PairOf::Countries => self.main_pair().unwrap_or_default(),
                    _ => self.pair.get().map(|pair| pair.to_vec()).unwrap_or_default(),
                },
                _ => continue,
            };
            if entities.is_empty() {
                continue;
            }
            let text = &self.reading.text;
            let how = if word == ActorWord::Home { How::Side } else { How::Pair };
            let particles = hit.form.proclitics.particles();
            let span = text.span(i, hit.last);
            let phrase =
                NounPhrase { entities: entities.clone(), first: i, last: hit.last, span, how, gender: None, particles };
            return Some(Party { entities, last: hit.last, phrase });
        }
        None
    }

    /// Who is meant by an office without a name: anybody of the nation behind it by who of it is told of most (`المسؤول الروسي`), several by
    /// their nations (`وزيري الدفاع الفرنسي والروسي`).
    fn by_office(&self, phrase: &NounPhrase, title: usize) -> Option<Party> {
        let mut nations = Vec::new();
        let mut last = title;
        for j in title + 1..title + 5 {
            let Some(mention) = self.actors.mention_at(j).filter(|mention| mention.kind == EntityType::Norp) else {
                break;
            };
            let entity = self.actors.entity_at(self.actors.place_at(j)?)?;
            if self.actors.is_country(entity) && !nations.contains(&entity) {
                nations.push(entity);
            }
            last = mention.last;
        }
        let entities = match nations.as_slice() {
            [] => return None,
            [nation] => {
                let titles = self.reading.hits.at(phrase.first).iter().filter_map(|hit| {
                    match self.reading.lexicon.entry(hit.entry) {
                        Some(Entry::Title(title)) => Some((hit.last, &title.role)),
                        _ => None,
                    }
                });
                let role = titles.max_by_key(|(last, _)| *last).map(|(_, role)| role);
                // A body or side by its nation is the nation: الجانب الروسي.
                let anybody = matches!(&**role?, "official" | "diplomat" | "minister");
                if !anybody && !phrase.entities.is_empty() {
                    return None;
                }
                vec![self.principal(*nation, phrase.first).filter(|_| anybody).unwrap_or(*nation)]
            }
            _ => nations,
        };
        Some(Party { phrase: NounPhrase { entities: entities.clone(), last, ..phrase.clone() }, entities, last })
    }

    /// The person of a nation who is told of most before token `i`; of equals the one named last.
    fn principal(&self, nation: usize, i: usize) -> Option<usize> {
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for place in self.actors.before(i) {
            let Some(entity) = self.actors.entity_at(place) else { continue };
            if self.actors.kind(entity) != Some(EntityType::Pers) || self.country_of(entity) != Some(nation) {
                continue;
            }
            match counts.iter_mut().find(|(other, _)| *other == entity) {
                Some((_, count)) => *count += 1,
                None => counts.push((entity, 1)),
            }
        }
        counts.into_iter().rev().max_by_key(|&(_, count)| count).map(|(entity, _)| entity)
    }

    /// A noun and the nationality behind it: `القيادة العراقية` "the Iraqi leadership", `الشركات الروسية` "Russian companies".
    fn by_adjective(&self, i: usize, phrase: Option<&NounPhrase>) -> Option<Party> {
        let text = &self.reading.text;
        // A noun that is an act or a thing of its own is nobody.
        let act = self.readings(i).any(|reading| !reading.form.tanwin && !reading.is_finite());
        let shade = Cue::MEASURE | Cue::DEAL | Cue::TIES | Cue::RELATION | Cue::TOPIC | Cue::WISH | Cue::STEPS;
        if act || self.has(i, shade) || self.actors.mention_at(i).is_some() {
            return None;
        }
        let last = phrase.map_or(i, |phrase| phrase.last);
        let next = (last + 1..last + 3).find(|&j| self.actors.mention_at(j).is_some())?;
        if (last + 1..=next).any(|j| self.stops(j) || text.kind(j) != TokenKind::Arabic) {
            return None;
        }
        let mention = self.actors.mention_at(next)?;
        let definite = text.word(next).starts_with("ال")
            == (text.word(i).trim_start_matches(['و', 'ب', 'ل', 'ف']).starts_with("ال")
                || text.word(i).starts_with("لل"));
        if mention.kind != EntityType::Norp || !definite || text.word(next).starts_with('و') {
            return None;
        }
        let entity = self.actors.entity_at(self.actors.place_at(next)?)?;
        let entities = self.sides(&[self.actors.acting(entity)]);
        if entities.is_empty() {
            return None;
        }
        let particles = phrase.map_or_else(|| self.particles(i), |phrase| phrase.particles);
        let phrase = NounPhrase {
            entities: entities.clone(),
            first: i,
            last: next,
            span: text.span(i, next),
            how: How::Side,
            gender: None,
            particles,
        };
        Some(Party { entities, last: next, phrase })
    }

    /// The particles that can be read off the front of a noun that nobody knows.
    fn particles(&self, i: usize) -> Proclitics {
        let word = self.word(i);
        let bare = word.strip_prefix('و').or_else(|| word.strip_prefix('ف')).unwrap_or(word);
        let mut particles =
            if bare.len() < word.len() && bare.starts_with("ال") { Proclitics::WAW } else { Proclitics::empty() };
        if bare.starts_with("لل") {
            particles |= Proclitics::LAM;
        } else if bare.starts_with("بال") || bare.starts_with("بم") {
            particles |= Proclitics::BEH;
        } else if bare.starts_with("لم") {
            particles |= Proclitics::LAM;
        }
        particles
    }

    /// Whether the nationality at token `i` is a people: `اللبنانيين`.
    fn is_people(&self, i: usize) -> bool {
        let word = self.word(i);
        word.ends_with("يون") || word.ends_with("يين")
    }

    /// Those of `entities` that can be a side.
    pub(super) fn sides(&self, entities: &[usize]) -> Vec<usize> {
        let fits = |&entity: &usize| {
            matches!(
                self.actors.kind(entity),
                Some(EntityType::Pers | EntityType::Gpe | EntityType::Org | EntityType::Norp | EntityType::Loc)
            )
        };
        entities.iter().copied().filter(fits).map(|entity| self.actors.acting(entity)).collect()
    }

    /// The party at token `first` and those joined to it with و: `روسيا والعراق`.
    pub(super) fn parties(&self, first: usize) -> Option<Party> {
        let mut whole = self.party(first)?;
        for _ in 0..6 {
            let next = whole.last + 1 + usize::from(self.word(whole.last + 1) == "\"");
            let Some(more) = self.party(next).filter(|more| more.phrase.particles == Proclitics::WAW) else { break };
            whole.entities.extend(
                more.entities.iter().filter(|entity| !whole.entities.contains(entity)).copied().collect::<Vec<_>>(),
            );
            whole.last = more.last;
        }
        Some(whole)
    }
}
