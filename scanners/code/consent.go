package code

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// A consentTool asks visitors for consent.
type consentTool struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"` // any of them, as written
	Hit   []string `yaml:"hit"`
	Miss  []string `yaml:"miss"`
}

// consents notes the consent tools of a file, each once.
func (s *source) consents() {
	if s.seen.aside || s.quiet || !consentLikely(s.src) {
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

// consentMarks are runs of letters of which one stands in nearly every word of
// the list: they spare most files a search for each.
var consentMarks = [][]byte{[]byte("onsent"), []byte("ookie"), []byte("rivacy"), []byte("itron"), []byte("xept"), []byte("_axcb"), []byte("idomi"), []byte("otSDK"), []byte("OTPub"), []byte("OptanonW"), []byte("data-cbid"), []byte("sercentrics"), []byte("laro"), []byte("rejime"), []byte("omplianz"), []byte("cmplz"), []byte("_iub"), []byte("iubenda"), []byte("cmp"), []byte("_sp_"), []byte("Messaging"), []byte("com.google.android.ump"), []byte("fundingchoices"), []byte("sano"), []byte("huOptions"), []byte("hu-manity"), []byte("trust"), []byte("consensu")}

func consentLikely(src []byte) bool {
	for _, m := range consentMarks {
		if bytes.Contains(src, m) {
			return true
		}
	}
	return false
}
