package rest

import (
	"encoding/json"
	"net/http"
	"strconv"

	"sightline/backend/sampleorg/world"
)

// rawJSON is a value that is encoded already.
func rawJSON(b []byte) json.RawMessage { return b }

// neverModified is what the service writes for the time of a record that nobody modified: no zone, no year.
const neverModified = "0001-01-01T00:00:00"

// timeline is what happened inside a build, whole. A build whose definition could not be read has none: the
// answer is then 204, or 200 without a body. So has one that waits in the queue.
func (c *call) timeline() *refusal {
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	records := c.world.Timeline(b)
	if records == nil {
		status := http.StatusNoContent
		if b.ID%2 == 0 {
			status = http.StatusOK
		}
		return &refusal{status: status}
	}
	values := make([]any, 0, len(records))
	for i := range records {
		values = append(values, c.record(b, &records[i]))
	}
	id := c.world.GUID("timeline", strconv.Itoa(b.ID))
	return c.json(obj{"records": values, "lastChangedBy": c.world.TFS().ID, "lastChangedOn": zuluTime(c.world.LastChanged(b) + 400), "id": id, "changeId": 8 + len(records),
		"url": c.at(c.project, "/_apis/build/builds/"+strconv.Itoa(b.ID)+"/Timeline/"+id)})
}

func (c *call) record(b *world.Build, r *world.Record) obj {
	v := obj{"previousAttempts": []any{}, "id": r.ID, "parentId": nil, "type": r.Kind, "name": r.Name, "startTime": nil, "finishTime": nil, "currentOperation": nil, "percentComplete": nil,
		"state": r.State, "result": nil, "resultCode": nil, "changeId": 3 + r.Order, "lastModified": neverModified, "workerName": nil, "order": r.Order, "details": nil, "errorCount": r.Errors,
		"warningCount": r.Warnings, "url": nil, "log": nil, "task": nil, "attempt": r.Attempt, "identifier": r.Identifier}
	if r.Parent != "" {
		v["parentId"] = r.Parent
	}
	if r.Started != 0 {
		v["startTime"] = string(appendTicks(nil, r.Started, b.ID+r.Order))
	}
	if r.Finished != 0 {
		v["finishTime"] = string(appendTicks(nil, r.Finished, b.ID+r.Order))
	}
	if r.Result != "" {
		v["result"] = r.Result
	}
	if r.State == "inProgress" {
		v["percentComplete"] = r.Percent
	}
	if r.Worker != "" {
		v["workerName"] = r.Worker
	}
	if r.Kind == "Job" {
		v["queueId"] = b.Pipeline.Pool.Queue
	}
	if r.Attempt > 1 {
		v["previousAttempts"] = []any{obj{"attempt": r.Attempt - 1, "timelineId": c.world.GUID("earlier", r.ID), "recordId": r.ID}}
	}
	if r.Log != 0 {
		v["log"] = obj{"id": r.Log, "type": "Container", "url": c.at(c.project, "/_apis/build/builds/"+strconv.Itoa(b.ID)+"/logs/"+strconv.Itoa(r.Log))}
	}
	if r.Task != "" {
		v["task"] = obj{"id": c.world.GUID("task", r.Task), "name": r.Task, "version": "2.1" + strconv.Itoa(len(r.Task)) + ".0"}
	}
	var issues []any
	for _, i := range r.Issues {
		kind := "warning"
		if i.Error {
			kind = "error"
		}
		issues = append(issues, obj{"type": kind, "category": "General", "message": i.Text, "data": obj{"type": kind, "logFileLineNumber": strconv.Itoa(40 + r.Log)}})
	}
	if issues != nil {
		v["issues"] = issues // left out when there are none
	}
	return v
}

// changeLimit is how many changes of a build the service tells, whatever is asked for.
const changeLimit = 200

// buildChanges are the commits that came with a build, 50 at a time unless more are asked for.
func (c *call) buildChanges() *refusal {
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	top, refused := c.number("$top", 50)
	if refused != nil {
		return refused
	}
	skip, refused := c.number("continuationToken", 0)
	if refused != nil {
		return refused
	}
	all := c.changes(b)
	all = all[:min(len(all), changeLimit)]
	page := all[min(skip, len(all)):min(skip+top, len(all))]
	if len(page) == top && top > 0 && skip+top < changeLimit {
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(skip + top)}
	}
	return c.list(page)
}

func (c *call) changes(b *world.Build) []any {
	var values []any
	w := c.world
	if b.Pipeline.TFVC {
		if id, err := strconv.Atoi(b.Commit[1:]); err == nil {
			if s := w.Changeset(id); s != nil {
				values = append(values, obj{"id": b.Commit, "message": s.Comment, "type": "TfsVersionControl", "author": c.identity(s.Author), "timestamp": zuluTime(s.At), "location": c.base + "/_apis/tfvc/changesets/" + b.Commit[1:]})
			}
		}
		return values
	}
	r := b.Pipeline.Repository
	first, count := int32(0), int32(0)
	if q := w.PullRequest(b.Pull); q != nil {
		first, count = q.SourceCommit, 1
	} else if id, ok := world.ParseSHA(b.Commit); ok {
		if commit := r.Commit(id); commit != nil {
			p := r.Pushes[commit.Push]
			first, count = p.First, p.Count
		}
	}
	for i := first + count - 1; i >= first && count > 0; i-- {
		commit := &r.Commits[i]
		author := w.People[commit.Author]
		values = append(values, obj{"id": commit.ID.String(), "message": r.Comment(commit), "type": "TfsGit", "author": c.identity(author), "timestamp": zuluTime(commit.Authored),
			"location": c.base + "/_apis/git/repositories/" + r.ID + "/commits/" + commit.ID.String(), "pusher": author.ID})
	}
	return values
}
