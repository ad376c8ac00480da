package columns

import "sightline/backend/dataset"

// worker works a formula out in the groups of a table, each once.
type worker struct {
	t       *table
	asked   *asked
	part    bool
	slot    uint32
	cells   dataset.Cells
	scratch dataset.Scratch
	buffer  []dataset.Cell // the base that was asked for last
	// done are the groups that were worked out, and results their numbers: steps cells each.
	done    []bool
	results []dataset.Cell
	nowhere []dataset.Cell // of a group that the table has not
}

// workKey names a worker of a table.
type workKey struct {
	value int
	part  bool
}

func (t *table) workerOf(value int, part bool) *worker {
	key := workKey{value, part}
	if w := t.workers[key]; w != nil {
		return w
	}
	w := &worker{t: t, asked: &t.p.asked[value], part: part, done: make([]bool, t.groups), results: make([]dataset.Cell, t.groups*max(1, t.steps()))}
	w.cells = dataset.Cells{Begun: len(t.p.axis.cuts), Base: w.base}
	if t.onAxis {
		w.cells.Periods = t.steps()
	}
	if t.workers == nil {
		t.workers = map[workKey]*worker{}
	}
	t.workers[key] = w
	return w
}

// in is the formula in one group at every period. Once the query is canceled it is blank, and nobody sees it.
func (w *worker) in(slot uint32) []dataset.Cell {
	steps := max(1, w.t.steps())
	known := int(slot) < len(w.done)
	if known && w.done[slot] {
		return w.results[int(slot)*steps:][:steps]
	}
	if !known && w.nowhere != nil {
		return w.nowhere
	}
	if w.t.p.ctx.Err() != nil {
		return make([]dataset.Cell, steps)
	}
	w.slot = slot
	cells := w.asked.formula.Evaluate(w.cells, &w.scratch)
	if !known {
		w.nowhere = append([]dataset.Cell(nil), cells...)
		return w.nowhere
	}
	w.done[slot] = true
	copy(w.results[int(slot)*steps:], cells)
	return w.results[int(slot)*steps:][:steps]
}

// base is one of the formula's bases in the group or in the one that holds it.
func (w *worker) base(base, scope int) []dataset.Cell {
	from, slot := w.t, w.slot
	if s := w.asked.formula.Scopes[scope]; s != 0 {
		wide := w.t.wider[s]
		from, slot = wide.table, wide.slotFor(w.t, w.slot)
	}
	w.buffer = w.buffer[:0]
	for at := range from.steps() {
		x := from.leaf(w.asked.bases[base], slot, at, w.part)
		w.buffer = append(w.buffer, dataset.Cell{X: x.x, Blank: x.blank(), Empty: x.empty})
	}
	return w.buffer
}
