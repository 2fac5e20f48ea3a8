"""What the suite must not let pass: `python3 -m unittest discover clients/conformance/runners`."""

import unittest
from collections.abc import Iterator
from typing import Any

import suite
from suite import CallFailed, Failure, Item, Told

TEXT = "🙂 وصل الوزير"  # the minister arrived
SPAN = {"begin": 6, "end": 12, "text": "الوزير"}
UNIT = "OFFSET_UNIT_UNICODE_CODE_POINT"
ANSWER = {"offsetUnit": UNIT, "tokens": [{"span": SPAN}]}
REFUSED = Told("INVALID_ARGUMENT", "no", "INVALID_REQUEST", suite.DOMAIN, {"limit": "7"}, [("document", "must be set")], 200, "r1")


class Fake(suite.Runner):
    """A client that answers as a test says."""

    lacks = frozenset()
    unit = UNIT

    def __init__(self, *told: Any) -> None:
        self.told = told

    def call(self, case: dict[str, Any], server: dict[str, Any]) -> dict[str, Any]:
        if isinstance(self.told[0], Told):
            raise CallFailed(self.told[0])
        return self.told[0]

    def stream(self, case: dict[str, Any], server: dict[str, Any], count: int) -> Iterator[Item]:
        for told in self.told:
            if isinstance(told, Told):
                raise CallFailed(told)
            yield told

    def cut(self, text: str, span: dict[str, Any]) -> str:
        return text[span.get("begin", 0) : span["end"]]

    def find(self, text: str, words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)


def run(expect: dict[str, Any], *told: Any, **more: Any) -> None:
    case = {"call": "extract", "request": {"document": {"text": TEXT}}, "expect": expect, **more}
    suite.run(Fake(*told), case, {})


class SuiteTest(unittest.TestCase):
    def refuses(self, *words: Any, **more: Any) -> None:
        with self.assertRaises(Failure):
            run(*words, **more)

    def test_spans_are_cut_and_words_found(self):
        run({"words": ["الوزير"], "answer": {"tokens": [{"span": {"begin": 6}}]}}, ANSWER)
        self.refuses({"words": ["وصل"]}, ANSWER)
        self.refuses({}, {**ANSWER, "offsetUnit": "OFFSET_UNIT_UTF8_BYTE"})
        for wrong in ({"begin": 7}, {"end": 13}, {"begin": 0, "end": 99}):
            self.refuses({}, {**ANSWER, "tokens": [{"reason": {"words": [{**SPAN, **wrong}]}}]})

    def test_patterns(self):
        for pattern, value in (
            ({"a": None, "b": 0, "c": []}, {}),
            ({"a": "$any"}, {"a": {"b": 1}}),
            ([1, 3], [1, 2, 3]),
        ):
            suite.match(pattern, value, "")
        for pattern, value in (
            ({"a": None}, {"a": 1}),
            ({"a": []}, {"a": [1]}),
            ({"a": "$any"}, {"a": ""}),
            ({"a": {"b": None}}, {}),
            ([3, 1], [1, 2, 3]),
            ([1, 1], [1]),
            (1, 2),
        ):
            with self.assertRaises(Failure, msg=f"{pattern} {value}"):
                suite.match(pattern, value, "")

    def test_every_detail_of_an_error(self):
        expected = {"code": "INVALID_ARGUMENT", "reason": "INVALID_REQUEST", "fields": ["document"], "metadata": {"limit": "7"}}
        expected["retryDelayMs"] = 200
        run({"error": expected}, REFUSED)
        self.refuses({"error": expected}, ANSWER)
        self.refuses({}, REFUSED)
        for key, wrong in (
            ("code", "INTERNAL"),
            ("reason", "TEXT_TOO_LONG"),
            ("fields", []),
            ("metadata", {"limit": "8"}),
            ("retryDelayMs", 201),
            ("requestId", "r2"),
        ):
            self.refuses({"error": {**expected, key: wrong}}, REFUSED)
            if key not in ("code", "reason", "requestId"):
                self.refuses({"error": {name: value for name, value in expected.items() if name != key}}, REFUSED)

    def test_streams(self):
        def stream(*told: Any, **expect: Any) -> None:
            requests = [{"document": {"id": "a", "text": TEXT}}, {"document": {"id": "b", "text": TEXT}}]
            answers = [{"response": {}}, {"error": {"code": "INVALID_ARGUMENT"}}]
            run({"answers": answers, **expect}, *told, call="extract_stream", requests=requests)

        first, second = Item(0, "a", ANSWER), Item(1, "b", error=REFUSED)
        stream(first, second)
        stream(first, second, Told("CANCELLED"), error={"code": "CANCELLED"})
        for told in (
            [first],
            [first, second, Item(2, "c", ANSWER)],
            [second, first],
            [first, Item(1, "a", error=REFUSED)],
            [first, Item(2, "b", error=REFUSED)],
            [first, Item(1, "b", ANSWER)],
            [first, second, Told("CANCELLED")],
        ):
            with self.assertRaises(Failure):
                stream(*told)
        with self.assertRaises(Failure):
            stream(first, Told("CANCELLED"), error={"code": "CANCELLED"})


if __name__ == "__main__":
    unittest.main()
