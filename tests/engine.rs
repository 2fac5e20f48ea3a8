//! Properties of the whole engine: what holds of every extraction, whatever the text.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by panicking; clippy.toml covers test functions only, not their helpers"
)]

mod soundness;

use std::sync::atomic::{AtomicBool, Ordering};

use isnad::extract::{Article, Extraction, Extractor, Layers, Options, Stop};
use isnad::lexicon::LexiconEntry;
use isnad::lexicon::names::EntityType;
use isnad::text::{OffsetMap, OffsetUnit};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use soundness::check;

/// What pages of news are made of, true to life and torn: each layer finds some of it.
const PIECES: &[&str] = &[
    "قال",
    "وأكد أن",
    "مشيرا إلى",
    "قالت وزارة الخارجية في بيان إن",
    "سيرغي لافروف",
    "الجانبان",
    "بحسب البيان،",
    "نقلت وكالة رويترز عن",
    "قوله:",
    "الوزير",
    "وبالعراق",
    "اليوم",
    "أمس",
    "الثلاثاء",
    "14 مايو/أيار 2024",
    "كانون الثاني",
    "رمضان 1446",
    "من ذلك العام",
    "صيف عام 2014",
    "الأسبوع الماضي",
    "الساعة 11:30",
    "بتوقيت غرينتش",
    "ثمانية عشر",
    "نحو 4 آلاف",
    "مليون دولار",
    "٣٥٪",
    "1,250.5",
    "الثالثة",
    "14 كيلومترا",
    "القرار رقم (118)",
    "بغداد -",
    "(CNN) --",
    "المصدر: رويترز",
    "شارك عبر فيسبوك",
    "اقرأ أيضا:",
    "(تصوير: سالم)",
    "بقلم",
    "\u{AB}نعم\u{BB}",
    "\u{201C}",
    "\u{201D}",
    "''",
    "\"",
    ".",
    "؟",
    "\n",
    "\r\n\n",
    "\u{200F}",              // right-to-left mark
    "\u{202B}",              // right-to-left embedding
    "\u{640}\u{640}",        // tatweel
    "\u{64B}\u{651}\u{670}", // tanwin, shadda, superscript alef
    "\u{FEFB}",              // the ligature of lam and alef
    "\u{1F600}",
    "e\u{301}",
];

/// Pieces in any order, with spaces or glued, with strays between them.
fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "[0-9\u{660}-\u{669}]{1,6}",
        1 => "[\u{600}-\u{6FF}]{1,8}",
        1 => "(?s).{0,4}",
    ];
    (prop::collection::vec(piece, 0..60), prop::bool::weighted(0.2))
        .prop_map(|(pieces, glued)| pieces.join(if glued { "" } else { " " }))
}

/// Any text at all, or one that looks like a page.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => page(), 1 => "(?s).{0,200}", 1 => "[\u{600}-\u{6FF} \n]{0,200}"]
}

fn read(article: &Article<'_>) -> Extraction {
    Extractor::default().extract(article, &Options { layers: Layers::all() })
}

/// Names and titles of a request: words of the article or anything at all, of any type.
fn entries() -> impl Strategy<Value = Vec<(String, usize)>> {
    let words =
        prop_oneof![3 => "[\u{627}-\u{64A}]{1,5}( [\u{627}-\u{64A}]{1,5}){0,3}", 1 => "(?s).{0,60}", 1 => page()];
    proptest::collection::vec((words, 0..KINDS.len()), 0..12)
}

const KINDS: [EntityType; 5] = [EntityType::Pers, EntityType::Gpe, EntityType::Org, EntityType::Norp, EntityType::Occ];

fn entry(text: &str, kind: EntityType) -> LexiconEntry {
    let (latin_name, country_code, role) = (String::new(), String::new(), String::new());
    LexiconEntry { text: text.to_owned(), kind, aliases: vec![text.to_owned()], latin_name, country_code, role }
}

#[test]
fn an_engine_that_is_asked_to_stop_stops() {
    let text = "قال الوزير في بغداد أمس إن 14 دولة وافقت. ".repeat(4000); // the minister said yesterday ...
    let (engine, article) = (Extractor::default(), Article::new(&text));
    let flag = AtomicBool::new(true);
    let options = Options { layers: Layers::all() };
    assert_eq!(engine.extract_unless(&article, &options, Stop::when(&flag)), None);
    flag.store(false, Ordering::Relaxed);
    let whole = engine.extract_unless(&article, &options, Stop::when(&flag));
    assert_eq!(whole, Some(engine.extract(&article, &options)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// Spans are sound, lists in order, zones apart, intervals begin before they end.
    #[test]
    fn any_text_gives_a_sound_extraction(text in any_text()) {
        check(&text, &read(&Article::new(&text)));
    }

    /// The same with all that a caller can know of the article, at the ends of the calendar too.
    #[test]
    fn any_publish_time_gives_a_sound_extraction(
        text in page(),
        seconds in prop_oneof![
            Just(Timestamp::MIN.as_second()),
            Just(Timestamp::MAX.as_second()),
            Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
            0i64..2_000_000_000,
        ],
        zone in prop::sample::select(vec!["UTC", "Asia/Baghdad", "America/New_York", "Pacific/Kiritimati"]),
    ) {
        let article = Article {
            text: &text,
            title: None,
            publish_time: Some(Timestamp::from_second(seconds).unwrap()),
            time_zone: TimeZone::get(zone).unwrap(),
        };
        check(&text, &read(&article));
    }

    /// The same with names and titles of the request's own, some of them words of the text.
    #[test]
    fn any_entries_give_a_sound_extraction(text in any_text(), entries in entries()) {
        let of_text = text.split_whitespace().step_by(3).take(8).map(str::to_owned).enumerate();
        let of_text = of_text.map(|(place, word)| (word, place % KINDS.len()));
        let entries: Vec<LexiconEntry> =
            entries.into_iter().chain(of_text).map(|(text, kind)| entry(&text, KINDS[kind])).collect();
        let engine = Extractor::default().knowing(&entries);
        let found = engine.extract(&Article::new(&text), &Options { layers: Layers::all() });
        check(&text, &found);
        for mention in &found.mentions {
            let entry = mention.reason.entry.map(|entry| engine.lexicon().origin(entry));
            prop_assert!(entry.is_none_or(|entry| entry.starts_with("request:") || entry.contains(".tsv:")));
        }
        for fault in engine.lexicon().faults() {
            prop_assert!(fault.line < entries.len());
        }
    }

    /// The same article gives the same extraction, in this process and wherever its bytes lie.
    #[test]
    fn the_same_article_reads_the_same(text in any_text()) {
        let again = text.clone();
        prop_assert_eq!(read(&Article::new(&text)), read(&Article::new(&again)));
    }

    /// Asking for one layer gives that layer as it stands among all.
    #[test]
    fn a_layer_is_the_same_alone(text in page()) {
        let all = read(&Article::new(&text));
        let alone = |layers| Extractor::default().extract(&Article::new(&text), &Options { layers });
        prop_assert_eq!(&alone(Layers::TIMES).times, &all.times);
        prop_assert_eq!(&alone(Layers::QUANTITIES).quantities, &all.quantities);
        prop_assert_eq!(&alone(Layers::QUOTES).quotes, &all.quotes);
        prop_assert_eq!(&alone(Layers::EVENTS).events, &all.events);
        prop_assert_eq!(&alone(Layers::TOKENS).tokens, &all.tokens);
        prop_assert_eq!(&alone(Layers::DOCUMENT).document, &all.document);
        let sentences = alone(Layers::SENTENCES);
        prop_assert_eq!(&sentences.sentences, &all.sentences);
        prop_assert_eq!(&sentences.document.zones, &all.document.zones);
    }

    /// In all three units the offsets cut the same words.
    #[test]
    fn every_unit_cuts_the_same_words(text in any_text()) {
        let found = read(&Article::new(&text));
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let points: Vec<char> = text.chars().collect();
        let to_utf16 = OffsetMap::new(&text, OffsetUnit::Utf16CodeUnit);
        let to_points = OffsetMap::new(&text, OffsetUnit::UnicodeCodePoint);
        let zones = found.document.zones.iter().map(|zone| zone.span);
        let tokens = found.tokens.iter().map(|token| token.span);
        for span in zones.chain(tokens).chain(found.times.iter().map(|time| time.span)) {
            let words = span.of(&text);
            let (begin, end) = to_utf16.range(span);
            prop_assert_eq!(String::from_utf16(&utf16[begin as usize..end as usize]).unwrap(), words);
            let (begin, end) = to_points.range(span);
            prop_assert_eq!(points[begin as usize..end as usize].iter().collect::<String>(), words);
        }
    }
}

/// What the properties found once.
#[test]
fn faults_of_the_past_stay_mended() {
    // The ligature of lam and alef: ل cannot be cut off it.
    let text = "\u{FEFB}من ذلك العام";
    check(text, &read(&Article::new(text)));
    // A second date that lies before the first ends no stretch.
    let text = "14/5/2024 - 25/11/2020";
    check(text, &read(&Article::new(text)));
    // "Yesterday" and "tomorrow" at the ends of the calendar.
    for at in [Timestamp::MIN, Timestamp::MAX] {
        let text = "قال أمس وغدا إن العام الماضي كان خيرا من العام المقبل.";
        check(text, &read(&Article { publish_time: Some(at), ..Article::new(text) }));
    }
}

/// The contract's own answer: `text[begin:end]` in the unit asked for is `span.text`.
#[cfg(feature = "service")]
mod service {
    use super::*;
    use isnad::service::proto::{self, Document, ExtractRequest};
    use isnad::service::{Limits, Reader};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn every_answer_cuts_the_words_that_it_shows(text in page().prop_filter("an article", |text| !text.trim().is_empty())) {
            let reader = Reader::new(Limits::default());
            let mut shown = Vec::new();
            for unit in [proto::OffsetUnit::Utf8Byte, proto::OffsetUnit::Utf16CodeUnit, proto::OffsetUnit::UnicodeCodePoint] {
                let answer = reader
                    .extract(&ExtractRequest {
                        document: Some(Document { text: text.clone(), ..Document::default() }),
                        layers: reader.describe().layers,
                        offset_unit: unit.into(),
                        ..ExtractRequest::default()
                    })
                    .unwrap_or_else(|refusal| panic!("{text:?} is refused: {refusal:?}"));
                shown.push(soundness::answer::check(&text, &answer));
            }
            prop_assert!(shown.iter().all(|words| Some(words) == shown.first()), "{shown:?}");
        }
    }
}
