//! Names and titles that the request itself brought: surer than the tagger, for their sender knows them.
//!
//! Takes the outermost mentions in order, and gives them back in order with those of the request among them. Costs nothing where
//! the request brought none; else linear in the tokens and the hits.

use std::cmp::Reverse;
use std::ops::Range;

use crate::extract::Reading;
use crate::lexicon::names::EntityType;
use crate::lexicon::{Entry, Hit};
use crate::text::Proclitics;

use super::Named;
use super::classes::WordClasses;
use super::edges::Edges;

/// What the tagger is less sure of than this gives way to the request's names inside it.
const DOUBTFUL: f32 = 0.7;

/// `names.adhoc`. *Finds* the names and titles of the request wherever they stand, particles off: with `الوميض` as a company, `الوميض` in
/// `بحسب بيان للوميض` "by a statement of al-Wamid". The longest counts; what the tagger saw there gives way, but for a longer name that
/// it is sure of: inside a body, an office, a law or an event the request's name nests, inside a person or a place it is
/// left out (`خالد الوميض` is a person). *Known misses*: a short name written onto a particle where the two are a word of
/// their own that is met as often.
pub(super) fn lay(
    reading: &Reading<'_>,
    sentences: &[Range<usize>],
    edges: &Edges<'_, '_>,
    found: Vec<Named>,
) -> Vec<Named> {
    if !reading.lexicon.has_request() {
        return found;
    }
    let chosen = chosen(reading, sentences);
    let mut owner = vec![None; reading.text.len()];
    for (number, named) in chosen.iter().enumerate() {
        for slot in owner.iter_mut().take(named.last + 1).skip(named.first) {
            *slot = Some(number);
        }
    }
    let mut fate = vec![Fate::Outermost; chosen.len()];
    let mut out = Vec::with_capacity(found.len() + chosen.len());
    for named in found {
        let inside = owner.get(named.first..=named.last).unwrap_or_default();
        let mut inside: Vec<usize> = inside.iter().copied().flatten().collect();
        inside.dedup();
        out.extend(give_way(&named, &inside, &chosen, edges, &mut fate));
    }
    for (named, fate) in chosen.into_iter().zip(fate) {
        match fate {
            Fate::Outermost => out.push(named),
            Fate::Nested => out.push(Named { nested: true, ..named }),
            Fate::LeftOut => {}
        }
    }
    out.sort_by_key(|named| (named.first, Reverse(named.last), named.nested));
    out
}

/// What becomes of a name of the request.
#[derive(Clone, Copy)]
enum Fate {
    Outermost,
    Nested,
    LeftOut,
}

/// What is left of the tagger's mention `named`, in which the names `inside` of the request begin, end or stand.
fn give_way(
    named: &Named,
    inside: &[usize],
    chosen: &[Named],
    edges: &Edges<'_, '_>,
    fate: &mut [Fate],
) -> Option<Named> {
    let Some(&first) = inside.first() else { return Some(named.clone()) };
    let holds = |other: &Named| {
        named.first <= other.first && other.last <= named.last && named.last - named.first > other.last - other.first
    };
    let all_held = inside.iter().all(|&at| chosen.get(at).is_some_and(holds));
    if all_held && named.confidence >= DOUBTFUL {
        let own_end =
            |&at: &usize| chosen.get(at).is_some_and(|other| !matches!(other.kind, EntityType::Gpe | EntityType::Norp));
        let becomes = match named.kind {
            // مدير شركة الوميض: what the office is of stands outside its title.
            EntityType::Occ if inside.iter().any(own_end) => None,
            EntityType::Org | EntityType::Occ | EntityType::Law | EntityType::Event => Some(Fate::Nested),
            _ => Some(Fate::LeftOut),
        };
        if let Some(becomes) = becomes {
            for &at in inside {
                if let Some(slot) = fate.get_mut(at) {
                    *slot = becomes;
                }
            }
            return Some(named.clone());
        }
    }
    // Its front, where that is not the request's.
    let before = chosen.get(first)?.first.checked_sub(1).filter(|&last| last >= named.first)?;
    let (first, last, span) = edges.trim(named.first, before, named.kind)?;
    (named.kind == EntityType::Occ).then(|| Named { span, first, last, ..named.clone() })
}

/// The names of the request that stand in the article, none over another, the longer before the shorter and then the earlier.
fn chosen(reading: &Reading<'_>, sentences: &[Range<usize>]) -> Vec<Named> {
    let in_sentence = |hit: &Hit| {
        let after = sentences.partition_point(|sentence| sentence.start <= hit.first);
        after.checked_sub(1).and_then(|at| sentences.get(at)).is_some_and(|sentence| hit.last < sentence.end)
    };
    let all = reading.hits.all().iter().filter(|hit| reading.lexicon.is_of_request(hit.entry));
    let mut hits: Vec<(&Hit, EntityType)> =
        all.filter(|hit| in_sentence(hit)).filter_map(|hit| Some((hit, stands(reading, hit)?))).collect();
    hits.sort_by_key(|(hit, _)| (Reverse(hit.last - hit.first), hit.first, particles(hit)));
    let mut taken = vec![false; reading.text.len()];
    let mut out: Vec<Named> = Vec::new();
    for (hit, kind) in hits {
        let Some(tokens) = taken.get_mut(hit.first..=hit.last).filter(|tokens| !tokens.contains(&true)) else {
            continue;
        };
        tokens.fill(true);
        let sure = hit.form.is_whole() || hit.last > hit.first;
        out.push(Named {
            kind,
            span: hit.span(&reading.text),
            first: hit.first,
            last: hit.last,
            nested: false,
            confidence: if sure { 0.98 } else { 0.9 },
            rule: "names.adhoc",
            entry: Some(hit.entry),
        });
    }
    out.sort_by_key(|named| named.first);
    out
}

/// How many particles are off.
fn particles(hit: &Hit) -> u32 {
    hit.form.proclitics.bits().count_ones()
}

/// What an entry of the request names where it stands, if it can stand so.
fn stands(reading: &Reading<'_>, hit: &Hit) -> Option<EntityType> {
    let (kind, inflected) = match reading.lexicon.entry(hit.entry)? {
        Entry::Name(name) => (name.kind, name.kind == EntityType::Norp),
        Entry::Title(_) => (EntityType::Occ, true),
        _ => return None,
    };
    let off = hit.form.proclitics;
    // س opens verbs. A name has its article or has none; adjectives and titles take it.
    if off.contains(Proclitics::SEEN) || (off.contains(Proclitics::ARTICLE) && !inflected) {
        return None;
    }
    let particles = off.particles();
    (particles.is_empty() || hit.last > hit.first || is_split(reading, hit)).then_some(kind)
}

/// Whether the word at a hit is rather particles and the name than a word of its own: it is met less than the name is.
fn is_split(reading: &Reading<'_>, hit: &Hit) -> bool {
    let frequency = |word: &str| WordClasses::builtin().get(word).map_or(0, |class| class.frequency + 1);
    let whole = frequency(reading.text.word(hit.first));
    whole == 0 || frequency(reading.text.spelling(hit.form.word)) > whole
}
