//! Articles as many as one likes: sentences of `sentences.txt` with names of the lexicon, figures, and words that nobody has met, so
//! that nothing which remembers words can live off them. The same seed gives the same articles.

use std::sync::LazyLock;

use fastrand::Rng;

/// Sentences and furniture of pages, with the names of lists in braces.
const SENTENCES: &str = include_str!("sentences.txt");
/// A list a line: its name, then what it holds.
const WORDS: &str = include_str!("words.txt");

static GIVEN: LazyLock<Vec<&str>> = LazyLock::new(|| first_cells(include_str!("../../lexicon/given_names.tsv")));
static FAMILY: LazyLock<Vec<&str>> = LazyLock::new(|| first_cells(include_str!("../../lexicon/family_names.tsv")));
static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| first_cells(include_str!("../../lexicon/places.tsv")));
static SENTENCE_LIST: LazyLock<Vec<&str>> = LazyLock::new(|| SENTENCES.lines().collect());
static LISTS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let list = |line: &'static str| line.split_once('\t').map(|(name, words)| (name, words.split('|').collect()));
    WORDS.lines().filter_map(list).collect()
});

fn first_cells(table: &str) -> Vec<&str> {
    table.lines().skip(1).filter_map(|row| row.split('\t').next()).collect()
}

/// An article of about `bytes` bytes, and never more.
pub(crate) fn article(rng: &mut Rng, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 512);
    while text.len() < bytes {
        if !text.is_empty() {
            text.push(if rng.u8(..4) == 0 { '\n' } else { ' ' });
        }
        sentence(rng, &mut text);
    }
    text.truncate(text.floor_char_boundary(bytes));
    text
}

/// Writes one of the sentences with its blanks filled in.
fn sentence(rng: &mut Rng, text: &mut String) {
    let mut rest = one(rng, &SENTENCE_LIST);
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        let Some((blank, after)) = behind.split_once('}') else { break };
        fill(rng, blank, text);
        rest = after;
    }
    text.push_str(rest);
}

fn fill(rng: &mut Rng, blank: &str, text: &mut String) {
    match blank {
        "person" => {
            text.push_str(one(rng, &GIVEN));
            text.push(' ');
            text.push_str(one(rng, &FAMILY));
        }
        "city" => text.push_str(one(rng, &PLACES)),
        "number" => text.push_str(&rng.u32(2..5000).to_string()),
        "hour" => text.push_str(&format!("{}:{:02}", rng.u8(1..13), rng.u8(..60))),
        "year" => text.push_str(&rng.u16(1950..2030).to_string()),
        "odd" => text.extend((0..rng.u8(3..9)).map(|_| rng.char('\u{628}'..='\u{63A}'))),
        list => {
            if let Some((_, words)) = LISTS.iter().find(|(name, _)| *name == list) {
                text.push_str(one(rng, words));
            }
        }
    }
}

fn one<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.usize(..list.len())]
}
