/** The facts beside the article. */
import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import { Layer, type Quantity } from '../gen/isnad/v1/extract_pb.ts';
import { type Kind, kindOf, LAYER_OF, people, type Holder, type Reading, words as wordsOf } from '../model/facts.ts';
import { useTongue } from '../words/index.ts';
import { quantity, role } from '../words/values.ts';
import { Chip, Chips, Section, Some, Words } from './basics.tsx';
import { Events } from './events.tsx';
import { Timeline } from './timeline.tsx';

/** The parts of the facts and the kinds whose switches they hang on. */
const PARTS: readonly [string, readonly Kind[]][] = [
  ['people', ['person', 'office']],
  ['quotes', ['quote']],
  ['events', ['event']],
  ['timeline', ['time']],
  ['numbers', ['number']],
  ['names', ['place', 'org', 'group', 'other']],
];

function Offices({ reading, holder }: { reading: Reading; holder: Holder }) {
  const { words, language } = useTongue();
  if (holder.offices.length === 0) return null;
  return (
    <ul class="offices">
      <Some of={holder.offices}>{({ keys, position }) => (
        <li key={keys[0]} data-k={keys.join(' ')}>
          <button type="button" class="plain" data-open={keys[0]}>
            <Words>{wordsOf(reading, position.title ?? position.span)}</Words>
            {language === 'en' && position.role && <span class="gloss"> {role(position.role)}</span>}
          </button>
          {position.ofEntityId && (
            <>
              {' '}
              <span class="gloss">{words.of}</span> <Chip reading={reading} id={position.ofEntityId} />
            </>
          )}
          {position.former && <span class="tag">{words.former}</span>}
          {position.acting && <span class="tag">{words.acting}</span>}
        </li>
      )}</Some>
    </ul>
  );
}

function People({ reading }: { reading: Reading }) {
  const { words, number } = useTongue();
  const holders = people(reading);
  return (
    <Section id="people" title={words.sections.people} count={holders.length}>
      <ul class="cards">
        <Some of={holders}>
          {(holder) => (
            <li key={holder.entity?.id ?? ''} class="card" {...(holder.entity ? { 'data-k': holder.entity.id } : {})}>
              {holder.entity ? (
                <p class="who">
                  <button type="button" class={`plain name ${kindOf(holder.entity.type)}`} data-open={holder.entity.id}>
                    <Words>{holder.entity.name}</Words>
                  </button>
                  {holder.entity.latinName && holder.entity.latinName !== holder.entity.name && (
                    <bdi class="latin" lang="en">
                      {holder.entity.latinName}
                    </bdi>
                  )}
                  {holder.mentions > 1 && (
                    <span class="count" title={words.times(number(holder.mentions))}>
                      ×{number(holder.mentions)}
                    </span>
                  )}
                </p>
              ) : (
                <p class="who gloss">{words.noHolder}</p>
              )}
              <Offices reading={reading} holder={holder} />
            </li>
          )}
        </Some>
      </ul>
    </Section>
  );
}

function Quotes({ reading }: { reading: Reading }) {
  const { words } = useTongue();
  const { quotes } = reading.answer;
  return (
    <Section id="quotes" title={words.sections.quotes} count={quotes.length}>
      <ul class="cards">
        <Some of={quotes}>
          {(quote, i) => (
            <li key={i} class="card said" data-k={`s${i}`} data-open={`s${i}`}>
              <p class="who">
                {quote.speakerEntityIds.length > 0 ? (
                  <Chips reading={reading} ids={quote.speakerEntityIds} />
                ) : (
                  <span class="gloss">{quote.speaker ? <Words>{wordsOf(reading, quote.speaker)}</Words> : words.unknownSpeaker}</span>
                )}
                <button type="button" class="tag" data-open={`s${i}`}>
                  {[words.stances[quote.stance], words.quoteKinds[quote.kind]].filter(Boolean).join(' · ')}
                </button>
              </p>
              <blockquote lang="ar" dir="rtl">
                {wordsOf(reading, quote.span)}
              </blockquote>
              {quote.sourceEntityIds.length > 0 && (
                <p class="carried">
                  <span class="gloss">{words.carriedBy}</span> <Chips reading={reading} ids={quote.sourceEntityIds} />
                </p>
              )}
            </li>
          )}
        </Some>
      </ul>
    </Section>
  );
}

function Numbers({ reading }: { reading: Reading }) {
  const tongue = useTongue();
  const { words } = tongue;
  const { quantities } = reading.answer;
  const value = (found: Quantity): string => {
    const bound = words.modifiers[found.modifier];
    return bound ? `${bound} ${quantity(tongue, found)}` : quantity(tongue, found);
  };
  return (
    <Section id="numbers" title={words.sections.numbers} count={quantities.length}>
      <ul class="numbers">
        <Some of={quantities}>
          {(found, i) => (
            <li key={i} data-k={`q${i}`}>
              <button type="button" class="plain" data-open={`q${i}`}>
                <bdi class="value">{value(found)}</bdi>
                <span class="counted">
                  <Words>{wordsOf(reading, found.span)}</Words>
                  {found.of && (
                    <>
                      {' '}
                      <Words>{found.of.text}</Words>
                    </>
                  )}
                </span>
              </button>
            </li>
          )}
        </Some>
      </ul>
    </Section>
  );
}

function Names({ reading }: { reading: Reading }) {
  const { words } = useTongue();
  const kinds: readonly Kind[] = ['place', 'org', 'group', 'other'];
  const named = reading.answer.entities.filter(({ type }) => kinds.includes(kindOf(type)));
  return (
    <Section id="names" title={words.sections.names} count={named.length}>
      {kinds.map((kind) => {
        const those = named.filter(({ type }) => kindOf(type) === kind);
        return (
          those.length > 0 && (
            <div key={kind} class={`named only-${kind}`}>
              <h4>{words.kinds[kind]}</h4>
              <ul class="chips">
                <Some of={those}>
                  {({ id }) => (
                    <li key={id}>
                      <Chip reading={reading} id={id} count={reading.facts.get(id)?.ranges.length ?? 0} />
                    </li>
                  )}
                </Some>
              </ul>
            </div>
          )
        );
      })}
    </Section>
  );
}

function Notices({ reading }: { reading: Reading }) {
  const { words } = useTongue();
  const { notices } = reading.answer;
  return (
    notices.length > 0 && (
      <section class="section notices" aria-labelledby="section-notices">
        <h3 id="section-notices">{words.sections.notices}</h3>
        <ul>
          {notices.map(({ code, text }, i) => (
            <li key={i}>{words.notices[code] ?? text}</li>
          ))}
        </ul>
      </section>
    )
  );
}

interface Props {
  readonly reading: Reading;
  readonly off: ReadonlySet<Kind>;
  /** The layers that the service has; all where it has not told. */
  readonly has: readonly Layer[];
}

/** All the facts of a reading. */
export const Facts = memo(({ reading, off, has }: Props) => {
  const { words } = useTongue();
  const part: Record<string, ComponentChildren> = {
    people: <People reading={reading} />,
    quotes: <Quotes reading={reading} />,
    events: <Events reading={reading} />,
    timeline: <Timeline reading={reading} />,
    numbers: <Numbers reading={reading} />,
    names: <Names reading={reading} />,
  };
  const missing = (kinds: readonly Kind[]): boolean =>
    has.length > 0 &&
    kinds.every((kind) => !has.includes(LAYER_OF[kind])) &&
    ![...reading.facts.values()].some(({ kind }) => kinds.includes(kind));
  return (
    <>
      <Notices reading={reading} />
      {PARTS.filter(([, kinds]) => !kinds.every((kind) => off.has(kind))).map(([id, kinds]) =>
        missing(kinds) ? (
          <section key={id} class={`section ${id}`} aria-labelledby={`section-${id}`}>
            <h3 id={`section-${id}`}>{words.sections[id as keyof typeof words.sections]}</h3>
            <p class="none">{words.layerMissing}</p>
          </section>
        ) : (
          part[id]
        ),
      )}
    </>
  );
});
