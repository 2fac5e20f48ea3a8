//! What the engine knows: the tables of `lexicon/`, as matchers over tokens.
//!
//! Takes the tables (columns and sources: `lexicon/README.md`) and an article's tokens; gives [`Hits`], every place where an
//! entry stands, found in one pass whatever the number of entries. Knows nothing of layers: an entry says what a word is,
//! never what an article means.
//!
//! A table is one file here: what a row says ([`Entry`]'s payload) and how it is read. To add one, see CONTRIBUTING.

pub mod actors;
pub mod calendar;
pub mod names;
mod numerals;
pub mod page;
mod phrases;
mod quantity_words;
pub mod tsv;
mod units;
pub mod verbs;

use std::sync::LazyLock;

use crate::text::fold::Folder;
use crate::text::{Form, Text, Vocabulary, WordId};
use names::{Thing, ThingId};
pub use numerals::{NumberPart, NumberWord};
use phrases::Phrases;
pub use quantity_words::{CountedWord, QuantityWord};
use tsv::{Row, RowError};
pub use units::{Currency, CurrencyHome, Unit};
use verbs::Verbs;

/// The number of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(u32);

/// What an entry says of its words.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Entry {
    /// A name of something.
    Name(names::Name),
    /// A person's given name.
    GivenName(names::PersonName),
    /// A family name.
    FamilyName(names::PersonName),
    /// A noun that opens an organisation's name.
    Head(names::Head),
    /// A title or office.
    Title(names::Title),
    /// A word that changes what a title says.
    TitleModifier(names::TitleModifier),
    /// A word that speaks of time.
    Time(calendar::TimeWord),
    /// A word that numbers are made of.
    Number(NumberWord),
    /// A word or sign for money.
    Currency(Currency),
    /// A country or its adjective, and its money.
    CurrencyHome(CurrencyHome),
    /// A unit of measure.
    Unit(Unit),
    /// Words beside a number.
    Quantity(QuantityWord),
    /// What a word is after a number.
    Counted(CountedWord),
    /// Page furniture.
    Furniture(page::Furniture),
    /// An outlet.
    Outlet(page::Outlet),
    /// A word of credit.
    Credit(page::Credit),
    /// A city that stories are filed from.
    DatelinePlace,
    /// A word that stands for somebody without a name.
    Actor(actors::ActorWord),
}

bitflags::bitflags! {
    /// What kinds of entries there are at a token, a bit each for those that layers look for in a whole article: most tokens
    /// have none that a rule wants, and a bit says so without a look at the entries.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Kinds: u16 {
        /// [`Entry::Time`]
        const TIME = 1;
        /// [`Entry::Time`] with which an expression can begin
        const TIME_OPENS = 1 << 1;
        /// [`Entry::Number`]
        const NUMBER = 1 << 2;
        /// [`Entry::CurrencyHome`]
        const CURRENCY_HOME = 1 << 3;
        /// [`Entry::Quantity`]
        const QUANTITY = 1 << 4;
        /// [`Entry::Furniture`]
        const FURNITURE = 1 << 5;
        /// [`Entry::Outlet`]
        const OUTLET = 1 << 6;
        /// [`Entry::Credit`]
        const CREDIT = 1 << 7;
        /// [`Entry::Actor`]
        const ACTOR = 1 << 8;
    }
}

impl Entry {
    /// Its bit among the kinds; none where it has no bit.
    fn kinds(&self) -> Kinds {
        match self {
            Self::Time(word) if word.opens() => Kinds::TIME | Kinds::TIME_OPENS,
            Self::Time(_) => Kinds::TIME,
            Self::Number(_) => Kinds::NUMBER,
            Self::CurrencyHome(_) => Kinds::CURRENCY_HOME,
            Self::Quantity(_) => Kinds::QUANTITY,
            Self::Furniture(_) => Kinds::FURNITURE,
            Self::Outlet(_) => Kinds::OUTLET,
            Self::Credit(_) => Kinds::CREDIT,
            Self::Actor(_) => Kinds::ACTOR,
            _ => Kinds::empty(),
        }
    }
}

/// A table of the lexicon: its file and the reader of its rows.
struct Table {
    name: &'static str,
    text: &'static str,
    read: fn(&Row<'_>, &mut Builder) -> Result<(), RowError>,
}

/// The built-in tables, room by room.
const TABLES: &[&[Table]] = &[
    names::TABLES,
    calendar::TABLES,
    numerals::TABLES,
    units::TABLES,
    quantity_words::TABLES,
    page::TABLES,
    verbs::TABLES,
    actors::TABLES,
];

/// A table as Describe tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The file name.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
}

/// The lexicon: words, phrases, entries.
#[derive(Debug, Default)]
pub struct Lexicon {
    vocabulary: Vocabulary,
    phrases: Phrases,
    entries: Vec<Entry>,
    /// For each entry its kind: small enough to stay in cache, which the entries are not.
    kinds: Vec<Kinds>,
    things: Vec<Thing>,
    verbs: Verbs,
    /// For each entry its table and line.
    origins: Vec<(u16, u32)>,
    tables: Vec<TableInfo>,
    faults: Vec<RowError>,
}

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut builder = Builder::default();
    for table in TABLES.iter().copied().flatten() {
        builder.table(table);
    }
    builder.lexicon
});

/// A number that changes whenever a built-in table does: FNV-1a over their names and rows. Reckoned once.
pub fn builtin_version() -> u64 {
    static VERSION: LazyLock<u64> = LazyLock::new(|| {
        let tables = TABLES.iter().copied().flatten();
        let bytes = tables.flat_map(|table| table.name.bytes().chain([0]).chain(table.text.bytes()).chain([0]));
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    });
    *VERSION
}

impl Lexicon {
    /// The lexicon that is built in; read at first use.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The words that are known.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What an entry says; none for an entry of another lexicon.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// The verbs.
    pub fn verbs(&self) -> &Verbs {
        &self.verbs
    }

    /// What a name names; none for a thing of another lexicon.
    pub fn thing(&self, id: ThingId) -> Option<&Thing> {
        self.things.get(id.0 as usize)
    }

    /// The entries of one word, in match form.
    pub fn exact(&self, word: &str) -> &[EntryId] {
        self.vocabulary.get(word).map_or(&[], |id| self.phrases.exact(&[id]))
    }

    /// What is called `name`, written as in the tables; none for an empty name.
    pub fn named(&self, name: &str) -> Option<ThingId> {
        let text = Text::new(name, &self.vocabulary);
        let words: Vec<WordId> = (0..text.len()).filter_map(|i| text.id(i)).collect();
        self.phrases.exact(&words).iter().find_map(|&id| match self.entry(id)? {
            Entry::Name(name) if name.via == names::Via::Full => Some(name.thing),
            _ => None,
        })
    }

    /// Whether an entry is an adjective that belongs to a country (and not to a religion, a people, a region).
    pub fn is_nationality_of_country(&self, id: EntryId) -> bool {
        matches!(self.entry(id), Some(Entry::Name(name)) if self.thing(name.thing).is_some_and(|thing| thing.country_code.is_some()))
    }

    /// Where an entry stands, as `file:line`.
    pub fn origin(&self, id: EntryId) -> String {
        let place = self.origins.get(id.0 as usize);
        place
            .and_then(|&(table, line)| Some(format!("{}:{line}", self.tables.get(table as usize)?.name)))
            .unwrap_or_default()
    }

    /// The tables with their row counts, in the order in which they are laid.
    pub fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    /// Rows that could not be read; none in the built-in tables.
    pub fn faults(&self) -> &[RowError] {
        &self.faults
    }

    /// Every place in `text` where an entry stands.
    pub fn hits(&self, text: &Text<'_>) -> Hits {
        let mut hits = Hits {
            list: Vec::with_capacity(text.len()),
            first: Vec::with_capacity(text.len() + 1),
            kinds: Vec::with_capacity(text.len()),
        };
        for i in 0..text.len() {
            hits.first.push(hits.list.len() as u32);
            let mut kinds = Kinds::empty();
            for &form in text.forms(i) {
                if text.knows(form.word) {
                    self.phrases.starting(text, i, form, |last, entry| {
                        let kind = self.kinds.get(entry.0 as usize).copied().unwrap_or_default();
                        kinds |= kind;
                        hits.list.push(Hit { entry, first: i, last, form, kind });
                    });
                }
            }
            hits.kinds.push(kinds);
        }
        hits.first.push(hits.list.len() as u32);
        hits
    }
}

/// An entry found in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub entry: EntryId,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// How the first token was read: with which proclitics off.
    pub form: Form,
    /// The kind of entry.
    pub kind: Kinds,
}

/// All that the lexicon knows of an article's words, by token.
#[derive(Debug, Default)]
pub struct Hits {
    list: Vec<Hit>,
    /// For each token the place of its first hit in `list`; one more at the end.
    first: Vec<u32>,
    /// For each token the kinds of its hits.
    kinds: Vec<Kinds>,
}

impl Hits {
    /// The kinds of the hits that begin at token `i`.
    pub fn kinds(&self, i: usize) -> Kinds {
        self.kinds.get(i).copied().unwrap_or_default()
    }

    /// The hits that begin at token `i`, where one of `kinds` is among them; else none.
    pub fn of(&self, i: usize, kinds: Kinds) -> &[Hit] {
        if self.kinds(i).intersects(kinds) { self.at(i) } else { &[] }
    }

    /// The hits that begin at token `i`: the whole word's readings before those with proclitics off, and of one reading
    /// the shorter before the longer.
    pub fn at(&self, i: usize) -> &[Hit] {
        match (self.first.get(i), self.first.get(i + 1)) {
            (Some(&begin), Some(&end)) => self.list.get(begin as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// All hits in order of their first token.
    pub fn all(&self) -> &[Hit] {
        &self.list
    }
}

/// Lays tables into a lexicon.
#[derive(Debug, Default)]
struct Builder {
    lexicon: Lexicon,
    line: u32,
}

impl Builder {
    fn table(&mut self, table: &Table) {
        self.lexicon.tables.push(TableInfo { name: table.name.to_owned(), rows: 0 });
        let (rows, errors) = tsv::read(table.name, table.text, |row| {
            self.line = row.line as u32;
            (table.read)(row, self)
        });
        self.lexicon.faults.extend(errors);
        if let Some(info) = self.lexicon.tables.last_mut() {
            info.rows = rows;
        }
    }

    /// Adds something that names can name.
    fn thing(&mut self, thing: Thing) -> ThingId {
        self.lexicon.things.push(thing);
        ThingId(self.lexicon.things.len() as u32 - 1)
    }

    /// Adds `entry` under each of `phrases`, written as people write.
    fn add<'p>(&mut self, phrases: impl IntoIterator<Item = &'p str>, entry: Entry) {
        let id = EntryId(self.lexicon.entries.len() as u32);
        self.lexicon.kinds.push(entry.kinds());
        self.lexicon.entries.push(entry);
        let table = self.lexicon.tables.len().saturating_sub(1) as u16;
        self.lexicon.origins.push((table, self.line));
        for phrase in phrases {
            let words = self.words(phrase);
            self.lexicon.phrases.add(&words, id);
        }
    }

    /// The words of a phrase in match form, made known.
    fn words(&mut self, phrase: &str) -> Vec<WordId> {
        // Nearly every phrase is letters and spaces: the tokens are its words.
        if phrase.chars().all(|c| c == ' ' || matches!(c, '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}')) {
            let folder = Folder::matching();
            let mut folded = String::with_capacity(phrase.len());
            let words = phrase.split(' ').filter(|word| !word.is_empty());
            return words
                .map(|word| {
                    folded.clear();
                    word.chars().for_each(|c| folder.push(c, &mut folded));
                    self.lexicon.vocabulary.intern(&folded)
                })
                .collect();
        }
        let empty = Vocabulary::default();
        let text = Text::new(phrase, &empty);
        (0..text.len()).map(|i| self.lexicon.vocabulary.intern(text.word(i))).collect()
    }
}
