/**
 * Starts the self-contained file that `isnad extract --format html` writes. Each article stands in a script element of type
 * `application/json`, which no browser runs: `{"request": ..., "response": ...}`, both proto3 JSON, offsets in any unit.
 */
import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { render } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { ExtractRequestSchema, ExtractResponseSchema, OffsetUnit } from './gen/isnad/v1/extract_pb.ts';
import { read, type Reading } from './model/facts.ts';
import { shown } from './model/json.ts';
import { converter } from './model/offsets.ts';
import { Frame } from './parts/frame.tsx';
import { Reader } from './parts/reader.tsx';
import { useTongue } from './words/index.ts';

/** Where a service is taken to be by the programs to copy: the address at which it listens unless told. */
const ADDRESS = '127.0.0.1:50051';

/** Fields that a newer service may send are passed over. */
const LENIENT = { ignoreUnknownFields: true };

interface Stored {
  readonly request: JsonValue;
  readonly response: JsonValue;
}

function parse(json: string): Reading {
  const stored = JSON.parse(json) as Stored;
  const request = fromJson(ExtractRequestSchema, stored.request, LENIENT);
  const answer = fromJson(ExtractResponseSchema, stored.response, LENIENT);
  const from = answer.offsetUnit || OffsetUnit.UTF8_BYTE;
  if (from === OffsetUnit.UTF16_CODE_UNIT) return read(request, answer);
  const convert = converter(request.document?.text ?? '', from, OffsetUnit.UTF16_CODE_UNIT);
  const converted = fromJson(ExtractResponseSchema, shown(ExtractResponseSchema, answer, convert));
  return read(request, { ...converted, offsetUnit: OffsetUnit.UTF16_CODE_UNIT });
}

/** What to call an article in the list of them. */
function nameOf({ answer }: Reading, i: number): string {
  return answer.document?.title?.text || answer.documentId || String(i + 1);
}

function File({ stored }: { stored: readonly string[] }) {
  const { words } = useTongue();
  const [chosen, setChosen] = useState(0);
  const names = useMemo(() => stored.map((json, i) => (stored.length > 1 ? nameOf(parse(json), i) : '')), [stored]);
  const reading = useMemo(() => parse(stored[chosen] ?? '{}'), [stored, chosen]);
  return (
    <>
      <Reader
        reading={reading}
        address={ADDRESS}
        secure={false}
        has={[]}
        lead={
          stored.length > 1 && (
            <label class="choice">
              <span class="sr">{words.article}</span>
              <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                {names.map((name, i) => (
                  <option key={i} value={i}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )
        }
      />
      <footer class="foot">
        {reading.answer.engine && (
          <p>
            <bdi>{words.engine(reading.answer.engine.version, reading.answer.engine.lexiconVersion)}</bdi>
          </p>
        )}
      </footer>
    </>
  );
}

const root = document.getElementById('root');
const stored = Array.from(document.querySelectorAll('script[type="application/json"]'), (script) => script.textContent ?? '');
if (root && stored.length > 0) {
  for (const plain of document.querySelectorAll('pre.article')) plain.remove();
  render(
    <Frame>
      <File stored={stored} />
    </Frame>,
    root,
  );
}
