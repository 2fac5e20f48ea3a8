//! Events: who did what to whom, by the types of PLOVER.
//!
//! Takes the actors of an article, its verb forms, times and quotes; gives [`Event`]s, one for each event of the world, sorted by
//! their first trigger. `scene` says what each word does and who is the subject of each verb, `sides` finds who did it to whom, `modality`
//! whether it happened, `wishes` the general wishes for better relations; `join` makes one event of its tellings.
//! An event needs a side that the article names; a topic of talks is none. Each rule looks a bounded number of tokens ahead and
//! back: linear in the length of the article.

mod join;
mod modality;
mod party;
mod scene;
mod sides;
#[cfg(test)]
mod tests;
mod wishes;

use std::ops::Range;

use crate::extract::actors::Actors;
use crate::extract::extraction::{Event, Modality, TimeType};
use crate::extract::{Quote, TimeExpression};
use crate::lexicon::events::{Cue, EventType, Frame, Trigger};
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::{Aspect, Number, VerbReading, VerbWords};
use crate::text::Span;

use scene::{Scene, Told};
use sides::{REACH, Setting, Sides};

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
/// How far behind a preposition of topics what it brings can stand.
const NEAR_TOPIC: usize = 7;
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
    for (number, sentence) in story.sentences.iter().enumerate() {
        if number > scene.met.get() + MEETING {
            scene.pair.set(None);
        }
        let before = told.clone();
        let clauses = scene.clauses(sentence, &mut told);
        // A headline has no full stop.
        let headline = number == 0 && sentence.end.checked_sub(1).is_some_and(|last| !scene.mark(last));
        let setting = Setting { sentence: sentence.clone(), clauses: &clauses, told: &before, headline };
        let (mut wished, mut under, mut deal) = (None, 0, None);
        for i in sentence.clone() {
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
    if std::env::var("EVDEBUG").is_ok() {
        for t in &tellings {
            eprintln!(
                "{:?} {} {:?} a{:?} r{:?} {:?} {:?} refers {}",
                t.kind,
                t.span.of(scene.reading.text.source()),
                t.modality,
                t.sides.actors,
                t.sides.recipients,
                t.apart,
                t.rule,
                t.refers
            );
        }
    }
    join::join(&scene, tellings)
}

impl Scene<'_, '_> {
    /// What the word at token `i` tells.
    fn telling(&self, i: usize, setting: &Setting<'_>) -> Option<Telling> {
        let triggers = self.triggers(i);
        if triggers.is_empty() {
            return None;
        }
        let finite = setting.clause_at(i);
        triggers.into_iter().find_map(|(reading, trigger)| match (reading.form.aspect, finite) {
            (Aspect::Perfect | Aspect::Imperfect, Some(clause)) if reading.form.verb == clause.reading.form.verb => {
                let sides = self.verb_sides(clause, trigger, setting);
                let modality = self.modality(i, trigger.kind, setting);
                // لم نتطرق إلى: that something was not talked of is no event.
                if modality == Modality::Negated && clause.cue.contains(Cue::TOPIC) {
                    return None;
                }
                self.tell(i, reading, trigger, sides, setting, "events.verb")
            }
            (Aspect::Active, None) if self.goes_beside(i, reading) && !self.has(i, Cue::GROUND) => {
                let sides = self.beside_sides(i, trigger, setting);
                self.tell(i, reading, trigger, sides, setting, "events.participle")
            }
            // مواقف روسيا الداعمة للعراق
            (Aspect::Active, None) if reading.is_definite() && trigger.kind == EventType::Support => {
                let sides = self.adjective_sides(i, trigger, setting);
                self.tell(i, reading, trigger, sides, setting, "events.adjective")
            }
            // بعد إدانته بالانضمام: a court's.
            (Aspect::Masdar, None) if trigger.frame == Frame::About && reading.pronoun.is_some() => None,
            (Aspect::Masdar, None) if !self.is_topic(i, trigger.kind, setting) => {
                let sides = self.noun_sides(i, reading, trigger, setting);
                self.tell(i, reading, trigger, sides, setting, "events.noun")
            }
            (Aspect::Passive, None) => self.tell(i, reading, trigger, Sides::default(), setting, "events.participle"),
            _ => None,
        })
    }

    /// Whether the participle at token `i` tells what the subject does beside the verb: `مشيدا`, `داعية`.
    fn goes_beside(&self, i: usize, reading: &VerbReading) -> bool {
        let before = i.checked_sub(1).map(|before| self.word(before));
        let mark = before.is_some_and(|before| matches!(before, "," | "\"" | "ه" | ")"));
        reading.form.tanwin || (mark && !reading.is_definite() && reading.proclitics.is_empty())
    }

    /// Whether the noun at token `i` is what is talked of or wished, and so none of its own: it stands behind a word of talk in its clause, or
    /// near a preposition of topics; joint work also behind a word that betters it (`تعزيز التعاون`).
    fn is_topic(&self, i: usize, kind: EventType, setting: &Setting<'_>) -> bool {
        let can = matches!(
            kind,
            EventType::Consult
                | EventType::Agree
                | EventType::Cooperate
                | EventType::Support
                | EventType::Aid
                | EventType::Concede
                | EventType::Retreat
        );
        if !can {
            return false;
        }
        // خلال الاجتماع is where they talk.
        if i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "خلال" | "بعد" | "عقب" | "قبل" | "اثناء"))
        {
            return false;
        }
        let joint = kind == EventType::Cooperate;
        for j in (i.saturating_sub(REACH).max(setting.sentence.start)..i).rev() {
            if self.mark(j) || self.has(j, Cue::CLAUSE) {
                return false;
            }
            let verb = self.readings(j).any(VerbReading::is_finite);
            if self.has(j, Cue::TOPIC) && (verb || i - j <= NEAR_TOPIC) {
                return true;
            }
            if joint
                && i - j <= NEAR_TOPIC
                && self.has(j, Cue::IMPROVE | Cue::WISH)
                && !setting.clause_at(j).is_some_and(|clause| clause.cue.contains(Cue::SAYS))
            {
                return !self.has(j, Cue::READY);
            }
            if setting.clause_at(j).is_some() {
                return false;
            }
        }
        false
    }

    /// Keeps in mind who met; whether anybody did.
    fn meet(&self, telling: &Telling) -> bool {
        let sides = (telling.sides.actors.as_slice(), telling.sides.recipients.as_slice());
        let met = match sides {
            ([a], [b]) => [*a, *b],
            ([a, b], []) | ([], [a, b]) => [*a, *b],
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

    /// The telling of `trigger` at token `i`, where its needs are met.
    fn tell(
        &self,
        i: usize,
        reading: &VerbReading,
        trigger: &Trigger,
        sides: Sides,
        setting: &Setting<'_>,
        rule: &'static str,
    ) -> Option<Telling> {
        let needs = trigger.needs;
        let finite = reading.is_finite();
        if !needs.object.is_empty() && !self.object_stands(i, setting, needs.object) {
            return None;
        }
        let object = trigger.kind == EventType::Agree && reading.pronoun.is_some();
        let refers = !finite && !needs.named && (object || self.refers(i, reading, trigger));
        let near = setting.clause_before(i).is_some_and(|clause| i <= clause.after + 1);
        if needs.light && (reading.pronoun.is_some() || !near || self.light_subject(i, setting).is_none()) {
            return None;
        }
        // الاتفاق of an article that names one as a law is that law.
        if refers && trigger.kind == EventType::Agree && self.named_deal && sides.recipients.is_empty() {
            return None;
        }
        let short = (needs.both && (sides.actors.is_empty() || sides.recipients.is_empty()))
            || (needs.recipient && sides.recipients.is_empty())
            || (needs.actor && sides.actors.is_empty());
        let mutual = trigger.frame == Frame::Mutual || trigger.frame == Frame::Visit;
        if short && !(mutual && refers) {
            return None;
        }
        let apart = self.apart(i, trigger);
        let mut sides = sides;
        // وصل في زيارة: of the subject; خلال اجتماع: of those who were told to meet.
        let within = mutual
            && trigger.kind == EventType::Consult
            && sides.is_empty()
            && i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "في" | "خلال" | "ضمن"));
        if within && trigger.frame == Frame::Visit {
            sides.actors = setting.subject(i).to_vec();
        }
        let refers = refers || within;
        // الاجتماع الأخير من نوعه: of the countries of the two who meet.
        if sides.is_empty() && matches!(apart, Apart::Next | Apart::Last) {
            sides.actors = self.main_pair().unwrap_or_default();
        }
        let empty = sides.is_empty();
        if empty
            && !(refers
                || (finite && mutual)
                || reading.form.aspect == Aspect::Passive
                || (mutual && self.happens(i, setting)))
        {
            return None;
        }
        let span = reading.span(&self.reading.text, i);
        let (time, place) = self.when_and_where(i, setting);
        let confidence = match (sides.actors.is_empty(), sides.recipients.is_empty()) {
            (false, false) => 0.6,
            (true, true) => 0.4,
            _ => 0.5,
        };
        Some(Telling {
            kind: trigger.kind,
            mode: trigger.mode.clone(),
            cameo: trigger.cameo.clone(),
            span,
            sides,
            modality: self.modality(i, trigger.kind, setting),
            time,
            place,
            quote: self.quote(i),
            refers,
            apart,
            of_deal: needs.object.contains(Cue::DEAL) || matches!(trigger.kind, EventType::Agree | EventType::Reject),
            confidence,
            rule,
        })
    }

    /// Whether the noun at token `i` refers to what was told: it is definite and tells of one (`اللقاء`, not `اللقاءات`).
    fn refers(&self, i: usize, reading: &VerbReading, trigger: &Trigger) -> bool {
        if self.after_this(i) {
            return true;
        }
        let noun = self.reading.lexicon.verbs().verb(reading.form.verb).map_or("", |verb| &verb.perfect);
        let several = reading.form.number == Number::Plural && !noun.ends_with("ات");
        let told = matches!(trigger.kind, EventType::Consult | EventType::Agree);
        told && reading.is_definite() && !several
    }

    /// What sort of event the trigger at token `i` tells of, beside its type; another meeting than the one told of is apart too.
    fn apart(&self, i: usize, trigger: &Trigger) -> Apart {
        match (&*trigger.mode, &*trigger.cameo, trigger.frame) {
            ("phone", ..) => return Apart::Call,
            ("", "044", _) => return Apart::Press,
            (_, "040", Frame::Toward) if trigger.kind == EventType::Consult => return Apart::Letter,
            _ => {}
        }
        let mutual = trigger.kind == EventType::Consult && trigger.frame == Frame::Mutual;
        let near = |cue: Cue| {
            (i + 1..i + 4).take_while(|&j| !self.stops(j) && !self.is_preposition(j)).any(|j| self.has(j, cue))
        };
        let latest = i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "اخر" | "ثاني" | "اول"));
        if mutual && near(Cue::NEXT) {
            Apart::Next
        } else if mutual && (latest || near(Cue::LAST)) {
            Apart::Last
        } else {
            Apart::Not
        }
    }

    /// Whether the noun at token `i` is the subject or object of a light verb.
    fn happens(&self, i: usize, setting: &Setting<'_>) -> bool {
        self.light_subject(i, setting).is_some()
    }

    /// Whether a demonstrative stands before token `i`: `هذا الاجتماع`.
    fn after_this(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "هذا" | "هذه" | "ذلك" | "تلك"))
    }

    /// Whether a word of `wanted` stands where the object of the trigger would.
    fn object_stands(&self, i: usize, setting: &Setting<'_>, wanted: Cue) -> bool {
        let clause = setting.clause_at(i);
        // الذي أبرمه: the object stands before.
        let relative = clause.is_some_and(|clause| clause.reading.pronoun.is_some())
            && i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "الذي" | "التي"));
        if relative {
            return (i.saturating_sub(5)..i).any(|j| self.is_object(j, wanted));
        }
        let (mut j, mut seen) = (clause.map_or(i + 1, |clause| clause.after), 0);
        while j < setting.sentence.end && seen < 6 && !self.stops(j) && !self.has(j, Cue::CLAUSE) {
            if self.is_object(j, wanted) {
                return true;
            }
            // A name in between is the subject of the verbal noun.
            j = match (self.time_over(j), self.actors.mention_at(j)) {
                (Some(time), _) => self.after_time(time),
                (None, Some(mention)) => mention.last + 1,
                _ => j + 1,
            };
            seen += 1;
        }
        false
    }

    /// Whether the word at token `j` is one of `wanted`; the name of a treaty is a deal.
    fn is_object(&self, j: usize, wanted: Cue) -> bool {
        match self.actors.mention_over(j) {
            None => self.has(j, wanted),
            Some(mention) => mention.kind == EntityType::Law && wanted.contains(Cue::DEAL),
        }
    }

    /// The telling of a wish.
    fn wish_telling(&self, i: usize, sides: Sides) -> Telling {
        let text = &self.reading.text;
        let noun = self.readings(i).find(|reading| !reading.is_finite());
        let span = noun.map_or_else(|| text.token(i).span, |reading| reading.span(text, i));
        Telling {
            kind: EventType::Support,
            mode: Box::default(),
            cameo: "051".into(),
            span,
            sides,
            modality: Modality::Asserted,
            time: None,
            place: None,
            quote: self.quote(i),
            refers: false,
            apart: Apart::Wish,
            of_deal: false,
            confidence: 0.6,
            rule: "events.wish",
        }
    }

    /// The time and the place of the event at token `i`: the nearest of its sentence, those behind it first.
    fn when_and_where(&self, i: usize, setting: &Setting<'_>) -> (Option<usize>, Option<usize>) {
        let (mut time, mut place) = (None, None);
        let mut j = i + 1;
        while j < setting.sentence.end.min(i + 2 * REACH) && !(time.is_some() && place.is_some()) {
            if self.stops(j) {
                break;
            }
            if let Some(at) = self.time_over(j) {
                let dated = self.times.get(at).is_some_and(|time| matches!(time.kind, TimeType::Date | TimeType::Time));
                time = time.or(Some(at).filter(|_| dated));
                j = self.after_time(at);
                continue;
            }
            place = place.or_else(|| self.place_at(j));
            j += 1;
        }
        if time.is_none() {
            let before = (setting.sentence.start.max(i.saturating_sub(REACH))..i).rev().take_while(|&j| !self.mark(j));
            let mut times = before.filter_map(|j| self.time_over(j));
            time = times.find(|&at| {
                self.times.get(at).is_some_and(|time| matches!(time.kind, TimeType::Date | TimeType::Time))
            });
        }
        (time, place)
    }

    /// The place that stands behind `في` at token `j`, or with ب written onto it.
    fn place_at(&self, j: usize) -> Option<usize> {
        let word = self.word(j);
        let first = if word == "في" || word == "وفي" {
            (j + 1..j + 3).find(|&k| self.actors.mention_at(k).is_some())?
        } else {
            j
        };
        let mention = self.actors.mention_at(first)?;
        let governed = first > j || self.actors.particles(mention).contains(crate::text::Proclitics::BEH);
        let place = matches!(mention.kind, EntityType::Gpe | EntityType::Fac | EntityType::Loc);
        (governed && place)
            .then(|| self.actors.place_at(first).and_then(|place| self.actors.entity_at(place)))
            .flatten()
    }
}
