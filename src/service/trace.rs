//! Traces: the `traceparent` of W3C Trace Context, taken from the caller, handed back with this call's own place in it.
//!
//! The ids stand in every line of the log, so that a trace which others gather leads to it.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// The header that carries a trace.
pub(super) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// A call's place in a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trace {
    /// The trace, 32 hexadecimal digits.
    pub(super) id: String,
    /// This call, 16 hexadecimal digits.
    pub(super) span: String,
    /// The span of the caller's, 16 hexadecimal digits, where it sent one.
    #[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "only a collector asks for it"))]
    pub(super) parent: Option<String>,
    /// Whether the trace is gathered, two hexadecimal digits.
    pub(super) flags: String,
}

impl Trace {
    /// The place of a call with `headers`: a new span of the caller's trace, or of a new one.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let sent = headers.get(TRACEPARENT).and_then(|value| value.to_str().ok()).and_then(read);
        let span = hex(16);
        match sent {
            Some((id, parent, flags)) => {
                Self { id: id.to_owned(), span, parent: Some(parent.to_owned()), flags: flags.to_owned() }
            }
            None => Self { id: hex(32), span, parent: None, flags: "00".to_owned() },
        }
    }

    /// The header for the answer.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("00-{}-{}-{}", self.id, self.span, self.flags)).ok()
    }
}

/// The trace, the caller's span and the flags of a header, if it is a sound one. Later versions may have more behind.
fn read(header: &str) -> Option<(&str, &str, &str)> {
    let mut parts = header.split('-');
    let (version, id, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let set = |part: &str| part.bytes().any(|b| b != b'0');
    let sound =
        hex(version, 2) && version != "ff" && hex(id, 32) && set(id) && hex(span, 16) && set(span) && hex(flags, 2);
    (sound && (version != "00" || parts.next().is_none())).then_some((id, span, flags))
}

/// `digits` random hexadecimal digits, not all zero (a version 4 UUID never is, within its first 16 neither).
fn hex(digits: usize) -> String {
    let mut id = Uuid::new_v4().simple().to_string();
    id.truncate(digits);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Trace {
        let mut headers = HeaderMap::new();
        headers.insert(TRACEPARENT, header.parse().unwrap());
        Trace::of(&headers)
    }

    #[test]
    fn goes_on_with_the_trace_of_the_caller() {
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        for header in [format!("00-{id}-00f067aa0ba902b7-01"), format!("cc-{id}-00f067aa0ba902b7-01-what-comes-later")]
        {
            let trace = of(&header);
            assert_eq!((trace.id.as_str(), trace.flags.as_str()), (id, "01"));
            assert_ne!(trace.span, "00f067aa0ba902b7");
            let back = trace.header().unwrap();
            assert!(back.to_str().unwrap().starts_with(&format!("00-{id}-{}-", trace.span)));
        }
    }

    #[test]
    fn begins_one_where_there_is_none() {
        let id = "4bf92f3577b34da6a3ce929d0e0e4736";
        for odd in [
            String::new(),
            format!("00-{id}-00f067aa0ba902b7"),
            format!("ff-{id}-00f067aa0ba902b7-01"),
            format!("00-{id}-0000000000000000-01"),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-{}-00f067aa0ba902b7-01", id.to_uppercase()),
            format!("00-{id}-00f067aa0ba902b7-01-more"),
        ] {
            let trace = of(&odd);
            assert_ne!(trace.id, id, "{odd}");
            assert_eq!((trace.id.len(), trace.span.len()), (32, 16));
        }
    }
}
