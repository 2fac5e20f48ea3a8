/** Small things that the facts are built of. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { entity, kindOf, type Reading } from '../model/facts.ts';
import { useTongue } from '../words/index.ts';

/** How many facts of a list are shown at once. */
const MANY = 40;

/** A heading with what stands under it; the count beside it is of facts. */
export function Section({ id, title, count, children }: { id: string; title: string; count: number; children: ComponentChildren }) {
  const { words, number } = useTongue();
  return (
    <section class={`section ${id}`} aria-labelledby={`section-${id}`}>
      <h3 id={`section-${id}`}>
        {title} <span class="count">{number(count)}</span>
      </h3>
      {count > 0 ? children : <p class="none">{words.none}</p>}
    </section>
  );
}

/** The first of many, and a key for the rest. */
export function Some<T>({ of, children }: { of: readonly T[]; children: (item: T, i: number) => ComponentChildren }) {
  const { words, number } = useTongue();
  const [all, setAll] = useState(false);
  const shown = all ? of : of.slice(0, MANY);
  return (
    <>
      {shown.map(children)}
      {shown.length < of.length && (
        <li class="rest">
          <button type="button" class="quiet" onClick={() => setAll(true)}>
            {words.more(number(of.length - shown.length))}
          </button>
        </li>
      )}
    </>
  );
}

/** An entity's name as a key to its details. */
export function Chip({ reading, id, count }: { reading: Reading; id: string; count?: number }) {
  const { language, number } = useTongue();
  const named = entity(reading, id);
  if (!named) return null;
  const latin = named.latinName;
  return (
    <button type="button" class={`chip ${kindOf(named.type)}`} data-k={id} data-open={id}>
      <bdi lang="ar">{named.name}</bdi>
      {language === 'en' && latin && latin !== named.name && (
        <bdi class="latin" lang="en">
          {latin}
        </bdi>
      )}
      {count !== undefined && count > 1 && <span class="count">×{number(count)}</span>}
    </button>
  );
}

/** Several entities beside each other. */
export function Chips({ reading, ids }: { reading: Reading; ids: readonly string[] }) {
  return (
    <span class="chips">
      {ids.map((id) => (
        <Chip key={id} reading={reading} id={id} />
      ))}
    </span>
  );
}

/** Words of the article, in their own direction. */
export function Words({ children }: { children: string }) {
  return (
    <bdi class="words" lang="ar">
      {children.replace(/\s+/gu, ' ')}
    </bdi>
  );
}
