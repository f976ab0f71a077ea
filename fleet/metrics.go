package fleet

import (
	"fmt"
	"io"
	"strings"
)

// WriteMetrics writes the status of runs in the text format of Prometheus.
func WriteMetrics(w io.Writer, runs ...Status) error {
	m := &metrics{w: w}
	m.family("ecart_batches", "gauge", "Batches put into the queue.", func() {
		for _, s := range runs {
			m.value(float64(s.Batches), "run", s.Run)
		}
	})
	m.family("ecart_batches_done", "gauge", "Batches read to their end.", func() {
		for _, s := range runs {
			m.value(float64(s.Done), "run", s.Run)
		}
	})
	m.family("ecart_walked", "gauge", "1 once the coordinator has listed everything.", func() {
		for _, s := range runs {
			m.value(map[bool]float64{true: 1}[s.Walked], "run", s.Run)
		}
	})
	m.family("ecart_seconds_left", "gauge", "Time to the end by the batches left; absent when not known.", func() {
		for _, s := range runs {
			if s.ETA >= 0 {
				m.value(s.ETA, "run", s.Run)
			}
		}
	})
	m.targets("ecart_items_listed", "gauge", "Items listed.", runs, func(t *TargetStatus) int64 { return t.Listed })
	m.targets("ecart_items_total", "counter", "Items read, skipped or found unreadable.", runs, func(t *TargetStatus) int64 { return t.Items })
	m.targets("ecart_read_bytes_total", "counter", "Bytes read, after decompression.", runs, func(t *TargetStatus) int64 { return t.Bytes })
	m.targets("ecart_findings_total", "counter", "Findings.", runs, func(t *TargetStatus) int64 { return t.Findings })
	m.targets("ecart_unread_total", "counter", "Items that could not be read.", runs, func(t *TargetStatus) int64 { return t.Unread })
	m.family("ecart_worker_items_total", "counter", "Items a worker has read.", func() {
		for _, s := range runs {
			for _, x := range s.Workers {
				m.value(float64(x.Items), "run", s.Run, "worker", x.Name)
			}
		}
	})
	return m.err
}

// metrics writes families and keeps the first error.
type metrics struct {
	w    io.Writer
	name string
	err  error
}

func (m *metrics) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

func (m *metrics) family(name, kind, help string, values func()) {
	m.name = name
	m.printf("# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
	values()
}

func (m *metrics) targets(name, kind, help string, runs []Status, count func(*TargetStatus) int64) {
	m.family(name, kind, help, func() {
		for _, s := range runs {
			for i := range s.Targets {
				m.value(float64(count(&s.Targets[i])), "run", s.Run, "target", s.Targets[i].Name)
			}
		}
	})
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// value writes one sample; labels are names and values in turn.
func (m *metrics) value(v float64, labels ...string) {
	m.printf("%s{", m.name)
	for i := 0; i < len(labels); i += 2 {
		if i > 0 {
			m.printf(",")
		}
		m.printf(`%s="%s"`, labels[i], escapes.Replace(labels[i+1]))
	}
	m.printf("} %g\n", v)
}
