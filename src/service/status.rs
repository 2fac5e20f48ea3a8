//! The one place where what went wrong becomes what the caller reads: a gRPC status with `google.rpc` details, or an
//! [`ArticleError`] inside a stream or a line of JSON. The two always say the same.
//!
//! Every error carries an `ErrorInfo`; a faulty request a `BadRequest`; one that is worth trying again a `RetryInfo`.

use std::collections::BTreeMap;
use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::proto::{ArticleError, FieldViolation};

/// The `domain` of every `ErrorInfo`.
pub const DOMAIN: &str = "isnad.v1.Extract";

/// How long a client should wait before it tries an overloaded server again.
const OVERLOAD_DELAY: Duration = Duration::from_millis(200);

/// How long a client should wait before it tries a stopping server's address again.
const SHUTDOWN_DELAY: Duration = Duration::from_secs(1);

/// Why a request is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Fields of the request are at fault; at least one is named.
    Invalid(Vec<Violation>),
    /// A text is over the limit; sizes in bytes.
    TooLong {
        /// The field that is too long.
        field: &'static str,
        /// How long it is.
        size: usize,
        /// How long it may be.
        limit: usize,
    },
    /// The message could not be read at all.
    Malformed(String),
    /// No token, or a wrong one, where the server asks for one.
    Unauthenticated,
    /// As many articles are in hand as the server takes.
    Overloaded {
        /// How many that is.
        limit: usize,
    },
    /// The caller's deadline passed.
    DeadlineExceeded,
    /// The server is stopping.
    ShuttingDown,
    /// There is no such method, or no such encoding of messages; says which.
    Unimplemented(String),
    /// A fault of the server's own.
    Internal,
    /// The same, in the call of this id: what to look for in the log.
    InternalIn(String),
    /// As many calls are in hand as the server takes.
    Full {
        /// Calls of what kind: `calls`, `streams`.
        what: &'static str,
        /// How many that is.
        limit: usize,
    },
}

/// A field at fault and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The path of the field as in the proto file: `options.lexicon[3].type`.
    pub field: String,
    /// What would be right.
    pub description: String,
}

impl Violation {
    /// `field` is at fault: `description` says what would be right.
    pub fn new(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self { field: field.into(), description: description.into() }
    }
}

impl Refusal {
    /// One field at fault.
    pub fn field(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation::new(field, description)])
    }

    /// The status code.
    pub fn code(&self) -> Code {
        match self {
            Self::Invalid(_) | Self::TooLong { .. } | Self::Malformed(_) => Code::InvalidArgument,
            Self::Unauthenticated => Code::Unauthenticated,
            Self::Overloaded { .. } | Self::Full { .. } | Self::ShuttingDown => Code::Unavailable,
            Self::DeadlineExceeded => Code::DeadlineExceeded,
            Self::Unimplemented(_) => Code::Unimplemented,
            Self::Internal | Self::InternalIn(_) => Code::Internal,
        }
    }

    /// The reason, for programs.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "INVALID_REQUEST",
            Self::TooLong { .. } => "TEXT_TOO_LONG",
            Self::Malformed(_) => "MALFORMED_REQUEST",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Overloaded { .. } | Self::Full { .. } => "OVERLOADED",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::ShuttingDown => "SHUTTING_DOWN",
            Self::Unimplemented(_) => "UNIMPLEMENTED",
            Self::Internal | Self::InternalIn(_) => "INTERNAL",
        }
    }

    /// The sentence, for people.
    pub fn message(&self) -> String {
        match self {
            Self::Invalid(violations) => {
                let told: Vec<_> = violations.iter().map(|v| format!("{} {}", v.field, v.description)).collect();
                told.join("; ")
            }
            Self::TooLong { field, size, limit } => format!("{field} is {size} bytes long, the limit is {limit}"),
            Self::Malformed(why) => format!("the request could not be read: {why}"),
            Self::Unauthenticated => {
                "this server asks for a token: send it as metadata `authorization: Bearer TOKEN`".into()
            }
            Self::Overloaded { limit } => {
                format!("{limit} articles are in hand, which is all this server takes; try again")
            }
            Self::DeadlineExceeded => "the caller's deadline passed before the answer was ready".into(),
            Self::ShuttingDown => "this server is stopping; try another, or again".into(),
            Self::Unimplemented(why) if !why.is_empty() => why.clone(),
            Self::Unimplemented(_) => "there is no such method; see isnad.v1.Extract by reflection".into(),
            Self::Internal => "a fault of the server; please report it with the request id".into(),
            Self::InternalIn(id) => format!("a fault of the server; please report it with the request id {id}"),
            Self::Full { what, limit } => {
                format!("{limit} {what} are in hand, which is all this server takes; try again")
            }
        }
    }

    /// The same, of the call with this id: a fault of the server's own names it.
    #[must_use]
    pub fn in_call(self, id: &str) -> Self {
        match self {
            Self::Internal if !id.is_empty() => Self::InternalIn(id.to_owned()),
            other => other,
        }
    }

    /// How long to wait before trying again; nothing where that would not help.
    pub fn retry_delay(&self) -> Option<Duration> {
        match self {
            Self::Overloaded { .. } | Self::Full { .. } => Some(OVERLOAD_DELAY),
            Self::ShuttingDown => Some(SHUTDOWN_DELAY),
            _ => None,
        }
    }

    fn violations(&self) -> Vec<Violation> {
        match self {
            Self::Invalid(violations) => violations.clone(),
            Self::TooLong { field, size, limit } => {
                vec![Violation::new(*field, format!("is {size} bytes long, must be at most {limit}"))]
            }
            _ => Vec::new(),
        }
    }

    fn metadata(&self) -> BTreeMap<String, String> {
        let mut figures = BTreeMap::new();
        match self {
            Self::TooLong { size, limit, .. } => {
                figures.insert("size".into(), size.to_string());
                figures.insert("limit".into(), limit.to_string());
            }
            Self::Overloaded { limit } | Self::Full { limit, .. } => {
                figures.insert("limit".into(), limit.to_string());
            }
            Self::InternalIn(id) => {
                figures.insert("request_id".into(), id.clone());
            }
            _ => {}
        }
        figures
    }

    /// The same as data: for an article's place in a stream, and for a line of JSON.
    pub fn article_error(&self, document_id: &str) -> ArticleError {
        ArticleError {
            code: self.code() as i32,
            message: self.message(),
            reason: self.reason().into(),
            document_id: document_id.into(),
            field_violations: self
                .violations()
                .into_iter()
                .map(|v| FieldViolation { field: v.field, description: v.description })
                .collect(),
            metadata: self.metadata(),
            retry_delay: self.retry_delay().map(|delay| pbjson_types::Duration {
                seconds: delay.as_secs() as i64,
                nanos: delay.subsec_nanos() as i32,
            }),
        }
    }

    /// What tonic itself answers, in this service's terms. tonic refuses a message over the size limit with
    /// `OUT_OF_RANGE` (`RESOURCE_EXHAUSTED` once unpacked) and one that does not unpack or decode with `INTERNAL`; all of these are the
    /// caller's to mend. Nothing in this service answers with those two codes itself.
    pub(crate) fn of_transport(code: Code, message: &str, limit: usize) -> Self {
        match code {
            Code::OutOfRange | Code::ResourceExhausted => {
                let size = message
                    .split_ascii_whitespace()
                    .find_map(|word| word.parse().ok())
                    .unwrap_or_else(|| limit.saturating_add(1));
                Self::TooLong { field: "document.text", size, limit }
            }
            Code::Internal if message.contains("decode") || message.contains("decompress") => {
                Self::Malformed(message.into())
            }
            Code::InvalidArgument => Self::Malformed(message.into()),
            Code::Unimplemented => Self::Unimplemented(message.into()),
            Code::Cancelled | Code::DeadlineExceeded if message.contains("Timeout") => Self::DeadlineExceeded,
            _ => Self::Internal,
        }
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut details = ErrorDetails::new();
        #[expect(clippy::disallowed_types, reason = "tonic-types takes no other map; its order shows nowhere")]
        let metadata: std::collections::HashMap<_, _> = refusal.metadata().into_iter().collect();
        details.set_error_info(refusal.reason(), DOMAIN, metadata);
        let violations = refusal.violations();
        if !violations.is_empty() {
            let violations: Vec<_> =
                violations.into_iter().map(|v| tonic_types::FieldViolation::new(v.field, v.description)).collect();
            details.set_bad_request(violations);
        }
        if let Some(delay) = refusal.retry_delay() {
            details.set_retry_info(Some(delay));
        }
        Status::with_error_details(refusal.code(), refusal.message(), details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_and_an_article_error_say_the_same() {
        let all = [
            Refusal::field("document.text", "must not be empty"),
            Refusal::TooLong { field: "document.text", size: 20, limit: 10 },
            Refusal::Malformed("no UTF-8".into()),
            Refusal::Unauthenticated,
            Refusal::Overloaded { limit: 3 },
            Refusal::DeadlineExceeded,
            Refusal::ShuttingDown,
            Refusal::Unimplemented(String::new()),
            Refusal::Internal,
            Refusal::Internal.in_call("trace-7"),
            Refusal::Full { what: "streams", limit: 3 },
        ];
        for refusal in all {
            let data = refusal.article_error("a1");
            let status = Status::from(refusal.clone());
            let details = status.get_error_details();
            let info = details.error_info().expect("an ErrorInfo on every error");
            assert_eq!((info.reason.as_str(), info.domain.as_str()), (data.reason.as_str(), DOMAIN));
            assert_eq!(status.code() as i32, data.code);
            assert_eq!(status.message(), data.message);
            assert_eq!(details.retry_info().is_some(), data.retry_delay.is_some());
            // AIP-194: only UNAVAILABLE is to be tried again.
            assert_eq!(data.retry_delay.is_some(), status.code() == Code::Unavailable);
            let named = details.bad_request().map_or(0, |b| b.field_violations.len());
            assert_eq!(named, data.field_violations.len());
            assert!(info.metadata.len() == data.metadata.len());
        }
    }

    #[test]
    fn what_does_not_unpack_is_the_callers_to_mend() {
        let message = "Error decompressing: Frame requires too much memory for decoding";
        assert_eq!(Refusal::of_transport(Code::Internal, message, 1 << 20).code(), Code::InvalidArgument);
        assert_eq!(Refusal::of_transport(Code::Internal, "h2 protocol error", 1 << 20), Refusal::Internal);
    }

    #[test]
    fn a_transport_refusal_names_the_text() {
        let refusal = Refusal::of_transport(
            Code::OutOfRange,
            "Error, decoded message length too large: found 5000000 bytes, the limit is: 4194304 bytes",
            1 << 20,
        );
        assert_eq!(refusal, Refusal::TooLong { field: "document.text", size: 5_000_000, limit: 1 << 20 });
        assert_eq!(refusal.code(), Code::InvalidArgument);
    }
}
