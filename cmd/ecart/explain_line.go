package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/report"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/code"
	"github.com/ecart-rgpd/ecart/scanners/repo"
)

// fileLine reads FILE:LINE.
func fileLine(s string) (file string, line int, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 1 {
		return "", 0, false
	}
	line, err := strconv.Atoi(s[i+1:])
	return s[:i], line, err == nil && line > 0
}

// explainLine scans one file and prints what is found on one line: the category,
// how it is known, how sure, which rule speaks and where a flow goes.
func (f *explainFlags) explainLine(ctx context.Context, w io.Writer, file string, line int, lang string) error {
	scan := &scanFlags{config: f.config, register: f.register, rules: f.rules, lang: lang, workers: 1}
	s, err := scan.settings(ctx, []string{file})
	if err != nil {
		return err
	}
	defer s.close()
	engine, err := all.Engine(s.rules)
	if err != nil {
		return err
	}
	p := printer{w: w, lang: lang}
	found, unread := 0, false
	targets := []scanners.Target{{Name: s.targets[0].about.Name, Source: s.targets[0].source}}
	for r := range scanners.Scan(ctx, targets, scanners.Options{Engine: engine, Formats: formats(), Workers: 1}) {
		for i := range r.Findings {
			if x := &r.Findings[i]; x.To == nil && (x.At.Line == line || slices.Contains(x.Lines, line)) {
				found++
				p.finding(s, x)
			}
		}
		if err := p.unread(r.Coverage.Unread); err != nil {
			return err
		}
		unread = unread || len(r.Coverage.Unread) > 0
	}
	flows, lost := callsInto(ctx, engine, file)
	if err := p.unread(lost); err != nil {
		return err
	}
	unread = unread || len(lost) > 0
	for _, x := range flows {
		if x.At.Line == line {
			found++
			p.finding(s, &x)
		}
	}
	switch {
	case unread && p.err == nil: // nothing found there says nothing
		return status(exitIncomplete)
	case found == 0:
		p.line("%s", p.say("Rien de personnel n'est reconnu sur cette ligne.", "Nothing personal is recognised on this line."))
	}
	return p.err
}

// callsInto lists the flows that begin in other files of the work tree and end in
// file, and what could not be read for them; none outside of a work tree.
func callsInto(ctx context.Context, e *detectors.Engine, file string) ([]detectors.Finding, []item.Unread) {
	d, name, err := repo.OpenFileAsChange(ctx, file)
	if err != nil {
		return nil, nil
	}
	flows, unread := code.NewJoin(map[string]code.Tree{"": d}, e).Flows(ctx, "")
	return slices.DeleteFunc(flows, func(x detectors.Finding) bool { return x.At.Path != name }), unread
}

// unread prints what could not be read.
func (p *printer) unread(all []item.Unread) error {
	for _, u := range all {
		why, err := report.Reason(p.lang, u.Reason)
		if err != nil {
			return err
		}
		p.line("%s %s", p.say("non lu :", "not read:"), why)
	}
	return nil
}

func inFile(s item.Step) string {
	if s.File == "" {
		return ""
	}
	return s.File + ", "
}

// finding prints one finding of a line.
func (p *printer) finding(s *settings, x *detectors.Finding) {
	label := s.rules.Category(x.Category).Label.In(p.lang)
	if x.Third != nil {
		name, _, err := subjectWords(s.rules, x.Third.ID, p.lang)
		if err != nil || name == "" {
			name = x.Third.ID
		}
		label = strings.TrimSpace(label + " → " + name)
	}
	switch {
	case x.Sink == item.SinkPurge:
		p.line(p.say("réglage d'effacement de « %s »", "deletion setting of \"%s\""), x.Identifier)
	case x.Sink == item.SinkConsent:
		p.line("%s %s", p.say("outil de consentement :", "consent tool:"), x.Identifier)
	case x.Category == "":
		p.line("%s", label)
	default:
		p.line("%s (%s)", label, x.Category)
	}
	p.line("  %s %s, %s", p.say("connu par :", "known by:"), p.evidence(x.Evidence), x.Detector)
	p.line("  %s %.2f%s", p.say("confiance :", "confidence:"), x.Confidence, p.threshold(x))
	if name := strings.Trim(x.At.Table+"."+x.At.Column, "."); name != "" {
		p.said("  colonne", "  column", name)
	}
	if x.Kept != "" {
		if x.Sink == item.SinkPurge {
			p.said("  conservé avant effacement", "  kept before deletion", p.duration(x.Kept))
		} else {
			p.said("  durée de vie du cookie (plus de 13 mois)", "  lifetime of the cookie (over 13 months)", p.duration(x.Kept))
		}
	}
	for _, step := range x.Flow {
		p.line("  %s%s %d  %s", inFile(step), p.say("ligne", "line"), step.Line, step.Note)
	}
	if x.Category != "" && x.Confidence >= detectors.Sure && !x.Specimen {
		p.weight(s, x)
	}
	if x.Evidence == detectors.ByName {
		p.reasons(s.rules, strings.Trim(x.At.Table+"."+x.At.Column, "."))
	}
}

// duration reads a period aloud; as it is written when it is none.
func (p *printer) duration(iso string) string {
	span, ok := register.ParseSpan(iso)
	if !ok {
		return iso
	}
	return reconcile.Spoken(span).In(p.lang)
}

// weight prints what the gap of a finding would weigh here, and why.
func (p *printer) weight(s *settings, x *detectors.Finding) {
	in := reconcile.Input{Rules: s.rules, Register: s.register}
	for _, t := range s.targets {
		in.Targets = append(in.Targets, t.about)
	}
	weight, level, entries := reconcile.Weigh(in, x)
	p.line("  %s %d/100 (%s)", p.say("poids si non déclaré :", "weight if undeclared:"), weight, p.level(level))
	for _, e := range entries {
		p.line("  %+d  %s. %s", e.Add, e.Title.In(p.lang), e.Why.In(p.lang))
	}
}

// threshold says what would make the finding a gap, or not.
func (p *printer) threshold(x *detectors.Finding) string {
	switch {
	case x.Specimen:
		return p.say(" (spécimen publié : aucun écart)", " (published specimen: no gap)")
	case x.Confidence < detectors.Sure:
		return fmt.Sprintf(p.say(" (sous %.1f : aucun écart)", " (under %.1f: no gap)"), detectors.Sure)
	}
	return ""
}
