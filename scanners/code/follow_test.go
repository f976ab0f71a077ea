package code

import (
	"fmt"
	"slices"
	"testing"
)

// A parameter is judged by its declared type, however short its name, in every
// language that declares one; a value is followed through the calls of its file,
// whatever their order and the names of their parameters.
func TestFlowsOfAFile(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"a.go", "package a\nimport \"log\"\ntype Patient struct{ Email string }\nfunc k(p Patient) {\n\tlog.Println(\"x\", p.Email)\n}\n", "5 Patient.Email"},
		{"b.go", "package a\nimport \"log\"\nfunc k(p *modeles.Patient) {\n\tlog.Println(\"x\", p.Email)\n}\n", "4 Patient.Email"},
		{"c.go", "package a\nimport \"log\"\nfunc k(val modeles.Patient, end int) {\n\tlog.Println(\"x\", val.Email, end)\n}\n", "4 Patient.Email"},
		{"a.ts", "class Patient { email: string }\nfunction k(p: Patient) {\n  console.log('x', p.email);\n}\n", "3 Patient.email"},
		{"b.ts", "class Patient { email: string }\nfunction k(val: Patient) {\n  console.log('x', val.email);\n}\n", "3 Patient.email"},
		{"A.java", "class A {\n  void k(Patient p) {\n    log.info(\"x\" + p.getEmail());\n  }\n}\n", "3 Patient.Email"},
		{"A.kt", "fun k(p: Patient) {\n  log.info(\"x ${p.email}\")\n}\n", "2 Patient.email"},
		{"A.cs", "class A {\n  void K(Patient p) {\n    logger.LogInformation(\"x {0}\", p.Email);\n  }\n}\n", "3 Patient.Email"},
		{"a.php", "<?php\nfunction k(Patient $p) {\n  $this->logger->info('x ' . $p->getEmail());\n}\n", "3 Patient.Email"},
		{"a.py", "import logging\ndef k(p: Patient):\n    logging.info('x %s', p.email)\n", "3 Patient.email"},
		{
			"deep.py", "import logging\nlog = logging.getLogger(__name__)\n\ndef f(usager):\n    relayer(usager.telephone)\n\ndef relayer(v):\n    tracer(v)\n\ndef tracer(v):\n    ecrire(v)\n\ndef ecrire(v):\n    log.info('v %s', v)\n",
			"14 usager.telephone",
		},
		{
			"up.py", "import logging\nlog = logging.getLogger(__name__)\n\ndef ecrire(v):\n    log.info('v %s', v)\n\ndef tracer(w):\n    ecrire(w)\n\ndef relayer(v):\n    tracer(v)\n\ndef f(usager):\n    relayer(usager.telephone)\n",
			"5 usager.telephone",
		},
		{"round.py", "def a(v):\n    b(v)\n\ndef b(v):\n    a(v)\n    print(v)\n\ndef f(usager):\n    a(usager.telephone)\n", "6 usager.telephone"},
	} {
		var got []string
		for _, f := range readText(t, c.file, c.text).Flows {
			if f.Source.Container != "" && f.To == nil {
				got = append(got, fmt.Sprintf("%d %s.%s", f.Line, f.Source.Container, f.Source.Name))
			}
		}
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: %v, want %s", c.file, got, c.want)
		}
	}
}

// A password hashed by a function of the same file counts by the name its caller
// gives it; anything else hashed there does not.
func TestPasswordHashedBehindACall(t *testing.T) {
	const body = "import hashlib\n\ndef condenser(x):\n    return hashlib.md5(x.encode()).hexdigest()\n\n"
	for call, want := range map[string]bool{
		"def f(mot_de_passe):\n    g(mot_de_passe)\n\ndef g(x):\n    return condenser(x)\n": true,
		"def f(courriel):\n    return condenser(courriel)\n":                                false,
	} {
		got := false
		for _, f := range readText(t, "a.py", body+call).Flows {
			got = got || f.Sink == "plaintext"
		}
		if got != want {
			t.Errorf("%s: told %t", call, got)
		}
	}
}

// A text is a statement that keeps a password when it writes a column of that name: a
// title is none, and what stands behind WHERE is read.
func TestPasswordInStatements(t *testing.T) {
	for call, want := range map[string]bool{
		`$db->execute("INSERT INTO compte (nom, mot_de_passe) VALUES (?, ?)", $motDePasse);`: true,
		`$db->execute("insert into compte values (:nom, :mot_de_passe)", $motDePasse);`:      true,
		`$db->execute("UPDATE compte SET mot_de_passe = ? WHERE id = ?", $motDePasse);`:      true,
		`$db->execute("UPDATE compte SET vu = 1 WHERE mot_de_passe = ?", $motDePasse);`:      false,
		`$mailer->titre("Update password of the account", $motDePasse);`:                     false,
		`$mailer->titre("Insert the password into the box", $motDePasse);`:                   false,
		`$mailer->titre("Insert into the box below your password", $motDePasse);`:            false,
	} {
		got := false
		for _, f := range readText(t, "a.php", "<?php\nfunction f($db, $mailer, $motDePasse) {\n    "+call+"\n}\n").Flows {
			got = got || f.Sink == "plaintext"
		}
		if got != want {
			t.Errorf("%s: told %t", call, got)
		}
	}
}
