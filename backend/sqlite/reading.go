package sqlite

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"

	zs "zombiezen.com/go/sqlite"
)

// reading is one consistent look at a dataset file: one read transaction on one connection. One goroutine
// at a time uses it.
type reading struct {
	ctx  context.Context
	file *file
	conn *zs.Conn

	info       dataset.Info
	generation int64
	names      *names
	person     []int32 // number of a person → of the one who stands for them
	areas      tree
	iterations tree
	teams      []dataset.TeamRow
	teamBoards []dataset.TeamBoardRow
	source     sourceNames
	factTables []dataset.FactTable
	texts      textTable
	fields     fieldTable
	details    detailWalk
	changes    changeSets
	buffer     []byte
	failed     error // of a method that cannot return it; the next that can does
}

// Read opens a reading of the state that is committed now; a refresh may go on meanwhile. The caller
// closes it soon, because the write-ahead log cannot be emptied before.
func (d *Dataset) Read(ctx context.Context) (dataset.Reading, error) {
	const op = "sqlite.Read"
	c, err := d.file.borrow(op)
	if err != nil {
		return nil, err
	}
	r := &reading{ctx: ctx, file: d.file, conn: c}
	c.SetInterrupt(ctx.Done())
	if err := r.load(); err != nil {
		r.Close()
		return nil, d.file.explain(ctx, op, err)
	}
	return r, nil
}

func (r *reading) load() error {
	if err := run(r.conn, "BEGIN"); err != nil {
		return err
	}
	meta, err := readMeta(r.conn)
	if err != nil {
		return err
	}
	r.info, r.generation = infoOf(meta)
	if r.names, err = readNames(r.conn); err != nil {
		return err
	}
	r.person = standIns(r.names.people)
	nodes, err := readNodes(r.conn)
	if err != nil {
		return err
	}
	r.areas = growTree(areaKind, nodes[areaKind], r.names)
	r.iterations = growTree(iterationKind, nodes[iterationKind], r.names)
	if r.teams, err = r.readTeams(); err != nil {
		return err
	}
	return firstOf(r.texts.open(r.conn), r.readTeamBoards(), r.readSource(), r.readFactTables(), r.readFields())
}

func infoOf(meta map[string]string) (info dataset.Info, generation int64) {
	info = dataset.Info{Name: meta[metaName], Organization: meta[metaOrganization], URL: meta[metaURL],
		TimeZone: meta[metaTimeZone], Complete: meta[metaComplete] == "1",
		Stamp: strings.Join([]string{meta[metaCreated], meta[metaURL], meta[metaGeneration], meta[metaLastCommit]}, " ")}
	if day, err := strconv.Atoi(meta[metaWeekStart]); err == nil && day >= 0 && day <= int(time.Saturday) {
		info.WeekStart = time.Weekday(day)
	}
	// A load that has not ended yet has no refresh to name: its last commit is the nearest truth.
	for _, name := range []string{metaLastRefresh, metaLastCommit} {
		if at, err := time.Parse(time.RFC3339Nano, meta[name]); err == nil {
			info.LastRefresh = at
			break
		}
	}
	generation, err := strconv.ParseInt(meta[metaGeneration], 10, 64)
	if err != nil {
		generation = 1
	}
	return info, generation
}

// addressBook finds by address in small letters the one person with an id who has it; 0 when several have.
func addressBook(people []devops.Person) map[string]int32 {
	book := map[string]int32{}
	for id, p := range people {
		if p.ID == "" || p.UniqueName == "" {
			continue
		}
		key := strings.ToLower(p.UniqueName)
		if _, twice := book[key]; twice {
			book[key] = 0
			continue
		}
		book[key] = int32(id)
	}
	return book
}

// standIns maps somebody known by address only to the person with an id who has that address, if exactly
// one has: the same human being, seen through an older field.
func standIns(people []devops.Person) []int32 {
	book := addressBook(people)
	out := make([]int32, len(people))
	for id, p := range people {
		out[id] = int32(id)
		if p.ID == "" && p.UniqueName != "" {
			if other := book[strings.ToLower(p.UniqueName)]; other > 0 {
				out[id] = other
			}
		}
	}
	return out
}

func (r *reading) Generation() int64             { return r.generation }
func (r *reading) Info() dataset.Info            { return r.info }
func (r *reading) Areas() []dataset.NodeRow      { return r.areas.rows }
func (r *reading) Iterations() []dataset.NodeRow { return r.iterations.rows }
func (r *reading) Teams() []dataset.TeamRow      { return r.teams }

// estimateFields are the fields that hold an estimate, by the number that ProjectRow gives them.
var estimateFields = map[string]int8{
	"Microsoft.VSTS.Scheduling.StoryPoints": 1,
	"Microsoft.VSTS.Scheduling.Effort":      2,
	"Microsoft.VSTS.Scheduling.Size":        3,
}

func (r *reading) Projects() []dataset.ProjectRow {
	var out []dataset.ProjectRow
	for id, p := range r.names.projects[1:] {
		out = append(out, dataset.ProjectRow{ID: int32(id + 1), GUID: p.ID, Name: p.Name, Process: string(p.Process),
			EstimateField: estimateFields[p.backlog.Effort], Gone: p.Gone})
	}
	return out
}

func (r *reading) People() []dataset.PersonRow {
	var out []dataset.PersonRow
	for id, p := range r.names.people {
		if id == 0 || r.person[id] != int32(id) {
			continue
		}
		out = append(out, dataset.PersonRow{ID: int32(id), Name: p.Name, Address: p.UniqueName, Identity: p.ID})
	}
	return append(out, r.source.signers...)
}

// Types hands out the types that a process has or a revision uses.
func (r *reading) Types() []dataset.TypeRow {
	var out []dataset.TypeRow
	for id, t := range r.names.types {
		if id == 0 || !t.listed && !t.used {
			continue
		}
		out = append(out, dataset.TypeRow{ID: int32(id), Project: t.project, Name: t.Name, Bug: t.Bug,
			Level: string(t.BacklogKind), LevelName: t.BacklogName, LevelRank: int32(t.BacklogRank)})
	}
	return out
}

func (r *reading) States() []dataset.StateRow {
	var out []dataset.StateRow
	for id, s := range r.names.states {
		if id == 0 || !s.listed && !s.used {
			continue
		}
		out = append(out, dataset.StateRow{ID: int32(id), Type: s.kind, Name: s.Name,
			Category: categoryNumber(s.Category), Order: int16(s.Order)})
	}
	return out
}

func categoryNumber(c devops.StateCategory) int8 {
	for i, known := range devops.StateCategories {
		if c == known {
			return int8(i + 1)
		}
	}
	return 0
}

func (r *reading) Severities() []dataset.TextRow {
	var out []dataset.TextRow
	for id, s := range r.names.severities[1:] {
		out = append(out, dataset.TextRow{ID: int32(id + 1), Text: s})
	}
	return out
}

func (r *reading) TagSets() []dataset.TagSetRow {
	var out []dataset.TagSetRow
	for id, tags := range r.names.tagSets[1:] {
		out = append(out, dataset.TagSetRow{ID: int32(id + 1), Tags: tags})
	}
	return append(out, r.madeTagSets()...)
}

// fail keeps the first error of a method that cannot return one.
func (r *reading) fail(op string, err error) {
	if err != nil && r.failed == nil {
		r.failed = r.file.explain(r.ctx, op, err)
	}
}

// Close gives the connection back, without the pages that a walk over all rows left in its cache. Closing
// twice does nothing.
func (r *reading) Close() error {
	c := r.conn
	if c == nil {
		return nil
	}
	r.conn = nil
	c.SetInterrupt(nil)
	err := run(c, "PRAGMA shrink_memory")
	r.file.giveBack(c)
	return r.file.explain(context.Background(), "sqlite.Close", err)
}
