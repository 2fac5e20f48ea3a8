package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/encoding/protojson"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

// calls are the unary calls that a case may make.
var calls = map[string]func(context.Context, *isnad.Client, json.RawMessage) (answer, error){
	"extract":   extract,
	"normalize": normalize,
	"describe":  describe,
	"health":    health,
	"reflect":   reflectServices,
	"raw":       raw,
}

// run makes the call of the case and looks at what comes of it.
func (c *testCase) run(at server) error {
	client, err := c.connect(at)
	if err != nil {
		return err
	}
	defer client.Close()
	timeout := 30 * time.Second
	if ms := c.Options.TimeoutMs; ms > 0 {
		timeout = time.Duration(ms) * time.Millisecond
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if id := c.Options.RequestID; id != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "x-request-id", id)
	}
	if ms := c.Options.CancelAfterMs; ms > 0 {
		time.AfterFunc(time.Duration(ms)*time.Millisecond, cancel)
	}

	if c.Call == "extract_stream" {
		err = c.stream(ctx, cancel, client, at)
	} else if call, known := calls[c.Call]; !known {
		return fmt.Errorf("no call is named %q", c.Call)
	} else {
		var got answer
		if got, err = call(ctx, client, c.Request); err == nil && c.Expect.Error == nil {
			return got.check(c.Expect.Answer, c.Expect.Words)
		}
	}
	var told *isnad.Error
	switch {
	case errors.As(err, &told) && c.Expect.Error != nil:
		return c.Expect.Error.check(told, false)
	case err == nil && c.Expect.Error != nil:
		return errors.New("there is no error")
	default:
		return err
	}
}

// connect connects as the case says.
func (c *testCase) connect(at server) (*isnad.Client, error) {
	var options []isnad.Option
	if at.TLS != nil {
		config := &tls.Config{}
		if c.Options.Trust != "system" {
			authority, err := os.ReadFile(at.TLS.CA)
			if err != nil {
				return nil, err
			}
			config.RootCAs = x509.NewCertPool()
			config.RootCAs.AppendCertsFromPEM(authority)
		}
		if c.Options.Identity {
			pair, err := tls.LoadX509KeyPair(at.TLS.Cert, at.TLS.Key)
			if err != nil {
				return nil, err
			}
			config.Certificates = []tls.Certificate{pair}
		}
		options = append(options, isnad.WithTLS(config))
	}
	if c.Options.Token != "" {
		options = append(options, isnad.WithToken(c.Options.Token))
	}
	if c.Options.Gzip {
		options = append(options, isnad.WithGzip())
	}
	return isnad.Connect(at.Address, options...)
}

func extract(ctx context.Context, client *isnad.Client, text json.RawMessage) (answer, error) {
	var request isnadv1.ExtractRequest
	if err := protojson.Unmarshal(text, &request); err != nil {
		return answer{}, err
	}
	response, err := client.Extract(ctx, &request)
	if err != nil {
		return answer{}, err
	}
	return newAnswer(response, request.GetDocument().GetText(), "")
}

func normalize(ctx context.Context, client *isnad.Client, text json.RawMessage) (answer, error) {
	var request isnadv1.NormalizeRequest
	if err := protojson.Unmarshal(text, &request); err != nil {
		return answer{}, err
	}
	response, err := client.Normalize(ctx, &request)
	if err != nil {
		return answer{}, err
	}
	return newAnswer(response, request.GetText(), response.GetText())
}

func describe(ctx context.Context, client *isnad.Client, _ json.RawMessage) (answer, error) {
	response, err := client.Describe(ctx)
	if err != nil {
		return answer{}, err
	}
	return newAnswer(response, "", "")
}
