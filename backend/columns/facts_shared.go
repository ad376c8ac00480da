package columns

import (
	"strings"

	"sightline/backend/dataset"
)

// sharedDomains makes the members of the columns that several tables reach through codes of the same
// dictionary. They have one list of members each, so that values of several tables stand in the same rows.
func (g *generation) sharedDomains() {
	d := g.dicts
	g.people = newDomain(personEntries(d.people, dataset.Blank))
	g.shared = map[dataset.FactKind]map[dataset.FieldRef]*domain{
		dataset.FactProject: {
			dataset.Project: newDomain(entriesOf(d.projects, func(p dataset.ProjectRow) entry { return textEntry(p.Name) })),
			dataset.Process: newDomain(entriesOf(d.projects, func(p dataset.ProjectRow) entry { return textEntry(p.Process) })),
		},
		dataset.FactRepository: {
			dataset.Repository:         newDomain(g.repositoryEntries()),
			dataset.DefaultBranch:      newDomain(entriesOf(d.repositories, func(r dataset.RepositoryRow) entry { return textEntry(r.DefaultBranch) })),
			dataset.RepositoryDisabled: newDomain(flagEntries(len(d.repositories), func(c int) bool { return d.repositories[c].Disabled })),
			dataset.RepositoryGone:     newDomain(flagEntries(len(d.repositories), func(c int) bool { return d.repositories[c].Gone })),
		},
		dataset.FactPipeline: {
			dataset.Pipeline:       newDomain(g.pipelineEntries()),
			dataset.PipelineFolder: newDomain(entriesOf(d.pipelines, func(p dataset.PipelineRow) entry { return textEntry(p.Folder) })),
			dataset.PipelineGone:   newDomain(flagEntries(len(d.pipelines), func(c int) bool { return d.pipelines[c].Gone })),
		},
	}
}

// through is the domain of a dictionary whose codes lead to codes of the shared one.
func (d *domain) through(codes []uint32) *domain {
	of := make([]uint32, len(codes))
	for i, c := range codes {
		of[i] = d.of[c]
	}
	return &domain{members: d.members, of: of}
}

// flagEntries are those of codes from 1; code 0 is none.
func flagEntries(n int, yes func(code int) bool) []entry {
	out := make([]entry, n)
	for c := range out {
		out[c] = blankEntry(dataset.Blank)
		if c > 0 {
			out[c] = flagEntry(yes(c))
		}
	}
	return out
}

// repositoryEntries name repositories; one whose name others have stands with its project.
func (g *generation) repositoryEntries() []entry {
	rows := g.dicts.repositories
	names := make([][]string, len(rows))
	out := make([]entry, len(rows))
	for c, r := range rows {
		project := g.projectName(r.Project)
		names[c] = withGone([]string{r.Name, project + `\` + r.Name}, r.Gone)
		out[c] = textEntry(r.Name)
		out[c].member.Detail, out[c].text = project, r.Name+"\x00"+project
	}
	return tellApart(out, names)
}

// pipelineEntries name pipelines. The service's id tells two apart: one whose name others have stands
// with its project, and with its folder where that is not enough.
func (g *generation) pipelineEntries() []entry {
	rows := g.dicts.pipelines
	names := make([][]string, len(rows))
	out := make([]entry, len(rows))
	for c, p := range rows {
		project := g.projectName(p.Project)
		path := project + strings.TrimSuffix(p.Folder, `\`) + `\` + p.Name
		names[c] = withGone([]string{p.Name, project + `\` + p.Name, path}, p.Gone)
		out[c] = textEntry(p.Name)
		out[c].member.Detail, out[c].text = project+p.Folder, p.Name+"\x00"+path
	}
	return tellApart(out, names)
}

// withGone adds the name of what was deleted and may have been made again.
func withGone(names []string, gone bool) []string {
	if last := names[len(names)-1]; gone {
		return append(names, last+" (gone)")
	}
	return names
}

// tellApart gives each entry the first of its names that no other has, else its last: the value that a filter
// means it by.
func tellApart(entries []entry, names [][]string) []entry {
	count := map[string]int{}
	for c := range entries[1:] {
		seen := map[string]bool{}
		for _, n := range names[c+1] {
			if n = strings.ToLower(n); !seen[n] {
				seen[n] = true
				count[n]++
			}
		}
	}
	entries[0] = blankEntry(dataset.Blank)
	for c := range entries[1:] {
		e := &entries[c+1]
		if e.member.Value == nil {
			continue
		}
		for _, n := range names[c+1] {
			if e.member.Value = n; count[strings.ToLower(n)] == 1 {
				break
			}
		}
	}
	return entries
}

func (g *generation) projectName(id int32) string {
	return g.dicts.projects[g.dicts.projectIDs.at(id)].Name
}
