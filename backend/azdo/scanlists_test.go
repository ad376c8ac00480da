package azdo

import (
	"reflect"
	"testing"
)

// bothWays reads a body with the scanner and with the decoder of JSON. What the scanner takes has to be what the
// decoder makes of it.
func bothWays[T any](t *testing.T, body string) (scanned bool) {
	t.Helper()
	var got, want T
	scanned = scanBody([]byte(body), any(&got).(scannable))
	err := unmarshal([]byte(body), &want)
	switch {
	case !scanned:
	case err != nil:
		t.Errorf("%T was scanned from what is refused (%v): %.300q", got, err, body)
	case !reflect.DeepEqual(got, want):
		t.Errorf("%.300q\nscanned %+v\ndecoded %+v", body, got, want)
	}
	return scanned
}

// lists are the answers that scan themselves.
var lists = map[string]func(*testing.T, string) bool{
	"timeline": bothWays[Timeline], "threads": bothWays[list[Thread]], "commits": bothWays[list[GitCommit]], "pushes": bothWays[list[GitPush]],
	"files": bothWays[list[TFVCChange]], "builds": bothWays[list[Build]], "tests": bothWays[list[TestRun]], "capacity": bothWays[TeamCapacity],
	"days off": bothWays[teamDaysOff], "links": bothWays[LinkPage],
}

const ann = `{"displayName":"Ann Ab","url":"https://spsprodeus.vssps.visualstudio.com/_apis/Identities/1","_links":{"avatar":{"href":"https://x/y"}},` +
	`"id":"8c8c7d32-6b1b-47f4-b2e9-30b477b5ab3d","uniqueName":"ann@contoso.com","imageUrl":"https://x/i","descriptor":"aad.OGM4","isContainer":false}`

// usual are the forms that a load meets by the thousand.
var usual = map[string][]string{
	"timeline": {`{"records":[{"previousAttempts":[],"id":"96ac2280-8cb4-5df5-99de-dd2da759617d","parentId":null,"type":"Task","name":"Build \"it\" – ß",` +
		`"startTime":"2026-01-05T09:23:38.8633333Z","finishTime":"2026-01-05T09:24:38Z","currentOperation":null,"percentComplete":null,"state":"completed",` +
		`"result":"succeeded","resultCode":null,"changeId":26,"lastModified":"0001-01-01T00:00:00","workerName":"Hosted Agent","order":3,"details":null,` +
		`"errorCount":0,"warningCount":"2","url":null,"log":{"id":7,"type":"Container","url":"https://x"},"task":{"id":"x","name":"y","version":"1.2.3"},` +
		`"attempt":1,"identifier":"Job.Build","issues":[{"type":"warning","message":"a\nb"}]}],"lastChangedBy":"0","id":"x","changeId":8,"url":"https://x"}`,
		`{"records":[]}`, `{"records":null}`, "\n{ \"records\" : [ { \"id\" : \"a\" } ] }\n"},
	"threads": {`{"value":[{"pullRequestThreadContext":null,"id":148,"publishedDate":"2026-01-05T09:23:38.8633333Z","lastUpdatedDate":"2026-01-05T09:23:38Z",` +
		`"comments":[{"id":1,"parentCommentId":0,"author":` + ann + `,"content":"Ann voted 10","publishedDate":"2026-01-05T09:23:38Z","commentType":"system",` +
		`"usersLiked":[],"_links":{"self":{"href":"https://x"}}}],"status":null,"threadContext":null,"properties":{"CodeReviewThreadType":{"$type":"System.String",` +
		`"$value":"VoteUpdate"},"CodeReviewVoteResult":{"$type":"System.String","$value":"10"},"Microsoft.TeamFoundation.Discussion.UniqueID":7,"bare":"text","odd":{"$value":7}},` +
		`"identities":{"1":` + ann + `},"isDeleted":false,"_links":{}}],"count":1}`, `{"value":[{"id":1,"properties":null,"identities":null,"comments":[]}]}`},
	"commits": {`{"count":1,"value":[{"commitId":"be67f8871a4d2c75f13a51c1d3c30ac0d74d4ef4","author":{"name":"Ann Ab","email":"ann@contoso.com","date":"2026-01-05T09:23:38Z"},` +
		`"committer":{"name":"Ann \\ Ab","email":"","date":"2026-01-05T09:23:38+02:00"},"comment":"Fix\ttabs","changeCounts":{"Add":1,"Edit":20,"Delete":0},` +
		`"url":"https://x","remoteUrl":"https://y"},{"commitId":"b","changeCounts":null}]}`, `[{"commitId":"c","commentTruncated":true}]`, `{"values":[{"commitId":"d"}]}`},
	"pushes": {`{"value":[{"repository":{"id":"x","project":{"id":"y"}},"refUpdates":[{"repositoryId":"x","name":"refs/heads/main","oldObjectId":"0","newObjectId":"a"}],` +
		`"pushedBy":` + ann + `,"pushId":14,"date":"2026-01-05T09:23:38.8633333Z","url":"https://x"}],"count":1}`},
	"files": {`{"count":2,"value":[{"item":{"version":20,"size":1203,"hashValue":"x==","path":"$/P/a b.cs","url":"https://x"},"changeType":"edit, rename"},` +
		`{"item":{"path":"$/P","isFolder":true},"changeType":"add"}]}`},
	"builds": {`{"count":1,"value":[{"_links":{"self":{"href":"https://x"}},"tags":["a","b c"],"id":71,"buildNumber":"20260105.1","status":"completed","result":"succeeded",` +
		`"queueTime":"2026-01-05T09:23:38.8633333Z","startTime":"2026-01-05T09:23:39Z","finishTime":"2026-01-05T09:24:38Z","definition":{"drafts":[],"id":5,"name":"CI",` +
		`"path":"\\","project":{"id":"x"}},"sourceBranch":"refs/heads/main","sourceVersion":"a","queue":{"id":1,"name":"Hosted","pool":{"id":2,"name":"Azure Pipelines",` +
		`"isHosted":true}},"priority":"normal","reason":"individualCI","requestedFor":` + ann + `,"requestedBy":` + ann + `,"lastChangedBy":` + ann + `,` +
		`"repository":{"id":"x","type":"TfsGit","name":"web","clean":null},"keepForever":true,"deleted":false,"retainedByRelease":false}]}`},
	"tests": {`{"value":[{"id":1,"name":"Nightly","url":"https://x","build":{"id":"71","name":"20260105.1"},"isAutomated":true,"owner":` + ann + `,"project":{"id":"x"},` +
		`"startedDate":"2026-01-05T09:23:38.863Z","completedDate":"2026-01-05T09:24:38Z","lastUpdatedDate":"2026-01-05T09:24:39Z","state":"Completed","totalTests":10,` +
		`"incompleteTests":0,"notApplicableTests":1,"passedTests":8,"unanalyzedTests":1,"revision":3,"release":null,"runStatistics":[{"state":"Completed",` +
		`"outcome":"Passed","count":8}],"pipelineReference":{"pipelineId":71,"stageReference":{"stageName":"Test"}}}],"count":1}`},
	"capacity": {`{"teamMembers":[{"teamMember":` + ann + `,"activities":[{"capacityPerDay":6.5,"name":"Development"},{"capacityPerDay":0,"name":null}],` +
		`"daysOff":[{"start":"2026-01-05T00:00:00Z","end":"2026-01-07T00:00:00Z"}],"url":"https://x"}],"totalCapacityPerDay":6.5,"totalDaysOff":3}`},
	"days off": {`{"daysOff":[{"start":"2026-01-05T00:00:00Z","end":"2026-01-05T00:00:00Z"}],"url":"https://x"}`, `{"daysOff":[]}`},
	"links": {`{"values":[{"rel":"System.LinkTypes.Hierarchy","attributes":{},"sourceId":1,"targetId":2,"changedDate":"2026-01-05T09:23:38.86Z","isActive":true,` +
		`"changedBy":` + ann + `}],"nextLink":"https://x?continuationToken=5","continuationToken":"5","isLastBatch":false}`},
}

// TestUsualAnswersAreScanned holds that what comes by the thousand does not go the slow way.
func TestUsualAnswersAreScanned(t *testing.T) {
	for name, bodies := range usual {
		for _, body := range bodies {
			if !lists[name](t, body) {
				t.Errorf("%s: left to the decoder: %.200q", name, body)
			}
		}
	}
}

// TestUnusualAnswersAreLeftToTheDecoder holds that the scanner does not take for granted what it did not read.
func TestUnusualAnswersAreLeftToTheDecoder(t *testing.T) {
	for name, bodies := range map[string][]string{
		"timeline": {`{"Records":[]}`, `{"records":[{"id":"a","id":"b"}]}`, `{"records":[{"type":3}]}`, `{"records":[{"ID":"a"}]}`, `{"records":[{"worker_name":"a"}]}`,
			`{"records":[null]}`, `{"records":[{"startTime":"1/31/2017 9:21:14 PM"}]}`, `{"records":[{"order":-1}]}`, `{"records":[]} x`, `{"records":[}`, `{"records":`, ``},
		"threads": {`{"value":[null]}`, `{"value":[{"properties":{"a":1,"a":2}}]}`, `{"value":[{"identities":{"1":"Ann <a@b>"}}]}`, `{"value":[{"identities":{"1":{"uniqueName":"Ann <a@b>"}}}]}`,
			`{"value":[{"comments":[{"commentType":1}]}]}`, `{"value":[{"id":1}],"value":[]}`},
		"commits":  {`{"value":[{"changeCounts":{"add":1}}]}`, `{"value":{}}`, `null`, `{"count":"1"}`},
		"tests":    {`{"value":[{"id":"1x"}]}`, `{"value":[{"id":"1`, `{"value":[{"id":`},
		"capacity": {`[{"teamMember":` + ann + `}]`, `{"value":[]}`},
		"files":    {`{"value":[{"changeType":3}]}`, `{"value":[{"item":{"size":12345678901}}]}`},
	} {
		for _, body := range bodies {
			if lists[name](t, body) {
				t.Errorf("%s: scanned: %q", name, body)
			}
		}
	}
}

func FuzzLists(f *testing.F) {
	for _, bodies := range usual {
		for _, body := range bodies {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, both := range lists {
			both(t, body)
		}
	})
}
