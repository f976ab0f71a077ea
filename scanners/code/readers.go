package code

import "strings"

// namedReaders, patternReaders and extReaders say who reads what, by the name
// of the file in lower case: whole, by pattern, by extension.
var namedReaders = map[string]reader{
	"package.json":             readNPM,
	"composer.json":            readComposer,
	"pom.xml":                  readMaven,
	"pipfile":                  readPython,
	"pyproject.toml":           readPython,
	"setup.py":                 readPython,
	"setup.cfg":                readPython,
	"environment.yml":          readPython,
	"go.mod":                   readGoMod,
	"gemfile":                  readGems,
	"podfile":                  readPods,
	"build.gradle":             readGradle,
	"build.gradle.kts":         readGradle,
	"libs.versions.toml":       readGradle,
	"packages.config":          readNuGet,
	"directory.packages.props": readNuGet,
	"androidmanifest.xml":      readPermissions,
	"info.plist":               readPermissions,
	"google-services.json":     readNothing,
	"googleservice-info.plist": readNothing,
	"firebase.json":            readSettings,
	"vercel.json":              readSettings,
	"netlify.toml":             readSettings,
	"fly.toml":                 readSettings,
	"wrangler.toml":            readSettings,
	"app.json":                 readApp,
	"heroku.yml":               readSettings,
	"php.json":                 readNothing, // of Clever Cloud, in a folder of its own
	"python.json":              readNothing,
	"node.json":                readNothing,
	"ruby.json":                readNothing,
	"war.json":                 readNothing,
	"jar.json":                 readNothing,
	".clever.json":             readNothing,
	".firebaserc":              readNothing,
	"railway.json":             readNothing,
	"wrangler.jsonc":           readSettings,
	"wrangler.json":            readSettings,
	"render.yaml":              readSettings,
	"scalingo.json":            readSettings,
	"pubspec.yaml":             readPub,
	"package.swift":            readSwiftPackages,
	"package.resolved":         readSwiftPackages,
	"importmap.rb":             readConfigCode,
	"storage.yml":              readStorage,
	"app.config.js":            readAppCode,
	"app.config.ts":            readAppCode,
	"project.pbxproj":          readPermissions,
	"package-lock.json":        readNothing,
	"composer.lock":            readNothing,
	"pnpm-lock.yaml":           readNothing,
	"poetry.lock":              readNothing,
	"mkdocs.yml":               readNothing,
	".pre-commit-config.yaml":  readNothing,
	"codecov.yml":              readNothing,
	".travis.yml":              readNothing,
	".gitlab-ci.yml":           readNothing,
	"dependabot.yml":           readNothing,
	"azure-pipelines.yml":      readNothing,
	"publiccode.yml":           readNothing,
	"local.settings.json":      readSettings,
	"settings.json":            readNothing, // of an editor
	"dockerfile":               readSettings,
	"procfile":                 readNothing,
	"app.yaml":                 readSettings,
	"serverless.yml":           readSettings,
	"docker-compose.yml":       readSettings,
	"docker-compose.yaml":      readSettings,
	"compose.yml":              readSettings,
	"compose.yaml":             readSettings,
	"values.yaml":              readSettings,
	"application.properties":   readSettings,
	"application.yml":          readSettings,
	"appsettings.json":         readSettings,
	"web.config":               readSettings,
	"app.config":               readSettings,
	".htaccess":                readSettings,
	"_headers":                 readSettings,
	"manifest.webmanifest":     readNothing,
	"swagger.json":             readContract,
	"openapi.json":             readContract,
	"schema.graphql":           readGraphQL,
}

var patternReaders = []patternReader{
	ofPattern("requirements*.txt", readPython),
	ofPattern("requirements*.in", readPython),
	ofPattern("*.env", readSettings),
	ofPattern(".env*", readSettings),
	ofPattern("*.env.*", readSettings),
	ofPattern("appsettings.*.json", readSettings),
	ofPattern("docker-compose.*.y*ml", readSettings),
	ofPattern("config*.json", readSettings),
	ofPattern("environment*.json", readSettings),
	ofPattern("*.schema.json", readContract),
	ofPattern("openapi*.json", readContract),
	ofPattern("swagger*.json", readContract),
	ofPattern("androidmanifest*.xml", readPermissions),
	ofPattern("*.blade.php", readPage),
	ofPattern("*.html.*", readPage),
	ofPattern("*.config.js", readConfigCode),
	ofPattern("*.config.ts", readConfigCode),
	ofPattern("*.config.mjs", readConfigCode),
	ofPattern("*.config.cjs", readConfigCode),
	ofPattern("db.*", readZone),
}

// A patternReader reads files whose name starts with head, ends with tail and
// holds the rest between.
type patternReader struct {
	head, held, tail string
	read             reader
}

// ofPattern reads files whose name matches a pattern that holds stars only, one or
// two.
func ofPattern(pattern string, read reader) patternReader {
	first, last := strings.IndexByte(pattern, '*'), strings.LastIndexByte(pattern, '*')
	return patternReader{pattern[:first], strings.Trim(pattern[first:last], "*"), pattern[last+1:], read}
}

// matches tells whether a name is of the pattern.
func (p *patternReader) matches(name string) bool {
	if len(name) < len(p.head)+len(p.tail) || !strings.HasPrefix(name, p.head) || !strings.HasSuffix(name, p.tail) {
		return false
	}
	return p.held == "" || strings.Contains(name[len(p.head):len(name)-len(p.tail)], p.held)
}

var extReaders = map[string]reader{
	".html": readPage, ".htm": readPage, ".xhtml": readPage, ".vue": readPage, ".svelte": readPage, ".astro": readPage,
	".twig": readPage, ".erb": readPage, ".jinja": readPage, ".jinja2": readPage, ".j2": readPage, ".njk": readPage, ".hbs": readPage, ".ejs": readPage, ".mustache": readPage,
	".cshtml": readPage, ".razor": readPage, ".jsp": readPage, ".jspx": readPage, ".aspx": readPage, ".ftl": readPage, ".ftlh": readPage, ".tpl": readPage, ".liquid": readPage, ".haml": readPage, ".slim": readPage, ".heex": readPage,
	".graphql": readGraphQL, ".gql": readGraphQL, ".graphqls": readGraphQL,
	".proto": readProto, ".avsc": readContract, ".avdl": readProto,
	".yml": readYAML, ".yaml": readYAML,
	".tf": readTerraform, ".tfvars": readTerraform, ".hcl": readTerraform, ".bicep": readBicep,
	".csproj": readNuGet, ".fsproj": readNuGet, ".vbproj": readNuGet,
	".podspec": readPods, ".gradle": readGradle, ".gemspec": readGems,
	".conf": readSettings, ".ini": readSettings, ".cfg": readSettings, ".properties": readSettings, ".toml": readSettings, ".mobileconfig": readSettings, ".zone": readZone, ".swift": readSwift, ".dart": readDart, ".rs": readRust, ".scala": readScala, ".m": readImports, ".neon": readSettings,
	".plist": readPermissions, ".entitlements": readPermissions,
	".css": readStyle, ".scss": readStyle, ".less": readStyle, ".sass": readStyle,
}

func readNothing(*source) {}
