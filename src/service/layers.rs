//! What every call passes on its way in: its id, its place in a trace, its span in the log, its deadline, its token, its place among
//! the calls in hand; and on its way out the details that errors of the transport lack, and its count.

use std::any::Any;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};
use tonic::{Code, Status};
use tracing::field::Empty;
use tracing::{Instrument, Span, error, info_span};
use uuid::Uuid;

use super::auth::Tokens;
use super::desk::{Desk, InHand};
use super::limits::Limits;
use super::metrics::Metrics;
use super::status::{DOMAIN, Refusal};
use super::trace::{TRACEPARENT, Trace};

/// The header that names a call, coming and going.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken over from a caller.
const MAX_ID_LEN: usize = 128;

/// How much before the caller's deadline the answer is given up. tonic has a timer of its own for the same deadline, which
/// answers `CANCELLED`; so has the client. Being first is what makes it `DEADLINE_EXCEEDED`.
const MARGIN: Duration = Duration::from_millis(3);

/// When a call must be answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The deadline of a call, where it has one.
    pub(crate) fn of(extensions: &Extensions) -> Option<Instant> {
        extensions.get::<Self>().map(|deadline| deadline.0)
    }
}

/// The id of a call, for the errors that name it.
#[derive(Clone, Debug)]
struct Id(HeaderValue);

/// The id of a call; empty where it has none.
pub(crate) fn id(extensions: &Extensions) -> String {
    extensions.get::<Id>().and_then(|id| id.0.to_str().ok()).unwrap_or_default().to_owned()
}

/// What the layer needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    tokens: Tokens,
    desk: Arc<Desk>,
    calls: Arc<Semaphore>,
    streams: Arc<Semaphore>,
}

impl Gate {
    pub(crate) fn new(tokens: Tokens, desk: Arc<Desk>) -> Self {
        let calls = Arc::new(Semaphore::new(desk.limits().max_calls));
        let streams = Arc::new(Semaphore::new(desk.limits().max_streams));
        Self { tokens, desk, calls, streams }
    }

    /// Places for a call of `method`, before anything of its message is read. Describe needs none: a full server can still tell
    /// its limits.
    fn places(&self, method: &'static str) -> Result<Vec<OwnedSemaphorePermit>, Refusal> {
        let place = |places: &Arc<Semaphore>, what, limit| {
            Arc::clone(places).try_acquire_owned().map_err(|_| {
                self.desk.metrics().shed(what);
                Refusal::Full { what, limit }
            })
        };
        let mut taken = Vec::new();
        if method != "Describe" {
            taken.push(place(&self.calls, "calls", self.desk.limits().max_calls)?);
        }
        if method == "ExtractStream" {
            taken.push(place(&self.streams, "streams", self.desk.limits().max_streams)?);
        }
        Ok(taken)
    }
}

/// Passes a call on to the service, and its answer back.
pub(crate) async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let id = request_id(request.headers());
    let method = request.uri().path().strip_prefix('/').and_then(|path| path.strip_prefix(DOMAIN)?.strip_prefix('/'));
    let method = method.map(known);
    let ours = method.is_some();
    #[cfg_attr(not(feature = "otlp"), allow(unused_mut, reason = "a collector's sampler has a say in it"))]
    let mut trace = Trace::of(request.headers());
    let span = info_span!(
        "call",
        request_id = id.to_str().unwrap_or_default(),
        trace_id = trace.id,
        span_id = trace.span,
        method,
        otel.kind = Empty
    );
    #[cfg(feature = "otlp")]
    super::otlp::begin(&span, &mut trace);
    request.extensions_mut().insert(Id(id.clone()));
    let deadline =
        timeout(request.headers()).and_then(|timeout| Instant::now().checked_add(timeout.saturating_sub(MARGIN)));
    if let Some(deadline) = deadline {
        request.extensions_mut().insert(Deadline(deadline));
    }
    let mut count = method.map(|method| Count::new(&gate.desk, method, deadline, span.clone()));
    let answer = async {
        if let Some(count) = &mut count {
            let admitted = gate.tokens.check(request.headers()).and_then(|()| gate.places(count.method));
            match admitted {
                Ok(places) => count.places = places,
                Err(refusal) => return refuse(refusal),
            }
        }
        match deadline {
            // The timer would let work that is done at once pass.
            Some(deadline) if deadline <= Instant::now() => refuse(Refusal::DeadlineExceeded),
            Some(deadline) => {
                let late = |_| refuse(Refusal::DeadlineExceeded);
                timeout_at(deadline, next.run(request)).await.unwrap_or_else(late)
            }
            None => next.run(request).await,
        }
    };
    let mut response = answer.instrument(span).await;
    if ours {
        response = explain(response, *gate.desk.limits(), id.to_str().unwrap_or_default());
    }
    response.headers_mut().insert(REQUEST_ID, id);
    if let Some(traceparent) = trace.header() {
        response.headers_mut().insert(TRACEPARENT, traceparent);
    }
    match count {
        Some(count) => counted(response, count),
        None => response,
    }
}

/// A call while it is counted: from its head to the end of its answer, however it ends.
struct Count {
    metrics: Arc<Metrics>,
    _in_hand: InHand,
    method: &'static str,
    began: Instant,
    deadline: Option<Instant>,
    code: Option<Code>,
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "only a collector is told how it ended"))]
    span: Span,
    /// Its places among the calls in hand: an answer that nobody has taken yet is still in memory.
    places: Vec<OwnedSemaphorePermit>,
}

impl Count {
    fn new(desk: &Desk, method: &'static str, deadline: Option<Instant>, span: Span) -> Self {
        desk.metrics().call_began(method);
        let (metrics, began) = (Arc::clone(desk.metrics()), Instant::now());
        Self { metrics, _in_hand: desk.hold(), method, began, deadline, code: None, span, places: Vec::new() }
    }

    /// Takes the code from headers or trailers, where it is there.
    fn read(&mut self, headers: &HeaderMap) {
        let code = headers.get(Status::GRPC_STATUS);
        self.code = code.map(|code| Code::from_bytes(code.as_bytes())).or(self.code);
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        let late = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        let unanswered = if late { Code::DeadlineExceeded } else { Code::Cancelled };
        let code = self.code.unwrap_or(unanswered);
        self.metrics.call_ended(self.method, code, self.began.elapsed());
        #[cfg(feature = "otlp")]
        super::otlp::end(&self.span, self.method, code);
    }
}

/// `response`, counted when its body ends or is given up.
fn counted(response: Response, mut count: Count) -> Response {
    count.read(response.headers());
    response.map(|body| Body::new(Counted { body, count }))
}

/// A body that keeps its call in hand.
struct Counted {
    body: Body,
    count: Count,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(trailers) = frame.trailers_ref()
        {
            self.count.read(trailers);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The id of a call: the caller's, where it is a sensible one, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let sensible =
        |id: &&HeaderValue| (1..=MAX_ID_LEN).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic);
    if let Some(id) = headers.get(REQUEST_ID).filter(sensible) {
        return id.clone();
    }
    let mut buffer = Uuid::encode_buffer();
    let id = Uuid::new_v4().hyphenated().encode_lower(&mut buffer);
    HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("none"))
}

/// The methods by name; anything else a caller may write in a path does not go into the log.
fn known(method: &str) -> &'static str {
    ["Extract", "ExtractStream", "Normalize", "Describe"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("unknown")
}

/// The `grpc-timeout` of a call: at most eight digits and a unit. One that is malformed is none; tonic answers those.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let count: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_hours(count)),
        "M" => Some(Duration::from_mins(count)),
        "S" => Some(Duration::from_secs(count)),
        "m" => Some(Duration::from_millis(count)),
        "u" => Some(Duration::from_micros(count)),
        "n" => Some(Duration::from_nanos(count)),
        _ => None,
    }
}

fn refuse(refusal: Refusal) -> Response {
    Status::from(refusal).into_http::<Body>()
}

/// Gives an error that tonic made itself (a message too large, one that does not decode, no such method) the code and the
/// details of the contract. Errors of this service carry details already and pass as they are.
fn explain(response: Response, limits: Limits, id: &str) -> Response {
    let Some(status) = Status::from_header_map(response.headers()) else { return response };
    if status.code() == Code::Ok || !status.details().is_empty() {
        return response;
    }
    let refusal = Refusal::of_transport(status.code(), status.message(), limits.max_text_bytes);
    let mut told = refuse(refusal.in_call(id));
    // Which encodings are taken, for one: what tonic says beside the status stays.
    for (name, value) in response.headers() {
        if !told.headers().contains_key(name) {
            told.headers_mut().append(name, value.clone());
        }
    }
    told
}

/// The answer where a handler panics; without it the stream would be reset and the caller told nothing.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    error!("a handler panicked");
    // Without details: those are added where the call's id is known.
    Status::internal("").into_http::<Body>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn an_id_is_taken_over_or_made() {
        assert_eq!(request_id(&headers("x-request-id", "trace-7")), "trace-7");
        let long = "x".repeat(129);
        for odd in ["", "two words", long.as_str()] {
            let id = request_id(&headers("x-request-id", odd));
            assert!(Uuid::parse_str(id.to_str().unwrap()).is_ok(), "{odd:?} gave {id:?}");
        }
    }

    #[test]
    fn timeouts_are_read_as_grpc_writes_them() {
        let read = |value: &str| timeout(&headers("grpc-timeout", value));
        assert_eq!(read("150m"), Some(Duration::from_millis(150)));
        assert_eq!(read("2S"), Some(Duration::from_secs(2)));
        assert_eq!(read("99999999H"), Some(Duration::from_hours(99_999_999)));
        for odd in ["", "m", "5", "-5m", "+5m", "123456789m", "5x"] {
            assert_eq!(read(odd), None, "{odd:?}");
        }
    }
}
