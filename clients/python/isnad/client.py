"""The channel, and the calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Generic, TypeVar

import grpc
from google.protobuf.message import Message

from .errors import call_error
from .stream import Requests, Stream
from .v1 import extract_pb2 as pb
from .v1.extract_pb2_grpc import ExtractStub

#: Seconds after which calls end that name no `timeout`, unless `connect` was told otherwise. Streams have no default.
DEFAULT_TIMEOUT = 10.0

#: Has the channel spread calls over all addresses of a name, leave out servers that are stopping, and try again with backoff
#: where a server says `UNAVAILABLE`. The same for every language: clients/service-config.json.
_SERVICE_CONFIG = files(__package__).joinpath("service-config.json").read_text(encoding="utf-8")

_OWN_UNIT = pb.OFFSET_UNIT_UNICODE_CODE_POINT
_T = TypeVar("_T")


@dataclass(frozen=True)
class Tls:
    """Certificates in PEM."""

    #: The authorities that sign the server's certificate; the system's when left out.
    ca: bytes | None = None
    #: A certificate of the caller's own, and its key.
    cert: bytes | None = None
    key: bytes | None = None


def connect(
    address: str,
    *,
    tls: bool | Tls = False,
    token: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    gzip: bool = False,
    options: Sequence[tuple[str, Any]] = (),
) -> Client:
    """A client for the servers at `address`: `host:port`, or any target that gRPC resolves (`dns:///name:port` for all
    replicas behind a headless service, `unix:///path`).

    It connects when first called and reconnects by itself: make one and keep it. Any number of threads may share it.

    `tls`: `True` takes the system's authorities. `token` goes with every call; without `tls` it travels in the clear, which is
    right only on a network that is trusted or encrypted by other means. `timeout`: seconds for calls that name none. `gzip`
    compresses requests, which is worth it over a network; answers come compressed where the server is set to do so. `options`
    are handed on to the channel.
    """
    settings = [
        ("grpc.service_config", _SERVICE_CONFIG),
        # An answer may be many times as long as its article; the server bounds both.
        ("grpc.max_receive_message_length", -1),
        *options,
    ]
    compression = grpc.Compression.Gzip if gzip else None
    if tls is False:
        channel = grpc.insecure_channel(address, settings, compression)
    else:
        own = Tls() if tls is True else tls
        credentials = grpc.ssl_channel_credentials(own.ca, own.key, own.cert)
        channel = grpc.secure_channel(address, credentials, settings, compression)
    return Client(channel, token=token, timeout=timeout)


class Client:
    """A channel to one or more isnad servers; `connect` makes it. As a context, it closes the channel at its end."""

    def __init__(self, channel: grpc.Channel, *, token: str | None = None, timeout: float = DEFAULT_TIMEOUT) -> None:
        #: The channel itself, for the health and reflection services beside isnad's own.
        self.channel = channel
        self._stub: Any = ExtractStub(channel)  # type: ignore[no-untyped-call]
        self._token = token
        self._timeout = timeout

    def extract(
        self,
        article: str | pb.ExtractRequest,
        layers: Iterable[pb.Layer] = (),
        *,
        timeout: float | None = None,
        request_id: str | None = None,
    ) -> pb.ExtractResponse:
        """Reads one article, given as its text or as a request, and answers with all that was found in it.

        `layers` are those to answer with, all but tokens where none is given. `request_id` names the call in the server's
        log. Raises `IsnadError`.
        """
        return self.start_extract(article, layers, timeout=timeout, request_id=request_id).result()

    def start_extract(
        self,
        article: str | pb.ExtractRequest,
        layers: Iterable[pb.Layer] = (),
        *,
        timeout: float | None = None,
        request_id: str | None = None,
    ) -> Pending[pb.ExtractResponse]:
        """Begins the same, without waiting for the answer; so it can be cancelled."""
        return self._start(self._stub.Extract, _read(article, layers), timeout, request_id)

    def extract_stream(
        self,
        articles: Iterable[str | pb.ExtractRequest],
        layers: Iterable[pb.Layer] = (),
        *,
        timeout: float | None = None,
        request_id: str | None = None,
    ) -> Stream:
        """Reads many articles over one call: an answer for each, in their order.

        Another thread takes articles from `articles`, a bounded number ahead of the answers that were read.
        """
        layers = tuple(layers)
        requests = Requests(_read(article, layers) for article in articles)
        return Stream(self._stub.ExtractStream(requests, timeout=timeout, metadata=self._metadata(request_id)), requests)

    def normalize(
        self,
        text: str | pb.NormalizeRequest,
        profile: pb.NormalizeProfile = pb.NORMALIZE_PROFILE_UNSPECIFIED,
        folds: Iterable[pb.Fold] = (),
        *,
        timeout: float | None = None,
        request_id: str | None = None,
    ) -> pb.NormalizeResponse:
        """Folds spelling variants of a text, or of a request, with the edits by which any span maps both ways."""
        request = pb.NormalizeRequest()
        if isinstance(text, str):
            request.text = text
        else:
            request.CopyFrom(text)
        if profile:
            request.profile = profile
        request.folds.extend(folds)
        request.offset_unit = request.offset_unit or _OWN_UNIT
        answer: Pending[pb.NormalizeResponse] = self._start(self._stub.Normalize, request, timeout, request_id)
        return answer.result()

    def describe(self, *, timeout: float | None = None, request_id: str | None = None) -> pb.DescribeResponse:
        """Tells which version answers, which layers it has, its limits, and how much its lexicon holds."""
        answer: Pending[pb.DescribeResponse] = self._start(self._stub.Describe, pb.DescribeRequest(), timeout, request_id)
        return answer.result()

    def close(self) -> None:
        """Ends calls in flight and closes the connections."""
        self.channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, method: Any, request: Message, timeout: float | None, request_id: str | None) -> Pending[Any]:
        timeout = self._timeout if timeout is None else timeout
        return Pending(method.future(request, timeout=timeout, metadata=self._metadata(request_id)))

    def _metadata(self, request_id: str | None) -> list[tuple[str, str]]:
        metadata = []
        if self._token is not None:
            metadata.append(("authorization", f"Bearer {self._token}"))
        if request_id is not None:
            metadata.append(("x-request-id", request_id))
        return metadata


class Pending(Generic[_T]):
    """A call whose answer is not waited for yet."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def result(self) -> _T:
        """Waits for the answer. Raises `IsnadError`, with `CANCELLED` where the call was cancelled."""
        try:
            answer: _T = self._call.result()
            return answer
        except (grpc.RpcError, grpc.FutureCancelledError) as error:
            raise call_error(self._call) from error
        except KeyboardInterrupt:
            self.cancel()
            raise

    def done(self) -> bool:
        """Whether `result` would give an answer or an error at once."""
        return bool(self._call.done())

    def cancel(self) -> None:
        """Ends the call. May be called by any thread."""
        self._call.cancel()


def _read(article: str | pb.ExtractRequest, layers: Iterable[pb.Layer]) -> pb.ExtractRequest:
    """The request for an article, with offsets in Python's own unit where it names none."""
    request = pb.ExtractRequest()
    if isinstance(article, str):
        request.document.text = article
    else:
        request.CopyFrom(article)
    request.layers.extend(layers)
    request.offset_unit = request.offset_unit or _OWN_UNIT
    return request
