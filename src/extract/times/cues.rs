//! Whether the words round an expression speak of the future.
//!
//! Looks at a bounded number of tokens on the line: words that promise (`من المقرر` "due to", `سوف` "will") and verbs with
//! the future's س. A past verb nearer to the expression takes it back:
//! `قال الخميس إنه سيزور` "he said on Thursday that he would visit" is past.

use super::scan::Scan;
use crate::lexicon::calendar::TimeWord;
use crate::text::{Proclitics, TokenKind};

/// How many tokens before and after an expression are looked at.
const BEFORE: usize = 9;
const AFTER: usize = 2;

/// Whether what stands from token `first` to `last` is told of the future: the nearest word before that tells decides,
/// else one right behind.
pub(super) fn future(s: &Scan<'_>, first: usize, last: usize) -> bool {
    let before = (1..=BEFORE)
        .map_while(|back| first.checked_sub(back).filter(|&at| s.continues(at + 1) && !ends(s, at)))
        .find_map(|at| tense(s, at));
    before.unwrap_or_else(|| {
        (last + 1..=last + AFTER)
            .take_while(|&at| s.continues(at) && !ends(s, at))
            .find_map(|at| tense(s, at))
            .unwrap_or_else(|| s.before(first) == "حتي")
    })
}

/// Whether the word at `i` tells of the future, of the past, or of neither.
fn tense(s: &Scan<'_>, i: usize) -> Option<bool> {
    if s.is(i, &TimeWord::Future) || is_future_verb(s, i) {
        Some(true)
    } else if s.is(i, &TimeWord::Past) {
        Some(false)
    } else {
        None
    }
}

fn ends(s: &Scan<'_>, i: usize) -> bool {
    s.text().kind(i) != TokenKind::Arabic && matches!(s.word(i), "." | "؛" | "?" | "!" | ";" | "\"" | ":")
}

/// Whether the word has the future's س before a verb form. Words known as a whole are no such verbs.
fn is_future_verb(s: &Scan<'_>, i: usize) -> bool {
    if s.text().forms(i).len() < 2 || s.text().kind(i) != TokenKind::Arabic {
        return false;
    }
    let whole = s.text().id(i).is_some_and(|id| s.text().knows(id));
    if whole {
        return false;
    }
    s.text().forms(i).iter().any(|form| {
        if !form.proclitics.contains(Proclitics::SEEN) || form.proclitics.contains(Proclitics::ARTICLE) {
            return false;
        }
        let stem = s.text().spelling(form.word);
        stem.starts_with(['ي', 'ت', 'ن'])
            && stem.chars().count() >= 3
            && !stem.ends_with('ه')
            && !stem.ends_with("ات")
            && !stem.starts_with("يا")
    })
}
