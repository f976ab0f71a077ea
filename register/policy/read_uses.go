package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file finds what a sentence says data are used for.

// purposeIn is the first purpose of a sentence, "" for none.
func (d *reading) purposeIn(s *statement) string {
	if p := d.purposesIn(s); len(p) > 0 {
		return p[0]
	}
	return ""
}

// purposesIn returns the purposes that a sentence about processing gives: after
// "afin de", "permettent", after "pour" or "tenus de" and a verb, or as one more
// of those the piece before its semicolon began.
func (d *reading) purposesIn(s *statement) []string {
	if s.uses == nil {
		found := d.findPurposes(s)
		s.uses = &found
	}
	return *s.uses
}

func (d *reading) findPurposes(s *statement) []string {
	if p := d.linked(s); p != nil {
		return p
	}
	if p := d.meantFor(s); p != nil {
		return p
	}
	if p := bound(s); p != nil {
		return p
	}
	if p := d.answers(s); p != nil {
		return p
	}
	return d.goesOn(s)
}

// linked reads the purposes after words such as "afin de", "a pour finalités".
func (d *reading) linked(s *statement) []string {
	t := s.words
	for _, m := range d.purposes.Find(t) {
		if m.ID == "link" && (d.processes(t) || m.From > 0 || t.Tokens[0].Word == "la") && m.To < len(t.Tokens) {
			return splitPurposes(s.text[t.Tokens[m.To-1].End:])
		}
	}
	return nil
}

// meantFor reads the purposes after "pour" and a verb.
func (d *reading) meantFor(s *statement) []string {
	t := s.words
	for i, tok := range t.Tokens {
		if tok.Word != "pour" || i+1 >= len(t.Tokens) {
			continue
		}
		rest := s.text[tok.End:]
		if i == 0 || i <= 3 && s.section.under("purposes") && ordering(t.Tokens[:i]) || i < 12 && s.section.under("purposes") && conditionedRE.MatchString(fold(s.text[:tok.Start])) {
			head, tail, ok := strings.Cut(rest, ", ")
			if ok && (d.processes(terms.Read(tail)) || weDo(terms.Read(tail)) != "" || asks.MatchString(fold(tail))) && startsVerb(head) {
				return splitPurposes(head)
			}
			if s.section.under("purposes") && startsVerb(rest) && !strings.Contains(fold(rest), ", nous ") {
				return splitPurposes(rest) // the answer to "why?"
			}
			continue
		}
		before := terms.Text{Raw: t.Raw, Tokens: t.Tokens[:i]}
		if (startsVerb(rest) || startsDeed(rest) && speaksOfData(t)) && (d.processes(before) || s.section.under("purposes") && weDo(before) != "") {
			return splitPurposes(rest)
		}
	}
	return nil
}

// conditionedRE is a condition before the purpose it holds for: "Enfin, si vous le
// voulez bien, pour publier…".
var conditionedRE = pattern.New(`^((enfin|ensuite|puis|et),? )?(si|avec|sous reserve) [^,]{3,50}, $`)

// asks are the words of a main clause that asks for data: "Pour réserver, il suffit
// d'un nom".
var asks = pattern.New(`^(il (suffit|faut|nous faut|est necessaire)|vous (devez|remplissez|donnez|indiquez|fournissez|laissez|communiquez)|nous (vous |avons |devons )|on (vous|te) |(le|la|l'|notre|votre) ?\w+ (recueille|collecte|enregistre|demande|traite|utilise))`)

// bound reads what the organisation must do: "nous sommes par ailleurs tenus, en
// tant que professionnel, de lutter contre le blanchiment".
func bound(s *statement) []string {
	t := s.words
	for i, tok := range t.Tokens {
		if !binding()[tok.Stem] {
			continue
		}
		for j := i + 1; j < len(t.Tokens) && j < i+12; j++ {
			if w := t.Tokens[j].Word; (w == "de" || w == "d" || w == "a") && startsVerb(s.text[t.Tokens[j].End:]) && !namedBefore.MatchString(fold(s.text[t.Tokens[j].End:])) && !gathersFirst(t, j+1) {
				return splitPurposes(strings.TrimLeft(s.text[t.Tokens[j].End:], "'’"))
			}
		}
	}
	return nil
}

// gathersFirst tells whether the verb at or after token i takes data: what is done with
// them stands before it. "La paie impose de connaître leur identité".
func gathersFirst(t terms.Text, i int) bool {
	for ; i < len(t.Tokens); i++ {
		if infinitive(t.Tokens[i].Word) {
			return gatheringVerb()[t.Tokens[i].Word]
		}
		if !pronoun()[t.Tokens[i].Word] {
			return false
		}
	}
	return false
}

var gatheringVerb = wordSet("gathering-verb")

// namedBefore is a verb whose object the text has named: "tenir ce dossier".
var namedBefore = pattern.New(`^ ?'?\w+ (ce|cet|cette|ces) `)

var binding = stemSet("binding")

// answers reads a sentence that answers "why?" without a verb of its own: "D'abord
// à inscrire votre enfant et à suivre sa scolarité".
func (d *reading) answers(s *statement) []string {
	if !s.section.under("purposes") && !d.asked(s) {
		return nil
	}
	t := s.words.Tokens
	i := 0
	for i < len(t) && i < 4 && ordering(t[i:i+1]) {
		i++
	}
	if i >= len(t) || t[i].Word != "a" && t[i].Word != "de" && t[i].Word != "d" || !startsVerb(s.text[t[i].End:]) {
		return nil
	}
	return splitPurposes(strings.TrimLeft(s.text[t[i].End:], "'’"))
}

// asked tells whether the block of a statement asks why before it.
func (d *reading) asked(s *statement) bool {
	for x := s.before; x != nil; x = x.before {
		if strings.HasSuffix(x.text, "?") {
			return d.topicOf(x.text) == "purposes"
		}
	}
	return false
}

// goesOn reads a piece after a semicolon that is one more purpose of the sentence:
// "… pour lutter contre la fraude ; réaliser des études ; mener des enquêtes".
func (d *reading) goesOn(s *statement) []string {
	if s.first || text(s.block.text, s.off) != ';' || !startsPurpose(s.text) && !startsDeed(s.text) {
		return nil
	}
	if s.before == nil || len(d.purposesIn(s.before)) == 0 {
		return nil
	}
	return splitPurposes(s.text)
}

// framed is the activity that a sentence sets its purposes in: "Dans le cadre de
// la gestion locative, nous …". A basis or a law is none.
func (d *reading) framed(s *statement) string {
	m := frameRE.FindStringSubmatch(s.text)
	if m == nil {
		return ""
	}
	name := shortName(m[1])
	if len(nameTokens(name)) == 0 || len(strings.Fields(name)) > 8 || len(d.basesIn(name, s.no, true)) > 0 || noFrame.MatchString(fold(name)) {
		return ""
	}
	return name
}

var (
	frameRE = pattern.New(`^(?:Dans le cadre|Au titre) (?:de|du|des|d['’])\s*(?:l['’]|la |le |nos |notre |votre |vos )?(?:activités? (?:de |d['’]))?([^,:]{6,80}), `)
	noFrame = pattern.New(`relation|mission|interet|reglement|rgpd|presente?s?\b|politique|activites?$|legitim|traitement|loi\b|donnees|cela|conformite|utilisation`)
)

// ordering tells of words that only put purposes in order: "d'abord", "enfin".
func ordering(tokens []terms.Token) bool {
	for _, t := range tokens {
		switch t.Word {
		case "d", "abord", "ensuite", "enfin", "puis", "egalement", "aussi", "en", "outre", "d'abord", "notamment", "et", "surtout", "principalement", "premierement", "deuxiemement", "essentiellement", "avant", "tout", "simplement", "uniquement", "bien", "sur":
		default:
			return false
		}
	}
	return true
}

func (d *reading) processes(t terms.Text) bool { return has(d.purposes, t, "verb") }

// splitPurposes cuts the words after a link where the purpose ends, and parts
// several purposes that each have an object of their own.
func splitPurposes(rest string) []string {
	rest = unbracketed(strings.TrimLeft(rest, " '’:"))
	for _, cut := range []string{". ", ";", " (", ", sur le fondement", ", sur la base", ", avec votre", ", en application", ", conformément", ", dans le cadre", " sur la base de", " : ", ", lorsque", ", sous réserve", ", ce qui", ", comme l", ", que vous", ", nous ", " lorsque ", ", avec ton", ", avec des ", ", auxquel", ", à laquelle", ", ce à quoi", ", pouvant ", ", publié", ", n'", " n'ont lieu", " n'a lieu"} {
		if i := strings.Index(rest, cut); i >= 0 {
			rest = rest[:i]
		}
	}
	rest = strings.Trim(rest, " .,")
	var out []string
	start := 0
	for i := 0; i < len(rest); i++ {
		for _, sep := range []string{", ainsi que ", " ainsi que ", ", et ", ", ", " et ", " ou "} {
			if !strings.HasPrefix(rest[i:], sep) {
				continue
			}
			part, next := rest[start:i], rest[i+len(sep):]
			// "la facturation et l'envoi, le suivi": only the last "et" parts nouns.
			noun := startsDeed(next) && (strings.HasPrefix(sep, ",") || len(out) > 0 && !strings.Contains(next, ", "))
			if (noun || startsPurpose(next)) && complete(part) && !leansOn(next) {
				out = appendPurpose(out, part)
				start = i + len(sep)
				i = start - 1
			}
			break
		}
	}
	return appendPurpose(out, rest[start:])
}

// complete tells whether words hold what is done and to what: in "négocier,
// rédiger et exécuter les mandats" and "la passation, la gestion et l'exécution
// des contrats" only the last has an object.
func complete(part string) bool {
	t := terms.Read(part).Tokens
	object, linked := 0, false
	for i, tok := range t {
		switch {
		case infinitive(tok.Word) || emptyWords()[tok.Stem]:
			linked = linked || i > 1 && slices.Contains([]string{"de", "du", "des", "d", "par", "en", "au", "aux"}, tok.Word)
		default:
			object++
		}
	}
	if startsPurpose(part) {
		return object > 0
	}
	return object > 1 || linked && object > 0
}

// leansOn tells whether words go on with the purpose before them: "inscrire votre
// enfant et suivre sa scolarité", "vous soigner et vous assurer".
func leansOn(next string) bool {
	for _, cut := range []string{", ", " et ", " ou "} {
		next, _, _ = strings.Cut(next, cut)
	}
	objects := 0
	for _, t := range terms.Read(next).Tokens {
		switch {
		case t.Word == "sa" || t.Word == "son" || t.Word == "ses" || t.Word == "ces" || t.Word == "cette":
			return true
		case !infinitive(t.Word) && !emptyWords()[t.Stem] && !pronoun()[t.Word]:
			objects++
		}
	}
	return startsPurpose(next) && (objects == 0 || referring.MatchString(fold(next)))
}

// referring begins a purpose whose object was named before: "et à les assurer".
var referring = pattern.New(`^(et )?(à |a |de |pour |d')?(le |la |les |l'|en |y )\w+(er|ir|re)\b`)

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
	for _, p := range []string{"enfin ", "egalement ", "aussi ", "de ", "d'", "pour ", "afin ", "a ", "de ", "d'"} {
		f = strings.TrimPrefix(f, p)
	}
	return startsVerb(f)
}

func appendPurpose(out []string, s string) []string {
	s = strings.Trim(s, " .,;:")
	for _, p := range []string{"enfin ", "également ", "aussi ", "pour ", "afin ", "de ", "d'", "d’", "à "} {
		s = strings.TrimPrefix(s, p)
	}
	for _, p := range []string{"la ", "le ", "les ", "l'", "l’", "votre ", "vos ", "notre "} {
		if rest, ok := strings.CutPrefix(s, p); ok && startsDeed(s) {
			s = rest
			break
		}
	}
	s = shortName(s)
	if f := strings.Fields(s); len(f) > 16 {
		s = strings.Join(f[:16], " ")
	}
	if len(s) < 4 || keepsFor(s) {
		return out
	}
	return append(out, s)
}

// keepsFor tells of a duty to keep for some time, no use of data: "garder dix ans".
func keepsFor(s string) bool {
	t := terms.Read(s)
	spans := durationsIn(t)
	return keepFor.MatchString(fold(s)) && len(spans) > 0 && spans[0].to == len(t.Tokens)
}

var keepFor = pattern.New(`^(les |la |le |l')?(conserver|garder|archiver|detenir|stocker|effacer|supprimer|detruire|purger)\b`)
