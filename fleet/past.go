package fleet

import (
	"context"
	"sync"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/scanners"
)

// Whether values of the past are still in the present is told where both are read:
// in the worker. To compare them elsewhere, marks of values would have to travel, and
// whoever sees the queue could try out all numbers that there are. So a worker that
// finds values in a past reads the present of that repository too, once a run, and
// sends one bit.

// A comparing compares the past that one batch walks with the present.
type comparing struct {
	r *reading
	// walked gathers the present from the walk itself, which has all of it before
	// any of the past; nil when it is to be read.
	walked *detectors.Values
}

// compare begins to compare; nil for what is no past.
func (r *reading) compare(ctx context.Context, s scanners.Source) (*comparing, error) {
	if _, past := s.(scanners.Past); !past && r.b.Piece == "" {
		return nil, nil
	}
	c := &comparing{r: r}
	if r.b.Piece == "" {
		target, err := r.j.work.Source(ctx, r.b.Target)
		if err != nil {
			return nil, err
		}
		if len(parts(target)) == 1 {
			c.walked = &detectors.Values{}
		}
	}
	return c, nil
}

// marking lets findings tell their values apart, in this process.
func (r *reading) marking(o scanners.Options) scanners.Options {
	o.Marks = map[string]bool{r.b.Target: true}
	return o
}

// take notes the present in a result, and says of its past what is still there.
func (c *comparing) take(ctx context.Context, res *scanners.Result) error {
	for i := range res.Findings {
		f := &res.Findings[i]
		switch {
		case f.Evidence != detectors.ByValue:
		case res.Blob == "" && f.Past == nil:
			if c.walked != nil {
				c.walked.Add(f)
			}
		default:
			now, err := c.present(ctx)
			if err != nil {
				return err
			}
			f.Still = now.Hold(f)
		}
	}
	return nil
}

func (c *comparing) present(ctx context.Context) (*detectors.Values, error) {
	if c.walked != nil {
		return c.walked, nil
	}
	return c.r.j.present(c.r.b.Target).read(ctx, c.r)
}

// A present is what a worker knows of the present of one target.
type present struct {
	mu     sync.Mutex
	values *detectors.Values // nil until they were read
}

// present returns that of a target, of which all batches of the run here have one.
func (j *joined) present(target string) *present {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.presents == nil {
		j.presents = map[string]*present{}
	}
	if j.presents[target] == nil {
		j.presents[target] = &present{}
	}
	return j.presents[target]
}

// read reads the present once. What of it cannot be read is told by who reads it for
// its own sake.
func (p *present) read(ctx context.Context, r *reading) (*detectors.Values, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.values != nil {
		return p.values, nil
	}
	s, err := r.j.work.Source(ctx, r.b.Target)
	if err != nil {
		return nil, err
	}
	values := &detectors.Values{}
	now := []scanners.Target{{Name: r.b.Target, Source: scanners.Present(s)}}
	for res := range scanners.Scan(ctx, now, r.marking(r.options())) {
		for i := range res.Findings {
			values.Add(&res.Findings[i])
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.values = values
	return values, nil
}
