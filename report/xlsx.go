package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// maxSheetRows is under the 1,048,576 rows of a sheet; past it gaps fold.
const maxSheetRows = 1_000_000

// XLSX writes a workbook: one sheet for gaps, one row each, one for coverage,
// one for the data map. Rows are streamed and cells are text, so that no name
// is ever run as a formula.
func XLSX(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	b := &book{t: t, f: excelize.NewFile()}
	defer func() { _ = b.f.Close() }() // only temporary files
	if b.head, err = b.f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE7EE"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	}); err != nil {
		return err
	}
	if b.wrap, err = b.f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return err
	}
	for _, sheet := range []func(*reconcile.Result) error{b.gaps, b.coverage, b.dataMap} {
		if err := sheet(r); err != nil {
			return err
		}
	}
	if err := b.f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	b.f.SetActiveSheet(0)
	// No clock: the same result gives the same bytes.
	day := r.Date + "T00:00:00Z"
	if err := b.f.SetDocProps(&excelize.DocProperties{Creator: "ecart", Created: day, Modified: day, Title: t.say("Écarts", "Gaps"), Language: first(t.lang, "fr")}); err != nil {
		return err
	}
	return b.write(w)
}

// write orders the parts of the archive, which the library writes as its maps
// have them.
func (b *book) write(w io.Writer) error {
	buffer, err := b.f.WriteToBuffer()
	if err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(buffer.Bytes()), int64(buffer.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}

type book struct {
	t          *texts
	f          *excelize.File
	head, wrap int
}

// column is a header and its width in characters.
type column struct {
	fr, en string
	width  float64
}

// sheet writes a table: bold header that stays in view, filters, widths.
func (b *book) sheet(name string, columns []column, rows func(add func(cells ...any) error) error) error {
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	sw, err := b.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	header := make([]any, len(columns))
	for i, c := range columns {
		if err := sw.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		header[i] = excelize.Cell{StyleID: b.head, Value: b.t.say(c.fr, c.en)}
	}
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	n := 1
	add := func(cells ...any) error {
		for i, c := range cells {
			if s, ok := c.(string); ok {
				cells[i] = excelize.Cell{StyleID: b.wrap, Value: cell(s)}
			}
		}
		n++
		return sw.SetRow(fmt.Sprintf("A%d", n), cells)
	}
	if err := sw.SetRow("A1", header); err != nil {
		return err
	}
	if err := rows(add); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	if err := b.f.AutoFilter(name, fmt.Sprintf("A1:%s%d", last, n), nil); err != nil {
		return err
	}
	return sw.Flush()
}

// cell is a text that spreadsheets take as text, within their longest cell.
func cell(s string) string {
	const longest = 32_000
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return formula(Clean(s))
}

func (b *book) gaps(r *reconcile.Result) error {
	t, gaps := b.t, r.Gaps
	if len(gaps) > maxSheetRows {
		gaps, _ = foldTo(slices.Clone(gaps), maxSheetRows)
	}
	columns := []column{
		{"Poids", "Weight", 12},
		{"Question", "Question", 24},
		{"Écart", "Gap", 44},
		{"Donnée", "Data", 24},
		{"Lieu", "Place", 44},
		{"Ce qui est dit", "What it says", 70},
		{"À faire", "What to do", 60},
		{"Phrase prête pour le registre", "Sentence ready for the register", 50},
		{"Traitement", "Treatment", 28},
		{"Au registre", "In the register", 36},
		{"Déclaration", "Declaration", 30},
		{"Vu", "Seen", 18},
		{"Nombre", "Count", 10},
		{"Plus ancienne", "Oldest", 13},
		{"Certitude (%)", "How sure (%)", 11},
		{"Textes", "Law", 34},
		{"Accepté", "Accepted", 30},
		{"État", "State", 12},
		{"Règle", "Rule", 34},
	}
	words := t.words()
	return b.sheet(t.say("Écarts", "Gaps"), columns, func(add func(...any) error) error {
		for i := range gaps {
			g := &gaps[i]
			var law []string
			for _, l := range t.law(g) {
				law = append(law, l.Article)
			}
			accepted := ""
			if g.Accepted != nil {
				accepted = strings.Trim(g.Accepted.Reason+", "+g.Accepted.By+", "+g.Accepted.Until, ", ")
			}
			if err := add(words[string(g.Level)], t.familyName(familyOf(g.Kind)), t.title(g), t.subject(g), t.place(g), t.message(g), t.next(g), t.sentence(g), t.treatment(r, g),
				t.registerLine(r, g), t.cover(g), t.evidence(g), g.Count, g.Oldest, int(g.Confidence*100+0.5), strings.Join(law, t.say(" ; ", "; ")), accepted, words[string(g.State)], g.RuleID()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (b *book) coverage(r *reconcile.Result) error {
	t := b.t
	columns := []column{{"Cible", "Target", 20}, {"Quoi", "What", 16}, {"Lieu", "Place", 60}, {"Nombre", "Count", 10}, {"Raison", "Reason", 60}}
	return b.sheet(t.say("Couverture", "Coverage"), columns, func(add func(...any) error) error {
		for _, name := range targets(r) {
			if err := b.covered(add, name, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// covered writes what was read of one target, what was left out and what could
// not be read.
func (b *book) covered(add func(...any) error, name string, r *reconcile.Result) error {
	t, c := b.t, r.Coverage[name]
	if err := add(name, t.say("objets", "objects"), "", c.Items, ""); err != nil {
		return err
	}
	if err := add(name, t.say("lus", "read"), "", c.Read, t.size(c.Bytes)); err != nil {
		return err
	}
	for _, reason := range c.Reasons() {
		if err := add(name, t.say("écartés", "skipped"), "", c.Skipped[reason], t.reason(reason)); err != nil {
			return err
		}
	}
	if c.Stopped != "" {
		if err := add(name, t.say("arrêté", "stopped"), "", 1, t.reason(c.Stopped)); err != nil {
			return err
		}
	}
	for i, u := range c.Unread {
		if i == maxSheetRows/2 {
			return add(name, t.say("non lus", "not read"), "…", len(c.Unread)-i, "")
		}
		if err := add(name, t.say("non lu", "not read"), t.unreadPlace(u), 1, t.reason(u.Reason)); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) dataMap(r *reconcile.Result) error {
	t := b.t
	m := t.newMap(r)
	titles, at := t.mapTitles(), m.index()
	columns := []column{{"Étape", "Step", 40}, {"De", "From", 50}, {"Vers", "To", 50}, {"Objets", "Objects", 10}, {"Écart", "Gap", 10}}
	return b.sheet(t.say("Carte des données", "Data map"), columns, func(add func(...any) error) error {
		for _, l := range m.Links {
			from, to, gap := at[l.Column][l.From], at[l.Column+1][l.To], t.say("non", "no")
			if from == nil || to == nil {
				continue
			}
			if l.Gap {
				gap = t.say("oui", "yes")
			}
			if err := add(titles[l.Column]+" → "+strings.ToLower(titles[l.Column+1]), from.Label, to.Label, l.Objects, gap); err != nil {
				return err
			}
		}
		return nil
	})
}
