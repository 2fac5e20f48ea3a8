//! The load test: `cargo build --release && cargo run --release --example load -- all`.
//!
//! Starts the server, calls it as its callers do and as they should not, and tells what became of it as tables of Markdown;
//! `docs/load.md` holds such a run. Stops with an error where a call was lost, or ended with a code that it should not have.
//! Watches the server through `/proc`: for Linux.
#![allow(
    clippy::format_push_string,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::print_stdout,
    missing_docs,
    reason = "a tool for developers: it tells what it does, and stops where something is not what it must be"
)]

mod articles;
mod drain;
mod hostile;
mod levels;
mod million;
mod mixed;
mod raw;
mod server;
mod stop;
mod tally;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use server::Server;

/// The allocator of the service.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Loads a server and tells what became of it.
#[derive(Parser)]
struct Arguments {
    /// What to run.
    #[arg(value_enum, required = true)]
    what: Vec<What>,
    /// The server's binary; that of the same build unless given.
    #[arg(long)]
    server: Option<PathBuf>,
    /// How many seconds a level lasts.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// How many articles `million` sends.
    #[arg(long, default_value_t = 1_000_000)]
    articles: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// All of them but `million`.
    All,
    /// 1, 8, 64, 512 calls in flight, and more than the server takes.
    Levels,
    /// Articles of all sizes, alone and in streams, packed and not.
    Mixed,
    /// Slow readers, half-closed connections, bombs.
    Hostile,
    /// SIGTERM under load.
    Drain,
    /// Memory over a million articles.
    Million,
    /// How soon the engine stops.
    Stop,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Runtime::new()?;
    let mut parts = arguments.what.clone();
    if parts.contains(&What::All) {
        parts = vec![What::Levels, What::Mixed, What::Hostile, What::Drain, What::Stop];
    }
    for part in parts {
        let name = part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        println!("\n## {name}\n");
        runtime.block_on(run(part, &arguments)).context(name)?;
    }
    Ok(())
}

async fn run(part: What, arguments: &Arguments) -> anyhow::Result<()> {
    let binary = match &arguments.server {
        Some(binary) => binary.clone(),
        // target/release/examples/load stands beside target/release/isnad.
        None => std::env::current_exe()?.with_file_name("../isnad"),
    };
    let time = Duration::from_secs(arguments.seconds);
    let server = |flags: &[&str]| Server::start(&binary, flags);
    match part {
        What::Levels => levels::run(&server(&[])?, time).await,
        What::Mixed => mixed::run(&server(&["--compress"])?, time).await,
        What::Hostile => hostile::run(&server(&[])?).await,
        What::Drain => drain::run(&binary).await,
        What::Million => million::run(&server(&["--log", "warn"])?, arguments.articles).await,
        What::Stop => {
            stop::run();
            Ok(())
        }
        What::All => Ok(()),
    }
}
