//! Where spans go: batches of them to a collector of OpenTelemetry's, over its gRPC protocol.

use std::time::Duration;

use anyhow::Context;
use isnad::service::otlp::Ids;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tracing::warn;
use tracing_opentelemetry::OpenTelemetryLayer;

use super::Usage;

/// How long the last spans may take to get away when the process ends.
const FAREWELL: Duration = Duration::from_secs(3);

/// The variable that names a service to OpenTelemetry.
const SERVICE_NAME: &str = "OTEL_SERVICE_NAME";

/// The way to a collector.
#[derive(Debug)]
pub(super) struct Traces(SdkTracerProvider);

impl Traces {
    /// The way to the collector at `endpoint`, which need not be up yet. To be called on a runtime.
    ///
    /// Which traces are sampled, how large batches are and what else is told of this process are OpenTelemetry's own variables of the
    /// environment: `OTEL_TRACES_SAMPLER`, `OTEL_BSP_...`, `OTEL_RESOURCE_ATTRIBUTES`.
    pub(super) fn to(endpoint: &str) -> anyhow::Result<Self> {
        let url: Option<http::Uri> = endpoint.parse().ok();
        if url.is_none_or(|url| url.scheme_str() != Some("http") || url.authority().is_none()) {
            return Err(
                Usage(format!("--otlp-endpoint: {endpoint} is no http:// URL; write http://127.0.0.1:4317")).into()
            );
        }
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(endpoint).build();
        let exporter = exporter.with_context(|| format!("--otlp-endpoint: cannot send traces to {endpoint}"))?;
        let mut resource =
            Resource::builder().with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        if std::env::var_os(SERVICE_NAME).is_none() {
            resource = resource.with_service_name(env!("CARGO_PKG_NAME"));
        }
        let provider = SdkTracerProvider::builder()
            .with_id_generator(Ids::default())
            .with_resource(resource.build())
            .with_batch_exporter(exporter);
        Ok(Self(provider.build()))
    }

    /// What turns spans of the log into spans for the collector.
    pub(super) fn layer<S>(&self) -> OpenTelemetryLayer<S, SdkTracer>
    where
        S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            // Where a span began in the source, and on which thread, tells an operator nothing.
            .with_location(false)
            .with_threads(false)
    }

    /// Sends what is left.
    pub(super) fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(FAREWELL) {
            warn!(%error, "the last traces did not reach their collector");
        }
    }
}
