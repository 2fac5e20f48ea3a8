//! Whose turn it is: who speaks where a cue does not name its speaker.
//!
//! Takes cues in order; keeps who spoke last ([`Turns`]). A speaker named behind the verb counts first, then one right before it, then
//! whose turn it is in the sentence, then whom the sentence is about, then who spoke last; agreement in gender and number
//! decides between them.

use std::ops::Range;

use crate::extract::actors::{Actors, How, NounPhrase};
use crate::lexicon::names::EntityType;
use crate::lexicon::reporting::{ReportingPhrase, Takes};
use crate::lexicon::verbs::Number;
use crate::text::{Span, TokenKind};

use super::frame::Frame;
use super::words::{Cue, Shape, Words};

/// How many tokens of a sentence are looked at for whom it is about.
const ABOUT: usize = 48;
/// How many words may stand between a subject and its verb: `قد`, `كان`, `الذي`.
const BETWEEN: usize = 3;

/// Who speaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Speaker {
    /// The entities; none where the article names nobody.
    pub entities: Vec<usize>,
    /// The words that name them in place.
    pub span: Option<Span>,
    /// How surely: which rule decided.
    pub by: By,
}

/// What told who speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum By {
    /// A name or title behind the cue.
    Subject,
    /// A name or title before it.
    Before,
    /// The turn goes on.
    Turn,
    /// Whom the sentence is about.
    About,
    /// Nothing.
    #[default]
    Nothing,
}

/// Who spoke so far.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// Who spoke last, and where.
    last: Option<(Vec<usize>, usize)>,
}

/// The noun phrase before a verb that is its subject: `وكان حسين قال`, `الرئيس الذي قال`.
pub(super) fn subject_before(words: &Words<'_, '_, '_>, cue: &Cue) -> Option<NounPhrase> {
    if cue.is_joined() || cue.shape != Shape::Finite {
        return None;
    }
    let text = words.text();
    let mut i = cue.token;
    let mut relative = false;
    for _ in 0..BETWEEN {
        if text.opens_line(i) {
            return None;
        }
        let before = i.checked_sub(1)?;
        let opens_clause = words.is_relative(before);
        if !opens_clause && !matches!(text.word(before), "قد" | "كان" | "كانت" | "ايضا" | "سبق") {
            break;
        }
        relative |= opens_clause;
        i = before;
    }
    let phrase = words.actors.phrase_before(i)?;
    let acts = !phrase.entities.is_empty() && acts(words, &phrase);
    let free = relative || !is_governed(words, &phrase);
    (acts && free && agrees(words.actors, &phrase.entities, cue)).then_some(phrase)
}

/// Whether those meant can speak.
fn acts(words: &Words<'_, '_, '_>, phrase: &NounPhrase) -> bool {
    phrase.entities.iter().all(|&entity| {
        matches!(
            words.actors.kind(entity),
            Some(EntityType::Pers | EntityType::Org | EntityType::Gpe | EntityType::Norp)
        )
    })
}

fn is_one_person(words: &Words<'_, '_, '_>, entities: &[usize]) -> bool {
    matches!(entities, [only] if words.actors.kind(*only) == Some(EntityType::Pers))
}

/// Whether a preposition or another noun governs a phrase.
fn is_governed(words: &Words<'_, '_, '_>, phrase: &NounPhrase) -> bool {
    if phrase.is_governed() {
        return true;
    }
    let text = words.text();
    let Some(before) = phrase.first.checked_sub(1) else { return false };
    if text.opens_line(phrase.first) || words.is_punctuation(before) && !words.is_mark(before) {
        return false;
    }
    let before = if words.is_mark(before) { before.saturating_sub(1) } else { before };
    let governs =
        |i: usize| words.phrase(i, ReportingPhrase::PREPOSITION) == Some(i) || matches!(text.word(i), "ب" | "ل");
    // من مدينة لاهور: the noun that says what the place is stands between.
    let place = || phrase.entities.iter().all(|&entity| words.actors.kind(entity) == Some(EntityType::Gpe));
    governs(before) || (!text.opens_line(before) && before.checked_sub(1).is_some_and(governs) && place())
}

/// Whether the verb can be of these: two for a dual, gender where both tell it.
fn agrees(actors: &Actors<'_, '_>, entities: &[usize], cue: &Cue) -> bool {
    match (cue.number, entities) {
        (Number::Dual, [_, _]) => true,
        (Number::Dual, _) => false,
        (Number::Plural, [only]) => actors.kind(*only) != Some(EntityType::Pers),
        (_, [only]) => {
            // Bodies and countries are spoken of in either gender; persons are not.
            actors.kind(*only) != Some(EntityType::Pers)
                || actors.agrees(*only, cue.gender)
                || cue.shape == Shape::Participle
        }
        (Number::Singular, [_, _, ..]) => cue.shape != Shape::Finite,
        _ => true,
    }
}

impl Turns {
    /// Who speaks in `frame`; `sentence` is its sentence, `previous` the one before.
    pub(super) fn speaker(
        &mut self,
        words: &Words<'_, '_, '_>,
        frame: &Frame,
        sentence: Range<usize>,
        previous: Option<Range<usize>>,
    ) -> Speaker {
        let named =
            |phrase: &NounPhrase, by| Speaker { entities: phrase.entities.clone(), span: Some(phrase.span), by };
        let (cue, subject, before) = (&frame.cue, frame.subject.as_ref(), frame.before.as_ref());
        let speaker = match (subject, before) {
            (Some(subject), _) if subject.how == How::Untold => {
                // المسؤول: whoever spoke last, where that was a person; a source without a name stays without one.
                let last = self.last().filter(|last| is_one_person(words, last) && agrees(words.actors, last, cue));
                let entities = last.map(<[usize]>::to_vec).unwrap_or_default();
                Speaker { entities, span: Some(subject.span), by: By::Turn }
            }
            (Some(_), None) if frame.alone && self.spoke_since(sentence.start) => {
                self.unnamed(words, cue, &sentence, previous)
            }
            (Some(subject), _) if acts(words, subject) => named(subject, By::Subject),
            (_, Some(before)) => named(before, By::Before),
            // A subject that nobody knows: قال تعالى, رأت الصحف.
            _ if frame.vague => Speaker::default(),
            _ => self.unnamed(words, cue, &sentence, previous),
        };
        self.last = Some((speaker.entities.clone(), cue.token));
        speaker
    }

    /// The turn goes to `entities` at token `i`.
    pub(super) fn take(&mut self, entities: &[usize], i: usize) {
        self.last = Some((entities.to_vec(), i));
    }

    /// Whether somebody spoke at or after token `i`.
    pub(super) fn spoke_since(&self, i: usize) -> bool {
        self.last.as_ref().is_some_and(|(_, at)| *at >= i)
    }

    /// Gives the turn back: what is told inside another's words is no turn.
    pub(super) fn restore(&mut self, turn: Option<(Vec<usize>, usize)>) {
        self.last = turn;
    }

    /// Whose turn it is, and since which token.
    pub(super) fn turn(&self) -> Option<(Vec<usize>, usize)> {
        self.last.clone()
    }

    /// Who spoke last.
    pub(super) fn last(&self) -> Option<&[usize]> {
        self.last.as_ref().map(|(entities, _)| entities.as_slice())
    }

    /// Who speaks where nobody is named.
    fn unnamed(
        &self,
        words: &Words<'_, '_, '_>,
        cue: &Cue,
        sentence: &Range<usize>,
        previous: Option<Range<usize>>,
    ) -> Speaker {
        let of = |entities: &[usize], by| Speaker { entities: entities.to_vec(), span: None, by };
        if cue.number == Number::Dual && cue.shape != Shape::Participle {
            return of(&words.actors.two_before(cue.token), By::About);
        }
        let last = self.last.as_ref().filter(|(entities, _)| agrees(words.actors, entities, cue));
        // In the same sentence the turn goes on.
        if let Some((entities, _)) = last.filter(|(_, at)| *at >= sentence.start) {
            return of(entities, By::Turn);
        }
        let about = |range: &Range<usize>| {
            about(words, range.start, range.end.min(cue.token))
                .filter(|about| agrees(words.actors, &about.entities, cue))
        };
        if let Some(about) = about(sentence) {
            return of(&about.entities, By::About);
        }
        // Nobody spoke in the sentence before: whom it is about goes on, but for verbs that go on with a speech.
        let silent = |range: &Range<usize>| last.is_none_or(|(_, at)| *at < range.start);
        if let Some(previous) = previous.filter(|previous| !cue.takes(Takes::ON) && silent(previous))
            && let Some(about) = about(&previous)
        {
            return of(&about.entities, By::About);
        }
        if let Some((entities, _)) = last {
            return of(entities, By::Turn);
        }
        let nearest = if cue.number == Number::Plural {
            words.actors.last_group(cue.token)
        } else {
            words.actors.last_person(cue.token, cue.gender)
        };
        nearest.map_or_else(Speaker::default, |nearest| of(&[nearest], By::About))
    }
}

/// Whom the words from `first` up to token `end` are about: the first that no preposition governs, a verb before him counts most.
pub(super) fn about(words: &Words<'_, '_, '_>, first: usize, end: usize) -> Option<NounPhrase> {
    let text = words.text();
    let mut found: Option<NounPhrase> = None;
    let mut i = first;
    while i < end.min(first + ABOUT) {
        let Some(phrase) = words.actors.phrase(i) else {
            i += 1;
            continue;
        };
        let next = phrase.last + 1;
        let fits = matches!(phrase.how, How::Named | How::Title | How::Body | How::Pair)
            && !phrase.entities.is_empty()
            && acts(words, &phrase)
            && !is_governed(words, &phrase);
        let national = words.actors.mention_at(i).is_some_and(|mention| mention.kind == EntityType::Norp);
        if fits && !national && next <= end {
            let before = i.checked_sub(1);
            let opens = i == first || text.opens_line(i);
            let after_verb = before.is_some_and(|before| {
                words.verb(before).iter().any(crate::lexicon::verbs::VerbReading::is_finite)
                    || text.kind(before) == TokenKind::Punctuation
                    || words.is_complementizer(before)
                    || words.phrase(before, ReportingPhrase::CONNECTOR).is_some()
            });
            if opens || after_verb {
                return Some(phrase);
            }
            found.get_or_insert(phrase);
        }
        i = next.max(i + 1);
    }
    found
}
