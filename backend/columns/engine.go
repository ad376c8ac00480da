// Package columns is the in-memory column store that answers dataset.Query: what VertiPaq is to Power
// BI. It reads a dataset.Source once into dictionary-coded columns without pointers, and answers every
// visual by scans over them: the current state from the table of items, any earlier state from the table
// of intervals, a trend by a difference array over the intervals. The tables beside work items are rows of
// events, whose instants tell what they were at any time.
package columns

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/fault"
)

// Options of an engine.
type Options struct {
	// Clock tells the time that "now" and relative dates mean. Nil is the time of this computer.
	Clock func() time.Time
	// Name replaces the name that the source gives the dataset.
	Name string
	// WhenAsked reads rows only once somebody asks: a load that nobody looks at builds no columns. Faults of
	// the rows then come with the first answer.
	WhenAsked bool
	// Snapshot is a file that keeps the columns for the next start; empty for none. Beside the dataset is a good
	// place: it is of the same size as the columns, and whoever removes the dataset removes it too.
	Snapshot string
	// Warn hears that a snapshot could not be written, which does no harm. It may be nil.
	Warn func(error)
	// Refused hears why the snapshot that an earlier start left is not used: it is of another state, or damaged. The rows
	// are read from the source then, which only takes longer. It may be nil.
	Refused func(error)
}

// Engine answers queries over one dataset. Any goroutine may use it; a reload never makes a reader wait.
type Engine struct {
	source  dataset.Source
	options Options
	reload  sync.Mutex // one reload at a time
	current atomic.Pointer[generation]
	keeper  keeper
}

var _ dataset.Engine = (*Engine)(nil)

// Open reads the source. Faults: those of the source, Invalid for an unknown time zone, Canceled.
func Open(ctx context.Context, source dataset.Source, options Options) (*Engine, error) {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	e := &Engine{source: source, options: options, keeper: keeper{path: options.Snapshot, warn: options.Warn}}
	if err := e.load(ctx, !options.WhenAsked); err != nil {
		return nil, fault.Wrap("columns.Open", err)
	}
	return e, nil
}

// Reload reads the source again and publishes the new generation in one step. Answers that are under
// way end on the old one. After a fault the old generation stays. While the source still has the generation
// that is published, only what it says of itself is read.
func (e *Engine) Reload(ctx context.Context) error {
	e.reload.Lock()
	defer e.reload.Unlock()
	g := e.current.Load()
	if g == nil {
		return closed("columns.Reload")
	}
	return fault.Wrap("columns.Reload", e.load(ctx, g.read() || !e.options.WhenAsked))
}

// load publishes what the source has now, with its rows or without. The caller holds reload, or is alone.
func (e *Engine) load(ctx context.Context, rows bool) error {
	r, err := e.source.Read(ctx)
	if err != nil {
		return err
	}
	g := &generation{number: r.Generation(), info: r.Info()}
	if rows {
		g, err = e.next(ctx, r)
	}
	if closeErr := r.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if e.options.Name != "" {
		g.model.Name = e.options.Name
	}
	was := e.current.Swap(g)
	if g.read() && g.intervals.n >= longHistory && (was == nil || was.intervals != g.intervals) {
		debug.FreeOSMemory() // what was built from and what it replaces; the columns hold no pointers, so it takes milliseconds
	}
	return nil
}

// longHistory is how many intervals make the memory of a build worth giving back at once.
const longHistory = 1 << 18

// asked returns the present generation, whose rows it reads if nobody asked before.
func (e *Engine) asked(ctx context.Context, op string) (*generation, error) {
	g := e.current.Load()
	if g != nil && g.read() {
		return g, nil
	}
	e.reload.Lock()
	defer e.reload.Unlock()
	if g = e.current.Load(); g == nil {
		return nil, closed(op)
	}
	if !g.read() {
		if err := e.load(ctx, true); err != nil {
			return nil, fault.Wrap(op, err)
		}
	}
	return e.current.Load(), nil
}

// next makes the generation of a reading. Columns of rows that did not change are those that are there.
func (e *Engine) next(ctx context.Context, r dataset.Reading) (*generation, error) {
	was := e.current.Load()
	first := was == nil || !was.read()
	if !first && was.number == r.Generation() {
		same := *was
		same.info = r.Info()
		return &same, nil
	}
	if e.options.Snapshot != "" {
		g, err := readSnapshot(e.options.Snapshot, r)
		if err == nil {
			return g, nil
		}
		// After the first generation the file is always of one before.
		if refused := e.options.Refused; refused != nil && first && !errors.Is(err, fs.ErrNotExist) {
			refused(err)
		}
	}
	g, err := build(ctx, r, e.options.Clock())
	if err == nil {
		e.keeper.keep(g)
	}
	return g, err
}

// Close lets go of the data, after the snapshot of the last generation is written. Later answers are refused.
func (e *Engine) Close() error {
	e.reload.Lock()
	defer e.reload.Unlock()
	e.current.Store(nil)
	e.keeper.end()
	return nil
}

func closed(op string) error {
	return fault.New(fault.Conflict, op, "The dataset is closed.", "Open it again.")
}

// Model describes what a query may name; the zero Model after Close, or when the rows cannot be read, which
// Answer explains.
func (e *Engine) Model() dataset.Model {
	if g, err := e.asked(context.Background(), "columns.Model"); err == nil {
		return g.model
	}
	return dataset.Model{}
}

// Generation is that of the data read last; 0 after Close.
func (e *Engine) Generation() int64 {
	if g := e.current.Load(); g != nil {
		return g.number
	}
	return 0
}

// Size is how much an engine holds in memory.
type Size struct {
	Items, Intervals int
	Facts            int // rows of the tables beside work items
	Bytes            int // of the columns, without dictionaries and titles
	TitleBytes       int // of the titles of work items, which lists and filters read
}

// Size of the present generation; zero while nobody asked for its rows.
func (e *Engine) Size() Size {
	g := e.current.Load()
	if g == nil || !g.read() {
		return Size{}
	}
	out := Size{Items: g.items.n, Intervals: g.intervals.n, Bytes: g.items.bytes() + g.intervals.bytes(), TitleBytes: g.items.titles.size()}
	for _, r := range g.relations {
		if r.facts != nil {
			out.Facts += r.facts.n
			out.Bytes += r.facts.bytes()
		}
	}
	return out
}

// Answer answers one query. Faults: Invalid for a query that names what the model has not or asks for
// too much, Canceled, Conflict after Close.
func (e *Engine) Answer(ctx context.Context, q dataset.Query) (dataset.Result, error) {
	g, err := e.asked(ctx, "columns.Answer")
	if err != nil {
		return dataset.Result{}, err
	}
	return g.answer(ctx, newShared(), q, e.options.Clock().UnixMilli())
}

// AnswerAll answers the queries of one page over one generation at one time. Rows that several of them
// select are found once.
func (e *Engine) AnswerAll(ctx context.Context, qs []dataset.Query) (results []dataset.Result, errs []error) {
	results, errs = make([]dataset.Result, len(qs)), make([]error, len(qs))
	g, err := e.asked(ctx, "columns.AnswerAll")
	if err != nil {
		for i := range errs {
			errs[i] = err
		}
		return results, errs
	}
	now := e.options.Clock().UnixMilli()
	share := newShared()
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(qs) {
				return
			}
			results[i], errs[i] = g.answer(ctx, share, qs[i], now)
		}
	}
	var wait sync.WaitGroup
	for range min(2, runtime.GOMAXPROCS(0), len(qs)) - 1 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			work()
		}()
	}
	work()
	wait.Wait()
	return results, errs
}

func (g *generation) answer(ctx context.Context, share *shared, q dataset.Query, now int64) (dataset.Result, error) {
	if err := ctx.Err(); err != nil {
		return dataset.Result{}, fault.Wrap("columns.Answer", err)
	}
	started := time.Now()
	p, err := newPlan(ctx, g, share, q, now)
	if err != nil {
		return dataset.Result{}, err
	}
	r, err := p.result()
	if err == nil && q.CompareWith != "" {
		r, err = p.compared(q, r, now)
	}
	if err == nil && q.Explain {
		r.Explanation, err = p.explanation(q, now, time.Since(started))
	}
	return r, fault.Wrap("columns.Answer", err)
}
