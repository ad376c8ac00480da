package refresh

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// buildOf transforms a build.
func buildOf(projectID string, w *azdo.Build) devops.Build {
	b := devops.Build{
		ID: int(w.ID), ProjectID: projectID, Number: w.BuildNumber, DefinitionID: int(w.Definition.ID), DefinitionName: w.Definition.Name,
		Status: enumOf(w.Status), Result: enumOf(w.Result), Reason: enumOf(w.Reason), Branch: w.SourceBranch, Commit: w.SourceVersion,
		Queued: w.QueueTime.Time, Started: w.StartTime.Time, Finished: w.FinishTime.Time,
		RequestedFor: identityOn(w.RequestedFor), RequestedBy: identityOn(w.RequestedBy), Tags: slices.Clone(w.Tags), KeepForever: w.KeepForever, Gone: w.Deleted,
	}
	if b.Result == "none" {
		b.Result = ""
	}
	if r := w.Repository; r != nil {
		b.RepositoryID, b.RepositoryKind = r.ID, r.Type
		if strings.EqualFold(r.Type, "TfsGit") {
			b.RepositoryID = strings.ToLower(r.ID)
		}
	}
	if q := w.Queue; q != nil {
		b.Pool = q.Name
		if q.Pool != nil && q.Pool.Name != "" {
			b.Pool = q.Pool.Name
		}
	}
	return b
}

// enumOf spells the value of an enumeration as the service does today: older ones began with a capital.
func enumOf(e azdo.EnumText) string {
	first, size := utf8.DecodeRuneInString(string(e))
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + string(e[size:])
}

// identityOn is the person that a row names; the zero Person when it names none.
func identityOn(w *azdo.IdentityRef) devops.Person {
	if w == nil {
		return devops.Person{}
	}
	return devops.Person{ID: w.ID, Name: w.DisplayName, UniqueName: w.UniqueName, Descriptor: w.Descriptor}
}

// definitionOf transforms a pipeline.
func definitionOf(projectID string, w *azdo.Definition) devops.Definition {
	return devops.Definition{ProjectID: projectID, ID: int(w.ID), Name: w.Name, Path: w.Path, QueueStatus: enumOf(w.QueueStatus), Kind: enumOf(w.Type)}
}

// timelineOf transforms the timeline of a build.
func timelineOf(projectID string, build int, w *azdo.Timeline) devops.Timeline {
	t := devops.Timeline{BuildID: build, ProjectID: projectID, Read: w.At, Empty: len(w.Records) == 0}
	for i := range w.Records {
		r := &w.Records[i]
		t.Records = append(t.Records, devops.TimelineRecord{
			ID: strings.ToLower(r.ID), ParentID: strings.ToLower(r.ParentID), Kind: string(r.Type), Name: r.Name, Identifier: r.Identifier, State: enumOf(r.State),
			Result: enumOf(r.Result), Worker: r.WorkerName, Order: int(r.Order), Attempt: int(r.Attempt), Errors: int(r.ErrorCount), Warnings: int(r.WarningCount),
			Started: r.StartTime.Time, Finished: r.FinishTime.Time,
		})
	}
	return t
}
