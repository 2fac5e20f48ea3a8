//! Validation of requests: every rule of the contract in one file, each fault named with its field. Cost: linear in the
//! number of lexicon entries; the text itself is only looked at for being empty.

use jiff::tz::TimeZone;

use super::limits::{Limits, MAX_ENTRY_CHARS, MAX_VIOLATIONS};
use super::proto::{
    Document, EntityType, ExtractRequest, Fold, Layer, LexiconEntry, NormalizeProfile, NormalizeRequest, OffsetUnit,
};
use super::status::{Refusal, Violation};
use crate::text::fold::Folder;

/// The first and the last second of a `google.protobuf.Timestamp`: years 1 to 9999.
const TIMESTAMP_SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// Collects faults, up to [`MAX_VIOLATIONS`].
#[derive(Default)]
struct Faults(Vec<Violation>);

impl Faults {
    fn add(&mut self, field: impl Into<String>, description: impl Into<String>) {
        if self.0.len() < MAX_VIOLATIONS {
            self.0.push(Violation::new(field, description));
        }
    }

    fn done(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}

/// Whether `request` may go to the engine.
///
/// # Errors
/// [`Refusal::TooLong`] for the text, else [`Refusal::Invalid`] with every other fault.
pub(super) fn extract(request: &ExtractRequest, limits: &Limits) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    match &request.document {
        None => faults.add("document", "must be set"),
        Some(document) => check_document(document, limits, &mut faults)?,
    }
    for (i, &layer) in request.layers.iter().enumerate() {
        if matches!(Layer::try_from(layer), Err(_) | Ok(Layer::Unspecified)) {
            faults.add(format!("layers[{i}]"), format!("must be a known layer, not {layer}"));
        }
    }
    check_unit(request.offset_unit, &mut faults);
    if let Some(options) = &request.options {
        check_lexicon(&options.lexicon, limits, &mut faults);
    }
    faults.done()
}

/// Whether `request` may go to the text core.
///
/// # Errors
/// [`Refusal::TooLong`] for the text, else [`Refusal::Invalid`] with every other fault.
pub(super) fn normalize(request: &NormalizeRequest, limits: &Limits) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    check_length("text", request.text.len(), limits)?;
    if request.text.is_empty() {
        faults.add("text", "must not be empty");
    }
    if NormalizeProfile::try_from(request.profile).is_err() {
        faults.add("profile", format!("must be a known profile, not {}", request.profile));
    }
    if request.profile != 0 && !request.folds.is_empty() {
        faults.add("folds", "must be empty where a profile is given: send one or the other");
    }
    for (i, &fold) in request.folds.iter().enumerate() {
        if matches!(Fold::try_from(fold), Err(_) | Ok(Fold::Unspecified)) {
            faults.add(format!("folds[{i}]"), format!("must be a known fold, not {fold}"));
        }
    }
    check_unit(request.offset_unit, &mut faults);
    faults.done()
}

fn check_length(field: &'static str, size: usize, limits: &Limits) -> Result<(), Refusal> {
    let limit = limits.max_text_bytes;
    if size > limit { Err(Refusal::TooLong { field, size, limit }) } else { Ok(()) }
}

fn check_unit(unit: i32, faults: &mut Faults) {
    if OffsetUnit::try_from(unit).is_err() {
        faults.add("offset_unit", format!("must be a known unit, not {unit}"));
    }
}

fn check_document(document: &Document, limits: &Limits, faults: &mut Faults) -> Result<(), Refusal> {
    check_length("document.text", document.text.len(), limits)?;
    check_length("document.title", document.title.len() + document.text.len(), limits)?;
    if document.text.trim().is_empty() {
        faults.add("document.text", "must not be empty");
    }
    if let Some(time) = document.publish_time
        && !(TIMESTAMP_SECONDS.contains(&time.seconds) && (0..1_000_000_000).contains(&time.nanos))
    {
        faults.add("document.publish_time", "must lie in the years 1 to 9999, with nanos from 0 to 999999999");
    }
    if !document.time_zone.is_empty() && TimeZone::get(&document.time_zone).is_err() {
        // The name itself is not repeated: it may be anything, of any length.
        faults.add("document.time_zone", "must be the IANA name of a time zone, as \"Asia/Baghdad\"");
    }
    Ok(())
}

fn check_lexicon(entries: &[LexiconEntry], limits: &Limits, faults: &mut Faults) {
    // An alias costs what an entry costs.
    let count: usize = entries.iter().map(|entry| 1 + entry.aliases.len()).sum();
    if count > limits.max_lexicon_entries {
        let limit = limits.max_lexicon_entries;
        faults.add("options.lexicon", format!("has {count} entries and aliases, must have at most {limit}"));
        return;
    }
    for (i, entry) in entries.iter().enumerate() {
        let at = |field: &str| format!("options.lexicon[{i}].{field}");
        check_words(at("text"), &entry.text, faults);
        for (j, alias) in entry.aliases.iter().enumerate() {
            check_words(at(&format!("aliases[{j}]")), alias, faults);
        }
        if matches!(EntityType::try_from(entry.r#type), Err(_) | Ok(EntityType::Unspecified)) {
            faults.add(at("type"), format!("must be a known entity type, not {}", entry.r#type));
        }
        let code = &entry.country_code;
        let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !code.is_empty() && !is_code {
            faults.add(at("country_code"), "must be two capital letters, as \"IQ\"");
        }
        if entry.latin_name.chars().count() > MAX_ENTRY_CHARS {
            faults.add(at("latin_name"), format!("must be at most {MAX_ENTRY_CHARS} code points long"));
        }
        let role_fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if entry.role.len() > MAX_ENTRY_CHARS || !entry.role.bytes().all(role_fits) {
            faults.add(at("role"), "must be lower snake_case, as \"prime_minister\"");
        }
    }
}

fn check_words(field: String, words: &str, faults: &mut Faults) {
    if words.trim().is_empty() {
        faults.add(field, "must not be empty");
    } else if !Folder::matching().leaves_letters(words) {
        faults.add(field, "must hold a letter or a digit");
    } else if words.chars().count() > MAX_ENTRY_CHARS {
        faults.add(field, format!("must be at most {MAX_ENTRY_CHARS} code points long"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::proto::Options;

    fn request(text: &str) -> ExtractRequest {
        ExtractRequest { document: Some(Document { text: text.into(), ..Default::default() }), ..Default::default() }
    }

    fn fields(refused: Result<(), Refusal>) -> Vec<String> {
        match refused {
            Err(Refusal::Invalid(violations)) => violations.into_iter().map(|v| v.field).collect(),
            other => panic!("no invalid request: {other:?}"),
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let entry = LexiconEntry { country_code: "iq".into(), role: "Prime Minister".into(), ..Default::default() };
        let mut bad = request(" \n");
        bad.layers = vec![1, 0, 99];
        bad.offset_unit = 7;
        bad.options = Some(Options { lexicon: vec![entry], ..Default::default() });
        let document = bad.document.as_mut().unwrap();
        document.time_zone = "Mars/Olympus".into();
        document.publish_time = Some(pbjson_types::Timestamp { seconds: 0, nanos: -1 });
        let wanted = [
            "document.text",
            "document.publish_time",
            "document.time_zone",
            "layers[1]",
            "layers[2]",
            "offset_unit",
            "options.lexicon[0].text",
            "options.lexicon[0].type",
            "options.lexicon[0].country_code",
            "options.lexicon[0].role",
        ];
        assert_eq!(fields(extract(&bad, &Limits::default())), wanted);
        assert_eq!(fields(extract(&ExtractRequest::default(), &Limits::default())), ["document"]);
    }

    #[test]
    fn sizes_are_held_to_the_byte() {
        let limits = Limits { max_text_bytes: 6, ..Limits::default() };
        assert_eq!(extract(&request("علم"), &limits), Ok(())); // flag: three letters, six bytes
        let long = Refusal::TooLong { field: "document.text", size: 7, limit: 6 };
        assert_eq!(extract(&request("علم!"), &limits), Err(long));
        let mut titled = request("علم");
        titled.document.as_mut().unwrap().title = "!".into();
        let long = Refusal::TooLong { field: "document.title", size: 7, limit: 6 };
        assert_eq!(extract(&titled, &limits), Err(long));
    }

    #[test]
    fn the_lexicon_of_a_request_is_bounded() {
        let entry =
            LexiconEntry { text: "نور".into(), r#type: 1, aliases: vec!["أنوار".into()], ..Default::default() };
        let mut good = request("نص"); // text
        good.options = Some(Options { lexicon: vec![entry; 500], ..Default::default() });
        assert_eq!(extract(&good, &Limits::default()), Ok(()));
        good.options
            .as_mut()
            .unwrap()
            .lexicon
            .push(LexiconEntry { text: "ن".into(), r#type: 1, ..Default::default() });
        assert_eq!(fields(extract(&good, &Limits::default())), ["options.lexicon"]);
    }

    #[test]
    fn a_profile_and_folds_exclude_each_other() {
        let both = NormalizeRequest { text: "نص".into(), profile: 1, folds: vec![1, 0], ..Default::default() };
        assert_eq!(fields(normalize(&both, &Limits::default())), ["folds", "folds[1]"]);
        assert_eq!(fields(normalize(&NormalizeRequest::default(), &Limits::default())), ["text"]);
        let plain = NormalizeRequest { text: " ".into(), ..Default::default() };
        assert_eq!(normalize(&plain, &Limits::default()), Ok(()));
    }
}
