package desktop

import (
	"sightline/backend/devops"
	"sightline/backend/refresh"
	"sightline/backend/workspace"
)

// historyLength is how many refreshes the history shows.
const historyLength = 100

// History lists the last refreshes, newest first.
func (r *Refreshes) History(datasetID string) ([]RunView, error) {
	r.p.await()
	return guard(r.p.Log, "Refreshes.History", func() ([]RunView, error) {
		runs, err := r.p.Workspace.Runs(r.p.ctx, datasetID, historyLength)
		out := make([]RunView, 0, len(runs))
		for i := range runs {
			out = append(out, runView(&runs[i]))
		}
		return out, err
	})
}

func runView(w *workspace.RefreshRun) RunView {
	v := RunView{
		Type: string(w.Type), Started: stamp(w.Started), Ended: stamp(w.Ended), Status: w.Status, Message: w.Message,
		Rows: w.Rows, Requests: w.Requests, Bytes: w.Bytes, Waited: w.Waited.Seconds(), Slowed: slowed(w.Waited),
		Changes: map[string]ChangeView{}, Parked: unreadViews(w.Parked), Skipped: unreadViews(w.Skipped),
	}
	for entity, c := range w.Changes {
		if c == (devops.Change{}) {
			continue
		}
		v.Changes[string(entity)] = ChangeView{Added: c.Added, Changed: c.Changed, Deleted: c.Deleted}
		v.Added, v.Changed, v.Deleted = v.Added+c.Added, v.Changed+c.Changed, v.Deleted+c.Deleted
	}
	return v
}

func unreadViews(list []workspace.Unread) []UnreadView {
	out := make([]UnreadView, 0, len(list))
	for _, u := range list {
		out = append(out, UnreadView(u))
	}
	return out
}

func parkedOf(list []refresh.Parked) []workspace.Unread {
	out := make([]workspace.Unread, 0, len(list))
	for _, p := range list {
		out = append(out, workspace.Unread{Project: p.Project, What: p.What, Why: p.Why})
	}
	return out
}

func skippedOf(list []refresh.Skipped) []workspace.Unread {
	out := make([]workspace.Unread, 0, len(list))
	for _, s := range list {
		out = append(out, workspace.Unread{Project: s.Project, What: s.What, Why: s.Why})
	}
	return out
}
