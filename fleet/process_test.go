//go:build linux

package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/schema"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// The test binary plays every role of a fleet in processes of its own, because
// only a process can be killed.
const roleVariable = "ECART_FLEET_TEST_ROLE"

// A role is what a process is told to be.
type role struct {
	Name   string // server, worker, lead
	URL    string
	Data   string // folder that is scanned
	Output string // of a lead
	Node   int    // of a server
	Port   int
	Peers  []int    // cluster ports
	Hosts  []string // of the servers, where each has a network of its own
	Within string   // network namespace to run in; empty for ours
	Store  string
	Most   int64 // bytes the server may keep; 0 for no limit
	Lease  time.Duration
	Skew   time.Duration // of its clock, which also jumps by as much now and then
	Reads  string        // file to which a worker adds a byte for each item it reads
}

func TestMain(m *testing.M) {
	if text := os.Getenv(roleVariable); text != "" {
		var r role
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			panic(err)
		}
		if err := r.play(); err != nil {
			fmt.Fprintln(os.Stderr, r.Name, err)
			os.Exit(2)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// start starts a process in a role. It ends with the test.
func (r role) start(t *testing.T) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	if r.Within != "" {
		cmd = exec.Command("ip", "netns", "exec", r.Within, os.Args[0])
	}
	cmd.Env = append(os.Environ(), roleVariable+"="+string(text))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(cmd) })
	return cmd
}

// kill ends a process the hard way; one that has ended is no error.
func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGCONT) // a stopped one too
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func (r role) play() error {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if r.Skew != 0 {
		now = skewed(r.Skew)
	}
	if r.Name == "server" {
		return r.serve(ctx)
	}
	q, err := r.dial(ctx)
	if err != nil {
		return err
	}
	defer q.Close()
	if r.Name == "worker" {
		w := &Worker{Queue: q, Name: fmt.Sprint(os.Getpid()), Slots: 2, Stall: 1500 * time.Millisecond, Stalled: func(string, string) { os.Exit(3) }, Open: func(context.Context, Job) (Work, error) { return newTestWork(r.Data) }}
		return w.Run(ctx)
	}
	return r.lead(ctx, q)
}

// skewed is a clock that is wrong by so much, and every other second by as much in
// the other direction. What it says goes back, as no monotonic clock does.
func skewed(by time.Duration) func() time.Time {
	return func() time.Time {
		t := time.Now().Round(0)
		if t.Second()%2 == 0 {
			return t.Add(by)
		}
		return t.Add(-by)
	}
}

// dial waits for the servers: they may be down when a process starts.
func (r role) dial(ctx context.Context) (q *Queue, err error) {
	p := pace{}
	for {
		if q, err = Dial(Options{URL: r.URL, Lease: r.Lease}); err == nil || !p.wait(ctx, err) {
			return q, err
		}
	}
}

func (r role) serve(ctx context.Context) error {
	o := &server.Options{
		ServerName: fmt.Sprintf("n%d", r.Node), Host: "127.0.0.1", Port: r.Port, JetStream: true, StoreDir: r.Store, NoSigs: true, LogFile: r.log(),
		JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 1 << 30,
	}
	if r.Most > 0 {
		o.JetStreamMaxStore = r.Most
	}
	if len(r.Peers) > 0 {
		o.Cluster = server.ClusterOpts{Name: "c", Host: "127.0.0.1", Port: r.Peers[r.Node]}
		for i, p := range r.Peers {
			host := "127.0.0.1"
			if len(r.Hosts) > 0 {
				host = r.Hosts[i]
			}
			o.Routes = append(o.Routes, server.RoutesFromStr(fmt.Sprintf("nats://%s:%d", host, p))...)
		}
		if len(r.Hosts) > 0 {
			o.Host, o.Cluster.Host = r.Hosts[r.Node], r.Hosts[r.Node]
		}
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	if !s.ReadyForConnections(30 * time.Second) {
		return errors.New("it does not listen") // its harness starts it again
	}
	<-ctx.Done()
	s.Shutdown()
	return nil
}

// log is where a server says what it does.
func (r role) log() string { return filepath.Join(r.Store, "server.log") }

func (r role) lead(ctx context.Context, q *Queue) error {
	w, err := newTestWork(r.Data)
	if err != nil {
		return err
	}
	run, err := q.Lead(ctx, Job{Run: "fault", Version: "1"})
	if err != nil {
		return err
	}
	text := render(run.Coordinate(ctx, w.targets, w.options).Results(ctx))
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.WriteFile(r.Output+".part", text, 0o600); err != nil {
		return err
	}
	if err := os.Rename(r.Output+".part", r.Output); err != nil {
		return err
	}
	return q.Forget(ctx, "fault")
}

// render writes results so that two runs can be compared: what each target gave,
// in order.
func render(results iter.Seq[scanners.Result]) []byte {
	var b strings.Builder
	coverage := map[string]*item.Coverage{}
	var order []string
	for r := range results {
		c, ok := coverage[r.Target]
		if !ok {
			c = &item.Coverage{}
			coverage[r.Target] = c
			order = append(order, r.Target)
		}
		c.Add(r.Coverage)
		for _, f := range r.Findings {
			text, _ := json.Marshal(f)
			fmt.Fprintf(&b, "%s\n", text)
		}
	}
	for _, name := range order {
		text, _ := json.Marshal(coverage[name])
		fmt.Fprintf(&b, "%s %s\n", name, text)
	}
	return []byte(b.String())
}

// otherTargets are a database and a repository, where there are some.
func otherTargets(data string, engine *detectors.Engine) (list []scanners.Target, err error) {
	if file := filepath.Join(data, "base.db"); exists(file) {
		d, err := schema.Open("sqlite:"+file, schema.Options{})
		if err != nil {
			return nil, err
		}
		list = append(list, scanners.Target{Name: "tables", Source: d})
	}
	if dir := filepath.Join(data, "past"); exists(dir) {
		past, err := repo.OpenHistory(dir)
		if err != nil {
			return nil, err
		}
		past.PieceSize = 10 << 10
		past.Watch(engine, document.Formats())
		list = append(list, scanners.Target{Name: "past", Source: scanners.Chain{past}})
	}
	return list, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// testWork reads the made-up targets: a share, some of whose files kill their
// reader, and one that is walked whole.
type testWork struct {
	targets []scanners.Target
	options scanners.Options
}

func newTestWork(data string) (*testWork, error) {
	vocabulary, err := rules.Load()
	if err != nil {
		return nil, err
	}
	engine, err := all.Engine(vocabulary)
	if err != nil {
		return nil, err
	}
	more, err := otherTargets(data, engine)
	if err != nil {
		return nil, err
	}
	folder := share.Folder(filepath.Join(data, "share"), "share", share.Options{FileTimes: true})
	return &testWork{
		targets: append([]scanners.Target{
			{Name: "share", Source: deadly{folder}},
			{Name: "base", Source: opaque{share.Folder(filepath.Join(data, "base"), "base", share.Options{})}},
		}, more...),
		options: scanners.Options{Engine: engine, Formats: document.Formats(), Workers: 2, Stretch: 16 << 10},
	}, nil
}

func (w *testWork) Options() scanners.Options { return w.options }
func (w *testWork) Close()                    {}

func (w *testWork) Source(_ context.Context, name string) (scanners.Source, error) {
	for _, t := range w.targets {
		if t.Name == name {
			return t.Source, nil
		}
	}
	return nil, errors.New("no such target")
}

// inWorker tells whether this process reads for a fleet; the reference run is
// not killed.
func inWorker() bool { return strings.Contains(os.Getenv(roleVariable), `"worker"`) }

// deadly kills the process that opens a file with deadly in its name.
type deadly struct{ scanners.Finder }

func (d deadly) Find(ref string) item.Item { return arm(d.Finder.Find(ref)) }

func (d deadly) Items(ctx context.Context) iter.Seq2[item.Item, error] { return armed(ctx, d.Finder) }

// opaque is a source that cannot find its items again.
type opaque struct{ from scanners.Source }

func (o opaque) Items(ctx context.Context) iter.Seq2[item.Item, error] { return armed(ctx, o.from) }

func armed(ctx context.Context, s scanners.Source) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for it, err := range s.Items(ctx) {
			if !yield(arm(it), err) {
				return
			}
		}
	}
}

func arm(it item.Item) item.Item {
	open := it.Open
	switch {
	case strings.Contains(it.At.Path, "deadly") && inWorker():
		it.Open = func() (r ioReadCloser, err error) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	case strings.Contains(it.At.Path, "hanging") && inWorker():
		it.Open = func() (ioReadCloser, error) { select {} }
	case strings.Contains(it.At.Path, "deadly"), strings.Contains(it.At.Path, "hanging"):
		it = item.Item{At: it.At, Unread: struckOut, Ref: it.Ref}
	case strings.Contains(it.At.Path, "failing"): // for everybody: a bad disk
		it.Open = func() (ioReadCloser, error) { return &badDisk{}, nil }
	default:
		it.Open = func() (ioReadCloser, error) {
			time.Sleep(time.Millisecond) // so that faults fall into the reading
			return open()
		}
	}
	return it
}

// A badDisk gives some bytes and fails.
type badDisk struct{ read bool }

func (b *badDisk) Read(p []byte) (int, error) {
	if b.read {
		return 0, &os.PathError{Op: "read", Path: "file", Err: syscall.EIO}
	}
	b.read = true
	return copy(p, "odette@boite-perso.example\n"), nil
}

func (*badDisk) Close() error { return nil }
