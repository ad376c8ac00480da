package desktop

import (
	"context"
	"sync"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// library keeps the datasets that are open. A dataset is opened once, at first use, and stays open.
type library struct {
	mu     sync.Mutex
	opened map[string]*openEntry
}

type openEntry struct {
	once    sync.Once
	dataset OpenedDataset
	err     error
}

// open returns the dataset's engine, opening its file at first use. A failed opening is not kept, so
// that the next try reads the disk again.
func (p *Program) open(ctx context.Context, id string) (OpenedDataset, error) {
	p.library.mu.Lock()
	e := p.library.opened[id]
	if e == nil {
		e = &openEntry{}
		p.library.opened[id] = e
	}
	p.library.mu.Unlock()
	e.once.Do(func() { e.dataset, e.err = p.openFile(ctx, id) })
	if e.err != nil {
		p.library.mu.Lock()
		if p.library.opened[id] == e {
			delete(p.library.opened, id)
		}
		p.library.mu.Unlock()
		return nil, e.err
	}
	return e.dataset, nil
}

func (p *Program) openFile(ctx context.Context, id string) (OpenedDataset, error) {
	d, c, err := p.connected(ctx, id)
	if err != nil {
		return nil, err
	}
	return p.Files.Open(ctx, d, c)
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

// forget closes a dataset that is about to be deleted.
func (l *library) forget(id string) error {
	l.mu.Lock()
	e := l.opened[id]
	delete(l.opened, id)
	l.mu.Unlock()
	if e == nil || e.dataset == nil {
		return nil
	}
	return e.dataset.Close()
}

func (l *library) closeAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, e := range l.opened {
		if e.dataset != nil {
			_ = e.dataset.Close() // the file is consistent after every commit; nothing is lost by a failed close
		}
		delete(l.opened, id)
	}
}
