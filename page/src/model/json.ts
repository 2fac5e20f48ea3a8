/** Findings as proto3 JSON, as the service itself would write them in another unit. Costs a pass over the JSON. */
import { type DescMessage, type JsonValue, type MessageShape, toJson } from '@bufbuild/protobuf';

/** The shortest decimal that is this number in the 32 bits in which it came: 0.93 and not 0.9300000071525574. */
function short(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return rounded;
  }
  return value;
}

/**
 * The proto3 JSON of a message with every span in another unit. A span is what has a number called `end`; a `begin` of 0
 * is left out, as JSON of proto3 does.
 */
export function convertSpans(json: JsonValue, convert: (offset: number) => number): JsonValue {
  if (Array.isArray(json)) return json.map((item) => convertSpans(item, convert));
  if (typeof json === 'number') return Number.isInteger(json) ? json : short(json);
  if (json === null || typeof json !== 'object') return json;
  const { end } = json;
  if (typeof end === 'number') {
    const begin = convert(typeof json['begin'] === 'number' ? json['begin'] : 0);
    return { ...(begin > 0 ? { begin } : {}), end: convert(end), ...('text' in json ? { text: json['text'] ?? '' } : {}) };
  }
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, convertSpans(value, convert)]));
}

/** A message as JSON, its offsets converted. */
export function shown<T extends DescMessage>(schema: T, message: MessageShape<T>, convert: (offset: number) => number): JsonValue {
  return convertSpans(toJson(schema, message), convert);
}
