package refresh

import (
	"context"
	"strings"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// boardsFeed is the cursor of boards and capacities: of a project, and of each of its teams, so that a load
// that was stopped asks for no team twice. Its token is when they were read; of a team, also up to when its
// sprints had finished whose capacity was read.
const boardsFeed = "boards"

// boards brings columns and lanes of every team's boards, capacities and days off of a project up to date.
// They change rarely and cost some ten requests a team, so they are read as seldom as the schema, beside
// the history.
func (r *run) boards(ctx context.Context, p devops.Project) error {
	cursor, _, err := r.Store.Cursor(ctx, boardsFeed, p.ID)
	if err != nil {
		return err
	}
	if at, _ := parseBoardsToken(cursor.Token); r.boardsFresh(at) {
		return nil
	}
	began := r.Clock()
	if err := r.hold(ctx); err != nil {
		return err
	}
	teams, err := r.Client.Teams(ctx, p.ID)
	if err != nil {
		return err
	}
	levels, err := r.levelNames(ctx, p)
	if err != nil {
		return err
	}
	asks := make([]func(context.Context) error, len(teams))
	var parked lockedIDs
	for i, team := range teams {
		asks[i] = func(ctx context.Context) error {
			err := r.boardsOfTeam(ctx, p, team, levels)
			if err != nil {
				parked.add(team.ID)
			}
			return r.settle(ctx, "", p.Name, "the boards and capacities of the team "+team.Name, err)
		}
	}
	if err := together(ctx, 3, asks...); err != nil || len(parked.ids) > 0 {
		return err
	}
	return r.commit(ctx, devops.Batch{Cursor: &devops.Cursor{Feed: boardsFeed, Scope: p.ID, Token: boardsToken(began, time.Time{}), Done: true}})
}

// boardsFresh reports whether what was read at an instant is good enough for this refresh. A refresh that
// reads everything again takes only what it read itself.
func (r *run) boardsFresh(at time.Time) bool {
	now := r.Clock()
	if at.IsZero() || at.After(now.Add(time.Hour)) {
		return false
	}
	if r.Reread {
		return !at.Before(r.sum.Started.UTC().Truncate(time.Second))
	}
	return now.Sub(at) <= schemaAge
}

// levelNames finds the backlog level of a board by its name, which is that of the level. Nobody may read it:
// then boards have no level, and nothing else is missing.
func (r *run) levelNames(ctx context.Context, p devops.Project) (map[string]string, error) {
	b, err := r.Client.BacklogConfiguration(ctx, p.ID, p.DefaultTeam)
	if err != nil && !mayBeSkipped(err) {
		return nil, err
	}
	names := map[string]string{b.RequirementBacklog.Name: b.RequirementBacklog.ID}
	for _, l := range b.PortfolioBacklogs {
		names[l.Name] = l.ID
	}
	return names, nil
}

// boardsOfTeam reads the boards of one team and the capacities that are due, and stores them together.
func (r *run) boardsOfTeam(ctx context.Context, p devops.Project, team azdo.Team, levels map[string]string) error {
	id := strings.ToLower(team.ID)
	cursor, _, err := r.Store.Cursor(ctx, boardsFeed, id)
	if err != nil {
		return err
	}
	at, read := parseBoardsToken(cursor.Token)
	if r.boardsFresh(at) {
		return nil
	}
	began := r.Clock()
	b := devops.Batch{BoardsOf: []string{id}}
	if err := r.readBoards(ctx, p, team, levels, &b); err != nil {
		return err
	}
	until, err := r.readCapacities(ctx, p, team, read, &b)
	if err != nil {
		return err
	}
	b.Cursor = &devops.Cursor{Feed: boardsFeed, Scope: id, Token: boardsToken(began, until), Done: true}
	return r.commit(ctx, b)
}

// readBoards adds the boards of a team to a batch. Those that may not be read are skipped, and then the
// stored ones stay.
func (r *run) readBoards(ctx context.Context, p devops.Project, team azdo.Team, levels map[string]string, b *devops.Batch) error {
	skip := func(err error) error {
		if !mayBeSkipped(err) {
			return err
		}
		b.Boards, b.BoardsOf = nil, nil
		r.skip(p.Name, "the boards of the team "+team.Name, err)
		return nil
	}
	if err := r.hold(ctx); err != nil {
		return err
	}
	listed, err := r.Client.Boards(ctx, p.ID, team.ID)
	if err != nil {
		return skip(err)
	}
	for _, l := range listed {
		if err := r.hold(ctx); err != nil {
			return err
		}
		wire, err := r.Client.Board(ctx, p.ID, team.ID, l.ID)
		if err != nil {
			return skip(err)
		}
		b.Boards = append(b.Boards, boardOf(strings.ToLower(team.ID), levels, &wire))
	}
	return nil
}

// boardOf transforms a board.
func boardOf(teamID string, levels map[string]string, w *azdo.Board) devops.Board {
	b := devops.Board{
		TeamID: teamID, ID: strings.ToLower(w.ID), Name: w.Name, BacklogID: levels[w.Name],
		ColumnField: w.Fields.ColumnField.ReferenceName, DoneField: w.Fields.DoneField.ReferenceName, LaneField: w.Fields.RowField.ReferenceName,
	}
	for _, c := range w.Columns {
		b.Columns = append(b.Columns, devops.BoardColumn{ID: strings.ToLower(c.ID), Name: c.Name, Kind: c.ColumnType, ItemLimit: c.ItemLimit,
			Split: c.IsSplit, Description: c.Description, States: c.StateMappings})
	}
	for _, l := range w.Rows {
		b.Lanes = append(b.Lanes, devops.BoardLane{ID: strings.ToLower(l.ID), Name: l.Name})
	}
	return b
}

// boardsToken writes when boards were read and, of a team, the finish of the last sprint whose capacity is
// settled.
func boardsToken(at, until time.Time) string {
	token := at.UTC().Format(time.RFC3339)
	if !until.IsZero() {
		token += ";" + until.UTC().Format(time.RFC3339)
	}
	return token
}

// parseBoardsToken reads a token; zero times for what it does not know.
func parseBoardsToken(token string) (at, until time.Time) {
	first, second, _ := strings.Cut(token, ";")
	at, _ = time.Parse(time.RFC3339, first)
	until, _ = time.Parse(time.RFC3339, second)
	return at, until
}
