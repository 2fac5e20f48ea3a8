import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OffsetUnit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFSET_UNIT_UNSPECIFIED: _ClassVar[OffsetUnit]
    OFFSET_UNIT_UTF8_BYTE: _ClassVar[OffsetUnit]
    OFFSET_UNIT_UTF16_CODE_UNIT: _ClassVar[OffsetUnit]
    OFFSET_UNIT_UNICODE_CODE_POINT: _ClassVar[OffsetUnit]

class Layer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LAYER_UNSPECIFIED: _ClassVar[Layer]
    LAYER_DOCUMENT: _ClassVar[Layer]
    LAYER_SENTENCES: _ClassVar[Layer]
    LAYER_TOKENS: _ClassVar[Layer]
    LAYER_MENTIONS: _ClassVar[Layer]
    LAYER_POSITIONS: _ClassVar[Layer]
    LAYER_TIMES: _ClassVar[Layer]
    LAYER_QUANTITIES: _ClassVar[Layer]
    LAYER_QUOTES: _ClassVar[Layer]
    LAYER_EVENTS: _ClassVar[Layer]

class ZoneKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ZONE_KIND_UNSPECIFIED: _ClassVar[ZoneKind]
    ZONE_KIND_TITLE: _ClassVar[ZoneKind]
    ZONE_KIND_DATELINE: _ClassVar[ZoneKind]
    ZONE_KIND_BODY: _ClassVar[ZoneKind]
    ZONE_KIND_SUBHEAD: _ClassVar[ZoneKind]
    ZONE_KIND_BOILERPLATE: _ClassVar[ZoneKind]
    ZONE_KIND_SOURCE_CREDIT: _ClassVar[ZoneKind]

class EntityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_TYPE_UNSPECIFIED: _ClassVar[EntityType]
    ENTITY_TYPE_PERS: _ClassVar[EntityType]
    ENTITY_TYPE_GPE: _ClassVar[EntityType]
    ENTITY_TYPE_LOC: _ClassVar[EntityType]
    ENTITY_TYPE_FAC: _ClassVar[EntityType]
    ENTITY_TYPE_ORG: _ClassVar[EntityType]
    ENTITY_TYPE_NORP: _ClassVar[EntityType]
    ENTITY_TYPE_LAW: _ClassVar[EntityType]
    ENTITY_TYPE_EVENT: _ClassVar[EntityType]
    ENTITY_TYPE_PRODUCT: _ClassVar[EntityType]
    ENTITY_TYPE_OCC: _ClassVar[EntityType]

class TimeType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIME_TYPE_UNSPECIFIED: _ClassVar[TimeType]
    TIME_TYPE_DATE: _ClassVar[TimeType]
    TIME_TYPE_TIME: _ClassVar[TimeType]
    TIME_TYPE_DURATION: _ClassVar[TimeType]
    TIME_TYPE_SET: _ClassVar[TimeType]

class Calendar(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALENDAR_UNSPECIFIED: _ClassVar[Calendar]
    CALENDAR_GREGORIAN: _ClassVar[Calendar]
    CALENDAR_HIJRI: _ClassVar[Calendar]

class Anchor(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANCHOR_UNSPECIFIED: _ClassVar[Anchor]
    ANCHOR_EXPLICIT: _ClassVar[Anchor]
    ANCHOR_PUBLISH_TIME: _ClassVar[Anchor]
    ANCHOR_DOCUMENT_DATE: _ClassVar[Anchor]
    ANCHOR_TEXT: _ClassVar[Anchor]
    ANCHOR_NONE: _ClassVar[Anchor]

class Modifier(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODIFIER_UNSPECIFIED: _ClassVar[Modifier]
    MODIFIER_APPROX: _ClassVar[Modifier]
    MODIFIER_START: _ClassVar[Modifier]
    MODIFIER_MID: _ClassVar[Modifier]
    MODIFIER_END: _ClassVar[Modifier]
    MODIFIER_BEFORE: _ClassVar[Modifier]
    MODIFIER_AFTER: _ClassVar[Modifier]
    MODIFIER_MORE_THAN: _ClassVar[Modifier]
    MODIFIER_LESS_THAN: _ClassVar[Modifier]

class QuantityKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    QUANTITY_KIND_UNSPECIFIED: _ClassVar[QuantityKind]
    QUANTITY_KIND_CARDINAL: _ClassVar[QuantityKind]
    QUANTITY_KIND_ORDINAL: _ClassVar[QuantityKind]
    QUANTITY_KIND_PERCENT: _ClassVar[QuantityKind]
    QUANTITY_KIND_MONEY: _ClassVar[QuantityKind]
    QUANTITY_KIND_MEASURE: _ClassVar[QuantityKind]

class QuoteKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    QUOTE_KIND_UNSPECIFIED: _ClassVar[QuoteKind]
    QUOTE_KIND_DIRECT: _ClassVar[QuoteKind]
    QUOTE_KIND_INDIRECT: _ClassVar[QuoteKind]
    QUOTE_KIND_MIXED: _ClassVar[QuoteKind]

class Stance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STANCE_UNSPECIFIED: _ClassVar[Stance]
    STANCE_SAYS: _ClassVar[Stance]
    STANCE_ASSERTS: _ClassVar[Stance]
    STANCE_DENIES: _ClassVar[Stance]
    STANCE_ACCUSES: _ClassVar[Stance]
    STANCE_PRAISES: _ClassVar[Stance]
    STANCE_WARNS: _ClassVar[Stance]
    STANCE_PROMISES: _ClassVar[Stance]
    STANCE_CALLS_FOR: _ClassVar[Stance]

class EventType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_TYPE_UNSPECIFIED: _ClassVar[EventType]
    EVENT_TYPE_AGREE: _ClassVar[EventType]
    EVENT_TYPE_CONSULT: _ClassVar[EventType]
    EVENT_TYPE_SUPPORT: _ClassVar[EventType]
    EVENT_TYPE_COOPERATE: _ClassVar[EventType]
    EVENT_TYPE_AID: _ClassVar[EventType]
    EVENT_TYPE_CONCEDE: _ClassVar[EventType]
    EVENT_TYPE_RETREAT: _ClassVar[EventType]
    EVENT_TYPE_REQUEST: _ClassVar[EventType]
    EVENT_TYPE_ACCUSE: _ClassVar[EventType]
    EVENT_TYPE_REJECT: _ClassVar[EventType]
    EVENT_TYPE_THREATEN: _ClassVar[EventType]
    EVENT_TYPE_PROTEST: _ClassVar[EventType]
    EVENT_TYPE_SANCTION: _ClassVar[EventType]
    EVENT_TYPE_MOBILIZE: _ClassVar[EventType]
    EVENT_TYPE_COERCE: _ClassVar[EventType]
    EVENT_TYPE_ASSAULT: _ClassVar[EventType]

class Modality(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODALITY_UNSPECIFIED: _ClassVar[Modality]
    MODALITY_ASSERTED: _ClassVar[Modality]
    MODALITY_PLANNED: _ClassVar[Modality]
    MODALITY_NEGATED: _ClassVar[Modality]
    MODALITY_HYPOTHETICAL: _ClassVar[Modality]

class NoticeCode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTICE_CODE_UNSPECIFIED: _ClassVar[NoticeCode]
    NOTICE_CODE_NOT_ARABIC: _ClassVar[NoticeCode]
    NOTICE_CODE_PUBLISH_TIME_UNKNOWN: _ClassVar[NoticeCode]
    NOTICE_CODE_TOO_SHORT: _ClassVar[NoticeCode]
    NOTICE_CODE_LAYER_UNAVAILABLE: _ClassVar[NoticeCode]
    NOTICE_CODE_LEXICON_UNUSED: _ClassVar[NoticeCode]

class NormalizeProfile(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NORMALIZE_PROFILE_UNSPECIFIED: _ClassVar[NormalizeProfile]
    NORMALIZE_PROFILE_DISPLAY: _ClassVar[NormalizeProfile]
    NORMALIZE_PROFILE_SEARCH: _ClassVar[NormalizeProfile]
    NORMALIZE_PROFILE_MATCH: _ClassVar[NormalizeProfile]

class Fold(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FOLD_UNSPECIFIED: _ClassVar[Fold]
    FOLD_TATWEEL: _ClassVar[Fold]
    FOLD_DIACRITICS: _ClassVar[Fold]
    FOLD_ALEF: _ClassVar[Fold]
    FOLD_ALEF_MAQSURA: _ClassVar[Fold]
    FOLD_TEH_MARBUTA: _ClassVar[Fold]
    FOLD_HAMZA_SEATS: _ClassVar[Fold]
    FOLD_PRESENTATION_FORMS: _ClassVar[Fold]
    FOLD_PERSIAN_LETTERS: _ClassVar[Fold]
    FOLD_DIGITS: _ClassVar[Fold]
    FOLD_PUNCTUATION: _ClassVar[Fold]
    FOLD_WHITESPACE: _ClassVar[Fold]
    FOLD_BIDI_CONTROLS: _ClassVar[Fold]
    FOLD_ELONGATION: _ClassVar[Fold]
OFFSET_UNIT_UNSPECIFIED: OffsetUnit
OFFSET_UNIT_UTF8_BYTE: OffsetUnit
OFFSET_UNIT_UTF16_CODE_UNIT: OffsetUnit
OFFSET_UNIT_UNICODE_CODE_POINT: OffsetUnit
LAYER_UNSPECIFIED: Layer
LAYER_DOCUMENT: Layer
LAYER_SENTENCES: Layer
LAYER_TOKENS: Layer
LAYER_MENTIONS: Layer
LAYER_POSITIONS: Layer
LAYER_TIMES: Layer
LAYER_QUANTITIES: Layer
LAYER_QUOTES: Layer
LAYER_EVENTS: Layer
ZONE_KIND_UNSPECIFIED: ZoneKind
ZONE_KIND_TITLE: ZoneKind
ZONE_KIND_DATELINE: ZoneKind
ZONE_KIND_BODY: ZoneKind
ZONE_KIND_SUBHEAD: ZoneKind
ZONE_KIND_BOILERPLATE: ZoneKind
ZONE_KIND_SOURCE_CREDIT: ZoneKind
ENTITY_TYPE_UNSPECIFIED: EntityType
ENTITY_TYPE_PERS: EntityType
ENTITY_TYPE_GPE: EntityType
ENTITY_TYPE_LOC: EntityType
ENTITY_TYPE_FAC: EntityType
ENTITY_TYPE_ORG: EntityType
ENTITY_TYPE_NORP: EntityType
ENTITY_TYPE_LAW: EntityType
ENTITY_TYPE_EVENT: EntityType
ENTITY_TYPE_PRODUCT: EntityType
ENTITY_TYPE_OCC: EntityType
TIME_TYPE_UNSPECIFIED: TimeType
TIME_TYPE_DATE: TimeType
TIME_TYPE_TIME: TimeType
TIME_TYPE_DURATION: TimeType
TIME_TYPE_SET: TimeType
CALENDAR_UNSPECIFIED: Calendar
CALENDAR_GREGORIAN: Calendar
CALENDAR_HIJRI: Calendar
ANCHOR_UNSPECIFIED: Anchor
ANCHOR_EXPLICIT: Anchor
ANCHOR_PUBLISH_TIME: Anchor
ANCHOR_DOCUMENT_DATE: Anchor
ANCHOR_TEXT: Anchor
ANCHOR_NONE: Anchor
MODIFIER_UNSPECIFIED: Modifier
MODIFIER_APPROX: Modifier
MODIFIER_START: Modifier
MODIFIER_MID: Modifier
MODIFIER_END: Modifier
MODIFIER_BEFORE: Modifier
MODIFIER_AFTER: Modifier
MODIFIER_MORE_THAN: Modifier
MODIFIER_LESS_THAN: Modifier
QUANTITY_KIND_UNSPECIFIED: QuantityKind
QUANTITY_KIND_CARDINAL: QuantityKind
QUANTITY_KIND_ORDINAL: QuantityKind
QUANTITY_KIND_PERCENT: QuantityKind
QUANTITY_KIND_MONEY: QuantityKind
QUANTITY_KIND_MEASURE: QuantityKind
QUOTE_KIND_UNSPECIFIED: QuoteKind
QUOTE_KIND_DIRECT: QuoteKind
QUOTE_KIND_INDIRECT: QuoteKind
QUOTE_KIND_MIXED: QuoteKind
STANCE_UNSPECIFIED: Stance
STANCE_SAYS: Stance
STANCE_ASSERTS: Stance
STANCE_DENIES: Stance
STANCE_ACCUSES: Stance
STANCE_PRAISES: Stance
STANCE_WARNS: Stance
STANCE_PROMISES: Stance
STANCE_CALLS_FOR: Stance
EVENT_TYPE_UNSPECIFIED: EventType
EVENT_TYPE_AGREE: EventType
EVENT_TYPE_CONSULT: EventType
EVENT_TYPE_SUPPORT: EventType
EVENT_TYPE_COOPERATE: EventType
EVENT_TYPE_AID: EventType
EVENT_TYPE_CONCEDE: EventType
EVENT_TYPE_RETREAT: EventType
EVENT_TYPE_REQUEST: EventType
EVENT_TYPE_ACCUSE: EventType
EVENT_TYPE_REJECT: EventType
EVENT_TYPE_THREATEN: EventType
EVENT_TYPE_PROTEST: EventType
EVENT_TYPE_SANCTION: EventType
EVENT_TYPE_MOBILIZE: EventType
EVENT_TYPE_COERCE: EventType
EVENT_TYPE_ASSAULT: EventType
MODALITY_UNSPECIFIED: Modality
MODALITY_ASSERTED: Modality
MODALITY_PLANNED: Modality
MODALITY_NEGATED: Modality
MODALITY_HYPOTHETICAL: Modality
NOTICE_CODE_UNSPECIFIED: NoticeCode
NOTICE_CODE_NOT_ARABIC: NoticeCode
NOTICE_CODE_PUBLISH_TIME_UNKNOWN: NoticeCode
NOTICE_CODE_TOO_SHORT: NoticeCode
NOTICE_CODE_LAYER_UNAVAILABLE: NoticeCode
NOTICE_CODE_LEXICON_UNUSED: NoticeCode
NORMALIZE_PROFILE_UNSPECIFIED: NormalizeProfile
NORMALIZE_PROFILE_DISPLAY: NormalizeProfile
NORMALIZE_PROFILE_SEARCH: NormalizeProfile
NORMALIZE_PROFILE_MATCH: NormalizeProfile
FOLD_UNSPECIFIED: Fold
FOLD_TATWEEL: Fold
FOLD_DIACRITICS: Fold
FOLD_ALEF: Fold
FOLD_ALEF_MAQSURA: Fold
FOLD_TEH_MARBUTA: Fold
FOLD_HAMZA_SEATS: Fold
FOLD_PRESENTATION_FORMS: Fold
FOLD_PERSIAN_LETTERS: Fold
FOLD_DIGITS: Fold
FOLD_PUNCTUATION: Fold
FOLD_WHITESPACE: Fold
FOLD_BIDI_CONTROLS: Fold
FOLD_ELONGATION: Fold

class ExtractRequest(_message.Message):
    __slots__ = ("document", "layers", "offset_unit", "options")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    LAYERS_FIELD_NUMBER: _ClassVar[int]
    OFFSET_UNIT_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    document: Document
    layers: _containers.RepeatedScalarFieldContainer[Layer]
    offset_unit: OffsetUnit
    options: Options
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., layers: _Optional[_Iterable[_Union[Layer, str]]] = ..., offset_unit: _Optional[_Union[OffsetUnit, str]] = ..., options: _Optional[_Union[Options, _Mapping]] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("id", "text", "title", "publish_time", "time_zone", "source_uri")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    PUBLISH_TIME_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_URI_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    title: str
    publish_time: _timestamp_pb2.Timestamp
    time_zone: str
    source_uri: str
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., title: _Optional[str] = ..., publish_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., time_zone: _Optional[str] = ..., source_uri: _Optional[str] = ...) -> None: ...

class Options(_message.Message):
    __slots__ = ("explain", "omit_text", "lexicon")
    EXPLAIN_FIELD_NUMBER: _ClassVar[int]
    OMIT_TEXT_FIELD_NUMBER: _ClassVar[int]
    LEXICON_FIELD_NUMBER: _ClassVar[int]
    explain: bool
    omit_text: bool
    lexicon: _containers.RepeatedCompositeFieldContainer[LexiconEntry]
    def __init__(self, explain: _Optional[bool] = ..., omit_text: _Optional[bool] = ..., lexicon: _Optional[_Iterable[_Union[LexiconEntry, _Mapping]]] = ...) -> None: ...

class LexiconEntry(_message.Message):
    __slots__ = ("text", "type", "aliases", "latin_name", "country_code", "role")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    LATIN_NAME_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    text: str
    type: EntityType
    aliases: _containers.RepeatedScalarFieldContainer[str]
    latin_name: str
    country_code: str
    role: str
    def __init__(self, text: _Optional[str] = ..., type: _Optional[_Union[EntityType, str]] = ..., aliases: _Optional[_Iterable[str]] = ..., latin_name: _Optional[str] = ..., country_code: _Optional[str] = ..., role: _Optional[str] = ...) -> None: ...

class ExtractResponse(_message.Message):
    __slots__ = ("document_id", "offset_unit", "document", "sentences", "tokens", "entities", "mentions", "positions", "times", "quantities", "quotes", "events", "notices", "engine", "source_uri")
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_UNIT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    TOKENS_FIELD_NUMBER: _ClassVar[int]
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    POSITIONS_FIELD_NUMBER: _ClassVar[int]
    TIMES_FIELD_NUMBER: _ClassVar[int]
    QUANTITIES_FIELD_NUMBER: _ClassVar[int]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_URI_FIELD_NUMBER: _ClassVar[int]
    document_id: str
    offset_unit: OffsetUnit
    document: DocumentInfo
    sentences: _containers.RepeatedCompositeFieldContainer[Sentence]
    tokens: _containers.RepeatedCompositeFieldContainer[Token]
    entities: _containers.RepeatedCompositeFieldContainer[Entity]
    mentions: _containers.RepeatedCompositeFieldContainer[Mention]
    positions: _containers.RepeatedCompositeFieldContainer[Position]
    times: _containers.RepeatedCompositeFieldContainer[TimeExpression]
    quantities: _containers.RepeatedCompositeFieldContainer[Quantity]
    quotes: _containers.RepeatedCompositeFieldContainer[Quote]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    notices: _containers.RepeatedCompositeFieldContainer[Notice]
    engine: Engine
    source_uri: str
    def __init__(self, document_id: _Optional[str] = ..., offset_unit: _Optional[_Union[OffsetUnit, str]] = ..., document: _Optional[_Union[DocumentInfo, _Mapping]] = ..., sentences: _Optional[_Iterable[_Union[Sentence, _Mapping]]] = ..., tokens: _Optional[_Iterable[_Union[Token, _Mapping]]] = ..., entities: _Optional[_Iterable[_Union[Entity, _Mapping]]] = ..., mentions: _Optional[_Iterable[_Union[Mention, _Mapping]]] = ..., positions: _Optional[_Iterable[_Union[Position, _Mapping]]] = ..., times: _Optional[_Iterable[_Union[TimeExpression, _Mapping]]] = ..., quantities: _Optional[_Iterable[_Union[Quantity, _Mapping]]] = ..., quotes: _Optional[_Iterable[_Union[Quote, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., notices: _Optional[_Iterable[_Union[Notice, _Mapping]]] = ..., engine: _Optional[_Union[Engine, _Mapping]] = ..., source_uri: _Optional[str] = ...) -> None: ...

class Span(_message.Message):
    __slots__ = ("begin", "end", "text")
    BEGIN_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    begin: int
    end: int
    text: str
    def __init__(self, begin: _Optional[int] = ..., end: _Optional[int] = ..., text: _Optional[str] = ...) -> None: ...

class TextValue(_message.Message):
    __slots__ = ("span", "text")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    span: Span
    text: str
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., text: _Optional[str] = ...) -> None: ...

class Reason(_message.Message):
    __slots__ = ("rule", "lexicon_entry", "words")
    RULE_FIELD_NUMBER: _ClassVar[int]
    LEXICON_ENTRY_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    rule: str
    lexicon_entry: str
    words: _containers.RepeatedCompositeFieldContainer[Span]
    def __init__(self, rule: _Optional[str] = ..., lexicon_entry: _Optional[str] = ..., words: _Optional[_Iterable[_Union[Span, _Mapping]]] = ...) -> None: ...

class DocumentInfo(_message.Message):
    __slots__ = ("title", "dateline_place", "outlet", "source", "author", "published", "language", "zones")
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DATELINE_PLACE_FIELD_NUMBER: _ClassVar[int]
    OUTLET_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    ZONES_FIELD_NUMBER: _ClassVar[int]
    title: TextValue
    dateline_place: TextValue
    outlet: TextValue
    source: TextValue
    author: TextValue
    published: str
    language: str
    zones: _containers.RepeatedCompositeFieldContainer[Zone]
    def __init__(self, title: _Optional[_Union[TextValue, _Mapping]] = ..., dateline_place: _Optional[_Union[TextValue, _Mapping]] = ..., outlet: _Optional[_Union[TextValue, _Mapping]] = ..., source: _Optional[_Union[TextValue, _Mapping]] = ..., author: _Optional[_Union[TextValue, _Mapping]] = ..., published: _Optional[str] = ..., language: _Optional[str] = ..., zones: _Optional[_Iterable[_Union[Zone, _Mapping]]] = ...) -> None: ...

class Zone(_message.Message):
    __slots__ = ("span", "kind")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    span: Span
    kind: ZoneKind
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., kind: _Optional[_Union[ZoneKind, str]] = ...) -> None: ...

class Sentence(_message.Message):
    __slots__ = ("span", "zone", "confidence", "reason")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    span: Span
    zone: int
    confidence: float
    reason: Reason
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., zone: _Optional[int] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ...) -> None: ...

class Token(_message.Message):
    __slots__ = ("span", "normalized", "clitics", "kind", "confidence", "reason")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    NORMALIZED_FIELD_NUMBER: _ClassVar[int]
    CLITICS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    span: Span
    normalized: str
    clitics: _containers.RepeatedCompositeFieldContainer[Span]
    kind: str
    confidence: float
    reason: Reason
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., normalized: _Optional[str] = ..., clitics: _Optional[_Iterable[_Union[Span, _Mapping]]] = ..., kind: _Optional[str] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ...) -> None: ...

class Entity(_message.Message):
    __slots__ = ("span", "confidence", "reason", "id", "type", "name", "latin_name", "latin_name_source", "country_code")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LATIN_NAME_FIELD_NUMBER: _ClassVar[int]
    LATIN_NAME_SOURCE_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_CODE_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    id: str
    type: EntityType
    name: str
    latin_name: str
    latin_name_source: str
    country_code: str
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., id: _Optional[str] = ..., type: _Optional[_Union[EntityType, str]] = ..., name: _Optional[str] = ..., latin_name: _Optional[str] = ..., latin_name_source: _Optional[str] = ..., country_code: _Optional[str] = ...) -> None: ...

class Mention(_message.Message):
    __slots__ = ("span", "confidence", "reason", "type", "entity_id")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    type: EntityType
    entity_id: str
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., type: _Optional[_Union[EntityType, str]] = ..., entity_id: _Optional[str] = ...) -> None: ...

class Position(_message.Message):
    __slots__ = ("span", "confidence", "reason", "title", "person_entity_id", "of_entity_id", "role", "former", "acting")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    PERSON_ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    OF_ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    FORMER_FIELD_NUMBER: _ClassVar[int]
    ACTING_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    title: Span
    person_entity_id: str
    of_entity_id: str
    role: str
    former: bool
    acting: bool
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., title: _Optional[_Union[Span, _Mapping]] = ..., person_entity_id: _Optional[str] = ..., of_entity_id: _Optional[str] = ..., role: _Optional[str] = ..., former: _Optional[bool] = ..., acting: _Optional[bool] = ...) -> None: ...

class TimeExpression(_message.Message):
    __slots__ = ("span", "confidence", "reason", "type", "value", "begin_time", "end_time", "calendar", "anchor", "modifier", "weekday_conflict")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    BEGIN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ANCHOR_FIELD_NUMBER: _ClassVar[int]
    MODIFIER_FIELD_NUMBER: _ClassVar[int]
    WEEKDAY_CONFLICT_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    type: TimeType
    value: str
    begin_time: str
    end_time: str
    calendar: Calendar
    anchor: Anchor
    modifier: Modifier
    weekday_conflict: bool
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., type: _Optional[_Union[TimeType, str]] = ..., value: _Optional[str] = ..., begin_time: _Optional[str] = ..., end_time: _Optional[str] = ..., calendar: _Optional[_Union[Calendar, str]] = ..., anchor: _Optional[_Union[Anchor, str]] = ..., modifier: _Optional[_Union[Modifier, str]] = ..., weekday_conflict: _Optional[bool] = ...) -> None: ...

class Quantity(_message.Message):
    __slots__ = ("span", "confidence", "reason", "kind", "value", "unit", "of", "modifier")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    MODIFIER_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    kind: QuantityKind
    value: str
    unit: str
    of: TextValue
    modifier: Modifier
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., kind: _Optional[_Union[QuantityKind, str]] = ..., value: _Optional[str] = ..., unit: _Optional[str] = ..., of: _Optional[_Union[TextValue, _Mapping]] = ..., modifier: _Optional[_Union[Modifier, str]] = ...) -> None: ...

class Quote(_message.Message):
    __slots__ = ("span", "confidence", "reason", "kind", "cue", "speaker", "speaker_entity_ids", "source_entity_ids", "stance")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CUE_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_ENTITY_IDS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_ENTITY_IDS_FIELD_NUMBER: _ClassVar[int]
    STANCE_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    kind: QuoteKind
    cue: TextValue
    speaker: Span
    speaker_entity_ids: _containers.RepeatedScalarFieldContainer[str]
    source_entity_ids: _containers.RepeatedScalarFieldContainer[str]
    stance: Stance
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., kind: _Optional[_Union[QuoteKind, str]] = ..., cue: _Optional[_Union[TextValue, _Mapping]] = ..., speaker: _Optional[_Union[Span, _Mapping]] = ..., speaker_entity_ids: _Optional[_Iterable[str]] = ..., source_entity_ids: _Optional[_Iterable[str]] = ..., stance: _Optional[_Union[Stance, str]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("span", "confidence", "reason", "type", "mode", "cameo", "triggers", "actor_entity_ids", "recipient_entity_ids", "modality", "time_index", "place_entity_id", "quote_index")
    SPAN_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    CAMEO_FIELD_NUMBER: _ClassVar[int]
    TRIGGERS_FIELD_NUMBER: _ClassVar[int]
    ACTOR_ENTITY_IDS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_ENTITY_IDS_FIELD_NUMBER: _ClassVar[int]
    MODALITY_FIELD_NUMBER: _ClassVar[int]
    TIME_INDEX_FIELD_NUMBER: _ClassVar[int]
    PLACE_ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    QUOTE_INDEX_FIELD_NUMBER: _ClassVar[int]
    span: Span
    confidence: float
    reason: Reason
    type: EventType
    mode: str
    cameo: str
    triggers: _containers.RepeatedCompositeFieldContainer[TextValue]
    actor_entity_ids: _containers.RepeatedScalarFieldContainer[str]
    recipient_entity_ids: _containers.RepeatedScalarFieldContainer[str]
    modality: Modality
    time_index: int
    place_entity_id: str
    quote_index: int
    def __init__(self, span: _Optional[_Union[Span, _Mapping]] = ..., confidence: _Optional[float] = ..., reason: _Optional[_Union[Reason, _Mapping]] = ..., type: _Optional[_Union[EventType, str]] = ..., mode: _Optional[str] = ..., cameo: _Optional[str] = ..., triggers: _Optional[_Iterable[_Union[TextValue, _Mapping]]] = ..., actor_entity_ids: _Optional[_Iterable[str]] = ..., recipient_entity_ids: _Optional[_Iterable[str]] = ..., modality: _Optional[_Union[Modality, str]] = ..., time_index: _Optional[int] = ..., place_entity_id: _Optional[str] = ..., quote_index: _Optional[int] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("code", "text")
    CODE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    code: NoticeCode
    text: str
    def __init__(self, code: _Optional[_Union[NoticeCode, str]] = ..., text: _Optional[str] = ...) -> None: ...

class Engine(_message.Message):
    __slots__ = ("version", "lexicon_version")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    LEXICON_VERSION_FIELD_NUMBER: _ClassVar[int]
    version: str
    lexicon_version: str
    def __init__(self, version: _Optional[str] = ..., lexicon_version: _Optional[str] = ...) -> None: ...

class ExtractStreamResponse(_message.Message):
    __slots__ = ("index", "response", "error")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    index: int
    response: ExtractResponse
    error: ArticleError
    def __init__(self, index: _Optional[int] = ..., response: _Optional[_Union[ExtractResponse, _Mapping]] = ..., error: _Optional[_Union[ArticleError, _Mapping]] = ...) -> None: ...

class ArticleError(_message.Message):
    __slots__ = ("code", "message", "reason", "document_id", "field_violations", "metadata", "retry_delay")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_ID_FIELD_NUMBER: _ClassVar[int]
    FIELD_VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    RETRY_DELAY_FIELD_NUMBER: _ClassVar[int]
    code: int
    message: str
    reason: str
    document_id: str
    field_violations: _containers.RepeatedCompositeFieldContainer[FieldViolation]
    metadata: _containers.ScalarMap[str, str]
    retry_delay: _duration_pb2.Duration
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., reason: _Optional[str] = ..., document_id: _Optional[str] = ..., field_violations: _Optional[_Iterable[_Union[FieldViolation, _Mapping]]] = ..., metadata: _Optional[_Mapping[str, str]] = ..., retry_delay: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class FieldViolation(_message.Message):
    __slots__ = ("field", "description")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    field: str
    description: str
    def __init__(self, field: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...

class NormalizeRequest(_message.Message):
    __slots__ = ("text", "profile", "folds", "offset_unit")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    FOLDS_FIELD_NUMBER: _ClassVar[int]
    OFFSET_UNIT_FIELD_NUMBER: _ClassVar[int]
    text: str
    profile: NormalizeProfile
    folds: _containers.RepeatedScalarFieldContainer[Fold]
    offset_unit: OffsetUnit
    def __init__(self, text: _Optional[str] = ..., profile: _Optional[_Union[NormalizeProfile, str]] = ..., folds: _Optional[_Iterable[_Union[Fold, str]]] = ..., offset_unit: _Optional[_Union[OffsetUnit, str]] = ...) -> None: ...

class NormalizeResponse(_message.Message):
    __slots__ = ("text", "edits", "offset_unit")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EDITS_FIELD_NUMBER: _ClassVar[int]
    OFFSET_UNIT_FIELD_NUMBER: _ClassVar[int]
    text: str
    edits: _containers.RepeatedCompositeFieldContainer[Edit]
    offset_unit: OffsetUnit
    def __init__(self, text: _Optional[str] = ..., edits: _Optional[_Iterable[_Union[Edit, _Mapping]]] = ..., offset_unit: _Optional[_Union[OffsetUnit, str]] = ...) -> None: ...

class Edit(_message.Message):
    __slots__ = ("original", "normalized", "fold")
    ORIGINAL_FIELD_NUMBER: _ClassVar[int]
    NORMALIZED_FIELD_NUMBER: _ClassVar[int]
    FOLD_FIELD_NUMBER: _ClassVar[int]
    original: Span
    normalized: Span
    fold: Fold
    def __init__(self, original: _Optional[_Union[Span, _Mapping]] = ..., normalized: _Optional[_Union[Span, _Mapping]] = ..., fold: _Optional[_Union[Fold, str]] = ...) -> None: ...

class DescribeRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DescribeResponse(_message.Message):
    __slots__ = ("engine", "layers", "limits", "lexicon")
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    LAYERS_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    LEXICON_FIELD_NUMBER: _ClassVar[int]
    engine: Engine
    layers: _containers.RepeatedScalarFieldContainer[Layer]
    limits: Limits
    lexicon: _containers.RepeatedCompositeFieldContainer[LexiconTable]
    def __init__(self, engine: _Optional[_Union[Engine, _Mapping]] = ..., layers: _Optional[_Iterable[_Union[Layer, str]]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., lexicon: _Optional[_Iterable[_Union[LexiconTable, _Mapping]]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_text_bytes", "max_lexicon_entries", "max_in_flight", "max_message_bytes", "max_stream_ahead")
    MAX_TEXT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_LEXICON_ENTRIES_FIELD_NUMBER: _ClassVar[int]
    MAX_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    MAX_MESSAGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_STREAM_AHEAD_FIELD_NUMBER: _ClassVar[int]
    max_text_bytes: int
    max_lexicon_entries: int
    max_in_flight: int
    max_message_bytes: int
    max_stream_ahead: int
    def __init__(self, max_text_bytes: _Optional[int] = ..., max_lexicon_entries: _Optional[int] = ..., max_in_flight: _Optional[int] = ..., max_message_bytes: _Optional[int] = ..., max_stream_ahead: _Optional[int] = ...) -> None: ...

class LexiconTable(_message.Message):
    __slots__ = ("name", "rows")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    name: str
    rows: int
    def __init__(self, name: _Optional[str] = ..., rows: _Optional[int] = ...) -> None: ...
