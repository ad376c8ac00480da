package dataset

func changesetTable() Table {
	return table(Changesets, "Changesets of Team Foundation Version Control. One row a changeset.",
		grouped(ChangesetID, Integer, RoleChangesetID, "Number of the changeset."),
		grouped(ChangesetAuthor, Text, RolePerson, "Who made the changes."),
		grouped(CheckedInBy, Text, RolePerson, "Who checked them in."),
		dated(ChangesetCreated, "When it was checked in."),
		grouped(ChangesetComment, Text, RoleTitle, "Comment of the changeset."),
		grouped(ChangesetBranch, Text, RoleBranch, "Branch that one of its files lies in. A changeset over two branches counts under both; blank when none of them is a branch."),
		countColumn(ChangesetFiles, folderFiles, "files", "How many files it changed."))
}

func changesetMeasures() []Measure {
	const byDay = " by the day of the check-in."
	average := factRate(AverageChangesetFiles, "M42", "How many files a changeset changes, on average.", "changed files / changesets,"+byDay+" Changesets whose files are not loaded yet are left out.", Neutral, "Changeset Files Avg")
	average.Unit, average.Format, average.Folder = "files", "decimal1", folderFiles
	return []Measure{
		factCount(CountOfChangesets, "", "Changesets checked in.", "Changesets"+byDay, "changesets", Neutral),
		factDistinct(ChangesetAuthors, "How many people wrote changesets.", "Distinct authors of changesets"+byDay, "people"),
		average,
	}
}

func fileChangeTable() Table {
	return table(FileChanges, "Files of changesets. One row a file of a changeset.",
		grouped(ChangeType, Text, RoleNone, "What was done to the file: Add, Edit, Delete, Rename, Branch, Merge, Rollback … A change that carries several of them counts under each."),
		grouped(FileExtension, Text, RoleNone, "Extension of the file in small letters, with its dot; blank for none."),
		grouped(FileFolder, Text, RoleNone, "Folder of the file."))
}

func fileChangeMeasures() []Measure {
	m := factCount(CountOfFileChanges, "", "Files changed by changesets; a file that two changesets changed counts twice.", "Changed files by the day of the check-in.", "file changes", Neutral, "Changed files")
	return []Measure{m.inFolder(folderFiles)}
}

func tfvcBranchTable() Table {
	return table(TFVCBranches, "Branches of Team Foundation Version Control.",
		grouped(TFVCBranch, Text, RoleBranch, "Path of the branch."),
		grouped(TFVCParent, Text, RoleBranch, "Path of the branch it was made from; blank for none."),
		countColumn(TFVCDepth, "", "", "How many branches stand above it."),
		grouped(TFVCOwner, Text, RolePerson, "Who owns the branch."),
		dated(TFVCCreated, "When the branch was made."))
}

func tfvcBranchMeasures() []Measure {
	m := factCount(CountOfTFVCBranches, "", "How many branches there are.", "Branches made by then.", "branches", Neutral)
	m.OverTime = OverTimeAsOf
	return []Measure{m}
}
