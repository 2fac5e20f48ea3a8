import assert from 'node:assert/strict';
import test from 'node:test';
import type { Kind, Mark } from '../../src/model/facts.ts';
import { type Piece, pieces } from '../../src/model/pieces.ts';

let next = 0;
function mark(begin: number, end: number, kind: Kind = 'person'): Mark {
  const key = `k${next++}`;
  return { begin, end, kind, opens: key, keys: [key] };
}

/** Pieces as text: marks in brackets, Latin in braces. */
function shown(text: string, of: readonly Piece[]): string {
  return of
    .map(({ begin, end, mark, inside }) => {
      if (mark === undefined) return text.slice(begin, end);
      const content = shown(text, inside);
      return mark === 'ltr' ? `{${content}}` : `[${content}]`;
    })
    .join('');
}

function over(text: string, ...marks: Mark[]): string {
  return shown(text, pieces(text, { begin: 0, end: text.length }, marks));
}

test('marks nest, the longer outside', () => {
  assert.equal(over('ابتثجح', mark(1, 2), mark(0, 4), mark(5, 6)), '[ا[ب]تث]ج[ح]');
});

test('marks that lie across each other are cut, and the second part keeps its mark', () => {
  const [a, b] = [mark(0, 3), mark(2, 5)];
  assert.equal(over('ابتثجح', a, b), '[اب[ت]][ثج]ح');
  const found = pieces('ابتثجح', { begin: 0, end: 6 }, [a, b]);
  assert.equal(found[1]?.mark, b);
  assert.equal(found[1]?.first, false, 'the keyboard stops once at each mark');
});

test('on equal stretches a quote holds the names', () => {
  const found = pieces('ابت', { begin: 0, end: 3 }, [mark(0, 3), mark(0, 3, 'quote')]);
  assert.equal((found[0]?.mark as Mark).kind, 'quote');
  assert.equal(found[0]?.height, 1);
});

test('Latin keeps its order inside a mark and outside, and is left alone where a mark cuts it', () => {
  assert.equal(over('لغة C++ هنا'), 'لغة {C++} هنا'); // the language C++ here
  assert.equal(over('قناة CNN', mark(0, 8)), '[قناة {CNN}]'); // the channel CNN
  assert.equal(over('Al Noor', mark(3, 7)), '{Al [Noor]}');
  assert.equal(over('في Al نور', mark(3, 9)), 'في [{Al} نور]');
  assert.equal(over('في Al Noor كذا', mark(0, 5)), '[في Al] Noor كذا');
  assert.equal(over('عام 2020 CNN'), 'عام 2020 {CNN}', 'digits before the Latin belong to the Arabic');
  assert.equal(over('شبكات 5G و(COVID-19)'), 'شبكات {5G} و({COVID-19})');
});

test('whatever the marks, the text stays whole, in order, and no deeper than they are many', () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  const text = 'وقال Reuters إن الوزير وصل إلى بغداد أمس مع 14 من C++ رجاله';
  const plain = (of: readonly Piece[]): string =>
    of.map((piece) => (piece.mark ? plain(piece.inside) : text.slice(piece.begin, piece.end))).join('');
  const seen = (of: readonly Piece[]): Piece[] => of.flatMap((piece) => [piece, ...seen(piece.inside)]);
  for (let round = 0; round < 500; round += 1) {
    const marks = Array.from({ length: random(9) }, () => {
      const begin = random(text.length);
      return mark(begin, begin + 1 + random(text.length - begin));
    });
    const found = pieces(text, { begin: 0, end: text.length }, marks);
    assert.equal(plain(found), text);
    const covered = (one: Mark): number =>
      seen(found).filter((piece) => piece.mark === one).reduce((sum, { begin, end }) => sum + end - begin, 0);
    for (const one of marks) assert.equal(covered(one), one.end - one.begin);
    for (const one of marks) assert.equal(seen(found).filter((piece) => piece.mark === one && piece.first).length, 1);
  }
});

test('many marks cost no more than their number', () => {
  const text = 'اب '.repeat(40_000);
  const marks = Array.from({ length: 40_000 }, (_, i) => mark(i * 3, i * 3 + 2));
  const began = performance.now();
  pieces(text, { begin: 0, end: text.length }, marks);
  assert.ok(performance.now() - began < 2_000);
});
