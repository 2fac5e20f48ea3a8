//! What the server has in hand: how many articles at a time, on which threads, and whether it still takes more.
//!
//! Short work runs where it is, on the runtime's own threads: handing it over would cost more than the work. Long work goes
//! to the blocking pool, at most one piece a core, so that the runtime keeps answering health checks meanwhile. A permit
//! travels with the work: where the caller goes away, its place stays taken until its work has really ended.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, timeout};
use tonic::Code;
use tracing::{Span, debug_span, info};

use super::limits::Limits;
use super::metrics::Metrics;
use super::reader::Reader;
use super::status::Refusal;
use crate::extract::Stop;

/// Texts up to this many bytes are read where they are: under a millisecond of work.
const SHORT_BYTES: usize = 16 << 10;

/// How far a server is in stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Open,
    /// New calls are refused, those in hand go on.
    Draining,
    /// Streams in hand end with an error.
    Halting,
}

/// What the calls of one server share.
#[derive(Debug)]
pub(crate) struct Desk {
    limits: Limits,
    metrics: Arc<Metrics>,
    reader: watch::Sender<Option<Reader>>,
    in_flight: Arc<Semaphore>,
    /// The places that streams may take: three in four, so that those who wait in streams never lock out single calls.
    streamed: Arc<Semaphore>,
    long: Arc<Semaphore>,
    short: Semaphore,
    phase: watch::Sender<Phase>,
    calls: watch::Sender<usize>,
}

impl Desk {
    pub(crate) fn new(limits: Limits) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            limits,
            metrics: Arc::new(Metrics::new()),
            reader: watch::Sender::new(None),
            in_flight: Arc::new(Semaphore::new(limits.max_in_flight)),
            streamed: Arc::new(Semaphore::new((limits.max_in_flight - limits.max_in_flight / 4).max(1))),
            long: Arc::new(Semaphore::new(cores)),
            short: Semaphore::new(cores),
            phase: watch::Sender::new(Phase::Open),
            calls: watch::Sender::new(0),
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The counts.
    pub(crate) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// The engine is loaded: calls that wait for it go on.
    pub(crate) fn open(&self, reader: Reader) {
        self.metrics.lexicon(reader.lexicon_version());
        self.reader.send_replace(Some(reader));
    }

    /// Refuses new calls from here on.
    pub(crate) fn drain(&self) {
        self.phase.send_replace(Phase::Draining);
    }

    /// Ends the streams that are still in hand.
    pub(crate) fn halt(&self) {
        self.phase.send_replace(Phase::Halting);
    }

    /// Waits until no call is in hand and for `quiet` none has come: what callers sent before they heard that the server stops may
    /// still be on its way in.
    pub(crate) async fn idle(&self, quiet: Duration) {
        let mut calls = self.calls.subscribe();
        loop {
            // The sender lives in `self`, so waiting cannot fail.
            let _ = calls.wait_for(|&calls| calls == 0).await;
            if timeout(quiet, calls.changed()).await.is_err() {
                return;
            }
        }
    }

    /// Whether any call is in hand.
    pub(crate) fn is_busy(&self) -> bool {
        *self.calls.borrow() > 0
    }

    /// Counts a call as in hand until what is given is dropped.
    pub(crate) fn hold(&self) -> InHand {
        self.calls.send_modify(|calls| *calls += 1);
        InHand(self.calls.clone())
    }

    /// Waits until the streams in hand must end.
    pub(crate) fn halted(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut phase = self.phase.subscribe();
        async move {
            let _ = phase.wait_for(|&phase| phase == Phase::Halting).await;
        }
    }

    /// Takes up a call; it is in hand until the [`Call`] is dropped.
    pub(crate) fn begin(&self, deadline: Option<Instant>) -> Call {
        Call {
            _in_hand: self.hold(),
            span: Span::current(),
            began: Instant::now(),
            deadline,
            code: None,
            articles: 0,
            refused: 0,
            bytes: 0,
        }
    }

    /// Whether new calls are taken.
    ///
    /// # Errors
    /// [`Refusal::ShuttingDown`].
    pub(crate) fn check_open(&self) -> Result<(), Refusal> {
        if *self.phase.borrow() == Phase::Open { Ok(()) } else { Err(Refusal::ShuttingDown) }
    }

    /// A place for one article, now or not at all.
    ///
    /// # Errors
    /// [`Refusal::Overloaded`].
    pub(crate) fn try_place(&self) -> Result<Place, Refusal> {
        let full = |_| {
            self.metrics.shed("articles");
            Refusal::Overloaded { limit: self.limits.max_in_flight }
        };
        let permit = Arc::clone(&self.in_flight).try_acquire_owned().map_err(full)?;
        Ok(Place::new(&self.metrics, permit, None))
    }

    /// A place for one article of a stream, as soon as there is one.
    ///
    /// # Errors
    /// None in practice: the semaphore is never closed.
    pub(crate) async fn place(&self) -> Result<Place, Refusal> {
        let streamed = Arc::clone(&self.streamed).acquire_owned().await.map_err(|_| Refusal::Internal)?;
        let permit = Arc::clone(&self.in_flight).acquire_owned().await.map_err(|_| Refusal::Internal)?;
        Ok(Place::new(&self.metrics, permit, Some(streamed)))
    }

    /// The engine, as soon as it is loaded.
    ///
    /// # Errors
    /// None in practice: the sender lives in `self`.
    pub(crate) async fn reader(&self) -> Result<Reader, Refusal> {
        // Nearly always it is: then there is no need to wait.
        if let Some(reader) = &*self.reader.borrow() {
            return Ok(reader.clone());
        }
        let reader = self.reader.subscribe().wait_for(Option::is_some).await.map_err(|_| Refusal::Internal)?.clone();
        reader.ok_or(Refusal::Internal)
    }

    /// Does `work` on a text of `bytes`, in a place taken before. Where the future is given up, by a deadline or by a caller who
    /// went away, the work is asked to stop.
    ///
    /// # Errors
    /// What `work` says; [`Refusal::Internal`] should it panic.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        place: Place,
        bytes: usize,
        work: impl FnOnce(&Reader, Stop<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let reader = self.reader().await?;
        // The engine is made not to panic. Should it, one article gets an error and the server lives on; the reader holds
        // no state that could be left half changed.
        let given_up = GivenUp::default();
        let (stop, metrics) = (Arc::clone(&given_up.0), Arc::clone(&self.metrics));
        // Not in the log unless it is asked for: a stream would fill it.
        // Signed, which is a number to OpenTelemetry; others it would send as text.
        let span = debug_span!("read", bytes = bytes as i64);
        let work = move || {
            let began = Instant::now();
            let work = AssertUnwindSafe(|| span.in_scope(|| work(&reader, Stop::when(&stop))));
            let done = catch_unwind(work).unwrap_or(Err(Refusal::Internal));
            metrics.read(bytes, began.elapsed());
            drop(place);
            done
        };
        if bytes <= SHORT_BYTES {
            // One piece of work a thread, the others parked, and whoever else waits on the thread goes first: so calls that come while
            // others are read take a place or are turned away at once, instead of queueing where no limit counts them.
            let _turn = self.short.acquire().await.map_err(|_| Refusal::Internal)?;
            tokio::task::yield_now().await;
            return work();
        }
        let core = Arc::clone(&self.long).acquire_owned().await.map_err(|_| Refusal::Internal)?;
        let work = move || {
            let done = work();
            drop(core);
            done
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(Refusal::Internal))
    }
}

/// A place for one article; free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    metrics: Arc<Metrics>,
    _permit: OwnedSemaphorePermit,
    _streamed: Option<OwnedSemaphorePermit>,
}

impl Place {
    fn new(metrics: &Arc<Metrics>, permit: OwnedSemaphorePermit, streamed: Option<OwnedSemaphorePermit>) -> Self {
        metrics.in_flight(1);
        Self { metrics: Arc::clone(metrics), _permit: permit, _streamed: streamed }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.metrics.in_flight(-1);
    }
}

/// Says when it is dropped that nobody waits any more.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One of the calls in hand, for as long as it lives.
#[derive(Debug)]
pub(crate) struct InHand(watch::Sender<usize>);

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.send_modify(|calls| *calls = calls.saturating_sub(1));
    }
}

/// A call in hand. Tells the log how it ended when it is dropped; never what was in it.
#[derive(Debug)]
pub(crate) struct Call {
    _in_hand: InHand,
    span: Span,
    began: Instant,
    deadline: Option<Instant>,
    code: Option<Code>,
    /// Articles answered, errors included.
    pub(crate) articles: u64,
    /// Articles of a stream answered with an error.
    pub(crate) refused: u64,
    /// Bytes of text taken in.
    pub(crate) bytes: u64,
}

impl Call {
    /// The call has its answer.
    pub(crate) fn end(&mut self, code: Code) {
        self.code = Some(code);
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let late = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        let unanswered = if late { Code::DeadlineExceeded } else { Code::Cancelled };
        let code = self.code.unwrap_or(unanswered);
        let took: Duration = self.began.elapsed();
        self.span.in_scope(|| {
            info!(
                code = ?code,
                ms = took.as_micros() as f64 / 1e3,
                articles = self.articles,
                refused = self.refused,
                bytes = self.bytes,
                "call ended"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn run(desk: &Desk, bytes: usize) -> Result<u8, Refusal> {
        desk.run(desk.place().await?, bytes, |_, _| panic!("on purpose")).await
    }

    #[tokio::test]
    async fn a_panic_costs_one_article_and_no_place() {
        let limits = Limits { max_in_flight: 1, ..Limits::default() };
        let desk = Desk::new(limits);
        desk.open(Reader::new(limits));
        for bytes in [1, SHORT_BYTES + 1] {
            assert_eq!(run(&desk, bytes).await, Err(Refusal::Internal));
        }
        let place = desk.try_place().unwrap();
        assert_eq!(desk.try_place().err(), Some(Refusal::Overloaded { limit: 1 }));
        assert_eq!(desk.run(place, 1, |_, _| Ok(7)).await, Ok(7));
    }

    #[tokio::test]
    async fn streams_leave_places_for_single_calls() {
        let limits = Limits { max_in_flight: 4, ..Limits::default() };
        let desk = Desk::new(limits);
        let mut held = Vec::new();
        while let Ok(place) = timeout(Duration::from_millis(10), desk.place()).await {
            held.push(place.unwrap());
        }
        assert_eq!(held.len(), 3);
        let _single = desk.try_place().unwrap();
        assert!(desk.try_place().is_err());
    }

    #[tokio::test]
    async fn calls_are_counted_until_they_end() {
        let desk = Arc::new(Desk::new(Limits::default()));
        let call = desk.begin(None);
        desk.drain();
        assert_eq!(desk.check_open(), Err(Refusal::ShuttingDown));
        tokio::select! {
            biased;
            () = desk.idle(Duration::ZERO) => panic!("a call is in hand"),
            () = tokio::task::yield_now() => {}
        }
        // Its answer is on its way out: it is in hand until that is done.
        let answer = desk.hold();
        drop(call);
        assert!(timeout(Duration::from_millis(10), desk.idle(Duration::ZERO)).await.is_err());
        drop(answer);
        desk.idle(Duration::from_millis(10)).await;
    }
}
