//! The tidiness of the tree: what no compiler and no linter looks at. `tests/lexicon.rs` holds the tables.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::path::{Path, PathBuf};

/// The rooms of the project that people write in.
const ROOMS: &[&str] =
    &[".ci", "benches", "clients", "deploy", "docs", "examples", "fuzz", "lexicon", "page", "proto", "src", "tests"];
/// The ends of names of files that people write.
const WRITTEN: &[&str] = &[
    "check", "css", "generate", "go", "html", "java", "js", "json", "md", "mjs", "proto", "py", "rs", "run", "sh",
    "svg", "toml", "ts", "tsv", "tsx", "txt", "xml", "yaml", "yml",
];
/// The rooms in them that programs fill, and the one with inputs as odd as can be.
const MADE: &[&str] = &[
    "node_modules",
    ".mypy_cache",
    "clients/go/isnadv1",
    "clients/java/target",
    "clients/node/dist",
    "clients/node/src/gen",
    "clients/python/build",
    "clients/python/isnad.egg-info",
    "clients/python/isnad/v1",
    "fuzz/artifacts",
    "fuzz/corpus",
    "fuzz/seeds",
    "fuzz/target",
    "page/dist",
    "page/src/gen",
];

fn walk(path: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if MADE.iter().any(|made| path.ends_with(made)) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Every file that people write, by its name from the root, with its text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    for room in ROOMS.iter().map(|room| root.join(room)).filter(|room| room.is_dir()) {
        walk(&room, &mut paths);
    }
    paths.sort();
    let written = |path: &PathBuf| {
        let end = path.extension().or(path.file_name()).unwrap().to_string_lossy().into_owned();
        WRITTEN.contains(&end.as_str()) || path.file_name().is_some_and(|name| name == "Dockerfile")
    };
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().filter(written).map(read).collect()
}

/// Whether the file called `name` has this extension.
fn is(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == extension)
}

fn sources() -> impl Iterator<Item = (String, String)> {
    files().into_iter().filter(|(name, _)| is(name, "rs"))
}

/// Every line of `files` of which `faulty` says so, as `file:line`.
fn lines(files: impl Iterator<Item = (String, String)>, faulty: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files {
        for (number, line) in text.lines().enumerate() {
            if faulty(&name, line) {
                found.push(format!("{name}:{}", number + 1));
            }
        }
    }
    found
}

#[test]
fn the_tree_is_looked_at() {
    let names: Vec<String> = files().into_iter().map(|(name, _)| name).collect();
    for name in [".ci/run", "Dockerfile", "README.md", "lexicon/months.tsv", "src/lib.rs", "tests/tidy.rs"] {
        assert!(names.iter().any(|found| found == name), "{name} is not among {names:?}");
    }
}

#[test]
fn no_line_ends_in_a_space() {
    // A tab at a table's end is an empty cell.
    let faulty = |name: &str, line: &str| {
        let line = if is(name, "tsv") { line.trim_end_matches('\t') } else { line };
        line.ends_with(char::is_whitespace)
    };
    assert_eq!(lines(files().into_iter(), faulty), [""; 0]);
}

#[test]
fn files_end_in_one_line_feed_and_hold_no_carriage_return() {
    let faulty: Vec<String> = files()
        .into_iter()
        .filter(|(_, text)| !text.ends_with('\n') || text.ends_with("\n\n") || text.contains('\r'))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(faulty, [""; 0]);
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = sources().filter(|(_, text)| !text.starts_with("//!")).map(|(name, _)| name).collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn nothing_is_left_to_do() {
    // Put together here, so that this file does not find itself.
    let stubs = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("FIX", "ME"), concat!("TO", "DO")];
    assert_eq!(lines(sources(), |_, line| stubs.iter().any(|stub| line.contains(stub))), [""; 0]);
}

#[test]
fn what_nobody_sees_is_escaped() {
    let unseen = |c: char| {
        matches!(c,
            '\u{00A0}' | '\u{00AD}' | '\u{061C}' | '\u{FEFF}' // no-break space, soft hyphen, Arabic letter mark, byte order mark
            | '\u{200B}'..='\u{200F}' // zero-width space and joiners, direction marks
            | '\u{202A}'..='\u{202F}' // embeddings and overrides, narrow no-break space
            | '\u{2060}'..='\u{206F}' // word joiner, isolates, deprecated controls
        )
    };
    // Examples are articles as they come.
    let files = files().into_iter().filter(|(name, _)| !name.starts_with("examples/") || is(name, "rs"));
    assert_eq!(lines(files, |_, line| line.contains(unseen)), [""; 0]);
}

#[test]
fn the_code_map_names_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = std::fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for room in std::fs::read_dir(root.join("src")).unwrap().map(|entry| entry.unwrap().path()) {
        if room.is_dir() {
            let name = format!("`src/{}/`", room.file_name().unwrap().to_string_lossy());
            assert!(told.contains(&name), "ARCHITECTURE.md does not tell of {name}");
        }
    }
    let paths = told.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(path, _)| path));
    for path in paths.filter(|path| !path.contains('*')) {
        assert!(root.join(path).exists(), "ARCHITECTURE.md tells of {path}, which is not there");
    }
}
