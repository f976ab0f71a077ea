package code

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// pack notes a package of a manifest.
func (s *source) pack(system, name string, line int, dev bool) {
	if r := s.words.third.packageOf(system, name); r != nil && !r.Twin {
		s.seen.add(r, "manifest", "", line, dev)
	}
}

// readNPM reads package.json.
func readNPM(s *source) { s.sections(npmKept, npmDev, "npm") }

// readComposer reads composer.json.
func readComposer(s *source) { s.sections(composerKept, composerDev, "composer") }

var (
	npmKept      = pattern.New(`^(dependencies|optionalDependencies|peerDependencies)$`)
	npmDev       = pattern.New(`^devDependencies$`)
	composerKept = pattern.New(`^require$`)
	composerDev  = pattern.New(`^require-dev$`)
)

// sections reads the keys of the objects called as kept and dev say, wherever
// they stand on the first levels of a JSON file.
func (s *source) sections(kept, dev *pattern.Lazy, system string) {
	u := lex(s.src, script, 1)
	for i := range u.toks {
		if u.toks[i].kind != tokText || !u.is(i+1, ":") || !u.is(i+2, "{") {
			continue
		}
		isDev := dev.MatchString(u.text(i))
		if !isDev && !kept.MatchString(u.text(i)) {
			continue
		}
		for j := i + 3; j < u.after(i+2)-1; j++ {
			if u.toks[j].kind == tokText && u.is(j+1, ":") {
				s.pack(system, u.text(j), int(u.toks[j].line), isDev)
			}
		}
	}
}

// eachLine visits the lines of src, from 1.
func eachLine(src []byte, visit func(line string, n int)) {
	n := 0
	for l := range bytes.Lines(src) {
		n++
		visit(strings.TrimRight(string(l), "\r\n"), n)
	}
}

var (
	pipLine    = pattern.New(`^\s*["']?([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?["']?\s*([=<>~!;,@"']|$|\s)`)
	devSection = pattern.New(`(?i)dev|test|lint|docs|typing`)
)

// readPython reads requirements.txt, Pipfile, pyproject.toml and setup.cfg.
func readPython(s *source) {
	section := devSection.MatchString(s.path[strings.LastIndexByte(s.path, '/')+1:])
	dev, listed := section, false // of the list that the line is in
	eachLine(s.src, func(line string, n int) {
		text := strings.TrimSpace(line)
		if pipSection.MatchString(text) {
			section = devSection.MatchString(text)
			dev, listed = section, false
			return
		}
		if strings.HasPrefix(text, "#") || strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "- ") {
			return
		}
		for _, m := range pipList.FindAllStringSubmatch(text, -1) {
			dev = section || devSection.MatchString(m[1])
			s.pipNames(m[2], n, dev)
			listed = m[3] == ""
			text = ""
		}
		switch {
		case listed:
			s.pipNames(text, n, dev)
			listed = !strings.HasPrefix(text, "]")
		case text != "":
			s.pipName(strings.TrimPrefix(text, "- "), n, section)
		}
	})
}

var (
	pipSection = pattern.New(`^\[+[A-Za-z0-9_."-]+\]+$`)
	pipList    = pattern.New(`([A-Za-z_-]+)["']?\s*[:=]\s*\[([^\]]*(?:\[[a-z0-9_,-]*\][^\]]*)*)(\]?)`)
)

// pipNames notes the packages of a list: "django>=5", "stripe".
func (s *source) pipNames(list string, line int, dev bool) {
	for _, p := range strings.Split(list, ",") {
		s.pipName(strings.TrimSpace(p), line, dev)
	}
}

func (s *source) pipName(text string, line int, dev bool) {
	if m := pipLine.FindStringSubmatch(text); m != nil {
		s.pack("pypi", m[1], line, dev)
	}
}

// readGoMod reads the require lines of go.mod; what is only indirect is none.
func readGoMod(s *source) {
	inside := false
	eachLine(s.src, func(line string, n int) {
		text := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(text, "require ("):
			inside = true
		case text == ")":
			inside = false
		case strings.Contains(text, "// indirect"):
		case inside || strings.HasPrefix(text, "require "):
			if f := strings.Fields(strings.TrimPrefix(text, "require ")); len(f) > 0 {
				s.pack("go", f[0], n, false)
			}
		}
	})
}

var (
	gemLine  = pattern.New(`^\s*(?:gem|[a-z]+\.add_(?:runtime_|development_)?dependency)[\s(]+['"]([^'"]+)['"](.*)`)
	gemGroup = pattern.New(`^\s*group\b(.*)\bdo`)
	gemDev   = pattern.New(`development|test`)
)

// readGems reads a Gemfile or a gemspec.
func readGems(s *source) {
	group := ""
	eachLine(s.src, func(line string, n int) {
		if m := gemGroup.FindStringSubmatch(line); m != nil {
			group = m[1]
			return
		}
		if strings.TrimSpace(line) == "end" {
			group = ""
		}
		if m := gemLine.FindStringSubmatch(line); m != nil {
			dev := group != "" && gemDev.MatchString(group) && !strings.Contains(group, "production") || strings.Contains(m[2], "group") && gemDev.MatchString(m[2]) || strings.Contains(line, "add_development")
			s.pack("gem", m[1], n, dev)
		}
	})
}

// readPub reads pubspec.yaml of Dart and Flutter.
func readPub(s *source) {
	dev := false
	eachLine(s.src, func(line string, n int) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), ":")
		switch {
		case !ok || strings.HasPrefix(name, "#"):
		case line[0] != ' ':
			dev = strings.HasPrefix(name, "dev_")
		default:
			s.pack("pub", name, n, dev)
		}
	})
}

var swiftPackage = pattern.New(`(?i)github\.com[/:]([a-z0-9_.-]+/[a-z0-9_.-]+?)(?:\.git)?["\s]`)

// readSwiftPackages reads Package.swift and what Xcode resolved of it.
func readSwiftPackages(s *source) {
	eachLine(s.src, func(line string, n int) {
		if m := swiftPackage.FindStringSubmatch(line); m != nil {
			s.pack("swift", m[1], n, strings.HasPrefix(strings.TrimSpace(line), "//"))
		}
	})
}

var appImport = pattern.New(`^\s*(?:@import\s+|import\s+|#import\s+<)['"]?(?:package:)?([A-Za-z0-9_]+)`)

// readImports reads what a program in Swift, Objective-C or Dart imports, and the
// addresses it calls.
func readImports(s *source) {
	system := "pod"
	if strings.HasSuffix(s.path, ".dart") {
		system = "pub"
	}
	eachLine(s.src, func(line string, n int) {
		if m := appImport.FindStringSubmatch(line); m != nil {
			s.pack(system, m[1], n, false)
		}
	})
	s.words.third.addresses(withoutComments(s.src), 1, &s.seen, nil)
}

var podLine = pattern.New(`^\s*(?:pod|[a-z]+\.dependency)\s+['"]([^'"]+)['"]`)

// readPods reads a Podfile.
func readPods(s *source) {
	depth, test := 0, 0 // of blocks; of the one of a test
	eachLine(s.src, func(line string, n int) {
		text, _, _ := strings.Cut(line, "#")
		switch text = strings.TrimSpace(text); {
		case strings.HasSuffix(text, " do") || strings.Contains(text, " do |"):
			if depth++; test == 0 && podTest.MatchString(text) {
				test = depth
			}
		case text == "end":
			if depth == test {
				test = 0
			}
			depth--
		}
		if m := podLine.FindStringSubmatch(text); m != nil {
			s.pack("pod", m[1], n, test > 0 || strings.Contains(text, "Debug"))
		}
	})
}

var podTest = pattern.New(`(?i)^target\s+['"][^'"]*tests?['"]`)

var (
	gradleLine   = pattern.New(`(?i)^\s*([a-z]*implementation|api|compile|classpath|kapt|runtimeOnly|compileOnly|[a-z]*implementation\s*platform)\s*\(?\s*(?:platform\s*\()?\s*['"]([^'":]+):([^'":]+)`)
	gradlePlugin = pattern.New(`^\s*(?:id\s*\(?\s*|apply plugin:\s*)["']([^"']+)["']|^\s*[a-z0-9-]+\s*=\s*\{\s*id\s*=\s*"([^"]+)"`)
	tomlModule   = pattern.New(`module\s*=\s*"([^":]+):([^"]+)"|group\s*=\s*"([^"]+)",\s*name\s*=\s*"([^"]+)"`)
)

// readGradle reads the dependencies of build.gradle and libs.versions.toml.
func readGradle(s *source) {
	eachLine(s.src, func(line string, n int) {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			return
		}
		if m := gradleLine.FindStringSubmatch(line); m != nil {
			low := strings.ToLower(m[1])
			s.pack("maven", m[2]+":"+m[3], n, strings.Contains(low, "test") || strings.Contains(low, "debug") || low == "classpath")
		} else if m := gradlePlugin.FindStringSubmatch(line); m != nil {
			s.plugin(m[1]+m[2], n)
		} else if m := tomlModule.FindStringSubmatch(line); m != nil {
			s.pack("maven", m[1]+m[3]+":"+m[2]+m[4], n, false)
		}
	})
}

// plugin notes a plugin of Gradle by its group.
func (s *source) plugin(id string, line int) {
	for group := id; strings.Contains(group, "."); group = group[:strings.LastIndexByte(group, '.')] {
		if r := s.words.third.packageOf("maven", group+":"); r != nil {
			s.seen.add(r, "manifest", "", line, false)
			return
		}
	}
}

var mavenDependency = pattern.New(`(?s)<dependency>(.*?)</dependency>`)

// readMaven reads the dependencies of pom.xml.
func readMaven(s *source) {
	for _, m := range mavenDependency.FindAllSubmatchIndex(s.src, -1) {
		body := s.src[m[2]:m[3]]
		group, artifact := element(body, "groupId"), element(body, "artifactId")
		line := 1 + bytes.Count(s.src[:m[2]+max(bytes.Index(body, []byte("<artifactId>")), 0)], []byte{'\n'})
		s.pack("maven", group+":"+artifact, line, element(body, "scope") == "test" || inMarkupComment(s.src, m[0]))
	}
}

func element(b []byte, name string) string {
	_, rest, ok := bytes.Cut(b, []byte("<"+name+">"))
	if !ok {
		return ""
	}
	text, _, _ := bytes.Cut(rest, []byte("<"))
	return string(bytes.TrimSpace(text))
}

var nugetLine = pattern.New(`(?i)<(?:PackageReference|PackageVersion|package)\s[^>]*(?:Include|id)="([^"]+)"`)

// readNuGet reads project files of .NET.
func readNuGet(s *source) {
	dev := strings.Contains(s.path, "test")
	for _, m := range nugetLine.FindAllSubmatchIndex(s.src, -1) {
		s.pack("nuget", string(s.src[m[2]:m[3]]), 1+bytes.Count(s.src[:m[0]], []byte{'\n'}), dev || inMarkupComment(s.src, m[0]))
	}
}
