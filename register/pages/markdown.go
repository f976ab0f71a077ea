package pages

import (
	"bufio"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
)

// Markdown writes the whole register, security and systems included.
func Markdown(w io.Writer, reg *register.Register, lang string) error {
	p, err := newPage(reg, lang, true)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	put := func(s ...string) {
		for _, x := range s {
			_, _ = b.WriteString(x) // a bufio.Writer keeps its first error for Flush
		}
	}
	lines := func(all []line) {
		for _, l := range all {
			if len(l.Items) == 1 {
				put("- **", l.Label, "** : ", plain(l.Items[0]), "\n")
				continue
			}
			put("- **", l.Label, "** :\n")
			for _, i := range l.Items {
				put("  - ", plain(i), "\n")
			}
		}
	}
	put("# ", p.Title)
	if p.Name != "" {
		put(" — ", plain(p.Name))
	}
	put("\n\n")
	lines(p.Lines)
	if p.All != nil {
		put("\n## ", plain(p.All.Name), "\n\n")
		lines(p.All.Lines)
	}
	for _, t := range p.Treatments {
		put("\n## ", plain(t.Name), "\n\n")
		lines(t.Lines)
	}
	return b.Flush()
}

var markdownMarks = strings.NewReplacer("\n", " ", "\r", " ", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`)

// plain keeps Markdown from reading marks in a text.
func plain(s string) string { return markdownMarks.Replace(s) }
