//! What an office is of: its country or its body.
//!
//! Takes a title; gives the entity that stands right beside it, that its own words mean (`المتحدثة باسم الوزارة`, `وزير خارجيته`), or in which
//! such an office is always held. Looks at a bounded number of tokens and mentions.

use crate::lexicon::names::EntityType;
use crate::text::Proclitics;

use super::super::bodies::noun_at;
use super::super::names::Named;
use super::{NEAR, Reader};

/// How many mentions back the one may stand whom a pronoun means.
const BACK: usize = 8;

impl Reader<'_, '_> {
    /// What the title is of: the country, nationality or organisation right after it.
    pub(super) fn of_beside(&self, at: usize) -> Option<usize> {
        let title = self.named.get(at)?;
        let mut i = title.last + 1;
        let end = i + NEAR;
        while i < end {
            if self.reading.text.token(i).breaks > 0 {
                return None;
            }
            match self.place_at(i).and_then(|place| Some((place, self.named.get(place)?))) {
                Some((place, mention)) => {
                    return match mention.kind {
                        EntityType::Gpe | EntityType::Org | EntityType::Norp | EntityType::Loc => {
                            self.entities.of.get(place).copied().flatten()
                        }
                        _ => None,
                    };
                }
                None if self.passes(i) || matches!(self.reading.text.word(i), "باسم" | "ل" | "ب" | "عن") => {
                    i += 1;
                }
                // القيادي في حزب الأصالة والمعاصرة: the noun that stays outside the name.
                None if self.is_generic_head(i) => i += 1,
                None => return None,
            }
        }
        None
    }

    /// What a bare title is called in an organisation: the رئيس of a parliament is its speaker.
    pub(super) fn role_in(&self, role: &str, of: usize) -> String {
        let detail = self.entities.thing(self.reading, of).map_or("", |thing| &thing.detail);
        let org = self.entities.entities.get(of).filter(|entity| entity.kind == EntityType::Org);
        let Some(org) = org.filter(|_| matches!(role, "president" | "head" | "chair" | "leader" | "director")) else {
            return role.to_owned();
        };
        let name = org.name.as_str();
        let role = match detail {
            "parliament" => "parliament_speaker",
            "party" | "bloc" | "movement" => "party_leader",
            "company" | "oil_company" | "bank" | "airline" | "tech_company" | "car_company" | "arms_company"
                if role == "president" =>
            {
                "chief_executive"
            }
            _ if name.starts_with("لجنة") || name.starts_with("اللجنة") => "committee_chair",
            _ if name.starts_with("مجلس الوزراء") || name.starts_with("الحكومة") => "prime_minister",
            _ if name.starts_with("حزب") => "party_leader",
            _ if name.starts_with("مجلس") || name.starts_with("برلمان") || name.starts_with("البرلمان") => {
                "parliament_speaker"
            }
            _ => role,
        };
        role.to_owned()
    }

    /// The country of a person whom the lexicon knows, where the article names it: an office that is plainly held there.
    pub(super) fn home(&self, person: usize) -> Option<usize> {
        self.countries.get(&*self.entities.thing(self.reading, person)?.home).copied()
    }

    /// Whether token `i` is a noun that stays out of the name of a body behind it: `حزب`, `قناة`.
    fn is_generic_head(&self, i: usize) -> bool {
        let named = self.mention_at(i + 1).is_some_and(|next| next.kind == EntityType::Org);
        named && noun_at(self.reading, i).is_some_and(|(hit, head)| hit.last == i && !head.in_name)
    }

    /// What the words of a title mean it to be of, where nothing beside it tells.
    pub(super) fn of_words(&self, title: &Named, role: &str) -> Option<usize> {
        if self.has_pronoun(title) { self.meant_by_pronoun(title, role) } else { self.of_bare_body(title) }
    }

    /// Where an office is held that has no country of its own: a member of parliament in the parliament that the article names.
    pub(super) fn held_in(&self, title: &Named, role: &str) -> Option<usize> {
        (role == "member_of_parliament").then(|| self.bodies.of_sort("parliament", title.first)).flatten()
    }

    /// The body that was named before, where the title ends in its bare noun (`المتحدثة باسم الوزارة`), or the noun follows it (`الأمين العام للمنظمة`).
    fn of_bare_body(&self, title: &Named) -> Option<usize> {
        let within = (title.last > title.first).then_some(title.last);
        let behind = Some(title.last + 1).filter(|&i| !self.reading.text.opens_line(i) && self.mention_at(i).is_none());
        within.into_iter().chain(behind).find_map(|i| {
            let (hit, head) = noun_at(self.reading, i)?;
            let particles = hit.form.proclitics.particles();
            let definite = hit.form.proclitics.contains(Proclitics::ARTICLE);
            let governed = if i == title.last { particles.is_empty() } else { particles == Proclitics::LAM };
            (definite && governed).then(|| self.bodies.meant(hit, head)).flatten()
        })
    }

    /// Whether the title ends in a pronoun: `وزير خارجيته`, `وزير دفاعها`. The tables have these forms, for which nothing else is known.
    fn has_pronoun(&self, title: &Named) -> bool {
        let (text, last) = (&self.reading.text, title.last);
        let written = last > title.first && (text.word(last).ends_with("ته") || text.word(last).ends_with("تها"));
        written && !text.surface(last).ends_with('ة')
    }

    /// The country of the one named last before a title whose pronoun means it: `التقى الرئيس الأمريكي ترامب وزير خارجيته` of him, `وزير خارجيتها` of a
    /// country; countries are feminine for the most part.
    fn meant_by_pronoun(&self, title: &Named, role: &str) -> Option<usize> {
        let to = self.named.partition_point(|mention| mention.first < title.first);
        let before = || {
            let near = self.named.iter().zip(&self.entities.of).take(to).rev().take(BACK);
            near.filter(|(mention, _)| !mention.nested).filter_map(|(mention, entity)| Some((mention.kind, (*entity)?)))
        };
        let of_person = || {
            let mut persons = before().filter(|(kind, _)| *kind == EntityType::Pers);
            persons.find_map(|(_, person)| self.of_person.get(&person).copied().or_else(|| self.home(person)))
        };
        let of_other = || {
            before().find_map(|(kind, entity)| match kind {
                EntityType::Gpe | EntityType::Norp => self.is_country(entity).then_some(entity),
                EntityType::Org if !role.contains("minister") => Some(entity),
                _ => None,
            })
        };
        if self.reading.text.word(title.last).ends_with('ه') {
            of_person().or_else(of_other)
        } else {
            of_other().or_else(of_person)
        }
    }
}
