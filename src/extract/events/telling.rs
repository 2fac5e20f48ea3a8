//! Tellings: a trigger with its sides, its modality, its time and place.
//!
//! Takes a token; gives the [`Telling`] of the word there, where it is a trigger in a form that triggers, its needs are met and it is no topic
//! of talks. Looks a bounded number of tokens ahead and back.

use crate::extract::extraction::{Modality, TimeType};
use crate::lexicon::events::{Cue, EventType, Frame, Needs, Trigger};
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::{Aspect, Number, VerbReading};

use super::scene::Scene;
use super::setting::Setting;
use super::sides::{REACH, Sides};
use super::{Apart, Telling};

/// How far behind a preposition of topics what it brings can stand.
const NEAR_TOPIC: usize = 7;
impl Scene<'_, '_> {
    /// What the word at token `i` tells, by one of four rules.
    ///
    /// - `events.verb`. *Finds* `استقبل الوزير السفير` ("the minister received the ambassador"): a finite verb with subject and object. *Known
    ///   misses*: subjects that only a pronoun of an earlier paragraph names, verbs whose object is a general word.
    /// - `events.noun`. *Finds* `خلال زيارة الوزير إلى بغداد` ("during the minister's visit to Baghdad"): a noun with its genitive and what
    ///   prepositions bring. *Known misses*: sides told sentences before an indefinite noun.
    /// - `events.participle`. *Finds* `مشيدا بموقف العراق` ("praising Iraq's stance"): what the subject does beside. *Known misses*: participles
    ///   without tanwin behind no mark.
    /// - `events.adjective`. *Finds* `مواقف روسيا الداعمة للعراق` ("Russia's stances, supportive of Iraq"). *Known misses*: anything but backing.
    pub(super) fn telling(&self, i: usize, setting: &Setting<'_>) -> Option<Telling> {
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
        if !trigger.object.is_empty() && !self.object_stands(i, setting, trigger.object) {
            return None;
        }
        let object = trigger.kind == EventType::Agree && reading.pronoun.is_some();
        let refers = !finite && !needs.contains(Needs::NAMED) && (object || self.refers(i, reading, trigger));
        let near = setting.clause_before(i).is_some_and(|clause| i <= clause.after + 1);
        if needs.contains(Needs::LIGHT)
            && (reading.pronoun.is_some() || !near || self.light_subject(i, setting).is_none())
        {
            return None;
        }
        // الاتفاق of an article that names one as a law is that law.
        if refers && trigger.kind == EventType::Agree && self.named_deal && sides.recipients.is_empty() {
            return None;
        }
        let short = (needs.contains(Needs::RECIPIENT) && sides.recipients.is_empty())
            || (needs.contains(Needs::ACTOR) && sides.actors.is_empty());
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
        let confidence = confidence(rule);
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
            of_deal: trigger.object.contains(Cue::DEAL) || matches!(trigger.kind, EventType::Agree | EventType::Reject),
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
    pub(super) fn wish_telling(&self, i: usize, sides: Sides) -> Telling {
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
            confidence: confidence("events.wish"),
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

/// How sure an event is: of those that its rule found in the 21 annotated articles the share whose trigger and type are right, counted as
/// (right + 1) / (found + 2), so that few are no certainty. Counts: verbs 32 of 38, nouns 97 of 103, participles 4 of 4, adjectives 1 of 1,
/// wishes 7 of 7. The rules were tuned on those articles: on others it is an upper bound.
fn confidence(rule: &str) -> f32 {
    match rule {
        "events.noun" => 0.93,
        "events.wish" => 0.89,
        "events.adjective" => 0.67,
        _ => 0.83,
    }
}
