//! The pipeline: [`Extractor::extract`] reads one article through all layers.
//!
//! Takes an [`Article`] and [`Options`]; gives an [`Extraction`]. It cannot fail: any UTF-8 gives an extraction, and what
//! could not be done is a [`Notice`] in it. No I/O, no clock, no threads; the same article gives the same extraction.
//!
//! Data walks one way: tokens and lexicon hits ([`Reading`]), then the numerals in it, the time expressions
//! recognised but not yet anchored, the document (zones, its own date), the times resolved against that date, the
//! quantities that are left; the names, the entities that they name, and the offices that the article gives them.

pub mod actors;
mod article;
pub mod bodies;
pub mod document;
pub mod entities;
pub mod events;
mod extraction;
pub mod names;
pub mod numerals;
pub mod positions;
pub mod quantities;
pub mod quotes;
mod taken;
pub mod times;
mod transliterate;

pub use crate::decimal::Decimal;
pub use article::{Article, Layers, Options};
pub use extraction::{
    Anchor, Calendar, DocumentInfo, Entity, Event, EventType, Extraction, LatinNameSource, Mention, Modality, Modifier,
    Notice, NoticeCode, Position, Quantity, QuantityKind, Quote, QuoteKind, Reason, Sentence, TextValue,
    TimeExpression, TimeType, Token, Zone, ZoneKind,
};

pub use crate::stop::Stop;
pub use taken::Taken;

use std::ops::Range;
use std::sync::Arc;

use crate::lexicon::verbs::VerbWords;
use crate::lexicon::{Hits, Lexicon, LexiconEntry};
use crate::text::{Span, Text, sentences};
use actors::Actors;
use bodies::Bodies;
use entities::Entities;
use numerals::Numerals;
use times::AbsoluteDate;

/// An article as the layers read it: its tokens, and what the lexicon knows of them.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The tokens.
    pub text: Text<'a>,
    /// Where entries of the lexicon stand.
    pub hits: Hits,
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Whether to go on. A layer that is asked to stop may give anything: nobody reads it.
    pub stop: Stop<'a>,
}

impl<'a> Reading<'a> {
    /// Reads `source` with `lexicon`.
    pub fn new(source: &'a str, lexicon: &'a Lexicon) -> Self {
        Self::unless(source, lexicon, Stop::never())
    }

    /// Reads `source` with `lexicon`; where it is asked to stop, not to the end.
    pub fn unless(source: &'a str, lexicon: &'a Lexicon, stop: Stop<'a>) -> Self {
        let text = Text::unless(source, lexicon.vocabulary(), stop);
        let hits = lexicon.hits_unless(&text, stop);
        Self { text, hits, lexicon, stop }
    }
}

/// The engine: a lexicon, ready to read articles. Cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self { lexicon: Arc::clone(Lexicon::builtin()) }
    }
}

impl Extractor {
    /// An engine with a lexicon of its own.
    pub fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon }
    }

    /// This engine with names and titles over its lexicon that its caller knows. Cost: linear in the entries; none without any.
    #[must_use]
    pub fn knowing(&self, entries: &[LexiconEntry]) -> Self {
        if entries.is_empty() {
            return self.clone();
        }
        // The entries of a request lie over tables, never over those of another request.
        let tables = self.lexicon.tables_alone().unwrap_or(&self.lexicon);
        Self { lexicon: Arc::new(Lexicon::over(tables, entries)) }
    }

    /// The lexicon in use.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one article. Cost: linear in its length.
    pub fn extract(&self, article: &Article<'_>, options: &Options) -> Extraction {
        self.extract_unless(article, options, Stop::never()).unwrap_or_default()
    }

    /// Reads one article, unless it is asked to stop: then it gives none, within a few milliseconds.
    pub fn extract_unless(&self, article: &Article<'_>, options: &Options, stop: Stop<'_>) -> Option<Extraction> {
        let go_on = || (!stop.asked()).then_some(());
        let wants = |layers| options.layers.intersects(layers);
        let reading = Reading::unless(article.text, &self.lexicon, stop);
        go_on()?;
        let sentences = sentences(&reading.text);
        let numerals = Numerals::read(&reading);
        go_on()?;
        let mut expressions = times::recognise(&reading, &numerals);
        go_on()?;
        let document = document::read(&reading, article, &sentences, &expressions);
        go_on()?;
        let mut extraction = Extraction::default();
        if wants(Layers::TOKENS) {
            let tokens = stop.unless_asked(0..reading.text.len());
            extraction.tokens = tokens.map(|i| extraction::Token::of(&reading.text, i)).collect();
            go_on()?;
        }
        if wants(Layers::SENTENCES) {
            extraction.sentences = document.sentences(&reading.text, &sentences);
            go_on()?;
        }
        // Page furniture tells nothing: what stands in it is left out of the layers above, and anchors nothing in them.
        let told = |span: Span| !document.is_boilerplate(reading.text.token_holding(span.begin));
        let taken = Taken::of(&reading.text, expressions.iter().map(|expression| expression.span));
        expressions.retain(|expression| told(expression.span));
        go_on()?;
        if wants(Layers::TIMES | Layers::EVENTS) {
            let anchors = times::Anchors {
                publish: article.publish_time.map(|time| time.to_zoned(article.time_zone.clone())),
                document: document.date.and_then(AbsoluteDate::day),
                zone: article.time_zone.clone(),
            };
            extraction.times = times::resolve(&expressions, &reading, &anchors);
            go_on()?;
        }
        if wants(Layers::QUANTITIES) {
            extraction.quantities = quantities::read(&reading, &numerals, &taken);
            extraction.quantities.retain(|quantity| told(quantity.span));
            go_on()?;
        }
        if wants(Layers::MENTIONS | Layers::POSITIONS | Layers::QUOTES | Layers::EVENTS) {
            let story: Vec<Range<usize>> =
                sentences.into_iter().filter(|sentence| !document.is_boilerplate(sentence.start)).collect();
            go_on()?;
            let named = names::read(&reading, &story);
            go_on()?;
            let entities = Entities::link(&reading, &named);
            go_on()?;
            let bodies = Bodies::read(&reading, &named, &entities);
            go_on()?;
            if wants(Layers::POSITIONS | Layers::QUOTES | Layers::EVENTS) {
                extraction.positions = positions::read(&reading, &named, &entities, &bodies);
                go_on()?;
            }
            if wants(Layers::QUOTES | Layers::EVENTS) {
                let actors = Actors::new(&reading, &named, &entities, &bodies, &extraction.positions);
                go_on()?;
                let verbs = VerbWords::unless(&reading.text, &self.lexicon, stop);
                go_on()?;
                let page = quotes::Page { sentences: &story, document: &document, times: &taken };
                extraction.quotes = quotes::read(&actors, &verbs, &page);
                go_on()?;
                if wants(Layers::EVENTS) {
                    extraction.events = events::read(events::Story {
                        actors: &actors,
                        verbs: &verbs,
                        times: &extraction.times,
                        quotes: &extraction.quotes,
                        sentences: &story,
                    });
                    go_on()?;
                }
            }
            extraction.mentions =
                named.iter().zip(&entities.of).map(|(named, &entity)| Mention::of(named, entity)).collect();
            extraction.entities = entities.entities;
        }
        extraction.notices = document.notices;
        // The zones are what sentences point into.
        if wants(Layers::DOCUMENT | Layers::SENTENCES) {
            extraction.document = document.info;
        }
        go_on()?;
        Some(extraction)
    }
}
