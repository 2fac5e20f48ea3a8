//! Sayings without a cue before them: credits (`..., بحسب الوزير`), quotations with their cue behind them, quotations alone.

use crate::extract::actors::{How, NounPhrase};
use crate::extract::extraction::{Reason, TextValue, ZoneKind};
use crate::lexicon::reporting::{ReportingPhrase, Stance, Takes};
use crate::lexicon::verbs::Aspect;
use crate::text::{Proclitics, Span};

use super::turns::{By, Speaker};
use super::words::Shape;
use super::{Quote, QuoteKind, Reader, Said};

/// How many tokens behind a credit word the credited stand: `بحسب ما ذكره في بيان المتحدث`.
const CREDITED: usize = 6;
/// A quotation alone is speech from so many words on.
const ALONE: usize = 6;
/// How many tokens behind a quotation its cue or credit stands.
const BEHIND: usize = 3;
/// A credit and what parts it from its statement, or what is left of the sentence behind it, has fewer words.
const PARTED: usize = 10;
/// The longest paragraph that a lost mark may have opened, in tokens.
const PARAGRAPH: usize = 300;
/// A credited statement has so many words at least.
const STATEMENT: usize = 4;

/// A word of credit and who is credited.
#[derive(Clone, Debug)]
pub(super) struct Credit {
    /// The first token.
    pub token: usize,
    /// The words of credit: `بحسب`, `بحسب ما ذكره`.
    cue: Span,
    /// Who is credited.
    phrase: NounPhrase,
}

impl Reader<'_, '_, '_, '_> {
    /// The credits of the story, in order.
    pub(super) fn credits(&self) -> Vec<Credit> {
        let mut found = Vec::new();
        for sentence in self.page.sentences.iter().take_while(|_| !self.words.reading().stop.asked()) {
            let mut i = sentence.start;
            while i < sentence.end {
                let credit = self.credit_at(i).filter(|_| self.page.document.kind(i) == ZoneKind::Body);
                i = match credit {
                    Some(credit) => {
                        let next = credit.phrase.last + 1;
                        found.push(credit);
                        next.max(i + 1)
                    }
                    None => i + 1,
                };
            }
        }
        found
    }

    fn credit_at(&self, i: usize) -> Option<Credit> {
        let words = &self.words;
        let text = words.text();
        // كما قال ...: a verb of saying without words of its own credits what stands before it.
        let opens = self.sentence(i).start + 1 >= i;
        let told = !opens
            && text.word(i) == "كما"
            && words.cue(i + 1).is_some_and(|cue| cue.shape == Shape::Finite && !cue.takes(Takes::MARKS));
        let last = words.phrase(i, ReportingPhrase::CREDIT).or(told.then_some(i))?;
        if self.marks.around(i).is_some_and(|(_, quotation)| quotation.words >= ALONE) {
            return None;
        }
        let mut end = last;
        for j in last + 1..=last + CREDITED {
            if text.opens_line(j) || words.ends_sentence(j) || text.word(j) == "," {
                return None;
            }
            if let Some(phrase) = words.actors.phrase(j).filter(|phrase| phrase.how != How::Nobody) {
                let first = text.token(i).span.begin;
                let begin = if text.word(i).starts_with('و')
                    && words.phrase(i, ReportingPhrase::CREDIT).is_some()
                    && !text.word(i).starts_with("وفق")
                {
                    text.letter_end(i, first)
                } else {
                    first
                };
                return Some(Credit { token: i, cue: Span::new(begin, text.token(end).span.end), phrase });
            }
            // ما ذكره: the verb belongs to the words of credit; so does a noun of saying: وصف فلان.
            if self.tells(j) {
                end = j;
                continue;
            }
            // Any other noun is no teller: وفق مبادئ السوق.
            if !matches!(text.word(j), "ما" | "عنه" | "عنها" | "\"" | "في") {
                return None;
            }
        }
        None
    }

    /// Whether token `i` is a form of a verb that reports, or of one by which news are spread.
    fn tells(&self, i: usize) -> bool {
        let lexicon = self.words.reading().lexicon;
        self.words.verb(i).iter().any(|reading| {
            lexicon.reporting().get(reading.form.verb).is_some()
                && !reading.is_definite()
                && matches!(reading.form.aspect, Aspect::Perfect | Aspect::Imperfect | Aspect::Masdar)
        })
    }

    /// What a credit adds: a source to a quote beside it, else the sentence that it credits.
    ///
    /// Rule `quotes.credit`. Finds `وبحسب الشرطة فإن ...` "according to the police", `..., بحسب المسؤول.`
    /// Known misses: credits of a part of a sentence only.
    pub(super) fn credit(&mut self, credit: &Credit) {
        let sentence = self.sentence(credit.token);
        let text = self.words.text();
        let begin = text.token(sentence.start).span.begin;
        let end = text.token(sentence.end.saturating_sub(1)).span.end;
        let whole = Span::new(begin, end);
        let from = self.frames.partition_point(|(frame, _)| frame.cue.token < sentence.start);
        let ahead = self
            .frames
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(frame, _)| frame.cue.token < sentence.end)
            .take(16);
        let own_frame = ahead.into_iter().any(|(frame, _)| frame.content.is_some());
        let beside =
            self.out.iter_mut().rev().take(4).find(|quote| {
                quote.span.overlaps(whole) || quote.cue.as_ref().is_some_and(|cue| whole.contains(cue.span))
            });
        if let Some(quote) = beside {
            for &entity in &credit.phrase.entities {
                if !quote.speakers.contains(&entity) && !quote.sources.contains(&entity) {
                    quote.sources.push(entity);
                }
            }
            return;
        }
        if own_frame {
            return;
        }
        let Some(said) = self.credited(credit, sentence) else { return };
        let span = text.span(said.first, said.last);
        self.turns.take(&credit.phrase.entities, credit.token);
        self.out.push(Quote {
            span,
            kind: said.kind,
            cue: Some(TextValue { span: credit.cue, text: credit.cue.of(text.source()).to_owned() }),
            speaker: Some(credit.phrase.span),
            speakers: credit.phrase.entities.clone(),
            sources: Vec::new(),
            stance: Some(Stance::Says),
            confidence: super::confidence("quotes.credit", By::Subject),
            reason: Reason { rule: "quotes.credit", entry: None, words: vec![credit.cue] },
        });
    }

    /// The words that a credit is of: behind it where it opens its sentence, before it where it closes it, else the sentence round it.
    fn credited(&self, credit: &Credit, sentence: std::ops::Range<usize>) -> Option<Said> {
        let words = &self.words;
        let behind = {
            let mark = words.is_mark(credit.phrase.last + 1);
            credit.phrase.last + 1 + usize::from(mark)
        };
        let (mut first, mut last) = (sentence.start, sentence.end.checked_sub(1)?);
        let opens = credit.token <= sentence.start + 1;
        if opens {
            first = behind;
            // وبحسب المعلومات الأمنية فإن: to the word or mark that parts the credit from its statement.
            let parting = (behind..(behind + PARTED).min(last))
                .find(|&i| matches!(words.text().word(i), "فان" | "فقد" | "," | "ان"));
            first = parting.unwrap_or(first);
            while first < last
                && (words.is_punctuation(first) && !words.is_mark(first)
                    || matches!(words.text().word(first), "فان" | "ان"))
            {
                first += 1;
            }
        } else {
            first = self.story_from(first);
            let closes =
                (behind..sentence.end).filter(|&i| !words.is_punctuation(i) && !words.times.any(i, i)).count() < PARTED;
            if closes || words.text().word(credit.token) == "كما" {
                last = credit.token.checked_sub(1)?;
            }
            // كما ...: the word that joins the sentence to the one before is no part of it.
            while first < last && words.phrase(first, ReportingPhrase::CONNECTOR).is_some() {
                first = words.phrase(first, ReportingPhrase::CONNECTOR)? + 1;
            }
        }
        while last > first && words.is_punctuation(last) && !matches!(words.text().word(last), ")" | "]") {
            last -= 1;
        }
        let count = (first..=last).filter(|&i| !words.is_punctuation(i)).count();
        (first <= last && count >= STATEMENT).then_some(Said { first, last, kind: QuoteKind::Indirect })
    }

    /// A paragraph that ends in a closing mark whose opening one was lost, and that no cue tells of: its speech goes to the one
    /// whose turn it is.
    ///
    /// Rule `quotes.lost_mark`. Known misses: paragraphs of more than [`PARAGRAPH`] tokens.
    pub(super) fn stray(&mut self, mark: usize) {
        let text = self.words.text();
        let ends = (mark + 1..mark + 3).any(|i| text.opens_line(i));
        let first = (mark.saturating_sub(PARAGRAPH)..mark).rev().find(|&i| text.opens_line(i));
        let Some(first) = first.filter(|&first| ends && self.page.document.kind(first) == ZoneKind::Body) else {
            return;
        };
        let from = self.frames.partition_point(|(frame, _)| frame.cue.token < first);
        let told = self.frames.get(from..).unwrap_or_default().iter().take_while(|(frame, _)| frame.cue.token < mark);
        // A paragraph that begins with a verb tells what happened.
        let narrates = self.words.verb(first).iter().any(crate::lexicon::verbs::VerbReading::is_finite);
        let entities = self.turns.last().map(<[usize]>::to_vec).unwrap_or_default();
        if narrates || entities.is_empty() || told.into_iter().any(|(frame, _)| frame.content.is_some()) {
            return;
        }
        let mut last = mark.saturating_sub(1);
        while last > first && self.words.is_punctuation(last) {
            last -= 1;
        }
        let said = Said { first, last, kind: QuoteKind::Direct };
        if last - first >= ALONE {
            self.push(&said, None, Speaker { entities, span: None, by: By::Turn }, Vec::new(), "quotes.lost_mark");
        }
    }

    /// The first token of the story from token `first` on.
    fn story_from(&self, first: usize) -> usize {
        let mut i = first;
        while i < self.words.text().len() && self.page.document.kind(i) == ZoneKind::Dateline {
            i += 1;
        }
        i
    }

    /// A quotation that no cue before it takes: it goes to the cue or credit right behind it, or, where it fills its sentence, to the
    /// one whose turn it is.
    ///
    /// Rules `quotes.behind`: `"..."، قال الوزير`, and `quotes.alone`: a paragraph in marks.
    /// Known misses: short quotations alone; titles of works of many words.
    pub(super) fn loose(&mut self, at: usize) {
        let Some(quotation) = self.marks.list.get(at).copied() else { return };
        if self.used.get(at).copied().unwrap_or(true) || self.page.document.kind(quotation.open) != ZoneKind::Body {
            return;
        }
        let said = Said { first: quotation.first, last: quotation.last(), kind: QuoteKind::Direct };
        let words = self.words;
        let text = words.text();
        let behind = (quotation.close + 1..=quotation.close + BEHIND)
            .take_while(|&i| !text.opens_line(i))
            .find(|&i| !words.is_punctuation(i));
        if let Some(i) = behind.filter(|_| quotation.words >= STATEMENT)
            && let Some((frame, _)) = self.frames.get(self.frames.partition_point(|(frame, _)| frame.cue.token < i))
            && frame.cue.token <= i + 1
            && frame.cue.shape == Shape::Finite
            && !frame.cue.proclitics.contains(Proclitics::WAW)
            && let Some(subject) = frame.subject.clone()
        {
            let speaker = Speaker { entities: subject.entities.clone(), span: Some(subject.span), by: By::Subject };
            let cue = frame.cue;
            self.turns.take(&subject.entities, cue.token);
            self.push(&said, Some(&cue), speaker, Vec::new(), "quotes.behind");
            return;
        }
        let sentence = self.sentence(quotation.open);
        let opens = quotation.open <= sentence.start + 1;
        let closes = quotation.words >= ALONE
            && (text.opens_line(quotation.close + 1)
                || text.opens_line(quotation.close + 2)
                || self.sentence(quotation.close).end <= quotation.close + 2);
        if opens && closes && quotation.words >= ALONE {
            let entities = self.turns.last().map(<[usize]>::to_vec).unwrap_or_default();
            let by = if entities.is_empty() { By::Nothing } else { By::Turn };
            self.push(&said, None, Speaker { entities, span: None, by }, Vec::new(), "quotes.alone");
        }
    }
}
