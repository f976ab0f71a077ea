package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// writers are the words that statements which keep something start with.
var writers = []string{"insert", "update", "replace", "merge"}

// storesBySQL reads a password handed over with a statement that writes it:
// update("insert into compte (mot_de_passe) values (?)", motDePasse), or to one that
// was prepared before.
func (a *analysis) storesBySQL(c *chain) {
	v := a.env[c.parts[0].name]
	written := v != nil && v.statement
	for k := range c.parts {
		p := &c.parts[k]
		if !p.call {
			continue
		}
		args := a.split(p.lo, p.hi)
		if !written && len(args) > 0 && a.writesPassword(args[0][0], args[0][1]) {
			written, args = true, args[1:]
		}
		if !written {
			continue
		}
		for _, arg := range args {
			if from := a.secrets(a.sources(arg[0], arg[1])); len(from) > 0 {
				a.reach(item.SinkPlaintext, "", p.at, from, chainNote(c, k))
				return
			}
		}
	}
}

// statementIn tells whether the value in [lo, hi) is made of a statement that writes a
// password: $pdo->prepare("INSERT …").
func (a *analysis) statementIn(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if a.toks[i].kind == tokText && a.writesPassword(i, i+1) {
			return true
		}
	}
	return false
}

// writesPassword tells whether the texts in [lo, hi), one after another, are a
// statement that writes a column called after a password: one it inserts into, or sets.
// What stands behind WHERE is compared only, and a title may begin with "Update" too.
func (a *analysis) writesPassword(lo, hi int) bool {
	if lo >= hi || a.kind(lo) != tokText {
		return false
	}
	first := strings.ToLower(strings.TrimLeft(a.text(lo), " \t\r\n\"'`"))
	if !startsWithWord(first, writers) {
		return false
	}
	opens := "into"
	if startsWithWord(first, writers[1:2]) {
		opens = "set"
	}
	written, secret, filled := false, false, opens == "set"
	for i := lo; i < hi; i++ {
		if a.toks[i].kind != tokText {
			continue
		}
		filled = filled || strings.Contains(a.text(i), "(")
		for _, word := range strings.FieldsFunc(a.text(i), notInName) {
			switch key := strings.ToLower(word); {
			case key == opens:
				written = true
			case !written:
			case key == "where":
				return secret && filled
			case key == "values" || key == "set" || key == "select":
				filled = true // and no sentence: "Insert into the box …"
			default:
				secret = secret || a.v.isSecret(word)
			}
		}
	}
	return secret && filled
}

func notInName(r rune) bool {
	return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
}

func startsWithWord(s string, words []string) bool {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" && (rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t') {
			return true
		}
	}
	return false
}
