//! The tables of names: countries, peoples, places, persons, organisations, events, laws, products; given and family names;
//! what opens an organisation's name; titles and what modifies them.
//!
//! A [`Thing`] is what a name names; a [`Name`] is one way to name it. An entry says that words *can* be that name; whether
//! they are it here is decided by the layers.

use super::tsv::{Row, RowError};
use super::{Builder, Entry, Table};

/// The types of what can be named: the labels of the Wojood corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A person.
    Pers,
    /// A place with a government: country, province, city.
    Gpe,
    /// Another place: region, sea, river, quarter.
    Loc,
    /// Something built: airport, square, crossing.
    Fac,
    /// An organisation.
    Org,
    /// A nationality, religion, ethnic or political group, as adjective or noun.
    Norp,
    /// An office or title.
    Occ,
    /// A named law, treaty, resolution.
    Law,
    /// A named event.
    Event,
    /// A named product, weapon, vaccine, disease.
    Product,
}

/// The number of a [`Thing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingId(pub(super) u32);

/// Something that the lexicon knows by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its type; for the people of a country, the country's.
    pub kind: EntityType,
    /// The usual Arabic name.
    pub name: Box<str>,
    /// The usual English name.
    pub english: Box<str>,
    /// ISO 3166-1 alpha-2; only for countries and territories themselves.
    pub country_code: Option<Box<str>>,
    /// The country of a person, a place or an organisation, ISO 3166-1 alpha-2; empty where unknown.
    pub home: Box<str>,
    /// The kind within its type: `city`, `party`, `news_agency`, ...; empty where the type says all.
    pub detail: Box<str>,
    /// For a religion, people or region told by its adjective: what it belongs to, by its Arabic name; empty otherwise.
    pub belongs_to: Box<str>,
    /// `m` or `f`, for persons.
    pub gender: Option<Gender>,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine.
    Feminine,
}

impl Gender {
    fn of(cell: &str) -> Option<Self> {
        match cell {
            "m" => Some(Self::Masculine),
            "f" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// How a name relates to the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Via {
    /// The usual name or another full name.
    Full,
    /// What news call it once it is known: a family name alone.
    Short,
    /// The adjective of nationality or belonging, in any inflection.
    Adjective,
}

/// One way to name a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The type of the mention that the words make: [`EntityType::Norp`] for adjectives.
    pub kind: EntityType,
    /// What is named.
    pub thing: ThingId,
    /// How.
    pub via: Via,
    /// Whether the words are ordinary words too, so that context must say that they name.
    pub common: bool,
}

/// A given or a family name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// The usual Latin spelling.
    pub latin: Box<str>,
    /// The gender, for given names.
    pub gender: Option<Gender>,
    /// Whether it is an ordinary word too.
    pub common: bool,
}

/// A noun that opens the name of an organisation: `وزارة`, `حزب`, `شركة`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What it is in English, as [`Thing::detail`] writes it: `news_agency`.
    pub sense: Box<str>,
    /// Whether it is part of the name (`وزارة الصحة`) or stays out before a name of its own (`تنظيم "داعش"`).
    pub in_name: bool,
    /// Whether it makes an organisation with an adjective of nationality alone: `الجيش العراقي`.
    pub bare: bool,
}

/// A title or office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The role, `snake_case`.
    pub role: Box<str>,
    /// The gender of its form.
    pub gender: Option<Gender>,
    /// Whether its form is plural or dual.
    pub several: bool,
    /// What sort of title it is.
    pub kind: TitleKind,
    /// Whether a country can follow at once: `وزير خارجية العراق`.
    pub of_country: bool,
}

/// The sort of a [`Title`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleKind {
    /// An office: `وزير الخارجية`.
    Office,
    /// A military or police rank.
    Rank,
    /// A profession that introduces names: `المحلل السياسي`.
    Profession,
    /// A form of address, never an office: `السيد`, `الدكتور`.
    Honorific,
    /// Someone told by another: `نظيره`.
    Relation,
}

/// A word that changes what a title says: `السابق`, `بالإنابة`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleModifier {
    /// What it says.
    pub effect: TitleEffect,
}

/// The effect of a [`TitleModifier`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleEffect {
    /// No longer in office.
    Former,
    /// In office for the time being.
    Acting,
    /// Anything else that may stand between a title and a name: `الحالي`, `الجديد`, `المنتخب`.
    Other,
}

/// The tables, in the order in which they are laid.
pub(super) const TABLES: &[Table] = &[
    Table { name: "countries.tsv", text: include_str!("../../lexicon/countries.tsv"), read: country },
    Table { name: "former_states.tsv", text: include_str!("../../lexicon/former_states.tsv"), read: former_state },
    Table { name: "groups.tsv", text: include_str!("../../lexicon/groups.tsv"), read: group },
    Table { name: "places.tsv", text: include_str!("../../lexicon/places.tsv"), read: place },
    Table { name: "organisations.tsv", text: include_str!("../../lexicon/organisations.tsv"), read: organisation },
    Table { name: "named_events.tsv", text: include_str!("../../lexicon/named_events.tsv"), read: named_event },
    Table { name: "laws.tsv", text: include_str!("../../lexicon/laws.tsv"), read: law },
    Table { name: "products.tsv", text: include_str!("../../lexicon/products.tsv"), read: product },
    Table { name: "people.tsv", text: include_str!("../../lexicon/people.tsv"), read: person },
    Table { name: "given_names.tsv", text: include_str!("../../lexicon/given_names.tsv"), read: given_name },
    Table { name: "family_names.tsv", text: include_str!("../../lexicon/family_names.tsv"), read: family_name },
    Table { name: "organisation_heads.tsv", text: include_str!("../../lexicon/organisation_heads.tsv"), read: head },
    Table { name: "titles.tsv", text: include_str!("../../lexicon/titles.tsv"), read: title },
    Table {
        name: "title_modifiers.tsv",
        text: include_str!("../../lexicon/title_modifiers.tsv"),
        read: title_modifier,
    },
];

/// The thing of a row that has `name` and `english`.
fn thing(row: &Row<'_>, kind: EntityType, name: &str) -> Thing {
    Thing {
        kind,
        name: name.into(),
        english: row.cell("english").into(),
        country_code: None,
        // A cell that tells of several says nothing sure.
        home: Some(row.cell("country")).filter(|code| code.len() == 2).unwrap_or_default().into(),
        detail: row.cell("kind").into(),
        belongs_to: if kind == EntityType::Norp { row.cell("of").into() } else { Box::default() },
        gender: None,
    }
}

/// Adds `thing` under its full names.
fn full_names(row: &Row<'_>, builder: &mut Builder, thing: Thing) -> Result<super::ThingId, RowError> {
    if thing.name.is_empty() {
        return Err(row.error("the name is empty"));
    }
    let (kind, name) = (thing.kind, thing.name.clone());
    let id = builder.thing(thing);
    let entry = Entry::Name(Name { kind, thing: id, via: Via::Full, common: row.flag("common") });
    let phrases: Vec<String> = std::iter::once(&*name).chain(row.list("aliases")).flat_map(spellings).collect();
    builder.add(phrases.iter().map(String::as_str), entry);
    Ok(id)
}

/// Adds the adjectives of `id`, in every inflection.
fn adjectives(row: &Row<'_>, builder: &mut Builder, id: ThingId) {
    let entry =
        Entry::Name(Name { kind: EntityType::Norp, thing: id, via: Via::Adjective, common: row.flag("common") });
    let mut forms: Vec<String> = row.list("nisba").flat_map(inflections).collect();
    forms.extend(row.list("plurals").map(str::to_owned));
    let definite: Vec<String> = forms.iter().filter(|form| form.contains(' ')).map(|form| all_definite(form)).collect();
    builder.add(forms.iter().chain(&definite).map(String::as_str), entry);
}

fn country(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut country = thing(row, EntityType::Gpe, row.cell("name"));
    country.country_code = Some(row.cell("code").into());
    country.detail = "country".into();
    let id = full_names(row, builder, country)?;
    adjectives(row, builder, id);
    Ok(())
}

fn former_state(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let id = full_names(row, builder, thing(row, EntityType::Gpe, row.cell("name")))?;
    adjectives(row, builder, id);
    Ok(())
}

fn group(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let first = row.list("nisba").next().unwrap_or_default();
    if first.is_empty() {
        return Err(row.error("the adjective is empty"));
    }
    let id = builder.thing(thing(row, EntityType::Norp, first));
    adjectives(row, builder, id);
    Ok(())
}

fn place(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let kind = match row.cell("type") {
        "GPE" => EntityType::Gpe,
        "LOC" => EntityType::Loc,
        "FAC" => EntityType::Fac,
        other => return Err(row.error(format!("type {other:?}: accepted are GPE, LOC, FAC"))),
    };
    full_names(row, builder, thing(row, kind, row.cell("name"))).map(drop)
}

fn organisation(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    full_names(row, builder, thing(row, EntityType::Org, row.cell("name"))).map(drop)
}

fn named_event(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    full_names(row, builder, thing(row, EntityType::Event, row.cell("name"))).map(drop)
}

fn law(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    full_names(row, builder, thing(row, EntityType::Law, row.cell("name"))).map(drop)
}

fn product(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    full_names(row, builder, thing(row, EntityType::Product, row.cell("name"))).map(drop)
}

fn person(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let mut person = thing(row, EntityType::Pers, row.cell("name"));
    person.gender = Gender::of(row.cell("gender"));
    person.home = row.list("country").next().unwrap_or_default().into();
    let id = full_names(row, builder, person)?;
    let short: Vec<String> = row.list("short").flat_map(spellings).collect();
    let entry = Entry::Name(Name { kind: EntityType::Pers, thing: id, via: Via::Short, common: false });
    builder.add(short.iter().map(String::as_str), entry);
    Ok(())
}

fn person_name(row: &Row<'_>) -> PersonName {
    PersonName { latin: row.cell("latin").into(), gender: Gender::of(row.cell("gender")), common: row.flag("common") }
}

#[expect(clippy::unnecessary_wraps, reason = "every reader of a table has one signature")]
fn given_name(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let phrases = spellings(row.cell("name"));
    builder.add(phrases.iter().map(String::as_str), Entry::GivenName(person_name(row)));
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "every reader of a table has one signature")]
fn family_name(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let phrases = spellings(row.cell("name"));
    builder.add(phrases.iter().map(String::as_str), Entry::FamilyName(person_name(row)));
    Ok(())
}

fn head(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let in_name = match row.cell("role") {
        "in_name" => true,
        "generic" => false,
        other => return Err(row.error(format!("role {other:?}: accepted are in_name, generic"))),
    };
    let sense = row.cell("english").replace(' ', "_").into();
    let entry = Entry::Head(Head { sense, in_name, bare: row.flag("bare") });
    builder.add(std::iter::once(row.cell("head")).chain(row.list("plural")), entry);
    Ok(())
}

fn title(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let kind = match row.cell("kind") {
        "office" => TitleKind::Office,
        "rank" => TitleKind::Rank,
        "profession" => TitleKind::Profession,
        "honorific" => TitleKind::Honorific,
        "relation" => TitleKind::Relation,
        other => {
            return Err(
                row.error(format!("kind {other:?}: accepted are office, rank, profession, honorific, relation"))
            );
        }
    };
    let entry = Entry::Title(Title {
        role: row.cell("role").into(),
        gender: Gender::of(row.cell("gender")),
        several: matches!(row.cell("number"), "du" | "pl"),
        kind,
        of_country: row.list("of").any(|of| of == "country"),
    });
    builder.add(title_phrases(row.cell("title")).iter().map(String::as_str), entry);
    Ok(())
}

/// A title as it stands and, where it has several words, with the article on its first and on all of them.
pub(super) fn title_phrases(phrase: &str) -> Vec<String> {
    let mut phrases = vec![phrase.to_owned()];
    if phrase.contains(' ') {
        phrases.push(format!("ال{phrase}"));
        phrases.push(all_definite(phrase));
    }
    phrases
}

#[expect(clippy::unnecessary_wraps, reason = "every reader of a table has one signature")]
fn title_modifier(row: &Row<'_>, builder: &mut Builder) -> Result<(), RowError> {
    let effect = match row.cell("effect") {
        "former" => TitleEffect::Former,
        "acting" => TitleEffect::Acting,
        _ => TitleEffect::Other,
    };
    builder.add([row.cell("word")], Entry::TitleModifier(TitleModifier { effect }));
    Ok(())
}

/// A phrase with the article on each of its words that lacks it: `مدير تنفيذي` gives `المدير التنفيذي`.
fn all_definite(phrase: &str) -> String {
    let words =
        phrase.split(' ').map(|word| if word.starts_with("ال") { word.to_owned() } else { format!("ال{word}") });
    words.collect::<Vec<_>>().join(" ")
}

/// A name as it is and with عبد written onto what follows (`عبد الله`, `عبدالله`).
pub(super) fn spellings(name: &str) -> Vec<String> {
    let joined = name.replace("عبد ", "عبد");
    if joined == name { vec![name.to_owned()] } else { vec![name.to_owned(), joined] }
}

/// The inflections of an adjective in ي (and of each word of a compound one): gender, number, case.
/// A word of another shape is given as it stands.
pub(crate) fn inflections(nisba: &str) -> Vec<String> {
    const ENDINGS: [&str; 9] = ["", "ة", "ون", "ين", "ات", "ان", "تان", "تين", "ا"];
    let regular = nisba.split(' ').all(|word| word.ends_with('ي'));
    let endings: &[&str] = if regular { &ENDINGS } else { &[""] };
    endings
        .iter()
        .map(|ending| nisba.split(' ').map(|word| format!("{word}{ending}")).collect::<Vec<_>>().join(" "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflects_adjectives() {
        let forms = inflections("عراقي");
        for form in ["عراقي", "عراقية", "عراقيون", "عراقيين", "عراقيات", "عراقيان", "عراقيتين", "عراقيا"]
        {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
        assert!(inflections("شرق أوسطي").iter().any(|f| f == "شرق أوسطي"));
    }

    #[test]
    fn makes_phrases_definite() {
        assert_eq!(all_definite("مدير تنفيذي"), "المدير التنفيذي");
        assert_eq!(spellings("عبد الله"), ["عبد الله", "عبدالله"]);
    }
}
