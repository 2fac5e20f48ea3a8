package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

// ownUnit is the unit that the client must ask for.
const ownUnit = "OFFSET_UNIT_UTF8_BYTE"

// An expectedError is how a call, or an article, must fail.
type expectedError struct {
	Code         oneOrMore      `json:"code"`
	Reason       string         `json:"reason"`
	Fields       []string       `json:"fields"`
	Metadata     map[string]any `json:"metadata"`
	RetryDelayMs int            `json:"retryDelayMs"`
	RequestID    string         `json:"requestId"`
}

// oneOrMore is a string, or a list of them.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(o))
}

// check looks at an error, detail by detail.
func (expected *expectedError) check(told *isnad.Error, inStream bool) error {
	if code := codeName(told.Code); !slices.Contains(expected.Code, code) {
		return fmt.Errorf("code is %s, not %s (%s)", code, strings.Join(expected.Code, " or "), told.Message)
	}
	if expected.Reason == "" {
		return nil
	}
	var fields []string
	for _, violation := range told.FieldViolations {
		if violation.Description == "" {
			return fmt.Errorf("%s has no description", violation.Field)
		}
		fields = append(fields, violation.Field)
	}
	switch {
	case told.Reason != expected.Reason:
		return fmt.Errorf("reason is %s, not %s", told.Reason, expected.Reason)
	case told.Domain != "isnad.v1.Extract":
		return fmt.Errorf("domain is %q", told.Domain)
	case told.Message == "":
		return fmt.Errorf("there is no message")
	case !slices.Equal(fields, expected.Fields):
		return fmt.Errorf("fields are %q, not %q", fields, expected.Fields)
	case len(expected.Metadata) == 0 && len(told.Metadata) > 0:
		return fmt.Errorf("metadata is %v", told.Metadata)
	case told.RetryDelay != time.Duration(expected.RetryDelayMs)*time.Millisecond:
		return fmt.Errorf("the delay is %v, not %d ms", told.RetryDelay, expected.RetryDelayMs)
	case !inStream && told.RequestID == "":
		return fmt.Errorf("there is no request id")
	case expected.RequestID != "" && told.RequestID != expected.RequestID:
		return fmt.Errorf("the request id is %s, not %s", told.RequestID, expected.RequestID)
	}
	for key, pattern := range expected.Metadata {
		if err := match(pattern, told.Metadata[key], "metadata."+key); err != nil {
			return err
		}
	}
	return nil
}

// An answer is what a call gave: its JSON, and the texts that its spans count into.
type answer struct {
	json any
	// sent is what was sent; empty where nothing counts into it.
	sent string
	// folded is what Normalize made of it.
	folded string
}

// newAnswer writes a message as JSON.
func newAnswer(message proto.Message, sent, folded string) (answer, error) {
	text, err := protojson.Marshal(message)
	if err != nil {
		return answer{}, err
	}
	a := answer{sent: sent, folded: folded}
	return a, json.Unmarshal(text, &a.json)
}

// check holds the answer against the pattern, and its spans and unit against the texts.
func (a answer) check(pattern any, words []string) error {
	if pattern != nil {
		if err := match(pattern, a.json, "answer"); err != nil {
			return err
		}
	}
	if a.sent == "" {
		return nil
	}
	if err := match(ownUnit, a.json.(map[string]any)["offsetUnit"], "answer.offsetUnit"); err != nil {
		return err
	}
	spans := make(map[[2]int]string)
	if err := a.cutAll(a.json, "answer", spans); err != nil {
		return err
	}
	for _, wanted := range words {
		begin := strings.Index(a.sent, wanted)
		if spans[[2]int{begin, begin + len(wanted)}] != wanted {
			return fmt.Errorf("no span is %q, from byte %d", wanted, begin)
		}
	}
	return nil
}

// cutAll cuts every span with a text in value out of the text that it counts into, and gathers those into the text that was sent.
func (a answer) cutAll(value any, path string, spans map[[2]int]string) error {
	switch value := value.(type) {
	case []any:
		for i, entry := range value {
			if err := a.cutAll(entry, fmt.Sprintf("%s[%d]", path, i), spans); err != nil {
				return err
			}
		}
	case map[string]any:
		end, hasEnd := value["end"].(float64)
		words, hasText := value["text"].(string)
		if hasEnd && hasText {
			begin, _ := value["begin"].(float64) // absent where it is 0
			text := a.sent
			if strings.HasSuffix(path, ".normalized") {
				text = a.folded
			} else {
				spans[[2]int{int(begin), int(end)}] = words
			}
			cut, err := isnad.Cut(text, &isnadv1.Span{Begin: uint32(begin), End: uint32(end), Text: words})
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			if plain := text[int(begin):int(end)]; cut != words || plain != words {
				return fmt.Errorf("%s is %q, but cuts %q and slices %q", path, words, cut, plain)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if err := a.cutAll(value[key], path+"."+key, spans); err != nil {
				return err
			}
		}
	}
	return nil
}

// match holds a value against a pattern.
func match(pattern, value any, path string) error {
	if pattern == "$any" {
		if empty(value) {
			return fmt.Errorf("%s is absent or empty", path)
		}
		return nil
	}
	switch pattern := pattern.(type) {
	case map[string]any:
		object, ok := value.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %v, not an object", path, value)
		}
		for key, part := range pattern {
			if err := match(part, object[key], path+"."+key); err != nil {
				return err
			}
		}
		return nil
	case []any:
		rest, _ := value.([]any)
		for i, part := range pattern {
			found := slices.IndexFunc(rest, func(entry any) bool { return match(part, entry, "") == nil })
			if found < 0 {
				return fmt.Errorf("%s has nothing for entry %d of the pattern", path, i)
			}
			rest = rest[found+1:]
		}
		return nil
	}
	if empty(pattern) && empty(value) || pattern == value {
		return nil
	}
	return fmt.Errorf("%s is %v, not %v", path, value, pattern)
}

// empty tells whether a value is as good as absent.
func empty(value any) bool {
	if value == nil {
		return true
	}
	v := reflect.ValueOf(value)
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// repeated gives a string so many times over, or a list of so many of what is no string.
func repeated(once any, times int) any {
	if text, ok := once.(string); ok {
		return strings.Repeat(text, times)
	}
	return slices.Repeat([]any{once}, times)
}

// codeName is the name that a code has in every language.
func codeName(code codes.Code) string {
	names := [...]string{
		"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
		"RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
		"UNAUTHENTICATED",
	}
	return names[code]
}
