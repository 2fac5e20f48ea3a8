//! What goes into the engine.

use jiff::Timestamp;
use jiff::tz::TimeZone;

bitflags::bitflags! {
    /// The layers of an extraction. A layer brings those that it is built on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Layers: u16 {
        /// Title, dateline, outlet, source, author, date, language, zones.
        const DOCUMENT = 1;
        /// Sentence boundaries.
        const SENTENCES = 1 << 1;
        /// Tokens; only when asked for by name.
        const TOKENS = 1 << 2;
        /// Time expressions.
        const TIMES = 1 << 3;
        /// Numbers, ordinals, percentages, money, measures.
        const QUANTITIES = 1 << 4;
        /// What is named where, and the entities.
        const MENTIONS = 1 << 5;
        /// Who holds which office.
        const POSITIONS = 1 << 6;
        /// Who said what.
        const QUOTES = 1 << 7;
        /// Who did what to whom.
        const EVENTS = 1 << 8;
    }
}

impl Default for Layers {
    /// All but the tokens.
    fn default() -> Self {
        Self::all() - Self::TOKENS
    }
}

/// One article as the caller knows it.
#[derive(Clone, Debug)]
pub struct Article<'a> {
    /// The text, as it was found.
    pub text: &'a str,
    /// The headline, where the caller has it apart from the text.
    pub title: Option<&'a str>,
    /// When it was published.
    pub publish_time: Option<Timestamp>,
    /// The zone in which the day that `اليوم` "today" means is reckoned.
    pub time_zone: TimeZone,
}

impl<'a> Article<'a> {
    /// An article of which nothing is known but its text.
    pub fn new(text: &'a str) -> Self {
        Self { text, title: None, publish_time: None, time_zone: TimeZone::UTC }
    }
}

/// What is wanted of the engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The layers wanted.
    pub layers: Layers,
}
