package world

// review plans what reviewers do from the moment they may: look after some hours of work, remark, vote, wait
// for another push and vote again. It returns when the last of them was done.
func (p *planner) review(opened int64) int64 {
	done := opened
	if p.team == nil {
		return done
	}
	if p.repo.plan.team {
		p.add(step{at: opened + 900, do: addReviewer, who: p.e.author, team: p.team, flag: true})
	}
	for i, who := range p.reviewers() {
		p.add(step{at: opened + int64(1_500+400*i), do: addReviewer, who: p.e.author, other: who, flag: i == 0 && p.chance(0.3)})
		switch {
		case i > 0 && p.chance(0.22):
			continue // never looks
		case i > 0 && p.chance(0.05):
			p.add(step{at: p.w.working(who, opened, 0.2+2*p.r.Float64()), do: declineReview, who: who})
			continue
		case i > 0 && p.chance(0.05):
			p.add(step{at: p.w.working(p.e.author, opened, 1+4*p.r.Float64()), do: dropReviewer, who: p.e.author, other: who})
			continue
		}
		done = max(done, p.look(who, opened))
	}
	return done
}

// reviewers are one to three of the team who are there and not the author; a tester now and then.
func (p *planner) reviewers() []*Person {
	d := p.team.delivery
	day := p.w.day(p.clock)
	var all []*Person
	for _, dev := range d.devs {
		if q := p.w.People[d.as(dev, day)]; q.Name != p.e.author.Name && !away(q, day) {
			all = append(all, q)
		}
	}
	if p.chance(0.15) {
		all = append(all, d.testers[0])
	}
	p.r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	return all[:min(len(all), 1+p.r.IntN(3))]
}

// look is one reviewer's part. It returns when they were done.
func (p *planner) look(who *Person, opened int64) int64 {
	delay := 0.2 + 4*p.r.Float64()*p.r.Float64()
	if p.chance(0.1) {
		delay += 6 + 14*p.r.Float64()
	}
	at := p.w.working(who, opened, delay)
	if p.chance(0.45) {
		at = p.discuss(who, at)
	}
	vote := p.vote()
	p.add(step{at: at, do: castVote, who: who, vote: vote})
	if vote > 0 {
		return at
	}
	p.clock = max(p.clock, at)
	p.write(1+p.r.IntN(2), true)
	at = p.w.working(who, p.clock, 0.3+3*p.r.Float64())
	if p.chance(0.3) { // take the vote back first, look again later
		p.add(step{at: at, do: castVote, who: who})
		at = p.w.working(who, at, 0.3+3*p.r.Float64())
	}
	p.add(step{at: at, do: castVote, who: who, vote: 10})
	return at
}

// vote is the first vote of a reviewer.
func (p *planner) vote() int8 {
	switch x := p.r.Float64(); {
	case x < 0.66:
		return 10
	case x < 0.8:
		return 5
	case x < 0.95:
		return -5
	}
	return -10
}

// discuss plans remarks of one reviewer, each a thread of its own, with answers of the author. It returns
// when the reviewer had said everything.
func (p *planner) discuss(who *Person, at int64) int64 {
	for range 1 + p.r.IntN(3) {
		p.words++
		n := p.words
		p.add(step{at: at, do: startRemark, who: who, remark: n, text: remarkLines[p.r.IntN(len(remarkLines))]})
		answered := p.w.working(p.e.author, at, 0.2+4*p.r.Float64())
		switch x := p.r.Float64(); {
		case x < 0.08:
			p.add(step{at: at + 95_000, do: deleteRemark, who: who, remark: n})
		case x < 0.6:
			p.add(step{at: answered, do: answerRemark, who: p.e.author, remark: n, text: answerLines[p.r.IntN(len(answerLines))]})
			p.add(step{at: answered + 20_000, do: resolveRemark, who: p.e.author, remark: n})
		case x < 0.75:
			p.add(step{at: answered, do: resolveRemark, who: p.e.author, remark: n})
		}
		at = p.w.working(who, at, 0.05+0.4*p.r.Float64())
	}
	return at
}

var (
	remarkLines = []string{"Could this be named after what it does?", "This breaks when the list is empty.", "Please add a test for the second case.", "Nice, much shorter than before.", "Why not keep it where it was?", "Is `null` possible here?",
		"We have something like it in the shared module.", "The message should say what to do next.", "Does it still work with <b>two</b> tabs open?", "Größe und Farbe fehlen noch in der Übersetzung."}
	answerLines = []string{"Done.", "Good point, changed.", "It cannot happen: the caller checks.", "Added.", "I would rather do that in another pull request.", "Yes, on purpose: see the work item."}
)
