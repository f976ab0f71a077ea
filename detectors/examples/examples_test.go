package examples

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	rules := []Rule{
		{File: "a.yml", ID: "good", Subject: "x", Hit: []string{"ax"}, Miss: []string{"b"}},
		{File: "a.yml", ID: "bad", Subject: "y", Hit: []string{"z"}, Miss: []string{"y"}},
		{File: "b.yml", ID: "bare", Subject: "x", Hit: []string{"x"}},
	}
	got := ""
	for _, f := range Run(rules, func(r *Rule, example string) bool { return strings.Contains(example, r.Subject) }) {
		got += f.String() + "\n"
	}
	want := `a.yml: bad: "z" should be found and is not
a.yml: bad: "y" should not be found and is
b.yml: bare: "" has no hit or no miss: give at least one of each
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
