// Package register holds the declared register of processing (GDPR Art. 30) as
// one Register, read from `registre.yaml` format 1 and checked against the law.
package register

// A Register is what the organisation declares. Lines are those of File, 0 when
// the register was not read from a file.
type Register struct {
	File         string // path as given; "" when made in memory
	Format       string // form it was read from: "yaml", "cnil", "madis", "policy" …
	Organisation Organisation
	Document     Document // said once for all treatments
	Treatments   []Treatment
	Systems      []System
	// Absent lists the fields that the form it was read from does not have.
	Absent []string
	// Untold are the sections of a policy that talk of data and left nothing in the
	// draft: their lines and their titles.
	Untold []Source
	// Todo is what a draft said was still to be decided, here and on each entry: a
	// comment in YAML, a key in JSON.
	Todo []string
	// Lang is the language of the TODO comments that are written: "en", else French.
	Lang string
}

// A Party is the organisation, its DPO or its representative.
type Party struct {
	Name, Email, Phone, Address, Company string
	Line                                 int
	Source                               *Source
	Confidence                           float64
}

// Organisation is the controller (or processor) that keeps the register.
type Organisation struct {
	Name, SIREN    string
	Contact        Party
	DPO            *Party
	Representative *Party
	Todo           []string
	Line           int
	Source         *Source
	Confidence     float64
}

// Source says where a statement was read, when it comes from a document.
type Source struct {
	File string
	Line int
	// Words are the few words it rests on: a comment in YAML, a key in JSON.
	Words string
}

// A Document holds what is said once for all treatments.
type Document struct {
	Purposes             []string
	LegalBases           []string // ids of LegalBases
	SpecialCategoryBasis string   // id of SpecialBases
	DataSubjects         []string
	Data                 []Datum
	Retention            []Retention
	Recipients           []Recipient
	Transfers            Transfers
	Security             []Measure
	Profiling            string
	Origin               string
	Notes                string
	Line                 int
	Source               *Source
	Confidence           float64         // 0 when not said
	Has                  map[string]bool // keys present, even if empty
}

// A Treatment is one processing activity.
type Treatment struct {
	ID, Name             string
	Ref                  string
	Created, Updated     string // YYYY-MM-DD
	Role                 Role
	OnBehalfOf           []string
	JointControllers     []string
	Purposes             []string
	LegalBases           []string // ids of LegalBases
	SpecialCategoryBasis string   // id of SpecialBases
	DataSubjects         []string
	Data                 []Datum
	Retention            []Retention // for all its data
	Recipients           []Recipient
	Transfers            Transfers
	Security             []Measure
	Systems              []string
	DPIA                 *DPIA
	Profiling            string
	Origin               string
	ProcessorContract    string
	Notes                string
	Todo                 []string
	// Unread are the words of a form that were not understood, by the key they stood
	// under: each is a TODO of the draft.
	Unread     []Unread
	Line       int
	Source     *Source
	Confidence float64 // 0 when not said
	// Has tells which keys were present, even if empty: an empty list is a
	// statement, an absent key is none.
	Has map[string]bool
}

// Unread is a part of a cell of a form that was not understood.
type Unread struct{ Key, Words string }

// Role of the organisation in a treatment.
type Role string

// The roles.
const (
	Controller Role = "controller"
	Processor  Role = "processor"
)

// A Datum is one category of data of a treatment.
type Datum struct {
	Category   string
	Retention  []Retention
	Line       int
	Source     *Source
	Confidence float64
}

// A Retention is a declared time limit: a duration, or the criterion for it.
type Retention struct {
	Duration   string // ISO 8601: P5Y, P13M
	Max        string // ISO 8601, when a range is declared
	Starts     string // what it runs from, in the register's words
	Criterion  string
	Subject    string // what it applies to, when narrower than its entry
	Archive    *Archive
	Line       int
	Source     *Source
	Confidence float64
}

// An Archive is the intermediate archive after the active period.
type Archive struct{ Duration, Starts string }

// A Recipient is who receives data: a company, or a category of recipients.
type Recipient struct {
	Name, Country string // Country is ISO 3166, two letters
	Kind          string
	Line          int
	Source        *Source
	Confidence    float64
}

// Transfers is either nothing said (zero), the word none, or a list.
type Transfers struct {
	None   bool
	List   []Transfer
	Line   int
	Source *Source
}

// Said tells whether anything was declared about transfers.
func (t Transfers) Said() bool { return t.None || len(t.List) > 0 }

// A Transfer is data leaving the EEA.
type Transfer struct {
	Country, Recipient, Provider string
	Safeguard                    string // adequacy scc bcr derogation
	Conditional                  string
	Document                     string
	Line                         int
	Source                       *Source
	Confidence                   float64
}

// A Measure is a security measure: text, or a kind with detail.
type Measure struct {
	Kind, Detail string
	Line         int
	Source       *Source
	Confidence   float64
}

// DPIA refers to an impact assessment.
type DPIA struct{ Reference, Date string }

// A System is a place where treatments keep data; it claims locations by glob.
type System struct {
	ID, Name   string
	Locations  []string
	Host       *Host
	Todo       []string
	Line       int
	Source     *Source
	Confidence float64
	// LocationLines and LocationColumns hold where each of Locations is written.
	LocationLines, LocationColumns []int
}

// Host is who stores a system.
type Host struct{ Provider, Country string }
