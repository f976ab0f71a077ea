package document

import "github.com/ecart-rgpd/ecart/item"

// Plain tells whether a file called name with these bytes may be read as text as
// it is, without decoding, and what sort of text it is then. Who has the bytes
// in memory, as the past of a repository does, needs no reader for them.
//
// JSON is plain too: a key stands beside its value, where text is searched for a
// label. What is lost is its path, and the values that have nothing to tell them
// but the meaning of a key that is no word of a context list.
func Plain(formats []Format, name string, content []byte) (item.Kind, bool) {
	if len(content) == 0 {
		return 0, false
	}
	head := content[:min(len(content), sniffed)]
	for i := range formats {
		if !formats[i].Match(name, head) {
			continue
		}
		if unicodeCharset(head) != nil {
			return 0, false
		}
		switch formats[i].Name {
		case Text.Name:
			return kindOf(&File{At: item.Location{Path: name}, Head: head}), true
		case JSON.Name:
			return item.Data, true
		}
		return 0, false
	}
	return 0, false
}

// HeadSize is how many bytes of a file decide what Plain says of its format.
const HeadSize = sniffed

// ValidUTF8 tells whether b is UTF-8, at the speed of memory for French.
func ValidUTF8(b []byte) bool { return validUTF8(b) }
