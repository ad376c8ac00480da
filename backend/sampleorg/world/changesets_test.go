package world

import (
	"strings"
	"testing"
)

func TestChangesetsTellEveryKindOfChange(t *testing.T) {
	w := small(t, today)
	kinds := map[ChangeKind]int{}
	long, other, empty := 0, 0, 0
	last := int64(0)
	standing := map[string]bool{}
	for i, cs := range w.Changesets() {
		if cs.ID != i+1 || cs.At < last || cs.At > w.Now || !cs.Project.TFVC || len(cs.Changes) == 0 || w.Changeset(cs.ID) != cs {
			t.Fatalf("changeset %d: %+v", i+1, cs)
		}
		last = cs.At
		if len([]rune(cs.Comment)) > 80 {
			long++
		}
		if cs.Comment == "" {
			empty++
		}
		if cs.Author != cs.By {
			other++
		}
		seen := map[string]bool{}
		for _, f := range cs.Changes {
			kinds[f.Kind]++
			if seen[f.Path] || !strings.HasPrefix(f.Path, cs.Project.Root()) {
				t.Fatalf("changeset %d changes %s twice, or elsewhere", cs.ID, f.Path)
			}
			seen[f.Path] = true
			if f.Kind == ChangeEdit && !standing[f.Path] {
				t.Fatalf("changeset %d edits %s, which does not stand", cs.ID, f.Path)
			}
			if f.Kind&ChangeDelete != 0 {
				if !standing[f.Path] {
					t.Fatalf("changeset %d deletes %s, which does not stand", cs.ID, f.Path)
				}
				delete(standing, f.Path)
			} else {
				standing[f.Path] = true
			}
		}
	}
	for _, k := range []ChangeKind{ChangeEdit, ChangeAdd | ChangeEdit | ChangeEncoding, ChangeEdit | ChangeEncoding, ChangeDelete, ChangeRename, ChangeDelete | ChangeSourceRename, ChangeBranch, ChangeMerge | ChangeEdit, ChangeMerge | ChangeBranch, ChangeMerge | ChangeDelete,
		ChangeRollback | ChangeEdit} {
		if kinds[k] == 0 {
			t.Errorf("no change is of kind %d", k)
		}
	}
	if long < 10 || other < 5 || empty < 5 {
		t.Errorf("%d long comments, %d checked in by another, %d without a comment", long, other, empty)
	}
}

func TestTFVCHasBranchesWithParentsAndADeletedOne(t *testing.T) {
	w := small(t, today)
	all := w.TFVCBranches(w.Project("Fleet Ops"))
	byPath := map[string]*TFVCBranch{}
	deleted := 0
	for _, b := range all {
		if b.Parent != nil && byPath[b.Parent.Path] != b.Parent {
			t.Errorf("%s stands before its parent", b.Path)
		}
		byPath[b.Path] = b
		if b.Deleted != 0 {
			deleted++
		}
	}
	main, dev := byPath["$/Fleet Ops/Main"], byPath["$/Fleet Ops/Dev"]
	if main == nil || main.Parent != nil || dev == nil || dev.Parent != main || byPath["$/Fleet Ops/Release/2.0"] == nil || deleted != 1 {
		t.Errorf("%d branches, %d deleted", len(all), deleted)
	}
	if len(w.TFVCBranches(w.Project("Lumen Web"))) != 0 {
		t.Error("a project without TFVC has branches")
	}
}

func TestARenamedProjectKeepsItsRepositoriesAndWhatPeopleWrote(t *testing.T) {
	before := small(t, today)
	after := New(Options{Seed: 1, Now: today, Decisions: Decisions{Renamings: []Renaming{{Project: "Fleet Ops", Name: "Fleet", At: today.AddDate(0, 0, -3)}}}})
	for i, r := range before.Repositories() {
		if other := after.Repositories()[i]; other.ID != r.ID || len(other.Commits) != len(r.Commits) {
			t.Fatalf("%s became another repository", r.Name)
		}
	}
	for i, cs := range before.Changesets() {
		other := after.Changesets()[i]
		if other.Comment != cs.Comment || other.Changes[0].Path != strings.Replace(cs.Changes[0].Path, "$/Fleet Ops", "$/Fleet", 1) {
			t.Fatalf("changeset %d: %q of %s, before %q of %s", cs.ID, other.Comment, other.Changes[0].Path, cs.Comment, cs.Changes[0].Path)
		}
	}
}
