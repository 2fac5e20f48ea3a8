// What must come back.
import assert from 'node:assert/strict';
import { status } from '@grpc/grpc-js';
import { cut } from 'isnad';

/** The unit that the client must ask for. */
const OWN_UNIT = 'OFFSET_UNIT_UTF16_CODE_UNIT';

/**
 * Holds an answer against a pattern, and its spans and unit against the text that was sent and what Normalize made of it;
 * where no text was sent there are no spans.
 */
export function checkAnswer(answer, { pattern, words = [], sent, folded }) {
  if (pattern !== undefined) match(pattern, answer, 'answer');
  if (sent === undefined) return;
  match(OWN_UNIT, answer.offsetUnit, 'answer.offsetUnit');
  const spans = [...walk(answer, 'answer')];
  for (const { path, span } of spans) {
    const text = path.endsWith('.normalized') ? folded : sent;
    const { begin = 0, end } = span;
    assert.equal(cut(text, { begin, end, text: span.text }), span.text, `${path} is cut wrong`);
    assert.equal(text.slice(begin, end), span.text, `${path} is sliced wrong`);
  }
  for (const wanted of words) {
    const begin = sent.indexOf(wanted);
    const found = spans.some(({ span }) => span.text === wanted && (span.begin ?? 0) === begin && span.end === begin + wanted.length);
    assert.ok(found, `no span is ${wanted}, from code unit ${begin}`);
  }
}

/** Every span with a text in the answer, and where it stands. */
function* walk(value, path) {
  if (Array.isArray(value)) {
    for (const [place, entry] of value.entries()) yield* walk(entry, `${path}[${place}]`);
  } else if (isObject(value)) {
    if ('end' in value && 'text' in value) yield { path, span: value };
    for (const [key, entry] of Object.entries(value)) yield* walk(entry, `${path}.${key}`);
  }
}

/** Looks at an error, detail by detail. */
export function checkError(expected, told, inStream) {
  const codes = [expected.code].flat();
  assert.ok(codes.includes(status[told.code]), `code is ${status[told.code]}, not ${codes.join(' or ')} (${told.message})`);
  if (expected.reason === undefined) return;
  assert.equal(told.reason, expected.reason, `reason is ${told.reason}, not ${expected.reason}`);
  assert.equal(told.domain, 'isnad.v1.Extract', `domain is ${told.domain}`);
  assert.ok(told.message, 'there is no message');
  const fields = told.fieldViolations.map(({ field }) => field);
  assert.deepEqual(fields, expected.fields ?? [], `fields are ${fields}, not ${expected.fields ?? 'none'}`);
  assert.ok(told.fieldViolations.every(({ description }) => description), 'a field has no description');
  match(expected.metadata ?? null, told.metadata, 'metadata');
  assert.equal(told.retryDelayMs, expected.retryDelayMs, `the delay is ${told.retryDelayMs}, not ${expected.retryDelayMs}`);
  if (!inStream) assert.ok(told.requestId, 'there is no request id');
  if (expected.requestId !== undefined) assert.equal(told.requestId, expected.requestId, `the request id is ${told.requestId}`);
}

/** Holds a value against a pattern. */
function match(pattern, value, path) {
  if (pattern === '$any') {
    assert.ok(!isEmpty(value), `${path} is absent or empty`);
  } else if (isEmpty(pattern) && !isObject(pattern)) {
    assert.ok(isEmpty(value), `${path} is ${JSON.stringify(value)}, not absent or empty`);
  } else if (Array.isArray(pattern)) {
    const rest = [...(value ?? [])];
    for (const [place, part] of pattern.entries()) {
      const found = rest.findIndex((entry) => matches(part, entry));
      assert.ok(found >= 0, `${path} has nothing for entry ${place} of the pattern`);
      rest.splice(0, found + 1);
    }
  } else if (isObject(pattern)) {
    assert.ok(isObject(value), `${path} is ${value}, not an object`);
    for (const [key, part] of Object.entries(pattern)) match(part, value[key], `${path}.${key}`);
  } else {
    assert.equal(value, pattern, `${path} is ${JSON.stringify(value)}, not ${JSON.stringify(pattern)}`);
  }
}

function matches(pattern, value) {
  try {
    match(pattern, value, '');
    return true;
  } catch {
    return false;
  }
}

/** Whether a value is as good as absent. */
function isEmpty(value) {
  return !value || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
