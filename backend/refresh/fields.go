package refresh

import (
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// fieldsOf transforms the fields of a project. Deleted ones are left out.
func fieldsOf(wire []azdo.Field) []devops.Field {
	rows := make([]devops.Field, 0, len(wire))
	for _, w := range wire {
		if w.IsDeleted || w.ReferenceName == "" {
			continue
		}
		rows = append(rows, devops.Field{
			ReferenceName: w.ReferenceName, Name: w.Name, Type: w.Type, IsPicklist: w.IsPicklist,
			IsIdentity: w.IsIdentity || strings.EqualFold(w.Type, "identity"),
			Custom:     !strings.HasPrefix(w.ReferenceName, "System.") && !strings.HasPrefix(w.ReferenceName, "Microsoft.VSTS."),
		})
	}
	return rows
}
