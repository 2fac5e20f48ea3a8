import { create } from '@bufbuild/protobuf';
import assert from 'node:assert/strict';
import test from 'node:test';
import { QuantityKind, QuantitySchema } from '../../src/gen/isnad/v1/extract_pb.ts';
import { TONGUES } from '../../src/words/index.ts';
import { country, date, decimal, published, quantity, zoneName } from '../../src/words/values.ts';

const { ar, en } = TONGUES;

test('dates are as precise as they are known', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['2024-03-05', '2024-03-05T00:00:00+03:00', '2024-03-06T00:00:00+03:00', 'Tuesday 5 March 2024'],
    ['2024-03', '2024-03-01T00:00:00+03:00', '2024-04-01T00:00:00+03:00', 'March 2024'],
    ['2024', '2024-01-01T00:00:00+03:00', '2025-01-01T00:00:00+03:00', '2024'],
    ['2024-03-05T18:30', '2024-03-05T18:30:00+03:00', '2024-03-05T18:31:00+03:00', '5 March 2024 at 18:30'],
    ['2024-Q1', '2024-01-01T00:00:00+03:00', '2024-04-01T00:00:00+03:00', '1 Jan 2024 – 31 Mar 2024'],
    ['P4D', '', '', 'P4D'],
    ['XXXX-WXX-4', '', '', 'XXXX-WXX-4'],
  ];
  for (const [value, begin, end, told] of cases) assert.equal(date(en, value, begin, end).replaceAll(',', ''), told);
  assert.equal(date(ar, '2024-03-05', '2024-03-05T00:00:00+03:00', '2024-03-06T00:00:00+03:00'), 'الثلاثاء، 5 مارس 2024');
});

test("the article's own date keeps its precision", () => {
  assert.equal(published(en, '2019-01-30').replace(',', ''), 'Wednesday 30 January 2019');
  assert.equal(published(en, '2019-01'), 'January 2019');
  assert.match(published(en, '2019-01-30T13:33'), /13:33/);
  assert.equal(published(en, 'unknown'), 'unknown');
});

test('quantities are told with their units, to the last digit', () => {
  const of = (kind: QuantityKind, value: string, unit = '') => quantity(en, create(QuantitySchema, { kind, value, unit }));
  assert.equal(of(QuantityKind.CARDINAL, '4000'), '4,000');
  assert.equal(of(QuantityKind.ORDINAL, '3'), '3rd');
  assert.equal(of(QuantityKind.PERCENT, '11.50'), '11.50%');
  assert.equal(of(QuantityKind.MONEY, '450000000', 'USD'), '450,000,000 US dollars');
  assert.equal(of(QuantityKind.MONEY, '5', ''), '5');
  assert.equal(of(QuantityKind.MONEY, '5', 'coins'), '5');
  assert.equal(of(QuantityKind.MEASURE, '14.5', 'km'), '14.5 km');
  assert.equal(decimal(en, '123456789012345678901234567890.125'), '123,456,789,012,345,678,901,234,567,890.125');
  assert.equal(decimal(en, 'many'), 'many');
});

test('countries and zones go by their names', () => {
  assert.deepEqual([country(en, 'IQ'), country(ar, 'IQ'), country(en, '??')], ['Iraq', 'العراق', '??']);
  assert.deepEqual([zoneName(ar, 'Asia/Baghdad'), zoneName(en, 'America/New_York'), zoneName(en, 'UTC')], ['بغداد', 'New York', 'UTC']);
});
