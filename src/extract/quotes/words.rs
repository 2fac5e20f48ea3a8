//! What the words of an article are to a saying: which are cues, complementizers, phrases round a saying.
//!
//! Takes an article as [`Actors`] read it and its [`VerbWords`]; gives answers about single places. Each looks at one token and
//! its neighbours.

use crate::extract::Reading;
use crate::extract::actors::Actors;
use crate::extract::names::classes::WordClasses;
use crate::extract::taken::Taken;
use crate::lexicon::names::Gender;
use crate::lexicon::reporting::{Reporting, ReportingPhrase, Takes};
use crate::lexicon::verbs::{Aspect, Number, Person, Pronoun, VerbReading, VerbWords};
use crate::lexicon::{Entry, Kinds};
use crate::text::{Proclitics, Span, Text, TokenKind};

/// How a cue is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A sentence's verb: `قال`, `تؤكد`.
    Finite,
    /// A participle that goes on: `مضيفا`.
    Participle,
    /// A verbal noun with whose it is: `قوله`.
    Noun,
}

/// A word that reports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Where it stands.
    pub token: usize,
    /// Without its particles.
    pub span: Span,
    /// What it does and governs.
    pub reporting: Reporting,
    /// How it is built.
    pub shape: Shape,
    /// The gender of who speaks, where it tells.
    pub gender: Option<Gender>,
    /// The number of who speaks.
    pub number: Number,
    /// Whether it is in the perfect.
    pub perfect: bool,
    /// The particles before it.
    pub proclitics: Proclitics,
    /// The pronoun behind it.
    pub pronoun: Option<Pronoun>,
    /// Whether the same letters are a noun as well: `طلب`, `رد`.
    pub doubtful: bool,
}

impl Cue {
    /// Whether it begins with و or ف.
    pub(super) fn is_joined(&self) -> bool {
        self.proclitics.intersects(Proclitics::WAW | Proclitics::FEH)
    }

    /// Whether it governs any of `takes`.
    pub(super) fn takes(&self, takes: Takes) -> bool {
        self.reporting.takes.intersects(takes)
    }
}

/// The words of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'w, 'r, 'a> {
    pub actors: &'w Actors<'r, 'a>,
    pub verbs: &'w VerbWords,
    pub times: &'w Taken,
    pub classes: WordClasses,
}

impl<'r, 'a> Words<'_, 'r, 'a> {
    pub(super) fn reading(&self) -> &'r Reading<'a> {
        self.actors.reading()
    }

    pub(super) fn text(&self) -> &'r Text<'a> {
        &self.actors.reading().text
    }

    /// The forms of verbs that token `i` can be.
    pub(super) fn verb(&self, i: usize) -> &[VerbReading] {
        self.verbs.at(self.text(), i)
    }

    /// The last token of the longest phrase of this kind that begins at token `i`.
    pub(super) fn phrase(&self, i: usize, kind: ReportingPhrase) -> Option<usize> {
        let hits = self.reading().hits.of(i, Kinds::REPORTING).iter();
        let fits = hits.filter(|hit| {
            (Proclitics::WAW | Proclitics::FEH | Proclitics::ARTICLE).contains(hit.form.proclitics)
                && (!hit.form.proclitics.contains(Proclitics::ARTICLE) || kind == ReportingPhrase::CONTENT)
                && matches!(self.reading().lexicon.entry(hit.entry), Some(Entry::Reporting(other)) if *other == kind)
        });
        fits.map(|hit| hit.last).max()
    }

    /// Whether token `i` ends a sentence: a full stop and its like, or the next token begins a line.
    pub(super) fn ends_sentence(&self, i: usize) -> bool {
        let text = self.text();
        text.kind(i) == TokenKind::Punctuation
            && match text.word(i) {
                "." => {
                    !(text.glued(i + 1)
                        && text.kind(i + 1) != TokenKind::Punctuation
                        && text.kind(i + 1) != TokenKind::Arabic)
                }
                "!" | "?" => true,
                _ => false,
            }
    }

    /// `أن`, `إن`, `بأن`, `أنه`, `فإن`: what follows is told. Gives whether a particle بـ stands before it.
    pub(super) fn is_complementizer(&self, i: usize) -> bool {
        let word = self.text().word(i);
        if !word.starts_with(['ا', 'ب']) || self.actors.mention_over(i).is_some() {
            return false;
        }
        let bare = word.strip_prefix('ب').filter(|rest| rest.starts_with("ان")).unwrap_or(word);
        bare.strip_prefix("ان")
            .is_some_and(|rest| matches!(rest, "" | "ه" | "ها" | "هم" | "هما" | "هن" | "نا" | "ني" | "ك" | "كم" | "ي"))
    }

    /// `الذي` and its like.
    pub(super) fn is_relative(&self, i: usize) -> bool {
        matches!(self.text().word(i), "الذي" | "التي" | "الذين" | "اللذان" | "والتي" | "والذي")
    }

    /// Whether token `i` is a quote mark.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.text().kind(i) == TokenKind::Punctuation && matches!(self.text().word(i), "\"" | "'")
    }

    /// Whether token `i` is punctuation.
    pub(super) fn is_punctuation(&self, i: usize) -> bool {
        self.text().kind(i) == TokenKind::Punctuation
    }

    /// The prepositions of which one before a noun phrase opens what a verb says.
    pub(super) fn preposition(&self, i: usize) -> Takes {
        match self.text().word(i) {
            "علي" => Takes::ALA,
            "الي" => Takes::ILA,
            "عن" => Takes::AN,
            "من" => Takes::MIN,
            "في" => Takes::FI,
            "ب" => Takes::BI,
            "ل" => Takes::LI,
            _ => Takes::empty(),
        }
    }

    /// Whether `ب` or `ل` is written onto the front of token `i`, as far as the lexicon or the verbs know the rest.
    pub(super) fn attached(&self, i: usize) -> Takes {
        let text = self.text();
        let word = text.word(i);
        let of = |proclitics: Proclitics| {
            let mut takes = Takes::empty();
            takes.set(Takes::BI, proclitics.contains(Proclitics::BEH));
            takes.set(Takes::LI, proclitics.contains(Proclitics::LAM));
            takes
        };
        let mention = self.actors.mention_at(i).map(|mention| of(self.actors.particles(mention)));
        if let Some(takes) = mention {
            return takes;
        }
        if text.forms(i).first().is_some_and(|whole| text.knows(whole.word)) {
            return Takes::empty();
        }
        // The article after a particle leaves no doubt: بال, لل.
        if word.starts_with("بال") || word.starts_with("لل") {
            return if word.starts_with('ب') { Takes::BI } else { Takes::LI };
        }
        let known = text
            .forms(i)
            .iter()
            .skip(1)
            .find(|form| text.knows(form.word) && form.proclitics.intersects(Proclitics::BEH | Proclitics::LAM));
        let noun = self
            .verb(i)
            .iter()
            .find(|reading| !reading.is_finite() && reading.proclitics.intersects(Proclitics::BEH | Proclitics::LAM));
        let whole = self.verb(i).iter().any(|reading| reading.letters() == 0);
        match (known, noun) {
            (_, Some(noun)) if !whole => of(noun.proclitics),
            (Some(form), _) => of(form.proclitics),
            (None, None) if !whole => self.attached_by_count(word),
            _ => Takes::empty(),
        }
    }

    /// The same for a word of which neither knows the rest: the rest is met in news more often than the whole.
    fn attached_by_count(&self, word: &str) -> Takes {
        let (rest, takes) = match (word.strip_prefix('ب'), word.strip_prefix('ل')) {
            (Some(rest), _) => (rest, Takes::BI),
            (_, Some(rest)) => (rest, Takes::LI),
            _ => return Takes::empty(),
        };
        let count = |word: &str| self.classes.get(word).map_or(0, |class| u32::from(class.frequency) + 1);
        if rest.chars().nth(2).is_some() && count(rest) > count(word) { takes } else { Takes::empty() }
    }

    /// The cue that token `i` is, if it is one.
    ///
    /// Known misses: negated sayings are no cues on purpose; first persons are left out, for those who speak so stand in quotes.
    pub(super) fn cue(&self, i: usize) -> Option<Cue> {
        let text = self.text();
        if text.kind(i) != TokenKind::Arabic {
            return None;
        }
        let readings = self.verb(i);
        if readings.is_empty()
            || self.phrase(i, ReportingPhrase::SETTING) == Some(i)
            || self.actors.mention_over(i).is_some_and(|mention| mention.last > mention.first)
        {
            return None;
        }
        let lexicon = self.reading().lexicon;
        let mut best: Option<(u8, Cue)> = None;
        for reading in readings {
            let Some(reporting) = lexicon.reporting().get(reading.form.verb) else { continue };
            let Some((rank, shape)) = self.shape(i, reading).filter(|_| self.is_written_so(i, reading)) else {
                continue;
            };
            // قوله, تأكيده: other verbal nouns name an act.
            if shape == Shape::Noun && !reporting.takes.intersects(Takes::SPEECH) {
                continue;
            }
            if best.is_some_and(|(other, _)| other <= rank) {
                continue;
            }
            let doubtful = shape == Shape::Finite
                && readings.iter().any(|other| {
                    let noun = !other.is_finite() && !other.form.tanwin;
                    // يبلغ "tells" and "amounts to"
                    let silent = other.is_finite() && lexicon.reporting().get(other.form.verb).is_none();
                    (noun || silent) && other.letters() == reading.letters()
                });
            let cue = Cue {
                token: i,
                span: reading.span(text, i),
                reporting,
                shape,
                gender: if shape == Shape::Noun { reading.pronoun.and_then(|p| p.gender) } else { reading.form.gender },
                number: if shape == Shape::Noun {
                    reading.pronoun.map_or(Number::Singular, |p| p.number)
                } else {
                    reading.form.number
                },
                perfect: reading.form.aspect == Aspect::Perfect,
                proclitics: reading.proclitics,
                pronoun: reading.pronoun,
                doubtful,
            };
            best = Some((rank, cue));
        }
        best.map(|(_, cue)| cue)
    }

    /// Whether the letters that folding makes equal can be this reading: ة is no pronoun, and أستنتج is no `استنتج`.
    fn is_written_so(&self, i: usize, reading: &VerbReading) -> bool {
        let surface = self.text().surface(i);
        if reading.pronoun.is_some() && surface.ends_with('ة') {
            return false;
        }
        let perfect = self.reading().lexicon.verbs().verb(reading.form.verb).map_or("", |verb| &verb.perfect);
        let first_person = reading.form.aspect == Aspect::Perfect && perfect.starts_with('ا');
        !(first_person && surface.trim_start_matches(['و', 'ف']).starts_with('أ'))
    }

    /// How the reading of token `i` can be a cue; the lower the number the likelier.
    fn shape(&self, i: usize, reading: &VerbReading) -> Option<(u8, Shape)> {
        let text = self.text();
        let before = i.checked_sub(1).map_or("", |before| text.word(before));
        let joined = reading.proclitics.difference(Proclitics::WAW | Proclitics::FEH);
        match reading.form.aspect {
            Aspect::Perfect | Aspect::Imperfect => {
                if reading.form.person != Person::Third || !Proclitics::LAM.contains(joined) {
                    return None;
                }
                let imperfect = reading.form.aspect == Aspect::Imperfect;
                // مما يؤكد: a fact shows it.
                let shown = reading.pronoun.is_none() && matches!(before, "ما" | "مما" | "بما" | "وما");
                let negated = shown || matches!(before, "لم" | "لن" | "لا" | "ولم" | "ولن" | "ولا" | "الا" | "فلم" | "او");
                let wished = imperfect
                    && (self.is_complementizer(i.wrapping_sub(1))
                        || matches!(before, "كي" | "لكي" | "سوف" | "قد" | "حتي" | "لان"));
                if negated || wished {
                    return None;
                }
                // A pronoun of the first person stands in another's words.
                if reading.pronoun.is_some_and(|pronoun| pronoun.person != Person::Third) {
                    return None;
                }
                let rank = reading.letters() + u8::from(reading.pronoun.is_some()) * 2;
                Some((rank, Shape::Finite))
            }
            Aspect::Active => {
                if !joined.is_empty() || reading.pronoun.is_some() {
                    return None;
                }
                let parted = i == 0
                    || text.opens_line(i)
                    || self.is_punctuation(i - 1)
                    || reading.proclitics.contains(Proclitics::WAW);
                let several = reading.form.number != Number::Singular && text.word(i).ends_with("ين");
                let feminine = reading.form.gender == Some(Gender::Feminine) && !text.word(i).ends_with("ان");
                let feminine = feminine && !text.word(i).ends_with("ات");
                let counted = i > 0 && text.kind(i - 1) == TokenKind::Number;
                let fits = (reading.form.tanwin && !counted) || ((feminine || several) && parted);
                fits.then_some((10, Shape::Participle))
            }
            Aspect::Masdar => {
                let whose = reading.pronoun.is_some_and(|pronoun| pronoun.person == Person::Third);
                let fits = whose && Proclitics::BEH.contains(joined);
                fits.then_some((20, Shape::Noun))
            }
            Aspect::Passive => None,
        }
    }
}
