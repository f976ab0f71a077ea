package schema

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// A sqlSession is one connection of database/sql, whose values all come as text.
type sqlSession struct {
	db   *sql.DB
	conn *sql.Conn
	gone bool
}

func openSQL(ctx context.Context, db *sql.DB) (*sqlSession, error) {
	db.SetMaxOpenConns(1)
	c, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return &sqlSession{db: db, conn: c}, nil
}

func (s *sqlSession) query(ctx context.Context, q string, each func([][]byte) error) error {
	if each == nil {
		_, err := s.conn.ExecContext(ctx, q)
		return s.note(err)
	}
	rows, err := s.conn.QueryContext(ctx, q)
	if err != nil {
		return s.note(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return s.note(err)
	}
	raw := make([]sql.RawBytes, len(names))
	targets := make([]any, len(names))
	cells := make([][]byte, len(names))
	for i := range raw {
		targets[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return s.note(err)
		}
		for i := range raw {
			cells[i] = raw[i]
		}
		if err := each(cells); err != nil {
			return err
		}
	}
	return s.note(rows.Err())
}

// note remembers that the connection is gone.
func (s *sqlSession) note(err error) error {
	if err != nil && (errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || plainError(err).Error() == "the connection was dropped") {
		s.gone = true
	}
	return err
}

func (s *sqlSession) dead() bool { return s.gone }

func (s *sqlSession) close() {
	_ = s.conn.Close()
	_ = s.db.Close()
}
