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

// repositoryEntries name repositories; one whose name another project has too stands as Project\Name.
func (g *generation) repositoryEntries() []entry {
	rows := g.dicts.repositories
	count := map[string]int{}
	for _, r := range rows[1:] {
		count[strings.ToLower(r.Name)]++
	}
	out := make([]entry, len(rows))
	for c, r := range rows {
		out[c] = textEntry(r.Name)
		if project := g.projectName(r.Project); c > 0 && r.Name != "" {
			if count[strings.ToLower(r.Name)] > 1 {
				out[c].member.Value = project + `\` + r.Name
			}
			out[c].member.Detail, out[c].text = project, r.Name+"\x00"+project
		}
	}
	return out
}

// pipelineEntries name pipelines. The service's id tells two apart: one whose name others have stands
// with its project, and with its folder where that is not enough.
func (g *generation) pipelineEntries() []entry {
	rows := g.dicts.pipelines
	count := map[string]int{}
	names := func(p dataset.PipelineRow) []string {
		project := g.projectName(p.Project)
		return []string{p.Name, project + `\` + p.Name, project + strings.TrimSuffix(p.Folder, `\`) + `\` + p.Name}
	}
	for _, p := range rows[1:] {
		for _, n := range uniqueTexts(names(p)) {
			count[strings.ToLower(n)]++
		}
	}
	out := make([]entry, len(rows))
	for c, p := range rows {
		out[c] = textEntry(p.Name)
		if c == 0 || p.Name == "" {
			continue
		}
		all := names(p)
		out[c].member.Detail, out[c].text = g.projectName(p.Project)+p.Folder, p.Name+"\x00"+all[2]
		for _, n := range all {
			out[c].member.Value = n
			if count[strings.ToLower(n)] == 1 {
				break
			}
		}
	}
	return out
}

func uniqueTexts(texts []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range texts {
		if !seen[strings.ToLower(t)] {
			seen[strings.ToLower(t)] = true
			out = append(out, t)
		}
	}
	return out
}

func (g *generation) projectName(id int32) string {
	return g.dicts.projects[g.dicts.projectIDs.at(id)].Name
}
