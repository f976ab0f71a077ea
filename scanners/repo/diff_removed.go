package repo

import (
	"bufio"
	"bytes"
	"context"
	"strconv"
	"strings"
)

// A Removal is lines that a change takes out of a file without any in their place.
type Removal struct {
	After int      // line of the file as it is now that they stood behind; 0 at its start
	Lines []string // as they were
}

// RemovedFrom returns what the change takes out of one file of the work tree, below
// the target or not; none for a file that is not in the tree.
func (d *Diff) RemovedFrom(ctx context.Context, file string) ([]Removal, error) {
	all, name := d.around(ctx, file)
	if all == nil || all.whole != "" {
		return nil, nil
	}
	out, err := all.compare(ctx, "-U0")
	if err != nil {
		return nil, err
	}
	return removals(out)[name], nil
}

// removals reads a diff without context lines.
func removals(diff []byte) map[string][]Removal {
	removed := map[string][]Removal{}
	path, open := "", false
	r := bufio.NewReader(bytes.NewReader(diff))
	for {
		line, err := r.ReadString('\n')
		switch {
		case strings.HasPrefix(line, "diff --git "):
			path, open = "", false
		case path == "" && strings.HasPrefix(line, "+++ "):
			path = target(strings.TrimRight(line[4:], "\t\r\n"))
		case path != "" && strings.HasPrefix(line, "@@ "):
			var after int
			if after, open = removal(line); open {
				removed[path] = append(removed[path], Removal{After: after})
			}
		case open && strings.HasPrefix(line, "-"):
			last := &removed[path][len(removed[path])-1]
			last.Lines = append(last.Lines, strings.TrimRight(line[1:], "\r\n"))
		}
		if err != nil {
			return removed
		}
	}
}

// removal reads `@@ -a,b +c,0 @@`; false when lines are added too.
func removal(line string) (after int, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 || !strings.HasPrefix(fields[2], "+") {
		return 0, false
	}
	from, ok := strings.CutSuffix(fields[2][1:], ",0")
	after, err := strconv.Atoi(from)
	return after, ok && err == nil
}
