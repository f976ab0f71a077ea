package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// settings are names of settings that are for a service: STRIPE_SECRET_KEY,
// stripe.secret-key, Stripe:SecretKey.
type settings struct {
	exact   map[string]int // all words of a name, joined → recipient
	heads   map[string]int // its first words, joined
	secrets map[string]bool
	words   map[string]bool // what may follow the name of a service
	// skeletons are what frameworks write into each new project; skeletonFiles
	// where.
	skeletons     patterns
	skeletonFiles []string
	// runOneself are services that many run on machines of their own.
	runOneself map[string]bool
}

func newSettings() settings {
	return settings{exact: map[string]int{}, heads: map[string]int{}, secrets: map[string]bool{}, words: map[string]bool{}, runOneself: map[string]bool{}}
}

// of notes a name of the vocabulary, or a beginning with a '*'.
func (s *settings) of(name string, recipient int) {
	if head, all := strings.CutSuffix(name, "*"); all {
		s.heads[squash(head)] = recipient
		return
	}
	s.exact[squash(name)] = recipient
}

func (s *settings) add(w *words) {
	for _, x := range w.Secrets {
		s.secrets[x], s.words[x] = true, true
	}
	for _, x := range w.SettingWords {
		s.words[x] = true
	}
	for _, x := range w.RunOneself {
		s.runOneself[x] = true
	}
	s.skeletons.add(w.Skeletons)
	s.skeletonFiles = append(s.skeletonFiles, w.SkeletonFiles...)
}

// longestHead is how many words the name of a service has at most: NEXT_PUBLIC_GA.
const longestHead = 4

// longestSetting is how many bytes the name of a setting has at most; a longer one
// is made up, and costs with the square of its words.
const longestSetting = 120

// settingOf returns the recipient that a setting of that name is for, or nil. At
// the start of a name in capitals the service is enough when loose; elsewhere what
// follows must be the words of a credential.
func (t *thirds) settingOf(name string, loose bool) *rules.Recipient {
	if len(name) > longestSetting {
		return nil
	}
	w := settingWords(name)
	loose = loose && len(w) > 1 && name == strings.ToUpper(name)
	for i := range w {
		key := ""
		for j := i; j < len(w) && j < i+longestHead; j++ {
			key += w[j]
			if at, ok := t.settings.heads[key]; ok && j+1 < len(w) && (loose && i == 0 || t.settings.credential(w[j+1:])) {
				return &t.list[at]
			}
		}
		for j := i + longestHead; j < len(w); j++ {
			key += w[j]
		}
		if at, ok := t.settings.exact[key]; ok && (len(w)-i > 1 || strings.Contains(name, "_")) {
			return &t.list[at]
		}
	}
	return nil
}

// credential tells whether words are those of a credential, as in api key.
func (s *settings) credential(w []string) bool {
	secret := false
	for _, x := range w {
		if !s.words[x] {
			return false
		}
		secret = secret || s.secrets[x]
	}
	return secret || len(w) == 2 && w[1] == "id" && (w[0] == "client" || w[0] == "app" || w[0] == "account" || w[0] == "project" || w[0] == "measurement" || w[0] == "tracking")
}

// settingWords cuts the name of a setting into words in lower case.
func settingWords(name string) []string {
	var w []string
	from := 0
	cut := func(to int) {
		if to > from {
			w = append(w, strings.ToLower(name[from:to]))
		}
	}
	for i := range len(name) {
		switch c := name[i]; {
		case c == '_' || c == '.' || c == '-' || c == ':' || c == '/' || c == '[' || c == ']':
			cut(i)
			from = i + 1
		case c >= 'A' && c <= 'Z' && i > from && (isLower(name[i-1]) || isDigit(name[i-1]) && i+1 < len(name) && isLower(name[i+1])):
			cut(i)
			from = i
		}
	}
	cut(len(name))
	return w
}

// skeleton tells a setting of a framework's own in a file of its own.
func (s *source) skeleton(name string) bool {
	if !s.words.third.settings.skeletons.has(fold(name)) {
		return false
	}
	for _, f := range s.words.third.settings.skeletonFiles {
		if strings.HasSuffix(s.path, f) {
			return true
		}
	}
	return false
}

// codeSettings reads the names of settings in code: process.env.STRIPE_SECRET_KEY,
// env('STRIPE_SECRET'), config["Stripe:SecretKey"], and the addresses
// brevo+api://key@default.
func (s *source) codeSettings(u *unit) {
	for i := range u.toks {
		t := u.toks[i]
		n := int(t.end - t.start)
		if n < 6 || n > 80 || t.kind != tokName && t.kind != tokText {
			continue
		}
		text := u.src[t.start:t.end]
		if t.kind == tokText && u.lang == python && bytes.Count(text, []byte{'.'}) > 1 && isIdentifier(string(bytes.ReplaceAll(text, []byte{'.'}, []byte{'_'}))) {
			if r := s.words.third.importOf(python, string(text)); r != nil && !r.Twin {
				s.seen.add(r, "setting", "", int(t.line), false)
			}
		}
		if !s.words.third.settings.maybe(text, t.kind == tokText) {
			continue
		}
		name := strings.TrimSuffix(strings.TrimPrefix(string(text), "${"), "}")
		if r := s.words.third.settingOf(name, false); r != nil && !r.Twin && !s.skeleton(name) {
			s.seen.add(r, "setting", "", int(t.line), false)
		}
	}
}

// maybe tells whether a text may be the name of a setting: most are not, and need
// no closer look. A name of the program must be in capitals.
func (s *settings) maybe(text []byte, quoted bool) bool {
	sep, upper := false, true
	for _, c := range text {
		switch {
		case c == '_' || quoted && (c == '.' || c == ':' || c == '-'):
			sep = true
		case c >= 'a' && c <= 'z':
			if !quoted {
				return false
			}
			upper = false
		case c >= 'A' && c <= 'Z' || isDigit(c) || quoted && (c == '$' || c == '{' || c == '}'):
		default:
			return false
		}
	}
	return sep && (upper || bytes.IndexByte(text, '.') > 0 || bytes.IndexByte(text, ':') > 0)
}
