//go:build linux

package fleet

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A queue whose disk is full holds the run up; once there is room the report is
// the one of a quiet run.
func TestFaultDiskFull(t *testing.T) {
	data := t.TempDir()
	deal(t, data)
	want := reference(t, data)
	m := &team{t: t}
	m.base = role{Data: data, Output: filepath.Join(t.TempDir(), "out"), Lease: time.Second, Most: 24 << 10}
	m.cluster(1)
	m.workers = append(m.workers, m.as("worker").start(t), m.as("worker").start(t))
	m.startLead()
	select {
	case err := <-m.ended:
		t.Fatalf("it ended without room: %v", err)
	case <-time.After(3 * time.Second):
	}
	kill(m.servers[0])
	m.nodes[0].Most = 0
	m.servers[0] = m.nodes[0].start(t)
	m.finish(want)
}

// still is how long a run may show nothing new before it counts as stuck. A slow
// machine makes all of it slow; it does not stop it.
const still = 2 * time.Minute

// finish waits for the end of the run and compares.
func (m *team) finish(want []byte) {
	m.t.Helper()
	p := &pulse{urls: m.base.URL, last: time.Now()}
	defer p.close()
	for {
		select {
		case err := <-m.ended:
			if err != nil {
				m.t.Fatalf("the coordinator: %v\n%s", err, strings.Join(m.log, "\n"))
			}
			got, err := os.ReadFile(m.base.Output)
			if err != nil {
				m.t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				m.t.Fatalf("another report after\n%s\n%s", strings.Join(m.log, "\n"), differing(got, want))
			}
			return
		case <-time.After(300 * time.Millisecond):
			m.replace() // workers that deadly files killed
			if p.beat(); time.Since(p.last) > still {
				m.dump()
				m.t.Fatalf("nothing new for %s: %s, after\n%s", still, p.seen, strings.Join(m.log, "\n"))
			}
		}
	}
}

// A pulse tells whether a run goes on: what its streams hold changes.
type pulse struct {
	urls string
	q    *Queue    // nil until a server answered
	seen string    // what the streams last held
	last time.Time // when that changed
}

func (p *pulse) beat() {
	if p.q == nil {
		q, err := Dial(Options{URL: p.urls})
		if err != nil {
			return
		}
		p.q = q
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	var now string
	for _, kind := range []string{"-batches", "-results"} {
		s, err := p.q.js.Stream(ctx, p.q.base("fault")+kind)
		switch {
		case gone(err):
			now += " no " + kind[1:]
		case err != nil:
			return // nobody answers: that is no news
		default:
			now += fmt.Sprintf(" %d %s", s.CachedInfo().State.LastSeq, kind[1:])
		}
	}
	if now != p.seen {
		p.seen, p.last = now, time.Now()
	}
}

func (p *pulse) close() {
	if p.q != nil {
		p.q.Close()
	}
}

// dump lets all processes say on standard error where they stand.
func (m *team) dump() {
	for _, cmd := range append(m.workers, m.lead) {
		_ = cmd.Process.Signal(syscall.SIGQUIT)
	}
	time.Sleep(3 * time.Second)
	for _, r := range m.nodes {
		log, _ := os.ReadFile(r.log()) // none is as good as an empty one
		lines := strings.Split(string(log), "\n")
		m.t.Logf("server %d:\n%s", r.Node, strings.Join(lines[max(0, len(lines)-40):], "\n"))
	}
}

// Files that go or change between the walk and the reading are reported, and the
// run ends.
func TestFaultChangedFiles(t *testing.T) {
	data := t.TempDir()
	for i := range 300 {
		write(t, data, fmt.Sprintf("share/f%03d.txt", i), "odette@boite-perso.example\n")
	}
	write(t, data, "base/t.txt", "rien")
	q := inside(t)
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	run := begin(t, q, "changed")
	lead := run.Coordinate(t.Context(), w.targets, w.options)
	for walked := false; !walked; time.Sleep(10 * time.Millisecond) {
		walked = lead.Snapshot().Walked
	}
	for i := range 10 {
		if err := os.Remove(filepath.Join(data, "share", fmt.Sprintf("f%03d.txt", i))); err != nil {
			t.Fatal(err)
		}
	}
	write(t, data, "share/f010.txt", "plus rien")
	startInside(t, q, w)
	items, unread, findings := 0, 0, 0
	for r := range lead.Results(t.Context()) {
		items += r.Coverage.Items
		unread += len(r.Coverage.Unread)
		findings += len(r.Findings)
	}
	if items != 301 || unread != 10 || findings != 289 {
		t.Errorf("%d items, %d unread, %d findings", items, unread, findings)
	}
}

// startInside runs a worker in this process until the test ends.
func startInside(t *testing.T, q *Queue, w Work) {
	worker := &Worker{Queue: q, Name: "inside", Slots: 2, Open: func(context.Context, Job) (Work, error) { return w, nil }}
	ended := make(chan error, 1)
	go func() { ended <- worker.Run(t.Context()) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A target that no worker can open ends the run as incomplete, with its reason.
func TestFaultNowhere(t *testing.T) {
	data := t.TempDir()
	write(t, data, "share/a.txt", "odette@boite-perso.example\n")
	q := inside(t)
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	lead := begin(t, q, "nowhere").Coordinate(t.Context(), append(w.targets[:1:1], scanners.Target{Name: "elsewhere", Source: opaque{}}), w.options)
	startInside(t, q, w)
	stopped := map[string]string{}
	for r := range lead.Results(t.Context()) {
		stopped[r.Target] += r.Coverage.Stopped
	}
	if stopped["share"] != "" || !strings.Contains(stopped["elsewhere"], "no such target") {
		t.Errorf("got %v", stopped)
	}
}
