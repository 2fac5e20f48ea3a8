/** Why a fact was found, what it says, where it stands, and its JSON. */
import { OffsetUnit, type Reason } from '../gen/isnad/v1/extract_pb.ts';
import { type Fact, type Reading, words as wordsOf } from '../model/facts.ts';
import { shown } from '../model/json.ts';
import { converter, UNITS } from '../model/offsets.ts';
import { useTongue } from '../words/index.ts';
import { Words } from './basics.tsx';
import { Code, Dialog } from './dialog.tsx';
import { fields } from './fields.tsx';

/** How many places of an entity are listed. */
const PLACES = 24;

interface Props {
  readonly reading: Reading;
  readonly fact: Fact;
  readonly unit: OffsetUnit;
  readonly onUnit: (unit: OffsetUnit) => void;
  readonly onOpen: (key: string) => void;
  readonly onClose: () => void;
}

/** The unit of offsets, to choose. */
export function UnitChoice({ unit, onUnit }: { unit: OffsetUnit; onUnit: (unit: OffsetUnit) => void }) {
  const { words } = useTongue();
  return (
    <label class="unit">
      <span>{words.details.unit}</span>
      <select value={unit} onChange={(event) => onUnit(Number(event.currentTarget.value))}>
        {UNITS.map((each) => (
          <option key={each} value={each}>
            {words.details.units[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Why({ reading, reason }: { reading: Reading; reason: Reason | undefined }) {
  const { words } = useTongue();
  const { details } = words;
  if (!reason?.rule) return <p class="none">{details.noReason}</p>;
  return (
    <dl class="fields">
      <dt>{details.rule}</dt>
      <dd>
        <code dir="ltr">{reason.rule}</code>
      </dd>
      {reason.lexiconEntry && (
        <>
          <dt>{details.lexicon}</dt>
          <dd>
            <code dir="ltr">{reason.lexiconEntry}</code>
          </dd>
        </>
      )}
      {reason.words.length > 0 && (
        <>
          <dt>{details.because}</dt>
          <dd class="because">
            {reason.words.map((span, i) => (
              <Words key={i}>{wordsOf(reading, span)}</Words>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

/** The facts that share words with this one, the innermost first. */
function neighbours(reading: Reading, fact: Fact): Fact[] {
  const at = fact.ranges[0];
  if (!at) return [];
  const length = ({ ranges: [range] }: Fact): number => (range ? range.end - range.begin : 0);
  return [...reading.facts.values()]
    .filter((other) => other !== fact && other.message.$typeName !== 'isnad.v1.Entity')
    .filter(({ ranges: [range] }) => range !== undefined && range.begin < at.end && range.end > at.begin)
    .sort((a, b) => length(a) - length(b))
    .slice(0, PLACES);
}

export function Details({ reading, fact, unit, onUnit, onOpen, onClose }: Props) {
  const tongue = useTongue();
  const { words, number } = tongue;
  const { details } = words;
  const { message, schema, ranges } = fact;
  const convert = converter(reading.text, OffsetUnit.UTF16_CODE_UNIT, unit);
  const json = shown(schema, message, convert);
  const named = message.$typeName === 'isnad.v1.Entity' ? message.name : wordsOf(reading, ranges[0]);
  const percent = Math.round(message.confidence * 100);
  const told = fields(reading, fact, tongue).filter(([, value]) => value);
  const beside = neighbours(reading, fact);
  return (
    <Dialog
      className="details"
      onClose={onClose}
      title={
        <>
          <span class={`tag kind ${fact.kind}`}>{words.kind[fact.kind]}</span> <Words>{named.length > 160 ? `${named.slice(0, 160)}…` : named}</Words>
        </>
      }
    >
      <div
        class="content"
        onClick={(event) => {
          const key = event.target instanceof Element && event.target.closest<HTMLElement>('[data-open]')?.dataset['open'];
          if (key) onOpen(key);
        }}
      >
        <dl class="fields">
          {told.map(([name, value], i) => (
            <div key={i}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{details.confidence}</dt>
            <dd class="confidence">
              <meter min={0} max={100} value={percent} aria-label={details.confidence} /> <bdi>{number(percent)}%</bdi>
            </dd>
          </div>
          <div>
            <dt>{message.$typeName === 'isnad.v1.Entity' ? details.mentions : details.offsets}</dt>
            <dd class="places">
              {ranges.slice(0, PLACES).map((range, i) => (
                <bdi key={i} dir="ltr">
                  {convert(range.begin)}–{convert(range.end)}
                </bdi>
              ))}
              {ranges.length > PLACES && <span class="gloss">+{number(ranges.length - PLACES)}</span>}
            </dd>
          </div>
        </dl>
        <h3>{details.reason}</h3>
        <Why reading={reading} reason={message.reason} />
        {beside.length > 0 && (
          <>
            <h3>{details.here}</h3>
            <ul class="chips">
              {beside.map((other) => (
                <li key={other.key}>
                  <button type="button" class={`chip ${other.kind}`} data-open={other.key}>
                    {words.kind[other.kind]}: <Words>{wordsOf(reading, other.ranges[0]).slice(0, 60)}</Words>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <h3>{details.json}</h3>
        <UnitChoice unit={unit} onUnit={onUnit} />
        <Code text={JSON.stringify(json, undefined, 2)} language={details.json} />
      </div>
    </Dialog>
  );
}
