package register

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ecart-rgpd/ecart/rules"
)

// Words that have broken YAML writers before.
var nasty = []string{
	"Paie", "oui", "no", "~", "null", "true", "12", "0102", "1e3", "2024-01-05", "0x1F", "a: b", "a #b", "# a", "- a", "[a", "{a}", "a, b",
	"'a'", `"a"`, `a\b`, "deux\nlignes", "tab\tici", "é à ç œ", "  ", "l’été", "a\u00a0b", "P5Y", "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", "?", ":",
	"=", "<<", "---", "a\u2028b", "\u200b", "𝄞", "a:", "Contrôle d'accès des utilisateurs", "«\u202fcitation\u202f»", "\x07",
}

type source rand.Rand

func (s *source) n(n int) int  { return (*rand.Rand)(s).Intn(n) }
func (s *source) maybe() bool  { return s.n(2) == 0 }
func (s *source) text() string { return strings.TrimSpace(nasty[s.n(len(nasty))]) }
func (s *source) texts() []string {
	var all []string
	for range s.n(4) {
		if t := s.text(); t != "" {
			all = append(all, t)
		}
	}
	return all
}

func pick(s *source, from []string) string {
	if s.maybe() {
		return ""
	}
	return from[s.n(len(from))]
}

func (s *source) from() (*Source, float64) {
	switch s.n(3) {
	case 0:
		return &Source{File: "politique.txt", Line: 1 + s.n(300), Words: s.text()}, 0.5
	case 1:
		return nil, 0.25
	}
	return nil, 0
}

func (s *source) retention() []Retention {
	var all []Retention
	for range s.n(3) {
		r := Retention{Duration: pick(s, []string{"P5Y", "P13M", "P0D", "PT24H"}), Starts: s.text(), Criterion: s.text(), Subject: s.text(), Max: pick(s, []string{"P9Y"})}
		if s.maybe() {
			r.Archive = &Archive{Duration: pick(s, []string{"P10Y"}), Starts: s.text()}
		}
		r.Source, r.Confidence = s.from()
		all = append(all, r)
	}
	return all
}

func (s *source) data(ids []string) []Datum {
	var all []Datum
	for range s.n(4) {
		d := Datum{Category: ids[s.n(len(ids))], Retention: s.retention()}
		d.Source, d.Confidence = s.from()
		all = append(all, d)
	}
	return all
}

func (s *source) recipients() []Recipient {
	var all []Recipient
	for range s.n(3) {
		c := Recipient{Name: "R" + s.text(), Kind: s.text(), Country: pick(s, []string{"FR", "US"})}
		c.Source, c.Confidence = s.from()
		all = append(all, c)
	}
	return all
}

func (s *source) transfers() Transfers {
	switch s.n(3) {
	case 0:
		return Transfers{None: true}
	case 1:
		return Transfers{}
	}
	var t Transfers
	for range 1 + s.n(2) {
		x := Transfer{Country: pick(s, []string{"US"}), Recipient: s.text(), Provider: s.text(), Safeguard: pick(s, Safeguards), Conditional: s.text(), Document: s.text()}
		x.Source, x.Confidence = s.from()
		t.List = append(t.List, x)
	}
	return t
}

func (s *source) measures() []Measure {
	var all []Measure
	for range s.n(3) {
		m := Measure{Kind: s.text(), Detail: "M" + s.text()}
		m.Source, m.Confidence = s.from()
		all = append(all, m)
	}
	return all
}

func (s *source) register(ids []string) *Register {
	reg := &Register{Format: pick(s, []string{"policy", "yaml"})}
	reg.Organisation = Organisation{Name: s.text(), SIREN: pick(s, []string{"991234568"}), Contact: Party{Email: s.text(), Phone: s.text(), Address: s.text()}}
	if s.maybe() {
		reg.Organisation.DPO = &Party{Name: "D" + s.text(), Company: s.text()}
	}
	reg.Document = Document{LegalBases: []string{"consent"}, Retention: s.retention(), Recipients: s.recipients(), Transfers: s.transfers(), Security: s.measures(), Data: s.data(ids)}
	for i := range s.n(4) {
		t := Treatment{
			ID: fmt.Sprintf("t%d", i), Name: "T" + s.text(), Ref: s.text(), Created: pick(s, []string{"2024-01-31"}), Role: Role(pick(s, Roles)),
			OnBehalfOf: s.texts(), JointControllers: s.texts(), Purposes: s.texts(), SpecialCategoryBasis: pick(s, SpecialBases), DataSubjects: s.texts(),
			Data: s.data(ids), Retention: s.retention(), Recipients: s.recipients(), Transfers: s.transfers(), Security: s.measures(),
			Profiling: s.text(), Origin: s.text(), ProcessorContract: s.text(), Notes: s.text(),
		}
		if s.maybe() {
			t.DPIA = &DPIA{Reference: "A" + s.text(), Date: pick(s, []string{"2024-02-29"})}
		}
		t.Source, t.Confidence = s.from()
		reg.Treatments = append(reg.Treatments, t)
	}
	for i := range s.n(3) {
		y := System{ID: fmt.Sprintf("s%d", i), Name: "S" + s.text(), Locations: []string{"repo:src/**", "db:paie.*"}, Host: &Host{Provider: s.text(), Country: pick(s, []string{"IE"})}}
		y.Source, y.Confidence = s.from()
		reg.Systems = append(reg.Systems, y)
	}
	return reg
}

// same compares what a register says, not where it was read.
func same(a, b *Register) string {
	return cmp.Diff(a, b, cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(Register{}, "File", "Format"),
		cmpopts.IgnoreFields(Source{}, "Words"),
		cmpopts.IgnoreFields(System{}, "LocationLines", "LocationColumns", "Todo"),
		cmpopts.IgnoreFields(Register{}, "Todo"), cmpopts.IgnoreFields(Organisation{}, "Todo"), cmpopts.IgnoreFields(Treatment{}, "Todo"),
		cmp.FilterPath(func(p cmp.Path) bool {
			return p.Last().String() == ".Line" && !strings.Contains(p.String(), "Source") || p.Last().String() == ".Has"
		}, cmp.Ignore()))
}

func TestRoundTrips(t *testing.T) {
	categories, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range categories {
		ids = append(ids, c.ID)
	}
	for seed := range 60 {
		reg := (*source)(rand.New(rand.NewSource(int64(seed)))).register(ids)
		for form, write := range map[string]func(*bytes.Buffer) error{
			"yaml": func(b *bytes.Buffer) error { return reg.WriteYAML(b) },
			"json": func(b *bytes.Buffer) error { return reg.WriteJSON(b) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			back, err := Parse("r", b.Bytes())
			if err != nil {
				t.Fatalf("seed %d, %s: %v\n%s", seed, form, err, b.String())
			}
			if d := same(reg, back); d != "" {
				t.Fatalf("seed %d, %s: %s\n%s", seed, form, d, b.String())
			}
		}
	}
}

// A draft in JSON says in keys what YAML says in comments: what it rests on, and
// what the text does not say.
func TestDraftInJSONSaysWhatIsSilent(t *testing.T) {
	said := &Register{
		Format: "policy", Untold: []Source{{Words: "Paie", Line: 9}},
		Treatments: []Treatment{{ID: "lettre", Name: "Lettre", Source: &Source{File: "p.txt", Line: 3, Words: "envoyer la lettre"}, Data: []Datum{{Category: "email", Source: &Source{File: "p.txt", Line: 4, Words: "adresse e-mail"}}}}},
		Systems:    []System{{ID: "crm", Name: "CRM"}},
	}
	var asJSON, direct, through bytes.Buffer
	if err := said.WriteJSON(&asJSON); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"words": "envoyer la lettre"`, `"TODO legal_bases: `, `"TODO locations: `, `"TODO dpo: `, `« Paie » (ligne 9)`} {
		if !strings.Contains(asJSON.String(), want) {
			t.Errorf("no %s in\n%s", want, asJSON.String())
		}
	}
	back, err := Parse("r.json", asJSON.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(said.WriteYAML(&direct), back.WriteYAML(&through)); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(direct.String(), through.String()); d != "" {
		t.Error(d)
	}
}
