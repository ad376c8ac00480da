package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// commentShown is how much of a comment a list of changesets shows unless asked for more.
const commentShown = 80

// changesets lists the changesets of the project, or of the organization, the newest first unless ordered
// otherwise. Both ends of a range of ids are in it.
func (c *call) changesets() *refusal {
	top, skip, refused := c.window(100, 10_000)
	if refused != nil {
		return refused
	}
	shown, refused := c.number("maxCommentLength", commentShown)
	if refused != nil {
		return refused
	}
	fits, refused := c.changesetCriteria()
	if refused != nil {
		return refused
	}
	var all []*world.Changeset
	for _, cs := range c.world.Changesets() {
		if (c.project == nil || cs.Project == c.project) && !c.hides(cs.Project) && fits(cs) {
			all = append(all, cs)
		}
	}
	if !strings.EqualFold(strings.TrimSpace(c.param("$orderby")), "id asc") {
		slices.Reverse(all)
	}
	rows := []any{}
	for _, cs := range cut(all, top, skip) {
		v := c.changesetRow(cs)
		if text := []rune(cs.Comment); len(text) > shown {
			v["comment"], v["commentTruncated"] = string(text[:shown]), true
		}
		rows = append(rows, v)
	}
	return c.list(rows)
}

// changesetCriteria reads what a list of changesets is limited to.
func (c *call) changesetCriteria() (func(*world.Changeset) bool, *refusal) {
	id := func(name string, otherwise int) (int, *refusal) {
		if c.criterion(name) == "" {
			return otherwise, nil
		}
		if c.param("searchCriteria."+name) != "" {
			name = "searchCriteria." + name
		}
		return c.number(name, otherwise)
	}
	from, refused := id("fromId", 0)
	if refused != nil {
		return nil, refused
	}
	to, refused := id("toId", 1<<31)
	if refused != nil {
		return nil, refused
	}
	between, refused := c.dates("fromDate", "toDate")
	if refused != nil {
		return nil, refused
	}
	author, below := c.criterion("author"), strings.ToLower(strings.TrimSuffix(c.criterion("itemPath"), "/"))
	return func(cs *world.Changeset) bool {
		return cs.ID >= from && cs.ID <= to && between.holds(cs.At*ticksPerMilli) && (author == "" || strings.EqualFold(author, cs.Author.UPN) || strings.EqualFold(author, cs.Author.Name)) &&
			(below == "" || slices.ContainsFunc(cs.Changes, func(f world.FileChange) bool { return isBelow(f.Path, below) }))
	}, nil
}

// isBelow says whether a path is a folder, in small letters, or stands below it.
func isBelow(path, folder string) bool {
	path = strings.ToLower(path)
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func (c *call) changesetRow(cs *world.Changeset) obj {
	v := obj{"changesetId": cs.ID, "url": c.changesetAddress(cs), "author": c.identity(cs.Author), "checkedInBy": c.identity(cs.By), "createdDate": zuluTime(cs.At)}
	if cs.Comment != "" {
		v["comment"] = cs.Comment
	}
	return v
}

func (c *call) changesetAddress(cs *world.Changeset) string {
	return c.base + "/_apis/tfvc/changesets/" + strconv.Itoa(cs.ID)
}

// changeset finds the changeset of the path. In the scope of a project only its own are there.
func (c *call) changeset() (*world.Changeset, *refusal) {
	id, _ := strconv.Atoi(c.vars["changeset"])
	cs := c.world.Changeset(id)
	if cs == nil || c.hides(cs.Project) || c.project != nil && cs.Project != c.project {
		return nil, &refusal{status: http.StatusNotFound, typeKey: "ChangesetNotFoundException", message: "TF14019: The changeset " + c.vars["changeset"] + " does not exist.",
			typeName: "Microsoft.TeamFoundation.VersionControl.Server.ChangesetNotFoundException, Microsoft.TeamFoundation.VersionControl.Server"}
	}
	return cs, nil
}

// oneChangeset is a changeset with the first of its changes when they are asked for.
func (c *call) oneChangeset() *refusal {
	cs, refused := c.changeset()
	if refused != nil {
		return refused
	}
	top, refused := c.number("maxChangeCount", 0)
	if refused != nil {
		return refused
	}
	v := c.changesetRow(cs)
	at := c.changesetAddress(cs)
	v["_links"] = obj{"self": link(at), "changes": link(at + "/changes"), "workItems": link(at + "/workItems"), "author": link(c.base + "/_apis/Identities/" + cs.Author.ID), "checkedInBy": link(c.base + "/_apis/Identities/" + cs.By.ID)}
	if top > 0 {
		changes := []any{}
		for _, f := range cut(cs.Changes, top, 0) {
			changes = append(changes, c.changeRow(cs, f))
		}
		v["changes"], v["hasMoreChanges"] = changes, len(cs.Changes) > top
	}
	if c.flag("includeDetails") {
		v["checkinNotes"], v["policyOverride"] = []any{}, obj{"policyFailures": []any{}}
	}
	if c.flag("includeWorkItems") {
		v["workItems"] = c.associated(cs)
	}
	return c.json(v)
}

// changesetChanges lists the files of a changeset, 100 a page; a token follows a page that is not the last.
func (c *call) changesetChanges() *refusal {
	cs, refused := c.changeset()
	if refused != nil {
		return refused
	}
	top, skip, refused := c.window(100, 10_000)
	if refused != nil {
		return refused
	}
	if c.param("continuationToken") != "" {
		if skip, refused = c.number("continuationToken", 0); refused != nil {
			return refused
		}
	}
	page := cut(cs.Changes, top, skip)
	if skip+len(page) < len(cs.Changes) {
		c.w.Header()["x-ms-continuationtoken"] = []string{strconv.Itoa(skip + len(page))}
	}
	rows := []any{}
	for _, f := range page {
		rows = append(rows, c.changeRow(cs, f))
	}
	return c.list(rows)
}

// changeRow is one changed file. A file that is gone has neither size nor hash.
func (c *call) changeRow(cs *world.Changeset, f world.FileChange) obj {
	item := obj{"version": cs.ID, "path": f.Path, "url": c.base + "/_apis/tfvc/items" + escapedPath(f.Path) + "?versionType=Changeset&version=" + strconv.Itoa(cs.ID)}
	if f.Folder {
		item["isFolder"] = true
	} else if f.Size > 0 {
		item["size"], item["hashValue"] = f.Size, fileHash(f.Path, cs.ID)
	}
	v := obj{"item": item, "changeType": changeType(f.Kind)}
	switch {
	case f.Source != "" && f.Kind&world.ChangeMerge != 0:
		v["mergeSources"] = []any{obj{"serverItem": f.Source, "versionFrom": 0, "versionTo": cs.ID - 1, "isRename": false}}
	case f.Source != "":
		v["sourceServerItem"] = f.Source
	}
	return v
}

// changeNames are the flags of a change in the order in which they are written; a merge comes first.
var changeNames = []struct {
	flag world.ChangeKind
	name string
}{
	{world.ChangeMerge, "merge"}, {world.ChangeRollback, "rollback"}, {world.ChangeAdd, "add"}, {world.ChangeEdit, "edit"}, {world.ChangeEncoding, "encoding"}, {world.ChangeRename, "rename"}, {world.ChangeDelete, "delete"},
	{world.ChangeUndelete, "undelete"}, {world.ChangeBranch, "branch"}, {world.ChangeSourceRename, "sourceRename"},
}

// changeType writes the flags of a change: "merge, edit".
func changeType(k world.ChangeKind) string {
	var names []string
	for _, n := range changeNames {
		if k&n.flag != 0 {
			names = append(names, n.name)
		}
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, ", ")
}

// changesetWorkItems lists the work items a changeset was linked to.
func (c *call) changesetWorkItems() *refusal {
	cs, refused := c.changeset()
	if refused != nil {
		return refused
	}
	return c.list(c.associated(cs))
}

func (c *call) associated(cs *world.Changeset) []any {
	out := []any{}
	for _, id := range cs.Items {
		r := c.visible(int(id), asOfNow)
		if r == nil {
			continue
		}
		t := c.world.Types[r.Type]
		v := obj{"id": id, "url": c.itemAddress(id), "title": c.world.Title(r), "workItemType": t.Name, "state": t.States[r.State].Name, "webUrl": c.base + "/_workitems/edit/" + strconv.Itoa(int(id))}
		if r.Assigned != 0 {
			v["assignedTo"] = c.world.People[r.Assigned].Name
		}
		out = append(out, v)
	}
	return out
}
