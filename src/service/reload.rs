//! What comes from files and may change while the server runs: tables, tokens, keys.
//!
//! Told to ([`Config::reload`](super::server::Config), which SIGHUP is), the server reads all of them again; tokens and keys also where
//! their files are others than before, looked at now and then, for that is how secrets are rotated. What cannot be read
//! changes nothing: the log says why, a count can be alerted on, and what was read before goes on.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tracing::{error, info};

use super::auth::Tokens;
use super::desk::Desk;
use super::reader::Reader;
use super::tables::Tables;
use super::tls::Tls;
use crate::extract::Extractor;

/// What to read again, and where to put it.
pub(super) struct Reloads {
    pub(super) desk: Arc<Desk>,
    pub(super) tables: Option<Tables>,
    pub(super) tokens: Tokens,
    pub(super) tls: Option<Tls>,
    /// How often to look whether files are others; never where zero.
    pub(super) interval: Duration,
    pub(super) told: Arc<Notify>,
}

impl Reloads {
    /// Reads again what has to be, for ever.
    pub(super) async fn run(self) {
        let files = |file: Option<&PathBuf>| file.cloned().into_iter().collect::<Vec<_>>();
        let token_files = files(self.tokens.file());
        let tls_files = self.tls.as_ref().map(Tls::files).unwrap_or_default();
        let (mut token_stamp, mut tls_stamp) = (stamp(token_files.clone()).await, stamp(tls_files.clone()).await);
        loop {
            let told = tokio::select! {
                () = self.told.notified() => true,
                () = pause(self.interval) => false,
            };
            if told && let Some(tables) = &self.tables {
                self.relay(tables.clone()).await;
            }
            let now = stamp(token_files.clone()).await;
            if !token_files.is_empty() && (told || now != token_stamp) {
                let tokens = self.tokens.clone();
                self.tell("tokens", spawn_blocking(move || tokens.reload()).await);
            }
            token_stamp = now;
            let now = stamp(tls_files.clone()).await;
            if let Some(tls) = self.tls.clone().filter(|_| told || now != tls_stamp) {
                self.tell("keys", spawn_blocking(move || tls.reload()).await);
            }
            tls_stamp = now;
        }
    }

    /// Answers with `tables`, read again, from here on. Calls in hand go on with those that they began with.
    async fn relay(&self, tables: Tables) {
        let read = spawn_blocking(move || tables.reload()).await;
        if let Ok(Ok(tables)) = &read {
            let lexicon = Arc::clone(tables.lexicon());
            self.desk.open(Reader::with(Extractor::new(lexicon), *self.desk.limits()));
        }
        self.tell("lexicon", read.map(|read| read.map(drop)));
    }

    /// Says what became of reading `what` again.
    fn tell<E: Display>(&self, what: &'static str, read: Result<Result<(), E>, tokio::task::JoinError>) {
        let fault = match read {
            Ok(Ok(())) => None,
            Ok(Err(fault)) => Some(fault.to_string()),
            Err(fault) => Some(fault.to_string()),
        };
        self.desk.metrics().reloaded(what, fault.is_none());
        match fault {
            None => info!(what, "read again"),
            Some(fault) => error!(what, fault, "not read again: what was read before goes on"),
        }
    }
}

async fn pause(interval: Duration) {
    if interval.is_zero() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(interval).await;
}

/// What shows that a file is another: when it was written, and how long it is. A link counts as what it leads to.
type Stamp = Vec<Option<(SystemTime, u64)>>;

async fn stamp(files: Vec<PathBuf>) -> Stamp {
    let look = move || {
        let look = |file: &PathBuf| std::fs::metadata(file).and_then(|about| Ok((about.modified()?, about.len()))).ok();
        files.iter().map(look).collect()
    };
    spawn_blocking(look).await.unwrap_or_default()
}
