/**
 * An answer as the page reads it: every finding a fact with a key, the places in the text where it stands, and what it is
 * tied to. Takes the article and the answer of the service in UTF-16 offsets; costs a pass over the answer.
 *
 * Keys: `e1` an entity, and by its place in its list `m0` a mention, `p0` an office, `t0` a time, `q0` a quantity, `s0`
 * something said, `v0` an event.
 */
import type { DescMessage, Message } from '@bufbuild/protobuf';
import * as pb from '../gen/isnad/v1/extract_pb.ts';

/** A half-open stretch of the text, in UTF-16 code units. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** What is marked up, each with a look and a switch of its own. */
export const KINDS = ['person', 'place', 'org', 'group', 'other', 'office', 'time', 'number', 'quote', 'event'] as const;
export type Kind = (typeof KINDS)[number];

/** The layer that finds each kind. */
export const LAYER_OF: Record<Kind, pb.Layer> = {
  person: pb.Layer.MENTIONS,
  place: pb.Layer.MENTIONS,
  org: pb.Layer.MENTIONS,
  group: pb.Layer.MENTIONS,
  other: pb.Layer.MENTIONS,
  office: pb.Layer.POSITIONS,
  time: pb.Layer.TIMES,
  number: pb.Layer.QUANTITIES,
  quote: pb.Layer.QUOTES,
  event: pb.Layer.EVENTS,
};

/** Any message of a finding. */
export type Finding = pb.Entity | pb.Mention | pb.Position | pb.TimeExpression | pb.Quantity | pb.Quote | pb.Event;

/** One finding. */
export interface Fact {
  readonly key: string;
  readonly kind: Kind;
  readonly message: Finding & Message;
  readonly schema: DescMessage;
  /** Where it stands, first place first. */
  readonly ranges: readonly Range[];
}

/** A stretch of the article that is marked up. */
export interface Mark extends Range {
  readonly kind: Kind;
  /** The fact that a click opens. */
  readonly opens: string;
  /** The facts that it lights up together with. */
  readonly keys: readonly string[];
}

/** One article, read. */
export interface Reading {
  readonly request: pb.ExtractRequest;
  readonly answer: pb.ExtractResponse;
  readonly text: string;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly marks: readonly Mark[];
}

/** The kind of an entity's type. */
export function kindOf(type: pb.EntityType): Kind {
  switch (type) {
    case pb.EntityType.PERS:
      return 'person';
    case pb.EntityType.GPE:
    case pb.EntityType.LOC:
    case pb.EntityType.FAC:
      return 'place';
    case pb.EntityType.ORG:
      return 'org';
    case pb.EntityType.NORP:
      return 'group';
    case pb.EntityType.OCC:
      return 'office';
    default:
      return 'other';
  }
}

/** The stretches that are there, of spans that may not be. */
function ranges(...spans: readonly (Range | undefined)[]): Range[] {
  return spans.flatMap((span) => (span && span.end > span.begin ? [{ begin: span.begin, end: span.end }] : []));
}

class Collector {
  readonly facts = new Map<string, Fact>();
  readonly marks: Mark[] = [];

  fact(key: string, kind: Kind, schema: DescMessage, message: Finding, places: Range[]): void {
    this.facts.set(key, { key, kind, schema, message, ranges: places });
  }

  mark(kind: Kind, opens: string, keys: readonly string[], places: readonly Range[]): void {
    for (const { begin, end } of places) this.marks.push({ begin, end, kind, opens, keys });
  }
}

/** Entities with all their mentions, and the marks of both; titles are marked by their offices. */
function names(answer: pb.ExtractResponse, into: Collector): void {
  const places = new Map<string, Range[]>(answer.entities.map((entity) => [entity.id, []]));
  const titled = new Set(answer.positions.flatMap(({ title }) => (title ? [`${title.begin}-${title.end}`] : [])));
  answer.mentions.forEach((mention, i) => {
    const [range] = ranges(mention.span);
    if (!range) return;
    const key = `m${i}`;
    const kind = kindOf(mention.type);
    into.fact(key, kind, pb.MentionSchema, mention, [range]);
    places.get(mention.entityId)?.push(range);
    if (kind === 'office' && titled.has(`${range.begin}-${range.end}`)) return;
    into.mark(kind, key, mention.entityId ? [key, mention.entityId] : [key], [range]);
  });
  for (const entity of answer.entities) {
    const found = places.get(entity.id) ?? [];
    into.fact(entity.id, kindOf(entity.type), pb.EntitySchema, entity, found.length > 0 ? found : ranges(entity.span));
  }
}

/** The facts and marks of an answer whose offsets are in UTF-16. */
export function read(request: pb.ExtractRequest, answer: pb.ExtractResponse): Reading {
  const into = new Collector();
  names(answer, into);
  answer.positions.forEach((position, i) => {
    const found = ranges(position.title);
    into.fact(`p${i}`, 'office', pb.PositionSchema, position, found.length > 0 ? found : ranges(position.span));
    into.mark('office', `p${i}`, [`p${i}`], found);
  });
  answer.times.forEach((time, i) => {
    into.fact(`t${i}`, 'time', pb.TimeExpressionSchema, time, ranges(time.span));
    into.mark('time', `t${i}`, [`t${i}`], ranges(time.span));
  });
  answer.quantities.forEach((quantity, i) => {
    into.fact(`q${i}`, 'number', pb.QuantitySchema, quantity, ranges(quantity.span));
    into.mark('number', `q${i}`, [`q${i}`], ranges(quantity.span));
  });
  answer.quotes.forEach((quote, i) => {
    into.fact(`s${i}`, 'quote', pb.QuoteSchema, quote, ranges(quote.span));
    into.mark('quote', `s${i}`, [`s${i}`], ranges(quote.span));
  });
  answer.events.forEach((event, i) => {
    const triggers = ranges(...event.triggers.map((trigger) => trigger.span));
    const found = triggers.length > 0 ? triggers : ranges(event.span);
    into.fact(`v${i}`, 'event', pb.EventSchema, event, found);
    into.mark('event', `v${i}`, [`v${i}`], found);
  });
  return { request, answer, text: request.document?.text ?? '', facts: into.facts, marks: into.marks };
}

/** The words of a stretch. */
export function words(reading: Reading, range: Range | undefined): string {
  return range ? reading.text.slice(range.begin, range.end) : '';
}

/** The entity of an id. */
export function entity(reading: Reading, id: string): pb.Entity | undefined {
  const message = reading.facts.get(id)?.message;
  return message?.$typeName === 'isnad.v1.Entity' ? message : undefined;
}

/** An office as the article words it, wherever it does so. */
export interface Office {
  readonly keys: string[];
  readonly position: pb.Position;
}

/** A person, or whatever else holds an office, with the offices. */
export interface Holder {
  readonly entity: pb.Entity | undefined;
  readonly offices: readonly Office[];
  readonly mentions: number;
}

/** People in the order in which the article names them, then offices that are tied to nobody. */
export function people(reading: Reading): Holder[] {
  const offices = new Map<string, Office[]>();
  const same = new Map<string, Office>();
  reading.answer.positions.forEach((position, i) => {
    const { personEntityId, ofEntityId, former, acting, title, span } = position;
    const told = [personEntityId, ofEntityId, former, acting, words(reading, title ?? span)].join('\n');
    const before = same.get(told);
    if (before) {
      before.keys.push(`p${i}`);
      return;
    }
    const office = { keys: [`p${i}`], position };
    same.set(told, office);
    offices.set(personEntityId, [...(offices.get(personEntityId) ?? []), office]);
  });
  const held = reading.answer.entities
    .filter((entity) => entity.type === pb.EntityType.PERS || offices.has(entity.id))
    .map((entity) => ({
      entity,
      offices: offices.get(entity.id) ?? [],
      mentions: reading.facts.get(entity.id)?.ranges.length ?? 0,
    }));
  const loose = offices.get('') ?? [];
  return loose.length > 0 ? [...held, { entity: undefined, offices: loose, mentions: 0 }] : held;
}

/** A moment or stretch of the calendar with everything that is tied to it. */
export interface Moment {
  readonly value: string;
  readonly begin: string;
  readonly times: readonly { key: string; time: pb.TimeExpression }[];
  readonly events: readonly { key: string; event: pb.Event }[];
}

/** The dates of an article in the order of the calendar, and apart from them what stands on no calendar. */
export function timeline(reading: Reading): { moments: Moment[]; loose: { key: string; time: pb.TimeExpression }[] } {
  const { times, events } = reading.answer;
  const moments = new Map<string, { value: string; begin: string; times: { key: string; time: pb.TimeExpression }[]; events: { key: string; event: pb.Event }[] }>();
  const loose: { key: string; time: pb.TimeExpression }[] = [];
  times.forEach((time, i) => {
    if (!time.beginTime) {
      loose.push({ key: `t${i}`, time });
      return;
    }
    const moment = moments.get(time.value) ?? { value: time.value, begin: time.beginTime, times: [], events: [] };
    moment.times.push({ key: `t${i}`, time });
    moments.set(time.value, moment);
  });
  events.forEach((event, i) => {
    const time = event.timeIndex === undefined ? undefined : times[event.timeIndex];
    if (time) moments.get(time.value)?.events.push({ key: `v${i}`, event });
  });
  const when = (moment: Moment): number => Date.parse(moment.begin) || 0;
  return { moments: [...moments.values()].sort((a, b) => when(a) - when(b) || a.value.localeCompare(b.value)), loose };
}
