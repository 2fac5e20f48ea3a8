//! What the fuzz targets share: how a text is changed so that it stays one that the engine finds something in, what must hold of
//! every extraction, and how the rest of an input is drawn from a text.

mod mutate;
#[path = "../../tests/soundness/mod.rs"]
pub mod soundness;

pub use mutate::{changed, mutate, words};

use isnad::extract::{Article, Layers};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The bytes of an input as text; what is no UTF-8 in it becomes U+FFFD, as with any caller that is careless.
pub fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// A number that goes with a text, so that one input says everything: FNV-1a.
pub fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// An article of `text`: when it came out, where, and whether its first line is its title follows from the text.
pub fn article(text: &str) -> Article<'_> {
    let mut rng = fastrand::Rng::with_seed(number(text));
    let publish_time = match rng.u8(..8) {
        0 => None,
        1 => Some(Timestamp::MIN),
        2 => Some(Timestamp::MAX),
        3 => Timestamp::from_second(rng.i64(Timestamp::MIN.as_second()..Timestamp::MAX.as_second())).ok(),
        _ => Timestamp::from_second(rng.i64(0..2_000_000_000)).ok(),
    };
    let zones = ["UTC", "Asia/Baghdad", "Africa/Casablanca", "America/New_York", "Pacific/Kiritimati"];
    let time_zone = rng.choice(zones).and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
    match text.split_once('\n') {
        Some((title, text)) if rng.u8(..4) == 0 => Article { text, title: Some(title), publish_time, time_zone },
        _ => Article { text, title: None, publish_time, time_zone },
    }
}

/// The layers one by one.
pub const LAYERS: [Layers; 6] =
    [Layers::DOCUMENT, Layers::SENTENCES, Layers::TOKENS, Layers::TIMES, Layers::QUANTITIES, Layers::EVENTS];
