package sqlite

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// Dump writes every fact as text: one line a row, sorted by natural key, without the small numbers of
// the file. Two files that hold the same facts give the same bytes, however they came to hold them. What
// is not a fact of the organization (cursors, times of commits, when threads and timelines were read) is left out.
func (d *Dataset) Dump(w io.Writer) error {
	return d.file.view(context.Background(), "sqlite.Dump", func(c *zs.Conn) error {
		n, err := readNames(c)
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(w, 1<<16)
		for _, dump := range []func(*zs.Conn, *names, io.Writer) error{dumpNames, dumpNodes, dumpTeams, dumpFields, dumpItems, dumpRevisions, dumpLinks,
			dumpSource, dumpPipelines} {
			if err := dump(c, n, out); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

// line writes one row: a word for the table and its fields as JSON texts, numbers and nulls.
func line(w io.Writer, table string, values ...any) error {
	for i, v := range values {
		values[i] = plain(v)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s %s\n", table, text)
	return err
}

// plain makes a value that has one JSON form.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UTC().Format(time.RFC3339Nano)
	case devops.Person:
		return personKey(&v)
	case map[string]any:
		out := make([]any, 0, len(v))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, []any{name, fmt.Sprintf("%T", v[name]), plain(v[name])})
		}
		return out
	}
	return v
}

// sorted writes lines in their own order.
type sorted []string

func (s *sorted) Write(p []byte) (int, error) { *s = append(*s, string(p)); return len(p), nil }

func (s *sorted) flush(w io.Writer) error {
	slices.Sort(*s)
	_, err := io.WriteString(w, strings.Join(*s, ""))
	return err
}

func dumpNames(_ *zs.Conn, n *names, w io.Writer) error {
	var s sorted
	for i := range n.projects[1:] {
		p := &n.projects[i+1]
		if err := line(&s, "project", strings.ToLower(p.ID), p.Name, p.listed, p.Description, p.State, p.Visibility, p.LastUpdate, p.ProcessID,
			p.ProcessName, p.Process, p.TFVC, p.Git, p.DefaultTeam, p.Gone, p.backlog.Effort, p.backlog.RemainingWork, p.backlog.Order, p.backlog.Activity); err != nil {
			return err
		}
	}
	for i := range n.people[1:] {
		p := &n.people[i+1]
		if err := line(&s, "person", personKey(p), p.Name, p.UniqueName, p.Descriptor); err != nil {
			return err
		}
	}
	for i := range n.types {
		t := &n.types[i]
		if !t.listed && !t.used {
			continue
		}
		if err := line(&s, "type", n.projectKey(t.project), t.Name, t.listed, t.ReferenceName, t.Color, t.Disabled, t.BacklogID, t.BacklogName,
			t.BacklogRank, t.BacklogKind, t.Bug); err != nil {
			return err
		}
	}
	for i := range n.states {
		st := &n.states[i]
		if !st.listed && !st.used {
			continue
		}
		t := at(n.types, st.kind)
		if err := line(&s, "state", n.projectKey(t.project), t.Name, st.Name, st.listed, st.Color, st.Category, st.Order); err != nil {
			return err
		}
	}
	return s.flush(w)
}

func (n *names) projectKey(id int32) string {
	p := at(n.projects, id)
	return projectKey(p.ID, p.Name)
}

func dumpNodes(c *zs.Conn, n *names, w io.Writer) error {
	return each(c, `SELECT kind, id, identifier, project, parent, name, path, depth, start, finish, gone FROM dim_node ORDER BY kind, id`,
		func(row *zs.Stmt) error {
			return line(w, "node", row.ColumnInt(0), row.ColumnInt(1), row.ColumnText(2), n.projectKey(row.ColumnInt32(3)), row.ColumnInt(4),
				row.ColumnText(5), row.ColumnText(6), row.ColumnInt(7), columnTime(row, 8), columnTime(row, 9), row.ColumnBool(10))
		})
}

func dumpTeams(c *zs.Conn, n *names, w io.Writer) error {
	var s sorted
	err := each(c, `SELECT t.guid, t.project, t.name, t.description, t.working_days, t.bugs_behavior, t.backlog_path, t.default_area,
		(SELECT json_group_array(json_array(path, include_children)) FROM (SELECT * FROM dim_team_area WHERE team = t.id ORDER BY position)),
		(SELECT json_group_array(identifier) FROM (SELECT * FROM dim_team_iteration WHERE team = t.id ORDER BY position)) FROM dim_team t`,
		func(row *zs.Stmt) error {
			return line(&s, "team", row.ColumnText(0), n.projectKey(row.ColumnInt32(1)), row.ColumnText(2), row.ColumnText(3), row.ColumnText(4),
				row.ColumnText(5), row.ColumnText(6), row.ColumnText(7), row.ColumnText(8), row.ColumnText(9))
		})
	return firstOf(err, s.flush(w))
}

func dumpFields(c *zs.Conn, _ *names, w io.Writer) error {
	return each(c, "SELECT reference_name, name, type, is_identity, is_picklist, custom FROM dim_field WHERE listed = 1 ORDER BY reference_name",
		func(row *zs.Stmt) error {
			return line(w, "field", row.ColumnText(0), row.ColumnText(1), row.ColumnText(2), row.ColumnBool(3), row.ColumnBool(4), row.ColumnBool(5))
		})
}

func dumpItems(c *zs.Conn, n *names, w io.Writer) error {
	return each(c, "SELECT id, rev, project, deleted FROM fact_item ORDER BY id", func(row *zs.Stmt) error {
		return line(w, "item", row.ColumnInt(0), row.ColumnInt(1), n.projectKey(row.ColumnInt32(2)), row.ColumnBool(3))
	})
}

func dumpRevisions(c *zs.Conn, n *names, w io.Writer) error {
	return each(c, wholeRevision, func(row *zs.Stmt) error {
		r, err := n.revision(row)
		if err != nil {
			return err
		}
		return line(w, "revision", r.ID, r.Rev, strings.ToLower(r.ProjectID), r.ProjectName, r.Type, r.State, r.Reason, r.Title, r.AreaID, r.AreaPath,
			r.IterationID, r.Iteration, r.Changed, r.Revised, r.Created, r.ChangedBy, r.CreatedBy, r.AssignedTo, r.Tags, r.Deleted, r.Comments,
			r.Parent, r.Watermark, r.Priority, r.Severity, r.StackRank, r.StoryPoints, r.Effort, r.Size, r.OriginalEstimate, r.RemainingWork,
			r.CompletedWork, r.BusinessValue, r.ValueArea, r.Activity, r.Activated, r.ResolvedDate, r.Closed, r.StateChanged, r.TargetDate,
			r.StartDate, r.FinishDate, r.BoardColumn, r.BoardColumnDone, r.BoardLane, r.Other)
	}, 0, int64(1)<<62)
}

func dumpLinks(c *zs.Conn, _ *names, w io.Writer) error {
	return each(c, `SELECT t.name, l.source, l.target, l.changed, l.active FROM fact_link l JOIN dim_link_type t ON t.id = l.type
		ORDER BY t.name, l.source, l.target`, func(row *zs.Stmt) error {
		return line(w, "link", row.ColumnText(0), row.ColumnInt(1), row.ColumnInt(2), row.ColumnInt64(3), row.ColumnBool(4))
	})
}
