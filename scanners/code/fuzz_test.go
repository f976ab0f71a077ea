package code

import "testing"

// FuzzParse: no text of any language makes the reader fail, or point outside.
func FuzzParse(f *testing.F) {
	v, err := load(nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"<?php class A { private $email; function f($x) { $this->log->info(\"$x->y {$x['z']}\"); } }",
		"class A:\n  email: str\n  def f(self, x):\n    log.info(f\"{x!r} {self.y}\")\n",
		"const {a, b: c} = req.body; console.log(`x ${a?.b[0]} ${c}`)", "x = /[/\"]/ / 2; <a b={c => `d`}>'",
		"class A < B\n  attribute :email\n  def f(x) = puts(\"#{x}\")\n  y = <<~Z\n  #{x}\n  Z\nend\n",
		"package a\ntype A struct { Email string `json:\"e\"` }\nfunc f[T any](x T) { log.Println(x) }\n",
		"data class A(val email: String) { fun f() = log.info(\"$email ${email}\") }", "record A(string B) { string C => $\"{B:x}\"; }", "((((({{{[[[", "\"\"\"", "<<<A\n",
	} {
		f.Add([]byte(seed), uint8(len(seed)))
	}
	f.Fuzz(func(t *testing.T, src []byte, n uint8) {
		lang := languages[int(n)%len(languages)]
		s := &source{path: "a" + lang.exts[0], src: src, words: v}
		s.parse(src, lang, 1)
		s.template(src, n%2 == 0)
		s.scripts()
		s.jsonContract()
		s.yamlContract()
		readSettings(s)
	})
}
