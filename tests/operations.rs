//! The service as its operators see it: keys and tokens that change, limits, deadlines, counts, traces, stopping. A real server on
//! a free port; nothing here depends on what the engine finds.
#![cfg(feature = "service")]
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what went wrong by panicking; clippy.toml covers test functions only, not their helpers"
)]

mod support;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use isnad::service::Limits;
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::{DescribeRequest, ExtractRequest};
use isnad::service::server::{Config, Tls, TlsFiles, Tokens};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use support::{Server, Web, article, told};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

/// Waits until `done` says so, for a minute at most.
async fn until<F: Future<Output = bool>>(done: impl Fn() -> F) {
    let waiting = async {
        while !done().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), waiting).await.unwrap();
}

/// A folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("operations-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    folder
}

/// A page over HTTP/1.1.
async fn page(server: &Server, path: &str, headers: &str) -> Web {
    let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}\r\n", server.address);
    Web::send(server, head, b"").await
}

/// What `/metrics` says of `series`; 0 where it does not stand there.
async fn count(server: &Server, series: &str) -> i64 {
    let page = page(server, "/metrics", "").await;
    let text = String::from_utf8(page.body).unwrap();
    let value = text.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok());
    value.unwrap_or_default()
}

// ---------------------------------------------------------------------------------------------------------------------
// Keys and tokens
// ---------------------------------------------------------------------------------------------------------------------

/// An authority that signs certificates.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A certificate and its key, for a server and for its callers.
    fn sign(&self) -> (String, String) {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }

    /// Puts a fresh certificate with its key into `folder`.
    fn issue(&self, folder: &Path) -> TlsFiles {
        let (certificate, key) = self.sign();
        let files =
            TlsFiles { certificate: folder.join("server.pem"), key: folder.join("server.key"), client_authority: None };
        std::fs::write(&files.certificate, certificate).unwrap();
        std::fs::write(&files.key, key).unwrap();
        files
    }
}

/// Calls `Describe` over TLS, trusting `authority`, being `identity`.
async fn call(server: &Server, authority: &Authority, identity: Option<Identity>) -> Result<(), String> {
    let mut tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(&authority.pem)).domain_name("localhost");
    if let Some(identity) = identity {
        tls = tls.identity(identity);
    }
    let endpoint = Endpoint::from_shared(format!("https://{}", server.address)).unwrap().tls_config(tls).unwrap();
    let channel: Channel = endpoint.connect().await.map_err(|error| format!("{error:?}"))?;
    ExtractClient::new(channel).describe(DescribeRequest {}).await.map_err(|status| format!("{status:?}"))?;
    Ok(())
}

#[tokio::test]
async fn keys_are_read_again_when_they_change() {
    let folder = folder("keys");
    let (first, second) = (Authority::new(), Authority::new());
    let tls = Tls::load(first.issue(&folder)).unwrap();
    let interval = Duration::from_millis(50);
    let server = Server::start_tls(Config { tls: Some(tls), reload_interval: interval, ..Config::default() }).await;
    until(async || call(&server, &first, None).await.is_ok()).await;
    assert!(call(&server, &second, None).await.is_err());
    // Keys that do not fit together change nothing.
    let (certificate, _) = second.sign();
    std::fs::write(folder.join("server.pem"), certificate).unwrap();
    tokio::time::sleep(4 * interval).await;
    call(&server, &first, None).await.unwrap();
    second.issue(&folder);
    until(async || call(&server, &second, None).await.is_ok()).await;
    assert!(call(&server, &first, None).await.is_err());
}

#[tokio::test]
async fn callers_show_who_they_are_where_the_server_asks() {
    let folder = folder("callers");
    let authority = Authority::new();
    std::fs::write(folder.join("ca.pem"), &authority.pem).unwrap();
    let files = TlsFiles { client_authority: Some(folder.join("ca.pem")), ..authority.issue(&folder) };
    let server = Server::start_tls(Config { tls: Some(Tls::load(files).unwrap()), ..Config::default() }).await;
    let (certificate, key) = authority.sign();
    let known = Identity::from_pem(certificate, key);
    until(async || call(&server, &authority, Some(known.clone())).await.is_ok()).await;
    assert!(call(&server, &authority, None).await.is_err());
    let (certificate, key) = Authority::new().sign();
    assert!(call(&server, &authority, Some(Identity::from_pem(certificate, key))).await.is_err());
}

#[test]
fn keys_at_fault_are_told_by_their_file() {
    let folder = folder("bad_keys");
    let (one, other) = (Authority::new(), Authority::new());
    let files = one.issue(&folder);
    let load = |files: &TlsFiles| Tls::load(files.clone()).unwrap_err().to_string();
    std::fs::write(&files.key, other.sign().1).unwrap();
    assert!(load(&files).contains("server.pem and") && load(&files).contains("do not serve together"));
    std::fs::write(&files.certificate, "nothing of the kind").unwrap();
    assert!(load(&files).contains("server.pem holds no certificate"), "{}", load(&files));
    std::fs::remove_file(&files.key).unwrap();
    assert!(load(&files).contains("cannot read") && load(&files).contains("server.key"), "{}", load(&files));
}

#[tokio::test]
async fn tokens_are_read_again_when_they_change() {
    let file = folder("tokens").join("tokens");
    std::fs::write(&file, "first\n").unwrap();
    let config = Config { tokens: Tokens::load(&file).unwrap(), reload_interval: Duration::ZERO, ..Config::default() };
    let reload = config.reload.clone();
    let server = Server::start(config).await;
    let open = async |token: &str| {
        let mut request = Request::new(DescribeRequest {});
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        server.client().await.describe(request).await.is_ok()
    };
    assert!(open("first").await && !open("second").await);
    // The counts are not for everybody either.
    assert!(page(&server, "/metrics", "").await.head.starts_with("HTTP/1.1 401"));
    assert!(page(&server, "/metrics", "authorization: Bearer first\r\n").await.head.starts_with("HTTP/1.1 200"));
    std::fs::write(&file, "second\n").unwrap();
    reload.notify_one();
    until(async || open("second").await).await;
    assert!(!open("first").await);
    // A file without a token would open the service to all.
    std::fs::write(&file, "\n").unwrap();
    reload.notify_one();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(open("second").await && !open("first").await && !open("").await);
    assert!(Tokens::load(&file).unwrap_err().to_string().contains("holds no token"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Limits
// ---------------------------------------------------------------------------------------------------------------------

fn overloaded(status: &Status) {
    assert_eq!(told(status), (Code::Unavailable, "OVERLOADED".into(), None));
    assert!(status.get_error_details().retry_info().unwrap().retry_delay.is_some());
}

#[tokio::test]
async fn calls_and_streams_beyond_the_limits_are_turned_away_at_once() {
    let limits = Limits { max_calls: 2, max_streams: 1, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    let mut client = server.client().await;
    let open = async || {
        let (send, requests) = mpsc::channel::<ExtractRequest>(1);
        let stream = server.client().await.extract_stream(ReceiverStream::new(requests)).await;
        stream.map(|stream| (send, stream))
    };
    let held = open().await.unwrap();
    overloaded(&open().await.unwrap_err());
    client.extract(article("نص")).await.unwrap(); // one more call has a place
    drop(held);
    // A stream that has ended gives its place back.
    until(async || open().await.is_ok()).await;
    until(async || count(&server, "isnad_calls_in_hand{method=\"ExtractStream\"}").await == 0).await;
    assert!(count(&server, "isnad_shed_total{what=\"streams\"}").await >= 1);

    let limits = Limits { max_calls: 0, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    overloaded(&server.client().await.extract(article("نص")).await.unwrap_err());
    // It can still tell its limits, and that it is well.
    server.client().await.describe(DescribeRequest {}).await.unwrap();
    assert!(count(&server, "isnad_shed_total{what=\"calls\"}").await >= 1);
}

#[tokio::test]
async fn of_calls_that_come_at_once_those_beyond_the_limit_are_turned_away() {
    let limits = Limits { max_in_flight: 2, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await;
    let client = server.client().await;
    let calls: Vec<_> = (0..64)
        .map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move { client.extract(article("نص")).await })
        })
        .collect();
    let (mut answered, mut refused) = (0, 0);
    for call in calls {
        match call.await.unwrap() {
            Ok(_) => answered += 1,
            Err(status) => {
                overloaded(&status);
                refused += 1;
            }
        }
    }
    // Work that begins as soon as its call is read would have all others wait where no limit counts them.
    assert!(answered >= 2 && refused >= 1, "{answered} answered, {refused} refused");
}

#[tokio::test]
async fn connections_beyond_the_limit_are_closed_at_once() {
    let limits = Limits { max_connections: 3, ..Limits::default() };
    let server = Server::start(Config { limits, ..Config::default() }).await; // its own watch may still hold a place
    let mut held = Vec::new();
    let closed = async {
        loop {
            let mut socket = TcpStream::connect(server.address).await.unwrap();
            match tokio::time::timeout(Duration::from_millis(200), socket.read(&mut [0])).await {
                Err(_) => held.push(socket), // it waits for a first byte
                Ok(end) => break end.map_or(0, |read| read),
            }
        }
    };
    assert_eq!(tokio::time::timeout(Duration::from_mins(1), closed).await.unwrap(), 0);
    assert!(held.len() <= 3);
    drop(held);
    until(async || {
        let endpoint = Endpoint::from_shared(format!("http://{}", server.address)).unwrap();
        let channel = endpoint.connect().await;
        match channel {
            Ok(channel) => ExtractClient::new(channel).describe(DescribeRequest {}).await.is_ok(),
            Err(_) => false,
        }
    })
    .await;
}

#[tokio::test]
async fn headers_beyond_the_limit_are_refused() {
    let server = Server::start(Config::default()).await;
    let mut request = Request::new(DescribeRequest {});
    request.metadata_mut().insert("x-long", "x".repeat(64 << 10).parse().unwrap());
    assert!(server.client().await.describe(request).await.is_err());
    server.client().await.describe(DescribeRequest {}).await.unwrap();
}

// ---------------------------------------------------------------------------------------------------------------------
// Deadlines
// ---------------------------------------------------------------------------------------------------------------------

/// A megabyte of news: over a second of work in this build.
fn megabyte() -> ExtractRequest {
    let text = "قال وزير الخارجية العراقي فؤاد حسين في بغداد أمس إن 14 دولة وافقت على القرار 2254. ";
    article(&text.repeat((1 << 20) / text.len()))
}

#[tokio::test(flavor = "multi_thread")]
async fn work_stops_when_nobody_waits_for_it() {
    let server = Server::start(Config::default()).await;
    let in_flight = async || count(&server, "isnad_articles_in_flight").await;
    for round in 0..2 {
        let mut client = server.client().await;
        let asked = tokio::spawn(async move {
            let mut request = Request::new(megabyte());
            if round == 1 {
                request.set_timeout(Duration::from_millis(150));
            }
            client.extract(request).await
        });
        until(async || in_flight().await == 1).await;
        if round == 0 {
            asked.abort();
        }
        let began = Instant::now();
        until(async || in_flight().await == 0).await;
        // Far less than the rest of the work; how much less is measured elsewhere, on a quiet machine.
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
    until(async || count(&server, "isnad_calls_total{method=\"Extract\",code=\"DEADLINE_EXCEEDED\"}").await == 1).await;
    assert!(count(&server, "isnad_calls_total{method=\"Extract\",code=\"CANCELLED\"}").await >= 1);
}

// ---------------------------------------------------------------------------------------------------------------------
// Counts and traces
// ---------------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn what_happens_is_counted() {
    let server = Server::start(Config::default()).await;
    let mut client = server.client().await;
    client.extract(article("وصل 14 وزيرا إلى بغداد في 25 نوفمبر 2020.")).await.unwrap(); // 14 ministers arrived
    client.extract(article("")).await.unwrap_err();
    let stream = tokio_stream::iter([article("نص"), article("")]);
    let mut answers = client.extract_stream(stream).await.unwrap().into_inner();
    while answers.message().await.unwrap().is_some() {}
    until(async || count(&server, "isnad_calls_total{method=\"ExtractStream\",code=\"OK\"}").await == 1).await;
    for (series, wanted) in [
        ("isnad_calls_total{method=\"Extract\",code=\"OK\"}", 1),
        ("isnad_calls_total{method=\"Extract\",code=\"INVALID_ARGUMENT\"}", 1),
        ("isnad_call_seconds_count{method=\"Extract\"}", 2),
        ("isnad_articles_total{what=\"answered\"}", 2),
        ("isnad_articles_total{what=\"refused\"}", 2),
        ("isnad_article_bytes_count", 4),
        ("isnad_articles_in_flight", 0),
        ("isnad_shed_total{what=\"articles\"}", 0),
    ] {
        let told = count(&server, series).await;
        assert_eq!(told, wanted, "{series}");
    }
    assert!(count(&server, "isnad_items_total{layer=\"times\"}").await >= 1);
    assert!(count(&server, "isnad_connections").await >= 1);
    let page = page(&server, "/metrics", "").await;
    assert!(page.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    let engine = client.describe(DescribeRequest {}).await.unwrap().into_inner().engine.unwrap();
    let text = String::from_utf8(page.body).unwrap();
    assert!(text.contains(&format!("isnad_lexicon{{version=\"{}\"}} 1", engine.lexicon_version)), "{text}");
    assert!(text.contains(&format!("isnad_build_info{{version=\"{}\"}} 1", engine.version)));
}

#[tokio::test]
async fn counts_can_have_a_place_of_their_own() {
    let place = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = place.local_addr().unwrap();
    let tokens = Tokens::new(["secret".to_owned()]);
    let server = Server::start(Config { metrics: Some(place.into()), tokens, ..Config::default() }).await;
    assert!(!page(&server, "/metrics", "").await.head.starts_with("HTTP/1.1 200"));
    let apart = Server::elsewhere(address);
    assert!(page(&apart, "/metrics", "").await.head.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn traces_go_on_through_a_call() {
    let server = Server::start(Config::default()).await;
    let id = "4bf92f3577b34da6a3ce929d0e0e4736";
    let mut request = Request::new(article("نص"));
    request.metadata_mut().insert("traceparent", format!("00-{id}-00f067aa0ba902b7-01").parse().unwrap());
    let answer = server.client().await.extract(request).await.unwrap();
    let back = answer.metadata().get("traceparent").unwrap().to_str().unwrap().to_owned();
    assert!(back.starts_with(&format!("00-{id}-")) && !back.contains("00f067aa0ba902b7"), "{back}");
    let plain = server.client().await.extract(article("نص")).await.unwrap();
    assert_eq!(plain.metadata().get("traceparent").unwrap().len(), back.len());
}

// ---------------------------------------------------------------------------------------------------------------------
// Stopping
// ---------------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_watch_does_not_hold_a_stopping_server() {
    let mut server = Server::start(Config::default()).await;
    let mut watch = server.watch("").await;
    watch.message().await.unwrap();
    server.stop();
    tokio::time::timeout(Duration::from_secs(30), &mut server.task).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn an_old_connection_is_told_to_open_another() {
    let age = Some(Duration::from_millis(200));
    let server = Server::start(Config { max_connection_age: age, ..Config::default() }).await;
    let channel = server.channel().await;
    let mut client = ExtractClient::new(channel);
    let (mut answered, end) = (0, Instant::now() + Duration::from_secs(1));
    while Instant::now() < end {
        match client.extract(article("نص")).await {
            Ok(_) => answered += 1,
            // The connection closed before the call was sent: this client says so instead of opening another first.
            Err(status) => assert_eq!(status.code(), Code::Cancelled, "{status:?}"),
        }
    }
    // No call that the server took was lost.
    assert_eq!(count(&server, "isnad_calls_total{method=\"Extract\",code=\"OK\"}").await, answered);
    assert_eq!(count(&server, "isnad_calls_total{method=\"Extract\",code=\"CANCELLED\"}").await, 0);
    assert!(count(&server, "isnad_connections").await >= 1);
}
