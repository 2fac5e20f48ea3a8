//! Times: TIMEX3 expressions, recognised first and resolved when the document's own date is known.
//!
//! [`Expression`] is what the words say; its value waits for an anchor.

use crate::text::Span;

/// A date as far as the words themselves tell it, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbsoluteDate {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month, 1 to 31.
    pub day: Option<i8>,
    /// Hour and minute of the day.
    pub clock: Option<(i8, i8)>,
}

/// A time expression as its words say it, not yet anchored.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
    /// The words; the first token's proclitics are outside.
    pub span: Span,
    /// The date, where the words tell it in full down to the year.
    pub absolute: Option<AbsoluteDate>,
}
