package world

import (
	"strings"
	"sync"
	"time"
)

// Name is the organization's name in addresses.
const Name = "sample"

// Options say which world to make. The zero Since is DefaultSince(Now).
type Options struct {
	Seed  uint64
	Size  Size
	Since time.Time // first day; moved back to midnight UTC of a Monday
	Now   time.Time // nothing is later than this

	Decisions Decisions
	// Company is whose organization it is; the zero Company is Lumen Works, which alone has sizes.
	Company Company
	// Hostile gives one project of Lumen Works texts and names that attack whoever shows them.
	Hostile bool
}

// World is a company and its whole history. It never changes once made and may be read by many at once.
type World struct {
	Seed  uint64
	Size  Size
	Since int64
	Now   int64

	ID         string // the organization's GUID: instanceId
	Deployment string

	People    []*Person // index 0 is nil: nobody
	Processes []*Process
	Types     []*Type
	Fields    []*Field
	Projects  []*Project
	Nodes     []*Node

	Items     []Item     // by id minus 1
	Revisions []Revision // by item, then revision
	Order     []uint32   // positions in Revisions by watermark; destroyed items are left out
	ByProject [][]uint32 // the same, of one project each
	Links     []Link     // by watermark
	// Destroyed are ids that once were and are gone without a word.
	Destroyed []int

	company *company
	hostile bool
	decided Decisions
	works   func() *works // what pipelines did
	builds  *Person       // the program that builds
	byID    map[string]*Person
	source  func() *source // what is under version control, simulated when it is first asked for
}

// New simulates the company up to o.Now.
func New(o Options) *World {
	now := o.Now.UTC()
	since := o.Since
	if since.IsZero() {
		since = DefaultSince(now)
	}
	since = since.UTC().Truncate(24 * time.Hour)
	since = since.AddDate(0, 0, -(int(since.Weekday())+6)%7)
	layout := o.Company.layout()
	w := &World{company: layout, hostile: o.Hostile && o.Company == LumenWorks, Seed: o.Seed ^ layout.seed, Size: o.Size, Since: since.UnixMilli(), Now: now.UnixMilli(), decided: o.Decisions}
	w.ID = w.GUID("organization", since.Format(time.DateOnly), o.Size.String())
	w.Deployment = w.GUID("deployment")
	w.defineFields()
	for _, p := range []*Process{agile(), scrum(), cmmi(), basic(), lumenAgile(w)} {
		p.settle(w)
	}
	plans := append([]plan(nil), layout.plans...)
	if o.Company == LumenWorks {
		plans = append(plans, w.furtherPlans(o.Size.scale())...)
	}
	staff := w.recruit(plans)
	for _, p := range plans {
		w.build(p, staff)
	}
	w.defineKanbanFields()
	w.byID = make(map[string]*Person, len(w.People))
	for _, p := range w.People[1:] {
		w.byID[p.ID] = p
	}
	w.assemble(w.simulate())
	w.rename(o.Decisions.Renamings)
	w.works = sync.OnceValue(w.runPipelines)
	w.source = sync.OnceValue(w.simulateSource)
	if w.hostile {
		w.befoul()
	}
	return w
}

// defineKanbanFields adds the three fields of every board: its column, the half of it, and its lane.
func (w *World) defineKanbanFields() {
	for _, p := range w.Projects {
		for _, t := range p.Teams {
			for _, b := range t.Boards {
				w.Fields = append(w.Fields,
					&Field{ReferenceName: b.Field + ".Column", Name: b.Field + ".Column", Type: "string"},
					&Field{ReferenceName: b.Field + ".Column.Done", Name: b.Field + ".Column.Done", Type: "boolean"},
					&Field{ReferenceName: b.Field + ".Lane", Name: b.Field + ".Lane", Type: "string"})
			}
		}
	}
}

// Company is the name of the company behind the organization.
func (w *World) Company() string { return w.company.name }

// Project finds a project by name or id, ignoring case; nil when there is none.
func (w *World) Project(nameOrID string) *Project {
	for _, p := range w.Projects {
		if strings.EqualFold(p.Name, nameOrID) || strings.EqualFold(p.ID, nameOrID) {
			return p
		}
	}
	return nil
}

// Team finds a team of the project by name or id, ignoring case; nil when there is none.
func (p *Project) Team(nameOrID string) *Team {
	for _, t := range p.Teams {
		if strings.EqualFold(t.Name, nameOrID) || strings.EqualFold(t.ID, nameOrID) {
			return t
		}
	}
	return nil
}

// Process finds a process by id; nil when there is none.
func (w *World) Process(id string) *Process {
	for _, p := range w.Processes {
		if strings.EqualFold(p.ID, id) {
			return p
		}
	}
	return nil
}

// Person finds an identity by its id; nil when there is none.
func (w *World) Person(id string) *Person { return w.byID[strings.ToLower(id)] }

// PersonByUPN finds an identity by its address, ignoring case; nil when there is none.
func (w *World) PersonByUPN(upn string) *Person {
	for _, p := range w.People[1:] {
		if strings.EqualFold(p.UPN, upn) {
			return p
		}
	}
	return nil
}

// Field finds a field by reference name, ignoring case; nil when there is none.
func (w *World) Field(reference string) *Field {
	for _, f := range w.Fields {
		if strings.EqualFold(f.ReferenceName, reference) {
			return f
		}
	}
	return nil
}

// Item returns the revisions of a work item, the oldest first; none when it never was or was destroyed.
func (w *World) Item(id int) []Revision {
	if id < 1 || id > len(w.Items) {
		return nil
	}
	it := &w.Items[id-1]
	return w.Revisions[it.First : it.First+uint32(it.Count)]
}

// Latest returns the last revision of an item, or nil.
func (w *World) Latest(id int) *Revision {
	if all := w.Item(id); len(all) > 0 {
		return &all[len(all)-1]
	}
	return nil
}

// IsLatest reports whether r is the revision its item stands in now.
func (w *World) IsLatest(r *Revision) bool { return r.Rev == w.Items[r.Item-1].Count }

// Revised is when the next revision replaced r, or 0 while r stands.
func (w *World) Revised(r *Revision) int64 {
	it := &w.Items[r.Item-1]
	if r.Rev == it.Count {
		return 0
	}
	return w.Revisions[it.First+uint32(r.Rev)].Changed
}

// Revision returns the numbered revision of r's item, or nil for 0: the way from a step to its date and author.
func (w *World) Revision(r *Revision, rev uint16) *Revision {
	if rev == 0 {
		return nil
	}
	return &w.Revisions[w.Items[r.Item-1].First+uint32(rev)-1]
}

// Title is the title as the revision spells it.
func (w *World) Title(r *Revision) string {
	title := w.Items[r.Item-1].Title
	if r.Wording > 0 {
		title += clarified[r.Wording-1]
	}
	return title
}

// AreaPath is the path of the area as the revision spells it: a renamed area keeps its old name in old revisions.
func (w *World) AreaPath(r *Revision) string {
	n := w.Nodes[r.Area]
	if n.FormerPath != "" && r.Changed < n.Renamed {
		return n.FormerPath
	}
	return n.Path
}

// renamedColumns is the day, counted from Since, on which teams gave some board columns better names.
const renamedColumns = 310

// ColumnName is the board column a revision stands in, as it was called then; empty when it stands in none.
func (w *World) ColumnName(r *Revision) string {
	if r.Column == 0 {
		return ""
	}
	t := w.Types[r.Type]
	if t.Kind == KindEpic || t.Kind == KindFeature {
		return t.States[r.Column-1].Name
	}
	c := &t.Process.Columns[min(int(r.Column), len(t.Process.Columns))-1]
	if c.Former != "" && r.Changed < w.DayStart(renamedColumns) {
		return c.Former
	}
	return c.Name
}

// Lane is the swim lane a revision stands in; empty for the default lane.
func (w *World) Lane(r *Revision) string {
	if r.Column != 0 && r.Has(Expedite) {
		return ExpediteLane
	}
	return ""
}

// ExpediteLane is the lane above the default one on boards of requirements.
const ExpediteLane = "Expedite"

// BoardsOf are the boards on which a revision stands: one for every team that owns its area.
func (w *World) BoardsOf(r *Revision) []*Board {
	t := w.Types[r.Type]
	level := t.Process.BacklogOf(t.Name)
	if r.Column == 0 {
		return nil
	}
	var boards []*Board
	for _, team := range w.Projects[r.Project].Teams {
		l := level
		if l == nil && t.Kind == KindBug && team.Bugs == "asRequirements" {
			l = t.Process.Requirements()
		}
		if l == nil || !team.Owns(w.Nodes[r.Area]) {
			continue
		}
		if b := team.BoardOf(l); b != nil {
			boards = append(boards, b)
		}
	}
	return boards
}
