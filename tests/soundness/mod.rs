//! What holds of every extraction, whatever the text: the one list of it, for the properties of `tests/engine.rs` and for the fuzz
//! targets of `fuzz/`. Says what does not hold by panicking.
#![allow(
    dead_code,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "each test takes what it needs, and says what went wrong by panicking"
)]

#[cfg(feature = "service")]
pub mod answer;

use isnad::extract::{Extraction, TextValue};
use isnad::text::Span;
use jiff::Timestamp;

/// All that must hold of an extraction of `text`.
pub fn check(text: &str, found: &Extraction) {
    document(text, found);
    tokens(text, found);
    names(text, found);
    times(text, found);
    quantities(text, found);
    quotes(text, found);
    events(text, found);
}

/// A span of something found: not empty, inside the text, on its characters' boundaries.
fn sound(text: &str, span: Span) {
    assert!(span.begin < span.end, "{span:?} is empty");
    assert!(text.get(span.begin as usize..span.end as usize).is_some(), "{span:?} cuts no words of {text:?}");
}

fn sound_all(text: &str, spans: &[Span]) {
    for &span in spans {
        sound(text, span);
    }
}

/// Each is [`sound`], and they stand in order of where they begin, then end.
fn sorted(text: &str, spans: &[Span]) {
    sound_all(text, spans);
    for (before, after) in spans.iter().zip(spans.iter().skip(1)) {
        assert!((before.begin, before.end) <= (after.begin, after.end), "{after:?} stands after {before:?}");
    }
}

/// [`sorted`], and none shares a byte with the next.
fn apart(text: &str, spans: &[Span]) {
    sorted(text, spans);
    for (before, after) in spans.iter().zip(spans.iter().skip(1)) {
        assert!(before.end <= after.begin, "{before:?} runs into {after:?}");
    }
}

fn share(confidence: f32) {
    assert!((0.0..=1.0).contains(&confidence), "a confidence of {confidence}");
}

fn rule(rule: &str, layer: &str) {
    assert!(rule.starts_with(layer), "{rule:?} is no rule of {layer}");
}

fn value(text: &str, value: Option<&TextValue>) {
    if let Some(value) = value {
        sound(text, value.span);
        assert_eq!(value.span.of(text), value.text);
    }
}

fn document(text: &str, found: &Extraction) {
    let info = &found.document;
    // What tiles the text shares no letter with its neighbour.
    apart(text, &info.zones.iter().map(|zone| zone.span).collect::<Vec<_>>());
    apart(text, &found.sentences.iter().map(|sentence| sentence.span).collect::<Vec<_>>());
    // A title that the caller gave stands nowhere in the text.
    let title = info.title.as_ref().filter(|title| title.span != Span::new(0, 0));
    for part in [info.dateline_place.as_ref(), info.outlet.as_ref(), info.source.as_ref(), info.author.as_ref(), title]
    {
        value(text, part);
    }
    for sentence in &found.sentences {
        let zone = info.zones.get(sentence.zone);
        assert!(zone.is_some_and(|zone| zone.span.contains(sentence.span)), "{sentence:?} leaves its zone");
    }
}

fn tokens(text: &str, found: &Extraction) {
    apart(text, &found.tokens.iter().map(|token| token.span).collect::<Vec<_>>());
    for token in &found.tokens {
        apart(text, &token.clitics);
        assert!(token.clitics.iter().all(|&clitic| token.span.contains(clitic)), "{token:?}");
    }
}

fn names(text: &str, found: &Extraction) {
    let entity = |at: Option<usize>| assert!(at.is_none_or(|at| at < found.entities.len()), "no entity {at:?}");
    for mention in &found.mentions {
        sound(text, mention.span);
        entity(mention.entity);
        share(mention.confidence);
        rule(mention.reason.rule, "names.");
    }
    for named in &found.entities {
        sound(text, named.span);
        share(named.confidence);
        assert!(!named.name.is_empty() && !named.latin_name.contains('\n'), "{named:?}");
    }
    for position in &found.positions {
        sound(text, position.title);
        entity(position.person);
        entity(position.of);
        share(position.confidence);
        rule(position.rule, "positions.");
    }
}

fn times(text: &str, found: &Extraction) {
    apart(text, &found.times.iter().map(|time| time.span).collect::<Vec<_>>());
    for time in &found.times {
        assert!(!time.value.is_empty(), "{time:?}");
        share(time.confidence);
        rule(time.reason.rule, "times.");
        sound_all(text, &time.reason.words);
        let moment = |told: &str| -> Option<Timestamp> {
            let read = || told.parse().unwrap_or_else(|error| panic!("{told:?} in {time:?}: {error}"));
            (!told.is_empty()).then(read)
        };
        if let (Some(begin), Some(end)) = (moment(&time.begin_time), moment(&time.end_time)) {
            assert!(begin <= end, "{time:?} ends before it begins");
        }
    }
}

fn quantities(text: &str, found: &Extraction) {
    // They may share words: a sum and its ratio.
    sorted(text, &found.quantities.iter().map(|quantity| quantity.span).collect::<Vec<_>>());
    for quantity in &found.quantities {
        assert!(is_decimal(&quantity.value), "{:?} is no decimal", quantity.value);
        share(quantity.confidence);
        rule(quantity.reason.rule, "quantities.");
        value(text, quantity.of.as_ref());
        sound_all(text, &quantity.reason.words);
    }
}

fn quotes(text: &str, found: &Extraction) {
    sorted(text, &found.quotes.iter().map(|quote| quote.span).collect::<Vec<_>>());
    for quote in &found.quotes {
        share(quote.confidence);
        rule(quote.reason.rule, "quotes.");
        assert!(quote.speakers.iter().chain(&quote.sources).all(|&at| at < found.entities.len()), "{quote:?}");
        assert_eq!(quote.stance.is_some(), quote.cue.is_some(), "{quote:?}");
        value(text, quote.cue.as_ref());
        sound_all(text, quote.speaker.as_slice());
        sound_all(text, &quote.reason.words);
    }
}

fn events(text: &str, found: &Extraction) {
    sorted(text, &found.events.iter().map(|event| event.span).collect::<Vec<_>>());
    for event in &found.events {
        let sides = || event.actors.iter().chain(&event.recipients);
        assert_eq!(event.triggers.first(), Some(&event.span));
        sound_all(text, &event.triggers);
        assert!(sides().next().is_some(), "{event:?} has no side");
        assert!(sides().chain(&event.place).all(|&at| at < found.entities.len()), "{event:?}");
        assert!(event.time.is_none_or(|time| time < found.times.len()), "{event:?}");
        assert!(event.quote.is_none_or(|quote| quote < found.quotes.len()), "{event:?}");
        share(event.confidence);
        rule(event.rule, "events.");
    }
}

/// `-12.5`: what the contract calls a decimal string.
fn is_decimal(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let value = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    digits(whole) && digits(fraction)
}
