package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/ecart-rgpd/ecart/fleet"
)

// queueFlags say where the queue of a fleet is.
type queueFlags struct {
	url       string
	ca        string
	cert      string
	key       string
	creds     string
	prefix    string
	lease     time.Duration
	resume    string // of the coordinator
	metrics   string
	processes int // workers of this machine in processes of their own
}

// embedded is the queue inside this process; with a folder behind it, one that
// outlives it.
const embedded = "embedded"

func (q *queueFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&q.url, "queue", os.Getenv("ECART_QUEUE"), "share the work through NATS JetStream: nats://HOST:PORT,… (also ECART_QUEUE)")
	fs.StringVar(&q.ca, "queue-ca", "", "PEM file of the authority that signs the servers of the queue")
	fs.StringVar(&q.cert, "queue-cert", "", "PEM file of our certificate, for a queue that asks for one")
	fs.StringVar(&q.key, "queue-key", "", "PEM file of its key")
	fs.StringVar(&q.creds, "queue-creds", os.Getenv("ECART_QUEUE_CREDS"), "NATS credentials file (also ECART_QUEUE_CREDS)")
	fs.StringVar(&q.prefix, "queue-prefix", "ecart", "first part of subjects and streams; coordinator and workers must agree")
	fs.DurationVar(&q.lease, "queue-lease", 0, "take a worker for dead after this silence (default 15s)")
}

// lead adds what only a coordinator needs.
func (q *queueFlags) lead(fs *pflag.FlagSet) {
	fs.Lookup("queue").Usage += "; embedded, or embedded:FOLDER to keep it, is a queue inside this process"
	fs.IntVar(&q.processes, "workers-remote", 0, "read in this many processes of their own on this machine: a file that kills its reader costs itself alone")
	fs.StringVar(&q.metrics, "metrics", "", "with --queue: serve the progress of the run to Prometheus at HOST:PORT/metrics")
	fs.StringVar(&q.resume, "resume", "", "go on with this run of the queue, or begin it under this name")
}

// remote tells whether workers are other processes.
func (q *queueFlags) remote() bool { return q.url != "" && !q.inside() || q.processes > 0 }

func (q *queueFlags) inside() bool {
	return q.url == embedded || strings.HasPrefix(q.url, embedded+":")
}

// check refuses what makes no sense with or without a queue.
func (q *queueFlags) check(f *scanFlags) error {
	if q.processes > 0 && q.url == "" {
		q.url = embedded
	}
	switch {
	case q.lease < 0:
		return fmt.Errorf("--queue-lease %s: want a time longer than none", q.lease)
	case q.processes < 0:
		return fmt.Errorf("--workers-remote %d: want 1 or more, or 0 for none", q.processes)
	case q.processes > 0 && !q.inside():
		return errors.New("--workers-remote starts workers beside a queue of this process: leave it out with --queue nats://…")
	case q.url == embedded && q.processes > 0 && f.state != "":
		return errors.New("--state with --workers-remote needs a queue that is kept: give --queue embedded:FOLDER")
	case q.url == "" && q.lease > 0:
		return errors.New("--queue-lease is of workers of a queue: give --queue")
	case q.url == "" && q.resume != "":
		return errors.New("--resume goes on with a run of a queue: give --queue")
	case q.url == "" && q.metrics != "":
		return errors.New("--metrics tells of a run of a queue: give --queue")
	case q.url == embedded && q.resume != "":
		return errors.New("--resume needs a queue that was kept: give --queue nats://… or --queue embedded:FOLDER")
	case q.url != "" && (f.order || f.budget > 0):
		return errors.New("--order and --budget are for one process: leave them out with --queue")
	case q.remote() && f.state != "" && fleet.CheckName(f.state) != nil:
		return errors.New("--state with --queue is a name in the queue, not a file: use letters, digits, - and _")
	case (q.cert == "") != (q.key == ""):
		return errors.New("--queue-cert and --queue-key go together")
	case q.resume != "":
		return fleet.CheckName(q.resume)
	}
	return nil
}

// dial connects to the queue of other processes.
func (q *queueFlags) dial() (*fleet.Queue, error) {
	if !strings.Contains(q.url, "://") {
		return nil, fmt.Errorf("--queue %s: want nats://HOST:PORT, tls://HOST:PORT or embedded", fleet.Redact(q.url))
	}
	for _, file := range []aim{{"--queue-ca", q.ca}, {"--queue-cert", q.cert}, {"--queue-key", q.key}, {"--queue-creds", q.creds}} {
		if err := noPipe(file.what, file.path); err != nil {
			return nil, err
		}
	}
	return fleet.Dial(fleet.Options{URL: q.url, CA: q.ca, Cert: q.cert, Key: q.key, Creds: q.creds, Prefix: q.prefix, Lease: q.lease})
}

// trace lets spans of runs go to the collector that the environment names.
func trace(q *fleet.Queue) (stop func(), err error) {
	q.Trace, err = fleet.NewTracer(os.Getenv)
	return q.Trace.Close, err
}
