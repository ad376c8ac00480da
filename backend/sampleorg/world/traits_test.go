package world

import (
	"slices"
	"strings"
	"testing"

	"sightline/backend/devops"
)

// category is the state category of a revision.
func category(w *World, r *Revision) devops.StateCategory {
	return w.Types[r.Type].States[r.State].Category
}

// TestTheSimulationHasItsTraits counts, in one small world, how often each thing happened that a report can
// stumble over. The bounds are what makes them worth looking at, not exact figures.
func TestTheSimulationHasItsTraits(t *testing.T) {
	w := small(t, today)
	n := map[string]int{}
	areas := map[string]int{}
	open := map[uint16]int{}
	people := map[string]map[uint16]bool{}
	var revisions []int
	for i := range w.Items {
		all := w.Item(i + 1)
		if len(all) == 0 {
			n["destroyed"]++
			continue
		}
		revisions = append(revisions, len(all))
		last := &all[len(all)-1]
		ty := w.Types[last.Type]
		areas[w.Nodes[last.Area].Path]++
		if ty.Kind == KindBug {
			n["bug"]++
			if last.Severity == 0 || last.Priority == 0 {
				t.Fatalf("bug %d has no severity or priority", i+1)
			}
			if category(w, last).Open() && !last.Has(Deleted) {
				n["open bug"]++
				open[last.Assigned]++
				if last.Priority == 1 {
					n["open bug of priority 1"]++
				}
				if w.Now-all[0].Changed > 90*millisPerDay {
					n["open bug older than 90 days"]++
				}
			}
			if len(all) > 1 && last.Closed == 2 && all[0].Activated == 0 {
				n["closed without being active"]++
			}
		}
		seen := map[string]bool{}
		once := func(what string) {
			if !seen[what] {
				seen[what] = true
				n[what]++
			}
		}
		if ty.Kind == KindRequirement {
			if last.Estimate < 0 {
				once("without an estimate")
			}
			if slices.ContainsFunc(all, func(r Revision) bool { return r.Estimate != all[0].Estimate && all[0].Estimate >= 0 }) {
				once("re-estimated")
			}
		}
		if ty.Kind == KindTask && last.Parent == 0 {
			once("task without a parent")
		}
		if last.Has(Deleted) {
			once("in the recycle bin")
		}
		if w.Items[i].Parent != last.Parent {
			once("re-parented without a revision")
		}
		if ty.Custom {
			once("custom type")
		}
		if slices.ContainsFunc(all, func(r Revision) bool {
			s := w.Types[r.Type].States[r.State].Name
			return s == "In Review" || s == "Blocked"
		}) {
			once("in a custom state")
		}
		for k := 1; k < len(all); k++ {
			was, is := &all[k-1], &all[k]
			switch {
			case category(w, was) == devops.Completed && category(w, is).Open():
				once("reopened")
			case category(w, was) == devops.Resolved && category(w, is) == devops.InProgress:
				once("sent back")
			case category(w, is) == devops.Removed && category(w, was) != devops.Removed:
				once("removed")
			}
			if was.Has(Deleted) && !is.Has(Deleted) {
				once("restored")
			}
			if was.Type != is.Type && was.Project == is.Project {
				once("retyped")
			}
			if was.Project != is.Project {
				once("moved to another project")
			}
			if is.Tags != was.Tags && was.Activated != 0 {
				once("tagged late")
			}
			if from, to := w.Nodes[was.Iteration], w.Nodes[is.Iteration]; from != to && from.Start != 0 && to.Start > from.Start && is.Changed > from.Start {
				if is.Changed < from.Finish {
					once("moved out in the middle of a sprint")
				} else {
					once("carried over")
				}
			}
			if was.Changed/millisPerDay == is.Changed/millisPerDay && (is.Changed/3_600_000)%24 >= 22 {
				once("changed late in the evening, UTC")
			}
		}
		if last.Assigned != 0 {
			p := w.People[last.Assigned]
			if people[p.Name] == nil {
				people[p.Name] = map[uint16]bool{}
			}
			people[p.Name][last.Assigned] = true
		}
	}
	for _, l := range w.Links {
		if l.Stale {
			n["link left active"]++
		}
		if l.Kind == HierarchyLink && !l.Active {
			n["parent removed"]++
		}
	}
	for what, atLeast := range map[string]int{
		"open bug": 70, "open bug of priority 1": 1, "open bug older than 90 days": 10, "closed without being active": 50, "reopened": 40, "sent back": 60, "removed": 20, "restored": 3, "retyped": 10,
		"moved to another project": 8, "tagged late": 60, "carried over": 150, "moved out in the middle of a sprint": 10, "without an estimate": 30, "re-estimated": 60, "task without a parent": 40,
		"in the recycle bin": 20, "destroyed": 15, "re-parented without a revision": 3, "link left active": 3, "parent removed": 20, "custom type": 8, "in a custom state": 100, "changed late in the evening, UTC": 5,
	} {
		if n[what] < atLeast {
			t.Errorf("%s: %d, want at least %d", what, n[what], atLeast)
		}
	}
	if n["open bug"] > n["bug"]/5 {
		t.Errorf("%d of %d bugs are open", n["open bug"], n["bug"])
	}
	slices.Sort(revisions)
	if median, p99, most := revisions[len(revisions)/2], revisions[len(revisions)*99/100], revisions[len(revisions)-1]; median > 9 || p99 < 18 || most < 500 {
		t.Errorf("revisions an item: median %d, 99th percentile %d, most %d: not long-tailed", median, p99, most)
	}
	for _, path := range []string{`Lumen Web\Web`, `Lumen Web\Web2`, `Lumen Web\Accounts`, `Lumen Mobile\Shared\Design System`} {
		if areas[path] < 10 {
			t.Errorf("%s holds %d items", path, areas[path])
		}
	}
	var lists []int
	for who, count := range open {
		if who != 0 {
			lists = append(lists, count)
		}
	}
	slices.Sort(lists)
	if median, most := lists[len(lists)/2], lists[len(lists)-1]; most < 3*median {
		t.Errorf("open bugs a person: median %d, most %d: no skew", median, most)
	}
	if open[0] == 0 {
		t.Error("no open bug is unassigned")
	}
	if len(people[formerOf]) != 2 {
		t.Errorf("%s is assigned under %d identities, want 2", formerOf, len(people[formerOf]))
	}
}

func TestBugsArriveInWavesAfterARelease(t *testing.T) {
	w := small(t, today)
	p := w.Project("Lumen Web")
	var first, second int
	cycle := sprintDays * sprintsPerRelease
	for i := range w.Items {
		r := &w.Revisions[w.Items[i].First]
		if w.Items[i].Count == 0 || w.Projects[r.Project] != p || w.Types[r.Type].Kind != KindBug {
			continue
		}
		if day := w.day(r.Changed) - p.firstSprint(); day >= cycle {
			if day%cycle < cycle/2 {
				first++
			} else {
				second++
			}
		}
	}
	if first < second*3/2 {
		t.Errorf("%d bugs in the three weeks after a release, %d in the three before the next", first, second)
	}
}

func TestRemainingWorkBurnsDown(t *testing.T) {
	w := small(t, today)
	fell, rose := 0, 0
	for i := range w.Items {
		all := w.Item(i + 1)
		for k := 1; k < len(all); k++ {
			if w.Types[all[k].Type].Kind != KindTask || all[k].Remaining < 0 || all[k-1].Remaining < 0 {
				continue
			}
			switch {
			case all[k].Remaining < all[k-1].Remaining:
				fell++
			case all[k].Remaining > all[k-1].Remaining:
				rose++
			}
		}
	}
	if fell < 1500 || rose < 50 || rose > fell/3 {
		t.Errorf("remaining work fell %d times and rose %d times", fell, rose)
	}
}

func TestProjectsAreWhatThePatternsAndReportsNeed(t *testing.T) {
	w := small(t, today)
	processes, lumen, tfvc := map[devops.Process]bool{}, 0, 0
	for _, p := range w.Projects {
		processes[p.Process.System] = true
		if strings.HasPrefix(p.Name, "Lumen ") {
			lumen++
		}
		if p.TFVC {
			tfvc++
		}
		if p.Teams[0].Name != p.Name+" Team" {
			t.Errorf("the first team of %s is %s", p.Name, p.Teams[0].Name)
		}
	}
	if len(processes) != 4 || lumen != 4 || tfvc != 1 {
		t.Errorf("processes %v, %d projects begin with Lumen, %d have TFVC", processes, lumen, tfvc)
	}
	inherited := w.Project("Lumen Data").Process
	if inherited.ParentID != agileID || inherited.TypeNamed("Spike") == nil || inherited.System != devops.ProcessAgile {
		t.Errorf("the inherited process is %+v", inherited)
	}
	web := w.Project("Lumen Web")
	accounts := web.area("Accounts")
	owners := 0
	for _, team := range web.Teams {
		if team.Owns(accounts) {
			owners++
		}
	}
	if owners != 2 {
		t.Errorf("%d teams own Accounts", owners)
	}
	if web.Team("Storefront").Owns(web.area("Web2")) {
		t.Error("Storefront owns Web with its children, but Web2 is a sibling")
	}
}

func TestTheMemberIsTheSameInEverySize(t *testing.T) {
	w := small(t, today)
	member := w.Member()
	if member.UPN != MemberUPN || w.PersonByUPN(MemberUPN) != member || w.Person(member.ID) != member {
		t.Fatalf("the member is %+v", member)
	}
	assigned := 0
	for i := range w.Items {
		if r := w.Latest(i + 1); r != nil && r.Assigned == member.index {
			assigned++
		}
	}
	if assigned < 20 {
		t.Errorf("only %d items are assigned to the member", assigned)
	}
}

func TestUPNsAndNodeIDsAreUnique(t *testing.T) {
	w := New(Options{Seed: 1, Size: Medium, Since: today.AddDate(0, 0, -30), Now: today})
	upns, nodes := map[string]bool{}, map[int]bool{}
	for _, p := range w.People[1:] {
		if upns[p.UPN] {
			t.Errorf("%s twice", p.UPN)
		}
		upns[p.UPN] = true
		for _, r := range p.UPN {
			if r > 127 {
				t.Errorf("%s is not ASCII", p.UPN)
			}
		}
	}
	for _, n := range w.Nodes {
		if nodes[n.ID] {
			t.Errorf("node %d twice", n.ID)
		}
		nodes[n.ID] = true
	}
}
