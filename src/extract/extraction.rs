//! What comes out of the engine: plain data, spans in bytes of the original text.
//!
//! Lists are sorted by where their items begin, then end. The service turns this into the contract's messages.

use crate::lexicon::EntryId;
use crate::lexicon::names::EntityType;
use crate::text::{Proclitics, Span, Text, TokenKind};

use super::names::Named;

pub use super::entities::{Entity, LatinNameSource};
pub use super::positions::Position;
pub use super::quotes::{Quote, QuoteKind};
pub use crate::lexicon::events::EventType;

/// All that was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The article itself.
    pub document: DocumentInfo,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its tokens, where they were asked for.
    pub tokens: Vec<Token>,
    /// What the article names, in order of first mention.
    pub entities: Vec<Entity>,
    /// Every place where it is named.
    pub mentions: Vec<Mention>,
    /// Who holds which office.
    pub positions: Vec<Position>,
    /// Dates, times, durations, sets.
    pub times: Vec<TimeExpression>,
    /// Numbers with what they count.
    pub quantities: Vec<Quantity>,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// What the engine could not do with this article.
    pub notices: Vec<Notice>,
}

/// Why an item was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The rule, such as `times.absolute`.
    pub rule: &'static str,
    /// The lexicon entry that led to it, if one did.
    pub entry: Option<EntryId>,
    /// The words that decided, beside the item's own.
    pub words: Vec<Span>,
}

/// Words of the article that name something.
#[derive(Clone, Debug, PartialEq)]
pub struct TextValue {
    /// Where they stand. Empty where the value came with the request and not from the text.
    pub span: Span,
    /// The words.
    pub text: String,
}

/// What the article says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentInfo {
    /// The headline.
    pub title: Option<TextValue>,
    /// The place that opens the story: `بغداد` in `بغداد - "الخليج":`.
    pub dateline_place: Option<TextValue>,
    /// The outlet naming itself.
    pub outlet: Option<TextValue>,
    /// The agency or outlet credited.
    pub source: Option<TextValue>,
    /// Who wrote it.
    pub author: Option<TextValue>,
    /// The article's own date, ISO 8601 as precise as known; empty when unknown.
    pub published: String,
    /// BCP 47; `und` where there is too little text to tell.
    pub language: String,
    /// What each part of the text is; zones do not overlap.
    pub zones: Vec<Zone>,
}

/// A stretch of the text with one function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its function.
    pub kind: ZoneKind,
    /// Where it stands.
    pub span: Span,
}

/// The function of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZoneKind {
    /// The headline.
    Title,
    /// The words before the story that name place, date and outlet.
    Dateline,
    /// The story.
    Body,
    /// A headline inside the story.
    Subhead,
    /// What is not the article: menus, share bars, comment forms, read-also lines, photo credits.
    Boilerplate,
    /// A closing line that names the source.
    SourceCredit,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// The zone that it stands in, as a place in [`DocumentInfo::zones`].
    pub zone: usize,
}

/// A token as callers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its match form.
    pub normalized: String,
    /// The proclitics of its likeliest reading.
    pub clitics: Vec<Span>,
}

impl Token {
    /// Token `i` of `text`. Of the readings that the vocabulary knows the one with the fewest letters off counts; a word
    /// of which no reading is known keeps its letters.
    pub fn of(text: &Text<'_>, i: usize) -> Self {
        let token = text.token(i);
        let mut clitics = Vec::new();
        let known = text.forms(i).iter().find(|form| text.knows(form.word));
        if let Some(&form) = known {
            let mut begin = token.span.begin;
            let end = text.form_begin(i, form);
            for letter in [
                Proclitics::WAW | Proclitics::FEH,
                Proclitics::BEH | Proclitics::KAF | Proclitics::LAM | Proclitics::SEEN,
                Proclitics::ARTICLE,
            ] {
                if !form.proclitics.intersects(letter) {
                    continue;
                }
                // The article is all that is left before the stem; the others are one letter with its marks.
                let cut = if letter == Proclitics::ARTICLE { end } else { text.letter_end(i, begin).min(end) };
                // In the ligature of lam and alef the particle shares a character with its word: nothing can be cut off.
                if begin < cut {
                    clitics.push(Span::new(begin, cut));
                    begin = cut;
                }
            }
        }
        Self { span: token.span, kind: token.kind, normalized: text.word(i).to_owned(), clitics }
    }
}

/// A place where something is named, or an office.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The words, particles and quote marks outside.
    pub span: Span,
    /// Its type.
    pub kind: EntityType,
    /// What it names, as a place in [`Extraction::entities`]; none for titles.
    pub entity: Option<usize>,
    /// The share of mentions like this that are right, 0 to 1.
    pub confidence: f32,
    /// Why it was found.
    pub reason: Reason,
}

impl Mention {
    /// The mention of a name found, naming `entity`.
    pub(super) fn of(named: &Named, entity: Option<usize>) -> Self {
        let reason = Reason { rule: named.rule, entry: named.entry, ..Reason::default() };
        Self { span: named.span, kind: named.kind, entity, confidence: named.confidence, reason }
    }
}

/// The kind of a time expression (`TimeML`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeType {
    /// A day or something longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// The calendar in which a date is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Calendar {
    /// The Gregorian calendar.
    #[default]
    Gregorian,
    /// The Islamic calendar of Umm al-Qura.
    Hijri,
}

/// What a date was reckoned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Nothing: it says all itself.
    Explicit,
    /// The request's publish time.
    PublishTime,
    /// The article's own date.
    DocumentDate,
    /// Another date in the text.
    Text,
    /// Nothing was known; the value keeps its X places, or names no date (`PRESENT_REF`, durations).
    #[default]
    None,
}

/// What the words round a value do to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modifier {
    /// About: `نحو`, `حوالي`.
    Approx,
    /// The start of: `مطلع`, `أوائل`.
    Start,
    /// The middle of: `منتصف`.
    Mid,
    /// The end of: `نهاية`, `أواخر`.
    End,
    /// Before: `قبل`.
    Before,
    /// After: `بعد`.
    After,
    /// More than: `أكثر من`.
    MoreThan,
    /// Less than: `أقل من`.
    LessThan,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// Its kind.
    pub kind: TimeType,
    /// The TIMEX3 value.
    pub value: String,
    /// The first moment, RFC 3339; empty where it cannot be told.
    pub begin_time: String,
    /// The moment after the last, RFC 3339; empty where it cannot be told.
    pub end_time: String,
    /// The calendar in which it is written.
    pub calendar: Calendar,
    /// What it was reckoned from.
    pub anchor: Anchor,
    /// What the words round it do to it.
    pub modifier: Option<Modifier>,
    /// Whether the weekday that it names is not the weekday of its date.
    pub weekday_conflict: bool,
    /// The share of items like this that are right, 0 to 1.
    pub confidence: f32,
    /// Why it was found.
    pub reason: Reason,
}

/// The kind of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantityKind {
    /// A count, a plain number, a fraction.
    Cardinal,
    /// A rank.
    Ordinal,
    /// A percentage.
    Percent,
    /// A sum of money.
    Money,
    /// A measure with its unit.
    Measure,
}

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words.
    pub span: Span,
    /// Its kind.
    pub kind: QuantityKind,
    /// A plain decimal.
    pub value: String,
    /// ISO 4217 for money, UCUM for measures (or the English noun); empty otherwise.
    pub unit: String,
    /// The counted noun, where it follows at once.
    pub of: Option<TextValue>,
    /// What the words round it do to it: [`Modifier::Approx`], [`Modifier::MoreThan`], [`Modifier::LessThan`].
    pub modifier: Option<Modifier>,
    /// The share of items like this that are right, 0 to 1.
    pub confidence: f32,
    /// Why it was found.
    pub reason: Reason,
}

/// Whether an event happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Modality {
    /// It is told as a fact.
    #[default]
    Asserted,
    /// It is announced, scheduled, hoped for.
    Planned,
    /// It is told not to have happened.
    Negated,
    /// It is asked for, possible, or a condition.
    Hypothetical,
}

/// A political interaction that the article reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The trigger of its first telling.
    pub span: Span,
    /// What happened.
    pub kind: EventType,
    /// The mode of PLOVER; empty where there is none.
    pub mode: String,
    /// The CAMEO code.
    pub cameo: String,
    /// The trigger of each telling, in order.
    pub triggers: Vec<Span>,
    /// Who did it, as places in [`Extraction::entities`].
    pub actors: Vec<usize>,
    /// To or with whom, the same.
    pub recipients: Vec<usize>,
    /// Whether it happened.
    pub modality: Modality,
    /// When, as a place in [`Extraction::times`].
    pub time: Option<usize>,
    /// Where, as a place in [`Extraction::entities`].
    pub place: Option<usize>,
    /// The quote in which it is told, as a place in the list of quotes.
    pub quote: Option<usize>,
    /// The share of events like this that are right, 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
}

/// What the engine could not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which case it is.
    pub code: NoticeCode,
    /// The case in words, in English.
    pub text: String,
}

/// The cases of a [`Notice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeCode {
    /// The text is not, or not mainly, Arabic.
    NotArabic,
    /// Neither the request nor the text tells when the article was published: relative dates keep their X places.
    PublishTimeUnknown,
    /// The text is too short to tell what it is.
    TooShort,
}
