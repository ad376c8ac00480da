package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// projectOf transforms a project as a list describes it, or with its capabilities if it has them.
func projectOf(w *azdo.Project) devops.Project {
	p := devops.Project{
		ID: strings.ToLower(w.ID), Name: w.Name, Description: w.Description, State: w.State, Visibility: w.Visibility,
		LastUpdate: w.LastUpdateTime.Time,
	}
	if w.DefaultTeam != nil {
		p.DefaultTeam = strings.ToLower(w.DefaultTeam.ID)
	}
	if c := w.Capabilities; c != nil {
		p.ProcessID = strings.ToLower(c.ProcessTemplate.TemplateTypeID)
		p.ProcessName = c.ProcessTemplate.TemplateName
		p.Process = devops.SystemProcess[p.ProcessID]
		// Older servers know one kind of source control a project and say only which.
		p.TFVC = isTrue(c.VersionControl.TfvcEnabled) || strings.EqualFold(c.VersionControl.SourceControlType, "Tfvc")
		p.Git = isTrue(c.VersionControl.GitEnabled) || strings.EqualFold(c.VersionControl.SourceControlType, "Git")
	}
	return p
}

// isTrue reads a capability, which is the text True or False.
func isTrue(s string) bool { return strings.EqualFold(s, "true") }

// projectNames finds the project that a revision's System.TeamProject means.
type projectNames struct {
	ids map[string]string          // by name in small letters; a present name before a former one
	own map[string]map[string]bool // by id: all names we ever knew of it
}

// nameProjects learns the present and the former names of projects.
func nameProjects(present, stored []devops.Project) projectNames {
	n := projectNames{ids: map[string]string{}, own: map[string]map[string]bool{}}
	for _, list := range [][]devops.Project{stored, present} {
		for _, p := range list {
			name := strings.ToLower(p.Name)
			n.ids[name] = p.ID
			if n.own[p.ID] == nil {
				n.own[p.ID] = map[string]bool{}
			}
			n.own[p.ID][name] = true
		}
	}
	return n
}

// find returns the project a name means in the feed of scope ("" for none). A name that scope ever had means
// scope, even when a new project has taken it since: a project's feed holds only its own revisions, and so
// does a name that nobody knows.
func (n projectNames) find(name, scope string) string {
	name = strings.ToLower(name)
	if n.own[scope][name] {
		return scope
	}
	if id, ok := n.ids[name]; ok {
		return id
	}
	return scope
}

// plan says what a refresh does with each project.
type plan struct {
	load []devops.Project // matched now, or stored before and still there
	gone []devops.Project // stored before, no longer listed: to be asked for directly
}

// planProjects matches the patterns again. A project that was loaded before stays in, whatever it is called
// now: it is the same project by its id.
func planProjects(patterns []devops.ProjectPattern, visible, stored []devops.Project) plan {
	before := map[string]bool{}
	for _, p := range stored {
		before[p.ID] = true
	}
	listed := map[string]bool{}
	var out plan
	matched, others := devops.MatchProjects(patterns, visible)
	for _, p := range matched {
		listed[p.ID] = true
		out.load = append(out.load, p)
	}
	for _, p := range others {
		listed[p.ID] = true
		if before[p.ID] {
			out.load = append(out.load, p)
		}
	}
	for _, p := range stored {
		if !listed[p.ID] && !p.Gone {
			out.gone = append(out.gone, p)
		}
	}
	return out
}
