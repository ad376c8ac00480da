package rest

import (
	"strconv"

	"sightline/backend/sampleorg/world"
)

// requestReviewers lists the reviewers of a pull request, the count before the values as recorded.
func (c *call) requestReviewers() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	var all []any
	for _, rv := range q.Reviewers {
		all = append(all, c.reviewerRow(q, rv))
	}
	return c.list(all)
}

// requestIterations lists the states of the source branch.
func (c *call) requestIterations() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	r := q.Repository
	number := 0
	return streamed(c, q.Iterations, func(it world.Iteration) obj {
		number++
		reason := "push"
		switch {
		case number == 1:
			reason = "create"
		case it.Rebased:
			reason = "forcePush"
		}
		base := it.Base
		if base < 0 {
			base = q.TargetCommit
		}
		return obj{"id": number, "description": firstLine(r.Comment(&r.Commits[it.Source])), "author": c.identity(it.By), "createdDate": fineTime(it.At, q.ID+number), "updatedDate": fineTime(it.At, q.ID+number),
			"sourceRefCommit": obj{"commitId": r.Commits[it.Source].ID.String()}, "targetRefCommit": obj{"commitId": r.Commits[q.TargetCommit].ID.String()}, "commonRefCommit": obj{"commitId": r.Commits[base].ID.String()},
			"hasMoreCommits": false, "reason": reason}
	})
}

func firstLine(text string) string {
	for i, ch := range text {
		if ch == '\n' {
			return text[:i]
		}
	}
	return text
}

// requestWorkItems lists the work items of a pull request; their ids are text here.
func (c *call) requestWorkItems() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	return c.list(c.workItemRefs(q.Item))
}

// requestCommits lists the commits of a pull request, 100 a page. A token follows a page that is not the last.
func (c *call) requestCommits() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	top, refused := c.number("$top", 100)
	if refused != nil {
		return refused
	}
	skip, refused := c.number("continuationToken", 0)
	if refused != nil {
		return refused
	}
	all := q.Work()
	page := cut(all, top, skip)
	if skip+len(page) < len(all) {
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(skip + len(page))}
	}
	return streamed(c, page, func(at int32) obj { return c.commitRow(q.Repository, at) })
}

// requestLabels lists the labels of a pull request.
func (c *call) requestLabels() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	var all []any
	for _, name := range q.Labels {
		all = append(all, obj{"id": c.world.GUID("label", name), "name": name, "active": true})
	}
	return c.list(all)
}
