package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// Every subject of a gap that a report prints is explained in words, never by a key
// of the program.
func TestExplainSubjects(t *testing.T) {
	list, err := rules.LawRules()
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{
		"retention-exceeded/purge": "", "retention-exceeded/cookie": "", "undeclared-recipient/aws": "Amazon Web Services", "undeclared-category/nir": "",
		"undeclared-recipient/unknown-party": "unknown-party", "declared-not-observed/email": "",
	}
	for _, r := range list {
		if r.Gap == "" {
			continue
		}
		ids[r.Gap+"/"+r.ID] = ""
		if r.Field == "" {
			continue
		}
		ids[r.Gap+"/"+r.Field] = ""
		for _, lang := range []string{"fr", "en"} {
			if said := rules.DeclaredWord("field", r.Field).Label.In(lang); said == r.Field && (lang == "fr" || strings.ContainsAny(said, "_.")) && said != "notes" {
				t.Errorf("%s: field %s has no words in %s", r.ID, r.Field, lang)
			}
		}
	}
	for id, want := range ids {
		out, err := runCommand(t, "explain", id, "--lang", "fr")
		title, _, _ := strings.Cut(out, "\n")
		title = strings.TrimPrefix(title, id)
		_, subject, _ := strings.Cut(id, "/")
		if err != nil || want != "" && !strings.Contains(title, want) || want != subject && strings.Contains(title, subject) && (strings.ContainsAny(subject, "-_.") || subject == "aws") {
			t.Errorf("explain %s: %v %s", id, err, title)
		}
	}
}

// A line that deletes what is old is explained as such, and not as a cookie.
func TestExplainPurge(t *testing.T) {
	file := filepath.Join(t.TempDir(), "purge.sql")
	if err := os.WriteFile(file, []byte("DELETE FROM visites WHERE created_at < NOW() - INTERVAL '6 years';\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := runCommand(t, "explain", file+":1", "--lang", "fr")
	if err != nil || !strings.Contains(out, "réglage d'effacement de « visites »") || !strings.Contains(out, "conservé avant effacement : 6 ans") || strings.Contains(out, "cookie") || strings.Contains(out, "()") {
		t.Errorf("%v\n%s", err, out)
	}
}
