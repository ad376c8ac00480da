package dataset

// factModel is what the model says of one table beside work items.
type factModel struct {
	table    func() Table
	measures func() []Measure
}

// factModels has every fact table and the two tables of names that only facts use.
var factModels = map[string]factModel{
	Repositories:  {table: repositoryTable},
	Commits:       {commitTable, commitMeasures},
	PullRequests:  {pullRequestTable, pullRequestMeasures},
	Reviews:       {reviewTable, reviewMeasures},
	Pipelines:     {table: pipelineTable},
	PipelineRuns:  {runTable, runMeasures},
	PipelineTasks: {taskTable, taskMeasures},
	TestRuns:      {testRunTable, testRunMeasures},
	Deployments:   {deploymentTable, deploymentMeasures},
	Changesets:    {changesetTable, changesetMeasures},
	FileChanges:   {fileChangeTable, fileChangeMeasures},
	TFVCBranches:  {tfvcBranchTable, tfvcBranchMeasures},
}

// factModelOf describes a table beside work items and its measures; ok is false when there is none of that name.
func factModelOf(name string) (t Table, ms []Measure, ok bool) {
	f, ok := factModels[name]
	if !ok {
		return Table{}, nil, false
	}
	if f.measures != nil {
		ms = f.measures()
	}
	for i := range ms {
		ms[i].Table = name
		if ms[i].Direction == "" {
			ms[i].Direction = Neutral
		}
	}
	return f.table(), ms, true
}

// The folders of the measures of facts.
const (
	folderFacts     = "Counts"
	folderRates     = "Rates"
	folderDurations = "Durations"
	folderFiles     = "Files"
	folderFailures  = "Failures"
)

// factCount is a measure that counts rows by the day of an event. of is what it counts, such as commits.
func factCount(name, number, description, formula, of string, d Direction, synonyms ...string) Measure {
	return Measure{Name: name, Number: number, Synonyms: synonyms, Description: description, Formula: numbered(number, formula), Unit: of,
		Format: "integer", Additive: true, Direction: d, OverTime: OverTimeEvents, Folder: folderFacts}
}

// factDistinct is a measure that counts distinct members; the parts of a split do not sum to it.
func factDistinct(name, description, formula, of string, synonyms ...string) Measure {
	m := factCount(name, "", description, formula, of, Neutral, synonyms...)
	m.Additive = false
	return m
}

// factSum is a measure that adds up a column by the day of an event.
func factSum(name, description, formula, of string, d Direction, synonyms ...string) Measure {
	return factCount(name, "", description, formula+" Rows without a number add nothing; without any number it is null.", of, d, synonyms...)
}

// factRate is a ratio of sums.
func factRate(name, number, description, formula string, d Direction, synonyms ...string) Measure {
	return Measure{Name: name, Number: number, Synonyms: synonyms, Description: description, Formula: numbered(number, formula), Format: "percent",
		Direction: d, OverTime: OverTimeEvents, Folder: folderRates}
}

// factDuration is a percentile or a mean of durations.
func factDuration(name, number, description, formula, unit string, synonyms ...string) Measure {
	format := "decimal1"
	if unit == "hours" || unit == "days" {
		format = unit
	}
	return Measure{Name: name, Number: number, Synonyms: synonyms, Description: description, Formula: numbered(number, formula), Unit: unit, Format: format,
		Direction: UpIsWorse, OverTime: OverTimeEvents, Folder: folderDurations}
}

func (m Measure) inFolder(folder string) Measure { m.Folder = folder; return m }

func numbered(number, formula string) string {
	if number == "" {
		return formula
	}
	return number + ": " + formula
}

// dated is a column that holds a day.
func dated(ref FieldRef, description string) Column {
	return grouped(ref, Date, RoleDate, description+" In days of the dataset's zone.").in("Dates")
}

// countColumn is a column of whole numbers.
func countColumn(ref FieldRef, folder, unit, description string) Column {
	c := number(ref, folder, unit, "integer", description)
	c.Type = Integer
	return c
}

// goneColumn says that the service no longer lists what the row tells of.
func goneColumn(ref FieldRef) Column {
	return grouped(ref, Boolean, RoleNone, "True when the service no longer has it, by its own retention or because somebody deleted it.")
}
