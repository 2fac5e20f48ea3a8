//! Page furniture: menus, share bars, read-also lines, photo credits, comment forms, application lines.
//!
//! Takes a page's lines; sets [`Role::Furniture`] on whole lines and gives token ranges for furniture that shares a line
//! with the story. Knows phrases from `page.tsv`, and shapes: rules of dashes, addresses, residue of markup. A phrase
//! counts only where it opens a line or follows the end of a sentence, never because a story line holds it.
//! Linear: each line is looked at a bounded number of times.

use std::ops::Range;

use super::lines::{Line, Page, Role};
use crate::lexicon::page::{Below, FurnitureKind, Reach};
use crate::lexicon::{Entry, Kinds};
use crate::text::TokenKind;

/// No line of furniture that a phrase opens has more words than this.
const LONGEST: usize = 30;
/// A line of a form or a list of links has at most this many words.
const SHORT: usize = 20;
/// At most this many headlines stand under one read-also line.
const LINKS: usize = 8;
/// At most this many words make a menu item.
const ITEM: usize = 4;
/// At most this many tokens stand between the brackets of a photo credit.
const CREDIT: usize = 12;
/// What joins a call to share with where, in its match form: `على` "on", `عبر` "through", `من خلال` "by way of", `في` "in".
const JOINS: [&str; 5] = ["علي", "عبر", "من", "خلال", "في"];

/// What one line is found to be.
#[derive(Clone, Copy, Default)]
struct Finding {
    furniture: bool,
    stamp_label: bool,
    menu_item: bool,
    below: Below,
}

/// Marks the furniture. Gives the parts of lines that are furniture where the rest of the line is not.
///
/// *Finds* (`document.furniture`): `اقرأ أيضا: عنوان خبر آخر` "read also: another headline"; `لن يتم نشر بريدك الإلكتروني`
/// "your mail address will not be published" with the form round it; a block of `الرئيسية`, `رياضة`, `اقتصاد` "home, sport,
/// economy"; `شارك عبر فيسبوك` "share through Facebook"; a caption that ends in `(تصوير: سالم العمري)` "(photography: …)".
///
/// *Known misses*: read-also headlines with no label; captions without a credit or `الصورة:` "photo"; menus of which no item
/// is known.
pub(super) fn mark(page: &mut Page<'_, '_>) -> Vec<Range<usize>> {
    let lines = page.reading.stop.unless_asked(0..page.lines.len());
    let findings: Vec<Finding> = lines.map(|at| look(page, at)).collect();
    let mut inline = Vec::new();
    let count = page.lines.len();
    let mut form = false;
    let mut links = 0usize;
    for (at, finding) in page.reading.stop.unless_asked(findings.iter().enumerate()) {
        let parts = inline_parts(page, at, count);
        let Some(line) = page.lines.get_mut(at) else { continue };
        let mut role = line.role;
        if finding.furniture {
            role = Role::Furniture;
        } else if finding.stamp_label {
            role = Role::StampLabel;
        } else if (form && line.words <= SHORT) || (links > 0 && line.words <= SHORT && !line.stopped && line.words > 1)
        {
            role = Role::Furniture;
            links = links.saturating_sub(1);
        } else {
            (form, links) = (false, 0);
        }
        match finding.below {
            Below::Form if finding.furniture => form = true,
            Below::Links if finding.furniture => links = LINKS,
            _ => {}
        }
        line.role = role;
        if role == Role::Story {
            inline.extend(parts);
        }
    }
    menus(page, &findings);
    inline
}

/// What line `at` is by itself.
fn look(page: &Page<'_, '_>, at: usize) -> Finding {
    let mut finding = Finding::default();
    let Some(&line) = page.lines.get(at) else { return finding };
    if line.words == 0 || is_address(page, line) || is_markup(page, line) {
        finding.furniture = line.words > 0 || line.end - line.first >= 3 || page.word(line.first) == "*";
        return finding;
    }
    let first = page.skip_marks(line.first, line.end);
    for (last, entry) in page.entries_of(first, Kinds::FURNITURE) {
        let Entry::Furniture(furniture) = entry else { continue };
        for &(kind, reach) in &furniture.uses {
            let fills = fills(page, last + 1, line.end);
            let fits = match reach {
                // With a colon after it the word heads something.
                Reach::Line => fills && kind != FurnitureKind::Menu && page.word(line.end - 1) != ":",
                Reach::Label => labels(page, kind, furniture.below, last + 1, line, at),
                Reach::Opens => line.words <= LONGEST && at > 0,
                // Where it opens a line in the lower half, the line is all furniture.
                Reach::Rest => kind != FurnitureKind::Tags && at > 0 && at * 2 > page.lines.len(),
                Reach::Prefix => false,
            };
            if kind == FurnitureKind::Menu && fills {
                finding.menu_item = true;
            } else if fits && kind == FurnitureKind::Updated {
                finding.stamp_label |= fills;
            } else if fits {
                finding.furniture = true;
                if furniture.below != Below::Links || fills {
                    finding.below = furniture.below;
                }
            }
        }
    }
    finding.furniture |= is_bar(page, line) || is_share_call(page, line);
    // A caption ends in its credit; a headline only says that there are pictures.
    finding.furniture |= at > 0
        && line.words <= LONGEST
        && photo_credit(page, line).is_some_and(|open| open == first || page.word(open - 1) != ".");
    finding
}

/// Whether a label that ends before token `after` is one here.
fn labels(page: &Page<'_, '_>, kind: FurnitureKind, below: Below, after: usize, line: Line, at: usize) -> bool {
    if fills(page, after, line.end) {
        // A field of a form: its words alone, and not where the story begins.
        return below != Below::Form || at * 2 >= page.lines.len() || after - line.first > 1;
    }
    let marked = matches!(page.word(after), ":" | "|" | "/" | ">" | "." | "…" | "\u{00BB}") || page.is_dash(after);
    let paused = page.word(after) != "." || page.word(after + 1) == ".";
    // The headline itself may begin with `شاهد..` "watch".
    let place = at > 0 || kind == FurnitureKind::Photo;
    below != Below::Form && marked && paused && place && line.words <= LONGEST && !(line.stopped && line.words > SHORT)
}

/// Whether nothing but marks and figures stands from `i` to `end`.
fn fills(page: &Page<'_, '_>, i: usize, end: usize) -> bool {
    (i..end).all(|i| page.is_mark(i) || page.reading.text.kind(i) == TokenKind::Number)
}

/// Whether every word of the line is part of a menu or a share bar, two items or more.
fn is_bar(page: &Page<'_, '_>, line: Line) -> bool {
    let (mut i, mut items, mut covered) = (line.first, 0, 0);
    while i < line.end {
        let item = page.entries_of(i, Kinds::FURNITURE).filter_map(|(last, entry)| match entry {
            Entry::Furniture(furniture) if furniture.uses.iter().any(|&(_, reach)| reach == Reach::Line) => Some(last),
            _ => None,
        });
        match item.max() {
            Some(last) if last < line.end => {
                items += 1;
                covered += last + 1 - i;
                i = last + 1;
            }
            _ => i += 1,
        }
    }
    let parted = (line.first..line.end).filter(|&i| page.is_mark(i)).count() + 1 >= items;
    (items >= 3 && covered * 5 >= line.words * 4 && (parted || items >= 4))
        || (items == 2 && parted && covered == line.words && !line.stopped)
}

/// Whether the line calls to share and says where, and no more: `شارك عبر فيسبوك` "share through Facebook".
fn is_share_call(page: &Page<'_, '_>, line: Line) -> bool {
    let item = |i: usize| {
        let items = page.entries(i).filter_map(|(last, entry)| match entry {
            Entry::Furniture(furniture) if furniture.uses.iter().any(|&(kind, _)| kind == FurnitureKind::Share) => {
                Some(last)
            }
            _ => None,
        });
        items.max().filter(|&last| last < line.end)
    };
    let (mut i, mut items) = (page.skip_marks(line.first, line.end), 0);
    while i < line.end {
        if let Some(last) = item(i) {
            items += 1;
            i = last + 1;
        } else if page.is_mark(i) || (items == 1 && JOINS.contains(&page.word(i))) {
            i += 1;
        } else {
            return false;
        }
    }
    items >= 2 && !line.stopped
}

/// The bracket with which the photo credit opens that closes the line: `(تصوير: سالم العمري)` "(photography: …)",
/// `(صورة أرشيفية)` "(file picture)".
///
/// *Known misses*: `(أرشيف)` "(archive)", an agency's name in brackets under a picture.
fn photo_credit(page: &Page<'_, '_>, line: Line) -> Option<usize> {
    let mut close = line.end.checked_sub(1)?;
    if page.word(close) == "." && close > line.first {
        close -= 1;
    }
    if !matches!(page.word(close), ")" | "]") {
        return None;
    }
    let open =
        (line.first.max(close.saturating_sub(CREDIT))..close).rev().find(|&i| matches!(page.word(i), "(" | "["))?;
    let inside = page.skip_marks(open + 1, close);
    let credits = page.entries(inside).any(|(last, entry)| match entry {
        // A label says whose it is: `(صورة)` "(picture)" alone credits nobody.
        Entry::Furniture(furniture) => furniture.uses.iter().any(|&(kind, reach)| {
            kind == FurnitureKind::Photo && last < close && (reach == Reach::Opens || !fills(page, last + 1, close))
        }),
        _ => false,
    });
    credits.then_some(open)
}

/// Whether the line is a mail address, a web address or an account's name, with at most a few words to it.
fn is_address(page: &Page<'_, '_>, line: Line) -> bool {
    let at_sign = (line.first..line.end).any(|i| {
        page.is_mark(i)
            && page.word(i) == "@"
            && page.reading.text.glued(i + 1)
            && page.reading.text.kind(i + 1) == TokenKind::Foreign
    });
    let web = matches!(page.word(line.first), "http" | "https" | "www");
    (at_sign || web)
        && line.words <= 12
        && !(line.first..line.end).any(|i| page.word(i) == "\"")
        && arabic(page, line) <= 5
}

fn arabic(page: &Page<'_, '_>, line: Line) -> usize {
    (line.first..line.end).filter(|&i| page.reading.text.kind(i) == TokenKind::Arabic).count()
}

/// Whether the line holds what is left of a page's markup: `/>`, or `name="` at its beginning.
fn is_markup(page: &Page<'_, '_>, line: Line) -> bool {
    let text = &page.reading.text;
    let closes = line.end - line.first >= 2
        && page.word(line.end - 1) == ">"
        && page.word(line.end.saturating_sub(2)) == "/"
        && text.glued(line.end - 1);
    let attribute = text.kind(line.first) == TokenKind::Foreign
        && page.word(line.first + 1) == "="
        && text.glued(line.first + 1)
        && matches!(page.word(line.first + 2), "\"" | "'");
    closes || attribute
}

/// The parts of line `at` that are furniture by themselves.
fn inline_parts(page: &Page<'_, '_>, at: usize, count: usize) -> Option<Range<usize>> {
    let line = page.lines.get(at)?;
    let late = at + 3 >= count;
    let first = page.skip_marks(line.first, line.end);
    if at > 0
        && let Some(open) = photo_credit(page, *line)
    {
        return Some(open..line.end);
    }
    for i in first..line.end {
        let opens = i == first;
        if !opens && !late {
            return None;
        }
        for (last, entry) in page.entries_of(i, Kinds::FURNITURE) {
            let Entry::Furniture(furniture) = entry else { continue };
            for &(kind, reach) in &furniture.uses {
                if reach == Reach::Prefix && opens && at <= 3 {
                    return Some(line.first..bar_end(page, last + 1, line.end));
                }
                if reach != Reach::Rest {
                    continue;
                }
                let parted = opens || matches!(page.word(i - 1), "." | "!" | "?" | "\"" | ")" | "…");
                let tags = kind == FurnitureKind::Tags;
                let fits = if tags {
                    late && parted && last + 1 < line.end && !line.stopped && line.end - last <= 40
                } else {
                    (parted || page.word(last + 1) == ":" || page.word(last + 2) == ":") && (late || at * 2 > count)
                };
                if fits {
                    return Some(i..line.end);
                }
            }
        }
    }
    None
}

/// Where the items of a share bar that go on at token `i` end.
fn bar_end(page: &Page<'_, '_>, mut i: usize, end: usize) -> usize {
    loop {
        let next = page.entries_of(i, Kinds::FURNITURE).filter_map(|(last, entry)| match entry {
            Entry::Furniture(furniture) if furniture.uses.iter().any(|&(kind, _)| kind == FurnitureKind::Share) => {
                Some(last)
            }
            _ => None,
        });
        match next.max() {
            Some(last) if last + 1 < end => i = last + 1,
            _ => return i,
        }
    }
}

/// Menus: three short lines or more in a row, two of them known items, are one from the first known item to the last.
fn menus(page: &mut Page<'_, '_>, findings: &[Finding]) {
    let mut at = 0;
    while at < page.lines.len() {
        let begin = at;
        while page.lines.get(at).is_some_and(|line| line.words <= ITEM && !line.stopped) {
            at += 1;
        }
        let run = begin..at;
        let known = |i: &usize| findings.get(*i).is_some_and(|finding| finding.menu_item || finding.furniture);
        let (first, last) = (run.clone().find(known), run.clone().rev().find(known));
        let items = run.clone().filter(|i| findings.get(*i).is_some_and(|finding| finding.menu_item)).count();
        // A category alone over the headline is a menu of one.
        let category = begin == 0
            && items >= 1
            && findings.first().is_some_and(|finding| finding.menu_item)
            && page.lines.len() > 2;
        if let (Some(first), Some(last)) = (first, last) {
            if run.len() >= 3 && items >= 2 {
                for line in
                    page.lines.iter_mut().take(last + 1).skip(first).filter(|line| line.role != Role::StampLabel)
                {
                    line.role = Role::Furniture;
                }
            } else if category && let Some(line) = page.lines.first_mut() {
                line.role = Role::Furniture;
            }
        }
        at = at.max(begin + 1);
    }
}
