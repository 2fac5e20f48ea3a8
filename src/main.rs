//! The `isnad` command: the service, and the engine for people at a terminal.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
