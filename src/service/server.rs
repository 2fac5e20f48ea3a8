//! The server: everything on one port, and its way up and down.
//!
//! Up: the port answers at once, health says `NOT_SERVING` until the lexicon is loaded. Down: it says so again, the
//! balancers get [`Config::drain_delay`] to see it, then new calls are refused and those in hand get
//! [`Config::drain_timeout`] to finish; streams still open after that end with an error of their own.
//!
//! Order of the layers, outermost first: CORS, gRPC-Web, `layers::pass`, panics. Routes that are no gRPC (pages, metrics) are
//! to be merged beside them, never inside: gRPC-Web answers 400 to every other HTTP/1.1 request.

use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use http::{HeaderName, HeaderValue};
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{self, Server};
use tonic_health::ServingStatus;
use tonic_health::server::{HealthReporter, health_reporter};
use tonic_reflection::server::Builder as Reflection;
use tonic_web::GrpcWebLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tracing::{error, info, warn};

use super::Limits;
pub use super::auth::Tokens;
use super::desk::Desk;
use super::layers::{Gate, REQUEST_ID, panicked, pass};
use super::limits::MAX_STREAMS;
use super::proto::{DESCRIPTORS, extract_server::ExtractServer};
use super::reader::Reader;
use super::rpc::Rpc;
use super::status::DOMAIN;
use super::tables::Tables;
use crate::extract::Extractor;
use crate::page;

/// How often a silent connection is asked whether it is alive, and how long it may take to say so.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(20));

/// How long connections that have no call in hand may stay once the server drains: a health watch would for ever.
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
    /// The tables laid over the built-in ones, where there are any.
    pub tables: Option<Tables>,
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
            tables: None,
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
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Kind::Transport(_) => "the server could not go on",
            Kind::Reflection(_) => "the contract's descriptors could not be read",
            Kind::Task(_) => "the server broke off",
        })
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Transport(e) => Some(e),
            Kind::Reflection(e) => Some(e),
            Kind::Task(e) => Some(e),
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
    report(&health, ServingStatus::NotServing).await;

    let reflection = || {
        // Those of the error details let grpcurl show them in words.
        [DESCRIPTORS, tonic_health::pb::FILE_DESCRIPTOR_SET, tonic_types::pb::FILE_DESCRIPTOR_SET]
            .into_iter()
            .fold(Reflection::configure(), Reflection::register_encoded_file_descriptor_set)
    };
    let (v1, v1alpha) = (reflection().build_v1(), reflection().build_v1alpha());
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
    let gate = Gate { limits: config.limits, tokens: config.tokens };
    let router = routes
        .into_axum_router()
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(gate, pass))
        .layer(GrpcWebLayer::new())
        .layer(cors(config.cors_origins));
    let router = if config.page { router.merge(page::router()) } else { router };

    // Nagle's algorithm would hold small answers back; on an incoming stream it has to be turned off here.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let (go_away, gone) = oneshot::channel();
    let server = Server::builder()
        .accept_http1(true) // gRPC-Web
        .max_concurrent_streams(MAX_STREAMS)
        .http2_keepalive_interval(Some(KEEPALIVE.0))
        .http2_keepalive_timeout(Some(KEEPALIVE.1))
        .add_routes(Routes::from(router))
        .serve_with_incoming_shutdown(incoming, async {
            let _ = gone.await;
        });
    let mut server = tokio::spawn(server);

    let limits = config.limits;
    let loading = async {
        let tables = config.tables;
        let lexicon = tables.as_ref().map(|tables| Arc::clone(tables.lexicon()));
        let load = move || Reader::with(lexicon.map_or_else(Extractor::default, Extractor::new), limits);
        let reader = tokio::task::spawn_blocking(load).await.map_err(|e| ServeError(Kind::Task(e)))?;
        desk.open(reader);
        report(&health, ServingStatus::Serving).await;
        info!("serving");
        loop {
            config.reload.notified().await;
            if let Some(tables) = &tables {
                relay(tables, &desk).await;
            }
        }
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
    if timeout(config.drain_timeout, desk.idle()).await.is_err() {
        warn!("calls are still in hand after {:?}: ending them", config.drain_timeout);
        desk.halt();
    }
    if let Ok(ended) = timeout(LINGER, &mut server).await {
        return outcome(ended);
    }
    server.abort();
    Ok(())
}

/// Reads `tables` again and answers with them from here on; where that fails with those from before.
async fn relay(tables: &Tables, desk: &Desk) {
    let tables = tables.clone();
    match tokio::task::spawn_blocking(move || tables.reload()).await {
        Ok(Ok(tables)) => {
            let lexicon = Arc::clone(tables.lexicon());
            info!(version = format!("{:016x}", lexicon.version()), "the lexicon was read again");
            desk.open(Reader::with(Extractor::new(lexicon), *desk.limits()));
        }
        Ok(Err(fault)) => error!(%fault, "the lexicon was not read again: the one from before goes on"),
        Err(fault) => error!(%fault, "reading the lexicon again broke off: the one from before goes on"),
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
        .chain([REQUEST_ID]);
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([http::Method::POST])
        .allow_headers(Any)
        .expose_headers(exposed.collect::<Vec<_>>())
        .max_age(Duration::from_hours(1))
}
