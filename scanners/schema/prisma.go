package schema

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// prisma reads a Prisma schema.
var prisma = migration{
	name:  "prisma",
	match: func(path string, _ []byte) bool { return strings.HasSuffix(path, ".prisma") },
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		readPrisma(text, path, c)
		return nil
	},
}

var (
	prismaModel  = pattern.New(`^\s*(?:model|view)\s+(\w+)\s*\{`)
	prismaField  = pattern.New(`^\s*(\w+)\s+(\w+)(\[\])?\??\s*(.*)$`)
	prismaMap    = pattern.New(`@map\(\s*(?:name:\s*)?"([^"]+)"`)
	prismaTable  = pattern.New(`^\s*@@map\(\s*(?:name:\s*)?"([^"]+)"`)
	prismaLength = pattern.New(`@db\.(\w+)(?:\((\d+)\))?`)
)

func readPrisma(text, path string, c *catalog) {
	models := map[string]bool{}
	for line := range strings.Lines(text) {
		if m := prismaModel.FindStringSubmatch(line); m != nil {
			models[m[1]] = true
		}
	}
	var t *table
	doc, n := "", 0
	for line := range strings.Lines(text) {
		n++
		trimmed := strings.TrimSpace(line)
		switch {
		case prismaModel.MatchString(line):
			title := prismaModel.FindStringSubmatch(line)[1]
			t = c.add(name{table: title}, n)
			t.file, t.comment = path, doc
		case trimmed == "}":
			t = nil
		case strings.HasPrefix(trimmed, "///"):
			doc = strings.TrimSpace(trimmed[3:])
			continue
		case t != nil && prismaTable.MatchString(line):
			c.rename(name{table: t.name}, name{table: prismaTable.FindStringSubmatch(line)[1]}, n)
		case t != nil && !strings.HasPrefix(trimmed, "//") && !strings.HasPrefix(trimmed, "@@"):
			prismaColumn(t, trimmed, doc, n, models)
		}
		doc = ""
	}
}

// prismaColumn reads one field. Fields of another model are relations, not
// columns.
func prismaColumn(t *table, line, doc string, n int, models map[string]bool) {
	m := prismaField.FindStringSubmatch(line)
	if m == nil || models[m[2]] {
		return
	}
	rest, beside, _ := strings.Cut(m[4], "//")
	col := column{name: m[1], typ: strings.ToLower(m[2]), comment: doc, line: n, key: strings.Contains(rest, "@id") || strings.Contains(rest, "@unique")}
	if beside != "" && doc == "" {
		col.comment = strings.TrimSpace(strings.TrimLeft(beside, "/"))
	}
	if mapped := prismaMap.FindStringSubmatch(rest); mapped != nil {
		col.name = mapped[1]
	}
	if db := prismaLength.FindStringSubmatch(rest); db != nil {
		col.typ = strings.ToLower(db[1])
		if counts([]string{col.typ}) {
			col.length = token{kind: number, raw: db[2]}.number()
		}
	}
	t.put(col)
}
