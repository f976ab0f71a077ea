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
