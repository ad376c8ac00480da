package desktop

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"sightline/backend/devops"
	"sightline/backend/workspace"
)

// longestReload is how old an interrupted full reload may be to be gone on with. What it read first would be
// older than what the dataset holds.
const longestReload = 24 * time.Hour

// reloadBasis is what a full reload set out to load. It is kept beside the second file as a setting, because
// the file alone does not tell whether it still is what a person wants.
type reloadBasis struct {
	Began         time.Time        `json:"began"`
	Patterns      []string         `json:"patterns"`
	Contents      []devops.Content `json:"contents"` // null: all
	HistoryMonths int              `json:"historyMonths"`
}

func basisOf(d *workspace.Dataset, c *workspace.Connection, now time.Time) reloadBasis {
	return reloadBasis{Began: now.UTC(), Patterns: c.Patterns, Contents: d.Selection.Contents, HistoryMonths: d.Selection.HistoryMonths}
}

// holds reports whether a reload that began as b is still what now asks for.
func (b reloadBasis) holds(now reloadBasis) bool {
	return slices.Equal(b.Patterns, now.Patterns) && (b.Contents == nil) == (now.Contents == nil) && slices.Equal(b.Contents, now.Contents) &&
		b.HistoryMonths == now.HistoryMonths && now.Began.Sub(b.Began) <= longestReload
}

func reloadSetting(datasetID string) string { return "reload." + datasetID }

// reloadGoesOn reports whether the second file of an interrupted full reload can be gone on with.
func (p *Program) reloadGoesOn(ctx context.Context, d *workspace.Dataset, c *workspace.Connection) (bool, error) {
	text, err := p.Workspace.Setting(ctx, reloadSetting(d.ID))
	if err != nil {
		return false, err
	}
	var began reloadBasis
	if json.Unmarshal([]byte(text), &began) != nil {
		return false, nil // nobody knows what it was to become
	}
	return began.holds(basisOf(d, c, p.Clock())), nil
}

// prepareReload gives up a second file that is not what is wanted any more, and notes what a new one will be.
func (p *Program) prepareReload(ctx context.Context, d *workspace.Dataset, c *workspace.Connection) error {
	if p.Files.ReloadPending(*d) {
		switch goesOn, err := p.reloadGoesOn(ctx, d, c); {
		case err != nil:
			return err
		case goesOn:
			return nil
		}
		if err := p.Files.DropBeside(*d); err != nil {
			return err
		}
	}
	text, err := json.Marshal(basisOf(d, c, p.Clock()))
	if err != nil {
		return err
	}
	return p.Workspace.PutSetting(ctx, reloadSetting(d.ID), string(text))
}

// pendingReload reports whether an interrupted full reload of a dataset shall be gone on with now, and gives up one
// that shall not: another refresh came after it, what it loads was changed, or it is too old.
func (p *Program) pendingReload(d *workspace.Dataset, last *workspace.RefreshRun) bool {
	if !p.Files.ReloadPending(*d) {
		return false
	}
	goesOn := false
	if last.Type == workspace.FullRun {
		c, err := p.Workspace.Connection(p.ctx, d.ConnectionID)
		if err == nil {
			goesOn, err = p.reloadGoesOn(p.ctx, d, &c)
		}
		if err != nil {
			p.Log.Warn("what an interrupted full reload was to load could not be read", "dataset", d.ID, "err", err)
			return false
		}
	}
	if !goesOn {
		if err := p.Files.DropBeside(*d); err != nil {
			p.Log.Warn("a full reload that was given up left its file", "dataset", d.ID, "err", err)
		}
		return false
	}
	return last.Status == "interrupted"
}
