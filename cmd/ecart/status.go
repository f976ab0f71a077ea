package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/fleet"
	"github.com/ecart-rgpd/ecart/report"
)

// statusFlags are the flags of `ecart status`.
type statusFlags struct {
	queue  queueFlags
	json   bool
	watch  time.Duration
	forget string
	addr   string
	lang   string
}

func statusCommand() *cobra.Command {
	f := &statusFlags{}
	cmd := &cobra.Command{
		Use:   "status --queue nats://HOST:PORT",
		Short: "Show what the runs of a queue have done and have to do",
		Long: `Status shows the runs of a queue: what each target and worker has done, what is
left, how fast it goes, and what could not be read.

Exit status:
  0  shown
  2  could not run`,
		Example: `  ecart status --queue nats://queue.example:4222 --watch 2s`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	fs := cmd.Flags()
	f.queue.add(fs)
	fs.BoolVar(&f.json, "json", false, "print JSON, one line for each run")
	fs.DurationVar(&f.watch, "watch", 0, "show it again after this time, until stopped")
	fs.StringVar(&f.forget, "forget", "", "remove this run, and all it left, from the queue")
	fs.StringVar(&f.addr, "metrics", "", "serve it to Prometheus at HOST:PORT/metrics until stopped")
	fs.StringVar(&f.lang, "lang", "", "language of the report: fr or en (default: the locale)")
	return cmd
}

func (f *statusFlags) run(ctx context.Context, w io.Writer) error {
	if f.queue.url == "" || f.queue.url == embedded {
		return errors.New("say where the queue is: --queue nats://HOST:PORT, or embedded:FOLDER when no run of it is going on")
	}
	lang, err := language(f.lang)
	if err != nil {
		return err
	}
	if dir, kept := strings.CutPrefix(f.queue.url, embedded+":"); kept {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return fmt.Errorf("--queue %s: there is no such folder: check the path", f.queue.url)
		}
	}
	q, _, stops, err := f.queue.open()
	defer stopAll(stops)
	if err != nil {
		return err
	}
	if f.forget != "" {
		return q.Forget(ctx, f.forget)
	}
	if f.addr != "" {
		stop, err := serveMetrics(f.addr, q.Statuses)
		if err != nil {
			return err
		}
		defer stop()
	}
	return f.show(ctx, w, q, statusWords[lang])
}

// show prints once, or again and again.
func (f *statusFlags) show(ctx context.Context, w io.Writer, q *fleet.Queue, words map[string]string) error {
	for {
		runs, err := q.Statuses(ctx)
		if err != nil {
			return err
		}
		text := statusText(runs, words)
		if f.json {
			text = statusJSON(runs)
		}
		if f.watch > 0 && colors(w) {
			text = "\x1b[H\x1b[2J" + text
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		wait := f.watch
		if wait == 0 && f.addr == "" {
			return nil
		}
		if wait == 0 {
			<-ctx.Done()
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

func statusJSON(runs []fleet.Status) string {
	var b strings.Builder
	for _, r := range runs {
		line, err := json.Marshal(r)
		if err != nil {
			continue // numbers and names: it cannot be
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// statusWords are what `ecart status` says.
var statusWords = map[string]map[string]string{
	"en": {
		"none": "no run in this queue\n", "run": "run %s: %d of %d batches, %d waiting, %d being read (%d again)%s%s\n",
		"walking": ", still listing", "lost": ", its coordinator is silent: start it again with --resume %s", "left": ", about %s left",
		"target": "  %-24s %10d of %-10d items  %10s  %8d findings  %6d unread\n", "worker": "  %-24s %10d items  %10s  silent for %s\n",
	},
	"fr": {
		"none": "aucune analyse dans cette file\n", "run": "analyse %s : %d lots sur %d, %d en attente, %d en lecture (%d repris)%s%s\n",
		"walking": ", inventaire en cours", "lost": ", son coordinateur se tait : relancez-le avec --resume %s", "left": ", encore %s environ",
		"target": "  %-24s %10d sur %-10d objets  %10s  %8d trouvailles  %6d non lus\n", "worker": "  %-24s %10d objets  %10s  silencieux depuis %s\n",
	},
}

// statusText is the status for a terminal.
func statusText(runs []fleet.Status, words map[string]string) string {
	if len(runs) == 0 {
		return words["none"]
	}
	var b strings.Builder
	for _, r := range runs {
		state, left := "", ""
		if !r.Walked {
			state = words["walking"]
		}
		if r.Lost {
			state += fmt.Sprintf(words["lost"], r.Run)
		} else if r.ETA >= 0 {
			left = fmt.Sprintf(words["left"], seconds(r.ETA))
		}
		fmt.Fprintf(&b, words["run"], r.Run, r.Done, r.Batches, r.Waiting, r.Taken, r.Again, state, left)
		for _, t := range r.Targets {
			fmt.Fprintf(&b, words["target"], report.Clean(t.Name), t.Items, max(t.Listed, t.Items), report.Size(t.Bytes), t.Findings, t.Unread)
		}
		for _, w := range r.Workers {
			fmt.Fprintf(&b, words["worker"], report.Clean(w.Name), w.Items, report.Size(w.Bytes), seconds(w.Silent))
		}
	}
	return b.String()
}

func seconds(s float64) string { return (time.Duration(s) * time.Second).String() }
