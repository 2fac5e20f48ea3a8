//! Entities: which mentions name the same thing.
//!
//! Takes the mentions of an article; gives [`Entities`], one entity for each thing named, in order of first mention, and for
//! each mention its entity. Names that the lexicon knows go by what they name (`داعش` and `تنظيم الدولة`; `الروسي` and
//! `روسيا`); others by their words. A person's short name goes to the nearest full name that holds it, before it or after.
//! Each mention is compared with each entity found so far of its type: the number of distinct names of an article is bounded
//! (512), so the cost stays linear.

mod spellings;

use rustc_hash::FxHashMap;

use crate::lexicon::Entry;
use crate::lexicon::names::{EntityType, Name, Thing, ThingId, Via};
use crate::text::Span;
use crate::text::fold::{Folds, normalize};

use super::Reading;
use super::names::Named;
use super::transliterate::transliterate;
use spellings::{Spellings, Word, Words, latin_part};

/// Persons of an article beyond this many are not compared with each other: each is its own.
const MOST_ENTITIES: usize = 512;

/// Where an English name comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LatinNameSource {
    /// The lexicon knows the entity by its usual English name.
    Lexicon,
    /// The request gave it.
    Request,
    /// Put together from given and family names that the lexicon knows.
    NameParts,
    /// Letters for letters, by the scheme of `transliterate`.
    #[default]
    Transliteration,
}

/// Something that the article names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its type; the country for a nationality.
    pub kind: EntityType,
    /// The fullest form found.
    pub name: String,
    /// The usual English name, or a transliteration.
    pub latin_name: String,
    /// Where it comes from.
    pub latin_name_source: LatinNameSource,
    /// ISO 3166-1 alpha-2, for countries, and for what the request gave one; empty otherwise.
    pub country_code: String,
    /// Its first mention.
    pub span: Span,
    /// The confidence of its surest mention.
    pub confidence: f32,
}

/// The entities of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// In order of first mention.
    pub entities: Vec<Entity>,
    /// For each mention the place of its entity; none for titles.
    pub of: Vec<Option<usize>>,
    /// For each entity what the lexicon knows it as.
    pub things: Vec<Option<ThingId>>,
}

impl Entities {
    /// Joins `named` into entities.
    pub fn link(reading: &Reading<'_>, named: &[Named]) -> Self {
        let spellings = Spellings::new(reading.lexicon);
        Linker { reading, named, spellings, groups: Vec::new(), of: vec![None; named.len()] }.link()
    }

    /// What the lexicon knows entity `at` as.
    pub fn thing<'l>(&self, reading: &Reading<'l>, at: usize) -> Option<&'l Thing> {
        reading.lexicon.thing((*self.things.get(at)?)?)
    }

    /// Whether entity `at` is an outlet or agency.
    pub fn is_outlet(&self, reading: &Reading<'_>, at: usize) -> bool {
        let sort = self.thing(reading, at).map_or("", |thing| &thing.detail);
        matches!(sort, "news_agency" | "newspaper" | "channel" | "radio" | "website" | "magazine" | "social_media")
    }

    /// Whether entity `at` is a country.
    pub fn is_country(&self, reading: &Reading<'_>, at: usize) -> bool {
        self.thing(reading, at).is_some_and(|thing| thing.country_code.is_some())
    }
}

/// What the lexicon knows under the words of a mention.
#[derive(Clone, Copy, Debug)]
struct Known {
    thing: ThingId,
    via: Via,
    /// Whether the request says so.
    of_request: bool,
}

/// The mentions of one entity while they are being gathered.
#[derive(Debug)]
struct Group {
    kind: EntityType,
    thing: Option<ThingId>,
    /// The words of the fullest name.
    words: Words,
    /// The mention that gives the name.
    fullest: usize,
    /// The mention met last.
    latest: usize,
}

struct Linker<'r, 'a> {
    reading: &'r Reading<'a>,
    named: &'r [Named],
    spellings: Spellings<'r>,
    groups: Vec<Group>,
    of: Vec<Option<usize>>,
}

impl Linker<'_, '_> {
    fn link(mut self) -> Entities {
        self.others();
        self.persons();
        self.finish()
    }

    /// The words of a mention.
    fn words(&mut self, mention: &Named) -> Words {
        let source: &str = self.reading.text.source();
        self.spellings.words(mention.span.of(source))
    }

    /// What the lexicon knows under exactly the words of a mention, what the request says before all else, then the likeliest first.
    fn things(&self, mention: &Named) -> Vec<Known> {
        let mut found: Vec<(bool, u8, ThingId, Via)> = Vec::new();
        for hit in self.reading.hits.at(mention.first) {
            let Some(Entry::Name(Name { kind, thing, via, .. })) = self.reading.lexicon.entry(hit.entry) else {
                continue;
            };
            if hit.last != mention.last || self.reading.text.name_span(hit.first, hit.form).begin != mention.span.begin
            {
                continue;
            }
            let place = |kind: EntityType| matches!(kind, EntityType::Gpe | EntityType::Loc | EntityType::Fac);
            let fits = *kind == mention.kind || (place(*kind) && place(mention.kind));
            if fits {
                let rank = self.reading.lexicon.thing(*thing).map_or(9, |thing| rank(thing, mention.kind));
                found.push((!self.reading.lexicon.is_of_request(hit.entry), rank, *thing, *via));
            }
        }
        found.sort_by_key(|&(tables, rank, thing, _)| (tables, rank, thing));
        found.into_iter().map(|(tables, _, thing, via)| Known { thing, via, of_request: !tables }).collect()
    }

    /// Everything but persons and titles.
    fn others(&mut self) {
        let mut by_thing: FxHashMap<ThingId, usize> = FxHashMap::default();
        let mut by_words: FxHashMap<(EntityType, Words), usize> = FxHashMap::default();
        for (at, mention) in self.named.iter().enumerate() {
            if matches!(mention.kind, EntityType::Pers | EntityType::Occ) || self.reading.stop.asked() {
                continue;
            }
            let things = self.things(mention);
            let told = things.first().filter(|first| first.of_request);
            let known = told
                .or_else(|| things.iter().find(|known| by_thing.contains_key(&known.thing)))
                .or(things.first())
                .map(|known| (known.thing, known.via));
            let words = self.words(mention);
            let (thing, kind) = match known {
                Some((thing, Via::Adjective)) => self.belongs(thing),
                Some((thing, _)) => (Some(thing), mention.kind),
                None => (None, mention.kind),
            };
            // What the lexicon does not know by an exact phrase goes by its words: a ministry without وزارة is the same ministry.
            let told_by = if kind == EntityType::Org { self.spellings.strip_head(&words) } else { &words };
            let key = (kind, self.spellings.key_of(told_by));
            let group = match thing {
                Some(thing) => by_thing.get(&thing).or_else(|| by_words.get(&key)).copied(),
                None => by_words.get(&key).copied(),
            };
            let group = group.unwrap_or_else(|| {
                self.groups.push(Group { kind, thing, words: words.clone(), fullest: at, latest: at });
                self.groups.len() - 1
            });
            if let Some(thing) = thing {
                by_thing.insert(thing, group);
            }
            by_words.entry(key).or_insert(group);
            self.join(at, group, words);
        }
        self.join_bare_bodies();
    }

    /// What an adjective belongs to: the country itself, or what the group's table names; and the type of that entity.
    fn belongs(&self, adjective: ThingId) -> (Option<ThingId>, EntityType) {
        let Some(thing) = self.reading.lexicon.thing(adjective) else { return (None, EntityType::Norp) };
        if thing.kind != EntityType::Norp {
            return (Some(adjective), thing.kind);
        }
        match self.reading.lexicon.named(&thing.belongs_to) {
            Some(owner) => {
                (Some(owner), self.reading.lexicon.thing(owner).map_or(EntityType::Norp, |owner| owner.kind))
            }
            None => (Some(adjective), EntityType::Norp),
        }
    }

    /// A body named without its country (`وزارة الخارجية`) is the only one of that name that has one (`وزارة الخارجية العراقية`).
    fn join_bare_bodies(&mut self) {
        let bodies: Vec<usize> = (0..self.groups.len().min(MOST_ENTITIES)).filter(|&at| self.is_org(at)).collect();
        let mut into: FxHashMap<usize, usize> = FxHashMap::default();
        for &bare in bodies.iter().take_while(|_| !self.reading.stop.asked()) {
            let Some(words) = self.groups.get(bare).map(|group| self.spellings.strip_head(&group.words)) else {
                continue;
            };
            let longer = bodies.iter().copied().filter(|&other| {
                self.groups.get(other).is_some_and(|group| {
                    let whole = self.spellings.strip_head(&group.words);
                    other != bare && whole.len() == words.len() + 1 && whole.starts_with(words) && !words.is_empty()
                })
            });
            let mut longer = longer.fuse();
            if let (Some(only), None) = (longer.next(), longer.next())
                && words.len() < 3
                && self.named.iter().any(|mention| mention.nested && self.holds(only, mention))
            {
                into.insert(bare, only);
            }
        }
        for slot in self.of.iter_mut().flatten() {
            if let Some(&other) = into.get(slot) {
                *slot = other;
            }
        }
    }

    fn is_org(&self, at: usize) -> bool {
        self.groups.get(at).is_some_and(|group| group.kind == EntityType::Org)
    }

    /// Whether a nested mention stands inside the mention that names group `at`.
    fn holds(&self, at: usize, inner: &Named) -> bool {
        let outer = self.groups.get(at).and_then(|group| self.named.get(group.fullest));
        outer.is_some_and(|outer| outer.span.contains(inner.span))
    }

    /// Persons: full names first, then names of one word.
    fn persons(&mut self) {
        let named = self.named.iter().enumerate();
        let persons: Vec<(usize, Words)> = named
            .filter(|(_, named)| named.kind == EntityType::Pers)
            .map(|(at, named)| (at, self.words(named)))
            .collect();
        for (_, words) in &persons {
            self.spellings.compare(words);
        }
        let first_group = self.groups.len();
        let (full, short): (Vec<_>, Vec<_>) = persons.into_iter().partition(|(_, words)| words.len() > 1);
        for (at, own) in full {
            if self.reading.stop.asked() {
                return;
            }
            let thing = self.named.get(at).and_then(|mention| self.things(mention).first().map(|known| known.thing));
            let same = self.groups.iter().skip(first_group).take(MOST_ENTITIES).position(|group| {
                (thing.is_some() && group.thing == thing) || self.spellings.same_full(&group.words, &own)
            });
            let group = self.person(at, same.map(|place| place + first_group), thing, &own);
            self.join(at, group, own);
        }
        for (at, own) in short {
            if self.reading.stop.asked() {
                return;
            }
            let Some(&word) = own.first() else { continue };
            let same_word = |&other: &Word| self.spellings.same_word(other, word);
            let things = self.named.get(at).map(|mention| self.things(mention)).unwrap_or_default();
            let mut best: Option<(u32, usize, usize)> = None;
            for (place, group) in self.groups.iter().enumerate().skip(first_group).take(MOST_ENTITIES) {
                let same = |known: &&Known| group.thing == Some(known.thing);
                let told = things.first().filter(same).is_some_and(|known| known.of_request);
                let known = things.iter().any(|known| same(&known));
                let last = group.words.last().is_some_and(same_word);
                let first = group.words.first().is_some_and(same_word);
                let inner = group.words.iter().any(same_word);
                let fit = match (known, last, first, inner) {
                    _ if told => 4,
                    (_, true, ..) => 3,
                    (true, ..) => 2,
                    (_, _, true, _) | (.., true) => 1,
                    _ => continue,
                };
                // Of equals the one met last before this mention.
                let near = if group.latest < at { group.latest + 1 } else { 0 };
                if best.is_none_or(|(most, nearest, _)| (fit, near) > (most, nearest)) {
                    best = Some((fit, near, place));
                }
            }
            // A short name that no full name holds can be known by itself, if it can be one person only.
            let thing = match things.as_slice() {
                [only] => Some(only.thing),
                [told, ..] if told.of_request => Some(told.thing),
                _ => None,
            };
            let group = self.person(at, best.map(|(.., place)| place), thing, &own);
            self.join(at, group, own);
        }
    }

    fn person(&mut self, at: usize, group: Option<usize>, thing: Option<ThingId>, words: &Words) -> usize {
        group.unwrap_or_else(|| {
            self.groups.push(Group {
                kind: EntityType::Pers,
                thing,
                words: Words::clone(words),
                fullest: at,
                latest: at,
            });
            self.groups.len() - 1
        })
    }

    /// Adds mention `at` to group `group`.
    fn join(&mut self, at: usize, group: usize, words: Words) {
        if let Some(slot) = self.of.get_mut(at) {
            *slot = Some(group);
        }
        let Some(mention) = self.named.get(at) else { return };
        let Some(group) = self.groups.get_mut(group) else { return };
        group.latest = at;
        // The fullest name: no adjective where there is a name, then the longest.
        let weight = |mention: &Named, words: &Words| {
            (mention.kind != EntityType::Norp || group.kind == EntityType::Norp, words.len(), mention.span.len())
        };
        let better =
            self.named.get(group.fullest).is_none_or(|fullest| weight(mention, &words) > weight(fullest, &group.words));
        if better {
            group.fullest = at;
            group.words = words;
        }
    }

    fn finish(self) -> Entities {
        // In order of first mention, groups that lost all their mentions left out.
        let mut number: FxHashMap<usize, usize> = FxHashMap::default();
        let mut order = Vec::new();
        let mut of = Vec::with_capacity(self.of.len());
        for slot in &self.of {
            of.push(slot.map(|group| {
                *number.entry(group).or_insert_with(|| {
                    order.push(group);
                    order.len() - 1
                })
            }));
        }
        let (mut entities, mut things) = (Vec::with_capacity(order.len()), Vec::with_capacity(order.len()));
        for group in self.reading.stop.unless_asked(order) {
            if let Some(group) = self.groups.get(group) {
                entities.push(self.entity(group));
                things.push(group.thing);
            }
        }
        for (mention, entity) in self.named.iter().zip(&of) {
            let Some(entity) = entity.and_then(|entity| entities.get_mut(entity)) else { continue };
            if entity.span.is_empty() {
                entity.span = mention.span;
            }
            entity.confidence = entity.confidence.max(mention.confidence);
        }
        Entities { entities, of, things }
    }

    fn entity(&self, group: &Group) -> Entity {
        let span = self.named.get(group.fullest).map_or(Span::default(), |mention| mention.span);
        let name = clean(span.of(self.reading.text.source()));
        let thing = group.thing.and_then(|thing| self.reading.lexicon.thing(thing));
        let of_request = group.thing.is_some_and(|thing| self.reading.lexicon.is_thing_of_request(thing));
        let home = thing.filter(|_| of_request).map(|thing| &*thing.home);
        let country_code =
            thing.and_then(|thing| thing.country_code.as_deref()).or(home).unwrap_or_default().to_owned();
        let known = thing.map(|thing| thing.english.to_string()).filter(|english| !english.is_empty());
        let (latin_name, latin_name_source) = match known {
            Some(english) if of_request => (english, LatinNameSource::Request),
            Some(english) => (english, LatinNameSource::Lexicon),
            None if group.kind == EntityType::Pers => self.person_in_latin(&name),
            None => (transliterate(&name), LatinNameSource::Transliteration),
        };
        let (span, confidence) = (Span::default(), 0.0);
        Entity { kind: group.kind, name, latin_name, latin_name_source, country_code, span, confidence }
    }

    /// A person's name from the parts that the lexicon knows, the rest transliterated.
    fn person_in_latin(&self, name: &str) -> (String, LatinNameSource) {
        let mut all_known = true;
        let mut parts: Vec<String> = Vec::new();
        let mut words = name.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let folded = normalize(word, Folds::MATCH).text;
            // عبد الله is one name
            let joined = words
                .peek()
                .filter(|_| folded == "عبد")
                .map(|next| format!("عبد{}", normalize(next, Folds::MATCH).text));
            if let Some(latin) = joined.as_deref().and_then(|joined| latin_part(self.reading.lexicon, joined)) {
                parts.push(latin.to_owned());
                words.next();
            } else if let Some(latin) = latin_part(self.reading.lexicon, &folded) {
                parts.push(latin.to_owned());
            } else {
                all_known = false;
                parts.push(transliterate(word));
            }
        }
        let source = if all_known { LatinNameSource::NameParts } else { LatinNameSource::Transliteration };
        (parts.join(" "), source)
    }
}

/// How likely a bare name means `thing`: countries before capitals before the rest.
fn rank(thing: &Thing, wanted: EntityType) -> u8 {
    let detail = match &*thing.detail {
        "country" => 0,
        "capital" => 1,
        _ => 2,
    };
    detail + if thing.kind == wanted { 0 } else { 4 }
}

/// A name as one line, without what nobody sees.
fn clean(name: &str) -> String {
    let shown = normalize(name, Folds::DISPLAY).text.replace('\u{0640}', ""); // ARABIC TATWEEL
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
