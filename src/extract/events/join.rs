//! One event for each event of the world: tellings joined.
//!
//! Takes the tellings of an article in order; gives its [`Event`]s. A telling joins an earlier one of its type whose sides do not
//! contradict its own: a country goes with a person or body of it, a definite noun without sides (`اللقاء`) with what was told last.
//! Each telling is compared with the [`LATEST`] events before it: linear.

use crate::extract::extraction::{Event, Modality};
use crate::lexicon::names::EntityType;

use super::scene::Scene;
use super::{Apart, Telling};

/// How many events back a telling is compared with.
const LATEST: usize = 48;

/// The events of `tellings`.
pub(super) fn join(scene: &Scene<'_, '_>, tellings: Vec<Telling>) -> Vec<Event> {
    let mut joined: Vec<Joined> = Vec::new();
    for telling in scene.actors.reading().stop.unless_asked(tellings) {
        let from = joined.len().saturating_sub(LATEST);
        let near = joined.get(from..).unwrap_or_default();
        let fit = near.iter().rposition(|event| event.takes(scene, &telling));
        match fit.and_then(|at| joined.get_mut(from + at)) {
            Some(event) => event.add(scene, telling),
            None if telling.sides.is_empty() => {}
            None => joined.push(Joined { triggers: vec![telling.span], first: telling }),
        }
    }
    let mut events: Vec<Event> = joined.into_iter().map(Joined::event).collect();
    events.sort_by_key(|event| (event.span.begin, event.span.end, event.kind));
    events
}

struct Joined {
    first: Telling,
    triggers: Vec<crate::text::Span>,
}

impl Joined {
    /// Whether `telling` tells of this event too.
    fn takes(&self, scene: &Scene<'_, '_>, telling: &Telling) -> bool {
        let first = &self.first;
        let next = first.apart == Apart::Next && telling.modality == Modality::Planned;
        if first.kind != telling.kind || (first.apart != telling.apart && !(next && telling.apart == Apart::Not)) {
            return false;
        }
        // Several events told by one word stay apart.
        if first.span == telling.span {
            return false;
        }
        let same_modality = first.modality == telling.modality;
        if telling.sides.is_empty() {
            let as_told = same_modality || telling.modality == Modality::Asserted;
            return as_told && (first.kind.is_mutual() || telling.refers);
        }
        if !(same_modality || (telling.refers && telling.modality == Modality::Asserted)) {
            return false;
        }
        if first.kind.is_mutual() {
            let (ours, theirs) = (both(first), both(telling));
            // A visit to a country is not the meeting there with one of its people.
            let visit = (&*first.mode == "visit") != (&*telling.mode == "visit");
            if visit && theirs.iter().any(|b| !ours.contains(b)) && ours.len() > 1 && theirs.len() > 1 {
                return false;
            }
            return compatible(scene, &ours, &theirs);
        }
        let fits = |ours: &[usize], theirs: &[usize]| {
            ours.is_empty() || theirs.is_empty() || theirs.iter().all(|&b| ours.iter().any(|&a| same(scene, a, b)))
        };
        let shared = |ours: &[usize], theirs: &[usize]| theirs.iter().any(|&b| ours.iter().any(|&a| same(scene, a, b)));
        fits(&first.sides.actors, &telling.sides.actors)
            && fits(&first.sides.recipients, &telling.sides.recipients)
            && (shared(&first.sides.recipients, &telling.sides.recipients)
                || (telling.refers && shared(&first.sides.actors, &telling.sides.actors)))
    }

    /// Adds a telling: its trigger, and what it tells more exactly.
    fn add(&mut self, scene: &Scene<'_, '_>, telling: Telling) {
        if !self.triggers.contains(&telling.span) {
            self.triggers.push(telling.span);
        }
        let first = &mut self.first;
        if first.kind.is_mutual() {
            let mut all = both(first);
            for b in both(&telling) {
                match all.iter_mut().find(|a| same(scene, **a, b)) {
                    Some(a) if more_exact(scene, b, *a) => *a = b,
                    Some(_) => {}
                    None => all.push(b),
                }
            }
            let actors_before = first.sides.actors.len().max(1);
            first.sides.recipients = all.split_off(actors_before.min(all.len()));
            first.sides.actors = all;
        } else {
            for (ours, theirs) in [
                (&mut first.sides.actors, &telling.sides.actors),
                (&mut first.sides.recipients, &telling.sides.recipients),
            ] {
                if ours.is_empty() {
                    ours.clone_from(theirs);
                }
            }
        }
        first.time = first.time.or(telling.time);
        first.place = first.place.or(telling.place);
        first.confidence = first.confidence.max(telling.confidence);
        if first.mode.is_empty() {
            first.mode = telling.mode;
        }
    }

    fn event(self) -> Event {
        let first = self.first;
        Event {
            span: first.span,
            kind: first.kind,
            mode: first.mode.into(),
            cameo: first.cameo.into(),
            triggers: self.triggers,
            actors: first.sides.actors,
            recipients: first.sides.recipients,
            modality: first.modality,
            time: first.time,
            place: first.place,
            quote: first.quote,
            confidence: first.confidence,
            rule: first.rule,
        }
    }
}

fn both(telling: &Telling) -> Vec<usize> {
    telling.sides.actors.iter().chain(&telling.sides.recipients).copied().collect()
}

/// Whether two names of sides can mean one side of one event: the same, or a country and somebody of it.
fn same(scene: &Scene<'_, '_>, a: usize, b: usize) -> bool {
    if a == b {
        return true;
    }
    let one_country = scene.country_of(a).is_some() && scene.country_of(a) == scene.country_of(b);
    let city = |entity: usize| scene.actors.kind(entity) == Some(EntityType::Gpe) && !scene.actors.is_country(entity);
    one_country && (scene.actors.is_country(a) || scene.actors.is_country(b)) && !city(a) && !city(b)
}

/// Whether `b` says more exactly who acts than `a`.
fn more_exact(scene: &Scene<'_, '_>, b: usize, a: usize) -> bool {
    scene.actors.is_country(a) && !scene.actors.is_country(b)
}

/// Whether the sides of two tellings can be those of one meeting: at most two sides between them, and one in common.
fn compatible(scene: &Scene<'_, '_>, ours: &[usize], theirs: &[usize]) -> bool {
    let matched = theirs.iter().filter(|&&b| ours.iter().any(|&a| same(scene, a, b))).count();
    let unmatched = theirs.len() - matched;
    let ours_matched = ours.iter().filter(|&&a| theirs.iter().any(|&b| same(scene, a, b))).count();
    matched > 0 && (unmatched == 0 || ours_matched == ours.len()) && ours.len().max(2) >= ours_matched + unmatched
}
