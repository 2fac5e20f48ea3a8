//! `actors.tsv`: words that stand for somebody without a name.
//!
//! Takes its rows; gives [`ActorWord`]s. Titles (`الوزير` "the minister") and bodies (`الوزارة` "the ministry") are in the tables of
//! names; here is the rest.

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The tables of this room.
pub(super) const TABLES: &[Table] =
    &[Table { name: "actors.tsv", text: include_str!("../../lexicon/actors.tsv"), read: read_actor }];

/// What a word that names nobody stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorWord {
    /// A country where a nationality follows: `الجانب الروسي` "the Russian side".
    Side,
    /// Two who were named before: `الطرفان` "the two sides".
    Pair(PairOf),
    /// Something written or spoken that speaks for somebody: `بيان` "a statement".
    Statement,
    /// People or sources that the article leaves without a name: `مصادر` "sources".
    Unnamed,
    /// A country by whose it is: `بلاده` "his country".
    Home,
    /// What shows something and says nothing: `نتائج` "results".
    Thing,
    /// Whoever was told of last: `معاليه` "His Excellency".
    Same,
}

/// Of what kind the two of a [`ActorWord::Pair`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PairOf {
    /// Persons or countries.
    Any,
    /// Countries.
    Countries,
    /// Persons.
    Persons,
}

fn read_actor(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let of = row.cell("of");
    let word = match (row.cell("kind"), of) {
        ("side", "") => ActorWord::Side,
        ("pair", "any") => ActorWord::Pair(PairOf::Any),
        ("pair", "country") => ActorWord::Pair(PairOf::Countries),
        ("pair", "person") => ActorWord::Pair(PairOf::Persons),
        ("statement", "") => ActorWord::Statement,
        ("unnamed", "") => ActorWord::Unnamed,
        ("home", "") => ActorWord::Home,
        ("thing", "") => ActorWord::Thing,
        ("same", "") => ActorWord::Same,
        (kind, of) => {
            return Err(row.error(format!(
                "kind {kind:?} of {of:?}: accepted are side, pair (any, country, person), statement, unnamed, home, thing, same"
            )));
        }
    };
    builder.add([row.cell("word")], Entry::Actor(word));
    Ok(())
}
