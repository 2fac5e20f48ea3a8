"""What went wrong, for programs: a gRPC status with the `google.rpc` details that the server puts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc import error_details_pb2, status_pb2

from .v1 import extract_pb2 as pb

#: The domain of every error that comes from an isnad server.
DOMAIN = "isnad.v1.Extract"

_CODES = {code.value[0]: code for code in grpc.StatusCode}
_Detail = TypeVar("_Detail", bound=Message)


@dataclass(frozen=True)
class FieldViolation:
    """A field of the request that is at fault."""

    #: Its path: `options.lexicon[3].type`.
    field: str
    #: What is wrong with it and what would be right.
    description: str


class IsnadError(Exception):
    """Why a call, or one article of a stream, was not answered.

    What it holds beyond code and message comes from the server, and is absent where the server was not reached. The error of
    gRPC itself is its `__cause__`.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        *,
        reason: str | None = None,
        domain: str | None = None,
        metadata: Mapping[str, str] = MappingProxyType({}),
        field_violations: Iterable[FieldViolation] = (),
        retry_delay: timedelta | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        #: gRPC's code.
        self.code = code
        #: A sentence, in English.
        self.message = message
        #: The reason in one word, `TEXT_TOO_LONG`; the contract lists them, a later server may know more.
        self.reason = reason
        #: Who gave the reason: `DOMAIN`, unless something on the way did.
        self.domain = domain
        #: The figures that belong to the reason: `size` and `limit` of a text that is too long.
        self.metadata = dict(metadata)
        #: The fields of the request that are at fault.
        self.field_violations = tuple(field_violations)
        #: How long to wait before trying again; absent where that would not help.
        self.retry_delay = retry_delay
        #: The call's id in the server's log; absent for an article of a stream.
        self.request_id = request_id

    def __str__(self) -> str:
        reason = f" ({self.reason})" if self.reason else ""
        request = f" [request {self.request_id}]" if self.request_id else ""
        return f"{self.code.name}{reason}: {self.message}{request}"


def call_error(call: Any) -> IsnadError:
    """Reads the error of a call that has ended with one; its request id stands in the headers or in the trailers."""
    header, trailer = call.initial_metadata() or (), call.trailing_metadata() or ()
    found = {key: value for key, value in chain(header, trailer)}
    details = _details(found.get("grpc-status-details-bin", b""))
    info = _find(details, error_details_pb2.ErrorInfo)
    invalid = _find(details, error_details_pb2.BadRequest)
    retry = _find(details, error_details_pb2.RetryInfo)
    request_id = found.get("x-request-id")
    return IsnadError(
        call.code(),
        call.details() or "",
        reason=info.reason if info else None,
        domain=info.domain if info else None,
        metadata=info.metadata if info else {},
        field_violations=[FieldViolation(v.field, v.description) for v in invalid.field_violations] if invalid else (),
        retry_delay=retry.retry_delay.ToTimedelta() if retry else None,
        request_id=str(request_id) if request_id else None,
    )


def article_error(failed: pb.ArticleError) -> IsnadError:
    """Reads the same from the answer to an article of a stream."""
    return IsnadError(
        _CODES.get(failed.code, grpc.StatusCode.UNKNOWN),
        failed.message,
        reason=failed.reason or None,
        domain=DOMAIN,
        metadata=failed.metadata,
        field_violations=[FieldViolation(v.field, v.description) for v in failed.field_violations],
        retry_delay=failed.retry_delay.ToTimedelta() if failed.HasField("retry_delay") else None,
    )


def _details(encoded: Any) -> Iterable[Any]:
    try:
        details: Iterable[Any] = status_pb2.Status.FromString(encoded).details
        return details
    except (DecodeError, TypeError):
        # Of a proxy on the way: the code and the message still tell what they can.
        return ()


def _find(details: Iterable[Any], kind: type[_Detail]) -> _Detail | None:
    for detail in details:
        if detail.Is(kind.DESCRIPTOR):
            return kind.FromString(detail.value)
    return None
