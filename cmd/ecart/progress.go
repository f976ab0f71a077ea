package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"github.com/ecart-rgpd/ecart/report"
)

// progress is told what is read. On anything but a terminal it is silent.
type progress interface {
	read(target string, items int, bytes int64)
	done()
}

func newProgress(w io.Writer, quiet bool) progress {
	f, ok := w.(*os.File)
	if quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return silent{}
	}
	return newBar(f)
}

type silent struct{}

func (silent) read(string, int, int64) {}
func (silent) done()                   {}

// A bar shows items, bytes, rate and the current target. The end of a walk is
// not known before it is reached, so it shows no share.
type bar struct {
	mu     sync.Mutex // the bar is drawn by another goroutine
	p      *mpb.Progress
	b      *mpb.Bar
	target string
	items  int
	bytes  int64
}

func newBar(w io.Writer) *bar {
	b := &bar{p: mpb.New(mpb.WithOutput(w))}
	b.b = b.p.New(-1, mpb.SpinnerStyle().PositionLeft(), mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
			b.mu.Lock()
			defer b.mu.Unlock()
			return fmt.Sprintf("%s  %d items  %s ", b.target, b.items, report.Size(b.bytes))
		}), decor.AverageSpeed(decor.SizeB1000(0), "% .1f")))
	return b
}

func (b *bar) read(target string, items int, bytes int64) {
	b.mu.Lock()
	b.target = report.Clean(target)
	b.items += items
	b.bytes += bytes
	b.mu.Unlock()
	b.b.IncrInt64(bytes)
}

func (b *bar) done() {
	b.b.SetTotal(-1, true)
	b.p.Wait()
}
