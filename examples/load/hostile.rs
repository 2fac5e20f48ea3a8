//! Callers who do their worst, while another asks as one should and must be answered all the time.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use fastrand::Rng;
use isnad::service::proto::extract_client::ExtractClient;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tower::Service;

use crate::articles::article;
use crate::levels::{code, news, request};
use crate::raw;
use crate::server::Server;
use crate::tally::Tally;

/// How long callers stay who take no answers.
const STAY: Duration = Duration::from_secs(15);
/// How long the server may keep what a caller left behind: keepalive finds a dead one within 50 s.
const PATIENCE: Duration = Duration::from_secs(90);

/// Runs every kind of hostility.
pub(crate) async fn run(server: &Server) -> anyhow::Result<()> {
    println!(
        "| what | memory MiB, before, at most, after | gone after s | the other caller: p50, p90, p99, max ms | its codes |"
    );
    println!("|---|---|---|---|---|");
    during(server, "64 streams of 100 kB articles, no answer read", slow_readers(server)).await?;
    during(server, "600 connections: silent, half said, half closed, cut, gibberish", half_closed(server)).await?;
    println!("\n| message | answer |");
    println!("|---|---|");
    bombs(server).await?;
    Ok(())
}

/// Does `what` while another caller asks.
async fn during(server: &Server, name: &str, what: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let before = server.memory();
    let (stop, caller) = other_caller(server).await?;
    what.await.with_context(|| name.to_owned())?;
    drop(stop);
    let mut tally = caller.await??;
    let gone = server.idle(PATIENCE).with_context(|| name.to_owned())?;
    println!(
        "| {name} | {before:.0}, {:.0}, {:.0} | {:.1} | {} | {tally} |",
        server.peak(),
        server.memory(),
        gone.as_secs_f64(),
        tally.percentiles().replace(" |", ",")
    );
    tally.only(&[Code::Ok])
}

/// Asks twenty times a second until the sender is dropped.
async fn other_caller(server: &Server) -> anyhow::Result<(oneshot::Sender<()>, JoinHandle<anyhow::Result<Tally>>)> {
    let mut client = server.client().await?;
    let (stop, mut stopped) = oneshot::channel::<()>();
    let ask = async move {
        let mut tally = Tally::default();
        for number in 0.. {
            if stopped.try_recv() != Err(oneshot::error::TryRecvError::Empty) {
                break;
            }
            let began = Instant::now();
            let answer = client.extract(news(number % 100)).await;
            tally.add(code(&answer), began.elapsed());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::Ok(tally)
    };
    Ok((stop, tokio::spawn(ask)))
}

/// Streams whose callers send on and on and read nothing. They live on threads of their own, which end with all that they hold: a
/// client that only drops its answers goes on sending, and its connection with it.
async fn slow_readers(server: &Server) -> anyhow::Result<()> {
    let endpoint = server.endpoint()?;
    let callers = move || {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let done = runtime.block_on(async {
            let mut held = Vec::new();
            for number in 0..64 {
                let mut client = ExtractClient::new(endpoint.connect().await?);
                let text = article(&mut Rng::with_seed(number), 100_000);
                let endless = std::iter::repeat_with(move || request("slow".to_owned(), text.clone()));
                held.push(client.extract_stream(tokio_stream::iter(endless)).await?);
            }
            tokio::time::sleep(STAY).await;
            anyhow::Ok(())
        });
        runtime.shutdown_background();
        done
    };
    tokio::task::spawn_blocking(callers).await?
}

/// Connections that end anywhere but where they should.
async fn half_closed(server: &Server) -> anyhow::Result<()> {
    let address = server.address().to_string();
    let call = [raw::preface(), raw::head(&address), raw::torn(1 << 20)].concat();
    let mut held = Vec::new();
    for number in 0..600 {
        let mut socket = TcpStream::connect(server.address())?;
        let kind = number % 6;
        let said: &[u8] = match kind {
            0 => b"",
            1 => &call[..call.len() / 3],
            5 => b"\x16\x03\x01 neither TLS nor HTTP\r\n\r\n",
            _ => &call,
        };
        socket.write_all(said)?;
        match kind {
            2 => socket.shutdown(Shutdown::Write)?,
            3 => drop(socket),
            // The rest stay open and say no more: a caller whose machine has gone.
            _ => held.push(socket),
        }
    }
    tokio::time::sleep(STAY).await;
    drop(held);
    Ok(())
}

/// Messages that are not what they say, sixteen at a time of the large ones.
async fn bombs(server: &Server) -> anyhow::Result<()> {
    let before = server.memory();
    let gzip = raw::message(true, &raw::gzip_bomb()?);
    for (name, encoding, body, times) in [
        ("gzip, 1 MiB that unpacks to 1 GiB", Some("gzip"), gzip, 64),
        ("zstd, 32 KiB that unpack to 1 GiB", Some("zstd"), raw::message(true, &raw::zstd_bomb(17)), 64),
        ("the same with a window of 128 MiB", Some("zstd"), raw::message(true, &raw::zstd_bomb(27)), 64),
        ("the same with a window of 2 GiB", Some("zstd"), raw::message(true, &raw::zstd_bomb(31)), 64),
        ("gzip that is none", Some("gzip"), raw::message(true, b"no gzip"), 1),
        ("packed, with no encoding named", None, raw::message(true, b"?"), 1),
        ("an encoding that there is not", Some("br"), raw::message(true, b"?"), 1),
        ("4 GiB announced", None, [&[0, 255, 255, 255, 255][..], b"few"].concat(), 64),
        ("cut short", None, raw::message(false, &[10; 100])[..50].to_vec(), 1),
        ("no protobuf", None, raw::message(false, &[0xFF; 100]), 1),
        ("no message", None, Vec::new(), 1),
        ("two messages", None, [raw::message(false, &[]), raw::message(false, &[])].concat(), 1),
    ] {
        let mut codes = Tally::default();
        let body = tonic::codegen::Bytes::from(body);
        for _ in 0..(times as usize).div_ceil(16) {
            let mut sent = Vec::new();
            for _ in 0..times.min(16) {
                sent.push(tokio::spawn(send(server.channel().await?, encoding, body.clone())));
            }
            for answer in sent {
                codes.add(answer.await??, Duration::ZERO);
            }
        }
        println!("| {name} | {codes} |");
        ensure!(codes.of(Code::Ok) == 0, "{name} was answered");
        ensure!(codes.of(Code::Unknown) + codes.of(Code::Internal) == 0, "{name} has no code of its own: {codes}");
    }
    ensure!(server.client().await?.extract(news(1)).await.is_ok(), "the server does not answer any more");
    let gone = server.idle(PATIENCE)?;
    println!(
        "\nMemory before {before:.0}, at most {:.0}, after {:.0} MiB; idle again after {:.1} s.",
        server.peak(),
        server.memory(),
        gone.as_secs_f64()
    );
    Ok(())
}

/// The code that a call ends with whose body is these bytes.
async fn send(
    mut channel: Channel,
    encoding: Option<&'static str>,
    body: tonic::codegen::Bytes,
) -> anyhow::Result<Code> {
    let body = tonic::body::Body::new(axum::body::Body::from(body));
    let mut call = http::Request::post("/isnad.v1.Extract/Extract").header("content-type", "application/grpc");
    call = call.header("te", "trailers");
    if let Some(encoding) = encoding {
        call = call.header("grpc-encoding", encoding);
    }
    std::future::poll_fn(|cx| channel.poll_ready(cx)).await?;
    let answer = channel.call(call.body(body)?).await?;
    let status = Status::from_header_map(answer.headers()).with_context(|| format!("no status: {answer:?}"))?;
    Ok(status.code())
}
