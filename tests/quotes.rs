//! Who said what, from outside: sentences written for these tests, with every quote that each must give (`cases/quotes.tsv`).
//!
//! A case is a text (`⏎` stands for a line break) and its quotes, parted by `||`: kind | speakers (joined by +, `< who carried it`) | stance
//! | cue | words. The tagger of names is trained: a case that fails for a name that it lost is mended by another name.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds nothing has failed"
)]

use isnad::extract::{Article, Extraction, Extractor, Layers, Options, Quote, QuoteKind};

fn read(text: &str) -> Extraction {
    Extractor::default().extract(&Article::new(text), &Options::default())
}

/// Names of entities, joined.
fn names(found: &Extraction, entities: &[usize]) -> String {
    entities.iter().map(|&at| found.entities[at].name.as_str()).collect::<Vec<_>>().join("+")
}

/// The stance as the contract calls it, in lower case.
fn stance(quote: &Quote) -> String {
    let name = quote.stance.map(|stance| format!("{stance:?}")).unwrap_or_default();
    let parted =
        name.chars().enumerate().map(|(at, c)| if at > 0 && c.is_uppercase() { format!("_{c}") } else { c.into() });
    parted.collect::<String>().to_lowercase()
}

/// The quotes of a text in the form of the cases.
fn told(text: &str) -> String {
    let found = read(text);
    let quotes = found.quotes.iter().map(|quote| {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        };
        let sources = match names(&found, &quote.sources) {
            sources if sources.is_empty() => sources,
            sources => format!(" < {sources}"),
        };
        let cue = quote.cue.as_ref().map_or("", |cue| cue.text.as_str());
        let (speakers, words) = (names(&found, &quote.speakers), quote.span.of(text).replace('\n', "⏎"));
        format!("{kind} | {speakers}{sources} | {} | {cue} | {words}", stance(quote))
    });
    quotes.collect::<Vec<_>>().join(" || ")
}

#[test]
fn reads_the_cases() {
    let mut wrong = Vec::new();
    for line in include_str!("cases/quotes.tsv").lines().skip(1) {
        let (text, wanted) = line.split_once('\t').unwrap();
        let found = told(&text.replace('⏎', "\n"));
        if found != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  found  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_mark_of_the_news_is_a_mark() {
    let speech = "سنفتح الميناء قبل نهاية الصيف";
    for (open, close) in [("\"", "\""), ("“", "”"), ("”", "“"), ("„", "“"), ("«", "»"), ("''", "''"), ("‘‘", "’’")]
    {
        for colon in ["", ":"] {
            let text = format!("قال الوزير سالم الدليمي{colon} {open}{speech}{close}.");
            let found = read(&text);
            let quotes: Vec<&str> = found.quotes.iter().map(|quote| quote.span.of(&text)).collect();
            assert_eq!(quotes, [speech], "{text}");
            assert_eq!(found.quotes[0].kind, QuoteKind::Direct, "{text}");
        }
    }
}

#[test]
fn a_headline_quotes_nobody() {
    let text = "الدليمي: \"سنفتح الميناء قبل نهاية الصيف\"\n\n\
        زار وزير النقل سالم الدليمي الميناء الجديد يوم الثلاثاء، واستمع إلى العمال هناك.\n\
        وقال الدليمي إن العمل يسير كما خطط له.";
    let found = read(text);
    let quotes: Vec<&str> = found.quotes.iter().map(|quote| quote.span.of(text)).collect();
    assert_eq!(quotes, ["العمل يسير كما خطط له"]);
}

#[test]
fn the_layer_can_be_had_alone_or_left_out() {
    let text = "قال وزير النقل سالم الدليمي إن الميناء سيفتح أبوابه قريبا.";
    let of = |layers| Extractor::default().extract(&Article::new(text), &Options { layers });
    assert_eq!(of(Layers::QUOTES).quotes, read(text).quotes);
    assert_eq!(of(Layers::default() - Layers::QUOTES - Layers::EVENTS).quotes, []);
}
