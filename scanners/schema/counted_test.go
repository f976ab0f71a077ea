package schema

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAgainstCount reads schemas of engines that no test can start, and counts
// strictly: what stands between the outer commas of every CREATE TABLE.
// ECART_COUNTED names a folder with oracle/*.sql and tsql/*.sql.
func TestAgainstCount(t *testing.T) {
	root := os.Getenv("ECART_COUNTED")
	if root == "" {
		t.Skip("set ECART_COUNTED to a folder of schemas")
	}
	for name, d := range map[string]dialect{"oracle": oracle, "tsql": tsql} {
		files, err := filepath.Glob(filepath.Join(root, name, "*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		tables, columns, lostTables, lostColumns := 0, 0, 0, 0
		for _, f := range files {
			c := newCatalog()
			text := utf8Of(t, f)
			if err := read(context.Background(), strings.NewReader(text), d, f, c, nowhere{}); err != nil {
				t.Fatal(err)
			}
			got := map[string]bool{}
			for _, x := range c.tables {
				addNames(got, x)
			}
			for table, list := range counted(text) {
				tables++
				columns += len(list)
				if !got[table] {
					lostTables++
					t.Logf("%s: no table %s", f, table)
				}
				for _, column := range list {
					if !got[table+"."+column] {
						lostColumns++
						t.Logf("%s: no column %s.%s", f, table, column)
					}
				}
			}
		}
		t.Logf("%s: %d files, %d tables (%d lost), %d columns (%d lost)", name, len(files), tables, lostTables, columns, lostColumns)
		if lostTables*200 > tables || lostColumns*100 > columns {
			t.Errorf("%s: too much is lost", name)
		}
	}
}

func utf8Of(t *testing.T, file string) string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var b strings.Builder
	if _, err := io.Copy(&b, decoded(f)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	remarks    = regexp.MustCompile(`(?s)/\*.*?\*/|--[^\n]*|(?m:^(?i:rem|prompt)\b[^\n]*)`)
	literals   = regexp.MustCompile(`'(?:[^']|'')*'`)
	opening    = regexp.MustCompile(`(?i)\bcreate\s+(?:global\s+temporary\s+)?table\s+([^\s(]+)\s*\(`)
	noColumn   = regexp.MustCompile(`(?i)^(constraint|primary|foreign|unique|check|index|period|supplemental)\b`)
	firstName  = regexp.MustCompile(`^(\[[^\]]+\]|"[^"]+"|[^\s(]+)`)
	nameQuotes = strings.NewReplacer("[", "", "]", "", `"`, "")
)

// counted returns the columns of every CREATE TABLE, in lower case.
func counted(text string) map[string][]string {
	text = literals.ReplaceAllString(remarks.ReplaceAllString(text, " "), "''")
	list := map[string][]string{}
	for _, m := range opening.FindAllStringSubmatchIndex(text, -1) {
		title := strings.ToLower(nameQuotes.Replace(text[m[2]:m[3]]))
		title = title[strings.LastIndexByte(title, '.')+1:]
		if strings.HasPrefix(title, "#") {
			continue // a working table of a script, which drops it
		}
		depth, from := 1, m[1]
		for i := m[1]; i < len(text) && depth > 0; i++ {
			switch text[i] {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 || depth == 1 && text[i] == ',' {
				if item := strings.TrimSpace(text[from:i]); item != "" && !noColumn.MatchString(item) {
					list[title] = append(list[title], strings.ToLower(nameQuotes.Replace(firstName.FindString(item))))
				}
				from = i + 1
			}
		}
	}
	return list
}
