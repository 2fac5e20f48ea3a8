//! What the engine knows: the tables of `lexicon/`, as matchers over tokens.
//!
//! Takes the tables (columns and sources: `lexicon/README.md`) and an article's tokens; gives [`Hits`], every place where an
//! entry stands, found in one pass whatever the number of entries. Knows nothing of layers: an entry says what a word is,
//! never what an article means.
//!
//! A table is one file here: what a row says ([`Entry`]'s payload) and how it is read. To add one, see CONTRIBUTING.
//!
//! What others know joins in two ways. Tables of the same columns are laid over the built-in ones once, when a process
//! starts ([`Lexicon::with_tables`]). The entries of one request lie over the whole for that request alone ([`Lexicon::over`]):
//! they are numbered after what is underneath, which is shared and not copied, so their cost is their own number.

pub mod actors;
mod builder;
pub mod calendar;
pub mod events;
pub mod names;
mod numerals;
pub mod page;
mod phrases;
mod quantity_words;
pub mod reporting;
mod request;
pub mod tsv;
mod units;
pub mod verbs;

use std::sync::{Arc, LazyLock};

use crate::stop::{STRIDE, Stop};
use crate::text::{Form, Span, Text, Vocabulary, WordId};
use builder::Builder;
use events::EventWords;
use names::{Thing, ThingId};
pub use numerals::{NumberPart, NumberWord};
use phrases::Phrases;
pub use quantity_words::{CountedWord, QuantityWord};
pub use request::LexiconEntry;
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
    /// A word beside a saying.
    Reporting(reporting::ReportingPhrase),
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
        /// [`Entry::Reporting`]
        const REPORTING = 1 << 9;
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
            Self::Reporting(_) => Kinds::REPORTING,
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
    events::TABLES,
    actors::TABLES,
    reporting::TABLES,
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
    /// The lexicon of tables under the entries of a request; none for a lexicon of tables.
    base: Option<Arc<Lexicon>>,
    /// How many entries and things the base has: the numbers of the first of its own.
    first_entry: u32,
    first_thing: u32,
    vocabulary: Arc<Vocabulary>,
    phrases: Phrases,
    entries: Vec<Entry>,
    /// For each entry its kind: small enough to stay in cache, which the entries are not.
    kinds: Vec<Kinds>,
    things: Vec<Thing>,
    verbs: Verbs,
    reporting: reporting::ReportingVerbs,
    events: EventWords,
    /// For each entry its table and line.
    origins: Vec<(u16, u32)>,
    tables: Vec<TableInfo>,
    faults: Vec<RowError>,
    /// The version, where tables were laid over the built-in ones.
    version: Option<u64>,
}

static BUILTIN: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Builder::default().tables(&[])));

/// A number that changes whenever a built-in table does. Reckoned once.
fn builtin_version() -> u64 {
    static VERSION: LazyLock<u64> = LazyLock::new(|| {
        let tables = TABLES.iter().copied().flatten();
        tables.fold(0xcbf2_9ce4_8422_2325, |hash, table| digest(hash, table.name, table.text))
    });
    *VERSION
}

/// Goes on with `hash` over a table's name and rows: FNV-1a.
fn digest(hash: u64, name: &str, text: &str) -> u64 {
    let bytes = name.bytes().chain([0]).chain(text.bytes()).chain([0]);
    bytes.fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Lexicon {
    /// The lexicon that is built in; read at first use.
    pub fn builtin() -> &'static Arc<Self> {
        &BUILTIN
    }

    /// The built-in tables with others laid over them: pairs of a file name, that of a built-in table, and its text, whose columns
    /// are that table's. A row takes the place of the built-in rows of that table that have the same first cell.
    ///
    /// # Errors
    /// All rows that cannot be read, and names that are no table's.
    pub fn with_tables(tables: &[(String, String)]) -> Result<Self, Vec<RowError>> {
        let mut lexicon = Builder::default().tables(tables);
        let faults = std::mem::take(&mut lexicon.faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let digests = tables.iter().fold(builtin_version(), |hash, (name, text)| digest(hash, name, text));
        lexicon.version = (!tables.is_empty()).then_some(digests);
        Ok(lexicon)
    }

    /// Nothing but `tables`, for trying rows in the making: it costs no more than they do, where [`Lexicon::with_tables`] reads the
    /// built-in ones as well. What their rows say of rows of other tables they must bring along.
    ///
    /// # Errors
    /// As [`Lexicon::with_tables`].
    pub fn of_tables(tables: &[(String, String)]) -> Result<Self, Vec<RowError>> {
        let mut lexicon = Builder::default().alone(tables);
        let faults = std::mem::take(&mut lexicon.faults);
        lexicon.version = Some(tables.iter().fold(0, |hash, (name, text)| digest(hash, name, text)));
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// `base` with the entries of a request over it. Entries that cannot be used are among the [`Lexicon::faults`], the line
    /// being the place of the entry, from 0. Cost: linear in the entries.
    pub fn over(base: &Arc<Self>, entries: &[LexiconEntry]) -> Self {
        request::lay(base, entries)
    }

    /// A number that changes whenever a table does; the entries of a request do not count.
    pub fn version(&self) -> u64 {
        match &self.base {
            Some(base) => base.version(),
            None => self.version.unwrap_or_else(builtin_version),
        }
    }

    /// What lies under the entries of a request; none where there are none.
    pub fn tables_alone(&self) -> Option<&Arc<Self>> {
        self.base.as_ref()
    }

    /// Whether entries of a request lie on top.
    pub fn has_request(&self) -> bool {
        self.base.is_some()
    }

    /// Whether an entry came with the request.
    pub fn is_of_request(&self, id: EntryId) -> bool {
        self.base.is_some() && id.0 >= self.first_entry
    }

    /// Whether a thing came with the request.
    pub fn is_thing_of_request(&self, id: ThingId) -> bool {
        self.base.is_some() && id.0 >= self.first_thing
    }

    /// The words that are known.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What an entry says; none for an entry of another lexicon.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        match &self.base {
            Some(base) if id.0 < self.first_entry => base.entry(id),
            _ => self.entries.get(id.0.checked_sub(self.first_entry)? as usize),
        }
    }

    /// The verbs.
    pub fn verbs(&self) -> &Verbs {
        self.base.as_deref().map_or(&self.verbs, |base| &base.verbs)
    }

    /// The verbs that report what somebody says.
    pub fn reporting(&self) -> &reporting::ReportingVerbs {
        self.base.as_deref().map_or(&self.reporting, |base| &base.reporting)
    }

    /// The words of events.
    pub fn events(&self) -> &EventWords {
        self.base.as_deref().map_or(&self.events, |base| &base.events)
    }

    /// What a name names; none for a thing of another lexicon.
    pub fn thing(&self, id: ThingId) -> Option<&Thing> {
        match &self.base {
            Some(base) if id.0 < self.first_thing => base.thing(id),
            _ => self.things.get(id.0.checked_sub(self.first_thing)? as usize),
        }
    }

    /// The entries of one word, in match form; those of a request first.
    pub fn exact(&self, word: &str) -> impl Iterator<Item = EntryId> {
        self.vocabulary.get(word).into_iter().flat_map(|id| self.of_words(&[id]))
    }

    /// The entries of exactly the phrase `words`; those of a request first.
    fn of_words(&self, words: &[WordId]) -> impl Iterator<Item = EntryId> + use<'_> {
        let below = self.base.as_deref().map_or(&[][..], |base| base.phrases.exact(words));
        self.phrases.exact(words).iter().chain(below).copied()
    }

    /// What is called `name`, written as in the tables; none for an empty name.
    pub fn named(&self, name: &str) -> Option<ThingId> {
        self.entries_named(name).find_map(|id| match self.entry(id)? {
            Entry::Name(name) if name.via == names::Via::Full => Some(name.thing),
            _ => None,
        })
    }

    /// The entries of exactly the words of `phrase`, written as in the tables.
    fn entries_named(&self, phrase: &str) -> impl Iterator<Item = EntryId> + use<'_> {
        let text = Text::new(phrase, &self.vocabulary);
        let words: Vec<WordId> = (0..text.len()).filter_map(|i| text.id(i)).collect();
        self.of_words(&words)
    }

    /// The country with an ISO 3166-1 alpha-2 code. Countries are the first things that are laid.
    fn country(&self, code: &str) -> Option<ThingId> {
        let mut countries = self.things.iter().take_while(|thing| thing.country_code.is_some());
        Some(ThingId(countries.position(|thing| thing.country_code.as_deref() == Some(code))? as u32))
    }

    /// Whether an entry is an adjective that belongs to a country (and not to a religion, a people, a region).
    pub fn is_nationality_of_country(&self, id: EntryId) -> bool {
        matches!(self.entry(id), Some(Entry::Name(name)) if self.thing(name.thing).is_some_and(|thing| thing.country_code.is_some()))
    }

    /// Where an entry stands, as `file:line`; `overlay/file:line` for tables laid over the built-in ones, and `request:N` for entry
    /// N of a request, counted from 0.
    pub fn origin(&self, id: EntryId) -> String {
        if let Some(base) = self.base.as_deref().filter(|_| id.0 < self.first_entry) {
            return base.origin(id);
        }
        let own = id.0.checked_sub(self.first_entry);
        own.and_then(|own| self.origins.get(own as usize))
            .and_then(|&(table, line)| Some(format!("{}:{line}", self.tables.get(table as usize)?.name)))
            .unwrap_or_default()
    }

    /// The tables with their row counts, in the order in which they are laid.
    pub fn tables(&self) -> &[TableInfo] {
        self.base.as_deref().map_or(&self.tables, |base| &base.tables)
    }

    /// Rows that could not be read, none in the built-in tables; of a request the entries that cannot be used.
    pub fn faults(&self) -> &[RowError] {
        &self.faults
    }

    /// Every place in `text` where an entry stands.
    pub fn hits(&self, text: &Text<'_>) -> Hits {
        self.hits_unless(text, Stop::never())
    }

    /// Every place in `text` where an entry stands; where it is asked to stop, not to the end.
    pub fn hits_unless(&self, text: &Text<'_>, stop: Stop<'_>) -> Hits {
        let mut hits = Hits {
            list: Vec::with_capacity(text.len()),
            first: Vec::with_capacity(text.len() + 1),
            kinds: Vec::with_capacity(text.len()),
        };
        let tables = self.base.as_deref().unwrap_or(self);
        for i in 0..text.len() {
            if i.is_multiple_of(STRIDE) && stop.asked() {
                break;
            }
            hits.first.push(hits.list.len() as u32);
            let mut kinds = Kinds::empty();
            for &form in text.forms(i) {
                if text.knows(form.word) {
                    let begin = hits.list.len();
                    tables.phrases.starting(text, i, form, |last, entry| {
                        let kind = tables.kinds.get(entry.0 as usize).copied().unwrap_or_default();
                        kinds |= kind;
                        hits.list.push(Hit { entry, first: i, last, form, kind });
                    });
                    if self.base.is_some() {
                        self.own_hit(text, i, form, begin, &mut hits.list);
                    }
                }
            }
            hits.kinds.push(kinds);
        }
        hits.first.push(hits.list.len() as u32);
        hits
    }

    /// Adds to the hits of one reading, which stand in `list` from `begin` on, the request's own: the longest alone, so that no request
    /// can make an article's hits many.
    fn own_hit(&self, text: &Text<'_>, i: usize, form: Form, begin: usize, list: &mut Vec<Hit>) {
        let mut longest = None;
        self.phrases.starting(text, i, form, |last, entry| longest = Some((last, entry)));
        let Some((last, entry)) = longest else { return };
        let place = list.get(begin..).unwrap_or_default().partition_point(|hit| hit.last <= last);
        list.insert(begin + place, Hit { entry, first: i, last, form, kind: Kinds::empty() });
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

impl Hit {
    /// Its words, without the particles before the first.
    pub fn span(&self, text: &Text<'_>) -> Span {
        Span::new(text.name_span(self.first, self.form).begin, text.token(self.last).span.end)
    }
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
