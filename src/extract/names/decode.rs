//! The best labels of a sentence (Viterbi), and by how much each of them is the best.
//!
//! Integers only, all labels of a token side by side: a token costs some dozens of vector instructions.

use super::labels::{LABELS, Label, OUTSIDE};
use super::model::{LANES, Moves, NEVER, Scores, add};

/// A sentence decoded, with the room that decoding needs; kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The label of each token.
    pub labels: Vec<Label>,
    /// For each token by how many steps the best path through its label is better than the best that gives it another;
    /// filled only where the sentence holds a name.
    pub margins: Vec<i16>,
    /// For each token the best score of a path up to it, by the label that it ends in.
    ahead: Vec<Scores>,
}

/// What is worse than the best by more steps than this is no longer followed: e to the twelfth, as odds of the shipped model. At 256 held-out
/// articles lose 0.005, at 800 they win nothing.
const FOLLOWED: i16 = 400;

impl Decoder {
    /// Decodes one sentence. It begins as if after [`OUTSIDE`].
    pub fn decode(&mut self, scores: &[Scores], moves: &Moves) {
        self.sweep(scores, moves);
        self.trace(moves);
        self.margins.clear();
        if let Some(first) = self.labels.iter().position(|&label| label != OUTSIDE) {
            self.compare(first, scores, moves);
        }
    }

    fn sweep(&mut self, scores: &[Scores], moves: &Moves) {
        self.ahead.clear();
        let mut best = [NEVER; LANES];
        if let Some(start) = best.first_mut() {
            *start = 0;
        }
        for row in scores {
            best = step(&best, &moves.from);
            add(&mut best, row);
            level(&mut best);
            self.ahead.push(best);
        }
    }

    fn trace(&mut self, moves: &Moves) {
        self.labels.clear();
        let Some(last) = self.ahead.last() else { return };
        let mut label = highest(last);
        self.labels.push(label);
        for best in self.ahead.iter().rev().skip(1) {
            let mut arriving = *best;
            if let Some(moves) = moves.to.get(label as usize) {
                add(&mut arriving, moves);
            }
            label = highest(&arriving);
            self.labels.push(label);
        }
        self.labels.reverse();
    }

    /// The margins from the end back to the first token of a name.
    fn compare(&mut self, first: usize, scores: &[Scores], moves: &Moves) {
        let mut behind: Scores = [0; LANES];
        self.margins.resize(scores.len(), 0);
        let tokens = self.ahead.iter().zip(scores).zip(&self.labels).zip(self.margins.iter_mut());
        for (((best, row), &label), margin) in tokens.skip(first).rev() {
            if label != OUTSIDE {
                let mut whole = *best;
                add(&mut whole, &behind);
                let own = whole.get_mut(label as usize).map_or(NEVER, |own| std::mem::replace(own, i16::MIN));
                *margin = own.saturating_sub(whole.iter().take(LABELS).copied().fold(i16::MIN, i16::max));
            }
            add(&mut behind, row);
            behind = step(&behind, &moves.to);
            level(&mut behind);
        }
    }
}

/// The best score with which each label is reached from the labels of `best` in one move. Labels that are far behind
/// the best, which most are at most tokens, are not followed.
fn step(best: &Scores, moves: &[Scores; LANES]) -> Scores {
    let ([outside, names @ ..], [from_outside, from_names @ ..]) = (best, moves);
    let top_name = names.iter().copied().fold(i16::MIN, i16::max);
    let least = top_name.max(*outside).saturating_sub(FOLLOWED);
    let mut next = if *outside >= least {
        from_outside.map(|cost| outside.saturating_add(cost).max(NEVER))
    } else {
        [NEVER; LANES]
    };
    // At most tokens no name is worth following.
    if top_name >= least {
        for (&so_far, row) in names.iter().zip(from_names).take(LABELS - 1) {
            if so_far >= least {
                for (target, &cost) in next.iter_mut().zip(row) {
                    *target = (*target).max(so_far.saturating_add(cost));
                }
            }
        }
    }
    next
}

/// Takes off what brings the highest score to zero: only differences count, and so they never run off.
fn level(scores: &mut Scores) {
    let top = scores.iter().copied().fold(i16::MIN, i16::max);
    for value in scores {
        *value = value.saturating_sub(top).max(NEVER);
    }
}

/// The label of the highest score; of equals the first.
fn highest(scores: &Scores) -> Label {
    let top = scores.iter().copied().fold(i16::MIN, i16::max);
    scores.iter().take(LABELS).position(|&score| score == top).map_or(OUTSIDE, |label| label as Label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::labels::{begin, follows, inside};

    fn moves() -> Moves {
        let mut moves = [[NEVER; LANES]; LANES];
        for (label, row) in (0..).zip(moves.iter_mut().take(LABELS)) {
            for (next, cost) in (0..).zip(row.iter_mut().take(LABELS)) {
                *cost = if follows(label, next) { 0 } else { NEVER };
            }
        }
        Moves::new(moves)
    }

    fn scores(of: &[(Label, i16)]) -> Scores {
        let mut scores = [0; LANES];
        for &(label, score) in of {
            scores[label as usize] = score;
        }
        scores
    }

    #[test]
    fn goes_on_only_with_what_began() {
        let mut decoder = Decoder::default();
        // The second token alone would rather go on with a name of another type.
        let sentence =
            [scores(&[(begin(0), 50)]), scores(&[(inside(0), 40), (inside(1), 60)]), scores(&[(OUTSIDE, 9)])];
        decoder.decode(&sentence, &moves());
        assert_eq!(decoder.labels, [begin(0), inside(0), OUTSIDE]);
        // By how much: 90 against the best path that gives the token another label.
        assert_eq!(decoder.margins, [30, 30, 0]);
    }

    #[test]
    fn long_sentences_do_not_run_off() {
        let mut decoder = Decoder::default();
        let sentence = vec![scores(&[(begin(4), 9000)]); 10_000];
        decoder.decode(&sentence, &moves());
        assert!(decoder.labels.iter().all(|&label| label == begin(4)));
        assert!(decoder.margins.iter().all(|&margin| margin == 9000));
        decoder.decode(&[], &moves());
        assert!(decoder.labels.is_empty() && decoder.margins.is_empty());
    }
}
