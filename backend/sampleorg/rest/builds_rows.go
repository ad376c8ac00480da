package rest

import (
	"strconv"

	"sightline/backend/sampleorg/world"
)

// buildRows writes builds. A build is some 5 KB of mostly the same text, so what depends only on the
// definition or the person is encoded once for each answer.
type buildRows struct {
	c       *call
	shared  map[*world.Pipeline][]byte
	persons map[*world.Person][]byte
	service []byte
}

func (c *call) newBuildRows() *buildRows {
	r := &buildRows{c: c, shared: map[*world.Pipeline][]byte{}, persons: map[*world.Person][]byte{}}
	r.service = r.person(c.world.TFS())
	return r
}

func (r *buildRows) person(p *world.Person) []byte {
	b, ok := r.persons[p]
	if !ok {
		b, _ = encode(r.c.identity(p)) // text always encodes
		r.persons[p] = b
	}
	return b
}

// ofDefinition are the members that all builds of a definition share, without the braces.
func (r *buildRows) ofDefinition(l *world.Pipeline) []byte {
	b, ok := r.shared[l]
	if !ok {
		project := r.c.nestedProject(l.Project)
		b, _ = encode(obj{ // text and numbers always encode
			"definition": obj{"drafts": []any{}, "id": l.ID, "name": l.Name, "url": r.c.at(l.Project, "/_apis/build/Definitions/"+strconv.Itoa(l.ID)+"?revision="+strconv.Itoa(l.Revision)), "uri": "vstfs:///Build/Definition/" + strconv.Itoa(l.ID),
				"path": l.Path, "type": "build", "queueStatus": l.QueueStatus, "revision": l.Revision, "project": project},
			"project": project, "queue": r.c.queue(l.Pool, false), "priority": "normal", "properties": obj{}, "triggeredByBuild": nil, "appendCommitMessageToRunName": true,
			"repository": r.c.buildRepository(l),
		})
		b = b[1 : len(b)-1]
		r.shared[l] = b
	}
	return b
}

// nestedProject is a project inside something else.
func (c *call) nestedProject(p *world.Project) obj {
	v := c.projectRef(p)
	delete(v, "description")
	return v
}

func (c *call) queue(p *world.Pool, links bool) obj {
	v := obj{"id": p.Queue, "name": p.Name, "pool": obj{"id": p.ID, "name": p.Name}}
	if p.Hosted {
		v["pool"] = obj{"id": p.ID, "name": p.Name, "isHosted": true}
	}
	if links {
		v["url"] = c.base + "/_apis/build/Queues/" + strconv.Itoa(p.Queue)
		v["_links"] = obj{"self": link(c.base + "/_apis/build/Queues/" + strconv.Itoa(p.Queue))}
	}
	return v
}

func (c *call) buildRepository(l *world.Pipeline) obj {
	if l.TFVC {
		return obj{"id": "$/", "type": "TfsVersionControl", "name": l.Project.Name, "url": c.base + "/", "clean": nil, "checkoutSubmodules": false}
	}
	return obj{"id": l.Repository.ID, "type": "TfsGit", "name": l.Repository.Name, "url": c.base + path(l.Project.Name, "_git", l.Repository.Name), "clean": nil, "checkoutSubmodules": false}
}

// appendBuild writes one build as it stands now. What has not happened yet is left out, not null.
func (r *buildRows) appendBuild(out []byte, b *world.Build) []byte {
	w, id := r.c.world, strconv.Itoa(b.ID)
	at := r.c.at(b.Pipeline.Project, "/_apis/build/")
	out = append(out, `{"_links":{"self":{"href":"`...)
	out = append(append(append(append(out, at...), "Builds/"...), id...), `"},"web":{"href":"`...)
	out = append(append(append(out, r.c.at(b.Pipeline.Project, "/_build/results?buildId=")...), id...), `"},"sourceVersionDisplayUri":{"href":"`...)
	out = append(append(append(append(out, at...), "builds/"...), id...), `/sources"},"timeline":{"href":"`...)
	out = append(append(append(append(out, at...), "builds/"...), id...), `/Timeline"},"badge":{"href":"`...)
	out = append(append(out, at...), "status/"...)
	out = append(strconv.AppendInt(out, int64(b.Pipeline.ID), 10), `"}},"plans":[{"planId":"`...)
	plan := w.GUID("plan", id)
	out = append(append(append(out, plan...), `"}],"orchestrationPlan":{"planId":"`...), plan...)
	out = append(append(append(out, `"},"id":`...), id...), `,"buildNumber":`...)
	out = append(appendString(out, b.Number), `,"buildNumberRevision":`...)
	out = append(strconv.AppendInt(out, int64(b.Revision), 10), `,"status":"`...)
	out = append(append(out, w.Status(b)...), '"')
	if result := w.Result(b); result != "" {
		out = append(append(append(out, `,"result":"`...), result...), '"')
	}
	out = r.appendTimes(out, b)
	out = append(append(append(append(append(out, `,"url":"`...), at...), "Builds/"...), id...), `","uri":"vstfs:///Build/Build/`...)
	out = append(append(out, id...), `","sourceBranch":`...)
	out = append(appendString(out, b.Branch), `,"sourceVersion":`...)
	out = append(appendString(out, b.Commit), `,"reason":"`...)
	out = append(append(append(out, b.Reason...), `","requestedFor":`...), r.person(b.For)...)
	out = append(append(out, `,"requestedBy":`...), r.person(b.By)...)
	out = append(append(out, `,"lastChangedBy":`...), r.service...)
	out = append(append(append(append(append(append(out, `,"logs":{"id":0,"type":"Container","url":"`...), at...), "builds/"...), id...), `/logs"},"keepForever":`...), strconv.FormatBool(b.Pinned)...)
	out = append(out, `,"tags":[`...)
	for i, tag := range b.Tags() {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendString(out, tag)
	}
	out = append(out, `],"triggerInfo":`...)
	out = append(r.appendTrigger(out, b), ',')
	out = append(out, r.ofDefinition(b.Pipeline)...)
	out = append(out, `,"validationResults":[`...)
	if b.Broken {
		out = append(appendString(append(out, `{"result":"error","message":`...), b.Problem()), '}')
	}
	out = strconv.AppendBool(append(out, `],"retainedByRelease":`...), b.Shipped)
	return append(out, '}')
}

func (r *buildRows) appendTimes(out []byte, b *world.Build) []byte {
	w := r.c.world
	add := func(name string, ms int64) {
		if ms != 0 {
			out = append(append(append(out, `,"`...), name...), `":"`...)
			out = append(appendTicks(out, ms, b.ID), '"')
		}
	}
	add("queueTime", b.Queued)
	add("startTime", w.Started(b))
	add("finishTime", w.Finished(b))
	out = append(out, `,"lastChangedDate":"`...)
	return append(appendTime(out, w.LastChanged(b)+200), '"')
}

func (r *buildRows) appendTrigger(out []byte, b *world.Build) []byte {
	switch {
	case b.Pull != 0:
		out = append(strconv.AppendInt(append(out, `{"pr.number":"`...), int64(b.Pull), 10), `","pr.isFork":"False","pr.triggerRepository.Type":"TfsGit"}`...)
	case b.Reason == world.IndividualCI || b.Reason == world.BatchedCI:
		out = append(appendString(append(out, `{"ci.sourceBranch":`...), b.Branch), `,"ci.triggerRepository":`...)
		id := "$/"
		if b.Pipeline.Repository != nil {
			id = b.Pipeline.Repository.ID
		}
		out = append(appendString(out, id), '}')
	case b.Reason == world.Scheduled:
		out = append(out, `{"scheduleName":"Daily"}`...)
	default:
		out = append(out, "{}"...)
	}
	return out
}

// appendTicks writes an instant with the seven digits that the build service writes. The last four are made up
// from a number, and always the same for the same thing.
func appendTicks(b []byte, ms int64, number int) []byte {
	b = appendTime(b, ms-ms%1000)
	b = b[:len(b)-1] // the Z
	fine := int(ms%1000)*10_000 + number*7919%10_000
	b = append(b, '.')
	for unit := 1_000_000; unit > 0; unit /= 10 {
		b = append(b, byte('0'+fine/unit%10))
	}
	return append(b, 'Z')
}
