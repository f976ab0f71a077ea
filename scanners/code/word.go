package code

import "slices"

// A meaning is what a vocabulary says of a name.
type meaning uint16

const (
	isSanitizer meaning = 1 << iota
	isNeutral
	isReader
	isRequest
	isWeak
	isStore
	isCarrier
	isLoggerMaker
)

// A word is a name of a file, with what the vocabulary says of it. The names of a
// file come back at every call, so that each is looked up once.
type word struct {
	fold               string
	is                 meaning
	functions, methods []*sink // of the language, in the order of the rules
}

// any tells whether a name has one of the meanings.
func (w *word) any(of meaning) bool { return w.is&of != 0 }

// word looks a name up.
func (a *analysis) word(name string) *word {
	if w := a.words[name]; w != nil {
		return w
	}
	w := a.v.word(name, a.lang)
	if a.words == nil {
		a.words = map[string]*word{}
	}
	a.words[name] = w
	return w
}

func (v *vocabulary) word(name string, lang *language) *word {
	w := &word{fold: fold(name)}
	for _, set := range []struct {
		is   meaning
		held *patterns
	}{
		{isSanitizer, &v.sanitizers}, {isNeutral, &v.neutral}, {isReader, &v.readers}, {isRequest, &v.requests},
		{isWeak, &v.weak}, {isStore, &v.stores}, {isCarrier, &carriers}, {isLoggerMaker, &loggerMakers},
	} {
		if set.held.has(w.fold) {
			w.is |= set.is
		}
	}
	for _, s := range v.sinks {
		if len(s.Languages) > 0 && !slices.Contains(s.Languages, lang.name) {
			continue
		}
		if s.functions.has(w.fold) {
			w.functions = append(w.functions, s)
		}
		if s.methods.has(w.fold) {
			w.methods = append(w.methods, s)
		}
	}
	return w
}
