//! What stands behind a verb or noun: its object, and what prepositions bring.
//!
//! Takes a token; gives the first party that nothing governs ([`Scene::object`]), the first who are named at all
//! ([`Scene::first_named`]), and those behind the prepositions of a trigger ([`Scene::brought`]). Looks at most [`REACH`] tokens ahead.

use crate::extract::actors::How;
use crate::lexicon::events::{Cue, EventType, Frame, Preps, Trigger};
use crate::lexicon::names::EntityType;
use crate::text::Proclitics;

use super::party::Party;
use super::scene::Scene;
use super::sides::{REACH, add};

/// How far a side brought by a particle written onto it can stand.
pub(super) const NEAR: usize = 8;

impl Scene<'_, '_> {
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
    pub(super) fn brought(&self, from: usize, end: usize, trigger: &Trigger, finite: bool) -> Brought {
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
                let wanted = preps.contains(prep) && !(of_verb && prep == Preps::BETWEEN);
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

    /// Whether a party is a place, which one can visit.
    pub(super) fn is_place(&self, party: &Party) -> bool {
        party
            .entities
            .first()
            .is_some_and(|&entity| matches!(self.actors.kind(entity), Some(EntityType::Gpe | EntityType::Loc)))
    }
}

/// What prepositions brought.
#[derive(Debug, Default)]
pub(super) struct Brought {
    pub(super) actors: Vec<usize>,
    pub(super) recipients: Vec<usize>,
    /// Whether somebody came by مع.
    pub(super) with: bool,
}

impl Brought {
    fn bring(&mut self, prep: Preps, party: &Party, finite: bool, frame: Frame, place: bool) {
        self.with |= prep.intersects(Preps::WITH | Preps::TO | Preps::FOR);
        match prep {
            // بحث فلان مع فلان العلاقات بين البلدين: those are not who met.
            Preps::BETWEEN if !self.recipients.is_empty() => {}
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
