//! The command line: what can be asked, and where it goes.
//!
//! Exit status: 0 done, 1 something could not be done (a file not read, an article refused, a server not reached), 2 the
//! command itself was wrong. A reader who closes the pipe early (`| head`) ends the program quietly.

mod config;
mod extract;
mod health;
mod input;
mod log;
mod normalize;
#[cfg(feature = "otlp")]
mod otlp;
mod output;
mod remote;
mod serve;
mod text;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use isnad::service::proto;

/// Reads Arabic news and answers with attributed facts, each tied to the exact words that carry it.
///
/// Without a command it serves, on 127.0.0.1:50051.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves `isnad.v1.Extract` over gRPC (what `isnad` alone does).
    Serve(serve::ServeArgs),
    /// Reads articles from files or standard input and prints what was found.
    Extract(extract::ExtractArgs),
    /// Folds spelling variants of a text.
    Normalize(normalize::NormalizeArgs),
    /// Asks a server whether it serves; exit status 0 where it does.
    Health(health::HealthArgs),
}

/// The server to call, for the commands that can.
#[derive(Args, Clone, Debug)]
struct Caller {
    /// The token that the server asks for, if it asks for one.
    #[arg(long, env = "ISNAD_TOKEN", hide_env_values = true)]
    token: Option<String>,

    #[command(flatten)]
    tls: remote::CallerTls,
}

/// How offsets are counted.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Unit {
    /// Bytes of UTF-8: Go, Rust.
    #[default]
    Byte,
    /// Code units of UTF-16: Java, JavaScript, C#.
    Utf16,
    /// Unicode code points: Python.
    CodePoint,
}

impl From<Unit> for proto::OffsetUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Byte => Self::Utf8Byte,
            Unit::Utf16 => Self::Utf16CodeUnit,
            Unit::CodePoint => Self::UnicodeCodePoint,
        }
    }
}

/// Whether everything that was asked for was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Some of it was not, and has been told of.
    Partly,
}

/// Reads the command line and does what it says.
pub(crate) fn run() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    let mut command = Cli::parse_from(&arguments).command;
    if command.is_none() {
        // No command is `serve`, read again as such so that its environment variables count.
        arguments = ["isnad", "serve"].map(OsString::from).to_vec();
        command = Cli::parse_from(&arguments).command;
    }
    let done = match command {
        Some(Command::Serve(args)) => match args.config.clone() {
            Some(file) => config::settled(&arguments, &file).and_then(|args| serve::run(&args)),
            None => serve::run(&args),
        },
        Some(Command::Extract(args)) => extract::run(args),
        Some(Command::Normalize(args)) => normalize::run(&args),
        Some(Command::Health(args)) => health::run(&args),
        None => Ok(Outcome::Done),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::FAILURE,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "isnad: {error:#}");
            if error.is::<Usage>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// A command that cannot be done as it was given; says what to do instead.
#[derive(Debug)]
struct Usage(String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// A value of an enum of the contract by the short form of its name: `times`, `alef-maqsura`.
fn by_short_name<T>(prefix: &str, short: &str, of: fn(&str) -> Option<T>) -> Option<T> {
    of(&format!("{prefix}{}", short.trim().to_ascii_uppercase().replace('-', "_")))
}
