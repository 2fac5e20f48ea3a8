//! Where the clause of a saying opens, and where what it says ends.
//!
//! Takes the frames of an article; gives for each where its own clause opens ([`opening`]: what it says of the one before ends there) and
//! the last token of what it says ([`last`]). Walking back is bounded; walking forward goes over what is said once.

use crate::lexicon::names::Gender;
use crate::lexicon::reporting::ReportingPhrase;
use crate::lexicon::verbs::{Aspect, Number, Person};
use crate::text::Proclitics;

use super::frame::Frame;
use super::marks::Marks;
use super::words::{Cue, Shape, Words};

/// How many connecting words and marks may stand before a verb in its clause.
const CONNECTORS: usize = 5;
/// No clause is longer than this many tokens: beyond, the text is no prose.
const LONGEST: usize = 400;

/// Where the clause of a cue opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// Its first token: a connector, the subject, or the verb.
    pub token: usize,
    /// Whether it is a clause of its own, which ends the one before; else it stands inside that.
    pub parts: bool,
    /// Whether it goes on with the one before where nobody new is named: و and a verb, no comma.
    pub weak: bool,
}

/// Where the clause of `cue` opens, its subject beginning at `subject` where that stands before the verb.
pub(super) fn opening(words: &Words<'_, '_, '_>, cue: &Cue, subject: Option<usize>) -> Opening {
    let text = words.text();
    let mut token = subject.unwrap_or(cue.token).min(cue.token);
    let mut connected = cue.is_joined() && subject.is_none();
    let mut strong = false;
    for _ in 0..CONNECTORS {
        if text.opens_line(token) || token == 0 {
            break;
        }
        match connector_before(words, token) {
            Some(first) => {
                connected |= !matches!(text.word(first), "كان" | "كانت" | "كانوا" | "قد");
                strong |= !matches!(text.word(first), "كان" | "كانت" | "كانوا" | "قد" | "وقد" | "ثم");
                token = first;
            }
            None => break,
        }
    }
    if subject.is_some() && text.word(token).starts_with('و') {
        connected |= words
            .actors
            .mention_at(token)
            .is_some_and(|mention| words.actors.particles(mention).contains(Proclitics::WAW));
    }
    let after_mark = token == 0 || text.opens_line(token) || words.is_punctuation(token - 1);
    let parts = connected || after_mark || cue.shape == Shape::Participle;
    Opening { token, parts, weak: parts && !after_mark && !strong && cue.shape == Shape::Finite }
}

/// The first token of the connecting phrase that ends right before token `i`.
fn connector_before(words: &Words<'_, '_, '_>, i: usize) -> Option<usize> {
    let last = i.checked_sub(1)?;
    (last.saturating_sub(3)..=last).find(|&first| words.phrase(first, ReportingPhrase::CONNECTOR) == Some(last))
}

/// Whether what follows ends at the clause of `frame`, said by `teller`.
fn parts_from(frame: &Frame, opening: &Opening, teller: &Cue) -> bool {
    if !opening.parts {
        return false;
    }
    // قال إن بلاده ترفض ... وتؤكد: the same tense as the telling is needed to go on telling.
    let inside = opening.weak && teller.perfect && !frame.cue.perfect && frame.subject.is_none();
    !inside
}

/// The last token of what `teller` says from token `start` on. `phrase`: it is a noun phrase, which no verb of the perfect goes on with.
/// `frames` are all frames with their openings, in order.
pub(super) fn last(
    words: &Words<'_, '_, '_>,
    marks: &Marks,
    frames: &[(Frame, Opening)],
    teller: &Cue,
    start: usize,
    phrase: bool,
) -> usize {
    let text = words.text();
    let mut next = frames.partition_point(|(frame, _)| frame.cue.token <= start.max(teller.token));
    let mut i = start;
    let end = (start + LONGEST).min(text.len());
    while i < end {
        if i > start && (text.opens_line(i) || marks.is_stray(i)) {
            break;
        }
        if let Some((_, quotation)) = marks.opening_at(i).filter(|(_, quotation)| quotation.closed) {
            i = quotation.close + 1;
            continue;
        }
        if words.ends_sentence(i) || (i > start && pause(words, i)) {
            break;
        }
        while frames.get(next).is_some_and(|(frame, opening)| frame.cue.token < i || opening.token < i) {
            next += 1;
        }
        // The clause that opens here ends this one; several may open at one place (a participle after a participle).
        let opens = frames.get(next..).unwrap_or_default().iter().take(2).any(|(frame, opening)| {
            opening.token == i && i > start && frame.content.is_some() && parts_from(frame, opening, teller)
        });
        if opens || (i > start && ends_before(words, i, phrase)) {
            break;
        }
        i += 1;
    }
    trim(words, start, i.min(text.len()))
}

/// `..`: a pause that ends a clause, as news set it between sayings.
fn pause(words: &Words<'_, '_, '_>, i: usize) -> bool {
    let text = words.text();
    text.word(i) == "." && text.word(i + 1) == "." && words.cue(i + 2).is_some()
}

/// Whether what is said ends before token `i` for a reason of its own: a credit, a contrast, an act that the speaker goes on with.
fn ends_before(words: &Words<'_, '_, '_>, i: usize, phrase: bool) -> bool {
    let text = words.text();
    let after_comma = i > 0 && words.is_punctuation(i - 1);
    if words.phrase(i, ReportingPhrase::OWN).is_some() {
        return true;
    }
    if let Some(last) = words.phrase(i, ReportingPhrase::CREDIT) {
        return credited(words, last)
            .is_some_and(|end| after_comma || words.is_punctuation(end + 1) || text.opens_line(end + 1));
    }
    if words.phrase(i, ReportingPhrase::END).is_some() {
        return after_comma;
    }
    let readings = words.verb(i);
    // مثمنا: an act of the speaker, told beside what he says.
    let acts = readings.iter().any(|reading| {
        reading.form.aspect == Aspect::Active
            && (reading.form.tanwin
                || (reading.form.gender == Some(Gender::Feminine) && reading.form.number == Number::Singular))
            && reading.pronoun.is_none()
            && reading.letters() == 0
            && !reading.is_definite()
            && words.reading().lexicon.reporting().get(reading.form.verb).is_some()
    });
    if acts && after_comma {
        return true;
    }
    let perfect = |i: usize, joined: bool| {
        words.actors.mention_over(i).is_none()
            && words.verb(i).iter().any(|reading| {
                reading.form.aspect == Aspect::Perfect
                    && reading.form.person == Person::Third
                    && reading.pronoun.is_none()
                    && reading.proclitics.contains(Proclitics::WAW) == joined
            })
    };
    // كما نقل: another saying; كما خطط له "as planned" is part of this one.
    let reports = |i: usize| {
        let verbs = words.reading().lexicon.reporting();
        words.verb(i).iter().any(|reading| verbs.get(reading.form.verb).is_some())
    };
    if text.word(i) == "كما" && perfect(i + 1, false) && reports(i + 1) {
        return true;
    }
    phrase && perfect(i, true) && words.verb(i).iter().all(crate::lexicon::verbs::VerbReading::is_finite)
}

/// The last token of the credited behind a credit phrase that ends at token `last`; none where nobody is credited.
fn credited(words: &Words<'_, '_, '_>, last: usize) -> Option<usize> {
    let text = words.text();
    for i in last + 1..last + 6 {
        if text.opens_line(i) || words.ends_sentence(i) {
            return None;
        }
        if let Some(phrase) = words.actors.phrase(i) {
            let marked = words.is_mark(phrase.last + 1);
            return Some(phrase.last + usize::from(marked));
        }
    }
    None
}

/// The last token of what is said before token `end`: marks, commas and connecting words off.
fn trim(words: &Words<'_, '_, '_>, start: usize, end: usize) -> usize {
    let mut end = end;
    for _ in 0..CONNECTORS {
        let Some(last) = end.checked_sub(1).filter(|&last| last > start) else { break };
        let closing = matches!(words.text().word(last), ")" | "]" | "%");
        if words.is_punctuation(last) && !closing {
            end = last;
        } else {
            break;
        }
    }
    end.saturating_sub(1).max(start)
}
