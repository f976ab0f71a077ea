package schema

import (
	"strings"

	"github.com/xwb1989/sqlparser"
)

// foreign are words that the strict parser is known not to read: asking it
// would only cost time.
var foreign = []string{"CONSTRAINT", "REFERENCES", "FOREIGN", "SERIAL", "NVARCHAR", "GENERATED", "CHARACTER VARYING", "WITHOUT TIME", "FULLTEXT", "BOOL", "::", "["}

// maxStrict bounds what the strict parser is given, in bytes.
const maxStrict = 64 << 10

// strict reads a CREATE TABLE by the grammar of MySQL. It returns nil when the
// statement is not in that grammar: the tolerant reader's word then stands.
// Never sqlparser.Parse, which passes over a table it cannot read in silence.
func strict(src string) (spec *sqlparser.TableSpec) {
	if len(src) > maxStrict {
		return nil
	}
	up := strings.ToUpper(src)
	for _, w := range foreign {
		if strings.Contains(up, w) {
			return nil
		}
	}
	defer func() {
		if recover() != nil {
			spec = nil // a generated parser, not written for hostile text
		}
	}()
	stmt, err := sqlparser.ParseStrictDDL(src)
	if err != nil {
		return nil
	}
	if ddl, ok := stmt.(*sqlparser.DDL); ok {
		return ddl.TableSpec
	}
	return nil
}

// confirm lets the strict parser have its say about a table that the tolerant
// reader read from src: its columns are the columns, what it says of types and
// comments holds. Lines and the comments beside columns it does not know.
func (t *table) confirm(src string) {
	spec := strict(src)
	if spec == nil || len(spec.Columns) == 0 {
		return
	}
	columns := make([]column, 0, len(spec.Columns))
	for _, s := range spec.Columns {
		c := column{name: s.Name.String(), line: t.line}
		if i := t.find(c.name); i >= 0 {
			c = t.columns[i]
		} else {
			c.typ = strings.ToLower(s.Type.Type)
		}
		if s.Type.Comment != nil && c.comment == "" {
			c.comment = string(s.Type.Comment.Val)
		}
		c.notNull = bool(s.Type.NotNull)
		columns = append(columns, c)
	}
	t.columns, t.readBy = columns, "sqlparser"
}
