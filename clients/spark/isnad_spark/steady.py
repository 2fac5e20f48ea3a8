"""Streams that outlive their servers: every article is answered, whichever replica goes on the way."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator

import grpc
import isnad

#: A stream stays with one replica, so that another is opened now and then: new replicas get their share.
PER_STREAM = 1000
#: So often in a row may a stream end without a single answer; with the pauses between, half a minute.
FRUITLESS = 10
#: A replica whose machine is gone says nothing at all: ping it where a stream is silent.
KEEPALIVE = [("grpc.keepalive_time_ms", 20_000), ("grpc.keepalive_timeout_ms", 10_000)]


def answers(
    client: isnad.Client, articles: Iterable[isnad.pb.ExtractRequest]
) -> Iterator[tuple[isnad.pb.ExtractRequest, isnad.Answer]]:
    """Every article with its answer, in order. A stream that breaks is opened anew, with what it left unanswered.

    Raises `IsnadError` where trying again does not help: the servers refuse the call as such, or none of them answers for long.
    """
    unanswered = _Unanswered(articles)
    fruitless = 0
    while not unanswered.done():
        fruitless += 1
        try:
            with client.extract_stream(unanswered.requests()) as stream:
                for answer in stream:
                    if answer.error is not None and answer.error.retry_delay is not None:
                        # The article is not at fault: its server is full or stops.
                        raise answer.error
                    yield unanswered.answered(), answer
                    fruitless = 0
        except isnad.IsnadError as error:
            if error.code is not grpc.StatusCode.UNAVAILABLE or fruitless > FRUITLESS:
                raise
            told = error.retry_delay.total_seconds() if error.retry_delay else 0.0
            time.sleep(max(told, min(0.1 * 2**fruitless, 5.0)))
        if fruitless > FRUITLESS:
            raise RuntimeError("streams end without an error and without an answer: is it isnad that listens there?")


class _Unanswered:
    """The articles that went up and whose answers have not come down, and behind them those that are yet to go."""

    def __init__(self, articles: Iterable[isnad.pb.ExtractRequest]) -> None:
        self._source = iter(articles)
        self._sent: deque[isnad.pb.ExtractRequest] = deque()
        #: How many of those the stream that is open has sent.
        self._up = 0
        self._stream: object = None
        # gRPC takes requests on a thread of its own, and that of a broken stream may come late.
        self._lock = threading.Lock()

    def requests(self) -> Iterator[isnad.pb.ExtractRequest]:
        """What a new stream is to send: first what the one before it left."""
        with self._lock:
            self._stream = stream = object()
            self._up = 0
        return self._requests(stream)

    def _requests(self, stream: object) -> Iterator[isnad.pb.ExtractRequest]:
        for _ in range(PER_STREAM):
            with self._lock:
                if self._stream is not stream or not self._reach(self._up):
                    return
                article = self._sent[self._up]
                self._up += 1
            yield article

    def answered(self) -> isnad.pb.ExtractRequest:
        """Takes the first article out, as it was answered."""
        with self._lock:
            self._up -= 1
            return self._sent.popleft()

    def done(self) -> bool:
        """Whether nothing is left, of what was sent or at the source."""
        with self._lock:
            self._stream = None
            return not self._reach(0)

    def _reach(self, place: int) -> bool:
        """Whether there is an article at `place`; the next one of the source is fetched for it."""
        if place == len(self._sent):
            self._sent.extend(article for article in [next(self._source, None)] if article is not None)
        return place < len(self._sent)
