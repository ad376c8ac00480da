package azdo

var timelineMembers = []member[Timeline]{
	{"records", rowsIn[Timeline, TimelineRecord](func(t *Timeline) *[]TimelineRecord { return &t.Records })},
}

func (t *Timeline) scan(b []byte, i int) int { return scanMembers(t, timelineMembers, b, i) }

var recordMembers = []member[TimelineRecord]{
	{"id", textIn(func(r *TimelineRecord) *string { return &r.ID })},
	{"parentId", textIn(func(r *TimelineRecord) *string { return &r.ParentID })},
	{"type", textIn(func(r *TimelineRecord) *EnumText { return &r.Type })},
	{"name", textIn(func(r *TimelineRecord) *string { return &r.Name })},
	{"startTime", timeIn(func(r *TimelineRecord) *Time { return &r.StartTime })},
	{"finishTime", timeIn(func(r *TimelineRecord) *Time { return &r.FinishTime })},
	{"state", textIn(func(r *TimelineRecord) *EnumText { return &r.State })},
	{"result", textIn(func(r *TimelineRecord) *EnumText { return &r.Result })},
	{"workerName", textIn(func(r *TimelineRecord) *string { return &r.WorkerName })},
	{"order", numeralIn(func(r *TimelineRecord) *IntOrText { return &r.Order })},
	{"errorCount", numeralIn(func(r *TimelineRecord) *IntOrText { return &r.ErrorCount })},
	{"warningCount", numeralIn(func(r *TimelineRecord) *IntOrText { return &r.WarningCount })},
	{"attempt", numeralIn(func(r *TimelineRecord) *IntOrText { return &r.Attempt })},
	{"identifier", textIn(func(r *TimelineRecord) *string { return &r.Identifier })},
}

func (r *TimelineRecord) scan(b []byte, i int) int { return scanMembers(r, recordMembers, b, i) }

var buildMembers = []member[Build]{
	{"id", numeralIn(func(b *Build) *IntOrText { return &b.ID })},
	{"buildNumber", textIn(func(b *Build) *string { return &b.BuildNumber })},
	{"status", textIn(func(b *Build) *EnumText { return &b.Status })},
	{"result", textIn(func(b *Build) *EnumText { return &b.Result })},
	{"queueTime", timeIn(func(b *Build) *Time { return &b.QueueTime })},
	{"startTime", timeIn(func(b *Build) *Time { return &b.StartTime })},
	{"finishTime", timeIn(func(b *Build) *Time { return &b.FinishTime })},
	{"definition", objectIn(func(b *Build) scannable { return &b.Definition })},
	{"sourceBranch", textIn(func(b *Build) *string { return &b.SourceBranch })},
	{"sourceVersion", textIn(func(b *Build) *string { return &b.SourceVersion })},
	{"queue", newIn(func(b *Build) **BuildQueue { return &b.Queue }, (*BuildQueue).scan)},
	{"reason", textIn(func(b *Build) *EnumText { return &b.Reason })},
	{"requestedFor", newIn(func(b *Build) **IdentityRef { return &b.RequestedFor }, (*IdentityRef).scan)},
	{"requestedBy", newIn(func(b *Build) **IdentityRef { return &b.RequestedBy }, (*IdentityRef).scan)},
	{"repository", newIn(func(b *Build) **BuildSource { return &b.Repository }, (*BuildSource).scan)},
	{"keepForever", flagIn(func(b *Build) *bool { return &b.KeepForever })},
	{"deleted", flagIn(func(b *Build) *bool { return &b.Deleted })},
	{"tags", textsIn(func(b *Build) *[]string { return &b.Tags })},
}

func (b *Build) scan(body []byte, i int) int { return scanMembers(b, buildMembers, body, i) }

var definitionMembers = []member[DefinitionRef]{
	{"id", numeralIn(func(d *DefinitionRef) *IntOrText { return &d.ID })},
	{"name", textIn(func(d *DefinitionRef) *string { return &d.Name })},
	{"path", textIn(func(d *DefinitionRef) *string { return &d.Path })},
}

func (d *DefinitionRef) scan(b []byte, i int) int { return scanMembers(d, definitionMembers, b, i) }

var queueMembers = []member[BuildQueue]{
	{"name", textIn(func(q *BuildQueue) *string { return &q.Name })},
	{"pool", newIn(func(q *BuildQueue) **NamedRef { return &q.Pool }, (*NamedRef).scan)},
}

func (q *BuildQueue) scan(b []byte, i int) int { return scanMembers(q, queueMembers, b, i) }

var namedMembers = []member[NamedRef]{{"name", textIn(func(r *NamedRef) *string { return &r.Name })}}

func (r *NamedRef) scan(b []byte, i int) int { return scanMembers(r, namedMembers, b, i) }

var buildSourceMembers = []member[BuildSource]{
	{"id", textIn(func(s *BuildSource) *string { return &s.ID })},
	{"type", textIn(func(s *BuildSource) *string { return &s.Type })},
	{"name", textIn(func(s *BuildSource) *string { return &s.Name })},
}

func (s *BuildSource) scan(b []byte, i int) int { return scanMembers(s, buildSourceMembers, b, i) }

var testRunMembers = []member[TestRun]{
	{"id", numeralIn(func(r *TestRun) *IntOrText { return &r.ID })},
	{"name", textIn(func(r *TestRun) *string { return &r.Name })},
	{"build", newIn(func(r *TestRun) **NumberedRef { return &r.Build }, (*NumberedRef).scan)},
	{"isAutomated", flagIn(func(r *TestRun) *bool { return &r.IsAutomated })},
	{"owner", newIn(func(r *TestRun) **IdentityRef { return &r.Owner }, (*IdentityRef).scan)},
	{"startedDate", timeIn(func(r *TestRun) *Time { return &r.StartedDate })},
	{"completedDate", timeIn(func(r *TestRun) *Time { return &r.CompletedDate })},
	{"lastUpdatedDate", timeIn(func(r *TestRun) *Time { return &r.LastUpdatedDate })},
	{"state", textIn(func(r *TestRun) *EnumText { return &r.State })},
	{"totalTests", newIn(func(r *TestRun) **IntOrText { return &r.TotalTests }, scanNumeral)},
	{"incompleteTests", numeralIn(func(r *TestRun) *IntOrText { return &r.IncompleteTests })},
	{"notApplicableTests", numeralIn(func(r *TestRun) *IntOrText { return &r.NotApplicableTests })},
	{"passedTests", newIn(func(r *TestRun) **IntOrText { return &r.PassedTests }, scanNumeral)},
	{"unanalyzedTests", newIn(func(r *TestRun) **IntOrText { return &r.UnanalyzedTests }, scanNumeral)},
	{"release", newIn(func(r *TestRun) **NumberedRef { return &r.Release }, (*NumberedRef).scan)},
	{"runStatistics", rowsIn[TestRun, RunStatistic](func(r *TestRun) *[]RunStatistic { return &r.RunStatistics })},
	{"pipelineReference", newIn(func(r *TestRun) **PipelineReference { return &r.PipelineReference }, (*PipelineReference).scan)},
}

func (r *TestRun) scan(b []byte, i int) int { return scanMembers(r, testRunMembers, b, i) }

var scanNumeral = numeralIn(func(n *IntOrText) *IntOrText { return n })

var numberedMembers = []member[NumberedRef]{
	{"id", numeralIn(func(r *NumberedRef) *IntOrText { return &r.ID })},
	{"name", textIn(func(r *NumberedRef) *string { return &r.Name })},
}

func (r *NumberedRef) scan(b []byte, i int) int { return scanMembers(r, numberedMembers, b, i) }

var statisticMembers = []member[RunStatistic]{
	{"state", textIn(func(s *RunStatistic) *EnumText { return &s.State })},
	{"outcome", textIn(func(s *RunStatistic) *EnumText { return &s.Outcome })},
	{"count", numeralIn(func(s *RunStatistic) *IntOrText { return &s.Count })},
}

func (s *RunStatistic) scan(b []byte, i int) int { return scanMembers(s, statisticMembers, b, i) }

var pipelineMembers = []member[PipelineReference]{
	{"pipelineId", numeralIn(func(p *PipelineReference) *IntOrText { return &p.PipelineID })},
	{"stageReference", newIn(func(p *PipelineReference) **StageReference { return &p.StageReference }, (*StageReference).scan)},
}

func (p *PipelineReference) scan(b []byte, i int) int { return scanMembers(p, pipelineMembers, b, i) }

var stageMembers = []member[StageReference]{{"stageName", textIn(func(s *StageReference) *string { return &s.StageName })}}

func (s *StageReference) scan(b []byte, i int) int { return scanMembers(s, stageMembers, b, i) }
