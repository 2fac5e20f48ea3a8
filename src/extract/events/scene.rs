//! The article as a scene: what each word does in its sentence.
//!
//! Takes the tokens, the verb forms, the actors and the times; gives [`Scene`], which rules ask about single tokens. Each
//! question looks a bounded number of tokens away.

use std::cell::Cell;

use rustc_hash::FxHashMap;

use crate::extract::actors::Actors;
use crate::extract::{Quote, Reading, TimeExpression};
use crate::lexicon::events::{Cue, Trigger};
use crate::lexicon::names::EntityType;
use crate::lexicon::verbs::{Aspect, Number, Person, Pronoun, VerbReading, VerbWords};
use crate::text::{Proclitics, TokenKind};

/// The article, asked word by word.
#[derive(Debug)]
pub(super) struct Scene<'r, 'a> {
    pub(super) actors: &'r Actors<'r, 'a>,
    pub(super) reading: &'r Reading<'a>,
    pub(super) verbs: &'r VerbWords,
    pub(super) times: &'r [TimeExpression],
    pub(super) quotes: &'r [Quote],
    /// For each distinct word what it does.
    cues: Vec<Cue>,
    /// What each token can be as a form of a verb or noun, one token behind the other.
    readings: Vec<&'r VerbReading>,
    /// Where each token's readings end.
    ends: Vec<u32>,
    /// For each entity the country of the body that it is, by the nationality in its name.
    body_country: FxHashMap<usize, usize>,
    /// Whether the article names an agreement as a law: its bare noun then means that.
    pub(super) named_deal: bool,
    /// The two who met last.
    pub(super) pair: Cell<Option<[usize; 2]>>,
    /// The sentence that told of them.
    pub(super) met: Cell<usize>,
    /// The country of the one who speaks or acts in the sentence: `بلاده`.
    pub(super) home: Cell<Option<usize>>,
}

impl<'r, 'a> Scene<'r, 'a> {
    pub(super) fn new(
        actors: &'r Actors<'r, 'a>,
        verbs: &'r VerbWords,
        times: &'r [TimeExpression],
        quotes: &'r [Quote],
    ) -> Self {
        let reading = actors.reading();
        let mut cues = Vec::new();
        let mut read = Vec::new();
        for i in 0..reading.text.len() {
            let at = reading.text.distinct(i) as usize;
            if at >= cues.len() {
                cues.resize(at + 1, Cue::empty());
                read.resize(at + 1, false);
            }
            let done = read.get_mut(at).is_none_or(|done| std::mem::replace(done, true));
            if done || reading.text.kind(i) != TokenKind::Arabic {
                continue;
            }
            let events = reading.lexicon.events();
            let mut cue = events.word(reading.text.word(i));
            let forms = verbs.at(&reading.text, i);
            let whole = forms.iter().any(|form| form.letters() == 0);
            for form in forms.iter().filter(|form| !whole || form.letters() == 0) {
                // The verbs of light and telling are so as verbs; what they wish or better, their nouns do too.
                let own = events.verb(form.form.verb);
                let finite = Cue::LIGHT | Cue::HAPPENS;
                cue |= if form.is_finite() { own } else { own.difference(finite) };
            }
            if let Some(slot) = cues.get_mut(at) {
                *slot = cue;
            }
        }
        let named_deal = actors
            .named()
            .iter()
            .any(|mention| mention.kind == EntityType::Law && mention.span.of(reading.text.source()).contains("تفاق"));
        let (pair, home, met) = (Cell::new(None), Cell::new(None), Cell::new(0));
        let body_country = body_countries(actors);
        let (readings, ends) = (Vec::new(), Vec::with_capacity(reading.text.len()));
        let mut scene = Self {
            actors,
            reading,
            verbs,
            times,
            quotes,
            cues,
            readings,
            ends,
            body_country,
            named_deal,
            pair,
            met,
            home,
        };
        scene.find_readings();
        scene
    }

    /// The country of an entity, where anything tells: what `actors` knows, else the nationality in the name of the body, or of the body in
    /// whose office a person is named.
    pub(super) fn country_of(&self, entity: usize) -> Option<usize> {
        let by_name = |entity: usize| self.body_country.get(&entity).copied();
        let known = self.actors.country_of(entity).or_else(|| by_name(entity));
        known.or_else(|| by_name(self.actors.office_of(entity)?))
    }

    /// What token `i` does beside events.
    pub(super) fn cue(&self, i: usize) -> Cue {
        self.cues.get(self.reading.text.distinct(i) as usize).copied().unwrap_or_default()
    }

    /// Whether token `i` has any of `cues`.
    pub(super) fn has(&self, i: usize, cues: Cue) -> bool {
        self.cue(i).intersects(cues)
    }

    /// The readings of token `i` as a form of a verb or noun. A word that is one as it stands is not read with particles off (`بحث` is no
    /// `ب` and `حث`), and a word written with ة has no pronoun at its end.
    pub(super) fn readings(&self, i: usize) -> impl Iterator<Item = &'r VerbReading> + Clone {
        let begin = i.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(i).copied().unwrap_or_default();
        self.readings.get(begin as usize..end as usize).unwrap_or_default().iter().copied()
    }

    fn find_readings(&mut self) {
        let text = &self.reading.text;
        for i in 0..text.len() {
            let forms = self.verbs.at(text, i);
            if !forms.is_empty() {
                let whole = forms.iter().any(|form| form.letters() == 0);
                let closed = text.surface(i).ends_with('ة');
                let fits = |form: &&VerbReading| {
                    // دفاعي is "of defence" but where somebody speaks.
                    let mine = |it: Pronoun| it.person == Person::First && it.number == Number::Singular;
                    let pronoun = |it: Pronoun| !closed && (!mine(it) || self.quote(i).is_some());
                    (!whole || form.letters() == 0) && form.pronoun.is_none_or(pronoun)
                };
                let found: Vec<&'r VerbReading> = forms.iter().filter(fits).collect();
                self.readings.extend(found);
            }
            self.ends.push(self.readings.len() as u32);
        }
    }

    /// The match form of token `i`.
    pub(super) fn word(&self, i: usize) -> &str {
        self.reading.text.word(i)
    }

    /// Whether a sentence or a line ends before token `i`, or a mark other than comma and quote marks stands there.
    pub(super) fn stops(&self, i: usize) -> bool {
        let text = &self.reading.text;
        text.opens_line(i)
            || (text.kind(i) == TokenKind::Punctuation && matches!(text.word(i), "." | ";" | ":" | "?" | "!"))
    }

    /// Whether token `i` is a mark that ends a clause; for walks backwards, where a line's first word is no boundary yet.
    pub(super) fn mark(&self, i: usize) -> bool {
        let text = &self.reading.text;
        text.kind(i) == TokenKind::Punctuation && matches!(text.word(i), "." | ";" | ":" | "?" | "!")
    }

    /// The triggers that token `i` can be, with the reading of each: the word that must follow stands there.
    pub(super) fn triggers(&self, i: usize) -> Vec<(&'r VerbReading, &'a Trigger)> {
        let mut found = Vec::new();
        let lexicon = self.reading.lexicon;
        for reading in self.readings(i) {
            for trigger in lexicon.events().triggers(reading.form.verb) {
                let next = self.word(i + 1);
                let bare = next.strip_prefix("ال").unwrap_or(next);
                let follows =
                    trigger.then.is_empty() || trigger.then.iter().any(|then| [next, bare].contains(&&**then));
                if trigger.takes(reading.form) && follows {
                    found.push((reading, trigger));
                }
            }
        }
        found
    }

    /// Whether an entity is an outlet or agency, which tells the story and is not in it.
    pub(super) fn is_outlet(&self, entity: usize) -> bool {
        self.actors.entities().is_outlet(self.reading, entity)
    }

    /// Whether token `i` is a finite verb here, and how it is read.
    pub(super) fn finite(&self, i: usize) -> Option<&'r VerbReading> {
        let reading = self.readings(i).find(|reading| self.finite_reading(i, reading))?;
        let text = &self.reading.text;
        if self.has(i, Cue::PREPOSITION | Cue::CLAUSE) || self.actors.mention_over(i).is_some() {
            return None;
        }
        let noun = self.readings(i).any(|reading| !reading.is_finite());
        let before = i.checked_sub(1);
        let led = before.is_some_and(|before| self.has(before, Cue::BEFORE_VERB));
        // ثمنا, ردا: a noun in the accusative, but behind two who did it.
        let dual = reading.form.number == Number::Dual
            && reading.form.aspect == Aspect::Perfect
            && text.word(i).ends_with('ا');
        if dual && !led && !text.word(i).starts_with('و') {
            return self.subject_before(i, reading).filter(|subject| subject.len() > 1).map(|_| reading);
        }
        if !noun {
            return Some(reading);
        }
        let opens = text.opens_line(i) || before.is_none_or(|before| self.opens_after(before));
        let subject_behind = || {
            self.party(i + 1).is_some_and(|party| !party.phrase.is_governed() && self.agrees(reading, &party.phrase))
                && !reading.proclitics.contains(Proclitics::LAM)
        };
        let first = reading.form.person == Person::First && (opens || reading.proclitics.is_empty());
        let subject_before = || {
            let phrase = self.actors.phrase_before(i)?;
            // رفضت إيران طلب: the subject of the verb before it.
            let taken = phrase.first.checked_sub(1).is_some_and(|before| {
                self.readings(before).any(VerbReading::is_finite) && !self.has(before, Cue::PREPOSITION | Cue::CLAUSE)
            });
            let free = !phrase.is_governed() && !self.governed(phrase.first) && !taken;
            (phrase.last + 1 == i && free && !phrase.entities.is_empty()).then_some(())
        };
        (led || (opens && subject_behind()) || first || subject_before().is_some()).then_some(reading)
    }

    /// Whether a verb can be expected right behind token `before`: a mark, or a comma that closes no name.
    fn opens_after(&self, before: usize) -> bool {
        let text = &self.reading.text;
        if text.kind(before) != TokenKind::Punctuation {
            return text.word(before) == "ذلك";
        }
        match text.word(before) {
            "," => before.checked_sub(1).is_some_and(|last| self.actors.mention_over(last).is_none()),
            mark => matches!(mark, "." | ":" | "\"" | "'" | "-" | ")" | ";"),
        }
    }

    /// Whether a reading of token `i` is a verb that news have: one that speaks of the writer or to the reader only in speech.
    pub(super) fn finite_reading(&self, i: usize, reading: &VerbReading) -> bool {
        if reading.pronoun.is_some_and(|pronoun| pronoun.person == Person::Second) {
            return false;
        }
        let spoken = reading
            .pronoun
            .is_some_and(|pronoun| pronoun.person == Person::First && pronoun.number == Number::Singular);
        let own = reading.form.person == Person::First && reading.form.number == Number::Singular;
        if self.is_short(i, reading) {
            return false;
        }
        reading.is_finite() && !((spoken || own) && self.quote(i).is_none())
    }

    /// Whether a reading of token `i` is the short form of a weak verb (`يشد` of `أشاد`) without what makes it short: `لم`, `لا`, `ل`.
    fn is_short(&self, i: usize, reading: &VerbReading) -> bool {
        if reading.form.aspect != Aspect::Imperfect
            || reading.form.number != Number::Singular
            || reading.pronoun.is_some()
        {
            return false;
        }
        let full =
            self.reading.lexicon.verbs().verb(reading.form.verb).map_or(0, |verb| verb.imperfect.chars().count());
        let written = self.word(i).chars().count().saturating_sub(usize::from(reading.letters()));
        let led = i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "لم" | "ولم" | "فلم" | "لا" | "ولا"));
        written < full && !led && !reading.proclitics.contains(Proclitics::LAM)
    }

    /// Whether a preposition stands right before token `i`, or a noun whose genitive it is.
    pub(super) fn governed(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| {
            let events = self.reading.lexicon.events();
            let act = |reading: &VerbReading| {
                !reading.is_finite() && !reading.form.tanwin && events.triggers(reading.form.verb).next().is_some()
            };
            self.has(before, Cue::PREPOSITION | Cue::IMPROVE | Cue::TOPIC) || self.readings(before).any(act)
        })
    }

    /// The time expression that token `i` stands in, as a place in the list.
    pub(super) fn time_over(&self, i: usize) -> Option<usize> {
        let begin = self.reading.text.token(i).span.begin;
        let at = self.times.partition_point(|time| time.span.begin <= begin).checked_sub(1)?;
        self.times.get(at).filter(|time| begin < time.span.end).map(|_| at)
    }

    /// The first token behind a time expression.
    pub(super) fn after_time(&self, time: usize) -> usize {
        self.times.get(time).map_or(usize::MAX, |time| self.reading.text.token_at(time.span.end))
    }

    /// Whether token `j` is a preposition that brings what follows it; one with a pronoun brings nothing.
    pub(super) fn is_preposition(&self, j: usize) -> bool {
        let word = self.word(j);
        let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
        let events = self.reading.lexicon.events();
        self.has(j, Cue::PREPOSITION) && (events.has(word) || events.has(bare))
    }

    /// Whether token `j` can stand between a verb and its subject or object: a preposition with its pronoun (`بي`, `معه`, `خلالها`), an
    /// adverb (`رسميا`).
    pub(super) fn passes_by(&self, j: usize) -> bool {
        let word = self.word(j);
        let short = word.chars().nth(4).is_none();
        let pronoun = self.has(j, Cue::PREPOSITION) && !self.is_preposition(j);
        let adverb = short && word.ends_with(['ه', 'ا']) && !word.starts_with("ال");
        !self.has(j, Cue::CLAUSE)
            && (pronoun || adverb || matches!(word, "بي" | "لي" | "معي" | "الي" | "علي" | "رسميا" | "هاتفيا" | "مجددا"))
    }

    /// Who speaks the words at token `i`, where they are somebody's; none otherwise.
    pub(super) fn speakers(&self, i: usize) -> Option<&'r [usize]> {
        let quote = self.quote(i)?;
        self.quotes.get(quote).map(|quote| quote.speakers.as_slice()).filter(|speakers| !speakers.is_empty())
    }

    /// The quote that token `i` stands in, the innermost.
    pub(super) fn quote(&self, i: usize) -> Option<usize> {
        let begin = self.reading.text.token(i).span.begin;
        let to = self.quotes.partition_point(|quote| quote.span.begin <= begin);
        (to.saturating_sub(4)..to).rev().find(|&at| self.quotes.get(at).is_some_and(|quote| begin < quote.span.end))
    }
}

/// The bodies that have one nationality in their name, with the country.
fn body_countries(actors: &Actors<'_, '_>) -> FxHashMap<usize, usize> {
    let mut found = FxHashMap::default();
    let mut body: Option<(usize, usize)> = None;
    for (place, mention) in actors.named().iter().enumerate() {
        let Some(entity) = actors.entity_at(place) else { continue };
        if !mention.nested {
            body = (mention.kind == EntityType::Org).then_some((entity, mention.last));
        } else if let Some((org, last)) = body.filter(|&(_, last)| mention.first <= last)
            && actors.is_country(entity)
        {
            // Two nations: it is of neither.
            if found.insert(org, entity).is_some_and(|other| other != entity) {
                found.remove(&org);
                body = None;
            } else {
                body = Some((org, last));
            }
        }
    }
    found
}
