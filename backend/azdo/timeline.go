package azdo

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Timeline is what happened inside one build.
type Timeline struct {
	Records []TimelineRecord `json:"records"`
	// At is when the service answered, by its own clock; zero when it did not say.
	At time.Time `json:"-"`
}

// TimelineRecord is a stage, phase, job, task or checkpoint of a build.
type TimelineRecord struct {
	ID           string    `json:"id"`
	ParentID     string    `json:"parentId"` // absent for the first level
	Type         EnumText  `json:"type"`
	Name         string    `json:"name"`
	Identifier   string    `json:"identifier"`
	State        EnumText  `json:"state"`  // pending, inProgress, completed
	Result       EnumText  `json:"result"` // absent until completed
	WorkerName   string    `json:"workerName"`
	Order        IntOrText `json:"order"`
	Attempt      IntOrText `json:"attempt"`
	ErrorCount   IntOrText `json:"errorCount"`
	WarningCount IntOrText `json:"warningCount"`
	StartTime    Time      `json:"startTime"`
	FinishTime   Time      `json:"finishTime"`
}

// Timeline reads the timeline of one build whole. A build with an error in its definition never had one, and
// one that retention deleted has none any more: both give a Timeline without records and no fault, whether
// the service says so with 204, an empty body, plain text or 404.
func (c *Client) Timeline(ctx context.Context, project string, build int) (Timeline, error) {
	var t Timeline
	err := c.do(ctx, call{op: "azdo.Timeline", what: "the timeline of the build " + strconv.Itoa(build), project: project, area: areaBuild, bears: noTimeline,
		path: segments(project) + "/_apis/build/builds/" + strconv.Itoa(build) + "/timeline"}, func(a *answer) error {
		t = Timeline{}
		if !noTimeline(a) {
			if err := decodeJSON(&t)(a); err != nil {
				return err
			}
		}
		t.At = answeredAt(a)
		return nil
	})
	return t, err
}

// noTimeline reports whether an answer means that a build has no timeline. A page of HTML is a proxy's or a
// sign-in, not the service's, and is asked for again like any broken answer.
func noTimeline(a *answer) bool {
	if isAbsent(a) {
		return true
	}
	if a.status != http.StatusOK && a.status != http.StatusNoContent || a.caller.Anonymous() {
		return false
	}
	kind := a.header.Get("Content-Type")
	return len(bytes.TrimSpace(a.body)) == 0 || kind == "" || strings.HasPrefix(strings.ToLower(kind), "text/plain")
}
