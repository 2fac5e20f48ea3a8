//! The document: what each part of a page is, and what the article says of itself.
//!
//! Takes a [`Reading`], the [`Article`] as the caller knows it, the sentence ranges and the recognised time expressions;
//! gives a [`Document`]: title, dateline, outlet, source, author, date, language, and zones that tile the text in order.
//! Works on lines, from both ends of the page inwards: furniture, stamps, headline, bylines, dateline, credits, subheads;
//! what is left is the story. Linear in the text.

mod credit;
mod dateline;
mod furniture;
mod language;
mod lines;
mod masthead;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::Reading;
use super::article::Article;
use super::extraction::{DocumentInfo, Notice, NoticeCode, Sentence, TextValue, Zone, ZoneKind};
use super::times::{AbsoluteDate, Expression};
use crate::lexicon::Entry;
use crate::text::{Span, Text, TokenKind};
use credit::Found;
use lines::{Page, Role};

/// How many lines from the headline on are looked at for bylines, and from the end for credits.
const BYLINES: usize = 5;
/// The longest line that is a headline inside the story, in words.
const SUBHEAD: usize = 14;
/// How many words a headline that links to another story has.
const LINK: Range<usize> = 5..18;
/// With fewer words than this nothing can be said of a text.
const TOO_SHORT: usize = 4;

/// What was found of the document as a whole.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the article says of itself.
    pub info: DocumentInfo,
    /// The article's own date, where the text tells it: an anchor for relative dates.
    pub date: Option<AbsoluteDate>,
    /// What could not be told.
    pub notices: Vec<Notice>,
    /// For each token its zone.
    zones: Vec<u32>,
}

impl Document {
    /// The zone of token `i`, as a place in [`DocumentInfo::zones`]; past the end, the last.
    pub fn zone(&self, i: usize) -> usize {
        self.zones.get(i).or(self.zones.last()).map_or(0, |&zone| zone as usize)
    }

    /// What token `i` belongs to; [`ZoneKind::Body`] past the end.
    pub fn kind(&self, i: usize) -> ZoneKind {
        let zone = self.zones.get(i).and_then(|&zone| self.info.zones.get(zone as usize));
        zone.map_or(ZoneKind::Body, |zone| zone.kind)
    }

    /// Whether token `i` is no part of the article.
    pub fn is_boilerplate(&self, i: usize) -> bool {
        self.kind(i) == ZoneKind::Boilerplate
    }

    /// The sentences, cut where zones meet.
    pub fn sentences(&self, text: &Text<'_>, ranges: &[Range<usize>]) -> Vec<Sentence> {
        let mut sentences = Vec::with_capacity(ranges.len() + self.info.zones.len());
        for range in ranges {
            let mut begin = range.start;
            for i in range.clone() {
                if i + 1 == range.end || self.zone(i) != self.zone(i + 1) {
                    sentences.push(Sentence { span: text.span(begin, i), zone: self.zone(i) });
                    begin = i + 1;
                }
            }
        }
        sentences
    }
}

/// Reads the document. `expressions` are in order of their tokens.
pub fn read(
    reading: &Reading<'_>,
    article: &Article<'_>,
    sentences: &[Range<usize>],
    expressions: &[Expression],
) -> Document {
    let text = &reading.text;
    let mut page = Page::new(reading, expressions);
    let mut parts: Vec<(Range<usize>, ZoneKind)> =
        furniture::mark(&mut page).into_iter().map(|range| (range, ZoneKind::Boilerplate)).collect();
    for (range, _) in &parts {
        page.cut(range.clone());
    }
    if reading.stop.asked() {
        return Document::default();
    }
    let stamps = masthead::stamps(&mut page);
    let first_title = page.lines.first().map(|line| line.first..line.end);
    let title = masthead::title(&mut page, |page, line| {
        dateline::parse(page, line, false).is_some_and(|dateline| dateline.signed)
            || dateline::parse(page, line, true).is_some_and(|dateline| dateline.signed)
            || credit::line(page, line).is_some_and(|found| found.author.is_some())
    });

    let mut found = Found::default();
    let mut place = None;
    let mut dated = None;
    let story = bylines(&mut page, title, &mut found, &mut place, &mut dated);
    if let Some(line) = story.and_then(|story| page.lines.get(story)).copied()
        && let Some(dateline) = dateline::parse(&page, line, false)
    {
        place = place.or(dateline.place);
        found.or(Found { outlet: dateline.outlet, source: dateline.agency, author: dateline.author });
        if dateline.dated {
            dated = dated.or(Some(line.first..dateline.end));
        }
        parts.push((line.first..dateline.end, ZoneKind::Dateline));
    }
    if let Some(range) = first_title.filter(|_| found.outlet.is_none() && title.is_some_and(|title| title > 0)) {
        found.outlet = dateline::page_title_outlet(&page, range);
    }
    if reading.stop.asked() {
        return Document::default();
    }
    let date = masthead::published(&mut page, &stamps, title, dated, expressions);
    let closing = closing_lines(&mut page, story, &mut parts);
    // What is credited outright counts before what the dateline and the story let know.
    let mut all = Found { outlet: found.outlet, source: closing.source, author: found.author };
    all.or(found);
    all.or(closing);
    all.or(credit::story(&page));
    subheads(&mut page, title, story);
    if reading.stop.asked() {
        return Document::default();
    }

    let mut document = zones(&page, &parts);
    let value = |span: Span| TextValue { span, text: span.of(text.source()).to_owned() };
    let title_span = title.and_then(|title| page.lines.get(title)).map(|line| text.span(line.first, line.end - 1));
    document.info.title = match (title_span, article.title) {
        (Some(span), _) => Some(value(span)),
        (None, Some(title)) if !title.trim().is_empty() => {
            Some(TextValue { span: Span::default(), text: title.trim().to_owned() })
        }
        _ => None,
    };
    document.info.dateline_place = place.map(value);
    document.info.outlet = all.outlet.map(value);
    document.info.source = all.source.map(value);
    document.info.author = all.author.map(value);
    document.info.published = date.map(iso).unwrap_or_default();
    document.date = date;
    document.info.language = String::from(language::of(text.source()));
    document.notices = notices(text, article, &document);
    debug_assert!(sentences.iter().all(|range| range.end <= text.len()));
    document
}

/// The lines between headline and story; gives the story's first line.
///
/// *Finds* (`document.byline`): `عين اليوم – جدة` "outlet – city"; `بقلم سالم العمري` "by …"; a name of two or three words beside
/// such a line; a caption over a line that begins with a dateline.
///
/// *Known misses*: a name with no outlet beside it.
fn bylines(
    page: &mut Page<'_, '_>,
    title: Option<usize>,
    found: &mut Found,
    place: &mut Option<Span>,
    dated: &mut Option<Range<usize>>,
) -> Option<usize> {
    let begin = title.map_or(0, |title| title + 1);
    let head: Vec<usize> = (begin..page.lines.len())
        .filter(|&at| page.lines.get(at).is_some_and(|line| line.role == Role::Story && line.words > 0))
        .take(BYLINES)
        .collect();
    let mut signed = false;
    let mut names: Vec<usize> = Vec::new();
    let mut story = None;
    for &at in &head {
        let Some(&line) = page.lines.get(at) else { break };
        if let Some(credited) = credit::line(page, line) {
            // A label over a long line says who wrote it; the rest of it is a disclaimer.
            found.or(credited);
            set(page, at, Role::Masthead);
        } else if line.words > masthead::STORY {
            story = Some(at);
            break;
        } else if let Some((byline, byplace, parsed)) = credit::byline(page, line) {
            found.or(byline);
            *place = place.or(byplace);
            if parsed.dated {
                *dated = Some(line.first..line.end);
            }
            signed |= parsed.signed;
            set(page, at, Role::Masthead);
        } else if names.is_empty()
            && (2..=3).contains(&line.words)
            && line.words == line.end - line.first
            && !line.stopped
        {
            names.push(at);
        } else if signed && place.is_none() && is_city(page, line) {
            *place = Some(page.reading.text.span(line.first, line.end - 1));
            set(page, at, Role::Masthead);
        } else {
            story = Some(at);
            break;
        }
    }
    // A short line beside the outlet's own is the writer's name; any other is the story's.
    if let Some(&name) = names.first() {
        if signed && found.author.is_none() {
            found.author = page.lines.get(name).map(|line| page.reading.text.span(line.first, line.end - 1));
            set(page, name, Role::Masthead);
        } else {
            story = Some(story.map_or(name, |story| story.min(name)));
        }
    }
    // A caption may stand over the line that the dateline opens.
    let first = story?;
    let filed = head.iter().copied().filter(|&at| at > first).take(2).find(|&at| {
        page.lines
            .get(at)
            .is_some_and(|&line| dateline::parse(page, line, false).is_some_and(|dateline| dateline.signed))
    });
    let short = |at: usize| page.lines.get(at).is_some_and(|line| line.words <= masthead::STORY && !line.stopped);
    match filed {
        Some(filed) if head.iter().filter(|&&at| (first..filed).contains(&at)).all(|&at| short(at)) => {
            for &at in head.iter().filter(|&&at| (first..filed).contains(&at)) {
                set(page, at, Role::Subhead);
            }
            Some(filed)
        }
        _ => Some(first),
    }
}

fn is_city(page: &Page<'_, '_>, line: lines::Line) -> bool {
    page.entries(line.first).any(|(last, entry)| last + 1 == line.end && matches!(entry, Entry::DatelinePlace))
}

fn set(page: &mut Page<'_, '_>, at: usize, role: Role) {
    if let Some(line) = page.lines.get_mut(at) {
        line.role = role;
    }
}

/// The credits below the story.
fn closing_lines(page: &mut Page<'_, '_>, story: Option<usize>, parts: &mut Vec<(Range<usize>, ZoneKind)>) -> Found {
    let mut found = Found::default();
    let Some(story) = story else { return found };
    let mut looked = 0;
    let mut at = page.lines.len();
    while at > story && looked < BYLINES {
        at -= 1;
        let Some(&line) = page.lines.get(at) else { break };
        if line.role != Role::Story || line.words == 0 {
            continue;
        }
        looked += 1;
        let own_line = if at > story { line_credit(page, line) } else { None };
        if let Some(credited) = own_line {
            found.or(credited);
            set(page, at, Role::Credit);
        } else {
            if let Some((range, credited)) = credit::closing(page, line) {
                found.or(credited);
                parts.push((range, ZoneKind::SourceCredit));
            }
            break;
        }
    }
    found
}

fn line_credit(page: &Page<'_, '_>, line: lines::Line) -> Option<Found> {
    credit::line(page, line)
        .or_else(|| credit::byline(page, line).map(|(found, ..)| found))
        .or_else(|| credit::signature(page, line).map(|outlet| Found { outlet: Some(outlet), ..Found::default() }))
}

/// Short lines with no full stop, between longer ones, are headlines inside the story.
fn subheads(page: &mut Page<'_, '_>, title: Option<usize>, story: Option<usize>) {
    let Some(story) = story else { return };
    let body: Vec<usize> = (story..page.lines.len())
        .filter(|&at| {
            Some(at) != title && page.lines.get(at).is_some_and(|line| line.role == Role::Story && line.words > 0)
        })
        .collect();
    links(page, &body);
    for (place, &at) in body.iter().enumerate() {
        let (Some(line), Some(next)) = (page.lines.get(at), body.get(place + 1).and_then(|&next| page.lines.get(next)))
        else {
            continue;
        };
        let listed = page.is_mark(line.first) && !matches!(page.word(line.first), "\"" | "(")
            || page.reading.text.kind(line.first) == TokenKind::Number && page.is_mark(line.first + 1);
        let open = page.is_mark(line.end - 1) && !matches!(page.word(line.end - 1), "\"" | "?" | "!" | ")" | ".");
        let fits =
            line.words <= SUBHEAD && !line.stopped && !listed && !open && next.words > line.words && next.words >= 10;
        if place > 0 && fits && line.role == Role::Story {
            set(page, at, Role::Subhead);
        }
    }
}

/// Two to four headlines in a row, with no full stop, between story lines that have one, link to other stories.
fn links(page: &mut Page<'_, '_>, body: &[usize]) {
    let headline = |page: &Page<'_, '_>, place: usize| {
        body.get(place).and_then(|&at| page.lines.get(at)).is_some_and(|line| {
            let listed = page.is_mark(line.first) && !matches!(page.word(line.first), "\"" | "(");
            let figured = page.reading.text.kind(line.first) == TokenKind::Number && page.is_mark(line.first + 1);
            let cut = page.is_mark(line.end - 1) && !matches!(page.word(line.end - 1), "\"" | "?" | "!" | ")");
            // `ولكن هل …؟` "but does …?" goes on with the story.
            let goes_on = page.word(line.end - 1) == "?" && page.word(line.first).starts_with(['و', 'ف']);
            !goes_on && (LINK.start..LINK.end).contains(&line.words) && !line.stopped && !listed && !figured && !cut
        })
    };
    let told = |page: &Page<'_, '_>, place: usize| {
        body.get(place).and_then(|&at| page.lines.get(at)).is_some_and(|line| line.stopped && line.words >= 10)
    };
    let mut place = 1;
    while place < body.len() {
        let begin = place;
        while headline(page, place) {
            place += 1;
        }
        if (2..=4).contains(&(place - begin)) && told(page, begin - 1) && told(page, place) {
            for &at in body.iter().take(place).skip(begin) {
                set(page, at, Role::Furniture);
            }
        }
        place = place.max(begin + 1);
    }
}

/// The zones: what each line is for, less the parts that are something else.
fn zones(page: &Page<'_, '_>, parts: &[(Range<usize>, ZoneKind)]) -> Document {
    let text = &page.reading.text;
    let mut kinds = vec![(ZoneKind::Body, 0u32); text.len()];
    for (number, line) in page.lines.iter().enumerate() {
        let kind = match line.role {
            Role::Story => ZoneKind::Body,
            Role::Title => ZoneKind::Title,
            Role::Masthead | Role::StampLabel => ZoneKind::Dateline,
            Role::Subhead => ZoneKind::Subhead,
            Role::Furniture => ZoneKind::Boilerplate,
            Role::Credit => ZoneKind::SourceCredit,
        };
        // Headlines do not run together; all else does.
        let own = if matches!(kind, ZoneKind::Title | ZoneKind::Subhead) { number as u32 + 1 } else { 0 };
        for slot in kinds.iter_mut().take(line.end).skip(line.first) {
            *slot = (kind, own);
        }
    }
    for (range, kind) in parts {
        for slot in kinds.iter_mut().take(range.end).skip(range.start) {
            *slot = (*kind, 0);
        }
    }
    let mut document = Document { zones: Vec::with_capacity(text.len()), ..Document::default() };
    let mut last = None;
    for (i, &(kind, own)) in kinds.iter().enumerate() {
        let span = text.token(i).span;
        match document.info.zones.last_mut() {
            Some(zone) if last == Some((kind, own)) => zone.span.end = span.end,
            _ => document.info.zones.push(Zone { kind, span }),
        }
        last = Some((kind, own));
        document.zones.push(document.info.zones.len() as u32 - 1);
    }
    document
}

/// The date as ISO 8601 writes it, as far as it is known.
fn iso(date: AbsoluteDate) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        _ => format!("{:04}", date.year),
    }
}

fn notices(text: &Text<'_>, article: &Article<'_>, document: &Document) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut notice = |code, text: &str| notices.push(Notice { code, text: text.to_owned() });
    let words = text
        .tokens()
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Arabic | TokenKind::Foreign))
        .take(TOO_SHORT)
        .count();
    if words < TOO_SHORT {
        notice(NoticeCode::TooShort, "The text is too short to tell what it is.");
    } else if document.info.language != "ar" {
        notice(
            NoticeCode::NotArabic,
            &format!("The text is not Arabic; its language by its letters: {}.", document.info.language),
        );
    }
    if article.publish_time.is_none() && document.date.is_none() {
        notice(
            NoticeCode::PublishTimeUnknown,
            "Neither the request nor the text tells when the article was published; relative dates keep their X places.",
        );
    }
    notices
}
