package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/mailbox"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Email finds e-mail addresses, in any script.
//
// Unit:   one mailbox: a person's, a role's (contact@) or a machine's (noreply@).
// Shape:  a dot-atom of at most 64 bytes, '@', labels and a top-level domain of
// two letters or more; international letters on both sides.
// Source: RFC 5322, 5321 and 6531; RFC 2606 for the domains of examples.
// Errors: misses quoted local parts and bare IP domains; roles are known by a
// list of words and graded C, as is who signs a file: @author, Copyright.
var Email = &detectors.Detector{
	ID:       "intl.email",
	Title:    "E-mail address",
	Category: "email",
	MaxLen:   254,
	Trigger:  detectors.OnAt,
	Context:  "email",
	Verify:   verifyEmail,
}

func verifyEmail(text []byte, at int) detectors.Match {
	start := localStart(text, at)
	if start == at || userInfo(text, start) {
		return detectors.Match{}
	}
	end, tld := domainEnd(text, at+1)
	if end == 0 || end-start > 254 || fileSuffix(text[tld:end]) {
		return detectors.Match{}
	}
	m := shape.Hit(start, end, detectors.A)
	local, domain := text[start:at], text[at+1:end]
	role := mailbox.OfRole(local, domain)
	if exampleDomain(domain) || mailbox.ToFillIn(local) || role && underAny(domain, emailWords().templates) {
		m.Sort = detectors.Specimen
	}
	if role || ofDomain(local, domain) || credited(text, start) {
		m.Grade = detectors.C
	}
	return m
}

// localStart returns the offset of the local part that ends at '@', at when
// there is none. Of the marks that RFC 5322 allows it reads those in use: in a
// URL or a query '=', '/' and '&' stand before the address.
func localStart(text []byte, at int) int {
	i := at
	for i > 0 && at-i <= 64 && atom(text, i-1) {
		i--
	}
	if at-i > 64 || i == at || text[at-1] == '.' || text[i] == '.' || i > 0 && text[i-1] == '@' {
		return at
	}
	switch {
	case i > 0 && text[i-1] == '%' && at-i > 2: // %20jane@…
		i += 2
	case i > 0 && text[i-1] == '\\' && shape.Letter(text[i]): // \njane@…
		i++
	}
	for i < at && (text[i] == '-' || text[i] == '\'' || text[i] == '+') {
		i++
	}
	if doubleDot(text[i:at]) {
		return at
	}
	return i
}

// atom tells whether text[i] may stand in a local part.
func atom(text []byte, i int) bool {
	return atoms[text[i]] || text[i] >= 0x80 && shape.WordByte(text, i)
}

// atoms are the ASCII bytes of local parts.
var atoms = func() (t [256]bool) {
	for c := range byte(0x80) {
		t[c] = shape.Alnum(c)
	}
	for _, c := range []byte("._-+'") {
		t[c] = true
	}
	return t
}()

func doubleDot(s []byte) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == '.' && s[i-1] == '.' {
			return true
		}
	}
	return false
}

// userInfo tells whether the address is the user of a URL: //user:password@host.
func userInfo(text []byte, start int) bool {
	if start >= 2 && text[start-1] == '/' && text[start-2] == '/' {
		return true
	}
	if start == 0 || text[start-1] != ':' {
		return false
	}
	for i := start - 1; i > 1 && start-i < 64; i-- {
		switch text[i] {
		case ' ', '\n', '\t', '"', '\'', '<', '>', ',', ';':
			return false
		case '/':
			return text[i-1] == '/' && text[i-2] == ':'
		}
	}
	return false
}

// domainEnd reads labels at text[at]; it returns the end of the domain and the
// start of its last label, 0 when it is none.
func domainEnd(text []byte, at int) (end, tld int) {
	label, dots := at, 0
	i := at
	for ; i < len(text) && i-at < 254; i++ {
		c := text[i]
		if shape.Alnum(c) {
			continue
		}
		if c == '.' && i > label && i+1 < len(text) && (shape.Alnum(text[i+1]) || text[i+1] >= 0x80) {
			label = i + 1
			dots++
			continue
		}
		if c != '-' && !shape.WordByte(text, i) || c == '-' && i == label {
			break
		}
	}
	for i > label && text[i-1] == '-' {
		i--
	}
	if dots == 0 || i-label < 2 || i-label > 24 || i < len(text) && text[i] == '_' {
		return 0, 0
	}
	for j := label; j < i; j++ {
		if shape.Digit(text[j]) && !(text[label] == 'x' && text[label+1] == 'n') {
			return 0, 0
		}
	}
	if i < len(text) && (text[i] == '(' || text[i] == '@') {
		return 0, 0
	}
	return i, label
}

// fileSuffix tells whether s is the end of a file or unit name, which no
// top-level domain has: icon@2x.png, getty@tty1.service.
func fileSuffix(s []byte) bool { return emailWords().files[string(s)] }
