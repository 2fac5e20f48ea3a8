import { create } from '@bufbuild/protobuf';
import assert from 'node:assert/strict';
import test from 'node:test';
import * as pb from '../../src/gen/isnad/v1/extract_pb.ts';
import { blocks } from '../../src/model/blocks.ts';
import { people, read, timeline } from '../../src/model/facts.ts';
import { preferred } from '../../src/words/index.ts';

/** The span of the `nth` place where `words` stand in `text`. */
function at(text: string, words: string, nth = 0): { begin: number; end: number; text: string } {
  let begin = -1;
  for (let i = 0; i <= nth; i += 1) begin = text.indexOf(words, begin + 1);
  assert.ok(begin >= 0, words);
  return { begin, end: begin + words.length, text: words };
}

// "Baghdad - Salim, the minister, said yesterday: we will go. Salim left in 2019." with a share bar.
const text = 'عنوان\r\nشارك\n  بغداد - قال الوزير سالم أمس: سنذهب. ثم غادر سالم عام 2019.\n\n';

function answer(): pb.ExtractResponse {
  const { EntityType, ZoneKind } = pb;
  return create(pb.ExtractResponseSchema, {
    document: {
      published: '2024-03-05',
      zones: [
        { kind: ZoneKind.TITLE, span: at(text, 'عنوان') },
        { kind: ZoneKind.BOILERPLATE, span: at(text, 'شارك') },
        { kind: ZoneKind.DATELINE, span: at(text, 'بغداد - ') },
        { kind: ZoneKind.BODY, span: at(text, 'قال الوزير سالم أمس: سنذهب. ثم غادر سالم عام 2019.') },
      ],
    },
    entities: [
      { id: 'e1', type: EntityType.GPE, name: 'بغداد', span: at(text, 'بغداد') },
      { id: 'e2', type: EntityType.PERS, name: 'سالم', span: at(text, 'سالم') },
    ],
    mentions: [
      { type: EntityType.GPE, entityId: 'e1', span: at(text, 'بغداد') },
      { type: EntityType.OCC, span: at(text, 'الوزير') },
      { type: EntityType.PERS, entityId: 'e2', span: at(text, 'سالم') },
      { type: EntityType.PERS, entityId: 'e2', span: at(text, 'سالم', 1) },
    ],
    positions: [{ title: at(text, 'الوزير'), span: at(text, 'الوزير سالم'), personEntityId: 'e2', role: 'minister' }],
    times: [
      { span: at(text, 'أمس'), value: '2024-03-04', beginTime: '2024-03-04T00:00:00+03:00', endTime: '2024-03-05T00:00:00+03:00' },
      { span: at(text, 'عام 2019'), value: '2019', beginTime: '2019-01-01T00:00:00+03:00', endTime: '2020-01-01T00:00:00+03:00' },
    ],
    quotes: [{ span: at(text, 'سنذهب'), kind: pb.QuoteKind.DIRECT, speakerEntityIds: ['e2'] }],
    events: [{ type: pb.EventType.RETREAT, triggers: [{ span: at(text, 'غادر'), text: 'غادر' }], timeIndex: 1, actorEntityIds: ['e2'] }],
  });
}

const reading = read(create(pb.ExtractRequestSchema, { document: { text } }), answer());

test('an entity stands wherever it is named, and a title is marked once, by its office', () => {
  assert.equal(reading.facts.get('e2')?.ranges.length, 2);
  const over = (words: string) => reading.marks.filter(({ begin, end }) => text.slice(begin, end) === words).map(({ keys }) => keys.join(' '));
  assert.deepEqual(over('سالم'), ['m2 e2', 'm3 e2']);
  assert.deepEqual(over('الوزير'), ['p0']);
});

test('people come with their offices', () => {
  const [salim, ...more] = people(reading);
  assert.equal(more.length, 0);
  assert.deepEqual([salim?.entity?.name, salim?.mentions, salim?.offices.map(({ keys }) => keys)], ['سالم', 2, [['p0']]]);
});

test('the timeline goes by the calendar and carries the events', () => {
  const { moments, loose } = timeline(reading);
  assert.deepEqual(moments.map(({ value, events }) => [value, events.length]), [['2019', 1], ['2024-03-04', 0]]);
  assert.equal(loose.length, 0);
});

test('blocks are lines with their parts of the page', () => {
  const found = blocks(reading);
  const { ZoneKind } = pb;
  assert.deepEqual(
    found.map((block) => block.parts.map(({ begin, end, zone }) => [text.slice(begin, end), zone])),
    [
      [['عنوان', ZoneKind.TITLE]],
      [['شارك', ZoneKind.BOILERPLATE]],
      [
        ['بغداد - ', ZoneKind.DATELINE],
        ['قال الوزير سالم أمس: سنذهب. ثم غادر سالم عام 2019.', ZoneKind.BODY],
      ],
    ],
  );
  assert.deepEqual(found.map(({ marks }) => marks.length), [0, 0, reading.marks.length]);
});

test('an answer with nothing in it is read too', () => {
  const empty = read(create(pb.ExtractRequestSchema, { document: { text: ' \n' } }), create(pb.ExtractResponseSchema));
  assert.deepEqual([blocks(empty), people(empty), timeline(empty).moments], [[], [], []]);
});

test('the interface speaks the first language of the reader that it knows, else Arabic', () => {
  assert.deepEqual([['ar-IQ'], ['en-US', 'ar'], ['fr', 'en'], ['fr'], []].map(preferred), ['ar', 'en', 'en', 'ar', 'ar']);
});
