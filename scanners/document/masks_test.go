package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func FuzzMasks(f *testing.F) {
	f.Add([]byte(`{"a":[1,"b\"c"]} // é` + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text := make([]byte, (len(b)+63)/64*64)
		copy(text, b)
		fast, plain := make([]jsonMasks, len(text)/64), make([]jsonMasks, len(text)/64)
		mask(text, fast)
		maskGo(text, plain)
		if diff := cmp.Diff(plain, fast, cmp.AllowUnexported(jsonMasks{})); diff != "" {
			t.Error(diff)
		}
		parts, plainParts := make([]uint64, len(text)/64), make([]uint64, len(text)/64)
		ends(text, ',', '\n', parts)
		endsGo(text, ',', '\n', plainParts)
		if diff := cmp.Diff(plainParts, parts); diff != "" {
			t.Error(diff)
		}
	})
}
