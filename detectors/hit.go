package detectors

import "slices"

// A hit is what a detector, a lexicon or a pattern saw at one place.
type hit struct {
	start, end int32
	source     int32 // index in Engine.sources
	slot       int32 // index in object.slots, noSlot in running text
	line       int32 // of its cell; 0 unknown, -1-offset for that of an offset
	confidence int16 // in thousandths
	tier       tier
	located    bool
	whole      bool // the hit is all there is in its cell
	cut        bool // the hit goes beyond its cell, or is in none
}

// A tier says what a hit still needs.
type tier uint8

const (
	missed   tier = iota // right shape, wrong check
	faint                // grade C beside a context word: kept, raises no gap
	hopeful              // grade B without context: may be carried by its column
	alone                // grade A without context: weighed against its misses
	sure                 // has its context, or needs none
	specimen             // published specimen
)

func permille(confidence float64) int16 { return int16(confidence*1000 + 0.5) }

// compareHits orders by place, longest first, then by source, so that the order
// in which they were asked does not matter.
func compareHits(a, b *hit) int {
	switch {
	case a.start != b.start:
		return int(a.start - b.start)
	case a.end != b.end:
		return int(b.end - a.end)
	case a.source != b.source:
		return int(a.source - b.source)
	}
	return int(b.tier) - int(a.tier)
}

// sortHits sorts hits, which are nearly in order: most are put where they are.
func sortHits(hits []hit) {
	for i := 1; i < len(hits); i++ {
		if compareHits(&hits[i-1], &hits[i]) <= 0 {
			continue
		}
		h := hits[i]
		j := i
		for ; j > 0 && i-j < maxShift && compareHits(&hits[j-1], &h) > 0; j-- {
			hits[j] = hits[j-1]
		}
		hits[j] = h
		if i-j == maxShift {
			slices.SortFunc(hits, func(a, b hit) int { return compareHits(&a, &b) })
			return
		}
	}
}

// maxShift is how far a hit is moved before a real sort is worth it.
const maxShift = 64

func sortContexts(list []context) {
	for i := 1; i < len(list); i++ {
		c, j := list[i], i
		for ; j > 0 && list[j-1].at > c.at; j-- {
			list[j] = list[j-1]
		}
		list[j] = c
	}
}

// resolve merges the sorted runs of hits and drops those that overlap a
// stronger one.
func (s *Scanner) resolve() []hit {
	for len(s.runs) > mostRuns {
		s.mergePairs()
	}
	var runs [mostRuns][]hit
	n := 0
	for i, start := range s.runs {
		end := len(s.hits)
		if i+1 < len(s.runs) {
			end = s.runs[i+1]
		}
		if start < end {
			runs[n] = s.hits[start:end]
			n++
		}
	}
	kept := s.spare[:0]
	for n > 0 {
		least := 0
		for i := 1; i < n; i++ {
			if compareHits(&runs[i][0], &runs[least][0]) < 0 {
				least = i
			}
		}
		kept = keep(kept, &runs[least][0])
		if runs[least] = runs[least][1:]; len(runs[least]) == 0 {
			n--
			copy(runs[least:], runs[least+1:])
		}
	}
	s.spare = kept
	return kept
}

// mostRuns is how many runs are merged at once: patterns, columns, words and
// shapes. Grids that go column by column make more.
const mostRuns = 4

// mergePairs merges each run with the one behind it.
func (s *Scanner) mergePairs() {
	s.spare = s.spare[:0]
	runs := s.runs[:0]
	for i := 0; i < len(s.runs); i += 2 {
		start, end := len(s.spare), len(s.hits)
		if i+2 < len(s.runs) {
			end = s.runs[i+2]
		}
		if i+1 < len(s.runs) {
			s.spare = mergeHits(s.spare, s.hits[s.runs[i]:s.runs[i+1]], s.hits[s.runs[i+1]:end])
		} else {
			s.spare = append(s.spare, s.hits[s.runs[i]:end]...)
		}
		runs = append(runs, start)
	}
	s.runs = runs
	s.hits, s.spare = s.spare, s.hits
}

// mergeHits appends two sorted lists to dst as one.
func mergeHits(dst, a, b []hit) []hit {
	for len(a) > 0 && len(b) > 0 {
		if compareHits(&a[0], &b[0]) <= 0 {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// strongest sorts hits and drops those that overlap a stronger one.
func strongest(hits []hit) []hit {
	sortHits(hits)
	var kept []hit
	for i := range hits {
		kept = keep(kept, &hits[i])
	}
	return kept
}

// keep adds h to kept unless a stronger one is at its place.
func keep(kept []hit, h *hit) []hit {
	n := len(kept)
	if n == 0 || kept[n-1].end <= h.start {
		return append(kept, *h)
	}
	if h.strongerThan(&kept[n-1]) {
		kept[n-1] = *h
	}
	return kept
}

// strongerThan tells whether h takes the place of b, which does not start after
// it.
func (h *hit) strongerThan(b *hit) bool {
	switch {
	case h.strength() != b.strength():
		return h.strength() > b.strength()
	case h.tier != b.tier:
		return h.tier > b.tier
	}
	return h.end-h.start > b.end-b.start
}

// strength is the confidence of a hit against others at its place: a specimen
// is surely what it looks like.
func (h *hit) strength() int16 {
	if h.tier == specimen {
		return confidentAlone
	}
	return h.confidence
}
