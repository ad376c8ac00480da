package desktop

import (
	"slices"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/signin"
)

// contentViews are the lines under "What to load", in the order of the dialog.
var contentViews = []ContentView{
	{string(devops.WorkItemsContent), "Work items", "Every revision, links, boards and sprints: always the whole history.", true},
	{string(devops.GitContent), "Git", "Repositories, branches, pushes and commits.", true},
	{string(devops.PullRequestsContent), "Pull requests", "With reviewers, votes and the time to the first review.", true},
	{string(devops.PipelinesContent), "Pipelines", "Builds with their stages, jobs and tasks, and deployments of releases.", true},
	{string(devops.TestsContent), "Tests", "Test runs with their counts by outcome.", true},
	{string(devops.TFVCContent), "TFVC", "Changesets with their files, and branches.", true},
}

// historyChoices are how far back builds, Git, TFVC and tests may be loaded.
var historyChoices = []HistoryChoice{
	{6, "6 months"}, {12, "1 year"}, {24, "2 years"}, {60, "5 years"}, {-1, "Everything"},
}

// longestHistory is the longest history in months that is no mistake in typing.
const longestHistory = 1200

// selectionOf reads what a person ticked. Nothing ticked is everything. Fault Invalid for what nobody knows.
func selectionOf(contents []string, months int) (devops.Selection, error) {
	const op = "desktop.selection"
	s := devops.Selection{HistoryMonths: months}
	if months < -1 || months > longestHistory {
		return s, fault.New(fault.Invalid, op, "The history is a number of months, or -1 for everything.", "Choose 24 for two years.")
	}
	for _, text := range contents {
		if !slices.Contains(devops.AllContents, devops.Content(text)) {
			known := make([]string, len(devops.AllContents))
			for i, c := range devops.AllContents {
				known[i] = string(c)
			}
			return s, fault.New(fault.Invalid, op, "There is nothing called "+text+" to load.", "Choose from "+strings.Join(known, ", ")+".")
		}
	}
	for _, c := range devops.AllContents {
		if slices.Contains(contents, string(c)) {
			s.Contents = append(s.Contents, c)
		}
	}
	if len(s.Contents) == len(devops.AllContents) {
		s.Contents = nil
	}
	return s, nil
}

// contentsOf lists what a selection loads, in the order of the dialog, and how far back.
func contentsOf(s devops.Selection) (contents []string, months int) {
	contents = []string{}
	for _, c := range devops.AllContents {
		if s.Has(c) {
			contents = append(contents, string(c))
		}
	}
	months = s.HistoryMonths
	if months == 0 {
		months = devops.DefaultHistoryMonths
	}
	return contents, months
}

// needs are the contents for which a permission is asked; those of the others are asked for always.
var needs = map[string][]string{
	"vso.work": texts(devops.WorkItemsContent), "vso.code": texts(devops.GitContent, devops.PullRequestsContent, devops.TFVCContent),
	"vso.build": texts(devops.PipelinesContent), "vso.release": texts(devops.PipelinesContent), "vso.test": texts(devops.TestsContent),
}

// permissions are what a sign-in asks for, in the words of the sign-in itself.
func permissions() []Permission {
	asked := signin.Permissions(nil)
	out := make([]Permission, 0, len(asked))
	for _, p := range asked {
		out = append(out, Permission{Name: p.Name, Sentence: p.About, Contents: append([]string{}, needs[p.Scope]...)})
	}
	return out
}

func texts(contents ...devops.Content) []string {
	out := make([]string, len(contents))
	for i, c := range contents {
		out[i] = string(c)
	}
	return out
}
