package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// carriers are methods that send what they are given to an address.
var carriers = compile([]string{"get", "post", "put", "patch", "request", "fetch", "send", "sendBeacon", "ajax", "getJSON", "axios", "postAsync", "postAsJsonAsync", "getAsync", "sendAsync", "postForObject", "postForEntity", "exchange", "getForObject", "newRequest", "newRequestWithContext", "postForm", "urlopen", "open", "curlSetopt", "fileGetContents", "got", "superagent", "uri", "url", "create", "to", "httpPost", "request_uri", "urlRequest", "ky", "$fetch", "useFetch"})

// toThird reads data handed to a third party: a call of its library, or one
// that sends to its address.
func (a *analysis) toThird(c *chain) {
	k := len(c.parts) - 1
	for k >= 0 && !c.parts[k].call {
		k--
	}
	if k < 0 {
		return
	}
	id := a.client(c, k)
	if id == "" {
		for j := range c.parts {
			if p := &c.parts[j]; p.call && a.word(p).any(isCarrier) {
				if id = a.thirdIn(p.lo, p.hi); id != "" {
					break
				}
			}
		}
	}
	if id == "" {
		return
	}
	r := &a.v.third.list[a.v.third.byID[id]]
	for j := range c.parts {
		if p := &c.parts[j]; p.call {
			a.reach(thirdSink(r), id, c.parts[j].at, a.sources(p.lo, p.hi), chainNote(c, j))
		}
	}
}

func thirdSink(r *rules.Recipient) item.Sink {
	switch r.Kind {
	case "analytics", "session-replay", "cdp", "tag-manager", "ads", "ads-social", "ab-test":
		return item.SinkAnalytics
	}
	return item.SinkThird
}

// client returns the recipient whose library the chain calls, or "".
func (a *analysis) client(c *chain, k int) string {
	base := 0
	for base < k && owners[c.parts[base].name] {
		base++
	}
	name := c.parts[base].name
	if v := a.env[name]; v != nil && v.third != "" && (k > base || a.imports[name] != "") {
		return v.third
	}
	if id := a.imports[name]; id != "" && a.env[name] == nil {
		return id
	}
	name = name[strings.LastIndexByte(name, '\\')+1:]
	return a.imports[name]
}

// thirdOf returns the recipient that the value in [lo, hi) is a client or an
// address of.
func (a *analysis) thirdOf(lo, hi int) string {
	for i := lo; i < hi; i++ {
		switch a.toks[i].kind {
		case tokText:
			if r := a.hostText(i); r != nil {
				return r.ID
			}
		case tokName:
			if a.isMember(i-1) || i > lo && a.kind(i-1) == tokName && !a.notValue(a.text(i-1)) {
				continue
			}
			if a.toks[i].line != a.toks[lo].line {
				return ""
			}
			name := a.text(i)
			if id := a.imports[name[strings.LastIndexByte(name, '\\')+1:]]; id != "" {
				return id
			}
			if v := a.env[name]; v != nil && v.third != "" && a.is(i+1, ".") {
				return v.third
			}
		case tokOpen:
			if a.toks[i].block {
				return ""
			}
		case tokNumber, tokOp, tokClose, tokLine:
		}
	}
	return ""
}

// thirdIn returns the recipient whose address stands in the arguments.
func (a *analysis) thirdIn(lo, hi int) string {
	for i := lo; i < hi; i++ {
		switch a.toks[i].kind {
		case tokText:
			if r := a.hostText(i); r != nil {
				return r.ID
			}
		case tokName:
			if v := a.env[a.text(i)]; v != nil && v.third != "" && !a.isMember(i-1) && a.imports[a.text(i)] == "" {
				return v.third
			}
		case tokNumber, tokOp, tokOpen, tokClose, tokLine:
		}
	}
	return ""
}

func (a *analysis) hostText(i int) *rules.Recipient {
	t := a.toks[i]
	text := a.src[t.start:t.end]
	for _, scheme := range []string{"https://", "http://", "//"} {
		if hasPrefix(text, scheme) {
			host, path := hostAt(text[len(scheme):])
			r, _ := a.v.third.hostOf(host, path, true)
			return r
		}
	}
	return nil
}
