package rules

// A NameRule is an entry of rules/names: the words that make a column, field,
// header or label speak of one category. Words are phrases; the order of their
// words, accents, case, plurals and known abbreviations do not matter.
type NameRule struct {
	ID       string `yaml:"id"`
	Category string `yaml:"category"`
	Why      string `yaml:"why"`
	// Phrases by how much they say alone: Words are enough, Likely nearly so
	// (not beside goods or places), Maybe needs a context, Hint a strong one.
	Words  []string `yaml:"words"`
	Likely []string `yaml:"likely"`
	Maybe  []string `yaml:"maybe"`
	Hint   []string `yaml:"hint"`
	// Except are phrases that turn the rule off where they cover its words.
	Except []string `yaml:"except"`
	// Near are classes or words whose presence in the container or beside the
	// name supports Maybe and Hint; person when empty. NotIn turns the rule off
	// in containers of these classes.
	Near  []string `yaml:"near"`
	NotIn []string `yaml:"not_in"`
	// Roles says that any word of the class person speaks for the rule when it is
	// all there is in the name of a text column long enough for a name.
	Roles bool `yaml:"roles"`
	// Container says that neighbours do not count for Near.
	Container bool `yaml:"container"`
	// Declared says that the rule is for slots of a declared length only.
	Declared bool `yaml:"declared"`
	// Anywhere says that the container is not held against the rule: the
	// conducteur of a vehicule is a person.
	Anywhere bool     `yaml:"anywhere"`
	Type     NameType `yaml:"type"`
	Length   Range    `yaml:"length"`
	Hit      []string `yaml:"hit"`
	Miss     []string `yaml:"miss"`
}

// NameType limits the declared types a rule accepts.
type NameType struct {
	Not []string `yaml:"not"` // kinds: bool date time int decimal uuid inet geo enum relation
}

// Range is a range of declared lengths in characters; 0 is open.
type Range struct {
	Min int `yaml:"min"`
	Max int `yaml:"max"`
}

// A Glossary is a file of rules/glossary: what the words in names mean,
// whatever the category.
type Glossary struct {
	Synonyms map[string][]string `yaml:"synonyms"` // word → its forms and abbreviations
	Classes  map[string][]string `yaml:"classes"`  // class → words
	Pieces   []string            `yaml:"pieces"`   // short forms that may be found inside run-together names
	Whole    []string            `yaml:"whole"`    // words that never are
	Weak     []string            `yaml:"weak"`     // forms that alone need a context: address, job
	Direct   []string            `yaml:"direct"`   // categories that are a value by themselves
	// Terse are short forms that are read in tables of persons only, alone or run
	// together: form → word. Abbreviated are words whose consonants and start are
	// read there too. Endings stand for a word in any longer one: ectomy.
	Terse map[string]string `yaml:"terse"`
	// Lone are short forms that mean something else when nothing but the
	// abbreviation of the table stands before them: mec_dn, pat_nat.
	Lone        map[string]string `yaml:"lone"`
	Abbreviated []string          `yaml:"abbreviated"`
	Endings     map[string]string `yaml:"endings"`
	// Leads and Trails are words that start or end the name of a container and
	// only say how it is declared; Households name persons, and no single one.
	Leads      []string `yaml:"leads"`
	Copies     []string `yaml:"copies"` // as leads, wherever they stand: export, backup
	Trails     []string `yaml:"trails"`
	Households []string `yaml:"households"`
	// RowKeys are headers that tell persons apart without naming them: a row
	// beside one is about somebody.
	RowKeys []string `yaml:"row_keys"`
	// Firms are headers that name firms, in single words parted by a blank.
	Firms []string `yaml:"firms"`
	// FirmNumbers are words for numbers that firms have: a name beside one, with
	// the same first word, is a firm's.
	FirmNumbers []string `yaml:"firm_numbers"`
	// Heads are words that names run together start with, whatever follows, in a
	// table of persons: ibanremb. Agents are endings of words for who does something.
	Heads  []string `yaml:"heads"`
	Agents []string `yaml:"agents"`
	// Doers are the fewer of them that a column of a table of persons may be called by.
	Doers []string `yaml:"doers"`
	// Tails are what may be left off the end of a word cut short: restrict-ion.
	Tails []string `yaml:"tails"`
	// Narrow are terse forms that are pieces of names run together on mainframes only.
	Narrow []string `yaml:"narrow"`
	// Dishes are neighbours that say, two together, that a row is food: kcal.
	Dishes []string `yaml:"dishes"`
	// Typed are the two letters that start most names of a mainframe file and say of
	// what type they are: dtnais.
	Typed map[string]string `yaml:"typed"`
	// Units are headers and names of tables by which a row is told to be about a part
	// of an organisation: agence, service.
	Units []string `yaml:"units"`
	// Others are words that only say which of several persons: ext, bis.
	Others []string `yaml:"others"`
	// Values are words that only say that there is a value: number, valeur.
	Values []string `yaml:"values"`
	// Joins are words that may be written in two: first_name is firstname.
	Joins []string `yaml:"joins"`
	// Users are words that, last in the name of a container, make it one of persons
	// whatever stands before: ApiUser.
	Users []string `yaml:"users"`
	// Machinery are words that types of the program end with which hold no datum.
	Machinery []string `yaml:"machinery"`
	// Vague are declared types that may hold anything; Speaking are types that say
	// what the value is, whatever the name: type → words.
	Vague    []string          `yaml:"vague"`
	Speaking map[string]string `yaml:"speaking"`
	// Standing are neighbours that say that a row is about something that stands
	// somewhere, not somebody: station, altitude.
	Standing []string `yaml:"standing"`
	// Racks are neighbours that say that a row is a machine: hostname, baie.
	Racks []string `yaml:"racks"`
	// Beasts are neighbours that say, two together, that a row is an animal: race, puce.
	Beasts []string `yaml:"beasts"`
	// Humans are headers that no animal has: a row with one is a person's all the same.
	Humans []string `yaml:"humans"`
	// Serials are headers of numbers that things have: reference, ean.
	Serials []string `yaml:"serials"`
	// Ledgers are neighbours that say, two together, that a row is an entry of the books.
	Ledgers []string `yaml:"ledgers"`
	// Figures are words of containers that hold figures about many.
	Figures []string `yaml:"figures"`
	// Marks are words of containers of the points of a plan, which stand somewhere; with one
	// of Moments they are where somebody was.
	Marks   []string `yaml:"marks"`
	Moments []string `yaml:"moments"`
	// Insurance are words of containers and neighbours by which a row is about a contract of
	// insurance: there the Premiums are its price, and nobody's income.
	Insurance []string `yaml:"insurance"`
	Premiums  []string `yaml:"premiums"`
	// Counting are neighbours that say that a row is about many: effectif, population.
	Counting []string `yaml:"counting"`
	// Tells are words that only date or describe what a container is called after.
	Tells []string `yaml:"tells"`
}
