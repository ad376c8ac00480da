package refresh_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/refresh"
	"sightline/backend/sqlite"
)

// benchPages makes pages of 1,000 revisions of some 35 fields as the service sends them, identities as objects.
func benchPages(pages int) [][]byte {
	person := func(n int) string {
		return fmt.Sprintf(`{"displayName":"Person Number %03d","url":"https://spsprodeus23.vssps.visualstudio.com/A1b2c3d4/_apis/Identities/22157d54-1821-6536-a446-%012d","_links":{"avatar":{"href":"https://dev.azure.com/contoso/_apis/GraphProfile/MemberAvatars/aad.MjIxNTdkNTQtMTgyMS03NTM2LWE0NDYtOTI4YjA2MzQ4%04d"}},"id":"22157d54-1821-6536-a446-%012d","uniqueName":"person%03d@contoso.com","imageUrl":"https://dev.azure.com/contoso/_apis/GraphProfile/MemberAvatars/aad.MjIxNTdkNTQtMTgyMS03NTM2LWE0NDYtOTI4YjA2MzQ4%04d","descriptor":"aad.MjIxNTdkNTQtMTgyMS03NTM2LWE0NDYtOTI4YjA2MzQ4%04d"}`, n, n, n, n, n, n, n)
	}
	states := []string{"New", "Active", "Resolved", "Closed"}
	all := make([][]byte, pages)
	items := pages * 1000 / 8
	for p := range all {
		var b bytes.Buffer
		b.WriteString(`{"values":[`)
		for i := range 1000 {
			n := p*1000 + i
			id, rev := n%items+1, n/items+1
			at := testBegin.Add(time.Duration(n) * 13 * time.Minute).Format("2006-01-02T15:04:05.99Z")
			if i > 0 {
				b.WriteByte(',')
			}
			_, _ = fmt.Fprintf(&b, `{"id":%d,"rev":%d,"fields":{"System.Id":%[1]d,"System.AreaId":%d,"System.AreaPath":"Bench\\Area %[3]d","System.TeamProject":"Bench","System.NodeName":"Area %[3]d","System.AreaLevel1":"Bench","System.AreaLevel2":"Area %[3]d","System.Rev":%[2]d,"System.AuthorizedDate":%[4]q,"System.RevisedDate":"9999-01-01T00:00:00Z","System.IterationId":%[5]d,"System.IterationPath":"Bench\\Sprint %[5]d","System.IterationLevel1":"Bench","System.IterationLevel2":"Sprint %[5]d","System.WorkItemType":"User Story","System.State":%[6]q,"System.Reason":"Moved to state %[6]s","System.AssignedTo":%[7]s,"System.CreatedDate":"2026-01-05T08:00:00Z","System.CreatedBy":%[8]s,"System.ChangedDate":%[4]q,"System.ChangedBy":%[9]s,"System.AuthorizedAs":%[9]s,"System.PersonId":1234,"System.Watermark":%[10]d,"System.Title":"As a dispatcher I see shipment %[1]d on the map \u2013 soon","System.BoardColumn":%[6]q,"System.BoardColumnDone":false,"System.CommentCount":%[2]d,"System.Tags":"customer; regression","Microsoft.VSTS.Common.StateChangeDate":%[4]q,"Microsoft.VSTS.Common.Priority":%[11]d,"Microsoft.VSTS.Common.StackRank":1000000%[11]d.5,"Microsoft.VSTS.Common.ValueArea":"Business","Microsoft.VSTS.Scheduling.StoryPoints":%[11]d.0,"WEF_6CB513B6E70E43499D9FC94E5BBFB784_Kanban.Column":%[6]q,"Custom.Customer":"Customer %[12]d"}}`,
				id, rev, 100+id%40, at, 200+n/4000, states[min(rev/2, 3)], person(id%60), person(id%50), person(n%60), n+1, id%4+1, id%30)
		}
		_, _ = fmt.Fprintf(&b, `],"nextLink":"https://x/?continuationToken=%d","continuationToken":"%[1]d","isLastBatch":%v}`, p+1, p == pages-1)
		all[p] = b.Bytes()
	}
	return all
}

// benchServer serves ready pages, so that the server costs next to nothing.
func benchServer(b *testing.B, pages [][]byte) *httptest.Server {
	o := &testOrg{pageSize: 1000, caller: annID + ":ann@contoso.com"}
	o.add("Bench", 0, 0)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "workitemrevisions") {
			o.ServeHTTP(w, r)
			return
		}
		n, _ := strconv.Atoi(r.URL.Query().Get("continuationToken"))
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-VSS-UserData", o.caller)
		w.Header().Set("Content-Length", strconv.Itoa(len(pages[n])))
		_, _ = w.Write(pages[n])
	}))
	b.Cleanup(server.Close)
	return server
}

// BenchmarkLoad reads 40,000 revisions from a local server into a dataset file: HTTP, decoding, transforming
// and storing.
func BenchmarkLoad(b *testing.B) {
	pages := benchPages(40)
	server := benchServer(b, pages)
	for b.Loop() {
		d := openBenchStore(b)
		c, err := refresh.Connect(refresh.Connection{Organization: organizationAt(server.URL), Credential: token("x")})
		if err != nil {
			b.Fatal(err)
		}
		s, err := refresh.Run(b.Context(), refresh.Options{Client: c, Store: d, Patterns: everything})
		if err != nil || s.Counts["revisions"] != 40_000 {
			b.Fatal(s.Counts, err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(40_000*float64(b.N)/b.Elapsed().Seconds(), "revisions/s")
	b.ReportMetric(float64(len(pages[0]))/1000, "B/revision")
}

func openBenchStore(b *testing.B) *sqlite.Dataset {
	b.Helper()
	d, err := sqlite.OpenDataset(b.Context(), filepath.Join(b.TempDir(), "bench.sqlite"), sqlite.DatasetOptions{})
	if err != nil {
		b.Fatal(err)
	}
	return d
}
