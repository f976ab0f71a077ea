package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
)

// A party is an organisation or a DPO as it is pieced together.
type party struct {
	name, siren, email, phone, address string
	no                                 int
	words                              string
}

const street = `(?:rue|avenue|av\.|boulevard|bd|place|pl\.|chemin|route|quai|allées?|impasse|cours|square|passage|sentier|corniche|esplanade|promenade|faubourg|montée|ruelle|villa|résidence|Z\.?I\.?|Z\.?A\.?C?\.?|zone|parc|domaine|lieu-dit|lieudit|hameau|B\.?P\.?|mairie|hôtel de ville|place de la)`

var (
	emailRE   = pattern.New(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	phoneRE   = pattern.New(`(?:\+33\s?(?:\(0\)\s?)?|0)[1-9](?:[ .-]?\d{2}){4}`)
	postalRE  = pattern.New(`(?i)(?:\d{1,4}(?:\s?(?:bis|ter|quater|[a-d]\b))?\s?,?\s+)?\b` + street + `\b[^.;:|@()]{0,90}?\b\d{2} ?\d{3}\s*[-–,]?\s*\p{Lu}[\p{L}'’-]*(?:[ -](?:\p{Lu}[\p{L}'’-]*|de|du|des|la|le|les|sur|sous|en|d'|l'|DE|LA|LE)\b)*(?:\s\d{1,2}\b)?`)
	shortRE   = pattern.New(`(?i)\d{1,4}(?:\s?(?:bis|ter))?\s?,?\s+` + street + `\s[^,.;:|@()–]{2,60}`)
	sirenRE   = pattern.New(`(?i)(?:siren|siret|rcs|r\.c\.s\.?|num[ée]ro|n°)[^0-9]{0,40}?(?:^|[^\p{L}\d])(\d{3}[  .]?\d{3}[  .]?\d{3})(?:[  .]?\d{5})?`)
	sirenRE2  = pattern.New(`(?i)\b(\d{3}[  ]?\d{3}[  ]?\d{3})(?:[  ]?\d{5})?\s*(?:-\s*)?(?:rcs|r\.c\.s)`)
	authority = pattern.New(`(?i)fontenoy|cnil|TSA 80715|01[ .]?53[ .]?73[ .]?22[ .]?22`)
	personRE  = pattern.New(`(?:M\.|Mr\.?|Mme\.?|Monsieur|Madame|Maître|Me|Mlle)\s+(\p{Lu}[\p{L}'’-]+(?:\s+(?:\p{Lu}[\p{L}'’-]+|de|du|des|le|la|d'|van|von))*\s+\p{Lu}[\p{L}'’-]+)`)
	dpoRE     = pattern.New(`(?i)\b(?:dpo|dpd)\b|d[ée]l[ée]gu[ée]e?\s+[àa]\s+la\s+protection|d[ée]l[ée]gu[ée]e?\s+\(|data protection officer|r[ée]f[ée]rente?s?\s+(?:à la protection |protection |des |aux )?(?:de vos |de nos |des )?(?:donn[ée]es|rgpd)|correspondante?\s+informatique et libert[ée]s`)
	// namedRE is a name that the words for a DPO follow: "M. Paul Untel, délégué à …".
	namedRE    = pattern.New(`(?:M\.|Mme|Monsieur|Madame|Maître)?\s*(\p{Lu}[\p{L}'’-]+(?:\s+(?:de |du |d['’]|le |la )?\p{Lu}[\p{L}'’-]+){1,3})\s*(?:,|\(|–|-|, qui est|est|en qualité de|comme|a été désignée?)\s*(?:notre |votre |le |la |son |sa |leur |l['’])?$`)
	townBelow  = pattern.New(`^\s*\d{2} ?\d{3} \p{Lu}`)
	fieldRE    = pattern.New(`^[\s•–*-]*(nom|prenom|adresse|e-?mail|mail|courriel|tel|telephone|adresse (e-?mail|electronique|postale))\s*:`)
	afterDPO   = pattern.New(`(?i)^(?:\s*(?:\(?(?:dpo|dpd)\)?|(?:à la protection )?des données(?: à caractère)?(?: personnelles?| personnel)?|externe|mutualisée?|interne|désignée?|de la société|du groupe|(?:du|de la|de l['’]|des)\s*[\p{L}-]+(?:\s[\p{Ll}-]+)?|\((?:dpo|dpd)\)))*(?:\s*(?:[:,–-]|est une? (?:société|cabinet|prestataire|avocate?)(?: extérieure?| externe| spécialisée?)?,|est|a été désignée?|a été nommée?|la société|le cabinet|l['’]entreprise))+\s*(?:le |la |l'|l’)?(?:société |cabinet )?(?:désignée? est |est |:)?\s*`)
	numberedRE = pattern.New(`^ \d{2,3}(?:,|\.|$)`)
	nameRE     = pattern.New(`^(?:(?:M\.|Mr\.?|Mme\.?|Monsieur|Madame|Maître)\s+)?((?:\p{Lu}[\p{L}\d'’&-]*)(?:\s+(?:\p{Lu}[\p{L}\d'’&-]*|&|et|de|du|des|la|le|les|[dl]['’]\p{Lu}[\p{L}-]*|d'|l'|en|à|numérique|intercommunal|départemental|gestion|communes|conseil|mixte)(?:['’]?\p{Lu}[\p{L}'’-]*)?){0,6})`)
)

// readParties reads the DPO, then the organisation from what is left.
func (d *reading) readParties() {
	d.readDPO()
	d.readOrganisation()
	// "Le délégué : Garantie X, DPO, 2 rue…" says where to write, not who it is.
	if d.dpo.name != "" && fold(d.dpo.name) == fold(d.org.name) && !strings.Contains(fold(d.dpo.name), " mixte ") {
		d.dpo.name = ""
	}
}

// readOrganisation reads the controller: its section first, then the top and the
// contacts.
func (d *reading) readOrganisation() {
	var near, far []*block
	for i, b := range d.blocks {
		if b.kind == tableBlock || b.section.under("definitions") {
			continue
		}
		if b.section.under("identity") || b.kind != heading && responsibleRE.MatchString(b.text) {
			near = append(near, b)
		} else if i < 14 || b.section.under("contact", "scope") {
			far = append(far, b)
		}
	}
	blocks := append(near, far...)
	p := &d.org
	p.name, p.no = d.organisationName(blocks)
	for _, b := range blocks {
		d.fillOrganisation(b, d.aside(b))
	}
	d.lastResorts()
	p.words = firstWords(p.name)
	if p.no == 0 && len(d.blocks) > 0 {
		p.no = d.blocks[0].no
	}
}

// aside tells whether a block is the DPO's.
func (d *reading) aside(b *block) bool {
	loc := dpoRE.FindStringIndex(b.text)
	return b.section.under("dpo") || loc != nil && !inAddress(b.text, loc)
}

func (d *reading) fillOrganisation(b *block, aside bool) {
	p := &d.org
	text := b.text
	if aside { // what stands before the DPO is the organisation's
		loc := dpoRE.FindStringIndex(text)
		if loc == nil {
			return
		}
		text = text[:loc[0]]
	}
	if authority.MatchString(text) {
		return
	}
	if p.siren == "" {
		p.siren = sirenIn(text)
	}
	if p.email == "" {
		if p.email = emailRE.FindString(text); p.email == d.dpo.email && !aside && inOwn(p.email) {
			p.email = ""
		}
	}
	if p.phone == "" {
		p.phone = phoneIn(text)
	}
	if p.address == "" {
		if p.address = addressIn(text); p.address == "" && (b.section.under("identity") || townBelow.MatchString(strings.TrimPrefix(d.joined(b), b.text))) {
			p.address = addressIn(d.joined(b))
		}
		if p.address == "" {
			p.address = cleanAddress(shortRE.FindString(text))
		}
	}
}

// inOwn tells whether an address is a DPO's by its name: "dpo@…".
func inOwn(email string) bool { return email != "" && dpoRE.MatchString(email) }

// joined is a block with the next one: an address on two lines.
func (d *reading) joined(b *block) string {
	for i, x := range d.blocks {
		if x == b && i+1 < len(d.blocks) && d.blocks[i+1].section == b.section && d.blocks[i+1].kind != tableBlock {
			return b.text + " " + d.blocks[i+1].text
		}
	}
	return b.text
}

// lastResorts finds a name or an address elsewhere when no section told one.
func (d *reading) lastResorts() {
	p := &d.org
	for _, b := range d.blocks {
		if b.kind == tableBlock || d.aside(b) || authority.MatchString(b.text) {
			continue
		}
		if e := emailRE.FindString(b.text); p.email == "" && !b.section.under("rights") && !inOwn(e) {
			p.email = e
		}
		if a := addressIn(b.text); p.address == "" && a != d.dpo.address {
			p.address = a
		}
	}
	for _, b := range d.blocks { // "écrivez à …", when no other address was given
		if e := emailRE.FindString(b.text); p.email == "" && d.dpo.email == "" && e != "" && !authority.MatchString(e) && !inOwn(e) {
			p.email = e
		}
	}
	if p.name == "" {
		p.name, p.no = d.brand(p.email + " " + d.dpo.email)
	}
}

// brand is the word of the text that is also the domain of an address of it.
func (d *reading) brand(emails string) (string, int) {
	for _, e := range strings.Fields(emails) {
		_, host, _ := strings.Cut(e, "@")
		label, _, _ := strings.Cut(host, ".")
		if len(label) < 4 || freeMail()[label] {
			continue
		}
		for _, b := range d.blocks {
			texts := []string{b.text}
			if b.table != nil {
				for _, row := range b.table.rows {
					for _, c := range row {
						texts = append(texts, c.text)
					}
				}
			}
			for _, text := range texts {
				for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ’',.()|:", r) }) {
					if fold(w) == strings.ReplaceAll(label, "-", "") && isUpper([]rune(w)[0]) {
						return w, b.no
					}
				}
			}
		}
	}
	return "", 0
}

var freeMail = stemSet("free-mail")

// party as the register holds it
func (d *reading) asParty(p party) register.Party {
	return register.Party{Name: p.name, Email: p.email, Phone: p.phone, Address: p.address, Line: p.no, Source: d.source(p.no, p.words)}
}
