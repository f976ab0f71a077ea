package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// A proper name with the little words inside it.
const properName = `((?:«\s?)?\p{Lu}[\p{L}\d'’&.-]*(?:\s+(?:\p{Lu}[\p{L}\d'’&.-]*|&|et|de|du|des|la|le|les|en|à|d['’]\p{Lu}[\p{L}'’-]*|l['’]\p{Lu}[\p{L}'’-]*))*)`

// bodyName is the name of an institution, which goes on in small letters:
// "Association diocésaine de …", "Syndicat autonome des personnels de la logistique".
const bodyName = `((?:BODY)(?:[\s-]+(?:& )?[\p{L}][\p{L}\d'’-]*){1,10}?)`

// withBody is an expression whose bodyName knows the words of rules/policy/institutions.yml.
func withBody(expr string) *pattern.Lazy {
	return pattern.Of(func() string {
		entries, _ := terms.Entries("institutions") // loadVocabulary told of the error
		var words []string
		for _, e := range entries {
			words = append(words, e.Words...)
		}
		return strings.ReplaceAll(expr, "BODY", strings.Join(words, "|"))
	})
}

const form = `(?:le CCAS|la commune|l['’]OGEC|la régie|l['’]office notarial|l['’]étude|l['’]institut|le lycée|le collège|l['’]université|la résidence|la maison|la société|la societe|l['’]association|l['’]entreprise|le cabinet|la clinique|l['’]agence|la SARL|la SAS|la SASU|l['’]EURL|la SCI|la mairie|la fondation|le groupe|la start-up|l['’]établissement|le syndicat|l['’]office|la coopérative|l['’]école|la boutique|l['’]hôtel|la ville)`

var (
	responsibleRE = pattern.New(`(?i)responsables? (?:du|de|des|de la) traitements?`)
	// Patterns of a text that names its author, the surest first.
	namePatterns = []*pattern.Lazy{
		pattern.New(`^(?i:dénomination(?: sociale)?|raison sociale|nom de (?:l['’]organisme|la société|l['’]entreprise|l['’]association|la structure|l['’]établissement)|organisme)\s*:\s*(\p{Lu}[^.;|:@]{1,80})`),
		pattern.New(`(?i:responsables? (?:du|de|des) traitements?(?: (?:des|de vos) données(?: personnelles| à caractère personnel)?)?)\s*(?:est|:|–|-|sont)\s*(?i:` + form + `\s+)?` + properName),
		withBody(`(?:^|[\s«])(?:[Ll]['’]|[Ll]a |[Ll]e )?` + bodyName + `\s*(?:\(\p{Lu}{2,8}\)|\((?i:association|établissement|syndicat|loi 1901|société|collectivité|ci-après))`),
		withBody(`(?:^|[\s«])(?:[Ll]['’]|[Ll]a |[Ll]e )?` + bodyName + `,? (?:est une?|sont une?|,? (?:association|établissement public|syndicat|collectivité)|représentée? par)`),
		pattern.New(`(?:^|\. )` + properName + ` (?:est|sont) une? (?:petite |jeune |simple )?(?i:association|société|entreprise|établissement|collectivité|syndicat|mutuelle|fondation|boutique|coopérative|micro-|auto-?entreprise|SASU?|SARL|studio|cabinet|agence)`),
		pattern.New(properName + `,?\s*(?:\([^)]{0,80}\))?(?:,[^.]{0,160}?)?,?\s+(?:est|agit|intervient)[^.]{0,30}(?i:responsable)`),
		pattern.New(`^(?i:` + form + `)\s+` + properName + `\s+(?:traite|met|collecte|édite|recueille|s['’]engage)`),
		pattern.New(properName + `\s*(?:\(|–|,|-)\s*(?i:société (?:par|à|anonyme|coopérative|civile)|association (?:loi|régie|à but|reconnue|dont)|coopérative|établissement public|fondation|entreprise individuelle|auto-?entrep|micro-?entrep|mutuelle|syndicat|fédération)`),
		townRE,
		pattern.New(properName + `\s*(?:\(|–|,|-)\s*(?:loi 1901|SIREN|SIRET|RCS|SASU?|SARL|EURL|SA\b|S\.A\.S|S\.A\.R\.L|courtier|association|SELARL|SCI|SCOP|immatricul)`),
		pattern.New(`(?:[Éé]ditée?|exploitée?|proposée?|tenue?|gérée?|mise? en œuvre) par (?i:` + form + `\s+)?` + properName),
		pattern.New(`(?i:` + form + `)\s+` + properName),
		pattern.New(`^` + properName + `(?:,[^.]{0,220},)?\s+(?:applique|respecte|traite|met en œuvre|édite|collecte|s['’]engage|attache|accorde|a nommé|a désigné|représentée)`),
		pattern.New(`^` + properName + `,\s+(?:\d{1,4}[ ,]|place |ZA |ZI )`),
		pattern.New(properName + ` (?:SASU?|SARL|EURL|SA|SELARL|SNC)\b`),
		pattern.New(`(?i:charte|politique|notice|mentions|information)[^.:]{0,80}?(?: – | - | — |: )(?i:` + form + `\s+|plateforme )?` + properName),
		pattern.New(`(?i:politique de confidentialité|politique de protection des données|protection des données) (?:de |du |d['’])(?i:l['’]application |l['’]association |la société |cabinet )?` + properName),
	}
	townRE      = pattern.New(`(?:^|[\s(«:–-])((?i:ville|commune|mairie|communauté de communes|communauté d['’]agglomération|métropole|département|syndicat (?:mixte|intercommunal)|centre communal d['’]action sociale|centre hospitalier|office de tourisme|chambre de [\p{Ll}]+|école|collège|lycée|université) (?:de la |de l['’]|de |du |des |d['’])(?:(?:la|le|les) )?\p{Lu}[\p{L}'’-]*(?: (?:d['’])?\p{Lu}[\p{L}'’-]*)*)`)
	bodyRE      = withBody(`^` + bodyName + `$`)
	supplierRE  = pattern.New(`(?i)(?:logiciel|outil|service)[^.]{0,60}par (?:la société |l['’]entreprise )?$`)
	doneByRE    = pattern.New(`(gard|heberg|stock|conserv|transmis|imprim|achemin|envoy|fourni)\w* (\w+ ){0,3}par (la societe|l'entreprise|le cabinet)? ?$`)
	postcodeRE  = pattern.New(`\d{2} ?\d{3}\s*$`)
	leadingForm = pattern.New(`^(?:SASU|SAS|SARL|EURL|SA|SELARL|SNC|SCI|SCOP|S\.A\.S\.?|S\.A\.R\.L\.?) (\p{Lu})`)
	legalFormRE = pattern.New(`\s*\b(?:SASU|SAS|SARL|EURL|SA|SELARL|SNC|SCI|S\.A\.S\.?|S\.A\.R\.L\.?)\b.*$`)
)

// organisationName reads the name of the controller and its line.
func (d *reading) organisationName(blocks []*block) (string, int) {
	for i, re := range namePatterns {
		if i == 2 {
			if name, no := d.openingName(blocks); name != "" {
				return name, no
			}
		}
		if i == 2 { // no text says who is responsible: the letterhead does
			if name, no := d.letterhead(); name != "" {
				return name, no
			}
		}
		for _, b := range blocks {
			text := b.text
			if d.aside(b) {
				if loc := dpoRE.FindStringIndex(text); loc != nil {
					text = text[:loc[0]]
				}
			}
			for _, m := range re.FindAllStringSubmatchIndex(text, 4) {
				if postcodeRE.MatchString(text[:m[2]]) || supplierRE.MatchString(text[:m[2]]) || i > 3 && doneByRE.MatchString(fold(text[:m[2]])) {
					continue // a town, or who made a tool
				}
				if n := d.clean(text[m[2]:m[3]]); n != "" {
					if before := text[:m[2]]; strings.HasSuffix(before, "Les ") || m[2] > 0 && strings.HasPrefix(text[m[2]:m[3]], "Les ") {
						n = "Les " + n
					}
					n = withArticle(n, text[m[2]:m[3]])
					return innerArticle(n, text[m[2]:m[3]]), b.lineAt(m[2])
				}
			}
		}
	}
	return d.standingName(blocks)
}

// openingName is the name that opens the block which tells who is responsible, in bold
// or before its number: "**La Marmite**, association…", "Cabinet X, syndic, RCS…".
func (d *reading) openingName(blocks []*block) (string, int) {
	for _, b := range blocks {
		if !b.section.under("identity") || b.kind != paragraph {
			continue
		}
		head := ""
		if b.bold > 3 && b.bold < 70 && b.bold < len(b.text) {
			head = b.text[:b.bold]
		} else if m := opensRE.FindStringSubmatch(b.text); m != nil && sirenIn(b.text) != "" {
			head = m[1]
		}
		if strings.HasSuffix(head, ":") || conjugated(head) || d.labelOf(bareLabel(head)) != "" {
			continue
		}
		if n := d.clean(head); n != "" && nearAddress(b.text) {
			return withArticle(n, head), b.no
		}
	}
	return "", 0
}

// nearAddress tells whether a text says where an organisation is or how it is entered.
func nearAddress(s string) bool { return sirenIn(s) != "" || addressIn(s) != "" }

var opensRE = pattern.New(`^(\p{Lu}[\p{L}\d'’&.-]*(?: [\p{L}\d'’&.-]+){1,6})(?:,| \()`)

// letterhead is an institution that stands alone on one of the first lines.
func (d *reading) letterhead() (string, int) {
	for _, b := range d.blocks[:min(2, len(d.blocks))] {
		head, _, _ := strings.Cut(b.text, " – ")
		if len(strings.Fields(head)) <= 9 && !strings.ContainsAny(head, ".:;?!@,(") && bodyRE.MatchString(head) && b.kind != tableBlock {
			return d.clean(head), b.no
		}
	}
	return "", 0
}

// clean is cleanName, but for institutions, whose names go on in small letters.
func (d *reading) clean(s string) string {
	if !bodyRE.MatchString(s) {
		return cleanName(s)
	}
	f := strings.Fields(s)
	for len(f) > 1 && (linking[fold(f[len(f)-1])] || slices.Contains(articles, fold(f[len(f)-1])) || f[len(f)-1] == "et") {
		f = f[:len(f)-1]
	}
	if len(f) < 2 || notName()[fold(f[0])] && len(f) < 3 {
		return cleanName(s)
	}
	return strings.Join(f, " ")
}

// standingName is a name alone on its line: in the section of the controller, or
// between the title and the first section.
func (d *reading) standingName(blocks []*block) (string, int) {
	for _, b := range blocks {
		if b.section != nil && b.section.topic != "identity" && b.section.topic != "" || b.kind == listItem || b.section != nil && b.section.topic == "" && !b.section.whole && b.kind != heading {
			continue
		}
		if b.kind == heading && d.tellsOfData(b.text) {
			continue // "Cantine" over what is kept of the canteen
		}
		if len(b.text) < 60 && !strings.ContainsAny(b.text, ".:;?@|") && d.topicOf(b.text) == "" && !titleRE.MatchString(fold(b.text)) {
			if n := cleanName(b.text); n != "" && !address(n) {
				return withArticle(n, b.text), b.no
			}
		}
	}
	return "", 0
}

// tellsOfData tells whether the text right under a title is about data: what they are, or
// how long they are kept. A title over that is a treatment's, not an organisation's.
func (d *reading) tellsOfData(title string) bool {
	for _, b := range d.blocks {
		if b.kind == heading || b.section == nil || b.section.whole || b.section.title != title {
			continue
		}
		if has(d.retention, terms.Read(b.text), "verb") || len(d.categories.Find(b.text)) > 0 {
			return true
		}
	}
	return false
}

// withArticle gives a name in capitals the article it was written with: "LES RAMEURS
// DU BIEF". In small letters it may be that of the sentence.
func withArticle(name, text string) string {
	for _, a := range []string{"LES ", "LE ", "LA ", "L'", "L’"} {
		if strings.HasPrefix(strings.TrimLeft(text, "« "), a+name) && strings.ToUpper(name) == name && len(strings.Fields(name)) > 1 {
			return a + name
		}
	}
	return name
}

// innerArticle gives a name the article it has after a form: "L'association Les
// Mésanges". A capital within a sentence begins a name.
func innerArticle(name, text string) string {
	for _, a := range []string{"Les ", "Le ", "La "} {
		if strings.Index(text, a+name) > 0 {
			return a + name
		}
	}
	return name
}

// cleanName refuses what is no name, and cuts the legal form and little words.
func cleanName(s string) string {
	s, _, _ = strings.Cut(s, "(")
	for _, dash := range []string{" – ", " — ", " - "} {
		s, _, _ = strings.Cut(s, dash)
	}
	s = strings.Trim(s, " «»“”\".,;:-–")
	s = leadingForm.ReplaceAllString(s, "$1")
	if cut := legalFormRE.ReplaceAllString(s, ""); cut != "" {
		s = cut
	}
	f := strings.Fields(s)
	for len(f) > 0 && (strings.ToLower(f[len(f)-1]) == f[len(f)-1] && f[len(f)-1] != "&" || f[len(f)-1] == "&") {
		f = f[:len(f)-1]
	}
	for len(f) > 0 && notStart()[fold(f[0])] {
		f = f[1:]
	}
	s = strings.Join(f, " ")
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "L'"), "L’"), "l'"), "l’")
	s = strings.Trim(s, " «»“”\".,;:-–")
	if strings.Contains(s, "«") != strings.Contains(s, "»") {
		return ""
	}
	if len(s) < 2 || notCompany(s) || notName()[fold(s)] || strings.Contains(fold(s), "rgpd") || strings.HasPrefix(fold(s), "engagement") || dpoRE.MatchString(s) {
		return ""
	}
	return s
}

var (
	notStart = wordSet("not-start")
	notName  = wordSet("not-name")
)

// stopSet is a set of folded words as they are written.
// stopSet makes a set of words when it is first asked for: most commands read
// no policy.
func stopSet(s string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for _, w := range strings.Fields(s) {
			m[w] = true
		}
		return m
	})
}
