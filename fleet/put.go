package fleet

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// errTaken says that a subject has its message already, from somebody else.
var errTaken = errors.New("somebody else put it there first")

// put stores a message as the only one of its subject. An answer that was lost
// is no second message: the first is known again by its id.
func (q *Queue) put(ctx context.Context, stream jetstream.Stream, subject string, header nats.Header, data []byte) error {
	id := nuid.Next()
	if header == nil {
		header = nats.Header{}
	}
	header.Set(jetstream.MsgIDHeader, id)
	return persist(ctx, subject, func(ctx context.Context) error {
		m := &nats.Msg{Subject: subject, Header: header, Data: data}
		_, err := q.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequencePerSubject(0))
		if !wrongSequence(err) {
			return err
		}
		was, err := stream.GetLastMsgForSubject(ctx, subject)
		switch {
		case err != nil:
			return fmt.Errorf("not known whether it was stored: %v", err) //nolint:errorlint // a lost answer must not read as a final one
		case was.Header.Get(jetstream.MsgIDHeader) != id:
			return errTaken
		}
		return nil
	})
}

// wrongSequence tells whether the server refused a message because its subject
// has one.
func wrongSequence(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}
