package dataset_test

import (
	"strings"
	"testing"

	"sightline/backend/dataset"
)

func agileAndCMMI() (projects []dataset.ProjectRow, types []dataset.TypeRow) {
	projects = []dataset.ProjectRow{{ID: 1, Name: "Gold", Process: "Agile"}, {ID: 2, Name: "Iron", Process: "CMMI"}}
	add := func(project int32, name, level string, rank int32) {
		types = append(types, dataset.TypeRow{ID: int32(len(types) + 1), Project: project, Name: name, Level: level, LevelRank: rank})
	}
	add(1, "Initiative", "portfolio", 50) // of an inherited process
	add(1, "Epic", "portfolio", 40)
	add(1, "Feature", "portfolio", 30)
	add(1, "User Story", "requirement", 20)
	add(1, "Bug", "requirement", 20)
	add(1, "Task", "task", 10)
	add(1, "Issue", "", 0)
	add(2, "Epic", "portfolio", 40)
	add(2, "Requirement", "requirement", 20)
	add(2, "Change Request", "", 0)
	add(2, "Issue", "", 0)
	add(2, "Risk", "", 0)
	add(2, "Bug", "task", 10)
	add(2, "Task", "task", 10)
	return projects, types
}

func TestTheChainsOfTheProcessesSayWhichParentsCount(t *testing.T) {
	projects, types := agileAndCMMI()
	a := dataset.NewAncestry(projects)
	find := func(project int32, name string) dataset.TypeRow {
		for _, ty := range types {
			if ty.Project == project && ty.Name == name {
				return ty
			}
		}
		t.Fatal(name)
		return dataset.TypeRow{}
	}
	for _, c := range []struct {
		project       int32
		parent, child string
		want          bool
	}{
		{1, "Epic", "Task", true}, {1, "User Story", "Bug", true}, {1, "Bug", "User Story", false}, {1, "Bug", "Task", true},
		{1, "Task", "Task", false}, {1, "Feature", "Feature", false}, {1, "Issue", "Task", false}, {1, "Initiative", "Epic", true},
		{2, "Requirement", "Change Request", true}, {2, "Change Request", "Issue", true}, {2, "Issue", "Task", true}, {2, "Bug", "Task", true},
		{2, "Risk", "Task", false}, {2, "Task", "Requirement", false},
	} {
		if got := a.Above(find(c.project, c.parent), find(c.project, c.child)); got != c.want {
			t.Errorf("%s above %s: %t", c.parent, c.child, got)
		}
	}
	want := "Initiative Epic Feature Requirement User Story Bug Change Request Issue"
	if got := strings.Join(a.Types(types), " "); got != want {
		t.Errorf("types %q, want %q", got, want)
	}
}
