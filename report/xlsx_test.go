package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestXLSX reads the workbook back: sheets, a row for each gap, filters, no
// formula, the same bytes twice.
func TestXLSX(t *testing.T) {
	var twice [2]bytes.Buffer
	r := sample(t, 330, 40, hostile)
	for i := range twice {
		if err := XLSX(&twice[i], r, Options{Lang: "fr"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(twice[0].Bytes(), twice[1].Bytes()) {
		t.Error("two runs differ")
	}
	f, err := excelize.OpenReader(&twice[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got := strings.Join(f.GetSheetList(), " | "); got != "Écarts | Couverture | Carte des données" {
		t.Errorf("sheets %s", got)
	}
	rows, err := f.GetRows("Écarts")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 331 {
		t.Errorf("%d rows, want 330 and a header", len(rows))
	}
	for i, row := range rows {
		for j, c := range row {
			if strings.ContainsAny(c[:min(1, len(c))], "=+-@") {
				t.Errorf("row %d column %d starts a formula: %q", i+1, j+1, c)
			}
		}
	}
}
