package reconcile

import (
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
)

// A place on a share or in a database is no path of the repository, where a file
// may bear the same name.
func TestAnchor(t *testing.T) {
	with := Anchors{Prefix: map[string]string{"repo": "", "sous": "a/b"}, Register: "docs/registre.yaml", Config: "ecart.yaml", Lines: map[string]int{"rh": 7}}
	noConfig, nothing := with, with
	noConfig.Config = ""
	nothing.Config, nothing.Register = "", ""
	at := func(target, path string) item.Location {
		return item.Location{Target: target, Path: path, Place: item.Place{Line: 3}}
	}
	for name, c := range map[string]struct {
		anchors Anchors
		gap     Gap
		want    Anchor
	}{
		"in the repository":          {with, Gap{At: at("repo", "src/app.py")}, Anchor{"src/app.py", 3}},
		"in a folder of it":          {with, Gap{At: at("sous", "src/app.py")}, Anchor{"a/b/src/app.py", 3}},
		"share, its line":            {with, Gap{At: at("rh", "src/app.py")}, Anchor{"ecart.yaml", 7}},
		"share, its system":          {with, Gap{At: at("rh", "src/app.py"), System: "paie"}, Anchor{"docs/registre.yaml", 12}},
		"share, system, no config":   {noConfig, Gap{At: at("rh", "src/app.py"), System: "paie"}, Anchor{"docs/registre.yaml", 12}},
		"share, no config":           {noConfig, Gap{At: at("rh", "src/app.py")}, Anchor{"docs/registre.yaml", 1}},
		"table, no config":           {noConfig, Gap{At: at("base", "main.clients")}, Anchor{"docs/registre.yaml", 1}},
		"past, no config":            {noConfig, Gap{Kind: PersonalDataInHistory, At: at("sous", "parti.csv")}, Anchor{"a/b/parti.csv", 3}},
		"share, nothing to show on":  {nothing, Gap{At: at("rh", "src/app.py")}, Anchor{"rh/src/app.py", 3}},
		"archive of a share, nor is": {nothing, Gap{At: at("rh", "lot.zip!/src/app.py")}, Anchor{"rh/lot.zip", 3}},
	} {
		r := &run{Input: Input{Anchors: c.anchors, Register: &register.Register{Systems: []register.System{{ID: "paie", Line: 12}}}}, targets: map[string]Target{"base": {Tables: true}}}
		if got := r.anchor(&c.gap); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
