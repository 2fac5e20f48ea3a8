//! Any bytes as a message off the wire, or as a line of `isnad extract --jsonl`: a request that can be read is answered soundly or
//! refused with its reason, and the answer survives both encodings.
#![no_main]

use std::sync::LazyLock;

use fastrand::Rng;
use isnad::service::proto::{Document, ExtractRequest, ExtractResponse, LexiconEntry, NormalizeRequest, Options};
use isnad::service::{Limits, Reader};
use isnad_fuzz::{changed, soundness, words};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use prost::Message;
use tonic::Status;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Limits::default()));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut rng = Rng::with_seed(u64::from(seed));
    let request = ExtractRequest::decode(&data[..size]);
    let request = request.ok().filter(|_| rng.u8(..4) > 0).map(|request| other(request, &mut rng).encode_to_vec());
    match request {
        Some(bytes) if bytes.len() <= max_size => {
            data[..bytes.len()].copy_from_slice(&bytes);
            bytes.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});

fuzz_target!(|data: &[u8]| {
    let line = data.starts_with(b"{").then(|| serde_json::from_slice::<ExtractRequest>(data).ok());
    if let Some(request) = line.unwrap_or_else(|| ExtractRequest::decode(data).ok()) {
        extract(&request);
    }
    if let Ok(request) = NormalizeRequest::decode(data) {
        normalize(&request);
    }
});

fn extract(request: &ExtractRequest) {
    let omitted = request.options.as_ref().is_some_and(|options| options.omit_text);
    let document = request.document.clone().unwrap_or_default();
    match READER.extract(request) {
        Ok(answer) => {
            assert_eq!(answer.document_id, document.id);
            if !omitted {
                soundness::answer::check(&document.text, &answer);
            }
            assert!(ExtractResponse::decode(&*answer.encode_to_vec()).is_ok_and(|again| again == answer));
            let json = serde_json::to_vec(&answer).expect("an answer can be written");
            let again: ExtractResponse = serde_json::from_slice(&json).expect("and be read again");
            assert_eq!(again, answer);
        }
        Err(refusal) => {
            assert_eq!(refusal.article_error(&document.id).document_id, document.id);
            let status = Status::from(refusal);
            assert!(status.code() != tonic::Code::Internal && !status.details().is_empty(), "{status:?}");
        }
    }
}

fn normalize(request: &NormalizeRequest) {
    if let Err(refusal) = READER.normalize(request) {
        assert!(!Status::from(refusal).details().is_empty());
    }
}

/// `request` with one of its fields changed.
fn other(mut request: ExtractRequest, rng: &mut Rng) -> ExtractRequest {
    let document = request.document.get_or_insert_with(Document::default);
    let options = request.options.get_or_insert_with(Options::default);
    let word = |rng: &mut Rng| rng.choice(words()).cloned().unwrap_or_default();
    match rng.u8(..12) {
        0..=3 => document.text = changed(&document.text, rng),
        4 => document.title = changed(&document.title, rng),
        5 => {
            let seconds =
                *rng.choice(&[0, 1_715_637_600, -62_135_596_800, 253_402_300_799, i64::MIN, i64::MAX]).unwrap();
            let nanos = *rng.choice(&[0, 999_999_999, -1, i32::MAX]).unwrap();
            let time = ExtractRequest::decode(&*timed(seconds, nanos)).ok().and_then(|request| request.document);
            document.publish_time = time.and_then(|document| document.publish_time);
        }
        6 => {
            document.time_zone =
                (*rng.choice(&["", "UTC", "Asia/Baghdad", "Mars/Olympus", "../etc"]).unwrap()).to_owned()
        }
        7 => request.layers = (0..rng.u8(..4)).map(|_| rng.i32(-1..12)).collect(),
        8 => request.offset_unit = rng.i32(-1..5),
        9 => options.explain = !options.explain,
        10 => options.omit_text = !options.omit_text,
        _ => {
            let entry = LexiconEntry {
                text: word(rng),
                r#type: rng.i32(-1..12),
                aliases: (0..rng.u8(..3)).map(|_| word(rng)).collect(),
                latin_name: (*rng.choice(&["", "A", "Iraq"]).unwrap()).to_owned(),
                country_code: (*rng.choice(&["", "IQ", "XX", "iq"]).unwrap()).to_owned(),
                role: (*rng.choice(&["", "minister", "Prime Minister"]).unwrap()).to_owned(),
            };
            options.lexicon.push(entry);
        }
    }
    request
}

/// The bytes of a request with a publish time alone: field 1 of the request, field 4 of the document, fields 1 and 2 of the time.
fn timed(seconds: i64, nanos: i32) -> Vec<u8> {
    let nested = |tag: u8, inner: Vec<u8>| {
        let mut bytes = vec![tag];
        prost::encoding::encode_varint(inner.len() as u64, &mut bytes);
        bytes.extend(inner);
        bytes
    };
    let mut time = vec![0x08];
    prost::encoding::encode_varint(seconds as u64, &mut time);
    time.push(0x10);
    prost::encoding::encode_varint(i64::from(nanos) as u64, &mut time);
    nested(0x0A, nested(0x22, time))
}
