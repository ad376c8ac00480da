package rest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sightline/backend/sampleorg/world"
)

type changesetJSON struct {
	ChangesetID      int
	Comment          *string
	CommentTruncated bool
	HasMoreChanges   *bool
	Changes          []changeJSON
}

type changeJSON struct {
	Item struct {
		Path     string
		Version  int
		Size     int64
		IsFolder bool
	}
	ChangeType       string
	SourceServerItem string
}

type changesetsJSON struct {
	Count int
	Value []changesetJSON
}

func TestChangesetsAreACursorByTheirId(t *testing.T) {
	b := serve(t, Options{})
	at := "/Fleet%20Ops/_apis/tfvc/changesets?api-version=7.1"
	ask := func(query string) changesetsJSON {
		var got changesetsJSON
		b.get(at+query, &got)
		return got
	}
	want := len(b.world.Changesets())
	first := ask("")
	if first.Count != 100 || first.Value[0].ChangesetID != want {
		t.Errorf("%d changesets unasked, beginning with %d", first.Count, first.Value[0].ChangesetID)
	}
	if got := ask("&searchCriteria.fromId=2&searchCriteria.toId=5"); got.Count != 4 || got.Value[0].ChangesetID != 5 {
		t.Errorf("2 to 5: %+v", got)
	}
	seen, last := 0, 0
	for {
		page := ask(fmt.Sprintf("&searchCriteria.fromId=%d&$orderby=id%%20asc&$top=90", last+1))
		for _, cs := range page.Value {
			if cs.ChangesetID <= last {
				t.Fatalf("changeset %d after %d", cs.ChangesetID, last)
			}
			last = cs.ChangesetID
			seen++
		}
		if page.Count < 90 {
			break
		}
	}
	if seen != want {
		t.Errorf("%d of %d changesets by the cursor", seen, want)
	}
	cut, none := 0, 0
	for _, cs := range ask("&$top=1000").Value {
		switch whole := b.world.Changeset(cs.ChangesetID).Comment; {
		case cs.Comment == nil:
			none++
		case cs.CommentTruncated:
			cut++
			if len([]rune(*cs.Comment)) != 80 || !strings.HasPrefix(whole, *cs.Comment) {
				t.Errorf("changeset %d: %q of %q", cs.ChangesetID, *cs.Comment, whole)
			}
		case *cs.Comment != whole:
			t.Errorf("changeset %d says %q", cs.ChangesetID, *cs.Comment)
		}
	}
	if cut == 0 || none == 0 {
		t.Errorf("%d comments are cut, %d missing", cut, none)
	}
	for _, cs := range ask("&$top=1000&maxCommentLength=1000").Value {
		if cs.CommentTruncated {
			t.Errorf("changeset %d is cut at a thousand letters", cs.ChangesetID)
		}
	}
	if got := ask("&searchCriteria.itemPath=$/Fleet%20Ops/Release&$top=1000"); got.Count == 0 || got.Count >= want {
		t.Errorf("%d changesets below Release", got.Count)
	}
	var empty changesetsJSON
	if b.get("/Lumen%20Web/_apis/tfvc/changesets", &empty); empty.Count != 0 {
		t.Errorf("%d changesets of a project without TFVC", empty.Count)
	}
}

func TestChangesOfAChangesetComeInPages(t *testing.T) {
	b := serve(t, Options{})
	var big *world.Changeset
	for _, cs := range b.world.Changesets() {
		if len(cs.Changes) > 100 && big == nil {
			big = cs
		}
	}
	if big == nil {
		t.Fatal("no changeset has more than a hundred files")
	}
	at := fmt.Sprintf("/_apis/tfvc/changesets/%d", big.ID)
	var one changesetJSON
	b.get(at+"?maxChangeCount=100", &one)
	if len(one.Changes) != 100 || one.HasMoreChanges == nil || !*one.HasMoreChanges {
		t.Errorf("%d changes with it", len(one.Changes))
	}
	var paths []string
	token := ""
	for range 20 {
		var page struct {
			Count int
			Value []changeJSON
		}
		a := b.get(at+"/changes?continuationToken="+token, &page)
		for _, f := range page.Value {
			paths = append(paths, f.Item.Path)
		}
		if token = a.header.Get("x-ms-continuationtoken"); token == "" {
			break
		}
		if page.Count != 100 {
			t.Errorf("a page of %d", page.Count)
		}
	}
	if len(paths) != len(big.Changes) {
		t.Errorf("%d of %d files in pages", len(paths), len(big.Changes))
	}
	var rest struct{ Value []changeJSON }
	if b.get(at+"/changes?$top=1000&$skip=100", &rest); len(rest.Value) != len(big.Changes)-100 || rest.Value[0].Item.Path != paths[100] {
		t.Errorf("%d files after the first hundred", len(rest.Value))
	}
	kinds := map[string]bool{}
	for _, cs := range b.world.Changesets() {
		if cs.ID%2 == 0 {
			continue
		}
		var page struct{ Value []changeJSON }
		b.get(fmt.Sprintf("/_apis/tfvc/changesets/%d/changes?$top=1000", cs.ID), &page)
		for _, f := range page.Value {
			kinds[f.ChangeType] = true
			if strings.Contains(f.ChangeType, "delete") && f.Item.Size != 0 {
				t.Errorf("%s is gone but has a size", f.Item.Path)
			}
		}
	}
	for _, kind := range []string{"add, edit, encoding", "edit", "edit, encoding", "delete", "rename", "merge, edit", "merge, branch", "merge, delete", "branch", "rollback, edit", "delete, sourceRename"} {
		if !kinds[kind] {
			t.Errorf("no change is %q", kind)
		}
	}
	if a := b.ask(http.MethodGet, "/Fleet%20Ops"+at+"/changes", nil); a.status != http.StatusNotFound || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
		t.Errorf("changes below a project: %d", a.status)
	}
	if a := b.ask(http.MethodGet, "/_apis/tfvc/changesets/999999", nil); a.status != http.StatusNotFound || a.error(t).TypeKey != "ChangesetNotFoundException" {
		t.Errorf("a changeset that is not there: %d", a.status)
	}
	linked := slices.IndexFunc(b.world.Changesets(), func(cs *world.Changeset) bool { return len(cs.Items) == 1 && b.world.Item(int(cs.Items[0])) != nil })
	var items struct {
		Value []struct {
			ID                         uint32
			Title, WorkItemType, State string
		}
	}
	b.get(fmt.Sprintf("/_apis/tfvc/changesets/%d/workItems", linked+1), &items)
	if len(items.Value) != 1 || items.Value[0].ID != b.world.Changesets()[linked].Items[0] || items.Value[0].State == "" {
		t.Errorf("%+v", items)
	}
}

type branchJSON struct {
	Path            string
	IsDeleted       bool
	Children        []branchJSON
	RelatedBranches []struct{ Path string }
}

func TestTFVCBranchesAreATreeBesideWhichTheDeletedStand(t *testing.T) {
	b := serve(t, Options{})
	var got struct{ Value []branchJSON }
	b.get("/Fleet%20Ops/_apis/tfvc/branches?includeChildren=true&includeDeleted=true", &got)
	paths, deleted := map[string]string{}, 0
	var walk func(all []branchJSON, parent string)
	walk = func(all []branchJSON, parent string) {
		for _, br := range all {
			paths[br.Path] = parent
			if br.IsDeleted {
				deleted++
				if parent != "" || len(br.RelatedBranches) != 1 {
					t.Errorf("%s: %+v", br.Path, br)
				}
			}
			walk(br.Children, br.Path)
		}
	}
	walk(got.Value, "")
	if len(paths) != len(b.world.TFVCBranches(b.world.Project("Fleet Ops"))) || deleted != 1 || paths["$/Fleet Ops/Dev"] != "$/Fleet Ops/Main" || paths["$/Fleet Ops/Release/1.0"] != "$/Fleet Ops/Main" {
		t.Errorf("%v, %d deleted", paths, deleted)
	}
	b.get("/Fleet%20Ops/_apis/tfvc/branches", &got)
	if len(got.Value) != 1 || got.Value[0].Path != "$/Fleet Ops/Main" {
		t.Errorf("roots %+v", got.Value)
	}
}

func TestTFVCItemsAreShownLevelByLevel(t *testing.T) {
	b := serve(t, Options{})
	type items struct {
		Value []struct {
			Path               string
			IsFolder, IsBranch bool
			Version            int
			Size               int64
		}
	}
	var root items
	b.get("/Fleet%20Ops/_apis/tfvc/items?scopePath=$/Fleet%20Ops&recursionLevel=oneLevel", &root)
	var paths []string
	for _, it := range root.Value {
		paths = append(paths, it.Path)
		if !it.IsFolder || it.Version == 0 {
			t.Errorf("%+v", it)
		}
	}
	if want := []string{"$/Fleet Ops", "$/Fleet Ops/Dev", "$/Fleet Ops/Main", "$/Fleet Ops/Release"}; !slices.Equal(paths, want) {
		t.Errorf("%v, want %v: the deleted branch is gone", paths, want)
	}
	var whole items
	b.get("/_apis/tfvc/items?scopePath=$/Fleet%20Ops/Main&recursionLevel=full", &whole)
	files := 0
	for _, it := range whole.Value {
		if !it.IsFolder {
			files++
			if it.Size <= 0 {
				t.Errorf("%+v", it)
			}
		}
	}
	if files < 50 {
		t.Errorf("%d files below Main", files)
	}
}
