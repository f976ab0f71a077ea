package document

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// maxColumns bounds the columns of a table: no program writes more (2^14 is a
// spreadsheet's limit).
const maxColumns = 1 << 14

// isHeader tells whether the cells of first are names of columns. rows are some
// of the rows below. A first row that is data must not become the names, which
// are printed: so a doubt is a no.
func isHeader(first []string, rows [][]string) bool {
	named, seen := 0, map[string]bool{}
	for _, cell := range first {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if !likeName(cell) {
			return false
		}
		named++
		seen[cell] = true
	}
	if named == 0 || named*2 < len(first) || len(seen)*2 < named {
		return false
	}
	return saysColumn(first) || unlike(first, rows)
}

// likeName tells whether a cell may be the name of a column: short, with
// letters, without the digits and signs of a value.
func likeName(cell string) bool {
	if len(cell) > 80 || strings.Count(cell, " ") > 9 {
		return false
	}
	letters, digits := 0, 0
	for _, r := range cell {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case r == '@', r == utf8.RuneError:
			return false
		}
	}
	return letters > 0 && digits <= 4 && digits <= letters
}

// saysColumn tells whether a row holds a word that heads columns: these stand
// for the whole row when all cells below are words too.
func saysColumn(cells []string) bool {
	for _, cell := range cells {
		if strings.Contains(strings.Trim(cell, "_"), "_") || camel(cell) {
			return true
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(cell), notWord) {
			if headings[word] {
				return true
			}
		}
	}
	return false
}

func notWord(r rune) bool { return !unicode.IsLetter(r) }

// camel tells `dateNaissance` from `Martin`.
func camel(s string) bool {
	for i := 1; i < len(s); i++ {
		if lower(s[i-1]) && upper(s[i]) {
			return !strings.Contains(s, " ")
		}
	}
	return false
}

// headings are words that head columns and are no values, in French and
// English. They tell a header from a first row of data, nothing else: what the
// words mean for privacy is in rules.
var headings = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("nom prénom prenom noms prénoms prenoms civilité civilite adresse adresses ville commune cp code codes " +
		"id ident identifiant numéro numero num n° ref réf référence reference date dates email e-mail mail courriel courriels tel tél téléphone telephone " +
		"téléphones mobile portable fax naissance sexe genre age âge nationalité nationalite profession fonction poste service statut état etat type libellé libelle " +
		"intitulé désignation designation description commentaire commentaires observation observations remarque remarques montant prix quantité quantite total taux " +
		"nir iban bic rib siret siren insee matricule salaire pays région region département departement rue voie titre catégorie categorie valeur clé cle " +
		"diagnostic pathologie traitement médecin medecin patient client salarié salarie élève eleve agent adhérent adherent utilisateur " +
		"name firstname lastname surname first last middle address city town zip postcode zipcode phone gender sex birth birthday dob age country state title status number " +
		"type label amount price quantity value key username login user password company department job position salary notes comment comments created updated url ip lat lon latitude longitude") {
		m[w] = true
	}
	return m
}()

// unlike tells whether some column holds values of another shape than its first
// cell: digits or '@' below a word.
func unlike(first []string, rows [][]string) bool {
	if len(rows) == 0 {
		return false
	}
	for i, name := range first {
		other := 0
		for _, row := range rows {
			if i < len(row) && valueLike(row[i]) {
				other++
			}
		}
		if other*2 > len(rows) && !valueLike(name) {
			return true
		}
	}
	return false
}

// valueLike tells whether a cell is a number, a date, an address or a code.
func valueLike(cell string) bool {
	digits := 0
	for i := range len(cell) {
		switch c := cell[i]; {
		case c == '@':
			return true
		case c >= '0' && c <= '9':
			digits++
		}
	}
	return digits > 0 && digits*3 >= len(cell)
}

// columnsNamed returns the columns of a table with these names.
func columnsNamed(container string, names []string, line int) []item.Column {
	names = names[:min(len(names), maxColumns)]
	columns := make([]item.Column, len(names))
	for i, name := range names {
		name = strings.Clone(strings.Join(strings.Fields(name), " ")) // not to keep the rows it was cut from
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		columns[i] = item.Column{Container: container, Name: name, Line: line}
	}
	neighbours(columns)
	return columns
}

// columnsNumbered returns n columns called 1, 2, 3.
func columnsNumbered(container string, n int) []item.Column {
	columns := make([]item.Column, min(n, maxColumns))
	for i := range columns {
		columns[i] = item.Column{Container: container, Name: strconv.Itoa(i + 1)}
	}
	return columns
}

// near bounds the neighbours told of a column.
const near = 64

// neighbours tells each column the names around it.
func neighbours(columns []item.Column) {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	for i := range columns {
		from := max(0, min(i-near/2, len(names)-near))
		to := min(len(names), from+near)
		list := make([]string, 0, to-from)
		list = append(list, names[from:i]...)
		columns[i].Neighbours = append(list, names[i+1:to]...)
	}
}

// stem returns the name of a file without folders and extension: what a table
// without a name is called.
func stem(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}
