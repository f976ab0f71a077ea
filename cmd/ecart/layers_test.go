package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/ecart-rgpd/ecart/"

// layers is who may import whom, as docs/architecture.md draws it. A folder
// stands for itself and all below it, unless a longer name is listed.
var layers = map[string][]string{
	"item":              {},
	"rules":             {"item"},
	"scanners/document": {"scanners/document", "item"}, // bzip is its own package within
	"detectors":         {"detectors", "rules", "item"},
	// The walk imports none of its other folders: a format or source is handed to it.
	"scanners":       {"detectors", "rules", "scanners/document", "item"},
	"scanners/":      {"scanners/", "detectors", "rules", "scanners/document", "item"},
	"register":       {"register", "rules", "scanners/document", "item"},
	"reconcile":      {"register", "detectors", "rules", "item"},
	"report":         {"reconcile", "register", "detectors", "rules", "item"},
	"cmd/ecart":      {"cmd/ecart", "item", "rules", "detectors", "scanners", "scanners/", "scanners/share", "scanners/document", "register", "reconcile", "report", "fleet"},
	"fleet":          {"scanners", "detectors", "rules", "item"},
	"rules/compile":  {"rules"},
	"scanners/share": {"scanners/share", "detectors", "rules", "scanners/document", "item"},
}

// TestLayers fails on any import that the table does not allow.
func TestLayers(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		checkImports(t, strings.TrimPrefix(p.ImportPath, module), p.Imports)
	}
}

func checkImports(t *testing.T, pkg string, imports []string) {
	layer := layerOf(pkg)
	allowed, ok := layers[layer]
	if !ok {
		t.Errorf("%s is in no layer: add it to the table and to docs/architecture.md", pkg)
		return
	}
	for _, i := range imports {
		ours, found := strings.CutPrefix(i, module)
		if !found {
			continue
		}
		if to := layerOf(ours); !slices.Contains(allowed, to) {
			t.Errorf("%s (layer %s) imports %s (layer %s)", pkg, layer, ours, to)
		}
	}
}

// layerOf names the layer of a package: the longest entry of the table above it.
func layerOf(pkg string) string {
	if _, ok := layers[pkg]; ok {
		return pkg
	}
	if rest, ok := strings.CutPrefix(pkg, "scanners/"); ok && !strings.HasPrefix(rest, "document") && !strings.HasPrefix(rest, "share") {
		return "scanners/"
	}
	for dir := pkg; strings.Contains(dir, "/"); {
		dir = dir[:strings.LastIndexByte(dir, '/')]
		if _, ok := layers[dir]; ok {
			return dir
		}
	}
	return pkg
}

// TestLayersSeeWrongImports proves that the check can fail.
func TestLayersSeeWrongImports(t *testing.T) {
	for pkg, wrong := range map[string]string{"item": "rules", "scanners": "scanners/repo", "reconcile": "report", "register/cnil": "detectors"} {
		if slices.Contains(layers[layerOf(pkg)], layerOf(wrong)) {
			t.Errorf("the table lets %s import %s", pkg, wrong)
		}
	}
}
