package refresh

import (
	"fmt"
	"slices"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

// nearEnough is how many near names a refusal lists.
const nearEnough = 4

// MatchOrExplain returns the projects that any pattern names. When there is none, the fault
// NoProjectMatches names the nearest projects.
func MatchOrExplain(patterns []devops.ProjectPattern, projects []devops.Project) ([]devops.Project, error) {
	matched, _ := devops.MatchProjects(patterns, projects)
	if len(matched) > 0 {
		return matched, nil
	}
	const op = "refresh.MatchOrExplain"
	texts := make([]string, len(patterns))
	for i, p := range patterns {
		texts[i] = p.String()
	}
	asked := strings.Join(texts, ", ")
	if len(projects) == 0 {
		return nil, fault.New(fault.NoProjectMatches, op, "This account sees no projects at all, so none matches "+asked+".",
			"Sign in with another account, or ask an administrator to add this one to a project.").With("Pattern", asked)
	}
	near := nearest(patterns, projects)
	hint := "Choose one of the projects below, or type * for all of them."
	if len(near) > 0 {
		hint = "Did you mean " + suggestion(patterns, near) + "?"
	}
	seen := fmt.Sprintf("None of the %d projects this account sees matches %s.", len(projects), asked)
	if len(projects) == 1 {
		seen = fmt.Sprintf("The one project this account sees does not match %s.", asked)
	}
	if len(near) == 0 {
		for _, p := range projects[:min(nearEnough, len(projects))] {
			near = append(near, p.Name)
		}
	}
	return nil, fault.New(fault.NoProjectMatches, op, seen, hint).With("Pattern", asked).With("Near", strings.Join(near, ", "))
}

// suggestion is the nearest name, or for a pattern with a star the nearest beginning with its star.
func suggestion(patterns []devops.ProjectPattern, near []string) string {
	text := patterns[0].String()
	typed, star := strings.CutSuffix(text, "*")
	if !star || typed == "" {
		return near[0]
	}
	name := []rune(near[0])
	// The beginning of the name that is nearest to what was typed: Harbour* → Harbor*.
	best, at := len(name)+len(text), len(name)
	for n := 1; n <= len(name); n++ {
		if d := editDistance(typed, string(name[:n])); d < best {
			best, at = d, n
		}
	}
	return string(name[:at]) + "*"
}

// nearest lists the names within a third of the typed letters (at least 2) of any pattern, nearest first. A
// pattern with a star is compared with beginnings.
func nearest(patterns []devops.ProjectPattern, projects []devops.Project) []string {
	type candidate struct {
		name     string
		distance int
	}
	var all []candidate
	for _, project := range projects {
		best := candidate{project.Name, 1 << 30}
		for _, p := range patterns {
			typed, star := strings.CutSuffix(p.String(), "*")
			name := []rune(project.Name)
			d := editDistance(typed, project.Name)
			if star {
				for n := range len(name) + 1 {
					d = min(d, editDistance(typed, string(name[:n])))
				}
			} else if strings.Contains(strings.ToLower(project.Name), strings.ToLower(typed)) {
				d = min(d, 1) // Web for Harbor-Web
			}
			if d <= max(2, len([]rune(typed))/3) {
				best.distance = min(best.distance, d)
			}
		}
		if best.distance < 1<<30 {
			all = append(all, best)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.distance - b.distance })
	names := make([]string, 0, nearEnough)
	for _, c := range all[:min(nearEnough, len(all))] {
		names = append(names, c.name)
	}
	return names
}

// editDistance is Levenshtein's: insertions, deletions and replacements, without regard to case.
func editDistance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, d := range y {
			above := row[j+1]
			cost := diagonal
			if c != d {
				cost++
			}
			row[j+1] = min(cost, above+1, row[j]+1)
			diagonal = above
		}
	}
	return row[len(y)]
}
