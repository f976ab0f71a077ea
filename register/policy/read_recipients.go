package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readRecipients reads who receives data, outside rows: companies wherever a
// statement names them, categories of recipients where they are listed.
func (d *reading) readRecipients() {
	for _, s := range d.statements {
		if (s.field == "companies" || s.field == "systems") && !s.taken && !s.quiet() {
			for _, f := range d.companyCell(cell{s.text, s.no}) {
				d.giveRecipient(s, f)
				if s.field == "systems" {
					d.keepIn(s, place{name: f.id, no: f.no, words: f.words})
				}
			}
			continue
		}
		if s.taken || s.field != "" && s.field != "recipients" {
			continue
		}
		if s.definition || s.right || s.section.under("rights", "definitions", "dpo", "identity", "changes") {
			continue
		}
		in := s.field == "recipients" || s.section.about() == "recipients" || s.section.topic == "transfers"
		for _, f := range d.namesIn(s, in) {
			d.giveRecipient(s, f)
		}
		if s.field == "recipients" || s.section.about() == "recipients" && !s.negative {
			for _, f := range d.kindsIn(s) {
				d.giveRecipient(s, f)
			}
		}
	}
}

func (d *reading) giveRecipient(s *statement, f found) {
	t := s.treatment
	if t == nil && s.label != "" {
		t = d.sameTreatment(s.label, 0.6)
	}
	if t == nil {
		t = &d.document
	}
	t.recipients = add(t.recipients, f)
}

// namesIn returns the companies that a statement names: those we know, and where
// recipients are listed any name.
func (d *reading) namesIn(s *statement, expected bool) []found {
	if s.negative {
		// "… n'est sous-traitée en dehors de la société X" names X.
		at := exceptRE.FindStringIndex(s.text)
		if at == nil {
			if _, rest, ok := strings.Cut(s.text, " : "); ok && s.words.Tokens[0].Start < len(s.text)-len(rest) && !has(d.flags, terms.Read(rest), "negative") {
				return d.namesInText(rest, s.no, true) // "On ne la voit jamais : c'est X qui encaisse"
			}
			if !expected {
				return nil
			}
			return d.namesInText(s.text, s.no, false)
		}
		return d.namesInText(s.text[at[0]:], s.no, true)
	}
	expected = expected || d.handsOver(s) && !(s.block.kind == listItem && d.severalData(s.text)) && sirenIn(s.text) == "" && addressIn(s.text) == ""
	if expected && !s.first && text(s.block.text, s.off) == ';' {
		return d.namesInText("et "+s.text, s.no, expected) // its capital begins no sentence
	}
	return d.namesInText(s.text, s.no, expected)
}

func (d *reading) namesInText(text string, no int, expected bool) []found {
	t := terms.Read(text)
	var out []found
	known := slices.DeleteFunc(d.companies.find(t, expected), func(m mention) bool { return d.withinData(t, m.from, m.to) })
	kinds := d.kinds.Find(t)
	for _, m := range known {
		if d.isSelf(m.Name) {
			continue
		}
		out = add(out, found{id: m.asWritten(t), no: no, words: around(t, m.from, m.to), conf: 0.9, extra: "named"})
	}
	for _, name := range d.candidates(t, expected) {
		if d.knownName(known, t, name) || d.isSelf(name.text) || notCompany(name.text) || len(d.countriesIn(terms.Read(name.text))) > 0 || d.common(name.text) {
			continue
		}
		if quotedName(t, name) || !d.hinted(t, name) || d.withinData(t, name.from, name.to) || slices.ContainsFunc(kinds, func(m terms.Match) bool { return m.ID == "authority" && m.From <= name.from && name.to <= m.To }) {
			continue
		}
		out = add(out, found{id: name.text, no: no, words: around(t, name.from, name.to), conf: 0.6, extra: "named"})
	}
	return out
}

// withinData tells whether tokens are a part of words for data: "numéro
// d'allocataire CAF".
func (d *reading) withinData(t terms.Text, from, to int) bool {
	start, end := t.Tokens[from].Start, t.Tokens[to-1].End
	return from >= 3 && slices.ContainsFunc(d.categories.Find(t.Raw), func(c terms.Term) bool {
		return c.Start < start && (end <= c.End || t.Tokens[from-1].End == c.End && t.Tokens[from].Gap == terms.Glued)
	})
}

// candidates are the proper names that may be companies: all where recipients are
// expected, else those right after a word for a company.
func (d *reading) candidates(t terms.Text, expected bool) []name {
	all := properNames(t)
	if expected {
		return all
	}
	return slices.DeleteFunc(all, func(n name) bool {
		return n.from == 0 || !firm()[t.Tokens[n.from-1].Word] || t.Tokens[n.from].Gap != terms.Glued
	})
}

var firm = stopSet("societe societes prestataire operateur hebergeur editeur logiciel cabinet transporteur routeur imprimeur infogerant coffre boitier boitiers assureur")

// endsPiece tells whether a name ends a piece of a list, right after the noun that
// says what it is: "au transporteur Cars Thiérache, …".
func endsPiece(t terms.Text, n name) bool {
	if n.from < 2 || t.Tokens[n.from].Gap != terms.Glued {
		return false
	}
	prev := t.Tokens[n.from-1]
	if deedNoun(t.Tokens[n.from].Word) { // "le progiciel Gestion Commerciale"
		return false
	}
	first := []rune(t.Raw[prev.Start:prev.End])[0]
	if isUpper(first) || len(prev.Word) < 4 || linking[prev.Word] || slices.Contains(articles, prev.Word) || startless()[prev.Word] {
		return false
	}
	return n.to == len(t.Tokens) || t.Tokens[n.to].Gap >= terms.Listed || t.Tokens[n.to].Word == "pour" || t.Tokens[n.to].Word == "qui"
}

var startless = stopSet("vers dans avec sans sous chez selon entre depuis hors sont sera avons apres avant article articles notamment etablissement commune mairie ville espace reglement loi code")

// quotedName tells whether a name stands between quotation marks, as the title of
// a journal or a form does.
func quotedName(t terms.Text, n name) bool {
	before := strings.TrimRight(t.Raw[:t.Tokens[n.from].Start], " ")
	return strings.HasSuffix(before, "«") || strings.HasSuffix(before, "“")
}

// common tells whether a name of one word is a word of every day that the text
// writes in small letters too: "les Établissements".
func (d *reading) common(name string) bool {
	if strings.ContainsAny(name, " .0123456789") || strings.ContainsFunc(strings.TrimLeftFunc(name, isUpper), isUpper) {
		return false
	}
	if d.small == nil {
		d.small = map[string]bool{}
		for _, s := range d.statements {
			for _, t := range s.words.Tokens {
				if first, _ := utf8.DecodeRuneInString(s.words.Raw[t.Start:]); !isUpper(first) {
					d.small[t.Stem] = true
				}
			}
		}
	}
	return d.small[terms.Stem(fold(name))]
}

// handsOver tells whether a statement says that data go to someone.
func (d *reading) handsOver(s *statement) bool {
	for _, w := range []string{"heberge", "transmi", "transmett", "adressons", "envoyons", "emis par", "portail", "application ", "logiciel", "passent par", "passe par", "aupres d", "concours d", "assure par", "assuree", "assures par", "gere par", "geree par", "communiqu", "confie", "recour", "passe par", "passons par", "enregistres dans", "stocke", "envoyes a", "encaiss", "prestataire", "sous-trait", "destin", "partag", "chez ", "via ", "plateforme", "hebergeur", "utilisons", "utilise ", "serveurs"} {
		if strings.Contains(fold(s.text), w) {
			return true
		}
	}
	return false
}

// A name is a proper name in a text, at tokens [from,to).
type name struct {
	text     string
	from, to int
}

// properNames returns the runs of words that begin with a capital where no
// sentence begins, or that hold capitals inside.
func properNames(t terms.Text) []name {
	var out []name
	for i := 0; i < len(t.Tokens); i++ {
		if !proper(t, i) {
			continue
		}
		j := i + 1
		if body()[t.Tokens[i].Word] {
			j = bodyEnd(t, i)
		}
		for j < len(t.Tokens) && (t.Tokens[j].Gap == terms.Glued || ampersand(t, j)) && (proper(t, j) || linking[t.Tokens[j].Word] && j+1 < len(t.Tokens) && proper(t, j+1) && t.Tokens[j+1].Gap == terms.Glued) {
			j++
		}
		out = append(out, name{t.Raw[t.Tokens[i].Start:t.Tokens[j-1].End], i, j})
		i = j - 1
	}
	return out
}

// body are words that begin the name of an institution, and go on in small
// letters: "Fédération de judo du Loiret".
var body = stopSet("federation ligue comite cabinet laboratoire banque caisse societe groupe union fondation association office agence chambre institut maison centre conseil compagnie imprimerie etude")

// bodyEnd is the token after the name of an institution that begins at i.
func bodyEnd(t terms.Text, i int) int {
	for j := i + 1; j < len(t.Tokens) && j < i+7 && t.Tokens[j].Gap == terms.Glued; j++ {
		if proper(t, j) {
			return j + 1
		}
		if !linking[t.Tokens[j].Word] && !linking[t.Tokens[j-1].Word] && t.Tokens[j-1].Word != "la" && t.Tokens[j].Word != "la" {
			break
		}
	}
	return i + 1
}

// ampersand tells whether token j follows an "&".
func ampersand(t terms.Text, j int) bool {
	return strings.TrimSpace(t.Raw[t.Tokens[j-1].End:t.Tokens[j].Start]) == "&"
}

var linking = map[string]bool{"de": true, "du": true, "des": true, "d": true, "l": true}

func proper(t terms.Text, i int) bool {
	raw := t.Raw[t.Tokens[i].Start:t.Tokens[i].End]
	r := []rune(raw)
	if len(r) < 2 {
		return false
	}
	up := isUpper(r[0])
	inner := false
	for _, c := range r[1:] {
		inner = inner || isUpper(c)
	}
	if inner {
		return true
	}
	if !up {
		return false
	}
	// The first word of a sentence or of an item has a capital anyway, but for
	// "Studio Riva" and "Exalto – intranet".
	if i+1 < len(t.Tokens) && !opening()[t.Tokens[i].Word] && (i == 0 || t.Tokens[i].Gap == terms.Stop) {
		next := []rune(t.Raw[t.Tokens[i+1].Start:t.Tokens[i+1].End])
		between := strings.TrimSpace(t.Raw[t.Tokens[i].End:t.Tokens[i+1].Start])
		if t.Tokens[i+1].Gap == terms.Glued && len(next) > 2 && isUpper(next[0]) && !isUpper(next[1]) || i == 0 && (between == "–" || between == "—") && !isUpper(next[0]) {
			return true
		}
	}
	if i == 0 && len(t.Tokens) > 1 && t.Tokens[1].Gap == terms.Bracket {
		return true
	}
	return i > 0 && t.Tokens[i].Gap != terms.Stop || i > 0 && t.Tokens[i].Gap == terms.Stop && afterColon(t, i)
}

// opening are words that open a sentence before a name.
var opening = stopSet("le la les l un une des du de d nos notre votre vos ce cette ces chez via par pour avec sur dans selon vers depuis seul seule seuls seules outre hormis sauf mme m monsieur madame maitre dr hebergeur prestataire editeur fournisseur sous logiciel societe solution outil et ou a au aux en si hebergement paiement")

func isUpper(r rune) bool { return strings.ToLower(string(r)) != string(r) }

func afterColon(t terms.Text, i int) bool {
	between := t.Raw[t.Tokens[i-1].End:t.Tokens[i].Start]
	return strings.Contains(between, ":") && !strings.ContainsAny(between, ".;!?")
}

func (d *reading) knownName(known []mention, _ terms.Text, n name) bool {
	return slices.ContainsFunc(known, func(m mention) bool { return m.from < n.to && n.from < m.to })
}

// isSelf tells whether a name is the organisation's own.
func (d *reading) isSelf(name string) bool {
	own, words, shared := nameTokens(d.org.name), nameTokens(name), 0
	for w := range words {
		if own[w] && len(w) > 3 {
			shared++
		}
	}
	return shared > 0 && shared*2 >= len(words)
}

var publicWords = stopWords(`cnil rgpd union europeenne europe ue eee espace economique commission nationale informatique libertes loi etats unis france irlande royaume suisse
	dpo dpd reglement general article art code paris internet web cookies gdpr lil tsa fax scan bp rcs dpf scc cct etat francais francaise allemagne pays bas belgique luxembourg espagne italie canada cedex hds iso saas erp crm sas sarl sa eurl
	siren siret rcs ape naf capital eurl sasu
	sms api ged pdf url ip cgv cgu vpn rh iban rib faq monsieur madame privacy framework data shield cct bcr clauses contractuelles types region hopital direction service personnel etre si les des nos vos le la une un en pour par ce ces cette votre vous notre nous
	word excel powerpoint texte csv windows android ios wifi internet web hdd chrome firefox safari janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre seules seuls moi equipe site espaces certains certaines toutes tous conformement dans lorsque afin aucun aucune`)

// notCompany tells whether all words of a name are of law, places and months.
func notCompany(s string) bool {
	if len([]rune(s)) < 3 && strings.ContainsAny(s, "0123456789") {
		return true // "permis A2"
	}
	tokens := terms.Read(s).Tokens
	for _, t := range tokens {
		if !publicWords()[t.Stem] && !linking[t.Word] {
			return false
		}
	}
	return true
}

// hinted tells whether an unknown name stands where a recipient does: after
// words that say so, in a list, or before what it does in brackets.
func (d *reading) hinted(t terms.Text, n name) bool {
	window := terms.Text{Raw: t.Raw, Tokens: t.Tokens[max(0, n.from-5):n.from]}
	if len(window.Tokens) > 0 && has(d.hints, window, "hint") && !atPlace(t, n) {
		return true
	}
	if n.to < len(t.Tokens) && t.Tokens[n.to].Gap == terms.Bracket {
		return true
	}
	if g := t.Tokens[n.from].Gap; g == terms.Listed || g == terms.Bracket || g == terms.Stop {
		return true
	}
	if n.from == 0 {
		return strings.ContainsFunc(n.text[1:], isUpper) // "AR24 achemine les lettres"
	}
	if endsPiece(t, n) {
		return true
	}
	if n.from > 1 && slices.Contains([]string{"le", "la", "l", "les"}, t.Tokens[n.from-1].Word) {
		n.from--
		return slices.Contains([]string{"par", "chez", "via"}, t.Tokens[n.from-1].Word)
	}
	if t.Tokens[n.from-1].Word == "a" { // "confié à Secib", but "hébergé par X, à Reims"
		for i := max(0, n.from-14); i < n.from-1; i++ {
			if has(d.hints, terms.Text{Raw: t.Raw, Tokens: t.Tokens[i:n.from]}, "to") {
				return true
			}
		}
		return false
	}
	return slices.Contains([]string{"et", "par", "ou", "comme", "notamment", "sur"}, t.Tokens[n.from-1].Word)
}

// atPlace tells whether a name is a town: "…, à Reims", "situé à Nantes".
func atPlace(t terms.Text, n name) bool {
	if n.from < 2 || t.Tokens[n.from-1].Word != "a" {
		return false
	}
	before := t.Tokens[n.from-2]
	if strings.ContainsAny(before.Word, "0123456789") { // "chez o2switch à Clermont-Ferrand"
		return true
	}
	return t.Tokens[n.from-1].Gap == terms.Listed || strings.HasPrefix(before.Word, "situe") || strings.HasPrefix(before.Word, "base") || proper(t, n.from-2)
}

var exceptRE = pattern.New(`(?i)en dehors (?:de|du|des)|hormis|autres? que|excepté|sauf|à l['’]exception`)

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
		if i == 0 && qualifying()[x.Stem] {
			return true
		}
	}
	return false
}

var qualifying = stopWords("certifie certifiee agree agreee situe situee situes situees base basee heberge hebergee soumis soumise etabli etablie accessible accessibles dont qui lequel laquelle notamment chacun chacune uniquement seulement exclusivement")

func isNothing(p string) bool {
	f := fold(p)
	return f == "aucun" || f == "neant" || f == "sans objet" || f == "non" || f == "etc" || f == "-"
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
	for len(f) > 1 && slices.Contains([]string{"le", "la", "les", "nos", "notre", "des", "du", "de", "à", "aux", "et", "ou", "un", "une", "ainsi", "que", "ses", "leurs", "son", "au"}, strings.ToLower(f[0])) {
		f = f[1:]
	}
	s := strings.Join(f, " ")
	for _, l := range []string{"l'", "l’", "d'", "d’"} {
		s = strings.TrimPrefix(s, l)
	}
	return s
}
