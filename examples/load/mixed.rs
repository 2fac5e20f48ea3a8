//! Everything at once: short and long articles up to the limit and past it, alone and in streams, in each unit, packed and not.

use std::time::{Duration, Instant};

use anyhow::ensure;
use fastrand::Rng;
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::extract_stream_response::Result as Answer;
use isnad::service::proto::{ExtractRequest, NormalizeRequest};
use tonic::Code;
use tonic::codec::CompressionEncoding;
use tonic::transport::Channel;

use crate::articles::article;
use crate::levels::{code, request};
use crate::server::Server;
use crate::tally::Tally;

const CALLERS: u64 = 64;
/// The lengths of articles, with how often each comes.
const SIZES: [(usize, u32); 7] =
    [(200, 20), (2_000, 30), (6_000, 30), (20_000, 12), (100_000, 4), (1 << 20, 2), ((1 << 20) + 1, 2)];
/// The longest article that the server takes.
const LONGEST: usize = 1 << 20;

/// Runs all callers for `time`.
pub(crate) async fn run(server: &Server, time: Duration) -> anyhow::Result<()> {
    let end = Instant::now() + time;
    let mut callers = Vec::new();
    for number in 0..CALLERS {
        let client = server.client().await?;
        let client = match number % 3 {
            0 => packed(client, CompressionEncoding::Gzip),
            1 => packed(client, CompressionEncoding::Zstd),
            _ => client,
        };
        callers.push(tokio::spawn(caller(client, number, end)));
    }
    let mut by_size = vec![Tally::default(); SIZES.len()];
    let mut streams = Tally::default();
    for caller in callers {
        let (sizes, own) = caller.await??;
        by_size.iter_mut().zip(sizes).for_each(|(all, own)| all.join(own));
        streams.join(own);
    }
    println!("| article bytes | p50 ms | p90 ms | p99 ms | max ms | codes |");
    println!("|---|---|---|---|---|---|");
    for ((size, _), mut tally) in SIZES.into_iter().zip(by_size) {
        let refused = if size > LONGEST { [Code::InvalidArgument] } else { [Code::Ok] };
        tally.only(&[&refused[..], &[Code::Unavailable]].concat())?;
        println!("| {size} | {} | {tally} |", tally.percentiles());
    }
    streams.only(&[Code::Ok, Code::Unavailable])?;
    println!("| streams of 8 | {} | {streams} |", streams.percentiles());
    println!("\nMemory {:.0} MiB, at most {:.0} MiB.", server.memory(), server.peak());
    Ok(())
}

fn packed(client: ExtractClient<Channel>, encoding: CompressionEncoding) -> ExtractClient<Channel> {
    client.send_compressed(encoding).accept_compressed(encoding)
}

/// Asks until `end`; gives the outcomes by size, and those of whole streams.
async fn caller(mut client: ExtractClient<Channel>, number: u64, end: Instant) -> anyhow::Result<(Vec<Tally>, Tally)> {
    let mut rng = Rng::with_seed(number);
    let mut sizes = vec![Tally::default(); SIZES.len()];
    let mut streams = Tally::default();
    while Instant::now() < end {
        let began = Instant::now();
        if rng.u8(..16) == 0 {
            let outcome = stream(&mut client, &mut rng).await?;
            streams.add(outcome, began.elapsed());
            continue;
        }
        let (kind, request) = any(&mut rng);
        let id = request.document.as_ref().map(|document| document.id.clone()).unwrap_or_default();
        let code = if rng.u8(..8) == 0 {
            let text = request.document.map(|document| document.text).unwrap_or_default();
            code(&client.normalize(NormalizeRequest { text, ..NormalizeRequest::default() }).await)
        } else {
            let answer = client.extract(request).await;
            if let Ok(answer) = &answer {
                ensure!(answer.get_ref().document_id == id, "an answer went astray: {id}");
            }
            code(&answer)
        };
        sizes[kind].add(code, began.elapsed());
    }
    Ok((sizes, streams))
}

/// Eight articles up a stream; every one must come down again, in order.
async fn stream(client: &mut ExtractClient<Channel>, rng: &mut Rng) -> anyhow::Result<Code> {
    let requests: Vec<ExtractRequest> = (0..8).map(|_| any(rng).1).collect();
    let ids: Vec<String> = requests.iter().flat_map(|request| &request.document).map(|d| d.id.clone()).collect();
    let mut answers = match client.extract_stream(tokio_stream::iter(requests)).await {
        Ok(answers) => answers.into_inner(),
        Err(status) => return Ok(status.code()),
    };
    for id in ids {
        let answer = answers.message().await?.and_then(|answer| answer.result);
        let told = match answer {
            Some(Answer::Response(response)) => response.document_id,
            Some(Answer::Error(error)) => error.document_id,
            None => anyhow::bail!("the stream ended before the answer to {id}"),
        };
        ensure!(told == id, "{told} stands where {id} should");
    }
    ensure!(answers.message().await?.is_none(), "more answers than articles");
    Ok(Code::Ok)
}

/// An article of any size, and which.
fn any(rng: &mut Rng) -> (usize, ExtractRequest) {
    let all: u32 = SIZES.iter().map(|(_, share)| share).sum();
    let mut place = rng.u32(..all);
    let kind = SIZES.iter().position(|&(_, share)| place.checked_sub(share).map(|rest| place = rest).is_none());
    let kind = kind.unwrap_or_default();
    let mut text = article(rng, SIZES[kind].0);
    // What was cut at a character's boundary is brought to its full length.
    text.extend(std::iter::repeat_n('.', SIZES[kind].0 - text.len()));
    let mut request = request(format!("mixed-{}", rng.u32(..)), text);
    request.offset_unit = rng.i32(0..4);
    (kind, request)
}
