/**
 * Stretches of Latin inside Arabic. In a right-to-left line the bidirectional algorithm lets the marks at the edge of a
 * Latin word fall to its wrong side (`C++` shows as `++C`); set apart as a left-to-right stretch, each keeps its order.
 */
import type { Range } from './facts.ts';

/**
 * Letters of the Latin script with what is glued to them, and further such words behind a space or a joining mark. It
 * begins with a letter, or with digits glued to one (`5G`): digits with a space before the letter belong to the Arabic.
 */
const STRETCH = /(?<![0-9])[0-9]{0,8}\p{Script=Latin}(?:[\p{Script=Latin}\p{M}0-9]|[ .,:;&/@_+'’–-]{1,2}(?=[\p{Script=Latin}0-9]))*[+#%]*/gu;

/** The Latin stretches of `text`, in order; `from` is added to each offset. */
export function latin(text: string, from = 0): Range[] {
  return Array.from(text.matchAll(STRETCH), (match) => ({
    begin: from + match.index,
    end: from + match.index + match[0].length,
  }));
}
