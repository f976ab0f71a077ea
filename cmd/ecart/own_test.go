package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// What an earlier run left in a folder is skipped, whatever it is called and
// wherever it lies; what merely looks alike is read.
func TestOwnOutputs(t *testing.T) {
	t.Chdir("../..")
	share := t.TempDir()
	left := filepath.Join(share, "rapports", "2025")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	args := []string{"--config", "testdata/example/ecart.yaml", "--date", "2026-11-22", "--findings", filepath.Join(left, "a.jsonl"), "--state", filepath.Join(left, "b.etat"), "--inventory", filepath.Join(left, "inventaire")}
	for _, name := range []string{"c.json", "d.sarif", "e.html", "f.md", "g.csv"} {
		args = append(args, "-o", filepath.Join(left, name))
	}
	if text, err := runScan(t, args...); err == nil || err.Error() != status(exitGaps).Error() {
		t.Fatalf("the example ends with %v\n%s", err, text)
	}
	if err := os.WriteFile(filepath.Join(share, "vrai.json"), []byte(`{"tool": {"name": "autre"}, "email": "ninon@courrier.example"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "again.json")
	text, err := runScan(t, "partage="+share, "-o", out, "--lang", "en")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var got struct {
		Gaps     []struct{ Location string }
		Coverage map[string]struct {
			Items   int
			Skipped map[string]int
		}
	}
	b, err := os.ReadFile(out)
	if err == nil {
		err = json.Unmarshal(b, &got)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := got.Coverage["partage"]
	if len(got.Gaps) != 1 || got.Gaps[0].Location != "vrai.json" || c.Skipped["output of ecart"] != c.Items-1 || c.Items < 9 {
		t.Errorf("gaps %v, of %d files %v skipped; want one gap in vrai.json and all others skipped", got.Gaps, c.Items, c.Skipped)
	}
}
