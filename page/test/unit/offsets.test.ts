import assert from 'node:assert/strict';
import test from 'node:test';
import { OffsetUnit } from '../../src/gen/isnad/v1/extract_pb.ts';
import { convertSpans } from '../../src/model/json.ts';
import { converter, lengthIn, UNITS } from '../../src/model/offsets.ts';

const { UTF8_BYTE, UTF16_CODE_UNIT, UNICODE_CODE_POINT } = OffsetUnit;

test('a flag, an emoji and a Latin letter are as long as each unit counts', () => {
  const text = 'علم😀a'; // flag
  assert.deepEqual(
    [UTF8_BYTE, UTF16_CODE_UNIT, UNICODE_CODE_POINT].map((unit) => lengthIn(text, unit)),
    [6 + 4 + 1, 3 + 2 + 1, 3 + 1 + 1],
  );
});

test('every offset finds its way from each unit to each and back', () => {
  const text = 'قال «😀» CNN: ١٢é\u200f\n𐤀ب';
  for (const from of UNITS) {
    for (const to of UNITS) {
      const there = converter(text, from, to);
      const back = converter(text, to, from);
      let prefix = '';
      for (const c of [...text, '']) {
        assert.equal(there(lengthIn(prefix, from)), lengthIn(prefix, to));
        assert.equal(back(there(lengthIn(prefix, from))), lengthIn(prefix, from));
        prefix += c;
      }
      assert.equal(there(10_000), lengthIn(text, to), 'what lies behind the text is its end');
    }
  }
});

test('spans of an answer are converted wherever they stand, and nothing else', () => {
  const json = {
    times: [{ span: { end: 3, text: 'أمس' }, value: '2020', endTime: '2020-01-01T00:00:00Z' }], // yesterday
    quotes: [{ span: { begin: 4, end: 6, text: '' }, reason: { words: [{ begin: 3, end: 4 }] } }],
  };
  assert.deepEqual(convertSpans(json, (offset) => offset * 2), {
    times: [{ span: { end: 6, text: 'أمس' }, value: '2020', endTime: '2020-01-01T00:00:00Z' }],
    quotes: [{ span: { begin: 8, end: 12, text: '' }, reason: { words: [{ begin: 6, end: 8 }] } }],
  });
});

test('a confidence of 32 bits is written as short as it came', () => {
  assert.deepEqual(convertSpans([Math.fround(0.93), Math.fround(0.8865), 1, 0], (offset) => offset), [0.93, 0.8865, 1, 0]);
});
