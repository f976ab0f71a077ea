package repo

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// TestForms reads what a maintained repository has beside its packs: each form is made
// by git, and every blob is compared with git's own answer.
func TestForms(t *testing.T) {
	more := func(t *testing.T, dir, name string) {
		writeFile(t, filepath.Join(dir, name), strings.Repeat("encore "+name+"\n", 300))
		run(t, dir, "add", "-A")
		run(t, dir, "commit", "-qm", "x")
		run(t, dir, "repack", "-dq")
	}
	forms := map[string]func(t *testing.T, dir string){
		"multi-pack index": func(t *testing.T, dir string) {
			more(t, dir, "a.txt")
			more(t, dir, "b.txt")
			run(t, dir, "multi-pack-index", "write")
		},
		"bitmaps and a reverse index": func(t *testing.T, dir string) {
			run(t, dir, "-c", "pack.writeReverseIndex=true", "repack", "-adfqb")
		},
		"commit graph": func(t *testing.T, dir string) {
			run(t, dir, "repack", "-adq")
			run(t, dir, "commit-graph", "write", "--reachable", "--changed-paths")
		},
		"cruft pack": func(t *testing.T, dir string) {
			run(t, dir, "checkout", "-q", "-b", "bref")
			more(t, dir, "perdu.txt")
			run(t, dir, "checkout", "-q", "main")
			run(t, dir, "branch", "-q", "-D", "bref")
			run(t, dir, "reflog", "expire", "--expire=now", "--all")
			run(t, dir, "gc", "-q", "--cruft", "--prune=never")
		},
		"kept pack": func(t *testing.T, dir string) {
			more(t, dir, "a.txt")
			packs, _ := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack")) // the pattern is right
			writeFile(t, strings.TrimSuffix(packs[0], ".pack")+".keep", "")
			more(t, dir, "b.txt")
			run(t, dir, "repack", "-adq")
		},
		"geometric": func(t *testing.T, dir string) {
			for _, name := range []string{"a", "b", "c"} {
				more(t, dir, name)
			}
			run(t, dir, "repack", "-dq", "--geometric=2")
		},
		"not compressed":    func(t *testing.T, dir string) { run(t, dir, "-c", "pack.compression=0", "repack", "-adFq") },
		"compressed at 9":   func(t *testing.T, dir string) { run(t, dir, "-c", "core.compression=9", "repack", "-adFq") },
		"long chains":       func(t *testing.T, dir string) { run(t, dir, "repack", "-adFq", "--depth=4095", "--window=250") },
		"islands, one core": func(t *testing.T, dir string) { run(t, dir, "-c", "pack.threads=1", "repack", "-adFqi") },
		"stash and notes": func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "f1.txt"), "mis de côté")
			writeFile(t, filepath.Join(dir, "neuf.txt"), "jamais suivi")
			run(t, dir, "stash", "-q", "-u")
			run(t, dir, "notes", "add", "-m", "une note", "HEAD")
			run(t, dir, "tag", "-a", "v1", "-m", "tag")
			run(t, dir, "repack", "-adq")
		},
		"blobs of all sizes": func(t *testing.T, dir string) {
			random := rand.New(rand.NewChaCha8([32]byte{}))
			for _, n := range []int{0, 1, 15, 16, 17, 2047, 2048, 65535, 65536, 1 << 20} {
				b := make([]byte, n)
				for i := range b {
					b[i] = byte(random.Uint32())
				}
				writeFile(t, filepath.Join(dir, "sizes", hex.EncodeToString([]byte{byte(n), byte(n >> 8), byte(n >> 16)})), string(b))
			}
			run(t, dir, "add", "-A")
			run(t, dir, "commit", "-qm", "x")
			run(t, dir, "repack", "-adFq")
		},
	}
	for name, make := range forms {
		for _, format := range []string{"sha1", "sha256"} {
			t.Run(name+", "+format, func(t *testing.T) {
				dir := makeRepository(t, "--object-format="+format)
				make(t, dir)
				compare(t, dir)
			})
		}
	}
}

// TestFormsOfFolders reads repositories that are not a folder with .git in it.
func TestFormsOfFolders(t *testing.T) {
	origin := makeRepository(t)
	run(t, origin, "repack", "-adq")
	t.Run("two alternates, one through another", func(t *testing.T) {
		a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
		run(t, origin, "clone", "-q", "--shared", origin, a)
		writeFile(t, filepath.Join(a, "de-a.txt"), "de a")
		run(t, a, "add", "-A")
		run(t, a, "commit", "-qm", "x")
		run(t, a, "clone", "-q", "--shared", a, b)
		writeFile(t, filepath.Join(b, "de-b.txt"), "de b")
		run(t, b, "add", "-A")
		compare(t, b)
	})
	t.Run("separate git folder", func(t *testing.T) {
		tree, dir := filepath.Join(t.TempDir(), "arbre"), filepath.Join(t.TempDir(), "dépôt")
		run(t, origin, "clone", "-q", "--separate-git-dir="+dir, origin, tree)
		compare(t, tree)
	})
	t.Run("mirror", func(t *testing.T) {
		to := filepath.Join(t.TempDir(), "m.git")
		run(t, origin, "clone", "-q", "--mirror", "file://"+origin, to)
		compare(t, to)
	})
	t.Run("submodule", func(t *testing.T) {
		super := makeRepository(t)
		run(t, super, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin, "module")
		compare(t, filepath.Join(super, "module"))
	})
}

// A madeEntry is one object of a made pack: its kind, what stands before its bytes, and those.
type madeEntry struct {
	id     [20]byte
	kind   byte
	size   int    // as its head says
	before []byte // the base of a delta
	body   []byte
}

// madePack writes a pack and its index by hand, as no git would.
func madePack(t *testing.T, dir string, entries []madeEntry) {
	t.Helper()
	pack := binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), uint32(len(entries)))
	offsets := map[[20]byte]int{}
	for _, e := range entries {
		offsets[e.id] = len(pack)
		n := e.size >> 4
		head := []byte{e.kind<<4 | byte(e.size&15)}
		for ; n > 0; n >>= 7 {
			head[len(head)-1] |= 0x80
			head = append(head, byte(n&0x7f))
		}
		pack = append(append(append(pack, head...), e.before...), packed(t, e.body)...)
	}
	sum := sha1.Sum(pack)
	pack = append(pack, sum[:]...)
	var sorted [][20]byte
	for _, e := range entries {
		sorted = append(sorted, e.id)
	}
	for i := range sorted {
		for j := i + 1; j < len(sorted); j++ {
			if bytes.Compare(sorted[j][:], sorted[i][:]) < 0 {
				sorted[i], sorted[j] = sorted[j], sorted[i]
			}
		}
	}
	idx := []byte("\xfftOc\x00\x00\x00\x02")
	for first := range 256 {
		n := 0
		for _, id := range sorted {
			if int(id[0]) <= first {
				n++
			}
		}
		idx = binary.BigEndian.AppendUint32(idx, uint32(n))
	}
	for _, id := range sorted {
		idx = append(idx, id[:]...)
	}
	idx = append(idx, make([]byte, 4*len(sorted))...)
	for _, id := range sorted {
		idx = binary.BigEndian.AppendUint32(idx, uint32(offsets[id]))
	}
	idx = append(idx, sum[:]...)
	own := sha1.Sum(idx)
	idx = append(idx, own[:]...)
	name := filepath.Join(dir, ".git/objects/pack/pack-"+strings.Repeat("ab", 20))
	writeFile(t, name+".pack", string(pack))
	writeFile(t, name+".idx", string(idx))
}

func packed(t *testing.T, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMadePacks reads packs that no git makes: what is in them and cannot be made is
// told, and nothing is made room for on the word of a head.
func TestMadePacks(t *testing.T) {
	id := func(n byte) [20]byte { return [20]byte{n, 1} }
	ref := func(n byte) []byte { b := id(n); return b[:] }
	whole := madeEntry{id(1), typeBlob, 5, nil, []byte("entier")[:5]}
	chain := []madeEntry{whole}
	for n := 1; n < 6000; n++ { // each a copy of the one before
		chain = append(chain, madeEntry{
			id: [20]byte{2, byte(n >> 8), byte(n)}, kind: typeRefDelta, size: 4,
			before: append([]byte(nil), chain[n-1].id[:]...), body: []byte{5, 5, 0x90, 5},
		})
	}
	for name, test := range map[string]struct {
		entries    []madeEntry
		read, lost int
	}{
		"whole":                       {[]madeEntry{whole}, 1, 0},
		"a head that promises a lot":  {[]madeEntry{whole, {id(2), typeBlob, 1 << 30, nil, []byte("peu")}}, 2, 0}, // streamed: its reader says so
		"one beyond what is safe":     {[]madeEntry{whole, {id(2), typeBlob, 1 << 40, nil, []byte("peu")}}, 2, 0},
		"a delta that promises a lot": {[]madeEntry{whole, {id(2), typeRefDelta, 8, ref(1), []byte{5, 0x80, 0x80, 0x80, 0x80, 4, 0x90, 5}}}, 1, 1},
		"a delta against itself":      {[]madeEntry{whole, {id(2), typeRefDelta, 4, ref(2), []byte{5, 5, 0x90, 5}}}, 1, 1},
		"two against each other":      {[]madeEntry{whole, {id(2), typeRefDelta, 4, ref(3), []byte{5, 5, 0x90, 5}}, {id(3), typeRefDelta, 4, ref(2), []byte{5, 5, 0x90, 5}}}, 1, 2},
		"a circle with a tail":        {[]madeEntry{whole, {id(2), typeRefDelta, 4, ref(3), []byte{5, 5, 0x90, 5}}, {id(3), typeRefDelta, 4, ref(2), []byte{5, 5, 0x90, 5}}, {id(4), typeRefDelta, 4, ref(3), []byte{5, 5, 0x90, 5}}}, 1, 3},
		"a base that is nowhere":      {[]madeEntry{whole, {id(2), typeRefDelta, 4, ref(9), []byte{5, 5, 0x90, 5}}}, 1, 1},
		"a chain of six thousand":     {chain, len(chain), 0}, // git makes what is beyond our bound
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			run(t, dir, "init", "-q")
			madePack(t, dir, test.entries)
			s, err := openStore(dir)
			if err != nil {
				t.Fatal(err)
			}
			read, lost := 0, 0
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err = s.blobs(context.Background(), func(string) bool { return true },
				func(string, *version) error { read++; return nil },
				func(string, error) { lost++ })
			runtime.ReadMemStats(&after)
			if err != nil || read != test.read || lost != test.lost {
				t.Errorf("%d read, %d lost, want %d and %d: %v", read, lost, test.read, test.lost, err)
			}
			if made := after.TotalAlloc - before.TotalAlloc; made > 64<<20 {
				t.Errorf("%d MiB made room for", made>>20)
			}
		})
	}
}

// TestLargeBlobsOfLittle reads no blob that unpacks to far more than there is of it, and
// says so.
func TestLargeBlobsOfLittle(t *testing.T) {
	for name, pack := range map[string]bool{"loose": false, "packed": true} {
		t.Run(name, func(t *testing.T) {
			h := goneBlob(t, "%PDF"+strings.Repeat("\x00", maxHeld+1), pack)
			items := 0
			for it, err := range h.Items(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				items++
				_, err := it.Open()
				if reason := document.Reason(""); !errors.As(err, &reason) {
					t.Errorf("opened: %v", err)
				}
				if it.Close != nil {
					it.Close()
				}
			}
			if items != 1 {
				t.Errorf("%d items", items)
			}
		})
	}
}

// goneBlob opens the past of a repository whose only file was removed, packed or loose.
func goneBlob(t *testing.T, text string, pack bool) *History {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, "init", "-q", "-b", "main")
	run(t, dir, "config", "core.looseCompression", "9")
	writeFile(t, filepath.Join(dir, "grand.txt"), text)
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-qm", "x")
	run(t, dir, "rm", "-q", "grand.txt")
	run(t, dir, "commit", "-qm", "y")
	if pack {
		run(t, dir, "repack", "-adq")
	}
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestLargeBlobs streams what is too large to be held, packed or loose, and says of one
// that is cut short that it is.
func TestLargeBlobs(t *testing.T) {
	var lines strings.Builder
	for i := 0; lines.Len() <= maxHeld; i++ { // no bomb
		fmt.Fprintf(&lines, "la ligne %d de %x ne dit rien\n", i, i*i)
	}
	line := lines.String()
	for name, pack := range map[string]bool{"loose": false, "packed": true} {
		t.Run(name, func(t *testing.T) {
			h := goneBlob(t, line, pack)
			items := 0
			for it, err := range h.Items(context.Background()) {
				if err != nil || it.Unread != "" {
					t.Fatal(err, it.Unread)
				}
				items++
				r, err := it.Open()
				if err != nil {
					t.Fatal(err)
				}
				b, err := io.ReadAll(r)
				if err != nil || string(b) != line || it.Size != int64(len(line)) {
					t.Errorf("%d bytes of %d: %v", len(b), it.Size, err)
				}
				_ = r.Close() // read only
				if it.Close != nil {
					it.Close()
				}
			}
			if items != 1 {
				t.Errorf("%d items", items)
			}
		})
	}
	if _, err := io.ReadAll(&streamed{io.NopCloser(strings.NewReader("court")), 9}); err == nil {
		t.Error("a blob cut short is read as if it were whole")
	}
	if _, err := io.ReadAll(&streamed{io.NopCloser(strings.NewReader("trop long")), 5}); err == nil {
		t.Error("a blob longer than it says is read")
	}
}
