package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/rules"
)

// gapFile is the public format of `-o gaps.json`; see docs/formats.md.
type gapFile struct {
	Tool     toolJSON                `json:"tool"`
	Register string                  `json:"register"`
	Date     string                  `json:"date"`
	Complete bool                    `json:"complete"`
	Gaps     []gapJSON               `json:"gaps"`
	Coverage map[string]coverageJSON `json:"coverage"`
	Trend    []reconcile.Point       `json:"trend,omitempty"` // of the runs before, and this one
}

type toolJSON struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type gapJSON struct {
	Gap        string          `json:"gap"`
	Category   string          `json:"category,omitempty"`
	Recipient  string          `json:"recipient,omitempty"`
	Field      string          `json:"field,omitempty"`
	Target     string          `json:"target"`
	Location   string          `json:"location"`
	Line       int             `json:"line,omitempty"`
	Object     string          `json:"object"`
	Treatment  string          `json:"treatment,omitempty"`
	System     string          `json:"system,omitempty"`
	Level      reconcile.Level `json:"level"`
	Weight     int             `json:"weight,omitempty"`  // 1 to 100
	Weighed    []string        `json:"weighed,omitempty"` // ids of rules/weights.yml
	Under      string          `json:"under,omitempty"`   // rule of the gap it is told with
	Cover      reconcile.Cover `json:"cover,omitempty"`
	Count      int             `json:"count,omitempty"`
	Oldest     string          `json:"oldest,omitempty"`
	Confidence float64         `json:"confidence"`
	Message    string          `json:"message"`
	Next       string          `json:"next"`
	Law        []rules.Law     `json:"law"`
	Accepted   *acceptedJSON   `json:"accepted,omitempty"`
	State      reconcile.State `json:"state,omitempty"`
	Anchor     anchorJSON      `json:"anchor"`
	Sentence   string          `json:"sentence,omitempty"`
	Commit     string          `json:"commit,omitempty"`
}

type acceptedJSON struct {
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
	Until  string `json:"until,omitempty"`
	Ticket string `json:"ticket,omitempty"`
}

type anchorJSON struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

type coverageJSON struct {
	Items     int            `json:"items"`
	Read      int            `json:"read"`
	Bytes     int64          `json:"bytes"`
	Unchanged int            `json:"unchanged"`
	Skipped   map[string]int `json:"skipped"`
	Unread    []unreadJSON   `json:"unread"`
	Stopped   string         `json:"stopped,omitempty"`
	Tables    bool           `json:"tables,omitempty"` // a database: its locations are names joined by dots
}

type unreadJSON struct {
	Location string `json:"location"`
	Line     int    `json:"line,omitempty"`
	Reason   string `json:"reason"`
}

// JSON writes the gaps unfolded, in the format of design and docs.
func JSON(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	file := gapFile{
		Tool: toolJSON{"ecart", o.Version}, Register: r.Register, Date: r.Date, Complete: r.Complete,
		Gaps: []gapJSON{}, Coverage: map[string]coverageJSON{}, Trend: trendOf(r),
	}
	for name, c := range r.Coverage {
		file.Coverage[name] = coverageOf(c)
	}
	for _, x := range r.Targets {
		if c, read := file.Coverage[x.Name]; read && x.Tables {
			c.Tables = true
			file.Coverage[x.Name] = c
		}
	}
	var b bytes.Buffer
	if err := writeJSON(&b, file); err != nil {
		return err
	}
	return t.writeGaps(w, b.Bytes(), r.Gaps)
}

// noGaps is where the list of gaps goes. Before it no name can say the same: its
// quotes would be escaped.
const noGaps = `"gaps": []`

// writeGaps writes the frame with the gaps in it, one by one: 50,000 with their
// messages would take more memory than the scan.
func (t *texts) writeGaps(w io.Writer, frame []byte, gaps []reconcile.Gap) error {
	head, tail, ok := bytes.Cut(frame, []byte(noGaps))
	if !ok || len(gaps) == 0 {
		_, err := w.Write(frame)
		return err
	}
	var b bytes.Buffer
	b.Write(head)
	b.WriteString(`"gaps": [`)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("    ", "  ")
	for i := range gaps {
		b.WriteString("\n    ")
		if err := e.Encode(t.json(&gaps[i])); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // Encode ends the line
		if i < len(gaps)-1 {
			b.WriteByte(',')
		}
		if _, err := w.Write(escapeMarks(b.Bytes())); err != nil {
			return err
		}
		b.Reset()
	}
	b.WriteString("\n  ]")
	b.Write(tail)
	_, err := w.Write(b.Bytes())
	return err
}

// writeJSON writes JSON for people to read too: indented, and < as <.
// Names keep every character they have, those that a terminal or an editor would
// act on written as escapes.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeMarks(b.Bytes()))
	return err
}

// escapeMarks writes control and directional characters of JSON as \uXXXX: they
// stand in strings only, where that is the same.
func escapeMarks(src []byte) []byte {
	mark := func(r rune) bool { return r >= 0x80 && unsafeRune(r) }
	if bytes.IndexFunc(src, mark) < 0 {
		return src
	}
	out := make([]byte, 0, len(src)+16)
	for _, r := range string(src) {
		switch {
		case !mark(r):
			out = utf8.AppendRune(out, r)
		case r > 0xFFFF:
			a, b := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, a, b)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

func (t *texts) json(g *reconcile.Gap) gapJSON {
	out := gapJSON{
		Gap: string(g.Kind), Category: g.Category, Recipient: g.Recipient, Field: g.Field, Target: g.At.Target, Location: g.At.Path,
		Line: g.At.Line, Object: g.Object, Treatment: g.Treatment, System: g.System, Level: g.Level, Cover: g.Cover, Count: g.Count,
		Oldest: g.Oldest, Confidence: g.Confidence, Message: t.message(g), Next: t.next(g), Law: t.law(g), State: g.State,
		Anchor: anchorJSON(g.Anchor), Commit: g.Detail.Commit, Sentence: t.sentence(g), Weight: g.Weight, Weighed: g.Weighed, Under: g.Under,
	}
	if a := g.Accepted; a != nil {
		out.Accepted = &acceptedJSON{a.Reason, a.By, a.Until, a.Ticket}
	}
	if out.Law == nil {
		out.Law = []rules.Law{}
	}
	return out
}

func coverageOf(c *item.Coverage) coverageJSON {
	out := coverageJSON{c.Items, c.Read, c.Bytes, c.Unchanged, c.Skipped, []unreadJSON{}, c.Stopped, false}
	if out.Skipped == nil {
		out.Skipped = map[string]int{}
	}
	for _, u := range c.Unread {
		out.Unread = append(out.Unread, unreadJSON{u.At.Path, u.At.Line, u.Reason})
	}
	return out
}

// targets returns the names of the coverage, sorted.
func targets(r *reconcile.Result) []string {
	names := make([]string, 0, len(r.Coverage))
	for n := range r.Coverage {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
