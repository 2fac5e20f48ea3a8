/** The whole answer, and programs that ask for it, to copy. */
import { useState } from 'preact/hooks';
import { LANGUAGES } from '../code/index.ts';
import { type Layer, ExtractResponseSchema, OffsetUnit } from '../gen/isnad/v1/extract_pb.ts';
import type { Reading } from '../model/facts.ts';
import { shown } from '../model/json.ts';
import { converter } from '../model/offsets.ts';
import { unitName } from '../code/request.ts';
import { useTongue } from '../words/index.ts';
import { UnitChoice } from './details.tsx';
import { Code, Dialog } from './dialog.tsx';

type Tab = 'json' | keyof typeof LANGUAGES;

interface Props {
  readonly reading: Reading;
  readonly layers: readonly Layer[];
  readonly unit: OffsetUnit;
  readonly onUnit: (unit: OffsetUnit) => void;
  readonly address: string;
  readonly secure: boolean;
  readonly onClose: () => void;
}

/** The answer as JSON, its offsets in `unit`. */
function answerJson({ answer, text }: Reading, unit: OffsetUnit): string {
  const json = shown(ExtractResponseSchema, answer, converter(text, OffsetUnit.UTF16_CODE_UNIT, unit));
  return JSON.stringify({ ...(json as object), offsetUnit: unitName(unit) }, undefined, 2);
}

export function Programs({ reading, layers, unit, onUnit, address, secure, onClose }: Props) {
  const { words } = useTongue();
  const [tab, setTab] = useState<Tab>('json');
  const tabs: readonly [Tab, string][] = [
    ['json', words.tools.answer],
    ...Object.entries(LANGUAGES).map(([key, { name }]) => [key as Tab, name] as [Tab, string]),
  ];
  const language = tab === 'json' ? undefined : LANGUAGES[tab];
  const own = language?.unit;
  const text = language
    ? language.write({ request: reading.request, address, secure, layers, unit: own ?? unit })
    : answerJson(reading, unit);
  const name = tabs.find(([key]) => key === tab)?.[1] ?? tab;
  return (
    <Dialog className="programs" title={words.tools.codeHeading} onClose={onClose}>
      <div class="content">
        <p class="gloss">{words.tools.codeHint}</p>
        <div class="tabs" role="group" aria-label={words.tools.code}>
          {tabs.map(([key, label]) => (
            <button type="button" key={key} aria-pressed={key === tab} onClick={() => setTab(key)}>
              {label}
            </button>
          ))}
        </div>
        {own === undefined && <UnitChoice unit={unit} onUnit={onUnit} />}
        <Code text={text} language={name} />
      </div>
    </Dialog>
  );
}
