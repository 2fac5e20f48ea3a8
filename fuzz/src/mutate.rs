//! How texts are changed. Bytes flipped at random make no Arabic: here words come and go, most of them words that the lexicon knows.

use std::path::Path;
use std::sync::LazyLock;

use fastrand::Rng;
use libfuzzer_sys::fuzzer_mutate;

/// What stands between words, and what is wrong with pages.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ".",
    "،",
    "؛",
    "؟",
    "!",
    ":",
    " - ",
    "--",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "''",
    "/",
    "…",
    "%",
    "٪",
    "@",
    "#",
    "·",
    "\u{AB}",
    "\u{BB}", // guillemets
    "\u{201C}",
    "\u{201D}", // double quotation marks
    "\u{2018}",
    "\u{2019}", // single quotation marks
    "\u{200F}",
    "\u{200E}", // marks of direction
    "\u{202B}",
    "\u{202C}", // right-to-left embedding and its end
    "\u{200B}",
    "\u{200C}",
    "\u{200D}", // zero-width space, non-joiner, joiner
    "\u{FEFF}",
    "\u{A0}",
    "\u{AD}", // byte order mark, no-break space, soft hyphen
    "\u{640}",
    "\u{64B}",
    "\u{651}",
    "\u{670}", // tatweel, tanwin, shadda, superscript alef
    "\u{FEFB}",
    "\u{FDF2}", // the ligatures of lam and alef, and of Allah
    "\u{1F600}",
    "e\u{301}",
    "\u{0}",
    "\u{FFFD}",
    "\u{10FFFF}",
    "2024",
    "14",
    "١٤",
    "1446",
    "450",
    "1,250.5",
    "11:30",
    "14/5/2024",
    "2024-05-14",
    "99999999999999999999",
    "0",
    "-1",
    "https://example.org/a?b",
    "a@example.org",
    "CNN",
    "km",
];

/// Particles that grow onto words.
const PARTICLES: &[&str] = &["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "س"];

/// Every value in a cell of a table of the lexicon.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lexicon");
    let tables = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut words = Vec::new();
    for path in tables.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "tsv"))
    {
        let table = std::fs::read_to_string(&path).unwrap();
        let cells = table.lines().skip(1).flat_map(|row| row.split(['\t', '|']));
        words.extend(cells.filter(|cell| cell.chars().any(|c| c >= '\u{600}')).map(str::to_owned));
    }
    words.sort();
    words.dedup();
    words
});

/// The words that the lexicon knows.
pub fn words() -> &'static [String] {
    &WORDS
}

/// Changes the text in the first `size` of `data`, as libFuzzer asks of a mutator; gives its new length.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut rng = Rng::with_seed(u64::from(seed));
    if rng.u8(..8) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let new = changed(&String::from_utf8_lossy(&data[..size]), &mut rng);
    let new = &new.as_bytes()[..new.floor_char_boundary(max_size)];
    data[..new.len()].copy_from_slice(new);
    new.len()
}

/// `text` with up to four changes.
pub fn changed(text: &str, rng: &mut Rng) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for _ in 0..=rng.u8(..4) {
        change(&mut words, rng);
    }
    words.join(" ")
}

fn change(words: &mut Vec<String>, rng: &mut Rng) {
    let at = rng.usize(..=words.len());
    match rng.u8(..16) {
        0..=3 => words.insert(at, rng.choice(&*WORDS).cloned().unwrap_or_default()),
        4 | 5 => words.insert(at, rng.choice(PIECES).map_or_else(String::new, |piece| (*piece).to_owned())),
        6 => words.insert(at, (0..rng.u8(1..6)).map(|_| rng.char('\u{600}'..='\u{6FF}')).collect()),
        7 => words.insert(at, (0..rng.u8(1..3)).map(|_| rng.char(..)).collect()),
        8 => drop(words.drain(at..(at + rng.usize(..8)).min(words.len()))),
        9 => {
            let again = words[at..(at + rng.usize(..12)).min(words.len())].to_vec();
            let to = rng.usize(..=words.len());
            words.splice(to..to, again);
        }
        10 if at < words.len() => {
            let other = rng.usize(..words.len());
            words.swap(at, other);
        }
        11 if at + 1 < words.len() => {
            let next = words.remove(at + 1);
            words[at].push_str(&next);
        }
        12 if at < words.len() => words[at].insert_str(0, rng.choice(PARTICLES).unwrap_or(&"")),
        13 if at < words.len() => words[at].push_str(rng.choice(PIECES).unwrap_or(&"")),
        14 if at < words.len() => words[at].insert_str(0, rng.choice(PIECES).unwrap_or(&"")),
        15 if at < words.len() => words[at] = rng.choice(&*WORDS).cloned().unwrap_or_default(),
        _ => {}
    }
}
