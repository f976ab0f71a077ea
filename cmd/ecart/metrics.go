package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/ecart-rgpd/ecart/fleet"
)

// serveMetrics serves the status of runs to Prometheus at addr/metrics until stop
// is called. It holds names of targets and workers, and counts.
func serveMetrics(addr string, statuses func(context.Context) ([]fleet.Status, error)) (stop func(), err error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("--metrics %s: %w", addr, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		runs, err := statuses(r.Context())
		if err != nil {
			http.Error(w, "the queue does not answer", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		if err := fleet.WriteMetrics(w, runs...); err != nil {
			slog.Debug("metrics not sent", "error", err)
		}
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("metrics end", "error", err)
		}
	}()
	return func() { _ = s.Close() }, nil
}
