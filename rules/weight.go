package rules

// A Weight says what makes a place weigh more or less than the level of its gap:
// conditions, and points to add. Level, when given, lowers a warning to it.
type Weight struct {
	ID         string   `yaml:"id"`
	Title      Text     `yaml:"title"`
	Why        Text     `yaml:"why"`
	Add        int      `yaml:"add"`
	Level      string   `yaml:"level"`
	In         []string `yaml:"in"`
	Paths      []string `yaml:"paths"`
	Evidence   []string `yaml:"evidence"`
	Kinds      []string `yaml:"kinds"`
	Categories []string `yaml:"categories"`
	Regimes    []string `yaml:"regimes"`
	Declared   string   `yaml:"declared"` // "true", "false" or neither
	Least      int      `yaml:"least"`
	Most       int      `yaml:"most"`
	Below      float64  `yaml:"below"`    // confidence
	Everyone   []string `yaml:"everyone"` // what all accounts may do: read, write
}

// Weights reads rules/weights.yml.
func (r *Rules) Weights() ([]Weight, error) { return List[Weight](r, "weights") }
