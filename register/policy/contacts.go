package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// This file reads what contacts are made of: addresses, telephones, numbers.

func phoneIn(s string) string {
	for _, loc := range phoneRE.FindAllStringIndex(s, -1) {
		p := s[loc[0]:loc[1]]
		if !authority.MatchString(p) && (loc[0] == 0 || s[loc[0]-1] < '0' || s[loc[0]-1] > '9') {
			return p
		}
	}
	return ""
}

func addressIn(s string) string {
	if !holdsPostcode(s) { // most texts: the expression costs a hundred times this look
		return ""
	}
	for _, line := range []string{s, strings.ReplaceAll(s, "\n", " ")} {
		for _, m := range postalRE.FindAllString(line, -1) {
			if !authority.MatchString(m) {
				return cleanAddress(m)
			}
		}
	}
	return ""
}

// holdsPostcode tells whether s has the five figures of a postcode, "01 234" too.
func holdsPostcode(s string) bool {
	run := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			if run++; run == 5 {
				return true
			}
		case s[i] != ' ' || run < 2:
			run = 0
		}
	}
	return false
}

func cleanAddress(s string) string {
	f := strings.Fields(s)
	if n := len(f); n > 1 && strings.ToLower(f[n-1]) == f[n-1] && !strings.ContainsAny(f[n-1], "0123456789") && postalRE.MatchString(strings.Join(f[:n-1], " ")) {
		f = f[:n-1] // the first word of what follows the town
	}
	return strings.Trim(strings.Join(f, " "), " ,;–-")
}

func sirenIn(s string) string {
	for _, re := range []*pattern.Lazy{sirenRE, sirenRE2} {
		if m := re.FindStringSubmatch(s); m != nil {
			return digits(m[1])
		}
	}
	return ""
}

func digits(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
