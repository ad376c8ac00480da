package world

import "sightline/backend/devops"

// open makes the pull request of an effort.
func (e *effort) open(r *Repository, s *step) {
	if e.request != nil || r.heads[e.branch] == nil || r.head(e.target) < 0 {
		return
	}
	q := &PullRequest{Repository: r, Item: e.item, Source: e.branch, Target: e.target, Created: s.at, CreatedBy: s.who, Status: devops.ActivePullRequest, Draft: s.flag, MergeCommit: -1, Squashed: r.plan.squash, title: uint8(s.vote)}
	e.request, e.place = q, int32(len(r.Requests))
	r.Requests = append(r.Requests, q)
	e.iterate(r, s, false)
}

// iterate notes a push to the source branch of a pull request that stands: another iteration, and another
// trial of the merge.
func (e *effort) iterate(r *Repository, s *step, rebased bool) {
	q := e.request
	if q == nil || q.Status != devops.ActivePullRequest {
		return
	}
	q.SourceCommit = e.tip()
	if head := r.head(e.target); head >= 0 {
		q.TargetCommit = head
	}
	if len(q.Iterations) > 0 {
		q.thread(Thread{Kind: RefThread, At: s.at, By: s.who, Source: e.tip()})
	}
	q.Iterations = append(q.Iterations, Iteration{At: s.at, By: s.who, Source: e.tip(), Base: e.base, Rebased: rebased})
	q.thread(Thread{Kind: MergeThread, At: s.at, Source: q.SourceCommit, Target: q.TargetCommit})
}

// thread adds a thread.
func (q *PullRequest) thread(t Thread) *Thread {
	t.Number = len(q.Threads) + 1
	t.Updated = t.At
	q.Threads = append(q.Threads, t)
	return &q.Threads[len(q.Threads)-1]
}

// talk does a step of a pull request that pushes nothing. Nobody votes on one that is closed.
func (e *effort) talk(s *step) {
	q := e.request
	if q.Status != devops.ActivePullRequest && s.do != reopenWork && s.do != answerRemark && s.do != resolveRemark {
		return
	}
	switch s.do {
	case publishDraft:
		q.Draft = false
	case addReviewer:
		q.Reviewers = append(q.Reviewers, Reviewer{Person: s.other, Team: s.team, Required: s.flag})
		q.thread(Thread{Kind: ReviewersThread, At: s.at, By: s.who, Person: s.other, Team: s.team})
	case dropReviewer:
		for i, rv := range q.Reviewers {
			if rv.Person == s.other && rv.Person != nil && rv.Vote == 0 {
				q.Reviewers = append(q.Reviewers[:i:i], q.Reviewers[i+1:]...)
				q.thread(Thread{Kind: ReviewersThread, At: s.at, By: s.who, Person: s.other, Removed: true})
				return
			}
		}
	case declineReview:
		if rv := q.reviewer(s.who); rv != nil {
			rv.Declined = true
		}
	case castVote:
		q.vote(s)
	case findConflict:
		q.Conflicts = true
		q.thread(Thread{Kind: MergeThread, At: s.at, Source: q.SourceCommit, Target: q.TargetCommit, Conflicts: true})
	case labelRequest:
		q.Labels = append(q.Labels, s.text)
	case reopenWork:
		if q.Status == devops.AbandonedPullRequest && q.Repository.heads[q.Source] != nil {
			q.Status, q.Closed, q.ClosedBy = devops.ActivePullRequest, 0, nil
			q.thread(Thread{Kind: StatusThread, At: s.at, By: s.who, Status: q.Status})
		}
	default:
		e.remark(s)
	}
}

func (q *PullRequest) reviewer(p *Person) *Reviewer {
	for i := range q.Reviewers {
		if q.Reviewers[i].Person == p {
			return &q.Reviewers[i]
		}
	}
	return nil
}

// vote lets a reviewer vote, for their team too when it was asked.
func (q *PullRequest) vote(s *step) {
	rv := q.reviewer(s.who)
	if rv == nil || rv.Vote == s.vote {
		return
	}
	rv.Vote = s.vote
	for i := range q.Reviewers {
		if q.Reviewers[i].Team != nil {
			q.Reviewers[i].Vote = s.vote
		}
	}
	q.thread(Thread{Kind: VoteThread, At: s.at, By: s.who, Vote: s.vote})
}

// remark begins a discussion or goes on with one.
func (e *effort) remark(s *step) {
	q := e.request
	for len(e.remarks) <= int(s.remark) {
		e.remarks = append(e.remarks, 0)
	}
	if s.do == startRemark {
		q.thread(Thread{Kind: TextThread, At: s.at, By: s.who, Comments: []ThreadComment{{At: s.at, By: s.who, Text: s.text}}})
		e.remarks[s.remark] = len(q.Threads)
		return
	}
	if e.remarks[s.remark] == 0 {
		return
	}
	t := &q.Threads[e.remarks[s.remark]-1]
	t.Updated = s.at
	switch s.do {
	case answerRemark:
		t.Comments = append(t.Comments, ThreadComment{At: s.at, By: s.who, Text: s.text})
	case resolveRemark:
		t.Resolved = true
	case deleteRemark:
		t.Deleted = true
		t.Comments[0].Deleted = true
	}
}

// complete merges the branch into its target. The server does it in the name of whoever completes.
func (e *effort) complete(r *Repository, s *step) {
	q := e.request
	if q == nil || q.Status != devops.ActivePullRequest || q.Conflicts {
		return
	}
	if r.head(e.target) < 0 { // the release it was for is over
		e.target, q.Target = DefaultBranch, DefaultBranch
	}
	first := len(r.Commits)
	c := Commit{Authored: s.at, Parents: [2]int32{r.head(e.target), -1}, Request: e.place, Item: e.item, Author: s.who.index, Committer: s.who.index, line: requestLine}
	if r.plan.squash {
		c.Author = e.author.index
	} else {
		c.Parents[1] = e.tip()
	}
	for _, at := range e.own {
		own := &r.Commits[at]
		c.Adds, c.Edits, c.Deletes = c.Adds+own.Adds, c.Edits+(own.Edits+1)/2, c.Deletes+own.Deletes
	}
	q.TargetCommit = r.head(e.target)
	q.MergeCommit = r.append(c)
	r.receive(s.at, s.who, first, e.target, q.MergeCommit).Request = q
	e.close(s, devops.CompletedPullRequest)
}

// close ends a pull request that stands.
func (e *effort) close(s *step, status devops.PullRequestStatus) {
	q := e.request
	if q == nil || q.Status != devops.ActivePullRequest {
		return
	}
	q.Status, q.Closed, q.ClosedBy = status, s.at, s.who
	q.thread(Thread{Kind: StatusThread, At: s.at, By: s.who, Status: status, Source: q.MergeCommit})
}

// delete takes the branch away once its pull request is closed.
func (e *effort) delete(r *Repository, s *step) {
	if e.request != nil && e.request.Status != devops.ActivePullRequest && r.heads[e.branch] != nil {
		r.receive(s.at, s.who, len(r.Commits), e.branch, -1)
	}
}
