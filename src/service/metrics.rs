//! What an operator watches: counts and times, in Prometheus' text form.
//!
//! One [`Metrics`] a server, shared by its calls; a count is an atomic addition. Labels are of closed sets (methods, codes, layers),
//! never what a caller wrote, so their number is bounded.

use std::fmt::Write;
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tonic::Code;

use super::proto::ExtractResponse;

/// The media type of [`Metrics::text`].
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    method: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Method {
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LayerLabel {
    layer: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct What {
    what: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reload {
    what: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lexicon {
    version: String,
}

/// The counts of one server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    calls_in_hand: Family<Method, Gauge>,
    call_seconds: Family<Method, Histogram, fn() -> Histogram>,
    articles: Family<What, Counter>,
    article_bytes: Histogram,
    article_seconds: Histogram,
    in_flight: Gauge,
    items: Family<LayerLabel, Counter>,
    shed: Family<What, Counter>,
    connections: Gauge,
    reloads: Family<Reload, Counter>,
    lexicon: Family<Lexicon, Gauge>,
}

/// From a quarter of a millisecond to eight seconds.
fn seconds() -> Histogram {
    Histogram::new((0..16).map(|power| 0.000_25 * f64::from(1 << power)))
}

/// From a quarter of a kilobyte to eight megabytes.
fn bytes() -> Histogram {
    Histogram::new((8..24).map(|power| f64::from(1 << power)))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("isnad"),
            calls: Family::default(),
            calls_in_hand: Family::default(),
            call_seconds: Family::new_with_constructor(seconds),
            articles: Family::default(),
            article_bytes: bytes(),
            article_seconds: seconds(),
            in_flight: Gauge::default(),
            items: Family::default(),
            shed: Family::default(),
            connections: Gauge::default(),
            reloads: Family::default(),
            lexicon: Family::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("build", "What serves", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        registry.register("lexicon", "The version of the lexicon in use is 1", metrics.lexicon.clone());
        registry.register("calls", "Calls that ended, by method and gRPC code", metrics.calls.clone());
        registry.register("calls_in_hand", "Calls that have not ended", metrics.calls_in_hand.clone());
        registry.register_with_unit(
            "call",
            "From the head of a call to the end of its answer",
            Unit::Seconds,
            metrics.call_seconds.clone(),
        );
        registry.register("articles", "Articles by what became of them: answered, refused", metrics.articles.clone());
        registry.register_with_unit("article", "The texts of articles", Unit::Bytes, metrics.article_bytes.clone());
        registry.register_with_unit(
            "article",
            "Reading an article, without waiting",
            Unit::Seconds,
            metrics.article_seconds.clone(),
        );
        registry.register("articles_in_flight", "Articles in hand", metrics.in_flight.clone());
        registry.register("items", "What was found, by layer", metrics.items.clone());
        registry.register("shed", "What was turned away because too much was in hand", metrics.shed.clone());
        registry.register("connections", "Connections that are open", metrics.connections.clone());
        registry.register("reloads", "Files that were read again, by what they hold", metrics.reloads.clone());
        registry.register_collector(Box::new(Process));
        // A series that is missing until the first fault cannot be alerted on.
        for what in ["articles", "calls", "streams", "connections"] {
            drop(metrics.shed.get_or_create(&What { what }));
        }
        for what in ["answered", "refused"] {
            drop(metrics.articles.get_or_create(&What { what }));
        }
        metrics
    }

    /// All counts, as Prometheus reads them.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail; half a page would be refused by who reads it.
        if prometheus_client::encoding::text::encode(&mut text, &self.registry).is_err() {
            text.clear();
            let _ = text.write_str("# EOF\n");
        }
        text
    }

    /// A call has come.
    pub(super) fn call_began(&self, method: &'static str) {
        self.calls_in_hand.get_or_create(&Method { method }).inc();
    }

    /// A call has ended with `code`.
    pub(super) fn call_ended(&self, method: &'static str, code: Code, took: Duration) {
        self.calls_in_hand.get_or_create(&Method { method }).dec();
        self.calls.get_or_create(&CallLabels { method, code: name(code) }).inc();
        self.call_seconds.get_or_create(&Method { method }).observe(took.as_secs_f64());
    }

    /// An article is in hand (1) or no more (-1).
    pub(super) fn in_flight(&self, change: i64) {
        self.in_flight.inc_by(change);
    }

    /// An article or text of `bytes` was read in `took`.
    pub(super) fn read(&self, bytes: usize, took: Duration) {
        self.article_bytes.observe(bytes as f64);
        self.article_seconds.observe(took.as_secs_f64());
    }

    /// An article got its answer, or none.
    pub(super) fn answered(&self, answer: Option<&ExtractResponse>) {
        let what = if answer.is_some() { "answered" } else { "refused" };
        self.articles.get_or_create(&What { what }).inc();
        let Some(answer) = answer else { return };
        for (layer, items) in [
            ("sentences", answer.sentences.len()),
            ("tokens", answer.tokens.len()),
            ("entities", answer.entities.len()),
            ("mentions", answer.mentions.len()),
            ("positions", answer.positions.len()),
            ("times", answer.times.len()),
            ("quantities", answer.quantities.len()),
            ("quotes", answer.quotes.len()),
            ("events", answer.events.len()),
        ] {
            if items > 0 {
                self.items.get_or_create(&LayerLabel { layer }).inc_by(items as u64);
            }
        }
    }

    /// One of `what` was turned away.
    pub(super) fn shed(&self, what: &'static str) {
        self.shed.get_or_create(&What { what }).inc();
    }

    /// A connection was opened (1) or closed (-1).
    pub(super) fn connections(&self, change: i64) {
        self.connections.inc_by(change);
    }

    /// The files behind `what` were read again.
    pub(super) fn reloaded(&self, what: &'static str, well: bool) {
        let outcome = if well { "done" } else { "failed" };
        self.reloads.get_or_create(&Reload { what, outcome }).inc();
    }

    /// The lexicon of this version answers from here on.
    pub(super) fn lexicon(&self, version: u64) {
        self.lexicon.clear();
        self.lexicon.get_or_create(&Lexicon { version: format!("{version:016x}") }).set(1);
    }
}

/// The code as the protocol's documents write it.
pub(super) fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

/// What the system says of this process, read when it is asked for.
#[derive(Debug)]
struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let Some(resident) = resident_bytes() else { return Ok(()) };
        let gauge = ConstGauge::new(resident);
        let encoder =
            encoder.encode_descriptor("resident_memory", "Memory in use", Some(&Unit::Bytes), gauge.metric_type())?;
        gauge.encode(encoder)
    }
}

/// The memory that this process holds, where the system tells (Linux).
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.split_whitespace().next()?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::super::proto::TimeExpression;
    use super::*;

    #[test]
    fn tells_what_was_counted() {
        let metrics = Metrics::new();
        metrics.lexicon(10);
        metrics.lexicon(11);
        metrics.call_began("Extract");
        metrics.call_ended("Extract", Code::InvalidArgument, Duration::from_millis(3));
        let times = vec![TimeExpression::default(); 2];
        metrics.answered(Some(&ExtractResponse { times, ..ExtractResponse::default() }));
        metrics.read(1000, Duration::from_micros(300));
        metrics.shed("calls");
        let text = metrics.text();
        for wanted in [
            "isnad_calls_total{method=\"Extract\",code=\"INVALID_ARGUMENT\"} 1",
            "isnad_calls_in_hand{method=\"Extract\"} 0",
            "isnad_call_seconds_bucket{le=\"0.004\",method=\"Extract\"} 1",
            "isnad_items_total{layer=\"times\"} 2",
            "isnad_article_bytes_bucket{le=\"1024.0\"} 1",
            "isnad_shed_total{what=\"calls\"} 1",
            "isnad_shed_total{what=\"articles\"} 0",
            "isnad_lexicon{version=\"000000000000000b\"} 1",
            "isnad_build_info{version=",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in\n{text}");
        }
        assert!(!text.contains("000000000000000a"));
        assert!(text.ends_with("# EOF\n"));
    }
}
