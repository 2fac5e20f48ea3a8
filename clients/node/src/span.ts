import type { Span } from './gen/isnad/v1/extract_pb.js';

/**
 * The words of `text` that `span` stands for, `text.slice(span.begin, span.end)`, and proof that they are `span.text` (unless
 * the request asked to leave that out).
 *
 * @throws RangeError where `text` is not the text that was sent, or where the request asked for another offset unit.
 */
export function cut(text: string, span: Span | undefined): string {
  const { begin = 0, end = 0, text: words = '' } = span ?? {};
  if (begin > end || end > text.length) {
    throw new RangeError(`the span from ${begin} to ${end} is not in a text of ${text.length} code units`);
  }
  const found = text.slice(begin, end);
  // Half a surrogate pair reaches the server as U+FFFD, which is as long.
  if (words !== '' && found !== words && found.toWellFormed() !== words) {
    throw new RangeError(
      `code units ${begin} to ${end} are ${JSON.stringify(found)}, not ${JSON.stringify(words)}: ` +
        'not the text that was sent, or not offsets in UTF-16 code units',
    );
  }
  return found;
}
