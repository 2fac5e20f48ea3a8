//! The RPCs that answer one message with one; the stream has a file of its own.

use std::sync::Arc;

use tonic::{Code, Request, Response, Status, Streaming};

use super::desk::Desk;
use super::layers::{self, Deadline};
use super::proto::extract_server::Extract;
use super::proto::{
    DescribeRequest, DescribeResponse, ExtractRequest, ExtractResponse, NormalizeRequest, NormalizeResponse,
};
use super::reader::Reader;
use super::status::Refusal;
use super::stream::{Answers, answers};
use crate::extract::Stop;

/// The service as tonic calls it.
#[derive(Debug)]
pub(crate) struct Rpc {
    desk: Arc<Desk>,
}

impl Rpc {
    pub(crate) fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    /// One text in, one answer out; turned away at once where too much is in hand.
    async fn answer<Q: Send + 'static, A: Send + 'static>(
        &self,
        request: Request<Q>,
        bytes: impl FnOnce(&Q) -> usize,
        work: fn(&Reader, &Q, Stop<'_>) -> Result<A, Refusal>,
    ) -> Result<Response<A>, Status> {
        let id = layers::id(request.extensions());
        let mut call = self.desk.begin(Deadline::of(request.extensions()));
        let request = request.into_inner();
        let bytes = bytes(&request);
        call.articles = 1;
        call.bytes = bytes as u64;
        let done = async {
            self.desk.check_open()?;
            let place = self.desk.try_place()?;
            self.desk.run(place, bytes, move |reader, stop| work(reader, &request, stop)).await
        };
        let done = done.await.map_err(|refusal| refusal.in_call(&id));
        call.end(done.as_ref().map_or_else(Refusal::code, |_| Code::Ok));
        Ok(Response::new(done?))
    }
}

#[tonic::async_trait]
impl Extract for Rpc {
    async fn extract(&self, request: Request<ExtractRequest>) -> Result<Response<ExtractResponse>, Status> {
        let bytes = |request: &ExtractRequest| request.document.as_ref().map_or(0, |document| document.text.len());
        let answered = self.answer(request, bytes, Reader::extract_unless).await;
        self.desk.metrics().answered(answered.as_ref().ok().map(Response::get_ref));
        answered
    }

    type ExtractStreamStream = Answers;

    async fn extract_stream(&self, request: Request<Streaming<ExtractRequest>>) -> Result<Response<Answers>, Status> {
        self.desk.check_open()?;
        let call = self.desk.begin(Deadline::of(request.extensions()));
        Ok(Response::new(answers(Arc::clone(&self.desk), call, request)))
    }

    async fn normalize(&self, request: Request<NormalizeRequest>) -> Result<Response<NormalizeResponse>, Status> {
        self.answer(request, |request| request.text.len(), |reader, request, _| reader.normalize(request)).await
    }

    async fn describe(&self, request: Request<DescribeRequest>) -> Result<Response<DescribeResponse>, Status> {
        self.desk.check_open()?;
        let mut call = self.desk.begin(Deadline::of(request.extensions()));
        // No article, no place: a full server can still tell its limits.
        let described = self.desk.reader().await?.describe();
        call.end(Code::Ok);
        Ok(Response::new(described))
    }
}
