package detectors

import (
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// confidentThird is the confidence of a third party seen in code or
// configuration; one in tests, examples or comments raises no gap.
const (
	confidentThird = 0.9
	confidentAside = 0.4
	// confidentCookie is that of a lifetime written down in code.
	confidentCookie = 0.8
)

// thirds notes the third parties of a segment: one finding each and clue.
func (o *object) thirds(seg *item.Segment) {
	for i := range seg.Thirds {
		t := seg.Thirds[i]
		if !o.added(t.Line) {
			continue
		}
		f := Finding{At: o.at, Evidence: BySight, Detector: t.Clue, Confidence: confidentThird, Count: 1, Third: &t}
		if t.Aside {
			f.Confidence = confidentAside
		}
		f.at(t.Line)
		if !o.again(&f) {
			o.found = append(o.found, f)
		}
	}
}

// again counts a third party already noted.
func (o *object) again(f *Finding) bool {
	for i := range o.found {
		have := &o.found[i]
		if have.Evidence != BySight || have.Third.ID != f.Third.ID || have.Third.Clue != f.Third.Clue ||
			have.Third.Country != f.Third.Country || have.Third.Host != f.Third.Host || have.Third.Aside != f.Third.Aside {
			continue
		}
		if !o.options.Each {
			have.Count++
			if len(have.Lines) < MaxLines {
				have.Lines = append(have.Lines, f.Lines...)
			}
			return true
		}
	}
	return false
}

func (f *Finding) at(line int) {
	f.At.Line = line
	if line > 0 {
		f.Lines = []int{line}
	}
}

// flows judges what each flow carries by the name of its source. A flow of
// nothing personal is no finding.
func (o *object) flows(seg *item.Segment) {
	if o.engine.names == nil {
		return
	}
	for _, fl := range seg.Flows {
		if fl.To != nil {
			o.half(fl)
			continue
		}
		if !o.added(fl.Line) {
			continue
		}
		if fl.Sink == item.SinkPurge || fl.Sink == item.SinkConsent { // what it deletes is for the register to say
			o.found = append(o.found, o.flow(fl, Verdict{Rule: "code." + string(fl.Sink), Confidence: confidentCookie}))
			continue
		}
		if fl.Kept != "" { // a cookie that lives long follows someone, whatever its name
			o.found = append(o.found, o.flow(fl, Verdict{Category: "online_activity", Rule: "code.cookie-lifetime", Confidence: confidentCookie}))
			continue
		}
		for _, v := range o.engine.names.Judge(fl.Source) {
			o.found = append(o.found, o.flow(fl, v))
		}
	}
}

// half notes data handed to a function of another file, whatever lines are asked
// for: the other half may be on one of them.
func (o *object) half(fl item.Flow) {
	for _, v := range o.engine.names.Judge(fl.Source) {
		if v.Confidence < Sure {
			continue
		}
		f := o.flow(fl, v)
		f.To, f.Fresh = fl.To, o.options.Added != nil && o.added(fl.Line)
		o.found = append(o.found, f)
	}
}

func (o *object) flow(fl item.Flow, v Verdict) Finding {
	f := Finding{
		At: o.at, Category: v.Category, Identifier: o.mask(fl.Source.Name), Evidence: ByFlow, Detector: v.Rule,
		Confidence: v.Confidence, Count: 1, Sink: fl.Sink, Flow: slices.Clone(fl.Path), Scope: o.mask(fl.Inside), Kept: fl.Kept,
	}
	for i := range f.Flow { // a key read from a request may be a value
		f.Flow[i].Note = o.mask(f.Flow[i].Note)
	}
	f.at(fl.Line)
	if fl.Third != "" {
		f.Third = &item.Third{ID: fl.Third, Line: fl.Line}
	}
	return f
}
