package report

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/rules"
)

// texts says gaps in one language.
type texts struct {
	lang  string
	rules *rules.Rules
	gaps  map[string]rules.Gap
	laws  map[string]rules.Text // titles of law rules, by id

	reasons   *reasons
	inventory bool // no register was given
	alone     bool // the register alone was checked: no target was read

	parties map[string]string // names of known third parties, by id; made when asked
}

func newTexts(r *reconcile.Result, o Options) (*texts, error) {
	gaps, err := r.Rules.Gaps()
	if err != nil {
		return nil, err
	}
	if r.Register == "" {
		inventory(gaps)
	}
	list, err := rules.LawRules()
	if err != nil {
		return nil, err
	}
	laws := make(map[string]rules.Text, len(list))
	for i := range list {
		laws[list[i].ID] = list[i].Title
	}
	why, err := newReasons()
	if err != nil {
		return nil, err
	}
	return &texts{lang: o.Lang, rules: r.Rules, gaps: gaps, laws: laws, reasons: why, inventory: r.Register == "", alone: r.Register != "" && len(r.Coverage) == 0}, nil
}

// inventory puts the words of an inventory in place of those of a difference.
func inventory(gaps map[string]rules.Gap) {
	for kind, g := range gaps {
		if g.Inventory == (rules.InventoryTexts{}) {
			continue
		}
		g.Title, g.Message, g.Next, g.Help = g.Inventory.Title, g.Inventory.Message, g.Inventory.Next, g.Inventory.Help
		gaps[kind] = g
	}
}

// say picks one of two sentences written by us in both languages.
func (t *texts) say(fr, en string) string {
	if t.lang == "en" {
		return en
	}
	return fr
}

// label is the name of a category.
func (t *texts) label(category string) string {
	if l := t.rules.Category(category).Label.In(t.lang); l != "" {
		return l
	}
	return category
}

// title is the gap in a few words, the same for all gaps of its rule.
func (t *texts) title(g *reconcile.Gap) string {
	if law, ok := t.laws[g.Detail.Law]; ok && g.Kind != reconcile.RegisterIncomplete {
		if strings.HasPrefix(g.Detail.Law, "rp-") { // called after its object
			return t.say("Durée à vérifier : ", "Retention to be checked: ") + law.In(t.lang)
		}
		return upperFirst(law.In(t.lang))
	}
	kind := t.gaps[string(g.Kind)]
	if g.Detail.Kept != "" {
		return t.fill(kind.Kept.Title.In(t.lang), g, true)
	}
	return t.fill(kind.Title.In(t.lang), g, true)
}

// message is the gap in one or two sentences, without any value.
func (t *texts) message(g *reconcile.Gap) string {
	if g.Detail.Message != (rules.Text{}) {
		return g.Detail.Message.In(t.lang)
	}
	kind := t.gaps[string(g.Kind)]
	switch {
	case g.Detail.Kept != "":
		return t.fill(kind.Kept.Message.In(t.lang), g, false)
	case g.Cover == reconcile.Vague && kind.Vague != (rules.Text{}):
		return t.fill(kind.Vague.In(t.lang), g, false)
	case g.Kind == reconcile.DeclaredNotObserved && g.Recipient != "":
		return t.fill(kind.Recipient.In(t.lang), g, false)
	}
	return t.fill(kind.Message.In(t.lang), g, false) + t.also(g)
}

// also says what another gap would say of the same data.
func (t *texts) also(g *reconcile.Gap) string {
	if g.Also == "" {
		return ""
	}
	return " " + t.fill(t.gaps[string(g.Also)].Linked.In(t.lang), g, false)
}

// help says what the gap means, to a person who meets it for the first time.
func (t *texts) help(g *reconcile.Gap) string {
	kind := t.gaps[string(g.Kind)]
	if g.Detail.Kept != "" {
		return kind.Kept.Help.In(t.lang)
	}
	return kind.Help.In(t.lang)
}

// sentence is what the register could say, ready to paste; empty where the
// register is not what should change.
func (t *texts) sentence(g *reconcile.Gap) string {
	return t.fill(t.gaps[string(g.Kind)].Sentence.In(t.lang), g, false)
}

// next says what to do.
func (t *texts) next(g *reconcile.Gap) string {
	if g.Detail.Next != (rules.Text{}) {
		return g.Detail.Next.In(t.lang)
	}
	kind := g.Kind
	if g.Also != "" {
		kind = g.Also // what settles both
	}
	if g.Detail.Kept != "" {
		return t.fill(t.gaps[string(kind)].Kept.Next.In(t.lang), g, false)
	}
	return t.fill(t.gaps[string(kind)].Next.In(t.lang), g, false)
}

// law is what the gap rests on, cited in the language of the report.
func (t *texts) law(g *reconcile.Gap) []rules.Law {
	all := g.Detail.Laws
	if len(all) == 0 {
		all = t.gaps[string(g.Kind)].Law
	}
	cited := slices.Clone(all)
	for i := range cited {
		cited[i].Article = cited[i].Cited(t.lang)
	}
	return cited
}

// fill replaces {names} by what the gap says.
func (t *texts) fill(s string, g *reconcile.Gap, general bool) string {
	place := Clean(g.At.String())
	if g.At.Line > 0 && g.At.Target != "register" && g.At.Target != "policy" {
		place += ":" + strconv.Itoa(g.At.Line)
	}
	if c := g.At.Column; c != "" && !strings.HasSuffix(g.At.Path, c) && g.Folded < 2 {
		place += " (" + Clean(inTable(g.At)) + ")"
	}
	d := &g.Detail
	s = strings.NewReplacer(
		"{category}", t.label(g.Category), "{id}", g.Category, "{place}", place, "{seen}", t.seen(g),
		"{name}", first(d.Name, g.Treatment, g.System), "{treatment}", g.Treatment, "{system}", g.System,
		"{recipient}", t.recipient(g), "{country}", prefixed(", ", t.country(d.Country)),
		"{field}", t.field(g), "{subject}", t.subject(g), "{document}", place,
		"{said}", d.Said, "{found}", d.Found, "{others}", strings.Join(d.Others, ", "),
		"{retention}", t.duration(d.Retention), "{kept}", t.duration(d.Kept), "{key_name}", d.FoundName, "{oldest}", g.Oldest, "{asof}", d.AsOf, "{commit}", short(d.Commit),
		"{dated}", t.dated(g), "{data}", t.data(g), "{since}", t.since(g), "{untold}", t.untold(g), "{flow}", t.flow(g), "{key}", t.key(g), "{contradiction}", t.contradiction(g),
	).Replace(s)
	if general {
		return upperFirst(s)
	}
	return s
}

// inTable is a column with the table or class it is of, when there may be several
// in the file.
func inTable(at item.Location) string {
	file := path.Base(at.Path)
	if at.Table == "" || at.Table[0] == '(' || strings.EqualFold(at.Table, strings.TrimSuffix(file, path.Ext(file))) {
		return at.Column
	}
	return at.Table + "." + at.Column
}

// subject is what the gap is about, in words.
func (t *texts) subject(g *reconcile.Gap) string {
	switch {
	case g.Category != "":
		return t.label(g.Category)
	case g.Recipient != "":
		return t.recipient(g)
	}
	return t.field(g)
}

// field is what a declaration calls the gap's field.
func (t *texts) field(g *reconcile.Gap) string {
	if law, ok := t.laws[g.Field]; ok {
		return law.In(t.lang)
	}
	return rules.DeclaredWord("field", g.Field).Label.In(t.lang)
}

// recipient is the name of a third party as people know it.
func (t *texts) recipient(g *reconcile.Gap) string {
	if g.Detail.FoundName != "" {
		return g.Detail.FoundName
	}
	if g.Recipient != "" {
		return first(g.Detail.Name, t.party(g.Recipient), g.Recipient)
	}
	return g.Recipient
}

// party is the name of a known third party; empty for another.
func (t *texts) party(id string) string {
	if t.parties == nil {
		t.parties = map[string]string{}
		list, err := rules.List[rules.Recipient](t.rules, "recipients")
		if err != nil {
			return ""
		}
		for i := range list {
			if _, met := t.parties[list[i].ID]; !met {
				t.parties[list[i].ID] = list[i].Name
			}
		}
	}
	return t.parties[id]
}

// country is the name of a country; its code when we do not know it.
func (t *texts) country(code string) string {
	list, err := rules.Countries()
	if err != nil {
		return code
	}
	for i := range list {
		if list[i].Code == code {
			return list[i].Label.In(t.lang)
		}
	}
	return code
}

// seen says how the data is known, and how often it was seen.
func (t *texts) seen(g *reconcile.Gap) string {
	switch g.Evidence {
	case detectors.ByValue:
		return t.count(g.Count, "valeur", "value")
	case detectors.ByName:
		return t.say("d'après le nom", "by its name")
	case detectors.ByWord:
		return t.count(g.Count, "mention", "mention")
	case detectors.ByMetadata:
		if g.Detail.InName {
			return t.say("dans un nom de fichier ou de dossier", "in the name of a file or folder")
		}
		if strings.Contains(g.At.Path, "‹"+g.Category+"›") {
			return t.say("dans le nom du fichier ou du dossier", "in the name of the file or folder")
		}
		return t.say("dans les métadonnées", "in metadata")
	case detectors.ByFlow:
		return t.say("dans le code", "in code")
	}
	return t.count(g.Count, "fois", "time")
}

// shortPath is a path as it was given, and the name alone of one that starts at
// the root of a machine: that is of no use to a reader elsewhere.
func shortPath(p string) string {
	if strings.HasPrefix(p, "/") || strings.Contains(p, `\`) {
		return p[strings.LastIndexAny(p, `/\`)+1:]
	}
	return p
}

// dated says how old data is, and of what the date is.
func (t *texts) dated(g *reconcile.Gap) string {
	if g.Detail.FileDate {
		return fmt.Sprintf(t.say("dans un fichier daté du %s (c'est la date du fichier)", "in a file dated %s (this is the date of the file)"), g.Oldest)
	}
	return t.say("datée de ", "dated ") + g.Oldest
}

// data names the category whose retention a setting exceeds.
func (t *texts) data(g *reconcile.Gap) string {
	if g.Detail.Found == "" {
		return ""
	}
	return t.say(" pour : ", " for: ") + t.label(g.Detail.Found)
}

func (t *texts) since(g *reconcile.Gap) string {
	switch {
	case g.Kind == reconcile.RetentionExceeded && g.Detail.Since != "":
		return t.say(" à compter de : ", " from: ") + g.Detail.Since
	case g.Kind == reconcile.PersonalDataInHistory:
		return g.Detail.Since
	}
	return ""
}

// untold says that the start of a retention cannot be read from the data.
func (t *texts) untold(g *reconcile.Gap) string {
	if g.Detail.Found != "untold" {
		return ""
	}
	return t.say(" À vérifier : la date de la donnée est connue, ce point de départ ne l'est pas.", " To be checked: the date of the data is known, this starting point is not.")
}

// key says what is wrong with a NIR: that it is a key, the name of a file, or there for
// purposes that the decree does not list.
func (t *texts) key(g *reconcile.Gap) string {
	name := first(g.Detail.Name, g.Treatment, g.System)
	switch g.Detail.Found {
	case "key":
		return t.say(" y sert de clé : il ne peut servir d'identifiant unique.", " serves as a key there: it may not be a single identifier.")
	case "name":
		return fmt.Sprintf(t.say(" est le nom d'un fichier, traitement « %s » : il ne peut servir d'identifiant de classement.", " is the name of a file, treatment \"%s\": it may not serve to file persons by."), name)
	}
	return fmt.Sprintf(t.say(", traitement « %s », dont les finalités déclarées ne figurent pas parmi celles du décret n° 2019-341.", ", treatment \"%s\", whose declared purposes are not among those of decree 2019-341."), name)
}

func (t *texts) contradiction(g *reconcile.Gap) string {
	if g.Cover != reconcile.Contradicted {
		return ""
	}
	return t.say(" Contradiction déclarée : le registre dit qu'il n'y a aucun transfert.", " Declared contradiction: the register says that there are no transfers.")
}

// flow names the category a flow carries and where it comes from.
func (t *texts) flow(g *reconcile.Gap) string {
	if len(g.Flow) < 2 {
		return ""
	}
	if from := g.Flow[0]; from.File != "" {
		return fmt.Sprintf(t.say(" Le flux part de %s, ligne %d.", " The flow starts in %s, line %d."), from.File, from.Line)
	}
	return fmt.Sprintf(t.say(" Le flux part de la ligne %d.", " The flow starts at line %d."), g.Flow[0].Line)
}

// short is a commit as people write it.
func short(commit string) string { return commit[:min(len(commit), 10)] }

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func first(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
