package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// linksOf transforms a page of the links feed. The feed names links without a direction; should one carry
// it all the same, a reverse link is turned round.
func linksOf(wire []azdo.WorkItemLink) []devops.Link {
	rows := make([]devops.Link, 0, len(wire))
	for _, w := range wire {
		l := devops.Link{Type: w.Rel, Source: w.SourceID, Target: w.TargetID, Changed: w.ChangedDate.Time, Active: w.IsActive}
		if base, ok := strings.CutSuffix(l.Type, "-Forward"); ok {
			l.Type = base
		} else if base, ok := strings.CutSuffix(l.Type, "-Reverse"); ok {
			l.Type, l.Source, l.Target = base, l.Target, l.Source
		}
		rows = append(rows, l)
	}
	return rows
}
