//! What holds of every answer of the contract: each of its spans cuts, in the unit asked for, the very words that it shows.

use isnad::service::proto::{ExtractResponse, OffsetUnit};
use serde_json::{Map, Value};

/// Checks all spans of an answer to an article of `text`; gives the words that they show, in the order of the fields.
pub fn check(text: &str, answer: &ExtractResponse) -> Vec<String> {
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let points: Vec<char> = text.chars().collect();
    let unit = answer.offset_unit();
    let cut = |begin: usize, end: usize| match unit {
        OffsetUnit::Utf16CodeUnit => utf16.get(begin..end).and_then(|units| String::from_utf16(units).ok()),
        OffsetUnit::UnicodeCodePoint => points.get(begin..end).map(|points| points.iter().collect()),
        OffsetUnit::Utf8Byte => text.get(begin..end).map(str::to_owned),
        OffsetUnit::Unspecified => panic!("the answer names no unit"),
    };
    let mut shown = Vec::new();
    // The JSON of the contract has every span of every layer, also of those to come.
    let json = serde_json::to_value(answer).unwrap();
    walk(&json, &mut |begin, end, words| {
        assert!(begin < end, "{begin}..{end} is empty");
        assert_eq!(cut(begin, end).as_deref(), Some(words), "{begin}..{end} by {unit:?}");
        shown.push(words.to_owned());
    });
    shown
}

/// Calls `each` with begin, end and text of every span in `json`: no other message has a number `end`.
fn walk(json: &Value, each: &mut impl FnMut(usize, usize, &str)) {
    match json {
        Value::Object(fields) => match number(fields, "end") {
            Some(end) => {
                let words = fields.get("text").and_then(Value::as_str).unwrap_or_default();
                each(number(fields, "begin").unwrap_or_default(), end, words);
            }
            None => fields.values().for_each(|field| walk(field, each)),
        },
        Value::Array(items) => items.iter().for_each(|item| walk(item, each)),
        _ => {}
    }
}

fn number(fields: &Map<String, Value>, name: &str) -> Option<usize> {
    fields.get(name)?.as_u64().map(|number| number as usize)
}
