package policy

import (
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// readProse makes a treatment of each purpose that a sentence gives, when no
// row, field or list has told them.
func (d *reading) readProse() {
	full := len(d.treatments) >= 3
	listed := len(d.treatments) - d.titled()
	for _, s := range d.statements {
		if full && !(s.section.under("roles") && strings.Contains(fold(s.text), "a des fins d")) {
			continue
		}
		if s.treatment != nil || s.quiet() || s.field != "" {
			continue
		}
		if s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity", "contact", "changes", "scope", "source", "mandatory") {
			continue
		}
		names := d.purposesIn(s)
		var last *treatment
		for _, n := range names {
			if len(nameTokens(n)) == 0 {
				continue
			}
			last = d.addTreatment(n, s.no, sureProse)
			if last.section == nil {
				last.section = s.section
			}
			for _, f := range d.basesIn(basisText(s.text, n, len(names)), s.no, false) {
				last.bases = add(last.bases, f)
			}
		}
		if len(names) == 1 && last != nil && s.block.kind == paragraph && d.onlyPurpose(s) {
			d.claimBlock(s.block, last)
		}
	}
	d.readActivities(full)
	if listed < 3 {
		d.readClauses()
	}
}

// titled counts the treatments that are sections of prose: their text may tell more.
func (d *reading) titled() int {
	n := 0
	for _, t := range d.treatments {
		if t.section != nil && t.no == t.section.no {
			n++
		}
	}
	return n
}

// basisText is where the basis of one of several purposes stands: what is in
// brackets counts for the purpose before it alone.
func basisText(text, name string, several int) string {
	if several < 2 {
		return text
	}
	out := unbracketed(text)
	if i := strings.Index(text, name); i >= 0 {
		if rest := strings.TrimLeft(text[i+len(name):], " "); strings.HasPrefix(rest, "(") {
			head, _, _ := strings.Cut(rest, ")")
			out += head
		}
	}
	return out
}

// onlyPurpose tells whether no other sentence of the block gives a purpose.
func (d *reading) onlyPurpose(s *statement) bool {
	for _, x := range d.statements {
		if x.block == s.block && x != s && len(d.purposesIn(x)) > 0 {
			return false
		}
	}
	return true
}

// purposeIn is the first purpose of a sentence, "" for none.
func (d *reading) purposeIn(s *statement) string {
	if p := d.purposesIn(s); len(p) > 0 {
		return p[0]
	}
	return ""
}

// purposesIn returns the purposes that a sentence about processing gives: after
// "afin de", "permettent", or after "pour" and a verb.
func (d *reading) purposesIn(s *statement) []string {
	t := s.words
	for _, m := range d.purposes.Find(t) {
		if m.ID == "link" && (d.processes(t) || m.From > 0) && m.To < len(t.Tokens) {
			return splitPurposes(s.text[t.Tokens[m.To-1].End:])
		}
	}
	for i, tok := range t.Tokens {
		if tok.Word != "pour" || i+1 >= len(t.Tokens) {
			continue
		}
		rest := s.text[tok.End:]
		if i == 0 || i <= 3 && s.section.under("purposes") && ordering(t.Tokens[:i]) {
			head, tail, ok := strings.Cut(rest, ", ")
			if ok && d.processes(terms.Read(tail)) && startsVerb(head) {
				return splitPurposes(head)
			}
			if s.section.under("purposes") && startsVerb(rest) && !strings.Contains(fold(rest), ", nous ") {
				return splitPurposes(rest) // the answer to "why?"
			}
			continue
		}
		if (startsVerb(rest) || startsDeed(rest) && speaksOfData(t)) && d.processes(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:i]}) {
			return splitPurposes(rest)
		}
	}
	return nil
}

// ordering tells of words that only put purposes in order: "d'abord", "enfin".
func ordering(tokens []terms.Token) bool {
	for _, t := range tokens {
		switch t.Word {
		case "d", "abord", "ensuite", "enfin", "puis", "egalement", "aussi", "en", "outre", "d'abord", "notamment":
		default:
			return false
		}
	}
	return true
}

func (d *reading) processes(t terms.Text) bool { return has(d.purposes, t, "verb") }

// startsDeed tells whether words begin with a noun of doing: "la gestion",
// "l'accomplissement", "le suivi".
func startsDeed(s string) bool {
	t := terms.Read(s).Tokens
	if len(t) < 2 || !determiner()[t[0].Word] {
		return false
	}
	w := t[1].Word
	for _, end := range []string{"tion", "sion", "ment", "age"} {
		if strings.HasSuffix(w, end) && len(w) > 6 {
			return true
		}
	}
	return deeds()[w]
}

var determiner = stopSet("l la le votre vos notre nos ton ta tes leur leurs")

var deeds = stopSet("suivi envoi tenue prise mise etude gestion realisation livraison vente calcul paie")

// startsVerb tells whether words begin with an infinitive, a pronoun before it
// or not.
func startsVerb(s string) bool {
	t := terms.Read(s).Tokens
	for i := 0; i < len(t) && i < 3; i++ {
		if infinitive(t[i].Word) {
			return true
		}
		if !pronoun()[t[i].Word] {
			return false
		}
	}
	return false
}

var pronoun = stopSet("vous nous te t le la les l en y me m s se leur lui ne pas")

// infinitive tells whether a folded word looks like one.
func infinitive(w string) bool {
	if utf8.RuneCountInString(w) < 4 || notVerb()[w] {
		return false
	}
	return strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir") || strings.HasSuffix(w, "re")
}

var notVerb = stopSet("notre votre autre leur hier titre nombre lettre courrier dossier premier dernier particulier papier chantier quartier financier bancaire entre contre centre cadre ordre autres titulaire salaire formulaire horaire chiffre membre registre maire honoraire partenaire prestataire hebergeur avenir loisir premiere derniere matiere maniere necessaire utilisateur commentaire annuaire offre offres verre guerre carriere affaire octobre novembre decembre septembre metier calendrier atelier plaisir")

// splitPurposes cuts the words after a link where the purpose ends, and parts
// several purposes that each begin with a verb.
func splitPurposes(rest string) []string {
	rest = unbracketed(strings.TrimLeft(rest, " '’:"))
	for _, cut := range []string{". ", ";", " (", ", sur le fondement", ", sur la base", ", avec votre", ", en application", ", conformément", ", dans le cadre", " sur la base de", " : ", ", lorsque", ", sous réserve", ", ce qui", ", comme l", ", que vous", ", nous ", " lorsque ", ", avec ton", ", avec des "} {
		if i := strings.Index(rest, cut); i >= 0 {
			rest = rest[:i]
		}
	}
	rest = strings.Trim(rest, " .,")
	var out []string
	start := 0
	for i := 0; i < len(rest); i++ {
		for _, sep := range []string{", et ", ", ", " et ", " ou "} {
			if !strings.HasPrefix(rest[i:], sep) {
				continue
			}
			next := rest[i+len(sep):]
			// "la facturation et l'envoi, le suivi": only the last "et" parts nouns.
			noun := startsDeed(next) && (strings.HasPrefix(sep, ",") || len(out) > 0 && !strings.Contains(next, ", "))
			if (noun || startsPurpose(next) && len(nameTokens(rest[start:i])) > 1) && len(nameTokens(rest[start:i])) > 0 {
				out = appendPurpose(out, rest[start:i])
				start = i + len(sep)
				i = start - 1
				break
			}
		}
	}
	return appendPurpose(out, rest[start:])
}

// unbracketed takes away what stands in brackets.
func unbracketed(s string) string {
	for {
		open := strings.Index(s, " (")
		if open < 0 {
			return s
		}
		end := strings.IndexByte(s[open:], ')')
		if end < 0 {
			return s
		}
		s = s[:open] + s[open+end+1:]
	}
}

// startsPurpose tells whether words begin another purpose: a verb, or "d'" and
// a verb.
func startsPurpose(s string) bool {
	f := fold(s)
	for _, p := range []string{"de ", "d'", "pour ", "a "} {
		f = strings.TrimPrefix(f, p)
	}
	return startsVerb(f)
}

func appendPurpose(out []string, s string) []string {
	s = strings.Trim(s, " .,;:")
	for _, p := range []string{"de ", "d'", "d’", "pour ", "à "} {
		s = strings.TrimPrefix(s, p)
	}
	for _, p := range []string{"la ", "le ", "l'", "l’", "votre ", "vos ", "notre "} {
		if rest, ok := strings.CutPrefix(s, p); ok && startsDeed(s) {
			s = rest
			break
		}
	}
	s = shortName(s)
	if f := strings.Fields(s); len(f) > 16 {
		s = strings.Join(f[:16], " ")
	}
	if len(s) < 4 {
		return out
	}
	return append(out, s)
}
