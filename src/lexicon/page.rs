//! What pages carry round their stories: furniture, outlets, credits, dateline cities (`page.tsv`, `outlets.tsv`,
//! `credits.tsv`, `datelines.tsv`).

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The tables of this room.
pub(super) const TABLES: &[Table] = &[
    Table { name: "credits.tsv", text: include_str!("../../lexicon/credits.tsv"), read: read_credit },
    Table { name: "datelines.tsv", text: include_str!("../../lexicon/datelines.tsv"), read: read_dateline },
    Table { name: "outlets.tsv", text: include_str!("../../lexicon/outlets.tsv"), read: read_outlet },
    Table { name: "page.tsv", text: include_str!("../../lexicon/page.tsv"), read: read_page },
];

/// What a piece of page furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// A link to another story.
    ReadAlso,
    /// A link to the rest of this one.
    More,
    /// The agency's end mark.
    End,
    /// A comment form, or what stands over comments.
    Comment,
    /// A share bar.
    Share,
    /// An invitation to subscribe or follow.
    Subscribe,
    /// An advertisement for the outlet's application.
    App,
    /// A photo credit.
    Photo,
    /// A copyright line.
    Copyright,
    /// A line that says whose opinions these are.
    Disclaimer,
    /// Tags.
    Tags,
    /// How to reach the writer or the outlet.
    Contact,
    /// The story's own address.
    Permalink,
    /// A counter of readers.
    Counter,
    /// The label of a time stamp; the stamp itself is the article's.
    Updated,
    /// An item of the site's menu.
    Menu,
}

/// Which part of a line the phrase makes furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The line, where the phrase is all of it, marks and figures apart.
    Line,
    /// The line that the phrase opens, where a mark or nothing follows.
    Label,
    /// The line that the phrase opens.
    Opens,
    /// From the phrase to the end of its line, where it opens the line or follows the end of a sentence.
    Rest,
    /// The phrase alone, where it opens the line.
    Prefix,
}

/// Which lines below share the fate of the phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Below {
    /// None.
    #[default]
    Nothing,
    /// The headlines below, where the phrase fills its line.
    Links,
    /// All short lines below: a form.
    Form,
}

/// A phrase of page furniture: one row of `page.tsv`.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// What it is, with the part of the line that counts; a phrase can be several things.
    pub uses: Vec<(FurnitureKind, Reach)>,
    /// What follows.
    pub below: Below,
}

/// What an outlet's name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutletKind {
    /// A news agency.
    Agency,
    /// A newspaper, site, channel or station that publishes in Arabic.
    Media,
    /// One that publishes in another language: articles quote it, none is its own.
    Foreign,
    /// No outlet: the desk, where an outlet's name could stand (`متابعات` "follow-ups").
    Desk,
}

/// An outlet: one row of `outlets.tsv`.
#[derive(Clone, Copy, Debug)]
pub struct Outlet {
    /// What it is.
    pub kind: OutletKind,
    /// Whether the name is an ordinary word too, so that it needs quote marks or a place beside it.
    pub common: bool,
}

bitflags::bitflags! {
    /// What a word of credit does: one row of `credits.tsv`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Credit: u16 {
        /// A source follows: `المصدر` "source".
        const SOURCE = 1;
        /// The outlet follows: `خاص بـ` "exclusive to".
        const OUTLET = 1 << 1;
        /// The writer follows: `بقلم` "by".
        const AUTHOR = 1 << 2;
        /// The outlet that was sent a statement follows: `تلقته` "which … received".
        const RECEIPT = 1 << 3;
        /// The same where `نسخة` "a copy" follows.
        const COPY = 1 << 4;
        /// Tells that what follows told: `وفق` "according to".
        const CUE = 1 << 5;
        /// Carries the words of another: `نقلت` "relayed".
        const RELAY = 1 << 6;
        /// Says what kind of outlet is named: `وكالة` "agency".
        const HEAD = 1 << 7;
        /// Goes before a writer's name: `الزميل` "our colleague".
        const HONORIFIC = 1 << 8;
        /// What an outlet calls its own people: `مراسل` "correspondent of".
        const OWN = 1 << 10;
        /// Counts as a label only where a mark follows.
        const MARKED = 1 << 9;
    }
}

fn furniture_kind(cell: &str) -> Option<FurnitureKind> {
    Some(match cell {
        "read_also" => FurnitureKind::ReadAlso,
        "more" => FurnitureKind::More,
        "end" => FurnitureKind::End,
        "comment" => FurnitureKind::Comment,
        "share" => FurnitureKind::Share,
        "subscribe" => FurnitureKind::Subscribe,
        "app" => FurnitureKind::App,
        "photo" => FurnitureKind::Photo,
        "copyright" => FurnitureKind::Copyright,
        "disclaimer" => FurnitureKind::Disclaimer,
        "tags" => FurnitureKind::Tags,
        "contact" => FurnitureKind::Contact,
        "permalink" => FurnitureKind::Permalink,
        "counter" => FurnitureKind::Counter,
        "updated" => FurnitureKind::Updated,
        "menu" => FurnitureKind::Menu,
        _ => return None,
    })
}

fn reach(cell: &str) -> Option<Reach> {
    Some(match cell {
        "line" => Reach::Line,
        "label" => Reach::Label,
        "opens" => Reach::Opens,
        "rest" => Reach::Rest,
        "prefix" => Reach::Prefix,
        _ => return None,
    })
}

/// Reads a row of `page.tsv`.
pub(super) fn read_page(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut uses = Vec::new();
    for (kind, part) in row.list("kind").zip(row.list("match")) {
        let kind = furniture_kind(kind).ok_or_else(|| row.error(format!("{kind:?} is no kind of furniture")))?;
        uses.push((kind, reach(part).ok_or_else(|| row.error(format!("{part:?} is no part of a line")))?));
    }
    let below = match row.cell("then") {
        "" => Below::Nothing,
        "links" => Below::Links,
        "end" => Below::Form,
        other => return Err(row.error(format!("{other:?} can not follow"))),
    };
    builder.add([row.cell("phrase")], Entry::Furniture(Furniture { uses, below }));
    Ok(())
}

/// Reads a row of `outlets.tsv`.
pub(super) fn read_outlet(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let kind = match row.cell("kind") {
        "agency" => OutletKind::Agency,
        "media" => OutletKind::Media,
        "foreign" => OutletKind::Foreign,
        "desk" => OutletKind::Desk,
        other => return Err(row.error(format!("{other:?} is no kind of outlet"))),
    };
    builder.add([row.cell("name")], Entry::Outlet(Outlet { kind, common: row.flag("common") }));
    Ok(())
}

/// Reads a row of `credits.tsv`.
pub(super) fn read_credit(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut credit = if row.flag("marked") { Credit::MARKED } else { Credit::empty() };
    for kind in row.list("kind") {
        credit |= match kind {
            "source" => Credit::SOURCE,
            "outlet" => Credit::OUTLET,
            "author" => Credit::AUTHOR,
            "receipt" => Credit::RECEIPT,
            "copy" => Credit::COPY,
            "cue" => Credit::CUE,
            "relay" => Credit::RELAY,
            "head" => Credit::HEAD,
            "own" => Credit::OWN,
            "honorific" => Credit::HONORIFIC,
            other => return Err(row.error(format!("{other:?} is no kind of credit"))),
        };
    }
    builder.add([row.cell("phrase")], Entry::Credit(credit));
    Ok(())
}

/// Reads a row of `datelines.tsv`.
pub(super) fn read_dateline(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    if row.cell("place").is_empty() {
        return Err(row.error("a dateline needs a place"));
    }
    builder.add([row.cell("place")], Entry::DatelinePlace);
    Ok(())
}
