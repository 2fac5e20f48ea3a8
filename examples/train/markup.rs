//! The markup of training articles: `[PERS مصطفى الكاظمي]`, nested where names nest; see training/README.md.

use std::fmt;

use isnad::extract::names::labels::TYPES;
use isnad::lexicon::names::EntityType;

/// A marked mention: bytes of the plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub begin: usize,
    pub end: usize,
    /// The place of its type in [`TYPES`].
    pub kind: usize,
    /// How many marks it stands in.
    pub depth: usize,
}

/// An article without its marks, and the marks.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    pub text: String,
    pub marks: Vec<Mark>,
}

/// What is wrong with a file.
#[derive(Debug)]
pub struct MarkupError {
    pub line: usize,
    pub message: String,
}

impl fmt::Display for MarkupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

const NAMES: [(&str, EntityType); 10] = [
    ("PERS", EntityType::Pers),
    ("GPE", EntityType::Gpe),
    ("LOC", EntityType::Loc),
    ("FAC", EntityType::Fac),
    ("ORG", EntityType::Org),
    ("NORP", EntityType::Norp),
    ("OCC", EntityType::Occ),
    ("LAW", EntityType::Law),
    ("EVENT", EntityType::Event),
    ("PRODUCT", EntityType::Product),
];

/// The label of a type number.
pub fn label(kind: usize) -> &'static str {
    TYPES.get(kind).and_then(|kind| NAMES.iter().find(|(_, named)| named == kind)).map_or("?", |(name, _)| name)
}

/// Reads a training file: a header line `# ...`, an empty line, the marked article.
pub fn parse(file: &str) -> Result<Marked, MarkupError> {
    let (header, body) = file.split_once("\n\n").unwrap_or((file, ""));
    if !header.starts_with("# ") {
        return Err(MarkupError { line: 1, message: "a file begins with a line `# ...` and an empty line".into() });
    }
    let mut out = Marked::default();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut line = 3;
    let error = |line, message: String| Err(MarkupError { line, message });
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        match c {
            '[' => {
                let Some((kind, name)) = NAMES.iter().find_map(|&(name, kind)| {
                    let after = rest.get(1..)?.strip_prefix(name)?;
                    after.starts_with(' ').then(|| (TYPES.iter().position(|&t| t == kind).unwrap_or(0), name))
                }) else {
                    return error(line, format!("no label after [: {}", rest.chars().take(12).collect::<String>()));
                };
                open.push((out.text.len(), kind));
                rest = rest.get(name.len() + 2..).unwrap_or_default();
                continue;
            }
            ']' => {
                let Some((begin, kind)) = open.pop() else { return error(line, "] closes nothing".into()) };
                if begin == out.text.len() {
                    return error(line, "an empty mark".into());
                }
                out.marks.push(Mark { begin, end: out.text.len(), kind, depth: open.len() });
            }
            '\n' if !open.is_empty() => return error(line, "a mark runs over the end of its line".into()),
            _ => {
                if c == '\n' {
                    line += 1;
                }
                out.text.push(c);
            }
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    if !open.is_empty() {
        return error(line, "a mark is not closed".into());
    }
    out.marks.sort_by_key(|mark| (mark.begin, std::cmp::Reverse(mark.end)));
    Ok(out)
}
