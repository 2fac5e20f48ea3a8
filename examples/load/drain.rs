//! SIGTERM under load: every call that the server took is answered, every other is refused, and the process ends in time.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use isnad::service::proto::extract_client::ExtractClient;
use tonic::Code;
use tonic::transport::Channel;

use crate::levels::{code, news};
use crate::server::Server;
use crate::tally::Tally;

/// Callers one by one, and callers with streams of [`ARTICLES`].
const CALLERS: u64 = 64;
const STREAMS: u64 = 8;
const ARTICLES: u64 = 50;
/// How long the load lasts before the signal.
const BEFORE: Duration = Duration::from_secs(3);

/// Starts a server of its own, loads it and stops it.
pub(crate) async fn run(binary: &Path) -> anyhow::Result<()> {
    let mut server = Server::start(binary, &["--drain-delay", "1s", "--drain-timeout", "20s"])?;
    let mut callers = Vec::new();
    for number in 0..CALLERS + STREAMS {
        let client = server.client().await?;
        callers.push(tokio::spawn(async move {
            if number < CALLERS { one_by_one(client, number).await } else { in_streams(client).await }
        }));
    }
    tokio::time::sleep(BEFORE).await;
    server.terminate()?;
    let began = Instant::now();
    let (mut calls, mut answers) = (Tally::default(), 0);
    for caller in callers {
        let (own, articles) = caller.await?;
        calls.join(own);
        answers += articles;
    }
    let status = server.ended(Duration::from_secs(30))?;
    let took = began.elapsed();
    ensure!(status.success(), "the server ended with {status}");
    let log = server.calls()?;
    let of = |wanted: &str| log.iter().filter(|(_, code, _)| code == wanted).count() as u64;
    let articles: u64 =
        log.iter().filter(|(method, ..)| method == "ExtractStream").map(|(.., articles)| articles).sum();
    println!("The callers saw: {calls}; {answers} articles of streams answered.");
    println!(
        "The server tells: Ok {}, Unavailable {}, others {}; {articles} articles of streams.",
        of("Ok"),
        of("Unavailable"),
        log.len() as u64 - of("Ok") - of("Unavailable")
    );
    println!("It ended {:.1} s after SIGTERM (1 s of them --drain-delay), {status}.", took.as_secs_f64());
    ensure!(of("Ok") == calls.of(Code::Ok), "an answer was lost");
    ensure!(articles == answers, "an answer of a stream was lost");
    // `Cancelled` is this client's word for a call that it did not send because its connection had closed.
    calls.only(&[Code::Ok, Code::Unavailable, Code::Cancelled])
}

/// Asks until it is refused.
async fn one_by_one(mut client: ExtractClient<Channel>, number: u64) -> (Tally, u64) {
    let mut tally = Tally::default();
    loop {
        let began = Instant::now();
        let answer = client.extract(news(number)).await;
        tally.add(code(&answer), began.elapsed());
        if answer.is_err() {
            return (tally, 0);
        }
    }
}

/// Sends streams until one is refused; counts their answers.
async fn in_streams(mut client: ExtractClient<Channel>) -> (Tally, u64) {
    let (mut tally, mut answers) = (Tally::default(), 0);
    loop {
        let began = Instant::now();
        let outcome = async {
            let mut stream = client.extract_stream(tokio_stream::iter((0..ARTICLES).map(news))).await?.into_inner();
            while stream.message().await?.is_some() {
                answers += 1;
            }
            Ok::<_, tonic::Status>(())
        };
        let outcome = code(&outcome.await);
        tally.add(outcome, began.elapsed());
        if outcome != Code::Ok {
            return (tally, answers);
        }
    }
}
