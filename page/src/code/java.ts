/** The request in Java, whose strings count UTF-16 code units. */
import { type Call, layerName, literal, publishSeconds, stretches, unitName } from './request.ts';

/** The longest literal, in code units: a constant of a class file holds 65,535 bytes, and a letter may take three. */
const LONGEST = 20_000;

export function java(call: Call): string {
  const { request, layers } = call;
  const seconds = publishSeconds(call);
  const zone = request.document?.timeZone ?? '';
  const parts = stretches(request.document?.text ?? '', LONGEST).map(literal);
  const text = parts.length === 1 ? parts[0] : `String.join("",\n        ${parts.join(',\n        ')})`;
  const plain = call.secure ? '' : '.usePlaintext()';
  return `// With grpc-netty-shaded, grpc-protobuf and grpc-stub, and the classes that protoc makes of isnad/v1/extract.proto
${seconds === undefined ? '' : 'import com.google.protobuf.Timestamp;\n'}import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import isnad.v1.*;
import java.util.concurrent.TimeUnit;

public class Read {
  public static void main(String[] args) {
    String text = ${text};
    ManagedChannel channel = ManagedChannelBuilder.forTarget("${call.address}")${plain}.build();
    try {
      ExtractResponse answer = ExtractGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS).extract(
          ExtractRequest.newBuilder()
              .setDocument(Document.newBuilder()
                  .setText(text)${seconds === undefined ? '' : `\n                  .setPublishTime(Timestamp.newBuilder().setSeconds(${seconds}L))`}${zone === '' ? '' : `\n                  .setTimeZone("${zone}")`})${layers.map((layer) => `\n              .addLayers(Layer.${layerName(layer)})`).join('')}
              .setOffsetUnit(OffsetUnit.${unitName(call.unit)})
              .build());
      for (Mention mention : answer.getMentionsList()) {
        Span span = mention.getSpan();
        System.out.println(text.substring(span.getBegin(), span.getEnd()) + " " + mention.getType());
      }
    } finally {
      channel.shutdown();
    }
  }
}
`;
}
