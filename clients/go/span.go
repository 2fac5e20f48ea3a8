package isnad

import (
	"fmt"

	"isnad.example/isnad/isnadv1"
)

// Cut gives the words of text that span stands for, text[span.Begin:span.End], and proves that they are span.Text (unless
// the request asked to leave that out). It fails where text is not the text that was sent, or where the request asked for
// offsets in another unit than bytes of UTF-8.
func Cut(text string, span *isnadv1.Span) (string, error) {
	begin, end := uint64(span.GetBegin()), uint64(span.GetEnd())
	if begin > end || end > uint64(len(text)) {
		return "", fmt.Errorf("isnad: the span from %d to %d is not in a text of %d bytes", begin, end, len(text))
	}
	words := text[begin:end]
	if want := span.GetText(); want != "" && words != want {
		return "", fmt.Errorf("isnad: bytes %d to %d are %q, not %q: not the text that was sent, or not offsets in bytes", begin, end, words, want)
	}
	return words, nil
}
