package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"google.golang.org/protobuf/encoding/protojson"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

// stream makes a stream of the case's requests, does what the case says behind the answers that it expects, and reads on.
func (c *testCase) stream(ctx context.Context, cancel context.CancelFunc, client *isnad.Client, at server) error {
	requests := make([]*isnadv1.ExtractRequest, len(c.Requests))
	for i, text := range c.Requests {
		requests[i] = &isnadv1.ExtractRequest{}
		if err := protojson.Unmarshal(text, requests[i]); err != nil {
			return err
		}
	}
	over := make(chan struct{})
	defer close(over)
	articles := func(yield func(*isnadv1.ExtractRequest) bool) {
		for _, request := range requests {
			if !yield(request) {
				return
			}
		}
		if c.Then != "" && c.Then != "end" {
			<-over
		}
	}
	read := 0
	then := func() {
		switch {
		case read < len(c.Expect.Answers):
		case c.Then == "cancel":
			cancel()
		case c.Then == "stop":
			syscall.Kill(at.PID, syscall.SIGTERM)
		}
	}
	then()
	for got, err := range client.ExtractStream(ctx, articles) {
		if err != nil {
			if read < len(c.Expect.Answers) {
				return fmt.Errorf("after %d answers: %v", read, err) // not the error that is expected
			}
			return err
		}
		if read == len(c.Expect.Answers) {
			return fmt.Errorf("an answer too many: %v", got)
		}
		if err := c.checkStreamed(got, read, requests[read]); err != nil {
			return fmt.Errorf("answer %d: %w", read, err)
		}
		read++
		then()
	}
	if read < len(c.Expect.Answers) {
		return fmt.Errorf("%d answers came, not %d", read, len(c.Expect.Answers))
	}
	return nil
}

// checkStreamed looks at the answer at a place of the stream.
func (c *testCase) checkStreamed(got isnad.Answer, place int, request *isnadv1.ExtractRequest) error {
	expected := c.Expect.Answers[place]
	switch {
	case got.Index != uint64(place):
		return fmt.Errorf("its index is %d", got.Index)
	case got.DocumentID != request.GetDocument().GetId():
		return fmt.Errorf("it is of document %q", got.DocumentID)
	case expected.Error != nil && got.Err != nil:
		return expected.Error.check(got.Err, true)
	case expected.Error != nil:
		return errors.New("there is no error")
	case got.Err != nil:
		return got.Err
	}
	written, err := newAnswer(got.Response, request.GetDocument().GetText(), "")
	if err != nil {
		return err
	}
	return written.check(expected.Response, nil)
}
