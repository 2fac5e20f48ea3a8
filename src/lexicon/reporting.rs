//! `reporting.tsv` and `reporting_phrases.tsv`: the words by which news report what somebody says.
//!
//! Takes their rows; gives, for a verb of `verbs.tsv`, [`Reporting`]: what the speaker does by it and what it governs; and
//! [`ReportingPhrase`]s, the words round a saying that are neither its verb nor its speaker.

use rustc_hash::FxHashMap;

use super::tsv::{Row, RowError};
use super::verbs::VerbId;
use super::{Builder, Entry, Table};

/// The tables of this room; they stand on `verbs.tsv`.
pub(super) const TABLES: &[Table] = &[
    Table { name: "reporting.tsv", text: include_str!("../../lexicon/reporting.tsv"), read: read_verb },
    Table {
        name: "reporting_phrases.tsv",
        text: include_str!("../../lexicon/reporting_phrases.tsv"),
        read: read_phrase,
    },
];

/// What a speaker does by saying something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Tells without more: `قال`.
    Says,
    /// Says with weight, or as a view held: `أكد`, `رأى`.
    Asserts,
    /// Says that something is not so: `نفى`.
    Denies,
    /// Blames or condemns: `اتهم`.
    Accuses,
    /// Thanks, welcomes, commends: `أشاد`.
    Praises,
    /// Tells of a danger, or threatens: `حذر`.
    Warns,
    /// Binds himself: `تعهد`.
    Promises,
    /// Asks for something: `دعا`.
    CallsFor,
}

bitflags::bitflags! {
    /// What a reporting verb governs.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Takes: u32 {
        /// A clause after `أن` or `إن`.
        const CLAUSE = 1;
        /// Direct speech, in marks or after a colon.
        const DIRECT = 1 << 1;
        /// A noun phrase that carries the statement: `أكد أهمية ...`.
        const NOUN = 1 << 2;
        /// Words in marks, wherever they stand behind it: it tells an act or a topic, which the marks alone make a saying.
        const MARKS = 1 << 3;
        /// The one who is spoken to, before what is said: `اتهم فلانا بـ`.
        const PERSON = 1 << 4;
        /// Written like another word: what is said must follow at once.
        const STRICT = 1 << 5;
        /// A noun phrase only in the perfect: `يعتبر` is as often "is considered".
        const PERFECT = 1 << 6;
        /// Its subject carries the words of another: `نقلت الوكالة عن`.
        const RELAY = 1 << 7;
        /// `على` before a noun phrase that carries the statement.
        const ALA = 1 << 8;
        /// `إلى`, the same.
        const ILA = 1 << 9;
        /// `عن`, the same.
        const AN = 1 << 10;
        /// `من`, the same.
        const MIN = 1 << 11;
        /// `في`, the same.
        const FI = 1 << 12;
        /// `ب`, the same; it stays with the words.
        const BI = 1 << 13;
        /// `ل`, the same.
        const LI = 1 << 14;
        /// It goes on with what its speaker said before: `أضاف`.
        const ON = 1 << 15;
        /// A colon behind it opens speech, in marks or not.
        const SPEECH = 1 << 16;
        /// Its imperfect before `أن` is as often a passive, of nobody: `يذكر أن` "it is mentioned that".
        const PASSIVE = 1 << 17;
        /// The one who is spoken to is hardly ever left out.
        const OBJECT = 1 << 18;
    }
}

/// What a verb does when it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// What the speaker does.
    pub stance: Stance,
    /// What it governs.
    pub takes: Takes,
}

/// The verbs that report.
#[derive(Clone, Debug, Default)]
pub struct ReportingVerbs(FxHashMap<VerbId, Reporting>);

impl ReportingVerbs {
    /// What the verb reports; none where it does not.
    pub fn get(&self, verb: VerbId) -> Option<Reporting> {
        self.0.get(&verb).copied()
    }
}

bitflags::bitflags! {
    /// What a word or phrase beside a saying is. One phrase can be several.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct ReportingPhrase: u16 {
        /// The one after it told what stands beside: `بحسب`.
        const CREDIT = 1;
        /// The same of the speaker himself: `على حد قوله`.
        const OWN = 1 << 1;
        /// Where, when, to whom something is said: no part of it.
        const SETTING = 1 << 2;
        /// The turn goes to another speaker: `من جانبه`.
        const TURN = 1 << 3;
        /// May stand before the verb that goes on: `كما`, `فيما`.
        const CONNECTOR = 1 << 4;
        /// A hope, which is part of the saying and not of what is said: `أعرب عن أمله في`.
        const HOPE = 1 << 5;
        /// Thanks and the like: an act, no statement.
        const THANKS = 1 << 6;
        /// A noun that carries a statement: `أهمية`.
        const CONTENT = 1 << 7;
        /// What is said ends before it: `فيما`.
        const END = 1 << 8;
        /// A preposition.
        const PREPOSITION = 1 << 9;
    }
}

fn read_verb(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let verb = builder.verbs().find(row.cell("verb"));
    let verb = verb.ok_or_else(|| row.error(format!("verb {:?} is not in verbs.tsv", row.cell("verb"))))?;
    let stance = match row.cell("stance") {
        "says" => Stance::Says,
        "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "accuses" => Stance::Accuses,
        "praises" => Stance::Praises,
        "warns" => Stance::Warns,
        "promises" => Stance::Promises,
        "calls_for" => Stance::CallsFor,
        other => {
            return Err(row.error(format!(
                "stance {other:?}: accepted are says, asserts, denies, accuses, praises, warns, promises, calls_for"
            )));
        }
    };
    let mut takes = Takes::empty();
    for word in row.list("takes") {
        takes |= match word {
            "clause" => Takes::CLAUSE,
            "direct" => Takes::DIRECT,
            "noun" => Takes::NOUN,
            "marks" => Takes::MARKS,
            "person" => Takes::PERSON,
            "strict" => Takes::STRICT,
            "perfect" => Takes::PERFECT,
            "relay" => Takes::RELAY,
            "on" => Takes::ON,
            "speech" => Takes::SPEECH,
            "passive" => Takes::PASSIVE,
            "object" => Takes::OBJECT,
            "على" => Takes::ALA,
            "إلى" => Takes::ILA,
            "عن" => Takes::AN,
            "من" => Takes::MIN,
            "في" => Takes::FI,
            "ب" => Takes::BI,
            "ل" => Takes::LI,
            other => return Err(row.error(format!("takes {other:?}: not a value of this column"))),
        };
    }
    builder.reporting().0.insert(verb, Reporting { stance, takes });
    Ok(())
}

fn read_phrase(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let kind = match row.cell("kind") {
        "credit" => ReportingPhrase::CREDIT,
        "own" => ReportingPhrase::OWN,
        "setting" => ReportingPhrase::SETTING,
        "turn" => ReportingPhrase::TURN,
        "connector" => ReportingPhrase::CONNECTOR,
        "hope" => ReportingPhrase::HOPE,
        "thanks" => ReportingPhrase::THANKS,
        "content" => ReportingPhrase::CONTENT,
        "end" => ReportingPhrase::END,
        "preposition" => ReportingPhrase::PREPOSITION,
        other => {
            return Err(row.error(format!(
                "kind {other:?}: accepted are credit, own, setting, turn, connector, hope, thanks, content, end, preposition"
            )));
        }
    };
    builder.add([row.cell("phrase")], Entry::Reporting(kind));
    Ok(())
}
