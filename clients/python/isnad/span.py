"""From a span to its words."""

from .v1 import extract_pb2 as pb


def cut(text: str, span: pb.Span) -> str:
    """The words of `text` that `span` stands for, `text[span.begin:span.end]`, and proof that they are `span.text`.

    Where the request asked to leave `span.text` out, only the bounds can be proved.

    Raises `ValueError` where `text` is not the text that was sent, or where the request asked for another offset unit.
    """
    begin, end, words = span.begin, span.end, span.text
    if not begin <= end <= len(text):
        raise ValueError(f"the span from {begin} to {end} is not in a text of {len(text)} code points")
    found = text[begin:end]
    if words and found != words:
        raise ValueError(
            f"code points {begin} to {end} are {found!r}, not {words!r}: "
            "not the text that was sent, or not offsets in code points"
        )
    return found
