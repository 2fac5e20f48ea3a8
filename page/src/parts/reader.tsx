/** An article read: its layers, its marks, its facts, and what can be done with them. The page and the file share it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Layer, OffsetUnit } from '../gen/isnad/v1/extract_pb.ts';
import { tie } from '../linking.ts';
import type { Kind, Reading } from '../model/facts.ts';
import { useTongue } from '../words/index.ts';
import { published } from '../words/values.ts';
import { Article } from './article.tsx';
import { Details } from './details.tsx';
import { Facts } from './facts.tsx';
import { layersOn, Legend } from './legend.tsx';
import { Programs } from './programs.tsx';

/** What the article says about itself. */
function About({ reading }: { reading: Reading }) {
  const tongue = useTongue();
  const { words } = tongue;
  const info = reading.answer.document;
  const told: readonly (readonly [string, string | undefined])[] = [
    [words.about.dateline, info?.datelinePlace?.text],
    [words.about.outlet, info?.outlet?.text],
    [words.about.source, info?.source?.text],
    [words.about.author, info?.author?.text],
    [words.about.published, info?.published && published(tongue, info.published)],
  ];
  const known = told.filter(([, value]) => value);
  return (
    known.length > 0 && (
      <dl class="about">
        {known.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    )
  );
}

interface Props {
  readonly reading: Reading;
  readonly address: string;
  readonly secure: boolean;
  /** The layers that the service has; none where it has not told. */
  readonly has: readonly Layer[];
  /** What stands before the keys. */
  readonly lead?: ComponentChildren;
  /** Further keys beside those that every reading has. */
  readonly tools?: ComponentChildren;
}

export function Reader({ reading, address, secure, has, lead, tools }: Props) {
  const { words } = useTongue();
  const [off, setOff] = useState<ReadonlySet<Kind>>(new Set());
  const [opened, setOpened] = useState('');
  const [programs, setPrograms] = useState(false);
  const [unit, setUnit] = useState(OffsetUnit.UTF16_CODE_UNIT);
  const whole = useRef<HTMLDivElement>(null);
  const article = useRef<HTMLDivElement>(null);
  const facts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!whole.current || !article.current || !facts.current) return undefined;
    return tie({ whole: whole.current, article: article.current, facts: facts.current, open: setOpened });
  }, []);
  useEffect(() => {
    setOpened('');
    article.current?.scrollTo(0, 0);
    facts.current?.scrollTo(0, 0);
  }, [reading]);
  const fact = reading.facts.get(opened);
  return (
    <div class="reader">
      <div class="bar">
        {lead}
        <div class="tools" role="group" aria-label={words.tools.heading}>
          <button type="button" onClick={() => setPrograms(true)}>
            {words.tools.code}
          </button>
          {tools}
          <button type="button" onClick={() => print()}>
            {words.tools.print}
          </button>
        </div>
        <Legend reading={reading} off={off} onOff={setOff} />
      </div>
      <div ref={whole} class={['panes', ...[...off].map((kind) => `off-${kind}`)].join(' ')}>
        <section ref={article} class="pane" id="article" aria-labelledby="article-heading" tabIndex={0}>
          <h2 class="sr" id="article-heading">
            {words.article}
          </h2>
          <p class="sr">{words.articleHint}</p>
          <About reading={reading} />
          <Article reading={reading} />
        </section>
        <section ref={facts} class="pane" id="facts" aria-labelledby="facts-heading" tabIndex={0}>
          <h2 class="sr" id="facts-heading">
            {words.facts}
          </h2>
          <Facts reading={reading} off={off} has={has} />
        </section>
      </div>
      {fact && (
        <Details
          key={fact.key}
          reading={reading}
          fact={fact}
          unit={unit}
          onUnit={setUnit}
          onOpen={setOpened}
          onClose={() => setOpened('')}
        />
      )}
      {programs && (
        <Programs
          reading={reading}
          layers={layersOn(off)}
          unit={unit}
          onUnit={setUnit}
          address={address}
          secure={secure}
          onClose={() => setPrograms(false)}
        />
      )}
    </div>
  );
}
