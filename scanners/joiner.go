package scanners

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// A Joiner puts the results of the stretches of an item together.
type Joiner struct {
	Each   bool
	result Result
	merge  detectors.Merge
	kind   item.StretchKind
	of     int  // stretches there are
	had    int  // stretches there were
	begun  bool // the first one was among them: the item counts there, once
	read   int  // of those, read or known from earlier
	known  int  // of those, known from earlier
	before int  // lines or messages before the next stretch; -1 when not known
}

// Add takes the result of the next stretch.
func (j *Joiner) Add(r Result) {
	if j.had == 0 {
		j.result, j.merge = Result{Target: r.Target, Path: r.Path}, detectors.Merge{Each: j.Each}
		j.of, j.kind = r.Stretch.Of, r.Stretch.Kind
		if j.begun = r.Stretch.Number == 0; !j.begun {
			j.before = -1 // what stands before was lost, or comes later
		}
	}
	j.had++
	if j.kind == item.OfLines {
		j.addLines(r)
	} else {
		j.addParts(r)
	}
}

// addLines adds a stretch of a document: what is found in several is one finding.
func (j *Joiner) addLines(r Result) {
	c := r.Coverage
	j.merge.Add(r.Findings, j.before)
	for i := range c.Unread {
		c.Unread[i].At.Line = detectors.Near(c.Unread[i].At.Line, j.before)
	}
	switch {
	case c.Read+c.Unchanged == 0 || j.before < 0:
		j.before = -1
	default:
		j.before += c.Lines
	}
	j.read += c.Read + c.Unchanged
	j.known += c.Unchanged
	c.Items, c.Read, c.Unchanged = 0, 0, 0
	j.result.Coverage.Add(c)
}

// addParts adds a stretch of a container: what its parts gave stands side by side,
// and the container itself counts once.
func (j *Joiner) addParts(r Result) {
	c := r.Coverage
	j.rename(&r)
	j.result.Findings = append(j.result.Findings, r.Findings...)
	c.Items = max(c.Items-1, 0)
	switch own := c.Lines > 0; {
	case !own || j.before < 0:
		j.before = -1
	default:
		j.before += c.Lines - 1
	}
	switch {
	case c.Lines == 0:
	case c.Unchanged > 0:
		c.Unchanged--
		j.known++
		j.read++
	case c.Read > 0:
		c.Read--
		j.read++
	}
	j.result.Coverage.Add(c)
}

// rename gives messages the numbers they have in their box. Behind a stretch that
// was lost they are counted from its end: `message-3~12` is the twelfth of the third.
func (j *Joiner) rename(r *Result) {
	if j.kind != item.OfMessages || r.Stretch.Number == 0 {
		return
	}
	box := r.Path + "!/"
	name := func(path *string) {
		rest, ok := strings.CutPrefix(*path, box+item.FarMessage)
		number, rest, dot := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		switch {
		case !ok || !dot || err != nil:
		case j.before < 0:
			*path = box + "message-" + strconv.Itoa(r.Stretch.Number+1) + "~" + number + "." + rest
		default:
			*path = box + "message-" + strconv.Itoa(j.before+n) + "." + rest
		}
	}
	for i := range r.Findings {
		name(&r.Findings[i].At.Path)
		for k := range r.Findings[i].Flow {
			name(&r.Findings[i].Flow[k].File)
		}
	}
	for i := range r.Coverage.Unread {
		name(&r.Coverage.Unread[i].At.Path)
	}
	for i := range r.Coverage.Sampled {
		name(&r.Coverage.Sampled[i])
	}
}

// Ready returns what need not wait for the stretches to come, once; false when
// there is nothing. A container can hold more than fits in memory.
func (j *Joiner) Ready() (Result, bool) {
	r := j.result
	if j.kind == item.OfLines || len(r.Findings) == 0 {
		return Result{}, false
	}
	j.result.Findings, j.result.Coverage = nil, item.Coverage{}
	return r, true
}

// Full tells whether every stretch was added.
func (j *Joiner) Full() bool { return j.had > 0 && j.had == j.of }

// Result is that of the whole item, or of those of its stretches that followed
// each other, without what Ready gave.
func (j *Joiner) Result() Result {
	r := j.result
	if j.kind == item.OfLines {
		r.Findings = j.merge.Findings()
	}
	if j.begun {
		r.Coverage.Items++
	}
	switch {
	case j.read < j.of:
	case j.known == j.of:
		r.Coverage.Unchanged++
	default:
		r.Coverage.Read++
	}
	return r
}
