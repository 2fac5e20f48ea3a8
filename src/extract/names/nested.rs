//! Mentions inside mentions: nationalities and countries inside organisations, laws, events and titles.
//!
//! The guidelines nest GPE and NORP in ORG, OCC, LAW and EVENT, and nothing in GPE, LOC and FAC. What nests is told by the
//! lexicon: inside a name its words are hardly ever anything else.

use crate::extract::Reading;
use crate::lexicon::names::{EntityType, Name, Via};
use crate::lexicon::{Entry, Hit};

use super::Named;

/// Adds to `found` what nests in the mentions of it.
///
/// Rule `names.nested`. Finds: `العراقية` in `وزارة الخارجية العراقية` "the Iraqi foreign ministry", `سوريا` in `مؤتمر أصدقاء سوريا`.
/// Known misses: cities that the lexicon lacks, organisations inside organisations.
pub(super) fn add(reading: &Reading<'_>, found: &mut Vec<Named>) {
    let mut inner = Vec::new();
    for outer in reading.stop.unless_asked(found.iter()) {
        if !matches!(outer.kind, EntityType::Org | EntityType::Occ | EntityType::Law | EntityType::Event) {
            continue;
        }
        let mut i = outer.first;
        while i <= outer.last {
            let best = reading
                .hits
                .at(i)
                .iter()
                .filter_map(|hit| Some((hit, nests(reading, hit, outer)?)))
                .max_by_key(|&(hit, kind)| (hit.last, kind == EntityType::Gpe));
            let Some((hit, kind)) = best else {
                i += 1;
                continue;
            };
            let span = hit.span(&reading.text);
            // The first letter of a name is no particle inside it: فرانس برس holds no رانس.
            let cut_off = i == outer.first && span.begin > outer.span.begin;
            if span != outer.span && outer.span.contains(span) && !cut_off {
                let confidence = outer.confidence * 0.97;
                let named = Named::new(kind, span, hit.first..=hit.last, confidence, "names.nested");
                inner.push(Named { nested: true, ..named });
            }
            i = hit.last + 1;
        }
    }
    found.extend(inner);
}

/// The type of the mention that `hit` makes inside `outer`, if it makes one.
fn nests(reading: &Reading<'_>, hit: &Hit, outer: &Named) -> Option<EntityType> {
    let Some(Entry::Name(Name { kind, via, common, thing })) = reading.lexicon.entry(hit.entry) else { return None };
    // الديمقراطي in the name of a party is no group of people.
    let political = reading.lexicon.thing(*thing).is_some_and(|thing| &*thing.detail == "political");
    // A word that is an ordinary word too is no place here.
    let fits =
        !common && !political && matches!((kind, via), (EntityType::Norp, Via::Adjective) | (EntityType::Gpe, _));
    (fits && hit.last <= outer.last).then_some(*kind)
}
