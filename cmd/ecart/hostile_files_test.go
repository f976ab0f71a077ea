//go:build linux

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A corpus makes files that mean harm to their reader.
type corpus struct {
	t   *testing.T
	dir string
}

func (c corpus) write(name string, content ...[]byte) {
	c.t.Helper()
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Join(content, nil), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// all writes every file, and returns the names of those that cannot be read whole.
func (c corpus) all() (unread []string) {
	c.bombs()
	c.nesting()
	c.numbers()
	c.encodings()
	c.pages()
	return []string{"bomb.zip", "nested.zip", "overlap.zip", "bomb.xlsx", "long.tar", "loop.doc", "loop.pst", "flipped.db"}
}

func repeat(s string, n int) []byte { return bytes.Repeat([]byte(s), n) }

// bombs are small and unpack to much.
func (c corpus) bombs() {
	zeros := repeat("\x00", 1<<20)
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	for range 600 {
		c.must(w.Write(zeros))
	}
	c.check(w.Close())
	c.write("bomb.csv.gz", gz.Bytes())
	bomb := c.zip("zeros.txt", func(add func([]byte)) {
		for range 3000 {
			add(zeros)
		}
	})
	c.write("bomb.zip", bomb)
	inner := bomb
	for level := range 40 {
		name, content := fmt.Sprintf("level%d.zip", level), inner
		inner = c.zip(name, func(add func([]byte)) { add(content) })
	}
	c.write("nested.zip", inner)
	c.write("overlap.zip", overlapping(10_000))
	c.write("bomb.xlsx", c.zip("xl/sharedStrings.xml", func(add func([]byte)) {
		add([]byte(`<sst><si><t>`))
		for range 2000 {
			add(repeat("a", 1<<20))
		}
	}))
	var long bytes.Buffer
	tw := tar.NewWriter(&long)
	c.check(tw.WriteHeader(&tar.Header{Name: "long.csv", Size: 1 << 50, Mode: 0o600, Format: tar.FormatGNU}))
	c.write("long.tar", long.Bytes(), repeat("x", 2000))
	c.check(os.Symlink("..", filepath.Join(c.dir, "up")))
	c.check(os.Symlink("self", filepath.Join(c.dir, "self")))
}

// zip is an archive of one file.
func (c corpus) zip(name string, fill func(add func([]byte))) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	c.check(err)
	fill(func(p []byte) { c.must(f.Write(p)) })
	c.check(w.Close())
	return b.Bytes()
}

func (c corpus) must(_ int, err error) { c.check(err) }

func (c corpus) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// overlapping is an archive whose n names all lead to the same bytes.
func overlapping(n int) []byte {
	var b bytes.Buffer
	body := repeat("odette@boite-perso.example\n", 2000)
	le := binary.LittleEndian
	local := le.AppendUint32(nil, 0x04034b50)
	local = append(local, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	local = le.AppendUint32(local, crc32.ChecksumIEEE(body))
	local = le.AppendUint32(local, uint32(len(body)))
	local = le.AppendUint32(local, uint32(len(body)))
	local = append(local, 5, 0, 0, 0)
	b.Write(append(append(local, "a.txt"...), body...))
	start := b.Len()
	for i := range n {
		name := fmt.Sprintf("1%05d.txt", i)
		h := le.AppendUint32(nil, 0x02014b50)
		h = append(h, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0)
		h = le.AppendUint32(h, crc32.ChecksumIEEE(body))
		h = le.AppendUint32(h, uint32(len(body)))
		h = le.AppendUint32(h, uint32(len(body)))
		h = append(h, byte(len(name)), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
		b.Write(append(le.AppendUint32(h, 0), name...))
	}
	end := le.AppendUint32(nil, 0x06054b50)
	end = append(end, 0, 0, 0, 0)
	end = le.AppendUint16(end, uint16(n))
	end = le.AppendUint16(end, uint16(n))
	end = le.AppendUint32(end, uint32(b.Len()-start))
	end = le.AppendUint32(end, uint32(start))
	b.Write(append(end, 0, 0))
	return b.Bytes()
}

// nesting goes deeper than any honest document.
func (c corpus) nesting() {
	const deep = 3_000_000
	c.write("deep.json", repeat("[", deep))
	c.write("deeper.json", repeat(`{"a":`, deep))
	c.write("deep.xml", repeat("<a>", deep))
	c.write("deep.html", repeat("<table><tr><td>", deep/4))
	c.write("deep.yaml", repeat("- ", 200_000))
	c.write("db/changelog.yaml", []byte("databaseChangeLog:\n- "), repeat("[", 300_000))
	c.write("deep.rtf", []byte(`{\rtf1 `), repeat("{", deep))
	c.write("deep.pdf", []byte("%PDF-1.4\n1 0 obj\n"), repeat("[", deep), []byte("\nendobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF"))
	c.write("deep.eml", []byte("From: a@boite-perso.example\n"), repeat("Content-Type: multipart/mixed; boundary=x\n\n--x\n", 20_000))
	c.write("deep.sql", []byte("SELECT "), repeat("(", deep), []byte(";"))
	c.write("deep.go", []byte("package a\nvar x = "), repeat("f(", deep/4))
	c.write("deep.ts", []byte("const a = "), repeat("{a:", deep/4))
	c.write("deep.py", []byte("x = "), repeat("[", deep/4))
	laughs := "a0: &a0 [odette@boite-perso.example]\n"
	for i := 1; i < 30; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 10), ","))
	}
	c.write("laughs.yaml", []byte(laughs))
	c.write("laughs.xml", []byte(`<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>`))
}

// numbers are larger than what holds them.
func (c corpus) numbers() {
	nines := string(repeat("9", 5_000_000))
	c.write("numbers.json", []byte(`{"a": `+nines+`, "b": 1e999999999, "c": -`+nines+`}`))
	c.write("numbers.csv", []byte("nir;iban\n"+nines+";"+nines+"\n"))
	c.write("wide.csv", repeat("a;", 500_000), []byte("\n"), repeat("1;", 500_000))
	c.write("quotes.csv", repeat("\"", 5_000_000))
	c.write("line.txt", repeat("a@", 5_000_000))
	c.write("digits.txt", repeat("1 2-3.", 2_000_000))
	c.write("size.mbox", []byte("From a\nContent-Length: 99999999999999999999\n\nx\n"))
	c.write("size.parquet", []byte("PAR1"), repeat("\xff", 400), []byte("\xff\xff\xff\x7fPAR1"))
	c.write("size.avro", []byte("Obj\x01"), repeat("\xff", 4000))
	c.write("size.jpg", []byte("\xff\xd8\xff\xe1\xff\xffExif\x00\x00II*\x00\xff\xff\xff\xff"), repeat("\xff", 500))
	c.write("size.png", []byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt"), repeat("\xff", 500))
	c.write("size.7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), repeat("\xff", 500))
	c.write("size.rar", []byte("Rar!\x1a\x07\x01\x00"), repeat("\xff", 500))
}

// encodings are none.
func (c corpus) encodings() {
	random := rand.New(rand.NewPCG(1, 1))
	noise := make([]byte, 2<<20)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	c.write("noise.txt", noise)
	c.write("noise.csv", []byte("nom;nir\n"), noise)
	c.write("half.txt", []byte("\xff\xfe"), repeat("\x00\xd8", 500_000), []byte("\x41"))
	c.write("overlong.txt", repeat("\xc0\xae\xe0\x80\xae\xf8\x88\x80\x80\x80", 200_000))
	c.write("marks.txt", repeat("\xef\xbb\xbf", 500_000))
	c.write("combining.txt", []byte("e"), repeat("\u0301", 500_000))
}

// pages lead to themselves.
func (c corpus) pages() {
	c.write("loop.pdf", []byte("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999/Parent 2 0 R>> endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \ntrailer <</Root 1 0 R/Size 3/Prev 140>>\nstartxref\n140\n%%EOF"))
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504+1024)...)
	copy(ole[24:], []byte{0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0})
	for i := 44; i < 512; i += 4 {
		binary.LittleEndian.PutUint32(ole[i:], 0)
	}
	c.write("loop.doc", ole)
	pst := make([]byte, 4096)
	copy(pst, "!BDN")
	pst[10] = 23
	binary.LittleEndian.PutUint64(pst[224:], 1024)
	binary.LittleEndian.PutUint64(pst[240:], 1024)
	pst[1024+488], pst[1024+490], pst[1024+491] = 20, 24, 3
	for i := range 20 {
		binary.LittleEndian.PutUint64(pst[1024+24*i+16:], 1024)
	}
	c.write("loop.pst", pst)
	c.database()
	c.repository()
}

// database is one whose pages were overwritten.
func (c corpus) database() {
	file := filepath.Join(c.dir, "flipped.db")
	db, err := sql.Open("sqlite", file)
	c.check(err)
	_, err = db.Exec("CREATE TABLE t (nom TEXT, courriel TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 20000) INSERT INTO t SELECT 'Vauclair', 'odette' || i || '@boite-perso.example' FROM n")
	c.check(err)
	c.check(db.Close())
	b, err := os.ReadFile(file)
	c.check(err)
	for at := 4096; at+8 < len(b); at += 8192 { // every other page leads to the second
		binary.BigEndian.PutUint32(b[at+8:], 2)
		b[at] = 5
	}
	c.write("flipped.db", b)
}

// repository is one whose pack and index were overwritten in places.
func (c corpus) repository() {
	dir := filepath.Join(c.dir, "repo")
	git := func(args ...string) bool {
		return exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Odette", "-c", "user.email=odette@boite-perso.example"}, args...)...).Run() == nil
	}
	for i := range 40 {
		c.write(fmt.Sprintf("repo/f%02d.txt", i), []byte(fmt.Sprintf("odette.%d@boite-perso.example\n", i)), repeat(fmt.Sprint(i), 3000))
	}
	if !git("init", "-q") || !git("add", ".") || !git("commit", "-qm", "un") || !git("repack", "-qad") {
		c.t.Log("no git here")
		return
	}
	for _, pattern := range []string{"*.pack", "*.idx"} {
		files, _ := filepath.Glob(filepath.Join(dir, ".git/objects/pack", pattern))
		for _, f := range files {
			c.check(os.Chmod(f, 0o600))
			b, err := os.ReadFile(f)
			c.check(err)
			for i := 40; i < len(b); i += 97 {
				b[i] ^= 0xff
			}
			c.check(os.WriteFile(f, b, 0o600))
		}
	}
}
