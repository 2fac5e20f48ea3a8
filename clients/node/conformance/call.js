// Makes the call of a case.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fromJson, toJson } from '@bufbuild/protobuf';
import {
  connect,
  DescribeResponseSchema,
  ExtractRequestSchema,
  ExtractResponseSchema,
  IsnadError,
  NormalizeRequestSchema,
  NormalizeResponseSchema,
} from 'isnad';
import { health, raw, reflect } from './beside.js';
import { checkAnswer, checkError } from './check.js';

/** The unary calls that a case may make: each gives its answer in JSON, and the texts that its spans count into. */
const CALLS = { extract, normalize, describe, health, reflect, raw };

/** Makes the call of the case and looks at what comes of it; throws where it is not what must. */
export async function run(test, server) {
  const client = await connected(test, server);
  try {
    const { answer: pattern, words, error: expected } = test.expect;
    let failed;
    try {
      if (test.call === 'extract_stream') {
        await stream(client, test, server);
      } else {
        const got = await CALLS[test.call](client, test);
        if (!expected) checkAnswer(got.answer, { ...got, pattern, words });
      }
    } catch (error) {
      if (!(error instanceof IsnadError && expected)) throw error;
      failed = error;
    }
    if (expected) {
      assert.ok(failed, 'there is no error');
      checkError(expected, failed, false);
    }
  } finally {
    client.close();
  }
}

/** Connects as the case says. */
async function connected({ options = {} }, { address, tls: files }) {
  let tls = false;
  if (files) {
    const { trust, identity } = options;
    tls = trust === 'system' ? true : { ca: await readFile(files.ca) };
    if (identity) Object.assign(tls, { cert: await readFile(files.cert), key: await readFile(files.key) });
  }
  const { token, gzip } = options;
  return connect(address, { tls, ...(token && { token }), ...(gzip && { gzip }) });
}

/** Deadline, request id and cancelling of a call. */
function how({ timeoutMs = 30_000, requestId, cancelAfterMs } = {}) {
  const signal = cancelAfterMs && AbortSignal.timeout(cancelAfterMs);
  return { timeoutMs, ...(requestId && { requestId }), ...(signal && { signal }) };
}

async function extract(client, { request, options }) {
  const message = fromJson(ExtractRequestSchema, request);
  const response = await client.extract(message, how(options));
  return { answer: toJson(ExtractResponseSchema, response), sent: message.document.text };
}

async function normalize(client, { request, options }) {
  const message = fromJson(NormalizeRequestSchema, request);
  const response = await client.normalize(message, how(options));
  return { answer: toJson(NormalizeResponseSchema, response), sent: message.text, folded: response.text };
}

async function describe(client, { options }) {
  return { answer: toJson(DescribeResponseSchema, await client.describe(how(options))) };
}

/** Makes a stream of the case's requests, does what the case says behind the answers that it expects, and reads on. */
async function stream(client, { requests, then = 'end', options, expect: { answers: expected } }, { pid }) {
  const messages = requests.map((request) => fromJson(ExtractRequestSchema, request));
  const stop = new AbortController();
  async function* articles() {
    yield* messages;
    if (then !== 'end') await new Promise(() => {});
  }
  let read = 0;
  const act = () => {
    if (read < expected.length) return;
    if (then === 'cancel') stop.abort();
    if (then === 'stop') process.kill(pid, 'SIGTERM');
  };
  act();
  try {
    for await (const { index, documentId, response, error } of client.extractStream(articles(), { ...how(options), signal: stop.signal })) {
      assert.ok(read < expected.length, `there is an answer too many, of ${documentId}`);
      const { document } = messages[read];
      assert.equal(index, read, `answer ${read} has the index ${index}`);
      assert.equal(documentId, document.id, `answer ${read} is of document ${documentId}`);
      if (expected[read].error) {
        assert.ok(error, `answer ${read} is no error`);
        checkError(expected[read].error, error, true);
      } else {
        if (error) assert.fail(`answer ${read}: ${error.message}`);
        checkAnswer(toJson(ExtractResponseSchema, response), { pattern: expected[read].response, sent: document.text });
      }
      read++;
      act();
    }
  } catch (error) {
    if (error instanceof IsnadError && read < expected.length) assert.fail(`after ${read} answers: ${error.message}`);
    throw error;
  }
  assert.equal(read, expected.length, `${read} answers came, not ${expected.length}`);
}
