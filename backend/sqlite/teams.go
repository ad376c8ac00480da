package sqlite

import (
	"strings"

	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

func (t *tables) storeTeams(b *devops.Batch) error {
	for i := range b.Teams {
		if err := t.storeTeam(&b.Teams[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeTeam(team *devops.Team) error {
	if team.ID == "" {
		return invalidRow("a team", "without an id")
	}
	project, err := t.project(team.ProjectID, "", 0)
	if err != nil {
		return err
	}
	const look = `SELECT 2, json_array(project, name, description, working_days, bugs_behavior, backlog_path, default_area,
		(SELECT json_group_array(json_array(path, include_children)) FROM (SELECT path, include_children FROM dim_team_area WHERE team = dim_team.id ORDER BY position)),
		(SELECT json_group_array(identifier) FROM (SELECT identifier FROM dim_team_iteration WHERE team = dim_team.id ORDER BY position)))
		FROM dim_team WHERE guid = ?`
	return t.observe(devops.Teams, func() error { return t.replaceTeam(project, team) }, look, strings.ToLower(team.ID))
}

// replaceTeam stores a team with its areas and iterations.
func (t *tables) replaceTeam(project int64, team *devops.Team) error {
	days := string(appendTexts(nil, team.WorkingDays))
	var id int64
	err := each(t.c, `INSERT INTO dim_team (guid, project, name, description, working_days, bugs_behavior, backlog_path, default_area)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (guid) DO UPDATE SET project = excluded.project, name = excluded.name, description = excluded.description,
		working_days = excluded.working_days, bugs_behavior = excluded.bugs_behavior, backlog_path = excluded.backlog_path,
		default_area = excluded.default_area RETURNING id`,
		func(row *zs.Stmt) error { id = row.ColumnInt64(0); return nil },
		strings.ToLower(team.ID), project, team.Name, team.Description, days, team.BugsBehavior, team.BacklogPath, team.DefaultAreaPth)
	if err != nil {
		return err
	}
	if err := firstOf(run(t.c, "DELETE FROM dim_team_area WHERE team = ?", id),
		run(t.c, "DELETE FROM dim_team_iteration WHERE team = ?", id)); err != nil {
		return err
	}
	for i, a := range team.Areas {
		err := run(t.c, "INSERT INTO dim_team_area (team, position, path, include_children) VALUES (?, ?, ?, ?)", id, i, a.Path, a.IncludeChildren)
		if err != nil {
			return err
		}
	}
	for i, iteration := range team.IterationIDs {
		if err := run(t.c, "INSERT INTO dim_team_iteration (team, position, identifier) VALUES (?, ?, ?)", id, i, iteration); err != nil {
			return err
		}
	}
	return nil
}
