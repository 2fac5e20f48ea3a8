//! `currencies.tsv`, `currency_homes.tsv`, `units.tsv`: what money and measures are counted in.
//!
//! Takes their rows; gives a [`Currency`], a [`CurrencyHome`] or a [`Unit`] each.

use crate::decimal::Decimal;

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The tables of this room.
pub(super) const TABLES: &[Table] = &[
    Table { name: "currencies.tsv", text: include_str!("../../lexicon/currencies.tsv"), read: read_currency },
    Table { name: "currency_homes.tsv", text: include_str!("../../lexicon/currency_homes.tsv"), read: read_home },
    Table { name: "units.tsv", text: include_str!("../../lexicon/units.tsv"), read: read_unit },
];

/// A word or sign for money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// The word that stands for the kind of money in the tables: `دينار`, whoever mints it.
    pub unit: Box<str>,
    /// The ISO 4217 code where nothing tells whose money it is; empty where there is no usual one.
    pub code: Box<str>,
    /// The main units that it is a part of, and how many of it make one; empty for a main unit.
    pub part_of: Box<[(Box<str>, Decimal)]>,
}

/// A country and its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyHome {
    /// The ISO 4217 code.
    pub code: Box<str>,
    /// The kind of money: a [`Currency::unit`].
    pub unit: Box<str>,
    /// Whether the words are an adjective, as it follows the money's word, and not the country's name.
    pub adjective: bool,
    /// Whether naming the country tells whose money the article means, where several countries share the word.
    pub telling: bool,
}

/// A unit of measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The UCUM code, or the English noun where there is none.
    pub code: Box<str>,
    /// Whether it measures time, so that it is a measure only as an age.
    pub age: bool,
}

/// Reads a row of `currencies.tsv`.
fn read_currency(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut part_of = Vec::new();
    for part in row.list("part_of") {
        let count = part.split_once(':').and_then(|(unit, count)| {
            let (whole, decimals) = count.split_once('.').unwrap_or((count, ""));
            Some((unit.into(), Decimal::from_digits(whole, decimals)?))
        });
        part_of.push(count.ok_or_else(|| row.error(format!("column part_of: {part:?} is no unit:count")))?);
    }
    let currency = Currency { unit: row.cell("unit").into(), code: row.cell("code").into(), part_of: part_of.into() };
    builder.add(row.list("forms"), Entry::Currency(currency));
    Ok(())
}

/// Reads a row of `currency_homes.tsv`.
#[expect(clippy::unnecessary_wraps, reason = "readers share one shape")]
fn read_home(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let telling = !row.cell("names").is_empty();
    for (column, adjective) in [("adjectives", true), ("names", false)] {
        let home = CurrencyHome { code: row.cell("code").into(), unit: row.cell("unit").into(), adjective, telling };
        builder.add(row.list(column), Entry::CurrencyHome(home));
    }
    Ok(())
}

/// Reads a row of `units.tsv`.
#[expect(clippy::unnecessary_wraps, reason = "readers share one shape")]
fn read_unit(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    builder.add(row.list("forms"), Entry::Unit(Unit { code: row.cell("code").into(), age: row.flag("age") }));
    Ok(())
}
