package register

// LegalBases are the ids of the bases of Art. 6(1), in its order; precontract
// is the second half of (b).
var LegalBases = []string{
	"consent", "contract", "precontract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests",
}

// SpecialBases are the ids of the conditions of Art. 9(2), a to j, then the two
// grounds of Art. 10 for offences.
var SpecialBases = []string{
	"explicit_consent", "employment_social_security", "vital_interests", "nonprofit_body", "made_public",
	"legal_claims", "substantial_public_interest", "health_care", "public_health", "archiving_research",
	"official_authority", "authorised_by_law",
}

// Article10 are those of SpecialBases that carry offences.
var Article10 = []string{"official_authority", "authorised_by_law"}

// Safeguards are the ids of what may carry a transfer. privacy_shield is read
// because old registers still name it; it was struck down in 2020.
var Safeguards = []string{
	"adequacy", "scc", "bcr", "derogation", "code_of_conduct", "certification", "privacy_shield",
}

// Roles are the words of Treatment.Role.
var Roles = []string{string(Controller), string(Processor)}

// Kinds of recipients we write; others are read as they are.
const (
	Internal     = "internal"
	Subprocessor = "processor"
	ThirdParty   = "third_party"
	Partner      = "partner"
	Abroad       = "third_country"
)
