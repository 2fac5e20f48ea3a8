//! The gRPC service: all that knows tonic.
//!
//! Takes requests of the contract off the wire; gives answers of the engine, or errors with details. The engine itself
//! cannot fail: every error here is the request's, the load's or the clock's.
//!
//! `proto` is the contract as Rust; `check` validates, `convert` translates, [`Reader`] puts the two round the engine, and
//! [`status`] is where errors get their wire form. Over them stand the RPCs (`extract`, `stream`, `normalize` in `rpc`), the
//! `desk` that bounds how much is in hand, the `layers` that every call passes, and the [`server`] that puts all of it on
//! one port and takes it down again.

mod auth;
mod check;
mod convert;
mod desk;
mod incoming;
mod layers;
mod limits;
mod metrics;
#[cfg(feature = "otlp")]
pub mod otlp;
pub mod proto;
mod reader;
mod reload;
mod rpc;
pub mod server;
pub mod status;
mod stream;
mod tables;
mod tls;
mod trace;

pub use limits::Limits;
pub use reader::Reader;
pub use tables::{Tables, TablesError};
