package report

import (
	"io"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// GitHub writes workflow commands: annotations on a pull request for those
// without code scanning. GitHub shows ten of each level a step.
func GitHub(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	p := &page{w: w}
	gaps := open(r)
	for i := range gaps {
		g := &gaps[i]
		command := map[reconcile.Level]string{reconcile.Error: "error", reconcile.Warning: "warning", reconcile.Note: "notice"}[g.Level]
		p.line("::%s file=%s,line=%d,title=%s::%s", command, property(g.Anchor.File), g.Anchor.Line, property(t.title(g)), data(t.annotation(g)+" "+t.next(g)))
	}
	if !r.Complete {
		p.line("::warning::%s", data(t.say("Incomplet : tout n'a pas été lu.", "Incomplete: not everything was read.")))
	}
	return p.err
}

// annotation is the message of a gap that may be shown beside another place: it
// names the true one.
func (t *texts) annotation(g *reconcile.Gap) string {
	message, place := t.message(g), Clean(g.At.String())
	if inRepository(g) || g.At.Target == reconcile.OnRegister || g.At.Target == reconcile.OnPolicy || strings.Contains(message, place) {
		return message
	}
	return place + " — " + message
}

// data escapes the message of a workflow command, property one of its values.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Clean(s))
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}

// open is the gaps a person must still act on, folded.
func open(r *reconcile.Result) []reconcile.Gap {
	gaps, _ := fold(slices.Clone(r.Gaps))
	return slices.DeleteFunc(gaps, func(g reconcile.Gap) bool { return g.Accepted != nil || g.State == reconcile.Gone })
}
