//! So many calls in flight, each caller asking again as soon as it has its answer: how fast, how late, at what cost.

use std::time::{Duration, Instant};

use fastrand::Rng;
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::{Document, ExtractRequest};
use tonic::transport::Channel;
use tonic::{Code, Status};

use crate::articles::article;
use crate::server::Server;
use crate::tally::Tally;

/// How long news are, in bytes.
const NEWS: usize = 6_000;
/// Articles that the callers take turns with.
const ARTICLES: usize = 512;
/// Calls in flight at a time; the server takes 512 calls and 256 articles.
const LEVELS: [usize; 5] = [1, 8, 64, 512, 2048];
/// What an overloaded server asks for before the next attempt.
const PAUSE: Duration = Duration::from_millis(50);

/// Runs all levels, each for `time`.
pub(crate) async fn run(server: &Server, time: Duration) -> anyhow::Result<()> {
    println!("| in flight | calls/s | p50 ms | p90 ms | p99 ms | max ms | server CPU ms/call | memory MiB | codes |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for level in LEVELS {
        let before = server.processor();
        let began = Instant::now();
        let mut tally = calls(server, level, time).await?;
        let took = began.elapsed();
        tally.only(&[Code::Ok, Code::Unavailable])?;
        let answered = tally.of(Code::Ok) as f64;
        println!(
            "| {level} | {:.0} | {} | {:.2} | {:.0} | {tally} |",
            answered / took.as_secs_f64(),
            tally.percentiles(),
            server.processor().saturating_sub(before).as_secs_f64() * 1e3 / answered,
            server.memory(),
        );
    }
    Ok(())
}

/// `level` callers for `time`, at most 64 to a connection.
async fn calls(server: &Server, level: usize, time: Duration) -> anyhow::Result<Tally> {
    let mut clients = Vec::new();
    for _ in 0..level.div_ceil(64) {
        clients.push(server.client().await?);
    }
    let end = Instant::now() + time;
    let callers: Vec<_> = (0..level)
        .map(|number| tokio::spawn(caller(clients[number % clients.len()].clone(), number as u64, end)))
        .collect();
    let mut all = Tally::default();
    for caller in callers {
        all.join(caller.await??);
    }
    Ok(all)
}

async fn caller(mut client: ExtractClient<Channel>, number: u64, end: Instant) -> anyhow::Result<Tally> {
    let mut rng = Rng::with_seed(number);
    let mut tally = Tally::default();
    while Instant::now() < end {
        let request = news(rng.usize(..ARTICLES) as u64);
        let began = Instant::now();
        let answer = client.extract(request).await;
        tally.add(code(&answer), began.elapsed());
        if answer.is_err() {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(tally)
}

/// The code of an answer.
pub(crate) fn code<T>(answer: &Result<T, Status>) -> Code {
    answer.as_ref().map_or_else(Status::code, |_| Code::Ok)
}

/// Article `number`, of the length of news.
pub(crate) fn news(number: u64) -> ExtractRequest {
    request(format!("news-{number}"), article(&mut Rng::with_seed(number), NEWS))
}

/// A request with an article of `text`.
pub(crate) fn request(id: String, text: String) -> ExtractRequest {
    ExtractRequest { document: Some(Document { id, text, ..Document::default() }), ..ExtractRequest::default() }
}
