/**
 * Offset units. The page works in UTF-16 code units, as JavaScript's strings do; answers come and go in any unit.
 * Each conversion costs one pass over the text, then a look-up an offset.
 */
import { OffsetUnit } from '../gen/isnad/v1/extract_pb.ts';

/** The units a caller can ask for, in the order in which they are offered. */
export const UNITS = [OffsetUnit.UTF16_CODE_UNIT, OffsetUnit.UTF8_BYTE, OffsetUnit.UNICODE_CODE_POINT] as const;

/** How many units the code point that starts here takes. */
function width(codePoint: number, unit: OffsetUnit): number {
  switch (unit) {
    case OffsetUnit.UTF16_CODE_UNIT:
      return codePoint > 0xffff ? 2 : 1;
    case OffsetUnit.UNICODE_CODE_POINT:
      return 1;
    default:
      return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
}

/** The length of `text` in `unit`. */
export function lengthIn(text: string, unit: OffsetUnit): number {
  let length = 0;
  for (const c of text) length += width(c.codePointAt(0) ?? 0, unit);
  return length;
}

/**
 * A function that takes an offset of `text` in the unit `from` to the unit `to`. An offset inside a code point, which no
 * answer holds, goes to that code point's start; one behind the text to its end.
 */
export function converter(text: string, from: OffsetUnit, to: OffsetUnit): (offset: number) => number {
  const length = lengthIn(text, from);
  if (from === to) return (offset) => Math.min(offset, length);
  const table = new Uint32Array(length + 1);
  let source = 0;
  let target = 0;
  for (const c of text) {
    const codePoint = c.codePointAt(0) ?? 0;
    const next = source + width(codePoint, from);
    table.fill(target, source, next);
    source = next;
    target += width(codePoint, to);
  }
  table[source] = target;
  return (offset) => table[Math.min(offset, source)] ?? target;
}
