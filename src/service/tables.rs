//! Tables of an operator's own, laid over the built-in ones: the folder behind `--lexicon`.
//!
//! Takes a folder of files called and built like those of `lexicon/`; gives a [`Lexicon`] that holds both, or every fault with its
//! file and line. Read when a process starts and again when it is told to; a request never waits for it.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::lexicon::tsv::RowError;

/// The most faults that are told at once.
const MOST_TOLD: usize = 20;

/// A folder of tables, as it was when it was read.
#[derive(Clone, Debug)]
pub struct Tables {
    folder: PathBuf,
    lexicon: Arc<Lexicon>,
}

/// Why a folder of tables cannot be used.
#[derive(Debug)]
pub struct TablesError(Kind);

#[derive(Debug)]
enum Kind {
    /// A file that cannot be read.
    Read(PathBuf, io::Error),
    /// Rows and files that are at fault; at least one.
    Faults(PathBuf, Vec<RowError>),
}

impl fmt::Display for TablesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Kind::Faults(folder, faults) => {
                for (place, fault) in faults.iter().take(MOST_TOLD).enumerate() {
                    let line = if place == 0 { "" } else { "\n" };
                    write!(f, "{line}{}:{}: {}", folder.join(&fault.table).display(), fault.line, fault.message)?;
                }
                match faults.len().checked_sub(MOST_TOLD) {
                    Some(more @ 1..) => write!(f, "\nand {more} more"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for TablesError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Read(_, error) => Some(error),
            Kind::Faults(..) => None,
        }
    }
}

impl Tables {
    /// Reads all tables of `folder`. Files whose names begin with a dot are passed over.
    ///
    /// # Errors
    /// Where a file cannot be read, is no table, or has a row at fault.
    pub fn load(folder: &Path) -> Result<Self, TablesError> {
        let unread = |path: &Path| {
            let path = path.to_owned();
            move |error| TablesError(Kind::Read(path, error))
        };
        let mut tables = Vec::new();
        for file in fs::read_dir(folder).map_err(unread(folder))? {
            let path = file.map_err(unread(folder))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') {
                continue;
            }
            tables.push((name, text(&path)?));
        }
        // The order in which a folder lists its files is nobody's.
        tables.sort();
        let faulty = |faults| TablesError(Kind::Faults(folder.to_owned(), faults));
        let lexicon = Lexicon::with_tables(&tables).map_err(faulty)?;
        Ok(Self { folder: folder.to_owned(), lexicon: Arc::new(lexicon) })
    }

    /// The same folder, read again.
    ///
    /// # Errors
    /// As [`Tables::load`].
    pub fn reload(&self) -> Result<Self, TablesError> {
        Self::load(&self.folder)
    }

    /// The built-in tables with these over them.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }
}

/// The text of a table, without a byte order mark.
fn text(path: &Path) -> Result<String, TablesError> {
    let bytes = fs::read(path).map_err(|error| TablesError(Kind::Read(path.to_owned(), error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(good).filter(|&&byte| byte == b'\n').count();
        let table = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let fault = RowError { table, line, message: "the line is no UTF-8".into() };
        TablesError(Kind::Faults(path.parent().map(Path::to_owned).unwrap_or_default(), vec![fault]))
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text)) // byte order mark
}
