package sqlite

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// newestRevisions reads wholeRevision from the newest back.
var newestRevisions = strings.Replace(wholeRevision, "ORDER BY r.rk", "ORDER BY r.rk DESC LIMIT ?", 1)

// ItemHistory implements dataset.Records.
func (d *Dataset) ItemHistory(ctx context.Context, id, before, limit int) (dataset.ItemHistory, error) {
	const op = "sqlite.ItemHistory"
	h := dataset.ItemHistory{ID: id, Steps: []dataset.HistoryStep{}}
	if limit <= 0 {
		limit = usualPage
	}
	limit = min(limit, mostRows)
	end := (int64(id) + 1) << revisionBits
	if before > 0 && before <= maxRevision {
		end = int64(id)<<revisionBits + int64(before)
	}
	found := false
	err := d.file.view(ctx, op, func(c *zs.Conn) error {
		n, err := readNames(c)
		if err != nil {
			return err
		}
		err = each(c, `SELECT d.title FROM fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail WHERE w.id = ?`,
			func(row *zs.Stmt) error { h.Title, found = row.ColumnText(0), true; return nil }, id)
		if err != nil {
			return err
		}
		fields, err := fieldNames(c)
		if err != nil {
			return err
		}
		var newer *devops.Revision // whose step waits for the revision before it
		err = each(c, newestRevisions, func(row *zs.Stmt) error {
			r, err := n.revision(row)
			if err != nil {
				return err
			}
			if newer != nil {
				h.Steps = append(h.Steps, historyStep(newer, &r, fields))
			}
			newer = &r
			return nil
		}, int64(id)<<revisionBits, end, limit+1)
		if newer != nil && len(h.Steps) < limit {
			h.Steps = append(h.Steps, historyStep(newer, &devops.Revision{}, fields))
		} else {
			h.More = newer != nil
		}
		return err
	})
	if err == nil && !found {
		err = fault.New(fault.NotFound, op, fmt.Sprintf("Work item %d is not in this dataset.", id),
			"Check its number, or whether its project is among those that are loaded.")
	}
	return h, err
}

// fieldNames are the names of fields by reference name.
func fieldNames(c *zs.Conn) (map[string]string, error) {
	names := map[string]string{}
	err := each(c, "SELECT reference_name, name FROM dim_field WHERE name <> ''", func(row *zs.Stmt) error {
		names[row.ColumnText(0)] = row.ColumnText(1)
		return nil
	})
	return names, err
}

// historyStep says what a revision changed.
func historyStep(r, old *devops.Revision, names map[string]string) dataset.HistoryStep {
	step := dataset.HistoryStep{Rev: r.Rev, At: r.Changed, By: r.ChangedBy.Name, ByEmail: r.ChangedBy.UniqueName, Changes: []dataset.FieldChange{}}
	before, now := historyFields(old), historyFields(r)
	for i := range now {
		if before[i].value != now[i].value {
			step.Changes = append(step.Changes, dataset.FieldChange{Field: now[i].name, Old: before[i].value, New: now[i].value})
		}
	}
	all := maps.Clone(old.Other)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, r.Other)
	for _, field := range slices.Sorted(maps.Keys(all)) {
		was, is := historyText(old.Other[field]), historyText(r.Other[field])
		if was == is || isBoardField(field) {
			continue
		}
		name := names[field]
		if name == "" {
			name = field
		}
		step.Changes = append(step.Changes, dataset.FieldChange{Field: name, Old: was, New: is})
	}
	return step
}

type historyField struct{ name, value string }

// historyFields are the fields of a revision that people set, in the order in which a history shows them. What
// follows from them (when the state changed, the order on the backlog) is left out.
func historyFields(r *devops.Revision) []historyField {
	return []historyField{
		{"Title", r.Title}, {"Type", r.Type}, {"State", r.State}, {"Reason", r.Reason}, {"Assigned to", personText(&r.AssignedTo)},
		{"Project", r.ProjectName}, {"Area path", r.AreaPath}, {"Iteration path", r.Iteration}, {"Tags", strings.Join(r.Tags, "; ")},
		{"Priority", historyNumber(r.Priority)}, {"Severity", r.Severity}, {"Parent id", historyCount(r.Parent)},
		{"Story points", historyNumber(r.StoryPoints)}, {"Effort", historyNumber(r.Effort)}, {"Size", historyNumber(r.Size)},
		{"Original estimate", historyNumber(r.OriginalEstimate)}, {"Remaining work", historyNumber(r.RemainingWork)}, {"Completed work", historyNumber(r.CompletedWork)},
		{"Business value", historyNumber(r.BusinessValue)}, {"Value area", r.ValueArea}, {"Activity", r.Activity},
		{"Start date", historyTime(r.StartDate)}, {"Finish date", historyTime(r.FinishDate)}, {"Target date", historyTime(r.TargetDate)},
		{"Board column", r.BoardColumn}, {"Board lane", r.BoardLane}, {"Board done", historyTruth(r.BoardColumnDone)},
		{"Comments", historyCount(r.Comments)}, {"Deleted", historyTruth(deletedOrNil(r))},
	}
}

func deletedOrNil(r *devops.Revision) *bool {
	if !r.Deleted {
		return nil
	}
	return &r.Deleted
}

func personText(p *devops.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return p.UniqueName
}

func historyNumber(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func historyCount(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func historyTruth(v *bool) string {
	if v == nil {
		return ""
	}
	return strconv.FormatBool(*v)
}

func historyTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func historyText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return historyTruth(&v)
	case float64:
		return historyNumber(&v)
	case time.Time:
		return historyTime(v)
	case devops.Person:
		return personText(&v)
	}
	return fmt.Sprint(v)
}
