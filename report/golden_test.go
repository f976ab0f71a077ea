package report

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ecart-rgpd/ecart/reconcile"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldens are the writers and the files their output is kept in. A workbook is
// no text: its parts are.
var goldens = []struct {
	name   string
	format Format
}{
	{"gaps.csv", CSV},
	{"gaps.html", HTML},
	{"gaps.json", JSON},
	{"gaps.md", Markdown},
	{"gaps.sarif", SARIF},
	{"gaps.txt", Terminal},
	{"gaps.xml", JUnit},
	{"github.txt", GitHub},
	{"gl-code-quality-report.json", GitLab},
	{"gl-sast-report.json", GitLabSAST},
	{"gaps.rdjson", RDJSON},
	{"gaps.xlsx.txt", workbookText},
}

// TestGolden holds every writer to its golden files, in both languages: one gap
// of every kind, one accepted, one of every state, one name that would break out.
func TestGolden(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		for _, g := range goldens {
			t.Run(lang+"/"+g.name, func(t *testing.T) {
				r := sample(t, 18, 4, nil)
				hostileGap := sample(t, 1, 1, hostile[1:2]).Gaps[0]
				r.Gaps = append(r.Gaps, hostileGap)
				r.Gaps[1].State, r.Gaps[2].State, r.Gaps[3].State = reconcile.New, reconcile.Unchanged, reconcile.Gone
				r.Gaps[4].Accepted = &reconcile.Accepted{Reason: "Décision du comité", By: "dpo", Until: "2099-01-01"}
				r.Trend = []reconcile.Point{{Date: "2026-10-22", Errors: 9, Warnings: 8, Notes: 7}}
				r.Unused = []reconcile.Accept{{Gap: "undeclared-system/email", Location: "partage:vide/**"}}
				var b bytes.Buffer
				if err := g.format(&b, r, Options{Lang: lang, Version: "test"}); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join("testdata", lang, g.name)
				if *update {
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(b.Bytes(), want) {
					t.Errorf("%s differs: read the difference, then go test ./report -run Golden -update", path)
				}
			})
		}
	}
}

// workbookText writes the cells of the workbook, a sheet after the other.
func workbookText(w io.Writer, r *reconcile.Result, o Options) error {
	var b bytes.Buffer
	if err := XLSX(&b, r, o); err != nil {
		return err
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		return err
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if _, err := fmt.Fprintf(w, "%s: %s\n", sheet, strings.Join(row, " | ")); err != nil {
				return err
			}
		}
	}
	return f.Close()
}
