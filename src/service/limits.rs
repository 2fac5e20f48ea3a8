//! What a server takes. All sizes in bytes of UTF-8.

/// The most a request may bring, and the most that is in hand at a time.
///
/// Memory is bounded by them. A call holds one message of [`Limits::max_message_bytes`] at most until its answer has gone out, a
/// stream [`Limits::max_stream_ahead`] of them, and each message may have its answer beside it; `docs/operations.md` has the
/// formula. What is beyond a limit is turned away before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest article, title included.
    pub max_text_bytes: usize,
    /// The most lexicon entries of one request.
    pub max_lexicon_entries: usize,
    /// The most articles in hand over all calls; a further `Extract` is turned away, a stream waits.
    pub max_in_flight: usize,
    /// The most articles of one stream taken in ahead of the answers read.
    pub max_stream_ahead: usize,
    /// The most calls at a time, over all connections; calls of health and reflection do not count.
    pub max_calls: usize,
    /// The most streams among them.
    pub max_streams: usize,
    /// The most connections at a time.
    pub max_connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_text_bytes: 1 << 20,
            max_lexicon_entries: 1_000,
            max_in_flight: 256,
            max_stream_ahead: 16,
            max_calls: 512,
            max_streams: 64,
            max_connections: 1024,
        }
    }
}

/// The most concurrent calls of one connection.
pub(crate) const MAX_STREAMS: u32 = 256;

/// The most bytes of headers of one call; a token and a trace take a few hundred.
pub(crate) const MAX_HEADER_BYTES: u32 = 16 << 10;

/// The longest single text of a request's own lexicon, in code points.
pub(crate) const MAX_ENTRY_CHARS: usize = 200;

/// The most violations named in one error: a client that sends a thousand wrong entries needs to hear of a few.
pub(crate) const MAX_VIOLATIONS: usize = 16;

impl Limits {
    /// The largest request message that is read off the wire. Well over the text limit, so that a text which is too long
    /// is told so by name, and, in a stream, in its place; beyond this the transport refuses unread.
    pub fn max_message_bytes(&self) -> usize {
        self.max_text_bytes.saturating_mul(4).clamp(4 << 20, u32::MAX as usize)
    }
}
