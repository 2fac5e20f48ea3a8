//! What tests of the service share: a real server on a free port, and raw HTTP where the client would be in the way.
#![allow(
    dead_code,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "each test takes what it needs, and says what went wrong by panicking"
)]

use std::net::SocketAddr;

use isnad::service::proto::extract_client::ExtractClient;
use isnad::service::proto::{Document, ExtractRequest};
use isnad::service::server::{Config, ServeError, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

/// A server of one test.
pub struct Server {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    pub task: JoinHandle<Result<(), ServeError>>,
}

impl Server {
    /// Starts one and waits until it serves.
    pub async fn start(config: Config) -> Self {
        let server = Self::start_tls(config).await;
        let mut watch = server.watch("isnad.v1.Extract").await;
        while watch.message().await.unwrap().unwrap().status() != ServingStatus::Serving {}
        server
    }

    /// A place where something else is served.
    pub fn elsewhere(address: SocketAddr) -> Self {
        Self { address, stop: None, task: tokio::spawn(async { Ok(()) }) }
    }

    /// Starts one, without asking it whether it serves.
    pub async fn start_tls(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(serve(listener, config, async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), task }
    }

    pub async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    pub async fn client(&self) -> ExtractClient<Channel> {
        ExtractClient::new(self.channel().await)
    }

    pub async fn watch(&self, service: &str) -> tonic::Streaming<tonic_health::pb::HealthCheckResponse> {
        let mut health = HealthClient::new(self.channel().await);
        health.watch(HealthCheckRequest { service: service.into() }).await.unwrap().into_inner()
    }

    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }
}

pub fn article(text: &str) -> ExtractRequest {
    ExtractRequest {
        document: Some(Document { text: text.into(), ..Document::default() }),
        ..ExtractRequest::default()
    }
}

pub fn named(id: &str, text: &str) -> ExtractRequest {
    let mut request = article(text);
    request.document.as_mut().unwrap().id = id.into();
    request
}

/// The code of an error, its reason, and the first field that it names.
pub fn told(status: &Status) -> (Code, String, Option<String>) {
    let details = status.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo: {status:?}"));
    assert_eq!(info.domain, "isnad.v1.Extract");
    let field = details.bad_request().and_then(|bad| bad.field_violations.first()).map(|v| v.field.clone());
    (status.code(), info.reason.clone(), field)
}

/// A gRPC-Web answer over HTTP/1.1.
pub struct Web {
    pub head: String,
    pub body: Vec<u8>,
}

impl Web {
    pub async fn send(server: &Server, head: String, body: &[u8]) -> Self {
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(body).await.unwrap();
        let mut all = Vec::new();
        socket.read_to_end(&mut all).await.unwrap();
        let end = all.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let mut body = all[end + 4..].to_vec();
        if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            body = dechunk(&body);
        }
        Self { head, body }
    }

    /// Calls `Extract` with a message as it is on the wire.
    pub async fn post(server: &Server, message: &[u8], headers: &str) -> Self {
        let mut body = vec![0];
        body.extend((message.len() as u32).to_be_bytes());
        body.extend(message);
        let head = format!(
            "POST /isnad.v1.Extract/Extract HTTP/1.1\r\nhost: {}\r\norigin: http://page.example\r\nconnection: close\r\n\
             content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\ncontent-length: {}\r\n{headers}\r\n",
            server.address,
            body.len()
        );
        Self::send(server, head, &body).await
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

pub fn dechunk(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = body.windows(2).position(|w| w == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&body[..line]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend(&body[line + 2..line + 2 + size]);
        body = &body[line + 2 + size + 2..];
    }
}
