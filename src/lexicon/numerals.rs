//! `numerals.tsv`: the words that numbers are made of.
//!
//! Takes rows (word, kind, value, also); gives a [`NumberWord`] each. What the words make together is grammar and stands
//! in `extract::numerals`.

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The tables of this room.
pub(super) const TABLES: &[Table] =
    &[Table { name: "numerals.tsv", text: include_str!("../../lexicon/numerals.tsv"), read }];

/// What a number word does in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberPart {
    /// `صفر` "zero".
    Zero,
    /// 1 to 9: `ثلاثة`.
    Unit,
    /// 1 and 2 in the forms that need more: `أحد عشر`, `إحدى وعشرون`, `اثنا عشر`.
    Joined,
    /// 10, and the second word of 11 to 19: `عشرة`, `عشر`.
    Ten,
    /// 11 to 19 in one word: `خمستاشر`.
    Teen,
    /// 20 to 90: `عشرون`.
    Tens,
    /// 100: `مئة`; after a unit it multiplies.
    Hundred,
    /// `مئات` "hundreds": counts only after a unit.
    HundredPlural,
    /// 200 to 900 in one word: `مئتان`, `ثلاثمئة`.
    Hundreds,
    /// A power of a thousand: `ألف`, `مليون`.
    Scale,
    /// A power of a thousand with the ending ا: one, in the accusative (`25 ألفا`), or two before a noun (`ألفا شخص`).
    ScaleAccusative,
    /// Two of a power of a thousand: `ألفان`, `مليوني`.
    ScaleDual,
    /// The plural, which counts only after a number: `آلاف`.
    ScalePlural,
    /// One part of so many: `نصف`, `ثلث`; the value is the number of parts.
    Fraction,
    /// Two parts of so many: `ثلثان`.
    FractionDual,
    /// Parts, after a number: `ثلاثة أرباع`.
    FractionPlural,
    /// 1st to 10th: `أول`, `الثانية`.
    Ordinal,
    /// `فاصلة` "point".
    Point,
    /// `ناقص`, `سالب` "minus".
    Minus,
}

/// A word that numbers are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberWord {
    /// What it does.
    pub part: NumberPart,
    /// Its number; for fractions the number of parts.
    pub value: i128,
    /// Whether it is the fraction of its value as well: `خمس` "five" or "a fifth".
    pub fraction: bool,
    /// Whether it is a number only where more of the number follows: `متين` "two hundred", else "solid".
    pub needs_more: bool,
    /// Whether it is a number only with its hamza written: `مئتا` "two hundred", but `ميتا` is a company.
    pub needs_hamza: bool,
}

/// Reads a row.
fn read(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let part = match row.cell("kind") {
        "zero" => NumberPart::Zero,
        "unit" => NumberPart::Unit,
        "joined" => NumberPart::Joined,
        "ten" => NumberPart::Ten,
        "teen" => NumberPart::Teen,
        "tens" => NumberPart::Tens,
        "hundred" => NumberPart::Hundred,
        "hundred_plural" => NumberPart::HundredPlural,
        "hundreds" => NumberPart::Hundreds,
        "scale" => NumberPart::Scale,
        "scale_accusative" => NumberPart::ScaleAccusative,
        "scale_dual" => NumberPart::ScaleDual,
        "scale_plural" => NumberPart::ScalePlural,
        "fraction" => NumberPart::Fraction,
        "fraction_dual" => NumberPart::FractionDual,
        "fraction_plural" => NumberPart::FractionPlural,
        "ordinal" => NumberPart::Ordinal,
        "point" => NumberPart::Point,
        "minus" => NumberPart::Minus,
        other => return Err(row.error(format!("column kind: {other:?} is no kind of number word"))),
    };
    let word = NumberWord {
        part,
        value: row.parse("value")?,
        fraction: row.cell("also") == "fraction",
        needs_more: row.cell("also") == "more",
        needs_hamza: row.cell("also") == "hamza",
    };
    builder.add([row.cell("word")], Entry::Number(word));
    Ok(())
}
