package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// pushes lists the pushes to a repository, the newest first.
func (c *call) pushes() *refusal {
	r, refused := c.repository(false)
	if refused != nil {
		return refused
	}
	top, skip, refused := c.window(100, 1_000)
	if refused != nil {
		return refused
	}
	between, refused := c.dates("fromDate", "toDate")
	if refused != nil {
		return refused
	}
	pusher, ref := c.criterion("pusherId"), c.criterion("refName")
	var all []*world.Push
	for _, p := range slices.Backward(r.Pushes) {
		if between.holds(ticks(p.At, p.ID)) && (pusher == "" || strings.EqualFold(pusher, p.By.ID)) && (ref == "" || slices.ContainsFunc(p.Updates, func(u world.RefUpdate) bool { return u.Name == ref })) {
			all = append(all, p)
		}
	}
	return streamed(c, cut(all, top, skip), func(p *world.Push) obj {
		v := c.pushRow(p)
		v["repository"] = c.repositoryRow(r)
		if strings.EqualFold(c.criterion("includeRefUpdates"), "true") {
			v["refUpdates"] = c.refUpdates(p)
		}
		return v
	})
}

func (c *call) pushRow(p *world.Push) obj {
	return obj{"pushId": p.ID, "date": fineTime(p.At, p.ID), "pushedBy": c.identity(p.By), "url": c.repositoryAddress(p.Repository) + "/pushes/" + strconv.Itoa(p.ID)}
}

func (c *call) refUpdates(p *world.Push) []any {
	var out []any
	for _, u := range p.Updates {
		out = append(out, obj{"repositoryId": p.Repository.ID, "name": u.Name, "oldObjectId": u.Old.String(), "newObjectId": u.New.String()})
	}
	return out
}

// onePush is a push with the first of its commits, 100 unless asked otherwise.
func (c *call) onePush() *refusal {
	r, p, refused := c.pushOfPath()
	if refused != nil {
		return refused
	}
	top, refused := c.number("includeCommits", 100)
	if refused != nil {
		return refused
	}
	v := c.pushRow(p)
	commits := []any{}
	for _, at := range cut(c.pushCommits(r, p), top, 0) {
		commits = append(commits, c.commitRow(r, at))
	}
	v["commits"], v["repository"] = commits, c.repositoryRow(r)
	if c.param("includeRefUpdates") == "" || c.flag("includeRefUpdates") {
		v["refUpdates"] = c.refUpdates(p)
	}
	at := v["url"].(string)
	v["_links"] = obj{"self": link(at), "repository": link(c.repositoryAddress(r)), "commits": link(at + "/commits"), "pusher": link(c.base + "/_apis/Identities/" + p.By.ID)}
	return c.json(v)
}

// commitsOfPush lists the commits that came with a push.
func (c *call) commitsOfPush() *refusal {
	r, p, refused := c.pushOfPath()
	if refused != nil {
		return refused
	}
	top, skip, refused := c.window(100, 50_000)
	if refused != nil {
		return refused
	}
	return streamed(c, cut(c.pushCommits(r, p), top, skip), func(at int32) obj { return c.commitRow(r, at) })
}

func (c *call) pushCommits(r *world.Repository, p *world.Push) []int32 {
	all := positions(p.First, p.Count)
	slices.Reverse(all)
	return all
}

func (c *call) pushOfPath() (*world.Repository, *world.Push, *refusal) {
	r, refused := c.repository(false)
	if refused != nil {
		return nil, nil, refused
	}
	for _, p := range r.Pushes {
		if strconv.Itoa(p.ID) == c.vars["push"] {
			return r, p, nil
		}
	}
	return nil, nil, noPush(c.vars["push"])
}

func noPush(id string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "GitPushNotFoundException", message: "TF401030: The push " + id + " does not exist in the repository.",
		typeName: "Microsoft.TeamFoundation.Git.Server.GitPushNotFoundException, Microsoft.TeamFoundation.Git.Server"}
}
