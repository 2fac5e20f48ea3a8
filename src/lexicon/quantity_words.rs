//! `quantity_words.tsv` and `counted.tsv`: the words round a number that say what it is.
//!
//! Takes their rows; gives [`QuantityWord`]s and [`CountedWord`]s.

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The tables of this room.
pub(super) const TABLES: &[Table] = &[
    Table { name: "quantity_words.tsv", text: include_str!("../../lexicon/quantity_words.tsv"), read: read_word },
    Table { name: "counted.tsv", text: include_str!("../../lexicon/counted.tsv"), read: read_counted },
];

bitflags::bitflags! {
    /// What words beside a number say of it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct QuantityWord: u16 {
        /// About, before it: `نحو`.
        const APPROX = 1;
        /// More than, before it: `أكثر من`.
        const MORE_THAN = 1 << 1;
        /// Less than, before it: `أقل من`.
        const LESS_THAN = 1 << 2;
        /// About, after it: `تقريبا`.
        const APPROX_AFTER = 1 << 3;
        /// At least, after it: `على الأقل`.
        const MORE_THAN_AFTER = 1 << 4;
        /// At most, after it: `كحد أقصى`.
        const LESS_THAN_AFTER = 1 << 5;
        /// Names or numbers a thing by the number after it: `المادة`, `رقم`.
        const IDENTIFIER = 1 << 6;
        /// The sentence tells of money: `بقيمة`.
        const VALUE = 1 << 7;
        /// A number after it is a percentage: `نسبة`.
        const RATIO = 1 << 8;
        /// A length of time after it is an age: `البالغ`, `عمره`.
        const AGE = 1 << 9;
        /// A length of time before it is an age: `من العمر`.
        const AGE_AFTER = 1 << 10;
        /// `واحد` after it is a pronoun: `كل واحد`.
        const PRONOUN = 1 << 11;
        /// A name with an ordinal follows it: `الملك`.
        const ROYAL = 1 << 12;
        /// A fixed phrase: the numbers in it count nothing.
        const FIXED = 1 << 13;
        /// A piece of a law, which its ordinal names: `المادة الرابعة`.
        const LAW = 1 << 14;
    }
}

/// What a word is after a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountedWord {
    /// No noun: it is not what the number counts.
    No,
    /// A broken plural.
    Plural,
    /// A noun that begins like a particle: `وثيقة`.
    Noun,
}

/// Reads a row of `quantity_words.tsv`.
fn read_word(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut word = QuantityWord::empty();
    for kind in row.list("kinds") {
        let kind = QuantityWord::from_name(&kind.to_ascii_uppercase())
            .ok_or_else(|| row.error(format!("column kinds: {kind:?} is no kind")))?;
        word |= kind;
    }
    builder.add([row.cell("words")], Entry::Quantity(word));
    Ok(())
}

/// Reads a row of `counted.tsv`.
fn read_counted(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let word = match row.cell("kind") {
        "no" => CountedWord::No,
        "plural" => CountedWord::Plural,
        "noun" => CountedWord::Noun,
        other => return Err(row.error(format!("column kind: {other:?} is no kind"))),
    };
    builder.add([row.cell("word")], Entry::Counted(word));
    Ok(())
}
