package fleet

import (
	"context"
	"errors"
	"time"
)

// errRemoved is why a run ends of which the queue holds nothing any more.
var errRemoved = errors.New("the run was removed from the queue while it was read (`ecart status --forget`, or its streams were deleted): what was found until then is here, scan again for the rest")

// missing is how often in a row the queue must say that a stream is not there: a
// cluster that has just begun may say so once of one that is.
const missing = 2

// guard ends a run whose streams or keys are deleted. Who waits for a message of
// one asks again until it comes: a server tells a stream that is no more from a
// message on its way only to who asks for the stream.
func (l *Lead) guard(ctx context.Context, lost context.CancelCauseFunc) {
	t := time.NewTicker(sayEvery)
	defer t.Stop()
	for n := 0; n < missing; {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if n++; !l.removed(ctx) {
			n = 0
		}
	}
	lost(errRemoved)
}

// removed asks whether the queue lacks a part of the run; a queue that does not
// answer lacks nothing.
func (l *Lead) removed(ctx context.Context) bool {
	short, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	for _, kind := range []string{"-batches", "-results"} {
		if _, err := l.q.js.Stream(short, l.q.base(l.Run.Run)+kind); gone(err) {
			return true
		}
	}
	_, err := l.q.js.KeyValue(short, l.q.base(l.Run.Run))
	return gone(err)
}

// while returns a ctx that ends with the run too.
func (l *Lead) while(ctx context.Context) (context.Context, func()) {
	ctx, end := context.WithCancelCause(ctx)
	release := context.AfterFunc(l.alive, func() { end(context.Cause(l.alive)) })
	return ctx, func() { release(); end(nil) }
}
