package item

// A Flow is data on its way from a named source to a sink, read from code. The
// names engine judges Source; a flow of nothing personal is no finding.
type Flow struct {
	Source Column // Line is where the value comes from
	Path   []Step // from the source to the sink, both included
	Sink   Sink
	Third  string // id of the recipient when the sink is a third party
	Line   int    // of the sink
	Inside string // function or method that holds the sink
	// Kept is how long the sink is told to keep it, ISO 8601, for a cookie that
	// outlives 13 months, or after how long a purge deletes: it counts whatever
	// its source is called.
	Kept string
	// To is set when the value leaves the file with a call: the flow is one half,
	// and what the called function does with it is the other.
	To *Call
}

// A Call is a function of another file that a value is handed to, as far as the
// calling file tells.
type Call struct {
	Lang string   // language of the calling file
	From []string // files it may be in, the likeliest first; see scanners/code
	Name string   // of the function; DefaultExport for what a module exports as a whole
	Type string   // its class, when it is called as a method
	Arg  int      // position of the argument, from 0; -1 when only Key tells
	Key  string   // the name it is handed under, when it has one
}

// DefaultExport is the name of what a module exports without a name.
const DefaultExport = "default"

// A Step is one line a value passes through; Note says how, with names only.
type Step struct {
	Line int
	Note string
	File string `json:",omitempty"` // path of the step when it is in another file than the sink
}

// Sink is where data ends up. The words are part of the findings format.
type Sink string

// The sinks.
const (
	SinkLog       Sink = "log"
	SinkConsole   Sink = "console"
	SinkFile      Sink = "file"
	SinkCookie    Sink = "cookie"
	SinkStorage   Sink = "storage" // local or session storage of a browser
	SinkURL       Sink = "url"
	SinkMail      Sink = "mail"
	SinkQueue     Sink = "queue"
	SinkCache     Sink = "cache"
	SinkThird     Sink = "third-party"
	SinkAnalytics Sink = "analytics"
	SinkException Sink = "exception"
	SinkResponse  Sink = "response"
	SinkPlaintext Sink = "plaintext" // a credential stored or compared in clear, or weakly hashed
	SinkForbidden Sink = "forbidden" // data that may not be kept, kept
	SinkKey       Sink = "key"       // used as identifier of a record
	SinkConsent   Sink = "consent"   // a tool that asks for consent, present; Source is its id
	SinkPurge     Sink = "purge"     // a setting or job that deletes what is older than Kept; Source names the table, class or setting
)

// ClueOwn is the clue of a library that is told to call a host of one's own: what
// runs there hands nothing to its maker.
const ClueOwn = "own"

// A Third is a third party seen in code, configuration or a document.
type Third struct {
	ID      string // of rules/recipients
	Line    int
	Clue    string // import, manifest, host, script, region, spf, name, own …
	Country string // ISO 3166 when the clue tells (region, host); else empty
	Host    bool   // stores or serves the data (cloud region, database host)
	Aside   bool   // test, example, dev dependency or comment: kept apart
}
