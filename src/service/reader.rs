//! The engine behind the contract: a request in, an answer or a refusal out. Shared by the server and the command line, so
//! that both answer alike. No I/O, no runtime; cost: what the engine costs, plus the answer.

use super::limits::Limits;
use super::status::Refusal;
use super::{check, convert, proto};
use crate::extract::{Extractor, Options, Stop};
use crate::text::fold;

/// Answers requests in the calling thread. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    extractor: Extractor,
    limits: Limits,
}

impl Reader {
    /// A reader with the built-in lexicon; the first in a process loads it.
    pub fn new(limits: Limits) -> Self {
        Self::with(Extractor::default(), limits)
    }

    /// A reader with an engine of its own.
    pub fn with(extractor: Extractor, limits: Limits) -> Self {
        Self { extractor, limits }
    }

    /// What it takes.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The version of its lexicon.
    pub(super) fn lexicon_version(&self) -> u64 {
        self.extractor.lexicon().version()
    }

    /// Reads one article.
    ///
    /// # Errors
    /// What the contract says of a faulty request.
    pub fn extract(&self, request: &proto::ExtractRequest) -> Result<proto::ExtractResponse, Refusal> {
        self.extract_unless(request, Stop::never())
    }

    /// Reads one article, unless it is asked to stop.
    ///
    /// # Errors
    /// What the contract says of a faulty request; [`Refusal::DeadlineExceeded`] where it stopped.
    pub fn extract_unless(
        &self,
        request: &proto::ExtractRequest,
        stop: Stop<'_>,
    ) -> Result<proto::ExtractResponse, Refusal> {
        check::extract(request, &self.limits)?;
        let document = request.document.as_ref().ok_or_else(|| Refusal::field("document", "must be set"))?;
        #[cfg(test)]
        trap::spring(&document.text);
        let article = convert::article(document)?;
        let wanted = convert::wanted(request);
        let extractor = self.extractor.knowing(&convert::entries(request));
        let found = extractor.extract_unless(&article, &Options { layers: wanted.layers }, stop);
        let found = found.ok_or(Refusal::DeadlineExceeded)?;
        let answer = convert::answer(request, &wanted, found, extractor.lexicon(), stop);
        if stop.asked() { Err(Refusal::DeadlineExceeded) } else { Ok(answer) }
    }

    /// Folds a text.
    ///
    /// # Errors
    /// What the contract says of a faulty request.
    pub fn normalize(&self, request: &proto::NormalizeRequest) -> Result<proto::NormalizeResponse, Refusal> {
        check::normalize(request, &self.limits)?;
        Ok(convert::normalized(request, fold::normalize(&request.text, convert::folds(request))))
    }

    /// What answers here.
    pub fn describe(&self) -> proto::DescribeResponse {
        convert::describe(&self.limits, self.extractor.lexicon())
    }
}

/// A fault of the engine, which has none of its own to show.
#[cfg(test)]
pub(super) mod trap {
    /// The text that springs it.
    pub(crate) const TEXT: &str = "فخ"; // a trap

    pub(super) fn spring(text: &str) {
        assert!(text != TEXT, "on purpose");
    }
}
