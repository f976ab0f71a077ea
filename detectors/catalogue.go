package detectors

import (
	"path"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// isMute tells whether the keys of the file at p are no names of data.
func isMute(c *rules.Catalogues, p string) bool {
	return isTool(c, p) || isCatalogue(c, p)
}

// isTool tells whether the file at p holds settings of what builds or runs a
// program: docker-compose.override.yml is called after docker-compose.yml, and
// application-test.yml after application.yml.
func isTool(c *rules.Catalogues, p string) bool {
	p = strings.ToLower(p)
	base := path.Base(p)
	if name := strings.TrimPrefix(base, "."); !slices.Contains(c.ToolFiles, base) {
		for i := range len(name) {
			if (name[i] == '.' || name[i] == '-') && slices.Contains(c.ToolFiles, name[:i]+path.Ext(name)) {
				return true
			}
		}
	}
	return slices.Contains(c.ToolFiles, base) ||
		slices.ContainsFunc(strings.Split(p, "/"), func(f string) bool { return slices.Contains(c.ToolFolders, f) })
}

// isCatalogue tells whether the file at p holds translations: its keys are
// named after data, and hold labels.
func isCatalogue(c *rules.Catalogues, p string) bool {
	dir, base := path.Split(strings.ToLower(p))
	ext := strings.TrimPrefix(path.Ext(base), ".")
	if slices.Contains(c.Extensions, ext) {
		return true
	}
	stem := strings.TrimSuffix(base, "."+ext)
	folders := strings.Split(strings.Trim(dir, "/"), "/")
	data := slices.Contains(c.Data, ext)
	if name := head(stem); data && slices.Contains(c.Files, name) && isLanguage(stem[len(name):]) {
		return stem != name || ext == "properties" || name != "messages" // messages.json may be what people wrote
	}
	if data && ext != "csv" && slices.Contains(c.Languages, head(stem)) && isLanguage("_"+stem) {
		return true // fr.json, pt-br.yml
	}
	if !data && !slices.Contains(c.Code, ext) {
		return false
	}
	if !slices.ContainsFunc(folders, func(f string) bool { return slices.Contains(c.Folders, f) }) {
		return false
	}
	return data || isLanguage("_"+stem) || isLanguage("_"+folders[len(folders)-1])
}

// head returns what stands before the first mark of a name: the messages of
// messages_fr.
func head(stem string) string {
	if i := strings.IndexAny(stem, "_-."); i >= 0 {
		return stem[:i]
	}
	return stem
}

// isLanguage tells whether s is nothing or a mark and a tag of a language, in
// lower case: _fr, .pt-br, _zh_hans.
func isLanguage(s string) bool {
	if s == "" {
		return true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '_' || r == '-' || r == '.' })
	for i, p := range parts {
		if len(p) < 2 || len(p) > 4 && i > 0 || len(p) > 3 && i == 0 || strings.Trim(p, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return len(parts) > 0 && len(parts) <= 3
}
