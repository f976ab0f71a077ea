package detectors

import (
	"fmt"
	"hash/fnv"
	"math/bits"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// An Engine runs all detectors, names and words over segments in one pass. It
// is immutable and shared by all workers.
type Engine struct {
	rules        *rules.Rules
	dets         []*Detector
	names        Judge
	catalogues   rules.Catalogues
	attributes   rules.Attributes
	lexicon      Lexicon
	terms        []Term
	patterns     []pattern
	words        *wordTable
	lists        map[string]int     // context list → bit in a listSet
	first        []uint64           // detector → runs of digits at which it is asked
	context      []listSet          // detector → its context list
	against      []listSet          // detector → the list of words before it that make it nobody's
	asked        [kinds][]int       // event → detectors asked
	atRun        [kinds]runs        // event → those of them asked at a run of digits
	atAny        [kinds]bool        // event → they are asked whatever the run
	wordDets     [maxLists][]int    // list → detectors its words trigger
	pulled       [maxLists][]pull   // list → detectors asked near its words
	category     map[string]listSet // category → context lists of its detectors
	twice        detSet             // detectors asked at shapes and near words alike
	nine         bool               // some detector is asked at every number of 9 digits
	active       listSet            // lists whose words ask a detector
	short        listSet            // lists with a word under minWord
	sources      []source           // what speaks: detectors, then rules of terms, then patterns
	firstPattern int                // index in sources
	termSource   []int              // term → index in sources
	version      string
}

// A listSet is a set of context lists.
type listSet uint64

// maxLists is the size of a listSet.
const maxLists = 64

// A pull is a detector that is asked only near its context words.
type pull struct {
	det    int
	first  uint64 // runs of digits at which it is asked
	sign   byte   // in every match; 0 for none
	third  string // bytes, one of which is the third; empty for any
	minLen int
	maxLen int
}

// New builds an engine from the vocabulary and its parts.
func New(r *rules.Rules, p Parts) (*Engine, error) {
	e := &Engine{
		rules: r, dets: p.Values, names: p.Names, lexicon: p.Words,
		lists:    map[string]int{},
		category: map[string]listSet{},
	}
	if len(r.Context) > maxLists {
		return nil, fmt.Errorf("rules/context: %d lists, at most %d fit", len(r.Context), maxLists)
	}
	if len(e.dets) > maxDetectors {
		return nil, fmt.Errorf("%d detectors, at most %d fit", len(e.dets), maxDetectors)
	}
	for i, l := range r.Context {
		e.lists[l.ID] = i
	}
	for i, d := range e.dets {
		if err := e.register(i, d); err != nil {
			return nil, err
		}
	}
	files, err := rules.Section[rules.Catalogues](r, "catalogues")
	if err != nil {
		return nil, err
	}
	e.catalogues = files[0].Body
	pairs, err := rules.Section[rules.Attributes](r, "attributes")
	if err != nil {
		return nil, err
	}
	e.attributes = pairs[0].Body
	if e.lexicon != nil {
		e.terms = e.lexicon.Terms()
	}
	if err := e.compilePatterns(r.Patterns); err != nil {
		return nil, err
	}
	if err := e.listAsked(); err != nil {
		return nil, err
	}
	e.words = newWordTable(e)
	e.listSources()
	e.listActive()
	e.version = e.fingerprint()
	return e, nil
}

// register enters detector i in the lists that its triggers ask for.
func (e *Engine) register(i int, d *Detector) error {
	list, hasContext := e.lists[d.Context]
	if d.Context != "" && !hasContext {
		return fmt.Errorf("detector %s: no list %q in rules/context", d.ID, d.Context)
	}
	words, hasWords := e.lists[d.Words]
	if (d.Words != "") != (d.Trigger&OnWord != 0) || d.Words != "" && !hasWords {
		return fmt.Errorf("detector %s: OnWord and a list of rules/context go together (%q)", d.ID, d.Words)
	}
	against, hasAgainst := e.lists[d.Against]
	if d.Against != "" && !hasAgainst {
		return fmt.Errorf("detector %s: no list %q in rules/context", d.ID, d.Against)
	}
	var nobody listSet
	if hasAgainst {
		nobody = 1 << against
	}
	e.against = append(e.against, nobody)
	var set listSet
	if hasContext {
		set = 1 << list
		e.category[d.Category] |= set
	}
	e.context = append(e.context, set)
	first := d.First
	if first == 0 {
		first = ^first
	}
	e.first = append(e.first, first)
	for kind, trigger := range kindTrigger {
		if d.Trigger&trigger != 0 && !(trigger == OnDigits9 && hasContext) {
			e.asked[kind] = append(e.asked[kind], i)
		}
	}
	if hasWords {
		e.wordDets[words] = append(e.wordDets[words], i)
	}
	e.nine = e.nine || d.Trigger&OnDigits9 != 0 && !hasContext
	near := d.Trigger&(OnContext|OnDate) != 0 || d.Trigger&OnDigits9 != 0 && hasContext
	if near && !hasContext {
		return fmt.Errorf("detector %s: OnContext needs a Context", d.ID)
	}
	if near {
		p := pull{det: i, first: e.first[i], sign: d.Sign, third: d.Third, minLen: d.MinLen, maxLen: d.MaxLen}
		if d.Trigger&OnContext == 0 {
			p.first &^= 1 // at digits only
		}
		e.pulled[list] = append(e.pulled[list], p)
		if d.Trigger&^(OnContext|OnDate|OnWord) != 0 {
			e.twice.add(int32(i))
		}
	}
	return nil
}

// runs tells which of a list are asked at a run of so many digits, a bit each.
type runs [64]uint64

// add makes the i-th of the list one that is asked at the runs of first.
func (r *runs) add(i int, first uint64) {
	for ; first != 0; first &= first - 1 {
		r[bits.TrailingZeros64(first)] |= 1 << i
	}
}

// listAsked notes at which runs of digits the detectors of each shape are asked.
func (e *Engine) listAsked() error {
	e.asked[number14] = slices.Concat(e.asked[number13], e.asked[number14])
	for kind, list := range e.asked {
		if len(list) > 64 {
			return fmt.Errorf("%d detectors for one shape, at most 64 fit", len(list))
		}
		for i, det := range list {
			e.atRun[kind].add(i, e.first[det])
		}
		e.atAny[kind] = !slices.ContainsFunc(e.atRun[kind][:], func(set uint64) bool { return set != e.atRun[kind][0] })
	}
	pulled := 0
	for _, list := range e.pulled {
		pulled += len(list)
	}
	if pulled > 64 {
		return fmt.Errorf("%d detectors asked near words, at most 64 fit", pulled)
	}
	return nil
}

// A source is what speaks in a finding.
type source struct {
	id, category string
	evidence     Evidence
	confidence   float64 // of a pattern
}

// listSources numbers all that may speak, in a fixed order.
func (e *Engine) listSources() {
	for _, d := range e.dets {
		e.sources = append(e.sources, source{id: d.ID, category: d.Category, evidence: ByValue})
	}
	known := map[source]int{}
	for _, t := range e.terms {
		src := source{id: t.Rule, category: t.Category, evidence: ByWord}
		if _, ok := known[src]; !ok {
			known[src] = len(e.sources)
			e.sources = append(e.sources, src)
		}
		e.termSource = append(e.termSource, known[src])
	}
	e.firstPattern = len(e.sources)
	for _, p := range e.patterns {
		e.sources = append(e.sources, source{p.id, p.category, ByValue, p.confidence})
	}
}

// listActive notes which lists ask detectors, and which have short words.
func (e *Engine) listActive() {
	for i, l := range e.rules.Context {
		if len(e.wordDets[i]) > 0 || len(e.pulled[i]) > 0 {
			e.active |= 1 << i
		}
		for _, w := range l.Words {
			if t := tokens(fold(nil, []byte(w))); len(t) > 0 && len(t[0]) < minWord {
				e.short |= 1 << i
			}
		}
	}
}

// fingerprint is a digest of all that decides what is found.
func (e *Engine) fingerprint() string {
	h := fnv.New64a()
	add := func(parts ...any) { _, _ = fmt.Fprintln(h, parts...) }
	add("engine 1")
	for _, d := range e.dets {
		add(d.ID, d.Category, d.MaxLen, d.Trigger, d.Context, d.Words, d.Against, d.Labelled, d.InCode, d.InLog)
	}
	for _, l := range e.rules.Context {
		add(l.ID, l.Words)
	}
	for _, t := range e.terms {
		add(t.Text, t.Category, t.Rule)
	}
	for _, p := range e.rules.Patterns {
		add(p.ID, p.Category, p.Literal, p.Regex, p.Confidence)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Version changes when the same bytes might give other findings.
func (e *Engine) Version() string { return e.version }

// Scanner returns a new worker.
func (e *Engine) Scanner() *Scanner {
	return &Scanner{engine: e, finder: &maskFinder{engine: e, run: bestKernel}, pullTo: make([]int, len(e.dets)), asked: make([]offsets, len(e.dets)), judged: judged{exact: e.rules.Extended()}}
}

// Options change what Begin to End returns.
type Options struct {
	Each    bool         // one finding per occurrence, each with its line
	Added   []item.Lines // only findings on these lines; nil means all
	History bool         // values only: no names, no words
	Marks   bool         // findings tell their values apart
	Date    string
}
