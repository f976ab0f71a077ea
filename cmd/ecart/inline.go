package main

import (
	"bufio"
	"bytes"
	"io"
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
// where gaps are shown are read.
func acceptInline(root string, gaps []reconcile.Gap, mask func(string) string) {
	files := map[string]map[int][2]string{}
	for i := range gaps {
		g := &gaps[i]
		if g.Accepted != nil || g.At.Target == "register" || g.At.Target == "policy" {
			continue
		}
		comments, read := files[g.Anchor.File]
		if !read {
			comments = inlineComments(filepath.Join(root, filepath.FromSlash(g.Anchor.File)))
			files[g.Anchor.File] = comments
		}
		for _, line := range []int{g.Anchor.Line, g.Anchor.Line - 1} {
			if c, ok := comments[line]; ok && (c[0] == string(g.Kind) || c[0] == g.RuleID()) {
				g.Accepted = &reconcile.Accepted{Reason: mask(c[1]), By: "inline"}
			}
		}
	}
}

// inlineMark is in every accepting comment.
const inlineMark = "ecart:accept"

// inlineComments returns the accepting comments of a file by line.
func inlineComments(path string) map[int][2]string {
	if uncommented[filepath.Ext(path)] {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	if !holds(f, inlineMark) {
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil
	}
	comments := map[int][2]string{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if !strings.Contains(lines.Text(), inlineMark) {
			continue
		}
		if m := inlineAccept.FindStringSubmatch(lines.Text()); m != nil {
			comments[n] = [2]string{m[1], strings.TrimRight(m[2], " */->#")}
		}
	}
	return comments
}

// uncommented are the extensions of files that have no comments.
var uncommented = map[string]bool{".json": true, ".geojson": true, ".csv": true, ".tsv": true, ".jsonl": true, ".ndjson": true, ".log": true}

// holds tells whether mark is anywhere in r. Nearly no file has one, and
// looking through it by lines would take a sixth of the time of a scan.
func holds(r io.Reader, mark string) bool {
	buf := make([]byte, 64<<10)
	for n := 0; ; {
		k, err := r.Read(buf[n:])
		n += k
		if contains(buf[:n], mark) {
			return true
		}
		if err != nil {
			return false
		}
		n = copy(buf, buf[max(0, n-len(mark)+1):n])
	}
}

// contains looks for what stands behind the ':' of mark first, which is rarer in
// texts than the letter that mark begins with.
func contains(text []byte, mark string) bool {
	head, tail, _ := strings.Cut(mark, ":")
	for rest := text; ; {
		i := bytes.Index(rest, []byte(":"+tail))
		if i < 0 {
			return false
		}
		if bytes.HasSuffix(rest[:i], []byte(head)) {
			return true
		}
		rest = rest[i+1:]
	}
}
