//! Bodies that an article names, and the bare nouns that mean them later: `الوزارة` "the ministry", `الحكومة` "the government".
//!
//! Takes the mentions and entities of an article; gives [`Bodies`], which offices (`المتحدثة باسم الوزارة`) and noun phrases ask. Building it is
//! one pass over the mentions; a question is a binary search.

use rustc_hash::FxHashMap;

use crate::lexicon::names::{EntityType, Head};
use crate::lexicon::{Entry, EntryId, Hit};

use super::Reading;
use super::entities::Entities;
use super::names::Named;

/// Where a body is named, and which.
type Places = Vec<(usize, usize)>;

/// The bodies of an article.
#[derive(Debug, Default)]
pub struct Bodies<'r> {
    /// Body → the country in its name.
    countries: FxHashMap<usize, usize>,
    /// Noun that opens bodies' names → where such a body is named, and which.
    by_noun: FxHashMap<EntryId, Places>,
    /// Sort of body in English → the same.
    by_sort: FxHashMap<&'r str, Places>,
}

impl<'r> Bodies<'r> {
    /// The bodies that are named, by the nouns that open them and by their sort, and the countries in their names.
    pub fn read(reading: &'r Reading<'_>, named: &[Named], entities: &Entities) -> Self {
        let mut bodies = Self::default();
        let mut outer: Option<(&Named, usize)> = None;
        for (mention, entity) in named.iter().zip(&entities.of) {
            if !mention.nested {
                outer = entity.filter(|_| mention.kind == EntityType::Org).map(|body| (mention, body));
            } else if let (Some((body, entity)), Some(inner)) = (outer, *entity)
                && body.last >= mention.last
                && entities.is_country(reading, inner)
            {
                bodies.countries.entry(entity).or_insert(inner);
            }
            let org = mention.kind == EntityType::Org && !mention.nested;
            let Some(entity) = entity.filter(|_| org) else { continue };
            if let Some(thing) = entities.thing(reading, entity) {
                bodies.by_sort.entry(&*thing.detail).or_default().push((mention.first, entity));
            }
            // The noun in the name, and the one that stays out before it: قناة "ارت 1".
            for i in mention.first.saturating_sub(3)..=mention.first {
                for hit in reading.hits.at(i) {
                    let head = matches!(reading.lexicon.entry(hit.entry), Some(Entry::Head(_)));
                    if head && (i == mention.first || hit.last < mention.first) {
                        bodies.by_noun.entry(hit.entry).or_default().push((mention.first, entity));
                    }
                }
            }
        }
        bodies
    }

    /// The country in the name of a body.
    pub fn country_of(&self, body: usize) -> Option<usize> {
        self.countries.get(&body).copied()
    }

    /// The body of the sort of `noun` that was named last before it; `head` is what the lexicon knows of the noun.
    pub fn meant(&self, noun: &Hit, head: &Head) -> Option<usize> {
        let by_noun = self.by_noun.get(&noun.entry).and_then(|places| before(places, noun.first));
        let by_sort = self.by_sort.get(&*head.sense).and_then(|places| before(places, noun.first));
        by_noun.max(by_sort).map(|(_, body)| body)
    }

    /// The body of a sort (`parliament`) that was named last before token `i`, else the first behind it.
    pub fn of_sort(&self, sort: &str, i: usize) -> Option<usize> {
        let places = self.by_sort.get(sort)?;
        before(places, i).or_else(|| places.first().copied()).map(|(_, body)| body)
    }
}

/// The last of `places` before token `i`.
fn before(places: &Places, i: usize) -> Option<(usize, usize)> {
    let to = places.partition_point(|&(token, _)| token < i);
    places.get(to.checked_sub(1)?).copied()
}

/// The noun for a sort of body at token `i`, the longest, and what the lexicon knows of it.
pub fn noun_at<'r>(reading: &'r Reading<'_>, i: usize) -> Option<(&'r Hit, &'r Head)> {
    let heads = reading.hits.at(i).iter().filter_map(|hit| match reading.lexicon.entry(hit.entry) {
        Some(Entry::Head(head)) => Some((hit, head)),
        _ => None,
    });
    heads.max_by_key(|(hit, _)| (hit.last, hit.form.proclitics.particles().is_empty()))
}
