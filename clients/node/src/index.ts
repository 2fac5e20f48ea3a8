/**
 * Reads Arabic news through an isnad server: who said what, met whom, where and when, each fact tied to its words.
 *
 *     const client = connect('localhost:50051');
 *     const answer = await client.extract(text);
 *     for (const quote of answer.quotes) console.log(cut(text, quote.span));
 *
 * Requests and answers are the messages of the contract, whose comments are the reference. Offsets count UTF-16 code units,
 * as JavaScript's strings do, unless a request says otherwise.
 */
export { type CallOptions, Client, type ConnectOptions, connect, DEFAULT_TIMEOUT_MS, type Tls } from './client.js';
export { DOMAIN, type FieldViolation, IsnadError, type Reason } from './errors.js';
export * from './gen/isnad/v1/extract_pb.js';
export { cut } from './span.js';
export type { Answer } from './stream.js';
