/** Programs that send just this request, ready to copy. */
import { OffsetUnit } from '../gen/isnad/v1/extract_pb.ts';
import { go } from './go.ts';
import { grpcurl } from './grpcurl.ts';
import { java } from './java.ts';
import { python } from './python.ts';
import type { Call } from './request.ts';
import { typescript } from './typescript.ts';

/** A language: what to call it, the unit in which its strings count, and the program. */
export interface Language {
  readonly name: string;
  /** Absent where the unit is the caller's choice. */
  readonly unit: OffsetUnit | undefined;
  readonly write: (call: Call) => string;
}

/** The languages offered, by the name of their tab. */
export const LANGUAGES = {
  grpcurl: { name: 'grpcurl', unit: undefined, write: grpcurl },
  python: { name: 'Python', unit: OffsetUnit.UNICODE_CODE_POINT, write: python },
  go: { name: 'Go', unit: OffsetUnit.UTF8_BYTE, write: go },
  java: { name: 'Java', unit: OffsetUnit.UTF16_CODE_UNIT, write: java },
  typescript: { name: 'TypeScript', unit: OffsetUnit.UTF16_CODE_UNIT, write: typescript },
} as const satisfies Record<string, Language>;
