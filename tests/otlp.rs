//! Traces: the real binary sends its spans to a collector, which this test is.
#![cfg(all(feature = "otlp", unix))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::struct_field_names,
    clippy::unwrap_used,
    reason = "a test says what went wrong by panicking; clippy.toml covers test functions only, not their helpers"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::{Document, ExtractRequest};
use prost::Message;
use tonic::body::Body;
use tonic::server::{Grpc, UnaryService};
use tonic::{Code, Status};
use tonic_prost::ProstCodec;

/// Of `opentelemetry/proto/collector/trace/v1` and `.../trace/v1` what this test reads.
#[derive(Clone, PartialEq, Message)]
struct Export {
    #[prost(message, repeated, tag = "1")]
    resources: Vec<ResourceSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct ResourceSpans {
    #[prost(message, optional, tag = "1")]
    resource: Option<Resource>,
    #[prost(message, repeated, tag = "2")]
    scopes: Vec<ScopeSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct Resource {
    #[prost(message, repeated, tag = "1")]
    attributes: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct ScopeSpans {
    #[prost(message, repeated, tag = "2")]
    spans: Vec<Span>,
}

#[derive(Clone, PartialEq, Message)]
struct Span {
    #[prost(bytes = "vec", tag = "1")]
    trace_id: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    span_id: Vec<u8>,
    #[prost(bytes = "vec", tag = "4")]
    parent_span_id: Vec<u8>,
    #[prost(string, tag = "5")]
    name: String,
    #[prost(int32, tag = "6")]
    kind: i32,
    #[prost(message, repeated, tag = "9")]
    attributes: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct KeyValue {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, tag = "2")]
    value: Option<AnyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct AnyValue {
    #[prost(string, optional, tag = "1")]
    string: Option<String>,
    #[prost(int64, optional, tag = "3")]
    int: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
struct Taken {}

/// `SPAN_KIND_SERVER`.
const SERVER: i32 = 2;

/// Takes what is exported and hands it on.
#[derive(Clone)]
struct Collector(mpsc::Sender<Export>);

impl UnaryService<Export> for Collector {
    type Response = Taken;
    type Future = std::future::Ready<Result<tonic::Response<Taken>, Status>>;

    fn call(&mut self, request: tonic::Request<Export>) -> Self::Future {
        self.0.send(request.into_inner()).unwrap();
        std::future::ready(Ok(tonic::Response::new(Taken {})))
    }
}

async fn take(State(collector): State<Collector>, request: Request) -> Response<Body> {
    Grpc::new(ProstCodec::<Taken, Export>::default()).unary(collector, request).await
}

/// A collector on a free port: its URL and what it is sent.
async fn collector() -> (String, mpsc::Receiver<Export>) {
    let (sender, exports) = mpsc::channel();
    let path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    let router = axum::Router::new().route(path, post(take)).with_state(Collector(sender));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, exports)
}

/// `isnad serve`, and its URL.
fn server(endpoint: &str) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_isnad"));
    command.args(["serve", "--address", "127.0.0.1:0", "--log", "warn", "--otlp-endpoint", endpoint]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let address = first.split_whitespace().find(|word| word.starts_with("127.0.0.1:")).unwrap();
    (child, format!("http://{}", address.trim_end_matches('.')))
}

fn article(text: &str, traceparent: &str) -> tonic::Request<ExtractRequest> {
    let document = Document { text: text.into(), ..Document::default() };
    let mut request = tonic::Request::new(ExtractRequest { document: Some(document), ..ExtractRequest::default() });
    if !traceparent.is_empty() {
        request.metadata_mut().insert("traceparent", traceparent.parse().unwrap());
    }
    request
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

fn attribute<'s>(attributes: &'s [KeyValue], key: &str) -> Option<&'s AnyValue> {
    attributes.iter().find(|attribute| attribute.key == key)?.value.as_ref()
}

/// `00-TRACE-SPAN-FLAGS` as its last three parts.
fn parts(traceparent: &str) -> [String; 3] {
    traceparent.split('-').skip(1).map(str::to_owned).collect::<Vec<_>>().try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_go_to_the_collector_under_the_ids_that_the_caller_is_told() {
    let (endpoint, exports) = collector().await;
    let (mut child, url) = server(&endpoint);
    let mut client = ExtractClient::connect(url).await.unwrap();

    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let (gathered, left) = (format!("00-{trace}-00f067aa0ba902b7-01"), format!("00-{trace}-00f067aa0ba902b8-00"));
    let told = |answer: &tonic::metadata::MetadataMap| parts(answer.get("traceparent").unwrap().to_str().unwrap());
    let joined = told(client.extract(article("وصل الوزير.", &gathered)).await.unwrap().metadata()); // the minister arrived
    let unseen = told(client.extract(article("وصل الوزير.", &left)).await.unwrap().metadata());
    let refused = client.extract(article("", "")).await.unwrap_err();
    let own = told(refused.metadata());
    assert_eq!((joined[0].as_str(), joined[2].as_str()), (trace, "01"));
    assert_eq!((unseen[0].as_str(), unseen[2].as_str()), (trace, "00"));
    assert_eq!((refused.code(), own[2].as_str()), (Code::InvalidArgument, "01"));

    // What is left is sent when the server ends.
    let done = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(done.success() && child.wait().unwrap().success());
    let mut spans = Vec::new();
    while let Ok(export) = exports.recv_timeout(Duration::from_millis(200)) {
        for resource in export.resources {
            let about = resource.resource.unwrap().attributes;
            assert_eq!(attribute(&about, "service.name").unwrap().string.as_deref(), Some("isnad"));
            spans.extend(resource.scopes.into_iter().flat_map(|scope| scope.spans));
        }
    }

    let calls: Vec<&Span> = spans.iter().filter(|span| span.name == "call").collect();
    let of = |[trace, span, _]: &[String; 3]| {
        calls.iter().copied().find(|call| hex(&call.trace_id) == *trace && hex(&call.span_id) == *span)
    };
    let (joined, own) = (of(&joined).expect("the call with a parent"), of(&own).expect("the call without one"));
    assert!(of(&unseen).is_none(), "a trace that its caller does not gather was sent");
    assert_eq!(calls.len(), 2);
    assert_eq!((hex(&joined.parent_span_id).as_str(), joined.kind), ("00f067aa0ba902b7", SERVER));
    assert!(own.parent_span_id.is_empty());
    let number = |span: &Span, key| attribute(&span.attributes, key).and_then(|value| value.int);
    assert_eq!(number(joined, "rpc.grpc.status_code"), Some(0));
    assert_eq!(number(own, "rpc.grpc.status_code"), Some(i64::from(Code::InvalidArgument as i32)));
    let method = attribute(&own.attributes, "rpc.method").and_then(|value| value.string.as_deref());
    assert_eq!(method, Some("Extract"));

    // The reading of an article is a span in that of its call.
    let read = spans.iter().find(|span| span.name == "read" && span.parent_span_id == joined.span_id).unwrap();
    assert_eq!(number(read, "bytes"), Some("وصل الوزير.".len() as i64));
}

#[test]
fn a_url_that_is_none_is_told() {
    for odd in ["collector:4317", "https://127.0.0.1:4317", "http://"] {
        let done = Command::new(env!("CARGO_BIN_EXE_isnad")).args(["serve", "--otlp-endpoint", odd]).output().unwrap();
        assert_eq!(done.status.code(), Some(2));
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(told.contains(odd) && told.contains("write http://"), "{told}");
    }
}
