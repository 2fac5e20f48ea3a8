//! The server: everything on one port, and its way up and down.
//!
//! Up: the port answers at once, health says `NOT_SERVING` until the lexicon is loaded. Down: it says so again, the
//! balancers get [`Config::drain_delay`] to see it, then new calls are refused and those in hand get
//! [`Config::drain_timeout`] to finish; streams still open after that end with an error of their own.
//!
//! Order of the layers, outermost first: CORS, gRPC-Web, `layers::pass`, panics. Routes that are no gRPC (pages, metrics) are
//! merged beside them, never inside: gRPC-Web answers 400 to every other HTTP/1.1 request.

use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use axum::routing::get;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tonic::transport::{self, Server};
use tonic_health::ServingStatus;
use tonic_health::server::{HealthReporter, health_reporter};
use tonic_reflection::server::Builder as Reflection;
use tonic_web::GrpcWebLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tracing::{info, warn};

use super::Limits;
pub use super::auth::{Tokens, TokensError};
use super::desk::Desk;
use super::incoming::connections;
use super::layers::{Gate, REQUEST_ID, panicked, pass};
use super::limits::{MAX_HEADER_BYTES, MAX_STREAMS};
use super::metrics::{MEDIA_TYPE, Metrics};
use super::proto::{DESCRIPTORS, extract_server::ExtractServer};
use super::reader::Reader;
use super::reload::Reloads;
use super::rpc::Rpc;
use super::status::DOMAIN;
use super::tables::Tables;
pub use super::tls::{Tls, TlsError, TlsFiles};
use super::trace::TRACEPARENT;
use crate::extract::Extractor;
use crate::page;

/// How often a silent connection is asked whether it is alive, and how long it may take to say so.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(20));

/// How long it must have been quiet for a server that drains to have no call on its way in; and how long connections without a call may
/// stay after that: a health watch would for ever.
const LINGER: Duration = Duration::from_secs(1);

/// How a server is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// What it takes.
    pub limits: Limits,
    /// How long it goes on taking calls after health has said `NOT_SERVING`.
    pub drain_delay: Duration,
    /// How long calls in hand may take once new ones are refused.
    pub drain_timeout: Duration,
    /// Whether answers are compressed for callers that take it: worth it over a network, a loss on one machine. Requests
    /// may always be.
    pub compress: bool,
    /// The origins from which browsers may call; none given means any. There are no cookies to protect.
    pub cors_origins: Vec<HeaderValue>,
    /// Who may call.
    pub tokens: Tokens,
    /// TLS, where it is spoken.
    pub tls: Option<Tls>,
    /// The tables laid over the built-in ones, where there are any.
    pub tables: Option<Tables>,
    /// How often to look whether tokens and keys are others; never where zero.
    pub reload_interval: Duration,
    /// Where `/metrics` is served apart, to anybody; on the port of the service unless given, to whoever may call.
    pub metrics: Option<Arc<std::net::TcpListener>>,
    /// How old a connection may grow before its caller is told to open another; calls in hand go on.
    pub max_connection_age: Option<Duration>,
    /// Told when what came from files is to be read again. What is in hand goes on with what it began with.
    pub reload: Arc<Notify>,
    /// Whether browsers get the page for people.
    pub page: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            drain_delay: Duration::ZERO,
            drain_timeout: Duration::from_secs(30),
            compress: false,
            cors_origins: Vec::new(),
            tokens: Tokens::default(),
            tls: None,
            tables: None,
            reload_interval: Duration::from_secs(10),
            metrics: None,
            max_connection_age: None,
            reload: Arc::default(),
            page: true,
        }
    }
}

/// Why a server could not run.
#[derive(Debug)]
pub struct ServeError(Kind);

#[derive(Debug)]
enum Kind {
    Transport(transport::Error),
    Reflection(tonic_reflection::server::Error),
    Task(tokio::task::JoinError),
    Metrics(std::io::Error),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Kind::Transport(_) => "the server could not go on",
            Kind::Reflection(_) => "the contract's descriptors could not be read",
            Kind::Task(_) => "the server broke off",
            Kind::Metrics(_) => "the metrics could not be served",
        })
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Transport(e) => Some(e),
            Kind::Reflection(e) => Some(e),
            Kind::Task(e) => Some(e),
            Kind::Metrics(e) => Some(e),
        }
    }
}

/// Serves on `listener` until `stop` resolves, then drains.
///
/// # Errors
/// Where the transport breaks; never because of a request.
pub async fn serve(listener: TcpListener, config: Config, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
    let desk = Arc::new(Desk::new(config.limits));
    let (health, health_service) = health_reporter();
    // Who packs what they send packs it for the services beside ours, too: gRPC sets it for a whole channel.
    let health_service =
        health_service.accept_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Zstd);
    report(&health, ServingStatus::NotServing).await;

    let reflection = || {
        // Those of the error details let grpcurl show them in words.
        [DESCRIPTORS, tonic_health::pb::FILE_DESCRIPTOR_SET, tonic_types::pb::FILE_DESCRIPTOR_SET]
            .into_iter()
            .fold(Reflection::configure(), Reflection::register_encoded_file_descriptor_set)
    };
    let (v1, v1alpha) = (reflection().build_v1(), reflection().build_v1alpha());
    let v1 = v1.map(|v1| v1.accept_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Zstd));
    let v1alpha = v1alpha
        .map(|old| old.accept_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Zstd));
    let mut extract = ExtractServer::new(Rpc::new(Arc::clone(&desk)))
        .max_decoding_message_size(config.limits.max_message_bytes())
        .accept_compressed(CompressionEncoding::Gzip)
        .accept_compressed(CompressionEncoding::Zstd);
    if config.compress {
        extract = extract.send_compressed(CompressionEncoding::Zstd).send_compressed(CompressionEncoding::Gzip);
    }
    let routes = Routes::new(extract)
        .add_service(health_service)
        .add_service(v1.map_err(|e| ServeError(Kind::Reflection(e)))?)
        .add_service(v1alpha.map_err(|e| ServeError(Kind::Reflection(e)))?);
    let gate = Gate::new(config.tokens.clone(), Arc::clone(&desk));
    let router = routes
        .into_axum_router()
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(gate, pass))
        .layer(GrpcWebLayer::new())
        .layer(cors(config.cors_origins));
    let router = if config.page { router.merge(page::router()) } else { router };

    // What is no gRPC stands beside it: gRPC-Web answers 400 to every other request over HTTP/1.1.
    let (router, apart) = match config.metrics {
        None => (router.merge(pages(desk.metrics(), config.tokens.clone())), None),
        Some(place) => (router, Some((place, pages(desk.metrics(), Tokens::default())))),
    };
    let _apart = match apart {
        None => None,
        Some((place, pages)) => Some(serve_apart(&place, pages)?),
    };

    let incoming = connections(listener, config.tls.clone(), config.limits.max_connections, Arc::clone(desk.metrics()));
    let (go_away, gone) = oneshot::channel();
    let mut server = Server::builder()
        .accept_http1(true) // gRPC-Web
        .max_concurrent_streams(MAX_STREAMS)
        .http2_keepalive_interval(Some(KEEPALIVE.0))
        .http2_keepalive_timeout(Some(KEEPALIVE.1))
        .http2_max_header_list_size(MAX_HEADER_BYTES);
    if let Some(age) = config.max_connection_age {
        // No grace: with one, tonic sends no GOAWAY and cuts calls in hand. The keepalive finds peers that are gone.
        server = server.max_connection_age(age);
    }
    let server = server.add_routes(Routes::from(router)).serve_with_incoming_shutdown(incoming, async {
        let _ = gone.await;
    });
    let mut server = tokio::spawn(server);

    let limits = config.limits;
    let loading = async {
        let tables = config.tables.clone();
        let lexicon = tables.as_ref().map(|tables| Arc::clone(tables.lexicon()));
        let load = move || Reader::with(lexicon.map_or_else(Extractor::default, Extractor::new), limits);
        let reader = tokio::task::spawn_blocking(load).await.map_err(|e| ServeError(Kind::Task(e)))?;
        desk.open(reader);
        report(&health, ServingStatus::Serving).await;
        info!("serving");
        let (desk, tokens, tls) = (Arc::clone(&desk), config.tokens, config.tls);
        let (interval, told) = (config.reload_interval, config.reload);
        Reloads { desk, tables, tokens, tls, interval, told }.run().await;
        Ok(())
    };
    tokio::select! {
        () = stop => {}
        failed = loading => return failed,
        ended = &mut server => return outcome(ended),
    }

    info!("stopping");
    report(&health, ServingStatus::NotServing).await;
    tokio::time::sleep(config.drain_delay).await;
    desk.drain();
    let _ = go_away.send(());
    tokio::select! {
        // Every connection has closed.
        ended = &mut server => return outcome(ended),
        idle = timeout(config.drain_timeout, desk.idle(LINGER)) => if idle.is_err() && desk.is_busy() {
            warn!("calls are still in hand after {:?}: ending them", config.drain_timeout);
            desk.halt();
        },
    }
    if let Ok(ended) = timeout(LINGER, &mut server).await {
        return outcome(ended);
    }
    server.abort();
    Ok(())
}

/// The pages for machines: `/metrics`.
fn pages(metrics: &Arc<Metrics>, tokens: Tokens) -> axum::Router {
    let metrics = Arc::clone(metrics);
    let page = async move |headers: http::HeaderMap| match tokens.check(&headers) {
        Ok(()) => Ok(([(CONTENT_TYPE, MEDIA_TYPE)], metrics.text())),
        Err(_) => Err((StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")])),
    };
    axum::Router::new().route("/metrics", get(page))
}

/// Serves `pages` at a place of their own until what is given back is dropped.
fn serve_apart(place: &std::net::TcpListener, pages: axum::Router) -> Result<AbortOnDrop, ServeError> {
    let place = place.try_clone().and_then(|place| {
        place.set_nonblocking(true)?;
        TcpListener::from_std(place)
    });
    let place = place.map_err(|e| ServeError(Kind::Metrics(e)))?;
    Ok(AbortOnDrop(tokio::spawn(async move {
        if let Err(error) = axum::serve(place, pages).await {
            warn!(%error, "metrics are no longer served");
        }
    })))
}

/// A task that ends with its owner.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn outcome(ended: Result<Result<(), transport::Error>, tokio::task::JoinError>) -> Result<(), ServeError> {
    ended.map_err(|e| ServeError(Kind::Task(e)))?.map_err(|e| ServeError(Kind::Transport(e)))
}

async fn report(health: &HealthReporter, status: ServingStatus) {
    for name in ["", DOMAIN] {
        health.set_service_status(name, status).await;
    }
}

/// Browsers may call, and may read what gRPC says in headers.
fn cors(origins: Vec<HeaderValue>) -> CorsLayer {
    let origins = if origins.is_empty() { AllowOrigin::any() } else { AllowOrigin::list(origins) };
    let exposed = ["grpc-status", "grpc-message", "grpc-status-details-bin"]
        .map(HeaderName::from_static)
        .into_iter()
        .chain([REQUEST_ID, TRACEPARENT]);
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([http::Method::POST])
        .allow_headers(Any)
        .expose_headers(exposed.collect::<Vec<_>>())
        .max_age(Duration::from_hours(1))
}

#[cfg(test)]
mod tests {
    use tonic::{Code, Request};
    use tonic_types::StatusExt;

    use super::super::proto::extract_client::ExtractClient;
    use super::super::proto::extract_stream_response::Result as Answer;
    use super::super::proto::{Document, ExtractRequest};
    use super::super::reader::trap;
    use super::*;

    fn article(text: &str) -> ExtractRequest {
        let document = Document { text: text.into(), ..Document::default() };
        ExtractRequest { document: Some(document), ..ExtractRequest::default() }
    }

    /// A call with an id.
    fn call<T>(message: T) -> Request<T> {
        let mut request = Request::new(message);
        request.metadata_mut().insert("x-request-id", "trace-7".parse().unwrap());
        request
    }

    #[tokio::test]
    async fn a_panic_is_an_error_that_names_its_call() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(serve(listener, Config::default(), std::future::pending()));
        let mut client = ExtractClient::connect(url).await.unwrap();
        let status = client.extract(call(article(trap::TEXT))).await.unwrap_err();
        assert_eq!(status.code(), Code::Internal);
        assert!(status.message().contains("trace-7"));
        let details = status.get_error_details();
        let told = details.error_info().unwrap();
        assert_eq!((told.reason.as_str(), told.metadata["request_id"].as_str()), ("INTERNAL", "trace-7"));

        // In a stream it costs its own article and no other.
        let requests = tokio_stream::iter([article("نص"), article(trap::TEXT), article("نص")]);
        let mut answers = client.extract_stream(call(requests)).await.unwrap().into_inner();
        for faulty in [false, true, false] {
            match answers.message().await.unwrap().unwrap().result.unwrap() {
                Answer::Response(_) => assert!(!faulty),
                Answer::Error(error) => {
                    assert!(faulty);
                    assert_eq!((error.reason.as_str(), error.metadata["request_id"].as_str()), ("INTERNAL", "trace-7"));
                }
            }
        }
        assert_eq!(answers.message().await.unwrap(), None);
        server.abort();
    }
}
