package rest

import (
	"fmt"
	"strconv"
	"strings"

	"sightline/backend/devops"
	"sightline/backend/sampleorg/world"
)

// requestThreads lists the discussions of a pull request and the notes the system wrote into it, deleted ones
// among them. They are not paged.
func (c *call) requestThreads() *refusal {
	q, refused := c.request()
	if refused != nil {
		return refused
	}
	all := make([]*world.Thread, len(q.Threads))
	for i := range q.Threads {
		all[i] = &q.Threads[i]
	}
	return streamed(c, all, func(t *world.Thread) obj { return c.threadRow(q, t) })
}

// threadID numbers threads over the organization.
func threadID(q *world.PullRequest, t *world.Thread) int { return q.ID*1_000 + t.Number }

func (c *call) threadRow(q *world.PullRequest, t *world.Thread) obj {
	v := obj{"pullRequestThreadContext": nil, "id": threadID(q, t), "publishedDate": zuluTime(t.At), "lastUpdatedDate": zuluTime(t.Updated), "threadContext": nil, "properties": nil, "identities": nil, "isDeleted": t.Deleted}
	if t.Kind == world.TextThread {
		c.discussion(v, q, t)
		return v
	}
	n := &note{c: c, old: c.oldNotes(t), people: obj{}, properties: obj{}}
	content := n.write(q, t)
	author := systemIdentity(c)
	if !n.old && t.By != nil {
		author = c.identity(t.By)
	}
	v["comments"] = []any{obj{"id": 1, "parentCommentId": 0, "author": author, "content": content, "publishedDate": zuluTime(t.At), "lastUpdatedDate": zuluTime(t.At), "lastContentUpdatedDate": zuluTime(t.At),
		"commentType": "system", "usersLiked": []any{}}}
	v["properties"] = n.properties
	if len(n.people) > 0 {
		v["identities"] = n.people
	}
	return v
}

// discussion is a thread that people wrote. A deleted comment keeps its place without its text.
func (c *call) discussion(v obj, q *world.PullRequest, t *world.Thread) {
	comments := []any{}
	for i, m := range t.Comments {
		row := obj{"id": i + 1, "parentCommentId": min(i, 1), "author": c.identity(m.By), "publishedDate": zuluTime(m.At), "lastUpdatedDate": zuluTime(m.At), "lastContentUpdatedDate": zuluTime(m.At), "commentType": "text", "usersLiked": []any{}}
		if m.Deleted {
			row["isDeleted"] = true
		} else {
			row["content"] = m.Text
		}
		comments = append(comments, row)
	}
	v["comments"] = comments
	v["status"] = map[bool]string{true: "fixed", false: "active"}[t.Resolved]
	v["properties"] = obj{}
	if t.Number%2 == 0 { // about a line of a file
		r := q.Repository
		_, edits, _ := r.Files(&r.Commits[q.SourceCommit])
		v["threadContext"] = obj{"filePath": edits[0], "rightFileStart": obj{"line": 4 + t.Number, "offset": 1}, "rightFileEnd": obj{"line": 4 + t.Number, "offset": 20}}
		v["pullRequestThreadContext"] = obj{"iterationContext": obj{"firstComparingIteration": 1, "secondComparingIteration": 1}, "changeTrackingId": 1}
	}
}

// systemIdentity is the service itself.
func systemIdentity(c *call) obj {
	const id, descriptor = "00000002-0000-8888-8000-000000000000", "s2s.MDAwMDAwMDItMDAwMC04ODg4LTgwMDAtMDAwMDAwMDAwMDAwQDJjODk1OTA4LTA0ZTAtNDk1Mi04OWZkLTU0YjAwNDZkNjI4OA"
	return obj{"displayName": "Microsoft.VisualStudio.Services.TFS", "url": c.base + "/_apis/Identities/" + id, "_links": obj{"avatar": link(c.base + "/_apis/GraphProfile/MemberAvatars/" + descriptor)},
		"id": id, "uniqueName": "00000002-0000-8888-8000-000000000000@2c895908-04e0-4952-89fd-54b0046d6288", "imageUrl": c.base + "/_api/_common/identityImage?id=" + id, "descriptor": descriptor}
}

// note writes the properties of what the system noted. In old ones the service itself is the author and people
// are named by id; later the person is the author, and people stand in a table of the thread.
type note struct {
	c          *call
	old        bool
	people     obj
	properties obj
}

// oldNotesDay is the day, counted from the world's first, from which notes have the later form.
const oldNotesDay = 120

func (c *call) oldNotes(t *world.Thread) bool { return t.At < c.world.DayStart(oldNotesDay) }

func (n *note) text(name, value string) {
	n.properties[name] = obj{"$type": "System.String", "$value": value}
}

func (n *note) number(name string, value int) {
	n.properties[name] = obj{"$type": "System.Int32", "$value": value}
}

// person names somebody below the stem of the properties that tell of them.
func (n *note) person(stem string, id, name string, whole obj) {
	if n.old {
		n.text(stem+"DisplayName", name)
		n.text(stem+"TfId", id)
		return
	}
	key := strconv.Itoa(len(n.people) + 1)
	n.people[key] = whole
	n.text(stem+"Identity", key)
}

func (n *note) human(stem string, p *world.Person) { n.person(stem, p.ID, p.Name, n.c.identity(p)) }

// write fills the properties and returns the text of the note.
func (n *note) write(q *world.PullRequest, t *world.Thread) string {
	r := q.Repository
	switch t.Kind {
	case world.VoteThread:
		n.text("CodeReviewThreadType", "VoteUpdate")
		n.text("CodeReviewVoteResult", strconv.Itoa(int(t.Vote)))
		n.human("CodeReviewVotedBy", t.By)
		return fmt.Sprintf("%s voted %d", t.By.Name, t.Vote)
	case world.ReviewersThread:
		return n.reviewers(t)
	case world.RefThread:
		n.text("CodeReviewThreadType", "RefUpdate")
		n.text("CodeReviewRefName", q.Source)
		n.text("CodeReviewRefNewHeadCommit", r.Commits[t.Source].ID.String())
		n.text("CodeReviewRefNewCommits", r.Commits[t.Source].ID.String())
		n.number("CodeReviewRefNewCommitsCount", 1)
		n.human("CodeReviewRefUpdatedBy", t.By)
		return "The reference " + q.Source + " was updated."
	case world.StatusThread:
		word := strings.ToUpper(string(t.Status[:1])) + string(t.Status[1:])
		n.text("CodeReviewThreadType", "StatusUpdate")
		n.text("CodeReviewStatus", word)
		n.human("CodeReviewStatusUpdatedBy", t.By)
		if t.Status == devops.CompletedPullRequest {
			n.text("CodeReviewStatusUpdateAssociatedCommit", r.Commits[t.Source].ID.String())
		}
		return fmt.Sprintf("%s updated the pull request status to %s", t.By.Name, word)
	}
	status, source, target := "Succeeded", r.Commits[t.Source].ID.String(), r.Commits[t.Target].ID.String()
	n.text("CodeReviewThreadType", "MergeAttempt")
	n.text("CodeReviewSourceCommit", source)
	n.text("CodeReviewTargetCommit", target)
	if t.Conflicts {
		status = "Conflicts"
	} else {
		n.text("CodeReviewMergeCommit", q.Merge(t.Source, t.Target).String())
	}
	n.text("CodeReviewMergeStatus", status)
	if t.Conflicts {
		return "The pull request cannot be merged: both sides changed the same lines."
	}
	return "The pull request is mergable and the target commit would be " + q.Merge(t.Source, t.Target).String() + "."
}

// reviewers notes who was asked to review or taken off.
func (n *note) reviewers(t *world.Thread) string {
	n.text("CodeReviewThreadType", "ReviewersUpdate")
	n.human("CodeReviewReviewersUpdatedBy", t.By)
	verb, added := "Added", 1
	if t.Removed {
		verb, added = "Removed", 0
	}
	n.number("CodeReviewReviewersUpdatedNumAdded", added)
	n.number("CodeReviewReviewersUpdatedNumRemoved", 1-added)
	name := ""
	if t.Team != nil {
		name = t.Team.Name
		n.person("CodeReviewReviewersUpdated"+verb, t.Team.ID, name, n.c.teamRow(t.Team))
	} else {
		name = t.Person.Name
		n.human("CodeReviewReviewersUpdated"+verb, t.Person)
	}
	if t.Removed {
		return t.By.Name + " removed " + name + " from the reviewers"
	}
	return t.By.Name + " added " + name + " as a reviewer"
}
