"""Reads Arabic news through an isnad server: who said what, met whom, where, when, how many, each fact tied to its words.

    import isnad

    with isnad.connect("localhost:50051") as client:
        answer = client.extract(text)
        for quote in answer.quotes:
            print(isnad.cut(text, quote.span))  # text[quote.span.begin : quote.span.end], proved

Requests and answers are the messages of the contract (`isnad.pb`), whose comments are the reference. Offsets count code
points, as Python's strings do, unless a request says otherwise. Every error of a call is an `IsnadError`.
"""

from .client import DEFAULT_TIMEOUT, Client, Pending, Tls, connect
from .errors import DOMAIN, FieldViolation, IsnadError
from .span import cut
from .stream import Answer, Stream
from .v1 import extract_pb2 as pb

__all__ = [
    "DEFAULT_TIMEOUT",
    "DOMAIN",
    "Answer",
    "Client",
    "FieldViolation",
    "IsnadError",
    "Pending",
    "Stream",
    "Tls",
    "connect",
    "cut",
    "pb",
]
