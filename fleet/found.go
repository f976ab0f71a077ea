package fleet

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// The headers of a message of results: what status and gathering must know
// without its body.
const (
	headerItems  = "Ecart-Items"  // results in it
	headerLast   = "Ecart-Last"   // set when it ends its batch
	headerParts  = "Ecart-Parts"  // id and number of its pieces
	headerTarget = "Ecart-Target" //
	headerWorker = "Ecart-Worker" //
	headerBytes  = "Ecart-Bytes"  // read
	headerUnread = "Ecart-Unread" //
	headerHits   = "Ecart-Findings"
	headerWalk   = "Ecart-Walk" // of a part walked whole: what was walked so far
)

// A found is what consecutive items gave, as one.
type found struct {
	Items    int
	Last     bool
	Findings []detectors.Finding
	Coverage item.Coverage
	Past     []held        // results of history that nobody has placed yet
	Stretch  *item.Stretch // of the one item, when it is a piece of a large file
	Path     string        // of that file, masked
	Paths    []string      // of files that were read, where they are wanted
	walk     string        // of the header, not of the body
}

// A held is what a blob of a past gave.
type held struct {
	Blob, Path string
	Findings   []detectors.Finding
}

// size counts the findings, and what is to be joined to some.
func (f *found) size() int {
	n := len(f.Findings)
	for _, h := range f.Past {
		n += len(h.Findings)
	}
	return n
}

// hits counts the findings alone: the half of a flow is none yet.
func (f *found) hits() int {
	n := f.size()
	for i := range f.Findings {
		if f.Findings[i].To != nil {
			n--
		}
	}
	return n
}

// add takes one more result.
func (f *found) add(r scanners.Result) {
	f.Items++
	if r.Blob != "" && len(r.Findings) > 0 {
		f.Past = append(f.Past, held{r.Blob, r.Path, r.Findings})
		r.Findings = nil
	}
	f.Findings = append(f.Findings, r.Findings...)
	f.Coverage.Add(r.Coverage)
	if f.Coverage.Lines, f.Stretch = r.Coverage.Lines, r.Stretch; r.Stretch != nil {
		f.Path = r.Path
	}
}

// header tells of f what can be known without its body.
func (f *found) header(target, worker string) nats.Header {
	h := nats.Header{}
	h.Set(headerItems, strconv.Itoa(f.Items))
	h.Set(headerTarget, target)
	h.Set(headerWorker, worker)
	h.Set(headerBytes, strconv.FormatInt(f.Coverage.Bytes, 10))
	h.Set(headerUnread, strconv.Itoa(len(f.Coverage.Unread)))
	h.Set(headerHits, strconv.Itoa(f.hits()))
	if f.Last {
		h.Set(headerLast, "1")
	}
	if f.walk != "" {
		h.Set(headerWalk, f.walk)
	}
	return h
}

// publish stores f as what batch gave from item on. What does not fit a message
// goes ahead in pieces under a name of its own: another worker's pieces never mix
// with these.
func (r *Run) publish(ctx context.Context, b *Batch, from int, f *found, worker string) error {
	data, err := encode(f)
	if err != nil {
		return err
	}
	h := f.header(b.Target, worker)
	if most := int(r.q.nc.MaxPayload()) / 2; len(data) > most {
		id, n := nuid.Next(), 0
		for ; len(data) > 0; n++ {
			size := min(most, len(data))
			if err := r.q.put(ctx, r.results, r.partSubject(id, n), nil, data[:size]); err != nil {
				return err
			}
			data = data[size:]
		}
		h.Set(headerParts, fmt.Sprintf("%s %d", id, n))
	}
	return r.q.put(ctx, r.results, r.foundSubject(b.Seq, from), h, data)
}

// read returns what a message holds, its pieces put together.
func (r *Run) read(ctx context.Context, m *jetstream.RawStreamMsg) (*found, error) {
	data := m.Data
	if p := m.Header.Get(headerParts); p != "" {
		var id string
		var n int
		if _, err := fmt.Sscanf(p, "%s %d", &id, &n); err != nil {
			return nil, fmt.Errorf("results with a broken header: %w", err)
		}
		for i := range n {
			part, err := r.stored(ctx, r.results, r.partSubject(id, i))
			if err != nil {
				return nil, err
			}
			data = append(data, part.Data...)
		}
	}
	f := &found{}
	return f, decode(data, f)
}

// message reads the message of a subject of a stream.
func message(ctx context.Context, s jetstream.Stream, subject string) (m *jetstream.RawStreamMsg, err error) {
	err = persist(ctx, subject, func(ctx context.Context) (err error) {
		m, err = s.GetLastMsgForSubject(ctx, subject)
		return err
	})
	return m, err
}

// stored reads a message that is known to be there: a server of a cluster may
// not have heard of it yet.
func (*Run) stored(ctx context.Context, s jetstream.Stream, subject string) (*jetstream.RawStreamMsg, error) {
	p := pace{what: subject}
	for {
		m, err := message(ctx, s, subject)
		if !errors.Is(err, jetstream.ErrMsgNotFound) || !p.wait(ctx, err) {
			return m, err
		}
	}
}

// A reach is how far a batch was read.
type reach struct {
	next int    // item from which on nothing is known
	done bool   // all is known
	walk string // what was walked to get there, of a part that is walked whole
}

// reached tells how far a batch was read, by following what was put there: each
// message says where the next begins.
func (r *Run) reached(ctx context.Context, seq int) (at reach, err error) {
	for !at.done {
		m, err := message(ctx, r.results, r.foundSubject(seq, at.next))
		switch {
		case errors.Is(err, jetstream.ErrMsgNotFound):
			return at, nil
		case err != nil:
			return at, err
		}
		n, err := strconv.Atoi(m.Header.Get(headerItems))
		if err != nil {
			return at, fmt.Errorf("results with a broken header: %w", err)
		}
		at.next += n
		at.done, at.walk = m.Header.Get(headerLast) != "", m.Header.Get(headerWalk)
	}
	return at, nil
}
