package rest

// pipelineLocations are the resources of builds, pipelines, tests and releases. Source: as locations, and
// Microsoft's Node client for the releases.
var pipelineLocations = []resourceLocation{
	{"0cd358e1-9217-4d94-8269-1c1ee6f93dcf", "build", "builds", "{project}/_apis/build/{resource}/{buildId}", 7, "1.0", false},
	{"8baac422-4c6e-4de5-8532-db96d92acffa", "build", "Timeline", "{project}/_apis/{area}/builds/{buildId}/{resource}/{timelineId}", 3, "2.0", false},
	{"54572c7b-bbd3-45d4-80dc-28be08941620", "build", "changes", "{project}/_apis/{area}/builds/{buildId}/{resource}", 2, "2.0", false},
	{"6e6114b2-8161-44c8-8f6c-c5505782427f", "build", "tags", "{project}/_apis/{area}/builds/{buildId}/{resource}/{*tag}", 3, "2.0", false},
	{"dbeaf647-6167-421a-bda9-c9327b25e2e6", "build", "definitions", "{project}/_apis/build/{resource}/{definitionId}", 7, "1.0", false},
	{"28e1305e-2afe-47bf-abaf-cbb0e6a91988", "pipelines", "pipelines", "{project}/_apis/{area}/{pipelineId}", 1, "5.1", false},
	{"7859261e-d2e9-4a68-b820-a5d84cc5bb3d", "pipelines", "runs", "{project}/_apis/{area}/{pipelineId}/{resource}/{runId}", 2, "5.1", false},
	{"cadb3810-d47d-4a3c-a234-fe5f3be50138", "Test", "Runs", "{project}/_apis/test/{resource}/{runId}", 3, "1.0", false},
	{"0a42c424-d764-4a16-a2d5-5c85f87d0ae8", "Test", "Runs", "{project}/_apis/test/{resource}/{runId}/Statistics", 3, "1.0", false},
	{"4637d869-3a76-4468-8057-0bb02aa385cf", "Test", "Results", "{project}/_apis/test/Runs/{runId}/{resource}/{testCaseResultId}", 6, "1.0", false},
	{"000ef77b-fea2-498d-a10d-ad1a037f559f", "Test", "ResultSummaryByBuild", "{project}/_apis/test/{resource}", 3, "3.0", true},
	{"d8f96f24-8ea7-4cb6-baab-2df8fc515665", "Release", "definitions", "{project}/_apis/{area}/{resource}/{definitionId}", 4, "2.2", false},
	{"a166fde7-27ad-408e-ba75-703c2cc9d500", "Release", "releases", "{project}/_apis/{area}/{resource}/{releaseId}", 8, "2.2", false},
	{"b005ef73-cddc-448e-9ba2-5193bf36b19f", "Release", "deployments", "{project}/_apis/{area}/{resource}", 2, "2.2", false},
}
