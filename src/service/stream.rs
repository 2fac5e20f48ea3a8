//! `ExtractStream`: many articles over one call, answered in order.
//!
//! There is no channel and no queue: answers are pulled. When the client reads, tonic asks for the next answer, and only
//! then are further requests taken in, up to [`Limits::max_stream_ahead`](super::Limits) beyond it, each read in a task of
//! its own. So one stream uses all cores, keeps its order, and holds a bounded number of articles whatever the client does.
//! A stream waits for a place where a single call would be turned away: it has nowhere else to go.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::stream::{Stream, StreamExt};
use tokio::task::JoinHandle;
use tonic::{Code, Request, Status, Streaming};
use tracing::Instrument;

use super::desk::{Call, Desk};
use super::layers::{self, Deadline};
use super::proto::extract_stream_response::Result as Answer;
use super::proto::{ArticleError, ExtractRequest, ExtractStreamResponse};
use super::status::Refusal;

/// An answer with the size of its article.
type Measured = (ExtractStreamResponse, usize);

/// The answers of one stream.
pub(crate) struct Answers {
    inner: Pin<Box<dyn Stream<Item = Result<Measured, Status>> + Send>>,
    /// Resolves when the stream must end before its time, to the reason.
    end: Pin<Box<dyn Future<Output = Refusal> + Send>>,
    /// Gone once the last item is out.
    call: Option<Call>,
}

/// The answers to the requests of `request`.
pub(crate) fn answers(desk: Arc<Desk>, call: Call, request: Request<Streaming<ExtractRequest>>) -> Answers {
    let deadline = Deadline::of(request.extensions());
    let halted = desk.halted();
    let end = async move {
        let late = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = late => Refusal::DeadlineExceeded,
            () = halted => Refusal::ShuttingDown,
        }
    };
    let limits = *desk.limits();
    let id: Arc<str> = layers::id(request.extensions()).into();
    let inner = request
        .into_inner()
        .enumerate()
        .map(move |(index, article)| {
            let read = |article| read(Arc::clone(&desk), article, Arc::clone(&id));
            let article = article.map(|article| Task(tokio::spawn(read(article).in_current_span())));
            let id = Arc::clone(&id);
            async move {
                // A message that cannot be read leaves nothing to go on with: the stream ends, with the service's details.
                let mut task = article
                    .map_err(|s| Status::from(Refusal::of_transport(s.code(), s.message(), limits.max_text_bytes)))?;
                let lost = |_| (Answer::Error(Refusal::Internal.in_call(&id).article_error("")), 0);
                let (result, bytes) = (&mut task.0).await.unwrap_or_else(lost);
                Ok((ExtractStreamResponse { index: index as u64, result: Some(result) }, bytes))
            }
        })
        .buffered(limits.max_stream_ahead.max(1));
    Answers { inner: Box::pin(inner), end: Box::pin(end), call: Some(call) }
}

/// Reads one article of a stream; gives its size, too.
async fn read(desk: Arc<Desk>, request: ExtractRequest, call: Arc<str>) -> (Answer, usize) {
    let (id, bytes) = match &request.document {
        Some(document) => (document.id.clone(), document.text.len()),
        None => (String::new(), 0),
    };
    let done = async {
        let place = desk.place().await?;
        desk.run(place, bytes, move |reader, stop| reader.extract_unless(&request, stop)).await
    };
    let done = done.await;
    desk.metrics().answered(done.as_ref().ok());
    let answer = match done {
        Ok(response) => Answer::Response(response),
        Err(refusal) => Answer::Error(refusal.in_call(&call).article_error(&id)),
    };
    (answer, bytes)
}

/// A task that ends with its stream: a caller who went away leaves no articles waiting for a place.
struct Task(JoinHandle<(Answer, usize)>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Stream for Answers {
    type Item = Result<ExtractStreamResponse, Status>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(mut call) = self.call.take() else { return Poll::Ready(None) };
        if let Poll::Ready(refusal) = self.end.as_mut().poll(cx) {
            call.end(refusal.code());
            return Poll::Ready(Some(Err(refusal.into())));
        }
        let item = self.inner.as_mut().poll_next(cx);
        match &item {
            Poll::Ready(None) => call.end(Code::Ok),
            Poll::Ready(Some(Err(status))) => call.end(status.code()),
            Poll::Ready(Some(Ok((answer, bytes)))) => {
                call.articles += 1;
                call.bytes += *bytes as u64;
                call.refused += u64::from(matches!(answer.result, Some(Answer::Error(ArticleError { .. }))));
                self.call = Some(call);
            }
            Poll::Pending => self.call = Some(call),
        }
        item.map_ok(|(answer, _)| answer)
    }
}
