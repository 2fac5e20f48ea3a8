//! The `isnad` command: the service, and the engine for people at a terminal.

mod cli;

/// Half the work of an answer is small strings: an allocator made for them pays, above all in a static binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
