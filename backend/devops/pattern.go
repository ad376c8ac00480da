package devops

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sightline/backend/fault"
)

// ProjectPattern names projects: a whole name, a beginning followed by one star, or a star for all.
// Matching ignores case, as Azure DevOps does. A star anywhere else is refused, as it was in the
// Visual Studio Online connector of Power BI.
type ProjectPattern struct {
	text   string
	prefix string
	star   bool
}

// maxProjectName is the longest project name Azure DevOps takes, in characters.
const maxProjectName = 64

// ParsePattern reads one pattern. A refusal says why and, where it can, what would do instead.
func ParsePattern(s string) (ProjectPattern, error) {
	const op = "devops.ParsePattern"
	t := strings.TrimSpace(s)
	if t == "" {
		return ProjectPattern{}, fault.New(fault.Invalid, op, "The project is empty.", "Type a name, a beginning followed by *, or * for every project.")
	}
	if utf8.RuneCountInString(t) > maxProjectName+1 {
		return ProjectPattern{}, fault.New(fault.Invalid, op, fmt.Sprintf("A project name has at most %d characters.", maxProjectName), "Shorten it.")
	}
	if i := strings.IndexAny(t, "\\/:?<>;#$\"{},+=[]|"); i >= 0 {
		return ProjectPattern{}, fault.New(fault.Invalid, op, fmt.Sprintf("%s cannot be used: no project name contains %q.", t, t[i]), "Type the name as it stands in Azure DevOps.")
	}
	star := strings.IndexByte(t, '*')
	if star < 0 {
		return ProjectPattern{text: t, prefix: strings.ToLower(t)}, nil
	}
	if star != len(t)-1 {
		begin := t[:star]
		hint := "Put the star at the end, or use * for every project."
		if begin != "" {
			hint = fmt.Sprintf("Try %s* for every project that begins with %s.", begin, begin)
		}
		return ProjectPattern{}, fault.New(fault.Invalid, op, t+" cannot be used: a star may only stand at the end.", hint)
	}
	return ProjectPattern{text: t, prefix: strings.ToLower(t[:star]), star: true}, nil
}

// SuggestPattern returns a pattern that would do instead of one that ParsePattern refuses: what stands
// before its first star, with the star at the end. It is "" when there is none.
func SuggestPattern(s string) string {
	t := strings.TrimSpace(s)
	if i := strings.IndexByte(t, '*'); i > 0 && i < len(t)-1 {
		return t[:i] + "*"
	}
	return ""
}

// ParsePatterns reads several patterns, separated by comma, semicolon or line. At least one is needed;
// repeated ones are dropped.
func ParsePatterns(texts ...string) ([]ProjectPattern, error) {
	var out []ProjectPattern
	seen := map[string]bool{}
	for _, text := range texts {
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }) {
			if strings.TrimSpace(part) == "" {
				continue
			}
			p, err := ParsePattern(part)
			if err != nil {
				return nil, err
			}
			if key := strings.ToLower(p.text); !seen[key] {
				seen[key] = true
				out = append(out, p)
			}
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "devops.ParsePatterns", "No project was named.", "Type a name, a beginning followed by *, or * for every project.")
	}
	return out, nil
}

// String is the pattern as it was typed, without spaces around it.
func (p ProjectPattern) String() string { return p.text }

// Matches reports whether the pattern names this project.
func (p ProjectPattern) Matches(name string) bool {
	n := strings.ToLower(name)
	if p.star {
		return strings.HasPrefix(n, p.prefix)
	}
	return n == p.prefix
}

// MatchProjects splits projects, in their order, into those that any pattern names and the rest.
func MatchProjects(patterns []ProjectPattern, projects []Project) (matched, others []Project) {
	for _, pr := range projects {
		hit := false
		for _, p := range patterns {
			if p.Matches(pr.Name) {
				hit = true
				break
			}
		}
		if hit {
			matched = append(matched, pr)
		} else {
			others = append(others, pr)
		}
	}
	return matched, others
}
