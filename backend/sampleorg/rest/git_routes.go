package rest

// sourceRoutes are what Git, pull requests and TFVC serve.
func sourceRoutes() []route {
	return []route{
		{scope: organization | project, path: []string{"git", "repositories"}, serve: (*call).repositories},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}"}, serve: (*call).oneRepository},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "refs", "{filter*}"}, serve: (*call).refs},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "stats", "branches", "{name*}"}, serve: (*call).branchStats},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "commits"}, serve: (*call).commits},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "commits", "{commit}"}, serve: (*call).oneCommit},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "commits", "{commit}", "changes"}, serve: (*call).commitChanges},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pushes"}, serve: (*call).pushes},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pushes", "{push}"}, serve: (*call).onePush},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pushes", "{push}", "commits"}, serve: (*call).commitsOfPush},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests"}, serve: (*call).pullRequests},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}"}, serve: (*call).oneRequest},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "threads"}, serve: (*call).requestThreads},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "reviewers"}, serve: (*call).requestReviewers},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "iterations"}, serve: (*call).requestIterations},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "workitems"}, serve: (*call).requestWorkItems},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "commits"}, serve: (*call).requestCommits},
		{scope: organization | project, path: []string{"git", "repositories", "{repository}", "pullrequests", "{request}", "labels"}, serve: (*call).requestLabels},
		{scope: organization | project, path: []string{"git", "pullrequests"}, serve: (*call).pullRequests},
		{scope: organization | project, path: []string{"git", "pullrequests", "{request}"}, serve: (*call).oneRequest},

		{scope: organization | project, path: []string{"tfvc", "changesets"}, serve: (*call).changesets},
		{scope: organization | project, path: []string{"tfvc", "changesets", "{changeset}"}, serve: (*call).oneChangeset},
		{scope: organization, path: []string{"tfvc", "changesets", "{changeset}", "changes"}, serve: (*call).changesetChanges},
		{scope: organization, path: []string{"tfvc", "changesets", "{changeset}", "workitems"}, serve: (*call).changesetWorkItems},
		{scope: organization | project, path: []string{"tfvc", "branches", "{path*}"}, serve: (*call).tfvcBranches},
		{scope: organization | project, path: []string{"tfvc", "items"}, serve: (*call).tfvcItems},
	}
}
