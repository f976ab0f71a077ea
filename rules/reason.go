package rules

// A Reason is why something was not read, as scanners say it and as French
// reports do. `{}` stands for what both keep.
type Reason struct {
	EN string `yaml:"en"`
	FR string `yaml:"fr"`
}
