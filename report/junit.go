package report

import (
	"encoding/xml"
	"io"

	"github.com/ecart-rgpd/ecart/reconcile"
)

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Failure *junitText `xml:"failure"`
	Skipped *junitText `xml:"skipped"`
	Error   *junitText `xml:"error"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a gap as a failed test, an accepted one as a skipped test, and
// what was not read as an error, for CI that knows nothing else.
func JUnit(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	s := junitSuite{Name: "ecart"}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		if g.State == reconcile.Gone {
			continue
		}
		c := junitCase{Name: Clean(g.At.String()), Class: g.RuleID()}
		text := &junitText{Clean(t.message(g)), t.next(g)}
		switch {
		case g.Accepted != nil:
			c.Skipped, s.Skipped = &junitText{Message: Clean(g.Accepted.Reason)}, s.Skipped+1
		case g.Level == reconcile.Note:
		default:
			c.Failure, s.Failures = text, s.Failures+1
		}
		s.Cases = append(s.Cases, c)
	}
	for _, name := range targets(r) {
		for _, u := range r.Coverage[name].Unread {
			s.Cases = append(s.Cases, junitCase{Name: Clean(u.At.String()), Class: "unread", Error: &junitText{Message: t.reason(u.Reason)}})
			s.Errors++
		}
	}
	s.Tests = len(s.Cases)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(s); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}
