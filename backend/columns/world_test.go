package columns_test

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	_ "time/tzdata"

	"sightline/backend/columns"
	"sightline/backend/dataset"
)

// null is a missing number in the tests' worlds.
var null = math.NaN()

// world is an organization as a test tells it: plain texts and times. It is the source of the engine
// under test and, as it stands, the input of the slow calculator.
type world struct {
	zone       string
	weekStart  time.Weekday
	generation int64
	stamp      string // of Info
	incomplete bool
	projects   []worldProject
	areas      []string // paths, parents before children
	iterations []worldIteration
	teams      []worldTeam
	boards     []worldBoard
	fields     bool // the organization has the fields of worldFields
	items      []*worldItem
}

type worldProject struct {
	name, process string
	estimate      int8 // 1 story points, 2 effort, 3 size
	types         []worldType
}

type worldType struct {
	name   string
	bug    bool
	level  string
	plural string
	rank   int32
	states []worldState
}

type worldState struct {
	name     string
	category int8
}

type worldIteration struct {
	path       string
	start, end string // 2024-03-04, or ""
}

type worldTeam struct {
	name, project string
	areas         []string // with everything below
	iterations    []string
	days          [7]bool
}

type worldItem struct {
	id        int32
	title     string
	reason    string
	createdBy string
	parent    int32
	comments  int32
	target    string
	valueArea string    // a field without history
	started   time.Time // likewise
	// as the service tells them, which need not agree with the revisions
	activated, resolved, closed, stateChanged time.Time
	revs                                      []rev
}

// rev is the whole state of an item from a time on.
type rev struct {
	at                             time.Time
	project, typ, state            string
	area, iteration, assigned      string
	severity                       string
	tags                           []string
	by                             string
	priority, points, effort, size float64
	original, remaining, workDone  float64
	column, lane                   string
	columnDone                     int8 // 0 not said, 1 doing, 2 done
	risk, reviewer                 string
	score                          float64
	signed                         int8 // 0 not said, 1 no, 2 yes
	gone                           bool // the item lies in the recycle bin from here to the next revision
}

func (w *world) location() *time.Location {
	loc, err := time.LoadLocation(w.zone)
	if err != nil {
		panic(err)
	}
	return loc
}

func (w *world) project(name string) *worldProject {
	for i := range w.projects {
		if w.projects[i].name == name {
			return &w.projects[i]
		}
	}
	return nil
}

func (w *world) typeOf(project, name string) *worldType {
	p := w.project(project)
	for i := range p.types {
		if p.types[i].name == name {
			return &p.types[i]
		}
	}
	return nil
}

// Read implements dataset.Source.
func (w *world) Read(context.Context) (dataset.Reading, error) { return newReading(w), nil }

// worldReading gives every text of a world a small id, as a dataset file does.
type worldReading struct {
	w          *world
	projects   []dataset.ProjectRow
	types      []dataset.TypeRow
	states     []dataset.StateRow
	areas      []dataset.NodeRow
	iterations []dataset.NodeRow
	people     []dataset.PersonRow
	teams      []dataset.TeamRow
	severities []dataset.TextRow
	tagSets    []dataset.TagSetRow
	ids        map[string]int32
	places     []dataset.BoardRow
	texts      []dataset.TextRow
	items      []*worldItem
}

func newReading(w *world) *worldReading {
	r := &worldReading{w: w, ids: map[string]int32{}}
	for _, p := range w.projects {
		id := int32(len(r.projects) + 1)
		r.ids["project "+p.name] = id
		r.projects = append(r.projects, dataset.ProjectRow{ID: id, Name: p.name, Process: p.process, EstimateField: p.estimate})
		for _, t := range p.types {
			tid := int32(len(r.types) + 1)
			r.ids["type "+p.name+"/"+t.name] = tid
			r.types = append(r.types, dataset.TypeRow{ID: tid, Project: id, Name: t.name, Bug: t.bug, Level: t.level, LevelName: t.plural, LevelRank: t.rank})
			for i, s := range t.states {
				sid := int32(len(r.states) + 1)
				r.ids["state "+p.name+"/"+t.name+"/"+s.name] = sid
				r.states = append(r.states, dataset.StateRow{ID: sid, Type: tid, Name: s.name, Category: s.category, Order: int16(i)})
			}
		}
	}
	node := func(kind, path string, id int32) dataset.NodeRow {
		r.ids[kind+" "+path] = id
		parts := strings.Split(path, `\`)
		return dataset.NodeRow{ID: id, Parent: r.ids[kind+" "+strings.Join(parts[:len(parts)-1], `\`)], Project: r.ids["project "+parts[0]],
			Depth: int16(len(parts) - 1), Name: parts[len(parts)-1], Path: path, StartDay: dataset.NoDay, EndDay: dataset.NoDay}
	}
	for i, path := range w.areas {
		r.areas = append(r.areas, node("area", path, int32(1000+i)))
	}
	for i, it := range w.iterations {
		n := node("iteration", it.path, int32(5_000_000+i)) // beyond the table of small ids
		if it.start != "" {
			n.StartDay, n.EndDay = civil(it.start), civil(it.end)
		}
		r.iterations = append(r.iterations, n)
	}
	for i, t := range w.teams {
		row := dataset.TeamRow{ID: int32(i + 1), Project: r.ids["project "+t.project], Name: t.name, WorkingDays: t.days}
		for _, path := range w.areas {
			if slices.ContainsFunc(t.areas, func(a string) bool { return path == a || strings.HasPrefix(path, a+`\`) }) {
				row.Areas = append(row.Areas, r.ids["area "+path])
			}
		}
		for _, path := range t.iterations {
			row.Iterations = append(row.Iterations, r.ids["iteration "+path])
		}
		r.teams = append(r.teams, row)
	}
	for _, it := range w.items {
		if !it.revs[len(it.revs)-1].gone {
			r.items = append(r.items, it)
		}
	}
	slices.SortFunc(r.items, func(a, b *worldItem) int { return cmp.Compare(a.id, b.id) })
	for _, it := range r.items {
		r.person(it.createdBy)
		for _, v := range it.revs {
			r.person(v.assigned)
			r.person(v.by)
			r.person(v.reviewer)
			r.severity(v.severity)
			r.tagSet(v.tags)
			r.place(&v)
			r.text(v.risk)
		}
		r.text(it.valueArea)
	}
	return r
}

func civil(s string) int32 {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return int32(t.Unix() / 86400)
}

func (r *worldReading) person(name string) int32 {
	if name == "" {
		return 0
	}
	id, ok := r.ids["person "+name]
	if !ok {
		id = int32(len(r.people) + 1)
		r.ids["person "+name] = id
		r.people = append(r.people, dataset.PersonRow{ID: id, Name: name, Address: address(name)})
	}
	return id
}

func address(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.com"
}

func (r *worldReading) severity(s string) int32 {
	if s == "" {
		return 0
	}
	id, ok := r.ids["severity "+s]
	if !ok {
		id = int32(len(r.severities) + 1)
		r.ids["severity "+s] = id
		r.severities = append(r.severities, dataset.TextRow{ID: id, Text: s})
	}
	return id
}

func (r *worldReading) tagSet(tags []string) int32 {
	if len(tags) == 0 {
		return 0
	}
	key := "tags " + strings.Join(tags, ";")
	id, ok := r.ids[key]
	if !ok {
		id = int32(len(r.tagSets) + 1)
		r.ids[key] = id
		r.tagSets = append(r.tagSets, dataset.TagSetRow{ID: id, Tags: tags})
	}
	return id
}

func (r *worldReading) Generation() int64              { return max(1, r.w.generation) }
func (r *worldReading) Projects() []dataset.ProjectRow { return r.projects }
func (r *worldReading) Areas() []dataset.NodeRow       { return r.areas }
func (r *worldReading) Iterations() []dataset.NodeRow  { return r.iterations }
func (r *worldReading) People() []dataset.PersonRow    { return r.people }
func (r *worldReading) Teams() []dataset.TeamRow       { return r.teams }
func (r *worldReading) Types() []dataset.TypeRow       { return r.types }
func (r *worldReading) States() []dataset.StateRow     { return r.states }
func (r *worldReading) Severities() []dataset.TextRow  { return r.severities }
func (r *worldReading) TagSets() []dataset.TagSetRow   { return r.tagSets }
func (r *worldReading) Close() error                   { return nil }

func (r *worldReading) Info() dataset.Info {
	return dataset.Info{Name: "World", TimeZone: r.w.zone, WeekStart: r.w.weekStart, Complete: !r.w.incomplete, Stamp: r.w.stamp}
}

func (r *worldReading) facts(id int32, number int32, v *rev) dataset.Facts {
	return dataset.Facts{ID: id, Rev: number, Project: r.ids["project "+v.project], Type: r.ids["type "+v.project+"/"+v.typ],
		State: r.ids["state "+v.project+"/"+v.typ+"/"+v.state], Area: r.ids["area "+v.area], Iteration: r.ids["iteration "+v.iteration],
		Assigned: r.person(v.assigned), Severity: r.severity(v.severity), TagSet: r.tagSet(v.tags), Board: r.place(v), Priority: v.priority,
		StoryPoints: v.points, Effort: v.effort, Size: v.size, OriginalEstimate: v.original, RemainingWork: v.remaining, CompletedWork: v.workDone}
}

func (r *worldReading) Items(visit func(*dataset.ItemRow) error) error {
	var row dataset.ItemRow
	for _, it := range r.items {
		last := it.revs[len(it.revs)-1]
		row = dataset.ItemRow{Facts: r.facts(it.id, int32(len(it.revs)), &last), Title: append(row.Title[:0], it.title...), Reason: it.reason,
			CreatedBy: r.person(it.createdBy), ChangedBy: r.person(last.by), Created: it.revs[0].at.UnixMilli(), Changed: last.at.UnixMilli(),
			Parent: it.parent, Comments: it.comments, Activated: millis(it.activated), Resolved: millis(it.resolved), Closed: millis(it.closed),
			StateChanged: millis(it.stateChanged)}
		if r.w.fields {
			row.Fields = append(r.fieldsOf(&last), r.text(it.valueArea), millis(it.started))
		}
		if it.target != "" {
			t, _ := time.ParseInLocation(time.DateOnly, it.target, r.w.location())
			row.Target = t.UnixMilli()
		}
		if err := visit(&row); err != nil {
			return err
		}
	}
	return nil
}

func (r *worldReading) Revisions(visit func(*dataset.RevisionRow) error) error {
	var row dataset.RevisionRow
	for _, it := range r.items {
		for i := range it.revs {
			v := &it.revs[i]
			if v.gone {
				continue
			}
			to := int64(dataset.Forever)
			if i+1 < len(it.revs) {
				to = it.revs[i+1].at.UnixMilli()
			}
			row = dataset.RevisionRow{Facts: r.facts(it.id, int32(i+1), v), From: v.at.UnixMilli(), To: to, ChangedBy: r.person(v.by)}
			if r.w.fields {
				row.Fields = r.fieldsOf(v)
			}
			if err := visit(&row); err != nil {
				return err
			}
		}
	}
	return nil
}

// engine opens the world at a time.
func (w *world) engine(now time.Time) *columns.Engine {
	e, err := columns.Open(context.Background(), w, columns.Options{Clock: func() time.Time { return now }})
	if err != nil {
		panic(err)
	}
	return e
}
