package dataset

func testRunTable() Table {
	tests := func(ref FieldRef, description string) Column { return countColumn(ref, "Tests", "tests", description) }
	return table(TestRuns, "Test runs with the sums of their results. Single results are not loaded.",
		grouped(TestRunID, Integer, RoleTestRunID, "Number of the test run.").also("Test run id"),
		grouped(TestRunName, Text, RoleTitle, "Name of the test run.").also("Test run name"),
		grouped(TestRunState, Text, RoleNone, "State of the test run, such as Completed, as it is now.").also("Test run state"),
		grouped(TestAutomated, Boolean, RoleNone, "True for automated tests."),
		grouped(TestWorkflow, Text, RoleNone, "Build, Release or Manual: what ran the tests.").sorted("Build, Release, Manual"),
		grouped(TestStage, Text, RoleNone, "Stage of the pipeline that published the results.").also("Test stage"),
		dated(TestRunStarted, "When the test run was started."),
		dated(TestRunCompleted, "When it was completed; blank until then."),
		tests(TestsTotal, "Results of the run."),
		tests(TestsPassed, "Results that passed."),
		tests(TestsFailed, "Results that failed."),
		tests(TestsNotRun, "Results of tests that were not executed."),
		tests(TestsNotImpacted, "Results of tests that the change does not impact and that were therefore not run."),
		number(TestRunMinutes, folderDurations, "minutes", "decimal1", "Minutes from start to completion of the test run."))
}

func testRunMeasures() []Measure {
	const byDay = " by the day on which the test run was completed."
	sum := func(name, description, column string, d Direction, synonyms ...string) Measure {
		return factSum(name, description, "Sum of "+column+" over test runs,"+byDay, "tests", d, synonyms...).inFolder("Tests")
	}
	perTest := factDuration(AverageTestDuration, "M37", "How long one test takes, on average.", "sum of the minutes of the test runs × 60 / sum of their results,"+byDay+" Seconds of single results are not loaded, so tests that ran beside each other share their time; runs without results or times are left out.", "seconds")
	perTest.Format = "decimal2"
	return []Measure{
		factCount(CountOfTestRuns, "", "Test runs completed in the period.", "Test runs"+byDay, "test runs", Neutral),
		sum(SumTests, "Test results.", "Total", Neutral, "Test results"),
		sum(SumTestsPassed, "Test results that passed.", "Passed", UpIsBetter),
		sum(SumTestsFailed, "Test results that failed.", "Failed", UpIsWorse),
		sum(SumTestsNotExecuted, "Results of tests that were not executed.", "Not executed", Neutral),
		sum(SumTestsNotImpacted, "Results of tests that a change does not impact.", "Not impacted", Neutral),
		factRate(TestPassRate, "M35", "Share of the executed tests that passed; not impacted ones count as passed.", "(passed + not impacted) / (results - not executed),"+byDay+" 0 when nothing was executed, null without test runs.", UpIsBetter),
		perTest,
		factDuration(AverageTestRun, "", "How long a test run takes, on average.", "Mean of the minutes from start to completion,"+byDay, "minutes"),
	}
}

func deploymentTable() Table {
	return table(Deployments, "Deployments of classic releases. One row an attempt to deploy a release to an environment.",
		grouped(DeploymentID, Integer, RoleDeploymentID, "Number of the deployment.").also("Deployment id"),
		grouped(Release, Text, RoleTitle, "Name of the release."),
		grouped(ReleasePipeline, Text, RolePipeline, "Release pipeline of the release."),
		grouped(Environment, Text, RoleNone, "Environment, also called stage of the release."),
		grouped(DeployStatus, Text, RoleOutcome, "succeeded, partiallySucceeded, failed, notDeployed or inProgress, as it was at the as-of time.").sorted(outcomeOrder).also("Deployment status"),
		grouped(DeployReason, Text, RoleNone, "What started it: manual, automated, scheduled and so on.").also("Deployment reason"),
		grouped(DeployFor, Text, RolePerson, "Whom it was made for."),
		dated(DeployQueued, "When it was queued."),
		dated(DeployStarted, "When it was started."),
		dated(DeployCompleted, "When it was completed; blank until then."),
		number(DeployMinutes, folderDurations, "minutes", "decimal1", "Minutes from start to completion."))
}

func deploymentMeasures() []Measure {
	const byDay = " by the day on which they were completed."
	count := func(name, description, formula string, d Direction) Measure {
		return factCount(name, "", description, formula+byDay, "deployments", d)
	}
	progress := factCount(DeploymentsInProgress, "", "Deployments that wait or run now, or did at the end of each period.", "Deployments queued by then and not completed by then.", "deployments", Neutral)
	progress.OverTime = OverTimeAsOf
	return []Measure{
		count(CountOfDeployments, "Deployments completed in the period, whatever came of them.", "Deployments", Neutral),
		progress,
		count(SucceededDeployments, "Deployments that succeeded.", "Deployments whose status is succeeded,", UpIsBetter),
		count(PartlyDeployments, "Deployments that succeeded with problems.", "Deployments whose status is partiallySucceeded,", UpIsWorse),
		count(FailedDeployments, "Deployments that failed.", "Deployments whose status is failed,", UpIsWorse),
		factRate(DeploymentSuccessRate, "", "Share of the deployments that succeeded.", "succeeded / (succeeded + partiallySucceeded + failed),"+byDay+" What was never deployed is left out; null when nothing is left.", UpIsBetter, "Deployment pass rate"),
		factDuration(MedianDeployment, "", "Half of the good deployments took longer.", "Median of completion minus start in minutes over deployments that succeeded, wholly or partially,"+byDay+percentile, "minutes"),
	}
}
