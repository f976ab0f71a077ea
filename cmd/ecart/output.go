package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
)

// outputs are the reports to write. They are checked before the scan, so that a
// folder that does not exist costs no hours, and each is written beside its
// place and renamed, so that an interrupted run leaves no half file.
type outputs struct {
	files  []output
	w      io.Writer // standard output
	stdout bool      // a format was asked for there: the terminal report is left out
}

type output struct {
	path   string
	format report.Format
	stdout bool
}

func openOutputs(names []string, stdout io.Writer) (*outputs, error) {
	o := &outputs{w: stdout}
	for _, name := range names {
		format, toStdout, err := report.For(name)
		if err != nil {
			return nil, err
		}
		if toStdout && o.stdout {
			return nil, fmt.Errorf("output %s: standard output has a report already: write one of them to a file", name)
		}
		if !toStdout {
			if err := writable(name); err != nil {
				return nil, err
			}
			if err := alone(aim{"output", name}, names); err != nil {
				return nil, err
			}
			if err := overwritable("output", name); err != nil {
				return nil, err
			}
		}
		o.stdout = o.stdout || toStdout
		o.files = append(o.files, output{name, format, toStdout})
	}
	return o, nil
}

// writable tells early that an output file cannot be made.
func writable(name string) error {
	dir := filepath.Dir(name)
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return fmt.Errorf("output %s: folder %s: %w: create it first", name, dir, cause(err))
	case !info.IsDir():
		return fmt.Errorf("output %s: %s is not a folder", name, dir)
	}
	return nil
}

func (o *outputs) write(r *reconcile.Result, options report.Options) error {
	for _, f := range o.files {
		fill := func(w io.Writer) error { return f.format(w, r, options) }
		var err error
		if f.stdout {
			err = buffered(o.w, fill)
		} else {
			err = cause(replaceBy(f.path, fill))
		}
		if err != nil {
			return fmt.Errorf("output %s: %w", f.path, err)
		}
	}
	return nil
}

// buffered hands fill a writer with a buffer, and empties it.
func buffered(w io.Writer, fill func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := fill(b); err != nil {
		return err
	}
	return b.Flush()
}

// replace writes a file whole or not at all.
func replace(path string, b []byte) error {
	return replaceBy(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// replaceBy is replace for what fill writes.
func replaceBy(path string, fill func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeInPlace(path, fill) // a device or a pipe
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".ecart-*")
	if err != nil {
		return err
	}
	err = buffered(tmp, fill)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

func writeInPlace(path string, fill func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = buffered(f, fill)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// colors tells whether w is a terminal that wants colour.
func colors(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
