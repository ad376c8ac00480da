package dataset

func pullRequestTable() Table {
	hours := func(ref FieldRef, description string) Column {
		return number(ref, folderDurations, "hours", "hours", description)
	}
	return table(PullRequests, "Pull requests of the Git repositories. One row a pull request.",
		grouped(PullRequestID, Integer, RolePullRequestID, "Number of the pull request.").also("Pull request id"),
		grouped(PullRequestTitle, Text, RoleTitle, "Title, as it is now.").also("Pull request title"),
		grouped(PullStatus, Text, RoleOutcome, "active, completed or abandoned, as it was at the as-of time.").sorted("active, completed, abandoned").also("Pull request status"),
		grouped(PullDraft, Boolean, RoleNone, "True for a draft, as it is now."),
		grouped(PullCreatedBy, Text, RolePerson, "Who opened the pull request.").also("Pull request author"),
		grouped(PullSource, Text, RoleBranch, "Branch that the changes come from."),
		grouped(PullTarget, Text, RoleBranch, "Branch that the changes go to."),
		grouped(PullLabel, Text, RoleNone, "One label. A pull request with two labels counts under both."),
		dated(PullCreated, "When it was opened."),
		dated(PullFirstReview, "When somebody else first commented or voted; blank until then."),
		dated(PullClosed, "When it was completed or abandoned; blank while it is active."),
		hours(PullHoursToClose, "Hours from opening to closing, completed and abandoned alike; blank while it is active (M41)."),
		hours(PullHoursToFirst, "Hours from opening to the first review; blank without one."),
		number(PullAgeDays, folderDurations, "days", "days", "Days since it was opened, with decimals; active ones only."),
		grouped(PullAgeBucket, Text, RoleBucket, "Age of an active pull request: under 1 day, 1–3, 3–7, 7–14, over 14; an age of exactly 1.0 days stands in 1–3.").in(folderDurations).sorted("age"),
		countColumn(PullComments, folderFacts, "comments", "Comments of people in its threads, as far as the threads were read."),
		countColumn(PullReviewers, folderFacts, "people", "How many reviewers it has, as it is now."))
}

const (
	byClosing   = " by the day of closing."
	closedPulls = "pull requests that were completed or abandoned,"
)

func pullRequestMeasures() []Measure {
	hours := func(name, number, description, formula string, synonyms ...string) Measure {
		return factDuration(name, number, description, formula+percentile, "hours", synonyms...)
	}
	closing := "closing minus opening in hours with decimals, over "
	active := factCount(ActivePullRequests, "", "Pull requests that are open now, or were at the end of each period.", "Pull requests opened by then and not closed by then.", "pull requests", UpIsWorse, "Open pull requests", "Active now")
	active.OverTime = OverTimeAsOf
	age := func(name, description, formula string) Measure {
		m := factDuration(name, "", description, formula, "days")
		m.OverTime = OverTimeAsOf
		return m
	}
	return []Measure{
		factCount(CountOfPullRequests, "", "Pull requests opened in the period.", "Pull requests by the day of opening.", "pull requests", Neutral, "Pull requests created", "PRs"),
		factCount(PullRequestsCompleted, "", "Pull requests completed in the period.", "Pull requests whose status is completed,"+byClosing, "pull requests", UpIsBetter, "Completed pull requests"),
		factCount(PullRequestsAbandoned, "", "Pull requests abandoned in the period.", "Pull requests whose status is abandoned,"+byClosing, "pull requests", UpIsWorse, "Abandoned pull requests"),
		factCount(PullRequestsClosed, "", "Pull requests completed or abandoned in the period.", "The "+closedPulls+byClosing, "pull requests", Neutral, "Closed pull requests"),
		active,
		factRate(CompletionRate, "M39", "Share of the closed pull requests that were completed.", "completed / (completed + abandoned),"+byClosing+" Active ones are in neither; null when none was closed.", UpIsBetter, "Pull request completion rate", "PR completion"),
		factRate(AbandonmentRate, "M40", "Share of the closed pull requests that were abandoned.", "1 - M39 over the same pull requests; null when none was closed.", UpIsWorse, "Pull request abandonment rate"),
		hours(MedianHoursToClose, "M41", "Half of the pull requests took longer to close.", "median of "+closing+closedPulls+byClosing, "Hours to close", "PR hours to close"),
		hours(HoursToCloseP90, "M41", "90 % of the pull requests were closed faster.", "90th percentile of "+closing+closedPulls+byClosing),
		hours(MedianHoursToComplete, "M41", "As Median hours to close, of completed ones only.", "median of "+closing+"completed pull requests,"+byClosing),
		hours(HoursToCompleteP90, "M41", "As Hours to close 90th percentile, of completed ones only.", "90th percentile of "+closing+"completed pull requests,"+byClosing),
		hours(MedianHoursToReview, "", "Half of the pull requests waited longer for their first review.", "Median of first review minus opening in hours with decimals, by the day of the first review.", "Time to first review"),
		hours(HoursToReviewP90, "", "90 % of the pull requests had their first review sooner.", "90th percentile of first review minus opening in hours with decimals, by the day of the first review."),
		age(AveragePullAge, "How old the active pull requests are, on average.", "Mean over active pull requests of the as-of time minus opening, in days with decimals."),
		age(OldestPullAge, "How old the oldest active pull request is.", "The largest such age."),
	}
}

func reviewTable() Table {
	return table(Reviews, "Reviewers of pull requests. One row a reviewer of a pull request, as it is now.",
		grouped(Reviewer, Text, RolePerson, "Who was asked to review, or did."),
		grouped(Vote, Text, RoleOutcome, "Approved, Approved with suggestions, No vote, Waiting for author or Rejected, as it is now.").sorted("Approved to Rejected"),
		grouped(ReviewRequired, Boolean, RoleNone, "True when a policy or a person required this reviewer."))
}

func reviewMeasures() []Measure {
	const byOpening = " by the day on which the pull request was opened."
	count := func(name, description, formula string, d Direction, synonyms ...string) Measure {
		return factCount(name, "", description, formula+byOpening, "reviews", d, synonyms...)
	}
	return []Measure{
		count(CountOfReviews, "How many reviewers the pull requests have together.", "Reviewers of pull requests,", Neutral),
		factDistinct(CountOfReviewers, "How many people review.", "Distinct reviewers of pull requests,"+byOpening, "people"),
		count(CountOfVotes, "How many reviewers voted.", "Reviewers whose vote is not No vote,", UpIsBetter),
		count(Approvals, "How many reviewers approved.", "Reviewers whose vote is Approved or Approved with suggestions,", UpIsBetter),
		count(Rejections, "How many reviewers rejected or wait for the author.", "Reviewers whose vote is Rejected or Waiting for author,", UpIsWorse),
	}
}
