//! Whom noun phrases mean, on sentences written for these tests.

use crate::extract::bodies::Bodies;
use crate::extract::entities::Entities;
use crate::extract::{Extractor, Reading, names, positions};
use crate::text::sentences;

use super::*;

/// For each place of `words` in `text` the names of those whom the phrase there means.
fn meant(text: &str, words: &str) -> Vec<Vec<String>> {
    let extractor = Extractor::default();
    let reading = Reading::new(text, extractor.lexicon());
    let named = names::read(&reading, &sentences(&reading.text));
    let entities = Entities::link(&reading, &named);
    let bodies = Bodies::read(&reading, &named, &entities);
    let positions = positions::read(&reading, &named, &entities, &bodies);
    let actors = Actors::new(&reading, &named, &entities, &bodies, &positions);
    let places = text.match_indices(words).map(|(at, _)| reading.text.token_holding(at as u32));
    places
        .map(|i| {
            let found = actors.phrase(i).map(|phrase| phrase.entities).unwrap_or_default();
            found.into_iter().map(|at| entities.entities[at].name.clone()).collect()
        })
        .collect()
}

const TALKS: &str = "استقبل وزير الخارجية العراقي فؤاد حسين في بغداد، أمس الثلاثاء، نظيره الروسي سيرغي لافروف.\n\
    وأكد الجانبان ضرورة التعاون، وقال الوزير إن موسكو صديقة، وأعرب الجانب الروسي عن شكره.\n\
    وقالت وزارة الخارجية العراقية في بيان إن الوفد يغادر غدا. وأضاف البيان أن الوزارة تتابع. وقالت مصادر إن اللقاء طال.";

#[test]
fn titles_sides_and_bodies_mean_those_named_before() {
    assert_eq!(meant(TALKS, "الجانبان"), [["فؤاد حسين", "سيرغي لافروف"]]);
    assert_eq!(meant(TALKS, "الجانب الروسي").first().unwrap().len(), 1);
    assert_eq!(meant(TALKS, "الوزارة"), [["وزارة الخارجية العراقية"]]);
    assert_eq!(meant(TALKS, "البيان"), [["وزارة الخارجية العراقية"]]);
    assert_eq!(meant(TALKS, "مصادر"), [[""; 0]]);
    assert_eq!(meant(TALKS, "وزير الخارجية").first().unwrap(), &["فؤاد حسين"]);
}

#[test]
fn a_capital_acts_for_its_country() {
    let text = "تقول روسيا إن المحادثات مفيدة. وأكدت موسكو استعدادها للحوار.";
    assert_eq!(meant(text, "موسكو"), [["روسيا"]]);
}
