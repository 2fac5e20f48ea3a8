import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { articleError, type IsnadError } from './errors.js';
import type { ExtractResponse, ExtractStreamResponse } from './gen/isnad/v1/extract_pb.js';

/** What became of one article of a stream: what was found in it, or why it could not be read. */
export type Answer = {
  /** The place of the request in the stream, from 0. */
  readonly index: number;
  /** The id of the document as it was sent. */
  readonly documentId: string;
} & (
  | { readonly response: ExtractResponse; readonly error?: undefined }
  | { readonly response?: undefined; readonly error: IsnadError }
);

/** An answer as it came. */
export function answer(message: ExtractStreamResponse): Answer {
  const { index, result } = message;
  if (result.case === 'error') {
    return { index: Number(index), documentId: result.value.documentId, error: articleError(result.value) };
  }
  if (result.case === undefined) throw new TypeError('an answer of the stream is empty');
  return { index: Number(index), documentId: result.value.documentId, response: result.value };
}

/**
 * Writes all requests to the call, no faster than it takes them, and stops once `stopped` says so or the call has ended.
 *
 * @throws what `requests` throws, and what makes a request no message.
 */
export async function send<T, A>(
  call: ClientDuplexStream<T, A>,
  requests: Iterable<T> | AsyncIterable<T>,
  stopped: AbortSignal,
): Promise<void> {
  for await (const request of requests) {
    if (stopped.aborted) return;
    try {
      // While gRPC keeps the first requests for another attempt it takes them at once, and a loop that never waits would keep
      // the answers from coming in.
      if (call.write(request)) await setImmediate();
      else await once(call, 'drain', { signal: stopped });
    } catch {
      return; // the call has ended: reading from it tells why
    }
  }
  call.end();
}
