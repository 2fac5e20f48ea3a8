//! Datelines: the words before a story that name place, outlet, agency, writer and date.
//!
//! Takes one line; gives a [`Dateline`] where the line begins with one. A dateline is a few parts, set apart by dashes,
//! commas, colons, brackets or quote marks, each of which is an outlet, a city, a date or, at most twice, something
//! unknown; what closes it is a colon, a dash, a bracket or the line's end. Looks at [`REACH`] tokens at most.

use std::ops::Range;

use super::lines::{Line, Page};
use crate::lexicon::Entry;
use crate::lexicon::names::Via;
use crate::lexicon::page::{Credit, OutletKind};
use crate::text::{Span, TokenKind};

/// How many tokens a dateline can take.
const REACH: usize = 30;
/// How many words an unknown part can have.
const UNKNOWN: usize = 4;

/// What a dateline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The token after the last.
    pub(super) end: usize,
    /// From where it was filed.
    pub(super) place: Option<Span>,
    /// The outlet.
    pub(super) outlet: Option<Span>,
    /// The agency, where it is named beside an outlet or alone.
    pub(super) agency: Option<Span>,
    /// The writer.
    pub(super) author: Option<Span>,
    /// Whether it names an outlet, an agency or a desk, not a city alone.
    pub(super) signed: bool,
    /// Whether it holds a date.
    pub(super) dated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Outlet,
    Agency,
    Desk,
    City,
    /// The country of the city before it.
    Country,
    Date,
    Unknown,
}

#[expect(clippy::struct_excessive_bools, reason = "the marks after a part come in all combinations")]
struct Piece {
    part: Part,
    span: Span,
    words: usize,
    /// The token after the part and the marks that close it.
    end: usize,
    quoted: bool,
    /// Whether the name is an ordinary word too.
    common: bool,
    /// Whether what follows can close a dateline: a colon, a dash, a bracket, the end of the line.
    closes: bool,
    colon: bool,
    dash: bool,
    comma: bool,
}

impl Piece {
    /// Whether a mark parts it from what follows, quote marks aside.
    fn parted(&self) -> bool {
        self.colon || self.dash || self.comma
    }
}

/// The dateline with which `line` begins; with `whole` the line must be nothing else.
///
/// *Finds* (`document.dateline`): `دبي، الإمارات العربية المتحدة (CNN) –` "Dubai, United Arab Emirates (CNN) –"; `بغداد - "الخليج":`;
/// `سالم العمري - سبق - الرياض:` "writer - outlet - city:"; `واشنطن –` before a story; `الجزائر 10 أغسطس 2015 م واس`.
///
/// *Known misses*: cities that `datelines.tsv` lacks, where no outlet stands beside them; a writer's name that runs into
/// the story with no mark.
pub(super) fn parse(page: &Page<'_, '_>, line: Line, whole: bool) -> Option<Dateline> {
    let pieces = pieces(page, line);
    // The longest beginning that holds together.
    for count in (1..=pieces.len()).rev() {
        let taken = pieces.get(..count)?;
        let last = taken.last()?;
        if !last.closes || (whole && last.end < line.end) {
            continue;
        }
        if let Some(dateline) = judge(page, taken, line, whole) {
            return Some(dateline);
        }
    }
    None
}

fn judge(page: &Page<'_, '_>, pieces: &[Piece], line: Line, whole: bool) -> Option<Dateline> {
    let last = pieces.last()?;
    let count = |part: Part| pieces.iter().filter(|piece| piece.part == part).count();
    let (outlets, agencies, cities, unknown) =
        (count(Part::Outlet), count(Part::Agency), count(Part::City), count(Part::Unknown));
    let named = outlets + agencies > 0;
    // A name that is an ordinary word needs company: quote marks, a city, a date, a desk, another outlet.
    // So does a writer before it with a colon after (`سالم العمري - سبق:`).
    let written =
        unknown == 1 && last.colon && last.part != Part::Unknown && pieces.first().is_some_and(|piece| piece.dash);
    let company = written || cities + count(Part::Date) + count(Part::Desk) + outlets + agencies > 1;
    let sure =
        |piece: &Piece| !matches!(piece.part, Part::Outlet | Part::Agency) || !piece.common || piece.quoted || company;
    // What is unknown is set apart on both sides, is no `... لـ"الصحيفة"` "to the paper", and no label.
    let apart = |at: usize, piece: &Piece| {
        let token = page.reading.text.token_at(piece.span.begin);
        let end = page.reading.text.token_at(piece.span.end);
        let before = at == 0
            || from_place(page, piece)
            || pieces.get(at - 1).is_some_and(Piece::parted)
            || page.word(token.wrapping_sub(1)) == "(";
        let after = at + 1 == pieces.len() || piece.parted() || page.word(end) == "(";
        let label = page
            .entries(token)
            .any(|(_, entry)| matches!(entry, Entry::Credit(credit) if credit.contains(Credit::AUTHOR)));
        before && after && page.word(end.wrapping_sub(1)) != "ل" && !label
    };
    let set_apart = pieces.iter().enumerate().all(|(at, piece)| piece.part != Part::Unknown || apart(at, piece));
    if !pieces.iter().all(sure) || unknown > 2 || !set_apart {
        return None;
    }
    let rest = line.end.saturating_sub(last.end);
    if !named {
        let desk = count(Part::Desk) > 0 && (cities > 0 || whole) && unknown == 0;
        let city = pieces.len() == 1 + count(Part::Country)
            && cities == 1
            && !whole
            && rest >= 12
            && (last.dash || (last.colon && rest >= 25));
        let dated_city = cities > 0 && count(Part::Date) > 0 && unknown == 0 && (last.colon || last.dash) && rest >= 8;
        if !(desk || city || dated_city) {
            return None;
        }
    } else if last.part == Part::Unknown {
        // After the outlet: `من لندن:` "from London:", a writer, a city that is not known.
        let closed = last.colon || (whole && pieces.len() > 1) || (last.dash && last.words <= 2);
        if !closed || last.words > 3 && !whole {
            return None;
        }
    }
    if named && !whole && rest < 3 {
        return None;
    }
    let mut dateline = Dateline { end: last.end, signed: named || count(Part::Desk) > 0, ..Dateline::default() };
    let of = |part: Part| pieces.iter().find(|piece| piece.part == part).map(|piece| piece.span);
    dateline.dated = count(Part::Date) > 0;
    dateline.outlet = of(Part::Outlet);
    dateline.agency = of(Part::Agency);
    dateline.place = of(Part::City);
    if whole && dateline.dated && dateline.outlet.is_none() {
        // The agency signs its own story with the date.
        dateline.outlet = dateline.agency.take();
    }
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.part == Part::Unknown) {
        let from = piece.span;
        let country =
            at > 0 && pieces.get(at - 1).is_some_and(|before| before.comma && before.span.begin != from.begin);
        // `دبي، الإمارات (CNN)`: the second is the country; `من` "from" and a lone word are places, more words a writer.
        if country && dateline.place.is_some() {
            continue;
        }
        let place_like = piece.comma || from_place(page, piece) || piece.words == 1;
        if dateline.place.is_none() && place_like {
            dateline.place = Some(without_from(page, piece));
        } else if dateline.author.is_none() && (2..=4).contains(&piece.words) && !piece.quoted && is_name(page, piece) {
            dateline.author = Some(piece.span);
        }
    }
    Some(dateline)
}

/// Whether the part can be a person's name: nothing but words.
fn is_name(page: &Page<'_, '_>, piece: &Piece) -> bool {
    let first = page.reading.text.token_at(piece.span.begin);
    let end = page.reading.text.token_at(piece.span.end);
    (first..end).all(|i| page.is_mark(i) || page.reading.text.kind(i) == TokenKind::Arabic)
}

fn from_place(page: &Page<'_, '_>, piece: &Piece) -> bool {
    page.word(page.reading.text.token_at(piece.span.begin)) == "من"
}

fn without_from(page: &Page<'_, '_>, piece: &Piece) -> Span {
    let first = page.reading.text.token_at(piece.span.begin);
    if page.word(first) == "من" && piece.words > 1 {
        Span::new(page.reading.text.token(first + 1).span.begin, piece.span.end)
    } else {
        piece.span
    }
}

/// The parts with which the line begins, as far as they can be a dateline's.
fn pieces(page: &Page<'_, '_>, line: Line) -> Vec<Piece> {
    let text = &page.reading.text;
    let limit = line.end.min(line.first + REACH);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut i = line.first;
    while i < limit && pieces.len() < 8 {
        let opened = i;
        i = page.skip_marks(i, limit);
        let quoted = (opened..i).any(|k| is_quote(page.word(k)));
        if i >= limit {
            break;
        }
        let listed =
            pieces.last().is_some_and(|piece| piece.part == Part::City) && matches!(page.word(i - 1), "," | "،");
        let country = if listed { country(page, i, limit).map(|last| (Part::Country, last, false)) } else { None };
        let known = country.or_else(|| known(page, i, limit));
        let (part, last, common) = known.unwrap_or_else(|| {
            let end = unknown_end(page, i, limit);
            (Part::Unknown, end - 1, false)
        });
        let words = (i..=last).filter(|&k| !page.is_mark(k)).count();
        if part == Part::Unknown && words > UNKNOWN {
            break;
        }
        let after = last + 1;
        let mut end = after;
        let (mut colon, mut dash, mut comma, mut bracket) = (false, false, false, false);
        let mut closing_quote = false;
        while end < line.end && page.is_mark(end) {
            let word = page.word(end);
            // An opening mark belongs to what follows, unless all that is before it is closed.
            let opens = (is_quote(word) || matches!(word, "(" | "["))
                && end > after
                && text.token(end).spaced
                && !text.token(end + 1).spaced;
            if opens || (matches!(word, "(" | "[") && !dash && !colon) || word == "." {
                break;
            }
            if is_quote(word) && !quoted && !closing_quote {
                break;
            }
            closing_quote |= is_quote(word);
            colon |= word == ":";
            dash |= page.is_dash(end);
            comma |= matches!(word, "," | "،" | "/");
            bracket |= matches!(word, ")" | "]");
            end += 1;
        }
        let at_end = end >= line.end;
        // `«الخليج» ارتفع` after `دبي:` closes too.
        let told = closing_quote && pieces.last().is_some_and(|piece: &Piece| piece.colon);
        pieces.push(Piece {
            part,
            span: text.span(i, last),
            words,
            end,
            quoted,
            common,
            closes: colon || dash || (bracket && pieces.is_empty()) || at_end || told,
            colon,
            dash,
            comma,
        });
        i = end;
    }
    pieces
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "'" | "«" | "»" | "“" | "”")
}

/// A known part that begins at token `i`, the longest: what it is, its last token, whether its name is an ordinary word.
fn known(page: &Page<'_, '_>, i: usize, limit: usize) -> Option<(Part, usize, bool)> {
    if let Some(expression) = page.time(i).filter(|expression| expression.first == i && expression.absolute.is_some()) {
        return Some((Part::Date, filler(page, expression.last, limit), false));
    }
    if page.reading.text.kind(i) == TokenKind::Number {
        // A date that is not known in full: figures, the month's name, the year.
        let last = page.time(i).map_or(i, |expression| expression.last.max(i));
        return (page.time(i).is_some()).then(|| (Part::Date, filler(page, last, limit), false));
    }
    let mut best: Option<(Part, usize, bool)> = None;
    for (last, entry) in page.entries(i).filter(|&(last, _)| last < limit) {
        let next = match entry {
            Entry::Outlet(outlet) => {
                let part = match outlet.kind {
                    OutletKind::Agency => Part::Agency,
                    OutletKind::Media => Part::Outlet,
                    OutletKind::Desk => Part::Desk,
                    OutletKind::Foreign => continue,
                };
                (part, last, outlet.common)
            }
            Entry::DatelinePlace => (Part::City, last, false),
            _ => continue,
        };
        let longer =
            best.is_none_or(|(part, end, common)| last > end || (last == end && part == Part::Outlet && common));
        if longer {
            best = Some(next);
        }
    }
    // A name must not run on: `الرياض` the city is no part of `الرياض الجديدة`, unless the outlet is sure.
    best.filter(|&(part, last, common)| {
        let free = last + 1 >= limit || page.is_mark(last + 1) || page.time(last + 1).is_some();
        free || matches!(part, Part::City) && continues(page, last + 1, limit)
            || (matches!(part, Part::Outlet) && !common && page.word(last + 1) == "من")
    })
}

/// The last token of the country that begins at token `i`, where a mark follows: after a city it is no outlet, whatever
/// paper has its name (`الرباط، المغرب –` "Rabat, Morocco –").
fn country(page: &Page<'_, '_>, i: usize, limit: usize) -> Option<usize> {
    let lexicon = page.reading.lexicon;
    let names = page.entries(i).filter_map(|(last, entry)| match entry {
        Entry::Name(name) if name.via == Via::Full => {
            lexicon.thing(name.thing).filter(|thing| thing.country_code.is_some()).map(|_| last)
        }
        _ => None,
    });
    names.max().filter(|&last| last + 1 < limit && page.is_mark(last + 1))
}

/// Whether an outlet or a date follows a city with no mark between: `بغداد «الخليج»`, `الجزائر 10 أغسطس`.
fn continues(page: &Page<'_, '_>, i: usize, limit: usize) -> bool {
    i < limit
        && (page.time(i).is_some()
            || page.entries(i).any(|(_, entry)| matches!(entry, Entry::Outlet(outlet) if !outlet.common)))
}

/// The last token of a date with what binds its calendars: `25 شوال 1436 هـ الموافق 10 أغسطس 2015 م`.
fn filler(page: &Page<'_, '_>, mut last: usize, limit: usize) -> usize {
    let binds = |i: usize| {
        page.time(i).is_some()
            || page.reading.text.kind(i) == TokenKind::Number
            || matches!(page.word(i), "م" | "ه" | "الموافق" | "/" | ",")
    };
    let mut i = last + 1;
    while i < limit && binds(i) {
        if !page.is_mark(i) {
            last = i;
        }
        i += 1;
    }
    last
}

/// Where the unknown words that begin at `i` end: at a mark, a known part, or the limit.
fn unknown_end(page: &Page<'_, '_>, i: usize, limit: usize) -> usize {
    let text = &page.reading.text;
    let joined = |k: usize| page.is_dash(k) && text.glued(k) && text.glued(k + 1);
    let mut end = i + 1;
    while end < limit && (!page.is_mark(end) || joined(end)) && end - i <= UNKNOWN + 2 {
        if joined(end) && known(page, end + 1, limit).is_some() {
            break;
        }
        end += 1;
    }
    end
}

/// The outlet at the head of a page's title: `موقع - قسم - عنوان` "site - section - headline".
pub(super) fn page_title_outlet(page: &Page<'_, '_>, range: Range<usize>) -> Option<Span> {
    let (last, outlet, _) = page.outlet(range.start)?;
    let whole = last + 1 < range.end && page.is_mark(last + 1);
    (whole && outlet.kind == OutletKind::Media).then(|| page.reading.text.span(range.start, last))
}
