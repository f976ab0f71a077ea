package reconcile

import (
	"time"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/register"
)

// retentionExceeded raises data older than every retention that the treatments
// of its place declare for it. When a retention runs from the end of something
// that data does not tell (a contract), the gap says that it is to be checked.
func retentionExceeded(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Category == "" || f.Past != nil || f.Sink != "" || r.targets[f.At.Target].Code && f.Oldest == "" {
		return nil
	}
	date := oldest(f)
	if date == "" {
		return nil
	}
	limit, longest, by := r.limit(c, f.Category)
	if by == nil || date >= limit {
		return nil
	}
	g := r.tooOld(f, c, longest, by)
	if f.Oldest != "" && f.Begun && r.starts().mayLast(longest.Starts) {
		g.Level, g.Detail.Found = Note, "untold" // an employee of 1999 may be here today: somebody has to look
	}
	if f.Evidence == detectors.ByName && f.Oldest == "" { // a header may stand over no row
		r.headings.wait(f, g)
		return nil
	}
	r.headings.filled(f)
	return []Gap{g}
}

// tooOld is the gap of a finding older than the longest retention of its place.
func (r *run) tooOld(f *detectors.Finding, c claim, longest register.Retention, by *register.Treatment) Gap {
	g := r.from(RetentionExceeded, f)
	g.Detail.FileDate = f.Oldest == ""
	if !g.Detail.FileDate && !r.targets[f.At.Target].Tables && f.At.Table != "" {
		g.Object = f.At.Target + ":" + f.At.Path + "#" + f.At.Table + "." + f.At.Column // values and name are one
	}
	g.Treatment, g.System, g.Level = by.ID, c.systems[0].ID, Warning
	g.Detail.Retention, g.Detail.Since, g.Detail.Name = longest.Duration, longest.Starts, by.Name
	if g.Detail.Since != "" && !r.starts().told(longest.Starts) {
		g.Detail.Found = "untold"
	}
	return g
}

// headings are columns of old files that are known by their name alone: they count
// once values of the same file show that there are rows.
type headings struct {
	waiting []headed
	rows    map[[2]string]bool // target and path of files with old values
}

type headed struct {
	file [2]string
	gap  Gap
}

func (h *headings) wait(f *detectors.Finding, g Gap) {
	if f.At.Table != "" {
		h.waiting = append(h.waiting, headed{[2]string{f.At.Target, f.At.Path}, g})
	}
}

func (h *headings) filled(f *detectors.Finding) {
	if h.rows == nil {
		h.rows = map[[2]string]bool{}
	}
	h.rows[[2]string{f.At.Target, f.At.Path}] = true
}

// namesTooOld raises the columns of old files with rows.
func namesTooOld(r *run) (gaps []Gap) {
	for i := range r.headings.waiting {
		if w := &r.headings.waiting[i]; r.headings.rows[w.file] {
			gaps = append(gaps, w.gap)
		}
	}
	return gaps
}

// limit is the oldest date that the longest declared retention allows; a nil
// treatment when one of them says no duration, for then nothing is exceeded.
func (r *run) limit(c claim, category string) (date string, longest register.Retention, by *register.Treatment) {
	for _, t := range c.treatments {
		for _, d := range t.Data {
			if ok, _ := r.Rules.Covers(d.Category, category); !ok {
				continue
			}
			for _, l := range r.retentions(t, &d) {
				from, ok := before(r.Date, total(l)...)
				if !ok {
					return "", register.Retention{}, nil
				}
				if by == nil || from < date {
					date, longest, by = from, l, t
				}
			}
		}
	}
	return date, longest, by
}

// retentions are those of an entry, else of its treatment, else of the document.
func (r *run) retentions(t *register.Treatment, d *register.Datum) []register.Retention {
	switch {
	case len(d.Retention) > 0:
		return d.Retention
	case len(t.Retention) > 0:
		return t.Retention
	}
	return r.Register.Document.Retention
}

// total is the active period, or its maximum, and the archive after it.
func total(l register.Retention) []string {
	d := l.Duration
	if l.Max != "" {
		d = l.Max
	}
	if l.Archive != nil {
		return []string{d, l.Archive.Duration}
	}
	return []string{d}
}

// before is date less the durations.
func before(date string, durations ...string) (string, bool) {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return "", false
	}
	for _, d := range durations {
		span, ok := register.ParseSpan(d)
		if !ok {
			return "", false
		}
		at = at.AddDate(0, -span.Months, -span.Days)
	}
	return at.Format(time.DateOnly), true
}
