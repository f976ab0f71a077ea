package columns

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// Guessed reads a register of an organisation's own whose heads say plainly what they
// hold: tables with a treatment a row, on one sheet or many, and cards with a label and
// its value a row. It returns ErrUnknown when no sheet is either.
func Guessed(file string, b *sheet.Book) (*register.Register, []string, error) {
	h, err := loadHeads()
	if err != nil {
		return nil, nil, err
	}
	g := &guess{builder: newBuilder(file, "table", b), heads: h, seen: map[string]bool{}}
	for i := range b.Sheets {
		if err := g.sheet(&b.Sheets[i]); err != nil {
			return nil, nil, err
		}
	}
	if len(g.reg.Treatments) == 0 {
		return nil, nil, ErrUnknown
	}
	if len(g.below) > 0 {
		g.note("no name of treatment in row %s: read with the treatment above", numbers(g.below))
	}
	for _, key := range append(keyNames(), "special_category_basis") {
		if !g.seen[key] && key != "processors" && key != "name" {
			g.reg.Absent = append(g.reg.Absent, key)
		}
	}
	return g.reg, g.notes, nil
}

// A guess is the state of reading a book without a map.
type guess struct {
	*builder
	heads *heading
	seen  map[string]bool // keys that have a place in the form
	open  *register.Treatment
	line  int   // row of the open treatment
	below []int // rows without a name, read with the treatment above them
}

// sheet reads the tables of a sheet, else the cards it holds.
func (g *guess) sheet(s *sheet.Sheet) error {
	if s.Rows == nil {
		return nil
	}
	head := -1
	for row := range s.Rows {
		keys, err := g.headAt(s, row)
		if err != nil {
			return err
		}
		if keys == nil {
			continue
		}
		head = row
		if err := g.table(s, row, keys); err != nil {
			return err
		}
		break
	}
	if head >= 0 {
		return nil
	}
	return g.cards(s)
}

// headAt returns the key of each column when a row is the head of a table of
// treatments: their name, and two more of what a register says.
func (g *guess) headAt(s *sheet.Sheet, row int) ([]string, error) {
	keys := make([]string, len(s.Rows[row]))
	known, names := map[string]bool{}, -1
	for c, cell := range s.Rows[row] {
		key, err := g.heads.key(cell)
		if err != nil {
			return nil, err
		}
		if key == organisationHead || key == dpoHead {
			key = ""
		}
		if key == "name" {
			if names >= 0 && !surerName(s.Rows[row][names], cell) {
				key = ""
			} else if names >= 0 {
				keys[names] = ""
			}
			if key != "" {
				names = c
			}
		}
		keys[c] = key
		known[key] = true
	}
	delete(known, "")
	if names < 0 && known["purposes"] { // a register that names treatments by what they are for
		for c, key := range keys {
			if key == "purposes" {
				keys[c], names = "name", c
				break
			}
		}
	}
	if names < 0 || len(known) < 3 || !known["data"] && !known["legal_bases"] && !known["retention"] && !known["recipients"] {
		return nil, nil
	}
	return keys, nil
}

// surerName tells whether of two heads for a name the second is the treatment's: a
// table often begins with the service.
func surerName(a, b string) bool {
	return !treatmentHead.MatchString(forms.Key(a)) && treatmentHead.MatchString(forms.Key(b))
}

var treatmentHead = pattern.New(`traitement|activite|intitule|libelle`)

// table reads the rows under a head. A row without a name goes on with the one above, as
// cells that were merged leave it; one that fills a single cell names a group.
func (g *guess) table(s *sheet.Sheet, head int, keys []string) error {
	for _, key := range keys {
		g.seen[key] = true
	}
	g.unknownColumns(s, head, keys)
	for row := head + 1; row < len(s.Rows); row++ {
		again, err := g.headAt(s, row)
		if err != nil {
			return err
		}
		if again != nil {
			g.close()
			return g.table(s, row, again)
		}
		if err := g.row(s, row, keys); err != nil {
			return err
		}
	}
	g.close()
	return nil
}

// unknownColumns tells of columns with a head that is not known and cells under it.
func (g *guess) unknownColumns(s *sheet.Sheet, head int, keys []string) {
	var all []string
	for c, key := range keys {
		if key != "" || strings.TrimSpace(s.Cell(head, c)) == "" {
			continue
		}
		for row := head + 1; row < len(s.Rows); row++ {
			if strings.TrimSpace(s.Cell(row, c)) != "" {
				all = append(all, strconv.Itoa(c+1))
				break
			}
		}
	}
	if len(all) > 0 {
		g.note("row %d: the head of column %s is not known: left out", head+1, strings.Join(all, ", "))
	}
}

func (g *guess) row(s *sheet.Sheet, row int, keys []string) error {
	filled, named := 0, ""
	for c, cell := range s.Rows[row] {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		filled++
		if c < len(keys) && keys[c] == "name" {
			named = forms.Clean(cell)
		}
	}
	if filled == 0 || filled == 1 && len(keys) > 2 && (named != "" || g.open == nil || strings.TrimSpace(s.Cell(row, 0)) != "") {
		return nil
	}
	if named != "" {
		g.close()
		g.open, g.line = &register.Treatment{}, row
	}
	if g.open == nil {
		g.note("row %d: no name of treatment: left out", row+1)
		return nil
	}
	if named == "" {
		if ref := refAt(s, row, keys); ref != "" && g.open.Ref != "" && ref != g.open.Ref {
			g.note("row %d: no name of treatment: left out", row+1)
			return nil
		}
		g.below = append(g.below, row+1)
	}
	for c, key := range keys {
		if err := g.value(key, s.Cell(row, c), row); err != nil {
			return err
		}
	}
	return nil
}

// refAt is the number of a row: one of its own tells that the row is no part of the
// treatment above.
func refAt(s *sheet.Sheet, row int, keys []string) string {
	for c, key := range keys {
		if key == "ref" {
			return forms.Clean(s.Cell(row, c))
		}
	}
	return ""
}

// value gives a cell to the open treatment.
func (g *guess) value(key, cell string, row int) error {
	cell = strings.TrimSpace(cell)
	switch {
	case key == "" || cell == "" || g.open == nil:
		return nil
	case forms.Undecided(cell) || forms.Nothing(cell) && key != "transfers":
		return nil
	}
	g.seen[key] = true
	return keys[key](g.builder, g.open, cell, row)
}

// close keeps the open treatment.
func (g *guess) close() {
	if g.open != nil {
		g.add(*g.open, g.line)
	}
	g.open = nil
}

// cards reads a sheet of labels with their values: a treatment a sheet, or one after the
// other, each from its name on.
func (g *guess) cards(s *sheet.Sheet) error {
	labels, err := g.labelsOf(s)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, l := range labels {
		known[l.key] = true
	}
	whose := labels
	if len(known) < 3 || !known["data"] && !known["legal_bases"] && !known["retention"] {
		labels = nil
	}
	for _, l := range whose {
		g.party(l)
	}
	if labels == nil {
		return nil
	}
	if !known["name"] {
		g.open, g.line = &register.Treatment{Name: forms.Clean(s.Name)}, 0
	}
	for _, l := range labels {
		if l.key == "name" {
			g.close()
			g.open, g.line = &register.Treatment{}, l.row
		}
		if l.key == organisationHead || l.key == dpoHead {
			continue
		}
		if err := g.value(l.key, l.value, l.row); err != nil {
			return err
		}
	}
	g.close()
	return nil
}

// A label is a row of a card.
type label struct {
	key, value string
	row        int
}

// labelsOf returns the labels of a sheet with the values beside them. Rows below without
// a label go on with the value above.
func (g *guess) labelsOf(s *sheet.Sheet) ([]label, error) {
	var out []label
	for row, cells := range s.Rows {
		at := 0
		for at < len(cells) && strings.TrimSpace(cells[at]) == "" {
			at++
		}
		if at == len(cells) {
			continue
		}
		key, err := g.heads.key(cells[at])
		if err != nil {
			return nil, err
		}
		if key == "" {
			if n := len(out); at > 0 && n > 0 && out[n-1].value != "" {
				out[n-1].value += "\n" + joined(cells[at:])
			}
			continue
		}
		out = append(out, label{key, joined(cells[at+1:]), row})
	}
	return out, nil
}

// joined are the filled cells of a row, one a line.
func joined(cells []string) string {
	var all []string
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" {
			all = append(all, c)
		}
	}
	return strings.Join(all, "\n")
}

// party reads whose register it is.
func (g *guess) party(l label) {
	first, _, _ := strings.Cut(l.value, "\n")
	if first = forms.Clean(first); first == "" {
		return
	}
	org := &g.reg.Organisation
	switch {
	case l.key == organisationHead && org.Name == "":
		org.Name = first
	case l.key == dpoHead && org.DPO == nil:
		org.DPO = &register.Party{Name: strings.Trim(emailIn.ReplaceAllString(first, ""), " ,;:–-()"), Email: emailIn.FindString(l.value)}
	}
}

var emailIn = pattern.New(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)

// numbers writes rows: "5, 6, 9".
func numbers(rows []int) string {
	all := make([]string, len(rows))
	for i, n := range rows {
		all[i] = strconv.Itoa(n)
	}
	return strings.Join(all, ", ")
}
