"""Runs the cases through grpcurl, which knows the contract by the server's reflection alone: `python3 grpcurl.py CASES SERVERS`.

Nothing comes between the case and the wire here: the request is the case's own JSON, the unit the default of the contract.
"""

from __future__ import annotations

import functools
import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from typing import Any

import suite
from suite import CallFailed, Item, Told

#: gRPC's codes by their numbers.
CODES = (
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
)  # fmt: skip

METHODS = {"extract": "Extract", "extract_stream": "ExtractStream", "normalize": "Normalize", "describe": "Describe"}


class Grpcurl(suite.Runner):
    lacks = frozenset({"cancel", "gzip", "raw", "reflection-v1alpha", "retry"})
    unit = "OFFSET_UNIT_UTF8_BYTE"

    def call(self, case: dict[str, Any], server: dict[str, Any]) -> dict[str, Any]:
        call = case["call"]
        if call == "health":
            return invoke(case, server, "grpc.health.v1.Health/Check", case["request"])
        if call == "reflect":
            method = f"grpc.reflection.{case['request']['version']}.ServerReflection/ServerReflectionInfo"
            listed = invoke(case, server, method, {"listServices": ""})["listServicesResponse"]["service"]
            return {"services": sorted(service["name"] for service in listed)}
        return invoke(case, server, f"isnad.v1.Extract/{METHODS[call]}", case["request"])

    def stream(self, case: dict[str, Any], server: dict[str, Any], count: int) -> Iterator[Item]:
        with start(case, server, "isnad.v1.Extract/ExtractStream") as process:
            thread = threading.Thread(target=write, args=(process, case), daemon=True)
            thread.start()
            answers = parse(process)
            for _, answer in zip(range(count), answers):
                yield item(answer)
            # grpcurl tells of an error only behind the end of its input, which must not be what ends the call.
            if case.get("then") == "stop":
                os.kill(server["pid"], signal.SIGTERM)
                time.sleep(1)
            if case.get("then") == "wait":
                time.sleep(case["options"]["timeoutMs"] / 1000 + 0.5)
            thread.join()
            process.stdin.close()  # once more, where the thread has
            yield from map(item, answers)
            finish(process, case)

    def cut(self, text: str, span: dict[str, Any]) -> str:
        return encoded(text)[span.get("begin", 0) : span["end"]].decode()

    def find(self, text: str, words: str) -> tuple[int, int]:
        begin = text.encode().index(words.encode())
        return begin, begin + len(words.encode())


@functools.lru_cache(maxsize=2)
def encoded(text: str) -> bytes:
    """The text as bytes; a long answer cuts it a hundred thousand times."""
    return text.encode()


def start(case: dict[str, Any], server: dict[str, Any], method: str) -> subprocess.Popen[str]:
    """grpcurl, about to make the case's call."""
    options = case.get("options", {})
    seconds = options.get("timeoutMs", suite.DEFAULT_TIMEOUT_MS) / 1000
    # -v for the headers, in which the request id is.
    words = ["grpcurl", "-v", "-format-error", "-max-time", str(seconds), "-max-msg-sz", str(1 << 30), "-d", "@"]
    if tls := server.get("tls"):
        if options.get("trust") != "system":
            words += ["-cacert", tls["ca"]]
        if options.get("identity"):
            words += ["-cert", tls["cert"], "-key", tls["key"]]
    else:
        words.append("-plaintext")
    if "token" in options:
        words += ["-rpc-header", f"authorization: Bearer {options['token']}"]
    if "requestId" in options:
        words += ["-rpc-header", f"x-request-id: {options['requestId']}"]
    pipe = subprocess.PIPE
    return subprocess.Popen([*words, server["address"], method], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def invoke(case: dict[str, Any], server: dict[str, Any], method: str, request: dict[str, Any]) -> dict[str, Any]:
    """Makes a unary call."""
    process = start(case, server, method)
    out, err = process.communicate(json.dumps(request))
    if process.returncode != 0:
        raise CallFailed(told(case, err, out))
    return next(contents(iter(out.splitlines(keepends=True))))


def write(process: subprocess.Popen[str], case: dict[str, Any]) -> None:
    """Writes the requests of a stream, and ends them where the case does."""
    assert process.stdin
    try:
        for request in case["requests"]:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        if case.get("then", "end") == "end":
            process.stdin.close()
    except BrokenPipeError:
        pass  # The call has ended: reading tells why.


def parse(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """The answers of a stream, as they come."""
    assert process.stdout
    process.rest = ""  # type: ignore[attr-defined]

    def lines() -> Iterator[str]:
        for line in process.stdout:
            process.rest += line  # type: ignore[attr-defined]
            yield line

    return contents(lines())


def contents(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The messages in what grpcurl says: it shows each behind a heading, from a line `{` to a line `}`."""
    message = ""
    for line in lines:
        if message or line in ("{\n", "{}\n"):
            message += line
        if message and line in ("}\n", "{}\n"):
            yield json.loads(message)
            message = ""


def finish(process: subprocess.Popen[str], case: dict[str, Any]) -> None:
    """Looks at how a stream has ended."""
    assert process.stderr
    err = process.stderr.read()
    if process.wait() != 0:
        raise CallFailed(told(case, err, process.rest))  # type: ignore[attr-defined]


def told(case: dict[str, Any], err: str, out: str) -> Told:
    """Reads the error that grpcurl shows, and the request id among the headers."""
    if not err.startswith("{"):
        # It did not even get to the call. It goes on dialling for a while, which has a deadline that is not the case's.
        late = "timeoutMs" in case.get("options", {}) and "deadline exceeded" in err
        return Told("DEADLINE_EXCEEDED" if late else "UNAVAILABLE", err)
    error = json.loads(err)
    request_id = re.search(r"^x-request-id: (.*)$", out, re.MULTILINE)
    found = Told(CODES[error["code"]], error.get("message", ""), request_id=request_id[1] if request_id else None)
    for detail in error.get("details", []):
        if "@error" in detail:
            continue  # It has asked the server what the detail is, and the deadline was over.
        match detail["@type"].rsplit(".", 1)[1]:
            case "ErrorInfo":
                found.reason, found.domain, found.metadata = detail["reason"], detail["domain"], detail.get("metadata", {})
            case "BadRequest":
                found.fields = [(violation["field"], violation["description"]) for violation in detail["fieldViolations"]]
            case "RetryInfo":
                found.retry_delay_ms = milliseconds(detail["retryDelay"])
    return found


def item(answer: dict[str, Any]) -> Item:
    """Reads an answer of a stream."""
    index, response, error = int(answer.get("index", "0")), answer.get("response"), answer.get("error")
    if error is None:
        return Item(index, response.get("documentId", ""), response)
    fields = [(violation["field"], violation["description"]) for violation in error.get("fieldViolations", [])]
    delay = milliseconds(error["retryDelay"]) if "retryDelay" in error else None
    failed = Told(CODES[error["code"]], error["message"], error["reason"], suite.DOMAIN, error.get("metadata", {}), fields, delay)
    return Item(index, error.get("documentId", ""), error=failed)


def milliseconds(duration: str) -> int:
    """Of a duration in JSON: `0.200s`."""
    return round(float(duration.removesuffix("s")) * 1000)


if __name__ == "__main__":
    suite.main(Grpcurl())
