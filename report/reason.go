package report

import (
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// reasons translates why something was not read. Scanners speak English, in
// words of their own; a report speaks one language.
type reasons struct {
	whole    map[string]string
	patterns []reasonPattern
}

// reasonPattern is a reason with names or figures in it.
type reasonPattern struct{ en, fr []string }

func newReasons() (*reasons, error) {
	list, err := rules.List[rules.Reason](nil, "reasons")
	if err != nil {
		return nil, err
	}
	all := &reasons{whole: make(map[string]string, len(list))}
	for _, x := range list {
		if strings.Contains(x.EN, "{}") {
			all.patterns = append(all.patterns, reasonPattern{strings.Split(x.EN, "{}"), strings.Split(x.FR, "{}")})
			continue
		}
		all.whole[x.EN] = x.FR
	}
	return all, nil
}

// french is a reason in French; as it was when it is none of ours.
func (r *reasons) french(reason string) string {
	if fr, ok := r.whole[reason]; ok {
		return fr
	}
	for _, p := range r.patterns {
		if parts, ok := p.match(reason); ok {
			return p.fill(parts, r.french)
		}
	}
	// Several reasons of one object are joined.
	if a, b, ok := strings.Cut(reason, "; "); ok {
		if x, y := r.french(a), r.french(b); x != a || y != b {
			return x + " ; " + y
		}
	}
	return reason
}

// match returns what stands where the pattern has {}.
func (p *reasonPattern) match(s string) (parts []string, ok bool) {
	if s, ok = strings.CutPrefix(s, p.en[0]); !ok {
		return nil, false
	}
	for i, text := range p.en[1:] {
		at := strings.Index(s, text)
		if text == "" && i == len(p.en)-2 {
			at = len(s)
		}
		if at < 0 {
			return nil, false
		}
		parts, s = append(parts, s[:at]), s[at+len(text):]
	}
	return parts, s == ""
}

// fill says the pattern in French; what it kept may be a reason itself.
func (p *reasonPattern) fill(parts []string, translate func(string) string) string {
	var b strings.Builder
	for i, text := range p.fr {
		b.WriteString(text)
		if i < len(parts) && i < len(p.fr)-1 {
			b.WriteString(translate(parts[i]))
		}
	}
	return b.String()
}

// Reason says in lang why something was not read, safe on one line; reasons that
// are none of ours stay as they are.
func Reason(lang, reason string) (string, error) {
	r, err := newReasons()
	if err != nil {
		return "", err
	}
	return (&texts{lang: lang, reasons: r}).reason(reason), nil
}

// reason says why something was not read, safe on one line.
func (t *texts) reason(s string) string {
	if t.lang != "en" {
		s = t.reasons.french(s)
	}
	return Clean(s)
}
