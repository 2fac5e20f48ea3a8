//! Connections on their way in: counted, greeted, and closed where there are too many.
//!
//! A connection reaches the server once its caller has sent something (and, over TLS, is who it must be), so one that says nothing
//! costs a place for some seconds and no more. Greetings go on side by side; a slow one holds nobody up.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::Connected;
use tracing::{debug, warn};

use super::metrics::Metrics;
use super::tls::Tls;

/// How long a caller may take from connecting to its first byte, and again for the TLS handshake.
const GREETING: Duration = Duration::from_secs(10);

/// How long to wait where the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// The connections that come to `listener`, at most `most` at a time.
pub(super) fn connections(
    listener: TcpListener,
    tls: Option<Tls>,
    most: usize,
    metrics: Arc<Metrics>,
) -> ReceiverStream<io::Result<Connection>> {
    // Those that wait here have been counted already.
    let (give, take) = mpsc::channel(64);
    let places = Arc::new(Semaphore::new(most));
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = give.closed() => return,
                accepted = listener.accept() => accepted,
            };
            let socket = match accepted {
                Ok((socket, _)) => socket,
                Err(error) => {
                    warn!(%error, "no connection taken");
                    sleep(EXHAUSTED).await;
                    continue;
                }
            };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                // Closing it says that at once; a caller tries another server.
                metrics.shed("connections");
                continue;
            };
            let (give, tls, open) = (give.clone(), tls.clone(), Open::new(&metrics, place));
            tokio::spawn(async move {
                match greet(socket, tls).await {
                    Ok(stream) => drop(give.send(Ok(Connection { stream, _open: open })).await),
                    Err(error) => debug!(%error, "a connection came to nothing"),
                }
            });
        }
    });
    ReceiverStream::new(take)
}

async fn greet(socket: TcpStream, tls: Option<Tls>) -> io::Result<Stream> {
    // Nagle's algorithm would hold small answers back.
    socket.set_nodelay(true)?;
    timeout(GREETING, socket.peek(&mut [0])).await??;
    Ok(match tls {
        None => Stream::Plain(socket),
        Some(tls) => Stream::Tls(Box::new(timeout(GREETING, tls.acceptor().accept(socket)).await??)),
    })
}

/// A place among the connections.
#[derive(Debug)]
struct Open {
    metrics: Arc<Metrics>,
    _place: OwnedSemaphorePermit,
}

impl Open {
    fn new(metrics: &Arc<Metrics>, place: OwnedSemaphorePermit) -> Self {
        metrics.connections(1);
        Self { metrics: Arc::clone(metrics), _place: place }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.metrics.connections(-1);
    }
}

/// A connection, greeted.
#[derive(Debug)]
pub(super) struct Connection {
    stream: Stream,
    _open: Open,
}

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

/// Calls the method of the same name of whichever stream it is.
macro_rules! either {
    ($self:ident, $stream:ident => $call:expr) => {
        match &mut $self.get_mut().stream {
            Stream::Plain(stream) => {
                let $stream = Pin::new(stream);
                $call
            }
            Stream::Tls(stream) => {
                let $stream = Pin::new(stream.as_mut());
                $call
            }
        }
    };
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_read(cx, buf))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        either!(self, stream => stream.poll_write(cx, buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        either!(self, stream => stream.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Plain(stream) => stream.is_write_vectored(),
            Stream::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_shutdown(cx))
    }
}
