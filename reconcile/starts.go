package reconcile

import (
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// starts are the words of what retentions run from.
type starts struct {
	known, unknown *terms.Set
	again          *terms.Set
	purges         map[string]bool
	persons        map[string]bool
	preferences    map[string]bool
}

// starts reads rules/starts.yml when it is first asked for.
func (r *run) starts() *starts {
	if r.begin == nil {
		var err error
		if r.begin, err = openStarts(); err != nil {
			r.begin = &starts{} // held by tests: what is built in reads
		}
	}
	return r.begin
}

func openStarts() (*starts, error) {
	files, err := rules.Section[rules.Starts](nil, "starts")
	if err != nil {
		return nil, err
	}
	var told, untold, again []terms.Phrase
	s := &starts{purges: map[string]bool{}, persons: map[string]bool{}, preferences: map[string]bool{}}
	for _, f := range files {
		for _, w := range f.Body.Told {
			told = append(told, terms.Phrase{ID: w, Words: w})
		}
		for _, w := range f.Body.Untold {
			untold = append(untold, terms.Phrase{ID: w, Words: w})
		}
		for _, w := range f.Body.Lasting {
			again = append(again, terms.Phrase{ID: w, Words: w})
		}
		for _, list := range []struct {
			words []string
			into  map[string]bool
		}{{f.Body.Purges, s.purges}, {f.Body.Persons, s.persons}, {f.Body.Preferences, s.preferences}} {
			for _, w := range list.words {
				list.into[w] = true
			}
		}
	}
	if s.known, err = terms.Compile(told); err != nil {
		return nil, err
	}
	if s.again, err = terms.Compile(again); err != nil {
		return nil, err
	}
	s.unknown, err = terms.Compile(untold)
	return s, err
}

// told tells whether the date of the data tells when a retention began:
// « dernier contact » it does, « fin du contrat » it does not.
func (s *starts) told(text string) bool {
	t := terms.Read(text)
	return s.known != nil && s.known.Has(t) && !s.unknown.Has(t)
}

// mayLast tells whether a retention runs from an end or from the last time: when the
// thing began says nothing of it.
func (s *starts) mayLast(text string) bool {
	t := terms.Read(text)
	return s.unknown != nil && (s.unknown.Has(t) || s.again.Has(t))
}
