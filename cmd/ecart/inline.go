package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// inlineAccept is `ecart:accept <gap> <reason>` in a comment, on the line of the
// gap or the one above. A reason is asked for: an acceptance without one says
// nothing to whoever reads it later.
var inlineAccept = pattern.New(`ecart:accept\s+([a-z-]+(?:/\S+)?)\s+(\S.*)`)

// acceptInline marks the gaps that a comment beside them accepts. Only files
// where gaps are shown are read, and only as far as their last gap: that is near
// the top of nearly every file, because a gap is shown where it is first met.
func acceptInline(root string, gaps []reconcile.Gap, mask func(string) string) {
	last := map[string]int{}
	for i := range gaps {
		if g := &gaps[i]; mayAccept(g) {
			last[g.Anchor.File] = max(last[g.Anchor.File], g.Anchor.Line)
		}
	}
	files := map[string]map[int][2]string{}
	for i := range gaps {
		g := &gaps[i]
		if !mayAccept(g) {
			continue
		}
		comments, read := files[g.Anchor.File]
		if !read {
			comments = inlineComments(filepath.Join(root, filepath.FromSlash(g.Anchor.File)), last[g.Anchor.File])
			files[g.Anchor.File] = comments
		}
		for _, line := range []int{g.Anchor.Line, g.Anchor.Line - 1} {
			if c, ok := comments[line]; ok && (c[0] == string(g.Kind) || c[0] == g.RuleID()) {
				g.Accepted = &reconcile.Accepted{Reason: mask(c[1]), By: "inline"}
			}
		}
	}
}

// mayAccept tells whether a comment in a file that was scanned may accept g.
func mayAccept(g *reconcile.Gap) bool {
	return g.Accepted == nil && g.At.Target != "register" && g.At.Target != "policy" && !uncommented[filepath.Ext(g.Anchor.File)]
}

// uncommented are the extensions of files that have no comments.
var uncommented = map[string]bool{".json": true, ".geojson": true, ".csv": true, ".tsv": true, ".jsonl": true, ".ndjson": true, ".log": true}

// inlineComments returns the accepting comments of a file by line, up to line last.
func inlineComments(path string, last int) map[int][2]string {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	comments := map[int][2]string{}
	buf := make([]byte, longestComment)
	for line, n := 1, 0; line <= last; {
		k, err := f.Read(buf[n:])
		n += k
		whole := bytes.LastIndexByte(buf[:n], '\n') + 1
		if err != nil || whole == 0 && n == len(buf) {
			whole = n
		}
		noteComments(comments, buf[:whole], line)
		if err != nil {
			break
		}
		line += bytes.Count(buf[:whole], []byte{'\n'})
		n = copy(buf, buf[whole:n])
	}
	return comments
}

// longestComment is how much of a line is looked at in one piece, in bytes.
const longestComment = 64 << 10

// noteComments adds the accepting comments of whole lines, of which the first is
// line. Nearly no text has any: ':' is rarer than the letter the mark begins with.
func noteComments(comments map[int][2]string, text []byte, line int) {
	if !bytes.Contains(text, []byte(":accept")) {
		return
	}
	for l := range bytes.Lines(text) {
		if m := accepts(l); m != nil {
			comments[line] = [2]string{m[1], strings.TrimRight(m[2], " */->#")}
		}
		line++
	}
}

// accepts reads an accepting comment; nil for any other line.
func accepts(line []byte) []string {
	if !bytes.Contains(line, []byte("ecart:accept")) {
		return nil
	}
	return inlineAccept.FindStringSubmatch(string(line))
}
