//! Calls as spans of OpenTelemetry: what ties a span that is exported to the `traceparent` that came with its call and to the ids in
//! the log. Behind the feature `otlp`; who exports, and where to, is the command line's.

use std::cell::Cell;

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, Status, TraceContextExt, TraceFlags, TraceId, TraceState};
use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator};
use tonic::Code;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::status::DOMAIN;
use super::trace::Trace;

thread_local! {
    /// The ids of the span that is begun next on this thread.
    static NEXT: Cell<Option<(TraceId, SpanId)>> = const { Cell::new(None) };
}

/// Gives a call's span the ids that the log and the answer tell of it, and other spans new ones.
#[derive(Clone, Debug, Default)]
pub struct Ids(RandomIdGenerator);

impl IdGenerator for Ids {
    fn new_trace_id(&self) -> TraceId {
        NEXT.get().map_or_else(|| self.0.new_trace_id(), |(trace, _)| trace)
    }

    fn new_span_id(&self) -> SpanId {
        NEXT.get().map_or_else(|| self.0.new_span_id(), |(_, span)| span)
    }
}

/// Begins the span of a call in its place in the caller's trace, or as the first of a new one; whether it is exported goes on with the
/// answer.
pub(super) fn begin(span: &Span, trace: &mut Trace) {
    let (Ok(id), Ok(own)) = (TraceId::from_hex(&trace.id), SpanId::from_hex(&trace.span)) else { return };
    if let Some(parent) = trace.parent.as_deref().and_then(|parent| SpanId::from_hex(parent).ok()) {
        let flags = TraceFlags::new(u8::from_str_radix(&trace.flags, 16).unwrap_or_default());
        let remote = SpanContext::new(id, parent, flags, true, TraceState::NONE);
        // Without a collector there is no span to hang on.
        if span.set_parent(Context::new().with_remote_span_context(remote)).is_err() {
            return;
        }
    }
    span.record("otel.kind", "server");
    NEXT.set(Some((id, own)));
    // To ask for the context begins the span.
    let context = span.context();
    NEXT.set(None);
    let begun = context.span().span_context().clone();
    if begun.is_valid() {
        trace.flags = format!("{:02x}", begun.trace_flags().to_u8());
    }
}

/// What becomes of a call, by OpenTelemetry's conventions for gRPC servers: faults that are the server's make its span one of an error.
pub(super) fn end(span: &Span, method: &'static str, code: Code) {
    span.set_attribute("rpc.system", "grpc");
    span.set_attribute("rpc.service", DOMAIN);
    span.set_attribute("rpc.method", method);
    span.set_attribute("rpc.grpc.status_code", i64::from(code as i32));
    let own =
        [Code::Unknown, Code::DeadlineExceeded, Code::Unimplemented, Code::Internal, Code::Unavailable, Code::DataLoss];
    if own.contains(&code) {
        span.set_status(Status::error(format!("{code:?}")));
    }
}
