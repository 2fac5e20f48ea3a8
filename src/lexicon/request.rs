//! The entries of one request, laid over the tables for that request alone.
//!
//! Takes names and titles as their sender writes them; gives a lexicon that knows them beside everything underneath. Of entries
//! with the same words the first counts: a name names one thing in one article. What cannot be used is told as a fault, and
//! nothing fails. Cost: linear in the entries.

use std::sync::Arc;

use super::builder::Builder;
use super::names::{EntityType, Name, Thing, ThingId, Title, TitleKind, Via, inflections, spellings, title_phrases};
use super::{Entry, EntryId, Lexicon};
use crate::text::WordId;
use crate::text::fold::Folder;

/// Phrases of more words than this are not looked for: every rule looks a bounded number of words ahead.
const MOST_WORDS: usize = 24;

/// A name or a title that the sender of an article knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconEntry {
    /// The words as news write them.
    pub text: String,
    /// What they name; [`EntityType::Occ`] for a title.
    pub kind: EntityType,
    /// Further spellings and short names of the same.
    pub aliases: Vec<String>,
    /// The usual English name; empty where unknown.
    pub latin_name: String,
    /// The country that it is or belongs to, ISO 3166-1 alpha-2; empty where unknown.
    pub country_code: String,
    /// Of a title, the role in `snake_case`; empty where unknown.
    pub role: String,
}

/// See [`Lexicon::over`].
pub(super) fn lay(base: &Arc<Lexicon>, entries: &[LexiconEntry]) -> Lexicon {
    let mut builder = Builder::over(base, "request", entries.len());
    for (place, entry) in entries.iter().enumerate() {
        builder.at(place);
        let id = match entry.kind {
            EntityType::Occ => title(base, entry, &mut builder),
            _ => name(base, entry, &mut builder),
        };
        let fields = entry.aliases.iter().enumerate().map(|(i, alias)| (format!("aliases[{i}]"), alias));
        for (field, phrase) in std::iter::once(("text".to_owned(), &entry.text)).chain(fields) {
            if let Err(why) = phrases(entry.kind, phrase, place, id, &mut builder) {
                builder.fault(format!("{field} {why}"));
            }
        }
    }
    builder.done()
}

/// Adds entry `id` under `phrase` and its inflections.
fn phrases(kind: EntityType, phrase: &str, place: usize, id: EntryId, builder: &mut Builder) -> Result<(), String> {
    let phrase = phrase.trim();
    let words = builder.words(phrase);
    if !Folder::matching().leaves_letters(phrase) {
        return Err("holds no letter and no digit".to_owned());
    }
    if words.len() > MOST_WORDS {
        return Err(format!("has {} words; phrases of up to {MOST_WORDS} are looked for", words.len()));
    }
    if let Some(other) = builder.add_alone(&words, id)
        && other as usize != place
    {
        return Err(format!("has the words of options.lexicon[{other}], which counts"));
    }
    let more = match kind {
        EntityType::Occ => title_phrases(phrase),
        EntityType::Norp => inflections(phrase),
        _ => spellings(phrase),
    };
    for form in more {
        let words: Vec<WordId> = builder.words(&form);
        builder.add_alone(&words, id);
    }
    Ok(())
}

fn name(base: &Lexicon, entry: &LexiconEntry, builder: &mut Builder) -> EntryId {
    let thing = known(base, entry).unwrap_or_else(|| {
        builder.thing(Thing {
            kind: entry.kind,
            name: entry.text.trim().into(),
            english: entry.latin_name.trim().into(),
            country_code: None,
            home: entry.country_code.as_str().into(),
            detail: Box::default(),
            belongs_to: Box::default(),
            gender: None,
        })
    });
    let via = if entry.kind == EntityType::Norp { Via::Adjective } else { Via::Full };
    builder.entry(Entry::Name(Name { kind: entry.kind, thing, via, common: false }))
}

/// What the tables know under the entry's own words, unless the entry calls it something else in English: then it is another of that
/// name. A nationality is its country's.
fn known(base: &Lexicon, entry: &LexiconEntry) -> Option<ThingId> {
    let fits = |&thing: &ThingId| {
        let english = base.thing(thing).map_or("", |thing| &*thing.english);
        entry.latin_name.is_empty() || entry.latin_name.trim().eq_ignore_ascii_case(english)
    };
    let mut named = base.entries_named(&entry.text).filter_map(|id| match base.entry(id)? {
        Entry::Name(name) if name.kind == entry.kind && name.via != Via::Short => Some(name.thing),
        _ => None,
    });
    let country = || base.country(&entry.country_code);
    match entry.kind {
        EntityType::Norp => named.find(fits).or_else(country),
        EntityType::Gpe => named.find(fits).or_else(|| country().filter(fits).filter(|_| !entry.latin_name.is_empty())),
        _ => named.find(fits),
    }
}

fn title(base: &Lexicon, entry: &LexiconEntry, builder: &mut Builder) -> EntryId {
    let known = base.entries_named(&entry.text).find_map(|id| match base.entry(id)? {
        Entry::Title(title) => Some(title.clone()),
        _ => None,
    });
    let mut title = known.unwrap_or(Title {
        role: Box::default(),
        gender: None,
        several: false,
        kind: TitleKind::Office,
        of_country: false,
    });
    if !entry.role.is_empty() {
        title.role = entry.role.as_str().into();
    }
    builder.entry(Entry::Title(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn entry(text: &str, kind: EntityType) -> LexiconEntry {
        LexiconEntry {
            text: text.into(),
            kind,
            aliases: Vec::new(),
            latin_name: String::new(),
            country_code: String::new(),
            role: String::new(),
        }
    }

    /// The origins of the hits of `text` that came with `entries`, each with its words.
    fn found<'t>(text: &'t str, entries: &[LexiconEntry]) -> Vec<(String, &'t str)> {
        let lexicon = Lexicon::over(Lexicon::builtin(), entries);
        let read = Text::new(text, lexicon.vocabulary());
        let hits = lexicon.hits(&read);
        let own = hits.all().iter().filter(|hit| lexicon.is_of_request(hit.entry));
        own.map(|hit| (lexicon.origin(hit.entry), read.span(hit.first, hit.last).of(text))).collect()
    }

    #[test]
    fn finds_what_the_request_knows_the_longest_first() {
        let mut company = entry("شركة الوميض", EntityType::Org); // the Gleam company
        company.aliases = vec!["الوميض".into()];
        let entries = [company, entry("شركة الوميض للطاقة", EntityType::Org)];
        let text = "وقعت شركة الوميض للطاقة عقدا، وقالت الوميض وشركة الوميض";
        let wanted = [
            ("request:1".to_owned(), "شركة الوميض للطاقة"),
            ("request:0".to_owned(), "الوميض"),
            ("request:0".to_owned(), "الوميض"),
            ("request:0".to_owned(), "وشركة الوميض"),
            ("request:0".to_owned(), "الوميض"),
        ];
        assert_eq!(found(text, &entries), wanted);
    }

    #[test]
    fn leaves_what_is_underneath_as_it_was() {
        let text = "بحث وزير الخارجية العراقي فؤاد حسين في بغداد ملف المياه"; // the Iraqi foreign minister discussed ...
        let base = Lexicon::builtin();
        let lexicon = Lexicon::over(base, &[entry("ملف المياه", EntityType::Law), entry("وزير", EntityType::Occ)]);
        let plain = Text::new(text, base.vocabulary());
        let read = Text::new(text, lexicon.vocabulary());
        let all = lexicon.hits(&read);
        let below: Vec<_> = all.all().iter().filter(|hit| !lexicon.is_of_request(hit.entry)).copied().collect();
        assert_eq!(below, base.hits(&plain).all());
        assert_eq!(all.all().len(), below.len() + 2);
        for i in 0..read.len() {
            let runs: Vec<_> = all.at(i).chunk_by(|a, b| a.form == b.form).collect();
            assert!(runs.iter().all(|run| run.is_sorted_by_key(|hit| hit.last)));
        }
        assert_eq!((lexicon.version(), lexicon.tables()), (base.version(), base.tables()));
        assert_eq!(lexicon.named("العراق"), base.named("العراق"));
        assert!(std::ptr::eq(lexicon.verbs(), base.verbs()));
        assert!(lexicon.exact("بغداد").eq(base.exact("بغداد")));
    }

    #[test]
    fn tells_what_it_cannot_use() {
        let long = "كلمة ".repeat(25); // a word, 25 times
        let mut twice = entry("الوميض", EntityType::Org);
        twice.aliases = vec!["الوميض".into(), "وميض".into(), "…".into()]; // the first is the text itself
        let tatweel = entry("\u{640}\u{640}", EntityType::Norp);
        let (other, long, marks) =
            (entry("وميض", EntityType::Pers), entry(&long, EntityType::Org), entry("?!", EntityType::Gpe));
        let entries = [twice, other, long, marks, tatweel];
        let told: Vec<String> =
            Lexicon::over(Lexicon::builtin(), &entries).faults().iter().map(ToString::to_string).collect();
        let wanted = [
            "request:0: aliases[2] holds no letter and no digit",
            "request:1: text has the words of options.lexicon[0], which counts",
            "request:2: text has 25 words; phrases of up to 24 are looked for",
            "request:3: text holds no letter and no digit",
            "request:4: text holds no letter and no digit",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn joins_what_the_tables_know() {
        let base = Lexicon::builtin();
        let thing = |entry: LexiconEntry| {
            let lexicon = Lexicon::over(base, &[entry]);
            let own = EntryId(lexicon.first_entry);
            match lexicon.entry(own) {
                Some(Entry::Name(name)) => {
                    (lexicon.is_thing_of_request(name.thing), lexicon.thing(name.thing).cloned())
                }
                other => panic!("{other:?}"),
            }
        };
        let iraq = base.named("العراق").and_then(|id| base.thing(id)).cloned();
        assert_eq!(thing(entry("العراق", EntityType::Gpe)), (false, iraq.clone()));
        let rivers = LexiconEntry {
            latin_name: "iraq".into(),
            country_code: "IQ".into(),
            ..entry("بلاد الرافدين", EntityType::Gpe)
        };
        assert_eq!(thing(rivers), (false, iraq.clone())); // the land of the two rivers
        let folk = LexiconEntry { country_code: "IQ".into(), ..entry("رافديني", EntityType::Norp) };
        assert_eq!(thing(folk), (false, iraq));
        let other = LexiconEntry { latin_name: "Iraq Street".into(), ..entry("العراق", EntityType::Gpe) };
        assert!(thing(other).0);
    }
}
