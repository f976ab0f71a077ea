package main

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	opened  = regexp.MustCompile(`\bopen(?:at)?\((?:[^"]*, )?"([^"]*)", ([A-Z_|0-9]+)`)
	changed = regexp.MustCompile(`\b(creat|rename|renameat2?|unlink|unlinkat|mkdir|mkdirat|rmdir|link|linkat|symlink|symlinkat|chmod|fchmodat2?|chown|fchownat|lchown|truncate|mknod|mknodat|setxattr|removexattr)\((?:[^"]*)"([^"]*)"(?:.*, "([^"]*)")?`)
	folder  = regexp.MustCompile(`\((?:AT_FDCWD|\d+)<([^>]*)>`)
	met     = regexp.MustCompile(`\b(connect|sendto|bind)\([^,]*, \{sa_family=(AF_INET6?)`)
)

// readsonly reads what strace wrote and fails on any write outside the folders
// given, and on any use of a network: readsonly TRACE FOLDER…
func readsonly(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: readsonly TRACE FOLDER…")
	}
	f, err := os.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	defer func() { _ = f.Close() }() // read only
	may := []string{"/dev/null", "/dev/tty", "/dev/pts/"}
	for _, a := range args[1:] {
		may = append(may, ts.MkAbs(a))
	}
	lines, seen := bufio.NewScanner(f), 0
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		seen++
		if harm := harmOf(line, may); harm != "" {
			ts.Fatalf("%s: %s", harm, line)
		}
	}
	ts.Check(lines.Err())
	if seen < 100 {
		ts.Fatalf("a trace of %d lines shows nothing", seen)
	}
}

// harmOf says what a system call does that a scan must not.
func harmOf(line string, may []string) string {
	if strings.Contains(line, " = -1 E") {
		return "" // it was refused, or there was nothing
	}
	allowed := func(path string) bool {
		if at := folder.FindStringSubmatch(line); at != nil && !filepath.IsAbs(path) {
			path = filepath.Join(at[1], path)
		}
		for _, m := range may {
			if path == m || strings.HasPrefix(path, m+"/") || strings.HasSuffix(m, "/") && strings.HasPrefix(path, m) {
				return true
			}
		}
		return false
	}
	if m := opened.FindStringSubmatch(line); m != nil && regexp.MustCompile(`O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)`).MatchString(m[2]) && !allowed(m[1]) {
		return "opened for writing"
	}
	if m := changed.FindStringSubmatch(line); m != nil && (!allowed(m[2]) || m[3] != "" && !allowed(m[3])) {
		return "changed"
	}
	if met.MatchString(line) {
		return "a network"
	}
	return ""
}
