/** Makes the call of a case from within a browser. */
import { fromJson, toJson } from '@bufbuild/protobuf';
import { type CallOptions, Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { connect } from '../../src/client.ts';
import { Health, HealthCheckRequestSchema, HealthCheckResponseSchema } from '../../src/gen/grpc/health/v1/health_pb.ts';
import * as pb from '../../src/gen/isnad/v1/extract_pb.ts';
import { checkError, checkSpans, type Expected, type Json, match, require } from './check.ts';

export interface Case {
  readonly name: string;
  readonly server?: string;
  readonly needs?: readonly string[];
  readonly call: string;
  readonly request: Json;
  readonly options?: {
    readonly token?: string;
    readonly timeoutMs?: number;
    readonly requestId?: string;
    readonly cancelAfterMs?: number;
  };
  readonly expect: { readonly answer?: Json; readonly words?: readonly string[]; readonly error?: Expected };
}

interface Answer {
  readonly answer: Json;
  /** The text that its spans count into, and what Normalize made of it. */
  readonly sent?: string;
  readonly folded?: string;
}

/** Makes the call and looks at what comes of it: what is wrong, or nothing. */
async function run(test: Case, url: string): Promise<string | undefined> {
  try {
    await judge(test, url);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function judge(test: Case, url: string): Promise<void> {
  const { answer: pattern, words = [], error: expected } = test.expect;
  let got: Answer;
  try {
    got = await call(url, test.call, writtenOut(test.request), how(test.options));
  } catch (error) {
    const told = ConnectError.from(error);
    require(expected !== undefined, `failed: ${Code[told.code]} ${told.rawMessage}`);
    checkError(expected, told);
    return;
  }
  require(expected === undefined, 'there is no error');
  if (got.sent !== undefined) checkSpans(got.answer, words, got.sent, got.folded ?? '');
  match(pattern, got.answer, 'answer');
}

async function call(url: string, method: string, sent: Json, options: CallOptions): Promise<Answer> {
  const client = connect(url);
  switch (method) {
    case 'extract': {
      const request = fromJson(pb.ExtractRequestSchema, sent);
      request.offsetUnit ||= pb.OffsetUnit.UTF16_CODE_UNIT;
      const response = await client.extract(request, options);
      return { answer: toJson(pb.ExtractResponseSchema, response), sent: request.document?.text ?? '' };
    }
    case 'normalize': {
      const request = fromJson(pb.NormalizeRequestSchema, sent);
      request.offsetUnit ||= pb.OffsetUnit.UTF16_CODE_UNIT;
      const response = await client.normalize(request, options);
      return { answer: toJson(pb.NormalizeResponseSchema, response), sent: request.text, folded: response.text };
    }
    case 'describe':
      return { answer: toJson(pb.DescribeResponseSchema, await client.describe({}, options)) };
    case 'health': {
      const health = createClient(Health, createGrpcWebTransport({ baseUrl: url }));
      const response = await health.check(fromJson(HealthCheckRequestSchema, sent), options);
      return { answer: toJson(HealthCheckResponseSchema, response) };
    }
    default:
      throw new Error(`there is no call ${method}`);
  }
}

function how({ token, requestId, timeoutMs = 30_000, cancelAfterMs }: NonNullable<Case['options']> = {}): CallOptions {
  const headers = new Headers();
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  if (requestId !== undefined) headers.set('x-request-id', requestId);
  return { headers, timeoutMs, ...(cancelAfterMs === undefined ? {} : { signal: AbortSignal.timeout(cancelAfterMs) }) };
}

/** The value with every repetition written out. */
function writtenOut(value: Json): Json {
  if (Array.isArray(value)) return value.map(writtenOut);
  if (typeof value !== 'object' || value === null) return value;
  const { repeat, times } = value;
  if (repeat === undefined || typeof times !== 'number') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, writtenOut(entry)]));
  }
  return typeof repeat === 'string' ? repeat.repeat(times) : Array<Json>(times).fill(writtenOut(repeat));
}

Object.assign(globalThis, { run });
