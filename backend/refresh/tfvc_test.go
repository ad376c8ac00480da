package refresh_test

import (
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

func TestChangesetsAreReadOnceWhetherFromIDIsIncludedOrNot(t *testing.T) {
	for name, change := range map[string]func(*testSource){
		"included": func(*testSource) {}, "left out": func(s *testSource) { s.fromIDExclusive = true },
		"newest first whatever is asked": func(s *testSource) { s.newestFirst = true },
	} {
		t.Run(name, func(t *testing.T) {
			s := newTestSource(t)
			change(s)
			s.cap = 100
			s.changesets = append(s.changesets, &testChangeset{id: 5, at: day(2020, 1, 1)})
			for id := 10; id < 260; id++ {
				s.changesets = append(s.changesets, &testChangeset{id: id, at: day(2025, 1, 1).Add(time.Duration(id) * time.Minute), files: [][2]string{{"$/P/a", "edit"}}})
			}
			d := watch(t)
			sum, err := s.load(t, d, sourceToday, devops.TFVCContent)
			if err != nil || sum.Changes[devops.Changesets].Added != 250 || sum.Changes[devops.ChangedFiles].Added != 250 {
				t.Fatalf("%v, %v", sum.Changes, err)
			}
			s.changesets = append(s.changesets, &testChangeset{id: 300, at: sourceToday, files: [][2]string{{"$/P/b", "merge, edit"}, {"$/P/c", "delete, sourceRename"}, {"$/P/d", "Add, Encoding, wormhole"}}})
			s.org.forget()
			d.forget()
			sum, err = s.load(t, d, sourceToday.Add(time.Hour), devops.TFVCContent)
			if err != nil || sum.Changes[devops.Changesets].Added != 1 || sum.Changes[devops.ChangedFiles].Added != 3 || s.org.asked("/tfvc/") != 2 {
				t.Errorf("%v in %d requests, %v", sum.Changes, s.org.asked("/tfvc/"), err)
			}
			all := came(d, func(b *devops.Batch) []devops.Changeset { return b.Changesets })
			c := all[len(all)-1]
			if c.ID != 300 || !c.FilesRead || c.Author.ID != annID || c.CheckedInBy.Name != "Ann Ab" || c.Comment != "Check in 300" || !c.Created.Equal(sourceToday) || len(c.Files) != 3 {
				t.Fatalf("%s", asText(c))
			}
			for i, want := range []devops.ChangeFlags{devops.FlagMerge | devops.FlagEdit, devops.FlagDelete | devops.FlagSourceRename, devops.FlagAdd | devops.FlagEncoding} {
				if f := c.Files[i]; f.Flags != want || f.Size == nil || *f.Size != 12 {
					t.Errorf("%s, want flags %b", asText(f), want)
				}
			}
		})
	}
}

func TestTFVCBranchesKeepTheirParentsAndGoOnTheDay(t *testing.T) {
	s := newTestSource(t)
	s.branches = `{"path":"$/P/main","owner":{"id":"` + annID + `","displayName":"Ann Ab"},"createdDate":"2014-03-24T16:25:17.39Z","children":[{"path":"$/P/dev","createdDate":"2014-03-24T16:46:48.253Z","children":[{"path":"$/P/dev2","isDeleted":true,"children":[]}]}]},{"path":"$/P/dev2","isDeleted":true}`
	d := watch(t)
	for i, want := range []int{1, 0, 1} {
		s.org.forget()
		d.forget()
		if i == 2 {
			s.branches = `{"path":"$/P/main","createdDate":"2014-03-24T16:25:17.39Z"}`
		}
		if _, err := s.load(t, d, sourceToday.Add(time.Duration(i)*11*time.Hour), devops.TFVCContent); err != nil {
			t.Fatal(err)
		}
		if n := s.org.asked("/tfvc/branches"); n != want {
			t.Errorf("refresh %d asked %d times", i, n)
		}
		rows := came(d, func(b *devops.Batch) []devops.TFVCBranch { return b.TFVCBranches })
		if i == 0 && (len(rows) != 3 || rows[0].Parent != "" || rows[1].Parent != "$/P/main" || rows[2].Parent != "$/P/dev" || !rows[2].Deleted || rows[0].Owner.ID != annID) {
			t.Errorf("%s", asText(rows))
		}
	}
	held, gone, err := d.Counts(t.Context(), s.project.id)
	if err != nil || held[devops.TFVCBranches] != 1 || gone[devops.TFVCBranches] != 2 {
		t.Errorf("held %v, gone %v, %v", held, gone, err)
	}
}

func TestAProjectWithoutTFVCIsNotAsked(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 1, 1)
	_, err := load(t, o, openStore(t), func(r *refresh.Options) { r.Selection.Contents = []devops.Content{devops.TFVCContent} })
	if err != nil || o.asked("/tfvc/") != 0 {
		t.Errorf("asked %q, %v", o.requests, err)
	}
}
