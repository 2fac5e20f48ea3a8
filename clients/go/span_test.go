package isnad_test

import (
	"strings"
	"testing"

	"isnad.example/isnad"
	"isnad.example/isnad/isnadv1"
)

func TestCut(t *testing.T) {
	const text = "علم 🇮🇶 فوق المبنى" // a flag over the building
	begin := uint32(strings.Index(text, "فوق"))
	for name, c := range map[string]struct {
		span *isnadv1.Span
		want string // empty: fails
	}{
		"words":             {&isnadv1.Span{Begin: begin, End: begin + 6, Text: "فوق"}, "فوق"},
		"omitted text":      {&isnadv1.Span{Begin: begin, End: begin + 6}, "فوق"},
		"another text":      {&isnadv1.Span{Begin: begin, End: begin + 6, Text: "تحت"}, ""}, // under
		"another unit":      {&isnadv1.Span{Begin: 9, End: 12, Text: "فوق"}, ""},
		"behind the end":    {&isnadv1.Span{Begin: begin, End: 1000}, ""},
		"end before begin":  {&isnadv1.Span{Begin: 8, End: 6}, ""},
		"as large as it is": {&isnadv1.Span{End: uint32(len(text)), Text: text}, text},
	} {
		words, err := isnad.Cut(text, c.span)
		if words != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", name, words, err)
		}
	}
}
