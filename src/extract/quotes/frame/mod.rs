//! From a cue to what is said: where it begins, and who is named as its speaker on the way.
//!
//! Takes a [`Cue`]; gives a [`Frame`] where something is said behind it. Looks at most [`REACH`] tokens ahead, within the paragraph.

mod carriers;
mod content;

use crate::extract::actors::{How, NounPhrase};
use crate::lexicon::reporting::{ReportingPhrase, Takes};

use super::marks::Marks;
use super::words::{Cue, Shape, Words};

/// How many tokens behind a cue what it says may begin: a subject with its titles and a relative clause fit in.
const REACH: usize = 72;
/// The same for a participle, which has no subject of its own.
const PARTICIPLE: usize = 24;
/// The same for a verbal noun and for words that are often something else.
const NEAR: usize = 16;

/// How what is said is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A clause after `أن`, from a token on.
    Clause(usize),
    /// A noun phrase, from a token on.
    Phrase(usize),
    /// Words in marks, by their place in the list.
    Marks(usize),
    /// Speech without marks, from a token to the end of its paragraph.
    Speech(usize),
}

/// What a cue reports.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The cue.
    pub cue: Cue,
    /// What is said; none where the cue says nothing of its own (`نقلت الوكالة عنه قوله`).
    pub content: Option<Content>,
    /// Who is named behind the cue as the one who speaks.
    pub subject: Option<NounPhrase>,
    /// Whether a noun stands behind the cue that may be its subject and means nobody known.
    pub vague: bool,
    /// Whether the one named behind the cue may be the one who is spoken to.
    pub alone: bool,
    /// Who is named right before it, where nobody is behind it.
    pub before: Option<NounPhrase>,
    /// Who carried it: outlets and statements between cue and content.
    pub sources: Vec<usize>,
    /// The one whose words are carried: `نقلت الوكالة عن فلان`.
    pub carried: Option<NounPhrase>,
}

bitflags::bitflags! {
    /// What has passed between a cue and the place where its scan stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct State: u8 {
        /// Nothing but the subject, times and settings.
        const LIGHT = 1;
        /// A preposition that governs what comes next.
        const GOVERNED = 1 << 1;
        /// A comma, right before.
        const PARTED = 1 << 2;
        /// Something that may be a subject that nobody knows.
        const VAGUE = 1 << 3;
        /// An adjective or another word of the subject's own: what follows may be its object.
        const ADJECTIVE = 1 << 4;
        /// The subject, before the cue.
        const PREPOSED = 1 << 5;
        /// Another verb: prepositions behind it are its own.
        const BLOCKED = 1 << 6;
        /// A second one who is meant: who is spoken to.
        const ADDRESSED = 1 << 7;
    }
}

/// Where the scan of a frame stands.
struct Scan<'f, 'w, 'r, 'a> {
    words: &'f Words<'w, 'r, 'a>,
    marks: &'f Marks,
    frame: Frame,
    state: State,
    /// What is said if no clause follows: behind a preposition that may belong to another word.
    candidate: Option<Content>,
}

/// What a step of a scan came to.
enum Step {
    /// Go on at a token.
    On(usize),
    /// Here is what is said.
    Said(Content),
    /// Nothing is said.
    Ends,
}

/// The frame of `cue`; none where it neither says nor carries anything.
///
/// Finds `وقال لافروف في مؤتمر صحفي إن` (subject, setting, clause), `أكد الوزير أهمية` (a noun phrase), `شدد على` (its preposition),
/// `أشاد بـ "..."` (marks), `قال:` (speech without marks).
/// Known misses: subjects behind long phrases that a preposition opens; objects that are neither verbal nouns nor in the table.
pub(super) fn read(words: &Words<'_, '_, '_>, marks: &Marks, cue: Cue, preposed: bool) -> Option<Frame> {
    let frame = Frame {
        cue,
        content: None,
        subject: None,
        vague: false,
        alone: false,
        before: None,
        sources: Vec::new(),
        carried: None,
    };
    let mut state = State::LIGHT;
    state.set(State::PREPOSED, preposed);
    let mut scan = Scan { words, marks, frame, state, candidate: None };
    let strict = cue.doubtful || cue.takes(Takes::STRICT) || cue.shape == Shape::Noun || scan.takes_pronoun();
    let reach = match cue.shape {
        _ if strict => NEAR,
        Shape::Participle => PARTICIPLE,
        _ => REACH,
    };
    let end = cue.token + reach;
    let mut i = cue.token + 1;
    while i < end {
        match scan.step(i) {
            Step::On(next) => i = next.max(i + 1),
            Step::Said(content) => {
                scan.frame.content = Some(content);
                break;
            }
            Step::Ends => break,
        }
    }
    let (mut frame, state) = (scan.frame, scan.state);
    frame.content = frame.content.or(scan.candidate.filter(|_| !state.intersects(State::BLOCKED)));
    frame.vague = state.intersects(State::VAGUE);
    // حث الحكومة على: alone behind such a verb, in a sentence where somebody speaks already, stands the one who is spoken to.
    let unnamed = frame.subject.as_ref().is_some_and(|subject| subject.entities.is_empty());
    let addresses = cue.takes(Takes::OBJECT) || (cue.takes(Takes::PERSON) && unnamed);
    frame.alone = addresses && cue.pronoun.is_none() && !state.intersects(State::ADDRESSED | State::PREPOSED);
    // What shows something says nothing: تشير النتائج إلى.
    if frame.subject.as_ref().is_some_and(|subject| subject.how == How::Nobody)
        && !matches!(frame.content, Some(Content::Marks(_)))
    {
        return None;
    }
    (frame.content.is_some() || frame.carried.is_some() || frame.subject.is_some()).then_some(frame)
}

impl Scan<'_, '_, '_, '_> {
    fn cue(&self) -> Cue {
        self.frame.cue
    }

    fn is(&self, state: State) -> bool {
        self.state.intersects(state)
    }

    fn step(&mut self, i: usize) -> Step {
        let words = self.words;
        let text = words.text();
        let after_colon = text.word(i - 1) == ":";
        if i >= text.len() || (text.opens_line(i) && !after_colon) {
            return Step::Ends;
        }
        if let Some((at, quotation)) = self.marks.opening_at(i) {
            return self.quotation(i, at, &quotation);
        }
        if text.word(i) == ":" {
            return self.colon(i);
        }
        if words.ends_sentence(i) {
            return Step::Ends;
        }
        if words.is_punctuation(i) {
            self.state.set(State::PARTED, text.word(i) == ",");
            if self.is(State::PARTED) {
                self.state.remove(State::GOVERNED);
            }
            return Step::On(i + 1);
        }
        if words.is_complementizer(i) {
            return self.clause(i);
        }
        if let Some(last) = words.phrase(i, ReportingPhrase::CREDIT) {
            return self.credit(last);
        }
        if self.is_own_pronoun(i) {
            return Step::Ends;
        }
        if let Some(last) = words.phrase(i, ReportingPhrase::SETTING) {
            return self.setting(i, last);
        }
        let preposition = words.preposition(i);
        if self.governs(preposition, i) && !words.times.any(i + 1, i + 1) {
            return self.behind(i + 1, i + 1, self.is_fresh(i, preposition));
        }
        if self.relays(i) {
            return self.relay(i);
        }
        if words.times.any(i, i) {
            self.state.remove(State::PARTED | State::GOVERNED);
            return Step::On(i + 1);
        }
        let attached = words.attached(i);
        if self.governs(attached, i) {
            return self.behind(i, i, true);
        }
        if self.another_cue(i) {
            return Step::Ends;
        }
        // قال لرويترز, أبلغ لمجلس: to whom it is said.
        if attached == Takes::LI
            && let Some(phrase) = words.actors.phrase(i).filter(|phrase| phrase.last >= i)
        {
            self.note_source(i);
            self.state.remove(State::PARTED | State::GOVERNED);
            return Step::On(phrase.last + 1);
        }
        let bare = preposition.is_empty() && words.phrase(i, ReportingPhrase::PREPOSITION).is_none();
        if bare && !self.is(State::GOVERNED) && attached.is_empty() {
            if let Some(step) = self.noun_phrase(i) {
                return step;
            }
        } else if bare && self.is(State::GOVERNED) {
            self.note_source(i);
        }
        if !bare || !attached.is_empty() {
            self.state.insert(State::GOVERNED);
            if !attached.is_empty() {
                self.note_source(i);
            }
            // لـ"رويترز", لوكالة الأنباء: to whom it was said; the subject can still come.
            self.state.remove(State::LIGHT);
        }
        self.state.remove(State::PARTED);
        Step::On(i + 1)
    }

    /// Whether the cue's pronoun stands for what is said and not for the one who is spoken to: `ما أعلنته`.
    fn takes_pronoun(&self) -> bool {
        let cue = self.cue();
        cue.pronoun.is_some() && !cue.takes(Takes::PERSON) && cue.shape == Shape::Finite
    }

    /// Whether the verb's own preposition carries a pronoun, which is what it says: `التي أعلنت عنها`.
    fn is_own_pronoun(&self, i: usize) -> bool {
        let takes = match self.words.text().word(i) {
            "به" | "بها" | "بهم" => Takes::BI,
            "عنه" | "عنها" | "عنهم" => Takes::AN,
            "اليه" | "اليها" | "اليهم" => Takes::ILA,
            "عليه" | "عليها" | "عليهم" => Takes::ALA,
            "منه" | "منها" | "منهم" => Takes::MIN,
            _ => return false,
        };
        i <= self.cue().token + 2 && self.cue().takes(takes)
    }

    /// Whether a preposition at token `i` is the verb's own. Those that stand everywhere count only while nothing but the subject
    /// has passed, or behind the one who is spoken to.
    fn governs(&self, preposition: Takes, i: usize) -> bool {
        let cue = self.cue();
        if self.takes_pronoun() {
            // ما أعلنته موسكو من ...
            let relative = cue
                .token
                .checked_sub(1)
                .is_some_and(|before| matches!(self.words.text().word(before), "ما" | "مما" | "بما" | "عما"));
            return relative
                && preposition == Takes::MIN
                && self.words.preposition(i) == Takes::MIN
                && self.is_content(i + 1);
        }
        let everywhere =
            preposition.intersects(Takes::FI | Takes::MIN | Takes::BI | Takes::LI) || cue.shape == Shape::Participle;
        // الموالي للأكراد: behind an adjective ل is hardly the verb's.
        if preposition == Takes::LI
            && self.words.text().word(i - 1).starts_with("ال")
            && self.words.actors.mention_over(i - 1).is_none()
        {
            return false;
        }
        let behind = cue.takes(Takes::PERSON) && !self.is(State::BLOCKED);
        cue.takes(preposition) && (!everywhere || (self.is(State::LIGHT) && !self.is(State::VAGUE)) || behind)
    }

    /// Whether the preposition at token `i` can only be the cue's: the word before it is no noun or adjective that could take it.
    fn is_fresh(&self, i: usize, preposition: Takes) -> bool {
        if !preposition.intersects(Takes::ALA | Takes::ILA | Takes::AN) || self.is(State::LIGHT) {
            return true;
        }
        let words = self.words;
        let before = i - 1;
        let behind_preposition = before.checked_sub(1).is_some_and(|two| {
            !words.preposition(two).is_empty() || words.phrase(two, ReportingPhrase::PREPOSITION).is_some()
        });
        words.is_punctuation(before)
            || words.times.any(before, before)
            || words.actors.mention_over(before).is_some()
            || words.phrase(before, ReportingPhrase::SETTING).is_some()
            || behind_preposition
    }

    /// Whether another saying begins at token `i`, so that this one says nothing.
    fn another_cue(&self, i: usize) -> bool {
        let Some(cue) = self.words.cue(i) else { return false };
        if cue.shape == Shape::Noun {
            return self.frame.carried.is_some() || self.cue().takes(Takes::RELAY);
        }
        let opens = cue.is_joined() || self.words.is_punctuation(i - 1) || i == self.cue().token + 1;
        opens && !cue.doubtful && !cue.takes(Takes::MARKS | Takes::STRICT)
    }
}
