package schema

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
)

// A lister builds tables from rows of a catalogue, one a column, in order.
type lister struct{ tables []*live }

func (l *lister) table(schema, name string) *live {
	if n := len(l.tables); n > 0 && l.tables[n-1].schema == schema && l.tables[n-1].name == name {
		return l.tables[n-1]
	}
	t := &live{table: table{schema: schema, name: name}, rows: -1, indexed: map[string]bool{}}
	l.tables = append(l.tables, t)
	return t
}

func integer(b []byte) int64 {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func yes(b []byte) bool { return string(b) == "t" || string(b) == "1" || string(b) == "YES" }

// cutType takes the parentheses out of a type and returns the length in them,
// when it counts characters.
func cutType(typ string) (string, int) {
	p := &parse{src: typ, dialect: postgres, tokens: lex(typ, postgres)}
	return p.columnType()
}

// plainError keeps of an error what holds no value and no address: errors of
// drivers quote both.
func plainError(err error) error {
	var op *net.OpError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("no answer in time")
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return errors.New("the connection was dropped")
	case errors.As(err, &op) && op.Op == "dial":
		return errors.New("nothing answers at this address")
	case errors.As(err, &op):
		return errors.New("the connection was dropped")
	}
	for _, part := range []string{"connection refused", "unexpected EOF", "broken pipe", "conn closed", "invalid connection", "bad connection"} {
		if strings.Contains(err.Error(), part) {
			return errors.New("the connection was dropped")
		}
	}
	return errors.New("the server could not answer")
}
