"""The cases and what must come of them, for runners in Python: README.md beside `cases/` is the format."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

DOMAIN = "isnad.v1.Extract"
DEFAULT_TIMEOUT_MS = 30_000


class Failure(Exception):
    """What came back is not what must."""


@dataclass
class Told:
    """An error as a client tells it."""

    code: str
    message: str = ""
    reason: str | None = None
    domain: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    #: Paths and what is said of them.
    fields: list[tuple[str, str]] = field(default_factory=list)
    retry_delay_ms: int | None = None
    request_id: str | None = None


class CallFailed(Exception):
    """A call ended with an error."""

    def __init__(self, told: Told) -> None:
        super().__init__(f"{told.code} {told.reason or ''}: {told.message}")
        self.told = told


@dataclass
class Item:
    """An answer of a stream, in JSON, or the error in its place."""

    index: int
    document_id: str
    response: dict[str, Any] | None = None
    error: Told | None = None


class Runner(Protocol):
    """What a client brings."""

    #: The needs that it cannot meet.
    lacks: frozenset[str]
    #: The name of its own offset unit.
    unit: str

    def call(self, case: dict[str, Any], server: dict[str, Any]) -> dict[str, Any]:
        """Makes a unary call; its answer in JSON. Raises `CallFailed`."""

    def stream(self, case: dict[str, Any], server: dict[str, Any], count: int) -> Iterator[Item]:
        """Makes a stream, of which `count` answers are expected; does what `then` says behind them. Raises `CallFailed`."""

    def cut(self, text: str, span: dict[str, Any]) -> str:
        """What the span stands for, by the means of the client."""

    def find(self, text: str, words: str) -> tuple[int, int]:
        """Where the words stand, by the means of the language."""


def main(runner: Runner) -> None:
    """Runs every case, a line of JSON each."""
    folder, servers = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    for case in cases(folder):
        line: dict[str, Any] = {"case": case["name"]}
        missing = [need for need in case.get("needs", []) if need in runner.lacks]
        if missing:
            line["skip"] = ", ".join(missing)
        else:
            try:
                run(runner, written_out(case), servers[case.get("server", "plain")])
                line["ok"] = True
            except Failure as failure:
                line |= {"ok": False, "why": str(failure)}
            except Exception as error:  # noqa: BLE001: whatever breaks is a failure of this case alone
                traceback.print_exc()
                line |= {"ok": False, "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(line, ensure_ascii=False), flush=True)


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """The cases of all files."""
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
            yield case


def written_out(value: Any) -> Any:
    """`value` with every repetition written out."""
    if isinstance(value, list):
        return [written_out(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"repeat", "times"}:
        once = written_out(value["repeat"])
        return (once if isinstance(once, str) else [once]) * value["times"]
    return {key: written_out(entry) for key, entry in value.items()}


def run(runner: Runner, case: dict[str, Any], server: dict[str, Any]) -> None:
    """Makes one call and looks at what comes of it. Raises `Failure`."""
    expected = case["expect"]
    failed: Told | None = None
    answer: dict[str, Any] | None = None
    try:
        if case["call"] == "extract_stream":
            items = 0
            for item in runner.stream(case, server, len(expected["answers"])):
                check_item(runner, case, item, items)
                items += 1
        else:
            answer = runner.call(case, server)
    except CallFailed as error:
        failed = error.told
    if failed is not None:
        if "error" not in expected:
            raise Failure(f"failed: {failed}")
        check_error(expected["error"], failed, in_stream=False)
    elif "error" in expected:
        raise Failure(f"no error, but {json.dumps(answer, ensure_ascii=False)[:200]}")
    if case["call"] == "extract_stream":
        require(items == len(expected["answers"]), f"{items} answers, not {len(expected['answers'])}")
    elif answer is not None:
        check_answer(runner, case["call"], case["request"], answer)
        match(expected.get("answer", {}), answer, "answer")
        for words in expected.get("words", []):
            check_words(runner, case["request"]["document"]["text"], words, answer)


def check_item(runner: Runner, case: dict[str, Any], item: Item, place: int) -> None:
    """Looks at one answer of a stream."""
    at = f"answers[{place}]"
    answers = case["expect"]["answers"]
    require(place < len(answers), f"{at} is one too many")
    expected, request = answers[place], case["requests"][place]
    require(item.index == place, f"{at} has index {item.index}")
    require(item.document_id == request["document"].get("id", ""), f"{at} is of document {item.document_id!r}")
    if "error" in expected:
        if item.error is None:
            raise Failure(f"{at} is no error")
        check_error(expected["error"], item.error, in_stream=True)
    else:
        if item.response is None:
            raise Failure(f"{at} is an error: {item.error}")
        check_answer(runner, "extract", request, item.response)
        match(expected["response"], item.response, at)


def check_answer(runner: Runner, call: str, request: dict[str, Any], answer: dict[str, Any]) -> None:
    """What is checked of each answer unasked."""
    if call not in ("extract", "normalize"):
        return
    unit = answer.get("offsetUnit")
    require(unit == runner.unit, f"offsetUnit is {unit}, not {runner.unit}")
    sent = request["text"] if call == "normalize" else request["document"]["text"]
    for path, span in spans(answer):
        text = answer["text"] if path.endswith(".normalized") else sent
        begin, end = span.get("begin", 0), span["end"]
        # Slices beyond the end are short in silence.
        require(begin <= end <= runner.find(text, text)[1], f"{path} from {begin} to {end} is not in the text")
        cut = runner.cut(text, span)
        require(cut == span["text"], f"{path} cuts {cut!r}, not {span['text']!r}")


def spans(value: Any, path: str = "answer") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span with a text in an answer, with where it stands."""
    if isinstance(value, list):
        for place, entry in enumerate(value):
            yield from spans(entry, f"{path}[{place}]")
    elif isinstance(value, dict):
        if "end" in value and "text" in value:
            yield path, value
        for key, entry in value.items():
            yield from spans(entry, f"{path}.{key}")


def check_words(runner: Runner, text: str, words: str, answer: dict[str, Any]) -> None:
    """Looks for a span that is just these words, where they stand in the text."""
    wanted = runner.find(text, words)
    found = [(span.get("begin", 0), span["end"]) for _, span in spans(answer) if span["text"] == words]
    require(bool(found), f"no span is {words!r}")
    require(wanted in found, f"{words!r} stands at {wanted}, the answer has it at {found[0]}")


def check_error(expected: dict[str, Any], told: Told, *, in_stream: bool) -> None:
    """Looks at an error, detail by detail."""
    codes = expected["code"] if isinstance(expected["code"], list) else [expected["code"]]
    require(told.code in codes, f"code is {told.code} ({told.message}), not {' or '.join(codes)}")
    if "reason" not in expected:
        return
    require(told.reason == expected["reason"], f"reason is {told.reason}, not {expected['reason']}")
    require(told.domain == DOMAIN, f"domain is {told.domain}")
    require(bool(told.message), "no message")
    fields = [path for path, _ in told.fields]
    require(fields == expected.get("fields", []), f"fields are {fields}, not {expected.get('fields', [])}")
    require(all(description for _, description in told.fields), f"a field without description: {told.fields}")
    if "metadata" in expected:
        match(expected["metadata"], told.metadata, "metadata")
    else:
        require(not told.metadata, f"metadata is {told.metadata}")
    delay = expected.get("retryDelayMs")
    require(told.retry_delay_ms == delay, f"the delay is {told.retry_delay_ms} ms, not {delay}")
    if not in_stream:
        require(bool(told.request_id), "no request id")
        require(told.request_id == expected.get("requestId", told.request_id), f"request id is {told.request_id}")


def match(pattern: Any, value: Any, path: str) -> None:
    """Holds a value against a pattern. Raises `Failure`."""
    if pattern == "$any":
        require(value not in (None, "", [], {}, 0, False), f"{path} is {value!r}")
    elif pattern is None or pattern in (0, "", False) or pattern == []:
        require(value in (None, "", [], {}, 0, False), f"{path} is {value!r}, not absent or empty")
    elif isinstance(pattern, dict):
        require(isinstance(value, dict), f"{path} is {value!r}")
        for key, part in pattern.items():
            match(part, value.get(key), f"{path}.{key}")
    elif isinstance(pattern, list):
        require(isinstance(value, list), f"{path} is {value!r}")
        rest = iter(value)
        for place, part in enumerate(pattern):
            require(any(matches(part, entry) for entry in rest), f"{path} has nothing for entry {place} of the pattern: {part}")
    else:
        require(value == pattern, f"{path} is {value!r}, not {pattern!r}")


def matches(pattern: Any, value: Any) -> bool:
    """Whether a value matches a pattern."""
    try:
        match(pattern, value, "")
    except Failure:
        return False
    return True


def require(holds: bool, otherwise: str) -> None:
    """Raises `Failure` where something does not hold."""
    if not holds:
        raise Failure(otherwise)
