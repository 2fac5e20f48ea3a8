"""What came of it, for people."""

from __future__ import annotations

from typing import Any

MARKS = {"ok": "ok", "skip": "-", "fail": "FAIL"}


def verdict(client: dict[str, Any], result: dict[str, Any] | None) -> tuple[str, str]:
    """`ok`, `skip` or `fail` of one case, and why."""
    if result is None:
        return "fail", "no line came for it"
    if "skip" in result:
        unexpected = [need for need in result["skip"].split(", ") if need not in client.get("lacks", [])]
        return ("fail", f"skipped for {', '.join(unexpected)}, which it should have") if unexpected else ("skip", result["skip"])
    return ("ok", "") if result["ok"] else ("fail", result["why"])


def show(cases: list[str], verdicts: dict[str, dict[str, tuple[str, str]]]) -> int:
    """Prints the table, what failed below it, and the counts; gives the number of failures."""
    width = max(len(case) for case in cases)
    names = list(verdicts)
    print(f"\n{'':{width}}  " + "  ".join(f"{name:>7}" for name in names))
    for case in cases:
        print(f"{case:{width}}  " + "  ".join(f"{MARKS[verdicts[name][case][0]]:>7}" for name in names))
    counts = {name: [sum(each[0] == kind for each in told.values()) for kind in MARKS] for name, told in verdicts.items()}
    for place, kind in enumerate(("passed", "skipped", "failed")):
        print(f"{kind:>{width}}  " + "  ".join(f"{counts[name][place]:>7}" for name in names))
    for name, told in verdicts.items():
        for case, (kind, why) in told.items():
            if kind == "fail":
                print(f"\n{name}, {case}: {why}")
    return sum(count[2] for count in counts.values())
