//go:build linux

package fleet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// inside starts a queue of this process.
func inside(t *testing.T) *Queue {
	t.Helper()
	e, err := Embed(t.TempDir(), false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	q, err := e.Dial("", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

func begin(t *testing.T, q *Queue, name string) *Run {
	t.Helper()
	r, err := q.Lead(t.Context(), Job{Run: name, Version: "1"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// some makes results of n items, each with a finding of this name.
func some(n int, name string) *found {
	f := &found{}
	for range n {
		f.add(scanners.Result{Findings: []detectors.Finding{{Category: name}}, Coverage: item.Coverage{Items: 1, Read: 1}})
	}
	return f
}

// Two workers may hold one batch, cut it in other places and deliver late: what
// was put first at a place stays, and each item counts once.
func TestResultsCountOnce(t *testing.T) {
	r := begin(t, inside(t), "once")
	b := &Batch{Seq: 0, Target: "share"}
	ctx := t.Context()
	if err := r.publish(ctx, b, 0, some(3, "first"), "a"); err != nil {
		t.Fatal(err)
	}
	if err := r.publish(ctx, b, 0, some(5, "late"), "b"); !errors.Is(err, errTaken) {
		t.Fatalf("a second result at the same place: %v", err)
	}
	at, err := r.reached(ctx, 0)
	if at.next != 3 || at.done || err != nil {
		t.Fatalf("reached %+v, %v", at, err)
	}
	rest := some(2, "second")
	rest.Last = true
	if err := r.publish(ctx, b, 3, rest, "b"); err != nil {
		t.Fatal(err)
	}
	if at, err = r.reached(ctx, 0); at.next != 5 || !at.done || err != nil {
		t.Fatalf("reached %+v, %v", at, err)
	}
}

// A result larger than a message travels in pieces and comes out whole.
func TestLargeResults(t *testing.T) {
	r := begin(t, inside(t), "large")
	f := some(30_000, strings.Repeat("x", 90))
	if err := r.publish(t.Context(), &Batch{Target: "share"}, 0, f, "a"); err != nil {
		t.Fatal(err)
	}
	m, err := message(t.Context(), r.results, r.foundSubject(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get(headerParts) == "" {
		t.Fatal("it fits one message: the test tests nothing")
	}
	got, err := r.read(t.Context(), m)
	if err != nil || got.Items != f.Items || len(got.Findings) != len(f.Findings) {
		t.Fatalf("got %d items, %v", got.Items, err)
	}
}

// A second coordinator of a run is told, by the first batch both put.
func TestTwoCoordinators(t *testing.T) {
	q := inside(t)
	r := begin(t, q, "twice")
	data, err := encode(Batch{Target: "other"})
	if err != nil {
		t.Fatal(err)
	}
	targets := []scanners.Target{{Name: "share", Source: opaque{}}}
	l := lister{run: r, tally: newTally(targets)}
	if err := q.put(t.Context(), r.batches, r.batchSubject(0), nil, data); err != nil {
		t.Fatal(err)
	}
	if err := l.list(t.Context(), targets); !errors.Is(err, errLed) {
		t.Fatalf("got %v", err)
	}
}

// A run that was begun with other settings is not gone on with.
func TestResumeOfAnother(t *testing.T) {
	q := inside(t)
	begin(t, q, "same")
	if _, err := q.Lead(t.Context(), Job{Run: "same", Version: "2"}); err == nil || !strings.Contains(err.Error(), "another version") {
		t.Fatalf("got %v", err)
	}
	if _, err := q.Lead(t.Context(), Job{Run: "a.b", Version: "1"}); err == nil {
		t.Fatal("a name that breaks subjects is taken")
	}
}

func TestMemory(t *testing.T) {
	q := inside(t)
	open := func(version string) *Memory {
		m, err := q.Memory(t.Context(), "nightly", version)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := open("1")
	if _, _, ok := m.Get("share", "a", "1-2"); ok {
		t.Fatal("it knows what it never saw")
	}
	m.Put("share", "a", "1-2", []detectors.Finding{{Category: "email"}}, item.Coverage{Items: 1, Read: 1, Bytes: 7})
	m.Flush()
	f, c, ok := open("1").Get("share", "a", "1-2")
	if !ok || len(f) != 1 || c.Bytes != 7 {
		t.Fatalf("got %v %v %t", f, c, ok)
	}
	if _, _, ok := open("2").Get("share", "a", "1-2"); ok {
		t.Fatal("other rules take what these found")
	}
	if _, _, ok := m.Get("share", "a", "1-3"); ok {
		t.Fatal("a file that changed is taken for read")
	}
}

func TestBounds(t *testing.T) {
	items, size := 0, int64(0)
	for seq := range 300 {
		i, s := bounds(seq)
		if i < items || s < size || i > mostItems || s > mostBytes {
			t.Fatalf("batch %d: %d items, %d bytes after %d, %d", seq, i, s, items, size)
		}
		items, size = i, s
	}
	if items != mostItems || size != mostBytes {
		t.Errorf("batches end at %d items, %d bytes", items, size)
	}
}

func TestMetrics(t *testing.T) {
	tally := newTally([]scanners.Target{{Name: "rh \"paie\"\n\\"}})
	tally.listed(&Batch{Target: "rh \"paie\"\n\\", Items: make([]Ref, 4)}, 100)
	f := some(3, "email")
	f.Last = true
	tally.arrived(f.header("rh \"paie\"\n\\", "w1"), false)
	s := tally.Snapshot()
	s.Run = "r"
	var b bytes.Buffer
	if err := WriteMetrics(&b, s); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# TYPE ecart_items_total counter\n", `ecart_items_total{run="r",target="rh \"paie\"\n\\"} 3` + "\n", `ecart_items_listed{run="r",target="rh \"paie\"\n\\"} 4` + "\n",
		`ecart_batches{run="r"} 1` + "\n", `ecart_batches_done{run="r"} 1` + "\n", `ecart_worker_items_total{run="r",worker="w1"} 3` + "\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestRedact(t *testing.T) {
	got := Redact("nats://u:p@a:4222,tls://token@b:4222,c:4222,u:p@d")
	if want := "nats://a:4222,tls://b:4222,c:4222,d"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Organisations set apart by account see nothing of each other, though they use
// the same names.
func TestAccounts(t *testing.T) {
	a, b := server.NewAccount("A"), server.NewAccount("B")
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true, Accounts: []*server.Account{a, b},
		Users: []*server.User{{Username: "a", Password: "pa", Account: a}, {Username: "b", Password: "pb", Account: b}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(s.Shutdown)
	if !s.ReadyForConnections(20 * time.Second) {
		t.Fatal("the server did not start")
	}
	for _, account := range []*server.Account{a, b} {
		known, err := s.LookupAccount(account.Name)
		if err == nil {
			err = known.EnableJetStream(nil, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	dial := func(user string) *Queue {
		q, err := Dial(Options{URL: fmt.Sprintf("nats://%s:p%s@%s", user, user, s.Addr())})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(q.Close)
		return q
	}
	begin(t, dial("a"), "paie")
	runs, err := dial("b").Statuses(t.Context())
	if err != nil || len(runs) != 0 {
		t.Fatalf("account B sees %v, %v", runs, err)
	}
	if runs, err = dial("a").Statuses(t.Context()); err != nil || len(runs) != 1 {
		t.Fatalf("account A sees %v, %v", runs, err)
	}
	if _, err := Dial(Options{URL: "nats://x:y@" + s.Addr().String()}); err == nil || strings.Contains(err.Error(), "x:y") {
		t.Fatalf("a wrong password: %v", err)
	}
}

// What a run leaves in the queue goes with it.
func TestForget(t *testing.T) {
	q := inside(t)
	begin(t, q, "gone")
	if err := q.Forget(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if err := q.Forget(t.Context(), "gone"); err != nil {
		t.Fatalf("a second time: %v", err)
	}
	names := q.js.StreamNames(context.Background())
	for n := range names.Name() {
		if strings.Contains(n, "gone") {
			t.Errorf("%s is left", n)
		}
	}
}
