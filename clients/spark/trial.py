"""Runs the job on `local[2]` against two servers, and looks at what came of it.

1. Every article has one row `article` or `error`, and the right one; every fact has the words that stand at its offsets, as Spark's own
   `substring` cuts them; there are as many facts of each kind as `isnad extract` finds in the same articles without server or Spark.
2. The same again, with one server killed in the middle, and the other asked to stop while its successor comes up: the same facts, to the row.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

from isnad_spark import Servers, read
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, expr

ARTICLES = 6000
BAD = {"empty": "  ", "long": "خبر " * 300_000}  # "news", over the limit of 1 MiB
LISTS = ["mentions", "positions", "times", "quantities", "quotes", "events"]

NAMES = ["سالم الدليمي", "هند العبيدي", "طارق المنصوري", "ليلى حداد", "يوسف بن عمار"]
OFFICES = ["وزير النقل", "رئيسة البلدية", "المتحدث باسم الوزارة", "السفيرة"]  # minister of transport, mayor, ministry's spokesman, ambassador
PLACES = ["بغداد", "الرباط", "عمّان", "تونس", "بيروت", "مسقط"]
SAYINGS = ["قال", "أكد", "نفى", "أعلن", "حذر من"]  # said, affirmed, denied, announced, warned of


def text(n: int) -> str:
    """An article: who says in which city what is being built, for how much, and whom he met when. Some with an emoji, two units in Java."""
    name, office = NAMES[n % len(NAMES)], OFFICES[n // 5 % len(OFFICES)]
    place, other = PLACES[n // 3 % len(PLACES)], PLACES[n // 7 % len(PLACES)]
    mark = "🚢 " if n % 4 == 0 else ""
    return (
        f"{mark}توسعة الميناء رقم {n} تدخل مرحلة جديدة\n\n{place} - "
        f"{SAYINGS[n % len(SAYINGS)]} {office} {name} إن المشروع سيوفر {n + 10} فرصة عمل بكلفة {n % 90 + 1} مليون دولار.\n"
        f"وأضاف أن «العمل يسير كما خطط له منذ عام {2000 + n % 20}». والتقى {name} أمس الأحد وفدا من {other}.\n"
    )


def published(n: int) -> datetime:
    return datetime(2024, 5, 14, 9, tzinfo=timezone.utc) + timedelta(days=n % 300)


class Server:
    """A server of our own, on a port that it is given, or on any free one."""

    def __init__(self, port: int = 0) -> None:
        command = [os.environ["ISNAD_BIN"], "serve", "--address", f"127.0.0.1:{port}", "--drain-timeout", "1s", "--log", "error"]
        # Its settings are those here, whatever the environment says.
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
        self._process = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, text=True)
        # Also where the trial fails.
        atexit.register(self._process.kill)
        line = self._process.stdout.readline()
        self.port = int(line.split(" on 127.0.0.1:")[1].split(".")[0])

    def read(self) -> int:
        """How many articles it has read."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics") as page:
            lines = page.read().decode().splitlines()
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith("isnad_article_seconds_count"))

    def end(self, by: signal.Signals) -> None:
        self._process.send_signal(by)
        self._process.wait()


def servers_of(*servers: Server) -> Servers:
    return Servers("ipv4:" + ",".join(f"127.0.0.1:{server.port}" for server in servers))


def expected(articles: list[tuple]) -> Counter:
    """How many facts of each kind `isnad extract` finds, in one process."""
    requests = "\n".join(
        json.dumps({"document": {"id": id, "text": text, "publishTime": at.isoformat()}}) for id, text, at in articles
    )
    command = [os.environ["ISNAD_BIN"], "extract", "--jsonl"]
    done = subprocess.run(command, input=requests.encode(), stdout=subprocess.PIPE)
    counts: Counter = Counter()
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        counts["error" if "error" in answer else "article"] += 1
        for list in LISTS:
            counts[{"quantities": "quantity"}.get(list, list[:-1])] += len(answer.get(list, []))
    return counts


def check(holds: bool, what: str) -> None:
    print("ok" if holds else "NOT OK", "-", what, flush=True)
    if not holds:
        sys.exit(1)


def look(articles: DataFrame, facts: DataFrame, wanted: Counter) -> None:
    found = Counter({row["kind"]: row["count"] for row in facts.groupBy("kind").count().collect()})
    check(found == wanted, f"facts by kind as isnad extract finds them: {dict(sorted(found.items()))}")
    heads = facts.where("kind in ('article', 'error')")
    check(heads.select("article").distinct().count() == heads.count() == articles.count(), "one row of its own for each article")
    errors = {row.article: row.type for row in facts.where("kind = 'error'").collect()}
    check(errors == {"empty": "INVALID_REQUEST", "long": "TEXT_TOO_LONG"}, f"bad articles say what is wrong: {errors}")
    cut = expr("substring(text, `begin` + 1, `end` - `begin`)")
    spans = facts.where("`begin` is not null").join(articles, col("article") == col("id"))
    check(spans.where(cut != col("words")).count() == 0, f"substring cuts the words out: {spans.count()} spans")
    said = facts.where("kind = 'quote' and array_contains(who.latin_name, 'Salem al-Dulaimi')").count()
    check(said > 0, f"quotes can be asked by speaker: {said} of Salem al-Dulaimi")


def unrest(one: Server, other: Server, told: list) -> None:
    """Kills one server when it has read some articles; starts it again; then has the other stop."""
    def until(server: Server, count: int) -> None:
        while server.read() < count:
            time.sleep(0.01)

    base = other.read()
    until(one, one.read() + ARTICLES // 10)
    one.end(signal.SIGKILL)
    told.append(f"killed with {other.read() - base} articles read by the other")
    until(other, base + ARTICLES // 4)
    new = Server(one.port)
    other.end(signal.SIGTERM)
    told.append("the other stopped, the first back")
    told.append(new)


def main() -> None:
    articles = [(f"n{n}", text(n), published(n)) for n in range(ARTICLES)]
    articles[ARTICLES // 3 : ARTICLES // 3] = [(id, bad, published(0)) for id, bad in BAD.items()]
    wanted = expected(articles)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        spark = (
            SparkSession.builder.master("local[2]").appName("isnad-trial")
            .config("spark.ui.enabled", False)
            .config("spark.sql.session.timeZone", "Asia/Baghdad")  # what is not UTC would show
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
            .config("spark.task.maxFailures", 1)
            .getOrCreate()
        )  # fmt: skip
        spark.sparkContext.setLogLevel("ERROR")
        spark.createDataFrame(articles, "id string, text string, published timestamp").write.parquet(str(folder / "articles"))
        given = spark.read.parquet(str(folder / "articles")).repartition(4)

        one, other = Server(), Server()
        began = time.monotonic()
        read(given, servers_of(one, other)).write.partitionBy("kind").parquet(str(folder / "calm"))
        took = time.monotonic() - began
        calm = spark.read.parquet(str(folder / "calm"))
        shares = one.read(), other.read()
        check(min(shares) > 0, f"both servers had their share: {shares} articles, {ARTICLES / took:.0f} a second")
        look(given, calm, wanted)

        told: list = []
        trouble = threading.Thread(target=unrest, args=(one, other, told), daemon=True)
        trouble.start()
        read(given, servers_of(one, other)).write.partitionBy("kind").parquet(str(folder / "rough"))
        check(len(told) == 3, f"servers came and went meanwhile: {'; '.join(told[:2])}")
        rough = spark.read.parquet(str(folder / "rough"))
        check(rough.exceptAll(calm).isEmpty() and calm.exceptAll(rough).isEmpty(), f"the same {rough.count()} rows")
        told[2].end(signal.SIGTERM)
        spark.stop()


if __name__ == "__main__":
    main()
