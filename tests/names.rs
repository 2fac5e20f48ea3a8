//! Who and what an article names, from outside: mentions, entities, positions on sentences written for these tests.
//!
//! The tagger is trained, so these hold what must not be lost (plain news prose), not every case that it happens to get right.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds nothing has failed"
)]

use isnad::extract::{Article, Extraction, Extractor, LatinNameSource, Options};
use isnad::lexicon::names::EntityType;

fn read(text: &str) -> Extraction {
    Extractor::default().extract(&Article::new(text), &Options::default())
}

fn mentions<'t>(found: &Extraction, text: &'t str, kind: EntityType) -> Vec<&'t str> {
    found.mentions.iter().filter(|mention| mention.kind == kind).map(|mention| mention.span.of(text)).collect()
}

const MEETING: &str = "بحث وزير الخارجية العراقي فؤاد حسين في بغداد، أمس الثلاثاء، مع نظيره الروسي سيرغي لافروف تعزيز العلاقات بين العراق وروسيا.\n\
    وقال حسين في مؤتمر صحفي إن بلاده تتطلع إلى توسيع التعاون، فيما أكد لافروف استعداد موسكو لذلك.\n\
    ووصل الوفد الروسي إلى بغداد قادما من دمشق، وقالت وزارة الخارجية العراقية في بيان إن المحادثات تستمر يومين.";

#[test]
fn finds_who_and_where() {
    let found = read(MEETING);
    let persons = mentions(&found, MEETING, EntityType::Pers);
    assert_eq!(persons, ["فؤاد حسين", "سيرغي لافروف", "حسين", "لافروف"]);
    let places = mentions(&found, MEETING, EntityType::Gpe);
    assert_eq!(places, ["بغداد", "العراق", "روسيا", "موسكو", "بغداد", "دمشق"]);
    let adjectives = mentions(&found, MEETING, EntityType::Norp);
    assert_eq!(adjectives, ["العراقي", "الروسي", "الروسي", "العراقية"]);
    assert_eq!(mentions(&found, MEETING, EntityType::Org), ["وزارة الخارجية العراقية"]);
}

#[test]
fn joins_names_into_entities() {
    let found = read(MEETING);
    let of = |words: &str| {
        let mention = found.mentions.iter().find(|mention| mention.span.of(MEETING) == words).unwrap();
        &found.entities[mention.entity.unwrap()]
    };
    // A family name goes to its bearer, a nationality to its country.
    assert_eq!(of("لافروف").name, "سيرغي لافروف");
    assert_eq!(of("لافروف").latin_name, "Sergey Lavrov");
    assert_eq!(of("لافروف").latin_name_source, LatinNameSource::Lexicon);
    assert_eq!(of("الروسي").country_code, "RU");
    assert_eq!(of("الروسي"), of("روسيا"));
    assert_eq!(of("العراقية").name, "العراق");
    // Entities are numbered in order of first mention.
    let firsts: Vec<u32> = found.entities.iter().map(|entity| entity.span.begin).collect();
    assert!(firsts.is_sorted());
}

#[test]
fn two_people_of_one_family_stay_two() {
    let text = "التقى الوزير السابق سامر الخطيب رجل الأعمال وليد الخطيب في عمان. وقال سامر الخطيب إن اللقاء كان وديا.";
    let found = read(text);
    let people: Vec<&str> = found
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityType::Pers)
        .map(|entity| entity.name.as_str())
        .collect();
    assert_eq!(people, ["سامر الخطيب", "وليد الخطيب"]);
}

/// For each office its title, role, holder and what it is of.
fn offices<'t>(found: &'t Extraction, text: &'t str) -> Vec<(&'t str, &'t str, Option<&'t str>, Option<&'t str>)> {
    let name = |at: Option<usize>| at.map(|at| found.entities[at].name.as_str());
    let positions = found.positions.iter();
    positions.map(|it| (it.title.of(text), it.role.as_str(), name(it.person), name(it.of))).collect()
}

#[test]
fn ties_offices_to_people_and_countries() {
    let found = read(MEETING);
    let told = offices(&found, MEETING);
    assert_eq!(told[0], ("وزير الخارجية", "foreign_minister", Some("فؤاد حسين"), Some("العراق")));
    // His counterpart holds the same office of the other country.
    assert_eq!(told[1], ("نظيره", "foreign_minister", Some("سيرغي لافروف"), Some("روسيا")));
}

#[test]
fn an_office_is_of_the_body_that_its_words_mean() {
    // The health ministry is named; "the spokesman for the ministry" is its own.
    let text =
        "أعلنت وزارة الصحة الأردنية أن الإصابات تراجعت. وقال المتحدث باسم الوزارة سامر الخطيب إن المستشفيات جاهزة.";
    let found = read(text);
    let told = offices(&found, text);
    assert!(
        told.contains(&("المتحدث باسم الوزارة", "spokesperson", Some("سامر الخطيب"), Some("وزارة الصحة الأردنية"))),
        "{told:?}"
    );
    // The noun that stays outside a name does not part an office from its party.
    let text = "وحضر اللقاء سامر الخطيب، القيادي في حزب الأصالة والمعاصرة، ومحمود الدباغ.";
    let found = read(text);
    let told = offices(&found, text);
    assert!(
        told.iter().any(|&(title, _, person, of)| {
            title == "القيادي" && person == Some("سامر الخطيب") && of.is_some_and(|of| of.ends_with("الأصالة والمعاصرة"))
        }),
        "{told:?}"
    );
}

#[test]
fn a_pronoun_at_a_title_means_whose_minister_it_is() {
    let text = "استقبل الرئيس الفرنسي إيمانويل ماكرون وفدا عراقيا، وأوفد وزير خارجيته إلى بغداد.";
    let found = read(text);
    let told = offices(&found, text);
    let minister = told.iter().find(|office| office.0 == "وزير خارجيته");
    assert!(minister.is_some_and(|office| office.3.is_some_and(|of| of.contains("فرنس"))), "{told:?}");
}

#[test]
fn a_modifier_is_of_the_title_before_it() {
    // "the former minister, member of the bureau": a member he is still.
    let text = "وقال سامر الخطيب، الوزير السابق عضو مجلس النواب الأردني، إن القانون جيد.";
    let found = read(text);
    let former: Vec<(&str, bool)> = found.positions.iter().map(|it| (it.title.of(text), it.former)).collect();
    assert_eq!(former, [("الوزير", true), ("عضو", false)]);
}

#[test]
fn leaves_particles_outside() {
    let text = "وصل المبعوث إلى القاهرة قادما من الرياض، ثم توجه لبيروت وبالطائرة لدمشق، وقال للعراقيين إن بغداد آمنة.";
    let found = read(text);
    let places = mentions(&found, text, EntityType::Gpe);
    assert!(places.contains(&"بيروت") && places.contains(&"دمشق"), "{places:?}");
    assert!(mentions(&found, text, EntityType::Norp).contains(&"لعراقيين"));
}

#[test]
fn plain_prose_names_nobody() {
    let text = "قال خبراء إن العمل الصالح يبقى، وإن أمل الناس كبير في أن يكون العام المقبل سعيدا وكريما عليهم.";
    let found = read(text);
    assert_eq!(mentions(&found, text, EntityType::Pers), Vec::<&str>::new());
}
