//! The service as its callers see it: a real server on a free port, the real client, and raw HTTP where the client would
//! be in the way. Nothing here depends on what the engine finds, or on how long anything takes.
#![cfg(feature = "service")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says what went wrong by panicking; clippy.toml covers test functions only, not their helpers"
)]

mod support;

use std::time::Duration;

use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::extract_stream_response::Result as Answer;
use isnad::service::proto::{
    DescribeRequest, Edit, EntityType, ExtractRequest, ExtractResponse, Fold, Layer, LexiconEntry, NormalizeProfile,
    NormalizeRequest, NoticeCode, OffsetUnit, Options,
};
use isnad::service::server::{Config, Tokens};
use isnad::service::{Limits, Tables};
use prost::Message;
use support::{Server, Web, article, named, told};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::codec::CompressionEncoding;
use tonic::transport::Endpoint;
use tonic::{Code, Request};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

fn invalid(field: &str) -> (Code, String, Option<String>) {
    (Code::InvalidArgument, "INVALID_REQUEST".into(), Some(field.into()))
}

// ---------------------------------------------------------------------------------------------------------------------
// The table of errors
// ---------------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_faulty_request_is_told_its_field() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    let entry = LexiconEntry { text: "نور".into(), r#type: 1, ..LexiconEntry::default() };
    let with = |change: &dyn Fn(&mut ExtractRequest)| {
        let mut request = article("نص"); // text
        change(&mut request);
        request
    };
    let cases: [(&str, ExtractRequest); 8] = [
        ("document", ExtractRequest::default()),
        ("document.text", article("")),
        ("document.text", article(" \n\t")),
        ("layers[1]", with(&|r| r.layers = vec![1, 77])),
        ("offset_unit", with(&|r| r.offset_unit = 9)),
        ("document.time_zone", with(&|r| r.document.as_mut().unwrap().time_zone = "Asia/Nowhere".into())),
        (
            "options.lexicon[1].text",
            with(&|r| {
                let mark = LexiconEntry { text: "؟".into(), ..entry.clone() };
                r.options = Some(Options { lexicon: vec![entry.clone(), mark], ..Options::default() });
            }),
        ),
        (
            "options.lexicon",
            with(&|r| r.options = Some(Options { lexicon: vec![entry.clone(); 1001], ..Options::default() })),
        ),
    ];
    for (field, request) in cases {
        assert_eq!(told(&client.extract(request).await.unwrap_err()), invalid(field));
    }
    let both = NormalizeRequest { text: "نص".into(), profile: 2, folds: vec![1], ..NormalizeRequest::default() };
    assert_eq!(told(&client.normalize(both).await.unwrap_err()), invalid("folds"));
}

#[tokio::test]
async fn a_long_text_is_told_its_size_and_the_limit() {
    let limits = Limits { max_text_bytes: 1000, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    let mut client = server.client().await;
    client.extract(article(&"ا".repeat(500))).await.unwrap();
    // The second is over what the transport reads at all; its size is that of the message.
    for (letters, size) in [(501, "1002"), (3 << 20, "6291466")] {
        let status = client.extract(article(&"ا".repeat(letters))).await.unwrap_err();
        let wanted = (Code::InvalidArgument, "TEXT_TOO_LONG".into(), Some("document.text".into()));
        assert_eq!(told(&status), wanted);
        let metadata = status.get_error_details().error_info().unwrap().metadata.clone();
        assert_eq!(metadata.get("limit").map(String::as_str), Some("1000"));
        assert_eq!(metadata.get("size").map(String::as_str), Some(size));
    }
}

#[tokio::test]
async fn what_is_compressed_is_read_and_bounded() {
    let server = Server::start(Config { compress: true, ..Config::default() }).await;
    for encoding in [CompressionEncoding::Gzip, CompressionEncoding::Zstd] {
        let mut client = server.client().await.send_compressed(encoding).accept_compressed(encoding);
        let answer = client.extract(named("a1", "وصل الوزير")).await.unwrap(); // the minister arrived
        assert!(answer.metadata().contains_key("grpc-encoding"));
        assert_eq!(answer.into_inner().document_id, "a1");
        // A few kilobytes on the wire, 20 MB behind them.
        let bomb = client.extract(article(&"ا".repeat(10 << 20))).await.unwrap_err();
        assert_eq!(told(&bomb).1, "TEXT_TOO_LONG");
    }
    // A channel that packs what it sends packs its health checks, too.
    let mut health = HealthClient::new(server.channel().await).send_compressed(CompressionEncoding::Gzip);
    health.check(HealthCheckRequest::default()).await.unwrap();
}

#[tokio::test]
async fn tokens_shut_out_who_has_none() {
    let tokens = Tokens::new(["right".to_owned()]);
    let server = Server::start(Config { tokens, ..Config::default() }).await; // health asks for none
    let mut client = server.client().await;
    for token in [None, Some("Bearer wrong")] {
        let mut request = Request::new(article("نص"));
        if let Some(token) = token {
            request.metadata_mut().insert("authorization", token.parse().unwrap());
        }
        let refused = client.extract(request).await.unwrap_err();
        assert_eq!(told(&refused), (Code::Unauthenticated, "UNAUTHENTICATED".into(), None));
    }
    let mut request = Request::new(article("نص"));
    request.metadata_mut().insert("authorization", "Bearer right".parse().unwrap());
    client.extract(request).await.unwrap();
}

#[tokio::test]
async fn a_full_server_turns_away_at_once() {
    let limits = Limits { max_in_flight: 0, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await; // health is never turned away
    let status = server.client().await.extract(article("نص")).await.unwrap_err();
    assert_eq!(told(&status), (Code::Unavailable, "OVERLOADED".into(), None));
    assert!(status.get_error_details().retry_info().unwrap().retry_delay.is_some());
    // It can still tell why.
    let limits = server.client().await.describe(DescribeRequest {}).await.unwrap().into_inner().limits.unwrap();
    assert_eq!(limits.max_in_flight, 0);
}

#[tokio::test]
async fn a_deadline_ends_calls_and_streams_by_its_name() {
    let server = Server::start(Config::default()).await;
    // The client has a timer of its own, which would answer first: raw HTTP has none.
    let answer = Web::post(&server, &article("نص").encode_to_vec(), "grpc-timeout: 1u\r\n").await;
    assert_eq!(answer.header("grpc-status"), Some("4"));

    let limits = Limits { max_in_flight: 0, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    let (send, requests) = mpsc::channel(1);
    send.send(article("نص")).await.unwrap();
    let mut request = Request::new(ReceiverStream::new(requests));
    request.set_timeout(Duration::from_millis(500));
    let mut answers = server.client().await.extract_stream(request).await.unwrap().into_inner();
    // No article ever gets a place, so that the stream is still waiting when its time is up.
    let status = answers.message().await.unwrap_err();
    assert_eq!(told(&status), (Code::DeadlineExceeded, "DEADLINE_EXCEEDED".into(), None));
}

#[tokio::test]
async fn what_is_no_request_is_told_so() {
    let server = Server::start(Config::default()).await;
    let odd = Web::post(&server, &article("نص").encode_to_vec(), "grpc-encoding: br\r\n").await;
    assert_eq!(odd.header("grpc-status"), Some("12"));
    assert!(odd.header("grpc-accept-encoding").unwrap().contains("zstd"));
    let answer = Web::post(&server, b"\x0a\x03\x12\x01\xff", "").await; // a text that is no UTF-8
    assert_eq!(answer.header("grpc-status"), Some("3"));
    assert!(answer.header("grpc-status-details-bin").is_some());
}

// ---------------------------------------------------------------------------------------------------------------------
// Answers
// ---------------------------------------------------------------------------------------------------------------------

/// The stretch of `text` from `begin` to `end` in `unit`.
fn cut(text: &str, begin: u32, end: u32, unit: OffsetUnit) -> String {
    let range = begin as usize..end as usize;
    match unit {
        OffsetUnit::Utf16CodeUnit => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[range]).unwrap()
        }
        OffsetUnit::UnicodeCodePoint => text.chars().skip(range.start).take(range.len()).collect(),
        _ => text[range].to_owned(),
    }
}

#[tokio::test]
async fn spans_cut_the_text_in_every_unit() {
    let text = "🙂 وبالأُمم المتّحدة، 12 «كتابا» 👍🏽 في 3 أيام."; // and by the United Nations, 12 "books" in 3 days
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    for unit in [OffsetUnit::Unspecified, OffsetUnit::Utf8Byte, OffsetUnit::Utf16CodeUnit, OffsetUnit::UnicodeCodePoint]
    {
        let layers = [Layer::Tokens, Layer::Sentences, Layer::Mentions, Layer::Times, Layer::Quantities];
        let layers = layers.map(i32::from).to_vec();
        let request = ExtractRequest { layers, offset_unit: unit.into(), ..article(text) };
        let answer = client.extract(request.clone()).await.unwrap().into_inner();
        assert_eq!(client.extract(request).await.unwrap().into_inner(), answer, "the same request, the same answer");
        let meant = if unit == OffsetUnit::Unspecified { OffsetUnit::Utf8Byte } else { unit };
        assert_eq!(answer.offset_unit(), meant);
        let tokens = answer.tokens.iter().flat_map(|token| token.span.iter().chain(&token.clitics));
        let rest = answer.sentences.iter().flat_map(|sentence| &sentence.span);
        let rest = rest.chain(answer.mentions.iter().flat_map(|mention| &mention.span));
        let rest = rest.chain(answer.entities.iter().flat_map(|entity| &entity.span));
        let rest = rest.chain(answer.times.iter().flat_map(|time| &time.span));
        let rest = rest.chain(answer.quantities.iter().flat_map(|quantity| &quantity.span));
        for span in tokens.chain(rest) {
            assert_eq!(cut(text, span.begin, span.end, meant), span.text);
        }
        assert!(answer.tokens.len() > 8);
    }
}

#[tokio::test]
async fn layers_come_as_asked_for() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    let described = client.describe(DescribeRequest {}).await.unwrap().into_inner();
    let has: Vec<_> = described.layers().collect();
    assert_eq!(
        has,
        [
            Layer::Document,
            Layer::Sentences,
            Layer::Tokens,
            Layer::Mentions,
            Layer::Positions,
            Layer::Times,
            Layer::Quantities,
            Layer::Quotes,
            Layer::Events
        ]
    );
    assert_eq!(described.limits.unwrap().max_text_bytes, 1 << 20);
    assert!(!described.engine.as_ref().unwrap().lexicon_version.is_empty());

    let text = "وصل الوزير إلى بغداد."; // the minister arrived in Baghdad
    let all = client.extract(article(text)).await.unwrap().into_inner();
    assert!(all.tokens.is_empty() && all.document.is_some());
    assert_eq!(all.engine, described.engine);
    let tokens = ExtractRequest { layers: vec![Layer::Tokens.into()], ..article(text) };
    let tokens = client.extract(tokens).await.unwrap().into_inner();
    assert!(!tokens.tokens.is_empty() && tokens.document.is_none() && tokens.sentences.is_empty());

    let options = Options { omit_text: true, explain: true, ..Options::default() };
    let bare = ExtractRequest { layers: vec![Layer::Tokens.into()], options: Some(options), ..article(text) };
    let bare = client.extract(bare).await.unwrap().into_inner();
    assert!(bare.tokens.iter().all(|token| token.span.as_ref().unwrap().text.is_empty() && token.reason.is_some()));

    // Every layer of the contract has landed: each alone brings no notice that it has not.
    for layer in described.layers() {
        let one = ExtractRequest { layers: vec![layer.into()], ..article(text) };
        let notices = client.extract(one).await.unwrap().into_inner().notices;
        assert!(notices.iter().all(|notice| notice.code() != NoticeCode::LayerUnavailable), "{layer:?}");
    }
}

/// A sentence about a company, a place and a person that nobody has heard of: the regional director of the Gleam company, Salim
/// al-Shahriri, said in New Kawthariya that the Gleam had agreed.
const UNHEARD: &str = "قال المدير الإقليمي لشركة الوميض سالم الشهريري في كوثرية الجديدة إن للوميض عقدا.";

/// Every mention of an answer: its words, its type, the English name of its entity, the entry that told.
fn mentions(answer: &ExtractResponse) -> Vec<(String, EntityType, String, String)> {
    let latin =
        |id: &str| answer.entities.iter().find(|entity| entity.id == id).map(|entity| entity.latin_name.clone());
    let told = answer.mentions.iter().map(|mention| {
        let entry = mention.reason.as_ref().map(|reason| reason.lexicon_entry.clone());
        let words = mention.span.as_ref().unwrap().text.clone();
        (words, mention.r#type(), latin(&mention.entity_id).unwrap_or_default(), entry.unwrap_or_default())
    });
    told.collect()
}

#[tokio::test]
async fn a_request_brings_its_own_names_and_titles() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    let entry = |text: &str, kind: EntityType| LexiconEntry {
        text: text.into(),
        r#type: kind.into(),
        ..LexiconEntry::default()
    };
    let company = LexiconEntry {
        aliases: vec!["الوميض".into()],
        latin_name: "Gleam".into(),
        country_code: "IQ".into(),
        ..entry("شركة الوميض", EntityType::Org)
    };
    let person =
        LexiconEntry { latin_name: "Salim Shahriri".into(), ..entry("سالم الشهريري", EntityType::Pers) };
    let place =
        LexiconEntry { latin_name: "New Kawthariya".into(), ..entry("كوثرية الجديدة", EntityType::Gpe) };
    let title = LexiconEntry { role: "regional_director".into(), ..entry("مدير إقليمي", EntityType::Occ) };
    let twice = entry("الوميض", EntityType::Product);
    let lexicon = vec![company, person, place, title, twice];
    let options = Options { lexicon, explain: true, ..Options::default() };
    let answer =
        client.extract(ExtractRequest { options: Some(options), ..article(UNHEARD) }).await.unwrap().into_inner();
    let wanted = [
        ("المدير الإقليمي", EntityType::Occ, "", "request:3"),
        ("شركة الوميض", EntityType::Org, "Gleam", "request:0"),
        ("سالم الشهريري", EntityType::Pers, "Salim Shahriri", "request:1"),
        ("كوثرية الجديدة", EntityType::Gpe, "New Kawthariya", "request:2"),
        ("لوميض", EntityType::Org, "Gleam", "request:0"), // the first lam of للوميض is a particle
    ];
    let wanted = wanted.map(|(words, kind, latin, entry)| (words.to_owned(), kind, latin.to_owned(), entry.to_owned()));
    assert_eq!(mentions(&answer), wanted);
    // The long and the short name are one entity.
    assert_eq!(answer.entities.len(), 3);
    let company = &answer.entities[0];
    assert_eq!((company.country_code.as_str(), company.latin_name_source.as_str()), ("IQ", "request"));
    let position = &answer.positions[0];
    assert_eq!(position.role, "regional_director");
    assert_eq!((position.person_entity_id.as_str(), position.of_entity_id.as_str()), ("e2", "e1"));
    assert_eq!(position.reason.as_ref().unwrap().lexicon_entry, "request:3");
    // What cannot be used is told, and nothing else.
    let unused: Vec<_> = answer.notices.iter().filter(|notice| notice.code() == NoticeCode::LexiconUnused).collect();
    assert_eq!(unused.len(), 1);
    assert_eq!(unused[0].text, "options.lexicon[4].text has the words of options.lexicon[0], which counts");
    // And the next request knows nothing of it.
    let plain = client.extract(article(UNHEARD)).await.unwrap().into_inner();
    assert!(plain.entities.iter().all(|entity| entity.latin_name != "Gleam"));
    assert_eq!(plain.engine, answer.engine);
}

#[tokio::test]
async fn tables_are_laid_over_and_read_again() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tables_are_laid_over_and_read_again");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let lay = |english: &str| {
        let row =
            format!("name\tenglish\tkind\tcountry\taliases\tcommon\nالأمم المتحدة\t{english}\tinternational\t\t\t\n");
        std::fs::write(folder.join("organisations.tsv"), row).unwrap();
    };
    lay("The UN");
    let tables = Some(Tables::load(&folder).unwrap());
    let config = Config { tables, ..Config::default() };
    let reload = config.reload.clone();
    let server = Server::start(config).await;
    let mut client = server.client().await;
    let plain = Server::start(Config::default()).await.client().await.describe(DescribeRequest {}).await;
    let plain = plain.unwrap().into_inner().engine.unwrap();
    let described = client.describe(DescribeRequest {}).await.unwrap().into_inner();
    let table = described.lexicon.iter().find(|table| table.name == "overlay/organisations").unwrap();
    assert_eq!(table.rows, 1);
    let laid = described.engine.unwrap();
    assert_ne!(laid.lexicon_version, plain.lexicon_version);
    let text = "عقدت الأمم المتحدة اجتماعا في بغداد."; // the United Nations held a meeting in Baghdad
    let options = Options { explain: true, ..Options::default() };
    let request = ExtractRequest { options: Some(options), ..article(text) };
    let answer = client.extract(request).await.unwrap().into_inner();
    assert!(mentions(&answer).iter().any(|(.., latin, _)| latin == "The UN"));
    assert_eq!(answer.engine, Some(laid.clone()));

    // A bad table changes nothing.
    std::fs::write(folder.join("places.tsv"), "name\tenglish\n").unwrap();
    let told = Tables::load(&folder).unwrap_err().to_string();
    assert!(told.contains("places.tsv:1: the first line must name the columns name, english, type"), "{told}");
    reload.notify_one();
    std::fs::remove_file(folder.join("places.tsv")).unwrap();
    // A good one counts from then on. Reading again may still be at the bad one, so ask again until it has.
    lay("United Nations Organization");
    let changed = async {
        loop {
            reload.notify_one();
            let engine = client.describe(DescribeRequest {}).await.unwrap().into_inner().engine.unwrap();
            if engine != laid {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), changed).await.unwrap();
    let answer = client.extract(article(text)).await.unwrap().into_inner();
    assert!(mentions(&answer).iter().any(|(.., latin, _)| latin == "United Nations Organization"));
}

#[tokio::test]
async fn folding_tells_its_edits() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    let text = "الأُم\u{0640}ة"; // the nation, with a damma and a tatweel
    let request = NormalizeRequest {
        text: text.into(),
        profile: NormalizeProfile::Search.into(),
        offset_unit: OffsetUnit::UnicodeCodePoint.into(),
        ..NormalizeRequest::default()
    };
    let answer = client.normalize(request).await.unwrap().into_inner();
    assert_eq!(answer.text, "الامه");
    let folds: Vec<_> = answer.edits.iter().map(Edit::fold).collect();
    assert_eq!(folds, [Fold::Alef, Fold::Diacritics, Fold::Tatweel, Fold::TehMarbuta]);
    for edit in &answer.edits {
        let (original, normalized) = (edit.original.as_ref().unwrap(), edit.normalized.as_ref().unwrap());
        assert_eq!(cut(text, original.begin, original.end, OffsetUnit::UnicodeCodePoint), original.text);
        assert_eq!(cut(&answer.text, normalized.begin, normalized.end, OffsetUnit::UnicodeCodePoint), normalized.text);
    }
    let one = NormalizeRequest { text: text.into(), folds: vec![Fold::Tatweel.into()], ..NormalizeRequest::default() };
    assert_eq!(client.normalize(one).await.unwrap().into_inner().text, "الأُمة");
}

#[tokio::test]
async fn a_stream_keeps_its_order_and_survives_bad_articles() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    // Long and short ones in turn, so that they do not end in the order in which they began.
    let requests: Vec<_> = (0..120)
        .map(|i| match i % 5 {
            0 => named(&i.to_string(), &"وصل الوزير أمس. ".repeat(2000)), // the minister arrived yesterday
            3 => named(&i.to_string(), ""),
            _ => named(&i.to_string(), "وصل الوزير أمس."),
        })
        .collect();
    let mut answers = client.extract_stream(tokio_stream::iter(requests)).await.unwrap().into_inner();
    for i in 0..120_u64 {
        let answer = answers.message().await.unwrap().unwrap();
        assert_eq!(answer.index, i);
        match answer.result.unwrap() {
            Answer::Response(response) => assert!(response.document_id == i.to_string() && i % 5 != 3),
            Answer::Error(error) => {
                assert_eq!((i % 5, error.document_id, error.code), (3, i.to_string(), Code::InvalidArgument as i32));
                assert_eq!(error.reason, "INVALID_REQUEST");
                assert_eq!(error.field_violations[0].field, "document.text");
            }
        }
    }
    assert_eq!(answers.message().await.unwrap(), None);
}

#[tokio::test]
async fn a_long_text_in_a_stream_is_told_in_its_place() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    // The second is over the text limit, the fourth over what the transport reads: only that one leaves nothing to go on with.
    let requests = [1, 1 << 20, 1, 3 << 20, 1].map(|letters| article(&"ا".repeat(letters)));
    let mut answers = client.extract_stream(tokio_stream::iter(requests)).await.unwrap().into_inner();
    for refused in [false, true, false] {
        match answers.message().await.unwrap().unwrap().result.unwrap() {
            Answer::Response(_) => assert!(!refused),
            Answer::Error(error) => {
                assert!(refused);
                assert_eq!(error.reason, "TEXT_TOO_LONG");
                assert_eq!(error.metadata.get("size").map(String::as_str), Some("2097152"));
            }
        }
    }
    let status = answers.message().await.unwrap_err();
    assert_eq!(told(&status), (Code::InvalidArgument, "TEXT_TOO_LONG".into(), Some("document.text".into())));
}

#[tokio::test]
async fn a_stream_takes_in_only_so_much_ahead() {
    let limits = Limits { max_stream_ahead: 2, max_in_flight: 0, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    let (send, requests) = mpsc::channel(1);
    let stream = server.client().await.extract_stream(ReceiverStream::new(requests)).await.unwrap();
    // Nothing is answered, so that flow control must hold the sender back: it cannot push 64 MB into nowhere.
    let text = "ا".repeat(1 << 18);
    let pushed = async {
        for _ in 0..128 {
            send.send(article(&text)).await.unwrap();
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(2), pushed).await.is_err());
    drop(stream);
}

// ---------------------------------------------------------------------------------------------------------------------
// Beside the service
// ---------------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn health_knows_the_server_and_the_service() {
    let server = Server::start(Config::default()).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", "isnad.v1.Extract"] {
        let check = health.check(HealthCheckRequest { service: service.into() }).await.unwrap().into_inner();
        assert_eq!(check.status(), ServingStatus::Serving);
    }
    let unknown = health.check(HealthCheckRequest { service: "isnad.v9".into() }).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
}

#[tokio::test]
async fn reflection_lists_the_services_in_both_versions() {
    let server = Server::start(Config::default()).await;
    let wanted = ["grpc.health.v1.Health", "isnad.v1.Extract"];
    macro_rules! listed {
        ($version:ident) => {{
            use tonic_reflection::pb::$version::ServerReflectionRequest;
            use tonic_reflection::pb::$version::server_reflection_client::ServerReflectionClient;
            use tonic_reflection::pb::$version::server_reflection_request::MessageRequest;
            use tonic_reflection::pb::$version::server_reflection_response::MessageResponse;
            let mut client = ServerReflectionClient::new(server.channel().await);
            let message_request = Some(MessageRequest::ListServices(String::new()));
            let ask = ServerReflectionRequest { host: String::new(), message_request };
            let mut answers = client.server_reflection_info(tokio_stream::iter([ask])).await.unwrap().into_inner();
            match answers.message().await.unwrap().unwrap().message_response.unwrap() {
                MessageResponse::ListServicesResponse(list) => {
                    list.service.into_iter().map(|service| service.name).collect::<Vec<_>>()
                }
                other => panic!("{other:?}"),
            }
        }};
    }
    for names in [listed!(v1), listed!(v1alpha)] {
        assert!(wanted.iter().all(|name| names.iter().any(|n| n == name)), "{names:?}");
    }
}

#[tokio::test]
async fn request_ids_come_back() {
    let server = Server::start(Config::default()).await;
    let mut request = Request::new(article("نص"));
    request.metadata_mut().insert("x-request-id", "trace-7".parse().unwrap());
    let mut client = server.client().await;
    let answer = client.extract(request).await.unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "trace-7");
    let refused = client.extract(article("")).await.unwrap_err();
    assert_eq!(refused.metadata().get("x-request-id").unwrap().len(), 36); // a UUID
}

#[tokio::test]
async fn browsers_call_over_http_1() {
    let server = Server::start(Config::default()).await;
    let answer = Web::post(&server, &named("web", "وصل الوزير").encode_to_vec(), "").await; // the minister arrived
    assert!(answer.head.starts_with("HTTP/1.1 200"), "{}", answer.head);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert!(answer.header("access-control-expose-headers").unwrap().contains("grpc-status-details-bin"));
    assert_eq!(answer.body[0], 0);
    let size = u32::from_be_bytes(answer.body[1..5].try_into().unwrap()) as usize;
    let message = ExtractResponse::decode(&answer.body[5..5 + size]).unwrap();
    assert_eq!(message.document_id, "web");
    let trailer = &answer.body[5 + size..];
    assert_eq!(trailer[0], 0x80);
    assert!(String::from_utf8_lossy(trailer).contains("grpc-status:0"));

    let preflight = format!(
        "OPTIONS /isnad.v1.Extract/Extract HTTP/1.1\r\nhost: {}\r\norigin: http://page.example\r\nconnection: close\r\n\
         access-control-request-method: POST\r\naccess-control-request-headers: content-type,x-grpc-web\r\n\r\n",
        server.address
    );
    let preflight = Web::send(&server, preflight, b"").await;
    assert!(preflight.head.starts_with("HTTP/1.1 200"), "{}", preflight.head);
    assert!(preflight.header("access-control-allow-methods").unwrap().contains("POST"));
}

#[tokio::test]
async fn a_browser_gets_the_page_unless_it_is_switched_off() {
    let get = |server: &Server, headers: &str| {
        format!("GET / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}\r\n", server.address)
    };
    // What the page needs no token for: it asks for one itself.
    let tokens = Tokens::new(["secret".to_owned()]);
    let server = Server::start(Config { tokens, ..Config::default() }).await;
    let page = Web::send(&server, get(&server, ""), b"").await;
    assert!(page.head.starts_with("HTTP/1.1 200"), "{}", page.head);
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(String::from_utf8_lossy(&page.body).contains("<script src=\"page.js\""));
    let tag = format!("if-none-match: {}\r\n", page.header("etag").unwrap());
    let again = Web::send(&server, get(&server, &tag), b"").await;
    assert!(again.head.starts_with("HTTP/1.1 304"), "{}", again.head);

    let server = Server::start(Config { page: false, ..Config::default() }).await;
    let none = Web::send(&server, get(&server, ""), b"").await;
    assert!(!none.head.starts_with("HTTP/1.1 200"), "{}", none.head);
}

#[tokio::test]
async fn only_named_origins_may_call_where_there_are_any() {
    let cors_origins = vec!["http://other.example".parse().unwrap()];
    let server = Server::start(Config { cors_origins, ..Config::default() }).await;
    let answer = Web::post(&server, &article("نص").encode_to_vec(), "").await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

// ---------------------------------------------------------------------------------------------------------------------
// Stopping
// ---------------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_stopping_server_finishes_what_it_has_in_hand() {
    let mut server = Server::start(Config { drain_delay: Duration::from_millis(50), ..Config::default() }).await;
    let mut client = server.client().await;
    let mut health = server.watch("").await;
    assert_eq!(health.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    let (send, requests) = mpsc::channel(4);
    send.send(named("before", "نص")).await.unwrap();
    let mut answers = client.extract_stream(ReceiverStream::new(requests)).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap().unwrap().index, 0);

    server.stop();
    assert_eq!(health.message().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    drop(health);
    // New calls end up refused. Each comes over a connection of its own: on one that is closing the client itself cancels.
    let url = format!("http://{}", server.address);
    let refused = loop {
        let mut late = ExtractClient::new(Endpoint::from_shared(url.clone()).unwrap().connect_lazy());
        match late.describe(DescribeRequest {}).await {
            Err(status) => break status,
            Ok(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    assert_eq!(refused.code(), Code::Unavailable);
    // The call in hand goes on.
    send.send(named("after", "نص")).await.unwrap();
    match answers.message().await.unwrap().unwrap().result.unwrap() {
        Answer::Response(response) => assert_eq!(response.document_id, "after"),
        Answer::Error(error) => panic!("{error:?}"),
    }
    drop(send);
    assert_eq!(answers.message().await.unwrap(), None);
    server.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stopping_server_ends_streams_that_never_do() {
    let mut server = Server::start(Config { drain_timeout: Duration::from_millis(50), ..Config::default() }).await;
    let (send, requests) = mpsc::channel(1);
    send.send(article("نص")).await.unwrap();
    let mut answers = server.client().await.extract_stream(ReceiverStream::new(requests)).await.unwrap().into_inner();
    answers.message().await.unwrap().unwrap();
    server.stop();
    let status = answers.message().await.unwrap_err();
    assert_eq!(told(&status), (Code::Unavailable, "SHUTTING_DOWN".into(), None));
    server.task.await.unwrap().unwrap();
}
