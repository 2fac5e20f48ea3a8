/** The dates of the article along a line, with the events that are tied to them. */
import { Calendar } from '../gen/isnad/v1/extract_pb.ts';
import { type Moment, type Reading, timeline, words as wordsOf } from '../model/facts.ts';
import { useTongue } from '../words/index.ts';
import { date, published } from '../words/values.ts';
import { Section, Some, Words } from './basics.tsx';

/** How many wordings of one moment are shown. */
const WAYS = 6;

/** How the article words a moment, with the keys of the times worded so; the first few of the ways. */
function wordings(moment: Moment, reading: Reading): (readonly [string, string[]])[] {
  const found = new Map<string, string[]>();
  for (const { key, time } of moment.times) {
    const told = wordsOf(reading, time.span);
    found.set(told, [...(found.get(told) ?? []), key]);
  }
  return [...found].slice(0, WAYS);
}

function Row({ moment, reading }: { moment: Moment; reading: Reading }) {
  const tongue = useTongue();
  const { words, number } = tongue;
  const first = moment.times[0]?.time;
  const bound = first ? words.modifiers[first.modifier] : undefined;
  return (
    <li class="moment" data-k={moment.times.map(({ key }) => key).join(' ')}>
      <button type="button" class="plain when" data-open={moment.times[0]?.key}>
        <bdi>{[bound, date(tongue, moment.value, first?.beginTime, first?.endTime)].filter(Boolean).join(' ')}</bdi>
      </button>
      {moment.times.some(({ time }) => time.calendar === Calendar.HIJRI) && <span class="tag">{words.hijri}</span>}
      {moment.times.some(({ time }) => time.weekdayConflict) && <span class="tag warn">{words.weekdayConflict}</span>}
      <span class="told">
        {wordings(moment, reading).map(([told, keys]) => (
          <button type="button" key={told} class="plain" data-k={keys.join(' ')} data-open={keys[0]}>
            <Words>{told}</Words>
            {keys.length > 1 && <span class="count"> ×{number(keys.length)}</span>}
          </button>
        ))}
      </span>
      {moment.events.length > 0 && (
        <span class="happened">
          {moment.events.map(({ key, event }) => (
            <button type="button" key={key} class="chip event" data-k={key} data-open={key}>
              {words.eventTypes[event.type]}
            </button>
          ))}
        </span>
      )}
    </li>
  );
}

export function Timeline({ reading }: { reading: Reading }) {
  const tongue = useTongue();
  const { words } = tongue;
  const { moments, loose } = timeline(reading);
  const own = reading.answer.document?.published ?? '';
  const behind = own === '' ? -1 : moments.findIndex((moment) => moment.begin.slice(0, 10) > own.slice(0, 10));
  const at = behind < 0 ? moments.length : behind;
  return (
    <Section id="timeline" title={words.sections.timeline} count={reading.answer.times.length}>
      {moments.length > 0 && (
        <ol class="line" aria-label={words.onCalendar}>
          <Some of={moments.slice(0, at)}>{(moment) => <Row key={moment.value} moment={moment} reading={reading} />}</Some>
          {own !== '' && (
            <li class="moment own">
              <span class="when">{published(tongue, own)}</span> <span class="tag">{words.published}</span>
            </li>
          )}
          <Some of={moments.slice(at)}>{(moment) => <Row key={moment.value} moment={moment} reading={reading} />}</Some>
        </ol>
      )}
      {loose.length > 0 && (
        <>
          <h4>{words.offCalendar}</h4>
          <ul class="chips">
            <Some of={loose}>
              {({ key, time }) => (
                <li key={key}>
                  <button type="button" class="chip time" data-k={key} data-open={key}>
                    <Words>{wordsOf(reading, time.span)}</Words>
                    <bdi class="latin">{time.value}</bdi>
                  </button>
                </li>
              )}
            </Some>
          </ul>
        </>
      )}
    </Section>
  );
}
