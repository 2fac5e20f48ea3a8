//! The lines of an article: the unit in which pages are put together.
//!
//! Takes a [`Reading`]; gives its lines as token ranges with the shape that tells a story line from the page round it.
//! One pass over the tokens.

use crate::extract::Reading;
use crate::extract::times::Expression;
use crate::lexicon::page::{Outlet, OutletKind};
use crate::lexicon::{Entry, Hit, Kinds};
use crate::text::TokenKind;

/// What a line is for. The order of the steps that decide is in [`super::read`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided: in the end, the story.
    #[default]
    Story,
    /// The headline.
    Title,
    /// A byline, an outlet's name, a time stamp: what stands between headline and story.
    Masthead,
    /// A headline inside the story.
    Subhead,
    /// Not the article.
    Furniture,
    /// The label of a time stamp, alone on its line.
    StampLabel,
    /// A line that credits somebody.
    Credit,
}

/// One line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The first token.
    pub(super) first: usize,
    /// The token after the last.
    pub(super) end: usize,
    /// How many tokens are no marks.
    pub(super) words: usize,
    /// Whether it ends as a sentence does, with one full stop.
    pub(super) stopped: bool,
    /// What it is for.
    pub(super) role: Role,
}

/// An article as lines.
pub(super) struct Page<'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) lines: Vec<Line>,
    expressions: &'r [Expression],
    /// For each token the time expression that it stands in; `u32::MAX` for none.
    times: Vec<u32>,
}

impl<'r, 'a> Page<'r, 'a> {
    pub(super) fn new(reading: &'r Reading<'a>, expressions: &'r [Expression]) -> Self {
        let text = &reading.text;
        let mut times = vec![u32::MAX; text.len()];
        for (place, expression) in expressions.iter().enumerate() {
            for slot in times.iter_mut().take(expression.last + 1).skip(expression.first) {
                *slot = place as u32;
            }
        }
        let mut page = Self { reading, lines: Vec::new(), expressions, times };
        let mut first = 0;
        for i in 1..=text.len() {
            if i == text.len() || text.opens_line(i) {
                let line = page.line(first, i);
                page.lines.push(line);
                first = i;
            }
        }
        page
    }

    fn line(&self, first: usize, end: usize) -> Line {
        let words = (first..end).filter(|&i| !self.is_mark(i)).count();
        let mut last = end.saturating_sub(1);
        while last > first && matches!(self.word(last), "\"" | ")" | "'" | "]") {
            last -= 1;
        }
        let stopped = self.word(last) == "." && !(last > first && self.word(last - 1) == ".");
        Line { first, end, words, stopped, role: Role::Story }
    }

    /// The line that holds token `i`.
    pub(super) fn line_at(&self, i: usize) -> Option<&Line> {
        self.lines.get(self.lines.partition_point(|line| line.end <= i)).filter(|line| line.first <= i)
    }

    /// Takes `range` off the line at whose beginning or end it stands.
    pub(super) fn cut(&mut self, range: std::ops::Range<usize>) {
        let at = self.lines.partition_point(|line| line.end < range.end);
        let Some(&line) = self.lines.get(at) else { return };
        let (first, end) = if range.start <= line.first { (range.end, line.end) } else { (line.first, range.start) };
        if first < end {
            let shorter = self.line(first, end);
            if let Some(slot) = self.lines.get_mut(at) {
                *slot = Line { role: line.role, ..shorter };
            }
        } else if let Some(slot) = self.lines.get_mut(at) {
            slot.role = Role::Furniture;
        }
    }

    /// The match form of token `i`.
    pub(super) fn word(&self, i: usize) -> &str {
        self.reading.text.word(i)
    }

    /// Whether token `i` is a mark or a symbol.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        matches!(self.reading.text.kind(i), TokenKind::Punctuation | TokenKind::Symbol)
    }

    /// Whether token `i` is a dash of any length.
    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.is_mark(i)
            && matches!(self.word(i), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}" | "\u{2015}" | "_")
    }

    /// The time expression that token `i` stands in.
    pub(super) fn time(&self, i: usize) -> Option<&'r Expression> {
        self.expressions.get(*self.times.get(i)? as usize)
    }

    /// The entries that begin at token `i` with its whole word, as (last token, entry).
    pub(super) fn entries(&self, i: usize) -> impl Iterator<Item = (usize, &'r Entry)> + use<'r, 'a> {
        entries(self.reading, self.reading.hits.at(i))
    }

    /// The same, where one of `kinds` is among them; else none.
    pub(super) fn entries_of(&self, i: usize, kinds: Kinds) -> impl Iterator<Item = (usize, &'r Entry)> + use<'r, 'a> {
        entries(self.reading, self.reading.hits.of(i, kinds))
    }

    /// The longest outlet that begins at token `i`, whatever is written onto its front: last token, the outlet, where
    /// its name begins.
    pub(super) fn outlet(&self, i: usize) -> Option<(usize, Outlet, u32)> {
        let reading = self.reading;
        let hits =
            reading.hits.of(i, Kinds::OUTLET).iter().filter_map(|hit| match reading.lexicon.entry(hit.entry)? {
                Entry::Outlet(outlet) if outlet.kind != OutletKind::Desk || hit.form.is_whole() => {
                    Some((hit.last, *outlet, reading.text.form_begin(i, hit.form)))
                }
                _ => None,
            });
        // Of readings of one length the whole word counts, which comes first.
        hits.fold(None, |best: Option<(usize, Outlet, u32)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
    }

    /// The first token from `i` on, before `end`, that is no mark.
    pub(super) fn skip_marks(&self, mut i: usize, end: usize) -> usize {
        while i < end && self.is_mark(i) {
            i += 1;
        }
        i
    }
}

/// The entries of `hits` with the whole first word, as (last token, entry).
fn entries<'r>(reading: &'r Reading<'_>, hits: &'r [Hit]) -> impl Iterator<Item = (usize, &'r Entry)> {
    let whole = hits.iter().filter(|hit| hit.form.is_whole());
    whole.filter_map(move |hit| Some((hit.last, reading.lexicon.entry(hit.entry)?)))
}
