package isnad_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

// A fake is a server for what a real one cannot be made to do on purpose. What clients and a real server do together is
// the affair of the conformance suite.
type fake struct {
	isnadv1.UnimplementedExtractServer
	extract func(context.Context, *isnadv1.ExtractRequest) (*isnadv1.ExtractResponse, error)
	taken   atomic.Int64 // articles taken from streams
}

func (f *fake) Extract(ctx context.Context, request *isnadv1.ExtractRequest) (*isnadv1.ExtractResponse, error) {
	return f.extract(ctx, request)
}

func (f *fake) ExtractStream(stream grpc.BidiStreamingServer[isnadv1.ExtractRequest, isnadv1.ExtractStreamResponse]) error {
	for index := uint64(0); ; index++ {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		f.taken.Add(1)
		answer := &isnadv1.ExtractStreamResponse{Index: index, Result: &isnadv1.ExtractStreamResponse_Response{
			Response: &isnadv1.ExtractResponse{DocumentId: request.Document.Id},
		}}
		if err := stream.Send(answer); err != nil {
			return err
		}
	}
}

func connect(t *testing.T, f *fake, options ...isnad.Option) *isnad.Client {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	isnadv1.RegisterExtractServer(server, f)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	client, err := isnad.Connect(listener.Addr().String(), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

func TestEveryDetailOfAnError(t *testing.T) {
	failed, err := status.New(codes.InvalidArgument, "document.text must not be empty").WithDetails(
		&errdetails.ErrorInfo{Reason: isnad.ReasonInvalidRequest, Domain: isnad.Domain, Metadata: map[string]string{"limit": "7"}},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "document.text", Description: "must not be empty"}}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(200 * time.Millisecond)},
	)
	if err != nil {
		t.Fatal(err)
	}
	client := connect(t, &fake{extract: func(ctx context.Context, _ *isnadv1.ExtractRequest) (*isnadv1.ExtractResponse, error) {
		grpc.SetTrailer(ctx, metadata.Pairs("x-request-id", "r1"))
		return nil, failed.Err()
	}})
	_, err = client.Extract(t.Context(), isnad.Request(""))
	var e *isnad.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *isnad.Error", err)
	}
	if e.Code != codes.InvalidArgument || e.Reason != "INVALID_REQUEST" || e.Domain != "isnad.v1.Extract" || e.Metadata["limit"] != "7" ||
		e.RetryDelay != 200*time.Millisecond || e.RequestID != "r1" ||
		!slices.Equal(e.FieldViolations, []isnad.FieldViolation{{"document.text", "must not be empty"}}) {
		t.Errorf("read %+v", e)
	}
	if got, want := err.Error(), "isnad: InvalidArgument (INVALID_REQUEST): document.text must not be empty [request r1]"; got != want {
		t.Errorf("said %q, not %q", got, want)
	}
	if status.Code(err) != codes.InvalidArgument {
		t.Errorf("status.Code says %v", status.Code(err))
	}
}

func TestTriesAgainWhereTheServerIsUnavailable(t *testing.T) {
	var calls atomic.Int64
	client := connect(t, &fake{extract: func(context.Context, *isnadv1.ExtractRequest) (*isnadv1.ExtractResponse, error) {
		if calls.Add(1) < 3 {
			return nil, status.Error(codes.Unavailable, "try again")
		}
		return &isnadv1.ExtractResponse{}, nil
	}})
	if _, err := client.Extract(t.Context(), isnad.Request("نص")); err != nil { // text
		t.Error(err)
	}
	if calls.Load() != 3 {
		t.Errorf("%d calls, not 3", calls.Load())
	}
}

func TestDeadlines(t *testing.T) {
	deadline := make(chan time.Duration, 1)
	client := connect(t, &fake{extract: func(ctx context.Context, _ *isnadv1.ExtractRequest) (*isnadv1.ExtractResponse, error) {
		at, _ := ctx.Deadline()
		deadline <- time.Until(at)
		<-ctx.Done()
		return nil, ctx.Err()
	}}, isnad.WithTimeout(100*time.Millisecond))

	_, err := client.Extract(t.Context(), isnad.Request("نص"))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the client's deadline gave %v", err)
	}
	<-deadline
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	go func() {
		if left := <-deadline; left < 50*time.Second {
			t.Errorf("the context's deadline of a minute was %v to the server", left)
		}
		cancel()
	}()
	if _, err := client.Extract(ctx, isnad.Request("نص")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelling gave %v", err)
	}
}

func TestLeavingAStreamEndsIt(t *testing.T) {
	f := &fake{}
	client := connect(t, f)
	var taken atomic.Int64
	stopped := make(chan struct{})
	endless := func(yield func(*isnadv1.ExtractRequest) bool) {
		defer close(stopped)
		for yield(isnad.Request("نص")) {
			taken.Add(1)
		}
	}
	for answer, err := range client.ExtractStream(t.Context(), endless) {
		if err != nil {
			t.Fatal(err)
		}
		if answer.Index == 2 {
			break
		}
	}
	select {
	case <-stopped:
	case <-time.After(10 * time.Second):
		t.Error("requests are still taken after the loop was left")
	}
}

func TestARequestThatIsNoMessageEndsItsStream(t *testing.T) {
	client := connect(t, &fake{})
	requests := slices.Values([]*isnadv1.ExtractRequest{isnad.Request("نص"), isnad.Request("no UTF-8: \xff")})
	var last error
	for _, err := range client.ExtractStream(t.Context(), requests) {
		last = err
	}
	if last == nil || errors.Is(last, context.Canceled) {
		t.Errorf("the stream ended with %v, which does not say what was wrong", last)
	}
}

func TestServiceConfigIsThatOfEveryLanguage(t *testing.T) {
	shared, err := os.ReadFile("../service-config.json")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("outside the repository")
	}
	own, err := os.ReadFile("service-config.json")
	if err != nil || string(own) != string(shared) {
		t.Errorf("service-config.json is not ../service-config.json: go generate (%v)", err)
	}
}
