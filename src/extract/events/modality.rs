//! Whether an event happened.
//!
//! Takes a trigger in its sentence; gives its [`Modality`] by the words that decide it: the future of its verb, what stands before
//! `أن`, the nouns and verbs that govern a verbal noun (`يعتزم طرد`, `إمكانية الاتفاق`), what follows it (`الاجتماع المقبل`), negations.

use crate::extract::extraction::Modality;
use crate::lexicon::events::{Cue, EventType};
use crate::lexicon::verbs::Aspect;
use crate::text::Proclitics;

use super::clauses::Clause;
use super::scene::Scene;
use super::setting::Setting;

/// How far before a noun what governs it can stand.
const GOVERNOR: usize = 7;
/// How far behind a verb its condition can stand.
const CONDITION: usize = 10;
/// How far before a verb its conjunction or particle can stand.
const PARTICLE: usize = 3;

impl Scene<'_, '_> {
    /// The modality of the event at token `i`.
    pub(super) fn modality(&self, i: usize, kind: EventType, setting: &Setting<'_>) -> Modality {
        if let Some(clause) = setting.clause_at(i) {
            let verb = self.of_verb(clause);
            let coming = verb == Modality::Asserted && kind == EventType::Consult && self.is_to_come(clause, setting);
            return if coming { Modality::Planned } else { verb };
        }
        if i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "عدم" | "دون" | "بدون" | "بعدم"))
        {
            return Modality::Negated;
        }
        let opinion = matches!(
            kind,
            EventType::Support | EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten
        );
        let light = setting.clause_before(i).filter(|clause| {
            clause.cue.intersects(Cue::LIGHT | Cue::HAPPENS)
                && i <= clause.after + 8
                && (clause.after..i).all(|j| !self.stops(j) && !self.has(j, Cue::CLAUSE))
        });
        if let Some(clause) = light {
            let verb = self.of_verb(clause);
            if verb != Modality::Asserted {
                return verb;
            }
            if kind == EventType::Consult && self.is_to_come(clause, setting) {
                return Modality::Planned;
            }
        }
        if opinion {
            return Modality::Asserted;
        }
        let next = (i + 1..i + 5).take_while(|&j| !self.stops(j) && self.word(j) != ",").any(|j| {
            self.has(j, Cue::NEXT)
                || setting.clause_at(j).is_some_and(|clause| clause.reading.proclitics.contains(Proclitics::SEEN))
        });
        if next {
            return Modality::Planned;
        }
        if let Some(modality) = self.of_governor(i, setting) {
            return modality;
        }
        // لفتح المعابر: what is meant to come of it.
        match kind {
            EventType::Agree if self.is_purpose(i) => Modality::Planned,
            EventType::Concede if self.is_purpose(i) => Modality::Hypothetical,
            _ => Modality::Asserted,
        }
    }

    /// Whether the noun at token `i` tells a purpose: `ل` is written onto it.
    fn is_purpose(&self, i: usize) -> bool {
        self.readings(i).any(|reading| reading.proclitics.contains(Proclitics::LAM))
    }

    /// Whether a meeting told in the imperfect is still to come: not in a headline, which tells everything so, nor a word of talk.
    fn is_to_come(&self, clause: &Clause, setting: &Setting<'_>) -> bool {
        let imperfect = clause.reading.form.aspect == Aspect::Imperfect;
        let past = clause.token.checked_sub(1).is_some_and(|before| self.word(before).contains("كان"));
        imperfect && !past && !setting.headline && !clause.cue.contains(Cue::TOPIC)
    }

    /// The modality of a finite verb.
    fn of_verb(&self, clause: &Clause) -> Modality {
        let i = clause.token;
        let Some(before) = i.checked_sub(1) else { return future(clause) };
        let word = self.word(before);
        if self.has(before, Cue::NEGATION) && self.reading.text.token(before).span.len() < 12 {
            return Modality::Negated;
        }
        if future(clause) == Modality::Planned || word == "سوف" {
            let condition = (i + 1..i + CONDITION).take_while(|&j| !self.stops(j)).any(|j| self.word(j) == "اذا");
            return if condition { Modality::Hypothetical } else { Modality::Planned };
        }
        let imperfect = clause.reading.form.aspect == Aspect::Imperfect;
        if imperfect && matches!(word, "قد" | "ربما") {
            return Modality::Hypothetical;
        }
        if imperfect && clause.reading.proclitics.contains(Proclitics::LAM) {
            return Modality::Hypothetical;
        }
        for j in (i.saturating_sub(PARTICLE)..i).rev() {
            if self.mark(j) || self.word(j) == "," {
                break;
            }
            if matches!(self.word(j), "اذا" | "لو" | "فاذا" | "واذا" | "ولو") {
                return Modality::Hypothetical;
            }
        }
        // من المقرر أن يزور, نتمنى أن يتم
        let that = (i.saturating_sub(4)..i).rev().find(|&j| matches!(self.word(j), "ان" | "بان" | "الا"));
        if imperfect && let Some(that) = that {
            for j in (that.saturating_sub(4)..that).rev() {
                if self.mark(j) {
                    break;
                }
                if let Some(modality) = shade(self.cue(j)) {
                    return modality;
                }
                // اتفقا على أن تعقد
                if self.triggers(j).iter().any(|(_, trigger)| trigger.kind == EventType::Agree) {
                    return Modality::Planned;
                }
            }
        }
        Modality::Asserted
    }

    /// The modality that the words before a noun give it.
    fn of_governor(&self, i: usize, setting: &Setting<'_>) -> Option<Modality> {
        for j in (i.saturating_sub(GOVERNOR).max(setting.sentence.start)..i).rev() {
            // يأمل العراق، بحسب الوزير، بتوقيع: the verb before what is put in between.
            if self.word(j) == "," && j + 1 == i {
                let before = setting.clauses.iter().rev().filter(|clause| clause.token < i).take(3);
                let mut shaded = before.filter_map(|clause| shade(clause.cue));
                return shaded.next();
            }
            if self.mark(j) || self.word(j) == "," || self.has(j, Cue::CLAUSE) {
                return None;
            }
            // An entity between them parts what governs from what is governed, unless it is the subject.
            if let Some(modality) = shade(self.cue(j)) {
                return Some(modality);
            }
            if let Some(clause) = setting.clause_at(j) {
                return Some(future(clause)).filter(|modality| *modality == Modality::Planned);
            }
        }
        None
    }
}

/// The modality of a verb by its form alone.
fn future(clause: &Clause) -> Modality {
    if clause.reading.proclitics.contains(Proclitics::SEEN) { Modality::Planned } else { Modality::Asserted }
}

/// What a governing word makes of an event.
fn shade(cue: Cue) -> Option<Modality> {
    if cue.intersects(Cue::PLANNED | Cue::HOPED | Cue::READY) {
        Some(Modality::Planned)
    } else if cue.intersects(Cue::POSSIBLE | Cue::ASKED) {
        Some(Modality::Hypothetical)
    } else {
        None
    }
}
