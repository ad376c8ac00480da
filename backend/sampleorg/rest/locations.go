package rest

// resourceLocation is where a resource is served, as clients find it out.
type resourceLocation struct {
	id, area, name, template string
	version                  int
	min                      string
	preview                  bool
}

// locations are the resources that OPTIONS on _apis lists: those served here. The ids and templates are the
// real service's, which lists some 800. Source: azure-devops-cli-extension recordings.
var locations = []resourceLocation{
	{"e81700f7-3be2-46de-8624-2eb35882fcaa", "Location", "ResourceAreas", "_apis/{resource}/{areaId}", 1, "3.2", true},
	{"00d9565f-ed9c-4a06-9a50-00e7896ccab4", "Location", "ConnectionData", "_apis/{resource}", 1, "1.0", true},
	{"603fe2ac-9723-48b9-88ad-09305aa6c6e1", "core", "projects", "_apis/{resource}/{*projectId}", 4, "1.0", false},
	{"4976a71a-4487-49aa-8aab-a1eda469037a", "core", "properties", "_apis/projects/{projectId}/{resource}", 1, "3.2", true},
	{"7a4d9ee9-3433-4347-b47a-7a80f1cf307e", "core", "teams", "_apis/{resource}", 3, "4.1", true},
	{"d30a3dd1-f8ba-442a-b86a-bd0c0c383e59", "core", "teams", "_apis/projects/{projectId}/{resource}/{*teamId}", 3, "1.0", false},
	{"294c494c-2600-4d7e-b76c-3dd50c3c95be", "core", "members", "_apis/projects/{projectId}/teams/{teamId}/{resource}", 2, "1.0", false},
	{"93878975-88c5-4e6a-8abb-7ddd77a8a7d8", "core", "processes", "_apis/process/{resource}/{*processId}", 1, "1.0", false},
	{"02cc6a73-5cfb-427d-8c8e-b49fb086e8af", "processes", "processes", "_apis/work/{resource}/{processTypeId}", 2, "2.1", false},
	{"5a172953-1b41-49d3-840a-33f79c3ce89f", "wit", "classificationNodes", "{project}/_apis/{area}/{resource}/{structureGroup}/{*path}", 2, "1.0", false},
	{"a70579d1-f53a-48ee-a5be-7be8659023b9", "wit", "classificationNodes", "{project}/_apis/{area}/{resource}", 2, "1.0", false},
	{"b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94", "wit", "fields", "{project}/_apis/{area}/{resource}/{fieldNameOrRefName}", 3, "1.0", false},
	{"7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa", "wit", "workItemTypes", "{project}/_apis/{area}/{resource}/{type}", 2, "1.0", false},
	{"7c9d7a76-4a09-43e8-b5df-bd792f4ac6aa", "wit", "workItemTypeStates", "{project}/_apis/{area}/workitemtypes/{type}/states", 1, "1.0", false},
	{"9b9f5734-36c8-415e-ba67-f83b45c31408", "wit", "workItemTypeCategories", "{project}/_apis/{area}/{resource}/{category}", 2, "1.0", false},
	{"f5d33bc9-5b49-4a3c-a9bd-f3cd46dd2165", "wit", "workItemRelationTypes", "_apis/{area}/{resource}/{relation}", 2, "1.0", false},
	{"f828fe59-dd87-495d-a17c-7a8d6211ca6c", "wit", "workItemRevisions", "{project}/_apis/{area}/reporting/{resource}", 2, "2.0", false},
	{"4a644469-90c5-4fcc-9a9f-be0827d369ec", "wit", "workItemRevisionsDiscussions", "{project}/_apis/{area}/reporting/workItemRevisions/discussions", 1, "5.1", false},
	{"b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f", "wit", "workItemLinks", "{project}/_apis/{area}/reporting/{resource}", 3, "2.0", false},
	{"908509b6-4248-4475-a1cd-829139ba419f", "wit", "workItemsBatch", "{project}/_apis/{area}/{resource}", 1, "5.0", false},
	{"1a9c53f7-f243-4447-b110-35ef023636e4", "wit", "wiql", "{project}/{team}/_apis/{area}/{resource}", 2, "1.0", false},
	{"72c7ddf8-2cdc-4f60-90cd-ab71c14a399b", "wit", "workItems", "{project}/_apis/{area}/{resource}/{id}", 3, "1.0", false},
	{"6570bf97-d02c-4a91-8d93-3abe9895b1a9", "wit", "updates", "{project}/_apis/{area}/workItems/{id}/updates/{updateNumber}", 4, "1.0", false},
	{"a00c85a5-80fa-4565-99c3-bcd2181434bb", "wit", "revisions", "{project}/_apis/{area}/workItems/{id}/revisions/{revisionNumber}", 3, "1.0", false},
	{"608aac0a-32e1-4493-a863-b9cf4566d257", "wit", "comments", "{project}/_apis/wit/workItems/{workItemId}/comments/{commentId}", 4, "5.1", true},
	{"b70d8d39-926c-465e-b927-b1bf0e5ca0e0", "wit", "recyclebin", "{project}/_apis/{area}/{resource}/{id}", 2, "2.1", false},
	{"c3c1012b-bea7-49d7-b45e-1664e566f84c", "work", "teamsettings", "{project}/{team}/_apis/{area}/{resource}", 1, "2.0", false},
	{"07ced576-58ed-49e6-9c1e-5cb53ab8bf2a", "work", "teamfieldvalues", "{project}/{team}/_apis/{area}/teamsettings/{resource}", 1, "2.0", false},
	{"c9175577-28a1-4b06-9197-8636af9f64ad", "work", "iterations", "{project}/{team}/_apis/{area}/teamsettings/{resource}/{id}", 1, "2.0", false},
	{"74412d15-8c1a-4352-a48d-ef1ed5587d57", "work", "capacities", "{project}/{team}/_apis/{area}/teamsettings/iterations/{iterationId}/{resource}/{teamMemberId}", 3, "2.0", false},
	{"2d4faa2e-9150-4cbf-a47a-932b1b4a0773", "work", "teamdaysoff", "{project}/{team}/_apis/{area}/teamsettings/iterations/{iterationId}/{resource}", 1, "2.0", false},
	{"1e385ce0-396b-4273-8171-d64562c18d37", "work", "iterationcapacities", "{project}/_apis/{area}/iterations/{iterationId}/{resource}", 1, "6.1", false},
	{"7799f497-3cb5-4f16-ad4f-5cd06012db64", "work", "backlogconfiguration", "{project}/{team}/_apis/{area}/{resource}", 1, "2.0", false},
	{"f901ba42-86d2-4b0c-89c1-3f86d06daa84", "work", "processconfiguration", "{project}/_apis/{area}/{resource}", 1, "2.0", false},
	{"23ad19fc-3b8e-4877-8462-b3f92bc06b40", "work", "boards", "{project}/{team}/_apis/{area}/{resource}/{id}", 1, "2.0", false},
	{"c555d7ff-84e1-47df-9923-a3fe0cd8751b", "work", "columns", "{project}/{team}/_apis/{area}/boards/{board}/{resource}/{id}", 1, "2.0", false},
	{"0863355d-aefd-4d63-8669-984c9b7b0e78", "work", "rows", "{project}/{team}/_apis/{area}/boards/{board}/{resource}/{id}", 1, "2.0", false},
	{"225f7195-f9c7-4d14-ab28-a83f7ff77e1f", "git", "repositories", "{project}/_apis/{area}/{resource}/{repositoryId}", 1, "1.0", false},
	{"2d874a60-a811-4f62-9c9f-963a6ea0a55b", "git", "refs", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*filter}", 2, "1.0", false},
	{"d5b216de-d8d5-4d32-ae76-51df755b16d3", "git", "branchStats", "{project}/_apis/{area}/repositories/{repositoryId}/stats/branches", 2, "1.0", false},
	{"40c1f5b7-2bb6-4c28-b844-0f47cd6bb610", "git", "branchStats", "{project}/_apis/{area}/repositories/{repositoryId}/stats/branches/{*name}", 1, "1.0", false},
	{"c2570c3b-5b3f-41b8-98bf-5407bfde8d58", "git", "commits", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{commitId}", 2, "1.0", false},
	{"168b4bb9-d936-4cd9-8a5f-66d6f6b23192", "git", "commits", "{project}/_apis/{area}/repositories/{repositoryId}/pushes/{pushId}/{resource}", 1, "1.0", false},
	{"5bf884f5-3e07-42e9-afb8-1b872267bf16", "git", "changes", "{project}/_apis/{area}/repositories/{repositoryId}/commits/{commitId}/{resource}", 1, "1.0", false},
	{"ea98d07b-3c87-4971-8ede-a613694ffb55", "git", "pushes", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pushId}", 3, "1.0", false},
	{"9946fd70-0d40-406e-b686-b4744cbbcc37", "git", "pullRequests", "{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pullRequestId}", 2, "1.0", false},
	{"a5d28130-9cd2-40fa-9f08-902e7daa9efb", "git", "pullRequests", "{project}/_apis/{area}/{resource}", 2, "1.0", false},
	{"01a46dea-7d46-4d40-bc84-319e7c260d99", "git", "pullRequests", "{project}/_apis/{area}/{resource}/{pullRequestId}", 2, "3.0", false},
	{"ab6e2e5d-a0b7-4153-b64a-a4efe0d49449", "git", "pullRequestThreads", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads/{threadId}", 1, "3.0", false},
	{"4b6702c7-aa35-4b89-9c96-b9abf6d3e540", "git", "pullRequestReviewers", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/reviewers/{reviewerId}", 1, "1.0", false},
	{"d43911ee-6958-46b0-a42b-8445b8a0d004", "git", "pullRequestIterations", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/iterations/{iterationId}", 2, "3.0", false},
	{"0a637fcc-5370-4ce8-b0e8-98091f5f9482", "git", "pullRequestWorkItems", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/workitems", 1, "1.0", false},
	{"52823034-34a8-4576-922c-8d8b77e9e4c4", "git", "pullRequestCommits", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/commits", 1, "2.1", false},
	{"f22387e3-984e-4c52-9c6d-fbb8f14c812d", "git", "pullRequestLabels", "{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/labels/{labelIdOrName}", 1, "4.0", false},
	{"0bc8f0a4-6bfb-42a9-ba84-139da7b99c49", "tfvc", "changesets", "{project}/_apis/{area}/{resource}/{id}", 3, "1.0", false},
	{"f32b86f2-15b9-4fe6-81b1-6f8938617ee5", "tfvc", "changesetChanges", "_apis/{area}/changesets/{id}/changes", 1, "1.0", false},
	{"64ae0bea-1d71-47c9-a9e5-fe73f5ea0ff4", "tfvc", "changesetWorkItems", "_apis/{area}/changesets/{id}/workItems", 1, "1.0", false},
	{"bc1f417e-239d-42e7-85e1-76e80cb2d6eb", "tfvc", "branches", "{project}/_apis/{area}/{resource}/{*path}", 1, "1.0", false},
	{"ba9fc436-9a38-4578-89d6-e4f3241f5040", "tfvc", "items", "{project}/_apis/{area}/{resource}/{*path}", 1, "1.0", false},
}
