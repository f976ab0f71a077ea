package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// accepted takes the entries of ecart.yaml. One that can fit no gap is an error:
// what it should accept would stay open without a word.
func (s *settings) accepted(entries []acceptEntry) error {
	for i, a := range entries {
		kind, subject, _ := strings.Cut(a.Gap, "/")
		if err := knownSubject(s.rules, reconcile.Kind(kind), subject); err != nil {
			return fmt.Errorf("accept entry %d: %w", i+1, err)
		}
		if err := s.knownPlace(a.Location); err != nil {
			return fmt.Errorf("accept entry %d: %w", i+1, err)
		}
		s.accept = append(s.accept, reconcile.Accept{Gap: a.Gap, Location: a.Location, Accepted: reconcile.Accepted{Reason: a.Reason, By: a.By, Until: a.Until, Ticket: a.Ticket}})
	}
	return nil
}

// ofCategories are the kinds of gaps about a category. Others are about fields of
// the law and recipients by whatever name the register or the policy gives them.
var ofCategories = []reconcile.Kind{reconcile.UndeclaredSystem, reconcile.UndeclaredCategory, reconcile.PersonalDataInHistory, reconcile.PersonalDataInLogs, reconcile.PlaintextCredential, reconcile.ForbiddenData}

// knownSubject refuses a category that there is none of.
func knownSubject(r *rules.Rules, kind reconcile.Kind, subject string) error {
	if subject == "" || !slices.Contains(ofCategories, kind) {
		return nil
	}
	label, law, err := subjectWords(r, subject, "en")
	if err != nil || label != "" || law != nil {
		return err
	}
	var known []string
	for _, c := range r.Categories {
		known = append(known, c.ID)
	}
	slices.Sort(known)
	return fmt.Errorf("gap: nothing is called %q: write a category as `rule` shows it in a report; %s", subject, register.OneOf(subject, known))
}

// knownPlace refuses a glob without a target. One of a target that is not in this
// run is not judged.
func (s *settings) knownPlace(location string) error {
	g, err := item.ParseGlob(location)
	if err != nil {
		return fmt.Errorf("location: %w", err)
	}
	if g.Target == "" {
		return fmt.Errorf("location: %s names no target: write TARGET:GLOB, for example repo:tests/**", location)
	}
	return nil
}
