package desktop

import (
	"context"
	"sync"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// library keeps the datasets that are open. A dataset is opened once, at first use, and stays open.
type library struct {
	mu      sync.Mutex
	opened  map[string]*openEntry
	removed map[string]bool // being deleted, or deleted: not to be opened again
}

// openEntry is a dataset that is open or about to be. Its other fields are final when ready is closed.
type openEntry struct {
	ready   chan struct{}
	dataset OpenedDataset
	err     error
}

func (e *openEntry) settled() bool {
	select {
	case <-e.ready:
		return true
	default:
		return false
	}
}

// open returns the dataset's engine, opening its file at first use. The opening belongs to the program:
// a caller that gives up does not spoil it for others. One that failed is not kept, so that the next try
// reads the disk again.
func (p *Program) open(ctx context.Context, id string) (OpenedDataset, error) {
	e, first, err := p.library.claim(id)
	if err != nil {
		return nil, err
	}
	if first {
		if err := p.spawn(func() { p.openInto(e, id) }); err != nil {
			e.err = err
			p.library.drop(id, e)
			close(e.ready)
		}
	}
	select {
	case <-e.ready:
		return e.dataset, e.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *Program) openInto(e *openEntry, id string) {
	e.dataset, e.err = protected(p.Log, "desktop.open", func() (OpenedDataset, error) { return p.openFile(p.ctx, id) })
	if e.err != nil {
		p.library.drop(id, e)
	}
	close(e.ready)
}

// claim finds the entry of a dataset; first is true for who has to open it.
func (l *library) claim(id string) (e *openEntry, first bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.removed[id] {
		return nil, false, fault.New(fault.NotFound, "desktop.open", "This dataset was deleted.", "Choose another one at the left.")
	}
	if e = l.opened[id]; e == nil {
		e, first = &openEntry{ready: make(chan struct{})}, true
		l.opened[id] = e
	}
	return e, first, nil
}

// drop forgets an entry, unless another has taken its place.
func (l *library) drop(id string, e *openEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.opened[id] == e {
		delete(l.opened, id)
	}
}

func (p *Program) openFile(ctx context.Context, id string) (OpenedDataset, error) {
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return nil, err
	}
	return p.Files.Open(ctx, d, c)
}

// openForWriting is open for a refresh. A dataset that was opened for reading while another Sightline
// wrote it is opened again, once that one has let go. Fault Conflict while it has not.
func (p *Program) openForWriting(ctx context.Context, id string) (OpenedDataset, error) {
	d, err := p.Workspace.Dataset(ctx, id)
	if err != nil {
		return nil, err
	}
	opened, err := p.open(ctx, id)
	if err != nil || opened.Writable() {
		return opened, err
	}
	if p.Files.InUse(d) {
		return nil, heldElsewhere(d)
	}
	p.library.mu.Lock()
	if e := p.library.opened[id]; e != nil && e.settled() && e.dataset == opened {
		delete(p.library.opened, id)
	}
	p.library.mu.Unlock()
	again, err := p.open(ctx, id)
	if err != nil {
		return nil, err
	}
	if again != opened {
		_ = opened.LetGo() // it was only read; who asked it something still gets the answer
	}
	if !again.Writable() {
		return nil, heldElsewhere(d)
	}
	return again, nil
}

// inUseElsewhere reports whether another Sightline has a dataset open for writing. The lock is asked first:
// when it is our own, the entry that holds it was there before.
func (p *Program) inUseElsewhere(d workspace.Dataset) bool {
	if !p.Files.InUse(d) {
		return false
	}
	opened := p.library.wait(d.ID)
	return opened == nil || !opened.Writable()
}

func heldElsewhere(d workspace.Dataset) error {
	return fault.New(fault.Conflict, "desktop.openForWriting", "Another Sightline has the dataset "+d.Name+" open and keeps it fresh.",
		"Refresh it there, or close that one first.").With("Dataset", d.Name)
}

// connected returns a dataset with its connection.
func (p *Program) connected(ctx context.Context, id string) (workspace.Dataset, workspace.Connection, error) {
	d, err := p.Workspace.Dataset(ctx, id)
	if err != nil {
		return d, workspace.Connection{}, fault.Wrap("desktop.connected", err)
	}
	c, err := p.Workspace.Connection(ctx, d.ConnectionID)
	return d, c, fault.Wrap("desktop.connected", err)
}

// peek returns a dataset that is open already, or nil.
func (l *library) peek(id string) OpenedDataset {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.opened[id]; e != nil && e.settled() {
		return e.dataset
	}
	return nil
}

// replace puts an entry that is about to be opened in the place of one whose file is exchanged.
func (l *library) replace(id string) *openEntry {
	e := &openEntry{ready: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened[id] = e
	return e
}

// wait returns a dataset that is open already or about to be, or nil.
func (l *library) wait(id string) OpenedDataset {
	l.mu.Lock()
	e := l.opened[id]
	l.mu.Unlock()
	if e == nil {
		return nil
	}
	<-e.ready
	return e.dataset
}

// remove closes a dataset that is about to be deleted; it is not opened again until restore.
func (l *library) remove(id string) error {
	l.mu.Lock()
	e := l.opened[id]
	delete(l.opened, id)
	l.removed[id] = true
	l.mu.Unlock()
	if e == nil {
		return nil
	}
	<-e.ready
	if e.dataset == nil {
		return nil
	}
	return e.dataset.Close()
}

// restore takes a removal back that did not happen.
func (l *library) restore(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.removed, id)
}

// closeAll closes every dataset. The program is closing: nobody opens one any more.
func (l *library) closeAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, e := range l.opened {
		<-e.ready
		if e.dataset != nil {
			_ = e.dataset.Close() // the file is consistent after every commit; nothing is lost by a failed close
		}
		delete(l.opened, id)
	}
}
