package main

import (
	"math"
	"math/rand/v2"
)

// The sizes of the tables beside work items, as shares of these.
const (
	commitsAnItem = 2.5
	pullsAnItem   = 0.3
	runsAnItem    = 1.5
	testsAnItem   = 0.5

	repositoryCount = 200
	pipelineCount   = 200
)

// Every instant is in milliseconds since 1970 UTC, 0 when it is not set.
type commit struct {
	id, repository         int // from 0
	author                 int32
	authored               int64
	added, edited, deleted int32
}

// The codes of texts, in both engines.
const (
	pullActive = iota + 1
	pullCompleted
	pullAbandoned
	runSucceeded
	runPartly
	runFailed
	runCanceled
	runCompleted
	testCompleted
)

var factTexts = []string{"", "active", "completed", "abandoned", "succeeded", "partiallySucceeded", "failed", "canceled", "completed", "Completed"}

type pull struct {
	id, repository  int
	author          int32
	status          int
	created, closed int64
}

type pipelineRun struct {
	id, pipeline, result      int
	queued, started, finished int64
}

type testRun struct {
	id                            int
	started, completed            int64
	total, passed, failed, notRun int32
	notImpacted                   int32
}

// instant is when the i-th of n events happened: ever more of them, and not quite in order.
func instant(r *rand.Rand, i, n int) int64 {
	span := float64(today-firstDay) * millisADay
	at := int64(firstDay)*millisADay + int64(span*math.Pow((float64(i)+r.Float64())/float64(n), 0.7))
	return min(at+int64(r.IntN(7_200_000)), now.UnixMilli())
}

// past is an instant, or none while it lies ahead.
func past(at int64) int64 {
	if at > now.UnixMilli() {
		return 0
	}
	return at
}

func count(w *world, share float64) int { return int(float64(w.items) * share) }

func (w *world) commits(visit func(*commit) error) error {
	n := count(w, commitsAnItem)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 78))
		c := commit{id: i, repository: w.toRepository.pick(r), author: int32(1 + w.toAuthor.pick(r)), authored: instant(r, i, n),
			added: int32(r.IntN(4)), edited: int32(1 + r.IntN(9)), deleted: int32(r.IntN(2))}
		if err := visit(&c); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) pulls(visit func(*pull) error) error {
	n := count(w, pullsAnItem)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 79))
		p := pull{id: i + 1, repository: w.toRepository.pick(r), author: int32(1 + w.toAuthor.pick(r)), created: instant(r, i, n), status: pullActive}
		open := r.IntN(50) == 0
		p.closed = past(p.created + 1 + int64(math.Exp(math.Log(20)+1.4*r.NormFloat64())*3_600_000))
		if open {
			p.closed = 0
		}
		if p.closed > 0 {
			p.status = pullCompleted
			if r.IntN(7) == 0 {
				p.status = pullAbandoned
			}
		}
		if err := visit(&p); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) runs(visit func(*pipelineRun) error) error {
	n := count(w, runsAnItem)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 80))
		v := pipelineRun{id: i + 1, pipeline: w.toPipeline.pick(r), queued: instant(r, i, n)}
		started := v.queued + 1 + int64(r.ExpFloat64()*90_000)
		v.started = past(started)
		v.finished = past(started + 1 + int64(math.Exp(math.Log(8+float64(v.pipeline%9))+0.5*r.NormFloat64())*60_000))
		if x := r.IntN(100); v.finished > 0 {
			v.result = []int{runSucceeded, runPartly, runFailed, runCanceled}[b2i(x >= 72)+b2i(x >= 78)+b2i(x >= 94)]
		}
		if err := visit(&v); err != nil {
			return err
		}
	}
	return nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *world) tests(visit func(*testRun) error) error {
	n := count(w, testsAnItem)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 81))
		t := testRun{id: i + 1, started: instant(r, i, n), total: int32(1 + r.IntN(900))}
		t.completed = past(t.started + 1 + int64(r.ExpFloat64()*600_000))
		t.notRun, t.notImpacted = t.total*int32(r.IntN(10))/100, t.total*int32(r.IntN(5))/100
		t.failed = (t.total - t.notRun - t.notImpacted) * int32(r.IntN(12)) / 100
		t.passed = t.total - t.notRun - t.notImpacted - t.failed
		if err := visit(&t); err != nil {
			return err
		}
	}
	return nil
}
