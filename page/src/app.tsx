/** The page: what is being written, what is being read, what came of it. */
import { create } from '@bufbuild/protobuf';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { connect, type Draft, type Problem, problem, request } from './client.ts';
import { DescribeRequestSchema, type DescribeResponse } from './gen/isnad/v1/extract_pb.ts';
import { fromFragment, toFragment } from './link.ts';
import { read, type Reading } from './model/facts.ts';
import { Composer } from './parts/composer.tsx';
import { useDrop } from './parts/drop.ts';
import { Frame } from './parts/frame.tsx';
import { Reader } from './parts/reader.tsx';
import { useTongue } from './words/index.ts';

/** The longest link that programs are known to carry unharmed, in characters. */
const LONG_LINK = 32_000;

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'reading' }
  | { readonly at: 'failed'; readonly problem: Problem }
  | { readonly at: 'done'; readonly ms: number };

function empty(): Draft {
  return { text: '', publishTime: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC' };
}

/** Reads drafts, one at a time: a new one stops the one before. */
function useReading(token: string | undefined) {
  const client = useMemo(() => connect(location.origin), []);
  const [state, setState] = useState<State>({ at: 'idle' });
  const [reading, setReading] = useState<Reading>();
  const [about, setAbout] = useState<DescribeResponse>();
  const running = useRef<AbortController>(undefined);
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};

  const describe = useCallback(async () => {
    try {
      setAbout(await client.describe(create(DescribeRequestSchema), { headers }));
    } catch {
      // What the service is, is told where it tells; reading says what is wrong.
    }
  }, [token]);
  useEffect(() => void describe(), []);

  const start = useCallback(
    async (draft: Draft): Promise<boolean> => {
      running.current?.abort();
      const own = (running.current = new AbortController());
      setState({ at: 'reading' });
      const began = performance.now();
      try {
        const asked = request(draft);
        const answer = await client.extract(asked, { signal: own.signal, headers });
        if (own.signal.aborted) return false;
        const done = read(asked, answer);
        setReading(done);
        setState({ at: 'done', ms: performance.now() - began });
        return true;
      } catch (error) {
        // The one that stopped it has the word now.
        if (running.current === own) setState({ at: 'failed', problem: problem(error) });
        return false;
      }
    },
    [token],
  );
  const stop = useCallback(() => running.current?.abort(), []);
  return { state, reading, about, start, stop, describe };
}

function Trouble({ problem: told, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { words, number } = useTongue();
  const { size, limit } = told.metadata;
  return (
    <div class="trouble" role="alert">
      <p>
        <strong>{words.problems[told.reason] ?? words.problems['OTHER']}</strong>{' '}
        {told.reason === 'TEXT_TOO_LONG' && size && limit && words.size(number(Number(size)), number(Number(limit)))}
      </p>
      {told.message !== '' && told.reason !== 'Canceled' && (
        <p class="gloss">
          {words.serviceSays} <bdi lang="en">{told.message}</bdi>
        </p>
      )}
      <button type="button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}

function Page() {
  const { words, number } = useTongue();
  const [draft, setDraft] = useState<Draft>(empty);
  const [token, setToken] = useState<string>();
  const [composing, setComposing] = useState(true);
  const [told, setTold] = useState('');
  const { state, reading, about, start, stop, describe } = useReading(token);

  const [shown, setShown] = useState<Draft>(draft);

  const go = useCallback(
    async (next: Draft, linked = false) => {
      setDraft(next);
      setTold('');
      // The address must not go on naming another article.
      if (!linked && location.hash !== '') history.replaceState(undefined, '', location.pathname);
      if (await start(next)) {
        setShown(next);
        setComposing(false);
        const article = document.getElementById('article');
        article?.focus({ preventScroll: true });
        // On a narrow page the article stands below what was filled in, or what was filled in is gone.
        if (matchMedia('(min-width: 60rem)').matches) scrollTo(0, 0);
        else article?.closest('.reader')?.scrollIntoView({ block: 'start' });
      }
    },
    [start],
  );
  useEffect(() => {
    if (state.at === 'failed' && state.problem.reason === 'UNAUTHENTICATED') {
      setToken((now) => now ?? '');
      setComposing(true);
    }
    if (state.at === 'done' && !about) void describe();
  }, [state]);
  useEffect(() => {
    const follow = async (): Promise<void> => {
      const carried = await fromFragment(location.hash);
      if (carried) await go(carried, true);
    };
    const onHash = (): void => void follow();
    onHash();
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  const [dropped, setDropped] = useState<File>();
  const onFile = useCallback((file: File) => {
    setComposing(true);
    setDropped(file);
  }, []);
  const over = useDrop(onFile);

  const link = async (): Promise<void> => {
    const url = `${location.origin}${location.pathname}${await toFragment(shown)}`;
    history.replaceState(undefined, '', url);
    try {
      await navigator.clipboard.writeText(url);
      setTold(url.length > LONG_LINK ? words.tools.linkLong : words.tools.linkCopied);
    } catch {
      // The link stands in the address line all the same.
      setTold(words.tools.copyFailed);
    }
  };
  const busy = state.at === 'reading';
  return (
    <>
      {(composing || !reading) && (
        <div class="compose">
          <Composer draft={draft} onDraft={setDraft} onRead={(next) => void go(next)} busy={busy} token={token} onToken={setToken} dropped={dropped} over={over} />
        </div>
      )}
      <div class="state" role="status">
        {busy && (
          <p class="busy">
            <progress aria-label={words.reading} /> {words.reading}{' '}
            <button type="button" class="quiet" onClick={stop}>
              {words.cancel}
            </button>
          </p>
        )}
        {told !== '' && <p>{told}</p>}
      </div>
      {state.at === 'failed' && <Trouble problem={state.problem} onRetry={() => void go(draft)} />}
      {reading && (
        <Reader
          reading={reading}
          address={location.host}
          secure={location.protocol === 'https:'}
          has={about?.layers ?? []}
          lead={
            <div class="lead">
              <button type="button" aria-expanded={composing} onClick={() => setComposing(!composing)}>
                {words.compose.another}
              </button>
              {state.at === 'done' && (
                <span class="gloss" role="status">
                  {words.done(number([...reading.facts.keys()].filter((key) => !key.startsWith('m')).length), number(Math.round(state.ms)))}
                </span>
              )}
            </div>
          }
          tools={
            <button type="button" onClick={() => void link()}>
              {words.tools.link}
            </button>
          }
        />
      )}
      <footer class="foot">
        <p>
          {words.footer}{' '}
          <a href="licences.txt">{words.licences}</a>
        </p>
        {about?.engine && (
          <p>
            <bdi>{words.engine(about.engine.version, about.engine.lexiconVersion)}</bdi>
          </p>
        )}
      </footer>
    </>
  );
}

export function App() {
  return (
    <Frame>
      <Page />
    </Frame>
  );
}
