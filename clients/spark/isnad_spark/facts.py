"""From an answer to rows: one for each fact, with everything that it points to written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import isnad
from isnad import pb

#: Somebody or something that takes part in a fact, as Spark declares it.
_ENTITY = "STRUCT<type: STRING, name: STRING, latin_name: STRING, country: STRING>"

#: The columns of facts. Offsets count code points, as Spark's `substring` does: `substring(text, begin + 1, end - begin)`.
SCHEMA = f"""
    article STRING COMMENT 'id of the article',
    kind STRING COMMENT 'article, error, mention, position, time, quantity, quote, event',
    type STRING COMMENT 'of the kind: direct, consult, pers, money, ...; of an error its reason',
    `begin` INT COMMENT 'where the words begin in the text, in code points',
    `end` INT COMMENT 'where they end, exclusive',
    words STRING COMMENT 'the words themselves; of an article its title, of an error what went wrong',
    confidence FLOAT COMMENT 'the share of such findings that are right',
    who ARRAY<{_ENTITY}> COMMENT 'who says, acts, holds the office, is named',
    whom ARRAY<{_ENTITY}> COMMENT 'to whom it is done; whose office; who carried the quote',
    manner STRING COMMENT 'stance of a quote, modality of an event, modifier of a time or quantity, former or acting',
    cue STRING COMMENT 'the saying word, the first trigger, the title, the counted noun',
    value STRING COMMENT 'TIMEX3 value, number, CAMEO code, role; of an article its language',
    unit STRING COMMENT 'currency or measure of a quantity, mode of an event',
    since TIMESTAMP COMMENT 'when it begins, where that is known; of an article when it came out',
    until TIMESTAMP COMMENT 'when it ends, exclusive',
    place {_ENTITY} COMMENT 'where an event happens',
    quoted INT COMMENT 'where the quote begins that tells an event'
"""

Row = dict[str, Any]


def rows(article: str, answer: isnad.Answer) -> Iterator[Row]:
    """The rows of one article: first `article` or `error`, so that each article has one of the two, then its facts."""
    if answer.response is None:
        error = answer.error
        yield _row(article, "error", error.reason or error.code.name, words=error.message)
        return
    found = answer.response
    info = found.document
    yield _row(article, "article", words=info.title.text or None, value=info.language or None, since=_time(info.published))
    for fact in _facts(found):
        yield {**_EMPTY, "article": article, **fact}


def _facts(found: pb.ExtractResponse) -> Iterator[Row]:
    known = {entity.id: _entity(entity) for entity in found.entities}

    def those(*ids: str) -> list[Row]:
        return [known[id] for id in ids if id in known]

    for m in found.mentions:
        yield _fact("mention", pb.EntityType, m.type, m, who=those(m.entity_id))
    for p in found.positions:
        manner = "former" if p.former else "acting" if p.acting else None
        who, whom = those(p.person_entity_id), those(p.of_entity_id)
        yield _fact("position", None, 0, p, who=who, whom=whom, manner=manner, cue=p.title.text, value=p.role)
    for t in found.times:
        yield _fact("time", pb.TimeType, t.type, t, manner=_name(pb.Modifier, t.modifier), value=t.value, **_interval(t))
    for q in found.quantities:
        manner = _name(pb.Modifier, q.modifier)
        yield _fact("quantity", pb.QuantityKind, q.kind, q, manner=manner, cue=q.of.text, value=q.value, unit=q.unit)
    for q in found.quotes:
        who, whom = those(*q.speaker_entity_ids), those(*q.source_entity_ids)
        yield _fact("quote", pb.QuoteKind, q.kind, q, who=who, whom=whom, manner=_name(pb.Stance, q.stance), cue=q.cue.text)
    for e in found.events:
        yield _fact(
            "event", pb.EventType, e.type, e,
            who=those(*e.actor_entity_ids),
            whom=those(*e.recipient_entity_ids),
            manner=_name(pb.Modality, e.modality),
            cue=e.triggers[0].text if e.triggers else None,
            value=e.cameo,
            unit=e.mode,
            place=known.get(e.place_entity_id),
            quoted=found.quotes[e.quote_index].span.begin if e.HasField("quote_index") else None,
            **(_interval(found.times[e.time_index]) if e.HasField("time_index") else {}),
        )  # fmt: skip


_EMPTY: Row = dict.fromkeys(line.split()[0].strip("`") for line in SCHEMA.strip().splitlines())


def _row(article: str, kind: str, type: str | None = None, **columns: Any) -> Row:
    return {**_EMPTY, "article": article, "kind": kind, "type": type, **columns}


def _fact(kind: str, types: Any, type: int, found: Any, **columns: Any) -> Row:
    span = found.span
    # What the article does not say is null, not an empty string.
    said = {name: None if value == "" else value for name, value in columns.items()}
    return {
        "kind": kind, "type": _name(types, type) if types else None, "begin": span.begin, "end": span.end,
        "words": span.text, "confidence": found.confidence, **said,
    }  # fmt: skip


def _entity(entity: pb.Entity) -> Row:
    return {
        "type": _name(pb.EntityType, entity.type), "name": entity.name,
        "latin_name": entity.latin_name or None, "country": entity.country_code or None,
    }  # fmt: skip


def _name(enum: Any, value: int) -> str | None:
    """`STANCE_CALLS_FOR` as `calls_for`; null where nothing is said. A value that a later server may send keeps its number."""
    if not value:
        return None
    prefix = enum.Name(0).removesuffix("UNSPECIFIED")
    return enum.Name(value).removeprefix(prefix).lower() if value in enum.values() else str(value)


def _interval(time: pb.TimeExpression) -> Row:
    return {"since": _time(time.begin_time), "until": _time(time.end_time)}


def _time(written: str) -> datetime | None:
    """As a moment; dates alone begin at midnight UTC. Null for what is none: empty, or only a month."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_UTC)


_UTC = datetime.fromisoformat("1970-01-01T00:00:00+00:00").tzinfo
