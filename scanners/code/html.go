package code

import (
	"bytes"
)

// readPage reads HTML, its templates, and the components of Vue and Svelte.
func readPage(s *source) {
	if !s.worth(nil) {
		return
	}
	s.template(s.src, false)
	s.pageHosts(s.scripts())
}

// scripts reads the code between <script> and </script>, and returns the page
// with that code blanked out.
func (s *source) scripts() []byte {
	low := bytes.ToLower(s.src)
	rest := s.src
	for off := 0; ; {
		i := bytes.Index(low[off:], []byte("<script"))
		if i < 0 {
			return rest
		}
		at := off + i
		open := bytes.IndexByte(low[at:], '>')
		if open < 0 {
			return rest
		}
		from := at + open + 1
		end := bytes.Index(low[from:], []byte("</script"))
		if end < 0 {
			end = len(low) - from
		}
		off = from + end
		if tag := low[at:from]; end > 0 && !bytes.Contains(tag, []byte("json")) && !bytes.Contains(tag, []byte("text/template")) {
			s.parse(s.src[from:from+end], script, 1+bytes.Count(s.src[:from], []byte{'\n'}))
			if &rest[0] == &s.src[0] {
				rest = bytes.Clone(s.src)
			}
			for i := from; i < from+end; i++ {
				if rest[i] != '\n' {
					rest[i] = ' '
				}
			}
		}
	}
}

// pageHosts reads addresses outside scripts, and texts of known scripts.
func (s *source) pageHosts(src []byte) {
	s.words.third.loads(src, &s.seen)
	for _, m := range []string{`src="//`, `src='//`, `href="//`} {
		for off := 0; ; {
			i := bytes.Index(src[off:], []byte(m))
			if i < 0 {
				break
			}
			off += i + len(m)
			host, path := hostAt(src[off:])
			if r, country := s.words.third.hostOf(host, path, true); r != nil && !linked(src, off) {
				s.seen.add(r, "host", country, 1+bytes.Count(src[:off], []byte{'\n'}), inMarkupComment(src, off))
			}
		}
	}
	s.policy(src)
	for _, t := range s.words.third.tags {
		if i := bytes.Index(src, []byte(t.text)); i >= 0 {
			r := &s.words.third.list[t.at]
			if !s.has(r.ID) {
				s.seen.add(r, "script", "", 1+bytes.Count(src[:i], []byte{'\n'}), inMarkupComment(src, i))
			}
		}
	}
}

// policy reads the hosts that a page allows itself to load from.
func (s *source) policy(src []byte) {
	i := bytes.Index(src, []byte("Content-Security-Policy"))
	if i < 0 {
		return
	}
	rest := src[i:min(len(src), i+4000)]
	if end := bytes.IndexByte(rest, '>'); end >= 0 {
		rest = rest[:end]
	}
	s.words.third.addresses(rest, 1+bytes.Count(src[:i], []byte{'\n'}), &s.seen, nil)
}

func (s *source) has(id string) bool {
	for i := range s.seen.list {
		if s.seen.list[i].ID == id {
			return true
		}
	}
	return false
}

func inMarkupComment(src []byte, at int) bool {
	from := max(0, at-2000)
	head := src[from:at]
	for _, c := range [][2]string{{"<!--", "-->"}, {"{#", "#}"}, {"{{--", "--}}"}, {"<%#", "%>"}, {"@*", "*@"}} {
		if bytes.LastIndex(head, []byte(c[0])) > bytes.LastIndex(head, []byte(c[1])) {
			return true
		}
	}
	return false
}
