import { fromBinary, type Message } from '@bufbuild/protobuf';
import type { GenMessage } from '@bufbuild/protobuf/codegenv2';
import { anyUnpack, type Duration, durationMs } from '@bufbuild/protobuf/wkt';
import { type Metadata, status } from '@grpc/grpc-js';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from './gen/google/rpc/error_details_pb.js';
import { StatusSchema } from './gen/google/rpc/status_pb.js';
import type { ArticleError } from './gen/isnad/v1/extract_pb.js';

/** The domain of every error that comes from an isnad server. */
export const DOMAIN = 'isnad.v1.Extract';

/** The reasons that a server gives; a later one may know more. */
export type Reason =
  | 'INVALID_REQUEST'
  | 'TEXT_TOO_LONG'
  | 'MALFORMED_REQUEST'
  | 'UNAUTHENTICATED'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'
  | 'DEADLINE_EXCEEDED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | (string & {});

/** A field of the request that is at fault. */
export interface FieldViolation {
  /** Its path: `options.lexicon[3].type`. */
  readonly field: string;
  /** What is wrong with it and what would be right. */
  readonly description: string;
}

interface Details {
  readonly reason: Reason | undefined;
  readonly domain: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly fieldViolations: readonly FieldViolation[];
  readonly retryDelayMs: number | undefined;
  readonly requestId: string | undefined;
}

/**
 * Why a call, or one article of a stream, was not answered. What it holds beyond code and message comes from the server, and is
 * absent where the server was not reached.
 */
export class IsnadError extends Error implements Details {
  override readonly name = 'IsnadError';
  /** gRPC's code. */
  readonly code: status;
  readonly reason: Reason | undefined;
  /** Who gave the reason: {@link DOMAIN}, unless something on the way did. */
  readonly domain: string | undefined;
  /** The figures that belong to the reason: `size` and `limit` of a text that is too long. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The fields of the request that are at fault. */
  readonly fieldViolations: readonly FieldViolation[];
  /** How long to wait before trying again; absent where that would not help. */
  readonly retryDelayMs: number | undefined;
  /** The call's id in the server's log; absent for an article of a stream. */
  readonly requestId: string | undefined;

  constructor(code: status, message: string, details: Partial<Details> = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.reason = details.reason;
    this.domain = details.domain;
    this.metadata = details.metadata ?? {};
    this.fieldViolations = details.fieldViolations ?? [];
    this.retryDelayMs = details.retryDelayMs;
    this.requestId = details.requestId;
  }
}

/** Reads the error of a call; its request id stands in one of the call's headers and trailers. */
export function callError(error: unknown, header: Metadata | undefined): IsnadError {
  if (error instanceof IsnadError || !isServiceError(error)) {
    return error instanceof IsnadError ? error : new IsnadError(status.UNKNOWN, String(error), {}, { cause: error });
  }
  const [encoded] = error.metadata.get('grpc-status-details-bin');
  const details = encoded instanceof Buffer ? fromBinary(StatusSchema, encoded).details : [];
  const find = <T extends Message>(schema: GenMessage<T>): T | undefined =>
    details.map((detail) => anyUnpack(detail, schema)).find((detail) => detail !== undefined);
  const info = find(ErrorInfoSchema);
  const requestId = [error.metadata, header].flatMap((sent) => sent?.get('x-request-id') ?? [])[0];
  return new IsnadError(
    error.code,
    error.details,
    {
      reason: info?.reason,
      domain: info?.domain,
      metadata: info?.metadata ?? {},
      fieldViolations: violations(find(BadRequestSchema)?.fieldViolations),
      retryDelayMs: milliseconds(find(RetryInfoSchema)?.retryDelay),
      requestId: requestId?.toString(),
    },
    { cause: error },
  );
}

/** Reads the same from the answer to an article of a stream. */
export function articleError(failed: ArticleError): IsnadError {
  return new IsnadError(failed.code, failed.message, {
    reason: failed.reason,
    domain: DOMAIN,
    metadata: failed.metadata,
    fieldViolations: violations(failed.fieldViolations),
    retryDelayMs: milliseconds(failed.retryDelay),
  });
}

function isServiceError(error: unknown): error is { code: status; details: string; metadata: Metadata } {
  return error instanceof Error && 'code' in error && 'details' in error && 'metadata' in error;
}

function violations(told: readonly FieldViolation[] = []): FieldViolation[] {
  return told.map(({ field, description }) => ({ field, description }));
}

function milliseconds(delay: Duration | undefined): number | undefined {
  return delay && durationMs(delay);
}
