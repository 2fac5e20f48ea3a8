//! Positions: who holds which office of what.
//!
//! Takes the mentions and entities of an article; gives one [`Position`] for each title (OCC mention), in order. The office is the
//! title's own; its country or organisation is what stands beside it, else what the article tied it to before; its holder is
//! the person beside it, else the one to whom the article gave the same office. Each title looks at the mentions next to it
//! and at the positions before it, the latest of each office only: linear.

mod of;

use rustc_hash::FxHashMap;

use crate::lexicon::names::{EntityType, Title, TitleEffect, TitleKind};
use crate::lexicon::{Entry, EntryId};
use crate::text::{Span, TokenKind};

use super::Reading;
use super::bodies::Bodies;
use super::entities::Entities;
use super::names::Named;

/// An office that the article gives to somebody, or names alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The title's words.
    pub title: Span,
    /// Who holds it, as a place in [`Entities::entities`]; none where the article ties it to no person.
    pub person: Option<usize>,
    /// Of what, as a place in [`Entities::entities`]; none where the article does not say.
    pub of: Option<usize>,
    /// The role, `snake_case`.
    pub role: String,
    /// Whether it is a past office: `السابق`.
    pub former: bool,
    /// Whether it is held for the time being: `بالوكالة`.
    pub acting: bool,
    /// The share of positions like this that are right, 0 to 1.
    pub confidence: f32,
    /// The rule that tied it to its person.
    pub rule: &'static str,
    /// The entry of the lexicon that told its title, where one did.
    pub entry: Option<EntryId>,
}

/// How many tokens may stand between a title and what belongs to it.
const NEAR: usize = 4;

/// The positions of an article.
pub fn read(reading: &Reading<'_>, named: &[Named], entities: &Entities, bodies: &Bodies<'_>) -> Vec<Position> {
    let titles: Vec<usize> =
        (0..named.len()).filter(|&at| named.get(at).is_some_and(|m| m.kind == EntityType::Occ && !m.nested)).collect();
    let country = main_country(reading, named, entities);
    let mut countries = FxHashMap::default();
    for (at, entity) in entities.entities.iter().enumerate().filter(|&(at, _)| entities.is_country(reading, at)) {
        countries.entry(entity.country_code.as_str()).or_insert(at);
    }
    let (latest, of_person) = (FxHashMap::default(), FxHashMap::default());
    let mut reader = Reader { reading, named, entities, bodies, country, countries, latest, of_person };
    let mut out: Vec<Position> = Vec::with_capacity(titles.len());
    // Right to left within a stack of titles the person is known first, so the stack is read as one.
    let mut at = 0;
    while let Some(&first) = titles.get(at).filter(|_| !reading.stop.asked()) {
        let mut stack = vec![first];
        while let (Some(&last), Some(&next)) = (stack.last(), titles.get(at + stack.len())) {
            if !reader.stacked(last, next) {
                break;
            }
            stack.push(next);
        }
        at += stack.len();
        reader.stack(&stack, &mut out);
    }
    out
}

/// The country that the article names most often, by name or nationality; of equals the first.
fn main_country(reading: &Reading<'_>, named: &[Named], entities: &Entities) -> Option<usize> {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for (mention, of) in named.iter().zip(&entities.of) {
        let Some(entity) = *of else { continue };
        if !mention.nested && entities.is_country(reading, entity) {
            match counts.iter_mut().find(|(other, _)| *other == entity) {
                Some((_, count)) => *count += 1,
                None => counts.push((entity, 1)),
            }
        }
    }
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map(|(entity, _)| entity)
}

struct Reader<'r, 'a> {
    reading: &'r Reading<'a>,
    named: &'r [Named],
    entities: &'r Entities,
    bodies: &'r Bodies<'r>,
    /// The country that the article is about.
    country: Option<usize>,
    /// Country code → the entity that has it.
    countries: FxHashMap<&'r str, usize>,
    /// Role and of → who held it last.
    latest: FxHashMap<(String, Option<usize>), usize>,
    /// Person → of what they held an office last.
    of_person: FxHashMap<usize, usize>,
}

impl Reader<'_, '_> {
    /// Whether title `next` follows title `last` with nothing between them that is not theirs.
    fn stacked(&self, last: usize, next: usize) -> bool {
        let (Some(last), Some(next)) = (self.named.get(last), self.named.get(next)) else { return false };
        let mut i = last.last + 1;
        if next.first.saturating_sub(i) > 2 * NEAR {
            return false;
        }
        while i < next.first {
            match self.mention_at(i) {
                Some(mention) if mention.kind != EntityType::Pers => i = mention.last + 1,
                None if self.passes(i) => i += 1,
                _ => return false,
            }
        }
        let glue = self.reading.text.word(next.first);
        // و joins two titles of one person where no word comes between them: نائب رئيس الوزراء ووزير الخارجية.
        !glue.starts_with('و') || i == next.first
    }

    /// The outermost mention that begins at token `i`.
    fn mention_at(&self, i: usize) -> Option<&Named> {
        self.named.get(self.place_at(i)?)
    }

    /// The place of that mention in `named`.
    fn place_at(&self, i: usize) -> Option<usize> {
        let from = self.named.partition_point(|mention| mention.first < i);
        let mut here = self.named.get(from..)?.iter().take_while(|mention| mention.first == i);
        here.position(|mention| !mention.nested).map(|offset| from + offset)
    }

    /// Whether token `i` may stand between a title and its person: a modifier, a form of address, a bracket, a preposition.
    fn passes(&self, i: usize) -> bool {
        let modifier = self.reading.hits.at(i).iter().any(|hit| {
            matches!(self.reading.lexicon.entry(hit.entry), Some(Entry::TitleModifier(_)))
                || matches!(self.reading.lexicon.entry(hit.entry), Some(Entry::Title(title)) if title.kind == TitleKind::Honorific)
        });
        modifier || matches!(self.reading.text.word(i), "في" | "لدي" | "\"" | "'" | "(" | ")" | "-")
    }

    /// The positions of titles that stand together.
    fn stack(&mut self, stack: &[usize], out: &mut Vec<Position>) {
        let (Some(&first), Some(&last)) = (stack.first(), stack.last()) else { return };
        let after = self.person_after(last);
        let before = if after.is_none() { self.person_before(first) } else { None };
        let beside = after.or(before);
        for (number, &at) in stack.iter().enumerate() {
            let Some(title) = self.named.get(at) else { continue };
            let of_beside = self.of_beside(at);
            // In a stack a title without a country of its own takes that of the next that has one.
            let of_stack = stack
                .get(number + 1..)
                .unwrap_or_default()
                .iter()
                .find_map(|&other| self.of_beside(other).filter(|&of| self.is_country(of)));
            let (known_to, entry) = self.title_of(title).unzip();
            let counterpart = entry.as_ref().is_some_and(|title| title.kind == TitleKind::Relation);
            let mut role = if counterpart {
                out.last().map_or_else(|| "counterpart".to_owned(), |position| position.role.clone())
            } else {
                entry.as_ref().map_or_else(|| "official".to_owned(), |title| title.role.to_string())
            };
            let national = entry.as_ref().is_some_and(|title| title.of_country);
            if let Some(of) = of_beside {
                role = self.role_in(&role, of);
            }
            let mut person = beside;
            let mut of = of_beside.or(of_stack);
            let mut rule = if after.is_some() { "positions.before_name" } else { "positions.after_name" };
            if person.is_none() {
                rule = "positions.nameless";
                person = self.holder(&role, of);
                if person.is_none() && before.is_none() && of.is_none() {
                    person = self.holder(&role, self.country);
                }
            }
            // وزير الخارجية is of a country, though الخارجية alone is a ministry; المتحدث باسم الوزارة is of that one.
            let of_country = national && known_to == Some(title.last);
            of = of.or_else(|| if of_country { None } else { self.of_words(title, &role) });
            of = of.or_else(|| person.and_then(|person| self.of_person.get(&person).copied()));
            let home = || person.and_then(|person| self.home(person)).filter(|_| national);
            of = of.or_else(home).or_else(|| self.held_in(title, &role));
            if of.is_none() && national {
                of = self.country;
            }
            let (former, acting) = self.effects(at);
            if let Some(person) = person {
                self.latest.insert((role.clone(), of), person);
                self.latest.insert((role.clone(), None), person);
                if let Some(of) = of {
                    self.of_person.insert(person, of);
                }
            }
            let confidence = title.confidence * if rule == "positions.nameless" { 0.75 } else { 0.9 };
            let entry = title.entry;
            out.push(Position { title: title.span, person, of, role, former, acting, confidence, rule, entry });
        }
    }

    fn is_country(&self, entity: usize) -> bool {
        self.entities.is_country(self.reading, entity)
    }

    /// Who was last given this office.
    fn holder(&self, role: &str, of: Option<usize>) -> Option<usize> {
        self.latest.get(&(role.to_owned(), of)).copied()
    }

    /// The lexicon's title of an OCC mention, the longest that begins it, and its last token.
    fn title_of(&self, mention: &Named) -> Option<(usize, Title)> {
        let titles =
            self.reading.hits.at(mention.first).iter().filter(|hit| hit.last <= mention.last).filter_map(|hit| {
                match self.reading.lexicon.entry(hit.entry) {
                    // The request may bring a title without saying what office it is.
                    Some(Entry::Title(title)) if !title.role.is_empty() => Some((hit.last, hit.form.proclitics, title)),
                    _ => None,
                }
            });
        titles
            .max_by_key(|(last, proclitics, _)| (*last, std::cmp::Reverse(proclitics.letters())))
            .map(|(last, _, title)| (last, title.clone()))
    }

    /// The person named right after title `at`, past its country, organisation, modifiers and forms of address.
    fn person_after(&self, at: usize) -> Option<usize> {
        let mut i = self.named.get(at)?.last + 1;
        let end = i + 3 * NEAR;
        while i < end {
            if self.reading.text.token(i).breaks > 0 {
                return None;
            }
            match self.mention_at(i) {
                Some(mention) if mention.kind == EntityType::Pers => {
                    // A person joined with و is another's: رئيس الوزراء والكاظمي
                    let joined = self.reading.text.token(i).span.begin < mention.span.begin;
                    return if joined { None } else { self.entities.of.get(self.place_at(i)?).copied().flatten() };
                }
                Some(mention) if mention.kind == EntityType::Occ => return None,
                Some(mention) => i = mention.last + 1,
                None if self.passes(i) => i += 1,
                // وزير الخارجية الروسي، سيرغي لافروف،
                None if matches!(self.reading.text.word(i), "," | ":")
                    && self.mention_at(i + 1).is_some_and(|next| next.kind == EntityType::Pers) =>
                {
                    i += 1;
                }
                None => return None,
            }
        }
        None
    }

    /// The person named right before title `at`: `فؤاد حسين، وزير الخارجية`, `سلوتسكي رئيس لجنة`.
    fn person_before(&self, at: usize) -> Option<usize> {
        let title = self.named.get(at)?;
        let mut i = title.first.checked_sub(1)?;
        if title.span.begin > self.reading.text.token(title.first).span.begin {
            return None;
        }
        while matches!(self.reading.text.word(i), "," | "(" | "-" | "\"")
            && self.reading.text.kind(i) == TokenKind::Punctuation
        {
            i = i.checked_sub(1)?;
        }
        let place = (0..at).rev().take(6).find(|&place| {
            self.named.get(place).is_some_and(|mention| mention.kind == EntityType::Pers && mention.last == i)
        })?;
        self.entities.of.get(place).copied().flatten()
    }

    /// Whether the words round the title make it former or acting.
    fn effects(&self, at: usize) -> (bool, bool) {
        let Some(title) = self.named.get(at) else { return (false, false) };
        let (mut former, mut acting) = (false, false);
        let mut i = title.first.saturating_sub(1);
        let end = title.last + 2 * NEAR;
        while i < end {
            if i > title.last
                && (self.reading.text.token(i).breaks > 0
                    || self.mention_at(i).is_some_and(|m| matches!(m.kind, EntityType::Pers | EntityType::Occ)))
            {
                break;
            }
            for hit in self.reading.hits.at(i) {
                if let Some(Entry::TitleModifier(modifier)) = self.reading.lexicon.entry(hit.entry) {
                    // الوزير السابق عضو المكتب: an adjective stands behind its title, so what stands before this one is another's.
                    former |= modifier.effect == TitleEffect::Former && i >= title.first;
                    acting |= modifier.effect == TitleEffect::Acting;
                }
            }
            let stop = matches!(self.reading.text.word(i), "," | "." | ":")
                || (i > title.last && self.mention_at(i).is_none() && !self.passes(i));
            i += 1;
            if stop && i > title.last + 1 {
                break;
            }
        }
        (former, acting)
    }
}
