import assert from 'node:assert/strict';
import test from 'node:test';
import { Code, ConnectError } from '@connectrpc/connect';
import { ErrorInfoSchema } from '../../src/gen/google/rpc/error_details_pb.ts';
import { problem } from '../../src/client.ts';
import { decode } from '../../src/files.ts';
import { fromFragment, toFragment } from '../../src/link.ts';
import { toLocal, toMoment, ZONES } from '../../src/moment.ts';

test('a local time is a moment of its zone', () => {
  assert.equal(toMoment('2020-11-25T10:00', 'Asia/Baghdad')?.toISOString(), '2020-11-25T07:00:00.000Z');
  assert.equal(toMoment('2020-11-25T10:00', 'UTC')?.toISOString(), '2020-11-25T10:00:00.000Z');
  // Cairo's clocks went on at the end of that April.
  assert.equal(toMoment('2024-04-27T12:00', 'Africa/Cairo')?.toISOString(), '2024-04-27T09:00:00.000Z');
  assert.equal(toMoment('2024-04-24T12:00', 'Africa/Cairo')?.toISOString(), '2024-04-24T10:00:00.000Z');
  assert.equal(toMoment('yesterday', 'UTC'), undefined);
  for (const zone of ZONES) assert.equal(toLocal(toMoment('2022-06-20T21:15', zone) ?? new Date(0), zone), '2022-06-20T21:15');
});

test('a link carries an article', async () => {
  const draft = { text: 'قال الوزير «نعم» 😀\n'.repeat(500), publishTime: '2024-03-05T18:30', timeZone: 'Asia/Amman' };
  const fragment = await toFragment(draft);
  assert.ok(fragment.length < 600, 'it is packed');
  assert.match(fragment, /^#[\w.-]+$/, 'and safe in an address');
  assert.deepEqual(await fromFragment(fragment), draft);
});

test('a broken link carries nothing', async () => {
  for (const broken of ['', '#', '#top', '#1.', '#1.%%%', '#1.AAAA', '#2.abc']) assert.equal(await fromFragment(broken), undefined, broken);
  assert.equal((await fromFragment(await toFragment({ text: 'a', publishTime: '', timeZone: 'Nowhere/City' })))?.timeZone, 'UTC');
});

test('a short link does not unfold to a long text', async () => {
  const fragment = await toFragment({ text: 'a'.repeat(20 << 20), publishTime: '', timeZone: 'UTC' });
  assert.ok(fragment.length < 50_000);
  assert.equal(await fromFragment(fragment), undefined);
});

test('files are UTF-8, else Windows-1256, else what their first bytes say', () => {
  const utf8 = decode(new TextEncoder().encode('\ufeffسلام')); // peace
  assert.deepEqual(utf8, { text: 'سلام', windows: false });
  assert.deepEqual(decode(Uint8Array.of(0xd3, 0xe1, 0xc7, 0xe3)), { text: 'سلام', windows: true });
  assert.deepEqual(decode(Uint8Array.of(0xff, 0xfe, 0x33, 0x06)), { text: 'س', windows: false });
});

test('an error says its reason and its figures', () => {
  const error = new ConnectError('too long', Code.InvalidArgument, undefined, [
    { desc: ErrorInfoSchema, value: { reason: 'TEXT_TOO_LONG', domain: 'isnad.v1.Extract', metadata: { size: '2', limit: '1' } } },
  ]);
  const { reason, metadata, message } = problem(error);
  assert.deepEqual([reason, metadata, message], ['TEXT_TOO_LONG', { size: '2', limit: '1' }, 'too long']);
  assert.equal(problem(new TypeError('failed to fetch')).reason, 'UNREACHABLE');
});
