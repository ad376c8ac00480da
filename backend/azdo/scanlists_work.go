package azdo

var capacityMembers = []member[TeamCapacity]{
	{"teamMembers", rowsIn[TeamCapacity, MemberCapacity](func(t *TeamCapacity) *[]MemberCapacity { return &t.TeamMembers })},
	{"totalCapacityPerDay", numberIn(func(t *TeamCapacity) *float64 { return &t.TotalCapacityPerDay })},
	{"totalDaysOff", wholeIn(func(t *TeamCapacity) *int { return &t.TotalDaysOff })},
	{"value", func(*TeamCapacity, []byte, int) int { return -1 }}, // of older servers
	{"values", func(*TeamCapacity, []byte, int) int { return -1 }},
}

func (t *TeamCapacity) scan(b []byte, i int) int { return scanMembers(t, capacityMembers, b, i) }

var personCapacityMembers = []member[MemberCapacity]{
	{"teamMember", objectIn(func(m *MemberCapacity) scannable { return &m.TeamMember })},
	{"activities", rowsIn[MemberCapacity, ActivityCapacity](func(m *MemberCapacity) *[]ActivityCapacity { return &m.Activities })},
	{"daysOff", rowsIn[MemberCapacity, DateRange](func(m *MemberCapacity) *[]DateRange { return &m.DaysOff })},
}

func (m *MemberCapacity) scan(b []byte, i int) int {
	return scanMembers(m, personCapacityMembers, b, i)
}

var activityMembers = []member[ActivityCapacity]{
	{"capacityPerDay", numberIn(func(a *ActivityCapacity) *float64 { return &a.CapacityPerDay })},
	{"name", textIn(func(a *ActivityCapacity) *string { return &a.Name })},
}

func (a *ActivityCapacity) scan(b []byte, i int) int { return scanMembers(a, activityMembers, b, i) }

var rangeMembers = []member[DateRange]{
	{"start", timeIn(func(r *DateRange) *Time { return &r.Start })},
	{"end", timeIn(func(r *DateRange) *Time { return &r.End })},
}

func (r *DateRange) scan(b []byte, i int) int { return scanMembers(r, rangeMembers, b, i) }

var daysOffMembers = []member[teamDaysOff]{
	{"daysOff", rowsIn[teamDaysOff, DateRange](func(d *teamDaysOff) *[]DateRange { return &d.DaysOff })},
}

func (d *teamDaysOff) scan(b []byte, i int) int { return scanMembers(d, daysOffMembers, b, i) }

var linkPageMembers = []member[LinkPage]{
	{"values", rowsIn[LinkPage, WorkItemLink](func(p *LinkPage) *[]WorkItemLink { return &p.Values })},
	{"nextLink", textIn(func(p *LinkPage) *string { return &p.NextLink })},
	{"continuationToken", textIn(func(p *LinkPage) *string { return &p.ContinuationToken })},
	{"isLastBatch", flagIn(func(p *LinkPage) *bool { return &p.IsLast })},
}

func (p *LinkPage) scan(b []byte, i int) int { return scanMembers(p, linkPageMembers, b, i) }

var linkMembers = []member[WorkItemLink]{
	{"rel", textIn(func(l *WorkItemLink) *string { return &l.Rel })},
	{"sourceId", wholeIn(func(l *WorkItemLink) *int { return &l.SourceID })},
	{"targetId", wholeIn(func(l *WorkItemLink) *int { return &l.TargetID })},
	{"changedDate", timeIn(func(l *WorkItemLink) *Time { return &l.ChangedDate })},
	{"isActive", flagIn(func(l *WorkItemLink) *bool { return &l.IsActive })},
}

func (l *WorkItemLink) scan(b []byte, i int) int { return scanMembers(l, linkMembers, b, i) }
