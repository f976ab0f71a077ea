package fleet

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Tracer sends spans to a collector of OpenTelemetry, as JSON over HTTP, which
// every collector takes. A nil Tracer does nothing: that is how it is when no
// collector is named.
//
// Spans hold numbers alone: no path, no name of a target, no reason. What sends
// them is small on purpose; the library for it would be a tenth of this program.
type Tracer struct {
	url     string
	headers http.Header
	service string
	client  http.Client

	mu    sync.Mutex
	spans []spanJSON
	lost  int // spans that nobody took
	stop  context.CancelFunc
	ended chan struct{}
}

// Bounds on what waits to be sent.
const (
	mostSpans  = 4096
	sendEvery  = 5 * time.Second
	sendWithin = 5 * time.Second
)

// NewTracer reads the variables of OpenTelemetry; nil when they name no collector.
func NewTracer(getenv func(string) string) (*Tracer, error) {
	to := getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	if base := getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); to == "" && base != "" {
		to = strings.TrimSuffix(base, "/") + "/v1/traces"
	}
	if to == "" || strings.EqualFold(getenv("OTEL_SDK_DISABLED"), "true") || getenv("OTEL_TRACES_EXPORTER") == "none" {
		return nil, nil
	}
	if u, err := url.Parse(to); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("OTEL_EXPORTER_OTLP_ENDPOINT: want http://HOST:4318 or https://…, the address of a collector that takes OTLP over HTTP")
	}
	t := &Tracer{url: to, headers: http.Header{"Content-Type": {"application/json"}}, service: getenv("OTEL_SERVICE_NAME"), client: http.Client{Timeout: sendWithin}, ended: make(chan struct{})}
	if t.service == "" {
		t.service = "ecart"
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"} {
		for _, pair := range strings.Split(getenv(name), ",") {
			if k, v, ok := strings.Cut(pair, "="); ok {
				if text, err := url.PathUnescape(strings.TrimSpace(v)); err == nil {
					t.headers.Set(strings.TrimSpace(k), text)
				}
			}
		}
	}
	var ctx context.Context
	ctx, t.stop = context.WithCancel(context.Background())
	go t.sendAll(ctx)
	return t, nil
}

// A Span is a piece of work of a run. Its methods do nothing on nil.
type Span struct {
	t     *Tracer
	j     spanJSON
	begun time.Time
}

// The forms of OTLP's JSON.
type spanJSON struct {
	Trace  string     `json:"traceId"`
	ID     string     `json:"spanId"`
	Parent string     `json:"parentSpanId,omitempty"`
	Name   string     `json:"name"`
	Kind   int        `json:"kind"` // 1: internal
	Start  string     `json:"startTimeUnixNano"`
	End    string     `json:"endTimeUnixNano"`
	Attrs  []attrJSON `json:"attributes,omitempty"`
	Status statusJSON `json:"status"`
}

type attrJSON struct {
	Key   string `json:"key"`
	Value struct {
		Int string `json:"intValue"`
	} `json:"value"`
}

type statusJSON struct {
	Code int `json:"code"` // 1 well, 2 not
}

// Run begins the span of a whole run, under which all others of it stand: they are
// told to be by the name of the run, which all who work on it know.
func (t *Tracer) Run(run string) *Span { return t.begin(run, "run", rootOf(run), "") }

// Begin begins a piece of work on a run.
func (t *Tracer) Begin(run, name string) *Span {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails
	return t.begin(run, name, hex.EncodeToString(id[:]), rootOf(run))
}

func (t *Tracer) begin(run, name, id, parent string) *Span {
	if t == nil {
		return nil
	}
	sum := sha256.Sum256([]byte("trace " + run))
	return &Span{t: t, begun: now(), j: spanJSON{Trace: hex.EncodeToString(sum[:16]), ID: id, Parent: parent, Name: name, Kind: 1}}
}

func rootOf(run string) string {
	sum := sha256.Sum256([]byte("root " + run))
	return hex.EncodeToString(sum[:8])
}

// Set notes a number.
func (s *Span) Set(name string, n int64) {
	if s == nil {
		return
	}
	a := attrJSON{Key: "ecart." + name}
	a.Value.Int = strconv.FormatInt(n, 10)
	s.j.Attrs = append(s.j.Attrs, a)
}

// End ends the span; well tells how.
func (s *Span) End(well bool) {
	if s == nil {
		return
	}
	end := now()
	s.j.Start, s.j.End = strconv.FormatInt(s.begun.UnixNano(), 10), strconv.FormatInt(end.UnixNano(), 10)
	if s.j.Status.Code = 1; !well {
		s.j.Status.Code = 2
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	if len(s.t.spans) >= mostSpans {
		s.t.lost++ // a collector that is away holds no scan up
		return
	}
	s.t.spans = append(s.t.spans, s.j)
}

// Close sends what waits, and ends.
func (t *Tracer) Close() {
	if t == nil {
		return
	}
	t.stop()
	<-t.ended
}

func (t *Tracer) sendAll(ctx context.Context) {
	defer close(t.ended)
	tick := time.NewTicker(sendEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			t.send()
			return
		case <-tick.C:
			t.send()
		}
	}
}

// send sends what waits. What cannot be sent is lost: traces are no part of the
// result.
func (t *Tracer) send() {
	t.mu.Lock()
	spans, lost := t.spans, t.lost
	t.spans, t.lost = nil, 0
	t.mu.Unlock()
	if len(spans) == 0 {
		return
	}
	body, err := json.Marshal(t.envelope(spans))
	if err == nil {
		err = t.post(body)
	}
	if err != nil || lost > 0 {
		slog.Debug("traces: not all were taken", "spans", len(spans), "lost", lost, "error", err)
	}
}

func (t *Tracer) post(body []byte) error {
	ctx, stop := context.WithTimeout(context.Background(), sendWithin)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header = t.headers
	resp, err := t.client.Do(req)
	if err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("the collector answers %d", resp.StatusCode)
	}
	return nil
}

// envelope says whose spans they are.
func (t *Tracer) envelope(spans []spanJSON) any {
	type m map[string]any
	service := m{"key": "service.name", "value": m{"stringValue": t.service}}
	return m{"resourceSpans": []m{{
		"resource":   m{"attributes": []m{service}},
		"scopeSpans": []m{{"scope": m{"name": "ecart"}, "spans": spans}},
	}}}
}
