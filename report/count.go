package report

import "github.com/ecart-rgpd/ecart/reconcile"

// Counts are the figures of a report.
type Counts struct {
	Levels               map[reconcile.Level]int // of open gaps
	Accepted             int
	New, Unchanged, Gone int
}

// Open is the number of gaps that are neither accepted nor gone.
func (c Counts) Open() int {
	return c.Levels[reconcile.Error] + c.Levels[reconcile.Warning] + c.Levels[reconcile.Note]
}

// Count counts the gaps of a result, unfolded.
func Count(r *reconcile.Result) Counts {
	c := Counts{Levels: map[reconcile.Level]int{}}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		switch g.State {
		case reconcile.New:
			c.New++
		case reconcile.Unchanged:
			c.Unchanged++
		case reconcile.Gone:
			c.Gone++
			continue
		}
		if g.Accepted != nil {
			c.Accepted++
			continue
		}
		c.Levels[g.Level]++
	}
	return c
}
