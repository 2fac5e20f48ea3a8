/** The request in Python, whose strings count code points. */
import { type Call, layerName, literal, publishSeconds, unitName } from './request.ts';

export function python(call: Call): string {
  const { request, layers } = call;
  const seconds = publishSeconds(call);
  const zone = request.document?.timeZone ?? '';
  const channel = call.secure
    ? `grpc.secure_channel("${call.address}", grpc.ssl_channel_credentials())`
    : `grpc.insecure_channel("${call.address}")`;
  return `# pip install grpcio grpcio-tools
# python -m grpc_tools.protoc -I proto --python_out=. --grpc_python_out=. proto/isnad/v1/extract.proto
import grpc
${seconds === undefined ? '' : 'from google.protobuf.timestamp_pb2 import Timestamp\n'}from isnad.v1 import extract_pb2 as isnad, extract_pb2_grpc

text = ${literal(request.document?.text ?? '')}

with ${channel} as channel:
    answer = extract_pb2_grpc.ExtractStub(channel).Extract(
        isnad.ExtractRequest(
            document=isnad.Document(
                text=text,${seconds === undefined ? '' : `\n                publish_time=Timestamp(seconds=${seconds}),`}${zone === '' ? '' : `\n                time_zone="${zone}",`}
            ),${layers.length === 0 ? '' : `\n            layers=[${layers.map((layer) => `isnad.${layerName(layer)}`).join(', ')}],`}
            offset_unit=isnad.${unitName(call.unit)},
        ),
        timeout=10,
    )

for mention in answer.mentions:
    print(text[mention.span.begin : mention.span.end], isnad.EntityType.Name(mention.type))
`;
}
