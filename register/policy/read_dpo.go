package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// This file reads the data protection officer.

// readDPO reads the blocks that speak of the DPO, and the lines of an address or
// of fields after them.
func (d *reading) readDPO() {
	for i, b := range d.blocks {
		if b.kind == tableBlock || !dpoRE.MatchString(b.text) {
			if b.kind == heading || b.section == nil || b.section.topic != "dpo" {
				continue
			}
		}
		if d.hasDPO == 0 {
			d.hasDPO = b.no
		}
		text := b.text
		if loc := dpoRE.FindStringIndex(text); loc != nil && inAddress(text, loc) {
			text = sentenceAt(text, loc[0])
		} else if loc != nil {
			text = text[loc[0]:]
		}
		window := text
		if b.kind == heading || goesOn(b.text) || b.section.topic == "dpo" {
			window = d.windowAfter(i, text, false)
		} else if b.section.under("contact", "rights") {
			window = d.windowAfter(i, text, true)
		}
		d.fillDPO(b, text, window)
		d.namedBefore(b)
		if d.dpo.email != "" && d.dpo.name != "" {
			return
		}
	}
}

// namedBefore reads the name of a DPO that stands before the words for one.
func (d *reading) namedBefore(b *block) {
	if d.dpo.name != "" && strings.Contains(d.dpo.name, " ") {
		return
	}
	for _, loc := range dpoRE.FindAllStringIndex(b.text, 4) {
		m := namedRE.FindStringSubmatch(b.text[:loc[0]])
		if m == nil || !plausibleName(m[1]) || notCompany(m[1]) {
			continue
		}
		if d.dpo.name = m[1]; d.dpo.no == 0 {
			d.dpo.no, d.dpo.words = b.no, firstWords(m[1])
		}
		return
	}
}

// inAddress tells whether the words for a DPO only stand in an address: before
// "dpo@…" stands whose it is.
func inAddress(text string, loc []int) bool {
	for _, m := range emailRE.FindAllStringIndex(text, -1) {
		if m[0] <= loc[0] && loc[1] <= m[1] {
			return true
		}
	}
	return false
}

// sentenceAt is the sentence of a text around an offset.
func sentenceAt(text string, off int) string {
	for _, s := range sentences(text) {
		if s.off <= off && off < s.off+len(s.text) {
			return s.text
		}
	}
	return text
}

// goesOn tells whether a paragraph announces what follows.
func goesOn(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "suivante") || strings.HasSuffix(s, "ci-dessous.")
}

// windowAfter joins a block with the short blocks after it, in its section.
//
// With fields only lines such as "Téléphone : …" count.
func (d *reading) windowAfter(i int, text string, fields bool) string {
	b := d.blocks[i]
	for j := i + 1; j < len(d.blocks) && j <= i+8; j++ {
		n := d.blocks[j]
		if n.kind == heading || n.kind == tableBlock || n.section != b.section || authority.MatchString(n.text) {
			break
		}
		if len(n.text) > 220 && !emailRE.MatchString(n.text) {
			break
		}
		if !fields || fieldRE.MatchString(fold(n.text)) {
			text += "\n" + n.text
		}
	}
	return text
}

func (d *reading) fillDPO(b *block, text, window string) {
	p := &d.dpo
	found := false
	set := func(into *string, v string) {
		if *into == "" && v != "" {
			*into, found = v, true
		}
	}
	set(&p.email, emailRE.FindString(window))
	set(&p.name, dpoName(text, window))
	set(&p.phone, phoneIn(window))
	if p.email != "" || p.name != "" {
		set(&p.address, addressIn(window))
	}
	if p.email == "" && p.name == "" {
		*p = party{}
		return
	}
	if found && p.no == 0 {
		p.no, p.words = b.no, firstWords(text)
	}
}

// dpoName reads a name: after a title of courtesy, as two fields, or right after
// the words that announce the DPO.
func dpoName(text, window string) string {
	if m := personRE.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if last, first := fieldLine(window, "nom"), fieldLine(window, "prénom"); last != "" {
		return strings.TrimSpace(first + " " + last)
	}
	for _, loc := range dpoRE.FindAllStringIndex(text, 4) {
		rest := text[loc[1]:]
		m := afterDPO.FindString(rest)
		if m == "" && !strings.HasPrefix(rest, "\n") {
			continue
		}
		if n := nameRE.FindStringSubmatch(strings.TrimSpace(rest[len(m):])); n != nil && plausibleName(n[1]) {
			name := strings.TrimSpace(trimLinks(n[1]))
			if at := strings.Index(rest, n[1]); at >= 0 {
				name += numberedRE.FindString(rest[at+len(n[1]):]) // "Syndicat mixte Numéris 61,"
				name = strings.TrimRight(name, ",. ")
			}
			// "à l'attention du DPO, BRAND, 2 rue…" names the organisation.
			if strings.Contains(name, " ") || !strings.HasSuffix(strings.TrimSpace(m), ",") {
				return name
			}
		}
	}
	if m := personRE.FindStringSubmatch(window); m != nil {
		return m[1]
	}
	for _, l := range strings.Split(window, "\n") {
		if !emailRE.MatchString(l) {
			continue
		}
		if n := nameRE.FindStringSubmatch(strings.TrimSpace(l)); n != nil && strings.Contains(n[1], " ") && plausibleName(n[1]) {
			return strings.TrimSpace(trimLinks(n[1]))
		}
	}
	return ""
}

// trimLinks takes little words off the end of a name.
func trimLinks(s string) string {
	f := strings.Fields(s)
	for len(f) > 0 && strings.ToLower(f[len(f)-1]) == f[len(f)-1] {
		f = f[:len(f)-1]
	}
	return strings.Join(f, " ")
}

var wordData = pattern.New(`\bdonnees\b`)

// plausibleName refuses what begins like a sentence or names the function.
func plausibleName(s string) bool {
	f := fold(s)
	if dpoRE.MatchString(s) || strings.HasPrefix(f, "delegue") || strings.Contains(f, "protection") || wordData.MatchString(f) {
		return false
	}
	switch strings.Fields(f)[0] {
	case "vous", "pour", "par", "il", "elle", "si", "nous", "tel", "telephone", "email", "e-mail", "mail", "courriel", "adresse", "contact", "en", "a", "cnil", "poste", "ou", "le", "la", "son", "sa", "toute", "vos", "votre", "cette", "ce", "les":
		return false
	}
	return !addressRE.MatchString(s)
}

// fieldLine returns the value of "label : value" at the start of a line.
func fieldLine(text, label string) string {
	for _, l := range strings.Split(text, "\n") {
		head, value, ok := strings.Cut(l, ":")
		if ok && fold(strings.Trim(head, " -•–*")) == fold(label) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
