/** The request for a shell. The article goes in over standard input: a command line has a longest length. */
import { type Call, requestJson } from './request.ts';

export function grpcurl(call: Call): string {
  const plain = call.secure ? '' : '-plaintext ';
  const json = JSON.stringify(requestJson(call), undefined, 2).replace(
    /[\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/gu,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `grpcurl ${plain}-d @ ${call.address} isnad.v1.Extract/Extract <<'JSON'
${json}
JSON
`;
}
