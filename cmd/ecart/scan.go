package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
)

// scanFlags are the flags of `ecart scan`.
type scanFlags struct {
	config, register string
	rules            []string
	outputs          []string
	findings         string
	each             bool
	failOn           string
	lang             string
	date             string
	category         string
	workers          int
	quiet, verbose   bool
	baseline         string
	inventory        string
	noInline         bool
	state            string
	heartbeat        string
	ended            ending // of the run, for the heartbeat
	budget           time.Duration
	order, ocr       bool
	git              gitFlags
	sample, maxRows  int
	full             bool
	queue            queueFlags
}

func scanCommand() *cobra.Command {
	f := &scanFlags{}
	cmd := &cobra.Command{
		Use:   "scan [TARGET…]",
		Short: "Scan targets and report the gaps with the register",
		Long: `Scan reads the targets, compares what it finds with the register and prints the
gaps. A target is a path, a git URL, a database URL or NAME=PATH; with none, those
of ecart.yaml are scanned. Without a register the scan is an inventory.

Exit status:
  0  nothing at or above --fail-on
  1  gaps
  2  could not run
  3  incomplete: something could not be read (wins over 1)
Without a register nothing fails (status 1): there is nothing to differ from.`,
		Example: `  ecart scan                                   # the targets of ecart.yaml
  ecart scan . --register registre.yaml -o gaps.sarif
  ecart scan rh=/mnt/rh -o gaps.md -o gaps.json --fail-on warning`,
		RunE: func(cmd *cobra.Command, args []string) error {
			defer privateTemp()()
			start := time.Now()
			return f.beat(start, f.run(cmd.Context(), args, cmd.OutOrStdout(), cmd.ErrOrStderr()))
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.config, "config", "", "configuration (default: ecart.yaml of this folder, when there is one)")
	fs.StringVar(&f.register, "register", "", "the declared register (registre.yaml)")
	fs.StringArrayVar(&f.rules, "rules", nil, "file or folder of rules of your own (repeatable)")
	fs.StringArrayVarP(&f.outputs, "output", "o", nil, "write a report to FILE (repeatable), its format told by the extension, or name a format for standard output")
	fs.StringVar(&f.findings, "findings", "", "write every finding to this JSONL file; no value is in it")
	fs.BoolVar(&f.each, "each", false, "with --findings: one line per occurrence")
	fs.StringVar(&f.failOn, "fail-on", "", "exit 1 from this level on: error, warning, note, never; or new, with --baseline (default error); an inventory never fails")
	fs.StringVar(&f.lang, "lang", "", "language of the report: fr or en (default: the configuration, then the locale)")
	fs.StringVar(&f.date, "date", "", "the day to judge retention by, YYYY-MM-DD (default: today, UTC)")
	fs.StringVar(&f.category, "category", "", "category of the SARIF upload")
	fs.StringVar(&f.baseline, "baseline", "", "an earlier report (JSON or SARIF): gaps are new, unchanged or gone")
	fs.StringVar(&f.inventory, "inventory", "", "keep in this folder one line per object with gaps outside the repository, to commit beside the register")
	fs.BoolVar(&f.noInline, "no-inline", false, "ignore ecart:accept comments, for CI that must not trust them")
	fs.StringVar(&f.state, "state", "", "remember in this file what was read, and read only what changed the next time; with --queue nats://…, a name in the queue")
	fs.StringVar(&f.heartbeat, "heartbeat", "", "write how the run ended to this file, in one go at its end, for monitoring")
	fs.DurationVar(&f.budget, "budget", 0, "end after this time (2h, 30m) as incomplete; with --state the next run goes on")
	fs.BoolVar(&f.order, "order", false, "read small and telling files first, for an early report")
	fs.BoolVar(&f.ocr, "ocr", false, "read the letters in pictures and scanned pages with tesseract, which must be installed; slow")
	fs.IntVar(&f.sample, "sample", 0, "rows read of each table of a database, spread over it; -1 for names alone (default 1000)")
	fs.BoolVar(&f.full, "full", false, "read all rows of databases")
	fs.IntVar(&f.maxRows, "max-rows-per-second", 0, "read databases no faster than this")
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "files read at the same time")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print no report and no progress")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "log what is done on standard error")
	f.git.add(fs)
	f.queue.add(fs)
	f.queue.lead(fs)
	return cmd
}

// run is one scan: settings, walk, reconciliation, reports, exit status.
func (f *scanFlags) run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	f.log(stderr)
	if err := f.check(); err != nil {
		return err
	}
	s, err := f.settings(ctx, args)
	if err != nil {
		return err
	}
	defer s.close()
	if s.register == nil && f.failOn != "" && f.failOn != "never" {
		s.warn("sans registre, rien n'échoue : --fail-on est sans effet", "without a register nothing fails: --fail-on has no effect")
	}
	outputs, err := openOutputs(f.outputs, stdout)
	if err != nil {
		return err
	}
	result, err := s.scan(ctx, f, newProgress(stderr, f.quiet || f.verbose))
	if err != nil {
		return err
	}
	f.ended.result, f.ended.since = result, s.since
	options := report.Options{Lang: s.lang, Version: buildVersion(), Category: f.category}
	if err := outputs.write(result, options); err != nil {
		return err
	}
	if !f.quiet && !outputs.stdout {
		options.Color = colors(stdout)
		if err := report.Terminal(stdout, result, options); err != nil {
			return err
		}
		if err := s.since.print(stdout, s.lang); err != nil {
			return err
		}
	}
	return exit(result, s.failOn)
}

// check refuses figures that mean nothing.
func (f *scanFlags) check() error {
	switch {
	case f.workers < 1:
		return fmt.Errorf("--workers %d: want 1 or more", f.workers)
	case f.sample < -1:
		return fmt.Errorf("--sample %d: want a number of rows, or -1 for names alone", f.sample)
	case f.maxRows < 0:
		return fmt.Errorf("--max-rows-per-second %d: want 1 or more, or 0 for no limit", f.maxRows)
	case f.each && f.findings == "":
		return errors.New("--each tells how findings are written: give --findings FILE")
	case f.budget < 0:
		return fmt.Errorf("--budget %s: want a time such as 30m or 2h", f.budget)
	}
	return nil
}

// log sends log/slog to standard error: nothing but warnings unless -v.
func (f *scanFlags) log(w io.Writer) {
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelDebug
	}
	drop := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: drop})))
}

// exit turns a result into the exit status. Without a register nothing fails:
// there is nothing to differ from.
func exit(r *reconcile.Result, failOn string) error {
	if !r.Complete {
		return status(exitIncomplete)
	}
	n := report.Count(r)
	fails := map[string]int{
		"error":   n.Levels[reconcile.Error],
		"warning": n.Levels[reconcile.Error] + n.Levels[reconcile.Warning],
		"note":    n.Open(),
		"new":     n.New,
	}[failOn]
	if fails > 0 && r.Register != "" {
		return status(exitGaps)
	}
	return nil
}

// today is the only clock, and --date replaces it.
func today(date string) (string, error) {
	if date == "" {
		return time.Now().UTC().Format(time.DateOnly), nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return "", fmt.Errorf("--date %s: want YYYY-MM-DD", date)
	}
	return date, nil
}

// language is the flag, then the configuration, then the locale. What a person
// chose must be one we speak; a locale need not.
func language(flag string, configured ...string) (string, error) {
	for i, c := range append([]string{flag}, configured...) {
		switch {
		case c == "fr", c == "en":
			return c, nil
		case c != "" && i == 0:
			return "", fmt.Errorf("--lang %s: want fr or en", c)
		case c != "":
			return "", fmt.Errorf("language %s in the configuration: want fr or en", c)
		}
	}
	for _, c := range []string{os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")} {
		if len(c) >= 2 && (c[:2] == "fr" || c[:2] == "en") {
			return c[:2], nil
		}
	}
	return "en", nil
}
