package dataset

func pipelineTable() Table {
	return table(Pipelines, "Pipelines: build definitions and YAML pipelines. Two of one name in different folders or projects are two.",
		grouped(Pipeline, Text, RolePipeline, "Name of the pipeline, as it is now; a renamed pipeline keeps its runs.").also("Build definition", "Definition"),
		grouped(PipelineFolder, Text, RoleNone, "Folder of the pipeline; \\ for the root."),
		goneColumn(PipelineGone))
}

// outcomeOrder is how results are drawn, from good to bad.
const outcomeOrder = "succeeded to canceled"

func runTable() Table {
	minutes := func(ref FieldRef, description string) Column {
		return number(ref, folderDurations, "minutes", "decimal1", description)
	}
	return table(PipelineRuns, "Runs of pipelines, also called builds. One row a run, as it was at the as-of time.",
		grouped(RunID, Integer, RoleRunID, "Number of the run in the organization.").also("Run id", "Build id"),
		grouped(RunNumber, Text, RoleTitle, "Name of the run, such as 20261118.3.").also("Build number", "Run number"),
		grouped(RunStatus, Text, RoleNone, "notStarted, inProgress, completed …, as it was at the as-of time.").sorted("notStarted to completed").also("Run status"),
		grouped(RunResult, Text, RoleOutcome, "succeeded, partiallySucceeded, failed or canceled; blank until the run has finished.").sorted(outcomeOrder).also("Run result", "Outcome"),
		grouped(RunReason, Text, RoleNone, "What started it: manual, individualCI, batchedCI, schedule, pullRequest and so on.").also("Run reason", "Trigger"),
		grouped(RunBranch, Text, RoleBranch, "Branch that was built.").also("Run branch"),
		grouped(RunPool, Text, RoleNone, "Pool of agents.").also("Queue"),
		grouped(RunRequestedFor, Text, RolePerson, "Whom the run was made for."),
		grouped(RunTag, Text, RoleNone, "One tag of the run. A run with two tags counts under both."),
		dated(RunQueued, "When it was queued."),
		dated(RunStarted, "When it was started; blank until then."),
		dated(RunFinished, "When it finished; blank until then."),
		minutes(RunQueueMinutes, "Minutes from queue time to start (M44)."),
		minutes(RunMinutes, "Minutes from start to finish (M44)."),
		minutes(RunTotalMinutes, "Minutes from queue time to finish (M32)."),
		goneColumn(RunGone))
}

func runMeasures() []Measure {
	const byFinish = " by the day on which they finished."
	runs := func(name, description, formula string, d Direction, synonyms ...string) Measure {
		return factCount(name, "M30", description, formula+byFinish, "runs", d, synonyms...)
	}
	rate := func(name, description, what string, d Direction, synonyms ...string) Measure {
		return factRate(name, "M31", description, what+" / finished runs without canceled ones,"+byFinish+" Over several rows it is the ratio of their sums, never a mean of rates; null when nothing is left.", d, synonyms...)
	}
	minutes := func(name, number, description, formula string, synonyms ...string) Measure {
		return factDuration(name, number, description, formula+byFinish+percentile, "minutes", synonyms...)
	}
	queued := factCount(RunsQueued, "", "Runs queued in the period.", "Runs by the day of their queue time.", "runs", Neutral, "Queued runs")
	progress := factCount(RunsInProgress, "", "Runs that wait or run now, or did at the end of each period.", "Runs queued by then and not finished by then.", "runs", Neutral, "Running")
	progress.OverTime = OverTimeAsOf
	const (
		good  = "over runs that succeeded, wholly or partially,"
		total = "finish minus queue time in minutes "
		build = "finish minus start in minutes "
	)
	return []Measure{
		runs(CountOfRuns, "Runs that finished in the period, canceled ones included.", "finished runs,", Neutral, "Runs", "Builds"),
		queued, progress,
		factDistinct(PipelinesWithRuns, "How many pipelines had a run that finished.", "Distinct pipelines of finished runs,"+byFinish, "pipelines"),
		runs(SucceededRuns, "Runs that succeeded.", "finished runs whose result is succeeded,", UpIsBetter, "Succeeded"),
		runs(PartlySucceededRuns, "Runs that succeeded with problems.", "finished runs whose result is partiallySucceeded,", UpIsWorse, "Partially succeeded"),
		runs(FailedRuns, "Runs that failed.", "finished runs whose result is failed,", UpIsWorse, "Failed builds"),
		runs(CanceledRuns, "Runs that were canceled.", "finished runs whose result is canceled,", Neutral),
		rate(PassRate, "Share of the runs that succeeded.", "succeeded", UpIsBetter, "Success rate", "Pipeline pass rate"),
		rate(FailRate, "Share of the runs that failed.", "failed", UpIsWorse, "Failure rate"),
		rate(PartialRate, "Share of the runs that succeeded partially.", "partiallySucceeded", UpIsWorse),
		minutes(MedianRunDuration, "M32", "Half of the good runs took longer, waiting included.", "median of "+total+good, "Duration 50th percentile"),
		minutes(RunDurationP80, "M32", "80 % of the good runs took less, waiting included.", "80th percentile of "+total+good, "Duration 80th percentile"),
		minutes(RunDurationP90, "M32", "90 % of the good runs took less, waiting included.", "90th percentile of "+total+good, "Duration 90th percentile"),
		minutes(RunDurationP95, "M32", "95 % of the good runs took less, waiting included.", "95th percentile of "+total+good, "Duration 95th percentile"),
		minutes(MedianBuildDuration, "M44", "Half of the runs took longer once they were started.", "median of "+build+"over finished runs of any result,"),
		minutes(BuildDurationP90, "M44", "90 % of the runs took less once they were started.", "90th percentile of "+build+"over finished runs of any result,"),
		minutes(BuildDurationP95, "M44", "95 % of the runs took less once they were started.", "95th percentile of "+build+"over finished runs of any result,"),
		minutes(MedianFailedDuration, "M44", "Half of the failed runs took longer until they failed.", "median of "+build+"over failed runs,"),
		minutes(MedianQueueWait, "M44", "Half of the runs waited longer to be started.", "median of start minus queue time in minutes over finished runs,"),
		minutes(QueueWaitP90, "M44", "90 % of the runs were started sooner.", "90th percentile of start minus queue time in minutes over finished runs,"),
	}
}

func taskTable() Table {
	return table(PipelineTasks, "Tasks of pipeline runs that were attempted, as far as the timelines of the runs are loaded. One row a task of a run.",
		grouped(Task, Text, RoleNone, "Name of the task as the pipeline shows it."),
		grouped(TaskJob, Text, RoleNone, "Job that the task is part of."),
		grouped(TaskStage, Text, RoleNone, "Stage that the job is part of; blank for a pipeline without stages."),
		grouped(TaskResult, Text, RoleOutcome, "succeeded, succeededWithIssues, failed, canceled, skipped or abandoned; blank until it has finished.").sorted(outcomeOrder).also("Task result"),
		dated(TaskStarted, "When the task was started."),
		dated(TaskFinished, "When the task finished."),
		number(TaskMinutes, folderDurations, "minutes", "decimal2", "Minutes from start to finish (M33)."))
}

func taskMeasures() []Measure {
	const byRun = " by the day on which the run finished."
	failed := func(name, number, description, formula string) Measure {
		return factCount(name, number, description, formula+byRun, "", UpIsWorse).inFolder(folderFailures)
	}
	once := func(m Measure) Measure { m.Additive = false; return m } // two tasks of one stage are one failed stage
	minutes := func(name, which, description string) Measure {
		m := factDuration(name, "M33", description, which+" of finish minus start of tasks in minutes, in runs that succeeded, wholly or partially; not of canceled, skipped or abandoned tasks,"+byRun+percentile, "minutes")
		m.Format = "decimal2"
		return m
	}
	return []Measure{
		factCount(CountOfTasks, "", "Tasks that finished in the period.", "Tasks by the day on which they finished.", "tasks", Neutral),
		once(failed(FailedStages, "M34", "Stages that failed: each stage once a run, however many of its tasks failed.", "distinct pairs of a run that failed and a stage of it with at least one failed task,")),
		once(failed(FailedJobs, "M34", "Jobs that failed: each job once a run, however many of its tasks failed.", "distinct pairs of a run that failed and a job of it with at least one failed task,")),
		failed(FailedTasks, "M34", "Tasks that failed in runs that failed.", "failed tasks of runs that failed,"),
		minutes(MedianTaskDuration, "median", "Half of the tasks took longer."),
		minutes(TaskDurationP80, "80th percentile", "80 % of the tasks took less."),
		minutes(TaskDurationP95, "95th percentile", "95 % of the tasks took less."),
	}
}
