// Package report writes the result of a reconciliation: one file per format.
// The same Result gives the same bytes.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// Options are what a reader may choose.
type Options struct {
	Lang     string // "fr" or "en"
	Version  string // of ecart
	Color    bool   // terminal only
	Category string // of the SARIF upload; empty for ecart/<targets>
	Verbose  bool   // terminal: every gap, not the first of each place
}

// A Format writes a Result.
type Format func(w io.Writer, r *reconcile.Result, o Options) error

// formats by file extension.
var formats = map[string]Format{
	"csv":    CSV,
	"html":   HTML,
	"json":   JSON,
	"md":     Markdown,
	"rdjson": RDJSON,
	"sarif":  SARIF,
	"txt":    Terminal,
	"xlsx":   XLSX,
	"xml":    JUnit,
}

// named formats are written to standard output when -o has only their name.
var named = map[string]Format{
	"codequality": GitLab,
	"github":      GitHub,
	"gitlab":      GitLabSAST,
	"json":        JSON,
	"junit":       JUnit,
	"markdown":    Markdown,
	"rdjson":      RDJSON,
	"sarif":       SARIF,
}

// gitlabFiles are the names GitLab gives its reports.
var gitlabFiles = map[string]Format{
	"gl-code-quality-report.json": GitLab,
	"gl-sast-report.json":         GitLabSAST,
}

// For returns the format of an output file, or of a format's name; stdout tells
// which of the two it was.
func For(output string) (f Format, stdout bool, err error) {
	if f, ok := named[output]; ok {
		return f, true, nil
	}
	if f, ok := gitlabFiles[filepath.Base(output)]; ok {
		return f, false, nil
	}
	ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(output)), ".")
	if f, ok := formats[ext]; ok {
		return f, false, nil
	}
	return nil, false, fmt.Errorf("output %s: unknown format: end the name with %s, or give one of %s", output, list(formats, "."), list(named, ""))
}

func list(m map[string]Format, prefix string) string {
	var names []string
	for n := range m {
		names = append(names, prefix+n)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}
