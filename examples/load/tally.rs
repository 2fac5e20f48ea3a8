//! What became of calls: how many ended with which code, and how long they took.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use tonic::Code;

/// Counts of calls, and how long those took that were answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    codes: BTreeMap<i32, u64>,
    took: Vec<Duration>,
}

impl Tally {
    /// A call ended.
    pub(crate) fn add(&mut self, code: Code, took: Duration) {
        *self.codes.entry(code as i32).or_default() += 1;
        if code == Code::Ok {
            self.took.push(took);
        }
    }

    /// Takes in the counts of another.
    pub(crate) fn join(&mut self, other: Self) {
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        self.took.extend(other.took);
    }

    /// How many calls ended with `code`.
    pub(crate) fn of(&self, code: Code) -> u64 {
        self.codes.get(&(code as i32)).copied().unwrap_or_default()
    }

    /// How long the given part of the answered calls took at most; the calls are put in order for it.
    pub(crate) fn within(&mut self, share: f64) -> Duration {
        self.took.sort_unstable();
        let last = self.took.len().saturating_sub(1);
        self.took.get((last as f64 * share) as usize).copied().unwrap_or_default()
    }

    /// Median, 90th, 99th percentile and maximum in milliseconds, as cells of a table.
    pub(crate) fn percentiles(&mut self) -> String {
        let cells = [0.5, 0.9, 0.99, 1.0].map(|share| milliseconds(self.within(share)));
        cells.join(" | ")
    }

    /// Fails where a call ended with a code that is not among `expected`.
    pub(crate) fn only(&self, expected: &[Code]) -> anyhow::Result<()> {
        let strange = self.codes.keys().any(|&code| !expected.contains(&Code::from_i32(code)));
        if strange { Err(anyhow::anyhow!("calls ended with {self}, expected only {expected:?}")) } else { Ok(()) }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.codes.iter().map(|(&code, count)| format!("{:?} {count}", Code::from_i32(code)));
        write!(f, "{}", told.collect::<Vec<_>>().join(", "))
    }
}

/// A duration in milliseconds, with two digits behind the point where it is short.
pub(crate) fn milliseconds(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1e3;
    if ms < 10.0 { format!("{ms:.2}") } else { format!("{ms:.0}") }
}
