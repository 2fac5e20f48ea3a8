/** What must come back of a case: clients/conformance/README.md. */
import { toJson } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { Code, type ConnectError } from '@connectrpc/connect';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from '../../src/gen/google/rpc/error_details_pb.ts';

export type Json = ReturnType<typeof toJson>;

/** How an error must be. */
export interface Expected {
  readonly code: string | readonly string[];
  readonly reason?: string;
  readonly fields?: readonly string[];
  readonly metadata?: Json;
  readonly retryDelayMs?: number;
  readonly requestId?: string;
}

interface Span {
  readonly begin?: number;
  readonly end: number;
  readonly text: string;
}

/** Holds every span of an answer against the text that was sent, and against what Normalize made of it; looks for the words. */
export function checkSpans(answer: Json, words: readonly string[], sent: string, folded: string): void {
  require(isObject(answer) && answer['offsetUnit'] === 'OFFSET_UNIT_UTF16_CODE_UNIT', `the unit is not JavaScript's own`);
  const spans = [...walk(answer, 'answer')];
  for (const [path, { begin = 0, end, text }] of spans) {
    const whole = path.endsWith('.normalized') ? folded : sent;
    require(begin <= end && end <= whole.length, `${path} from ${begin} to ${end} is not in the text`);
    const cut = whole.slice(begin, end);
    require(cut === text, `${path} cuts ${JSON.stringify(cut)}, not ${JSON.stringify(text)}`);
  }
  for (const wanted of words) {
    const begin = sent.indexOf(wanted);
    const there = ({ begin: from = 0, end, text }: Span) => text === wanted && from === begin && end === begin + wanted.length;
    require(spans.some(([, span]) => there(span)), `no span is ${JSON.stringify(wanted)} at ${begin}`);
  }
}

/** Every span with a text, and where in the answer it stands. */
function* walk(value: Json | undefined, path: string): Generator<[string, Span]> {
  if (Array.isArray(value)) {
    for (const [place, entry] of value.entries()) yield* walk(entry, `${path}[${place}]`);
  } else if (isObject(value)) {
    if ('end' in value && 'text' in value) yield [path, value as unknown as Span];
    for (const [key, entry] of Object.entries(value)) yield* walk(entry, `${path}.${key}`);
  }
}

/** Looks at an error, detail by detail. */
export function checkError(expected: Expected, told: ConnectError): void {
  const codes = [expected.code].flat();
  const code = name(told.code);
  require(codes.includes(code), `the code is ${code} (${told.rawMessage}), not ${codes.join(' or ')}`);
  if (expected.reason === undefined) return;
  const info = told.findDetails(ErrorInfoSchema)[0];
  require(info?.reason === expected.reason, `the reason is ${info?.reason}, not ${expected.reason}`);
  require(info?.domain === 'isnad.v1.Extract', `the domain is ${info?.domain}`);
  require(told.rawMessage !== '', 'there is no message');
  const violations = told.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
  const fields = violations.map(({ field }) => field);
  require(String(fields) === String(expected.fields ?? []), `the fields are ${fields}, not ${expected.fields ?? 'none'}`);
  require(violations.every(({ description }) => description !== ''), 'a field has no description');
  match(expected.metadata ?? null, info?.metadata, 'metadata');
  const delay = told.findDetails(RetryInfoSchema)[0]?.retryDelay;
  const delayMs = delay && durationMs(delay);
  require(delayMs === expected.retryDelayMs, `the delay is ${delayMs} ms, not ${expected.retryDelayMs}`);
  // Over origins a page sees only what the service exposes.
  const id = told.metadata.get('x-request-id');
  require(!!id && id === (expected.requestId ?? id), `the request id is ${id}`);
}

/** Holds a value against a pattern. */
export function match(pattern: Json | undefined, value: Json | undefined, path: string): void {
  if (pattern === undefined) return;
  const shown = JSON.stringify(value)?.slice(0, 200);
  if (pattern === '$any') {
    require(!isEmpty(value), `${path} is ${shown}`);
  } else if (isObject(pattern)) {
    require(isObject(value), `${path} is ${shown}`);
    for (const [key, part] of Object.entries(pattern)) match(part, (value as typeof pattern)[key], `${path}.${key}`);
  } else if (isEmpty(pattern)) {
    require(isEmpty(value), `${path} is ${shown}, not absent or empty`);
  } else if (Array.isArray(pattern)) {
    require(Array.isArray(value), `${path} is ${shown}`);
    const rest = [...(value as Json[])];
    for (const [place, part] of pattern.entries()) {
      const found = rest.findIndex((entry) => matches(part, entry));
      require(found >= 0, `${path} has nothing for entry ${place} of the pattern`);
      rest.splice(0, found + 1);
    }
  } else {
    require(value === pattern, `${path} is ${shown}, not ${JSON.stringify(pattern)}`);
  }
}

function matches(pattern: Json, value: Json): boolean {
  try {
    match(pattern, value, '');
    return true;
  } catch {
    return false;
  }
}

export function require(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** gRPC's own name of a code: connect writes `InvalidArgument`, and `Canceled` with one L. */
function name(code: Code): string {
  return code === Code.Canceled ? 'CANCELLED' : (Code[code] ?? '').replace(/(?<=.)(?=[A-Z])/g, '_').toUpperCase();
}

function isEmpty(value: Json | undefined): boolean {
  return !value || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
