package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readTables reads the rows of tables: each names a treatment, or adds to the
// one that has its number or nearly its name.
func (d *reading) readTables() {
	for _, b := range d.blocks {
		if b.kind == tableBlock && !b.section.under("cookies") {
			d.readTable(b)
		}
	}
}

// readCookieTables reads the tables of sections on cookies, once the treatments are
// known that their rows are a detail of.
func (d *reading) readCookieTables() {
	for _, b := range d.blocks {
		if b.kind == tableBlock && b.section.under("cookies") {
			d.readTable(b)
		}
	}
}

func (d *reading) readTable(b *block) {
	if t := d.turned(b.table); t != nil {
		c := *b
		c.table = t
		b = &c
	}
	if d.readLabelTable(b) {
		return
	}
	if len(b.table.columns) == 0 && b.section.about() == "recipients" {
		d.readBareRecipients(b.table)
		return
	}
	columns, numbered := unnumberedColumns(d.columnsOf(b.table))
	for len(columns) > 0 && columns[len(columns)-1] == "" && len(columns) > 2 {
		columns = columns[:len(columns)-1]
	}
	if d.listsCookies(b, columns) { // the treatments were told: this table is their detail
		d.readCookies(b, columns)
		return
	}
	cookies := b.section.under("cookies") && slices.Contains(columns, "name") && slices.Contains(columns, "purpose")
	if cookies { // what a cookie is called names no treatment
		columns[slices.Index(columns, "name")] = ""
	}
	if len(b.table.rows) == 1 && len(b.table.columns) == 0 {
		return // a letterhead
	}
	if len(columns) > 1 && columns[0] == "recipients" && !slices.ContainsFunc(columns, func(c string) bool { return c == "name" || c == "basis" || c == "data" || c == "retention" }) {
		columns[0] = "companies"
	}
	// "Qui d'autre ? | Pour quoi ?" lists companies, not treatments.
	if slices.Contains(columns, "companies") && !slices.ContainsFunc(columns, func(c string) bool { return c == "name" || c == "basis" || c == "data" || c == "retention" }) {
		if i := slices.Index(columns, "purpose"); i > slices.Index(columns, "companies") {
			columns[i] = ""
		}
	}
	names := slices.ContainsFunc(columns, func(c string) bool {
		return c == "name" || c == "purpose" || strings.HasPrefix(c, "name+") || strings.HasPrefix(c, "purpose+")
	})
	coded := numbered || codes(b.table)
	var last *treatment
	for _, row := range b.table.rows {
		number := ""
		if len(row) > 1 && (coded || isNumber(row[0].text)) {
			number, row = fold(strings.Trim(row[0].text, " .°n")), row[1:]
		}
		fields := d.fieldsOfRow(columns, row)
		if len(columns) > 0 && !names {
			if t := d.numberedRow(number); t != nil {
				last = t
				d.readCells(t, row, fields)
				continue
			}
			d.readLooseRow(b, row, fields)
			continue
		}
		last = d.readRow(b, row, fields, number, last)
		if cookies && last != nil {
			last.data = add(last.data, found{id: "online_activity", no: row[0].no, words: firstWords(row[0].text), conf: 0.8})
		}
	}
}

// unnumberedColumns are the columns but the first when it numbers the rows.
func unnumberedColumns(columns []string) ([]string, bool) {
	if len(columns) > 0 && columns[0] == "number" {
		return columns[1:], true
	}
	return slices.DeleteFunc(columns, func(c string) bool { return c == "number" }), false
}

// codes tells whether the first cells of a table are codes for its rows: "A1", "T-02".
func codes(t *table) bool {
	seen := map[string]bool{}
	for _, row := range t.rows {
		if !codeRE.MatchString(strings.TrimSpace(row[0].text)) || seen[row[0].text] {
			return false
		}
		seen[row[0].text] = true
	}
	return len(t.rows) > 1
}

var codeRE = pattern.New(`^(?:n° ?)?[A-Za-z]{0,4}[ ._-]?\d{1,3}(?:[.-]\d{1,2})?\.?$`)

// numberedRow is the treatment of a table before whose row had a number, nil for none.
func (d *reading) numberedRow(number string) *treatment {
	i := slices.IndexFunc(d.treatments, func(t *treatment) bool { return number != "" && t.number == number })
	if i < 0 {
		return nil
	}
	return d.treatments[i]
}

func isNumber(s string) bool {
	s = strings.Trim(s, " .°n")
	return s != "" && len(s) <= 3 && digits(s) == s
}

// fieldsOfRow tells the field of each cell: that of its column, or what it says
// when the table has no header or the cell has slipped.
func (d *reading) fieldsOfRow(columns []string, row []cell) []string {
	fields := make([]string, len(row))
	for i := range row {
		if i < len(columns) {
			fields[i] = columns[i]
		}
		if len(columns) == 0 {
			fields[i] = d.guess(i, row[i].text)
		}
	}
	if !slices.Contains(columns, "basis") && len(columns) > 0 {
		return fields
	}
	basis := slices.Index(fields, "basis")
	if basis >= 0 && len(d.basesIn(row[basis].text, 0, true)) > 0 {
		return d.slippedData(fields, row)
	}
	for i, f := range fields {
		if (f == "purpose" || f == "subpurpose" || f == "data" || f == "") && i > 0 && d.readsAsBasis(row[i].text) {
			fields[i] = "basis"
			break
		}
	}
	return d.slippedData(fields, row)
}

// slippedData marks cells that list data in a column of purposes.
func (d *reading) slippedData(fields []string, row []cell) []string {
	for i, f := range fields {
		if f != "subpurpose" && f != "purpose" || i == 0 {
			continue
		}
		head := fold(strings.TrimLeft(row[i].text, " –-•*"))
		if strings.HasPrefix(head, "donnees") || strings.HasPrefix(head, "coordonnees") || strings.HasPrefix(head, "nom,") || d.mostlyData(row[i].text) {
			fields[i] = "data"
		}
	}
	return fields
}

// mostlyData tells whether nearly each part of an enumeration names data.
func (d *reading) mostlyData(text string) bool {
	parts := listed(text)
	hits := 0
	for _, p := range parts {
		if len(d.categories.Find(p.text)) > 0 && len(strings.Fields(p.text)) <= 5 {
			hits++
		}
	}
	return len(parts) >= 2 && hits*3 >= len(parts)*2
}

// readsAsBasis tells whether a cell is a legal basis: it begins with one.
func (d *reading) readsAsBasis(text string) bool {
	t := terms.Read(text)
	if len(t.Tokens) < 12 && len(lettersIn(text, 0, true)) > 0 {
		return true
	}
	for _, m := range d.basesFound(t) {
		return m.From <= 6 && (!strings.HasSuffix(m.ID, "?") || len(t.Tokens) <= 3)
	}
	return false
}

// guess tells the field of a cell in a table without header.
func (d *reading) guess(i int, text string) string {
	switch {
	case i == 0:
		return "name"
	case d.readsAsBasis(text):
		return "basis"
	case len(durationsIn(terms.Read(spelled(text)))) > 0:
		return "retention"
	case len(d.categories.Find(text)) > 0:
		return "data"
	case len(d.kinds.IDs(terms.Read(text))) > 0:
		return "recipients"
	}
	return "purpose"
}

// readRow makes a treatment of a row, or adds to one that exists.
func (d *reading) readRow(b *block, row []cell, fields []string, number string, last *treatment) *treatment {
	t := last
	if k := nameCell(row, fields); k >= 0 {
		named := row[k]
		if strings.Contains(fields[k], "+") {
			named.text = nameOf(named.text)
		}
		t = d.rowTreatment(b.table, named, number)
		if t.section == nil {
			t.section = b.section
		}
		if fields[k] == "purpose" {
			t.purposes = appendNew(t.purposes, row[k].text)
		}
		fields = slices.Clone(fields)
		_, fields[k], _ = strings.Cut(fields[k], "+")
	}
	if t == nil {
		return nil
	}
	d.readCells(t, row, fields)
	d.markProcessor(t)
	return t
}

// readCells gives a treatment what the cells of its row say.
func (d *reading) readCells(t *treatment, row []cell, fields []string) {
	for i, c := range row {
		if strings.TrimSpace(c.text) == "" {
			continue
		}
		for _, f := range strings.Split(fields[i], "+") {
			d.readField(t, f, c.text, c.no)
		}
	}
}

// nameCell is the cell that names the treatment, -1 for none.
func nameCell(row []cell, fields []string) int {
	for _, want := range []string{"name", "purpose"} {
		if i := slices.IndexFunc(fields, func(f string) bool { return f == want || strings.HasPrefix(f, want+"+") }); i >= 0 && i < len(row) && strings.TrimSpace(row[i].text) != "" {
			return i
		}
	}
	return -1
}

// rowTreatment joins tables by row number when the names agree a little, else
// by nearly the same name. Two rows of one table are never one treatment.
func (d *reading) rowTreatment(from *table, c cell, number string) *treatment {
	tokens := nameTokens(c.text)
	var best *treatment
	nearest := 0.86
	for _, t := range d.treatments {
		near := similar(t.tokens, tokens)
		switch {
		case t.table == from && fold(t.name) != fold(tidyName(c.text)):
			continue
		case number != "" && t.number == number && near >= 0.3:
			t.table = from
			return t
		case number != "" && t.number != "" && t.number != number:
			continue
		}
		if near >= nearest {
			best, nearest = t, near
		}
	}
	if best == nil {
		best = &treatment{name: tidyName(c.text), no: c.no, words: firstWords(c.text), conf: sureRow, number: number, tokens: tokens}
		d.treatments = append(d.treatments, best)
	}
	best.table = from
	return best
}

// readLooseRow reads a row of a table that names no treatment: durations by
// kind of data, recipients by country.
func (d *reading) readLooseRow(b *block, row []cell, fields []string) {
	subject := ""
	placed := slices.Contains(fields, "companies") && slices.Contains(fields, "transfers")
	for i, c := range row {
		if i == 0 {
			subject = c.text
		}
		s := &statement{text: c.text, words: terms.Read(c.text), no: c.no, field: fields[i], block: b, section: b.section}
		switch fields[i] {
		case "data":
			for _, f := range d.dataIn(c.text, c.no, 0.85) {
				d.document.data = add(d.document.data, f)
			}
		case "basis":
			for _, f := range d.basesIn(c.text, c.no, true) {
				d.document.bases = add(d.document.bases, f)
			}
		case "retention":
			for _, r := range d.retentionIn(c.text, c.no, true) {
				if i > 0 {
					r.Subject = subject
				}
				d.giveRetention(s, r)
			}
		case "recipients", "systems":
			d.readRecipientField(&d.document, fields[i], c.text, c.no)
		case "companies":
			names := d.companyCell(c)
			for _, f := range names {
				d.document.recipients = add(d.document.recipients, f)
			}
			if placed {
				d.readPlace(row, names)
			}
			if len(names) == 0 {
				d.readRecipientField(&d.document, "recipients", c.text, c.no)
			}
		case "transfers":
			if !placed {
				d.readTransferField(&d.document, c.text, c.no)
			}
		}
	}
}

// readPlace reads where the recipients of a row are, and the safeguard that it
// names for them: "Intercom | Support | États-Unis | clauses types".
func (d *reading) readPlace(row []cell, names []found) {
	var texts []string
	for _, c := range row {
		texts = append(texts, c.text)
	}
	w := terms.Read(strings.Join(texts, " ; "))
	countries := d.countriesIn(w)
	if len(countries) == 0 || len(names) == 0 {
		return
	}
	guard := safeguard(d.vocabulary.transfers.IDs(w))
	d.transfers.yes = firstOf(d.transfers.yes, row[0].no)
	for _, n := range names {
		d.document.transfers = append(d.document.transfers, register.Transfer{
			Country: countries[0], Recipient: n.id, Safeguard: guard, Line: row[0].no, Source: d.source(row[0].no, firstWords(w.Raw)), Confidence: 0.9,
		})
	}
}

// markProcessor reads "(traitement par les clients)", "pour le compte de nos
// clients" in the name of a treatment.
func (d *reading) markProcessor(t *treatment) {
	f := fold(t.name + " " + strings.Join(t.purposes, " "))
	for _, w := range []string{"pour le compte de", "pour votre compte", "traitement par les clients", "en qualite de sous-traitant", "en tant que sous-traitant"} {
		if strings.Contains(f, w) {
			t.role = register.Processor
		}
	}
}
