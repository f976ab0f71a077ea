package fleet

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// An Embedded is a server of NATS inside this process. Unless it was given a
// folder, what it keeps is private and removed at its end.
type Embedded struct {
	server *server.Server
	dir    string
	own    bool   // dir is ours to remove
	token  string // of those who may connect; empty when nobody may
}

// Embed starts a server that listens to nobody but this process, and, when open,
// to those on this machine who know its address. dir keeps the queue from run to
// run, for one that is to go on after its process died; "" is a temporary folder.
func Embed(dir string, open bool) (*Embedded, error) {
	e := &Embedded{dir: dir, own: dir == ""}
	if open {
		e.token = rand.Text()
	}
	if e.own {
		var err error
		if e.dir, err = os.MkdirTemp("", "ecart-queue-*"); err != nil {
			return nil, err
		}
	}
	s, err := server.NewServer(&server.Options{
		ServerName: "ecart", DontListen: !open, Host: "127.0.0.1", Port: server.RANDOM_PORT, Authorization: e.token, JetStream: true, StoreDir: e.dir, NoSigs: true, NoLog: true,
		SyncInterval: 10 * time.Second, JetStreamMaxMemory: 16 << 20, JetStreamMaxStore: 1 << 50,
	})
	if err == nil {
		e.server = s
		s.Start()
		if !s.ReadyForConnections(10 * time.Second) {
			err = errors.New("it did not start")
		}
	}
	if err != nil {
		e.Close()
		return nil, fmt.Errorf("embedded queue: %w", err)
	}
	return e, nil
}

// Dial connects to it.
func (e *Embedded) Dial(prefix string, lease time.Duration) (*Queue, error) {
	return Dial(Options{inside: e.server, token: e.token, Replicas: 1, Prefix: prefix, Lease: lease})
}

// Address is where other processes of this machine reach it. It holds a password.
func (e *Embedded) Address() string { return "nats://" + e.token + "@" + e.server.Addr().String() }

// Close ends the server and removes what it kept in a temporary folder.
func (e *Embedded) Close() {
	if e.server != nil {
		e.server.Shutdown()
		e.server.WaitForShutdown()
	}
	if e.own {
		_ = os.RemoveAll(e.dir) // what is left is removed at the next start
	}
}
