package repo

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// BenchmarkHistory compares, on the repository that ECART_HISTORY names (else on
// a small one), what git needs to read all objects with the sweep, alone and
// with the look at what is new. Compare user and system time for a fair answer;
// git's is in the time of a child.
func BenchmarkHistory(b *testing.B) {
	dir := os.Getenv("ECART_HISTORY")
	if dir == "" {
		b.Skip("set ECART_HISTORY to a repository")
	}
	b.Run("git cat-file", func(b *testing.B) {
		for b.Loop() {
			cmd := exec.Command("git", "-C", dir, "-c", "safe.directory=*", "cat-file", "--batch-all-objects", "--unordered", "--buffer", "--batch")
			if err := cmd.Run(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), "cpu-s")
		}
	})
	r, err := rules.Load()
	if err != nil {
		b.Fatal(err)
	}
	engine, err := all.Engine(r)
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"sweep", "sweep and look"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s, err := openStore(dir)
				if err != nil {
					b.Fatal(err)
				}
				h := &History{}
				if name == "sweep and look" {
					h.Watch(engine, document.Formats())
				}
				n := int64(0)
				err = s.blobs(context.Background(), func(string) bool { return true }, func(_ string, v *version) error {
					n += int64(len(v.content))
					h.watch.see(v)
					return nil
				}, func(string, error) {})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(n)
			}
		})
	}
}
