package columns

import "sightline/backend/dataset"

func gitCalculations() map[string]calculation {
	return map[string]calculation{
		dataset.CountOfCommits:          countFacts(""),
		dataset.RepositoriesWithCommits: distinctFacts("", dataset.Repository),
		dataset.ProjectsWithCommits:     distinctFacts("", dataset.Project),
		dataset.CommitAuthors:           distinctFacts("", dataset.CommitAuthor),
		dataset.SumFilesAdded:           overFacts("", dataset.FilesAdded, dataset.Sum),
		dataset.SumFilesEdited:          overFacts("", dataset.FilesEdited, dataset.Sum),
		dataset.SumFilesDeleted:         overFacts("", dataset.FilesDeleted, dataset.Sum),
		dataset.SumFilesChanged:         overFacts("", dataset.FilesChanged, dataset.Sum),
		dataset.LastCommit:              overFacts("", dataset.AuthorDate, dataset.Max),
	}
}

func pullRequestCalculations() map[string]calculation {
	done := is(dataset.PullStatus, dataset.PullCompleted)
	given := is(dataset.PullStatus, dataset.PullAbandoned)
	over := is(dataset.PullStatus, dataset.PullCompleted, dataset.PullAbandoned)
	return map[string]calculation{
		dataset.CountOfPullRequests:   countFacts(""),
		dataset.PullRequestsCompleted: countFacts("Closed", done),
		dataset.PullRequestsAbandoned: countFacts("Closed", given),
		dataset.PullRequestsClosed:    countFacts("Closed", over),
		dataset.ActivePullRequests:    countAlive("Closed"),
		dataset.CompletionRate:        ratio(factsOn("Closed", done), factsOn("Closed", over)),  // M39
		dataset.AbandonmentRate:       ratio(factsOn("Closed", given), factsOn("Closed", over)), // M40
		dataset.MedianHoursToClose:    rankFacts("Closed", dataset.PullHoursToClose, 0.5, over), // M41
		dataset.HoursToCloseP90:       rankFacts("Closed", dataset.PullHoursToClose, 0.9, over),
		dataset.MedianHoursToComplete: rankFacts("Closed", dataset.PullHoursToClose, 0.5, done),
		dataset.HoursToCompleteP90:    rankFacts("Closed", dataset.PullHoursToClose, 0.9, done),
		dataset.MedianHoursToReview:   rankFacts("First review", dataset.PullHoursToFirst, 0.5),
		dataset.HoursToReviewP90:      rankFacts("First review", dataset.PullHoursToFirst, 0.9),
		dataset.AveragePullAge:        overAlive("Closed", dataset.PullAgeDays, dataset.Average),
		dataset.OldestPullAge:         overAlive("Closed", dataset.PullAgeDays, dataset.Max),

		dataset.CountOfReviews:   countFacts(""),
		dataset.CountOfReviewers: distinctFacts("", dataset.Reviewer),
		dataset.CountOfVotes:     countFacts("", isNot(dataset.Vote, dataset.VoteNone, "")),
		dataset.Approvals:        countFacts("", is(dataset.Vote, dataset.VoteApproved, dataset.VoteApprovedSuggestions)),
		dataset.Rejections:       countFacts("", is(dataset.Vote, dataset.VoteRejected, dataset.VoteWaiting)),
	}
}

func tfvcCalculations() map[string]calculation {
	return map[string]calculation{
		dataset.CountOfChangesets:     countFacts(""),
		dataset.ChangesetAuthors:      distinctFacts("", dataset.ChangesetAuthor),
		dataset.AverageChangesetFiles: overFacts("", dataset.ChangesetFiles, dataset.Average), // M42
		dataset.CountOfFileChanges:    countFacts(""),
		dataset.CountOfTFVCBranches:   countAlive(""),
	}
}
