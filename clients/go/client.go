// Package isnad reads Arabic news through an isnad server: who said what, met whom, where, when, how many, each fact tied
// to the exact words that carry it.
//
//	client, err := isnad.Connect("localhost:50051")
//	...
//	answer, err := client.Extract(ctx, isnad.Request(text))
//	for _, quote := range answer.Quotes {
//		words, err := isnad.Cut(text, quote.Span) // text[quote.Span.Begin:quote.Span.End], proved
//	}
//
// Requests and answers are the messages of the contract ([isnadv1]), whose comments are the reference. Offsets count bytes
// of UTF-8, as Go's strings do, unless a request says otherwise. Every error of a call is an [*Error].
package isnad

import (
	"context"
	"crypto/tls"
	_ "embed"
	"math"
	"slices"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding/gzip" // also lets the server compress its answers
	_ "google.golang.org/grpc/health"      // has the channel watch the health of servers, as the service config asks
	"google.golang.org/grpc/metadata"

	"isnad.example/isnad/isnadv1"
)

// DefaultTimeout ends calls whose context has no deadline, unless [WithTimeout] says otherwise. Streams have no default.
const DefaultTimeout = 10 * time.Second

// serviceConfig has the channel spread calls over all addresses of a name, leave out servers that are stopping, and try
// again with backoff where a server says UNAVAILABLE. It is the same for every language (clients/service-config.json).
//
//go:embed service-config.json
var serviceConfig string

// A Client is a channel to one or more isnad servers. It is safe for concurrent use, connects when first called and
// reconnects by itself: make one and keep it.
type Client struct {
	conn    *grpc.ClientConn
	stub    isnadv1.ExtractClient
	timeout time.Duration
}

// An Option changes how [Connect] connects.
type Option func(*settings)

type settings struct {
	timeout     time.Duration
	credentials credentials.TransportCredentials
	dial        []grpc.DialOption
}

// WithTLS speaks TLS; nil takes the system's authorities. Certificates of the caller's own go into the configuration.
func WithTLS(config *tls.Config) Option {
	return func(s *settings) { s.credentials = credentials.NewTLS(config) }
}

// WithToken sends the token with every call. Without [WithTLS] it travels in the clear, which is right only on a network
// that is trusted or encrypted by other means.
func WithToken(token string) Option {
	return WithDialOptions(grpc.WithPerRPCCredentials(bearer("Bearer " + token)))
}

// WithTimeout sets the deadline of calls whose context has none.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithGzip compresses requests; worth it over a network. Answers come compressed where the server is set to do so.
func WithGzip() Option {
	return WithDialOptions(grpc.WithDefaultCallOptions(grpc.UseCompressor(gzip.Name)))
}

// WithDialOptions hands options on to gRPC: interceptors, tracing, keepalive.
func WithDialOptions(options ...grpc.DialOption) Option {
	return func(s *settings) { s.dial = append(s.dial, options...) }
}

// Connect makes a client for the servers at address: host:port, or any target that gRPC resolves ("dns:///name:port" for
// all replicas behind a headless service, "unix:///path"). It fails only where address or options make no sense; a server
// that cannot be reached shows at the first call.
func Connect(address string, options ...Option) (*Client, error) {
	s := settings{timeout: DefaultTimeout, credentials: insecure.NewCredentials()}
	for _, option := range options {
		option(&s)
	}
	conn, err := grpc.NewClient(address, slices.Concat([]grpc.DialOption{
		grpc.WithTransportCredentials(s.credentials),
		grpc.WithDefaultServiceConfig(serviceConfig),
		// An answer may be many times as long as its article; the server bounds both.
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32)),
	}, s.dial)...)
	if err != nil {
		return nil, err
	}
	return &Client{conn: conn, stub: isnadv1.NewExtractClient(conn), timeout: s.timeout}, nil
}

// Close ends calls in flight and closes the connections.
func (c *Client) Close() error { return c.conn.Close() }

// Conn is the channel itself, for the health and reflection services beside isnad's own.
func (c *Client) Conn() *grpc.ClientConn { return c.conn }

// Request asks for text to be read: for the given layers and those they are built on, or for all but tokens where none is
// given. Everything else that can be asked is a field of the message.
func Request(text string, layers ...isnadv1.Layer) *isnadv1.ExtractRequest {
	return &isnadv1.ExtractRequest{Document: &isnadv1.Document{Text: text}, Layers: layers}
}

// Extract reads one article and answers with all that was found in it.
func (c *Client) Extract(ctx context.Context, request *isnadv1.ExtractRequest, options ...grpc.CallOption) (*isnadv1.ExtractResponse, error) {
	return call(ctx, c, c.stub.Extract, request, options)
}

// Normalize folds spelling variants of a text, with the list of edits by which any span maps both ways.
func (c *Client) Normalize(ctx context.Context, request *isnadv1.NormalizeRequest, options ...grpc.CallOption) (*isnadv1.NormalizeResponse, error) {
	return call(ctx, c, c.stub.Normalize, request, options)
}

// Describe tells which version answers, which layers it has, its limits, and how much its lexicon holds.
func (c *Client) Describe(ctx context.Context, options ...grpc.CallOption) (*isnadv1.DescribeResponse, error) {
	return call(ctx, c, c.stub.Describe, &isnadv1.DescribeRequest{}, options)
}

// call makes a unary call, with the client's deadline where ctx has none, and reads its error.
func call[Q, A any](
	ctx context.Context,
	c *Client,
	method func(context.Context, *Q, ...grpc.CallOption) (*A, error),
	request *Q,
	options []grpc.CallOption,
) (*A, error) {
	if _, set := ctx.Deadline(); !set {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.timeout)
		defer cancel()
	}
	var header, trailer metadata.MD
	answer, err := method(ctx, request, slices.Concat(options, []grpc.CallOption{grpc.Header(&header), grpc.Trailer(&trailer)})...)
	if err != nil {
		return nil, FromError(err, header, trailer)
	}
	return answer, nil
}

// bearer is the value of the authorization header.
type bearer string

func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": string(b)}, nil
}

func (bearer) RequireTransportSecurity() bool { return false }
