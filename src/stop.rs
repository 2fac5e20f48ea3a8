//! How whoever asked takes the question back.
//!
//! The engine has no clock and knows nobody: it is handed a flag, and looks at it between the pieces of its work, each a bounded
//! number of tokens. A look costs a load of one byte.

use std::sync::atomic::{AtomicBool, Ordering};

/// After how many pieces of work that take under a microsecond each a loop looks.
pub const STRIDE: usize = 256;

/// Whether to go on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stop<'a>(Option<&'a AtomicBool>);

impl<'a> Stop<'a> {
    /// Goes on to the end.
    pub const fn never() -> Self {
        Self(None)
    }

    /// Stops once `flag` is set.
    pub const fn when(flag: &'a AtomicBool) -> Self {
        Self(Some(flag))
    }

    /// `items` until it is asked to stop: a look an item, for items of some work each.
    pub fn unless_asked<I: IntoIterator>(self, items: I) -> impl Iterator<Item = I::Item> {
        items.into_iter().take_while(move |_| !self.asked())
    }

    /// Whether to stop.
    pub fn asked(self) -> bool {
        self.0.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}
