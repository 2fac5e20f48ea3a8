//! What comes out, in order: one line of JSON an article, or text for reading.

use std::io::{self, Write};

use isnad::service::proto::{ArticleError, ExtractResponse};
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
    /// What is written for the article at `place`.
    pub(super) fn new(place: &Place, done: Result<&ExtractResponse, &ArticleError>, format: Format) -> Self {
        let (line, file) = match place {
            Place::Line(line) => (Some(*line), None),
            other => (None, Some(other.to_string())),
        };
        let told = |error: &ArticleError| format!("{place}: {}", error.message);
        match (done, format) {
            (Ok(response), Format::Text) => Self { out: text::article(place, response), error: None },
            (Err(error), Format::Text) => Self { out: String::new(), error: Some(told(error)) },
            (Ok(response), Format::Json) => Self::json(response, None),
            // A line has its error line, in its place; a file that could not be read is told of beside it.
            (Err(error), Format::Json) => {
                let beside = line.is_none().then(|| told(error));
                Self::json(&ErrorLine { error, line, file }, beside)
            }
        }
    }

    fn json(value: &impl Serialize, error: Option<String>) -> Self {
        match serde_json::to_string(value) {
            Ok(mut out) => {
                out.push('\n');
                Self { out, error }
            }
            Err(e) => Self { out: String::new(), error: Some(format!("cannot write the answer: {e}")) },
        }
    }
}

/// Writes outputs and remembers whether all was well.
#[derive(Debug)]
pub(super) struct Sink<W: Write> {
    out: W,
    /// Whether something had to be told on standard error.
    pub(super) failed: bool,
}

impl Sink<io::BufWriter<io::StdoutLock<'static>>> {
    /// Standard output.
    pub(super) fn stdout() -> Self {
        Self { out: io::BufWriter::with_capacity(1 << 16, io::stdout().lock()), failed: false }
    }
}

impl<W: Write> Sink<W> {
    /// Writes one article's output.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&mut self, output: &Output) -> io::Result<()> {
        self.out.write_all(output.out.as_bytes())?;
        if let Some(error) = &output.error {
            self.failed = true;
            self.out.flush()?;
            writeln!(io::stderr(), "isnad: {error}")?;
        }
        Ok(())
    }

    /// Hands on what is buffered.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
