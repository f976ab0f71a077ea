package reconcile

import (
	"maps"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// Practices are what code does about data rather than with it: it deletes, it asks
// for consent, it sets cookies for a time.
type practices struct {
	purges  map[string]bool              // targets with a setting that deletes
	consent map[string]bool              // targets with a tool that asks for consent
	kept    map[string]detectors.Finding // system → the first stored field of a person
}

// practiceSeen notes what a finding says of practices, and holds durations to the
// references of rules/law.
func practiceSeen(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Past != nil {
		return nil
	}
	p := &r.practices
	if p.purges == nil {
		p.purges, p.consent, p.kept = map[string]bool{}, map[string]bool{}, map[string]detectors.Finding{}
	}
	switch {
	case f.Sink == item.SinkPurge:
		p.purges[f.At.Target] = true
		return r.overReference("code-visits", f)
	case f.Sink == item.SinkConsent:
		p.consent[f.At.Target] = true
	case f.Sink == item.SinkCookie && f.Kept != "":
		return r.overReference("code-cookie", f)
	case f.Declared && f.Sink == "" && f.Evidence == detectors.ByName && f.Category != "" && r.targets[f.At.Target].Code:
		for _, s := range c.systems {
			if _, known := p.kept[s.ID]; !known {
				p.kept[s.ID] = *f
			}
		}
	}
	return nil
}

// codeRule is the rule of rules/law with a check; nil when there is none.
func codeRule(check string) *lawRule {
	book, err := openLawBook()
	if err != nil {
		return nil // told where declarations are checked
	}
	for i := range book.rules {
		if book.rules[i].Check == check {
			return &book.rules[i]
		}
	}
	return nil
}

// overReference raises a setting that keeps longer than the reference of a rule.
func (r *run) overReference(check string, f *detectors.Finding) []Gap {
	rule := codeRule(check)
	kept, ok := register.ParseSpan(f.Kept)
	if rule == nil || !ok {
		return nil
	}
	limit, ok := register.ParseSpan(rule.Max)
	if !ok || !kept.Longer(limit) || len(rule.Words) > 0 && !namesOne(f.Identifier+" "+f.Scope, rule.Words) {
		return nil
	}
	return []Gap{r.practiceGap(rule, f, f.Identifier, Spoken(kept), Spoken(limit))}
}

func namesOne(name string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(item.Fold(name), w) })
}

// practiceGap is a gap of a rule at the place of a finding.
func (r *run) practiceGap(rule *lawRule, f *detectors.Finding, name string, found, limit rules.Text) Gap {
	g := r.from(Kind(rule.Gap), f)
	g.Category, g.Field, g.Level = "", rule.ID, Level(rule.Level)
	g.Detail = Detail{Name: name, Law: rule.ID, Laws: rule.Law}
	place := f.At.String()
	say := func(text, found, limit string) string {
		return strings.NewReplacer("{place}", place, "{name}", name, "{found}", found, "{limit}", limit).Replace(text)
	}
	g.Detail.Message = rules.Text{FR: say(rule.Message.FR, found.FR, limit.FR), EN: say(rule.Message.EN, found.EN, limit.EN)}
	g.Detail.Next = rule.Next
	return g
}

// practicesAbsent raises what a declaration or a tracker asks for and nothing
// shows: deletion, and consent.
func practicesAbsent(r *run) []Gap {
	return append(r.purgesAbsent(), r.consentAbsent()...)
}

// purgesAbsent raises each system that keeps data of persons in code that was read
// whole, with a declared period, and where nothing deletes.
func (r *run) purgesAbsent() (gaps []Gap) {
	rule := codeRule("code-purge")
	if r.Register == nil || rule == nil {
		return nil
	}
	for i := range r.Register.Systems {
		s := &r.Register.Systems[i]
		f, keeps := r.practices.kept[s.ID]
		if !keeps || !r.limited(s) || !r.readAndSilent(s) {
			continue
		}
		label := r.Rules.Category(f.Category).Label
		g := r.practiceGap(rule, &f, s.Name, label, rules.Text{})
		g.System, g.Evidence, g.Count = s.ID, detectors.ByName, 1
		g.Object = f.At.Target + ":" + s.ID + "#purge"
		// An absence has no line of code: it is told where the period is declared.
		g.At = item.Location{Target: string(OnRegister), Path: r.Register.Using(s.ID)[0].ID, Place: item.Place{Line: max(s.Line, 1)}}
		g.Treatment = g.At.Path
		gaps = append(gaps, g)
	}
	return gaps
}

// limited tells whether a treatment that uses the system declares a period.
func (r *run) limited(s *register.System) bool {
	for _, t := range r.Register.Using(s.ID) {
		for i := range t.Data {
			for _, l := range r.retentions(t, &t.Data[i]) {
				if _, ok := register.ParseSpan(l.Duration); ok {
					return true
				}
			}
		}
	}
	return false
}

// readAndSilent tells whether all places of a system were read and none of their
// targets holds a setting that deletes: a job may stand far from what it cleans.
func (r *run) readAndSilent(s *register.System) bool {
	for _, l := range s.Locations {
		g, err := item.ParseGlob(l)
		if err != nil || !r.whole(g) || r.practices.purges[g.Target] {
			return false
		}
	}
	return true
}

// trackers are the kinds of recipients that follow visitors.
var trackers = map[string]bool{"analytics": true, "ads": true, "ads-social": true, "session-replay": true, "tag-manager": true}

// inPages are the clues that a tracker is loaded by a page or an application.
var inPages = map[string]bool{"script": true, "host": true, "import": true, "manifest": true}

// consentAbsent raises each target with trackers and without a consent tool.
func (r *run) consentAbsent() (gaps []Gap) {
	rule := codeRule("code-consent")
	if rule == nil {
		return nil
	}
	names, first := map[string][]string{}, map[string]detectors.Finding{}
	asks := map[string]bool{}
	for _, s := range r.parties.sorted() {
		x := r.recipient(s.id)
		if x == nil {
			continue
		}
		if x.Kind == "consent" {
			asks[s.target] = true
		}
		if f := s.best.finding; trackers[x.Kind] && f.Third != nil && (inPages[f.Third.Clue] || f.Evidence == detectors.ByFlow) {
			if _, known := first[s.target]; !known {
				first[s.target] = f
			}
			names[s.target] = append(names[s.target], x.Name)
		}
	}
	for _, target := range slices.Sorted(maps.Keys(first)) {
		if asks[target] || r.practices.consent[target] || r.targets[target].Part || !r.targets[target].Code {
			continue
		}
		f := first[target]
		list := strings.Join(names[target], ", ")
		g := r.practiceGap(rule, &f, "", rules.Text{FR: list, EN: list}, rules.Text{})
		g.Object = target + ":#consent"
		g.Flow, g.Sink = nil, ""
		gaps = append(gaps, g)
	}
	return gaps
}
