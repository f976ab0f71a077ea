package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/report"
)

// This file keeps a scan from writing over what it is to read, and over files of
// the user: a name mistyped after -o must not cost a register.

// An aim is a file to write, with the flag's word for it.
type aim struct{ what, path string }

// aims lists what f writes besides standard output; the state and the inventory
// look for themselves whose files are there.
func (f *scanFlags) aims() (all []aim) {
	for _, name := range f.outputs {
		if _, stdout, err := report.For(name); err == nil && !stdout {
			all = append(all, aim{"output", name})
		}
	}
	if f.findings != "" {
		all = append(all, aim{"findings", f.findings})
	}
	if f.heartbeat != "" {
		all = append(all, aim{"heartbeat", f.heartbeat})
	}
	return all
}

// guard refuses an output that is an input, and one that is another's file,
// before anything is read.
func (f *scanFlags) guard(c *config) error {
	if !f.queue.remote() { // else a name in the queue
		if err := noPipe("state", f.state); err != nil {
			return err
		}
	}
	inputs := f.inputs(c)
	for _, a := range f.aims() {
		for _, in := range inputs {
			if sameFile(a.path, in.path) {
				return fmt.Errorf("%s %s: that is the %s: give another name", a.what, a.path, in.what)
			}
		}
		if err := f.free(a); err != nil {
			return err
		}
	}
	return nil
}

// free refuses what can be told to be no place to write without a configuration.
func (f *scanFlags) free(a aim) error {
	// A report may take the place of the report that it is compared with.
	if a.what != "output" && f.baseline != "" && sameFile(a.path, f.baseline) {
		return fmt.Errorf("%s %s: that is the baseline: give another name", a.what, a.path)
	}
	var paths []string
	for _, b := range f.aims() {
		paths = append(paths, b.path)
	}
	if err := alone(a, paths); err != nil {
		return err
	}
	return overwritable(a.what, a.path)
}

// alone refuses a path that is twice among all that is to be written: one would be
// lost.
func alone(a aim, paths []string) error {
	n := 0
	for _, p := range paths {
		if sameFile(a.path, p) && !isStdStream(p) {
			n++
		}
	}
	if n > 1 {
		return fmt.Errorf("%s %s: two outputs would be this one file: give each a name of its own", a.what, a.path)
	}
	return nil
}

// inputs lists the files that declare, by flags and configuration.
func (f *scanFlags) inputs(c *config) []aim {
	all := []aim{{"configuration", c.file}, {"register", f.register}, {"register", c.path(c.Register)}, {"policy", c.path(c.Policy)}, {"state", f.state}}
	for _, p := range f.rules {
		all = append(all, aim{"file of rules", p})
	}
	for _, p := range c.Rules {
		all = append(all, aim{"file of rules", c.path(p)})
	}
	for _, e := range c.Targets {
		for _, p := range e.Schema {
			matches, _ := filepath.Glob(c.path(p)) // a wrong pattern is told when it is opened
			for _, m := range matches {
				all = append(all, aim{"schema of " + e.Name, m})
			}
		}
	}
	return slices.DeleteFunc(all, func(a aim) bool { return a.path == "" })
}

// sameFile tells whether two paths are of one file, also through links.
func sameFile(a, b string) bool {
	if samePath(a, b) {
		return true
	}
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// overwritable refuses a file that is there and that no run of ours wrote.
func overwritable(what, path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil || isStdStream(path):
		return nil //nolint:nilerr // none is there, or what cannot be written is told when it is
	case info.IsDir():
		return fmt.Errorf("%s %s: is a folder: give the name of a file", what, path)
	case !info.Mode().IsRegular():
		return notToWrite(what, path)
	case info.Size() == 0:
		return nil
	}
	ours, err := isReport(path, info.Size())
	if err != nil {
		return fmt.Errorf("%s %s: a file is there that cannot be read: %w: give another name, or remove it first", what, path, cause(err))
	}
	if !ours {
		return fmt.Errorf("%s %s: a file is there that is no report of ecart: give another name, or remove it first", what, path)
	}
	return nil
}

// isStdStream tells a name of a standard stream: a shell may have put a file
// behind it, which is then the user's to write to.
func isStdStream(path string) bool {
	path = filepath.Clean(path)
	return runtime.GOOS != "windows" && (strings.HasPrefix(path, "/dev/") || strings.HasPrefix(path, "/proc/self/fd/"))
}

// reportHead is how much of a file is looked at: a message stands before the
// telling part of some.
const reportHead = 64 << 10

// isReport tells by its first bytes whether a file is one that a scan writes.
func isReport(path string, size int64) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }() // only read
	head, err := io.ReadAll(io.LimitReader(f, reportHead))
	if err != nil {
		return false, err
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return isWorkbook(f, size), nil
	}
	text := squeezed(head)
	for _, of := range marks {
		if slices.ContainsFunc(of, func(m mark) bool { return m.begins(text) }) {
			return true, nil
		}
	}
	begins := func(m mark) bool { return m.begins(text) }
	return slices.ContainsFunc(resultMarks, begins) || string(text) == "[]" || isTerminal(head), nil
}

// resultMarks are of the outputs that no scan meets in a folder by a name of its
// own, so that coverage does not know them.
var resultMarks = []mark{
	{`{"diagnostics":[`, `/blob/main/docs/gaps.md"`},                     // RDJSON
	{`{"diagnostics":[],"source":{"name":"ecart",`},                      // the same, of no gap
	{`[{"description":"`, `"check_name":"`, `"fingerprint":"`},           // GitLab code quality
	{`{"status":"`, `"exit":`, `"ended":"`, `"seconds":`, `"version":"`}, // the heartbeat
}

// terminalStarts are how the report of the terminal begins when it has a gap: with
// its level.
var terminalStarts = []string{"ERREUR   ", "ERROR    ", "ATTENT.  ", "WARNING  ", "NOTE     "}

// isTerminal tells the report of the terminal, which without a gap begins with
// the empty line before what was read.
func isTerminal(head []byte) bool {
	if head[0] != '\n' {
		return slices.ContainsFunc(terminalStarts, func(s string) bool { return bytes.HasPrefix(head, []byte(s)) })
	}
	return slices.ContainsFunc([]string{" objet", " object", "écart", "gap"}, func(s string) bool { return bytes.Contains(head, []byte(s)) })
}

// isWorkbook tells whether a zip is the workbook of a report.
func isWorkbook(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return false
	}
	f, err := z.Open("docProps/core.xml")
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	core, err := io.ReadAll(io.LimitReader(f, reportHead))
	return err == nil && bytes.Contains(core, []byte(">ecart</dc:creator>"))
}
