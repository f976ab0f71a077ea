package schema

import "strings"

// options are the words that end the type of a column.
var options = set(`NOT NULL DEFAULT PRIMARY UNIQUE KEY CHECK CONSTRAINT REFERENCES COLLATE CHARSET COMMENT
	AUTO_INCREMENT AUTOINCREMENT IDENTITY GENERATED AS ENABLE DISABLE ON STORED VIRTUAL PERSISTED SPARSE ROWGUIDCOL MASKED
	ENCODE COMPRESSION STORAGE INVISIBLE VISIBLE SORTKEY OPTIONS FIRST AFTER BEFORE USING DEFERRABLE INITIALLY FOREIGN
	COLUMN_FORMAT SRID ENCRYPT ENCRYPTED HIDDEN WITHOUT_ROWID ROWVERSION_ NOVALIDATE RELY INDEX FILESTREAM FORMAT TITLE POSITION LOCAL
	RENAME ADD DROP ALTER MODIFY CHANGE`)

// followed are the words of types that otherwise end one: `character set` is an
// option, `character varying` a type.
var typeWords = set(`INT INTEGER TINYINT SMALLINT MEDIUMINT BIGINT INT2 INT4 INT8 SERIAL BIGSERIAL SMALLSERIAL SERIAL4 SERIAL8 NUMBER NUMERIC DECIMAL DEC
	REAL FLOAT FLOAT4 FLOAT8 DOUBLE MONEY SMALLMONEY BIT BOOL BOOLEAN CHAR CHARACTER VARCHAR VARCHAR2 NVARCHAR NVARCHAR2 NCHAR BPCHAR TEXT TINYTEXT
	MEDIUMTEXT LONGTEXT NTEXT CLOB NCLOB BLOB TINYBLOB MEDIUMBLOB LONGBLOB BINARY VARBINARY RAW LONG BYTEA IMAGE DATE TIME TIMETZ DATETIME DATETIME2
	SMALLDATETIME DATETIMEOFFSET TIMESTAMP TIMESTAMPTZ INTERVAL YEAR ENUM SET JSON JSONB XML XMLTYPE UUID UNIQUEIDENTIFIER INET CIDR MACADDR HSTORE
	CITEXT NAME OID TSVECTOR POINT POLYGON GEOMETRY GEOGRAPHY LINESTRING SQL_VARIANT HIERARCHYID ROWVERSION SYSNAME BINARY_FLOAT BINARY_DOUBLE BFILE
	ROWID STRING NATIONAL UNSIGNED`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// constraint tells whether an item of a CREATE TABLE is no column. A column may
// bear such a word as its name: `key varchar(20)` is one, `key name (col)` is not.
func constraint(t []token) bool {
	second, third := at(t, 1), at(t, 2)
	switch t[0].upper() {
	case "PRIMARY", "FOREIGN":
		return second.upper() == "KEY"
	case "CONSTRAINT":
		return !typeWords[second.upper()] || third.kind == word && !third.is("(")
	case "CHECK":
		return second.is("(") || second.upper() == "CONSTRAINT"
	case "UNIQUE", "KEY", "INDEX":
		return second.is("(") || !declaresType(second, third, at(t, 3))
	case "FULLTEXT", "SPATIAL":
		return second.upper() == "KEY" || second.upper() == "INDEX" || !typeWords[second.upper()]
	case "EXCLUDE":
		return second.is("(") || second.upper() == "USING"
	case "PERIOD":
		return second.upper() == "FOR"
	case "SUPPLEMENTAL":
		return second.upper() == "LOG"
	case "LIKE":
		return second.isName() && !typeWords[second.upper()]
	case "PROJECTION":
		return second.isName() && !typeWords[second.upper()]
	}
	return false
}

// declaresType tells whether a word after `key` is its type: a type's name, and
// in parentheses, if any, a length.
func declaresType(t, open, first token) bool {
	if t.kind == junk && t.raw == "" {
		return true // `key` alone: a column without type
	}
	if !typeWords[t.upper()] {
		return false
	}
	return !open.is("(") || first.kind == number || first.kind == text || first.upper() == "MAX"
}

func at(t []token, i int) token {
	if i < len(t) {
		return t[i]
	}
	return token{kind: junk}
}

// column reads one item of a CREATE TABLE, or what follows ADD.
func (p *parse) column(tokens []token) (column, bool) {
	q := p.sub(solid(tokens))
	first := q.peek()
	if first.kind == punct && !glued(first) || q.done() {
		return column{}, false
	}
	c := column{line: p.lineAt(first.start)}
	var ok bool
	if c.name, ok = q.part(); !ok || c.name == "" {
		return column{}, false
	}
	c.typ, c.length = q.columnType()
	q.columnOptions(&c)
	return c, true
}

// columnType reads a type: lower case, one space between its words, without
// what stands in parentheses; and its length when it counts characters.
func (p *parse) columnType() (typ string, length int) {
	var words []string
	for !p.done() {
		t := p.peek()
		switch {
		case t.is("("):
			n := p.firstNumber()
			if length == 0 && len(words) > 0 && counts(words) {
				length = n
			}
			continue
		case t.is("[") && len(words) > 0:
			words[len(words)-1] += "[]"
		case t.is("]"):
		case t.is(".") && len(words) > 0:
			p.i++
			words[len(words)-1] += "." + strings.ToLower(p.peek().name())
		case t.kind == number:
		case t.kind == quoted, t.kind == word && !p.endsType(t, len(words)):
			words = append(words, strings.ToLower(t.name()))
		case t.is("%"):
		default:
			return strings.Join(words, " "), length
		}
		p.i++
	}
	return strings.Join(words, " "), length
}

// endsType tells whether a word ends the type read so far.
func (p *parse) endsType(t token, read int) bool {
	switch up := t.upper(); up {
	case "CHARACTER":
		return read > 0 && at(p.tokens, p.i+1).upper() == "SET"
	case "CHARSET", "ASCII", "UNICODE":
		return read > 0
	case "WITH", "WITHOUT":
		next := at(p.tokens, p.i+1).upper()
		return next != "TIME" && next != "LOCAL"
	case "LOCAL":
		return read == 0 || at(p.tokens, p.i+1).upper() != "TIME"
	case "SET":
		return read > 0
	default:
		return options[up]
	}
}

// firstNumber passes over a group in parentheses and returns the number it
// starts with, 0 without.
func (p *parse) firstNumber() int {
	group, _ := p.group()
	if len(group) == 0 {
		return 0
	}
	n := group[0].number()
	return n
}

// counts tells whether the length of a type is one of characters or bytes.
func counts(words []string) bool {
	first := words[len(words)-1]
	for _, part := range []string{"char", "text", "string", "binary", "clob", "raw", "varying"} {
		if strings.Contains(first, part) || strings.Contains(words[0], part) {
			return true
		}
	}
	return false
}

// columnOptions reads what follows a type, for what says more about the column.
func (p *parse) columnOptions(c *column) {
	for !p.done() {
		switch t := p.next(); {
		case t.is("("):
			p.i--
			p.skipParens()
		case t.upper() == "NOT":
			c.notNull = c.notNull || p.word("NULL")
		case t.upper() == "COMMENT":
			p.word("IS")
			p.punct("=")
			if s := p.peek(); s.kind == text || s.kind == quoted {
				c.comment = unquote(s.raw)
				p.i++
			}
		case t.upper() == "DEFAULT":
			p.next() // may be a word that means something elsewhere
		case t.upper() == "UNIQUE", t.upper() == "REFERENCES", t.upper() == "PRIMARY":
			c.key = true
		}
	}
}
