/**
 * Marks over a text as a tree that a page can nest. Marks may lie across each other; the one that begins first stays whole
 * and the other is cut in two pieces with the same keys. Costs O(n log n) in the number of marks.
 */
import { latin } from './latin.ts';
import type { Mark, Range } from './facts.ts';

/** A stretch of the text: plain where it has no mark, else marked and perhaps with more inside. */
export interface Piece extends Range {
  /** A mark, or `ltr` for a stretch of Latin that keeps its order. */
  readonly mark: Mark | 'ltr' | undefined;
  readonly inside: readonly Piece[];
  /** How many marks nest inside at most: room for their lines. */
  readonly height: number;
  /** Whether the mark begins in this piece: it is then the one that the keyboard stops at. */
  readonly first: boolean;
}

interface Open {
  range: Range;
  mark: Mark | 'ltr';
  first: boolean;
}

/** What lies outside on equal stretches: a quote holds its names, a Latin stretch is innermost. */
function rank(mark: Mark | 'ltr'): number {
  if (mark === 'ltr') return 9;
  return mark.kind === 'quote' ? 0 : mark.kind === 'event' ? 2 : 1;
}

function order(a: Open, b: Open): number {
  return a.range.begin - b.range.begin || b.range.end - a.range.end || rank(a.mark) - rank(b.mark);
}

/** Whether two stretches lie across each other. */
function cross(a: Range, b: Range): boolean {
  return a.begin < b.begin ? b.begin < a.end && a.end < b.end : b.begin < a.begin && a.begin < b.end && b.end < a.end;
}

/** Takes from `queue`, whose next is its last, all that lies in `range`, and puts back what goes on behind it. */
function nest(range: Range, queue: Open[]): Piece[] {
  const pieces: Piece[] = [];
  let at = range.begin;
  const plain = (end: number): void => {
    if (end > at) pieces.push({ begin: at, end, mark: undefined, inside: [], height: 0, first: false });
  };
  for (let next = queue.at(-1); next && next.range.begin < range.end; next = queue.at(-1)) {
    queue.pop();
    let own = next.range;
    if (own.end > range.end) {
      const rest: Open = { range: { begin: range.end, end: own.end }, mark: next.mark, first: false };
      let place = queue.length;
      for (let other = queue[place - 1]; other && order(other, rest) < 0; other = queue[place - 1]) place -= 1;
      queue.splice(place, 0, rest);
      own = { begin: own.begin, end: range.end };
    }
    plain(own.begin);
    const inside = nest(own, queue);
    let height = 0;
    for (const piece of inside) height = Math.max(height, piece.height + (piece.mark && piece.mark !== 'ltr' ? 1 : 0));
    pieces.push({ ...own, mark: next.mark, inside, height, first: next.first });
    at = own.end;
  }
  plain(range.end);
  return pieces;
}

/** The pieces of one stretch of the text. `marks` are those that touch it, in the text's offsets. */
export function pieces(text: string, range: Range, marks: readonly Mark[]): Piece[] {
  const clip = (mark: Mark): Open => ({
    range: { begin: Math.max(mark.begin, range.begin), end: Math.min(mark.end, range.end) },
    mark,
    first: mark.begin >= range.begin,
  });
  const open = marks.map(clip).filter(({ range: { begin, end } }) => begin < end);
  // Cut in two, a Latin stretch would show its halves in the wrong order; uncut it has nobody to need it.
  const stretches = latin(text.slice(range.begin, range.end), range.begin).filter(
    (stretch) => !open.some((other) => cross(stretch, other.range)),
  );
  const queue = [...open, ...stretches.map((stretch): Open => ({ range: stretch, mark: 'ltr', first: false }))];
  return nest(range, queue.sort((a, b) => order(b, a)));
}
