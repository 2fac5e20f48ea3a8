/**
 * The service as the page calls it: gRPC-Web to the origin that the page came from, and errors as problems that can be told
 * in words.
 */
import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type Client, Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from './gen/google/rpc/error_details_pb.ts';
import * as pb from './gen/isnad/v1/extract_pb.ts';
import { toMoment } from './moment.ts';

/** What a person has filled in. */
export interface Draft {
  readonly text: string;
  /** As a `datetime-local` field has it; empty where unknown. */
  readonly publishTime: string;
  /** The IANA name of the time zone. */
  readonly timeZone: string;
}

/** What went wrong, for `words` to tell. */
export interface Problem {
  readonly reason: string;
  /** What the service says, in English. */
  readonly message: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** How long to wait before trying again, in milliseconds, where that helps. */
  readonly retry: number | undefined;
}

/** The service at `baseUrl`. */
export function connect(baseUrl: string): Client<typeof pb.Extract> {
  return createClient(pb.Extract, createGrpcWebTransport({ baseUrl }));
}

/** The request that the page sends: every layer, with reasons, offsets as JavaScript counts them. */
export function request(draft: Draft): pb.ExtractRequest {
  const publishTime = draft.publishTime === '' ? undefined : toMoment(draft.publishTime, draft.timeZone);
  return create(pb.ExtractRequestSchema, {
    document: {
      text: draft.text.toWellFormed(),
      ...(publishTime ? { publishTime: timestampFromDate(publishTime) } : {}),
      timeZone: draft.timeZone === 'UTC' ? '' : draft.timeZone,
    },
    offsetUnit: pb.OffsetUnit.UTF16_CODE_UNIT,
    options: { explain: true },
  });
}

/** Reads an error of a call; whatever is no error of the service is the network's. */
export function problem(error: unknown): Problem {
  const told = ConnectError.from(error);
  const info = told.findDetails(ErrorInfoSchema)[0];
  const delay = told.findDetails(RetryInfoSchema)[0]?.retryDelay;
  const violation = told.findDetails(BadRequestSchema)[0]?.fieldViolations[0];
  return {
    reason: info?.reason ?? (told.code === Code.Unknown ? 'UNREACHABLE' : (Code[told.code] ?? 'UNKNOWN')),
    message: violation ? `${violation.field}: ${violation.description}` : told.rawMessage,
    metadata: info?.metadata ?? {},
    retry: delay ? Number(delay.seconds) * 1000 + delay.nanos / 1e6 : undefined,
  };
}
