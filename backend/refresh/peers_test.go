package refresh_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
)

// Other loaders of Azure DevOps have nine defects that reading their source shows. Each is right here, by a test:
//
//  1. failed builds have no jobs, and every timeline is read again each time: TestFailedBuildsHaveTheirJobsFirst,
//     TestAnIdleRefreshOfPipelinesAsksFewRequests
//  2. a build queued before and finished after the last refresh stays in progress:
//     TestABuildQueuedBeforeAndFinishedAfterTheLastRefreshIsSeenToFinish
//  3. a pull request that completes long after it was made is missed: TestACompletionMonthsLaterIsSeen
//  4. builds by their queue time alone (as 2), and a first date sent along with a continuation token:
//     TestNoRequestCarriesADateAndAToken
//  5. a project of more than 20,000 work items silently loads nothing: TestAProjectTooLargeForAQueryLoadsWhole, and
//     azdo.TestWorkItemIDsArePagedByID
//  6. custom types skipped, changes to nothing lost, one query per epic: TestCustomTypesAndEmptiedFieldsAreKept
//  7. one request per work item, no Retry-After: TestRequestsDoNotGrowWithTheNumberOfWorkItems, and
//     azdo.TestRetryAfterOn200HoldsBackTheNextCall
//  8. a bad access token answers 203 with a page: TestABadTokenIsNotAnEmptyOrganization
//  9. callers stop at page 1 because tokens are hidden: TestContinuationTokensThatLeadNowhereLoseNoBuilds,
//     TestEveryPageOfEveryListIsRead, and azdo.TestProjectsAreReadToTheEndByToken

func TestNoRequestCarriesADateAndAToken(t *testing.T) {
	s := shortLife(t)
	one := withEverything(t, s)
	transport := &recording{RoundTripper: http.DefaultTransport.(*http.Transport).Clone()}
	d := openStore(t)
	for range 2 {
		if _, err := loadSample(t, s, d, func(o *refresh.Options) {
			lately(o)
			o.Selection.Contents = []devops.Content{devops.WorkItemsContent, devops.PipelinesContent}
			o.Client, o.Patterns, o.PageSize, o.Reread = recordedClient(t, s, transport), one, 200, true
		}); err != nil {
			t.Fatal(err)
		}
	}
	tokens := 0
	for _, u := range transport.all() {
		q := strings.ToLower(u.RawQuery)
		if strings.Contains(q, "continuationtoken=") {
			if tokens++; strings.Contains(q, "startdatetime=") {
				t.Errorf("a date and a token: %s", u)
			}
		}
	}
	if tokens == 0 {
		t.Error("no token was sent at all")
	}
}

// That nothing is missing is TestTheSampleLoadedWholeIsProvedWhole; here every token that was given is asked for.
func TestEveryPageOfEveryListIsRead(t *testing.T) {
	s := shortLife(t)
	transport := &recording{RoundTripper: http.DefaultTransport.(*http.Transport).Clone()}
	sum, err := loadSample(t, s, openStore(t), func(o *refresh.Options) {
		lately(o)
		o.Selection = devops.Selection{HistoryMonths: 24, Contents: []devops.Content{devops.PipelinesContent}}
		o.Client = recordedClient(t, s, transport)
	})
	if err != nil || sum.Rows == 0 {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, u := range transport.all() {
		if token := u.Query().Get("continuationToken"); token != "" {
			asked[token] = true
		}
	}
	given := 0
	for token, path := range transport.tokens() {
		given++
		if !asked[token] {
			t.Errorf("nobody asked for the page after %s of %s", token, path)
		}
	}
	if given == 0 {
		t.Error("no list had a second page")
	}
}

func TestAProjectTooLargeForAQueryLoadsWhole(t *testing.T) {
	o := newTestOrg(t)
	o.add("Huge", 12, 3)
	o.before = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/wit/wiql") {
			o.refuse(w, 400, "WorkItemTrackingQueryResultSizeLimitExceededException", "VS402337: The number of work items returned exceeds the size limit of 20000. Change the query to return fewer items.")
			return true
		}
		return false
	}
	s, err := load(t, o, openStore(t))
	// The history needs no query. The look for destroyed items does, and says that it failed.
	if s.Counts["revisions"] != 36 || !fault.Is(err, fault.Invalid) || len(s.Parked) != 1 || s.Parked[0].What != "the look for destroyed work items" {
		t.Errorf("%v, parked %+v, %v", s.Counts, s.Parked, err)
	}
}

func TestCustomTypesAndEmptiedFieldsAreKept(t *testing.T) {
	o := newTestOrg(t)
	p := o.add("Alpha", 0, 0)
	bob := map[string]any{"displayName": "Bob", "id": bobID, "uniqueName": "bob@contoso.com"}
	o.mu.Lock()
	p.revise(o, 7, 1, map[string]any{"System.WorkItemType": "Customer Promise", "System.AssignedTo": bob, "Custom.Risk": "High", "System.State": "Promised"})
	p.revise(o, 7, 2, map[string]any{"System.WorkItemType": "Customer Promise", "Custom.Risk": nil, "System.State": "Kept"})
	o.mu.Unlock()
	d := &recorder{Dataset: openStore(t)}
	if _, err := load(t, o, d); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, b := range d.batches {
		for _, r := range b.Revisions {
			found++
			assigned, risk := r.AssignedTo.ID != "", r.Other["Custom.Risk"] != nil
			if r.Type != "Customer Promise" || assigned != (r.Rev == 1) || risk != (r.Rev == 1) {
				t.Errorf("revision %d: type %q, assigned to %+v, %v", r.Rev, r.Type, r.AssignedTo, r.Other)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d revisions", found)
	}
}

func TestRequestsDoNotGrowWithTheNumberOfWorkItems(t *testing.T) {
	var requests []int
	for _, items := range []int{3, 300} {
		o := newTestOrg(t)
		o.pageSize = 10_000
		o.add("Alpha", items, 3)
		s, err := load(t, o, openStore(t), func(r *refresh.Options) { r.Patience = time.Hour })
		if err != nil || s.Counts["revisions"] != 3*items {
			t.Fatal(err)
		}
		requests = append(requests, s.Requests)
	}
	if requests[0] != requests[1] {
		t.Errorf("%d requests for 3 work items with a parent, %d for 300", requests[0], requests[1])
	}
}

func TestABadTokenIsNotAnEmptyOrganization(t *testing.T) {
	o := newTestOrg(t)
	o.add("Alpha", 3, 2)
	o.before = func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(203)
		_, _ = fmt.Fprint(w, "<html><head><title>Azure DevOps Services | Sign In</title></head></html>")
		return true
	}
	d := openStore(t)
	s, err := load(t, o, d)
	if !fault.Is(err, fault.NotSignedIn) || s.Rows != 0 || !strings.Contains(fault.ReportOf(err).Hint, "it may have expired") || dump(t, d) != dump(t, openStore(t)) {
		t.Errorf("%+v, %v", s, err)
	}
}
