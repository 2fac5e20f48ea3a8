//! Calling a server: the articles go up one `ExtractStream`, the answers come down in order.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::Args;
use isnad::service::proto::ExtractRequest;
use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::extract_stream_response::Result as Answer;
use isnad::service::status::Refusal;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::metadata::MetadataValue;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Request, Status};

use super::extract::Source;
use super::input::{Defaults, Place};
use super::output::{Format, Output};
use super::{Caller, Usage};

/// How long a server may take to be reached.
const CONNECT: Duration = Duration::from_secs(5);

/// How many articles are read from disk ahead of the answers.
const AHEAD: usize = 64;

/// An article on its way: gone up, and kept to be written beside its answer; or never sent because it could not be read.
type Sent = (Place, Result<ExtractRequest, Refusal>);

/// A runtime for a client: one thread is plenty.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().context("cannot start a thread")
}

/// How a server over `https://` is known, and how the caller is.
#[derive(Args, Clone, Debug)]
pub(super) struct CallerTls {
    /// The authority that signed the server's certificate, PEM; for `https://`.
    #[arg(long, env = "ISNAD_CA", value_name = "FILE")]
    ca: Option<PathBuf>,

    /// The caller's own certificate, PEM, where the server asks for one.
    #[arg(long, env = "ISNAD_CERT", value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,

    /// The private key of that certificate, PEM.
    #[arg(long, env = "ISNAD_KEY", value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
}

impl CallerTls {
    fn config(&self) -> anyhow::Result<ClientTlsConfig> {
        let read = |file: &PathBuf| std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        let Some(ca) = &self.ca else {
            return Err(
                Usage("https:// needs --ca FILE: the authority that signed the server's certificate".into()).into()
            );
        };
        let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(read(ca)?));
        Ok(match (&self.cert, &self.key) {
            (Some(cert), Some(key)) => tls.identity(Identity::from_pem(read(cert)?, read(key)?)),
            _ => tls,
        })
    }
}

/// A connection to `url`; `host:port` alone will do.
///
/// # Errors
/// Where the URL is none, or nobody answers.
pub(super) async fn connect(url: &str, tls: &CallerTls) -> anyhow::Result<Channel> {
    let full = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let secure = full.starts_with("https://");
    let wrong = |_| Usage(format!("--server: {url} is no URL; write http://127.0.0.1:50051"));
    let mut endpoint = Endpoint::from_shared(full).map_err(wrong)?.connect_timeout(CONNECT);
    if secure {
        endpoint = endpoint.tls_config(tls.config()?).context("--ca, --cert, --key")?;
    }
    endpoint.connect().await.with_context(|| format!("no server answers at {url}; `isnad serve` starts one"))
}

/// Lets the server at `url` read all of `source`.
///
/// # Errors
/// Where the server is not reached, the stream ends before its time, or an answer cannot be written.
pub(super) fn extract(
    url: &str,
    caller: &Caller,
    source: Source,
    defaults: &Defaults,
    format: Format,
    mut write: impl FnMut(&Output) -> io::Result<()>,
) -> anyhow::Result<()> {
    let runtime = runtime()?;
    let (sent, mut order) = mpsc::channel::<Sent>(AHEAD);
    let (requests, outgoing) = mpsc::channel::<ExtractRequest>(AHEAD);
    let fault = Arc::new(Mutex::new(None));
    let done = runtime.block_on(async {
        let mut client = ExtractClient::new(connect(url, &caller.tls).await?).max_decoding_message_size(usize::MAX);
        let mut request = Request::new(ReceiverStream::new(outgoing));
        if let Some(token) = &caller.token {
            let value = format!("Bearer {}", token.trim()).parse::<MetadataValue<_>>();
            request
                .metadata_mut()
                .insert("authorization", value.map_err(|_| Usage("--token: no such characters".into()))?);
        }
        // Reading files blocks, so it has a thread of its own; the two queues hold it back.
        let intake = {
            let (defaults, fault) = (defaults.clone(), Arc::clone(&fault));
            move || take_in(source, &defaults, &sent, &requests, &fault)
        };
        tokio::task::spawn_blocking(intake);
        let mut answers = client.extract_stream(request).await.map_err(|s| told(&s))?.into_inner();
        while let Some((place, gone)) = order.recv().await {
            let request = match gone {
                Ok(request) => request,
                Err(refusal) => {
                    write(&Output::error(&place, &refusal.article_error(""), format))?;
                    continue;
                }
            };
            let answer = answers.message().await.map_err(|s| told(&s)).with_context(|| format!("at {place}"))?;
            let output = match answer.and_then(|answer| answer.result) {
                Some(Answer::Response(response)) => Output::answer(&place, &request, &response, format),
                Some(Answer::Error(error)) => Output::error(&place, &error, format),
                None => return Err(anyhow!("the server ended the stream at {place}")),
            };
            write(&output)?;
        }
        anyhow::Ok(())
    });
    runtime.shutdown_background();
    done?;
    let fault = fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    fault.map_or(Ok(()), Err)
}

/// Reads `source` and sends it up, as fast as it is answered.
fn take_in(
    source: Source,
    defaults: &Defaults,
    sent: &mpsc::Sender<Sent>,
    requests: &mpsc::Sender<ExtractRequest>,
    fault: &Mutex<Option<anyhow::Error>>,
) {
    for raw in source {
        let raw = match raw {
            Ok(raw) => raw,
            Err(e) => {
                *fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(e);
                return;
            }
        };
        let place = raw.place.clone();
        let (gone, request) = match raw.request(defaults) {
            Ok(request) => (Ok(request.clone()), Some(request)),
            Err(error) => (Err(error), None),
        };
        if sent.blocking_send((place, gone)).is_err() {
            return;
        }
        if let Some(request) = request
            && requests.blocking_send(request).is_err()
        {
            return;
        }
    }
}

/// What a server said, for people.
pub(super) fn told(status: &Status) -> anyhow::Error {
    anyhow!("the server says {:?}: {}", status.code(), status.message())
}
