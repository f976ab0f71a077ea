package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file reads categories of recipients: "nos prestataires techniques".

var aliasRE = pattern.New(`\s*\([^)]*\)?`)

// kindsIn returns the categories of recipients that a statement lists.
func (d *reading) kindsIn(s *statement) []found {
	text := s.text
	if i := strings.LastIndex(text, ": "); i >= 0 {
		text = text[i+2:]
	}
	var out []found
	for _, piece := range listed(text) {
		p := strings.TrimSpace(aliasRE.ReplaceAllString(piece.text, ""))
		p = strings.Trim(p, " .;,)")
		w := terms.Read(p)
		if len(w.Tokens) == 0 || len(w.Tokens) > 14 && s.field == "" {
			continue
		}
		kind := ""
		if ids := d.kinds.IDs(w); len(ids) > 0 {
			kind = ids[0]
		}
		if kind == "" && s.field == "" {
			continue
		}
		if s.field == "" && s.block.kind != listItem && speaksOfAccess(w) {
			p = trimLead(p)
			if len(strings.Fields(p)) > 10 {
				continue
			}
		}
		if len(d.companies.find(w, true)) > 0 {
			continue
		}
		p = tidyRecipient(p)
		if len(strings.Fields(p)) < 3 && len(d.countriesIn(terms.Read(p))) > 0 {
			continue
		}
		if p == "" || isNothing(p) || saysMore(terms.Read(p)) || d.isSelf(p) && isUpper([]rune(p)[0]) {
			continue
		}
		out = add(out, found{id: p, no: s.no, words: firstWords(p), conf: 0.7, extra: kind})
	}
	return out
}

// saysMore tells of a piece that goes on about a recipient or about transfers and
// names none: "certifiée hébergeur de données de santé", "chargés de la paie".
func saysMore(t terms.Text) bool {
	for i, x := range t.Tokens {
		switch x.Word {
		case "est", "sont", "ont", "peuvent", "appuient", "reposent", "transferts", "transfert":
			return true
		}
		if i == 0 && (qualifying()[x.Stem] || aimOf()[x.Word]) {
			return true
		}
	}
	return false
}

var (
	qualifying = stemSet("qualifying")
	aimOf      = stopSet("pour dans ensuite enfin puis sans selon afin lorsque quand d'abord si comme ou seules seuls jamais")
)

func isNothing(p string) bool {
	f := fold(p)
	return strings.HasPrefix(f, "outre ") || strings.HasPrefix(f, "hormis ") || f == "aucun" || f == "nous" || f == "nous-memes" || f == "interne" || f == "le site" || f == "notre site" || f == "neant" || f == "sans objet" || f == "non" || f == "etc" || f == "-"
}

func speaksOfAccess(t terms.Text) bool { return len(t.Tokens) > 3 }

// trimLead takes away the words before a recipient: "Elles sont transmises à".
func trimLead(p string) string {
	for _, w := range []string{" à la ", " à l'", " à l’", " aux ", " au ", " à ", " par ", " auprès de "} {
		if i := strings.LastIndex(p, w); i >= 0 {
			return p[i+len(w):]
		}
	}
	return p
}

func tidyRecipient(p string) string {
	f := strings.Fields(p)
	for len(f) > 1 && slices.Contains([]string{"le", "la", "les", "mon", "ma", "mes", "nos", "notre", "des", "du", "de", "à", "aux", "et", "ou", "un", "une", "ainsi", "que", "ses", "leurs", "son", "au"}, strings.ToLower(f[0])) {
		f = f[1:]
	}
	s := strings.Join(f, " ")
	for _, l := range []string{"l'", "l’", "d'", "d’"} {
		s = strings.TrimPrefix(s, l)
	}
	return s
}
