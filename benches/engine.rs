//! How fast the engine reads news: `cargo bench`.
//!
//! Each layer alone where it can stand alone, and the pipeline whole, at 1 kB, 6 kB, 100 kB and 1 MiB of news-like text (an
//! article written for this bench, repeated), then on hostile input. Divan prints bytes a second; one thread. Compare
//! within one run only: absolute figures vary from machine to machine.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use isnad::extract::actors::Actors;
use isnad::extract::bodies::Bodies;
use isnad::extract::entities::Entities;
use isnad::extract::numerals::Numerals;
use isnad::extract::times::AbsoluteDate;
use isnad::extract::{
    Article, Extractor, Layers, Options, Reading, Taken, document, events, names, positions, quantities, quotes, times,
};
use isnad::lexicon::Lexicon;
use isnad::lexicon::verbs::VerbWords;
use isnad::text::fold::{Folds, normalize};
use isnad::text::{OffsetMap, OffsetUnit, Text, sentences};

/// The allocator of the service.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ARTICLE: &str = include_str!("text/article.txt");

const SIZES: [usize; 4] = [1_000, 6_000, 100_000, 1 << 20];

fn main() {
    divan::main();
}

/// The article, repeated and cut to about `size` bytes.
fn news(size: usize) -> String {
    let mut text = ARTICLE.repeat(size / ARTICLE.len() + 1);
    let end = (0..=size).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.truncate(end);
    text
}

fn measure<T>(bencher: Bencher<'_, '_>, text: &str, run: impl Fn(&str) -> T + Sync) {
    bencher.counter(BytesCount::of_str(text)).bench(|| run(black_box(text)));
}

#[divan::bench(args = SIZES)]
fn fold_with_alignment(bencher: Bencher<'_, '_>, size: usize) {
    measure(bencher, &news(size), |text| normalize(text, Folds::MATCH));
}

#[divan::bench(args = SIZES)]
fn offsets_utf16(bencher: Bencher<'_, '_>, size: usize) {
    measure(bencher, &news(size), |text| OffsetMap::new(text, OffsetUnit::Utf16CodeUnit).offset(text.len() as u32));
}

#[divan::bench(args = SIZES)]
fn tokens(bencher: Bencher<'_, '_>, size: usize) {
    let vocabulary = Lexicon::builtin().vocabulary();
    measure(bencher, &news(size), |text| Text::new(text, vocabulary).len());
}

#[divan::bench(args = SIZES)]
fn tokens_and_lexicon(bencher: Bencher<'_, '_>, size: usize) {
    measure(bencher, &news(size), |text| Reading::new(text, Lexicon::builtin()).hits.all().len());
}

#[divan::bench(args = SIZES)]
fn numerals(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    measure(bencher, &text, |_| Numerals::read(&reading).iter().count());
}

#[divan::bench(args = SIZES)]
fn times_recognised(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let numerals = Numerals::read(&reading);
    measure(bencher, &text, |_| times::recognise(&reading, &numerals));
}

#[divan::bench(args = SIZES)]
fn times_resolved(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let expressions = times::recognise(&reading, &Numerals::read(&reading));
    let day = AbsoluteDate { year: 2021, month: Some(10), day: Some(12), clock: None }.day();
    let anchors = times::Anchors { publish: None, document: day, zone: jiff::tz::TimeZone::UTC };
    measure(bencher, &text, |_| times::resolve(&expressions, &reading, &anchors));
}

#[divan::bench(args = SIZES)]
fn document_layer(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let expressions = times::recognise(&reading, &Numerals::read(&reading));
    let sentences = sentences(&reading.text);
    measure(bencher, &text, |text| document::read(&reading, &Article::new(text), &sentences, &expressions));
}

#[divan::bench(args = SIZES)]
fn quantities_layer(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let numerals = Numerals::read(&reading);
    let expressions = times::recognise(&reading, &numerals);
    let taken = Taken::of(&reading.text, expressions.iter().map(|expression| expression.span));
    measure(bencher, &text, |_| quantities::read(&reading, &numerals, &taken));
}

#[divan::bench(args = SIZES)]
fn quotes_layer(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let expressions = times::recognise(&reading, &Numerals::read(&reading));
    let taken = Taken::of(&reading.text, expressions.iter().map(|expression| expression.span));
    let sentences = sentences(&reading.text);
    let document = document::read(&reading, &Article::new(&text), &sentences, &expressions);
    let named = names::read(&reading, &sentences);
    let entities = Entities::link(&reading, &named);
    let bodies = Bodies::read(&reading, &named, &entities);
    let positions = positions::read(&reading, &named, &entities, &bodies);
    let page = quotes::Page { sentences: &sentences, document: &document, times: &taken };
    measure(bencher, &text, |_| {
        let actors = Actors::new(&reading, &named, &entities, &bodies, &positions);
        let verbs = VerbWords::read(&reading.text, Lexicon::builtin());
        quotes::read(&actors, &verbs, &page)
    });
}

#[divan::bench(args = SIZES)]
fn events_layer(bencher: Bencher<'_, '_>, size: usize) {
    let text = news(size);
    let reading = Reading::new(&text, Lexicon::builtin());
    let expressions = times::recognise(&reading, &Numerals::read(&reading));
    let taken = Taken::of(&reading.text, expressions.iter().map(|expression| expression.span));
    let sentences = sentences(&reading.text);
    let document = document::read(&reading, &Article::new(&text), &sentences, &expressions);
    let named = names::read(&reading, &sentences);
    let entities = Entities::link(&reading, &named);
    let bodies = Bodies::read(&reading, &named, &entities);
    let positions = positions::read(&reading, &named, &entities, &bodies);
    let actors = Actors::new(&reading, &named, &entities, &bodies, &positions);
    let verbs = VerbWords::read(&reading.text, Lexicon::builtin());
    let page = quotes::Page { sentences: &sentences, document: &document, times: &taken };
    let quotes = quotes::read(&actors, &verbs, &page);
    let story = events::Story { actors: &actors, verbs: &verbs, times: &[], quotes: &quotes, sentences: &sentences };
    measure(bencher, &text, |_| events::read(story));
}

/// Everything but names, which a caller who wants dates and figures need not pay for.
#[divan::bench(args = SIZES)]
fn extract_without_names(bencher: Bencher<'_, '_>, size: usize) {
    let extractor = Extractor::default();
    let options =
        Options { layers: Layers::default() - Layers::MENTIONS - Layers::POSITIONS - Layers::QUOTES - Layers::EVENTS };
    measure(bencher, &news(size), |text| extractor.extract(&Article::new(text), &options));
}

#[divan::bench(args = SIZES)]
fn extract_all_layers(bencher: Bencher<'_, '_>, size: usize) {
    let extractor = Extractor::default();
    measure(bencher, &news(size), |text| extractor.extract(&Article::new(text), &Options::default()));
}

/// Inputs that ask for quadratic work; each at 64 KiB, 128 KiB and 1 MiB, so that the figures (bytes a second) can be compared.
mod hostile {
    use divan::Bencher;
    use isnad::extract::{Article, Extractor, Options};

    use super::measure;

    const SIZES: [usize; 3] = [1 << 16, 1 << 17, 1 << 20];

    fn pattern(bencher: Bencher<'_, '_>, size: usize, unit: &str) {
        let extractor = Extractor::default();
        let text = unit.repeat(size / unit.len());
        measure(bencher, &text, |text| extractor.extract(&Article::new(text), &Options::default()));
    }

    #[divan::bench(args = SIZES)]
    fn digits(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "7");
    }

    #[divan::bench(args = SIZES)]
    fn one_word(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "و");
    }

    #[divan::bench(args = SIZES)]
    fn open_quotes(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "«");
    }

    /// One sentence in which everything is said by somebody.
    #[divan::bench(args = SIZES)]
    fn sayings(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "قال الوزير إن \"البيان أكد أن ");
    }

    /// One sentence of cues alone.
    #[divan::bench(args = SIZES)]
    fn cues(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "قال بحسب البيان ");
    }

    #[divan::bench(args = SIZES)]
    fn combining_marks(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "\u{064E}"); // ARABIC FATHA
    }

    #[divan::bench(args = SIZES)]
    fn number_words(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "مليون ومئة ");
    }

    #[divan::bench(args = SIZES)]
    fn dates(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "1/2/");
    }

    #[divan::bench(args = SIZES)]
    fn months(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "من نوفمبر إلى ");
    }

    #[divan::bench(args = SIZES)]
    fn lines(bencher: Bencher<'_, '_>, size: usize) {
        pattern(bencher, size, "اقرأ\n");
    }
}
