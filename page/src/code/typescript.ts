/** The request in TypeScript, whose strings count UTF-16 code units. */
import * as pb from '../gen/isnad/v1/extract_pb.ts';
import { type Call, literal, publishSeconds } from './request.ts';

export function typescript(call: Call): string {
  const { request, layers } = call;
  const seconds = publishSeconds(call);
  const zone = request.document?.timeZone ?? '';
  const names = ['EntityType', 'Extract', ...(layers.length === 0 ? [] : ['Layer']), 'OffsetUnit'].join(', ');
  return `// npm install @connectrpc/connect @connectrpc/connect-node @bufbuild/protobuf
// npx buf generate (protoc-gen-es, target=ts) makes ./gen of isnad/v1/extract.proto
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { ${names} } from './gen/isnad/v1/extract_pb';

const text = ${literal(request.document?.text ?? '')};

const client = createClient(Extract, createGrpcTransport({ baseUrl: '${call.secure ? 'https' : 'http'}://${call.address}' }));
const answer = await client.extract(
  {
    document: {
      text,${seconds === undefined ? '' : `\n      publishTime: { seconds: ${seconds}n, nanos: 0 },`}${zone === '' ? '' : `\n      timeZone: '${zone}',`}
    },${layers.length === 0 ? '' : `\n    layers: [${layers.map((layer) => `Layer.${pb.Layer[layer]}`).join(', ')}],`}
    offsetUnit: OffsetUnit.${pb.OffsetUnit[call.unit]},
  },
  { timeoutMs: 10_000 },
);

for (const { span, type } of answer.mentions) {
  console.log(text.slice(span?.begin, span?.end), EntityType[type]);
}
`;
}
