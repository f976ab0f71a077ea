package code

import (
	"strings"
	"testing"
)

func TestCookieLifetimes(t *testing.T) {
	for _, c := range []struct{ name, path, text, want string }{
		{"php, seconds from now", "a.php", `<?php setcookie("suivi", $id, time() + 3600 * 24 * 730, "/");`, "suivi P730D"},
		{"php, options", "a.php", `<?php setcookie("suivi", $id, ["expires" => strtotime("+2 years"), "secure" => true]);`, "suivi P730D"},
		{"php, a constant", "a.php", "<?php\nconst DUREE = 86400 * 500;\nsetcookie('suivi', $id, time() + DUREE);", "suivi P500D"},
		{"page", "a.js", `document.cookie = "suivi=1; path=/; max-age=63072000; secure";`, "suivi P730D"},
		{"page, computed", "a.js", "document.cookie = `suivi=${id}; max-age=${60 * 60 * 24 * 730}; path=/`;", "suivi P730D"},
		{"express counts in milliseconds", "a.ts", `res.cookie('suivi', id, { maxAge: 1000 * 60 * 60 * 24 * 730, httpOnly: true })`, "suivi P730D"},
		{"js-cookie counts in days", "a.ts", `Cookies.set('suivi', id, { expires: 730 })`, "suivi P730D"},
		{"python", "a.py", "response.set_cookie('suivi', ident, max_age=60 * 60 * 24 * 730)\n", "suivi P730D"},
		{"python, timedelta", "a.py", "response.set_cookie('suivi', ident, max_age=timedelta(days=730))\n", "suivi P730D"},
		{"django", "settings.py", "SESSION_COOKIE_AGE = 60 * 60 * 24 * 500\n", "SESSION_COOKIE_AGE P500D"},
		{"rails", "a.rb", "cookies[:suivi] = { value: id, expires: 2.years.from_now }\n", "suivi P730D"},
		{"rails, permanent", "a.rb", "cookies.permanent[:suivi] = id\n", "suivi P7300D"},
		{"java", "A.java", `class A { void f() { Cookie suivi = new Cookie("s", id); suivi.setMaxAge(60 * 60 * 24 * 730); } }`, "suivi P730D"},
		{"go", "a.go", "package a\nfunc f() { http.SetCookie(w, &http.Cookie{Name: \"suivi\", Value: id, MaxAge: 86400 * 730}) }\n", "suivi P730D"},
		{"go, a date", "a.go", "package a\nfunc f() { http.SetCookie(w, &http.Cookie{Name: \"suivi\", Expires: time.Now().AddDate(2, 0, 0)}) }\n", "suivi P730D"},
		{"c#", "A.cs", `class A { void F() { Response.Cookies.Append("suivi", id, new CookieOptions { Expires = DateTimeOffset.Now.AddYears(2) }); } }`, "cookie P730D"},
		{"a header", "a.py", "headers = [('Set-Cookie: ', 'suivi=1; Path=/; Max-Age=63072000')]\n", "suivi P730D"},

		{"one year", "a.php", `<?php setcookie("suivi", $id, time() + 3600 * 24 * 365, "/");`, ""},
		{"deleted", "a.php", `<?php setcookie("suivi", "", time() - 3600 * 24 * 999);`, ""},
		{"not known", "a.php", `<?php setcookie("suivi", $id, time() + $this->duree * 86400);`, ""},
		{"a point in time", "a.php", `<?php setcookie("suivi", $id, 1999999999);`, ""},
		{"express, one day", "a.ts", `res.cookie('suivi', id, { maxAge: 86400000 })`, ""},
		{"of a cache", "a.ts", `res.set('Cache-Control', 'public, max-age=63072000'); document.cookie = 'a=1'`, ""},
		{"strict transport", "a.py", "h['Strict-Transport-Security'] = 'max-age=63072000; includeSubDomains'\nresponse.set_cookie('a', b)\n", ""},
		{"a commented line", "a.py", "# response.set_cookie('suivi', ident, max_age=63072000)\n", ""},
		{"a test", "tests/a.py", "response.set_cookie('suivi', ident, max_age=63072000)\n", ""},
		{"another expiry", "a.ts", `jwt.sign(x, { expires: 730 }); Cookies.get('suivi'); document.cookie = 'a=b'`, ""},
	} {
		got := ""
		for _, f := range readText(t, c.path, c.text).Flows {
			if f.Kept != "" {
				got += f.Source.Name + " " + f.Kept
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The work stays in proportion to the file, whatever it nests.
func TestCookiesAreBounded(t *testing.T) {
	for _, piece := range []string{"setcookie(", "document.cookie = ", "setMaxAge(X * ", "X = X * "} {
		readText(t, "A.java", strings.Repeat(piece+"\n", maxSource/4/(len(piece)+1)))
		readText(t, "a.js", strings.Repeat(piece+"\n", maxSource/4/(len(piece)+1)))
	}
}
