package sampleorg

import (
	"fmt"
	"slices"
	"strings"

	"sightline/backend/sampleorg/identity"
	"sightline/backend/sampleorg/rest"
	"sightline/backend/sampleorg/world"
)

// Script is something that goes wrong, by its name.
type Script struct {
	Name string `json:"name"`
	Says string `json:"says"` // what happens, for a person
	// Outcome says what a good client makes of it: "passes" when it ends with all rows, "refused" when it gives
	// up and says why, "changes" when the organization itself is another one, "sign-in" when it is about who
	// signs in, at the directory or at the organization.
	Outcome string `json:"outcome"`
}

// ServerScript is the one script that only a start can play.
const ServerScript = "server-7.0"

// hostileScript gives a project texts that attack.
const hostileScript = "hostile-text"

// movedScript moves the organization to another directory.
const movedScript = "moved-tenant"

// decisions are the scripts that change the organization itself.
var decisions = []Script{
	{"lost-permission", "The person may no longer see Lumen Data: lists are shorter without a word, and who asks for it by name is told that it does not exist.", "changes"},
	{"renamed-project", "Tooling is now called Developer Tools. Its id, its work items and its repositories stay.", "changes"},
	{"destroyed-items", "Some work items were destroyed in the recycle bin: no feed tells of it.", "changes"},
	{"retention", "Builds are kept for 30 days in place of a year: most are gone from the lists, and asked for by id they are 404.", "changes"},
	{movedScript, "The organization has moved to the directory of Quayside Freight: it names that one, knows tokens of that one only, and of the people who can sign in Priya Nair alone.", "sign-in"},
	{hostileScript, "The texts and names of Tooling attack whoever shows them: scripts, formulas, control characters, texts of 10,000 characters, in work items, people, areas, iterations, teams, tags, repositories, branches, pipelines, commits and pull requests, and in the project's name.", "changes"},
	{ServerScript, "The organization is a collection of an Azure DevOps Server 7.0: 7.1 is out of range, there are no resource areas and no profiles, pull requests have no filter of times. Only when serving begins.", "passes"},
}

// Quirk is a manner of the service that the sample always has.
type Quirk struct {
	Says string `json:"says"`
}

// Quirks lists what needs no script because it is always so.
func Quirks() []Quirk {
	return []Quirk{
		{"The API version comes in the query or the Accept header; a GET goes without, a POST does not; preview routes refuse a version without the mark."},
		{"HEAD of the organization is 404 and names the directory to sign in to; OPTIONS lists where resources are served."},
		{"Without X-TFS-FedAuthRedirect: Suppress a bad credential is redirected to a page under 203; with it, 401 names three ways to sign in."},
		{"Git answers stream with value before count, disabled and empty repositories are listed, a repository has got another name."},
		{"Tokens come in a header written in lower case, also with a page that is exactly full; the one of builds is a time, and rows of that time come again."},
		{"Builds that have not finished stand first, have no finish time, and finish later; those of more than a year are deleted unless somebody keeps them."},
		{"The timeline of a build whose definition could not be read is 204 or has no body; that of a deleted build is 404; records were last modified in the year 1."},
		{"Instants have as many digits of a second as the service that wrote them uses, up to seven; members without a value are left out."},
		{"The feed of revisions has short pages and a few empty ones that are not the last; items are deleted, restored, destroyed, retyped and moved; a new parent makes no revision."},
		{"Two parents of one item may both be active in the feed of links; WIQL refuses more than 20,000 hits and compares days unless told otherwise; a batch of work items takes 200 ids."},
		{"Test runs are asked for with two dates at most seven days apart; lists of deployments stop at 100, changes of a build at 200."},
		{"Enumerations are taken as words and as numbers; one project has an inherited process with an id of its own; a pipeline gets another name every two weeks."},
	}
}

// Scripts lists every script by name.
func Scripts() []Script {
	list := slices.Clone(decisions)
	for _, s := range rest.Scripts() {
		outcome := "passes"
		if s.Refuses {
			outcome = "refused"
		}
		if s.Person {
			outcome = "sign-in"
		}
		list = append(list, Script{s.Name, s.Says, outcome})
	}
	for _, f := range identity.Faults() {
		list = append(list, Script{f.Name, f.Says, "sign-in"})
	}
	slices.SortFunc(list, func(a, b Script) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// CheckScripts refuses a name that no script has.
func CheckScripts(names ...string) error {
	for _, name := range names {
		if !slices.ContainsFunc(Scripts(), func(s Script) bool { return s.Name == name }) {
			return fmt.Errorf("sampleorg: there is no fault called %q; `sightline sample faults` lists them", name)
		}
	}
	return nil
}

// Play ends all scripts and begins those that are named; none ends all.
func (s *Server) Play(names ...string) error {
	if err := CheckScripts(names...); err != nil {
		return err
	}
	if slices.Contains(names, ServerScript) != s.options.Collection {
		if !s.options.Collection {
			return fmt.Errorf("sampleorg: %s can only be played from the start: sightline sample serve --fault %s", ServerScript, ServerScript)
		}
	}
	var chosen []rest.Script
	for _, script := range rest.Scripts() {
		if slices.Contains(names, script.Name) {
			chosen = append(chosen, script)
		}
	}
	if len(chosen) == 0 {
		s.faults.Set(nil)
	} else {
		s.faults.Set(rest.Run(chosen))
	}
	var directory []string
	for _, name := range names {
		if identity.CheckFault(name) {
			directory = append(directory, name)
		}
	}
	if err := s.provider.Play(directory...); err != nil {
		return fmt.Errorf("sampleorg: %w", err)
	}
	if slices.Contains(names, movedScript) {
		s.rest.SetTenant(identity.QuaysideTenantID)
	} else {
		s.rest.SetTenant(identity.LumenTenantID)
	}
	if slices.Contains(names, "lost-permission") {
		s.Hide("Lumen Data")
	} else {
		s.Hide()
	}
	s.decide(names)
	return nil
}

// decide makes the organization another one, and leaves it as it was when nothing was decided.
func (s *Server) decide(names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.rest.World()
	now := timeOf(w.Now)
	changed := false
	if slices.Contains(names, "renamed-project") && len(s.decisions.Renamings) == 0 {
		s.decisions.Renamings = []world.Renaming{{Project: renamedProject, Name: renamedTo, At: now}}
		changed = true
	}
	if slices.Contains(names, "destroyed-items") && len(s.decisions.Destructions) == 0 {
		items := oneInTwentyFive(w)
		s.decisions.Destructions = []world.Destruction{{Items: items, At: now}}
		changed = true
	}
	if kept := 0; slices.Contains(names, "retention") || s.decisions.KeptDays != 0 {
		if slices.Contains(names, "retention") {
			kept = shortRetention
		}
		changed = changed || kept != s.decisions.KeptDays
		s.decisions.KeptDays = kept
	}
	if hostile := slices.Contains(names, hostileScript); hostile != s.hostile {
		s.hostile, changed = hostile, true
	}
	if changed {
		s.simulate(now)
	}
}

// oneInTwentyFive are some work items of every project.
func oneInTwentyFive(w *world.World) (items []int) {
	count := map[uint8]int{}
	for id := 1; id <= len(w.Items); id++ {
		r := w.Latest(id)
		if r == nil {
			continue
		}
		if count[r.Project]++; count[r.Project]%25 == 12 {
			items = append(items, id)
		}
	}
	return items
}

const (
	renamedProject = "Tooling"
	renamedTo      = "Developer Tools"
	shortRetention = 30 // days
)
