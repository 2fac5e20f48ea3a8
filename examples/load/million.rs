//! A great many articles through one server: its memory after the last is what it was after the first ten thousand.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::ensure;
use fastrand::Rng;
use isnad::service::proto::extract_stream_response::Result as Answer;

use crate::articles::article;
use crate::levels::request;
use crate::server::Server;

const STREAMS: u64 = 4;
/// When memory is looked at for comparison.
const EARLY: u64 = 10_000;

/// How many articles have been answered.
static ANSWERED: AtomicU64 = AtomicU64::new(0);

/// Sends `articles` articles, tells of memory on the way.
pub(crate) async fn run(server: &Server, articles: u64) -> anyhow::Result<()> {
    println!("| articles | memory MiB | articles/s since the line before |");
    println!("|---|---|---|");
    let mut streams = Vec::new();
    for number in 0..STREAMS {
        let client = server.client().await?;
        let own = articles / STREAMS + u64::from(number < articles % STREAMS);
        streams.push(tokio::spawn(stream(client, number, own)));
    }
    let early = watch(server, articles).await;
    let mut bytes = 0;
    for stream in streams {
        bytes += stream.await??;
    }
    let late = server.memory();
    println!("| {articles} | {late:.1} | |");
    println!(
        "\n{:.0} MB of text; memory is {:.1} % of what it was after {EARLY}.",
        bytes as f64 / 1e6,
        late / early * 100.0
    );
    ensure!(late <= early * 1.1, "memory grew");
    Ok(())
}

/// Tells of memory at ten thousand articles, then at every tenth part of all; gives what it was at first.
async fn watch(server: &Server, articles: u64) -> f64 {
    let (mut early, mut next) = (None, EARLY.min(articles));
    let (mut began, mut before) = (Instant::now(), 0);
    while next < articles {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let answered = ANSWERED.load(Ordering::Relaxed);
        if answered >= next {
            let memory = server.memory();
            early.get_or_insert(memory);
            println!(
                "| {answered} | {memory:.1} | {:.0} |",
                (answered - before) as f64 / began.elapsed().as_secs_f64()
            );
            (began, before) = (Instant::now(), answered);
            next = (next / (articles / 10) + 1) * (articles / 10);
        }
    }
    early.unwrap_or_else(|| server.memory())
}

/// Sends `articles` articles of 200 to 800 bytes and reads their answers; gives the bytes sent.
async fn stream(
    mut client: isnad::service::proto::extract_client::ExtractClient<tonic::transport::Channel>,
    number: u64,
    articles: u64,
) -> anyhow::Result<u64> {
    let mut rng = Rng::with_seed(number);
    let requests = (0..articles).map(move |at| {
        let bytes = rng.usize(200..800);
        request(at.to_string(), article(&mut rng, bytes))
    });
    let mut answers = client.extract_stream(tokio_stream::iter(requests)).await?.into_inner();
    let (mut bytes, mut at) = (0, 0);
    while let Some(answer) = answers.message().await? {
        let Some(Answer::Response(answer)) = answer.result else { anyhow::bail!("an article was refused: {answer:?}") };
        ensure!(answer.document_id == at.to_string(), "{} stands where {at} should", answer.document_id);
        bytes +=
            answer.sentences.last().and_then(|sentence| sentence.span.as_ref()).map_or(0, |span| u64::from(span.end));
        at += 1;
        ANSWERED.fetch_add(1, Ordering::Relaxed);
    }
    ensure!(at == articles, "{at} of {articles} articles were answered");
    Ok(bytes)
}
