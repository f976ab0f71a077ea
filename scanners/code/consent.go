package code

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// A consentTool asks visitors for consent.
type consentTool struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"` // any of them, as written; of four letters at least
	Hit   []string `yaml:"hit"`
	Miss  []string `yaml:"miss"`
}

// consents notes the consent tools of a file, each once.
func (s *source) consents() {
	if s.seen.aside || s.quiet || !s.marks().consent {
		return
	}
	for i := range s.words.consent {
		t := &s.words.consent[i]
		for _, w := range t.Words {
			if at := bytes.Index(s.src, []byte(w)); at >= 0 {
				line := 1 + bytes.Count(s.src[:at], []byte{'\n'})
				s.flows = append(s.flows, item.Flow{
					Source: item.Column{Container: "consent", Name: t.ID, Line: line}, Path: []item.Step{{Line: line, Note: t.Name}},
					Sink: item.SinkConsent, Line: line, Inside: t.ID,
				})
				break
			}
		}
	}
}
