package cnil

import (
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// A page is a sheet being written, row by row.
type page struct {
	sheet.Sheet
	row int
}

func (p *page) head(cells ...string) {
	p.Heads = append(p.Heads, p.row)
	p.line(cells...)
}

func (p *page) line(cells ...string) {
	for c, text := range cells {
		p.Set(p.row, c, text)
	}
	p.row++
}

// choice offers a closed list in a cell of the line just written; entries counts
// its entries with the placeholder.
func (p *page) choice(column, list, entries int) {
	p.Choices = append(p.Choices, sheet.Choice{Row: p.row - 1, Column: column, List: sheetLists, From: list, First: 1, Last: entries})
}

// fiche writes one treatment at the places of the model; a block with more
// entries than the model has lines for goes on with more of them.
func (w *writer) fiche(name string, t register.Treatment, title, ref string) sheet.Sheet {
	p := &page{Sheet: sheet.Sheet{Name: name, Widths: []int{46, 44, 20, 34, 40, 34, 18, 26}}}
	w.names[strings.ToLower(name)] = true
	p.line(title, "", "", "", "", "", "", ref)
	p.line()
	p.head("Description  du traitement  ")
	p.line("Nom du traitement", t.Name)
	p.line("N° / RÉF", ref)
	p.line("Date de création du traitement", forms.FrenchDate(t.Created))
	p.line("Mise à jour du traitement", forms.FrenchDate(t.Updated))
	p.line()
	w.actors(p, t, title)
	p.line()
	p.head("Finalité(s) du traitement effectué")
	for i := range max(6, len(t.Purposes)) {
		label := "Finalité principale"
		if i > 0 {
			label = fmt.Sprintf("Sous-finalité %d", i)
		}
		p.line(label, nth(t.Purposes, i))
	}
	p.line()
	w.data(p, t)
	w.people(p, t)
	w.recipients(p, t)
	w.security(p, t)
	w.transfers(p, t)
	return p.Sheet
}

func nth(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// actors repeats on each sheet who is responsible, as the model does; the blank
// model and the example name nobody.
func (w *writer) actors(p *page, t register.Treatment, title string) {
	p.head("Acteurs", "Nom", "Adresse", "Code Postal", "Ville", "Pays", "Téléphone", "Adresse mél")
	o := w.reg.Organisation
	if title != "Fiche de registre" {
		o = register.Organisation{}
	}
	contact := o.Contact
	contact.Name = o.Name
	company := ""
	if o.DPO != nil {
		company = o.DPO.Company
	}
	actor(p, "Responsable du traitement", &contact)
	actor(p, "Délégué à la protection des données", o.DPO)
	p.line("Société du DPO (si celui-ci est externe)", company)
	actor(p, "Représentant", o.Representative)
	p.line("Responsable(s) conjoint(s)", items(t.JointControllers))
}

func actor(p *page, label string, who *register.Party) {
	if who == nil {
		who = &register.Party{}
	}
	p.line(label, who.Name, who.Address, "", "", "", who.Phone, who.Email)
}

func (w *writer) data(p *page, t register.Treatment) {
	rows := make([][]register.Datum, len(dataRows))
	for _, d := range t.Data {
		if len(d.Retention) == 0 {
			d.Retention = t.Retention
		}
		if len(d.Retention) == 0 {
			d.Retention = w.reg.Document.Retention
		}
		i := rowOf(w.rules, d.Category)
		rows[i] = append(rows[i], d)
	}
	p.head("Catégories de données personnelles concernées", "Description", "", "", "Durée de conservation")
	for i, row := range dataRows {
		if row.sensitive && !dataRows[i-1].sensitive {
			p.line()
			p.head("Données sensibles", "Description", "", "", "Durée de conservation")
		}
		said, kept := described(rows[i])
		p.line(row.label, said, "", "", kept)
		if i+1 < len(dataRows) && dataRows[i+1].sensitive && !row.sensitive {
			if left := w.uncarried(t); len(left) > 0 {
				p.line(allData, "", "", "", forms.RetentionText(left))
			}
		}
	}
	p.line()
}

// uncarried are the time limits of a treatment that none of its data shows: it has
// no data, or each datum has a limit of its own.
func (w *writer) uncarried(t register.Treatment) []register.Retention {
	for _, d := range t.Data {
		if len(d.Retention) == 0 {
			return nil
		}
	}
	if len(t.Retention) > 0 || len(t.Data) > 0 || t.Name == "" {
		return t.Retention
	}
	return w.reg.Document.Retention
}

// described writes the categories of a row and their time limits: once when they
// are the same for all, else each under its name.
func described(data []register.Datum) (said, kept string) {
	var names, limits []string
	same := true
	for _, d := range data {
		names = append(names, forms.CategoryLabel(d.Category))
		limits = append(limits, forms.RetentionText(d.Retention))
		same = same && limits[len(limits)-1] == limits[0]
	}
	if len(data) == 0 {
		return "", ""
	}
	if same {
		return strings.Join(names, ", "), limits[0]
	}
	var lines []string
	for i, l := range limits {
		for _, line := range strings.Split(l, "\n") {
			if line != "" {
				lines = append(lines, "["+names[i]+"] "+line)
			}
		}
	}
	return strings.Join(names, ", "), strings.Join(lines, "\n")
}

// choose returns the entry of a closed list and the text beside it: the entry
// itself, or the last one ("others") with the text.
func choose(list []string, text string) (entry, detail string) {
	if i := listed(list, text); i >= 0 {
		return list[i], ""
	}
	if i := strings.Index(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		if j := listed(list, text[:i]); j >= 0 {
			return list[j], text[i+2 : len(text)-1]
		}
	}
	return list[len(list)-1], text
}

func (w *writer) people(p *page, t register.Treatment) {
	p.head("Catégories de personnes concernées", "Description", "", "", "Précisions")
	for i := range max(2, len(t.DataSubjects)) {
		entry, detail := placeholder, ""
		if i < len(t.DataSubjects) {
			entry, detail = choose(persons, t.DataSubjects[i])
		}
		p.line(fmt.Sprintf("Catégorie de personnes %d", i+1), entry, "", "", detail)
		p.choice(1, listPersons, len(persons)+1)
	}
	p.line()
}

func (w *writer) recipients(p *page, t register.Treatment) {
	all, mark := t.Recipients, ""
	head := []string{"Destinataires", "Type de destinataire", "", "", "Précisions"}
	if len(all) == 0 && t.Name != "" && len(w.reg.Document.Recipients) > 0 {
		all, mark, head = w.reg.Document.Recipients, ofDocument, append(head, scope)
	}
	p.head(head...)
	for i := range max(4, len(all)) {
		entry, detail := placeholder, ""
		if i < len(all) {
			entry, detail = recipient(all[i])
		}
		p.line(fmt.Sprintf("Destinataire %d", i+1), entry, "", "", detail)
		if i < len(all) && mark != "" {
			p.Set(p.row-1, 5, mark)
		}
		p.choice(1, listKinds, len(kinds)+1)
	}
	p.line()
}

func recipient(c register.Recipient) (entry, detail string) {
	entry = c.Kind
	for i, id := range kindIDs {
		if id == c.Kind {
			entry = kinds[i]
		}
	}
	detail = c.Name
	if c.Country != "" {
		detail += " (" + forms.CountryName(c.Country) + ")"
	}
	return entry, forms.Item(detail)
}

func (w *writer) security(p *page, t register.Treatment) {
	p.head("Mesures de sécurité", "Type de mesure de sécurité", "", "", "Précisions")
	all := t.Security
	if len(all) == 0 && t.Name != "" {
		all = w.reg.Document.Security
	}
	for i := range max(3, len(all)) {
		entry, detail := placeholder, ""
		if i < len(all) {
			entry, detail = measure(all[i])
		}
		p.line(fmt.Sprintf("Mesure de sécurité %d", i+1), entry, "", "", detail)
		p.choice(1, listMeasures, len(measures)+1)
	}
	p.line()
}

func measure(m register.Measure) (entry, detail string) {
	if m.Kind != "" {
		return m.Kind, m.Detail
	}
	if i := listed(measures, m.Detail); i >= 0 {
		return measures[i], ""
	}
	return measures[len(measures)-1], m.Detail
}

func (w *writer) transfers(p *page, t register.Treatment) {
	all, mark := t.Transfers, ""
	head := []string{"Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "", "Liens vers la documentation"}
	if !all.Said() && t.Name != "" && w.reg.Document.Transfers.Said() {
		all, mark, head = w.reg.Document.Transfers, ofDocument, append(head, scope)
	}
	p.head(head...)
	for i := range max(4, len(all.List)) {
		who, country, how, where := "", placeholder, placeholder, ""
		if i == 0 && all.None {
			who = "Aucun transfert hors UE"
		}
		if i < len(all.List) {
			x := all.List[i]
			who, where = first(x.Recipient, x.Provider), x.Document
			if x.Country != "" {
				country = forms.CountryName(x.Country)
			}
			for j, id := range safeguardIDs {
				if id == x.Safeguard {
					how = safeguards[j]
				}
			}
		}
		p.line(fmt.Sprintf("Organisme destinataire %d", i+1), who, country, how, "", where)
		if mark != "" && (i < len(all.List) || i == 0 && all.None) {
			p.Set(p.row-1, 6, mark)
		}
		p.choice(2, listCountries, w.lands+1)
		p.choice(3, listSafeguards, len(safeguards)+1)
	}
}
