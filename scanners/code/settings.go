package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/rules"
)

// hostLike is what may be a host, with a scheme or without.
var hostLike = pattern.New(`[A-Za-z0-9_*-]+(?:\.[A-Za-z0-9_-]+)+`)

// setting is a name and its value: NAME=value, name: value, name = "value".
var setting = pattern.New(`^\s*(?:-\s+|export\s+|ENV\s+|set\s+)?["']?([A-Za-z][A-Za-z0-9_.:-]*)["']?\s*[=:]\s*(.*?)\s*$`)

// readSettings reads configuration: hosts, and settings of known services.
func readSettings(s *source) {
	if isRegister(s.src) {
		return
	}
	if strings.HasSuffix(s.path, ".json") {
		s.jsonSettings()
		return
	}
	r := settingLines{source: s, account: awsAccount.Match(s.src), yaml: strings.HasSuffix(s.path, ".yml") || strings.HasSuffix(s.path, ".yaml")}
	eachLine(s.src, r.line)
	s.records()
}

// awsAccount is an account of AWS that has a value.
var awsAccount = pattern.New(`AWS_ACCESS_KEY_ID["']?\s*[=:]\s*["']?[^\s"']`)

// isRegister tells a declaration: it names recipients, and hands them nothing.
func isRegister(src []byte) bool {
	return hasPrefix(src, "ecart:") || bytes.Contains(src[:min(len(src), 400)], []byte("\necart: 1"))
}

// hostsOfLine notes the third parties whose hosts stand on a line.
func (s *source) hostsOfLine(line string, n int, aside bool) (known bool) {
	for _, m := range hostLike.FindAllStringIndex(line, -1) {
		host := strings.TrimLeft(line[m[0]:m[1]], "*.-_")
		if m[0] > 0 && line[m[0]-1] == '/' && !strings.HasSuffix(line[:m[0]], "://") && !strings.HasSuffix(line[:m[0]], `"//`) {
			continue // part of a path
		}
		path := line[m[1]:]
		if at := strings.IndexByte(path, '@'); at >= 0 && at < 80 && !strings.ContainsAny(path[:at], " /") {
			continue // the user of a mail address, or of an account
		}
		if m[0] > 0 && line[m[0]-1] == '@' && !strings.Contains(line[:m[0]], "://") {
			continue // a mail address
		}
		if r, country := s.words.third.hostOf(host, path, false); r != nil {
			s.seen.add(r, "host", country, n, aside)
			known = true
		}
	}
	return known
}

func (s *source) byID(id string) *rules.Recipient {
	if i, ok := s.words.third.byID[id]; ok {
		return &s.words.third.list[i]
	}
	return nil
}

// contractMark tells a YAML file that is a contract.
var contractMark = pattern.New(`(?m)^\s*(?:["']?(?:openapi|swagger|asyncapi)["']?\s*:|"?\$schema"?\s*:.*json-schema)`)

// readYAML reads a contract, or configuration; translations are none.
func readYAML(s *source) {
	switch {
	case contractMark.Match(s.src[:min(len(s.src), 4000)]):
		readContract(s)
	case strings.Contains(s.path, "locale") || strings.Contains(s.path, "translation") || strings.Contains(s.path, "i18n") || strings.Contains(s.path, "lang/"):
	default:
		readSettings(s)
	}
}

// readStyle reads what a style sheet loads.
func readStyle(s *source) {
	if bytes.Contains(s.src, []byte("://")) {
		s.words.third.addresses(s.src, 1, &s.seen, nil)
	}
}

// readZone reads the records of a domain: SPF, where mail goes, what names stand for.
func readZone(s *source) {
	eachLine(s.src, func(line string, n int) {
		text, _, _ := strings.Cut(line, ";")
		if m := zoneTarget.FindStringSubmatch(text); m != nil {
			if r, country := s.words.third.hostOf(m[1], "", true); r != nil {
				s.seen.add(r, "dns", country, n, false)
			}
		}
	})
	s.records()
}

// zoneTarget is where a record of a domain leads.
var zoneTarget = pattern.New(`\s(?:MX\s+\d+|CNAME)\s+([A-Za-z0-9_.-]+\.[A-Za-z]{2,})\.?\s*$`)

var spfInclude = pattern.New(`include:([A-Za-z0-9_.-]+)`)

// records reads the senders of SPF records, in a zone or in Terraform.
func (s *source) records() {
	if !bytes.Contains(s.src, []byte("v=spf1")) {
		return
	}
	for _, m := range spfInclude.FindAllSubmatchIndex(s.src, -1) {
		host := strings.ToLower(string(s.src[m[2]:m[3]]))
		i, ok := s.words.third.spf[host]
		line := 1 + bytes.Count(s.src[:m[0]], []byte{'\n'})
		if ok {
			s.seen.add(&s.words.third.list[i], "spf", "", line, false)
		} else if r, country := s.words.third.hostOf(host, "", true); r != nil {
			s.seen.add(r, "spf", country, line, false)
		}
	}
}

// bareHosts reads texts of code that are a host and nothing else.
func (s *source) bareHosts(u *unit) {
	listed := 0
	for i := range u.toks {
		t := u.toks[i]
		if t.kind == tokOpen && i >= listed && u.listsHosts(i) {
			listed = u.after(i)
		}
		if n := t.end - t.start; t.kind != tokText || n < 6 || n > 100 || i < listed {
			continue
		}
		text := u.src[t.start:t.end]
		if bytes.IndexByte(text, '.') <= 0 || bytes.ContainsAny(text, " /@:") {
			continue
		}
		if r, country := s.words.third.hostOf(string(text), "", false); r != nil && strings.Count(string(text), ".") >= 2 {
			s.seen.add(r, "host", country, int(t.line), false)
		}
	}
	s.regions(u)
}

// mostHosts is how many hosts in one literal still are services that are called;
// more are a list of what is allowed, blocked or known.
const mostHosts = 15

// listsHosts tells whether the literal that opens at i is such a list.
func (u *unit) listsHosts(i int) bool {
	if u.src[u.toks[i].start] != '[' && u.src[u.toks[i].start] != '{' && u.src[u.toks[i].start] != '(' || u.toks[i].block {
		return false
	}
	hosts := 0
	for k := i + 1; k < u.after(i)-1; k++ {
		if u.toks[k].kind == tokOpen {
			return false
		}
		if t := u.toks[k]; t.kind == tokText && t.end-t.start > 3 {
			if text := u.src[t.start:t.end]; bytes.IndexByte(text, '.') > 0 && !bytes.ContainsAny(text, " /") {
				hosts++
			}
		}
	}
	return hosts > mostHosts
}

// regions reads region_name="us-east-1" in code that calls a cloud's library: an
// endpoint of one's own beside it says that it is another's.
func (s *source) regions(u *unit) {
	for i := range u.toks {
		if u.toks[i].kind != tokText {
			continue
		}
		country, ok := s.words.third.clouds["aws"][u.text(i)]
		if !ok || i < 2 {
			continue
		}
		key := fold(u.text(i - 2))
		if !strings.HasSuffix(key, "region") && !strings.HasSuffix(key, "regionname") {
			continue
		}
		low := bytes.ToLower(u.src)
		if !bytes.Contains(low, []byte("aws")) && !bytes.Contains(low, []byte("boto")) || bytes.Contains(low, []byte("endpoint")) {
			continue
		}
		if r := s.byID("aws"); r != nil {
			s.seen.add(r, "region", country, int(u.toks[i].line), false)
		}
	}
}

var (
	tfProvider = pattern.New(`^\s*provider\s+"([^"]+)"`)
	tfSource   = pattern.New(`^\s*(?:[a-z0-9_-]+\s*=\s*\{\s*)?source\s*=\s*"([A-Za-z0-9-]+/[a-z0-9-]+)"`)
	tfBackend  = pattern.New(`^\s*backend\s+"s3"`)
	tfResource = pattern.New(`^\s*(?:resource|data)\s+"([^"]+)"`)
	tfRegion   = pattern.New(`^\s*(?:region|location|aws_region|gcp_region|azure_region|[a-z_]*region|[a-z_]*location|default)\s*=\s*"([^"]+)"`)
	tfVariable = pattern.New(`^\s*variable\s+"([^"]*(?:region|location)[^"]*)"`)
)

// readTerraform reads providers, with the region each works in.
func readTerraform(s *source) {
	var blocks []tfBlock
	var now *tfBlock
	fallback := ""
	variable := false
	eachLine(s.src, func(line string, n int) {
		if t := strings.TrimSpace(line); strings.HasPrefix(t, "#") || strings.HasPrefix(t, "//") {
			return
		}
		if m := tfSource.FindStringSubmatch(line); m != nil {
			s.tfProvider(m[1], n)
			return
		}
		if tfBackend.MatchString(line) {
			blocks = append(blocks, tfBlock{name: "aws", line: n, resource: true})
			now, variable = &blocks[len(blocks)-1], false
		}
		if now != nil && now.region == "" && strings.Contains(line, "endpoint") {
			now.name = "" // speaks as S3 does
		}
		s.hostsOfLine(line, n, false)
		s.named(line, n)
		if m := tfProvider.FindStringSubmatch(line); m != nil {
			blocks = append(blocks, tfBlock{name: m[1], line: n})
			now, variable = &blocks[len(blocks)-1], false
		} else if m := tfResource.FindStringSubmatch(line); m != nil {
			blocks = append(blocks, tfBlock{name: m[1], line: n, resource: true})
			now, variable = &blocks[len(blocks)-1], false
		} else if tfVariable.MatchString(line) {
			now, variable = nil, true
		}
		if m := tfRegion.FindStringSubmatch(line); m != nil {
			switch {
			case now != nil && now.region == "":
				now.region, now.line = m[1], n
			case variable && now == nil && fallback == "":
				fallback = m[1]
				blocks = append(blocks, tfBlock{name: "region", region: m[1], line: n})
			}
		}
	})
	s.terraform(blocks)
	s.records()
}

// tfProvider notes the maker of a provider that a module asks for.
func (s *source) tfProvider(from string, line int) {
	r := s.words.third.family("provider", strings.ToLower(from[strings.IndexByte(from, '/')+1:]))
	if r != nil {
		s.seen.add(r, "setting", "", line, false)
	}
}

type tfBlock struct {
	name, region string
	line         int
	resource     bool
}

func (s *source) terraform(blocks []tfBlock) {
	for _, b := range blocks {
		r := s.provider(b.name)
		country := ""
		if r != nil && r.Cloud != "" {
			country = s.words.third.clouds[r.Cloud][strings.ToLower(strings.ReplaceAll(b.region, " ", ""))]
		}
		if b.name == "region" { // a variable: whose cloud it is, its region says
			for _, id := range []string{"aws", "gcp", "azure", "scaleway", "ovh"} {
				if c := s.words.third.clouds[id][b.region]; c != "" && s.byID(id) != nil && r == nil {
					r, country = s.byID(id), c
				}
			}
		}
		if r == nil || b.resource && b.region == "" && (s.has(r.ID) || b.name == "aws") {
			continue
		}
		s.seen.add(r, "region", country, b.line, false)
	}
}

// provider returns the recipient of a provider, or of a type of resource.
func (s *source) provider(name string) *rules.Recipient {
	if i, ok := s.words.third.terra[name]; ok {
		return &s.words.third.list[i]
	}
	head, _, _ := strings.Cut(name, "_")
	if i, ok := s.words.third.terra[head]; ok {
		return &s.words.third.list[i]
	}
	return nil
}

// readPermissions reads the manifests of applications: permissions asked for and
// not taken back, comments left out.
func readPermissions(s *source) {
	for _, t := range s.words.third.tags {
		if i := bytes.Index(s.src, []byte(t.text)); i >= 0 && !inMarkupComment(s.src, i) {
			s.seen.add(&s.words.third.list[t.at], "setting", "", 1+bytes.Count(s.src[:i], []byte{'\n'}), false)
		}
	}
	off := 0
	eachLine(s.src, func(line string, n int) {
		at := off
		off += len(line) + 1
		s.hostsOfLine(line, n, false)
		for i := range s.words.permissions {
			p := &s.words.permissions[i]
			for _, w := range p.Words {
				k := strings.Index(line, w)
				if k >= 0 && !wordByte(line, k+len(w)) && (!wordByte(line, k-1) || strings.HasSuffix(line[:k], "INFOPLIST_KEY_")) && !inMarkupComment(s.src, at+k) && !s.takenBack(at+k) {
					s.permission(p, n)
				}
			}
		}
	})
}

// takenBack tells whether the element at an offset removes what a library asks.
func (s *source) takenBack(at int) bool {
	from, to := bytes.LastIndexByte(s.src[:at], '<'), bytes.IndexByte(s.src[at:], '>')
	return from >= 0 && to >= 0 && bytes.Contains(s.src[from:at+to], []byte(`tools:node="remove"`))
}

// readApp reads the manifest of an application made with Expo or Cordova.
func readApp(s *source) {
	readPermissions(s)
	readSettings(s)
	u := lex(s.src, script, 1)
	s.packageTexts(u)
	s.addons(u)
}

// readAppCode reads the same written as a program.
func readAppCode(s *source) {
	readPermissions(s)
	readConfigCode(s)
}

func wordByte(s string, i int) bool {
	return i >= 0 && i < len(s) && (isNameStart(s[i]) || isDigit(s[i]))
}

// readContract reads the properties of OpenAPI, JSON Schema and Avro, in YAML or
// JSON.
func readContract(s *source) {
	if s.seen.aside && !strings.Contains(s.path, "openapi") && !strings.Contains(s.path, "schema") {
		return
	}
	if trimmed := bytes.TrimSpace(s.src); len(trimmed) > 0 && trimmed[0] == '{' {
		s.jsonContract()
		return
	}
	s.yamlContract()
}

func (s *source) declare(col item.Column) {
	s.columns = append(s.columns, declared{Column: col})
}
