//! Quotes: who said what.
//!
//! Takes an article as those who act in it ([`Actors`]) and the forms of verbs that its words can be; gives [`Quote`]s in order. A saying
//! is found from its cue (`words`): what it governs and who is named behind it is read off the words that follow (`frame`), the end of what is
//! said off the clause that comes next (`ends`), the speaker, where nobody is named, off the turns (`turns`). Quotations
//! that no cue before them takes go to a cue or a credit behind them, or to the one whose turn it is (`marks`, `loose`).
//! Sayings are looked for in the story alone: headlines and page furniture quote nobody.
//!
//! Linear: each cue looks a bounded number of tokens ahead and back, and what is said is gone over once.

mod ends;
mod frame;
mod loose;
mod marks;
mod quote;
mod turns;
mod words;

use std::ops::Range;

use super::actors::{Actors, NounPhrase};
use super::document::Document;
use super::extraction::{Reason, TextValue, ZoneKind};
use super::names::classes::WordClasses;
use super::taken::Taken;
use crate::lexicon::reporting::Takes;
use crate::lexicon::verbs::VerbWords;
use crate::text::Proclitics;

pub use quote::{Quote, QuoteKind};

use ends::Opening;
use frame::{Content, Frame};
use marks::Marks;
use turns::{By, Speaker, Turns};
use words::{Cue, Shape, Words};

/// What the layers below know of the page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// The sentences of the story, as tokens.
    pub sentences: &'p [Range<usize>],
    /// The document.
    pub document: &'p Document,
    /// The tokens that tell times.
    pub times: &'p Taken,
}

/// How many cues ahead one that opens its sentence looks for its speaker.
const AHEAD: usize = 4;
/// A quotation in marks of this many words inside a clause makes it mixed.
const MIXED: usize = 4;

/// The quotes of an article, sorted by where they begin, then end.
pub fn read(actors: &Actors<'_, '_>, verbs: &VerbWords, page: &Page<'_>) -> Vec<Quote> {
    let words = Words { actors, verbs, times: page.times, classes: WordClasses::builtin() };
    let marks = Marks::read(actors.reading());
    let frames = frames(&words, &marks, page);
    let used = vec![false; marks.list.len()];
    let mut reader =
        Reader { words, marks: &marks, page, frames: &frames, used, turns: Turns::default(), out: Vec::new() };
    reader.claim();
    reader.read();
    let mut quotes = reader.out;
    quotes.sort_by_key(|quote| (quote.span.begin, quote.span.end));
    quotes.dedup_by(|later, first| later.span == first.span);
    quotes
}

/// The frames of the story's cues, in order, each with where its clause opens.
fn frames(words: &Words<'_, '_, '_>, marks: &Marks, page: &Page<'_>) -> Vec<(Frame, Opening)> {
    let mut frames: Vec<(Frame, Opening)> = Vec::new();
    let mut taken: Option<Content> = None;
    for sentence in page.sentences {
        for i in sentence.clone() {
            if words.reading().stop.asked() {
                return frames;
            }
            if page.document.kind(i) != ZoneKind::Body {
                continue;
            }
            // In another's words nobody else's are looked for.
            if marks.around(i).is_some_and(|(_, quotation)| quotation.words >= MIXED) {
                continue;
            }
            let Some(cue) = words.cue(i) else { continue };
            let before = turns::subject_before(words, &cue);
            let between = |i: usize| words.is_punctuation(i) || words.is_relative(i);
            let adjacent = before.as_ref().is_some_and(|before| !(before.last + 1..i).any(between));
            let Some(mut frame) = frame::read(words, marks, cue, adjacent) else { continue };
            // لينفي: a verb after ل tells only where its subject stands by it; else it is a purpose.
            let goes_on = cue.takes(Takes::ON) && matches!(frame.content, Some(Content::Marks(_)));
            if cue.proclitics.contains(Proclitics::LAM) && frame.subject.is_none() && !goes_on {
                continue;
            }
            frame.before = before.filter(|_| frame.subject.is_none());
            // Two cues that lead to one saying: the first tells it.
            if frame.content.is_some() && frame.content == taken {
                frame.content = None;
            }
            if frame.content.is_some() {
                taken = frame.content;
            }
            let opening = ends::opening(words, &frame.cue, frame.before.as_ref().map(|before| before.first));
            frames.push((frame, opening));
        }
    }
    frames
}

/// Builds the quotes of an article.
struct Reader<'q, 'w, 'r, 'a> {
    words: Words<'w, 'r, 'a>,
    marks: &'q Marks,
    page: &'q Page<'q>,
    frames: &'q [(Frame, Opening)],
    /// Quotations that a saying has taken.
    used: Vec<bool>,
    turns: Turns,
    out: Vec<Quote>,
}

/// What is said, as tokens.
#[derive(Clone, Copy, Debug)]
struct Said {
    first: usize,
    last: usize,
    kind: QuoteKind,
}

impl Reader<'_, '_, '_, '_> {
    /// Marks the quotations that cues before them take.
    fn claim(&mut self) {
        for (frame, _) in self.words.reading().stop.unless_asked(self.frames) {
            let Some(said) = self.said(frame) else { continue };
            let from = self.marks.list.partition_point(|quotation| quotation.open + 1 < said.first);
            for (quotation, used) in self.marks.list.iter().zip(&mut self.used).skip(from) {
                if quotation.open > said.last {
                    break;
                }
                *used = true;
            }
        }
    }

    /// What a frame says.
    fn said(&self, frame: &Frame) -> Option<Said> {
        let direct = |first, last| Said { first, last, kind: QuoteKind::Direct };
        match frame.content? {
            Content::Marks(at) => {
                let quotation = self.marks.list.get(at)?;
                Some(direct(quotation.first, quotation.last()))
            }
            Content::Speech(first) => Some(direct(first, self.end_of_speech(first))),
            Content::Clause(first) => Some(self.clause(frame, first, false)),
            Content::Phrase(first) => Some(self.clause(frame, first, true)),
        }
    }

    /// The last token of speech without marks: its paragraph's, or the one before a stray closing mark.
    fn end_of_speech(&self, first: usize) -> usize {
        let text = self.words.text();
        let mut i = first;
        while i + 1 < text.len() && !text.opens_line(i + 1) && !self.marks.is_stray(i + 1) {
            i += 1;
        }
        let end = self.words.is_punctuation(i) && i > first && !matches!(text.word(i), ")" | "]");
        i - usize::from(end)
    }

    /// A clause or noun phrase from token `first` on: direct where all of it stands in marks, mixed where four words or more do.
    fn clause(&self, frame: &Frame, first: usize, phrase: bool) -> Said {
        let last = ends::last(&self.words, self.marks, self.frames, &frame.cue, first, phrase);
        if let Some((_, quotation)) = self.marks.opening_at(first)
            && quotation.words >= 2
            && (!quotation.closed || last <= quotation.close || self.closes(&quotation))
        {
            return Said { first: quotation.first, last: quotation.last(), kind: QuoteKind::Direct };
        }
        let from = self.marks.list.partition_point(|quotation| quotation.open < first);
        let inside = self.marks.list.iter().skip(from).take_while(|quotation| quotation.open < last);
        let mixed = inside.into_iter().any(|quotation| quotation.words >= MIXED);
        Said { first, last, kind: if mixed { QuoteKind::Mixed } else { QuoteKind::Indirect } }
    }

    /// Whether what is said in marks of four words or more is over with them: a mark of punctuation follows.
    fn closes(&self, quotation: &marks::Quotation) -> bool {
        let next = quotation.close + 1;
        quotation.words >= MIXED
            && self.words.is_punctuation(next)
            && matches!(self.words.text().word(next), "," | "." | ";")
    }

    /// The sentence in which token `i` stands.
    fn sentence(&self, i: usize) -> Range<usize> {
        let at = self.page.sentences.partition_point(|sentence| sentence.end <= i);
        self.page.sentences.get(at).cloned().unwrap_or(i..i + 1)
    }

    /// Builds all quotes in the order of the text, so that the turns are known.
    fn read(&mut self) {
        let mut loose = (0..self.marks.list.len())
            .filter(|&at| !self.used.get(at).copied().unwrap_or(true))
            .collect::<Vec<_>>()
            .into_iter()
            .peekable();
        let mut credits = self.credits().into_iter().peekable();
        let mut strays = self.marks.strays.iter().copied().peekable();
        for at in 0..self.frames.len() {
            let Some((frame, opening)) = self.frames.get(at).filter(|_| !self.words.reading().stop.asked()) else {
                break;
            };
            while let Some(quotation) =
                loose.next_if(|&quotation| self.marks.list.get(quotation).is_some_and(|q| q.open < frame.cue.token))
            {
                self.loose(quotation);
            }
            while let Some(credit) = credits.next_if(|credit| credit.token < frame.cue.token) {
                self.credit(&credit);
            }
            while let Some(stray) = strays.next_if(|&stray| stray < frame.cue.token) {
                self.stray(stray);
            }
            self.frame(frame, opening);
        }
        for stray in strays {
            self.stray(stray);
        }
        for quotation in loose {
            self.loose(quotation);
        }
        for credit in credits {
            self.credit(&credit);
        }
    }

    /// The quote of a frame.
    fn frame(&mut self, frame: &Frame, opening: &Opening) {
        let cue = &frame.cue;
        let before = frame.before.as_ref();
        if let Some(carried) = &frame.carried {
            self.turns.take(&carried.entities, cue.token);
        }
        if frame.content.is_none() {
            // Who acts in words without saying any has the turn all the same: انتقد الوزير القرار. وقال ...
            let told = frame.subject.as_ref().or(before).filter(|told| opening.parts && !told.entities.is_empty());
            if let Some(told) =
                told.filter(|_| cue.shape == Shape::Finite && !self.turns.spoke_since(self.sentence(cue.token).start))
            {
                self.turns.take(&told.entities, cue.token);
            }
            return;
        }
        // Inside what another says only those who are named speak.
        let inside = self.out.last().is_some_and(|quote| quote.span.contains(cue.span));
        if inside && ((opening.weak && !cue.perfect) || (frame.subject.is_none() && before.is_none())) {
            return;
        }
        // An act of speech in the middle of a clause, by nobody: a noun, more often than not (ثمن "price").
        let stray = cue.takes(Takes::MARKS) && cue.shape == Shape::Finite && !opening.parts;
        if stray && frame.subject.is_none() && before.is_none() {
            return;
        }
        let Some(said) = self.said(frame) else { return };
        let turn = self.turns.turn();
        let (speaker, sources) = match &frame.carried {
            Some(carried) => (carried_speaker(carried), frame.sources.clone()),
            None if cue.shape == Shape::Noun => self.whose(frame),
            None => (self.speaker(frame), frame.sources.clone()),
        };
        let rule = rule(frame, &said);
        self.push(&said, Some(cue), speaker, sources, rule);
        self.fragments(frame, &said);
        if inside {
            self.turns.restore(turn);
        }
    }

    /// Who speaks by the cue of a frame.
    fn speaker(&mut self, frame: &Frame) -> Speaker {
        let at = self.page.sentences.partition_point(|sentence| sentence.end <= frame.cue.token);
        let sentence = self.story(at).unwrap_or(frame.cue.token..frame.cue.token + 1);
        let previous = at.checked_sub(1).and_then(|at| self.story(at));
        // لافتا إلى أن ...، قال سامر: who speaks is named further on.
        if frame.cue.shape == Shape::Participle && frame.cue.token <= sentence.start + 1 {
            let from = self.frames.partition_point(|(other, _)| other.cue.token <= frame.cue.token);
            let ahead = self.frames.get(from..).unwrap_or_default().iter().take(AHEAD).map(|(other, _)| other);
            let mut ahead = ahead.take_while(|other| other.cue.token < sentence.end);
            if let Some(subject) = ahead.find_map(|other| other.subject.as_ref()) {
                self.turns.take(&subject.entities, frame.cue.token);
                return Speaker { entities: subject.entities.clone(), span: None, by: By::About };
            }
        }
        self.turns.speaker(&self.words, frame, sentence, previous)
    }

    /// Sentence `at` from its first token that is story: the words of a dateline are about nobody.
    fn story(&self, at: usize) -> Option<Range<usize>> {
        let sentence = self.page.sentences.get(at)?;
        let first = sentence.clone().find(|&i| self.page.document.kind(i) == ZoneKind::Body)?;
        Some(first..sentence.end)
    }

    /// Whose words a verbal noun brings (`قوله`): the one whom the verb that carries them names, else the one whose turn it is.
    fn whose(&mut self, frame: &Frame) -> (Speaker, Vec<usize>) {
        let sentence = self.sentence(frame.cue.token).start;
        let to = self.frames.partition_point(|(other, _)| other.cue.token < frame.cue.token);
        let near = self.frames.get(to.saturating_sub(4)..to).unwrap_or_default();
        let carrier = near
            .iter()
            .map(|(other, _)| other)
            .rev()
            .find(|other| other.cue.token >= sentence && other.carried.is_some());
        match carrier.and_then(|carrier| Some((carrier.carried.as_ref()?, carrier.sources.clone()))) {
            Some((carried, sources)) => (carried_speaker(carried), sources),
            None => (self.speaker(frame), frame.sources.clone()),
        }
    }

    /// More words in marks that an act of speech goes on with in its sentence: `ندد بـ "..." التي لا تمر "..."`.
    fn fragments(&mut self, frame: &Frame, said: &Said) {
        if !frame.cue.takes(Takes::MARKS) || said.kind != QuoteKind::Direct {
            return;
        }
        let end = self.sentence(frame.cue.token).end;
        let next = self.frames.partition_point(|(frame, _)| frame.cue.token <= said.last);
        let next = self.frames.get(next).map_or(end, |(frame, _)| frame.cue.token);
        let Some(quote) = self.out.last().cloned() else { return };
        let from = self.marks.list.partition_point(|quotation| quotation.open <= said.last);
        let list: Vec<(usize, marks::Quotation)> = self
            .marks
            .list
            .iter()
            .copied()
            .enumerate()
            .skip(from)
            .take_while(|(_, quotation)| quotation.open < end.min(next))
            .collect();
        for (at, quotation) in list {
            if quotation.words < 2 || self.used.get(at).copied().unwrap_or(true) {
                continue;
            }
            if let Some(used) = self.used.get_mut(at) {
                *used = true;
            }
            let span = self.words.text().span(quotation.first, quotation.last());
            self.out.push(Quote { span, ..quote.clone() });
        }
    }

    fn push(&mut self, said: &Said, cue: Option<&Cue>, speaker: Speaker, sources: Vec<usize>, rule: &'static str) {
        let text = self.words.text();
        let source = text.source();
        let words = cue.map(|cue| cue.span);
        self.out.push(Quote {
            span: text.span(said.first, said.last),
            kind: said.kind,
            cue: words.map(|span| TextValue { span, text: span.of(source).to_owned() }),
            speaker: speaker.span,
            confidence: confidence(rule, speaker.by),
            speakers: speaker.entities,
            sources,
            stance: cue.map(|cue| cue.reporting.stance),
            reason: Reason { rule, entry: None, words: words.into_iter().collect() },
        });
    }
}

/// The one whose words another carries.
fn carried_speaker(carried: &NounPhrase) -> Speaker {
    Speaker { entities: carried.entities.clone(), span: Some(carried.span), by: By::Subject }
}

/// The rule by which a frame was read.
fn rule(frame: &Frame, said: &Said) -> &'static str {
    match (frame.content, said.kind) {
        (Some(Content::Speech(_)), _) => "quotes.speech",
        (_, QuoteKind::Direct) => "quotes.direct",
        (Some(Content::Phrase(_)), _) => "quotes.phrase",
        (_, QuoteKind::Mixed) => "quotes.mixed",
        _ => "quotes.clause",
    }
}

/// The share of quotes of a rule that are right with their speaker, by what told the speaker: as counted on the gold articles (181
/// quotes found), lowered to what a reading of 300 quotes of other articles showed.
fn confidence(rule: &str, by: By) -> f32 {
    let found: f32 = match rule {
        "quotes.direct" => 0.97,
        "quotes.clause" | "quotes.mixed" => 0.96,
        "quotes.phrase" => 0.88,
        "quotes.speech" | "quotes.behind" => 0.85,
        _ => 0.7,
    };
    let attributed: f32 = match by {
        By::Subject => 0.97,
        By::Before | By::Turn => 0.92,
        By::About => 0.8,
        By::Nothing => 0.75,
    };
    found * attributed
}
