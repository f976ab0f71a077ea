package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// CSV writes one line a gap, for a spreadsheet: `;`, UTF-8 with BOM, as French
// spreadsheets open it.
func CSV(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Comma = ';'
	c.UseCRLF = true
	header := []string{"niveau", "écart", "sujet", "lieu", "ligne", "nombre", "plus ancienne", "traitement", "système", "message", "à faire", "accepté", "état", "déclaration", "poids"}
	if t.lang == "en" {
		header = []string{"level", "gap", "subject", "place", "line", "count", "oldest", "treatment", "system", "message", "next", "accepted", "state", "declaration", "weight"}
	}
	if err := c.Write(header); err != nil {
		return err
	}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		accepted := ""
		if g.Accepted != nil {
			accepted = g.Accepted.Reason
		}
		row := []string{
			string(g.Level), string(g.Kind), g.Subject(), g.At.String(), number(g.At.Line), number(g.Count), g.Oldest, g.Treatment, g.System,
			t.message(g), t.next(g), accepted, string(g.State), t.cover(g), number(g.Weight),
		}
		for i := range row {
			row[i] = formula(Clean(row[i]))
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// formula keeps a cell from being run: spreadsheets take these as the start of
// a formula.
func formula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
