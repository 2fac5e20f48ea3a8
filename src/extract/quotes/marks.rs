//! Quote marks: which opens, which closes, what stands between.
//!
//! Takes the tokens; gives [`Marks`]: the outermost quotations in order, the marks that open one and are never answered, and
//! those that close one that was never opened. A mark's own shape says little (news set “ and ” either way round), so what stands
//! beside it decides first: space before and none after opens, the other way round closes; then the shape; then whether
//! one is open. Marks are matched within a paragraph; one that stays open there can be closed at the end of one of the
//! next paragraphs. One pass, a bounded stack.

use crate::extract::Reading;
use crate::text::TokenKind;

/// How deep quotations nest.
const DEEPEST: usize = 6;
/// Over how many paragraphs a quotation may run.
const PARAGRAPHS: usize = 6;

/// What stands between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The opening mark; the first of two single ones.
    pub open: usize,
    /// The first token inside.
    pub first: usize,
    /// The closing mark; the token after the last where it is missing.
    pub close: usize,
    /// Whether it is closed by a mark.
    pub closed: bool,
    /// How many words it holds.
    pub words: usize,
}

impl Quotation {
    /// The last token inside.
    pub(super) fn last(&self) -> usize {
        self.close.saturating_sub(1).max(self.first)
    }
}

/// The quotations of an article.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Outermost quotations that hold something, in order.
    pub list: Vec<Quotation>,
    /// Closing marks of quotations that were never opened, in order.
    pub strays: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// An opening mark that waits to be answered.
#[derive(Clone, Copy, Debug)]
struct Open {
    token: usize,
    /// The first token behind it.
    first: usize,
    single: bool,
    /// How many quotations had been found when it opened.
    found: usize,
}

impl Marks {
    /// Reads the marks of an article.
    pub(super) fn read(reading: &Reading<'_>) -> Self {
        let text = &reading.text;
        let mut reader = Reader { reading, marks: Self::default(), stack: Vec::new(), waiting: None };
        let mut i = 0;
        while i < text.len() {
            if text.opens_line(i) {
                reader.end_paragraph(i);
            }
            i += reader.token(i);
        }
        reader.end_paragraph(text.len());
        reader.drop_waiting();
        let mut marks = reader.marks;
        marks.list.sort_by_key(|quotation| quotation.open);
        marks
    }

    /// The quotation that opens at token `i`.
    pub(super) fn opening_at(&self, i: usize) -> Option<(usize, Quotation)> {
        let at = self.list.partition_point(|quotation| quotation.open < i);
        self.list.get(at).copied().filter(|quotation| quotation.open == i).map(|quotation| (at, quotation))
    }

    /// The quotation in which token `i` stands.
    pub(super) fn around(&self, i: usize) -> Option<(usize, Quotation)> {
        let at = self.list.partition_point(|quotation| quotation.open < i).checked_sub(1)?;
        self.list.get(at).copied().filter(|quotation| i < quotation.close).map(|quotation| (at, quotation))
    }

    /// Whether token `i` is a stray closing mark.
    pub(super) fn is_stray(&self, i: usize) -> bool {
        self.strays.binary_search(&i).is_ok()
    }
}

struct Reader<'r, 'a> {
    reading: &'r Reading<'a>,
    marks: Marks,
    stack: Vec<Open>,
    /// An opening mark of an earlier paragraph, and how many paragraphs it has waited.
    waiting: Option<(Open, usize, usize)>,
}

impl Reader<'_, '_> {
    /// Reads token `i`; gives how many tokens it took.
    fn token(&mut self, i: usize) -> usize {
        let text = &self.reading.text;
        if text.kind(i) != TokenKind::Punctuation {
            return 1;
        }
        let single = match text.word(i) {
            "\"" => false,
            "'" => true,
            _ => return 1,
        };
        // Two single marks side by side are one double mark.
        let doubled = single && text.word(i + 1) == "'" && text.glued(i + 1);
        let width = if doubled { 2 } else { 1 };
        let single = single && !doubled;
        let side = match self.side(i, width, single) {
            // Where nothing tells, a mark answers the one that is open; a single one may be an apostrophe.
            Side::Either if single => return width,
            Side::Either if self.stack.iter().any(|open| !open.single) => Side::Closes,
            side => side,
        };
        match side {
            Side::Closes => self.close(i, single),
            _ => self.open(i, i + width, single),
        }
        width
    }

    /// What the place of a mark says of it, then its shape.
    fn side(&self, i: usize, width: usize, single: bool) -> Side {
        let text = &self.reading.text;
        let next = i + width;
        let (before, after) = (text.glued(i) && !text.opens_line(i), text.glued(next) && !text.opens_line(next));
        let previous = i.checked_sub(1).map_or("", |previous| text.word(previous));
        let particle = matches!(previous, "ب" | "ل" | "و" | "ف" | "ك" | "وب" | "ول" | "فب" | "ال" | "كـ");
        let shape = match text.surface(i).chars().next() {
            Some('«' | '“' | '„' | '‹' | '‘' | '‟') => Side::Opens,
            Some('»' | '”' | '›' | '’') => Side::Closes,
            _ => Side::Either,
        };
        let stops = text.kind(next) == TokenKind::Punctuation
            && matches!(text.word(next), "." | "," | ":" | ")" | "?" | "!" | "]" | "-" | ";");
        let opened = particle || matches!(previous, ":" | "(" | "[");
        match (before, after) {
            (false, true) => {
                if stops {
                    Side::Closes
                } else {
                    Side::Opens
                }
            }
            (true, false) => {
                if opened {
                    Side::Opens
                } else {
                    Side::Closes
                }
            }
            (true, true) if opened || previous == "-" => Side::Opens,
            (true, true) if stops => Side::Closes,
            _ if single => Side::Either,
            _ => shape,
        }
    }

    fn open(&mut self, token: usize, first: usize, single: bool) {
        if self.stack.len() < DEEPEST {
            self.stack.push(Open { token, first, single, found: self.marks.list.len() });
        }
    }

    fn close(&mut self, token: usize, single: bool) {
        let Some(place) = self.stack.iter().rposition(|open| open.single == single) else {
            if !single {
                self.stray(token);
            }
            return;
        };
        let Some(open) = self.stack.get(place).copied() else { return };
        self.stack.truncate(place);
        // What was found inside is part of it, unless it stands in an opening mark that may stay alone.
        self.marks.list.truncate(open.found);
        self.push(open, token, true);
    }

    /// A closing mark without its opening one: it may answer a mark of an earlier paragraph.
    fn stray(&mut self, token: usize) {
        let text = &self.reading.text;
        let ends_line = (token + 1..token + 4).any(|i| text.opens_line(i));
        if let Some((open, ..)) = self.waiting.filter(|_| ends_line) {
            self.waiting = None;
            self.marks.list.truncate(open.found);
            self.push(open, token, true);
            return;
        }
        self.marks.strays.push(token);
    }

    fn push(&mut self, open: Open, close: usize, closed: bool) {
        let words = (open.first..close).filter(|&i| self.reading.text.kind(i) != TokenKind::Punctuation).count();
        if words > 0 {
            self.marks.list.push(Quotation { open: open.token, first: open.first, close, closed, words });
        }
    }

    /// The paragraph ends before token `i`: the outermost mark that is open may be answered later.
    fn end_paragraph(&mut self, i: usize) {
        let unanswered = self.stack.iter().find(|open| !open.single).copied();
        self.stack.clear();
        if let Some((open, end, paragraphs)) = self.waiting.take() {
            // A paragraph of a speech opens with a mark of its own: the speech goes on.
            if paragraphs < PARAGRAPHS && unanswered.is_none() {
                self.waiting = Some((open, end, paragraphs + 1));
                return;
            }
            self.push(open, end, false);
        }
        self.waiting = unanswered.map(|open| (open, i, 0));
    }

    fn drop_waiting(&mut self) {
        if let Some((open, end, _)) = self.waiting.take() {
            self.push(open, end, false);
        }
    }
}
