/**
 * The article as blocks: one a line, each with what part of the page it is and the marks that touch it. Costs a pass over
 * the text and its marks.
 */
import { type Zone, ZoneKind } from '../gen/isnad/v1/extract_pb.ts';
import type { Mark, Range, Reading } from './facts.ts';

/** A line of the article. */
export interface Block extends Range {
  /** The part of the page in which it begins. */
  readonly zone: ZoneKind;
  readonly marks: readonly Mark[];
  /** The parts that it is made of, where they are several. */
  readonly parts: readonly (Range & { readonly zone: ZoneKind })[];
}

/** The lines of `text` that are not blank, white space at their ends left out. */
function lines(text: string): Range[] {
  const found: Range[] = [];
  let at = 0;
  for (const line of text.split(/[\n\r\u0085\u2028\u2029]/u)) {
    const begin = at + line.length - line.trimStart().length;
    const end = at + line.trimEnd().length;
    if (begin < end) found.push({ begin, end });
    at += line.length + 1;
  }
  return found;
}

/** The parts of one line, the line's white space given to the part before it. */
function partsOf(line: Range, zones: readonly Zone[]): Block['parts'] {
  const starts = zones
    .filter((zone) => (zone.span?.end ?? 0) > line.begin && (zone.span?.begin ?? 0) < line.end)
    .map((zone) => ({ begin: Math.max(line.begin, zone.span?.begin ?? 0), zone: zone.kind }));
  const first = starts[0];
  if (!first || first.begin > line.begin) starts.unshift({ begin: line.begin, zone: ZoneKind.BODY });
  return starts.map((start, i) => ({ ...start, end: starts[i + 1]?.begin ?? line.end }));
}

/** The blocks of a reading, in order. */
export function blocks({ text, answer, marks }: Reading): Block[] {
  const zones = answer.document?.zones ?? [];
  const sorted = [...marks].sort((a, b) => a.begin - b.begin);
  const found: Block[] = [];
  let zone = 0;
  let mark = 0;
  let open: Mark[] = [];
  for (const line of lines(text)) {
    while ((zones[zone]?.span?.end ?? Infinity) <= line.begin) zone += 1;
    let behind = zone;
    while ((zones[behind]?.span?.begin ?? Infinity) < line.end) behind += 1;
    open = open.filter((other) => other.end > line.begin);
    for (let next = sorted[mark]; next && next.begin < line.end; next = sorted[mark]) {
      if (next.end > line.begin) open.push(next);
      mark += 1;
    }
    const parts = partsOf(line, zones.slice(zone, behind));
    found.push({ ...line, zone: parts[0]?.zone ?? ZoneKind.BODY, marks: open, parts });
  }
  return found;
}
