package rules

// A LawRule is one mechanical rule on what an organisation declares. Check
// names the test of package reconcile that applies it; the rest is its data.
//
// Words are phrases of register/terms, compared with the name, the purposes and
// the persons of a treatment, or with what a time limit says it is about.
// Messages may hold {name} {id} {field} {category} {said} {found} {limit}
// {recipient} {country} {criteria} {asof}.
type LawRule struct {
	ID     string `yaml:"id"` // in reports: never renamed, never reused
	Check  string `yaml:"check"`
	Gap    string `yaml:"gap"`   // kind of gap it raises
	Field  string `yaml:"field"` // key of the register, for register-incomplete
	Level  string `yaml:"level"` // error, warning or note
	Policy bool   `yaml:"policy"`

	Title   Text `yaml:"title"`
	Message Text `yaml:"message"`
	Next    Text `yaml:"next"`

	Words      []string `yaml:"words"`      // it applies where one of them stands
	Unless     []string `yaml:"unless"`     // but not beside one of these
	Starts     []string `yaml:"starts"`     // and the period runs from one of these
	Persons    []string `yaml:"persons"`    // and the persons are among these
	Categories []string `yaml:"categories"` // ids: and the data is one of these
	Bases      []string `yaml:"bases"`      // ids of legal bases
	Max        string   `yaml:"max"`        // ISO 8601: a longer period is a gap
	Min        string   `yaml:"min"`        // ISO 8601: a shorter one is

	Criteria []Criterion `yaml:"criteria"` // of a DPIA
	Law      []Law       `yaml:"law"`
}

// A Criterion is one reason to assess impact, and what shows it.
type Criterion struct {
	ID         string   `yaml:"id"`
	Label      Text     `yaml:"label"`
	Words      []string `yaml:"words"`
	Persons    []string `yaml:"persons"`
	Categories []string `yaml:"categories"`
	Regimes    []Regime `yaml:"regimes"`
	Alone      bool     `yaml:"alone"` // on the authority's list: enough alone
}

// LawRules reads the rules of rules/law, in the order of its files.
func LawRules() ([]LawRule, error) { return List[LawRule](nil, "law") }
