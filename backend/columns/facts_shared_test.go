package columns

import (
	"slices"
	"testing"

	"sightline/backend/dataset"
)

// A pipeline or repository that was deleted and made again is another one, although every name is the same.
func TestNamesTellPipelinesAndRepositoriesApart(t *testing.T) {
	g := &generation{dicts: &dictionaries{projects: []dataset.ProjectRow{{}, {ID: 1, Name: "Alpha"}, {ID: 2, Name: "Beta"}}}}
	g.dicts.projectIDs.put(1, 1)
	g.dicts.projectIDs.put(2, 2)
	g.dicts.pipelines = []dataset.PipelineRow{{}, {Project: 1, Name: "CI", Folder: `\`, Gone: true}, {Project: 1, Name: "CI", Folder: `\`},
		{Project: 1, Name: "ci", Folder: `\old`}, {Project: 2, Name: "CI", Folder: `\`}, {Project: 2, Name: "Ship", Folder: `\`}, {Project: 1, Name: "Lone", Folder: `\`, Gone: true}}
	g.dicts.repositories = []dataset.RepositoryRow{{}, {Project: 1, Name: "web"}, {Project: 1, Name: "web", Gone: true}, {Project: 2, Name: "Web"}, {Project: 2, Name: "core", Gone: true}}
	values := func(entries []entry) (out []string) {
		for _, e := range entries[1:] {
			out = append(out, e.member.Value.(string))
		}
		return out
	}
	if got, want := values(g.pipelineEntries()), []string{`Alpha\CI (gone)`, `Alpha\CI`, `Alpha\old\ci`, `Beta\CI`, "Ship", "Lone"}; !slices.Equal(got, want) {
		t.Errorf("pipelines %q, want %q", got, want)
	}
	if got, want := values(g.repositoryEntries()), []string{`Alpha\web`, `Alpha\web (gone)`, `Beta\Web`, "core"}; !slices.Equal(got, want) {
		t.Errorf("repositories %q, want %q", got, want)
	}
}
