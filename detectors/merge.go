package detectors

import (
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// A Merge puts together what was found in the stretches of one large file.
type Merge struct {
	Each bool // one finding per occurrence: nothing is counted together
	list []Finding
	at   map[mergeKey]int // index in list
}

// A mergeKey tells apart the findings of one object, as findingKey does within a
// scanner. nth tells apart columns that are called alike.
type mergeKey struct {
	category   string
	evidence   Evidence
	at         item.Location // without a line
	identifier string
	detector   string // of what is no value
	specimen   bool
	sink       item.Sink
	nth        int
}

// Add takes the findings of the next stretch. before is how many lines stand
// before it, -1 when that is not known.
func (m *Merge) Add(findings []Finding, before int) {
	if m.at == nil {
		m.at = map[mergeKey]int{}
	}
	met := map[mergeKey]int{}
	for _, f := range findings {
		f.shift(before)
		key := keyOf(&f)
		met[key]++
		key.nth = met[key] - 1
		i, ok := m.at[key]
		if counted := f.Evidence == ByValue || f.Evidence == ByWord; !ok || m.Each && counted {
			m.at[key] = len(m.list)
			m.list = append(m.list, f)
			continue
		}
		count := max(m.list[i].Count, f.Count)
		merge(&m.list[i], &f)
		if f.Evidence == ByName || f.Evidence == ByMetadata { // of the file, not of its rows
			m.list[i].Count = count
		}
	}
}

func keyOf(f *Finding) mergeKey {
	k := mergeKey{category: f.Category, evidence: f.Evidence, at: f.At, identifier: f.Identifier, specimen: f.Specimen, sink: f.Sink}
	k.at.Line, k.at.Page = 0, 0
	if f.Evidence != ByValue && f.Evidence != ByWord {
		k.detector = f.Detector
	}
	return k
}

// Findings returns all of them in order, as Scanner.End does.
func (m *Merge) Findings() []Finding {
	slices.SortStableFunc(m.list, compareFindings)
	return m.list
}

// shift gives the lines of a finding the numbers they have in the file.
func (f *Finding) shift(before int) {
	f.At.Line = Near(f.At.Line, before)
	lines := make([]int, 0, len(f.Lines))
	for _, n := range f.Lines {
		if n = Near(n, before); n > 0 {
			lines = append(lines, n)
		}
	}
	f.Lines = nil
	if len(lines) > 0 {
		f.Lines = lines
	}
}

// Near returns the number of a line in its file when it was counted from
// item.FarLine on, behind before lines; 0 when those are not known.
func Near(line, before int) int {
	switch {
	case line < item.FarLine:
		return line
	case before < 0:
		return 0
	}
	return line - item.FarLine + 1 + before
}
