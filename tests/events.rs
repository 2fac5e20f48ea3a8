//! Who did what to whom, from outside: sentences written for these tests, with every event that each must give (`cases/events.tsv`).
//!
//! A case is a text (`⏎` stands for a line break) and its events, parted by `||`: type | modality | actors > recipients (joined by +) |
//! triggers (joined by +). The tagger of names is trained: a case that fails for a name that it lost is mended by another name.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds nothing has failed"
)]

use isnad::extract::{Article, Extraction, Extractor, Layers, Options};
use isnad::lexicon::Lexicon;

fn read(text: &str) -> Extraction {
    Extractor::default().extract(&Article::new(text), &Options::default())
}

/// Names of entities, joined.
fn names(found: &Extraction, entities: &[usize]) -> String {
    entities.iter().map(|&at| found.entities[at].name.as_str()).collect::<Vec<_>>().join("+")
}

/// The events of a text in the form of the cases.
fn told(text: &str) -> String {
    let found = read(text);
    let events = found.events.iter().map(|event| {
        let kind = format!("{:?} | {:?}", event.kind, event.modality).to_lowercase();
        let (actors, recipients) = (names(&found, &event.actors), names(&found, &event.recipients));
        let triggers: Vec<&str> = event.triggers.iter().map(|trigger| trigger.of(text)).collect();
        format!("{kind} | {actors} > {recipients} | {}", triggers.join("+"))
    });
    events.collect::<Vec<_>>().join(" || ")
}

#[test]
fn reads_the_cases() {
    let mut wrong = Vec::new();
    for line in include_str!("cases/events.tsv").lines().skip(1) {
        let (text, wanted) = line.split_once('\t').unwrap();
        let found = told(&text.replace('⏎', "\n"));
        if found != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  found  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn time_place_and_quote_are_pointed_at() {
    let text = "التقى وزير الخارجية العراقي فؤاد حسين في بغداد يوم 14 مايو 2024 نظيره الروسي سيرغي لافروف.\n\
        وقال لافروف: \"ندعو العراق إلى زيارة موسكو\".";
    let found = read(text);
    let meeting = &found.events[0];
    assert_eq!(found.times[meeting.time.unwrap()].value, "2024-05-14");
    assert_eq!(found.entities[meeting.place.unwrap()].name, "بغداد");
    assert_eq!(meeting.quote, None);
    let asked = found.events.iter().find(|event| event.quote.is_some()).unwrap();
    assert_eq!(found.quotes[asked.quote.unwrap()].span.of(text), "ندعو العراق إلى زيارة موسكو");
}

#[test]
fn the_layer_can_be_had_alone_or_left_out() {
    let text = "التقى وزير الخارجية العراقي فؤاد حسين نظيره الروسي سيرغي لافروف.";
    let of = |layers| Extractor::default().extract(&Article::new(text), &Options { layers });
    assert_eq!(of(Layers::EVENTS).events, read(text).events);
    assert_eq!(of(Layers::default() - Layers::EVENTS).events, []);
}

#[test]
fn every_trigger_has_a_code() {
    for trigger in Lexicon::builtin().events().all() {
        let code = &trigger.cameo;
        assert!((2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()), "{trigger:?}");
    }
}
