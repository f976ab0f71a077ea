package fleet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options of a queue.
type Options struct {
	URL           string        // nats:// or tls://, several set apart by commas
	CA, Cert, Key string        // PEM files of TLS
	Creds         string        // file of credentials
	Prefix        string        // before all subjects and streams; "" is ecart
	Replicas      int           // of streams; 0 is one for each server, 3 at most
	Lease         time.Duration // after which a silent worker is taken for dead; 0 is 15 s

	inside nats.InProcessConnProvider // an embedded server
	token  string                     // of it
}

// defaultLease is short against the reading of a batch and long against a pause
// of a loaded machine: workers renew it three times within.
const defaultLease = 15 * time.Second

// A Queue is a connection to a server of NATS with JetStream.
type Queue struct {
	Trace *Tracer // where spans of runs go; nil for nowhere

	o  Options
	nc *nats.Conn
	js jetstream.JetStream
}

// Dial connects. A server that is not there is an error now; one that goes away
// later is waited for.
func Dial(o Options) (*Queue, error) {
	if o.Prefix == "" {
		o.Prefix = "ecart"
	}
	if err := CheckName(o.Prefix); err != nil {
		return nil, fmt.Errorf("queue prefix: %w", err)
	}
	if o.Lease == 0 {
		o.Lease = defaultLease
	}
	nc, err := nats.Connect(o.URL, o.connect()...)
	if err != nil {
		return nil, fmt.Errorf("queue %s: %w", Redact(o.URL), err)
	}
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(10*time.Second))
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("queue %s: %w", Redact(o.URL), err)
	}
	return &Queue{o: o, nc: nc, js: js}, nil
}

// connect are the options of the connection.
func (o Options) connect() []nats.Option {
	list := []nats.Option{
		nats.Name("ecart"), nats.MaxReconnects(-1), nats.ReconnectWait(200 * time.Millisecond), nats.Timeout(5 * time.Second),
		nats.PingInterval(5 * time.Second), nats.MaxPingsOutstanding(3), // a server cut off is left after 20 s
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				slog.Debug("queue: connection lost", "error", err)
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { slog.Debug("queue", "error", err) }),
	}
	if o.inside != nil {
		list = append(list, nats.InProcessServer(o.inside))
	}
	if o.token != "" {
		list = append(list, nats.Token(o.token))
	}
	if o.CA != "" {
		list = append(list, nats.RootCAs(o.CA))
	}
	if o.Cert != "" {
		list = append(list, nats.ClientCert(o.Cert, o.Key))
	}
	if o.Creds != "" {
		list = append(list, nats.UserCredentials(o.Creds))
	}
	return list
}

// Close ends the connection.
func (q *Queue) Close() { q.nc.Close() }

// replicas is how many servers keep each stream.
func (q *Queue) replicas() int {
	if q.o.Replicas > 0 {
		return q.o.Replicas
	}
	if len(q.nc.Servers()) >= 3 {
		return 3
	}
	return 1
}

// Redact returns addresses of servers without user and password.
func Redact(urls string) string {
	list := strings.Split(urls, ",")
	for i, u := range list {
		if at := strings.LastIndexByte(u, '@'); at >= 0 {
			scheme, _, ok := strings.Cut(u, "://")
			if ok && !strings.Contains(scheme, "@") {
				list[i] = scheme + "://" + u[at+1:]
			} else {
				list[i] = u[at+1:]
			}
		}
	}
	return strings.Join(list, ",")
}

// A pace waits longer from try to try, and tells once that it does.
type pace struct {
	tries int
	what  string
}

// wait returns false when ctx is over.
func (p *pace) wait(ctx context.Context, err error) bool {
	if p.tries == 10 {
		slog.Warn("queue: still trying", "what", p.what, "error", err)
	}
	p.tries++
	t := time.NewTimer(min(time.Duration(p.tries)*50*time.Millisecond, 2*time.Second))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// gone tells whether an error says that a stream, consumer or key is not there,
// as opposed to a server that does not answer.
func gone(err error) bool {
	return errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrConsumerNotFound) ||
		errors.Is(err, jetstream.ErrBucketNotFound) || errors.Is(err, jetstream.ErrConsumerDoesNotExist)
}

// persist repeats f until it works, ctx ends, or what it asks for is not there.
func persist(ctx context.Context, what string, f func(context.Context) error) error {
	p := pace{what: what}
	for {
		err := f(ctx)
		if err == nil || final(err) {
			return err
		}
		if !p.wait(ctx, err) {
			return errors.Join(ctx.Err(), err)
		}
	}
}

// final tells whether trying again cannot help.
func final(err error) bool {
	return gone(err) || errors.Is(err, jetstream.ErrMsgNotFound) || errors.Is(err, jetstream.ErrKeyNotFound) ||
		errors.Is(err, errTaken) || errors.Is(err, nats.ErrConnectionClosed) || errors.Is(err, nats.ErrMaxPayload)
}

// brief outlives a ctx that ended, for what is put in order on the way out.
func brief(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
}
