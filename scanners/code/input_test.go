package code

import (
	"slices"
	"testing"
)

// What is asked for together is the context of each value.
func TestInputsBesides(t *testing.T) {
	for _, c := range []struct {
		name, path, text, source string
		want                     []string
	}{
		{"other functions count", "vues.py", "def a(request):\n    diagnostic = request.POST[\"diagnostic\"]\n    logger.info(diagnostic)\ndef b(request):\n    courriel = request.POST[\"courriel\"]\n", "diagnostic", []string{"courriel", "diagnostic"}},
		{"taken apart", "vues.ts", "function a(req) { const { diagnostic, courriel } = req.body; console.log(diagnostic) }", "diagnostic", []string{"courriel", "diagnostic"}},
		{"alone", "vues.py", "def a(request, courriel):\n    diagnostic = request.POST[\"diagnostic\"]\n    logger.info(diagnostic)\n", "diagnostic", nil},
		{"no request", "vues.py", "def a(courriel, config):\n    diagnostic = config.diagnostic\n    logger.info(diagnostic)\n    x = config.courriel\n", "diagnostic", nil},
	} {
		var got []string
		for _, f := range readText(t, c.path, c.text).Flows {
			if f.Source.Name == c.source {
				got = f.Source.Neighbours
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// What logs is known by how it was made, and what a value is by where it was read.
func TestLoggersAndNames(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		want             []string
	}{
		{"made by a factory", "a.py", "journal = logging.getLogger(\"x\")\ndef f(email):\n    journal.info(email)\n", []string{"email"}},
		{"made by something else", "a.py", "journal = presse.getIssue(\"x\")\ndef f(email):\n    journal.info(email)\n", nil},
		{"a name that adds nothing", "a.php", "<?php function f($l) { $adresse = $l->getCourriel(); $this->logger->info($adresse); }", []string{"Courriel"}},
		{"a name that says it", "a.php", "<?php function f($l) { $adresse = $l->getLigne(); $this->logger->info($adresse); }", []string{"Ligne", "adresse"}},
		{"a call that may fail", "a.rb", "def f\n  Rails.logger.info!(params[:email])\nend\n", []string{"email"}},
	} {
		var got []string
		for _, f := range readText(t, c.path, c.text).Flows {
			got = append(got, f.Source.Name)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// A value within a text of Ruby is no comment.
func TestValueIsNoComment(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"def a\n  Rails.logger.info(\"de #{params[:email]}\")\nend\n", 1},
		{"def a\n  # Rails.logger.info(\"de #{params[:email]}\")\nend\n", 0},
		{"def a\n  x = \"#{y}\" # logger.info(params[:email])\nend\n", 0},
	} {
		if got := len(readText(t, "a.rb", c.text).Flows); got != c.want {
			t.Errorf("%q: %d flows, want %d", c.text, got, c.want)
		}
	}
}
