/** The article with its marks, block by block. A long one is drawn in strides, so that the page stays alive. */
import { memo } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { EntityType, ZoneKind } from '../gen/isnad/v1/extract_pb.ts';
import { type Block, blocks } from '../model/blocks.ts';
import { entity, type Mark, type Reading } from '../model/facts.ts';
import { type Piece, pieces } from '../model/pieces.ts';
import { type Tongue, useTongue } from '../words/index.ts';

/** How many blocks are drawn at once: more than a screen holds, and few enough to be quick. */
const STRIDE = 60;

/** What a mark says to who cannot see its colour. */
function description(reading: Reading, mark: Mark, { words }: Tongue): string {
  const named = entity(reading, mark.keys.at(-1) ?? '');
  const kind = named && named.type !== EntityType.UNSPECIFIED ? words.entityTypes[named.type] : undefined;
  return [kind ?? words.kind[mark.kind], named?.latinName].filter(Boolean).join(', ');
}

interface PiecesProps {
  readonly reading: Reading;
  readonly tongue: Tongue;
  readonly of: readonly Piece[];
}

function Pieces({ reading, tongue, of }: PiecesProps) {
  return of.map((piece) => {
    const { mark, inside } = piece;
    if (mark === undefined) return reading.text.slice(piece.begin, piece.end);
    const content = <Pieces reading={reading} tongue={tongue} of={inside} />;
    if (mark === 'ltr') return <bdi dir="ltr">{content}</bdi>;
    return (
      <mark
        class={`m ${mark.kind} h${Math.min(piece.height, 4)}`}
        data-kind={mark.kind}
        data-k={mark.keys.join(' ')}
        data-open={mark.opens}
        aria-description={description(reading, mark, tongue)}
        {...(piece.first ? { tabIndex: -1 } : {})}
      >
        {content}
      </mark>
    );
  });
}

/** The class of a part of the page. */
const ZONE_CLASS: Record<number, string> = {
  [ZoneKind.TITLE]: 'title',
  [ZoneKind.DATELINE]: 'dateline',
  [ZoneKind.SUBHEAD]: 'subhead',
  [ZoneKind.BOILERPLATE]: 'boilerplate',
  [ZoneKind.SOURCE_CREDIT]: 'credit',
};

const Line = memo(({ block, reading, tongue }: { block: Block; reading: Reading; tongue: Tongue }) => {
  const parts = block.parts.map((part) => {
    const content = <Pieces reading={reading} tongue={tongue} of={pieces(reading.text, part, block.marks)} />;
    return block.parts.length === 1 ? content : <span class={ZONE_CLASS[part.zone]}>{content}</span>;
  });
  const look = block.parts.length === 1 ? ZONE_CLASS[block.zone] : undefined;
  if (look === 'title') return <h2 class="title">{parts}</h2>;
  if (look === 'subhead') return <h3 class="subhead">{parts}</h3>;
  if (look === 'boilerplate') {
    return (
      <p class="boilerplate" role="note" aria-label={tongue.words.zones[ZoneKind.BOILERPLATE]}>
        {parts}
      </p>
    );
  }
  return <p class={look}>{parts}</p>;
});

/** The article. */
export const Article = memo(({ reading }: { reading: Reading }) => {
  const tongue = useTongue();
  const { words, number } = tongue;
  const [all, setAll] = useState<readonly Block[]>(() => blocks(reading));
  const [of, setOf] = useState(reading);
  const [shown, setShown] = useState(STRIDE);
  if (of !== reading) {
    setOf(reading);
    setAll(blocks(reading));
    setShown(STRIDE);
  }
  const done = shown >= all.length;
  useEffect(() => {
    if (done) return undefined;
    const next = setTimeout(() => setShown((now) => now + STRIDE));
    return () => clearTimeout(next);
  }, [shown, done]);
  const title = reading.answer.document?.title;
  return (
    <article class="story" lang="ar" dir="rtl">
      {title && !title.span && <h2 class="title">{title.text}</h2>}
      {all.slice(0, shown).map((block) => (
        <Line key={block.begin} block={block} reading={reading} tongue={tongue} />
      ))}
      {!done && (
        <p class="drawing" lang={tongue.language} dir="auto">
          <progress max={all.length} value={shown} aria-label={words.reading} />
          {words.drawing(number(shown), number(all.length))}
        </p>
      )}
    </article>
  );
});
