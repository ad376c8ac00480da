package refresh

import (
	"context"

	"sightline/backend/devops"
)

// definitions reads the pipelines of a project once a day. They are keyed by id, so that a new name or folder
// is a change of the same pipeline.
func (l *buildLoader) definitions(ctx context.Context) error {
	s, known, err := l.window(ctx, definitionsFeed, l.project.ID)
	if err != nil || known && !l.due(s.Checked) {
		return err
	}
	return l.readDefinitions(ctx)
}

// newDefinitions reads them once more when a build names one that is newer than all we know.
func (l *buildLoader) newDefinitions(ctx context.Context) error {
	s, known, err := l.window(ctx, definitionsFeed, l.project.ID)
	if err != nil || !known || l.lastDefinition <= s.Last {
		return err
	}
	return l.readDefinitions(ctx)
}

// readDefinitions reads the whole list and stores it at once: pipelines that are no longer in it are marked
// gone. An empty list marks none, because it is what a lost permission looks like.
func (l *buildLoader) readDefinitions(ctx context.Context) error {
	s := windowState{Since: l.since, Checked: l.Clock().UTC(), Last: l.lastDefinition}
	var b devops.Batch
	var watch pageWatch
	for token := ""; ; {
		if err := l.hold(ctx); err != nil {
			return err
		}
		page, err := l.Client.Definitions(ctx, l.project.ID, token)
		if err != nil {
			return err
		}
		ids := make([]int, len(page.Definitions))
		for i := range page.Definitions {
			ids[i] = int(page.Definitions[i].ID)
			s.Last = max(s.Last, ids[i])
		}
		again, stuck := watch.turn(page.ContinuationToken, ids)
		if stuck {
			return l.samePage(l.project, "the pipelines")
		}
		for i := range page.Definitions {
			if !again(ids[i]) {
				b.Definitions = append(b.Definitions, definitionOf(l.project.ID, &page.Definitions[i]))
			}
		}
		if token = page.ContinuationToken; token == "" {
			break
		}
	}
	if len(b.Definitions) > 0 {
		b.DefinitionsOf = l.project.ID
	}
	b.Cursor = s.cursor(definitionsFeed, l.project.ID, true)
	return l.store(ctx, PhasePipelines, b)
}
