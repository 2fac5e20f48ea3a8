//! An answer for reading in a terminal: one block an article, one line a finding.

use std::fmt::Write;

use isnad::service::proto::{Event, ExtractResponse, Modality, Modifier, Quote, QuoteKind, Span, Stance, TextValue};

use super::input::Place;

/// The longest excerpt of the article in one line, in code points.
const EXCERPT: usize = 72;

/// The block of one article. Empty layers are left out.
pub(super) fn article(place: &Place, response: &ExtractResponse) -> String {
    let mut page = Page(String::new());
    let id = Some(&response.document_id).filter(|id| !id.is_empty() && *id != "-");
    page.line(format_args!("── {}", id.map_or_else(|| place.to_string(), Clone::clone)));
    if let Some(document) = &response.document {
        let fields = [
            ("title", &document.title),
            ("dateline", &document.dateline_place),
            ("outlet", &document.outlet),
            ("source", &document.source),
            ("author", &document.author),
        ];
        for (name, value) in fields {
            if let Some(TextValue { text, .. }) = value {
                page.line(format_args!("   {name:<11}{}", short(text)));
            }
        }
        for (name, text) in [("published", &document.published), ("language", &document.language)] {
            if !text.is_empty() {
                page.line(format_args!("   {name:<11}{text}"));
            }
        }
        for zone in &document.zones {
            let kind = short_name(zone.kind().as_str_name(), "ZONE_KIND_");
            page.line(format_args!("   {:<11}{kind:<14}{}", "zone", words(zone.span.as_ref())));
        }
    }
    for entity in &response.entities {
        let kind = short_name(entity.r#type().as_str_name(), "ENTITY_TYPE_");
        let mentions = response.mentions.iter().filter(|mention| mention.entity_id == entity.id).count();
        page.line(format_args!("   {kind:<11}{:<26}{} ×{mentions}", entity.latin_name, short(&entity.name)));
    }
    for position in &response.positions {
        let name = |id: &str| {
            let entity = response.entities.iter().find(|entity| entity.id == id);
            entity.map_or_else(|| "–".to_owned(), |entity| entity.latin_name.clone())
        };
        let former = if position.former { "former " } else { "" };
        let held = format!("{former}{} of {}", position.role, name(&position.of_entity_id));
        let words = words(position.title.as_ref());
        page.line(format_args!("   {:<11}{:<26}{held} ({words})", "office", name(&position.person_entity_id)));
    }
    for time in &response.times {
        let kind = short_name(time.r#type().as_str_name(), "TIME_TYPE_");
        let conflict = if time.weekday_conflict { ", another weekday" } else { "" };
        let value = format!("{}{}{conflict}", time.value, modifier(time.modifier()));
        page.line(format_args!("   {kind:<11}{value:<26}{}", words(time.span.as_ref())));
    }
    for quantity in &response.quantities {
        let kind = short_name(quantity.kind().as_str_name(), "QUANTITY_KIND_");
        let unit = if quantity.unit.is_empty() { String::new() } else { format!(" {}", quantity.unit) };
        let value = format!("{}{unit}{}", quantity.value, modifier(quantity.modifier()));
        let of = quantity.of.as_ref().map(|of| format!(" ({})", short(&of.text))).unwrap_or_default();
        page.line(format_args!("   {kind:<11}{value:<26}{}{of}", words(quantity.span.as_ref())));
    }
    for quote in &response.quotes {
        page.line(format_args!("   {:<11}{}", "said", aloud(quote, response)));
    }
    for event in &response.events {
        page.line(format_args!("{}", event_line(event, response)));
    }
    for token in &response.tokens {
        page.line(format_args!("   {:<11}{:<26}{}", token.kind, token.normalized, words(token.span.as_ref())));
    }
    if !response.sentences.is_empty() {
        page.line(format_args!("   {:<11}{}", "sentences", response.sentences.len()));
    }
    for notice in &response.notices {
        page.line(format_args!("   {:<11}{}", "notice", notice.text));
    }
    page.0
}

/// A quote as it is read aloud: who, by which word, what; and who carried it.
fn aloud(quote: &Quote, response: &ExtractResponse) -> String {
    let names = |ids: &[String]| {
        let found = ids.iter().filter_map(|id| response.entities.iter().find(|entity| entity.id == **id));
        found.map(|entity| entity.latin_name.as_str()).collect::<Vec<_>>().join(" and ")
    };
    let speaker = match (names(&quote.speaker_entity_ids), quote.speaker.as_ref()) {
        (names, _) if !names.is_empty() => names,
        (_, Some(unnamed)) => words(Some(unnamed)),
        _ => "–".to_owned(),
    };
    let does = match quote.stance() {
        Stance::Unspecified => "says".to_owned(),
        stance => short_name(stance.as_str_name(), "STANCE_"),
    };
    let (open, close) = if quote.kind() == QuoteKind::Direct { ("«", "»") } else { ("", "") };
    let sources = match names(&quote.source_entity_ids) {
        sources if sources.is_empty() => String::new(),
        sources => format!(" (through {sources})"),
    };
    format!("{speaker:<25} {does}: {open}{}{close}{sources}", words(quote.span.as_ref()))
}

/// An event in one line: what, who to whom, when, where, and the words that tell it.
fn event_line(event: &Event, response: &ExtractResponse) -> String {
    let names = |ids: &[String]| {
        let named = ids.iter().filter_map(|id| response.entities.iter().find(|entity| entity.id == *id));
        let names: Vec<&str> = named.map(|entity| entity.latin_name.as_str()).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let kind = short_name(event.r#type().as_str_name(), "EVENT_TYPE_");
    let who = format!("{} → {}", names(&event.actor_entity_ids), names(&event.recipient_entity_ids));
    let mut line = format!("   {kind:<11}{who:<26}");
    let time = event.time_index.and_then(|at| response.times.get(at as usize)).map(|time| time.value.as_str());
    let place = response.entities.iter().find(|entity| entity.id == event.place_entity_id);
    let place = place.map(|place| place.latin_name.as_str());
    let asserted = event.modality() == Modality::Asserted;
    let modality = Some(short_name(event.modality().as_str_name(), "MODALITY_")).filter(|_| !asserted);
    for detail in [modality.as_deref(), time, place].into_iter().flatten() {
        line.push(' ');
        line.push_str(detail);
    }
    let triggers: Vec<String> = event.triggers.iter().map(|trigger| short(&trigger.text)).collect();
    format!("{line} ({})", triggers.join(" | "))
}

struct Page(String);

impl Page {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{line}");
    }
}

fn short_name(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_ascii_lowercase().replace('_', " ")
}

fn modifier(modifier: Modifier) -> String {
    match modifier {
        Modifier::Unspecified => String::new(),
        other => format!(" ({})", short_name(other.as_str_name(), "MODIFIER_")),
    }
}

/// The words of a span, or, with `--omit-text`, where they stand.
fn words(span: Option<&Span>) -> String {
    match span {
        None => String::new(),
        Some(span) if span.text.is_empty() => format!("{}..{}", span.begin, span.end),
        Some(span) => short(&span.text),
    }
}

/// `text` on one line, cut where it is long. Characters that would steer the terminal are left out.
fn short(text: &str) -> String {
    let mut line = String::new();
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    match line.char_indices().nth(EXCERPT) {
        Some((cut, _)) => {
            line.truncate(cut);
            line.push('…');
            line
        }
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_steering_text_is_tamed() {
        assert_eq!(short("سطر\nوسطر\u{1b}[31m"), "سطر وسطر[31m"); // a line and a line, then ESCAPE and a colour
        assert_eq!(short(&"ا".repeat(100)).chars().count(), EXCERPT + 1);
    }
}
