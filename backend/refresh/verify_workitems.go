package refresh

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// compareProjects settles which projects are to be asked for.
func (v *verifier) compareProjects(ctx context.Context, visible []devops.Project) error {
	stored, err := v.Store.Projects(ctx)
	if err != nil {
		return err
	}
	shown, held, row := map[string]bool{}, map[string]bool{}, v.row(devops.Projects)
	for _, p := range visible {
		shown[p.ID] = true
	}
	vanished := 0
	for _, p := range stored {
		row.Held++
		held[p.ID] = true
		switch {
		case p.Gone:
			row.Gone++
		case !shown[p.ID]:
			vanished++
		default:
			v.projects = append(v.projects, p)
		}
	}
	matched, _ := devops.MatchProjects(v.Patterns, visible)
	wanted := map[string]bool{}
	for _, p := range matched {
		if wanted[p.ID] = true; !held[p.ID] {
			row.Missing++
		}
	}
	for _, p := range v.projects {
		wanted[p.ID] = true // held under a former name that matched
	}
	row.Server = len(wanted)
	if vanished > 0 {
		v.note(devops.Projects, fmt.Sprintf("Held, but not shown to this account any more: %d. The next refresh marks them.", vanished))
	}
	return nil
}

func (v *verifier) askTeams(ctx context.Context, p devops.Project) error {
	teams, err := v.Client.Teams(ctx, p.ID)
	if err == nil {
		v.counted(p, devops.Teams, len(teams))
	}
	return err
}

func (v *verifier) askNodes(ctx context.Context, p devops.Project) error {
	roots, err := v.Client.ClassificationNodes(ctx, p.ID)
	if err != nil {
		return err
	}
	ids := map[devops.NodeKind][]int{}
	for _, n := range nodesOf(p.ID, roots) {
		ids[n.Kind] = append(ids[n.Kind], n.ID)
	}
	if err := v.byID(ctx, p, devops.Areas, ids[devops.AreaNode]); err != nil {
		return err
	}
	return v.byID(ctx, p, devops.Iterations, ids[devops.IterationNode])
}

func (v *verifier) askTypes(ctx context.Context, p devops.Project) error {
	types, err := v.Client.WorkItemTypes(ctx, p.ID)
	if err == nil {
		v.counted(p, devops.WorkItemTypes, len(types))
	}
	return err
}

func (v *verifier) askBoards(ctx context.Context, p devops.Project) error {
	teams, err := v.Client.Teams(ctx, p.ID)
	if err != nil {
		return err
	}
	n := 0
	for _, t := range teams {
		boards, err := v.Client.Boards(ctx, p.ID, t.ID)
		if err != nil {
			return err
		}
		n += len(boards)
	}
	v.counted(p, devops.Boards, n)
	return nil
}

// askItems compares the ids that a query shows with those of the items that are held and not deleted.
func (v *verifier) askItems(ctx context.Context, p devops.Project) error {
	server, err := v.Client.WorkItemIDs(ctx, p.ID)
	if err != nil {
		return err
	}
	held, err := v.Store.WorkItemIDs(ctx, p.ID)
	if err != nil {
		return err
	}
	v.living[p.ID] = map[int]bool{}
	for _, id := range server {
		v.items[id], v.living[p.ID][id] = true, true
	}
	missing := without(server, held)
	gap := len(missing)
	if !v.Refreshed.IsZero() {
		for ids := range slices.Chunk(missing, azdo.BatchLimit) {
			newer, err := v.changedSince(ctx, ids)
			if err != nil {
				return err
			}
			gap -= newer
		}
	}
	v.add(devops.WorkItems, len(server), len(held), 0, gap)
	if more := len(without(held, server)); more > 0 {
		v.note(devops.WorkItems, fmt.Sprintf("Held of %s, but not shown any more: %d. The next look for destroyed items settles what became of them.", p.Name, more))
	}
	return nil
}

// changedSince counts which work items changed, or came, after the last refresh.
func (v *verifier) changedSince(ctx context.Context, ids []int) (n int, err error) {
	page, err := v.Client.WorkItemsBatch(ctx, "", ids, []string{"System.Id", "System.ChangedDate"}, azdo.NewRevisionDecoder())
	if err != nil {
		return 0, err
	}
	defer page.Release()
	for i := range page.Revisions {
		for _, f := range page.Revisions[i].Fields {
			if page.FieldName(f) == "System.ChangedDate" {
				if at, ok := page.Time(f); ok && v.isNewer(devops.WorkItems, at) {
					n++
				}
			}
		}
	}
	return n, nil
}

// askRevisions adds up the number of the latest revision of each item, which is how many it has, and compares it
// with what is held of that item. Items that left the project count where they are now.
func (v *verifier) askRevisions(ctx context.Context, p devops.Project) error {
	spans, err := v.Store.RevisionSpans(ctx, p.ID)
	if err != nil {
		return err
	}
	held := make(map[int]devops.RevisionSpan, len(spans))
	for _, s := range spans {
		held[s.ID] = s
	}
	query := azdo.RevisionsQuery{Project: p.ID, ProjectName: p.Name, IncludeDeleted: true, IncludeLatestOnly: true, MaxPageSize: pageSize,
		Fields: []string{"System.Id", "System.Rev", "System.ChangedDate", "System.IsDeleted"}}
	decoder := azdo.NewRevisionDecoder()
	for {
		page, err := v.Client.ReportingRevisions(ctx, query, decoder)
		if err != nil {
			return err
		}
		for i := range page.Revisions {
			v.compareRevisions(p, page, &page.Revisions[i], held)
		}
		next, end, err := advance(v.Client, p, "latest revisions", query.ContinuationToken, page.ContinuationToken, len(page.Revisions), page.IsLast)
		page.Release()
		if err != nil || end {
			return err
		}
		query.ContinuationToken = next
	}
}

// compareRevisions compares one item.
func (v *verifier) compareRevisions(p devops.Project, page *azdo.RevisionPage, w *azdo.Revision, held map[int]devops.RevisionSpan) {
	deleted, newer := false, false
	for _, f := range w.Fields {
		switch page.FieldName(f) {
		case "System.IsDeleted":
			deleted = f.Kind == azdo.True
		case "System.ChangedDate":
			at, ok := page.Time(f)
			newer = ok && !v.Refreshed.IsZero() && !at.Before(v.Refreshed)
		}
	}
	span, here := held[w.ID]
	delete(held, w.ID) // a page may repeat an item
	switch {
	case here:
	case deleted || v.living[p.ID][w.ID]:
		span = devops.RevisionSpan{ID: w.ID, First: 1}
	default:
		return // it lives in another project now
	}
	v.items[w.ID] = true
	server, missing := w.Rev, w.Rev-span.Held
	if earlier := span.First - 1; earlier > 0 {
		server, missing = server-earlier, missing-earlier
		v.arrived = append(v.arrived, span)
	}
	if missing > 0 && newer {
		// What came after the last one held is newer; a hole before it is not.
		since := w.Rev - max(span.Last, 0)
		v.newer[devops.Revisions] += min(missing, since)
		missing -= min(missing, since)
	}
	v.add(devops.Revisions, server, span.Held, 0, max(0, missing))
}

// mostArrived is how many items without their first revisions are asked about.
const mostArrived = 200

// explainArrived asks of items whose first revisions are not held whether those were made in a project that is
// not loaded, as they are when an item was moved. Any other such item has a gap.
func (v *verifier) explainArrived(ctx context.Context) error {
	if len(v.arrived) == 0 {
		return nil
	}
	loaded := map[string]bool{}
	for _, p := range v.projects {
		loaded[strings.ToLower(p.Name)] = true
	}
	revisions, gaps := 0, 0
	asked := v.arrived[:min(mostArrived, len(v.arrived))]
	for _, s := range asked {
		project, err := v.Client.WorkItemProjectAt(ctx, s.ID, s.First-1)
		if err != nil && !mayBeSkipped(err) {
			return err
		}
		if err == nil && loaded[strings.ToLower(project)] {
			gaps += s.First - 1
			continue
		}
		revisions += s.First - 1
	}
	row := v.row(devops.Revisions)
	row.Server, row.Missing = row.Server+gaps, row.Missing+gaps
	if revisions > 0 {
		v.note(devops.Revisions, fmt.Sprintf("Made in projects that are not loaded, before their work items moved: %d earlier ones.", revisions))
	}
	if more := len(v.arrived) - len(asked); more > 0 {
		v.note(devops.Revisions, fmt.Sprintf("Work items whose first revisions are not held and of which it was not asked where they were made: %d.", more))
	}
	return nil
}

// linkKey is one link; kinds are numbered by the verifier.
type linkKey struct {
	kind           string
	source, target int
}

// serverLink is the newest that the service says of a link.
type serverLink struct {
	changed int64
	active  bool
	newer   bool
	held    bool
}

// askLinks reads the whole links feed and keeps the newest change of each link. A link between two projects comes
// with both and counts once.
func (v *verifier) askLinks(ctx context.Context, p devops.Project) error {
	query := azdo.LinksQuery{Project: p.ID, ProjectName: p.Name}
	for {
		page, err := v.Client.ReportingLinks(ctx, query)
		if err != nil {
			return err
		}
		for _, l := range linksOf(page.Values) {
			at := int64(0)
			if !l.Changed.IsZero() {
				at = l.Changed.UnixMilli()
			}
			key := linkKey{strings.Clone(l.Type), l.Source, l.Target}
			if was := v.links[key]; was == nil || at > was.changed || at == was.changed && l.Active {
				v.links[key] = &serverLink{changed: at, active: l.Active, newer: !v.Refreshed.IsZero() && !l.Changed.Before(v.Refreshed)}
			}
		}
		next, end, err := advance(v.Client, p, "links", query.ContinuationToken, page.ContinuationToken, len(page.Values), page.IsLast)
		if err != nil || end {
			return err
		}
		query.ContinuationToken = next
	}
}

// compareLinks checks the links off, when all projects have told theirs.
func (v *verifier) compareLinks(ctx context.Context) error {
	row := v.rows[devops.Links]
	if row == nil {
		return nil
	}
	extra := 0
	err := v.Store.ActiveLinks(ctx, func(kind string, source, target int) {
		row.Held++
		if l := v.links[linkKey{kind, source, target}]; l != nil && l.active {
			l.held = true
		} else {
			extra++
		}
	})
	if err != nil {
		return err
	}
	destroyed := 0
	for key, l := range v.links {
		switch {
		case !l.active:
		case l.held:
			row.Server++
		case l.newer:
			row.Server++
			v.newer[devops.Links]++
		case !v.items[key.source] || !v.items[key.target]:
			destroyed++
		default:
			row.Server++
			row.Missing++
		}
	}
	if destroyed > 0 {
		v.note(devops.Links, fmt.Sprintf("Not counted, because they end at work items that these projects no longer have: %d.", destroyed))
	}
	if extra > 0 && row.Known {
		v.note(devops.Links, fmt.Sprintf("Held, but no longer active on the server, or of projects that are gone: %d.", extra))
	}
	return nil
}
