package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readProcessing makes treatments of what an organisation does for others, told
// in prose: "En tant que sous-traitant, nous hébergeons les fichiers de nos
// clients et assistons leurs utilisateurs". Art. 30(2) asks for them apart.
func (d *reading) readProcessing() {
	for _, s := range d.statements {
		if s.definition || s.negative || s.field != "" || s.treatment != nil || !actsForOthers(s) {
			continue
		}
		for _, name := range servicesIn(s.words) {
			if d.sameTreatment(name, 0.75) != nil {
				continue
			}
			t := d.addTreatment(name, s.no, sureProse)
			t.section, t.role = s.section, register.Processor
			if strings.Contains(fold(s.block.text), "client") {
				t.behalf = []string{"clients"}
			}
		}
	}
}

// actsForOthers tells whether the organisation says that it is a processor.
func actsForOthers(s *statement) bool {
	f := fold(s.text)
	if !strings.Contains(f, "nous ") {
		return false
	}
	for _, w := range []string{"nous sommes leur sous-traitant", "nous sommes sous-traitant", "nous sommes leur", "en qualite de sous-traitant", "en tant que sous-traitant", "comme sous-traitant", "agissons pour le compte", "agissons en sous-trait", "pour le compte de nos clients", "pour le compte de ses clients", "pour votre compte", "pour le compte des ", "pour le compte de nos ", "pour leur compte"} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

// servicesIn returns what "nous" does in a sentence: each verb with its object.
func servicesIn(t terms.Text) []string {
	var verbs []int
	for i, tok := range t.Tokens {
		if serves(tok.Word) && (i > 0 && (t.Tokens[i-1].Word == "nous" || t.Tokens[i-1].Word == "et" || tok.Gap >= terms.Listed)) {
			verbs = append(verbs, i)
		}
	}
	var out []string
	for k, v := range verbs {
		end := len(t.Tokens)
		if k+1 < len(verbs) {
			end = verbs[k+1]
		}
		object := objectOf(t, v+1, end)
		if object == "" || strings.HasPrefix(fold(object), "pour ") {
			continue
		}
		if generalVerb()[t.Tokens[v].Word] {
			for _, p := range listed(object) {
				out = append(out, shortName(tidyRecipient(p.text)))
			}
			continue
		}
		out = append(out, shortName(infinitiveOf(t.Raw[t.Tokens[v].Start:t.Tokens[v].End])+" "+object))
	}
	return out
}

// serves tells whether a word is a verb of "nous" that can name a service.
func serves(w string) bool {
	return len(w) > 5 && strings.HasSuffix(w, "ons") && !duty()[w]
}

// duty are the verbs of what any processor owes, or that say nothing.
var duty = wordSet("duty")

var generalVerb = stopSet("assurons realisons effectuons proposons fournissons offrons prenons gerons")

// objectOf is the words from token a to b, up to the clause after them.
func objectOf(t terms.Text, a, b int) string {
	if a >= b {
		return ""
	}
	end := a
	for end < b && (end == a || t.Tokens[end].Gap < terms.Bracket) {
		if w := t.Tokens[end].Word; end > a && (w == "uniquement" || w == "exclusivement" || w == "selon" || w == "conformement" || w == "sur" || w == "pendant" || w == "pour" || w == "afin" || w == "dans") {
			break
		}
		end++
	}
	for end > a && (t.Tokens[end-1].Word == "et" || t.Tokens[end-1].Word == "nous" || t.Tokens[end-1].Word == "en") {
		end--
	}
	if end == a {
		return ""
	}
	return strings.Trim(t.Raw[t.Tokens[a].Start:t.Tokens[end-1].End], " ,;.")
}

// infinitiveOf makes "héberger" of "hébergeons".
func infinitiveOf(verb string) string {
	for _, x := range [][2]string{{"issons", "ir"}, {"enons", "enir"}, {"geons", "ger"}, {"çons", "cer"}, {"ons", "er"}} {
		if s, ok := strings.CutSuffix(verb, x[0]); ok {
			return s + x[1]
		}
	}
	return verb
}
