/** What the programs to copy have in common: the request they send, and texts as literals. */
import { fromJson, type JsonObject, toJson } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import * as pb from '../gen/isnad/v1/extract_pb.ts';

/** What a program is written for. */
export interface Call {
  /** The request, whatever its offset unit. */
  readonly request: pb.ExtractRequest;
  /** Host and port. */
  readonly address: string;
  /** Whether the service is reached over TLS. */
  readonly secure: boolean;
  /** The layers to ask for; none where it is all. */
  readonly layers: readonly pb.Layer[];
  /** The unit in which offsets are wanted. */
  readonly unit: pb.OffsetUnit;
}

/**
 * A text as a literal that Python, Go, Java, TypeScript and JSON all read alike. Characters that cannot be seen, among
 * them those that turn the direction of the line, are written as escapes, so that code shows what it does.
 */
export function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text in stretches of at most `length` code units, none of which begins or ends inside a code point. */
export function stretches(text: string, length: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + length);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    found.push(text.slice(at, end));
    at = end;
  }
  return found.length > 0 ? found : [''];
}

/** The name of an enum's value as the contract writes it: `LAYER_TIMES`. */
export function layerName(layer: pb.Layer): string {
  return `LAYER_${pb.Layer[layer]}`;
}

/** The name of a unit as the contract writes it. */
export function unitName(unit: pb.OffsetUnit): string {
  return `OFFSET_UNIT_${pb.OffsetUnit[unit]}`;
}

/** The seconds since 1970 at which the article came out. */
export function publishSeconds({ request }: Call): number | undefined {
  const time = request.document?.publishTime;
  return time ? Math.floor(timestampMs(time) / 1000) : undefined;
}

/** The request as proto3 JSON. */
export function requestJson({ request, layers, unit }: Call): JsonObject {
  const json = toJson(pb.ExtractRequestSchema, request) as JsonObject;
  const whole = { ...json, layers: layers.map(layerName), offsetUnit: unitName(unit) };
  // Once more through the message, so that fields stand in the contract's order and empty ones are left out.
  return toJson(pb.ExtractRequestSchema, fromJson(pb.ExtractRequestSchema, whole)) as JsonObject;
}
