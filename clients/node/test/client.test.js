// A fake server for what a real one cannot be made to do on purpose. What clients and a real server do together is the affair
// of the conformance suite.
import assert from 'node:assert/strict';
import test from 'node:test';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import * as grpc from '@grpc/grpc-js';
import { connect, cut, Extract, ExtractRequestSchema, ExtractResponseSchema, ExtractStreamResponseSchema, IsnadError, OffsetUnit } from 'isnad';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from '../dist/gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../dist/gen/google/rpc/status_pb.js';

const TEXT = 'نص'; // text

/** Runs `body` with a client of a server that answers `Extract` with `extract`, and every article of a stream. */
async function serve(extract, body, options) {
  const method = ({ parent, name, input, output }, stream) => ({
    path: `/${parent.typeName}/${name}`,
    requestStream: stream,
    responseStream: stream,
    requestSerialize: (m) => toBinary(input, m),
    requestDeserialize: (bytes) => fromBinary(input, bytes),
    responseSerialize: (m) => Buffer.from(toBinary(output, m)),
    responseDeserialize: (bytes) => fromBinary(output, bytes),
  });
  const server = new grpc.Server();
  server.addService(
    { extract: method(Extract.method.extract, false), extractStream: method(Extract.method.extractStream, true) },
    {
      extract: (call, answer) => extract(call, answer),
      extractStream: (call) => {
        let index = 0n;
        call.on('data', ({ document }) => {
          const response = create(ExtractResponseSchema, { documentId: document.id });
          call.write(create(ExtractStreamResponseSchema, { index: index++, result: { case: 'response', value: response } }));
        });
        call.on('end', () => call.end());
        call.on('error', () => {});
      },
    },
  );
  const port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  const client = connect(`127.0.0.1:${port}`, options);
  try {
    await body(client);
  } finally {
    client.close();
    server.forceShutdown();
  }
}

const never = () => assert.fail('nobody calls it');

test('an error has every detail', async () => {
  const details = [
    anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { reason: 'INVALID_REQUEST', domain: 'isnad.v1.Extract', metadata: { limit: '7' } })),
    anyPack(BadRequestSchema, create(BadRequestSchema, { fieldViolations: [{ field: 'document.text', description: 'must not be empty' }] })),
    anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: { nanos: 200_000_000 } })),
  ];
  const metadata = new grpc.Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(toBinary(StatusSchema, create(StatusSchema, { code: 3, details }))));
  metadata.set('x-request-id', 'r1');
  const fail = (_, answer) => answer({ code: grpc.status.INVALID_ARGUMENT, details: 'no text', metadata });
  await serve(fail, (client) =>
    assert.rejects(client.extract(''), (error) => {
      assert.ok(error instanceof IsnadError);
      const { code, message, reason, domain, fieldViolations, retryDelayMs, requestId } = error;
      assert.deepEqual(
        { code, message, reason, domain, metadata: { ...error.metadata }, fieldViolations, retryDelayMs, requestId },
        {
          code: grpc.status.INVALID_ARGUMENT,
          message: 'no text',
          reason: 'INVALID_REQUEST',
          domain: 'isnad.v1.Extract',
          metadata: { limit: '7' },
          fieldViolations: [{ field: 'document.text', description: 'must not be empty' }],
          retryDelayMs: 200,
          requestId: 'r1',
        },
      );
      return true;
    }),
  );
});

test('a call is tried again where the server is unavailable', async () => {
  let calls = 0;
  const third = (_, answer) =>
    ++calls < 3 ? answer({ code: grpc.status.UNAVAILABLE, details: 'try again' }) : answer(null, create(ExtractResponseSchema));
  await serve(third, async (client) => {
    await client.extract(TEXT);
    assert.equal(calls, 3);
  });
});

test("offsets are JavaScript's own unless a request says otherwise, and requests are left as they are", async () => {
  const units = [];
  const note = ({ request }, answer) => {
    units.push(request.offsetUnit);
    answer(null, create(ExtractResponseSchema));
  };
  await serve(note, async (client) => {
    const message = create(ExtractRequestSchema, { document: { text: TEXT } });
    await client.extract(TEXT);
    await client.extract(message);
    await client.extract({ document: { text: TEXT }, offsetUnit: OffsetUnit.UTF8_BYTE });
    assert.deepEqual(units, [OffsetUnit.UTF16_CODE_UNIT, OffsetUnit.UTF16_CODE_UNIT, OffsetUnit.UTF8_BYTE]);
    assert.equal(message.offsetUnit, OffsetUnit.UNSPECIFIED);
  });
});

test('deadlines and signals end a call', async () => {
  const silent = () => {};
  await serve(
    silent,
    async (client) => {
      await assert.rejects(client.extract(TEXT), { code: grpc.status.DEADLINE_EXCEEDED });
      await assert.rejects(client.extract(TEXT, { timeoutMs: 60_000, signal: AbortSignal.timeout(50) }), { code: grpc.status.CANCELLED });
      await assert.rejects(client.extract(TEXT, { signal: AbortSignal.abort() }), { code: grpc.status.CANCELLED });
    },
    { timeoutMs: 100 },
  );
});

test('leaving a stream ends it, and the articles with it', { timeout: 10_000 }, async () => {
  let closed;
  const over = new Promise((resolve) => (closed = resolve));
  async function* endless() {
    try {
      for (;;) yield TEXT;
    } finally {
      closed();
    }
  }
  await serve(never, async (client) => {
    const seen = [];
    for await (const { index, response } of client.extractStream(endless())) {
      assert.ok(response);
      seen.push(index);
      if (index === 2) break;
    }
    assert.deepEqual(seen, [0, 1, 2]);
    await over;
  });
});

test('what the articles throw ends their stream', async () => {
  function* torn() {
    yield TEXT;
    throw new Error('the file is torn');
  }
  await serve(never, (client) =>
    assert.rejects(async () => {
      for await (const _ of client.extractStream(torn()));
    }, /the file is torn/),
  );
});

test('a signal ends a stream', async () => {
  const stop = new AbortController();
  async function* waiting() {
    yield TEXT;
    await new Promise(() => {});
  }
  await serve(never, (client) =>
    assert.rejects(
      async () => {
        for await (const _ of client.extractStream(waiting(), { signal: stop.signal })) stop.abort();
      },
      { name: 'IsnadError', code: grpc.status.CANCELLED },
    ),
  );
});

test('cut proves what it cuts', () => {
  const text = 'علم 🇮🇶 فوق المبنى'; // a flag over the building
  const begin = text.indexOf('فوق');
  assert.equal(cut(text, { begin, end: begin + 3, text: 'فوق' }), 'فوق');
  assert.equal(cut(text, { begin, end: begin + 3, text: '' }), 'فوق');
  assert.equal(cut('\ud83c فوق', { begin: 0, end: 1, text: '\ufffd' }), '\ud83c'); // half a flag
  assert.throws(() => cut(text, { begin, end: begin + 3, text: 'تحت' }), /not the text that was sent/); // under
  assert.throws(() => cut(text, { begin, end: 1000, text: '' }), /not in a text of 19 code units/);
  assert.throws(() => cut(text, { begin: 4, end: 2, text: '' }), RangeError);
});
