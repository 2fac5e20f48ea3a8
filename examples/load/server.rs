//! The server under load: a process of its own, watched from outside through `/proc` and its own counts.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use isnad::service::proto::extract_client::ExtractClient;
use serde_json::Value;
use tonic::transport::{Channel, Endpoint};

/// A running server; it is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts `binary` on a free port.
    pub(crate) fn start(binary: &Path, flags: &[&str]) -> anyhow::Result<Self> {
        let log = std::env::temp_dir().join(format!("isnad-load-{}-{}.log", std::process::id(), fastrand::u32(..)));
        let mut child = Command::new(binary)
            .args(["serve", "--address", "127.0.0.1:0", "--log-format", "json"])
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).with_context(|| format!("cannot write {}", log.display()))?)
            .spawn()
            .with_context(|| format!("cannot start {}: build it with cargo build --release", binary.display()))?;
        let greeting = child.stdout.take().ok_or_else(|| anyhow!("the server has no output"))?;
        let mut first = String::new();
        BufReader::new(greeting).read_line(&mut first)?;
        let address = first.split_whitespace().find_map(|word| word.trim_end_matches('.').parse().ok());
        let address =
            address.ok_or_else(|| anyhow!("the server greets with {first:?}; its log is {}", log.display()))?;
        let server = Self { child, address, log };
        let began = Instant::now();
        while server.count("isnad_lexicon").is_none() {
            if began.elapsed() > Duration::from_secs(30) {
                bail!("the server does not get ready");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// A connection of its own.
    pub(crate) async fn channel(&self) -> anyhow::Result<Channel> {
        Ok(self.endpoint()?.connect().await?)
    }

    /// Where to connect to.
    pub(crate) fn endpoint(&self) -> anyhow::Result<Endpoint> {
        Ok(Endpoint::from_shared(format!("http://{}", self.address))?)
    }

    /// A client on a connection of its own, which takes answers of any size.
    pub(crate) async fn client(&self) -> anyhow::Result<ExtractClient<Channel>> {
        Ok(ExtractClient::new(self.channel().await?).max_decoding_message_size(usize::MAX))
    }

    /// Memory in use now, in MiB.
    pub(crate) fn memory(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The most memory that has been in use, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default() / 1024.0
    }

    /// Processor time used, user and system; counted in hundredths of a second.
    pub(crate) fn processor(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Behind the name, which may hold anything: fields 14 and 15 of the whole are 11 and 12 from there.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
        let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Duration::from_millis(ticks * 10)
    }

    /// The sum of its counts whose name begins with `series`; none where it does not answer or has none of them.
    pub(crate) fn count(&self, series: &str) -> Option<f64> {
        let mut socket = TcpStream::connect(self.address).ok()?;
        socket.write_all(b"GET /metrics HTTP/1.1\r\nhost: isnad\r\nconnection: close\r\n\r\n").ok()?;
        let mut page = String::new();
        socket.read_to_string(&mut page).ok()?;
        let counts = page.lines().filter(|line| line.starts_with(series));
        let counts: Vec<f64> = counts.filter_map(|line| line.rsplit(' ').next()?.parse().ok()).collect();
        (!counts.is_empty()).then(|| counts.iter().sum())
    }

    /// Waits until no call is in hand and only the asking connection is open.
    pub(crate) fn idle(&self, patience: Duration) -> anyhow::Result<Duration> {
        let began = Instant::now();
        loop {
            let calls = self.count("isnad_calls_in_hand").unwrap_or(f64::MAX);
            let connections = self.count("isnad_connections").unwrap_or(f64::MAX);
            if calls < 1.0 && connections < 2.0 {
                return Ok(began.elapsed());
            }
            if began.elapsed() > patience {
                bail!("after {patience:?} {calls} calls are in hand, {connections} connections open");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Asks it to stop: SIGTERM.
    pub(crate) fn terminate(&self) -> anyhow::Result<()> {
        let done = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        if done.success() { Ok(()) } else { Err(anyhow!("kill: {done}")) }
    }

    /// Waits until it has ended.
    pub(crate) fn ended(&mut self, patience: Duration) -> anyhow::Result<ExitStatus> {
        let began = Instant::now();
        while began.elapsed() < patience {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the server has not ended after {patience:?}")
    }

    /// What its log tells of calls: method, code, articles.
    pub(crate) fn calls(&self) -> anyhow::Result<Vec<(String, String, u64)>> {
        let mut calls = Vec::new();
        for line in BufReader::new(File::open(&self.log)?).lines() {
            let Ok(line) = serde_json::from_str::<Value>(&line?) else { continue };
            if line["message"] == "call ended" {
                let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                calls.push((
                    word(&line["span"]["method"]),
                    word(&line["code"]),
                    line["articles"].as_u64().unwrap_or(0),
                ));
            }
        }
        Ok(calls)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to kill and nothing to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.log);
    }
}
