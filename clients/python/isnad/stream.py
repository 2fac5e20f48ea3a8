"""Many articles over one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import grpc

from .errors import IsnadError, article_error, call_error
from .v1 import extract_pb2 as pb


@dataclass(frozen=True)
class Answer:
    """What became of one article of a stream: what was found in it, or why it could not be read. Just one of both is there."""

    #: The place of the request in the stream, from 0.
    index: int
    #: The id of the document as it was sent.
    document_id: str
    response: pb.ExtractResponse | None = None
    error: IsnadError | None = None


class Stream(Iterator[Answer]):
    """The answers of a stream, in the order of its requests: an iterator, and a context that cancels the call at its end.

    A stream that is dropped before its end cancels its call, too.
    """

    def __init__(self, call: Any, requests: Requests) -> None:
        self._call = call
        self._requests = requests

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Answer:
        """Raises `IsnadError` where the call as a whole ended with an error, and what the articles' iterator raised."""
        try:
            message = next(self._call)
        except grpc.RpcError as error:
            if self._requests.broken is not None:
                raise self._requests.broken from None
            raise call_error(error) from error
        return _answer(message)

    def cancel(self) -> None:
        """Ends the call; whoever reads on gets an `IsnadError` with `CANCELLED`. May be called by any thread."""
        self._call.cancel()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()


class Requests(Iterator[pb.ExtractRequest]):
    """The requests as gRPC takes them. It ends the call where their iterator raises, and tells the log alone what: here that is
    kept for the reader."""

    def __init__(self, requests: Iterable[pb.ExtractRequest]) -> None:
        self._requests = iter(requests)
        self.broken: Exception | None = None

    def __next__(self) -> pb.ExtractRequest:
        try:
            return next(self._requests)
        except StopIteration:
            raise
        except Exception as error:
            self.broken = error
            raise


def _answer(message: pb.ExtractStreamResponse) -> Answer:
    if message.HasField("error"):
        return Answer(message.index, message.error.document_id, error=article_error(message.error))
    return Answer(message.index, message.response.document_id, response=message.response)
