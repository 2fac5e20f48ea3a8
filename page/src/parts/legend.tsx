/** The layers: what each mark looks like, how many there are, and a switch for each. */
import { KINDS, type Kind, LAYER_OF, type Reading } from '../model/facts.ts';
import type { Layer } from '../gen/isnad/v1/extract_pb.ts';
import { useTongue } from '../words/index.ts';

/** How many facts there are of each kind: entities, not their mentions. */
export function counts(reading: Reading): Record<Kind, number> {
  const found = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  for (const { key, kind } of reading.facts.values()) if (!key.startsWith('m')) found[kind] += 1;
  return found;
}

interface Props {
  readonly reading: Reading;
  readonly off: ReadonlySet<Kind>;
  readonly onOff: (off: ReadonlySet<Kind>) => void;
}

export function Legend({ reading, off, onOff }: Props) {
  const { words, number } = useTongue();
  const found = counts(reading);
  const toggle = (kind: Kind): void => {
    const next = new Set(off);
    if (!next.delete(kind)) next.add(kind);
    onOff(next);
  };
  const none = off.size === 0;
  return (
    <div class="legend" role="group" aria-label={words.layers}>
      {KINDS.map((kind) => (
        <button type="button" key={kind} class="layer" aria-pressed={!off.has(kind)} onClick={() => toggle(kind)}>
          <span class={`swatch m ${kind}`} aria-hidden="true">
            {'\u0623\u0628' /* alef and beh, for something to mark */}
          </span>
          {words.kinds[kind]}
          <span class="count">{number(found[kind])}</span>
        </button>
      ))}
      <button type="button" class="layer all" onClick={() => onOff(none ? new Set(KINDS) : new Set())}>
        {none ? words.tools.hide : words.tools.show}
      </button>
    </div>
  );
}

/** The layers that are switched on; none where that is all of them. */
export function layersOn(off: ReadonlySet<Kind>): Layer[] {
  if (off.size === 0) return [];
  return [...new Set(KINDS.filter((kind) => !off.has(kind)).map((kind) => LAYER_OF[kind]))];
}
