//go:build linux

package fleet

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A run is one trace: the coordinator's span, and one for each batch under it. No
// name of a file, target or worker leaves.
func TestTrace(t *testing.T) {
	var mu sync.Mutex
	var bodies []string
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Api-Key") != "a b" {
			t.Errorf("%s %v %v", r.URL, r.Header, err)
		}
		mu.Lock()
		defer mu.Unlock()
		bodies = append(bodies, string(b))
	}))
	defer collector.Close()
	trace, err := NewTracer(environment{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL + "/", "OTEL_EXPORTER_OTLP_HEADERS": "api-key=a%20b"}.get)
	if err != nil || trace == nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	write(t, data, "share/secret-name.txt", "odette@boite-perso.example\n")
	write(t, data, "base/secret-name.txt", "odette@boite-perso.example\n")
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	q := inside(t)
	q.Trace = trace
	run := begin(t, q, "traced")
	lead := run.Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	for range lead.Results(t.Context()) {
		continue
	}
	for n, most := 0, time.Now().Add(3*time.Second); n < 3 && time.Now().Before(most); { // a worker ends its span when its results are on their way
		trace.mu.Lock()
		n = len(trace.spans)
		trace.mu.Unlock()
	}
	trace.Close()
	text := strings.Join(bodies, "")
	for _, no := range []string{"secret", "odette", "share", "base", "inside"} {
		if strings.Contains(text, no) {
			t.Errorf("%q is in the trace: %s", no, text)
		}
	}
	var got struct {
		ResourceSpans []struct{ ScopeSpans []struct{ Spans []spanJSON } }
	}
	if err := json.Unmarshal([]byte(bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	for _, s := range got.ResourceSpans[0].ScopeSpans[0].Spans {
		names[s.Name]++
		if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(s.Trace) || !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(s.ID) || s.Start > s.End {
			t.Errorf("%+v", s)
		}
		if s.Name != "run" && s.Parent != rootOf("traced") {
			t.Errorf("%s stands under nothing", s.Name)
		}
	}
	for _, name := range []string{"batch", "listed", "delivery", "items", "bytes", "findings", "unread"} {
		if n := strings.Count(text, `"ecart.`+name+`"`); n < 2 {
			t.Errorf("%d spans tell %s", n, name)
		}
	}
	if names["run"] != 1 || names["batch"] != 2 {
		t.Errorf("spans %v", names)
	}
}

type environment map[string]string

func (e environment) get(name string) string { return e[name] }

// Without a collector there is no tracer, and everything can be asked of it.
func TestNoTrace(t *testing.T) {
	for _, e := range []environment{{}, {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}} {
		trace, err := NewTracer(e.get)
		if trace != nil || err != nil {
			t.Fatal(trace, err)
		}
		s := trace.Begin("r", "batch")
		s.Set("items", 1)
		s.End(true)
		trace.Run("r").End(false)
		trace.Close()
	}
	if _, err := NewTracer(environment{"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4317"}.get); err == nil {
		t.Error("an address of another protocol is taken")
	}
}
