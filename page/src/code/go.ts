/** The request in Go, whose strings count bytes. */
import { type Call, layerName, literal, publishSeconds, unitName } from './request.ts';

export function go(call: Call): string {
  const { request, layers } = call;
  const seconds = publishSeconds(call);
  const zone = request.document?.timeZone ?? '';
  const credentials = call.secure ? 'credentials.NewTLS(nil)' : 'insecure.NewCredentials()';
  const imported = call.secure ? 'google.golang.org/grpc/credentials' : 'google.golang.org/grpc/credentials/insecure';
  const list = layers.map((layer) => `isnad.Layer_${layerName(layer)}`).join(', ');
  return `// protoc -I proto --go_out=. --go-grpc_out=. \\
//   --go_opt=Misnad/v1/extract.proto=example.com/you/isnad --go-grpc_opt=Misnad/v1/extract.proto=example.com/you/isnad \\
//   --go_opt=module=example.com/you --go-grpc_opt=module=example.com/you isnad/v1/extract.proto
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"google.golang.org/grpc"
	"${imported}"
${seconds === undefined ? '' : '	"google.golang.org/protobuf/types/known/timestamppb"\n'}
	isnad "example.com/you/isnad"
)

const text = ${literal(request.document?.text ?? '')}

func main() {
	conn, err := grpc.NewClient("${call.address}", grpc.WithTransportCredentials(${credentials}))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	answer, err := isnad.NewExtractClient(conn).Extract(ctx, &isnad.ExtractRequest{
		Document: &isnad.Document{
			Text: text,${seconds === undefined ? '' : `\n			PublishTime: &timestamppb.Timestamp{Seconds: ${seconds}},`}${zone === '' ? '' : `\n			TimeZone: "${zone}",`}
		},${layers.length === 0 ? '' : `\n		Layers: []isnad.Layer{${list}},`}
		OffsetUnit: isnad.OffsetUnit_${unitName(call.unit)},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, mention := range answer.Mentions {
		fmt.Println(text[mention.Span.Begin:mention.Span.End], mention.Type)
	}
}
`;
}
