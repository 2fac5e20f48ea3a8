/** Events as sentences of their own: who, what, with or to whom, and whether it happened. */
import { type Event, EventType, Modality } from '../gen/isnad/v1/extract_pb.ts';
import { type Reading, words as wordsOf } from '../model/facts.ts';
import { useTongue } from '../words/index.ts';
import { date } from '../words/values.ts';
import { Chip, Chips, Section, Some, Words } from './basics.tsx';

/** Whether an event is one of conflict: the later half of PLOVER's types. */
function hostile(event: Event): boolean {
  return event.type >= EventType.ACCUSE;
}

function What({ event, id }: { event: Event; id: string }) {
  const { words } = useTongue();
  const told = event.modality !== Modality.ASSERTED && words.modalities[event.modality];
  return (
    <>
      <button type="button" class={`what ${hostile(event) ? 'hostile' : 'friendly'}`} data-open={id}>
        <span aria-hidden="true">{hostile(event) ? '▲' : '●'}</span> {words.eventTypes[event.type]}
      </button>
      {told && <span class="tag">{told}</span>}
    </>
  );
}

function Circumstances({ event, reading }: { event: Event; reading: Reading }) {
  const tongue = useTongue();
  const { words } = tongue;
  const time = event.timeIndex === undefined ? undefined : reading.answer.times[event.timeIndex];
  return (
    <p class="circumstances">
      <span class="triggers">
        {event.triggers.map((trigger, i) => (
          <Words key={i}>{wordsOf(reading, trigger.span)}</Words>
        ))}
      </span>
      {event.placeEntityId && <Chip reading={reading} id={event.placeEntityId} />}
      {time && (
        <button type="button" class="chip time" data-k={`t${event.timeIndex}`} data-open={`t${event.timeIndex}`}>
          <bdi>{time.beginTime ? date(tongue, time.value, time.beginTime, time.endTime) : wordsOf(reading, time.span)}</bdi>
        </button>
      )}
      {event.quoteIndex !== undefined && (
        <button type="button" class="tag" data-k={`s${event.quoteIndex}`} data-open={`s${event.quoteIndex}`}>
          {words.insideQuote}
        </button>
      )}
    </p>
  );
}

export function Events({ reading }: { reading: Reading }) {
  const { words } = useTongue();
  const { events } = reading.answer;
  return (
    <Section id="events" title={words.sections.events} count={events.length}>
      <ul class="cards">
        <Some of={events}>
          {(event, i) => (
            <li key={i} class={`card happening m${event.modality}`} data-k={`v${i}`} data-open={`v${i}`}>
              <div class="flow">
                <span class="side">
                  <span class="sr">{words.actors}: </span>
                  <Chips reading={reading} ids={event.actorEntityIds} />
                </span>
                <span class="arrow">
                  <span class="sr">{words.did}: </span>
                  <What event={event} id={`v${i}`} />
                </span>
                <span class="side">
                  <span class="sr">{words.recipients}: </span>
                  <Chips reading={reading} ids={event.recipientEntityIds} />
                </span>
              </div>
              <Circumstances event={event} reading={reading} />
            </li>
          )}
        </Some>
      </ul>
    </Section>
  );
}
