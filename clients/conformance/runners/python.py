"""Runs the cases through the Python client: `python python.py CASES SERVERS`."""

from __future__ import annotations

import base64
import os
import queue
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from grpc_health.v1 import health_pb2, health_pb2_grpc

import isnad
from isnad import pb
from isnad.errors import call_error

import suite
from suite import CallFailed, Item, Told


class Python(suite.Runner):
    lacks: frozenset[str] = frozenset()
    unit = "OFFSET_UNIT_UNICODE_CODE_POINT"

    def call(self, case: dict[str, Any], server: dict[str, Any]) -> dict[str, Any]:
        with connect(case, server) as client:
            try:
                return CALLS[case["call"]](client, case)
            except isnad.IsnadError as error:
                raise CallFailed(told(error)) from error

    def stream(self, case: dict[str, Any], server: dict[str, Any], count: int) -> Iterator[Item]:
        done = threading.Event()

        def requests() -> Iterator[pb.ExtractRequest]:
            for request in case["requests"]:
                yield ParseDict(request, pb.ExtractRequest())
            if "then" in case and case["then"] != "end":
                done.wait()

        with connect(case, server) as client, client.extract_stream(requests(), **how(case)) as answers:
            try:
                for _ in range(count):
                    yield item(next(answers))
                if case.get("then") == "cancel":
                    answers.cancel()
                if case.get("then") == "stop":
                    os.kill(server["pid"], signal.SIGTERM)
                yield from map(item, answers)
            except StopIteration:
                return
            except isnad.IsnadError as error:
                raise CallFailed(told(error)) from error
            finally:
                done.set()

    def cut(self, text: str, span: dict[str, Any]) -> str:
        words = isnad.cut(text, ParseDict(span, pb.Span()))
        assert words == text[span.get("begin", 0) : span["end"]]
        return words

    def find(self, text: str, words: str) -> tuple[int, int]:
        begin = text.index(words)
        return begin, begin + len(words)


def connect(case: dict[str, Any], server: dict[str, Any]) -> isnad.Client:
    options, tls = case.get("options", {}), server.get("tls")
    trust: bool | isnad.Tls = False
    if tls:
        ca, cert, key = (Path(tls[name]).read_bytes() for name in ("ca", "cert", "key"))
        trust = isnad.Tls(ca, cert, key) if options.get("identity") else isnad.Tls(ca)
        if options.get("trust") == "system":
            trust = True
    return isnad.connect(server["address"], tls=trust, token=options.get("token"), gzip=options.get("gzip", False))


def how(case: dict[str, Any]) -> dict[str, Any]:
    """Deadline and request id of a call."""
    options = case.get("options", {})
    return {"timeout": options.get("timeoutMs", suite.DEFAULT_TIMEOUT_MS) / 1000, "request_id": options.get("requestId")}


def extract(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    call = client.start_extract(ParseDict(case["request"], pb.ExtractRequest()), **how(case))
    if "cancelAfterMs" in case.get("options", {}):
        threading.Timer(case["options"]["cancelAfterMs"] / 1000, call.cancel).start()
    return MessageToDict(call.result())


def normalize(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    return MessageToDict(client.normalize(ParseDict(case["request"], pb.NormalizeRequest()), **how(case)))


def describe(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    return MessageToDict(client.describe(**how(case)))


def health(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    request = health_pb2.HealthCheckRequest(service=case["request"]["service"])
    return MessageToDict(other(health_pb2_grpc.HealthStub(client.channel).Check, request, case))


def reflect(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    """By hand, since grpcio-reflection has the older version alone."""
    # Field 7 of the request, empty: the services, please. Field 6 of the answer holds them, each in a field 1, its name in a field 1.
    method = f"/grpc.reflection.{case['request']['version']}.ServerReflection/ServerReflectionInfo"
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    requests.put(b"\x3a\x00")
    answers = client.channel.stream_stream(method)(iter(requests.get, b""), timeout=how(case)["timeout"])
    listed = field(next(answers), 6)[0]
    requests.put(b"")
    return {"services": sorted(field(service, 1)[0].decode() for service in field(listed, 1))}


def raw(client: isnad.Client, case: dict[str, Any]) -> dict[str, Any]:
    method = client.channel.unary_unary("/" + case["request"]["method"])
    other(method, base64.b64decode(case["request"]["bytes"]), case)
    return {}


CALLS = {"extract": extract, "normalize": normalize, "describe": describe, "health": health, "reflect": reflect, "raw": raw}


def other(method: Any, request: Any, case: dict[str, Any]) -> Any:
    """A call that the package does not make."""
    try:
        return method(request, timeout=how(case)["timeout"])
    except grpc.RpcError as error:
        raise CallFailed(told(call_error(error))) from error


def field(message: bytes, number: int) -> list[bytes]:
    """The values of a field of bytes in a message, on the wire."""

    def varint() -> int:
        nonlocal message
        value = shift = 0
        while True:
            byte, message = message[0], message[1:]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    found = []
    while message:
        tag = varint()
        assert tag & 7 == 2, f"wire type {tag & 7}"
        length = varint()
        if tag >> 3 == number:
            found.append(message[:length])
        message = message[length:]
    return found


def item(answer: isnad.Answer) -> Item:
    response = None if answer.response is None else MessageToDict(answer.response)
    return Item(answer.index, answer.document_id, response, None if answer.error is None else told(answer.error))


def told(error: isnad.IsnadError) -> Told:
    return Told(
        code=error.code.name,
        message=error.message,
        reason=error.reason,
        domain=error.domain,
        metadata=error.metadata,
        fields=[(violation.field, violation.description) for violation in error.field_violations],
        retry_delay_ms=None if error.retry_delay is None else error.retry_delay // timedelta(milliseconds=1),
        request_id=error.request_id,
    )


if __name__ == "__main__":
    suite.main(Python())
