package report

// words are the texts that the script of the page writes.
func (t *texts) words() map[string]string {
	w := map[string]string{
		"error": t.say("Prioritaire", "Priority"), "warning": t.say("À examiner", "To examine"), "note": t.say("Note", "Note"),
		"seen": t.say("Ce qui a été vu", "What was seen"), "where": t.say("Où", "Where"), "sure": t.say("Certitude", "How sure"),
		"register": t.say("Au registre", "In the register"), "law": t.say("Textes", "Law"), "next": t.say("À faire", "What to do"),
		"sentence": t.say("Phrase prête pour le registre", "Sentence ready for the register"), "copy": t.say("Copier", "Copy"), "copied": t.say("Copié", "Copied"),
		"rule": t.say("Règle", "Rule"), "why": t.say("Pourquoi", "Why"), "oldest": t.say("plus ancienne donnée : ", "oldest data: "),
		"flow": t.say("Chemin de la donnée", "Path of the data"), "anchor": t.say("Affiché sur", "Shown at"), "treatment": t.say("Traitement", "Treatment"),
		"others": t.say("Objets regroupés", "Folded objects"), "amongst": t.say("dont", "among them"), "accepted": t.say("accepté", "accepted"),
		"new": t.say("nouveau", "new"), "unchanged": t.say("déjà connu", "known"), "gone": t.say("disparu", "gone"), "cover": t.say("Déclaration", "Declaration"),
		"none": t.say("Aucun écart ne correspond à ces filtres.", "No gap fits these filters."), "noTreatment": t.say("Sans traitement", "No treatment"),
		"noCategory": t.say("Sans catégorie", "No category"), "shown1": t.say("1 écart affiché", "1 gap shown"), "shownN": t.say("# écarts affichés", "# gaps shown"),
		"of": t.say(" sur ", " of "), "asof": t.say("au", "as of"), "filtered": t.say("Filtre de la carte : ", "Filter from the map: "), "drop": t.say("retirer ce filtre", "drop this filter"),
		"declared": t.say("le registre et la politique", "register and policy"), "objects": t.say("objets", "objects"),
		"sureHigh": t.say("élevée", "high"), "sureMid": t.say("bonne", "good"), "sureLow": t.say("à confirmer", "to be confirmed"),
	}
	if t.inventory {
		w["none"] = t.say("Aucun constat ne correspond à ces filtres.", "No observation fits these filters.")
		w["shown1"], w["shownN"] = t.say("1 constat affiché", "1 observation shown"), t.say("# constats affichés", "# observations shown")
	}
	for _, f := range families {
		w["family-"+string(f)] = t.familyName(f)
	}
	return w
}
