package reconcile

import (
	"path"
	"strings"
)

// anchor chooses the file of the repository where a gap is shown: the line that
// holds the data; else the line of the register that should declare it; else
// the line of ecart.yaml that names the target; else the register. A place outside
// the repository is never given as a path of it: a file there may bear its name.
func (r *run) anchor(g *Gap) Anchor {
	a := r.Anchors
	switch {
	case g.Anchor.File != "": // the judge knew: a line of DDL
		return g.Anchor
	case g.At.Target == "policy":
		return Anchor{first(a.Policy, g.At.Path), max(g.At.Line, 1)}
	case g.At.Target == "register":
		return Anchor{first(a.Register, base(r.registerFile())), max(g.At.Line, 1)}
	}
	if declared := a.Declared[g.At.Target]; declared != nil {
		if at, ok := declared(strings.TrimSuffix(g.At.Path, "."+g.At.Column), g.At.Column); ok {
			return at
		}
	}
	if prefix, inside := a.Prefix[g.At.Target]; inside && !r.targets[g.At.Target].Tables && g.Kind != PersonalDataInHistory {
		line := max(g.At.Line, 1)
		if g.At.Path != g.At.Container() {
			line = 1 // the line is inside an archive
		}
		return Anchor{path.Join(prefix, g.At.Container()), line}
	}
	if known, ok := a.Inventory[g.At.String()]; ok {
		return known
	}
	if line := r.declaredAt(g); line > 0 && a.Register != "" {
		return Anchor{a.Register, line}
	}
	if a.Config != "" {
		return Anchor{a.Config, max(a.Lines[g.At.Target], 1)}
	}
	if prefix, inside := a.Prefix[g.At.Target]; inside && !r.targets[g.At.Target].Tables { // of its past: where it was
		return Anchor{path.Join(prefix, g.At.Container()), max(g.At.Line, 1)}
	}
	if a.Register != "" {
		return Anchor{a.Register, 1}
	}
	return Anchor{path.Join(g.At.Target, g.At.Container()), max(g.At.Line, 1)}
}

// declaredAt is the line of the system, else the treatment, that should declare
// what the gap is about.
func (r *run) declaredAt(g *Gap) int {
	if r.Register == nil {
		return 0
	}
	if s := r.Register.System(g.System); s != nil {
		return s.Line
	}
	for _, t := range r.Register.Treatments {
		if t.ID == g.Treatment {
			return t.Line
		}
	}
	return 0
}

func (r *run) registerFile() string {
	if r.Register == nil {
		return ""
	}
	return r.Register.File
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func base(p string) string { return path.Base(p) }
