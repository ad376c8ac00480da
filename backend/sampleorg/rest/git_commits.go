package rest

import (
	"net/http"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// commits lists commits, the latest committer date first: those of a branch, a tag or a commit when a version
// is asked for, otherwise all that ever arrived, reachable or not. The range of dates is about the committer.
func (c *call) commits() *refusal {
	r, refused := c.repository(false)
	if refused != nil {
		return refused
	}
	top, skip, refused := c.window(100, 50_000)
	if refused != nil {
		return refused
	}
	between, refused := c.dates("fromDate", "toDate")
	if refused != nil {
		return refused
	}
	all, refused := c.commitsAsked(r)
	if refused != nil {
		return refused
	}
	author, user := c.criterion("author"), c.criterion("user")
	kept := all[:0]
	for _, at := range all {
		m := &r.Commits[at]
		if between.holds(m.Committed*ticksPerMilli) && (author == "" || c.signedBy(m.Author, author)) && (user == "" || c.signedBy(m.Committer, user)) {
			kept = append(kept, at)
		}
	}
	r.SortByDate(kept)
	if strings.EqualFold(c.criterion("showOldestCommitsFirst"), "true") {
		for i, k := 0, len(kept)-1; i < k; i, k = i+1, k-1 {
			kept[i], kept[k] = kept[k], kept[i]
		}
	}
	return streamed(c, cut(kept, top, skip), func(at int32) obj {
		v := c.commitRow(r, at)
		if strings.EqualFold(c.criterion("includePushData"), "true") {
			v["push"] = c.pushOf(r, at)
		}
		if strings.EqualFold(c.criterion("includeWorkItems"), "true") {
			v["workItems"] = c.workItemRefs(r.Commits[at].Item)
		}
		return v
	})
}

// commitsAsked are the positions of the commits among which the other criteria choose.
func (c *call) commitsAsked(r *world.Repository) ([]int32, *refusal) {
	if text := c.param("pushId"); text != "" {
		for _, p := range r.Pushes {
			if strconv.Itoa(p.ID) == text {
				return positions(p.First, p.Count), nil
			}
		}
		return nil, noPush(text)
	}
	if c.criterion("ids") != "" {
		return c.commitsByID(r), nil
	}
	if c.criterion("itemVersion.version") == "" {
		return positions(0, int32(len(r.Commits))), nil
	}
	from, refused := c.resolveVersion(r, "itemVersion")
	if refused != nil {
		return nil, refused
	}
	all := r.Reachable(from)
	if c.criterion("compareVersion.version") == "" {
		return all, nil
	}
	from, refused = c.resolveVersion(r, "compareVersion")
	if refused != nil {
		return nil, refused
	}
	had := marks(r, from)
	kept := all[:0]
	for _, at := range all {
		if !had[at] {
			kept = append(kept, at)
		}
	}
	return kept, nil
}

// commitsByID are the commits that searchCriteria.ids names, parted by commas or in several parameters.
func (c *call) commitsByID(r *world.Repository) []int32 {
	var all []int32
	for name, values := range c.query {
		if !strings.EqualFold(strings.TrimSuffix(name, "[]"), "searchCriteria.ids") {
			continue
		}
		for _, text := range strings.Split(strings.Join(values, ","), ",") {
			if id, ok := world.ParseSHA(strings.TrimSpace(text)); ok {
				if at := r.Position(id); at >= 0 {
					all = append(all, at)
				}
			}
		}
	}
	return all
}

func positions(first, count int32) []int32 {
	all := make([]int32, count)
	for i := range all {
		all[i] = first + int32(i)
	}
	return all
}

// resolveVersion resolves a version descriptor: a branch unless its type says tag or commit.
func (c *call) resolveVersion(r *world.Repository, name string) (int32, *refusal) {
	version := c.criterion(name + ".version")
	switch kind := c.criterion(name + ".versionType"); strings.ToLower(kind) {
	case "commit", "2":
		if id, ok := world.ParseSHA(version); ok && r.Position(id) >= 0 {
			return r.Position(id), nil
		}
		return -1, noVersion("Commit", version, r)
	case "tag", "1":
		if ref := r.Ref("refs/tags/" + version); ref != nil {
			return ref.Head, nil
		}
		return -1, noVersion("Tag", version, r)
	}
	if ref := r.Ref(branchPrefix + version); ref != nil {
		return ref.Head, nil
	}
	return -1, noVersion("Branch", version, r)
}

func noVersion(kind, version string, r *world.Repository) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "GitUnresolvableToCommitException",
		message:  "TF401175:The version descriptor <" + kind + ": " + version + " > could not be resolved to a version in the repository " + r.Name + ".",
		typeName: "Microsoft.TeamFoundation.Git.Server.GitUnresolvableToCommitException, Microsoft.TeamFoundation.Git.Server"}
}

func noCommit(id string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "GitCommitDoesNotExistException", message: "TF401175: The commit '" + id + "' does not exist in the repository, or you do not have permissions to see it.",
		typeName: "Microsoft.TeamFoundation.Git.Server.GitCommitDoesNotExistException, Microsoft.TeamFoundation.Git.Server"}
}

// commitRow is a commit as lists show it: with the first line of its comment.
func (c *call) commitRow(r *world.Repository, at int32) obj {
	m := &r.Commits[at]
	comment, rest, _ := strings.Cut(r.Comment(m), "\n")
	v := c.commitRef(r, m.ID)
	v["author"], v["committer"] = c.signature(m.Author, m.Authored), c.signature(m.Committer, m.Committed)
	v["comment"] = comment
	if rest != "" {
		v["commentTruncated"] = true
	}
	v["changeCounts"] = obj{"Add": m.Adds, "Edit": m.Edits, "Delete": m.Deletes}
	v["remoteUrl"] = c.webAddress(r) + "/commit/" + m.ID.String()
	return v
}

func (c *call) commitRef(r *world.Repository, id world.SHA) obj {
	return obj{"commitId": id.String(), "url": c.repositoryAddress(r) + "/commits/" + id.String()}
}

func (c *call) signature(person uint16, at int64) obj {
	name, address := c.world.Signature(person)
	return obj{"name": name, "email": address, "date": secondTime(at)}
}

// pushOf is the push that brought a commit.
func (c *call) pushOf(r *world.Repository, at int32) obj {
	p := r.Pushes[r.Commits[at].Push]
	return obj{"pushedBy": c.identity(p.By), "pushId": p.ID, "date": fineTime(p.At, p.ID)}
}

// workItemRefs is a work item as Git refers to it; none when it is gone or may not be seen.
func (c *call) workItemRefs(id uint32) []any {
	out := []any{}
	if id != 0 && c.visible(int(id), asOfNow) != nil {
		out = append(out, obj{"id": strconv.Itoa(int(id)), "url": c.itemAddress(id)})
	}
	return out
}

// oneCommit is a commit with its parents, its push and the whole comment.
func (c *call) oneCommit() *refusal {
	r, at, refused := c.commitOfPath()
	if refused != nil {
		return refused
	}
	m := &r.Commits[at]
	v := c.commitRow(r, at)
	delete(v, "commentTruncated")
	delete(v, "changeCounts")
	parents := []any{}
	for _, p := range m.Parents {
		if p >= 0 {
			parents = append(parents, r.Commits[p].ID.String())
		}
	}
	self := c.repositoryAddress(r) + "/commits/" + m.ID.String()
	tree := r.Tree(at).String()
	v["treeId"], v["parents"], v["push"], v["comment"] = tree, parents, c.pushOf(r, at), r.Comment(m)
	v["_links"] = obj{"self": link(self), "repository": link(c.repositoryAddress(r)), "changes": link(self + "/changes"), "web": link(c.webAddress(r) + "/commit/" + m.ID.String()),
		"tree": link(c.repositoryAddress(r) + "/trees/" + tree)}
	top, refused := c.number("changeCount", 0)
	if refused != nil {
		return refused
	}
	if top > 0 {
		v["changeCounts"], v["changes"] = obj{"Add": m.Adds, "Edit": m.Edits, "Delete": m.Deletes}, cut(c.changesOf(r, m), top, 0)
	}
	return c.json(v)
}

// commitChanges lists the files of a commit.
func (c *call) commitChanges() *refusal {
	r, at, refused := c.commitOfPath()
	if refused != nil {
		return refused
	}
	m := &r.Commits[at]
	all := c.changesOf(r, m)
	top, refused := c.number("top", len(all))
	if refused != nil {
		return refused
	}
	skip, refused := c.number("skip", 0)
	if refused != nil {
		return refused
	}
	return c.json(obj{"changeCounts": obj{"Add": m.Adds, "Edit": m.Edits, "Delete": m.Deletes}, "changes": cut(all, top, skip)})
}

func (c *call) commitOfPath() (*world.Repository, int32, *refusal) {
	r, refused := c.repository(false)
	if refused != nil {
		return nil, 0, refused
	}
	id, _ := world.ParseSHA(c.vars["commit"])
	if at := r.Position(id); at >= 0 {
		return r, at, nil
	}
	return nil, 0, noCommit(c.vars["commit"])
}

func (c *call) changesOf(r *world.Repository, m *world.Commit) []any {
	var out []any
	adds, edits, deletes := r.Files(m)
	for _, group := range []struct {
		kind  string
		paths []string
	}{{"add", adds}, {"edit", edits}, {"delete", deletes}} {
		for _, p := range group.paths {
			out = append(out, obj{"item": obj{"gitObjectType": "blob", "commitId": m.ID.String(), "path": p, "url": c.repositoryAddress(r) + "/items" + p + "?versionType=Commit&version=" + m.ID.String()}, "changeType": group.kind})
		}
	}
	return out
}
