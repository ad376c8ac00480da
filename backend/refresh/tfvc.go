package refresh

import (
	"context"

	"sightline/backend/devops"
)

// tfvc brings changesets and branches of a project up to date.
func (r *run) tfvc(context.Context, devops.Project) error { return nil }
