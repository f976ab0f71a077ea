package schema

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// A custom builds an archive as pg_dump writes it.
type custom struct {
	bytes.Buffer
	minor int
}

func (c *custom) int(n int) {
	sign := byte(0)
	if n < 0 {
		sign, n = 1, -n
	}
	c.Write([]byte{sign, byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
}

func (c *custom) strings(list ...string) {
	for _, s := range list {
		c.int(len(s))
		c.WriteString(s)
	}
}

func (c *custom) entry(id int, what, declared, load string) {
	c.int(id)
	c.int(1)
	c.strings("0", "0", "x", what)
	c.int(2)
	c.strings(declared, "", load, "public", "")
	c.strings("heap")
	if c.minor >= 16 {
		c.int('r')
	}
	c.strings("admin", "false", "3")
	c.int(-1)
	c.Write(make([]byte, 9))
}

func customDump(minor int, packing byte, pack func(io.Writer) io.WriteCloser) []byte {
	c := &custom{minor: minor}
	c.WriteString("PGDMP\x01")
	c.Write([]byte{byte(minor), 0, 4, 8, 1})
	if minor >= 15 {
		c.WriteByte(packing)
	} else {
		c.int(int(packing) * 6)
	}
	for range 7 {
		c.int(1)
	}
	c.strings("base", "16.2", "16.2")
	c.int(3)
	c.entry(7, "TABLE", "CREATE TABLE public.salarie (\n    id integer NOT NULL,\n    c9 text DEFAULT 'a;b'::text\n);\n", "")
	c.entry(8, "COMMENT", "COMMENT ON COLUMN public.salarie.c9 IS 'Numéro de l''assuré';\n", "")
	c.entry(9, "TABLE DATA", "", "COPY public.salarie (id, c9) FROM stdin;\n")
	var rows bytes.Buffer
	w := pack(&rows)
	if _, err := io.WriteString(w, "1\tun\n2\t\\N\n\\.\n\n\n"); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	c.WriteByte(1)
	c.int(9)
	for piece := rows.Bytes(); len(piece) > 0; {
		n := min(len(piece), 11)
		c.int(n)
		c.Write(piece[:n])
		piece = piece[n:]
	}
	c.int(0)
	return c.Bytes()
}

type asItIs struct{ io.Writer }

func (asItIs) Close() error { return nil }

const wantCustom = "0: public.salarie.id = \"1\"\n0: public.salarie.c9 = \"un\"\n0: public.salarie.id = \"2\"\n" +
	"0: public.salarie.id integer\n0: public.salarie.c9 text \"Numéro de l'assuré\"\n"

func TestCustomDump(t *testing.T) {
	for name, dump := range map[string][]byte{
		"1.14 as it is": customDump(14, packedNone, func(w io.Writer) io.WriteCloser { return asItIs{w} }),
		"1.14 gzip":     customDump(14, packedZlib, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		"1.15 gzip":     customDump(15, packedZlib, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		"1.16 lz4":      customDump(16, packedLZ4, func(w io.Writer) io.WriteCloser { return lz4.NewWriter(w) }),
		"1.16 zstd": customDump(16, packedZstd, func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}),
	} {
		if got := list(t, "base.dump", dump); got != wantCustom {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, wantCustom)
		}
		for cut := 6; cut < len(dump); cut += 7 {
			list(t, "base.dump", dump[:cut]) // must not panic
		}
	}
	if got := list(t, "base.dump", customDump(15, 9, func(w io.Writer) io.WriteCloser { return asItIs{w} })); !strings.Contains(got, "not known") || !strings.Contains(got, "salarie.c9 text") {
		t.Errorf("an unknown packing: %s", got)
	}
}

// TestCustomDumpOfServer reads what the pg_dump of a real server writes, in each
// of its forms, and wants the rows and declarations of its plain text.
func TestCustomDumpOfServer(t *testing.T) {
	pg := startPostgres(t)
	pg.must(t, `CREATE TABLE salarie (id int PRIMARY KEY, "nom complet" text, numero char(15), photo bytea);
		COMMENT ON COLUMN salarie.numero IS 'Numéro de sécurité sociale; clé comprise';
		INSERT INTO salarie SELECT i, E'Nom\t' || i || E'\\ ligne\nsuite', lpad(i::text, 15, '7'), '\xdeadbeef' FROM generate_series(1, 3000) i;
		CREATE TABLE vide (email text); CREATE VIEW v AS SELECT numero FROM salarie;
		SELECT lo_from_bytea(0, '\x00ff');`)
	bin, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_dump")
	dump := func(args ...string) []byte {
		out, err := exec.Command(bin[len(bin)-1], append([]string{"-h", pg.dir, "-p", pg.port, "-U", "admin", "postgres"}, args...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	facts := func(name string, data []byte) (cells, declared int, rest string) {
		for line := range strings.Lines(list(t, name, data)) {
			_, fact, _ := strings.Cut(line, ": ")
			switch {
			case strings.HasPrefix(fact, "public.salarie.") && strings.Contains(fact, " = "):
				cells++
			case strings.HasPrefix(fact, "public."):
				declared++
				rest += fact
			case !strings.HasPrefix(fact, "text"):
				rest += fact
			}
		}
		return cells, declared, rest
	}
	cells, declared, said := facts("plain.sql", dump("--no-blobs"))
	if cells != 4*3000 || declared < 5 {
		t.Fatalf("plain: %d cells, %d columns: %s", cells, declared, said)
	}
	for _, args := range [][]string{{"-Fc"}, {"-Fc", "-Z0"}, {"-Fc", "-Z9"}, {"-Fc", "--inserts"}, {"-Fc", "--column-inserts", "--rows-per-insert=50"}} {
		gotCells, gotDeclared, gotSaid := facts("base.dump", dump(append(args, "--no-blobs")...))
		if gotCells != cells || gotDeclared != declared || gotSaid != said {
			t.Errorf("%v: %d cells, %d columns\n%swant %d, %d\n%s", args, gotCells, gotDeclared, gotSaid, cells, declared, said)
		}
	}
	if _, _, said := facts("base.dump", dump("-Fc")); !strings.Contains(said, "large objects") {
		t.Error("large objects are passed over in silence:", said)
	}
}

func FuzzCustom(f *testing.F) {
	f.Add(customDump(14, packedNone, func(w io.Writer) io.WriteCloser { return asItIs{w} }))
	f.Add(customDump(16, packedLZ4, func(w io.Writer) io.WriteCloser { return lz4.NewWriter(w) }))
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.HasPrefix(b, []byte("PGDMP")) {
			_ = fmt.Sprint(list(t, "base.dump", b))
		}
	})
}
