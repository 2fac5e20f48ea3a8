//! What the server tells while it runs: its log on standard error, and traces for a collector where one is named.

use std::io::{self, IsTerminal};

use anyhow::Context;
use clap::ValueEnum;
use tracing::error;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// Traces, in a build that can send none.
#[cfg(not(feature = "otlp"))]
#[derive(Debug)]
pub(super) struct Traces;

#[cfg(not(feature = "otlp"))]
impl Traces {
    pub(super) fn to(_: &str) -> anyhow::Result<Self> {
        let why = "--otlp-endpoint: this build sends no traces; build it with cargo build --release --features otlp";
        Err(super::Usage(why.to_owned()).into())
    }

    #[expect(clippy::unused_self, reason = "the same call ends the traces of a build that sends them")]
    pub(super) fn end(self) {}
}

#[cfg(feature = "otlp")]
pub(super) use super::otlp::Traces;

/// Starts the log, filtered by `filter`, and `traces` beside it, which are filtered by nothing but being the service's own.
///
/// # Errors
/// Where the filter is none.
pub(super) fn start(format: LogFormat, filter: &str, traces: Option<&Traces>) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).context("--log: write a level such as info, or tracing's filter syntax")?;
    let log = fmt::layer().with_writer(io::stderr);
    let log = match format {
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let registry = tracing_subscriber::registry().with(log.with_filter(filter));
    #[cfg(feature = "otlp")]
    let registry = {
        let own = tracing_subscriber::filter::filter_fn(|about| about.target().starts_with(env!("CARGO_PKG_NAME")));
        registry.with(traces.map(|traces| traces.layer().with_filter(own)))
    };
    #[cfg(not(feature = "otlp"))]
    let _ = traces;
    registry.init();
    // The default hook prints the panic's message, which may quote the article.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(place, "panic");
    }));
    Ok(())
}
