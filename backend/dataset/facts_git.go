package dataset

func repositoryTable() Table {
	return table(Repositories, "Git repositories of the projects.",
		grouped(Repository, Text, RoleRepository, "Name of the repository.").also("Repo"),
		grouped(DefaultBranch, Text, RoleBranch, "Default branch, without refs/heads/."),
		grouped(RepositoryDisabled, Boolean, RoleNone, "True when the repository is disabled."),
		goneColumn(RepositoryGone))
}

func commitTable() Table {
	return table(Commits, "Git commits on the branches that are loaded, the default branch unless chosen otherwise. One row a commit of a repository: the same commit in two repositories counts twice, merge commits count.",
		grouped(CommitID, Text, RoleCommitID, "Hash of the commit.").also("Sha"),
		grouped(CommitAuthor, Text, RolePerson, "Who wrote the change, as the commit says; two addresses of one person are two authors unless the directory knows both."),
		grouped(Committer, Text, RolePerson, "Who committed it, which differs after a rebase or a merge on the server."),
		dated(AuthorDate, "When the change was written, which is the day that the measures count it on."),
		dated(CommitDate, "When it was committed."),
		grouped(CommitWeekday, Text, RoleBucket, "Day of the week of the author date, in the dataset's zone.").in("Dates").sorted("week, from its first day"),
		hourColumn(),
		countColumn(FilesAdded, folderFiles, "files", "Files that the commit added."),
		countColumn(FilesEdited, folderFiles, "files", "Files that the commit edited."),
		countColumn(FilesDeleted, folderFiles, "files", "Files that the commit deleted."),
		countColumn(FilesChanged, folderFiles, "files", "Files that the commit added, edited or deleted."))
}

func hourColumn() Column {
	c := grouped(CommitHour, Integer, RoleBucket, "Hour of the author date on the clocks of the dataset's zone, 0 to 23.").in("Dates")
	c.SortBy = "hour"
	return c
}

func commitMeasures() []Measure {
	const byDay = " by author date."
	files := func(name, what, column string) Measure {
		return factSum(name, "Files that commits "+what+".", "Sum of "+column+" over commits,"+byDay, "files", Neutral).inFolder(folderFiles)
	}
	last := Measure{Name: LastCommit, Description: "Day of the latest commit.", Formula: "The largest author date.", Format: "date", OverTime: OverTimeEvents, Folder: folderFacts}
	return []Measure{
		factCount(CountOfCommits, "", "How many commits there were.", "Commits"+byDay+" Distinct ids a repository; merge commits count.", "commits", Neutral, "Number of commits", "Check-ins"),
		factDistinct(RepositoriesWithCommits, "In how many repositories there were commits.", "Distinct repositories of commits"+byDay, "repositories"),
		factDistinct(ProjectsWithCommits, "In how many projects there were commits.", "Distinct projects of commits"+byDay, "projects"),
		factDistinct(CommitAuthors, "How many people wrote commits.", "Distinct authors of commits"+byDay, "people", "Authors"),
		files(SumFilesAdded, "added", "Files added"),
		files(SumFilesEdited, "edited", "Files edited"),
		files(SumFilesDeleted, "deleted", "Files deleted"),
		files(SumFilesChanged, "added, edited or deleted", "Files changed"),
		last,
	}
}
