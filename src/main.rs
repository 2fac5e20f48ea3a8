//! The `isnad` command: the service, and the engine for people at a terminal.

fn main() {}
