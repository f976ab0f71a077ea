package rules

// A Recipient is a third party that may receive data: a service, a host, a tool.
//
// Country is that of the trading organisation, not of its European contracting
// entity, and is a fact to check: every entry says where and when it was read.
type Recipient struct {
	ID      string   `yaml:"id"` // stable, never reused
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Group   string   `yaml:"group"` // name of the group it belongs to
	Kind    string   `yaml:"kind"`  // analytics, payment, hosting …
	Country string   `yaml:"country"`
	DPF     *DPF     `yaml:"dpf"`

	// Hosts are domains: each stands for itself and all below it. The vendor's
	// own pages (www., docs. …) are no evidence unless listed whole.
	Hosts []string `yaml:"hosts"`
	// Regions tell the country of a host, where it differs from Country.
	Regions []HostRegion `yaml:"regions"`

	NPM      []string `yaml:"npm"`
	PyPI     []string `yaml:"pypi"`
	Composer []string `yaml:"composer"`
	Maven    []string `yaml:"maven"` // group or group:artifact
	Go       []string `yaml:"go"`
	NuGet    []string `yaml:"nuget"`
	Gem      []string `yaml:"gem"`
	Pod      []string `yaml:"pod"`
	Pub      []string `yaml:"pub"`   // packages of Dart and Flutter
	Swift    []string `yaml:"swift"` // owner/repository of a Swift package
	// Modules are names imported in PHP, Java, Kotlin, C#, Python or Ruby, where
	// they do not follow from the name of the package.
	Modules []string `yaml:"modules"`
	// Env are names of settings, or beginnings of them with a '*'.
	Env []string `yaml:"env"`
	// Tags are texts of its scripts, found in pages: gtag(, GTM-.
	Tags []string `yaml:"tags"`
	// Files are names of files, or ends of paths, that only its users have.
	Files []string `yaml:"files"`
	// Terraform are providers or beginnings of resource types.
	Terraform []string `yaml:"terraform"`
	// SPF are hosts of an SPF record.
	SPF []string `yaml:"spf"`
	// Twin says that the software is often run by its users themselves: a package
	// alone proves nothing, the host decides.
	Twin bool `yaml:"twin"`
	// Cloud names the list of rules/regions.yml that its regions are in.
	Cloud string `yaml:"cloud"`

	Source string `yaml:"source"` // page of the vendor where the facts can be checked
	AsOf   string `yaml:"as_of"`  // YYYY-MM-DD

	Hit  []string `yaml:"hit"`  // "host api.stripe.com", "npm stripe"
	Miss []string `yaml:"miss"` // what looks like it and is not
}

// DPF is the state of a company under the EU-US Data Privacy Framework: a dated
// claim that the user checks and corrects, never a verdict.
type DPF struct {
	State string `yaml:"state"` // claimed, unknown, no
	AsOf  string `yaml:"as_of"`
}

// A HostRegion is the country that a host of a group is in.
type HostRegion struct {
	Host    string `yaml:"host"` // the host itself and all below it; `eu.*` for a first label
	Country string `yaml:"country"`
}

// A CloudRegions lists the regions of one cloud with their countries.
type CloudRegions struct {
	Cloud   string            `yaml:"cloud"`
	Regions map[string]string `yaml:"regions"` // region → ISO 3166
	Source  string            `yaml:"source"`
	AsOf    string            `yaml:"as_of"`
}
