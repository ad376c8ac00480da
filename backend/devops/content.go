package devops

import (
	"slices"
	"time"
)

// Content is one thing that a person can tick under "What to load".
type Content string

// The contents, in the order of the dialog. Projects, teams and sprints are always loaded.
const (
	WorkItemsContent    Content = "workItems"    // every revision, links, boards: always the whole history
	GitContent          Content = "git"          // repositories, branches, pushes, commits
	PullRequestsContent Content = "pullRequests" // with reviewers and votes
	PipelinesContent    Content = "pipelines"    // builds with their timelines, and deployments of releases
	TestsContent        Content = "tests"        // test runs with their counts
	TFVCContent         Content = "tfvc"         // changesets with their files, branches
)

// AllContents lists every content in the order of the dialog.
var AllContents = []Content{WorkItemsContent, GitContent, PullRequestsContent, PipelinesContent, TestsContent, TFVCContent}

// DefaultHistoryMonths is how far back builds, Git, TFVC and tests are loaded unless a person says otherwise.
const DefaultHistoryMonths = 24

// Selection is what a person wants to have loaded. The zero Selection is everything of the last two years.
type Selection struct {
	Contents []Content // nil: all of them
	// HistoryMonths is how far back builds, Git, TFVC and tests are loaded: 0 is DefaultHistoryMonths, less
	// than 0 everything. Work items are always loaded whole.
	HistoryMonths int
}

// Has reports whether a content is to be loaded.
func (s Selection) Has(c Content) bool { return s.Contents == nil || slices.Contains(s.Contents, c) }

// Since is the first instant of the window at now; the zero time for everything.
func (s Selection) Since(now time.Time) time.Time {
	months := s.HistoryMonths
	if months == 0 {
		months = DefaultHistoryMonths
	}
	if months < 0 {
		return time.Time{}
	}
	return now.UTC().AddDate(0, -months, 0).Truncate(24 * time.Hour)
}

// Entity names a kind of row, as progress, history and the proof of load count them.
type Entity string

// The entities, in the order of the proof of load.
const (
	Projects      Entity = "projects"
	Teams         Entity = "teams"
	Areas         Entity = "areas"
	Iterations    Entity = "iterations"
	Fields        Entity = "fields"
	WorkItemTypes Entity = "workItemTypes"
	Boards        Entity = "boards"
	Capacities    Entity = "capacities"
	WorkItems     Entity = "workItems" // not deleted
	Revisions     Entity = "revisions"
	Links         Entity = "links" // active
	Destroyed     Entity = "destroyed"
	Repositories  Entity = "repositories"
	Branches      Entity = "branches"
	Commits       Entity = "commits"
	Pushes        Entity = "pushes"
	PullRequests  Entity = "pullRequests"
	Reviews       Entity = "reviews" // pull requests whose threads were read
	Definitions   Entity = "definitions"
	Builds        Entity = "builds"
	Timelines     Entity = "timelines" // builds whose timeline was read
	TimelineRows  Entity = "timelineRecords"
	Deployments   Entity = "deployments"
	TestRuns      Entity = "testRuns"
	Changesets    Entity = "changesets"
	ChangedFiles  Entity = "changedFiles"
	TFVCBranches  Entity = "tfvcBranches"
)

// Change counts what storing did to the rows of one entity. A row that came again as it was counts nowhere.
type Change struct {
	Added, Changed, Deleted int
}

// Changes is what storing did, by entity.
type Changes map[Entity]Change

// Add adds to the counts of an entity.
func (c Changes) Add(e Entity, more Change) {
	was := c[e]
	c[e] = Change{was.Added + more.Added, was.Changed + more.Changed, was.Deleted + more.Deleted}
}
