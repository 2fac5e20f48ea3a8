//! Rows of a lexicon table: tab-separated text, the first line naming the columns.

use std::fmt;
use std::str::FromStr;

/// Why a row of a table could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The table's file name.
    pub table: String,
    /// The line in it, counted from 1.
    pub line: usize,
    /// What is wrong, in words.
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.table, self.line, self.message)
    }
}

impl std::error::Error for RowError {}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    table: &'a str,
    /// The line, counted from 1.
    pub line: usize,
    columns: &'a [&'a str],
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The first cell.
    pub fn first(&self) -> &'a str {
        self.cells.first().copied().unwrap_or_default()
    }

    /// The cell in `column`; empty where the row has none.
    pub fn cell(&self, column: &str) -> &'a str {
        let place = self.columns.iter().position(|&name| name == column);
        place.and_then(|place| self.cells.get(place)).copied().unwrap_or_default()
    }

    /// The values in `column`, parted by `|`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.cell(column).split('|').filter(|value| !value.is_empty())
    }

    /// Whether `column` says `y`.
    pub fn flag(&self, column: &str) -> bool {
        self.cell(column) == "y"
    }

    /// The cell in `column` as a value.
    ///
    /// # Errors
    /// Where the cell does not parse; the error names the column and the cell.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T, RowError> {
        let cell = self.cell(column);
        cell.parse().map_err(|_| self.error(format!("column {column}: {cell:?} is not a value of this column")))
    }

    /// An error at this row.
    pub fn error(&self, message: impl Into<String>) -> RowError {
        RowError { table: self.table.to_owned(), line: self.line, message: message.into() }
    }
}

/// Calls `each` for every row of `text`; gives the number of rows and the errors, of the shape and of `each`.
pub fn read(table: &str, text: &str, mut each: impl FnMut(&Row<'_>) -> Result<(), RowError>) -> (usize, Vec<RowError>) {
    let mut errors = Vec::new();
    let mut lines = text.lines().enumerate();
    let columns: Vec<&str> = lines.next().map(|(_, header)| header.split('\t').collect()).unwrap_or_default();
    let mut rows = 0;
    for (number, line) in lines {
        let row = Row { table, line: number + 1, columns: &columns, cells: line.split('\t').collect() };
        rows += 1;
        let outcome = if row.cells.len() == columns.len() {
            each(&row)
        } else {
            Err(row.error(format!("{} cells where the header names {} columns", row.cells.len(), columns.len())))
        };
        errors.extend(outcome.err());
    }
    (rows, errors)
}
