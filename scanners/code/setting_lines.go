package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// settingLines reads settings line by line, each under the keys it is nested in.
type settingLines struct {
	*source
	account bool // an account of AWS stands in the file
	yaml    bool
	above   []nested // keys of YAML that the line is under, or the section of an INI file
}

type nested struct {
	indent int
	key    string
}

var (
	iniSection = pattern.New(`^\[+([A-Za-z][A-Za-z0-9_.-]*)\]+\s*$`)
	envLike    = pattern.New(`[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`)
	// hostOfAddress is an address of a machine that is no placeholder.
	hostOfAddress = pattern.New(`^[a-z+]+://(?:[^@/\s]*@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:[:/]|$)`)
	dsn           = pattern.New(`\b([a-z][a-z0-9]*)(?:\+[a-z]+)?://[^\s"']`)
)

func (r *settingLines) line(line string, n int) {
	text := strings.TrimSpace(line)
	aside := strings.HasPrefix(text, "#") || strings.HasPrefix(text, ";") || strings.HasPrefix(text, "//")
	if m := iniSection.FindStringSubmatch(text); m != nil && !r.yaml {
		r.above = []nested{{0, m[1]}}
		return
	}
	known := r.hostsOfLine(line, n, aside)
	if aside || known {
		return
	}
	m := setting.FindStringSubmatch(line)
	if m == nil {
		r.named(line, n)
		return
	}
	name, value := m[1], strings.Trim(m[2], `"',`)
	if value == "" && ofDevelopment(r.path) {
		return // switched off where programs are written
	}
	if !r.setting(r.under(line, name, m[2]), value, n, r.account) {
		r.named(m[2], n)
	}
}

// under returns the whole name of a setting, and remembers it for the lines below.
func (r *settingLines) under(line, name, value string) string {
	if !r.yaml {
		if len(r.above) > 0 {
			return r.above[0].key + "." + name
		}
		return name
	}
	indent := len(line) - len(strings.TrimLeft(line, " -"))
	for len(r.above) > 0 && r.above[len(r.above)-1].indent >= indent {
		r.above = r.above[:len(r.above)-1]
	}
	path := ""
	for _, a := range r.above {
		path += a.key + "."
	}
	if value == "" || strings.HasPrefix(value, "&") || strings.HasPrefix(value, "#") {
		r.above = append(r.above, nested{indent, name})
	}
	return path + name
}

// named notes the services of the settings that a line names: ${STRIPE_KEY},
// name: SENTRY_DSN, %env(BREVO_KEY)%. A line with an address of one's own names none.
func (s *source) named(line string, n int) {
	if strings.Contains(line, "://") {
		return
	}
	for _, name := range envLike.FindAllString(line, -1) {
		if r := s.words.third.settingOf(name, false); r != nil && !r.Twin {
			s.seen.add(r, "setting", "", n, false)
		}
	}
}

// setting notes a service by the name of its setting, and tells whether it is done
// with the line.
func (s *source) setting(name, value string, line int, account bool) bool {
	if cloud, country := s.region(name, value, account); country != "" {
		if r := s.byID(cloud); r != nil {
			s.seen.add(r, "region", country, line, false)
		}
		return true
	}
	if m := dsn.FindStringSubmatch(value); m != nil {
		if r := s.words.third.family("scheme", m[1]); r != nil {
			s.seen.add(r, "setting", "", line, false)
		} else if r := s.words.third.settingOf(name, true); r != nil && s.words.third.settings.runOneself[r.ID] && hostOfAddress.MatchString(value) {
			s.ownHost(r, value, line)
		}
		return true
	}
	if r, country := s.words.third.hostOf(value, "", true); r != nil && country != "" && s.words.third.settingOf(name, true) == r {
		s.seen.add(r, "host", country, line, false) // DD_SITE=datadoghq.eu
		return true
	}
	if falseValue[strings.ToLower(value)] {
		return true
	}
	bare := value == "" || value == "null" || strings.HasPrefix(value, "${") && strings.Contains(value, ":-}")
	if bare && (!s.sample() || s.words.third.settings.skeletons.has(fold(name))) {
		return value != ""
	}
	if r := s.words.third.settingOf(name, !bare); r != nil && !r.Twin {
		s.seen.add(r, "setting", "", line, false)
		return true
	}
	return false
}

// sample tells a file that says which settings there are, for others to fill in.
func (s *source) sample() bool {
	name := s.path[strings.LastIndexByte(s.path, '/')+1:]
	for _, w := range []string{"example", "sample", "dist", "template"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return !strings.Contains(name, ".env") && !strings.Contains(name, ".properties")
}

var falseValue = map[string]bool{"false": true, "0": true, "no": true, "off": true, "none": true, "disabled": true, "true": true, "changeme": true}

// cloudWords are the words of a setting that tell whose region it is.
var cloudWords = map[string]string{"aws": "aws", "s3": "aws", "ses": "aws", "cognito": "aws", "azure": "azure", "gcp": "gcp", "google": "gcp", "gcs": "gcp", "scaleway": "scaleway", "scw": "scaleway", "ovh": "ovh"}

// s3Elsewhere is the address of a storage that is not AWS.
var s3Elsewhere = pattern.New(`(?i)(?:s3|aws)[a-z0-9_.-]*endpoint[a-z_.-]*["']?\s*[:=]\s*["']?(?:https?://)?[a-z0-9]`)

// region returns the cloud and the country of AWS_REGION=eu-west-3, of
// cloud.aws.region.static and of azure.blob.region. Frameworks write a region into
// every new project: without an account beside it, it says nothing.
func (s *source) region(name, value string, account bool) (cloud, country string) {
	region := false
	for _, w := range settingWords(name) {
		if c, ok := cloudWords[w]; ok && cloud == "" {
			cloud = c
		}
		region = region || w == "region" || w == "location"
	}
	if cloud == "" || !region || strings.HasPrefix(strings.ToUpper(name), "AWS_DEFAULT") && !account {
		return "", ""
	}
	if cloud == "aws" && s.storesElsewhere() {
		return "", "" // the region of another that speaks as S3 does
	}
	return cloud, s.words.third.clouds[cloud][strings.ToLower(strings.ReplaceAll(value, " ", ""))]
}

// storesElsewhere tells whether the file names a storage that is not AWS. It is
// looked for once: a file may have a region on every line.
func (s *source) storesElsewhere() bool {
	if !s.storesAsked {
		s.storesAsked, s.stores = true, s3Elsewhere.Match(s.src)
	}
	return s.stores
}

// jsonSettings reads settings in JSON, each under the keys it is nested in.
func (s *source) jsonSettings() {
	hosts := map[int]bool{}
	eachLine(s.src, func(line string, n int) {
		if s.hostsOfLine(line, n, false) {
			hosts[n] = true
		}
	})
	u := lex(s.src, script, 1)
	var walk func(lo, hi int, path string)
	walk = func(lo, hi int, path string) {
		for i := lo; i+2 < hi; i++ {
			if u.toks[i].kind != tokText || !u.is(i+1, ":") {
				continue
			}
			name := path + u.text(i)
			switch u.toks[i+2].kind {
			case tokOpen:
				end := u.after(i + 2)
				if u.is(i+2, "{") {
					s.named(u.text(i), int(u.toks[i].line))
					walk(i+3, min(end, hi), name+".")
				}
				i = end - 1
			case tokText, tokName, tokNumber:
				if !hosts[int(u.toks[i].line)] {
					s.setting(name, u.text(i+2), int(u.toks[i].line), true)
				}
			case tokOp, tokClose, tokLine:
			}
		}
	}
	walk(0, len(u.toks), "")
}

// ofDevelopment tells whether a file of settings is for the machines of those who write
// the program: values-dev.yaml, .env.local.
func ofDevelopment(path string) bool {
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '-' || r == '_' }) {
		switch w {
		case "dev", "development", "local", "test", "tests":
			return true
		}
	}
	return false
}
