package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

// The service sends 101 pull requests unless told otherwise, and never more than 1,000.
const (
	requestsPage = 101
	requestsMost = 1_000
)

// descriptionShown is how much of a description lists show.
const descriptionShown = 400

// requestStatus reads a status as clients spell it, in words or in numbers; "" means all. Active is the default.
func requestStatus(text string) (devops.PullRequestStatus, *refusal) {
	switch strings.ToLower(text) {
	case "", "active", "1", "notset", "0":
		return devops.ActivePullRequest, nil
	case "abandoned", "2":
		return devops.AbandonedPullRequest, nil
	case "completed", "3":
		return devops.CompletedPullRequest, nil
	case "all", "4":
		return "", nil
	}
	return "", badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for searchCriteria.status.")
}

// pullRequests lists the pull requests of the project or of one repository, the newest first.
func (c *call) pullRequests() *refusal {
	var only *world.Repository
	if _, ok := c.vars["repository"]; ok {
		r, refused := c.repository(false)
		if refused != nil {
			return refused
		}
		only = r
	}
	status, refused := requestStatus(c.criterion("status"))
	if refused != nil {
		return refused
	}
	top, skip, refused := c.window(requestsPage, requestsMost)
	if refused != nil {
		return refused
	}
	inRange, refused := c.requestDates()
	if refused != nil {
		return refused
	}
	var all []*world.PullRequest
	for _, q := range slices.Backward(c.world.PullRequests()) {
		r := q.Repository
		if r.IsDisabled() || c.hides(r.Project) || only != nil && r != only || c.project != nil && r.Project != c.project || status != "" && q.Status != status {
			continue
		}
		if inRange(q) && c.wanted(q) {
			all = append(all, q)
		}
	}
	return streamed(c, cut(all, top, skip), c.requestRow)
}

// requestDates reads the range of dates. It came with 7.1; an older version, and a Server, takes no notice.
func (c *call) requestDates() (func(*world.PullRequest) bool, *refusal) {
	if !c.atLeast(7, 1) || c.h.o.Server {
		return func(*world.PullRequest) bool { return true }, nil
	}
	between, refused := c.dates("minTime", "maxTime")
	if refused != nil {
		return nil, refused
	}
	if between == (dateRange{from: -1 << 62, to: 1<<62 - 1}) {
		return func(*world.PullRequest) bool { return true }, nil
	}
	switch strings.ToLower(c.criterion("queryTimeRangeType")) {
	case "closed", "2":
		return func(q *world.PullRequest) bool { return q.Closed != 0 && between.holds(ticks(q.Closed, -q.ID)) }, nil
	}
	return func(q *world.PullRequest) bool { return between.holds(ticks(q.Created, q.ID)) }, nil
}

// wanted applies the criteria that name a person, a repository or a branch.
func (c *call) wanted(q *world.PullRequest) bool {
	is := func(name, value string) bool {
		asked := c.criterion(name)
		return asked == "" || strings.EqualFold(asked, value)
	}
	if !is("creatorId", q.CreatedBy.ID) || !is("repositoryId", q.Repository.ID) || !is("sourceRefName", q.Source) || !is("targetRefName", q.Target) {
		return false
	}
	reviewer := c.criterion("reviewerId")
	return reviewer == "" || slices.ContainsFunc(q.Reviewers, func(r world.Reviewer) bool { return strings.EqualFold(reviewerID(r), reviewer) })
}

func reviewerID(r world.Reviewer) string {
	if r.Team != nil {
		return r.Team.ID
	}
	return r.Person.ID
}

// requestRow is a pull request as lists show it. The project in it is a shadow: its state is unchanged, and its
// date is the zero date, without a zone.
func (c *call) requestRow(q *world.PullRequest) obj {
	r := q.Repository
	v := c.requestCore(q)
	v["repository"] = obj{"id": r.ID, "name": r.Name, "url": c.repositoryAddress(r), "project": obj{"id": r.Project.ID, "name": r.Project.Name, "state": "unchanged", "visibility": "unchanged", "lastUpdateTime": "0001-01-01T00:00:00"}}
	if text := []rune(q.Description()); len(text) > descriptionShown {
		v["description"] = string(text[:descriptionShown])
	}
	return v
}

// requestCore are the members that lists and single answers share. One that is abandoned has no merge.
func (c *call) requestCore(q *world.PullRequest) obj {
	r := q.Repository
	reviewers := []any{}
	for _, rv := range q.Reviewers {
		reviewers = append(reviewers, c.reviewerRow(q, rv))
	}
	v := obj{"pullRequestId": q.ID, "codeReviewId": q.ID, "status": string(q.Status), "createdBy": c.identity(q.CreatedBy), "creationDate": fineTime(q.Created, q.ID), "title": q.Title(), "description": q.Description(),
		"sourceRefName": q.Source, "targetRefName": q.Target, "isDraft": q.Draft, "mergeId": c.world.GUID("merge", strconv.Itoa(q.ID), strconv.Itoa(len(q.Iterations))), "reviewers": reviewers,
		"lastMergeSourceCommit": c.commitRef(r, r.Commits[q.SourceCommit].ID), "lastMergeTargetCommit": c.commitRef(r, r.Commits[q.TargetCommit].ID),
		"url": c.requestAddress(q), "supportsIterations": true}
	if len(q.Labels) > 0 {
		labels := []any{}
		for _, name := range q.Labels {
			labels = append(labels, obj{"id": c.world.GUID("label", name), "name": name, "active": true})
		}
		v["labels"] = labels
	}
	if q.Closed != 0 {
		v["closedDate"] = fineTime(q.Closed, -q.ID)
	}
	switch {
	case q.Status == devops.AbandonedPullRequest:
	case q.Conflicts:
		v["mergeStatus"] = "conflicts"
	default:
		v["mergeStatus"], v["lastMergeCommit"] = "succeeded", c.commitRef(r, q.Merge(q.SourceCommit, q.TargetCommit))
	}
	if q.Status == devops.CompletedPullRequest {
		v["completionQueueTime"] = fineTime(q.Closed-700, q.ID)
		v["completionOptions"] = obj{"mergeCommitMessage": r.Comment(&r.Commits[q.MergeCommit]), "deleteSourceBranch": r.Ref(q.Source) == nil, "squashMerge": q.Squashed,
			"mergeStrategy": map[bool]string{true: "squash", false: "noFastForward"}[q.Squashed], "autoCompleteIgnoreConfigIds": []any{}}
	}
	return v
}

func (c *call) requestAddress(q *world.PullRequest) string {
	return c.repositoryAddress(q.Repository) + "/pullRequests/" + strconv.Itoa(q.ID)
}

// reviewerRow is a reviewer with the vote that stands. A team is a container; who voted for it says so.
func (c *call) reviewerRow(q *world.PullRequest, rv world.Reviewer) obj {
	at := c.requestAddress(q) + "/reviewers/"
	var v obj
	if rv.Team != nil {
		v = c.teamRow(rv.Team)
	} else {
		v = c.identity(rv.Person)
		delete(v, "descriptor") // reviewers come without one
	}
	v["reviewerUrl"], v["vote"], v["hasDeclined"], v["isFlagged"] = at+reviewerID(rv), rv.Vote, rv.Declined, false
	if rv.Required {
		v["isRequired"] = true
	}
	if rv.Person != nil && rv.Vote != 0 {
		for _, other := range q.Reviewers {
			if other.Team != nil {
				team := c.teamRow(other.Team)
				team["reviewerUrl"], team["vote"] = at+other.Team.ID, rv.Vote
				v["votedFor"] = []any{team}
			}
		}
	}
	return v
}

// teamRow is a team as an identity: a container.
func (c *call) teamRow(t *world.Team) obj {
	return obj{"displayName": "[" + t.Project.Name + `]\` + t.Name, "url": c.base + "/_apis/Identities/" + t.ID, "_links": obj{"avatar": link(c.base + "/_apis/GraphProfile/MemberAvatars/vssgp." + t.ID)}, "id": t.ID,
		"uniqueName": "vstfs:///Classification/TeamProject/" + t.Project.ID + `\` + t.Name, "imageUrl": c.base + "/_api/_common/identityImage?id=" + t.ID, "isContainer": true}
}

// request finds the pull request of the path: of a repository, of the project, or of the organization.
func (c *call) request() (*world.PullRequest, *refusal) {
	id, _ := strconv.Atoi(c.vars["request"])
	q := c.world.PullRequest(id)
	if _, ok := c.vars["repository"]; ok {
		r, refused := c.repository(false)
		if refused != nil {
			return nil, refused
		}
		if q != nil && q.Repository != r {
			q = nil
		}
	}
	if q == nil || q.Repository.IsDisabled() || c.hides(q.Repository.Project) || c.project != nil && q.Repository.Project != c.project {
		return nil, &refusal{status: http.StatusNotFound, typeKey: "GitPullRequestNotFoundException", message: "TF401180: The requested pull request was not found.",
			typeName: "Microsoft.TeamFoundation.Git.Server.GitPullRequestNotFoundException, Microsoft.TeamFoundation.Git.Server"}
	}
	return q, nil
}

// oneRequest is a pull request with its repository and, on request, its commits and work items.
func (c *call) oneRequest() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	r := q.Repository
	v := c.requestCore(q)
	v["repository"] = c.repositoryRow(r)
	v["artifactId"] = "vstfs:///Git/PullRequestId/" + r.Project.ID + "%2f" + r.ID + "%2f" + strconv.Itoa(q.ID)
	if q.ClosedBy != nil && q.Status == devops.CompletedPullRequest {
		v["closedBy"] = c.identity(q.ClosedBy)
	}
	if merge, ok := v["lastMergeCommit"].(obj); ok {
		by, at := q.CreatedBy, q.Iterations[len(q.Iterations)-1].At
		if q.MergeCommit >= 0 {
			by, at = q.ClosedBy, q.Closed
		}
		signed := obj{"name": by.Name, "email": by.UPN, "date": secondTime(at)}
		merge["author"], merge["committer"] = signed, signed
		merge["comment"] = "Merge pull request " + strconv.Itoa(q.ID) + " from " + strings.TrimPrefix(q.Source, branchPrefix) + " into " + strings.TrimPrefix(q.Target, branchPrefix)
	}
	if _, ok := c.vars["repository"]; ok {
		v["_links"] = c.requestLinks(q)
	}
	if c.flag("includeCommits") {
		commits := []any{}
		for _, at := range cut(q.Work(), 100, 0) {
			commits = append(commits, c.commitRef(r, r.Commits[at].ID))
		}
		v["commits"] = commits
	}
	if c.flag("includeWorkItemRefs") {
		v["workItemRefs"] = c.workItemRefs(q.Item)
	}
	return c.json(v)
}

func (c *call) requestLinks(q *world.PullRequest) obj {
	r, at := q.Repository, c.requestAddress(q)
	repository := c.repositoryAddress(r)
	return obj{"self": link(at), "repository": link(repository), "workItems": link(at + "/workitems"), "sourceBranch": link(repository + "/refs/" + strings.TrimPrefix(q.Source, "refs/")),
		"targetBranch": link(repository + "/refs/" + strings.TrimPrefix(q.Target, "refs/")), "statuses": link(at + "/statuses"), "iterations": link(at + "/iterations"),
		"sourceCommit": link(repository + "/commits/" + r.Commits[q.SourceCommit].ID.String()), "targetCommit": link(repository + "/commits/" + r.Commits[q.TargetCommit].ID.String()),
		"createdBy": link(c.base + "/_apis/Identities/" + q.CreatedBy.ID)}
}
