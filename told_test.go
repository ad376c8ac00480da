package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"sightline/backend/sampleorg"
)

// ask reads JSON from the organization as any program with the token would.
func ask[T any](t *testing.T, a sampleorg.Announcement, where string) (out T) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.OrganizationURL+"/"+where, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("", a.PersonalAccessToken)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", where, answer.StatusCode, err)
	}
	return out
}

// revision is one revision as the organization tells it.
type revision struct {
	ID     int
	Rev    int
	Fields map[string]any
}

func (r revision) text(field string) string { s, _ := r.Fields[field].(string); return s }

func (r revision) at(t *testing.T) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, r.text("System.ChangedDate"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// told is the history of one project, read from the protocol alone: every revision in the order of time, and the category
// of each state of each type.
type told struct {
	revisions  map[int][]revision
	categories map[string]string // type, newline, state
}

const toldFields = "System.Id,System.Rev,System.WorkItemType,System.State,System.ChangedDate,System.TeamProject,System.AreaPath,Microsoft.VSTS.Common.Priority,System.IsDeleted"

func tell(t *testing.T, a sampleorg.Announcement, project string) told {
	t.Helper()
	out := told{map[int][]revision{}, map[string]string{}}
	type page struct {
		Values            []revision
		ContinuationToken string
		IsLastBatch       bool
	}
	for token := ""; ; {
		p := ask[page](t, a, url.PathEscape(project)+"/_apis/wit/reporting/workitemrevisions?api-version=7.1&includeDeleted=true&fields="+toldFields+"&continuationToken="+url.QueryEscape(token))
		for _, r := range p.Values {
			out.revisions[r.ID] = append(out.revisions[r.ID], r)
		}
		if token = p.ContinuationToken; p.IsLastBatch {
			break
		}
	}
	type named struct {
		Value []struct{ Name, Category string }
	}
	for _, typ := range ask[named](t, a, url.PathEscape(project)+"/_apis/wit/workitemtypes?api-version=7.1").Value {
		for _, s := range ask[named](t, a, url.PathEscape(project)+"/_apis/wit/workitemtypes/"+url.PathEscape(typ.Name)+"/states?api-version=7.1").Value {
			out.categories[typ.Name+"\n"+s.Name] = s.Category
		}
	}
	return out
}

// openBugsAt are the bugs that were open at the time, by number, with the revision that was valid then.
func (o told) openBugsAt(t *testing.T, at time.Time) map[int]revision {
	t.Helper()
	out := map[int]revision{}
	for id, revs := range o.revisions {
		var now *revision
		for i := range revs {
			if !revs[i].at(t).After(at) && (now == nil || revs[i].Rev > now.Rev) {
				now = &revs[i]
			}
		}
		if now == nil || now.Fields["System.IsDeleted"] == true || now.text("System.WorkItemType") != "Bug" {
			continue
		}
		if c := o.categories["Bug\n"+now.text("System.State")]; c != "Completed" && c != "Removed" {
			out[id] = *now
		}
	}
	return out
}
