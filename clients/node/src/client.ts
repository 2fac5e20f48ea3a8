import { readFileSync } from 'node:fs';
import { create, type DescMessage, type DescMethod, fromBinary, type MessageInitShape, type MessageShape, toBinary } from '@bufbuild/protobuf';
import * as grpc from '@grpc/grpc-js';
import { callError } from './errors.js';
import {
  type DescribeResponse,
  Extract,
  ExtractRequestSchema,
  type ExtractResponse,
  NormalizeRequestSchema,
  type NormalizeResponse,
  OffsetUnit,
} from './gen/isnad/v1/extract_pb.js';
import { type Answer, answer, send } from './stream.js';

/** Ends calls that name no `timeoutMs`, unless {@link ConnectOptions} say otherwise. Streams have no default. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Has the channel spread calls over all addresses of a name, and try again with backoff where a server says `UNAVAILABLE`. It is
 * the same for every language.
 */
const SERVICE_CONFIG = readFileSync(new URL('service-config.json', import.meta.url), 'utf8');

/** Certificates in PEM. */
export interface Tls {
  /** The authorities that sign the server's certificate; the system's when left out. */
  readonly ca?: Buffer;
  /** A certificate of the caller's own, and its key. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export interface ConnectOptions {
  /** Speaks TLS; `true` takes the system's authorities. */
  readonly tls?: boolean | Tls;
  /**
   * Sent with every call. Without `tls` it travels in the clear, which is right only on a network that is trusted or encrypted
   * by other means.
   */
  readonly token?: string;
  /** The deadline of calls that name none. */
  readonly timeoutMs?: number;
  /** Compresses requests; worth it over a network. Answers come compressed where the server is set to do so. */
  readonly gzip?: boolean;
  /** Handed on to gRPC. */
  readonly channel?: grpc.ChannelOptions;
}

export interface CallOptions {
  /** How long the call may take. */
  readonly timeoutMs?: number;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Names the call in the server's log; the server makes a name up where none is given. */
  readonly requestId?: string;
}

type Request = MessageInitShape<typeof ExtractRequestSchema>;

/**
 * A client for the servers at `address`: `host:port`, or any target that gRPC resolves (`dns:///name:port` for all replicas
 * behind a headless service, `unix:///path`). A server that cannot be reached shows at the first call.
 */
export function connect(address: string, options: ConnectOptions = {}): Client {
  return new Client(address, options);
}

/** A channel to one or more isnad servers, which connects when first called and reconnects by itself: make one and keep it. */
export class Client {
  /** The channel itself, for the services beside isnad's own. */
  readonly grpc: grpc.Client;
  readonly #timeoutMs: number;
  readonly #token: string | undefined;

  constructor(address: string, options: ConnectOptions = {}) {
    this.grpc = new grpc.Client(address, credentials(options.tls ?? false), {
      'grpc.service_config': SERVICE_CONFIG,
      // An answer may be many times as long as its article; the server bounds both.
      'grpc.max_receive_message_length': -1,
      ...(options.gzip ? { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip } : {}),
      ...options.channel,
    });
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#token = options.token;
  }

  /** Reads one article, given as its text or as a request, and answers with all that was found in it. */
  extract(article: string | Request, options: CallOptions = {}): Promise<ExtractResponse> {
    return this.#call(Extract.method.extract, read(article), options);
  }

  /**
   * Reads many articles over one call: an answer for each, in their order.
   *
   * Articles are taken from `articles` a bounded number ahead of the answers that the loop has read. Leaving the loop cancels the
   * call. An error of the call as a whole is thrown, behind the answers that came before it.
   */
  async *extractStream(
    articles: Iterable<string | Request> | AsyncIterable<string | Request>,
    options: CallOptions = {},
  ): AsyncGenerator<Answer, void, undefined> {
    const { path, serialize, deserialize } = codec(Extract.method.extractStream);
    const call = this.grpc.makeBidiStreamRequest(path, serialize, deserialize, this.#metadata(options), deadline(options.timeoutMs));
    call.on('error', () => {}); // told by reading; one that comes after the loop was left is nobody's
    let header: grpc.Metadata | undefined;
    call.on('metadata', (sent) => (header = sent));
    const ended = new AbortController();
    let broken: { error: unknown } | undefined;
    const requests = async function* () {
      for await (const article of articles) yield read(article);
    };
    send(call, requests(), ended.signal).catch((error) => {
      broken = { error };
      call.cancel();
    });
    const release = cancelledBy(options.signal, call);
    try {
      for await (const message of call) yield answer(message);
    } catch (error) {
      throw broken ? broken.error : callError(error, header);
    } finally {
      release();
      ended.abort();
      call.cancel();
    }
  }

  /** Folds spelling variants of a text, with the list of edits by which any span maps both ways. */
  normalize(request: MessageInitShape<typeof NormalizeRequestSchema>, options: CallOptions = {}): Promise<NormalizeResponse> {
    return this.#call(Extract.method.normalize, ownUnit(create(NormalizeRequestSchema, request)), options);
  }

  /** Tells which version answers, which layers it has, its limits, and how much its lexicon holds. */
  describe(options: CallOptions = {}): Promise<DescribeResponse> {
    return this.#call(Extract.method.describe, {}, options);
  }

  /** Closes the connections. */
  close(): void {
    this.grpc.close();
  }

  #call<I extends DescMessage, O extends DescMessage>(
    method: Method<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    const { path, serialize, deserialize } = codec(method);
    return new Promise((resolve, reject) => {
      let header: grpc.Metadata | undefined;
      const until = deadline(options.timeoutMs ?? this.#timeoutMs);
      const call = this.grpc.makeUnaryRequest(path, serialize, deserialize, request, this.#metadata(options), until, (error, message) => {
        release();
        if (error) reject(callError(error, header));
        else resolve(message as MessageShape<O>);
      });
      call.on('metadata', (sent) => (header = sent));
      const release = cancelledBy(options.signal, call);
    });
  }

  #metadata(options: CallOptions): grpc.Metadata {
    const metadata = new grpc.Metadata();
    if (this.#token !== undefined) metadata.set('authorization', `Bearer ${this.#token}`);
    if (options.requestId !== undefined) metadata.set('x-request-id', options.requestId);
    return metadata;
  }
}

type Method<I extends DescMessage, O extends DescMessage> = Omit<DescMethod, 'input' | 'output'> & { input: I; output: O };

/** What gRPC needs to know of a method. */
function codec<I extends DescMessage, O extends DescMessage>(method: Method<I, O>) {
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    serialize: (request: MessageInitShape<I>) => Buffer.from(toBinary(method.input, create(method.input, request))),
    deserialize: (bytes: Buffer) => fromBinary(method.output, bytes),
  };
}

function read(article: string | Request) {
  return ownUnit(create(ExtractRequestSchema, typeof article === 'string' ? { document: { text: article } } : article));
}

/** The request, with offsets in JavaScript's own unit where it names none. */
function ownUnit<T extends { offsetUnit: OffsetUnit }>(request: T): T {
  return request.offsetUnit ? request : { ...request, offsetUnit: OffsetUnit.UTF16_CODE_UNIT };
}

function credentials(tls: boolean | Tls): grpc.ChannelCredentials {
  if (tls === false) return grpc.credentials.createInsecure();
  const { ca, key, cert } = tls === true ? {} : tls;
  return grpc.credentials.createSsl(ca ?? null, key ?? null, cert ?? null);
}

function deadline(timeoutMs: number | undefined): grpc.CallOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

/** Has the signal cancel the call, until what this gives is called. */
function cancelledBy(signal: AbortSignal | undefined, call: { cancel(): void }): () => void {
  const cancel = () => call.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel);
  return () => signal?.removeEventListener('abort', cancel);
}
