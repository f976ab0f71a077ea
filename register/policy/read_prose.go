package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// readProse makes a treatment of each purpose that a sentence gives, when no
// row, field or list has told them.
func (d *reading) readProse() {
	full := len(d.treatments) >= 3
	listed := len(d.treatments) - d.titled()
	for _, s := range d.statements {
		if full && !(s.section.under("roles") && strings.Contains(fold(s.text), "a des fins d")) && d.told(s) {
			continue
		}
		if s.treatment != nil || s.quiet() || s.field != "" {
			continue
		}
		if s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity", "contact", "changes", "scope", "source", "mandatory") {
			continue
		}
		names := d.purposesIn(s)
		if frame := d.framed(s); frame != "" && len(names) > 0 {
			d.readFrame(s, frame, names)
			continue
		}
		var last *treatment
		for _, n := range names {
			if n = d.notBasis(s, n); len(nameTokens(n)) == 0 {
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
	d.readDeeds(full)
	if listed < 3 {
		d.readClauses()
	}
	d.readNarrative()
}

// notBasis is a purpose, or what stands for one that is a basis only: "Lorsque vous
// utilisez le téléphone de la chambre, … pour l'exécution du contrat souscrit".
func (d *reading) notBasis(s *statement, name string) string {
	if aboutLaw.MatchString(fold(name)) {
		return ""
	}
	if !basisOnly.MatchString(fold(name)) {
		return name
	}
	m := whenRE.FindStringSubmatch(s.text)
	if m == nil {
		return ""
	}
	return shortName(m[1] + "er" + m[2])
}

var (
	// aboutLaw are duties of any controller, no use of data.
	aboutLaw  = pattern.New(`registre des (operations|activites|traitements)|securisation|(exercer|exercice de) (vos|tes|leurs) droits|confidentialite de (vos|tes|ces) donnees|proteger (vos|tes) donnees|conformement au (rgpd|reglement)|respecter (le rgpd|la reglementation|la vie privee)|limiter (la collecte|les donnees)|conserver les donnees|mesures? techniques?|haut niveau de|strictement (utiles|necessaires)`)
	basisOnly = pattern.New(`^(execution|execut\w+)( d[ue]| d'un| le| notre| votre)? contrat( (que|qui|auquel|avec|souscrit|conclu)\b.*)?$`)
	whenRE    = pattern.New(`^(?:[Ll]orsque|[Qq]uand|[Ss]i) vous (?:nous |vous |y |en )*(\p{L}+)ez( [^,:]{4,90})(?:, | ?:|$)`)
)

// told tells whether the purposes of a statement's section were told by rows,
// fields or items, which its prose explains. A sentence that lists more of them in
// a section on purposes still counts.
func (d *reading) told(s *statement) bool {
	if s.section.under("data", "cookies", "bases", "profiling") || s.section == nil || s.section.whole {
		return true
	}
	more := s.section.under("purposes", "treatments") && s.block.kind == paragraph && len(d.purposesIn(s)) > 0 && !strings.HasSuffix(strings.TrimSpace(s.block.text), ":")
	for _, t := range d.treatments {
		if t.stands == nil {
			t.stands = d.sectionAt(t.no)
		}
		if t.conf > sureProse && t.stands == s.section && (!more || t.conf >= sureField) {
			return true
		}
	}
	return false
}

// sectionAt is the section of a line.
func (d *reading) sectionAt(no int) *section {
	var sec *section
	for _, b := range d.blocks {
		if b.no > no {
			break
		}
		sec = b.section
	}
	return sec
}

// readFrame makes one treatment of an activity and the purposes set in it.
func (d *reading) readFrame(s *statement, name string, purposes []string) {
	t := d.addTreatment(name, s.no, sureProse)
	if t.section == nil {
		t.section = s.section
	}
	for _, p := range purposes {
		t.purposes = appendNew(t.purposes, p)
	}
	s.treatment = t
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
		if x.block == s.block && x != s && (len(d.purposesIn(x)) > 0 || len(d.deedsIn(x)) > 0) {
			return false
		}
	}
	return true
}
