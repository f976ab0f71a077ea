package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Libraries of services that anybody can run: told to call a host of one's own,
// they hand nothing to their maker.

// hostKeys are the names under which such a library is given its host, folded.
var hostKeys = map[string]bool{
	"host": true, "apihost": true, "dsn": true, "url": true, "apiurl": true, "serverurl": true, "endpoint": true, "apiendpoint": true, "baseurl": true,
	"basepath": true, "server": true, "trackerurl": true, "collectorurl": true, "ingesturl": true, "tunnel": true, "domain": true, "instance": true, "instanceurl": true, "uihost": true,
}

// ownHosts notes the imported services that a file gives a host of one's own:
// new PostHog(key, {host: "https://mesure.…"}), sentry_sdk.init(dsn="https://…").
func (s *source) ownHosts(u *unit, imports map[string]string) {
	if len(imports) == 0 {
		return
	}
	for i := 2; i < len(u.toks); i++ {
		if u.toks[i].kind != tokText || !u.isHostKey(i) {
			continue
		}
		if id := imports[u.calledAround(i)]; id != "" {
			s.ownHost(s.byID(id), u.text(i), int(u.toks[i].line))
		}
	}
}

// isHostKey tells whether the text at i is the value of such a name.
func (u *unit) isHostKey(i int) bool {
	return (u.is(i-1, ":") || u.is(i-1, "=") || u.is(i-1, "=>")) && (u.kind(i-2) == tokName || u.kind(i-2) == tokText) && hostKeys[fold(u.text(i-2))]
}

// calledAround returns the first name of the call whose arguments hold token i:
// posthog of posthog.init(key, {api_host: …}); of an assignment to a member, the
// first name of what it belongs to.
func (u *unit) calledAround(i int) string {
	if u.isMember(i - 3) {
		return u.headOf(i - 2)
	}
	for j := i - 1; j > 0 && j > i-200; j-- {
		switch {
		case u.toks[j].kind == tokClose:
			j = int(u.toks[j].pair)
			if j <= 0 {
				return ""
			}
		case u.toks[j].kind == tokOpen && u.is(j, "(") && u.kind(j-1) == tokName:
			return u.headOf(j - 1)
		}
	}
	return ""
}

// headOf returns where a chain of members that ends at i starts.
func (u *unit) headOf(i int) string {
	for i >= 2 && u.isMember(i-1) && u.kind(i-2) == tokName {
		i -= 2
	}
	return u.text(i)
}

// ownHost notes that a service runs at the address given, unless it is its
// maker's or a placeholder. A sample of settings tells as much as the settings:
// often it alone is in the repository.
func (s *source) ownHost(r *rules.Recipient, address string, line int) {
	if r == nil {
		return
	}
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return
	}
	host, tail := hostAt([]byte(rest))
	known, _ := s.words.third.hostOf(host, tail, true)
	if host == "" || known != nil || placeholderHost(host) {
		return
	}
	s.seen.add(r, item.ClueOwn, "", line, false)
}

// placeholderHost tells of hosts that stand for one to be written.
func placeholderHost(host string) bool {
	host = strings.ToLower(host)
	for _, w := range []string{"example.com", "example.org", "example.net", "localhost", "127.0.0.1", "0.0.0.0"} {
		if host == w || strings.HasSuffix(host, "."+w) {
			return true
		}
	}
	return strings.HasPrefix(host, "your") || strings.HasPrefix(host, "votre") || strings.Contains(host, "xxx")
}
