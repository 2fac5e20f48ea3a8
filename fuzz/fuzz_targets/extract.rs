//! Any text through all layers: what is found is sound, a second reading finds the same, and a layer alone is what it is among all.
#![no_main]

use std::sync::LazyLock;

use isnad::extract::{Extractor, Layers, Options};
use isnad_fuzz::{LAYERS, article, mutate, number, soundness, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

static ENGINE: LazyLock<Extractor> = LazyLock::new(Extractor::default);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let read = |text: &str, layers| ENGINE.extract(&article(text), &Options { layers });
    let found = read(&text, Layers::all());
    soundness::check(article(&text).text, &found);

    // Elsewhere in memory, after another article: nothing may stick to the engine.
    ENGINE.extract(&article("قال الوزير في بغداد أمس إن 14 دولة وافقت."), &Options { layers: Layers::all() }); // the minister said ...
    assert!(read(&text.clone().into_owned(), Layers::all()) == found, "a second reading differs: {found:?}");

    let layer = LAYERS[number(&text) as usize % LAYERS.len()];
    let alone = read(&text, layer);
    match layer {
        Layers::DOCUMENT => assert_eq!(alone.document, found.document),
        Layers::SENTENCES => assert_eq!(alone.sentences, found.sentences),
        Layers::TOKENS => assert_eq!(alone.tokens, found.tokens),
        Layers::TIMES => assert_eq!(alone.times, found.times),
        Layers::QUANTITIES => assert_eq!(alone.quantities, found.quantities),
        _ => assert_eq!(alone.events, found.events),
    }
});
