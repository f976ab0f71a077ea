//go:build linux

package fleet

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestFaultCutOff gives each server of a cluster a network of its own and pulls
// their cables in turn, one of them for longer than a lease: the report is that of
// a quiet run.
func TestFaultCutOff(t *testing.T) {
	n := newNetwork(t, 3)
	data := t.TempDir()
	deal(t, data)
	want := reference(t, data)
	m := &team{t: t}
	m.base = role{Data: data, Output: filepath.Join(t.TempDir(), "out"), Lease: time.Second}
	var urls []string
	for i, host := range n.hosts {
		r := m.as("server")
		r.Node, r.Port, r.Peers, r.Hosts, r.Within, r.Store = i, 4222, []int{6222, 6222, 6222}, n.hosts, n.names[i], t.TempDir()
		urls = append(urls, "nats://"+host+":4222")
		m.nodes = append(m.nodes, r)
		m.servers = append(m.servers, r.start(t))
	}
	m.base.URL = strings.Join(urls, ",")
	m.workers = append(m.workers, m.as("worker").start(t), m.as("worker").start(t))
	m.startLead()
	for i, pause := range []time.Duration{500 * time.Millisecond, 4 * time.Second, time.Second} {
		time.Sleep(700 * time.Millisecond)
		m.note("pull the cable of server %d for %s", i, pause)
		n.cable(i, "down")
		time.Sleep(pause)
		n.cable(i, "up")
	}
	m.finish(want)
}

// A network is a bridge with a namespace at each of its ports.
type network struct {
	t            *testing.T
	bridge       string
	names, hosts []string
}

// newNetwork makes a network, or skips where the system does not let us.
func newNetwork(t *testing.T, n int) *network {
	t.Helper()
	if _, err := exec.LookPath("ip"); err != nil || os.Geteuid() != 0 {
		t.Skip("network namespaces need root and the program ip")
	}
	id := os.Getpid() % 10_000
	w := &network{t: t, bridge: fmt.Sprintf("ecb%d", id)}
	subnet := fmt.Sprintf("10.%d.%d.", 200+id%50, id/50%250)
	if !w.try("link add " + w.bridge + " type bridge") {
		t.Skip("no network namespaces here")
	}
	t.Cleanup(func() { w.try("link del " + w.bridge) })
	ok := w.try("addr add "+subnet+"1/24 dev "+w.bridge) && w.try("link set "+w.bridge+" up")
	for i := range n {
		name, near, far, host := fmt.Sprintf("ecn%d-%d", id, i), w.port(i), fmt.Sprintf("ecf%d-%d", id, i), fmt.Sprintf("%s%d", subnet, 10+i)
		ok = ok && w.try("netns add "+name)
		t.Cleanup(func() { w.try("netns del " + name) })
		for _, step := range []string{
			"link add " + near + " type veth peer name " + far, "link set " + far + " netns " + name, "link set " + near + " master " + w.bridge, "link set " + near + " up",
			"-n " + name + " addr add " + host + "/24 dev " + far, "-n " + name + " link set " + far + " up", "-n " + name + " link set lo up",
		} {
			ok = ok && w.try(step)
		}
		w.names, w.hosts = append(w.names, name), append(w.hosts, host)
	}
	if !ok {
		t.Skip("no network namespaces here")
	}
	return w
}

func (w *network) port(i int) string {
	return strings.Replace(w.bridge, "ecb", "ecp", 1) + fmt.Sprintf("-%d", i)
}

// try runs ip; false when it fails.
func (w *network) try(args string) bool {
	out, err := exec.Command("ip", strings.Fields(args)...).CombinedOutput()
	if err != nil {
		w.t.Logf("ip %s: %s", args, out)
	}
	return err == nil
}

// cable plugs a server in or out.
func (w *network) cable(i int, state string) {
	w.t.Helper()
	if !w.try("link set " + w.port(i) + " " + state) {
		w.t.Fatal("the cable is stuck")
	}
}
