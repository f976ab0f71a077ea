package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// thirds finds third parties by their hosts, packages, imports and settings.
type thirds struct {
	list    []rules.Recipient
	hosts   map[string]int // domain → index in list
	pages   map[string]bool
	packs   map[string]map[string]int // ecosystem → package
	modules map[string]map[string]int // language → import
	files   map[string]int            // name of a file that only its users have → index
	called  map[string]int            // squashed id, name and aliases → index
	spf     map[string]int
	terra   map[string]int
	tags    []tag
	clouds  map[string]map[string]string
	byID    map[string]int
	byTag   map[string][]tag // domain → tags that start with it

	families []family
	settings settings
}

type tag struct {
	text string
	at   int
}

// sitePrefixes are first labels of hosts that only hold a vendor's own pages:
// a link to them hands over nothing.
var sitePrefixes = map[string]bool{
	"www": true, "docs": true, "doc": true, "help": true, "support": true, "blog": true, "developer": true, "developers": true, "dev": true, "status": true, "community": true, "learn": true, "about": true, "policies": true, "policy": true, "privacy": true, "legal": true, "careers": true, "academy": true, "dashboard": true, "console": true, "login": true, "account": true, "accounts": true, "fr": true, "en": true, "forum": true, "wiki": true, "trust": true, "security": true, "myaccount": true, "safety": true, "guide": true, "guides": true, "knowledge": true, "training": true, "portal": true, "manage": true, "get": true, "info": true, "m": true, "business": true,
}

func loadThirds(r *rules.Rules) (*thirds, error) {
	list, err := rules.List[rules.Recipient](r, "recipients")
	if err != nil {
		return nil, err
	}
	clouds, err := rules.List[rules.CloudRegions](r, "regions")
	if err != nil {
		return nil, err
	}
	t := &thirds{
		list: list, hosts: map[string]int{}, pages: map[string]bool{}, packs: map[string]map[string]int{}, modules: map[string]map[string]int{},
		files: map[string]int{}, called: map[string]int{}, settings: newSettings(), byTag: map[string][]tag{}, spf: map[string]int{}, terra: map[string]int{}, clouds: map[string]map[string]string{}, byID: map[string]int{},
	}
	for _, c := range clouds {
		t.clouds[c.Cloud] = c.Regions
	}
	for i := range t.list {
		t.index(i)
	}
	return t, nil
}

func (t *thirds) index(i int) {
	r := &t.list[i]
	t.byID[r.ID] = i
	for _, h := range r.Hosts {
		t.hosts[h] = i
	}
	for _, h := range r.SPF {
		t.spf[h] = i
	}
	for _, h := range r.Terraform {
		t.terra[h] = i
	}
	for _, f := range r.Files {
		t.files[f] = i
	}
	for _, n := range append([]string{r.ID, r.Name}, r.Aliases...) {
		if _, taken := t.called[squash(n)]; !taken {
			t.called[squash(n)] = i
		}
	}
	for _, e := range r.Env {
		t.settings.of(e, i)
	}
	for _, text := range r.Tags {
		t.tags = append(t.tags, tag{text, i})
		if domain, _, ok := strings.Cut(strings.TrimPrefix(text, "//"), "/"); ok && strings.Contains(domain, ".") {
			t.byTag[domain] = append(t.byTag[domain], tag{strings.TrimPrefix(text, "//"), i})
		}
	}
	t.pack("npm", r.NPM, i)
	t.pack("pypi", r.PyPI, i)
	t.pack("composer", r.Composer, i)
	t.pack("maven", r.Maven, i)
	t.pack("go", r.Go, i)
	t.pack("nuget", r.NuGet, i)
	t.pack("gem", r.Gem, i)
	t.pack("pod", r.Pod, i)
	t.pack("pub", r.Pub, i)
	t.pack("swift", r.Swift, i)
	t.module("javascript", r.NPM, i)
	t.module("go", r.Go, i)
	for _, p := range r.PyPI {
		t.module("python", []string{strings.NewReplacer("-", "_").Replace(p)}, i)
	}
	t.module("c#", r.NuGet, i)
	for _, p := range r.Maven {
		if !strings.Contains(p, ":") { // a group of many makers says nothing: its modules do
			t.module("java", []string{p}, i)
		}
	}
	for _, lang := range []string{"python", "java", "c#", "php", "ruby"} {
		t.module(lang, r.Modules, i)
	}
}

func (t *thirds) pack(system string, names []string, i int) {
	m := t.packs[system]
	if m == nil {
		m = map[string]int{}
		t.packs[system] = m
	}
	for _, n := range names {
		m[packName(system, n)] = i
	}
}

// packName is a package's name as its ecosystem compares it.
func packName(system, name string) string {
	switch system {
	case "pypi":
		return strings.NewReplacer("_", "-", ".", "-").Replace(strings.ToLower(name))
	case "nuget", "composer", "swift":
		return strings.ToLower(name)
	}
	return name
}

func (t *thirds) module(lang string, names []string, i int) {
	m := t.modules[lang]
	if m == nil {
		m = map[string]int{}
		t.modules[lang] = m
	}
	for _, n := range names {
		m[dotted(n)] = i
	}
}

var separators = strings.NewReplacer(`\`, ".", "::", ".")

// dotted writes PHP's and Ruby's separators as dots.
func dotted(name string) string {
	if strings.Contains(name, "/") {
		return name
	}
	if !strings.ContainsAny(name, `\:`) {
		return name
	}
	return separators.Replace(name)
}

// packageOf returns the recipient of a package of a manifest, or nil. Families
// are listed by their head: @sentry/* for npm, a group for Maven.
func (t *thirds) packageOf(system, name string) *rules.Recipient {
	m := t.packs[system]
	name = packName(system, name)
	if i, ok := m[name]; ok {
		return &t.list[i]
	}
	switch system {
	case "npm":
		if scope, _, ok := strings.Cut(name, "/"); ok {
			if r := t.at(m, scope+"/*"); r != nil {
				return r
			}
		}
	case "maven":
		group, _, _ := strings.Cut(name, ":")
		return t.at(m, group)
	case "go":
		return t.goModule(name)
	case "nuget", "pod", "gem":
		for _, sep := range []string{".", "/"} {
			head := name
			for i := strings.LastIndex(head, sep); i > 0; i = strings.LastIndex(head, sep) {
				head = head[:i]
				if r := t.at(m, head); r != nil {
					return r
				}
			}
		}
	}
	return t.family(system, name)
}

func (t *thirds) at(m map[string]int, key string) *rules.Recipient {
	if i, ok := m[key]; ok {
		return &t.list[i]
	}
	return nil
}

func (t *thirds) goModule(path string) *rules.Recipient {
	for p := path; p != ""; {
		if r := t.at(t.packs["go"], p); r != nil {
			return r
		}
		i := strings.LastIndexByte(p, '/')
		if i < 0 {
			break
		}
		p = p[:i]
	}
	return nil
}

// importOf returns the recipient of an imported name, or nil.
func (t *thirds) importOf(lang *language, name string) *rules.Recipient {
	switch lang {
	case script:
		return t.npmImport(name)
	case golang:
		return t.goModule(name)
	}
	key := lang.name
	if lang == kotlin {
		key = "java"
	}
	m := t.modules[key]
	for p := dotted(name); p != ""; {
		if r := t.at(m, p); r != nil {
			return r
		}
		i := strings.LastIndexByte(p, '.')
		if i < 0 {
			break
		}
		p = p[:i]
	}
	if lang == python {
		return t.family("python", name)
	}
	return nil
}

// npmImport resolves a path within a package: stripe/lib/x, @sentry/node/y.
func (t *thirds) npmImport(name string) *rules.Recipient {
	if name == "" || name[0] == '.' || name[0] == '/' {
		return nil
	}
	parts := strings.SplitN(name, "/", 3)
	pkg := parts[0]
	if pkg[0] == '@' && len(parts) > 1 {
		pkg += "/" + parts[1]
	}
	if r := t.packageOf("npm", pkg); r != nil || len(parts) == 1 {
		return r
	}
	return t.family("npm", name)
}

// hostOf returns the recipient that answers at host, with the country the host
// tells, or nil. resource says that the page or the program loads from there;
// without it a vendor's own pages are no evidence.
func (t *thirds) hostOf(host, path string, resource bool) (*rules.Recipient, string) {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	whole := strings.Count(host, ".") >= 2
	for p := host; ; {
		if i, ok := t.hosts[p]; ok {
			r := &t.list[i]
			if p == host && whole || resource || t.serves(host, p, path) {
				return r, t.country(r, host)
			}
			return nil, ""
		}
		i := strings.IndexByte(p, '.')
		if i < 0 || strings.IndexByte(p[i+1:], '.') < 0 {
			return nil, ""
		}
		p = p[i+1:]
	}
}

// serves tells an interface from a vendor's own pages.
func (t *thirds) serves(host, domain, path string) bool {
	path = strings.ToLower(path)
	api := strings.Contains(path, "/api") || strings.Contains(path, ".js") || len(path) > 2 && path[:2] == "/v" && isDigit(path[2]) || strings.HasPrefix(path, "/oauth") || strings.HasPrefix(path, "/hooks")
	if host == domain {
		return api
	}
	first, _, _ := strings.Cut(host, ".")
	return !sitePrefixes[first] || api
}

// country tells where a host is, as far as its name says.
func (t *thirds) country(r *rules.Recipient, host string) string {
	for _, h := range r.Regions {
		if label, first := strings.CutSuffix(h.Host, ".*"); first {
			if strings.HasPrefix(host, label+".") {
				return h.Country
			}
			continue
		}
		if host == h.Host || strings.HasSuffix(host, "."+h.Host) {
			return h.Country
		}
	}
	if regions := t.clouds[r.Cloud]; regions != nil {
		for _, label := range strings.Split(host, ".") {
			if c, ok := regions[label]; ok {
				return c
			}
			if i := strings.LastIndex(label, "s3-"); i >= 0 {
				if c, ok := regions[label[i+3:]]; ok {
					return c
				}
			}
		}
	}
	return ""
}

// hosting tells whether a recipient keeps what it is given.
func hosting(r *rules.Recipient) bool {
	switch r.Kind {
	case "hosting", "database", "baas", "storage", "cdn":
		return true
	}
	return false
}
