package isnad

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync/atomic"

	"google.golang.org/grpc"

	"isnad.example/isnad/isnadv1"
)

// An Answer is what became of one article of a stream.
type Answer struct {
	// Index is the place of the request in the stream, from 0.
	Index uint64
	// DocumentID is the id of the document as it was sent.
	DocumentID string
	// Response is what was found; nil where Err is not.
	Response *isnadv1.ExtractResponse
	// Err is why this article could not be read; the stream goes on.
	Err *Error
}

// ExtractStream reads many articles over one call: an answer for each request, in their order.
//
//	for answer, err := range client.ExtractStream(ctx, requests) {
//		if err != nil {
//			return err // of the call as a whole: the last that comes
//		}
//		...
//	}
//
// Articles are taken from requests by a goroutine of the stream's own, a bounded number of them ahead of the answers that
// the loop has read. Leaving the loop cancels the call, and requests is then asked for one more article at most. The
// stream has no deadline but that of ctx.
func (c *Client) ExtractStream(
	ctx context.Context, requests iter.Seq[*isnadv1.ExtractRequest], options ...grpc.CallOption,
) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		stream, err := c.stub.ExtractStream(ctx, options...)
		if err != nil {
			yield(Answer{}, FromError(err))
			return
		}
		var broken atomic.Pointer[error]
		go func() {
			if err := send(stream, requests); err != nil {
				broken.Store(&err)
				cancel()
			}
		}()
		for {
			message, err := stream.Recv()
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				header, _ := stream.Header() // none where the call never got so far
				if sending := broken.Load(); sending != nil {
					err = *sending
				}
				yield(Answer{}, FromError(err, header, stream.Trailer()))
				return
			case !yield(newAnswer(message), nil):
				return
			}
		}
	}
}

// send writes all requests to the stream. It fails where a request is no message (a text that is not UTF-8); where the
// call has ended, reading from the stream tells why.
func send(stream grpc.BidiStreamingClient[isnadv1.ExtractRequest, isnadv1.ExtractStreamResponse], requests iter.Seq[*isnadv1.ExtractRequest]) error {
	for request := range requests {
		var message grpc.PreparedMsg
		if err := message.Encode(stream, request); err != nil {
			return err
		}
		if stream.SendMsg(&message) != nil {
			return nil
		}
	}
	stream.CloseSend() // fails only where the call has ended
	return nil
}

func newAnswer(message *isnadv1.ExtractStreamResponse) Answer {
	if failed := message.GetError(); failed != nil {
		return Answer{Index: message.Index, DocumentID: failed.DocumentId, Err: newArticleError(failed)}
	}
	response := message.GetResponse()
	return Answer{Index: message.Index, DocumentID: response.GetDocumentId(), Response: response}
}
