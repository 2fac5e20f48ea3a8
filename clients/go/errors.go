package isnad

import (
	"context"
	"fmt"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"isnad.example/isnad/isnadv1"
)

// Domain is the domain of every error that comes from an isnad server.
const Domain = "isnad.v1.Extract"

// The reasons that a server gives.
const (
	ReasonInvalidRequest   = "INVALID_REQUEST"
	ReasonTextTooLong      = "TEXT_TOO_LONG"
	ReasonMalformedRequest = "MALFORMED_REQUEST"
	ReasonUnauthenticated  = "UNAUTHENTICATED"
	ReasonOverloaded       = "OVERLOADED"
	ReasonShuttingDown     = "SHUTTING_DOWN"
	ReasonDeadlineExceeded = "DEADLINE_EXCEEDED"
	ReasonUnimplemented    = "UNIMPLEMENTED"
	ReasonInternal         = "INTERNAL"
)

// An Error is why a call, or one article of a stream, was not answered. What it holds beyond code and message comes from
// the server, and is empty where the server was not reached.
//
// [errors.Is] finds [context.DeadlineExceeded] and [context.Canceled] in it, [status.Code] the code.
type Error struct {
	// Code is gRPC's code.
	Code codes.Code
	// Message says in English what went wrong; for people.
	Message string
	// Reason is one of the Reason constants, or what a later server says.
	Reason string
	// Domain is who gave the reason: [Domain], unless something on the way did.
	Domain string
	// Metadata holds the figures that belong to the reason: "size" and "limit" of a text that is too long.
	Metadata map[string]string
	// FieldViolations names the fields of the request that are at fault.
	FieldViolations []FieldViolation
	// RetryDelay is how long to wait before trying again; 0 where that would not help.
	RetryDelay time.Duration
	// RequestID is the call's id in the server's log; empty for an article of a stream.
	RequestID string
}

// A FieldViolation is a field of the request that is at fault.
type FieldViolation struct {
	// Field is its path: "options.lexicon[3].type".
	Field string
	// Description says what is wrong with it and what would be right.
	Description string
}

func (e *Error) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "isnad: %s", e.Code)
	if e.Reason != "" {
		fmt.Fprintf(&s, " (%s)", e.Reason)
	}
	fmt.Fprintf(&s, ": %s", e.Message)
	if e.RequestID != "" {
		fmt.Fprintf(&s, " [request %s]", e.RequestID)
	}
	return s.String()
}

// GRPCStatus gives code and message to the functions of [status].
func (e *Error) GRPCStatus() *status.Status { return status.New(e.Code, e.Message) }

// Is makes an ended deadline and a cancelled call the errors of package context.
func (e *Error) Is(target error) bool {
	switch target {
	case context.DeadlineExceeded:
		return e.Code == codes.DeadlineExceeded
	case context.Canceled:
		return e.Code == codes.Canceled
	default:
		return false
	}
}

// FromError reads the error of a call that was made by other means than a [Client], on [Client.Conn] for one. Its request id
// stands in one of the call's headers and trailers.
func FromError(err error, sent ...metadata.MD) *Error {
	failed := status.Convert(err)
	e := &Error{Code: failed.Code(), Message: failed.Message()}
	for _, detail := range failed.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Domain, e.Metadata = detail.Reason, detail.Domain, detail.Metadata
		case *errdetails.BadRequest:
			for _, violation := range detail.FieldViolations {
				e.FieldViolations = append(e.FieldViolations, FieldViolation{violation.Field, violation.Description})
			}
		case *errdetails.RetryInfo:
			e.RetryDelay = detail.RetryDelay.AsDuration()
		}
	}
	for _, values := range sent {
		if id := values.Get("x-request-id"); len(id) > 0 {
			e.RequestID = id[0]
		}
	}
	return e
}

// newArticleError reads the same from the answer to an article of a stream.
func newArticleError(failed *isnadv1.ArticleError) *Error {
	e := &Error{
		Code:       codes.Code(failed.Code),
		Message:    failed.Message,
		Reason:     failed.Reason,
		Domain:     Domain,
		Metadata:   failed.Metadata,
		RetryDelay: failed.RetryDelay.AsDuration(),
	}
	for _, violation := range failed.FieldViolations {
		e.FieldViolations = append(e.FieldViolations, FieldViolation{violation.Field, violation.Description})
	}
	return e
}
