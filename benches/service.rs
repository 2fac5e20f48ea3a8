//! What a call costs beside a call that does nothing: `cargo bench --bench service`.
//!
//! In one run, on one machine: an echo service (tonic, the same contract, a request of 6 kB of Arabic, an answer of 10 kB that stands ready)
//! and isnad with all layers, both over loopback with a real client; then the engine alone, and what decoding, conversion and encoding add to it.
//! Client and server are one process, so CPU time is of both. Read the ratios: absolute figures vary from machine to machine. CPU time is
//! read from `/proc`, so it is told on Linux alone. The article is one, written for the benches: what the engine remembers of words is warm.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for people: it prints, and stops where something is not as it must be"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use isnad::extract::{Article, Extractor, Layers, Options};
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::extract_server::{Extract, ExtractServer};
use isnad::service::proto::{
    DescribeRequest, DescribeResponse, ExtractRequest, ExtractResponse, ExtractStreamResponse, NormalizeRequest,
    NormalizeResponse,
};
use isnad::service::server::Config;
use isnad::service::{Limits, Reader};
use prost::Message;
use support::Server;
use tokio::net::TcpListener;
use tonic::transport::Channel;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};

/// The allocator of the service.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ARTICLE: &str = include_str!("text/article.txt");
/// The bytes of a request's text, and of the answer of the echo service.
const ASKED: usize = 6_100;
const ANSWERED: usize = 10_000;
/// How long each figure is measured.
const LONG: Duration = Duration::from_secs(3);
/// Calls in flight.
const MANY: usize = 64;

/// The article, repeated and cut to about `size` bytes.
fn news(size: usize) -> String {
    let mut text = ARTICLE.repeat(size / ARTICLE.len() + 1);
    let end = (0..=size).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.truncate(end);
    text
}

/// The CPU time of this process so far, in seconds; a hundredth is the least that Linux tells.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// What something costs a piece.
#[derive(Clone, Copy)]
struct Cost {
    /// Microseconds of CPU.
    cpu: f64,
    /// Pieces a second of wall time.
    rate: f64,
}

impl Cost {
    fn of(pieces: usize, began: (Instant, f64)) -> Self {
        let pieces = pieces as f64;
        Self { cpu: (cpu() - began.1) * 1e6 / pieces, rate: pieces / began.0.elapsed().as_secs_f64() }
    }

    fn tell(self, what: &str, beside: Self) {
        let Self { cpu, rate } = self;
        println!("{what:<46} {cpu:>9.1} µs CPU {rate:>10.0} /s {:>8.2} {:>8.2}", cpu / beside.cpu, rate / beside.rate);
    }
}

/// Does `piece` over and over in this thread.
fn alone(mut piece: impl FnMut()) -> Cost {
    (0..20).for_each(|_| piece());
    let (began, mut pieces) = ((Instant::now(), cpu()), 0);
    while began.0.elapsed() < LONG {
        piece();
        pieces += 1;
    }
    Cost::of(pieces, began)
}

/// Calls with `flight` in flight.
async fn calls<F: Future<Output = ()>>(flight: usize, call: impl Fn() -> F) -> Cost {
    (stream::repeat_with(&call).take(4 * flight).buffer_unordered(flight)).for_each(|()| async {}).await;
    let began = (Instant::now(), cpu());
    let more = stream::repeat_with(&call).take_while(|_| std::future::ready(began.0.elapsed() < LONG));
    let pieces = more.buffer_unordered(flight).fold(0, |pieces, ()| async move { pieces + 1 }).await;
    Cost::of(pieces, began)
}

/// Answers at once with what stands ready.
struct Echo {
    answer: String,
}

#[tonic::async_trait]
impl Extract for Echo {
    type ExtractStreamStream = stream::Empty<Result<ExtractStreamResponse, Status>>;

    async fn normalize(&self, request: Request<NormalizeRequest>) -> Result<Response<NormalizeResponse>, Status> {
        black_box(request.into_inner());
        Ok(Response::new(NormalizeResponse { text: self.answer.clone(), ..NormalizeResponse::default() }))
    }

    async fn extract(&self, _: Request<ExtractRequest>) -> Result<Response<ExtractResponse>, Status> {
        Err(Status::unimplemented("the echo service answers Normalize alone"))
    }

    async fn extract_stream(
        &self,
        _: Request<Streaming<ExtractRequest>>,
    ) -> Result<Response<Self::ExtractStreamStream>, Status> {
        Err(Status::unimplemented("the echo service answers Normalize alone"))
    }

    async fn describe(&self, _: Request<DescribeRequest>) -> Result<Response<DescribeResponse>, Status> {
        Err(Status::unimplemented("the echo service answers Normalize alone"))
    }
}

async fn echo() -> ExtractClient<Channel> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = ExtractServer::new(Echo { answer: news(ANSWERED) });
    // Without it each answer waits 40 ms for the packet before it to be acknowledged.
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    tokio::spawn(tonic::transport::Server::builder().add_service(server).serve_with_incoming(incoming));
    ExtractClient::connect(format!("http://{address}")).await.unwrap()
}

/// Articles sent over one stream, each with its answer.
async fn streamed(mut client: ExtractClient<Channel>, request: ExtractRequest) -> Cost {
    let began = (Instant::now(), cpu());
    let articles = stream::repeat(request).take_while(move |_| std::future::ready(began.0.elapsed() < LONG));
    let mut answers = client.extract_stream(articles).await.unwrap().into_inner();
    let mut pieces = 0;
    while let Some(answer) = answers.message().await.unwrap() {
        black_box(answer);
        pieces += 1;
    }
    Cost::of(pieces, began)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let text = news(ASKED);
    let request = support::article(&text);
    let reader = Reader::new(Limits::default());
    let answer = reader.extract(&request).unwrap();
    println!("{} bytes asked, {} answered by isnad, {ANSWERED} by the echo service", text.len(), answer.encoded_len());
    println!("{:<46} {:>16} {:>13} {:>8} {:>8}", "", "", "", "CPU", "rate");

    let client = runtime.block_on(echo());
    let nothing = NormalizeRequest { text: text.clone(), ..NormalizeRequest::default() };
    let call = || {
        let (mut client, request) = (client.clone(), nothing.clone());
        async move { drop(black_box(client.normalize(request).await.unwrap())) }
    };
    let one = runtime.block_on(calls(1, call));
    one.tell("echo, one call at a time", one);
    let many = runtime.block_on(calls(MANY, call));
    many.tell("echo, 64 in flight", many);

    let server = runtime.block_on(Server::start(Config::default()));
    let client = runtime.block_on(server.client());
    let call = || {
        let (mut client, request) = (client.clone(), request.clone());
        async move { drop(black_box(client.extract(request).await.unwrap())) }
    };
    runtime.block_on(calls(1, call)).tell("isnad, one call at a time", one);
    runtime.block_on(calls(MANY, call)).tell("isnad, 64 in flight", many);
    runtime.block_on(streamed(client.clone(), request.clone())).tell("isnad, a stream, an article", many);

    println!("beside the echo's one call at a time:");
    let extractor = Extractor::default();
    let options = Options { layers: Layers::all().difference(Layers::TOKENS) };
    let engine = || drop(black_box(extractor.extract(&Article::new(&text), &options)));
    let single = alone(engine);
    single.tell("the engine alone, all layers", one);
    let bytes = request.encode_to_vec();
    alone(|| drop(black_box(ExtractRequest::decode(bytes.as_slice()).unwrap()))).tell("decoding a request", one);
    alone(|| drop(black_box(reader.extract(&request).unwrap()))).tell("engine and conversion", one);
    alone(|| drop(black_box(answer.encode_to_vec()))).tell("encoding an answer", one);

    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let rate: f64 = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| alone(engine).rate)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    println!("{threads} threads of the engine: {:.2} times the articles of one", rate / single.rate);
    for size in [1_000, 6_000, 100_000, 1 << 20] {
        let text = news(size);
        let cost = alone(|| drop(black_box(extractor.extract(&Article::new(&text), &options))));
        println!("an article of {size:>7} bytes: {:>6.2} MB/s of CPU", text.len() as f64 / cost.cpu);
    }
}
