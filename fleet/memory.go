package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// keepState is after which time an object is read anew though nothing of it
// changed: entries of objects that are gone leave the queue so.
const keepState = 90 * 24 * time.Hour

// A Memory is the incremental state of a fleet, in the key-value store of the
// queue: what one worker has read, no other reads again while it does not
// change. It is a scanners.Memory. Keys are hashes of names without values, and
// of sizes and times.
type Memory struct {
	q       *Queue
	kv      jetstream.KeyValue
	bucket  string
	version string
}

// remembered is what is kept of one object.
type remembered struct {
	Version  string
	Findings []detectors.Finding
	Coverage item.Coverage
}

// Memory opens the state called name, for what this version of the rules finds.
func (q *Queue) Memory(ctx context.Context, name, version string) (*Memory, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	bucket := q.o.Prefix + "-state-" + name
	kv, err := q.bucket(ctx, bucket, keepState)
	if err != nil {
		return nil, wrap(err)
	}
	return &Memory{q, kv, bucket, token(version)}, nil
}

// stateKey names an object. The identity tells apart names that were masked alike.
func stateKey(target, path, identity string) string {
	sum := sha256.Sum256([]byte(target + "\x00" + path + "\x00" + identity))
	return hex.EncodeToString(sum[:16])
}

// Get returns what any worker found in an object. When the queue does not
// answer, the object is read.
func (m *Memory) Get(target, path, identity string) ([]detectors.Finding, item.Coverage, bool) {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	e, err := m.kv.Get(ctx, stateKey(target, path, identity))
	if err != nil {
		return nil, item.Coverage{}, false
	}
	var r remembered
	if decode(e.Value(), &r) != nil || r.Version != m.version {
		return nil, item.Coverage{}, false
	}
	return r.Findings, r.Coverage, true
}

// Put keeps what was found. What is lost on the way is read again one day.
func (m *Memory) Put(target, path, identity string, findings []detectors.Finding, coverage item.Coverage) {
	data, err := encode(remembered{m.version, findings, coverage})
	if err != nil || len(data) > int(m.q.nc.MaxPayload())/2 {
		return
	}
	if _, err := m.q.js.PublishAsync("$KV."+m.bucket+"."+stateKey(target, path, identity), data); err != nil {
		slog.Debug("queue: state not kept", "error", err)
	}
}

// Flush waits until what was put has arrived, or for a while.
func (m *Memory) Flush() {
	select {
	case <-m.q.js.PublishAsyncComplete():
	case <-time.After(10 * time.Second):
	}
}
