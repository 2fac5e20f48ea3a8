//! Any names and titles of a request laid over the lexicon. The lines before a line `---` are entries, their aliases parted by `|`;
//! the article follows, every third word of which is an entry, too.
#![no_main]

use std::sync::LazyLock;

use isnad::extract::{Extractor, Layers, Options};
use isnad::lexicon::LexiconEntry;
use isnad::lexicon::names::EntityType;
use isnad_fuzz::{article, mutate, soundness, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const KINDS: [EntityType; 10] = [
    EntityType::Pers,
    EntityType::Gpe,
    EntityType::Org,
    EntityType::Norp,
    EntityType::Occ,
    EntityType::Loc,
    EntityType::Fac,
    EntityType::Law,
    EntityType::Event,
    EntityType::Product,
];

static ENGINE: LazyLock<Extractor> = LazyLock::new(Extractor::default);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let (lines, story) = text.split_once("\n---\n").unwrap_or(("", &text));
    let of_story = story.split_whitespace().step_by(3).take(24);
    let entries: Vec<LexiconEntry> = lines.lines().chain(of_story).take(1000).enumerate().map(entry).collect();

    let engine = ENGINE.knowing(&entries);
    let article = article(story);
    let found = engine.extract(&article, &Options { layers: Layers::all() });
    soundness::check(article.text, &found);
    for mention in &found.mentions {
        let origin = mention.reason.entry.map(|entry| engine.lexicon().origin(entry));
        assert!(origin.is_none_or(|origin| origin.starts_with("request:") || origin.contains(".tsv:")), "{mention:?}");
    }
    for fault in engine.lexicon().faults() {
        assert!(fault.line < entries.len(), "{fault}");
    }
});

fn entry((place, line): (usize, &str)) -> LexiconEntry {
    let mut names = line.split('|').map(str::to_owned);
    let text = names.next().unwrap_or_default();
    let aliases: Vec<String> = names.collect();
    // Some are called something in English, some belong to a country.
    let latin_name = if place % 3 == 0 { format!("Entry {place}") } else { String::new() };
    let country_code = if place % 2 == 0 { "IQ".to_owned() } else { String::new() };
    let role = if place % 5 == 0 { "minister".to_owned() } else { String::new() };
    LexiconEntry { text, kind: KINDS[place % KINDS.len()], aliases, latin_name, country_code, role }
}
