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

// Count counts the gaps of a result, unfolded; one told with another is not counted.
func Count(r *reconcile.Result) Counts {
	c := Counts{Levels: map[reconcile.Level]int{}}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		switch {
		case g.Under != "": // told with another
			continue
		case g.State == reconcile.Gone:
			c.Gone++
			continue
		case g.Accepted != nil:
			c.Accepted++
			continue
		case g.State == reconcile.New:
			c.New++
		case g.State == reconcile.Unchanged:
			c.Unchanged++
		}
		c.Levels[g.Level]++
	}
	return c
}
