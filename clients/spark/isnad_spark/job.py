"""The job: `mapInArrow` over articles, an `ExtractStream` for each task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import isnad
import pyarrow as pa
from google.protobuf.timestamp_pb2 import Timestamp
from isnad import pb
from pyspark.sql import DataFrame
from pyspark.sql.functions import col, lit
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from .facts import SCHEMA, rows
from .steady import KEEPALIVE, answers

#: Rows of a batch on their way to Parquet: what a task holds of its answers.
BATCH = 4096
#: What an article may bring, and as what. The first two are needed.
COLUMNS = {
    "id": "string", "text": "string", "title": "string", "published": "timestamp", "time_zone": "string", "source": "string",
}  # fmt: skip


@dataclass(frozen=True)
class Servers:
    """Where the servers are, and what they are asked."""

    #: Anything that gRPC resolves: `dns:///isnad.news.svc:50051` for every replica of a headless service.
    address: str
    layers: tuple[pb.Layer, ...] = ()
    tls: bool | isnad.Tls = False
    token: str | None = None


def read(articles: DataFrame, servers: Servers) -> DataFrame:
    """The facts of `articles`, one a row (`facts.SCHEMA`); each article has a row `article` or `error`, too."""
    missing = {"id", "text"} - set(articles.columns)
    if missing:
        raise ValueError(f"no column {' and no column '.join(sorted(missing))} among {', '.join(articles.columns)}")
    given = [
        (col(name) if name in articles.columns else lit(None)).cast(kind).alias(name) for name, kind in COLUMNS.items()
    ]
    # Read here: only the driver can.
    schema = StructType.fromDDL(SCHEMA)
    arrow = to_arrow_schema(schema, timezone="UTC")
    return articles.select(given).mapInArrow(lambda batches: _task(batches, servers, arrow), schema)


def _task(batches: Iterator[pa.RecordBatch], servers: Servers, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    waiting = []
    requests = (_request(row, servers) for batch in batches for row in batch.to_pylist())
    options = list(KEEPALIVE)
    if servers.address.startswith(("ipv4:", "ipv6:")):
        # gRPC would call all of a list of addresses the authority, commas and all, which is none.
        options.append(("grpc.default_authority", servers.address.split(":", 1)[1].split(",")[0]))
    with isnad.connect(servers.address, tls=servers.tls, token=servers.token, options=options) as client:
        for request, answer in answers(client, requests):
            waiting.extend(rows(request.document.id, answer))
            if len(waiting) >= BATCH:
                yield pa.RecordBatch.from_pylist(waiting, schema)
                waiting.clear()
    yield pa.RecordBatch.from_pylist(waiting, schema)


def _request(row: dict, servers: Servers) -> pb.ExtractRequest:
    request = pb.ExtractRequest(layers=servers.layers)
    document = request.document
    # A null goes as an empty string: the server says of a text that it is empty, and the others may be.
    document.id, document.text, document.title = row["id"] or "", row["text"] or "", row["title"] or ""
    document.time_zone, document.source_uri = row["time_zone"] or "", row["source"] or ""
    if row["published"] is not None:
        document.publish_time.CopyFrom(Timestamp(seconds=int(row["published"].timestamp())))
    return request
