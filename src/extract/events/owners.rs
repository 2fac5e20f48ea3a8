//! Whose an act is that a noun tells.
//!
//! Takes a noun in its sentence; answers whose it is by its pronoun (`زيارته`), by the nationalities behind it, by the light verb whose
//! object it is (`عقد اجتماعا`), by what governs it (`روسيا مستعدة لتلبية`), by a relative clause (`مؤتمر عقده`). Looks a bounded number of
//! tokens ahead and back.

use crate::lexicon::events::Cue;
use crate::lexicon::names::{EntityType, Gender};
use crate::lexicon::verbs::{Number, VerbReading};
use crate::text::{Proclitics, TokenKind};

use super::scene::Scene;
use super::setting::Setting;
use super::sides::REACH;

impl Scene<'_, '_> {
    /// Whose the noun at token `i` is by its pronoun: `زيارته` of the clause's subject, where it agrees, else of the person or
    /// body named last.
    pub(super) fn owner(&self, i: usize, reading: &VerbReading, setting: &Setting<'_>) -> Vec<usize> {
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
        let feminine = pronoun.gender == Some(Gender::Feminine);
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
    pub(super) fn nations(&self, from: usize, end: usize) -> (Vec<usize>, usize) {
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
            && i > clause.after;
        (light && free && !context)
            .then(|| if clause.cue.contains(Cue::HAPPENS) && !clause.own { Vec::new() } else { clause.subject.clone() })
    }

    /// Who does what a verbal noun under another word tells: `روسيا مستعدة لتلبية` and `يعتزم الوزير طرد` by the subject, `سعي أمريكي للانسحاب` and `فرض
    /// الاتحاد عقوبات` by what stands between, `اعتزامها طرد` by the subject.
    pub(super) fn controller(&self, i: usize, setting: &Setting<'_>) -> Vec<usize> {
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
    pub(super) fn relative(&self, at: usize, setting: &Setting<'_>) -> (usize, Option<(Vec<usize>, bool)>) {
        let clause = (at..at + 4).find_map(|j| setting.clause_at(j));
        let Some(clause) = clause.filter(|clause| clause.cue.intersects(Cue::LIGHT | Cue::HAPPENS)) else {
            return (at, None);
        };
        if (at..clause.token).any(|j| self.stops(j) || self.has(j, Cue::PREPOSITION)) {
            return (at, None);
        }
        (clause.after, Some((clause.subject.clone(), clause.cue.contains(Cue::SUFFERS))))
    }
}
