//! `isnad serve`: the server until SIGTERM or Ctrl-C.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use http::HeaderValue;
use isnad::service::server::{Config, Tls, TlsFiles, Tokens, serve};
use isnad::service::{Limits, Tables};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tracing::{info, warn};

use super::log::{self, LogFormat, Traces};
use super::{Outcome, config};

/// The longest article that a server can be told to take, in bytes.
pub(super) const MAX_TEXT_BYTES: u32 = 64 << 20;

/// Every flag can be given as an environment variable or in the file of --config too.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    /// A TOML file with these settings, named like the flags; flags and the environment come before it.
    #[arg(long, env = "ISNAD_CONFIG", value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Where to listen; port 0 takes any free one.
    #[arg(long, env = "ISNAD_ADDRESS", default_value = "127.0.0.1:50051")]
    address: SocketAddr,

    /// The longest article, in bytes.
    #[arg(long, env = "ISNAD_MAX_TEXT_BYTES", default_value_t = Limits::default().max_text_bytes as u32, value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_TEXT_BYTES)))]
    max_text_bytes: u32,

    /// The most articles in hand at a time; a call beyond it is told to try again.
    #[arg(long, env = "ISNAD_MAX_IN_FLIGHT", default_value_t = Limits::default().max_in_flight as u32, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    max_in_flight: u32,

    /// The most articles of one stream taken in ahead of the answers read.
    #[arg(long, env = "ISNAD_MAX_STREAM_AHEAD", default_value_t = Limits::default().max_stream_ahead as u32, value_parser = clap::value_parser!(u32).range(1..=4096))]
    max_stream_ahead: u32,

    /// The most calls at a time, over all connections; one beyond it is told to try again.
    #[arg(long, env = "ISNAD_MAX_CALLS", default_value_t = Limits::default().max_calls as u32, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    max_calls: u32,

    /// The most streams among them.
    #[arg(long, env = "ISNAD_MAX_STREAMS", default_value_t = Limits::default().max_streams as u32, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    max_streams: u32,

    /// The most connections at a time; one beyond it is closed at once.
    #[arg(long, env = "ISNAD_MAX_CONNECTIONS", default_value_t = Limits::default().max_connections as u32, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    max_connections: u32,

    /// How old a connection may grow before its caller is told to open another, so that balancers can spread it anew; no limit
    /// unless given. Calls in hand go on.
    #[arg(long, env = "ISNAD_MAX_CONNECTION_AGE", value_name = "DURATION", value_parser = duration)]
    max_connection_age: Option<Duration>,

    /// How long to go on after SIGTERM while health says `NOT_SERVING`, so that balancers see it first.
    #[arg(long, env = "ISNAD_DRAIN_DELAY", default_value = "0s", value_parser = duration)]
    drain_delay: Duration,

    /// How long calls in hand may take to finish after that.
    #[arg(long, env = "ISNAD_DRAIN_TIMEOUT", default_value = "30s", value_parser = duration)]
    drain_timeout: Duration,

    /// An origin from which browsers may call; any may unless one is given.
    #[arg(long, env = "ISNAD_CORS_ORIGIN", value_delimiter = ',', value_name = "ORIGIN")]
    cors_origin: Vec<HeaderValue>,

    /// A file with the tokens that open the service, one a line; open to all unless given. Read again when it changes.
    #[arg(long, env = "ISNAD_TOKEN_FILE", value_name = "FILE")]
    token_file: Option<PathBuf>,

    /// The certificate to speak TLS with, PEM, those that sign it behind it; no TLS unless given. Read again when it changes.
    #[arg(long, env = "ISNAD_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,

    /// The private key of that certificate, PEM.
    #[arg(long, env = "ISNAD_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,

    /// The authorities that sign the certificates of callers, PEM; callers need no certificate unless given.
    #[arg(long, env = "ISNAD_TLS_CLIENT_CA", value_name = "FILE", requires = "tls_cert")]
    tls_client_ca: Option<PathBuf>,

    /// How often to look whether tokens and keys are others; 0s for only on SIGHUP.
    #[arg(long, env = "ISNAD_RELOAD_INTERVAL", default_value = "10s", value_parser = duration)]
    reload_interval: Duration,

    /// Where to serve /metrics to anybody, without TLS; on --address unless given, to whoever has a token.
    #[arg(long, env = "ISNAD_METRICS_ADDRESS")]
    metrics_address: Option<SocketAddr>,

    /// A folder of tables to lay over the built-in lexicon, called and built like those of lexicon/; SIGHUP reads it again.
    #[arg(long, env = "ISNAD_LEXICON", value_name = "DIR")]
    lexicon: Option<PathBuf>,

    /// Do not show browsers the page for people.
    #[arg(long, env = "ISNAD_NO_PAGE")]
    no_page: bool,

    /// Compress answers for callers that take it; worth it over a network.
    #[arg(long, env = "ISNAD_COMPRESS")]
    compress: bool,

    /// How to write the log, on standard error.
    #[arg(long, env = "ISNAD_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,

    /// What to log: a level, or tracing's filter syntax.
    #[arg(long, env = "ISNAD_LOG", default_value = "info", value_name = "FILTER")]
    log: String,

    /// Where to send traces: a collector of OpenTelemetry's, `http://127.0.0.1:4317`. Needs a build with the feature `otlp`.
    #[arg(long, env = "ISNAD_OTLP_ENDPOINT", value_name = "URL")]
    otlp_endpoint: Option<String>,
}

/// `500ms`, `5s`, `2m`.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write it as 500ms, 5s or 2m".to_owned();
    let read: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(read).map_err(|_| wrong())
}

pub(super) fn run(args: &ServeArgs) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")?;
    let traces = {
        let _on = runtime.enter();
        args.otlp_endpoint.as_deref().map(Traces::to).transpose()?
    };
    log::start(args.log_format, &args.log, traces.as_ref())?;
    for name in config::strange_variables() {
        warn!(name, "there is no such setting: this variable of the environment does nothing");
    }
    let config = server(args)?;
    runtime.block_on(async {
        let taken = || format!("cannot listen on {}: pass another --address, or port 0 for any free one", args.address);
        let listener = TcpListener::bind(args.address).await.with_context(taken)?;
        let address = listener.local_addr()?;
        info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
        reload_signal(Arc::clone(&config.reload))?;
        greet(address, config.tls.is_some(), config.page)?;
        serve(listener, config, stop_signal()?).await?;
        anyhow::Ok(())
    })?;
    info!("stopped");
    if let Some(traces) = traces {
        traces.end();
    }
    // Work that was cut off by the drain's end must not hold the process up.
    runtime.shutdown_timeout(Duration::from_millis(100));
    Ok(Outcome::Done)
}

/// The server that `args` ask for; what comes from files is read here, so that nothing starts with what cannot be.
fn server(args: &ServeArgs) -> anyhow::Result<Config> {
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(Tls::load(TlsFiles {
            certificate: certificate.clone(),
            key: key.clone(),
            client_authority: args.tls_client_ca.clone(),
        })?),
        _ => None,
    };
    let metrics = match args.metrics_address {
        None => None,
        Some(address) => {
            let taken = || format!("cannot listen on {address}: pass another --metrics-address");
            Some(Arc::new(std::net::TcpListener::bind(address).with_context(taken)?))
        }
    };
    Ok(Config {
        limits: Limits {
            max_text_bytes: args.max_text_bytes as usize,
            max_in_flight: args.max_in_flight as usize,
            max_stream_ahead: args.max_stream_ahead as usize,
            max_calls: args.max_calls as usize,
            max_streams: args.max_streams as usize,
            max_connections: args.max_connections as usize,
            ..Limits::default()
        },
        drain_delay: args.drain_delay,
        drain_timeout: args.drain_timeout,
        compress: args.compress,
        cors_origins: args.cors_origin.clone(),
        tokens: args.token_file.as_deref().map(Tokens::load).transpose()?.unwrap_or_default(),
        tls,
        reload_interval: args.reload_interval,
        metrics,
        max_connection_age: args.max_connection_age,
        tables: args.lexicon.as_deref().map(Tables::load).transpose()?,
        reload: Arc::default(),
        page: !args.no_page,
    })
}

/// Says how to call the server.
fn greet(address: SocketAddr, tls: bool, page: bool) -> io::Result<()> {
    let (flag, scheme) = if tls { ("-cacert CA.pem", "https") } else { ("-plaintext", "http") };
    let page = if page { format!("\n  {scheme}://{address}/ in a browser\n") } else { String::new() };
    // A greeting that nobody reads is no reason not to serve.
    let done = writeln!(
        io::stdout(),
        "isnad serves isnad.v1.Extract on {address}. Call it:

  grpcurl {flag} -d '{{\"document\": {{\"text\": \"وصل 14 وزيرا إلى بغداد في 25 نوفمبر 2020\"}}}}' \\
    {address} isnad.v1.Extract/Extract

  isnad extract --server {scheme}://{address} FILE
{page}
Ctrl-C stops it."
    );
    match done {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Passes every SIGHUP on to `reload`.
fn reload_signal(reload: Arc<Notify>) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let mut hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
            .context("cannot listen for SIGHUP")?;
        tokio::spawn(async move {
            while hangup.recv().await.is_some() {
                reload.notify_one();
            }
        });
    }
    #[cfg(not(unix))]
    drop(reload);
    Ok(())
}

/// Resolves at the first SIGTERM or Ctrl-C; the second ends the process at once.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .context("cannot listen for SIGTERM")?;
    let any = async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        tokio::spawn(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                info!("stopped at once");
                std::process::exit(130);
            }
        });
    };
    Ok(any)
}
