import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import assert from 'node:assert/strict';
import test from 'node:test';
import { LANGUAGES } from '../../src/code/index.ts';
import { type Call, literal, requestJson, stretches } from '../../src/code/request.ts';
import { ExtractRequestSchema, Layer, OffsetUnit } from '../../src/gen/isnad/v1/extract_pb.ts';

const text = 'قال "الوزير":\n\tC:\\new \u202e\u200f😀 JSON\n\u2028';

function call(change: Partial<Call> = {}): Call {
  return {
    request: create(ExtractRequestSchema, {
      document: { text, publishTime: timestampFromMs(1_606_298_400_000), timeZone: 'Asia/Baghdad' },
      offsetUnit: OffsetUnit.UTF16_CODE_UNIT,
    }),
    address: '127.0.0.1:50051',
    secure: false,
    layers: [Layer.TIMES],
    unit: OffsetUnit.UNICODE_CODE_POINT,
    ...change,
  };
}

test('a literal reads back as the text, and hides nothing', () => {
  const written = literal(text);
  assert.equal(JSON.parse(written), text);
  assert.match(written, /^[^\u200b-\u200f\u2028-\u202e\n]*$/u);
});

test('long texts are cut between code points', () => {
  const long = 'ا😀'.repeat(50);
  for (const length of [2, 3, 7]) {
    const parts = stretches(long, length);
    assert.equal(parts.join(''), long);
    assert.ok(parts.every((part) => part.isWellFormed() && part.length <= length));
  }
  assert.deepEqual(stretches('', 5), ['']);
});

test('grpcurl is given the request as the contract writes it', () => {
  const program = LANGUAGES.grpcurl.write(call());
  assert.match(program, /^grpcurl -plaintext -d @ 127\.0\.0\.1:50051 isnad\.v1\.Extract\/Extract <<'JSON'\n/);
  const body = program.split("<<'JSON'\n")[1]?.replace(/\nJSON\n$/, '') ?? '';
  assert.deepEqual(JSON.parse(body), {
    document: { text, publishTime: '2020-11-25T10:00:00Z', timeZone: 'Asia/Baghdad' },
    layers: ['LAYER_TIMES'],
    offsetUnit: 'OFFSET_UNIT_UNICODE_CODE_POINT',
  });
  assert.ok(!body.split('\n').includes('JSON'));
  assert.ok(!LANGUAGES.grpcurl.write(call({ secure: true })).includes('plaintext'));
});

test('every program carries the text, the layers, the time and the unit of its language', () => {
  const units = { python: 'UNICODE_CODE_POINT', go: 'UTF8_BYTE', java: 'UTF16_CODE_UNIT', typescript: 'UTF16_CODE_UNIT' } as const;
  for (const [key, unit] of Object.entries(units)) {
    const language = LANGUAGES[key as keyof typeof units];
    const program = language.write(call({ unit: language.unit ?? OffsetUnit.UTF8_BYTE }));
    for (const part of [literal(text), unit, 'TIMES', '1606298400', 'Asia/Baghdad', '127.0.0.1:50051']) {
      assert.ok(program.includes(part), `${key} lacks ${part}`);
    }
    const plain = language.write(call({ layers: [], request: create(ExtractRequestSchema, { document: { text } }) }));
    assert.doesNotMatch(plain, /layer|timestamp|zone/i, key);
    assert.notEqual(language.write(call({ secure: true })), language.write(call()), key);
  }
});

test('the request keeps to what was asked', () => {
  const json = requestJson(call({ layers: [] }));
  assert.deepEqual(Object.keys(json), ['document', 'offsetUnit']);
});
