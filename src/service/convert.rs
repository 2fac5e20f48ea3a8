//! Between the engine's terms and the contract's. The caller's offset unit is made here and nowhere else.
//!
//! Takes checked requests (see `check`); gives messages. Cost: linear in the answer, one pass over the text where the unit
//! is not UTF-8 bytes.

mod event;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::limits::{Limits, MAX_VIOLATIONS};
use super::proto;
use super::status::Refusal;
use crate::extract::{self, Article, Extraction, Layers, Stop};
use crate::lexicon::names::EntityType;
use crate::lexicon::reporting::Stance;
use crate::lexicon::{Lexicon, LexiconEntry};
use crate::text::fold::{Folds, Normalized};
use crate::text::{self, OffsetMap, OffsetUnit, TokenKind};

/// Layers of the contract with what the engine has for them. A layer of the contract that is missing here has not landed.
const LAYERS: [(proto::Layer, Layers); 9] = [
    (proto::Layer::Document, Layers::DOCUMENT),
    (proto::Layer::Sentences, Layers::SENTENCES.union(Layers::DOCUMENT)),
    (proto::Layer::Tokens, Layers::TOKENS),
    (proto::Layer::Mentions, Layers::MENTIONS.union(Layers::DOCUMENT)),
    (proto::Layer::Positions, Layers::POSITIONS.union(Layers::MENTIONS).union(Layers::DOCUMENT)),
    (proto::Layer::Times, Layers::TIMES.union(Layers::DOCUMENT)),
    (proto::Layer::Quantities, Layers::QUANTITIES.union(Layers::DOCUMENT)),
    (proto::Layer::Quotes, Layers::QUOTES.union(Layers::MENTIONS).union(Layers::DOCUMENT)),
    (
        proto::Layer::Events,
        Layers::EVENTS
            .union(Layers::QUOTES)
            .union(Layers::MENTIONS)
            .union(Layers::POSITIONS)
            .union(Layers::TIMES)
            .union(Layers::DOCUMENT),
    ),
];

/// The contract's folds with the engine's.
const FOLDS: [(proto::Fold, Folds); 13] = [
    (proto::Fold::Tatweel, Folds::TATWEEL),
    (proto::Fold::Diacritics, Folds::DIACRITICS),
    (proto::Fold::Alef, Folds::ALEF),
    (proto::Fold::AlefMaqsura, Folds::ALEF_MAQSURA),
    (proto::Fold::TehMarbuta, Folds::TEH_MARBUTA),
    (proto::Fold::HamzaSeats, Folds::HAMZA_SEATS),
    (proto::Fold::PresentationForms, Folds::PRESENTATION_FORMS),
    (proto::Fold::PersianLetters, Folds::PERSIAN_LETTERS),
    (proto::Fold::Digits, Folds::DIGITS),
    (proto::Fold::Punctuation, Folds::PUNCTUATION),
    (proto::Fold::Whitespace, Folds::WHITESPACE),
    (proto::Fold::BidiControls, Folds::BIDI_CONTROLS),
    (proto::Fold::Elongation, Folds::ELONGATION),
];

/// The layers that this build of the engine has.
pub(super) fn layers() -> impl Iterator<Item = proto::Layer> {
    LAYERS.into_iter().map(|(layer, _)| layer)
}

/// The folds that a checked request asks for.
pub(super) fn folds(request: &proto::NormalizeRequest) -> Folds {
    if request.folds.is_empty() {
        return match request.profile() {
            proto::NormalizeProfile::Display => Folds::DISPLAY,
            proto::NormalizeProfile::Search => Folds::SEARCH,
            proto::NormalizeProfile::Match | proto::NormalizeProfile::Unspecified => Folds::MATCH,
        };
    }
    let wanted = |fold: proto::Fold| FOLDS.iter().find(|(theirs, _)| *theirs == fold).map(|&(_, ours)| ours);
    request.folds().filter_map(wanted).fold(Folds::empty(), Folds::union)
}

/// The unit that a request asks for; bytes where it says nothing.
fn unit(unit: proto::OffsetUnit) -> (OffsetUnit, proto::OffsetUnit) {
    match unit {
        proto::OffsetUnit::Utf16CodeUnit => (OffsetUnit::Utf16CodeUnit, unit),
        proto::OffsetUnit::UnicodeCodePoint => (OffsetUnit::UnicodeCodePoint, unit),
        proto::OffsetUnit::Utf8Byte | proto::OffsetUnit::Unspecified => {
            (OffsetUnit::Utf8Byte, proto::OffsetUnit::Utf8Byte)
        }
    }
}

/// What a request asks the engine for, and what it asks for in vain.
pub(super) struct Wanted {
    /// The layers of the engine, each with those that it is built on.
    pub layers: Layers,
    /// The layers that have not landed.
    pub missing: Vec<proto::Layer>,
}

/// The layers that a checked request asks for.
pub(super) fn wanted(request: &proto::ExtractRequest) -> Wanted {
    if request.layers.is_empty() {
        return Wanted { layers: Layers::default(), missing: Vec::new() };
    }
    let mut wanted = Wanted { layers: Layers::empty(), missing: Vec::new() };
    for layer in request.layers() {
        match LAYERS.iter().find(|(theirs, _)| *theirs == layer) {
            Some(&(_, ours)) => wanted.layers |= ours,
            None if wanted.missing.contains(&layer) => {}
            None => wanted.missing.push(layer),
        }
    }
    wanted
}

/// The article of a checked request.
///
/// # Errors
/// [`Refusal::Invalid`] for a time or a zone that cannot be; `check` has named them before.
pub(super) fn article(document: &proto::Document) -> Result<Article<'_>, Refusal> {
    let publish_time = match document.publish_time {
        None => None,
        Some(time) => Some(
            Timestamp::new(time.seconds, time.nanos)
                .map_err(|_| Refusal::field("document.publish_time", "must lie in the years 1 to 9999"))?,
        ),
    };
    let time_zone = match document.time_zone.as_str() {
        "" => TimeZone::UTC,
        name => TimeZone::get(name).map_err(|_| Refusal::field("document.time_zone", "must be an IANA name"))?,
    };
    let title = Some(document.title.as_str()).filter(|title| !title.trim().is_empty());
    Ok(Article { text: &document.text, title, publish_time, time_zone })
}

/// The names and titles that a checked request brings.
pub(super) fn entries(request: &proto::ExtractRequest) -> Vec<LexiconEntry> {
    let entries = request.options.iter().flat_map(|options| &options.lexicon);
    let entry = |entry: &proto::LexiconEntry| {
        Some(LexiconEntry {
            text: entry.text.clone(),
            kind: entity_type_of(entry.r#type())?,
            aliases: entry.aliases.clone(),
            latin_name: entry.latin_name.clone(),
            country_code: entry.country_code.clone(),
            role: entry.role.clone(),
        })
    };
    entries.filter_map(entry).collect()
}

/// What answers: the engine's version and the lexicon's.
pub(super) fn engine(lexicon: &Lexicon) -> proto::Engine {
    proto::Engine { version: env!("CARGO_PKG_VERSION").into(), lexicon_version: format!("{:016x}", lexicon.version()) }
}

/// What this server is.
pub(super) fn describe(limits: &Limits, lexicon: &Lexicon) -> proto::DescribeResponse {
    let mut tables: Vec<_> = lexicon
        .tables()
        .iter()
        .map(|table| proto::LexiconTable {
            name: table.name.strip_suffix(".tsv").unwrap_or(&table.name).into(),
            rows: table.rows as u32,
        })
        .collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    proto::DescribeResponse {
        engine: Some(engine(lexicon)),
        layers: layers().map(i32::from).collect(),
        limits: Some(proto::Limits {
            max_text_bytes: limits.max_text_bytes as u32,
            max_lexicon_entries: limits.max_lexicon_entries as u32,
            max_in_flight: limits.max_in_flight as u32,
            max_message_bytes: limits.max_message_bytes() as u32,
            max_stream_ahead: limits.max_stream_ahead as u32,
        }),
        lexicon: tables,
    }
}

/// The answer to `request`, from what the engine found; where it is asked to stop, not the whole of it.
pub(super) fn answer(
    request: &proto::ExtractRequest,
    wanted: &Wanted,
    found: Extraction,
    lexicon: &Lexicon,
    stop: Stop<'_>,
) -> proto::ExtractResponse {
    let document = request.document.as_ref();
    let text = document.map_or("", |document| document.text.as_str());
    let (ours, theirs) = unit(request.offset_unit());
    let options = request.options.as_ref();
    let writer = Writer {
        text,
        offsets: OffsetMap::new(text, ours),
        omit_text: options.is_some_and(|options| options.omit_text),
        explain: options.is_some_and(|options| options.explain),
        lexicon,
        stop,
    };
    let mut notices: Vec<_> = found.notices.into_iter().map(notice).collect();
    notices.extend(wanted.missing.iter().map(|layer| proto::Notice {
        code: proto::NoticeCode::LayerUnavailable.into(),
        text: format!("{} has not landed in this version; Describe lists the layers that have", layer.as_str_name()),
    }));
    // Faults of a lexicon that serves are entries of the request: tables with faults are not laid.
    notices.extend(lexicon.faults().iter().take(MAX_VIOLATIONS).map(|fault| proto::Notice {
        code: proto::NoticeCode::LexiconUnused.into(),
        text: format!("options.lexicon[{}].{}", fault.line, fault.message),
    }));
    let has = |layer| wanted.layers.contains(layer);
    proto::ExtractResponse {
        document_id: document.map(|document| document.id.clone()).unwrap_or_default(),
        source_uri: document.map(|document| document.source_uri.clone()).unwrap_or_default(),
        offset_unit: theirs.into(),
        document: has(Layers::DOCUMENT).then(|| writer.document(found.document)),
        sentences: writer.list(has(Layers::SENTENCES), found.sentences, Writer::sentence),
        tokens: writer.list(has(Layers::TOKENS), found.tokens, Writer::token),
        entities: writer.list(has(Layers::MENTIONS), found.entities.into_iter().enumerate().collect(), Writer::entity),
        mentions: writer.list(has(Layers::MENTIONS), found.mentions, Writer::mention),
        positions: writer.list(has(Layers::POSITIONS), found.positions, Writer::position),
        times: writer.list(has(Layers::TIMES), found.times, Writer::time),
        quantities: writer.list(has(Layers::QUANTITIES), found.quantities, Writer::quantity),
        quotes: writer.list(has(Layers::QUOTES), found.quotes, Writer::quote),
        events: writer.list(has(Layers::EVENTS), found.events, Writer::event),
        notices,
        engine: Some(engine(lexicon)),
    }
}

/// The answer to `request`, from the folded text.
pub(super) fn normalized(request: &proto::NormalizeRequest, folded: Normalized) -> proto::NormalizeResponse {
    let (ours, theirs) = unit(request.offset_unit());
    let before = OffsetMap::new(&request.text, ours);
    let after = OffsetMap::new(&folded.text, ours);
    let edits = folded.edits.iter().map(|edit| {
        let (begin, end) = before.range(edit.original);
        let original = proto::Span { begin, end, text: edit.original.of(&request.text).into() };
        let there = text::Span::new(edit.normalized.begin, edit.normalized.end);
        let (begin, end) = after.range(there);
        let normalized = proto::Span { begin, end, text: there.of(&folded.text).into() };
        let fold = FOLDS.iter().find(|(_, ours)| edit.fold.intersects(*ours));
        let fold = fold.map_or(proto::Fold::Unspecified, |&(theirs, _)| theirs);
        proto::Edit { original: Some(original), normalized: Some(normalized), fold: fold.into() }
    });
    let edits = edits.collect();
    proto::NormalizeResponse { text: folded.text, edits, offset_unit: theirs.into() }
}

/// Writes findings of one article in the caller's unit.
struct Writer<'a> {
    text: &'a str,
    offsets: OffsetMap<'a>,
    omit_text: bool,
    explain: bool,
    lexicon: &'a Lexicon,
    stop: Stop<'a>,
}

impl Writer<'_> {
    fn list<T, M>(&self, wanted: bool, found: Vec<T>, write: fn(&Self, T) -> M) -> Vec<M> {
        if !wanted {
            return Vec::new();
        }
        // As many as were found: what is left unwritten is thrown away with all of it.
        let mut written = Vec::with_capacity(found.len());
        written.extend(self.stop.unless_asked(found).map(|item| write(self, item)));
        written
    }

    fn span(&self, span: text::Span) -> proto::Span {
        let (begin, end) = self.offsets.range(span);
        let text = if self.omit_text { String::new() } else { span.of(self.text).into() };
        proto::Span { begin, end, text }
    }

    fn value(&self, value: extract::TextValue) -> proto::TextValue {
        // An empty span: the value came with the request.
        let span = (!value.span.is_empty()).then(|| self.span(value.span));
        proto::TextValue { span, text: value.text }
    }

    fn reason(&self, reason: &extract::Reason) -> Option<proto::Reason> {
        self.explain.then(|| proto::Reason {
            rule: reason.rule.into(),
            lexicon_entry: reason.entry.map(|entry| self.lexicon.origin(entry)).unwrap_or_default(),
            words: reason.words.iter().map(|&words| self.span(words)).collect(),
        })
    }

    /// The reason of what no rule chooses between.
    fn plain_reason(&self, rule: &str) -> Option<proto::Reason> {
        self.explain.then(|| proto::Reason { rule: rule.into(), ..proto::Reason::default() })
    }

    fn document(&self, found: extract::DocumentInfo) -> proto::DocumentInfo {
        let value = |value: Option<extract::TextValue>| value.map(|value| self.value(value));
        proto::DocumentInfo {
            title: value(found.title),
            dateline_place: value(found.dateline_place),
            outlet: value(found.outlet),
            source: value(found.source),
            author: value(found.author),
            published: found.published,
            language: found.language,
            zones: found.zones.into_iter().map(|zone| self.zone(zone)).collect(),
        }
    }

    fn zone(&self, zone: extract::Zone) -> proto::Zone {
        let kind = match zone.kind {
            extract::ZoneKind::Title => proto::ZoneKind::Title,
            extract::ZoneKind::Dateline => proto::ZoneKind::Dateline,
            extract::ZoneKind::Body => proto::ZoneKind::Body,
            extract::ZoneKind::Subhead => proto::ZoneKind::Subhead,
            extract::ZoneKind::Boilerplate => proto::ZoneKind::Boilerplate,
            extract::ZoneKind::SourceCredit => proto::ZoneKind::SourceCredit,
        };
        proto::Zone { span: Some(self.span(zone.span)), kind: kind.into() }
    }

    fn sentence(&self, sentence: extract::Sentence) -> proto::Sentence {
        proto::Sentence {
            span: Some(self.span(sentence.span)),
            zone: Some(sentence.zone as u32),
            confidence: 1.0,
            reason: self.plain_reason("sentences.boundary"),
        }
    }

    fn token(&self, token: extract::Token) -> proto::Token {
        let kind = match token.kind {
            TokenKind::Arabic => "arabic",
            TokenKind::Foreign => "foreign",
            TokenKind::Number => "number",
            TokenKind::Punctuation => "punctuation",
            TokenKind::Symbol => "symbol",
        };
        proto::Token {
            span: Some(self.span(token.span)),
            normalized: token.normalized,
            clitics: token.clitics.iter().map(|&clitic| self.span(clitic)).collect(),
            kind: kind.into(),
            confidence: 1.0,
            reason: self.plain_reason("tokens.token"),
        }
    }

    fn entity(&self, (number, entity): (usize, extract::Entity)) -> proto::Entity {
        let source = match entity.latin_name_source {
            extract::LatinNameSource::Lexicon => "lexicon",
            extract::LatinNameSource::Request => "request",
            extract::LatinNameSource::NameParts => "name_parts",
            extract::LatinNameSource::Transliteration => "transliteration",
        };
        proto::Entity {
            span: Some(self.span(entity.span)),
            confidence: entity.confidence,
            reason: self.plain_reason("entities.link"),
            id: entity_id(number),
            r#type: entity_type(entity.kind).into(),
            name: entity.name,
            latin_name: entity.latin_name,
            latin_name_source: source.into(),
            country_code: entity.country_code,
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "every writer of an item has one signature")]
    fn mention(&self, mention: extract::Mention) -> proto::Mention {
        proto::Mention {
            span: Some(self.span(mention.span)),
            confidence: mention.confidence,
            reason: self.reason(&mention.reason),
            r#type: entity_type(mention.kind).into(),
            entity_id: mention.entity.map(entity_id).unwrap_or_default(),
        }
    }

    fn position(&self, position: extract::Position) -> proto::Position {
        proto::Position {
            span: Some(self.span(position.title)),
            confidence: position.confidence,
            reason: self.reason(&extract::Reason { rule: position.rule, entry: position.entry, words: Vec::new() }),
            title: Some(self.span(position.title)),
            person_entity_id: position.person.map(entity_id).unwrap_or_default(),
            of_entity_id: position.of.map(entity_id).unwrap_or_default(),
            role: position.role,
            former: position.former,
            acting: position.acting,
        }
    }

    fn time(&self, time: extract::TimeExpression) -> proto::TimeExpression {
        let kind = match time.kind {
            extract::TimeType::Date => proto::TimeType::Date,
            extract::TimeType::Time => proto::TimeType::Time,
            extract::TimeType::Duration => proto::TimeType::Duration,
            extract::TimeType::Set => proto::TimeType::Set,
        };
        let calendar = match time.calendar {
            extract::Calendar::Gregorian => proto::Calendar::Gregorian,
            extract::Calendar::Hijri => proto::Calendar::Hijri,
        };
        let anchor = match time.anchor {
            extract::Anchor::Explicit => proto::Anchor::Explicit,
            extract::Anchor::PublishTime => proto::Anchor::PublishTime,
            extract::Anchor::DocumentDate => proto::Anchor::DocumentDate,
            extract::Anchor::Text => proto::Anchor::Text,
            extract::Anchor::None => proto::Anchor::None,
        };
        proto::TimeExpression {
            span: Some(self.span(time.span)),
            confidence: time.confidence,
            reason: self.reason(&time.reason),
            r#type: kind.into(),
            value: time.value,
            begin_time: time.begin_time,
            end_time: time.end_time,
            calendar: calendar.into(),
            anchor: anchor.into(),
            modifier: modifier(time.modifier).into(),
            weekday_conflict: time.weekday_conflict,
        }
    }

    fn quantity(&self, quantity: extract::Quantity) -> proto::Quantity {
        let kind = match quantity.kind {
            extract::QuantityKind::Cardinal => proto::QuantityKind::Cardinal,
            extract::QuantityKind::Ordinal => proto::QuantityKind::Ordinal,
            extract::QuantityKind::Percent => proto::QuantityKind::Percent,
            extract::QuantityKind::Money => proto::QuantityKind::Money,
            extract::QuantityKind::Measure => proto::QuantityKind::Measure,
        };
        proto::Quantity {
            span: Some(self.span(quantity.span)),
            confidence: quantity.confidence,
            reason: self.reason(&quantity.reason),
            kind: kind.into(),
            value: quantity.value,
            unit: quantity.unit,
            of: quantity.of.map(|of| self.value(of)),
            modifier: modifier(quantity.modifier).into(),
        }
    }

    fn quote(&self, quote: extract::Quote) -> proto::Quote {
        let kind = match quote.kind {
            extract::QuoteKind::Direct => proto::QuoteKind::Direct,
            extract::QuoteKind::Indirect => proto::QuoteKind::Indirect,
            extract::QuoteKind::Mixed => proto::QuoteKind::Mixed,
        };
        proto::Quote {
            span: Some(self.span(quote.span)),
            confidence: quote.confidence,
            reason: self.reason(&quote.reason),
            kind: kind.into(),
            cue: quote.cue.map(|cue| self.value(cue)),
            speaker: quote.speaker.map(|speaker| self.span(speaker)),
            speaker_entity_ids: quote.speakers.into_iter().map(entity_id).collect(),
            source_entity_ids: quote.sources.into_iter().map(entity_id).collect(),
            stance: stance(quote.stance).into(),
        }
    }
}

/// The name of an entity inside one answer.
fn entity_id(number: usize) -> String {
    format!("e{}", number + 1)
}

fn entity_type(kind: EntityType) -> proto::EntityType {
    match kind {
        EntityType::Pers => proto::EntityType::Pers,
        EntityType::Gpe => proto::EntityType::Gpe,
        EntityType::Loc => proto::EntityType::Loc,
        EntityType::Fac => proto::EntityType::Fac,
        EntityType::Org => proto::EntityType::Org,
        EntityType::Norp => proto::EntityType::Norp,
        EntityType::Occ => proto::EntityType::Occ,
        EntityType::Law => proto::EntityType::Law,
        EntityType::Event => proto::EntityType::Event,
        EntityType::Product => proto::EntityType::Product,
    }
}

/// The engine's type; none for the one that means nothing, which `check` has refused.
fn entity_type_of(kind: proto::EntityType) -> Option<EntityType> {
    Some(match kind {
        proto::EntityType::Unspecified => return None,
        proto::EntityType::Pers => EntityType::Pers,
        proto::EntityType::Gpe => EntityType::Gpe,
        proto::EntityType::Loc => EntityType::Loc,
        proto::EntityType::Fac => EntityType::Fac,
        proto::EntityType::Org => EntityType::Org,
        proto::EntityType::Norp => EntityType::Norp,
        proto::EntityType::Occ => EntityType::Occ,
        proto::EntityType::Law => EntityType::Law,
        proto::EntityType::Event => EntityType::Event,
        proto::EntityType::Product => EntityType::Product,
    })
}

fn stance(stance: Option<Stance>) -> proto::Stance {
    match stance {
        None => proto::Stance::Unspecified,
        Some(Stance::Says) => proto::Stance::Says,
        Some(Stance::Asserts) => proto::Stance::Asserts,
        Some(Stance::Denies) => proto::Stance::Denies,
        Some(Stance::Accuses) => proto::Stance::Accuses,
        Some(Stance::Praises) => proto::Stance::Praises,
        Some(Stance::Warns) => proto::Stance::Warns,
        Some(Stance::Promises) => proto::Stance::Promises,
        Some(Stance::CallsFor) => proto::Stance::CallsFor,
    }
}

fn modifier(modifier: Option<extract::Modifier>) -> proto::Modifier {
    match modifier {
        None => proto::Modifier::Unspecified,
        Some(extract::Modifier::Approx) => proto::Modifier::Approx,
        Some(extract::Modifier::Start) => proto::Modifier::Start,
        Some(extract::Modifier::Mid) => proto::Modifier::Mid,
        Some(extract::Modifier::End) => proto::Modifier::End,
        Some(extract::Modifier::Before) => proto::Modifier::Before,
        Some(extract::Modifier::After) => proto::Modifier::After,
        Some(extract::Modifier::MoreThan) => proto::Modifier::MoreThan,
        Some(extract::Modifier::LessThan) => proto::Modifier::LessThan,
    }
}

fn notice(notice: extract::Notice) -> proto::Notice {
    let code = match notice.code {
        extract::NoticeCode::NotArabic => proto::NoticeCode::NotArabic,
        extract::NoticeCode::PublishTimeUnknown => proto::NoticeCode::PublishTimeUnknown,
        extract::NoticeCode::TooShort => proto::NoticeCode::TooShort,
    };
    proto::Notice { code: code.into(), text: notice.text }
}
