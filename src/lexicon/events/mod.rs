//! `event_triggers.tsv`, `event_verbs.tsv` and `event_words.tsv`: the words by which news tell what was done to whom.
//!
//! Takes their rows; gives [`EventWords`]: for a verb or noun the [`Trigger`]s that it can be, and for a verb or word the
//! [`Cue`]s that shade an event or part a sentence. Nouns that are no verbal noun of a listed verb become entries of the verbs'
//! store, so that particles, pronouns and endings are read in one place. Nothing here joins the lexicon's vocabulary.

mod rows;

use rustc_hash::FxHashMap;

use crate::text::proclitic_splits;

use super::Table;
use super::verbs::{Aspect, VerbForm, VerbId};

/// The tables of this room; they stand on `verbs.tsv`.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "event_triggers.tsv",
        text: include_str!("../../../lexicon/event_triggers.tsv"),
        read: rows::read_trigger,
    },
    Table { name: "event_verbs.tsv", text: include_str!("../../../lexicon/event_verbs.tsv"), read: rows::read_verb },
    Table { name: "event_words.tsv", text: include_str!("../../../lexicon/event_words.tsv"), read: rows::read_word },
];

/// What happens between actors: the types of PLOVER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// An agreement made, or to be signed.
    Agree,
    /// Meetings, visits, calls, talks.
    Consult,
    /// Backing, praise, thanks, congratulation.
    Support,
    /// Joint action, trade, material cooperation.
    Cooperate,
    /// Help given.
    Aid,
    /// Measures lifted, prisoners released.
    Concede,
    /// Withdrawal, ceasefire, surrender.
    Retreat,
    /// Demands, appeals, invitations.
    Request,
    /// Criticism, condemnation, charges.
    Accuse,
    /// Denial, refusal, veto.
    Reject,
    /// Threats.
    Threaten,
    /// Demonstrations, strikes.
    Protest,
    /// Embargoes, expulsions, ties cut.
    Sanction,
    /// Forces moved or put on alert.
    Mobilize,
    /// Arrests, bans, curfews.
    Coerce,
    /// Armed attack, seizure by force.
    Assault,
}

impl EventType {
    /// Whether both sides do the same, so that nobody is the one to whom it is done.
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::Agree | Self::Consult | Self::Cooperate)
    }
}

/// Where the sides of an event stand round its trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// Subject, object and genitive are sides alike: `التقى`, `اجتماع`.
    Mutual,
    /// A person acts, a place receives: `زيارة الوزير إلى بغداد`, `زيارة بغداد`.
    Visit,
    /// The subject and the genitive act; the object or a preposition brings the other: `دعوة الوزير إلى`.
    Toward,
    /// The subject acts on the object, which is the genitive of the verbal noun: `احتل`, `اعتقال`.
    Upon,
    /// The subject acts; the other is the first named in what follows: `أشاد بموقف العراق`.
    About,
}

bitflags::bitflags! {
    /// The forms of a verb that are triggers.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Forms: u8 {
        /// Perfect and imperfect.
        const FINITE = 1;
        /// The verbal noun.
        const MASDAR = 1 << 1;
        /// The active participle, as it tells what one does beside: `مشيدا`.
        const ACTIVE = 1 << 2;
        /// The passive participle: `المتفق عليه`.
        const PASSIVE = 1 << 3;
    }

    /// The prepositions that bring the other side.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Preps: u16 {
        /// مع
        const WITH = 1;
        /// إلى
        const TO = 1 << 1;
        /// ل
        const FOR = 1 << 2;
        /// على
        const ON = 1 << 3;
        /// عن
        const OFF = 1 << 4;
        /// من
        const FROM = 1 << 5;
        /// ضد
        const AGAINST = 1 << 6;
        /// ب
        const BY = 1 << 7;
        /// بين
        const BETWEEN = 1 << 8;
        /// تجاه, إزاء, بحق, حيال
        const TOWARDS = 1 << 9;
        /// في
        const IN = 1 << 10;
    }

    /// What a word does beside an event.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Cue: u64 {
        /// What follows is planned or expected: `من المقرر`, `يعتزم`.
        const PLANNED = 1;
        /// What follows is hoped for: `يأمل`.
        const HOPED = 1 << 1;
        /// What follows is a condition, a possibility, a duty: `إذا`, `إمكانية`, `يجب`.
        const POSSIBLE = 1 << 2;
        /// What follows is asked for or threatened with: `دعا إلى`, `هدد ب`.
        const ASKED = 1 << 3;
        /// What follows did not happen: `لم`, `عدم`.
        const NEGATION = 1 << 4;
        /// What follows is what is talked of: `بحث`, `سبل`, `بشأن`.
        const TOPIC = 1 << 5;
        /// Its object is the event: `عقد اجتماعا`.
        const LIGHT = 1 << 6;
        /// The same, in the passive: its subject is the event (`تم توقيع`, `جرت مباحثات`).
        const HAPPENS = 1 << 7;
        /// Wishes what follows: `ضرورة`, `حرص`.
        const WISH = 1 << 8;
        /// Betters something: `تعزيز`.
        const IMPROVE = 1 << 9;
        /// What is between states: `علاقات`, `تعاون`.
        const RELATION = 1 << 10;
        /// Is to come: `المقبل`.
        const NEXT = 1 << 11;
        /// Opens a clause of its own: `أن`, `التي`, `حيث`.
        const CLAUSE = 1 << 12;
        /// A preposition or a noun used as one.
        const PREPOSITION = 1 << 13;
        /// Stands before a verb: `قد`, `لم`, `الذي`.
        const BEFORE_VERB = 1 << 14;
        /// Tells something: `قال`, `أكد`.
        const SAYS = 1 << 15;
        /// Readiness: `استعداد`.
        const READY = 1 << 16;
        /// General terror and the like, with which nobody is named.
        const GENERAL = 1 << 17;
        /// Its subject suffers the event told before it: `هجوم تعرضت له`.
        const SUFFERS = 1 << 18;
        /// Was before: `الأخير`.
        const LAST = 1 << 19;
        /// Restrictions: `عقوبات`, `قيود`, `حظر`.
        const MEASURE = 1 << 20;
        /// Diplomats: `سفير`.
        const ENVOY = 1 << 21;
        /// Missions: `سفارة`.
        const MISSION = 1 << 22;
        /// Crossings, borders, roads, airspace.
        const CROSSING = 1 << 23;
        /// Soldiers and police.
        const TROOPS = 1 << 24;
        /// Agreements: `اتفاق`, `مذكرة`.
        const DEAL = 1 << 25;
        /// People held.
        const HELD = 1 << 26;
        /// Help: `مساعدات`, `قرض`.
        const HELP = 1 << 27;
        /// Weapons.
        const ARMS = 1 << 28;
        /// Ties and dealings: `علاقات`, `مفاوضات`.
        const TIES = 1 << 29;
        /// Towns, districts, positions.
        const GROUND = 1 << 30;
        /// Wares and services that are supplied.
        const GOODS = 1 << 31;
        /// A state's steps: `إجراءات`.
        const STEPS = 1 << 32;
        /// Armed people and groups.
        const ARMED = 1 << 33;
    }
}

bitflags::bitflags! {
    /// What must stand beside a trigger for it to be one.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Needs: u8 {
        /// The side to whom it is done.
        const RECIPIENT = 1;
        /// The side that does it.
        const ACTOR = 1 << 1;
        /// A side named with it: it never refers to what was told before.
        const NAMED = 1 << 2;
        /// A light verb whose object it is.
        const LIGHT = 1 << 3;
    }
}

/// A word that tells of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// The verb or noun.
    pub verb: VerbId,
    /// Which of its forms.
    pub forms: Forms,
    /// The words, one of which must follow it, in match form and without the article: `تفاهم` of `مذكرة تفاهم`; empty where none must.
    pub then: Box<[Box<str>]>,
    /// What it tells.
    pub kind: EventType,
    /// The mode of PLOVER; empty where there is none.
    pub mode: Box<str>,
    /// The CAMEO code.
    pub cameo: Box<str>,
    /// Where its sides stand.
    pub frame: Frame,
    /// What brings the other side.
    pub preps: Preps,
    /// What must stand beside it.
    pub needs: Needs,
    /// Words, one of which must stand right behind it; empty where none must.
    pub object: Cue,
}

impl Trigger {
    /// Whether `form` is one that triggers.
    pub fn takes(&self, form: VerbForm) -> bool {
        self.forms.contains(match form.aspect {
            Aspect::Perfect | Aspect::Imperfect => Forms::FINITE,
            Aspect::Masdar => Forms::MASDAR,
            Aspect::Active => Forms::ACTIVE,
            Aspect::Passive => Forms::PASSIVE,
        })
    }
}

/// The words of events.
#[derive(Clone, Debug, Default)]
pub struct EventWords {
    triggers: Vec<Trigger>,
    by_verb: FxHashMap<VerbId, Vec<u16>>,
    verbs: FxHashMap<VerbId, Cue>,
    words: FxHashMap<Box<str>, Cue>,
}

impl EventWords {
    /// The triggers that a verb or noun can be.
    pub fn triggers(&self, verb: VerbId) -> impl Iterator<Item = &Trigger> {
        let places = self.by_verb.get(&verb).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|&place| self.triggers.get(usize::from(place)))
    }

    /// All triggers.
    pub fn all(&self) -> &[Trigger] {
        &self.triggers
    }

    /// What a verb does beside an event.
    pub fn verb(&self, verb: VerbId) -> Cue {
        self.verbs.get(&verb).copied().unwrap_or_default()
    }

    /// What a word (match form) does beside an event, particles before it and pronouns behind it taken off. Cost: a few look-ups.
    pub fn word(&self, word: &str) -> Cue {
        let mut found = self.stem(word);
        if found.is_empty() {
            proclitic_splits(word, |_, _, stem| found |= self.stem(stem));
        }
        found
    }

    /// Whether exactly this word (match form) is in the table.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    fn stem(&self, stem: &str) -> Cue {
        if let Some(&cue) = self.words.get(stem) {
            return cue;
        }
        let pronouns: &[&str] = match stem.chars().next_back() {
            Some('ا') => &["هما", "ها", "نا"],
            Some('م') => &["هم"],
            Some('ه') => &["ه"],
            _ => &[],
        };
        for pronoun in pronouns {
            let Some(rest) = stem.strip_suffix(pronoun).filter(|rest| rest.chars().nth(2).is_some()) else { continue };
            if let Some(&cue) = self.words.get(rest) {
                return cue;
            }
            if let Some(feminine) = rest.strip_suffix('ت')
                && let Some(&cue) = self.words.get(format!("{feminine}ه").as_str())
            {
                return cue;
            }
        }
        Cue::empty()
    }
}
