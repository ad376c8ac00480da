package world

import (
	"fmt"
	"math/rand/v2"
)

// effort is one line of work in a repository: the branch, the pushes to it and the pull request that come of
// one work item, or a chore. It is planned as a whole on the day the work begins, from what is known that
// day, so that a later now finds the same steps.
type effort struct {
	order  uint64 // settles what happens in the same millisecond
	item   uint32
	author *Person
	branch string
	target string
	hotfix bool // goes to the branch of the latest release, if there is one
	steps  []step

	// What follows is found out as the steps are lived.
	base    int32
	own     []int32 // its commits on the branch
	request *PullRequest
	place   int32 // of the request among the repository's
	remarks []int // threads of the request by the number the plan gave them, plus 1
}

// step is one thing that somebody does.
type step struct {
	at     int64
	do     action
	who    *Person
	other  *Person // who comes or goes as a reviewer
	team   *Team
	dates  []int64 // when the commits of a push were written
	vote   int8
	remark int8
	flag   bool
	text   string
}

type action uint8

const (
	beginWork     action = iota // fork the branch from its target
	pushWork                    // push to the branch
	pushDirect                  // push to the target without a branch
	openRequest                 // flag: as a draft; vote: the wording of its title
	publishDraft                //
	addReviewer                 // flag: required
	dropReviewer                //
	declineReview               //
	castVote                    //
	startRemark                 //
	answerRemark                //
	deleteRemark                //
	resolveRemark               //
	findConflict                // the target moved under the branch
	catchUp                     // merge the target into the branch
	rebaseWork                  // push by force
	labelRequest                //
	completeWork                //
	abandonWork                 //
	deleteBranch                //
	reopenWork                  //
	importHistory               //
	choreWork                   //
	cutRelease                  //
	prepareWork                 // on the release branch
	tagRelease                  //
	mergeRelease                // back into main
	dropRelease                 //
)

// The orders of what happens in the same millisecond, by who makes the efforts.
const (
	workOrder    uint64 = 1 << 60
	choreOrder   uint64 = 2 << 60
	releaseOrder uint64 = 3 << 60
)

// planner plans one effort. Its clock is where the author is in time.
type planner struct {
	w     *World
	repo  *Repository
	r     *rand.Rand
	e     *effort
	team  *Team
	clock int64
	words int8 // remarks so far
}

func (p *planner) chance(x float64) bool { return p.r.Float64() < x }

func (p *planner) add(s step) { p.e.steps = append(p.e.steps, s) }

// author lets the author work for some hours.
func (p *planner) author(low, high float64) int64 {
	p.clock = p.w.working(p.e.author, p.clock, low+(high-low)*p.r.Float64())
	return p.clock
}

// begin plans the work on an item that somebody started, or returns nil when no code comes of it.
func (w *World) begin(repo *Repository, r *Revision, random *rand.Rand) *effort {
	x := random.Float64()
	kind := w.Types[r.Type].Kind
	requests, direct := repo.plan.requests, repo.plan.direct
	if kind == KindTask {
		requests, direct = requests*0.1, direct*0.6
	}
	if x > requests+direct {
		return nil
	}
	e := &effort{order: workOrder | uint64(r.Item)<<24 | uint64(r.Rev)<<8, item: r.Item, author: w.People[r.Assigned], target: DefaultBranch, base: -1}
	p := &planner{w: w, repo: repo, r: random, e: e, team: w.teamOf(r), clock: r.Changed}
	if x > requests {
		p.pushStraight()
		return e
	}
	e.hotfix = kind == KindBug && r.Priority == 1 && repo.plan.releases
	e.branch = w.branchName(e, kind, random)
	p.add(step{at: p.clock, do: beginWork, who: e.author})
	p.write(1+min(p.r.IntN(4)*p.r.IntN(3), 5), false)
	switch {
	case p.chance(0.04): // a try-out nobody asks to review
	case p.chance(0.1):
		p.request()
		p.giveUp()
	case p.chance(0.025): // never finished: it stays open, often as a draft
		p.leaveOpen()
	default:
		p.request()
		p.finish()
	}
	return e
}

// branchName is what the author calls the branch.
func (w *World) branchName(e *effort, kind Kind, random *rand.Rand) string {
	end := fmt.Sprintf("%d-%s", e.item, slug(w.subject(e.item)))
	name, _ := cutAddress(e.author.UPN)
	switch {
	case e.hotfix:
		return heads + "hotfix/" + end
	case kind == KindBug && random.IntN(2) == 0:
		return heads + "bug/" + end
	case random.IntN(3) == 0:
		return heads + "feature/" + end
	}
	return heads + "users/" + name + "/" + end
}

// cutAddress splits an address at the sign.
func cutAddress(upn string) (name, domain string) {
	for i := range len(upn) {
		if upn[i] == '@' {
			return upn[:i], upn[i+1:]
		}
	}
	return upn, ""
}

// teamOf is the team that delivers in the area a revision stands in, or the first that delivers at all.
func (w *World) teamOf(r *Revision) *Team {
	var first *Team
	for _, t := range w.Projects[r.Project].Teams {
		if t.delivery == nil {
			continue
		}
		if first == nil {
			first = t
		}
		if t.Owns(w.Nodes[r.Area]) {
			return t
		}
	}
	return first
}

// pushStraight plans one or two commits that go to main as they are.
func (p *planner) pushStraight() {
	n := 1 + p.r.IntN(2)
	var dates []int64
	for range n {
		dates = append(dates, p.author(0.4, 5))
	}
	p.add(step{at: p.author(0.02, 0.3), do: pushDirect, who: p.e.author, dates: dates})
}

// write plans commits on the branch and the pushes that bring them. Late ones are pushed weeks after they
// were written.
func (p *planner) write(commits int, review bool) {
	late := !review && p.chance(0.03)
	var dates []int64
	for i := range commits {
		most := 7.0
		if review { // what reviewers wait for comes first
			most = 3
		}
		dates = append(dates, p.author(0.4, most))
		if i < commits-1 && (late || !p.chance(0.45)) {
			continue
		}
		if late {
			p.clock += int64(20+p.r.IntN(60)) * millisPerDay
		}
		p.add(step{at: p.author(0.01, 0.4), do: pushWork, who: p.e.author, dates: dates, flag: review})
		dates = nil
	}
}

// request plans the pull request: opening and review.
func (p *planner) request() {
	author := p.e.author
	draft := p.chance(0.12)
	opened := p.author(0.05, 1.5)
	p.add(step{at: opened, do: openRequest, who: author, flag: draft, vote: int8(p.r.IntN(4))})
	if p.chance(0.15) {
		p.add(step{at: opened + 2_300, do: labelRequest, who: author, text: requestLabels[p.r.IntN(len(requestLabels))]})
	}
	if draft {
		p.write(1+p.r.IntN(2), true)
		p.add(step{at: p.author(0.2, 3), do: publishDraft, who: author})
	}
	done := p.review(p.clock)
	p.clock = max(p.clock, done)
	if p.chance(0.07) {
		p.add(step{at: p.author(0.5, 6), do: findConflict, who: author})
		p.add(step{at: p.author(0.5, 5), do: catchUp, who: author})
	}
	if p.chance(0.05) {
		p.add(step{at: p.author(0.3, 4), do: rebaseWork, who: author})
	}
}

// leaveOpen opens a pull request to which nobody comes back, not even to abandon it.
func (p *planner) leaveOpen() {
	p.add(step{at: p.author(0.05, 1.5), do: openRequest, who: p.e.author, flag: p.chance(0.7), vote: 2})
	if p.chance(0.5) {
		p.review(p.clock)
	}
}

// finish completes the pull request, some of them only after months.
func (p *planner) finish() {
	author := p.e.author
	end := p.author(0.1, 3)
	switch {
	case p.chance(0.035):
		end = p.w.working(author, end+int64(120+p.r.IntN(50))*millisPerDay, 1)
	case p.chance(0.1):
		end = p.w.working(author, end+int64(2+p.r.IntN(12))*millisPerDay, 0.5)
	}
	who := p.closer()
	p.add(step{at: end, do: completeWork, who: who})
	if !p.chance(0.08) {
		p.add(step{at: end + 1_200, do: deleteBranch, who: who})
	}
}

// closer is who completes: mostly the author.
func (p *planner) closer() *Person {
	if p.team != nil && p.chance(0.22) {
		return p.w.People[p.team.delivery.as(p.team.delivery.devs[0], p.w.day(p.clock))]
	}
	return p.e.author
}

// giveUp abandons the pull request. Some come back to it; of the others most delete the branch in the end.
func (p *planner) giveUp() {
	author := p.e.author
	p.clock += int64(p.r.IntN(25)) * millisPerDay
	p.add(step{at: p.author(0.5, 8), do: abandonWork, who: author})
	p.clock += int64(1+p.r.IntN(9)) * millisPerDay
	switch {
	case p.chance(0.25):
		p.add(step{at: p.author(0.1, 2), do: reopenWork, who: author})
		p.finish()
	case p.chance(0.6):
		p.add(step{at: p.author(0.01, 0.2), do: deleteBranch, who: author})
	}
}

var requestLabels = []string{"needs design", "performance", "security", "quick win", "breaking", "documentation"}
