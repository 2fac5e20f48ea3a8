package main

import (
	"context"
	"encoding/json"
	"slices"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	reflectionv1 "google.golang.org/grpc/reflection/grpc_reflection_v1"
	reflectionv1alpha "google.golang.org/grpc/reflection/grpc_reflection_v1alpha"
	"google.golang.org/protobuf/encoding/protojson"

	"isnad.example/isnad"
)

func health(ctx context.Context, client *isnad.Client, text json.RawMessage) (answer, error) {
	var request grpc_health_v1.HealthCheckRequest
	if err := protojson.Unmarshal(text, &request); err != nil {
		return answer{}, err
	}
	response, err := grpc_health_v1.NewHealthClient(client.Conn()).Check(ctx, &request)
	if err != nil {
		return answer{}, isnad.FromError(err)
	}
	return newAnswer(response, "", "")
}

func reflectServices(ctx context.Context, client *isnad.Client, text json.RawMessage) (answer, error) {
	var request struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(text, &request); err != nil {
		return answer{}, err
	}
	list := listServices
	if request.Version == "v1alpha" {
		list = listServicesOfOld
	}
	names, err := list(ctx, client.Conn())
	if err != nil {
		return answer{}, isnad.FromError(err)
	}
	slices.Sort(names)
	services := make([]any, len(names))
	for i, name := range names {
		services[i] = name
	}
	return answer{json: map[string]any{"services": services}}, nil
}

func listServices(ctx context.Context, conn *grpc.ClientConn) ([]string, error) {
	stream, err := reflectionv1.NewServerReflectionClient(conn).ServerReflectionInfo(ctx)
	if err != nil {
		return nil, err
	}
	if err := stream.Send(&reflectionv1.ServerReflectionRequest{MessageRequest: &reflectionv1.ServerReflectionRequest_ListServices{}}); err != nil {
		return nil, err
	}
	response, err := stream.Recv()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, service := range response.GetListServicesResponse().GetService() {
		names = append(names, service.GetName())
	}
	return names, nil
}

// listServicesOfOld is the same by the version before, whose messages have the same fields by the same numbers.
func listServicesOfOld(ctx context.Context, conn *grpc.ClientConn) ([]string, error) {
	stream, err := reflectionv1alpha.NewServerReflectionClient(conn).ServerReflectionInfo(ctx)
	if err != nil {
		return nil, err
	}
	if err := stream.Send(&reflectionv1alpha.ServerReflectionRequest{MessageRequest: &reflectionv1alpha.ServerReflectionRequest_ListServices{}}); err != nil {
		return nil, err
	}
	response, err := stream.Recv()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, service := range response.GetListServicesResponse().GetService() {
		names = append(names, service.GetName())
	}
	return names, nil
}

func raw(ctx context.Context, client *isnad.Client, text json.RawMessage) (answer, error) {
	var request struct {
		Method string `json:"method"`
		Bytes  []byte `json:"bytes"`
	}
	if err := json.Unmarshal(text, &request); err != nil {
		return answer{}, err
	}
	var header, trailer metadata.MD
	err := client.Conn().Invoke(ctx, "/"+request.Method, request.Bytes, &[]byte{}, grpc.ForceCodec(bytesAsTheyAre{}), grpc.Header(&header), grpc.Trailer(&trailer))
	if err != nil {
		return answer{}, isnad.FromError(err, header, trailer)
	}
	return answer{}, nil
}

// bytesAsTheyAre sends bytes for a message, and takes no answer.
type bytesAsTheyAre struct{}

func (bytesAsTheyAre) Marshal(message any) ([]byte, error) { return message.([]byte), nil }
func (bytesAsTheyAre) Unmarshal([]byte, any) error         { return nil }
func (bytesAsTheyAre) Name() string                        { return "proto" }
