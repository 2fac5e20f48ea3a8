//! The weights of the tagger, as their file holds them: a byte each, found by the hash of their feature.
//!
//! All sums are of integers, in steps of the file's scale: one article gives the same labels on every machine.

use rustc_hash::FxHashMap;

use super::features::{CODES, ClassNumber, Feature, REACH, Takes, code_feature};
use super::labels::{LABELS, Label, follows};

/// How many numbers a vector of scores has: the labels, filled up to whole machine vectors.
pub const LANES: usize = LABELS.next_multiple_of(8);

/// A score for each label, in steps of the model's scale.
pub type Scores = [i16; LANES];

/// What the features of one word say: the scores of its neighbours and its own, from [`REACH`] words before it to
/// [`REACH`] words after it.
pub type Row = [Scores; 2 * REACH + 1];

/// A row that says nothing.
pub const NOTHING: Row = [[0; LANES]; 2 * REACH + 1];

/// The score of what cannot be; far below all that weights can add up to, and far above where the numbers end.
pub const NEVER: i16 = i16::MIN / 2;

/// How many weights the row of a feature of this reach has.
pub const fn width(reach: u8) -> usize {
    parts(reach) * LABELS
}

/// Of how many words it tells.
const fn parts(reach: u8) -> usize {
    2 * reach as usize + 1
}

/// The weights of one feature for one word, filled up like [`Scores`].
type Weights = [i8; LANES];

/// Where the weights of a feature begin, and how far it reaches.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: u32,
    reach: u8,
}

/// A model: what each feature says, and what each move from label to label costs.
#[derive(Debug)]
pub struct Model {
    places: FxHashMap<u64, Place>,
    /// What the features that are small numbers say, by number; they are met so often that their rows stand ready.
    codes: Vec<Option<Box<Row>>>,
    /// Where the weights of the classes of words begin, by number; they reach as far as any feature does.
    classes: Vec<Option<u32>>,
    weights: Vec<Weights>,
    /// The moves, those that cannot be at [`NEVER`].
    moves: Moves,
    scale: f32,
}

/// What moving from one label to the next costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// By the label that is left: the scores of the labels that are reached.
    pub from: [Scores; LANES],
    /// By the label that is reached: the scores of the labels that are left.
    pub to: [Scores; LANES],
}

impl Moves {
    /// The moves, by the label that is left.
    pub fn new(from: [Scores; LANES]) -> Self {
        let mut to = [[NEVER; LANES]; LANES];
        for (left, row) in from.iter().enumerate() {
            for (&score, column) in row.iter().zip(to.iter_mut()) {
                if let Some(slot) = column.get_mut(left) {
                    *slot = score;
                }
            }
        }
        Self { from, to }
    }
}

/// What a model file begins with.
const MAGIC: &[u8; 8] = b"isnadT02";

impl Model {
    /// Reads a model file; none where it is damaged. Layout, little-endian: the magic, the scale (f32), the moves (i16 each, row
    /// by row), the number of features (u32), for each its hash (u64) and reach (u8), then the rows in that order.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (scale, mut rest) = rest.split_first_chunk::<4>()?;
        let mut moves = [[NEVER; LANES]; LANES];
        for row in moves.iter_mut().take(LABELS) {
            for slot in row.iter_mut().take(LABELS) {
                let (weight, after) = rest.split_first_chunk::<2>()?;
                *slot = i16::from_le_bytes(*weight);
                rest = after;
            }
        }
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let mut places = FxHashMap::default();
        places.reserve(count.min(rest.len() / 9));
        let mut at = 0;
        for _ in 0..count {
            let (hash, after) = rest.split_first_chunk::<8>()?;
            let (&reach, after) = after.split_first()?;
            let reach = reach.min(REACH as u8);
            places.insert(u64::from_le_bytes(*hash), Place { at, reach });
            at += parts(reach) as u32;
            rest = after;
        }
        let (weights, rest) = rest.as_chunks::<LABELS>();
        if weights.len() != at as usize || !rest.is_empty() {
            return None;
        }
        let mut model = Self {
            places,
            codes: Vec::new(),
            classes: Vec::new(),
            weights: weights.iter().map(filled_up).collect(),
            moves: Moves::new(moves),
            scale: f32::from_le_bytes(*scale),
        };
        model.codes = (0..CODES).map(|code| model.row_of_code(code)).collect();
        model.classes = ClassNumber::all().map(|class| model.place_of_class(class)).collect();
        Some(model)
    }

    /// Writes a model file from rows of weights (each [`width`] numbers) and the moves (row by row, [`LABELS`] each); the rows in the
    /// order given.
    pub fn write(rows: &[(Feature, &[f32])], moves: &[f32]) -> Vec<u8> {
        let largest = rows.iter().flat_map(|(_, row)| row.iter()).fold(0f32, |most, weight| most.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let mut out = MAGIC.to_vec();
        out.extend(scale.to_le_bytes());
        for (place, &weight) in moves.iter().enumerate() {
            let can_be = follows((place / LABELS) as Label, (place % LABELS) as Label);
            let steps = (weight / scale).round().clamp(-4000.0, 4000.0) as i16;
            out.extend(if can_be { steps } else { NEVER }.to_le_bytes());
        }
        out.extend((rows.len() as u32).to_le_bytes());
        for (feature, _) in rows {
            out.extend(feature.hash.to_le_bytes());
            out.push(feature.reach);
        }
        for (_, row) in rows {
            out.extend(row.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8 as u8));
        }
        out
    }

    fn row_of_code(&self, code: u16) -> Option<Box<Row>> {
        let &place = self.places.get(&code_feature(code).hash)?;
        let mut row = Box::new(NOTHING);
        self.add_place(place, &mut row);
        Some(row)
    }

    fn place_of_class(&self, class: ClassNumber) -> Option<u32> {
        self.places.get(&class.feature().hash).filter(|place| usize::from(place.reach) == REACH).map(|place| place.at)
    }

    /// What the feature of number `code` says, if it says anything.
    pub fn code(&self, code: u16) -> Option<&Row> {
        self.codes.get(code as usize)?.as_deref()
    }

    /// Adds what `feature`, of reach 0, says to the scores of its own word.
    pub fn add_here(&self, feature: Feature, scores: &mut Scores) {
        let Some(place) = self.places.get(&feature.hash).filter(|place| place.reach == 0) else { return };
        if let Some(weights) = self.weights.get(place.at as usize) {
            add_weights(scores, weights);
        }
    }

    /// What the features that it takes say together.
    pub fn sum(&self) -> Sum<'_> {
        Sum { model: self, row: NOTHING }
    }

    fn add_place(&self, place: Place, row: &mut Row) {
        let begin = place.at as usize;
        let weights = self.weights.get(begin..begin + parts(place.reach)).unwrap_or_default();
        for (part, weights) in row.iter_mut().skip(REACH.saturating_sub(place.reach as usize)).zip(weights) {
            add_weights(part, weights);
        }
    }

    /// What moving from one label to the next costs.
    pub fn moves(&self) -> &Moves {
        &self.moves
    }

    /// What one step of a score is worth, in natural logarithms of odds.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// How many features it knows.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// The features of a word summed up.
#[derive(Debug)]
pub struct Sum<'m> {
    model: &'m Model,
    /// What they say.
    pub row: Row,
}

impl Takes for Sum<'_> {
    fn take(&mut self, feature: Feature) {
        if let Some(&place) = self.model.places.get(&feature.hash) {
            self.model.add_place(place, &mut self.row);
        }
    }

    fn take_class(&mut self, class: ClassNumber) {
        if let Some(&Some(at)) = self.model.classes.get(class.place()) {
            self.model.add_place(Place { at, reach: REACH as u8 }, &mut self.row);
        }
    }
}

/// The weights of a file, with nothing in the lanes that no label has.
fn filled_up(bytes: &[u8; LABELS]) -> Weights {
    let mut weights = [0; LANES];
    for (weight, &byte) in weights.iter_mut().zip(bytes) {
        *weight = byte as i8;
    }
    weights
}

fn add_weights(scores: &mut Scores, weights: &Weights) {
    for (sum, &weight) in scores.iter_mut().zip(weights) {
        *sum = sum.saturating_add(i16::from(weight));
    }
}

/// Adds scores to scores.
pub(super) fn add(sum: &mut Scores, more: &Scores) {
    for (value, &more) in sum.iter_mut().zip(more) {
        *value = value.saturating_add(more);
    }
}
