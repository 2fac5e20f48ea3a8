//! The sides of an event: who did it, and to whom or with whom.
//!
//! Takes a trigger in its sentence; gives [`Sides`] by the trigger's frame: subject and object of a verb, genitive, pronoun and
//! nationality of a noun, the subject of the light verb whose object it is, and what prepositions bring. Looks at most
//! [`REACH`] tokens away.

use std::ops::Range;

use crate::extract::actors::How;
use crate::lexicon::events::{Cue, EventType, Frame, Preps, Trigger};
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::{Number, Person, VerbReading};
use crate::text::{Proclitics, TokenKind};

use super::party::Party;
use super::scene::{Clause, Scene, Told};

/// How far from its trigger a side can stand.
pub(super) const REACH: usize = 16;
/// How far a side brought by a particle written onto it can stand.
const NEAR: usize = 8;

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

    fn act(&mut self, entities: &[usize]) {
        add(&mut self.actors, entities);
    }

    fn receive(&mut self, entities: &[usize]) {
        add(&mut self.recipients, entities);
    }

    /// Nobody stands on both sides.
    pub(super) fn parted(mut self) -> Self {
        self.recipients.retain(|entity| !self.actors.contains(entity));
        self
    }
}

fn add(list: &mut Vec<usize>, entities: &[usize]) {
    for &entity in entities {
        if !list.contains(&entity) {
            list.push(entity);
        }
    }
}

/// A sentence with what is known of it while its triggers are read.
#[derive(Debug)]
pub(super) struct Setting<'s> {
    pub(super) sentence: Range<usize>,
    /// Its finite verbs.
    pub(super) clauses: &'s [Clause],
    /// The subject told last before the sentence.
    pub(super) told: &'s Told,
    /// Whether it is the headline.
    pub(super) headline: bool,
}

impl Setting<'_> {
    /// The last finite verb before token `i`.
    pub(super) fn clause_before(&self, i: usize) -> Option<&Clause> {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        self.clauses.get(to.checked_sub(1)?)
    }

    /// The finite verb at token `i`.
    pub(super) fn clause_at(&self, i: usize) -> Option<&Clause> {
        let at = self.clauses.partition_point(|clause| clause.token < i);
        self.clauses.get(at).filter(|clause| clause.token == i)
    }

    /// Who tells what stands at token `i`: the subject of the last verb of telling before it, else of the last verb.
    pub(super) fn teller(&self, i: usize) -> &[usize] {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let told = self.clauses.get(..to).unwrap_or_default().iter().rev().take(6);
        let mut telling = told.filter(|clause| clause.cue.contains(Cue::SAYS) && !clause.subject.is_empty());
        let found = telling.next().map(|clause| clause.subject.as_slice());
        found.unwrap_or_else(|| if self.told.teller.is_empty() { self.subject(i) } else { &self.told.teller })
    }

    /// Who does something beside telling: the person who acts in what a body's statement tells, else the teller.
    pub(super) fn beside(&self, scene: &Scene<'_, '_>, i: usize) -> &[usize] {
        let teller = self.teller(i);
        let person = |entities: &[usize]| {
            entities.first().is_some_and(|&entity| scene.actors.kind(entity) == Some(EntityType::Pers))
        };
        if person(teller) {
            return teller;
        }
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let mut acting = self.clauses.get(..to).unwrap_or_default().iter().rev().take(6);
        acting.find(|clause| clause.own && person(&clause.subject)).map_or(teller, |clause| clause.subject.as_slice())
    }

    /// The subject in whose clause token `i` stands.
    pub(super) fn subject(&self, i: usize) -> &[usize] {
        let to = self.clauses.partition_point(|clause| clause.token < i);
        let told = self.clauses.get(..to).unwrap_or_default().iter().rev().take(4);
        told.map(|clause| clause.subject.as_slice()).find(|subject| !subject.is_empty()).unwrap_or(&self.told.subject)
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
                    sides.receive(&person.into_iter().collect::<Vec<_>>())
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
        let mut at = i + 1 + usize::from(trigger.then.is_some());
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
        if sides.actors.is_empty()
            || (trigger.frame == Frame::Mutual && brought.recipients.is_empty() && sides.actors.len() < 2)
        {
            if let Some(subject) = &light {
                let known: Vec<usize> =
                    subject.iter().copied().filter(|entity| !sides.actors.contains(entity)).collect();
                sides.act(&known);
            }
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
            Frame::Mutual => sides.act(&party.entities),
            Frame::Visit if place => {
                sides.receive(&party.entities);
                if let Some(subject) = light {
                    sides.act(subject);
                }
            }
            Frame::Visit => sides.act(&party.entities),
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
                let thing = !trigger.needs.object.is_empty() && (at..at + 2).any(|j| self.has(j, trigger.needs.object));
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

    /// Whether a party is a place, which one can visit.
    fn is_place(&self, party: &Party) -> bool {
        party
            .entities
            .first()
            .is_some_and(|&entity| matches!(self.actors.kind(entity), Some(EntityType::Gpe | EntityType::Loc)))
    }

    /// Whose the noun at token `i` is by its pronoun: `زيارته` of the clause's subject, where it agrees, else of the person or
    /// body named last.
    fn owner(&self, i: usize, reading: &VerbReading, setting: &Setting<'_>) -> Vec<usize> {
        let Some(pronoun) = reading.pronoun else { return Vec::new() };
        // في ثاني أيام زيارته، أجرى الرئيس: the subject comes behind.
        let first = setting.clauses.first().filter(|clause| i < clause.token && clause.token < i + REACH && clause.own);
        if let Some(clause) = first.filter(|clause| !clause.subject.is_empty() && pronoun.number == Number::Singular) {
            return clause.subject.clone();
        }
        let subject = setting.subject(i);
        if pronoun.number == Number::Dual {
            return if subject.len() > 1 { subject.to_vec() } else { self.sides(&self.actors.two_before(i)) };
        }
        let fits = |&entity: &usize| {
            let person = self.actors.kind(entity) == Some(EntityType::Pers);
            // A country or body is she, or he where its name is masculine.
            (person && self.actors.agrees(entity, pronoun.gender))
                || (!person && self.actors.agrees(entity, pronoun.gender))
        };
        let agreeing: Vec<usize> = subject.iter().copied().filter(fits).collect();
        // اللجنة المشتركة واجتماعاتها: both countries.
        if subject.len() == 2 && subject.iter().all(|&entity| self.actors.is_country(entity)) {
            return subject.to_vec();
        }
        if !agreeing.is_empty() {
            return agreeing;
        }
        let feminine = pronoun.gender == Some(crate::lexicon::names::Gender::Feminine);
        if feminine {
            let named = self.actors.before(i).take(6).filter_map(|place| {
                let mention = self.actors.named().get(place)?;
                let side = matches!(mention.kind, EntityType::Gpe | EntityType::Org);
                self.actors.entity_at(place).filter(|_| side).map(|entity| self.actors.acting(entity))
            });
            let mut named = named;
            return named.next().into_iter().collect();
        }
        self.actors.last_person(i, pronoun.gender).into_iter().collect()
    }

    /// The nationalities behind a noun, adjectives between them passed over: `المحادثات الرسمية الروسية العراقية`.
    fn nations(&self, from: usize, end: usize) -> (Vec<usize>, usize) {
        let text = &self.reading.text;
        let (mut nations, mut at, mut passed) = (Vec::new(), from, 0);
        while at < end && passed < 3 && !self.stops(at) {
            let mention = self.actors.mention_at(at);
            if let Some(mention) = mention {
                if mention.kind != EntityType::Norp
                    || !self.actors.particles(mention).difference(Proclitics::WAW).is_empty()
                {
                    break;
                }
                let entity = self.actors.place_at(at).and_then(|place| self.actors.entity_at(place));
                nations.extend(entity.into_iter().filter(|entity| !nations.contains(entity)).collect::<Vec<_>>());
                at = mention.last + 1;
            } else if text.word(at) == "-" && !nations.is_empty() {
                at += 1;
            } else if text.kind(at) == TokenKind::Arabic
                && !self.has(at, Cue::PREPOSITION | Cue::CLAUSE)
                && self.time_over(at).is_none()
                && nations.is_empty()
                && self.party(at).is_none()
                && self.finite(at).is_none()
            {
                at += 1;
                passed += 1;
            } else {
                break;
            }
        }
        (self.sides(&nations), at)
    }

    /// The subject of the light verb whose object or subject token `i` is; empty where the verb has none: `تم توقيع`.
    pub(super) fn light_subject(&self, i: usize, setting: &Setting<'_>) -> Option<Vec<usize>> {
        let clause = setting.clause_before(i)?;
        let light = clause.cue.intersects(Cue::LIGHT | Cue::HAPPENS) && i <= clause.after + REACH / 2;
        let free = (clause.after..i).all(|j| !self.has(j, Cue::CLAUSE) && !self.stops(j));
        // عقد اجتماعا, not عقد بعد الاجتماع.
        let context = i
            .checked_sub(1)
            .is_some_and(|before| matches!(self.word(before), "خلال" | "بعد" | "قبل" | "عقب" | "اثر" | "منذ" | "في"))
            && i - 1 >= clause.after;
        (light && free && !context)
            .then(|| if clause.cue.contains(Cue::HAPPENS) && !clause.own { Vec::new() } else { clause.subject.clone() })
    }

    /// Who does what a verbal noun under another word tells: `روسيا مستعدة لتلبية` and `يعتزم الوزير طرد` by the subject, `سعي أمريكي للانسحاب` and `فرض
    /// الاتحاد عقوبات` by what stands between, `اعتزامها طرد` by the subject.
    fn controller(&self, i: usize, setting: &Setting<'_>) -> Vec<usize> {
        let governs = Cue::PLANNED | Cue::HOPED | Cue::READY | Cue::WISH | Cue::ASKED;
        let events = self.reading.lexicon.events();
        for j in (i.saturating_sub(6).max(setting.sentence.start)..i).rev() {
            if self.mark(j) || self.has(j, Cue::CLAUSE) {
                return Vec::new();
            }
            let light = self
                .readings(j)
                .any(|reading| !reading.is_finite() && events.verb(reading.form.verb).contains(Cue::LIGHT));
            // سوف تتمكن بعد تخفيف: no longer under it.
            if matches!(self.word(j), "بعد" | "قبل" | "خلال" | "مقابل" | "منذ" | "بسبب" | "رغم" | "مع" | "عقب" | "اثر")
            {
                return Vec::new();
            }
            if !light && !self.has(j, governs) {
                continue;
            }
            let between = (j + 1..i).find_map(|k| {
                let nation = self.actors.mention_at(k).filter(|mention| mention.kind == EntityType::Norp);
                match nation.and_then(|_| self.actors.entity_at(self.actors.place_at(k)?)) {
                    Some(entity) => Some(self.sides(&[entity])),
                    None => self.parties(k).map(|party| party.entities),
                }
            });
            if let Some(between) = between {
                return between;
            }
            let asked = self.has(j, Cue::ASKED) && !self.has(j, Cue::PLANNED | Cue::HOPED | Cue::READY);
            return if light || asked { Vec::new() } else { setting.subject(i).to_vec() };
        }
        Vec::new()
    }

    /// A relative clause with a light verb behind a noun: where what follows it begins, and its subject.
    fn relative(&self, at: usize, setting: &Setting<'_>) -> (usize, Option<(Vec<usize>, bool)>) {
        let clause = (at..at + 4).find_map(|j| setting.clause_at(j));
        let Some(clause) = clause.filter(|clause| clause.cue.intersects(Cue::LIGHT | Cue::HAPPENS)) else {
            return (at, None);
        };
        if (at..clause.token).any(|j| self.stops(j) || self.has(j, Cue::PREPOSITION)) {
            return (at, None);
        }
        (clause.after, Some((clause.subject.clone(), clause.cue.contains(Cue::SUFFERS))))
    }

    /// The first ungoverned party from token `from` on: the object of a verb.
    pub(super) fn object(&self, from: usize, end: usize) -> Option<Party> {
        let (mut j, mut passed) = (from, 0);
        while j < end.min(from + REACH) && passed < 4 {
            if self.stops(j) || self.has(j, Cue::CLAUSE) {
                return None;
            }
            if let Some(time) = self.time_over(j) {
                j = self.after_time(time);
                continue;
            }
            if matches!(self.word(j), "," | "\"" | "(" | ")") {
                j += 1;
                passed += 1;
                continue;
            }
            match self.parties(j) {
                Some(party) if party.phrase.particles.contains(Proclitics::WAW) => return None,
                Some(party) if !party.phrase.is_governed() => return Some(party),
                Some(party) => {
                    j = party.last + 1;
                    passed += 1;
                }
                None if self.is_preposition(j) => {
                    j = self.parties(j + 1).map_or_else(|| self.after_genitive(j + 1), |party| party.last + 1);
                    passed += 1;
                }
                None if self.passes_by(j) => {
                    j += 1;
                    passed += 1;
                }
                None => return None,
            }
        }
        None
    }

    /// Behind a noun and the party or place in its genitive or brought by it: `زيارته لروسيا الاتحادية`, `العاصمة موسكو`.
    fn after_genitive(&self, j: usize) -> usize {
        self.parties(j + 1).map_or(j + 1, |party| party.last + 1)
    }

    /// The first who are named from token `from` on, whatever stands between.
    pub(super) fn first_named(&self, from: usize, end: usize, not: &[usize]) -> Vec<usize> {
        // One praises or blames another, not one's own country.
        let own =
            |entity: usize| not.contains(&entity) || not.iter().any(|&side| self.country_of(side) == Some(entity));
        let mut j = from;
        while j < end.min(from + REACH) {
            let relative = matches!(self.word(j), "الذي" | "التي");
            if self.stops(j) || (self.has(j, Cue::CLAUSE) && j > from + 1 && !relative) {
                break;
            }
            if let Some(party) = self.parties(j) {
                let others: Vec<usize> =
                    party.entities.iter().copied().filter(|entity| !not.contains(entity)).collect();
                if !others.is_empty() {
                    return others;
                }
                j = party.last + 1;
                continue;
            }
            // A nationality behind a noun: القرارات الأمريكية
            if let Some(mention) = self.actors.mention_at(j).filter(|mention| mention.kind == EntityType::Norp) {
                let entity = self.actors.place_at(j).and_then(|place| self.actors.entity_at(place));
                let entities = self.sides(&entity.into_iter().collect::<Vec<_>>());
                if entities.iter().any(|&entity| !own(entity)) {
                    return entities;
                }
                j = mention.last + 1;
                continue;
            }
            j += 1;
        }
        Vec::new()
    }

    /// What prepositions bring from token `from` on.
    fn brought(&self, from: usize, end: usize, trigger: &Trigger, finite: bool) -> Brought {
        let (preps, of_verb) = (trigger.preps, finite);
        // سحب القوات من البلاد: the place that is left.
        let leaves = matches!(trigger.kind, EventType::Retreat | EventType::Sanction | EventType::Coerce);
        let finite = finite || leaves;
        let mut found = Brought::default();
        let mut j = from;
        let mut commas = 0;
        while j < end.min(from + REACH) {
            if self.stops(j) || self.has(j, Cue::CLAUSE) || commas > 2 {
                break;
            }
            if self.word(j) == "," {
                commas += 1;
                j += 1;
                continue;
            }
            // محادثة جرت بينهما
            if self.word(j) == "بينهما" && preps.contains(Preps::BETWEEN) {
                let two = self.sides(&self.actors.two_before(j));
                let (first, rest) = two.split_at(1.min(two.len()));
                add(&mut found.actors, first);
                add(&mut found.recipients, rest);
                break;
            }
            // اتصل بي الوزير: with the speaker.
            if matches!(self.word(j), "بي" | "معي" | "معنا" | "بنا" | "لنا" | "لي" | "الينا" | "مني" | "منا")
                && let Some(speakers) = self.speakers(j)
            {
                add(&mut found.recipients, speakers);
                j += 1;
                continue;
            }
            if let Some((_, party)) = self.agent(j) {
                add(&mut found.actors, &party.entities);
                j = party.last + 1;
                continue;
            }
            let prep = standalone(self.word(j));
            if let Some(prep) = prep {
                let first = j + 1 + usize::from(matches!(self.word(j + 1), "\"" | "("));
                let wanted = preps.contains(prep);
                match self.parties(first).or_else(|| wanted.then(|| self.inside(first, end)).flatten()) {
                    // اشتباكات بين الطرفين: those who fight are not those who met.
                    Some(party) if party.phrase.how == How::Pair && trigger.kind == EventType::Assault => {
                        j = party.last + 1;
                    }
                    Some(party) if wanted && !party.phrase.is_governed() => {
                        found.bring(prep, &party, finite, trigger.frame, self.is_place(&party));
                        j = party.last + 1;
                    }
                    Some(party) => j = party.last + 1,
                    None => j += 1,
                }
                continue;
            }
            if let Some(party) = self.parties(j) {
                let prep = attached(party.phrase.particles);
                if prep.is_some_and(|prep| preps.contains(prep)) && j < from + NEAR {
                    found.bring(prep.unwrap_or_default(), &party, finite, trigger.frame, self.is_place(&party));
                }
                j = party.last + 1;
                continue;
            }
            if j > from && self.finite(j).is_some() {
                break;
            }
            // What stands behind another noun of the kind is that noun's: مباحثات على ضرورة التعاون بين البلدين.
            let other = Cue::IMPROVE | Cue::RELATION | Cue::WISH;
            if !of_verb && self.has(j, other) && self.finite(j).is_none() {
                break;
            }
            j += 1;
        }
        found
    }

    /// A party inside the noun phrase at token `j`, after one or two nouns that name nobody: `مع عدد من المسؤولين العراقيين`.
    fn inside(&self, j: usize, end: usize) -> Option<Party> {
        (j + 1..end.min(j + 4))
            .take_while(|&k| !self.stops(k) && !self.has(k, Cue::CLAUSE) && self.word(k) != ",")
            .find_map(|k| self.parties(k).filter(|party| !party.phrase.is_governed() && self.finite(k).is_none()))
    }

    /// The one who did it, named behind it: `من قبل`, `على يد`, `من جانب`, `بواسطة`.
    fn agent(&self, j: usize) -> Option<(usize, Party)> {
        let first = match (self.word(j), self.word(j + 1)) {
            ("من", "قبل" | "جانب" | "طرف") | ("علي", "يد" | "ايدي") => j + 2,
            ("بواسطه", _) => j + 1,
            _ => return None,
        };
        Some((first, self.parties(first)?))
    }
}

/// What prepositions brought.
#[derive(Debug, Default)]
struct Brought {
    actors: Vec<usize>,
    recipients: Vec<usize>,
    /// Whether somebody came by مع.
    with: bool,
}

impl Brought {
    fn bring(&mut self, prep: Preps, party: &Party, finite: bool, frame: Frame, place: bool) {
        self.with |= prep.intersects(Preps::WITH | Preps::TO | Preps::FOR);
        match prep {
            Preps::BETWEEN => {
                let (first, rest) = party.entities.split_at(1.min(party.entities.len()));
                add(&mut self.actors, first);
                add(&mut self.recipients, rest);
            }
            // زيارة لوزير الدفاع لموسكو
            Preps::FOR if frame == Frame::Visit && !place => add(&mut self.actors, &party.entities),
            // الاجتماع المقبل للجنة
            Preps::FOR if frame == Frame::Mutual => add(&mut self.actors, &party.entities),
            // رسالة من الرئيس, but طلب من الرئيس
            Preps::FROM if !finite => add(&mut self.actors, &party.entities),
            _ if self.recipients.is_empty() || prep == Preps::WITH => add(&mut self.recipients, &party.entities),
            _ => {}
        }
    }
}

fn standalone(word: &str) -> Option<Preps> {
    let bare = word.strip_prefix('و').unwrap_or(word);
    Some(match bare {
        "مع" => Preps::WITH,
        "الي" => Preps::TO,
        "ل" => Preps::FOR,
        "علي" => Preps::ON,
        "عن" => Preps::OFF,
        "من" => Preps::FROM,
        "ضد" => Preps::AGAINST,
        "ب" => Preps::BY,
        "بين" => Preps::BETWEEN,
        "تجاه" | "ازاء" | "حيال" | "بحق" => Preps::TOWARDS,
        "في" => Preps::IN,
        _ => return None,
    })
}

fn attached(particles: Proclitics) -> Option<Preps> {
    if particles.contains(Proclitics::LAM) {
        Some(Preps::FOR)
    } else if particles.contains(Proclitics::BEH) {
        Some(Preps::BY)
    } else {
        None
    }
}
