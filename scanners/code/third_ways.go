package code

import (
	"bytes"
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// owned notes the service whose own file this is: fly.toml, google-services.json.
func (s *source) owned() {
	for name := s.path; ; {
		if i, ok := s.words.third.files[name]; ok {
			s.seen.add(&s.words.third.list[i], "setting", "", 1, false)
			return
		}
		_, rest, below := strings.Cut(name, "/")
		if !below {
			return
		}
		name = rest
	}
}

// taggedAt returns the recipient whose text starts with an address:
// www.google.com/recaptcha/.
func (t *thirds) taggedAt(host, path string) *rules.Recipient {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	for _, x := range t.byTag[host] {
		if strings.HasPrefix(host+path, x.text) {
			return &t.list[x.at]
		}
	}
	return nil
}

// readConfigCode reads a file of configuration written as a program: the packages
// it names in texts are used, as those it imports.
func readConfigCode(s *source) {
	lang := byExtension[path.Ext(s.path)]
	u := lex(s.src, lang, 1)
	s.packageTexts(u)
	readCode(s)
}

// packageTexts notes the packages of npm that texts name: "@sentry/react-native/expo".
func (s *source) packageTexts(u *unit) {
	for i := range u.toks {
		if t := u.toks[i]; t.kind != tokText || t.end-t.start > 100 || !bytes.ContainsAny(u.src[t.start:t.end], "@/-") {
			continue
		}
		if r := s.words.third.npmImport(u.text(i)); r != nil && !r.Twin {
			s.seen.add(r, "manifest", "", int(u.toks[i].line), false)
		}
	}
}

// addons notes the services that an application of Heroku asks for.
func (s *source) addons(u *unit) {
	for i := range u.toks {
		if u.toks[i].kind != tokText || !u.is(i+1, ":") || !u.is(i+2, "[") {
			continue
		}
		switch u.text(i) {
		case "buildpacks":
		case "addons":
			for j := i + 3; j < u.after(i+2)-1; j++ {
				name, _, _ := strings.Cut(u.text(j), ":")
				if r := s.words.third.family("addon", name); r != nil && u.toks[j].kind == tokText {
					s.seen.add(r, "setting", "", int(u.toks[j].line), false)
				}
			}
		default:
			continue
		}
		if r := s.byID("heroku"); r != nil {
			s.seen.add(r, "setting", "", int(u.toks[i].line), false)
		}
	}
}

// delivery notes the service that Rails sends mail through:
// delivery_method = :postmark.
func (s *source) delivery(u *unit) {
	for i := range u.toks {
		if !u.is(i, "delivery_method") {
			continue
		}
		for j := i + 1; j < i+4; j++ {
			if u.kind(j) == tokText {
				if r := s.words.third.family("delivery", u.text(j)); r != nil {
					s.seen.add(r, "setting", "", int(u.toks[j].line), false)
				}
				break
			}
		}
	}
}

// readStorage reads where Rails keeps files: each service, with its region and the
// address of another that speaks as S3 does.
func readStorage(s *source) {
	readSettings(s)
	now := storage{}
	eachLine(s.src, func(line string, n int) {
		if line != "" && line[0] != ' ' && line[0] != '#' {
			s.storage(now)
			now = storage{}
		}
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch key {
		case "service":
			now.service, now.line = value, n
		case "region":
			now.region = value
		case "endpoint":
			now.elsewhere = true
		}
	})
	s.storage(now)
}

// A storage is one service of storage.yml.
type storage struct {
	service, region string
	line            int
	elsewhere       bool
}

// storages are the clouds of Rails' services.
var storages = map[string]string{"S3": "aws", "GCS": "gcp", "AzureStorage": "azure", "AzureBlob": "azure", "Cloudinary": "cloudinary"}

func (s *source) storage(x storage) {
	r := s.byID(storages[x.service])
	if r == nil || x.elsewhere || s.has(r.ID) {
		return
	}
	s.seen.add(r, "region", s.words.third.clouds[r.Cloud][x.region], x.line, false)
}
