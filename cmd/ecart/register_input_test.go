package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// runRegister runs `ecart register …` in process and returns its two outputs.
func runRegister(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := root()
	cmd.SetArgs(append([]string{"register"}, args...))
	cmd.SetOut(&out)
	cmd.SetErr(&errs)
	err = cmd.ExecuteContext(t.Context())
	return out.String(), errs.String(), err
}

const smallRegister = `ecart: 1
organisation: {name: La Clairière}
treatments:
  - {id: paie, name: Paie, role: controller, purposes: [Salaires], data: [{category: nir, retention: {duration: P5Y}}]}
`

// TestRegisterRefuses holds that each input which cannot be read gives one clear
// error: what, and what to do.
func TestRegisterRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	reg := write("registre.yaml", smallRegister)
	book := filepath.Join(dir, "r.ods")
	if _, _, err := runRegister(t, "export", reg, "-o", book); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(dir, "locked.ods")
	rezip(t, book, locked, func(name string, text []byte) []byte {
		if name == "META-INF/manifest.xml" {
			return bytes.Replace(text, []byte("</manifest:manifest>"), []byte("<manifest:encryption-data/></manifest:manifest>"), 1)
		}
		return text
	}, "", "")
	for _, tt := range []struct{ name, command, path, want string }{
		{"a scanned PDF", "draft", write("scan.pdf", scannedPDF()), "no text"},
		{"an English policy", "draft", write("policy.txt", "Privacy policy. We collect your name and your e-mail address with the forms of this site.\n"), "French"},
		{"a page of 50 MB", "draft", write("page.html", "<html><body><p>"+strings.Repeat("Nous collectons vos données. ", 50<<20/29)), "larger"},
		{"an empty policy", "draft", write("empty.txt", ""), "no text"},
		{"a register given as policy", "draft", reg, "ecart register check"},
		{"a workbook with a password, ODS", "import", locked, "password"},
		{"a workbook with a password, Excel", "import", write("locked.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)), "password"},
		{"an empty table", "import", write("empty.csv", ""), "empty.csv"},
		{"a policy given as register", "import", write("politique.txt", "Politique de confidentialité\n"), "ecart register draft"},
		{"a broken workbook", "import", write("broken.xlsx", "PK\x03\x04rest"), "broken.xlsx"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, _, err := runRegister(t, tt.command, tt.path)
			if err == nil || out != "" {
				t.Fatalf("read: %q", out)
			}
			if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v: want one line with %q", err, tt.want)
			}
		})
	}
}

// TestRegisterPartial holds that what can be read of an odd input is, and that
// the rest is said.
func TestRegisterPartial(t *testing.T) {
	dir := t.TempDir()
	reg := filepath.Join(dir, "registre.yaml")
	if err := os.WriteFile(reg, []byte(smallRegister), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{"ods", "xlsx"} {
		book, macros := filepath.Join(dir, "r."+ext), filepath.Join(dir, "macros."+ext)
		if _, _, err := runRegister(t, "export", reg, "-o", book); err != nil {
			t.Fatal(err)
		}
		rezip(t, book, macros, nil, map[string]string{"ods": "Basic/Standard/m.xml", "xlsx": "xl/vbaProject.bin"}[ext], "macro")
		out, notes, err := runRegister(t, "import", macros)
		if err != nil || !strings.Contains(out, "category: nir") || !strings.Contains(notes, "macros were not read") {
			t.Errorf("%s with macros: %v, %q", ext, err, notes)
		}
	}

	// Windows-1252, with rows that have a cell too few or too many.
	table, err := charmap.Windows1252.NewEncoder().String("Activité;Usage;Durée\nPaie – été;Salaires;5 ans\nCourt\nLong;Envois;1 an;de trop;encore\n")
	if err != nil {
		t.Fatal(err)
	}
	csv, columns := filepath.Join(dir, "table.csv"), filepath.Join(dir, "colonnes.yaml")
	for path, text := range map[string]string{csv: table, columns: "columns: {name: Activité, purposes: Usage, retention: Durée}\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, notes, err := runRegister(t, "import", csv, "--map", columns)
	if err != nil || !strings.Contains(out, "Paie – été") || !strings.Contains(out, "P5Y") || !strings.Contains(out, "name: Long") {
		t.Errorf("broken rows: %v\n%s", err, out)
	}
	if !strings.Contains(notes, "row") {
		t.Errorf("broken rows are not said: %q", notes)
	}
}

// TestRegisterTwice holds that two sheets of one treatment are both kept, with ids
// that differ, and an empty sheet is none.
func TestRegisterTwice(t *testing.T) {
	dir := t.TempDir()
	reg := filepath.Join(dir, "registre.yaml")
	if err := os.WriteFile(reg, []byte(smallRegister+"  - {id: paie-bis, name: Paie, role: controller, purposes: [Salaires]}\n  - {id: vide, name: Vide}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(dir, "r.ods")
	if _, _, err := runRegister(t, "export", reg, "-o", book); err != nil {
		t.Fatal(err)
	}
	out, notes, err := runRegister(t, "import", book)
	if err != nil || strings.Count(out, "name: Paie") != 2 {
		t.Fatalf("two sheets of one treatment: %v\n%s", err, out)
	}
	if !strings.Contains(notes, "Paie") {
		t.Errorf("nothing says that two sheets have one name: %q", notes)
	}
}

// rezip copies an archive; change edits its parts, and a part more may be added.
func rezip(t *testing.T, from, to string, change func(name string, text []byte) []byte, more, text string) {
	t.Helper()
	r, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name string, text []byte) {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			text = change(f.Name, text)
		}
		add(f.Name, text)
	}
	if more != "" {
		add(more, []byte(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// scannedPDF is a page that is one picture: no text at all.
func scannedPDF() string {
	var b strings.Builder
	var at []int
	object := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>")
	object("<< /Length 28 >>\nstream\nq 100 0 0 100 0 0 cm /I Do Q\nendstream")
	object("<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.String()
}

// TestDraftKeeps holds that a draft never takes the place of a register unasked.
func TestDraftKeeps(t *testing.T) {
	dir := t.TempDir()
	text, reg := filepath.Join(dir, "politique.txt"), filepath.Join(dir, "registre.yaml")
	policy := "Politique de confidentialité\n\nNous collectons votre nom et votre adresse e-mail pour l'envoi de la lettre.\n"
	for path, src := range map[string]string{text: policy, reg: smallRegister} {
		if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, _, err := runRegister(t, "draft", text, "-o", reg)
	if err == nil || !strings.Contains(err.Error(), "--force") || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v: want one line with --force", err)
	}
	if kept, err := os.ReadFile(reg); err != nil || string(kept) != smallRegister {
		t.Errorf("the register was changed: %v", err)
	}
	if _, _, err := runRegister(t, "draft", text, "-o", reg, "--force"); err != nil {
		t.Fatal(err)
	}
	if now, err := os.ReadFile(reg); err != nil || string(now) == smallRegister {
		t.Errorf("--force did not write: %v", err)
	}
	if _, _, err := runRegister(t, "draft", text, "-o", filepath.Join(dir, "new.yaml")); err != nil {
		t.Errorf("a new file: %v", err)
	}
}
