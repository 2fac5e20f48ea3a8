//! Where articles come from: files, standard input, lines of JSON. Each is read when its turn comes, so that any number of
//! them can be worked through without holding them all.

use std::fs;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use isnad::service::proto::{Document, ExtractRequest, OffsetUnit, Options};
use isnad::service::status::Refusal;

/// Where an article stands, for messages about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The line of the input, from 1.
    Line(u64),
    /// The file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Stdin => f.write_str("standard input"),
        }
    }
}

/// An article not read yet.
#[derive(Debug)]
pub(super) struct Raw {
    /// Where it stands.
    pub(super) place: Place,
    /// The line, where it is one; nothing where it was too long.
    line: Option<Vec<u8>>,
}

/// What the command line says about every article.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) layers: Vec<i32>,
    pub(super) unit: OffsetUnit,
    pub(super) publish_time: Option<pbjson_types::Timestamp>,
    pub(super) time_zone: String,
    pub(super) explain: bool,
    pub(super) omit_text: bool,
    /// The longest article in bytes; what is longer is refused unread.
    pub(super) max_text_bytes: usize,
}

impl Defaults {
    /// Fills what `request` leaves open.
    fn fill(&self, mut request: ExtractRequest) -> ExtractRequest {
        if request.layers.is_empty() {
            request.layers.clone_from(&self.layers);
        }
        if request.offset_unit == 0 {
            request.offset_unit = self.unit.into();
        }
        if self.explain || self.omit_text {
            let options = request.options.get_or_insert_default();
            options.explain |= self.explain;
            options.omit_text |= self.omit_text;
        }
        if let Some(document) = &mut request.document {
            document.publish_time = document.publish_time.or(self.publish_time);
            if document.time_zone.is_empty() {
                document.time_zone.clone_from(&self.time_zone);
            }
        }
        request
    }
}

impl Raw {
    /// An article in a file, or on standard input where the name is `-`.
    pub(super) fn file(name: PathBuf) -> Self {
        let place = if name.as_os_str() == "-" { Place::Stdin } else { Place::File(name) };
        Self { place, line: None }
    }

    /// Reads it.
    ///
    /// # Errors
    /// Where it cannot be read or is no request; whether it is a good one is for the engine to say.
    pub(super) fn request(self, defaults: &Defaults) -> Result<ExtractRequest, Refusal> {
        let limit = defaults.max_text_bytes;
        let (id, text) = match (&self.place, self.line) {
            (Place::Line(_), None) => {
                return Err(malformed(format!("the line is over {} bytes long", longest_line(limit))));
            }
            (Place::Line(_), Some(line)) => {
                let read = serde_json::from_slice(&line).map_err(|e| malformed(without_place(&e)))?;
                return Ok(defaults.fill(read));
            }
            (Place::File(file), _) => (file.display().to_string(), fs::File::open(file).and_then(|f| all(f, limit))),
            (Place::Stdin, _) => ("-".into(), all(io::stdin().lock(), limit)),
        };
        let text = text.map_err(|e| malformed(e.to_string()))?;
        if text.len() > limit {
            // No more was read than shows that it is too long; a file knows how long it is.
            let size = match &self.place {
                Place::File(file) => fs::metadata(file).map_or(0, |about| about.len() as usize),
                _ => 0,
            };
            return Err(Refusal::TooLong { field: "document.text", size: size.max(text.len()), limit });
        }
        let text = String::from_utf8(text).map_err(|e| {
            let from = e.utf8_error().valid_up_to();
            malformed(format!("no UTF-8 from byte {from} on; convert it first: iconv -f WINDOWS-1256 -t UTF-8"))
        })?;
        let document = Document { id, text, ..Document::default() };
        let request =
            ExtractRequest { document: Some(document), options: Some(Options::default()), ..ExtractRequest::default() };
        Ok(defaults.fill(request))
    }
}

/// All of `source`, but no more than shows that it is too long.
fn all(source: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The longest line of JSON that is read: every character of the text may be written as an escape.
fn longest_line(max_text_bytes: usize) -> usize {
    max_text_bytes.saturating_mul(6).saturating_add(1 << 20)
}

fn malformed(why: String) -> Refusal {
    Refusal::Malformed(why)
}

/// What serde says, without "at line 1 column 5": the line is told of elsewhere, and is another one.
fn without_place(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.split_once(" at line 1 column ") {
        Some((what, column)) => format!("{what} (column {column})"),
        None => told,
    }
}

/// The lines of `source` that are not blank.
pub(super) fn lines(source: impl BufRead, max_text_bytes: usize) -> impl Iterator<Item = io::Result<Raw>> {
    Lines { source, number: 0, longest: longest_line(max_text_bytes) }
}

struct Lines<R> {
    source: R,
    number: u64,
    longest: usize,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Raw>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            match self.source.by_ref().take(self.longest as u64).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => return Some(Err(e)),
            }
            self.number += 1;
            let place = Place::Line(self.number);
            if line.len() >= self.longest && line.last() != Some(&b'\n') {
                return Some(self.source.skip_until(b'\n').map(|_| Raw { place, line: None }));
            }
            if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
                line.drain(..3); // a byte order mark, as some editors write it
            }
            if !line.trim_ascii().is_empty() {
                return Some(Ok(Raw { place, line: Some(line) }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defaults() -> Defaults {
        Defaults {
            layers: vec![6],
            unit: OffsetUnit::UnicodeCodePoint,
            publish_time: None,
            time_zone: "Asia/Baghdad".into(),
            explain: true,
            omit_text: false,
            max_text_bytes: 8,
        }
    }

    #[test]
    fn a_request_keeps_what_it_says_itself() {
        let line = r#"{"document": {"text": "نص", "publishTime": "2013-02-12T04:30:00-02:00"}, "offset_unit": "OFFSET_UNIT_UTF8_BYTE"}"#;
        let read: Vec<_> = lines(line.as_bytes(), 8).map(|raw| raw.unwrap().request(&defaults()).unwrap()).collect();
        let request = read.first().unwrap();
        assert_eq!((request.offset_unit(), request.layers.as_slice()), (OffsetUnit::Utf8Byte, [6].as_slice()));
        let document = request.document.as_ref().unwrap();
        assert_eq!(document.publish_time.unwrap().seconds, 1_360_650_600); // 06:30 UTC
        assert_eq!(document.time_zone, "Asia/Baghdad");
        assert!(request.options.as_ref().unwrap().explain);
    }

    #[test]
    fn lines_keep_their_numbers_past_blank_and_endless_ones() {
        let endless = "x".repeat(longest_line(8) + 5);
        let input = format!("\n  \n{{}}\n{endless}\n{{\"document\": 3}}");
        let read: Vec<_> = lines(input.as_bytes(), 8).map(Result::unwrap).collect();
        let places: Vec<_> = read.iter().map(|raw| raw.place.clone()).collect();
        assert_eq!(places, [Place::Line(3), Place::Line(4), Place::Line(5)]);
        let done: Vec<_> = read.into_iter().map(|raw| raw.request(&defaults())).collect();
        assert!(done[0].is_ok());
        assert!(done[1].as_ref().unwrap_err().message().contains("long"));
        assert_eq!(done[2].as_ref().unwrap_err().reason(), "MALFORMED_REQUEST");
    }
}
