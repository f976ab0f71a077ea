package columns

import (
	"fmt"
	"strconv"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// dastraData pairs the flags of a Dastra treatment with our categories.
var dastraData = []struct{ column, category string }{
	{"CivilStatus", "identity"},
	{"PersonalLife", "family_situation"},
	{"ProfessionalLife", "professional_life"},
	{"EconomicFinancialData", "financial_situation"},
	{"ConnectionData", "connection_data"},
	{"GeoLocationData", "geolocation"},
	{"InternetData", "online_activity"},
	{"RacialData", "ethnic_origin"},
	{"PoliticalOpinions", "political_opinion"},
	{"ReligiousBeliefs", "religion"},
	{"TradeUnionMembership", "union_membership"},
	{"GeneticData", "genetics"},
	{"BiometricData", "biometrics"},
	{"HealthData", "health"},
	{"SexualOrientations", "sex_life"},
	{"CriminalConvictions", "criminal_record"},
	{"CriminalData", "criminal_record"},
	{"NationalIdentificationNumber", "nir"},
}

// Dastra reads an export of treatments of Dastra; ErrUnknown when the table is
// another.
func Dastra(file string, b *sheet.Book) (*register.Register, []string, error) {
	t := headed(b, "Label", "ProcessingState")
	if t == nil {
		return nil, nil, ErrUnknown
	}
	absent := []string{"role", "legal_bases", "special_category_basis", "data_subjects", "recipients", "transfers", "security", "systems", "origin", "processor_contract"}
	if !t.has("MainPurpose") {
		absent = append(absent, "purposes", "data", "retention", "dpia", "profiling")
	}
	d := &dastra{table: t, builder: newBuilder(file, "dastra", b, absent...)}
	if err := t.rows(d.row); err != nil {
		return nil, nil, err
	}
	return d.reg, d.notes, nil
}

type dastra struct {
	*table
	*builder
}

func (d *dastra) row(row int) error {
	t := register.Treatment{
		Name: forms.Clean(d.cell(row, "Label")), Ref: d.cell(row, "Ref"), Created: forms.Date(d.cell(row, "DateCreation")),
		Purposes: forms.Lines(d.cell(row, "MainPurpose")), Notes: forms.Clean(d.cell(row, "Description")),
	}
	seen := map[string]bool{}
	for _, f := range dastraData {
		if forms.Yes(d.cell(row, f.column)) && !seen[f.category] {
			seen[f.category] = true
			t.Data = append(t.Data, register.Datum{Category: f.category})
		}
	}
	if forms.Yes(d.cell(row, "OtherSensitive")) || forms.Yes(d.cell(row, "OtherNonSensitive")) {
		more, err := d.data(&t, d.cell(row, "OtherSensitiveDescription"), nil, row)
		if err != nil {
			return err
		}
		t.Data = append(t.Data, more...)
	}
	t.Retention = d.retention(row)
	if forms.Yes(d.cell(row, "Profiling")) {
		t.Profiling = "oui"
	}
	if date := forms.Date(d.cell(row, "DPIADate")); date != "" {
		t.DPIA = &register.DPIA{Date: date}
	}
	d.add(t, row)
	return nil
}

func (d *dastra) retention(row int) []register.Retention {
	unit := map[string]string{"year": "Y", "years": "Y", "annee": "Y", "annees": "Y", "an": "Y", "ans": "Y", "month": "M", "months": "M", "mois": "M", "week": "W", "weeks": "W", "day": "D", "days": "D", "jour": "D", "jours": "D"}[forms.Key(d.cell(row, "RetentionUnit"))]
	said := forms.Clean(d.cell(row, "RetentionDescription"))
	n, err := strconv.Atoi(d.cell(row, "RetentionAmount"))
	switch {
	case err == nil && n > 0 && unit != "":
		return []register.Retention{{Duration: fmt.Sprintf("P%d%s", n, unit), Criterion: said}}
	case said != "":
		return forms.Retentions(said)
	}
	return nil
}
