//! What stands over a story: page title, time stamps, the headline; and from them the article's own date.
//!
//! Takes a page whose furniture is marked and the recognised time expressions; sets [`Role::Title`] and
//! [`Role::Masthead`]. Linear: the headline is looked for among the first [`HEAD`] lines.

use super::lines::{Line, Page, Role};
use crate::extract::times::{AbsoluteDate, Expression};
use crate::lexicon::page::FurnitureKind;
use crate::lexicon::{Entry, Kinds};
use crate::text::TokenKind;

/// How far down a headline is looked for, in lines.
const HEAD: usize = 40;
/// No headline has more words.
const LONGEST_TITLE: usize = 32;
/// A line with so many words is surely the story's own.
pub(super) const STORY: usize = 25;

/// A line that tells the time of publication and nothing else.
#[derive(Clone, Copy)]
pub(super) struct Stamp {
    /// Its place among the lines.
    line: usize,
    /// The date that it tells.
    date: Option<AbsoluteDate>,
    /// Whether it says more than a date: a clock time, or a label such as `آخر تحديث` "last updated".
    precise: bool,
}

/// The stamps among the lines that are not furniture; their lines become masthead.
pub(super) fn stamps(page: &mut Page<'_, '_>) -> Vec<Stamp> {
    let mut found = Vec::new();
    for at in 0..page.lines.len() {
        let Some(&line) = page.lines.get(at) else { continue };
        let labelled = at
            .checked_sub(1)
            .and_then(|above| page.lines.get(above))
            .is_some_and(|above| above.role == Role::StampLabel);
        if let Some(mut stamp) = stamp(page, line, at) {
            stamp.precise |= labelled;
            found.push(stamp);
        }
    }
    for stamp in &found {
        if let Some(line) = page.lines.get_mut(stamp.line) {
            line.role = Role::Masthead;
        }
    }
    for line in &mut page.lines {
        if line.role == Role::StampLabel {
            line.role = Role::Masthead;
        }
    }
    found
}

/// The line as a stamp: nothing but dates, times, figures and what goes with them.
fn stamp(page: &Page<'_, '_>, line: Line, at: usize) -> Option<Stamp> {
    if matches!(line.role, Role::Furniture | Role::StampLabel) || line.words == 0 || line.words > 20 {
        return None;
    }
    let text = &page.reading.text;
    let (mut dated, mut figures, mut clock, mut labelled, mut date) = (false, 0, false, false, None);
    let mut i = line.first;
    while i < line.end {
        let label = page.entries_of(i, Kinds::FURNITURE).filter_map(|(last, entry)| match entry {
            Entry::Furniture(furniture) if furniture.uses.iter().any(|&(kind, _)| kind == FurnitureKind::Updated) => {
                Some(last)
            }
            _ => None,
        });
        let short = text.surface(i).chars().count();
        if let Some(expression) = page.time(i) {
            dated = true;
            date = date.or(expression.absolute.filter(|date| date.day.is_some()));
            clock |= expression.absolute.is_some_and(|date| date.clock.is_some());
        } else if let Some(last) = label.max() {
            labelled = true;
            i = last;
        } else {
            match text.kind(i) {
                TokenKind::Number => figures += 1,
                // م, ص, هـ, ت م; GMT, AM
                TokenKind::Arabic if short <= 2 => {}
                TokenKind::Foreign if short <= 4 => {}
                TokenKind::Punctuation | TokenKind::Symbol => {}
                _ => return None,
            }
        }
        clock |= text.kind(i) == TokenKind::Number
            && page.word(i + 1) == ":"
            && text.glued(i + 1)
            && text.kind(i + 2) == TokenKind::Number;
        clock |= page.word(i) == "gmt";
        i += 1;
    }
    // Figures alone are a stamp where they show a clock or stand beside a label.
    let shown = dated || (figures >= 2 && (clock || labelled));
    shown.then_some(Stamp { line: at, date, precise: clock || labelled })
}

/// Finds the headline: its line gets [`Role::Title`], and what is above it but no stamp becomes furniture where it
/// repeats the headline (the page's own title).
///
/// *Finds* (`document.title`): a first line of up to thirty words with no full stop over a longer one.
///
/// *Known misses*: headlines that end in a full stop; a headline of a story with no second line.
pub(super) fn title(page: &mut Page<'_, '_>, is_dateline: impl Fn(&Page<'_, '_>, Line) -> bool) -> Option<usize> {
    if let Some(at) = repeated(page) {
        for line in page.lines.iter_mut().take(at) {
            if line.role == Role::Story {
                line.role = Role::Furniture;
            }
        }
        if let Some(line) = page.lines.get_mut(at) {
            line.role = Role::Title;
        }
        return Some(at);
    }
    let stories = |from: usize| {
        page.lines.iter().enumerate().skip(from).filter(|(_, line)| line.role == Role::Story && line.words > 0)
    };
    let (at, line) = stories(0).next().filter(|&(at, _)| at < HEAD)?;
    let below = stories(at + 1).take(4).map(|(_, line)| line.words).max()?;
    // Two words can be a headline too, but over a list or a poem nothing tells which line it is.
    let fits = line.words <= LONGEST_TITLE && !line.stopped && below > line.words && below >= 8;
    if !fits || page.word(line.end - 1) == ":" || is_dateline(page, *line) {
        return None;
    }
    if let Some(line) = page.lines.get_mut(at) {
        line.role = Role::Title;
    }
    Some(at)
}

/// The line, not the first, with which the first line ends after a mark: `موقع - قسم - عنوان` "site - section - headline".
fn repeated(page: &Page<'_, '_>) -> Option<usize> {
    let text = &page.reading.text;
    let first = page.lines.first()?;
    (1..page.lines.len().min(HEAD)).find(|&at| {
        let Some(line) = page.lines.get(at) else { return false };
        let length = line.end - line.first;
        let whole = first.end - first.first;
        line.words >= 2
            && length + 2 <= whole
            && line.role != Role::Furniture
            && page.is_mark(first.end - length - 1)
            && (0..length).all(|k| text.id(line.first + k) == text.id(first.end - length + k))
    })
}

/// The article's own date: a stamp under the headline, a stamp over it that says more than a date, a date in the
/// dateline (`dateline` gives its tokens), or `اليوم` "today" with a full date in the story.
///
/// *Finds* (`document.published`): `30-1-2019 | 13:33` under a headline; `اليوم الأربعاء 25 نوفمبر 2020` "today, Wednesday 25
/// November 2020". A bare date over the headline is the day on which the page was fetched: its line becomes furniture.
///
/// *Known misses*: dates with no year; a date that closes the story.
pub(super) fn published(
    page: &mut Page<'_, '_>,
    stamps: &[Stamp],
    title: Option<usize>,
    dateline: Option<std::ops::Range<usize>>,
    expressions: &[Expression],
) -> Option<AbsoluteDate> {
    let below = stamps.iter().find(|stamp| stamp.date.is_some() && title.is_none_or(|title| stamp.line > title));
    let precise = stamps.iter().find(|stamp| stamp.date.is_some() && stamp.precise);
    let stamped = below.filter(|stamp| stamp.line < HEAD).or(precise);
    let chosen = stamped.map(|stamp| stamp.line);
    for stamp in stamps {
        let over = title.is_some_and(|title| stamp.line < title);
        if over
            && chosen != Some(stamp.line)
            && stamp.date.is_some()
            && let Some(line) = page.lines.get_mut(stamp.line)
        {
            line.role = Role::Furniture;
        }
    }
    if let Some(stamp) = stamped {
        return stamp.date;
    }
    if let Some(range) = dateline {
        let inside = expressions.iter().find(|expression| range.contains(&expression.first) && is_day(expression));
        if let Some(expression) = inside {
            return expression.absolute;
        }
    }
    let told = expressions.iter().find(|expression| is_day(expression) && says_today(page, expression));
    told.and_then(|expression| expression.absolute)
}

fn is_day(expression: &Expression) -> bool {
    expression.absolute.is_some_and(|date| date.day.is_some())
}

/// Whether the expression begins with `اليوم` "today", or it stands before it with at most a weekday and brackets between.
fn says_today(page: &Page<'_, '_>, expression: &Expression) -> bool {
    let role = page.line_at(expression.first).map(|line| line.role);
    if role == Some(Role::Furniture) {
        return false;
    }
    let from = expression.first.saturating_sub(4);
    (from..=expression.first).rev().any(|i| {
        let today = page.word(i) == "اليوم";
        // Between the two nothing but marks and words that are times too.
        today
            && (i + 1..expression.first).filter(|&k| !page.is_mark(k)).count() <= 1
            && !page.reading.text.opens_line(expression.first)
    })
}
