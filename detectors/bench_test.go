package detectors

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// proseText, sourceText and accessText are what most bytes of shares and repositories look
// like.
const (
	proseText  = "Le comité d’établissement s’est réuni à Nantes le 12 mars 2024 ; l'ordre du jour prévoyait la présentation des comptes, l'état des travaux et la révision des contrats d'entretien. "
	sourceText = "func (s *Server) handle(w http.ResponseWriter, r *http.Request) {\n\tif err := s.store.Put(ctx, key, 42); err != nil {\n\t\treturn fmt.Errorf(\"store %s: %w\", key, err)\n\t}\n}\n"
	accessText = "203.0.113.7 - - [02/Jan/2025:12:30:45 +0100] \"GET /api/v1/orders/123456 HTTP/1.1\" 200 5120 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0\"\n"
)

func corpora() map[string][]byte {
	const size = 1 << 20
	fill := func(s string) []byte { return []byte(strings.Repeat(s, size/len(s)+1))[:size] }
	return map[string][]byte{
		"prose": fill(proseText), "source": fill(sourceText), "access": fill(accessText),
		"glued": glue(rand.New(rand.NewPCG(5, 6)), size),
	}
}

// BenchmarkFinders measures the finding of events alone.
func BenchmarkFinders(b *testing.B) {
	e, err := New(toys())
	if err != nil {
		b.Fatal(err)
	}
	finders := map[string]finder{
		"class loop": classLoop{e}, "masks, plain": &maskFinder{engine: e, run: plainKernel}, "masks, best": &maskFinder{engine: e, run: bestKernel},
	}
	for name, f := range finders {
		for corpus, text := range corpora() {
			b.Run(name+"/"+corpus, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				var seen sight
				for b.Loop() {
					f.find(text, &seen)
				}
			})
		}
	}
}

// BenchmarkScan measures a whole segment, toys as detectors.
func BenchmarkScan(b *testing.B) {
	e, err := New(toys())
	if err != nil {
		b.Fatal(err)
	}
	s := e.Scanner()
	for corpus, text := range corpora() {
		b.Run(corpus, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				s.Begin(item.Location{Path: "f"}, Options{})
				if err := s.Add(&item.Segment{Text: text}); err != nil {
					b.Fatal(err)
				}
				s.End()
			}
		})
	}
}
