package report

import "github.com/ecart-rgpd/ecart/reconcile"

// A family is what a kind of gap asks of people: the questions of the report's
// first screen.
type family string

const (
	toDeclare family = "declare" // the register must say it
	toRemove  family = "remove"  // the data must go, or be kept otherwise
	toCheck   family = "check"   // the documents themselves
)

var families = []family{toDeclare, toRemove, toCheck}

func familyOf(k reconcile.Kind) family {
	switch k {
	case reconcile.UndeclaredSystem, reconcile.UndeclaredCategory, reconcile.UndeclaredRecipient, reconcile.UndeclaredTransfer:
		return toDeclare
	case reconcile.NIRNotAuthorised, reconcile.RetentionExceeded, reconcile.PlaintextCredential, reconcile.ForbiddenData,
		reconcile.PersonalDataInHistory, reconcile.PersonalDataInLogs:
		return toRemove
	}
	return toCheck
}

// familyName heads a family of gaps.
func (t *texts) familyName(f family) string {
	switch {
	case f == toDeclare && t.inventory:
		return t.say("À décrire dans un registre", "To describe in a register")
	case f == toDeclare:
		return t.say("À déclarer au registre", "To declare in the register")
	case f == toRemove:
		return t.say("À retirer ou à protéger", "To remove or protect")
	}
	return t.say("À compléter ou à vérifier", "To complete or check")
}
