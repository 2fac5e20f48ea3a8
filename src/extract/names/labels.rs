//! The labels of the tagger: BIO over the ten entity types, outermost mentions only.

use crate::lexicon::names::EntityType;

/// The types in the order of their labels.
pub const TYPES: [EntityType; 10] = [
    EntityType::Pers,
    EntityType::Gpe,
    EntityType::Loc,
    EntityType::Fac,
    EntityType::Org,
    EntityType::Norp,
    EntityType::Occ,
    EntityType::Law,
    EntityType::Event,
    EntityType::Product,
];

/// How many labels: O, then B and I of each type.
pub const LABELS: usize = 1 + 2 * TYPES.len();

/// The label of a token.
pub type Label = u8;

/// The label "no name".
pub const OUTSIDE: Label = 0;

/// The label that begins type number `kind`.
pub const fn begin(kind: usize) -> Label {
    (1 + 2 * kind) as Label
}

/// The label that goes on with type number `kind`.
pub const fn inside(kind: usize) -> Label {
    (2 + 2 * kind) as Label
}

/// The type number of a label; none for [`OUTSIDE`].
pub const fn type_of(label: Label) -> Option<usize> {
    if label == OUTSIDE { None } else { Some((label as usize - 1) / 2) }
}

/// Whether the label begins a name.
pub const fn begins(label: Label) -> bool {
    label % 2 == 1
}

/// Whether `next` can follow `label`: an I only after the B or I of its type.
pub const fn follows(label: Label, next: Label) -> bool {
    next == OUTSIDE || begins(next) || (label != OUTSIDE && (label as usize).div_ceil(2) == (next as usize) / 2)
}
