package detectors

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// The slow reference: every trigger as a plain regular expression, tried at
// every offset. It shares nothing with the finders but the meaning of a trigger.
//
// A letter is any rune but digits and ASCII signs, without Latin-1 signs and the
// general punctuation of U+2000 to U+2FFF.
const (
	reLetter = `A-Za-z\x{C0}-\x{1FFF}\x{3000}-\x{10FFFF}`
	reWord   = `[0-9` + reLetter + `]`
	reSep    = `[ ./\x{A0}\x{202F}-]`
	reDigit  = `(?:` + reSep + `?[0-9])`
	reHex    = `[0-9A-Fa-f]`
)

// corsica counts as digits: six of them, the last 2, then A or B.
const corsica = `[0-9]` + reDigit + `{4}` + reSep + `?2[ABab]` + reDigit

// references say of what starts at an offset, and of the rune before it, when
// an event of a kind is there.
var references = map[kind]struct{ before, at *regexp.Regexp }{
	number9:    {noWord, regexp.MustCompile(`^(?:[0-9]` + reDigit + `{8}|` + corsica + `{2})`)},
	number10:   {noWord, regexp.MustCompile(`^(?:0` + reDigit + `{9}|0` + reDigit + `{4}` + reSep + `?2[ABab]` + reDigit + `{3})`)},
	number13:   {noWord, regexp.MustCompile(`^(?:[0-9]` + reDigit + `{12}|` + corsica + `{6})`)},
	number14:   {noWord, regexp.MustCompile(`^(?:[0-9]` + reDigit + `{13}|` + corsica + `{7})`)},
	aPlus:      {nil, regexp.MustCompile(`^\+[0-9]`)},
	anAt:       {regexp.MustCompile(`[^\x00-\x20]$`), regexp.MustCompile(`^@` + reWord)},
	someOctets: {noWord, regexp.MustCompile(`^[0-9]{1,3}(?:\.[0-9]{1,3}){2}\.[0-9]`)},
	aDecimal:   {noWord, regexp.MustCompile(`^[0-9]{1,3}\.[0-9]{4}`)},
	anIBAN:     {noWord, regexp.MustCompile(`^[A-Za-z]{2}[0-9]{2}(?:` + reWord + `|` + reSep + `)`)},
	aPlate:     {noWord, regexp.MustCompile(`^[A-Za-z]{2}[ ./-]?[0-9]{3}[ ./-]?[A-Za-z]{2}`)},
	anAngle:    {regexp.MustCompile(reWord + `$`), regexp.MustCompile(`^<<`)},
}

var (
	noWord    = regexp.MustCompile(`(?:^|[^0-9` + reLetter + `])$`)
	number    = regexp.MustCompile(`[0-9.]{0,11}[0-9]$`)
	endLetter = regexp.MustCompile(`[` + reLetter + `]$`)
	hexChain  = regexp.MustCompile(`^[0-9A-Fa-f:]{1,45}`)
	tooLong   = regexp.MustCompile(reHex + `{5}`)
	hexGroup  = regexp.MustCompile(`^` + reHex + `{0,4}:`)
	noChain   = regexp.MustCompile(`(?:^|[^:0-9` + reLetter + `])$`)
)

// reference returns the events of a text of valid UTF-8.
func reference(text string) []event {
	var list []event
	for i := range text {
		for k, r := range references {
			if (r.before == nil || r.before.MatchString(last(text[:i]))) && r.at.MatchString(text[i:]) {
				list = append(list, event{at: int32(i), kind: k})
			}
		}
		if slices.Contains(list, event{at: int32(i), kind: number14}) { // it stands for both
			list = slices.DeleteFunc(list, func(e event) bool { return e == event{at: int32(i), kind: number13} })
		}
		if strings.HasPrefix(text[i:], "°") {
			if at := number.FindStringIndex(text[:i]); at != nil && !endLetter.MatchString(last(text[:at[0]])) {
				list = append(list, event{at: int32(at[0]), kind: aDegree})
			}
		}
		if chainAt(text, i) {
			list = append(list, event{at: int32(i), kind: someColons})
		}
	}
	return sorted(list)
}

// last returns the rune before an offset; empty at the start of the text.
func last(before string) string {
	_, n := utf8.DecodeLastRuneInString(before)
	return before[len(before)-n:]
}

// chainAt tells whether hexadecimal groups start at i that may be an address.
func chainAt(text string, i int) bool {
	if !noChain.MatchString(last(text[:i])) || !hexGroup.MatchString(text[i:]) {
		return false
	}
	c := hexChain.FindString(text[i:])
	if cut := tooLong.FindStringIndex(c); cut != nil {
		c = c[:cut[1]]
	}
	n := strings.Count(c, ":")
	return n >= 4 || n >= 2 && strings.Contains(c, "::") && strings.ContainsAny(c, "0123456789")
}

// against compares both finders with the reference, offset by offset.
func against(t *testing.T, e *Engine, text []byte) {
	t.Helper()
	want := reference(string(text))
	var plain sight
	classLoop{e}.find(text, &plain)
	diff(t, "class loop", text, sorted(plain.shapes), want)
	for name, run := range kernelsHere() {
		var got sight
		(&maskFinder{engine: e, run: run}).find(text, &got)
		diff(t, name, text, sorted(got.shapes), want)
	}
}

func referenceEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := New(toys())
	if err != nil {
		t.Fatal(err)
	}
	e.nine = true
	return e
}

func TestFindersAgainstTheReference(t *testing.T) {
	e := referenceEngine(t)
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 1500 {
		against(t, e, bytes.ToValidUTF8(glue(rnd, 1+rnd.IntN(200)), []byte("é")))
	}
}

// The texts that detectors are tested with are the corpus: they hold every kind
// of value, and what is nearly one.
func TestFindersAgainstTheReferenceOnCorpora(t *testing.T) {
	e := referenceEngine(t)
	for _, pattern := range []string{"fr/testdata/*.txtar", "intl/testdata/*.txtar", "places/testdata/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no corpus (%v)", pattern, err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if utf8.Valid(text) {
				against(t, e, text)
			}
		}
	}
}

func FuzzReference(f *testing.F) {
	for _, s := range fragments {
		f.Add([]byte(s), uint64(1))
	}
	e := referenceEngine(f)
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		text = append(glue(rnd, 40), append(text[:min(len(text), 200)], glue(rnd, 40)...)...)
		against(t, e, bytes.ToValidUTF8(text, []byte("é")))
	})
}
