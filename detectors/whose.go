package detectors

// reaching categories tell how to reach somebody: a person, or an organisation
// where the table is one of organisations.
var reaching = map[string]bool{"email": true, "phone": true, "postal_address": true}

// paying categories tell where money goes: to a person, or to an organisation.
var paying = map[string]bool{"iban": true, "bank_account": true}

// ofOrganisation is the most that a way to reach an organisation is worth: kept,
// and under Sure.
const ofOrganisation = 0.45

// ofOrganisations tells whether the rows of a table are organisations: a column
// is called after their number or name, and none after a person.
func (o *object) ofOrganisations(of *slot) bool {
	key := tableKey{of.table, of.at.Table}
	if of.table < 0 && of.at.Table == "" {
		return false
	}
	known, ok := o.companies[key]
	if !ok {
		known = o.namesOrganisations(key)
		if o.companies == nil {
			o.companies = map[tableKey]bool{}
		}
		o.companies[key] = known
	}
	return known
}

// A tableKey tells apart the tables of one object: of rows by their number,
// declared ones by their name.
type tableKey struct {
	table int
	name  string
}

func (o *object) namesOrganisations(key tableKey) bool {
	companies, first := false, true
	teller, _ := o.engine.names.(rowTeller)
	for i := range o.slots {
		if (tableKey{o.slots[i].table, o.slots[i].at.Table}) != key {
			continue
		}
		companies = companies || teller != nil && teller.TellsFirms(o.slots[i].column.Name)
		if first && teller != nil && key.table >= 0 { // what comes first in a row says what it is about
			companies = companies || teller.TellsUnits(o.slots[i].column.Name) || teller.TellsUnits(key.name)
		}
		first = false
		if key.table >= 0 && o.onlyRoles(i) {
			companies = true
			continue
		}
		for _, v := range o.judge(i) {
			if v.Confidence < Sure {
				continue
			}
			if !reaching[v.Category] && !paying[v.Category] && v.Category != "company_id" {
				return false
			}
			companies = companies || v.Category == "company_id"
		}
	}
	return companies
}

// ofAccounts tells whether a group of hits is in a column called password of a
// table with a row a person. Labels of screens are words for a password, not one.
func (o *object) ofAccounts(g *group) bool {
	if g.slot == noSlot || o.mute() {
		return false
	}
	sl := &o.slots[g.slot]
	return sl.table >= 0 && sl.lists&o.engine.context[g.source] != 0 && o.ofPersons(sl.table)
}

// ofPersons tells whether a column of the table is called after what tells
// persons apart.
func (o *object) ofPersons(table int) bool {
	teller, _ := o.engine.names.(rowTeller)
	for i := range o.slots {
		if o.slots[i].table != table {
			continue
		}
		if teller != nil && teller.TellsPersons(o.slots[i].column.Name) {
			return true
		}
		for _, v := range o.judge(i) {
			if identifying[v.Category] && v.Confidence >= Sure {
				return true
			}
		}
	}
	return o.addresses(table)
}

// addresses tells whether the rows of a table hold mailboxes of persons, whatever
// the column is called: those of roles are graded lower.
func (o *object) addresses(table int) bool {
	for _, g := range o.groups {
		if g.slot != noSlot && g.count > 0 && o.slots[g.slot].table == table && (g.tier == alone || g.tier == sure) && o.engine.sources[g.source].category == "email" && g.confidence >= confidentAlone {
			return true
		}
	}
	return false
}

// identifying categories tell that a row is about a person.
var identifying = map[string]bool{"person_name": true, "nir": true, "birth_date": true, "email": true, "phone": true}

// linked categories tell a device on a network: a person's, or a machine where the
// table is one of machines.
var linked = map[string]bool{"device_id": true, "ip_address": true}

// traits are what animals have too.
var traits = map[string]bool{"person_name": true, "birth_date": true, "birth_place": true, "gender": true, "ethnic_origin": true, "health": true}

// nobodys tells whether what was found of category in slot sl is the datum of no
// person, by what the rows of its table are.
func (o *object) nobodys(sl *slot, category string) bool {
	return (reaching[category] || paying[category]) && o.ofOrganisations(sl) || linked[category] && o.ofMachines(sl) || traits[category] && o.ofAnimals(sl) || category != "email" && (reaching[category] || category == "geolocation") && o.ofPlaces(sl)
}

// rowsAre tells whether the rows of the table of slot sl are of a kind.
func (o *object) rowsAre(kind rowKind, sl *slot) bool {
	return o.judged.rowsAre(kind, o.engine.names, &sl.column)
}

// ofPlaces tells whether the rows of a table are places open to many.
func (o *object) ofPlaces(sl *slot) bool {
	return sl.table >= 0 && o.rowsAre(rowsOfPlaces, sl)
}

// ofAnimals tells whether the rows of a table are animals. What its columns say of
// an owner is the owner's.
func (o *object) ofAnimals(sl *slot) bool {
	teller, _ := o.engine.names.(rowTeller)
	return o.rowsAre(rowsOfAnimals, sl) && !teller.TellsPersons(sl.column.Name)
}

// ofRoles tells whether a group of hits is mailboxes of roles and nothing else:
// contact@ under a heading that says e-mail.
func (o *object) ofRoles(g *group) bool {
	return g.slot != noSlot && g.tier == sure && g.confidence == confidentContext && o.engine.sources[g.source].id == mailbox
}

// mailbox finds addresses of persons, and those of roles by their first word.
const mailbox = "intl.email"

// onlyRoles tells whether the column in slot i holds mailboxes, and of roles only.
func (o *object) onlyRoles(i int) bool {
	roles := false
	for _, g := range o.groups {
		if int(g.slot) != i || g.count == 0 || g.tier < alone || o.engine.sources[g.source].id != mailbox {
			continue
		}
		if !o.ofRoles(g) {
			return false
		}
		roles = true
	}
	return roles
}

// namesPersons tells whether a column beside slot i names persons, otherwise than by
// how to reach them.
func (o *object) namesPersons(slot int32) bool {
	table := o.slots[slot].table
	if table < 0 {
		return false
	}
	for i := range o.slots {
		if o.slots[i].table != table {
			continue
		}
		for _, v := range o.judge(i) {
			if identifying[v.Category] && !reaching[v.Category] && v.Confidence >= Sure {
				return true
			}
		}
	}
	return false
}

// lucky categories are told by a shape and one check digit, which other numbers have.
var lucky = map[string]bool{"payment_card": true, "phone": true, "device_id": true}

// ofThings tells whether a group of hits that has no context is in a column that
// numbers things: the orders of a shop.
func (o *object) ofThings(g *group) bool {
	teller, _ := o.engine.names.(rowTeller)
	return teller != nil && g.slot != noSlot && lucky[o.engine.sources[g.source].category] && teller.TellsSerials(o.slots[g.slot].column.Name)
}

// speaksOfOther tells whether slot i is surely called after another special category
// than category: what its cells say, they say of that one.
func (o *object) speaksOfOther(i int, category string) bool {
	v := o.judge(i)
	return len(v) > 0 && v[0].Confidence >= Sure && v[0].Category != category && describing[v[0].Category] && describing[category]
}

// tells tells whether a column of the table may name somebody, if not for sure.
func (o *object) tells(table int) bool {
	for i := range o.slots {
		if o.slots[i].table == table && o.mayHold(i, "person_name") {
			return true
		}
	}
	return false
}

// describing categories say something of a person that the row has to name: alone
// they are the figures of a scale or a survey.
var describing = map[string]bool{
	"professional_life": true, "financial_situation": true, "health": true, "education": true, "family_situation": true, "union_membership": true, "religion": true,
	"ethnic_origin": true, "political_opinion": true, "sex_life": true, "gender": true, "nationality": true, "criminal_record": true,
}

// describesNobody tells whether the heading sl describes somebody where no column
// tells who: the salaries of a scale, the figures of a service.
func (o *object) describesNobody(sl *slot, category string) bool {
	if !sl.header || !describing[category] || sl.code {
		return false
	}
	for i := range o.slots {
		if of := &o.slots[i]; of.table == sl.table && o.rowsAre(rowsOfSomebody, of) {
			return false
		}
	}
	return !o.ofPersons(sl.table)
}

// ofMachines tells whether the rows of a table are machines, and none a person's.
func (o *object) ofMachines(sl *slot) bool {
	return sl.table >= 0 && o.rowsAre(rowsOfMachines, sl) && !o.ofPersons(sl.table)
}
