//! What comes out, in order: one line of JSON an article, or text for reading.

use std::io::{self, Write};

use isnad::page::file;
use isnad::service::proto::{ArticleError, ExtractRequest, ExtractResponse};
use serde::Serialize;

use super::input::Place;
use super::text;

/// How answers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// proto3 JSON, one line an article.
    #[default]
    Json,
    /// For reading in a terminal.
    Text,
    /// One HTML file with the articles marked up, for a browser.
    Html,
}

/// What one article comes to.
#[derive(Debug)]
pub(super) struct Output {
    /// For standard output, line feed included.
    pub(super) out: String,
    /// For standard error: what could not be done.
    pub(super) error: Option<String>,
}

/// An error in the place of an answer.
#[derive(Serialize)]
struct ErrorLine<'a> {
    error: &'a ArticleError,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl Output {
    /// What is written for the article at `place` where it was read.
    pub(super) fn answer(place: &Place, request: &ExtractRequest, response: &ExtractResponse, format: Format) -> Self {
        match format {
            Format::Html => match file::article(request, response) {
                Ok(out) => Self { out, error: None },
                Err(e) => Self { out: String::new(), error: Some(format!("cannot write the answer: {e}")) },
            },
            Format::Text => Self { out: text::article(place, response), error: None },
            Format::Json => Self::json(response, None),
        }
    }

    /// What is written for the article at `place` where it was not.
    pub(super) fn error(place: &Place, error: &ArticleError, format: Format) -> Self {
        let told = format!("{place}: {}", error.message);
        match (place, format) {
            (_, Format::Text | Format::Html) => Self { out: String::new(), error: Some(told) },
            // A line has its error line, in its place; a file that could not be read is told of beside it.
            (Place::Line(line), Format::Json) => Self::json(&ErrorLine { error, line: Some(*line), file: None }, None),
            (_, Format::Json) => {
                Self::json(&ErrorLine { error, line: None, file: Some(place.to_string()) }, Some(told))
            }
        }
    }

    fn json(value: &impl Serialize, error: Option<String>) -> Self {
        match serde_json::to_string(value) {
            Ok(out) => Self { out: one_line(out), error },
            Err(e) => Self { out: String::new(), error: Some(format!("cannot write the answer: {e}")) },
        }
    }
}

/// `json` as one line for every reader. JSON lets three characters stand in strings that some take for the end of a line
/// (Python's `splitlines`, old JavaScript); they occur nowhere else in it, so each can be written as its escape.
fn one_line(mut json: String) -> String {
    for (separator, escape) in [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        // NEXT LINE, LINE SEPARATOR, PARAGRAPH SEPARATOR
        if json.contains(separator) {
            json = json.replace(separator, escape);
        }
    }
    json.push('\n');
    json
}

/// Writes outputs and remembers whether all was well.
#[derive(Debug)]
pub(super) struct Sink<W: Write> {
    out: W,
    format: Format,
    /// Whether anything has been written.
    begun: bool,
    /// Whether something had to be told on standard error.
    pub(super) failed: bool,
}

impl Sink<io::BufWriter<io::StdoutLock<'static>>> {
    /// Standard output.
    pub(super) fn stdout(format: Format) -> Self {
        let out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
        Self { out, format, begun: false, failed: false }
    }
}

impl<W: Write> Sink<W> {
    /// Writes one article's output.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&mut self, output: &Output) -> io::Result<()> {
        if self.format == Format::Html && !self.begun && !output.out.is_empty() {
            self.out.write_all(file::head().as_bytes())?;
            self.begun = true;
        }
        self.out.write_all(output.out.as_bytes())?;
        if let Some(error) = &output.error {
            self.failed = true;
            self.out.flush()?;
            writeln!(io::stderr(), "isnad: {error}")?;
        }
        Ok(())
    }

    /// Writes what comes behind the last output, and hands on what is buffered.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if self.begun {
            self.out.write_all(file::tail().as_bytes())?;
        }
        self.out.flush()
    }
}
