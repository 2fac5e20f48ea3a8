//! Credits: who wrote the story, who told it, whose it is, as far as lines and phrases say so.
//!
//! Takes a page whose lines have roles; gives [`Found`] values with the tokens that become a credit zone. Lines are looked
//! at once; the search through the story looks back at most [`BACK`] tokens from a name.

use std::ops::Range;

use super::dateline;
use super::lines::{Line, Page, Role};
use crate::extract::Reading;
use crate::lexicon::page::{Credit, OutletKind};
use crate::lexicon::{Entry, Kinds};
use crate::text::{Proclitics, Span, TokenKind};

/// How far before a name the word may stand that says that it told.
const BACK: usize = 5;
/// The longest credit line, in words.
const LONGEST: usize = 12;
/// In so many of the first story lines an agency can be the source, however short the story.
const SOURCED: usize = 6;
/// How many of the first story lines an outlet other than an agency must be relayed in to be the source.
const RELAYED: usize = 3;

/// What was credited.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) outlet: Option<Span>,
    pub(super) source: Option<Span>,
    pub(super) author: Option<Span>,
}

impl Found {
    /// Takes from `other` what is not known yet.
    pub(super) fn or(&mut self, other: Self) {
        self.outlet = self.outlet.or(other.outlet);
        self.source = self.source.or(other.source);
        self.author = self.author.or(other.author);
    }
}

/// The credit that a short line is.
///
/// *Finds* (`document.credit`): `المصدر: تاس` "source: TASS"; `بقلم: سالم العمري` "by Salem al-Omari"; `* نقلا عن "البيان"` "from
/// al-Bayan"; `خاص بـ«الشرق الأوسط»` "exclusive to …".
///
/// *Known misses*: a writer's name alone on its line.
pub(super) fn line(page: &Page<'_, '_>, line: Line) -> Option<Found> {
    if line.words > LONGEST * 3 {
        return None;
    }
    let text = &page.reading.text;
    let first = page.skip_marks(line.first, line.end);
    let (last, credit) = label(page, first)?;
    let after = last + 1;
    let marked = matches!(page.word(after), ":" | "/" | "|") || page.is_dash(after);
    let alone = line.words <= LONGEST && !line.stopped;
    if credit.contains(Credit::MARKED) && !(marked && alone && line.words <= 9) {
        return None;
    }
    let mut from = page.skip_marks(after, line.end);
    if from >= line.end {
        return None;
    }
    let mut found = Found::default();
    if credit.intersects(Credit::SOURCE | Credit::OUTLET) && alone {
        let value = outlet_from(page, from, line.end).or_else(|| {
            let quoted = from > after && is_quote(page.word(from - 1));
            let end = (from..line.end).find(|&i| page.is_mark(i) && !page.is_dash(i)).unwrap_or(line.end);
            (marked || quoted || end - from <= 4).then(|| text.span(from, end - 1))
        })?;
        if credit.contains(Credit::OUTLET) {
            found.outlet = Some(value);
        } else {
            found.source = Some(value);
        }
        return Some(found);
    }
    if credit.contains(Credit::AUTHOR) && (alone || !credit.contains(Credit::MARKED)) {
        while let Some((last, Credit::HONORIFIC)) = label(page, from).filter(|&(_, credit)| credit == Credit::HONORIFIC)
        {
            from = page.skip_marks(last + 1, line.end);
        }
        if page.word(from + 1) == "." && text.surface(from).chars().count() == 1 {
            // د. "Dr"
            from = page.skip_marks(from + 1, line.end);
        }
        let end = (from..line.end.min(from + 6))
            .find(|&i| page.is_mark(i) && !(page.is_dash(i) && text.glued(i) && text.glued(i + 1)))
            .unwrap_or(line.end.min(from + 6));
        let words = end.saturating_sub(from);
        if words == 0
            || words > 5
            || !(from..end).all(|i| matches!(text.kind(i), TokenKind::Arabic | TokenKind::Foreign) || page.is_mark(i))
        {
            return None;
        }
        found.author = Some(text.span(from, end - 1));
        return Some(found);
    }
    None
}

/// The longest word of credit that begins at token `i`.
fn label(page: &Page<'_, '_>, i: usize) -> Option<(usize, Credit)> {
    page.entries_of(i, Kinds::CREDIT)
        .filter_map(|(last, entry)| if let Entry::Credit(credit) = entry { Some((last, *credit)) } else { None })
        .max_by_key(|hit| hit.0)
}

/// The first outlet from `from` on, a head noun (`وكالة` "agency") passed over.
fn outlet_from(page: &Page<'_, '_>, from: usize, end: usize) -> Option<Span> {
    (from..end.min(from + 4)).find_map(|i| {
        let (last, outlet, begin) = page.outlet(i)?;
        (last < end && outlet.kind != OutletKind::Desk)
            .then(|| Span::new(begin, page.reading.text.token(last).span.end))
    })
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "'" | "(" | "{")
}

/// A short last line that begins with what outlets are called and has no verb to it: a signature.
///
/// *Finds* (`document.signature`): `شبكة الأفق "الأخبار أولا"` over a photo credit.
pub(super) fn signature(page: &Page<'_, '_>, line: Line) -> Option<Span> {
    let first = page.skip_marks(line.first, line.end);
    let head = label(page, first).is_some_and(|(_, credit)| credit.contains(Credit::HEAD));
    let sure = page.outlet(first).is_some_and(|(last, outlet, _)| {
        outlet.kind != OutletKind::Desk && !outlet.common && page.skip_marks(last + 1, line.end) >= line.end
    });
    let fits = (head && (2..=LONGEST).contains(&line.words)) || sure;
    let mut last = line.end - 1;
    while last > first && page.is_mark(last) && !matches!(page.word(last), "\"" | ")") {
        last -= 1;
    }
    (fits && !line.stopped).then(|| page.reading.text.span(first, last))
}

/// The credit that closes the story's last line: tokens, outlet and source.
///
/// *Finds* (`document.closing`): `… في البلاد.(وكالات)` "(agencies)"; `… / أ ف ب`.
pub(super) fn closing(page: &Page<'_, '_>, line: Line) -> Option<(Range<usize>, Found)> {
    let text = &page.reading.text;
    let mut end = line.end;
    while end > line.first && page.is_mark(end - 1) {
        end -= 1;
    }
    // An opening mark at most eight tokens back; two agencies can stand between.
    let opening = (line.first..end).rev().take(10).find(|&i| matches!(page.word(i), "(" | "[" | "/" | "{"))?;
    let from = page.skip_marks(opening, end);
    let (last, outlet, begin) = page.outlet(from)?;
    let closed = matches!(page.word(opening), "/") || matches!(page.word(end), ")" | "]" | "}");
    let rest = page.skip_marks(last + 1, end);
    let whole = rest >= end || page.outlet(rest).is_some_and(|(last, ..)| last + 1 >= end);
    if !closed || !whole || outlet.kind == OutletKind::Desk {
        return None;
    }
    // A slash parts months too (`أبريل/نيسان`): it must stand free.
    if page.word(opening) == "/" && (text.glued(opening) || outlet.common) {
        return None;
    }
    let mut found = Found::default();
    let span = Some(Span::new(begin, text.token(last).span.end));
    if outlet.kind == OutletKind::Media {
        found.outlet = span;
    } else {
        found.source = span;
    }
    // An outlet in brackets can be an aside; an agency hardly ever is.
    let stops = opening > line.first && matches!(page.word(opening - 1), "." | "!" | "?" | "\"");
    (outlet.kind == OutletKind::Agency || stops).then_some((opening..line.end, found))
}

/// What the story itself tells of its source and outlet.
///
/// *Finds* (`document.source`, `document.outlet`): `نقلت وكالة تاس عن` "TASS quoted"; `وفق "فرانس برس"` "according to AFP"; `قال لـ"رويترز"`
/// "told Reuters"; `بيان تلقته "الإشراق"` "a statement that al-Ishraq received"; `في تصريح لهسبريس` "in a statement to Hespress".
///
/// *Known misses*: agencies that `outlets.tsv` lacks; outlets named only by `الصحيفة` "the newspaper".
pub(super) fn story(page: &Page<'_, '_>) -> Found {
    let mut found = Found::default();
    let mut lines = 0;
    let count = page.lines.iter().filter(|line| matches!(line.role, Role::Story | Role::Subhead)).count();
    // What is told last is background, or the teaser of another story.
    let early = SOURCED.max(count * 2 / 3);
    for line in page.lines.iter().filter(|line| matches!(line.role, Role::Story | Role::Subhead)) {
        lines += 1;
        for i in line.first..line.end {
            // Both begin at an outlet or at a word of credit.
            if !page.reading.hits.kinds(i).intersects(Kinds::OUTLET | Kinds::CREDIT) {
                continue;
            }
            if found.source.is_none() && lines <= early {
                found.source = source_at(page, *line, i, lines);
            }
            if found.outlet.is_none() {
                found.outlet = outlet_at(page, *line, i);
            }
        }
        if found.source.is_some() && found.outlet.is_some() {
            break;
        }
    }
    found
}

/// The proclitics with which the outlet at token `i` was read, and whether `لـ` stands apart before it.
fn told_to(page: &Page<'_, '_>, i: usize, begin: u32) -> bool {
    let text = &page.reading.text;
    let attached = text.token(i).span.begin < begin
        && text
            .forms(i)
            .iter()
            .any(|form| form.proclitics.contains(Proclitics::LAM) && text.form_begin(i, *form) == begin);
    let mut before = i;
    while before > 0
        && page.is_mark(before - 1)
        && (text.glued(before) || is_open(page.word(before - 1)))
        && i - before < 3
    {
        before -= 1;
    }
    attached || (before > 0 && page.word(before - 1) == "ل")
}

fn is_open(word: &str) -> bool {
    matches!(word, "\"" | "(" | "{" | "«" | "“")
}

fn quoted(page: &Page<'_, '_>, first: usize, last: usize) -> bool {
    first > 0 && matches!(page.word(first - 1), "\"" | "(" | "'" | "{") && page.is_mark(last + 1)
}

fn source_at(page: &Page<'_, '_>, line: Line, i: usize, lines: usize) -> Option<Span> {
    let reading: &Reading<'_> = page.reading;
    let Some((last, outlet, begin)) = page.outlet(i) else {
        return agency_by_form(page, line, i).or_else(|| relayed_name(page, line, i, lines));
    };
    let span = Span::new(begin, reading.text.token(last).span.end);
    let back = i.saturating_sub(BACK).max(line.first);
    let has = |kind: Credit| (back..i).any(|k| any_form(page, k, kind));
    let head = (i.saturating_sub(3).max(line.first)..i).any(|k| any_form(page, k, Credit::HEAD));
    let named = !outlet.common || head || quoted(page, i, last);
    match outlet.kind {
        OutletKind::Agency => {
            let generic = outlet.common && !head && !quoted(page, i, last);
            let says = has(Credit::CUE)
                || told_to(page, i, begin)
                || reading.text.surface(i).starts_with("وكالة") && has(Credit::CUE);
            let lam_head = (i.saturating_sub(3).max(line.first)..i).any(|k| lam_head(page, k));
            (named && !generic && (says || lam_head)).then_some(span)
        }
        OutletKind::Media | OutletKind::Foreign => {
            (lines <= RELAYED && named && head && has(Credit::RELAY) && !told_to(page, i, begin)).then_some(span)
        }
        OutletKind::Desk => None,
    }
}

/// `وكالة … للأنباء` "the … news agency" after a word that tells, whatever it is the agency of.
fn agency_by_form(page: &Page<'_, '_>, line: Line, i: usize) -> Option<Span> {
    let text = &page.reading.text;
    let head = page.reading.hits.of(i, Kinds::CREDIT).iter().find(|hit| {
        matches!(page.reading.lexicon.entry(hit.entry), Some(Entry::Credit(credit)) if credit.contains(Credit::HEAD))
    })?;
    let last = (i + 2..line.end.min(i + 5)).take_while(|&k| !page.is_mark(k)).find(|&k| page.word(k) == "للانباء")?;
    let told = head.form.proclitics.contains(Proclitics::LAM)
        || (i.saturating_sub(BACK).max(line.first)..i).any(|k| any_form(page, k, Credit::CUE));
    // An agency that is known by a shorter name is found by that.
    let known = (i + 1..last).any(|k| page.outlet(k).is_some());
    (told && !known).then(|| Span::new(text.form_begin(i, head.form), text.token(last).span.end))
}

/// `نقلت قناة (الأفق) عن` "the channel al-Ufuq quoted": a name in marks that the lexicon lacks.
fn relayed_name(page: &Page<'_, '_>, line: Line, i: usize, lines: usize) -> Option<Span> {
    if lines > RELAYED || !any_form(page, i, Credit::HEAD) || i == line.first || !any_form(page, i - 1, Credit::RELAY) {
        return None;
    }
    quoted_name(page, i + 1, line.end)
}

/// The name in marks that opens within two tokens of `i`, of at most five words.
fn quoted_name(page: &Page<'_, '_>, i: usize, end: usize) -> Option<Span> {
    let open = (i..end.min(i + 2)).find(|&k| is_open(page.word(k)))?;
    let close = (open + 2..end.min(open + 7)).find(|&k| matches!(page.word(k), "\"" | ")" | "}" | "»" | "”"))?;
    Some(page.reading.text.span(open + 1, close - 1))
}

/// Whether some reading of token `i` is the word of credit.
fn any_form(page: &Page<'_, '_>, i: usize, kind: Credit) -> bool {
    page.reading.hits.of(i, Kinds::CREDIT).iter().any(
        |hit| matches!(page.reading.lexicon.entry(hit.entry), Some(Entry::Credit(credit)) if credit.intersects(kind)),
    )
}

/// Whether token `i` is `لوكالة` "to the agency".
fn lam_head(page: &Page<'_, '_>, i: usize) -> bool {
    page.reading.hits.of(i, Kinds::CREDIT).iter().any(|hit| {
        hit.form.proclitics.contains(Proclitics::LAM)
            && matches!(page.reading.lexicon.entry(hit.entry), Some(Entry::Credit(credit)) if credit.contains(Credit::HEAD))
    })
}

fn outlet_at(page: &Page<'_, '_>, line: Line, i: usize) -> Option<Span> {
    let text = &page.reading.text;
    if let Some((last, credit)) = label(page, i).filter(|(_, credit)| credit.intersects(Credit::RECEIPT | Credit::COPY))
    {
        let copy = (last + 1..line.end.min(last + 9)).any(|k| page.word(k) == "نسخه");
        if copy || credit.contains(Credit::RECEIPT) {
            let name = quoted_name(page, last + 1, line.end).filter(|name| {
                let after = page.reading.text.token_at(name.end);
                // `حصل عليها "بوسائله الخاصة"` "by means of its own" is no name; one begins with no particle but the article.
                let opens = page.reading.text.token_at(name.begin);
                let particle = page.word(opens).starts_with(['ب', 'ل']) && page.outlet(opens).is_none();
                !particle && credit.contains(Credit::RECEIPT) || (after..after + 4).any(|k| page.word(k) == "نسخه")
            });
            let known = || {
                (last + 1..line.end.min(last + 4)).find_map(|k| {
                    let (end, outlet, begin) = page.outlet(k)?;
                    let sure = !outlet.common;
                    (sure && outlet.kind != OutletKind::Desk).then(|| Span::new(begin, text.token(end).span.end))
                })
            };
            if let Some(span) = name.or_else(known) {
                return Some(span);
            }
        }
    }
    let (last, outlet, begin) = page.outlet(i)?;
    // `للعلم` "for your knowledge" is no newspaper: an ordinary word must stand apart from its particle, in marks.
    let apart = text.token(i).span.begin == begin && quoted(page, i, last);
    let told =
        told_to(page, i, begin) || (i.saturating_sub(3).max(line.first)..i).any(|k| any_form(page, k, Credit::OWN));
    let own = outlet.kind == OutletKind::Media && told && (!outlet.common || apart);
    own.then(|| Span::new(begin, text.token(last).span.end))
}

/// A line between the headline and the story that is nothing but a byline.
pub(super) fn byline(page: &Page<'_, '_>, at: Line) -> Option<(Found, Option<Span>, dateline::Dateline)> {
    let parsed = dateline::parse(page, at, true).filter(|dateline| dateline.signed || dateline.dated)?;
    let found = Found { outlet: parsed.outlet, source: parsed.agency, author: parsed.author };
    Some((found, parsed.place, parsed))
}
