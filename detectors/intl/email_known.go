package intl

import "github.com/ecart-rgpd/ecart/detectors/shape"

// exampleDomain tells whether the domain is one of RFC 2606 that can hold no
// mailbox; names under .example are left to stand for real ones.
func exampleDomain(s []byte) bool {
	for _, d := range [...]string{"example.com", "example.org", "example.net", "test", "invalid", "localhost"} {
		if under(s, d) {
			return true
		}
	}
	return false
}

// under tells whether s is domain d or stands below it, in any case.
func under(s []byte, d string) bool {
	if len(s) < len(d) {
		return false
	}
	tail := s[len(s)-len(d):]
	for i := range len(d) {
		if tail[i]|0x20 != d[i]|0x20 {
			return false
		}
	}
	return len(s) == len(d) || s[len(s)-len(d)-1] == '.'
}

// role tells whether a local part names a role or a machine, not a person: its
// first word, up to '.', '-', '_' or '+', is one of the list, or all of it.
func role(local []byte) bool {
	var buf [16]byte
	n := 0
	for i, c := range local {
		if c == '-' || c == '_' || c == '.' || c == '+' {
			if i < 3 { // e-mail, no-reply, no.reply
				continue
			}
			break
		}
		if n == len(buf) {
			return false
		}
		if shape.Upper(c) {
			c |= 0x20
		}
		buf[n] = c
		n++
	}
	switch string(buf[:n]) {
	case "contact", "contacts", "info", "infos", "information", "hello", "bonjour", "accueil", "admin", "administrator", "administrateur",
		"webmaster", "postmaster", "hostmaster", "root", "abuse", "security", "securite", "noreply", "nereply", "nepasrepondre", "donotreply", "bounce",
		"bounces", "mailerdaemon", "notification", "notifications", "newsletter", "news", "support", "help", "helpdesk", "aide", "assistance", "service",
		"services", "sales", "ventes", "commercial", "marketing", "press", "presse", "media", "jobs", "recrutement", "rh", "hr", "emploi", "dpo", "dpd",
		"rgpd", "gdpr", "privacy", "cnil", "legal", "juridique", "mairie", "secretariat", "direction", "compta", "comptabilite", "facturation",
		"billing", "invoices", "factures", "team", "equipe", "office", "reception", "dev", "developers", "devs", "git", "github", "gitlab", "svn",
		"lists", "listes", "maintainers", "maintainer", "bot", "bugs", "bug", "issues", "feedback", "mail", "email", "courriel", "user",
		"username", "utilisateur", "name", "nom", "someone", "somebody", "you", "your", "me", "test", "tests", "tester", "example",
		"exemple", "demo", "guest", "www", "ftp", "daemon", "nobody", "npm", "hi", "usager", "client", "clients", "editor", "webteam", "ops", "devops",
		"sysadmin", "it", "dsi", "informatique", "moderation", "moderator", "signalement", "reclamation", "reclamations", "vieprivee", "donneespersonnelles":
		return true
	}
	return false
}
