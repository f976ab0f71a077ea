package policy

import (
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file tells verbs and nouns of doing by their endings.

// startsDeed tells whether words begin with a noun of doing: "la gestion",
// "l'accomplissement", "le suivi".
func startsDeed(s string) bool {
	t := terms.Read(s).Tokens
	return len(t) > 1 && determiner()[t[0].Word] && deedNoun(t[1].Word)
}

// deedNoun tells whether a folded word is a noun of doing.
func deedNoun(w string) bool {
	if notDeed()[w] {
		return false
	}
	for _, end := range []string{"tion", "sion", "ment", "age", "tions", "sions", "ments", "ages"} {
		if strings.HasSuffix(w, end) && len(w) > 6 {
			return true
		}
	}
	return deeds()[w]
}

// startsVerb tells whether words begin with an infinitive, a pronoun before it
// or not.
func startsVerb(s string) bool {
	t := terms.Read(s).Tokens
	for i := 0; i < len(t) && i < 3; i++ {
		if infinitive(t[i].Word) {
			return true
		}
		if !pronoun()[t[i].Word] {
			return false
		}
	}
	return false
}

var pronoun = stopSet("vous nous te t le la les l en y me m s se leur lui ne pas mieux toujours")

// infinitive tells whether a folded word looks like one.
func infinitive(w string) bool {
	if utf8.RuneCountInString(w) < 4 || notVerb()[w] {
		return false
	}
	if strings.HasSuffix(w, "ier") { // "immobilier", but "vérifier"
		return strings.HasSuffix(w, "fier") || verbsIER()[w]
	}
	return strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir") || strings.HasSuffix(w, "re")
}

var verbsIER = stopSet("publier expedier etudier apprecier confier remercier copier relier trier associer negocier differencier oublier varier parier remedier concilier plier beneficier crier rallier multiplier approprier initier renvier fier congedier dedier licencier envier distancier")

var notVerb = stopSet("notre votre autre leur hier titre nombre lettre courrier dossier premier dernier particulier papier chantier quartier financier bancaire entre contre centre cadre ordre autres titulaire salaire formulaire horaire chiffre membre registre maire honoraire partenaire prestataire hebergeur avenir loisir premiere derniere matiere maniere necessaire utilisateur commentaire annuaire offre offres verre guerre carriere affaire octobre novembre decembre septembre metier calendrier atelier plaisir genre propre pere mere frere fichier fichiers panier papier scolaire ministere propriete locataire proprietaire beneficiaire volontaire stagiaire notaire sanitaire alimentaire souvenir cahier cahiers permanencier infirmiere banniere frontiere lumiere priere maniere livre oeuvre libre semestre trimestre mandataire gestionnaire fonctionnaire complementaire obligatoire judiciaire laboratoire historique territoire victoire histoire memoire accessoire")

var (
	determiner = stopSet("l la le les votre vos notre nos ton ta tes leur leurs")
	deeds      = stopSet("suivi envoi tenue prise mise etude etudes gestion realisation livraison vente ventes calcul paie lutte reponse reponses recherche enquete enquetes accueil octroi portage analyse delivrance surveillance maintenance assistance recherches declarations controle controles defense")
	notDeed    = stopSet("etablissement etablissements departement document documents message messages logement image images page pages evenement evenements information informations association garantie question questions moment village menage argument element elements medicament medicaments appartement supplement region profession professions pension section sections fonction fonctions")
)
