//! `isnad health`: what a container's health check runs, as its image has no shell.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::{Outcome, remote};

/// What `isnad health` takes.
#[derive(Args, Debug)]
pub(super) struct HealthArgs {
    /// The server to ask.
    #[arg(long, env = "ISNAD_SERVER", value_name = "URL", default_value = "http://127.0.0.1:50051")]
    server: String,

    /// The service to ask about; the server as a whole unless given.
    #[arg(long, default_value = "")]
    service: String,

    #[command(flatten)]
    tls: remote::CallerTls,

    /// How long to wait for an answer, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 3000)]
    timeout: u64,
}

pub(super) fn run(args: &HealthArgs) -> anyhow::Result<Outcome> {
    let ask = async {
        let mut client = HealthClient::new(remote::connect(&args.server, &args.tls).await?);
        let request = HealthCheckRequest { service: args.service.clone() };
        let answer = client.check(request).await.map_err(|s| remote::told(&s))?.into_inner();
        anyhow::Ok(answer.status())
    };
    let runtime = remote::runtime()?;
    let limit = Duration::from_millis(args.timeout);
    // The timer must be made inside the runtime.
    let status = runtime.block_on(async { tokio::time::timeout(limit, ask).await });
    runtime.shutdown_background();
    let status = status.with_context(|| format!("no answer from {} in {limit:?}", args.server))??;
    writeln!(io::stdout(), "{}", status.as_str_name())?;
    Ok(if status == ServingStatus::Serving { Outcome::Done } else { Outcome::Partly })
}
