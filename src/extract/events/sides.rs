//! The sides of an event: who did it, and to whom or with whom.
//!
//! Takes a trigger in its sentence; gives [`Sides`] by the trigger's frame: subject and object of a verb; genitive, pronoun and
//! nationality of a noun, the subject of the light verb whose object it is, and what prepositions bring (`brought`, `owners`).
//! Looks at most [`REACH`] tokens away.

use crate::lexicon::events::{Cue, EventType, Frame, Trigger};
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::{Number, Person, VerbReading};
use crate::text::Proclitics;

use super::brought::NEAR;
use super::clauses::Clause;
use super::party::Party;
use super::scene::Scene;
use super::setting::Setting;

/// How far from its trigger a side can stand.
pub(super) const REACH: usize = 16;

/// Who did what to whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    pub(super) actors: Vec<usize>,
    pub(super) recipients: Vec<usize>,
}

impl Sides {
    pub(super) fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.recipients.is_empty()
    }

    pub(super) fn act(&mut self, entities: &[usize]) {
        add(&mut self.actors, entities);
    }

    pub(super) fn receive(&mut self, entities: &[usize]) {
        add(&mut self.recipients, entities);
    }

    /// Nobody stands on both sides.
    pub(super) fn parted(mut self) -> Self {
        self.recipients.retain(|entity| !self.actors.contains(entity));
        self
    }
}

/// Adds those that are not in the list.
pub(super) fn add(list: &mut Vec<usize>, entities: &[usize]) {
    for &entity in entities {
        if !list.contains(&entity) {
            list.push(entity);
        }
    }
}

impl Scene<'_, '_> {
    /// The sides of the verb of `clause`.
    pub(super) fn verb_sides(&self, clause: &Clause, trigger: &Trigger, setting: &Setting<'_>) -> Sides {
        let mut sides = Sides { actors: clause.subject.clone(), recipients: Vec::new() };
        let end = setting.sentence.end;
        if let Some(pronoun) = clause.reading.pronoun {
            let gender = pronoun.gender;
            let person = self.actors.last_person(clause.token, gender).filter(|person| !sides.actors.contains(person));
            match pronoun.person {
                Person::Third if pronoun.number != Number::Plural => {
                    sides.receive(&person.into_iter().collect::<Vec<_>>());
                }
                Person::First => sides.receive(self.speakers(clause.token).unwrap_or_default()),
                _ => {}
            }
        }
        if trigger.frame == Frame::About {
            sides.receive(&self.first_named(clause.after, end, &sides.actors));
            self.complete(&mut sides);
            return sides.parted();
        }
        let brought = self.brought(clause.after, end, trigger, true);
        let object = self.object(clause.after, end);
        match (trigger.frame, object) {
            (Frame::Upon | Frame::Toward | Frame::Mutual | Frame::Visit, Some(party))
                if brought.recipients.is_empty() || trigger.frame != Frame::Mutual =>
            {
                sides.receive(&party.entities);
                if trigger.frame == Frame::Mutual || trigger.frame == Frame::Upon {
                    sides.receive(&brought.recipients);
                }
            }
            _ => sides.receive(&brought.recipients),
        }
        sides.act(&brought.actors);
        if sides.recipients.is_empty() && trigger.frame == Frame::Upon {
            // قصفت مواقع داعش
            sides.receive(&self.first_named(clause.after, end.min(clause.after + 6), &sides.actors));
        }
        // اتفقنا: the one who speaks with the other of the two.
        let we = clause.reading.form.person == Person::First && clause.reading.form.number == Number::Plural;
        if we && trigger.frame == Frame::Mutual {
            self.complete_pair(&mut sides);
        }
        sides.parted()
    }

    /// The sides of an active participle that goes with a clause: `مشيدا ب`, `داعيا فلانا`.
    pub(super) fn beside_sides(&self, i: usize, trigger: &Trigger, setting: &Setting<'_>) -> Sides {
        let mut sides = Sides { actors: setting.beside(self, i).to_vec(), recipients: Vec::new() };
        let end = setting.sentence.end;
        let found = match trigger.frame {
            Frame::About => self.first_named(i + 1, end, &sides.actors),
            _ => match self.object(i + 1, end) {
                Some(party) => party.entities,
                None => self.brought(i + 1, end, trigger, true).recipients,
            },
        };
        sides.receive(&found);
        if trigger.frame == Frame::About {
            self.complete(&mut sides);
        }
        sides.parted()
    }

    /// The sides of an adjective: what it stands behind acts, `ل` brings the other.
    pub(super) fn adjective_sides(&self, i: usize, trigger: &Trigger, setting: &Setting<'_>) -> Sides {
        let named = i.checked_sub(1).and_then(|before| self.actors.mention_over(before));
        let place = named.and_then(|mention| self.actors.place_at(mention.first));
        // لمواقفه الداعمة: whose the noun before it is.
        let owned = i
            .checked_sub(1)
            .is_some_and(|before| self.word(before).ends_with('ه') || self.word(before).ends_with("ها"));
        let last = || {
            self.actors
                .before(i)
                .next()
                .filter(|&place| owned && self.actors.named().get(place).is_some_and(|mention| mention.last + 5 > i))
        };
        let Some(actor) = place.or_else(last).and_then(|place| self.actors.entity_at(place)) else {
            return Sides::default();
        };
        let mut sides = Sides { actors: self.sides(&[actor]), recipients: Vec::new() };
        sides.receive(&self.brought(i + 1, setting.sentence.end.min(i + 4), trigger, true).recipients);
        sides.parted()
    }

    /// Fills in the other of the two who met, where one of them speaks of both.
    fn complete_pair(&self, sides: &mut Sides) {
        let (Some([a, b]), [actor], []) = (self.pair.get(), sides.actors.as_slice(), sides.recipients.as_slice())
        else {
            return;
        };
        let other = if *actor == a {
            b
        } else if *actor == b {
            a
        } else {
            return;
        };
        sides.receive(&[other]);
    }

    /// Fills in the country of the other of the two who met, where one of them praises or blames and nobody else is named.
    fn complete(&self, sides: &mut Sides) {
        let (Some([a, b]), [actor], []) = (self.pair.get(), sides.actors.as_slice(), sides.recipients.as_slice())
        else {
            return;
        };
        let other = if *actor == a {
            b
        } else if *actor == b {
            a
        } else {
            return;
        };
        let country = self.country_of(other).unwrap_or(other);
        sides.receive(&[country]);
    }

    /// The sides of a noun: `زيارة الوزير إلى بغداد`.
    pub(super) fn noun_sides(
        &self,
        i: usize,
        reading: &VerbReading,
        trigger: &Trigger,
        setting: &Setting<'_>,
    ) -> Sides {
        let mut sides = Sides::default();
        let end = setting.sentence.end;
        let mut at = i + 1 + usize::from(!trigger.then.is_empty());
        let bare = reading.pronoun.is_none() && !reading.is_definite() && !reading.form.tanwin;
        let suffers = setting.clause_before(i).filter(|clause| clause.cue.contains(Cue::SUFFERS));
        let light = if suffers.is_some() { None } else { self.light_subject(i, setting) };
        // تلقى دعوة من الوزير
        if let Some(clause) = suffers.filter(|clause| i <= clause.after + 2) {
            sides.receive(&clause.subject);
        }
        if let Some(pronoun) = reading.pronoun {
            let owner = match pronoun.person {
                Person::First => self.speakers(i).unwrap_or(setting.subject(i)).to_vec(),
                _ => self.owner(i, reading, setting),
            };
            sides.act(&owner);
        }
        let genitive = self
            .parties(at)
            .filter(|party| bare && !party.phrase.is_governed() && !party.phrase.particles.contains(Proclitics::WAW));
        if let Some(party) = genitive {
            at = party.last + 1;
            self.place_genitive(&party, at, end, trigger, light.as_deref(), &mut sides);
        } else {
            let (nations, after) = self.nations(at, end);
            at = after;
            sides.act(&nations);
        }
        // Agent and others that prepositions bring; a light verb in a relative clause stands between: مؤتمر عقده مع.
        let (from, relative) = self.relative(at, setting);
        let brought = self.brought(from, end, trigger, false);
        sides.act(&brought.actors);
        match relative {
            // هجوم تعرضت له السفارة
            Some((subject, true)) => sides.receive(&subject),
            Some((subject, false)) => sides.act(&subject),
            None => {}
        }
        let alone = trigger.frame == Frame::Mutual && brought.recipients.is_empty() && sides.actors.len() < 2;
        if let Some(subject) = light.as_ref().filter(|_| sides.actors.is_empty() || alone) {
            sides.act(subject);
        }
        if sides.actors.is_empty() && trigger.kind != EventType::Assault {
            let controller = self.controller(i, setting);
            sides.act(&controller);
        }
        sides.receive(&brought.recipients);
        if sides.recipients.is_empty() && trigger.frame == Frame::About {
            sides.receive(&self.first_named(i + 1, end, &sides.actors));
        }
        // دعم بلاده لاستقرار العراق
        if sides.recipients.is_empty() && trigger.kind == EventType::Support && self.word(at).starts_with('ل') {
            sides.receive(&self.first_named(at, end.min(at + NEAR), &sides.actors));
        }
        // زيارته جاءت بدعوة من نظيره
        if sides.recipients.is_empty() && trigger.kind == EventType::Request && !brought.actors.is_empty() {
            sides.receive(self.speakers(i).unwrap_or(setting.subject(i)));
        }
        // تم الاتفاق: of the two who met.
        let happens =
            setting.clause_before(i).is_some_and(|clause| clause.cue.contains(Cue::HAPPENS) && i <= clause.after + 1);
        if sides.is_empty() && happens && trigger.kind == EventType::Agree {
            sides.actors = self.pair.get().map(|pair| pair.to_vec()).unwrap_or_default();
        }
        // وقال في مؤتمر مع نظيره: who is with the other is the subject of the clause.
        let mutual = matches!(trigger.frame, Frame::Mutual | Frame::Visit);
        if mutual && sides.actors.is_empty() && !sides.recipients.is_empty() && brought.with {
            sides.act(setting.subject(i));
        }
        sides.parted()
    }

    /// Puts the genitive of a noun on its side.
    fn place_genitive(
        &self,
        party: &Party,
        at: usize,
        end: usize,
        trigger: &Trigger,
        light: Option<&[usize]>,
        sides: &mut Sides,
    ) {
        let place = party
            .entities
            .first()
            .is_some_and(|&entity| matches!(self.actors.kind(entity), Some(EntityType::Gpe | EntityType::Loc)));
        match trigger.frame {
            Frame::Visit if place => {
                sides.receive(&party.entities);
                if let Some(subject) = light {
                    sides.act(subject);
                }
            }
            Frame::Mutual | Frame::Visit => sides.act(&party.entities),
            // أعلن الرئيس انسحاب بلاده: those leave whose the leaving is.
            Frame::Toward
                if light.is_some_and(|subject| !subject.is_empty())
                    && matches!(trigger.kind, EventType::Support | EventType::Aid | EventType::Request) =>
            {
                sides.receive(&party.entities);
            }
            Frame::Toward => {
                sides.act(&party.entities);
                if let Some(object) = self.object(at, end.min(at + 2)) {
                    sides.receive(&object.entities);
                }
            }
            Frame::Upon | Frame::About => {
                let object = self.object(at, end.min(at + 3));
                let thing = !trigger.object.is_empty() && (at..at + 2).any(|j| self.has(j, trigger.object));
                match object {
                    Some(object) => {
                        sides.act(&party.entities);
                        sides.receive(&object.entities);
                    }
                    // إعدام المملكة فلانا: a country is not put to death.
                    None if thing || (place && trigger.kind == EventType::Coerce && trigger.frame == Frame::Upon) => {
                        sides.act(&party.entities);
                    }
                    None => {
                        sides.receive(&party.entities);
                        if let Some(subject) = light {
                            sides.act(subject);
                        }
                    }
                }
            }
        }
    }
}
