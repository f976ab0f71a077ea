//go:build linux

package fleet

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/scanners"
)

type ioReadCloser = io.ReadCloser

var (
	schedules = flag.Int("schedules", 3, "random schedules of faults; 200 and more for a soak")
	firstSeed = flag.Uint64("seed", 1, "seed of the first schedule; the next ones count up")
)

// TestFaultSchedules kills, stops and restarts what a run consists of, at random
// times, and wants the report of a quiet run in one process every time.
func TestFaultSchedules(t *testing.T) {
	data := t.TempDir()
	deal(t, data)
	want := reference(t, data)
	for i := range uint64(*schedules) {
		seed := *firstSeed + i
		t.Run(fmt.Sprintf("seed%d", seed), func(t *testing.T) {
			t.Logf("again: go test ./fleet -run 'Fault.*/seed%d$' -seed %d -schedules 1", seed, seed)
			runSchedule(t, data, want, seed)
		})
	}
}

// deal makes the targets: 400 small files, two of them deadly, one that hangs its reader and one whose reading
// fails, and a part that is walked whole with a deadly one.
func deal(t *testing.T, data string) {
	for i := range 400 {
		name := fmt.Sprintf("share/d%02d/f%03d.csv", i%7, i)
		if i == 111 || i == 333 {
			name = strings.Replace(name, "f", "deadly", 1)
		}
		write(t, data, name, fmt.Sprintf("nom;courriel\nVauclair;odette.%d@boite-perso.example\n", i))
	}
	write(t, data, "share/d05/hanging.txt", "never read")
	write(t, data, "share/d06/failing.txt", "read in part")
	var rows strings.Builder // a large file, read in pieces
	for i := range 4000 {
		fmt.Fprintf(&rows, "%d;Vauclair;odette.%d@boite-perso.example\n", i, i)
	}
	write(t, data, "share/d03/large.csv", "numero;nom;courriel\n"+rows.String())
	containers(t, data)
	tables(t, filepath.Join(data, "base.db"), 400) // two batches
	if history(t, filepath.Join(data, "past")); t.Failed() {
		return
	}
	for i := range 40 {
		name := fmt.Sprintf("base/t%02d.txt", i)
		if i == 13 {
			name = "base/t13-deadly.txt"
		}
		write(t, data, name, fmt.Sprintf("Courriel : odette.%d@boite-perso.example\n", i))
	}
}

// containers makes a box and an archive that are read in pieces.
func containers(t *testing.T, data string) {
	var box strings.Builder
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := range 120 {
		fmt.Fprintf(&box, "From a Thu May  4\nFrom: odette.%d@boite-perso.example\nSubject: x\n\nRien.\n%s\n", i, strings.Repeat("une ligne de plus\n", 60))
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("f%d.csv", i), Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "nom;courriel\nVauclair;odette.%d@boite-perso.example\n%s", i, strings.Repeat("Vauclair;\n", 100))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, data, "share/d02/boite.mbox", box.String())
	write(t, data, "share/d04/dossier.zip", packed.String())
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// reference is the report of one process without faults.
func reference(t *testing.T, data string) []byte {
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	return render(scanners.Scan(t.Context(), w.targets, w.options))
}

// A team is all processes of one run.
type team struct {
	t       *testing.T
	random  *rand.Rand
	base    role
	servers []*exec.Cmd
	nodes   []role
	workers []*exec.Cmd
	lead    *exec.Cmd
	ended   chan error // of the lead
	log     []string
}

// runSchedule runs one schedule and compares.
func runSchedule(t *testing.T, data string, want []byte, seed uint64) {
	m := &team{t: t, random: rand.New(rand.NewPCG(seed, 7))}
	nodes := 1 + 2*m.random.IntN(2)
	m.base = role{Data: data, Output: filepath.Join(t.TempDir(), "out"), Lease: time.Second}
	m.cluster(nodes)
	for range 2 + m.random.IntN(2) {
		m.workers = append(m.workers, m.as("worker").start(t))
	}
	m.startLead()
	faults := 3 + m.random.IntN(5)
	for range faults {
		time.Sleep(time.Duration(m.random.IntN(900)) * time.Millisecond)
		m.fault()
	}
	m.heal()
	m.finish(want)
}

// differing tells where two reports part.
func differing(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%d lines, wanted %d; line %d is\n%s\nand should be\n%s", len(a), len(b), i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, wanted %d, the same as far as the shorter goes", len(a), len(b))
}

func (m *team) as(name string) role {
	r := m.base
	r.Name = name
	return r
}

// cluster starts the servers.
func (m *team) cluster(n int) {
	var urls []string
	var peers []int
	for range n {
		peers = append(peers, port(m.t))
	}
	for i := range n {
		r := m.as("server")
		r.Node, r.Port, r.Store = i, port(m.t), m.t.TempDir()
		if n > 1 {
			r.Peers = peers
		}
		urls = append(urls, fmt.Sprintf("nats://127.0.0.1:%d", r.Port))
		m.nodes = append(m.nodes, r)
		m.servers = append(m.servers, r.start(m.t))
	}
	m.base.URL = strings.Join(urls, ",")
}

var ports sync.Map // those that were given away

// port is free now and most likely for as long as the test needs it: none of those
// that the system gives to connections, or one of them would take it while its
// server is down.
func port(t *testing.T) int {
	for range 100 {
		n := 10_000 + rand.IntN(20_000)
		if _, given := ports.LoadOrStore(n, true); given {
			continue // to a server that does not listen yet
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", n))
		if err != nil {
			continue
		}
		_ = l.Close()
		return n
	}
	t.Fatal("no port is free")
	return 0
}

func (m *team) startLead() {
	lead := m.as("lead").start(m.t)
	m.lead, m.ended = lead, make(chan error, 1)
	go func(ended chan error) { ended <- lead.Wait() }(m.ended)
}

// fault does one harm.
func (m *team) fault() {
	n := m.random.IntN(10)
	m.base.Skew = []time.Duration{0, 0, 3 * time.Hour, -time.Minute}[m.random.IntN(4)] // of what is started next
	w := m.random.IntN(len(m.workers))
	s := m.random.IntN(len(m.servers))
	pause := time.Duration(200+m.random.IntN(2500)) * time.Millisecond
	switch {
	case n < 3:
		m.note("kill worker %d", w)
		kill(m.workers[w])
		m.workers[w] = m.as("worker").start(m.t)
	case n < 5:
		m.note("stop worker %d for %s", w, pause)
		m.pause(m.workers[w], pause) // its leases run out: late and double deliveries
	case n < 6:
		m.note("ask worker %d to end", w)
		_ = m.workers[w].Process.Signal(syscall.SIGTERM)
		_ = m.workers[w].Wait()
		m.workers[w] = m.as("worker").start(m.t)
	case n < 8:
		select {
		case err := <-m.ended: // over already
			m.ended <- err
		default:
			m.note("kill the coordinator")
			_ = m.lead.Process.Kill()
			if err := <-m.ended; err == nil {
				m.ended <- nil
				return
			}
			if _, err := os.Stat(m.base.Output); err == nil {
				m.ended <- nil
				return
			}
			m.startLead()
		}
	case n < 9:
		m.note("kill server %d", s)
		kill(m.servers[s])
		time.Sleep(pause / 2)
		m.servers[s] = m.nodes[s].start(m.t)
	default:
		m.note("cut off server %d for %s", s, pause)
		m.pause(m.servers[s], pause)
	}
}

func (m *team) note(format string, args ...any) { m.log = append(m.log, fmt.Sprintf(format, args...)) }

// pause stops a process for a while, as a machine that is cut off.
func (m *team) pause(cmd *exec.Cmd, d time.Duration) {
	_ = cmd.Process.Signal(syscall.SIGSTOP)
	go func() {
		time.Sleep(d)
		_ = cmd.Process.Signal(syscall.SIGCONT)
	}()
}

// heal brings back what is missing.
func (m *team) heal() { m.replace() }

// replace starts a worker for each that has died, as a supervisor would.
func (m *team) replace() {
	for i, w := range m.workers {
		if w.ProcessState == nil && w.Process.Signal(syscall.Signal(0)) == nil && !zombie(w.Process.Pid) {
			continue
		}
		_ = w.Wait()
		m.workers[i] = m.as("worker").start(m.t)
	}
	for i, s := range m.servers {
		if s.ProcessState == nil && zombie(s.Process.Pid) {
			_ = s.Wait()
			m.servers[i] = m.nodes[i].start(m.t)
		}
	}
}

// zombie tells whether a process has ended and was not waited for.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	i := bytes.LastIndexByte(stat, ')')
	return i >= 0 && len(stat) > i+2 && stat[i+2] == 'Z'
}
