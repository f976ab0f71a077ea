package schema

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/item"
)

// TestFaultDroppedConnections cuts the connection to a server at random places:
// every table is read as in quiet, or said to be unread, and nothing hangs.
func TestFaultDroppedConnections(t *testing.T) {
	s := startPostgres(t)
	var script strings.Builder
	for i := range 12 {
		fmt.Fprintf(&script, "CREATE TABLE t%02d AS SELECT n AS id, 'odette' || n || '@boite-perso.example' AS courriel FROM generate_series(1, 400) n;", i)
	}
	s.must(t, script.String())
	quiet, lost := readThrough(t, s.port, 0)
	if len(quiet) != 12 || lost != 0 {
		t.Fatalf("%d tables, %d unread", len(quiet), lost)
	}
	total := 0
	for seed := uint64(1); seed <= 25; seed++ {
		got, lost := readThrough(t, s.port, seed)
		for name, rows := range got {
			if rows != quiet[name] {
				t.Errorf("seed %d: %s has %d bytes of rows, %d in quiet", seed, name, rows, quiet[name])
			}
		}
		if len(got)+lost != 12 && len(got) > 0 {
			t.Errorf("seed %d: %d read and %d unread of 12", seed, len(got), lost)
		}
		total += lost
	}
	if total == 0 {
		t.Error("no connection was cut: the test tests nothing")
	}
}

// readThrough reads all tables through a proxy that cuts connections; seed 0 never.
// It returns the bytes of rows of each table that was read, and how many were not.
func readThrough(t *testing.T, port string, seed uint64) (tables map[string]int, lost int) {
	t.Helper()
	p := cutting(t, "127.0.0.1:"+port, seed)
	d, err := Open("postgres://admin@"+p+"/postgres?sslmode=disable", Options{Full: true})
	if err != nil {
		t.Fatal(err)
	}
	tables = map[string]int{}
	done := make(chan bool)
	go func() {
		defer close(done)
		for it, err := range d.Items(t.Context()) {
			if err != nil {
				return // the catalogue itself: the target is stopped, and says so
			}
			n := 0
			err := it.Segments(func(s *item.Segment) error { n += len(s.Text); return nil })
			if err != nil {
				lost++
				continue
			}
			tables[it.At.Path] = n
		}
	}()
	select {
	case <-done:
	case <-time.After(2 * time.Minute):
		t.Fatalf("seed %d hangs", seed)
	}
	return tables, lost
}

// cutting starts a proxy and returns its address.
func cutting(t *testing.T, to string, seed uint64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	random := rand.New(rand.NewPCG(seed, 3))
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				_ = near.Close()
				continue
			}
			most := int64(1 << 60)
			if seed != 0 {
				most = 2000 + random.Int64N(120_000)
			}
			var once sync.Once
			end := func() { once.Do(func() { _, _ = near.Close(), far.Close() }) }
			go func() { _, _ = io.Copy(far, near); end() }()
			go func() { _, _ = io.CopyN(near, far, most); end() }()
		}
	}()
	return l.Addr().String()
}
