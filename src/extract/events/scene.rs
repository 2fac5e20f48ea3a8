//! The article as scenes: what each word does in its sentence, and who is the subject of its verbs.
//!
//! Takes the tokens, the verb forms, the actors and the times; gives [`Scene`], which rules ask about single tokens, and for each
//! sentence its [`Clause`]s: the finite verbs with their subjects. Each question looks a bounded number of tokens away.

use std::cell::Cell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::actors::{Actors, How, NounPhrase};
use crate::extract::{Quote, Reading, TimeExpression};
use crate::lexicon::events::{Cue, Trigger};
use crate::lexicon::names::{EntityType, Gender};
use crate::lexicon::verbs::{Aspect, Number, Person, VerbReading, VerbWords};
use crate::text::{Proclitics, TokenKind};

use super::party::Party;

/// How far behind a verb its subject can stand.
const SUBJECT: usize = 18;
/// How many phrases between a verb and its subject or object are passed over.
const PASSED: usize = 3;

/// A finite verb and its subject.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// The verb.
    pub(super) token: usize,
    /// How it is read.
    pub(super) reading: VerbReading,
    /// Whom its subject means; none where nobody named.
    pub(super) subject: Vec<usize>,
    /// The first token behind verb and subject.
    pub(super) after: usize,
    /// Whether the subject stands in the clause; else it was taken over from an earlier one.
    pub(super) own: bool,
    /// What the verb does beside events.
    pub(super) cue: Cue,
}

/// Who was told of last.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The subject of the last verb.
    pub(super) subject: Vec<usize>,
    /// The subject of the last verb of telling.
    pub(super) teller: Vec<usize>,
}

/// A verb's subject.
struct Subject {
    subject: Vec<usize>,
    after: usize,
    own: bool,
}

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
        Self { actors, reading, verbs, times, quotes, cues, body_country, named_deal, pair, met, home }
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
        let forms = self.verbs.at(&self.reading.text, i);
        let whole = forms.iter().any(|form| form.letters() == 0);
        let closed = self.reading.text.surface(i).ends_with('ة');
        // دفاعي is "of defence" but where somebody speaks.
        let spoken = self.quote(i).is_some();
        forms.iter().filter(move |form| {
            let mine = form.pronoun.is_some_and(|it| it.person == Person::First && it.number == Number::Singular);
            (!whole || form.letters() == 0) && !(closed && form.pronoun.is_some()) && (spoken || !mine)
        })
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
                let follows = trigger.then.as_deref().is_none_or(|then| {
                    let next = self.word(i + 1);
                    next == then || next.strip_prefix("ال").is_some_and(|next| next == then)
                });
                if trigger.takes(reading.form) && follows {
                    found.push((reading, trigger));
                }
            }
        }
        found
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
            (phrase.last + 1 == i
                && !phrase.is_governed()
                && !phrase.entities.is_empty()
                && !self.governed(phrase.first))
            .then_some(())
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
    fn finite_reading(&self, i: usize, reading: &VerbReading) -> bool {
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
    fn governed(&self, i: usize) -> bool {
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

    /// The finite verbs of a sentence with their subjects; `last` is the subject told before it.
    pub(super) fn clauses(&self, sentence: &Range<usize>, told: &mut Told) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        for i in sentence.clone() {
            let Some(first) = self.finite(i) else { continue };
            let mut best = (first, self.subject(i, first, sentence, told));
            // تهدد: of several verbs written the same the one that a subject agrees with, and that tells of something.
            let tells =
                |reading: &VerbReading| self.reading.lexicon.events().triggers(reading.form.verb).next().is_some();
            let weight = |reading: &VerbReading, subject: &Subject| {
                let found = !subject.subject.is_empty();
                (found && subject.own, found, tells(reading))
            };
            for reading in self.readings(i).filter(|reading| self.finite_reading(i, reading)).take(6) {
                let other = self.subject(i, reading, sentence, told);
                if weight(reading, &other) > weight(best.0, &best.1) {
                    best = (reading, other);
                }
            }
            let (reading, Subject { mut subject, after, own }) = best;
            // نقلت الوكالة عن الوزير: the minister speaks.
            if subject.iter().any(|&entity| self.is_outlet(entity)) {
                subject = self.relayed(after, sentence.end);
            }
            if !subject.is_empty() {
                told.subject.clone_from(&subject);
                if self.has(i, Cue::SAYS) {
                    told.teller.clone_from(&subject);
                }
            }
            clauses.push(Clause { token: i, reading: *reading, subject, after, own, cue: self.cue(i) });
        }
        let telling = clauses.iter().rev().find(|clause| clause.cue.contains(Cue::SAYS) && !clause.subject.is_empty());
        let telling = telling.or_else(|| clauses.iter().rev().find(|clause| !clause.subject.is_empty()));
        if let Some(country) = telling.and_then(|clause| self.country_of(*clause.subject.first()?)) {
            self.home.set(Some(country));
        }
        clauses
    }

    /// Whether a verb before or behind `phrase` agrees with it in gender. Only persons tell: bodies and countries go either way.
    pub(super) fn agrees(&self, reading: &VerbReading, phrase: &NounPhrase) -> bool {
        let person = phrase.entities.first().is_none_or(|&entity| self.actors.kind(entity) == Some(EntityType::Pers));
        match (reading.form.gender, phrase.gender) {
            (Some(verb), Some(noun)) if person => verb == noun,
            _ => true,
        }
    }

    /// Whether a verb of this gender can go on telling of `entity`; persons of whom nothing tells are taken for men.
    fn goes_on(&self, entity: usize, gender: Option<Gender>) -> bool {
        let known = self.actors.gender(entity);
        let man = known.is_none() && self.actors.kind(entity) == Some(EntityType::Pers);
        self.actors.agrees(entity, gender) && !(man && gender == Some(Gender::Feminine))
    }

    /// Whether an entity is an outlet or agency, which tells the story and is not in it.
    pub(super) fn is_outlet(&self, entity: usize) -> bool {
        let thing = self.actors.entities().thing(self.reading, entity);
        thing.is_some_and(|thing| {
            matches!(
                &*thing.detail,
                "news_agency" | "newspaper" | "channel" | "radio" | "website" | "magazine" | "social_media"
            )
        })
    }

    /// Whose words an outlet carries, from token `from` on: `عن لافروف`.
    fn relayed(&self, from: usize, end: usize) -> Vec<usize> {
        let mut behind = (from..end.min(from + SUBJECT)).take_while(|&j| !self.stops(j));
        let said = behind.find(|&j| self.word(j) == "عن").and_then(|j| self.party(j + 1));
        said.map(|party| party.entities).unwrap_or_default()
    }

    /// The subject of the verb at token `i`.
    fn subject(&self, i: usize, reading: &VerbReading, sentence: &Range<usize>, told: &Told) -> Subject {
        let before = i.checked_sub(1).map_or("", |before| self.word(before));
        let by_pronoun = matches!(before, "انه" | "انها" | "بانه" | "بانها") && !told.teller.is_empty();
        let last = if by_pronoun { &told.teller } else { &told.subject };
        let taken = |subject: Vec<usize>| Subject { subject, after: i + 1, own: false };
        if reading.form.person != Person::Third {
            return taken(self.speakers(i).map_or_else(|| told.teller.clone(), <[usize]>::to_vec));
        }
        if let Some(subject) = self.subject_before(i, reading) {
            return Subject { subject, after: i + 1, own: true };
        }
        if let Some(party) = self.behind(i, reading, sentence.end) {
            return Subject { subject: party.entities, after: party.last + 1, own: true };
        }
        if reading.form.number == Number::Dual {
            return taken(self.two(i));
        }
        // وقالت مصادر: somebody whom the article does not name.
        let nobody =
            self.actors.phrase(i + 1).is_some_and(|phrase| phrase.how == How::Unnamed && !phrase.is_governed());
        if self.open_subject(i) && !nobody {
            let group = |entity: usize| self.actors.kind(entity) != Some(EntityType::Pers);
            let plural = reading.form.number == Number::Plural;
            let agreeing = last.iter().copied().filter(|&entity| self.goes_on(entity, reading.form.gender) || plural);
            let agreeing: Vec<usize> = agreeing.filter(|&entity| !plural || last.len() > 1 || group(entity)).collect();
            return taken(agreeing);
        }
        Subject { subject: Vec::new(), after: i + 1, own: true }
    }

    /// The subject that stands right before the verb at token `i`.
    fn subject_before(&self, i: usize, reading: &VerbReading) -> Option<Vec<usize>> {
        // المالكي قد وصل
        let particle =
            i.checked_sub(1).is_some_and(|before| matches!(self.word(before), "قد" | "لم" | "لن" | "لا" | "سوف"));
        let i = i - usize::from(particle);
        let phrase = self.actors.phrase_before(i).filter(|phrase| phrase.last + 2 >= i)?;
        let plural = reading.form.number == Number::Plural;
        let group = phrase.entities.first().is_some_and(|&entity| self.actors.kind(entity) != Some(EntityType::Pers));
        // عناصر من تنظيم X احتلوا: the group stands for its men.
        let men = plural && group;
        if !men && (phrase.is_governed() || self.governed(phrase.first) || !self.agrees(reading, &phrase)) {
            return None;
        }
        let party = self.party(phrase.first).filter(|party| party.last == phrase.last);
        let mut entities = party.map_or_else(|| self.sides(&phrase.entities), |party| party.entities);
        // لافروف وحسين بحثا
        if phrase.particles == Proclitics::WAW
            && let Some(other) = self.actors.phrase_before(phrase.first)
            && other.last + 1 == phrase.first
        {
            let mut both = self.sides(&other.entities);
            both.append(&mut entities);
            entities = both;
        }
        (!entities.is_empty()).then_some(entities)
    }

    /// The two who are meant where nobody is named: those who met last, else those named last.
    pub(super) fn two(&self, i: usize) -> Vec<usize> {
        self.pair.get().map_or_else(|| self.sides(&self.actors.two_before(i)), |pair| pair.to_vec())
    }

    /// Whether the verb at token `i` goes on with a subject told before: it follows `و`, `كما`, `أنه`, `التي`.
    fn open_subject(&self, i: usize) -> bool {
        let text = &self.reading.text;
        let joined = text.word(i).starts_with(['و', 'ف']);
        let Some(before) = i.checked_sub(1) else { return joined };
        joined
            || self.has(before, Cue::BEFORE_VERB | Cue::CLAUSE)
            || text.kind(before) == TokenKind::Punctuation
            || self.time_over(before).is_some()
            // في زيارة يلتقي خلالها: the clause tells of the noun before it.
            || matches!(text.word(i + 1), "خلالها" | "خلاله" | "فيها" | "فيه" | "اثناءها" | "اثناءه")
    }

    /// The party that follows token `i` as a subject.
    fn behind(&self, i: usize, reading: &VerbReading, end: usize) -> Option<Party> {
        if reading.form.number != Number::Singular {
            return None;
        }
        let (mut j, mut passed) = (i + 1, 0);
        while j < end.min(i + SUBJECT) && passed <= PASSED {
            if self.stops(j) {
                return None;
            }
            if let Some(time) = self.time_over(j) {
                j = self.after_time(time);
                continue;
            }
            if matches!(self.word(j), "," | "\"" | "(" | ")" | "-") {
                j += 1;
                continue;
            }
            let party = self.parties(j);
            match party {
                Some(party) if !party.phrase.is_governed() && !party.phrase.particles.contains(Proclitics::WAW) => {
                    return self.agrees(reading, &party.phrase).then_some(party);
                }
                Some(party) => {
                    j = party.last + 1;
                    passed += 1;
                }
                None if self.is_preposition(j) && !self.has(j, Cue::CLAUSE) => {
                    j = self.parties(j + 1).map_or(j + 2, |party| party.last + 1);
                    passed += 1;
                }
                None if matches!(self.word(j), "ذلك" | "هذا" | "عنه" | "ايضا") => j += 1,
                // معه, إليها, خلالها, أيضا, رسميا
                None if self.passes_by(j) => {
                    j += 1;
                    passed += 1;
                }
                None => return None,
            }
        }
        None
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

    /// The first token behind a time expression.
    pub(super) fn after_time(&self, time: usize) -> usize {
        self.times.get(time).map_or(usize::MAX, |time| self.reading.text.token_at(time.span.end))
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
