package world

import "sightline/backend/devops"

// take does one step of an effort in its repository.
func (e *effort) take(r *Repository, s *step) {
	switch s.do {
	case beginWork:
		e.fork(r)
	case pushWork:
		e.push(r, s)
	case pushDirect:
		e.pushDirect(r, s)
	case importHistory:
		r.importHistory(s)
	case choreWork:
		r.chore(s)
	case cutRelease, prepareWork, tagRelease, mergeRelease, dropRelease:
		e.release(r, s)
	case openRequest:
		e.open(r, s)
	case rebaseWork:
		e.rebase(r, s)
	case catchUp:
		e.catchUp(r, s)
	case completeWork:
		e.complete(r, s)
	case abandonWork:
		e.close(s, devops.AbandonedPullRequest)
	case deleteBranch:
		e.delete(r, s)
	default:
		if e.request != nil {
			e.talk(s)
		}
	}
}

// fork makes the branch from its target: main, or for a hotfix the latest release.
func (e *effort) fork(r *Repository) {
	if e.hotfix {
		latest := ""
		for name, ref := range r.heads {
			if len(name) > len(heads)+8 && name[:len(heads)+8] == heads+"release/" && (latest == "" || ref.Head > r.heads[latest].Head || ref.Head == r.heads[latest].Head && name > latest) {
				latest = name
			}
		}
		if latest != "" {
			e.target = latest
		}
	}
	e.base = r.head(e.target)
}

// tip is the last commit of the branch.
func (e *effort) tip() int32 {
	if len(e.own) == 0 {
		return e.base
	}
	return e.own[len(e.own)-1]
}

func (e *effort) push(r *Repository, s *step) {
	first := len(r.Commits)
	for _, at := range s.dates {
		e.own = append(e.own, r.append(Commit{Authored: at, Committed: amended(at, s.at), Parents: [2]int32{e.tip(), -1}, Request: -1, Item: e.item, Author: e.author.index, Committer: e.author.index, line: e.line(s)}))
	}
	r.receive(s.at, s.who, first, e.branch, e.tip())
	e.iterate(r, s, false)
}

// line is what the next commit says.
func (e *effort) line(s *step) uint8 {
	if s.flag { // after a review
		return 5
	}
	return uint8(mix(uint64(e.item)<<8|uint64(len(e.own))) % uint64(len(commitLines)))
}

// amended is when a commit got its final form: one in five is worked over before it is pushed.
func amended(written, pushed int64) int64 {
	if n := mix(uint64(written)); n%5 == 0 {
		return min(written+int64(n>>8%uint64(2*millisPerHour)), pushed)
	}
	return written
}

// pushDirect puts commits on top of the target; what was written on an older state is rebased first.
func (e *effort) pushDirect(r *Repository, s *step) {
	first, head := len(r.Commits), r.head(e.target)
	for _, at := range s.dates {
		committed := at
		if head >= 0 {
			committed = max(at, r.Commits[head].Committed+1000)
		}
		head = r.append(Commit{Authored: at, Committed: min(committed, s.at), Parents: [2]int32{head, -1}, Request: -1, Item: e.item, Author: e.author.index, Committer: e.author.index, line: e.line(s)})
		e.own = append(e.own, head)
	}
	r.receive(s.at, s.who, first, e.target, head)
}

// importHistory is the first push. Its commits may be years older than the repository.
func (r *Repository) importHistory(s *step) {
	head := int32(-1)
	for i := range r.plan.imported {
		at := s.at - int64(r.plan.imported-i)*9*millisPerDay - int64(mix(uint64(i))%uint64(5*millisPerHour))
		head = r.append(Commit{Authored: at, Committed: at, Parents: [2]int32{head, -1}, Request: -1, Author: s.who.index, Committer: s.who.index, line: importedLine})
	}
	head = r.append(Commit{Authored: s.at - 90_000, Parents: [2]int32{head, -1}, Request: -1, Author: s.who.index, Committer: s.who.index, Adds: 48 + uint16(len(r.Name))*17, line: initialLine})
	r.receive(s.at, s.who, 0, DefaultBranch, head)
}

func (r *Repository) chore(s *step) {
	first, line := len(r.Commits), choreLine
	if s.who.Kind == Service {
		line = bumpLine
	}
	at := r.append(Commit{Authored: s.at - 45_000, Parents: [2]int32{r.head(DefaultBranch), -1}, Request: -1, Author: s.who.index, Committer: s.who.index, line: line})
	r.receive(s.at, s.who, first, DefaultBranch, at)
}

// release does the steps of a release branch.
func (e *effort) release(r *Repository, s *step) {
	first := len(r.Commits)
	simple := func(line uint8, parents ...int32) int32 {
		c := Commit{Authored: s.at - 30_000, Parents: [2]int32{parents[0], -1}, Request: -1, Author: s.who.index, Committer: s.who.index, line: line}
		if len(parents) > 1 {
			c.Parents[1] = parents[1]
		}
		return r.append(c)
	}
	switch s.do {
	case cutRelease:
		r.receive(s.at, s.who, first, e.branch, r.head(DefaultBranch))
	case prepareWork:
		r.receive(s.at, s.who, first, e.branch, simple(releaseLine, r.head(e.branch)))
	case tagRelease:
		r.receive(s.at, s.who, first, s.text, r.head(e.branch))
	case mergeRelease:
		r.receive(s.at, s.who, first, DefaultBranch, simple(mergeBackLine, r.head(DefaultBranch), r.head(e.branch)))
	case dropRelease:
		r.receive(s.at, s.who, first, e.branch, -1)
	}
}

// rebase writes the commits of the branch anew on top of the target and pushes them by force. The old ones
// stay on the server, where no branch reaches them any more.
func (e *effort) rebase(r *Repository, s *step) {
	if e.request == nil || e.request.Status != devops.ActivePullRequest || len(e.own) == 0 {
		return
	}
	first := len(r.Commits)
	e.base = r.head(e.target)
	old := e.own
	e.own = nil
	for i, at := range old {
		c := r.Commits[at]
		if c.Parents[1] >= 0 {
			continue // a merge of the target is not needed any more
		}
		c.Parents, c.Committed = [2]int32{e.tip(), -1}, s.at-int64(len(old)-i)*1000
		e.own = append(e.own, r.append(c))
	}
	r.receive(s.at, s.who, first, e.branch, e.tip())
	e.iterate(r, s, true)
}

// catchUp merges the target into the branch, which settles conflicts.
func (e *effort) catchUp(r *Repository, s *step) {
	if e.request == nil || e.request.Status != devops.ActivePullRequest {
		return
	}
	first := len(r.Commits)
	e.own = append(e.own, r.append(Commit{Authored: s.at - 60_000, Parents: [2]int32{e.tip(), r.head(e.target)}, Request: -1, Item: e.item, Author: s.who.index, Committer: s.who.index, line: catchUpLine}))
	r.receive(s.at, s.who, first, e.branch, e.tip())
	e.request.Conflicts = false
	e.iterate(r, s, false)
}
