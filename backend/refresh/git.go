package refresh

import (
	"context"

	"sightline/backend/devops"
)

// git brings repositories, branches, pushes and commits of a project up to date.
func (r *run) git(context.Context, devops.Project) error { return nil }
