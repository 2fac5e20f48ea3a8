//! Events: who did what to whom, by the types of PLOVER.
//!
//! Takes the actors of an article, its verb forms, times and quotes; gives [`Event`]s, one for each event of the world, sorted by
//! their first trigger. `scene` says what each word does and who is the subject of each verb, `sides` finds who did it to whom, `modality`
//! whether it happened, `wishes` the general wishes for better relations; `join` makes one event of its tellings.
//! An event needs a side that the article names; a topic of talks is none. Each rule looks a bounded number of tokens ahead and
//! back: linear in the length of the article.

mod brought;
mod clauses;
mod join;
mod modality;
mod owners;
mod party;
mod scene;
mod setting;
mod sides;
mod telling;
mod wishes;

use std::ops::Range;

use crate::extract::actors::Actors;
use crate::extract::extraction::{Event, Modality};
use crate::extract::{Quote, TimeExpression};
use crate::lexicon::events::EventType;
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::VerbWords;
use crate::text::Span;

use clauses::Told;
use scene::Scene;
use setting::Setting;
use sides::Sides;

/// What the events of an article are read from.
#[derive(Clone, Copy, Debug)]
pub struct Story<'r, 'a> {
    /// Who acts in it.
    pub actors: &'r Actors<'r, 'a>,
    /// Its verb forms.
    pub verbs: &'r VerbWords,
    /// Its times.
    pub times: &'r [TimeExpression],
    /// Its quotes, sorted by where they begin.
    pub quotes: &'r [Quote],
    /// Its sentences as ranges of tokens, page furniture left out.
    pub sentences: &'r [Range<usize>],
}

/// How many sentences on those who met are still the two sides.
const MEETING: usize = 8;
/// How far behind a verb of agreeing the noun is its object.
const DEAL: usize = 8;

/// One telling of an event.
#[derive(Clone, Debug)]
struct Telling {
    kind: EventType,
    mode: Box<str>,
    cameo: Box<str>,
    span: Span,
    sides: Sides,
    modality: Modality,
    time: Option<usize>,
    place: Option<usize>,
    quote: Option<usize>,
    /// Whether its noun is definite, so that it refers to what was told.
    refers: bool,
    /// Events of one type that are never one: calls, press conferences, letters, wishes.
    apart: Apart,
    /// Whether an agreement named behind it is its object.
    of_deal: bool,
    confidence: f32,
    rule: &'static str,
}

/// What sort of event a telling is of, beside its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    Not,
    Call,
    Press,
    Letter,
    Wish,
    Next,
    Last,
}

/// The events of `story`.
pub fn read(story: Story<'_, '_>) -> Vec<Event> {
    let scene = Scene::new(story.actors, story.verbs, story.times, story.quotes);
    let mut tellings = Vec::new();
    let mut told = Told::default();
    let asked = || story.actors.reading().stop.asked();
    for (number, sentence) in story.sentences.iter().enumerate().take_while(|_| !asked()) {
        if number > scene.met.get() + MEETING {
            scene.pair.set(None);
        }
        let before = told.clone();
        let clauses = scene.clauses(sentence, &mut told);
        // A headline has no full stop.
        let headline = number == 0 && sentence.end.checked_sub(1).is_some_and(|last| !scene.mark(last));
        let setting = Setting { sentence: sentence.clone(), clauses: &clauses, told: &before, headline };
        let (mut wished, mut under, mut deal) = (None, 0, None);
        for i in story.actors.reading().stop.unless_asked(sentence.clone()) {
            if i > under
                && let Some(wish) = scene.wish(i, &setting)
            {
                (wished, under) = (Some(wish.token), wish.last);
                tellings.extend(wish.sides.into_iter().map(|sides| scene.wish_telling(wish.token, sides)));
            }
            if wished == Some(i) || scene.actors.mention_over(i).is_some() {
                continue;
            }
            let Some(telling) = scene.telling(i, &setting) else { continue };
            // توقيع اتفاق: one telling.
            let signed = deal.is_some_and(|at: usize| i <= at + DEAL && (at + 1..i).all(|j| !scene.stops(j)));
            if telling.kind == EventType::Agree && signed && telling.rule == "events.noun" {
                continue;
            }
            // الانسحاب من الاتفاق: what it is done to.
            if telling.of_deal {
                deal = Some(i);
            }
            if scene.meet(&telling) {
                scene.met.set(number);
            }
            tellings.extend(scene.each(telling));
        }
    }
    join::join(&scene, tellings)
}

impl Scene<'_, '_> {
    /// Keeps in mind who met; whether anybody did.
    fn meet(&self, telling: &Telling) -> bool {
        let sides = (telling.sides.actors.as_slice(), telling.sides.recipients.as_slice());
        let met = match sides {
            ([a], [b]) | ([a, b], []) | ([], [a, b]) => [*a, *b],
            _ => return false,
        };
        let [a, b] = met;
        if telling.kind == EventType::Consult && self.country_of(a) != self.country_of(b) {
            self.pair.set(Some(met));
            return true;
        }
        false
    }

    /// The tellings of a word: a meeting with several people is one for each.
    fn each(&self, telling: Telling) -> Vec<Telling> {
        let persons = telling.sides.recipients.iter().all(|&entity| self.actors.kind(entity) == Some(EntityType::Pers));
        let meeting = telling.kind == EventType::Consult && telling.rule == "events.verb";
        if !(meeting && persons && telling.sides.recipients.len() > 1 && telling.sides.actors.len() == 1) {
            return vec![telling];
        }
        let one = |&recipient: &usize| {
            let sides = Sides { actors: telling.sides.actors.clone(), recipients: vec![recipient] };
            Telling { sides, ..telling.clone() }
        };
        telling.sides.recipients.iter().map(one).collect()
    }
}
