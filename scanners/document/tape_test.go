package document

import (
	"bytes"
	"io"
	"testing"
)

// TestTape reads the start of a stream, then opens it again, as a format does
// that knows a file by its first bytes.
func TestTape(t *testing.T) {
	want := bytes.Repeat([]byte("0123456789"), 400_000)
	tp := &tape{r: bytes.NewReader(want)}
	defer tp.close()
	first, err := tp.open()
	if err != nil {
		t.Fatal(err)
	}
	head := make([]byte, 4096)
	if _, err := io.ReadFull(first, head); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		again, err := tp.open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(again); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes, %v; want %d", len(got), err, len(want))
		}
	}
	rest, err := io.ReadAll(first)
	if err != nil || !bytes.Equal(append(head, rest...), want) {
		t.Errorf("the first reader: %d bytes more, %v", len(rest), err)
	}
}
