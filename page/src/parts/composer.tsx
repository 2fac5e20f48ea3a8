/** Where an article comes in: pasted, dropped, opened, or one of the samples. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Draft } from '../client.ts';
import { decode } from '../files.ts';
import { zones } from '../moment.ts';
import { SAMPLES } from '../samples.ts';
import { useTongue } from '../words/index.ts';
import { zoneName } from '../words/values.ts';

interface Props {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly onRead: (draft: Draft) => void;
  readonly busy: boolean;
  /** The token, where the service asks for one. */
  readonly token: string | undefined;
  readonly onToken: (token: string) => void;
  /** A file that was dropped on the page, and whether one hangs over it. */
  readonly dropped: File | undefined;
  readonly over: boolean;
}

/** The largest file that is opened: more than any server takes. */
const MOST_BYTES = 64 << 20;

/** Whether a file may hold an article. */
function textual(file: File): boolean {
  return file.type.startsWith('text/') || file.type === '' || /\.(txt|text|md)$/i.test(file.name);
}

function Samples({ onRead }: { onRead: (draft: Draft) => void }) {
  const { words } = useTongue();
  return (
    <section class="samples" aria-labelledby="samples-heading">
      <h2 id="samples-heading">{words.compose.samples}</h2>
      <ul>
        {SAMPLES.map((sample) => (
          <li key={sample.id}>
            <button type="button" lang="ar" dir="rtl" onClick={() => onRead(sample.draft)}>
              <strong>{sample.title}</strong>
              <span>{sample.opening}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="gloss">{words.compose.sampleNote}</p>
    </section>
  );
}

export function Composer({ draft, onDraft, onRead, busy, token, onToken, dropped, over }: Props) {
  const tongue = useTongue();
  const { words, number } = tongue;
  const { compose } = words;
  const [told, setTold] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const offered = useMemo(() => zones(draft.timeZone), [draft.timeZone]);
  useEffect(() => {
    text.current?.focus({ preventScroll: true });
  }, []);

  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (!textual(file)) {
      setTold(compose.notText);
      return;
    }
    if (file.size > MOST_BYTES) {
      setTold(words.problems['TEXT_TOO_LONG'] ?? '');
      return;
    }
    const opened = decode(new Uint8Array(await file.arrayBuffer()));
    setTold(opened.windows ? compose.windows(file.name) : compose.dropped(file.name));
    onDraft({ ...draft, text: opened.text });
  };
  useEffect(() => void open(dropped), [dropped]);
  const read = (): void => {
    if (!busy && draft.text.trim() !== '') onRead(draft);
  };
  return (
    <div class="composer">
      <form
        class={over ? 'dragged' : ''}
        onSubmit={(event) => (event.preventDefault(), read())}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            read();
          }
        }}
      >
        <label class="text">
          <span class="sr">{compose.text}</span>
          <textarea
            ref={text}
            lang="ar"
            dir={draft.text === '' ? undefined : 'auto'}
            rows={9}
            spellcheck={false}
            placeholder={compose.placeholder}
            value={draft.text}
            onInput={(event) => onDraft({ ...draft, text: event.currentTarget.value })}
          />
        </label>
        <div class="under">
          <label>
            <span>{compose.publishTime}</span>
            <input
              type="datetime-local"
              value={draft.publishTime}
              title={compose.publishHint}
              onInput={(event) => onDraft({ ...draft, publishTime: event.currentTarget.value })}
            />
          </label>
          <label>
            <span>{compose.timeZone}</span>
            <select value={draft.timeZone} onChange={(event) => onDraft({ ...draft, timeZone: event.currentTarget.value })}>
              {offered.map((zone) => (
                <option key={zone} value={zone}>
                  {zoneName(tongue, zone)}
                </option>
              ))}
            </select>
          </label>
          {token !== undefined && (
            <label>
              <span>{compose.token}</span>
              <input type="password" autocomplete="off" value={token} title={compose.tokenHint} onInput={(event) => onToken(event.currentTarget.value)} />
            </label>
          )}
          <span class="spring" />
          <input ref={picker} type="file" accept=".txt,text/plain" hidden onChange={(event) => void open(event.currentTarget.files?.[0])} />
          <button type="button" class="quiet" onClick={() => picker.current?.click()}>
            {compose.file}
          </button>
          <button type="button" class="quiet" disabled={draft.text === ''} onClick={() => (onDraft({ ...draft, text: '' }), text.current?.focus())}>
            {compose.clear}
          </button>
          <button type="submit" class="read" disabled={busy || draft.text.trim() === ''} title={compose.shortcut}>
            {compose.read}
          </button>
        </div>
        <p class="told" role="status">
          {told}
          {draft.text !== '' && <span class="gloss">{compose.characters(number(draft.text.length))}</span>}
        </p>
      </form>
      <Samples onRead={onRead} />
    </div>
  );
}
