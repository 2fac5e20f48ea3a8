"""Reads a Parquet of Arabic news through any number of isnad servers, into a Parquet of facts.

`read` is the job for programs, `python -m isnad_spark` for the command line.
"""

from .job import Servers, read

__all__ = ["Servers", "read"]
