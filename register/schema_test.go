package register

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"slices"
	"sort"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ecart-rgpd/ecart/rules"
)

const schemaFile = "registre.schema.json"

type schema struct {
	Properties map[string]any
	Defs       map[string]struct {
		Enum       []string
		Properties map[string]any
	} `json:"$defs"`
}

func readSchema(t *testing.T) (s schema) {
	t.Helper()
	src, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func sortedKeys[V any](m map[string]V) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

// The keys and words that Go reads are those the schema knows, both ways.
func TestSchemaAndTypesAgree(t *testing.T) {
	s, r := readSchema(t), &reader{}
	object := map[string]fields{
		"organisation": r.organisationFields(&Organisation{}), "party": r.partyFields(&Party{}, ast.Null(nil)),
		"document": r.documentFields(&Document{}), "treatment": r.treatmentFields(&Treatment{}), "datum": r.datumFields(&Datum{}),
		"retention": r.retentionFields(&Retention{}), "archive": r.archiveFields(&Archive{}), "recipient": r.recipientFields(&Recipient{}),
		"transfer": r.transferFields(&Transfer{}), "measure": r.measureFields(&Measure{}), "dpia": r.dpiaFields(&DPIA{}),
		"system": r.systemFields(&System{}), "host": r.hostFields(&Host{}), "source": r.sourceFields(&Source{}, new(float64)),
	}
	if got, want := sortedKeys(s.Properties), r.registerFields(&Register{}).names(); !slices.Equal(got, want) {
		t.Errorf("register: schema %v, Go %v", got, want)
	}
	for name, def := range s.Defs {
		if def.Properties == nil {
			continue
		}
		if got, want := sortedKeys(def.Properties), object[name].names(); !slices.Equal(got, want) {
			t.Errorf("%s: schema %v, Go %v", name, got, want)
		}
		delete(object, name)
	}
	if len(object) > 0 {
		t.Errorf("not in the schema: %v", sortedKeys(object))
	}
	categories, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range categories {
		ids = append(ids, c.ID)
	}
	for name, want := range map[string][]string{"category": ids, "basis": LegalBases, "special_basis": SpecialBases, "safeguard": Safeguards, "role": Roles} {
		if got := s.Defs[name].Enum; !slices.Equal(got, want) {
			t.Errorf("%s: schema %v, Go %v", name, got, want)
		}
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	compiled, err := c.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// valid tells whether the schema takes a YAML text.
func valid(t *testing.T, s *jsonschema.Schema, src string) bool {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(src), &v); err != nil {
		return false
	}
	// Through JSON, for the types that the validator expects.
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var wrong *jsonschema.ValidationError
	err = s.Validate(doc)
	if err != nil && !errors.As(err, &wrong) {
		t.Fatal(err)
	}
	return err == nil
}

func TestSchemaTakesWhatGoReads(t *testing.T) {
	s := compileSchema(t)
	if !valid(t, s, sample) {
		t.Error("the sample is refused")
	}
	for seed := range 30 {
		reg := (*source)(rand.New(rand.NewSource(int64(seed)))).register([]string{"nir", "email"})
		var b bytes.Buffer
		if err := reg.WriteYAML(&b); err != nil {
			t.Fatal(err)
		}
		if !valid(t, s, b.String()) {
			t.Fatalf("refused:\n%s", b.String())
		}
	}
}

func TestSchemaRefusesWhatGoRefuses(t *testing.T) {
	s := compileSchema(t)
	for _, src := range []string{
		"ecart: 1\ntraitements: []\n", "ecart: 2\n", "treatments: []\n", "- a\n",
		"ecart: 1\ntreatments:\n  - name: A\n",
		"ecart: 1\ntreatments:\n  - id: la paie\n",
		"ecart: 1\ntreatments:\n  - {id: a, role: responsable}\n",
		"ecart: 1\ntreatments:\n  - {id: a, legal_bases: [contrat]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, data: [{category: e-mail}]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, data: [{category: email, retention: {duration: 3 ans}}]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, data: [{retention: P1Y}]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, transfers: aucun}\n",
		"ecart: 1\ntreatments:\n  - {id: a, recipients: [{country: FR}]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, recipients: [{name: X, country: France}]}\n",
		"ecart: 1\ntreatments:\n  - {id: a, created: 01/02/2024}\n",
		"ecart: 1\nsystems:\n  - {id: s, locations: [src]}\n",
		"ecart: 1\norganisation: {siren: 12}\n",
	} {
		if _, err := Parse("r.yaml", []byte(src)); err == nil {
			t.Errorf("Go takes:\n%s", src)
		}
		if valid(t, s, src) {
			t.Errorf("the schema takes:\n%s", src)
		}
	}
}
