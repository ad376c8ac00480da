package columns

import (
	"time"

	"sightline/backend/dataset"
)

// Columns that only measures read.
const (
	runStage     dataset.FieldRef = "Pipeline tasks[Run and stage]"
	runJob       dataset.FieldRef = "Pipeline tasks[Run, stage and job]"
	timedMinutes dataset.FieldRef = "Test runs[Minutes of runs with results]"
	timedResults dataset.FieldRef = "Test runs[Results of runs with times]"
)

// factColumns add the columns of a table that are computed from stored ones.
var factColumns = map[string]func(g *generation, r *relation){
	dataset.Commits:       commitColumns,
	dataset.PullRequests:  pullRequestColumns,
	dataset.PipelineTasks: taskColumns,
	dataset.TestRuns:      testRunColumns,
}

// numberOf is the number of one row, whatever the column is made of.
func (s *source) numberOf(g *generation, seg *segment, row int32, at *moment) float64 {
	if s.number != nil {
		return s.number(g, seg, row, at)
	}
	return s.numbers[seg.vector[s.vector].at(row)]
}

// commitColumns are the day of the week and the hour of the author date, and the files that changed.
func commitColumns(g *generation, r *relation) {
	authored := r.facts.instant("Authored")
	var hours, weekdays column[uint32]
	for row, ms := range authored.ms {
		hour, day := uint32(0), uint32(0) // blank
		if ms != 0 {
			hour = uint32(time.UnixMilli(ms).In(g.cal.zone).Hour()) + 1
			day = uint32(authored.days.at(int32(row)).Weekday()) + 1
		}
		hours.add(hour)
		weekdays.add(day)
	}
	hourNumbers, hourEntries := []float64{nan}, []entry{numberEntry(nan)}
	for h := range 24 {
		hourNumbers, hourEntries = append(hourNumbers, float64(h)), append(hourEntries, numberEntry(float64(h)))
	}
	r.coded(dataset.CommitHour, &hours, hourEntries).numbers = hourNumbers
	dayEntries := []entry{blankEntry(dataset.Blank)}
	for d := range 7 {
		place := (d - int(g.cal.weekStart) + 7) % 7
		dayEntries = append(dayEntries, textEntry(time.Weekday(d).String(), float64(place)))
	}
	r.coded(dataset.CommitWeekday, &weekdays, dayEntries)
	g.filesChanged(r)
}

// filesChanged adds up three columns once, so that their sum is counted as fast as they are.
func (g *generation) filesChanged(r *relation) {
	parts := []*source{r.sources[dataset.FilesAdded], r.sources[dataset.FilesEdited], r.sources[dataset.FilesDeleted]}
	var in interned[uint64, float64]
	var codes column[uint32]
	now := g.latest()
	for row := range int32(r.facts.n) {
		sum := 0.0
		for _, p := range parts {
			sum += p.numberOf(g, &r.facts.segment, row, now)
		}
		codes.add(intern(&in, bits(sum), func() float64 { return sum }))
	}
	r.coded(dataset.FilesChanged, &codes, entriesOf(in.values, numberEntry)).numbers = in.values
}

// coded adds a dictionary column of codes that do not come from the file.
func (r *relation) coded(ref dataset.FieldRef, codes *column[uint32], entries []entry) *source {
	s := &source{ref: ref, vector: len(r.facts.vector), domain: newDomain(entries)}
	r.facts.vector = append(r.facts.vector, pack(codes, nil, len(entries)))
	r.sources[ref] = s
	return s
}

// computed adds a column of numbers that are computed for each row.
func (r *relation) computed(ref dataset.FieldRef, number func(g *generation, seg *segment, row int32, at *moment) float64) *source {
	s := &source{ref: ref, number: number}
	r.sources[ref] = s
	return s
}

// pullRequestColumns are the age of active pull requests and its buckets.
func pullRequestColumns(_ *generation, r *relation) {
	created, closed := r.facts.instant("Created").ms, r.facts.instant("Closed").ms
	age := func(_ *generation, _ *segment, row int32, at *moment) float64 {
		if c := created[row]; c == 0 || closed[row] != 0 && closed[row] < at.cut {
			return nan
		}
		return float64(at.instant-created[row]) / millisADay
	}
	days := r.computed(dataset.PullAgeDays, age)
	days.aged, days.clocked = true, true
	bucket := r.computed(dataset.PullAgeBucket, func(g *generation, s *segment, row int32, at *moment) float64 {
		days := age(g, s, row, at)
		if days != days {
			return nan
		}
		bucket := 0
		for bucket < len(dataset.PullAgeBucketEnds) && days >= dataset.PullAgeBucketEnds[bucket] {
			bucket++
		}
		return float64(bucket)
	})
	bucket.aged, bucket.clocked, bucket.buckets = true, true, bucketMembers(dataset.PullAgeBuckets)
}

// taskColumns tell apart the stages and jobs of all runs: a stage of a run is a number of its own.
func taskColumns(_ *generation, r *relation) {
	at := func(column string) *factColumn { return &r.facts.columns[r.facts.layout.Column(column)] }
	run, stage, job := at("Run"), at("Stage"), at("Job")
	stages, jobs := float64(len(stage.codes)), float64(len(job.codes))
	place := func(seg *segment, row int32) float64 {
		return float64(seg.vector[run.vector].at(row))*stages + float64(seg.vector[stage.vector].at(row))
	}
	r.computed(runStage, func(_ *generation, seg *segment, row int32, _ *moment) float64 { return place(seg, row) })
	r.computed(runJob, func(_ *generation, seg *segment, row int32, _ *moment) float64 {
		return place(seg, row)*jobs + float64(seg.vector[job.vector].at(row))
	})
}

// testRunColumns are the time and the results of test runs that have both.
func testRunColumns(_ *generation, r *relation) {
	minutes, results := r.sources[dataset.TestRunMinutes], r.sources[dataset.TestsTotal]
	timed := func(pick func(minutes, results float64) float64) func(*generation, *segment, int32, *moment) float64 {
		return func(g *generation, seg *segment, row int32, at *moment) float64 {
			m, n := minutes.numberOf(g, seg, row, at), results.numberOf(g, seg, row, at)
			if m != m || !(n > 0) {
				return nan
			}
			return pick(m, n)
		}
	}
	r.computed(timedMinutes, timed(func(m, _ float64) float64 { return m })).aged = true
	r.computed(timedResults, timed(func(_, n float64) float64 { return n })).aged = true
}
