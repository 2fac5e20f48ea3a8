"""`python -m isnad_spark --servers dns:///isnad:50051 articles.parquet facts.parquet`, or the same under spark-submit."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import isnad
from isnad import pb
from pyspark.sql import SparkSession

from .job import Servers, read


def main() -> None:
    parser = argparse.ArgumentParser(prog="isnad_spark", description=__doc__)
    parser.add_argument("articles", help="Parquet with columns id and text; title, published, time_zone, source where there are")
    parser.add_argument("facts", help="where to write; one folder for each kind of fact")
    parser.add_argument("--servers", required=True, metavar="TARGET", help="for example dns:///isnad:50051")
    parser.add_argument("--layers", default="", help="for example quotes,events; all but tokens unless given")
    parser.add_argument("--tasks", type=int, help="how many streams at most; as many as the input has partitions unless given")
    parser.add_argument("--ca", type=Path, help="the authority that signed the servers' certificate, PEM; turns TLS on")
    args = parser.parse_args()
    try:
        layers = tuple(pb.Layer.Value(f"LAYER_{name.upper()}") for name in args.layers.split(",") if name)
    except ValueError:
        parser.error(f"--layers: choose from {', '.join(name[6:].lower() for name in pb.Layer.keys()[1:])}")
    # The token is no argument: those are seen by everybody on the machine.
    token = os.environ.get("ISNAD_TOKEN")
    tls = isnad.Tls(ca=args.ca.read_bytes()) if args.ca else False

    spark = SparkSession.builder.appName("isnad").getOrCreate()
    articles = spark.read.parquet(args.articles)
    if args.tasks:
        articles = articles.repartition(args.tasks)
    facts = read(articles, Servers(args.servers, layers, tls, token))
    facts.write.partitionBy("kind").mode("errorifexists").parquet(args.facts)
    spark.stop()


if __name__ == "__main__":
    main()
