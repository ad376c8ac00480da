package columns

import "sightline/backend/dataset"

func runCalculations() map[string]calculation {
	result := func(texts ...string) condition { return is(dataset.RunResult, texts...) }
	counted := isNot(dataset.RunResult, dataset.ResultCanceled)
	good := result(dataset.ResultSucceeded, dataset.ResultPartlySucceeded)
	rate := func(of string) calculation { return ratio(factsOn("", result(of)), factsOn("", counted)) } // M31
	return map[string]calculation{
		dataset.CountOfRuns:         countFacts(""),
		dataset.RunsQueued:          countFacts("Queued"),
		dataset.RunsInProgress:      countAlive("Finished"),
		dataset.PipelinesWithRuns:   distinctFacts("", dataset.Pipeline),
		dataset.SucceededRuns:       countFacts("", result(dataset.ResultSucceeded)), // M30
		dataset.PartlySucceededRuns: countFacts("", result(dataset.ResultPartlySucceeded)),
		dataset.FailedRuns:          countFacts("", result(dataset.ResultFailed)),
		dataset.CanceledRuns:        countFacts("", result(dataset.ResultCanceled)),
		dataset.PassRate:            rate(dataset.ResultSucceeded),
		dataset.FailRate:            rate(dataset.ResultFailed),
		dataset.PartialRate:         rate(dataset.ResultPartlySucceeded),

		dataset.MedianRunDuration:    rankFacts("", dataset.RunTotalMinutes, 0.5, good), // M32
		dataset.RunDurationP80:       rankFacts("", dataset.RunTotalMinutes, 0.8, good),
		dataset.RunDurationP90:       rankFacts("", dataset.RunTotalMinutes, 0.9, good),
		dataset.RunDurationP95:       rankFacts("", dataset.RunTotalMinutes, 0.95, good),
		dataset.MedianBuildDuration:  rankFacts("", dataset.RunMinutes, 0.5), // M44
		dataset.BuildDurationP90:     rankFacts("", dataset.RunMinutes, 0.9),
		dataset.BuildDurationP95:     rankFacts("", dataset.RunMinutes, 0.95),
		dataset.MedianFailedDuration: rankFacts("", dataset.RunMinutes, 0.5, result(dataset.ResultFailed)),
		dataset.MedianQueueWait:      rankFacts("", dataset.RunQueueMinutes, 0.5),
		dataset.QueueWaitP90:         rankFacts("", dataset.RunQueueMinutes, 0.9),
	}
}

// taskCalculations stand on the day on which the run finished, as the samples of Analytics do (P4, P8).
func taskCalculations() map[string]calculation {
	failed := []condition{is(dataset.RunResult, dataset.ResultFailed), is(dataset.TaskResult, dataset.ResultFailed)}
	rank := func(p float64) calculation { // M33
		return rankFacts(runFinished, dataset.TaskMinutes, p, is(dataset.RunResult, dataset.ResultSucceeded, dataset.ResultPartlySucceeded),
			isNot(dataset.TaskResult, dataset.ResultCanceled, dataset.ResultSkipped, dataset.ResultAbandoned))
	}
	return map[string]calculation{
		dataset.CountOfTasks:       countFacts(""),
		dataset.FailedStages:       distinctFacts(runFinished, runStage, failed...), // M34
		dataset.FailedJobs:         distinctFacts(runFinished, runJob, failed...),
		dataset.FailedTasks:        countFacts(runFinished, failed...),
		dataset.MedianTaskDuration: rank(0.5),
		dataset.TaskDurationP80:    rank(0.8),
		dataset.TaskDurationP95:    rank(0.95),
	}
}

func testCalculations() map[string]calculation {
	sum := func(column dataset.FieldRef) calculation { return overFacts("", column, dataset.Sum) }
	passRate := calculation{ // M35
		bases: []base{factsOn(""), sumFacts("", dataset.TestsPassed), sumFacts("", dataset.TestsNotImpacted), sumFacts("", dataset.TestsTotal), sumFacts("", dataset.TestsNotRun)},
		finish: func(cs []cell, _ float64) answer {
			executed := cs[3].x - cs[4].x
			switch {
			case cs[0].n == 0:
				return nothing
			case executed == 0:
				return number(0)
			}
			return number((cs[1].x + cs[2].x) / executed)
		},
	}
	perTest := calculation{ // M37
		bases: []base{sumFacts("", timedMinutes), sumFacts("", timedResults)},
		finish: func(cs []cell, _ float64) answer {
			if cs[1].n == 0 {
				return nothing
			}
			return number(60 * cs[0].x / cs[1].x)
		},
	}
	return map[string]calculation{
		dataset.CountOfTestRuns:     countFacts(""),
		dataset.SumTests:            sum(dataset.TestsTotal),
		dataset.SumTestsPassed:      sum(dataset.TestsPassed),
		dataset.SumTestsFailed:      sum(dataset.TestsFailed),
		dataset.SumTestsNotExecuted: sum(dataset.TestsNotRun),
		dataset.SumTestsNotImpacted: sum(dataset.TestsNotImpacted),
		dataset.TestPassRate:        passRate,
		dataset.AverageTestDuration: perTest,
		dataset.AverageTestRun:      overFacts("", dataset.TestRunMinutes, dataset.Average),
	}
}

func deploymentCalculations() map[string]calculation {
	status := func(texts ...string) condition { return is(dataset.DeployStatus, texts...) }
	return map[string]calculation{
		dataset.CountOfDeployments:    countFacts(""),
		dataset.DeploymentsInProgress: countAlive("Completed"),
		dataset.SucceededDeployments:  countFacts("", status(dataset.ResultSucceeded)),
		dataset.PartlyDeployments:     countFacts("", status(dataset.ResultPartlySucceeded)),
		dataset.FailedDeployments:     countFacts("", status(dataset.ResultFailed)),
		dataset.DeploymentSuccessRate: ratio(factsOn("", status(dataset.ResultSucceeded)),
			factsOn("", status(dataset.ResultSucceeded, dataset.ResultPartlySucceeded, dataset.ResultFailed))),
		dataset.MedianDeployment: rankFacts("", dataset.DeployMinutes, 0.5, status(dataset.ResultSucceeded, dataset.ResultPartlySucceeded)),
	}
}
