package schema

import "testing"

func TestCustomDump(t *testing.T) {
	data := "PGDMP\x01\x0e\x00\x04\x08\x00\x00CREATE TABLE public.salarie (\n    id integer NOT NULL,\n    c9 text DEFAULT 'a;b'::text\n);\n\x00\x00\x01" +
		"COMMENT ON COLUMN public.salarie.c9 IS 'Numéro de l''assuré';\n\x00\x00\x02x\x9c\xff\xfe"
	got := list(t, "base.dump", []byte(data))
	want := "0: unread: rows of a custom-format dump are compressed: write it out with pg_restore -f\n" +
		"0: public.salarie.id integer\n0: public.salarie.c9 text \"Numéro de l'assuré\"\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
