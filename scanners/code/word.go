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

// word looks the name of a part up.
func (a *analysis) word(p *part) *word {
	t := &a.toks[p.at]
	if t.kind != tokName || a.spelt[t.name] != p.name { // a key in brackets
		return a.wordOf(p.name)
	}
	w := a.words[t.name]
	if w == nil {
		w = a.v.word(p.name, a.lang)
		a.words[t.name] = w
	}
	return w
}

// wordOf looks any name up.
func (a *analysis) wordOf(name string) *word {
	w := a.others[name]
	if w == nil {
		if a.others == nil {
			a.others = map[string]*word{}
		}
		w = a.v.word(name, a.lang)
		a.others[name] = w
	}
	return w
}

func (v *vocabulary) word(name string, lang *language) *word {
	w := &word{fold: fold(name)}
	for _, set := range []struct {
		is   meaning
		held *patterns
	}{
		{isSanitizer, &v.sanitizers},
		{isNeutral, &v.neutral},
		{isReader, &v.readers},
		{isRequest, &v.requests},
		{isWeak, &v.weak},
		{isStore, &v.stores},
		{isCarrier, &carriers},
		{isLoggerMaker, &loggerMakers},
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
