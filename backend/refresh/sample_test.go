package refresh_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sightline/backend/devops"
	"sightline/backend/fault"
	"sightline/backend/refresh"
	"sightline/backend/sampleorg"
	"sightline/backend/sampleorg/rest"
)

// accessToken signs in with a personal access token, as Basic.
type accessToken string

func (t accessToken) Authorize(_ context.Context, r *http.Request) error {
	r.SetBasicAuth("", string(t))
	return nil
}

var sampleToday = time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC)

func startSample(t testing.TB, change ...func(*sampleorg.Options)) *sampleorg.Server {
	t.Helper()
	o := sampleorg.Options{Seed: 1, Size: sampleorg.Small, Today: sampleToday}
	if raceEnabled { // the whole history is loaded in the run without the detector, which costs a tenth
		o.Since = sampleToday.AddDate(0, -7, 0)
	}
	for _, f := range change {
		f(&o)
	}
	s, err := sampleorg.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func sampleClient(t testing.TB, s *sampleorg.Server) *refresh.Client {
	t.Helper()
	a := s.Announcement()
	org, err := devops.ParseOrganization(a.OrganizationURL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := refresh.Connect(refresh.Connection{Organization: org, Credential: accessToken(a.PersonalAccessToken), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func loadSample(t *testing.T, s *sampleorg.Server, d refresh.Store, change ...func(*refresh.Options)) (refresh.Summary, error) {
	t.Helper()
	// However busy this computer is, no first look: its rows would be counted too.
	o := refresh.Options{Client: sampleClient(t, s), Store: d, Patterns: everything, Patience: time.Hour}
	for _, f := range change {
		f(&o)
	}
	return refresh.Run(t.Context(), o)
}

// worldRevisions counts what the projects' feeds hold.
func worldRevisions(s *sampleorg.Server) int {
	n := 0
	for _, list := range s.World().ByProject {
		n += len(list)
	}
	return n
}

func TestTheSampleOrganizationLoadsWhole(t *testing.T) {
	s := startSample(t)
	d := openStore(t)
	began := time.Now()
	// The other contents have tests of their own.
	workItems := func(o *refresh.Options) { o.Selection.Contents = []devops.Content{devops.WorkItemsContent} }
	sum, err := loadSample(t, s, d, workItems)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows, %d requests, %d bytes in %v; %v", sum.Rows, sum.Requests, sum.Bytes, time.Since(began), sum.Counts)
	least := 30_000
	if raceEnabled {
		least /= 4
	}
	if want := worldRevisions(s); sum.Counts["revisions"] != want || want < least {
		t.Errorf("%d revisions, the organization has %d", sum.Counts["revisions"], want)
	}
	if len(sum.Skipped) != 0 || sum.Counts["projects"] != len(s.World().Projects) || sum.Counts["links"] == 0 {
		t.Errorf("%v, skipped %v", sum.Counts, sum.Skipped)
	}
	projects, err := d.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	processes := map[devops.Process]bool{}
	for _, p := range projects {
		processes[p.Process] = true
	}
	for _, p := range []devops.Process{devops.ProcessAgile, devops.ProcessScrum, devops.ProcessCMMI, devops.ProcessBasic} {
		if !processes[p] {
			t.Errorf("no project of the process %s: %v", p, processes)
		}
	}
	again, err := loadSample(t, s, d, workItems)
	if err != nil || again.Rows != 0 || again.Requests > 3+2*len(projects)+2 {
		t.Errorf("again: %d rows by %d requests, %v", again.Rows, again.Requests, err)
	}
	// Two days later the same history reaches further, and only that is asked for.
	had := worldRevisions(s)
	s.Advance(sampleToday.AddDate(0, 0, 2))
	later, err := loadSample(t, s, d, workItems, func(o *refresh.Options) { o.Reread = true })
	if want := worldRevisions(s) - had; err != nil || later.Counts["revisions"] != want || want == 0 {
		t.Errorf("two days later: %v, %d new revisions, %v", later.Counts, want, err)
	}
}

// further is how many more requests each piece of a load gets than the one before.
var further = flag.Int("further", 12, "requests that each piece of a load gets more than the last; 2 makes many pieces")

func TestTheSampleLoadedInPiecesIsTheSame(t *testing.T) {
	s := startSample(t)
	one := func(o *refresh.Options) { o.Patterns = onlySmallest(t, s) }
	whole := openStore(t)
	if _, err := loadSample(t, s, whole, one); err != nil {
		t.Fatal(err)
	}
	want := dump(t, whole)
	random := rand.New(rand.NewPCG(3, 4))
	faults := []*rest.Fault{rest.CutBody(random.IntN(20_000)), rest.Reset(), rest.WrongContentType(), rest.Failure(503, true)}
	d := openStore(t)
	stops, step := 0, *further
	if raceEnabled {
		step *= 4
	}
	for ; ; stops++ {
		ctx, cancel := context.WithCancel(t.Context())
		var asked atomic.Int64
		stopAt := int64(random.IntN(8) + 8 + step*stops)
		kind := faults[stops%len(faults)]
		s.Faults().Set(func(r *http.Request) *rest.Fault {
			n := asked.Add(1)
			if n == stopAt {
				cancel()
			}
			if n%17 == 5 {
				return kind
			}
			return nil
		})
		_, err := refresh.Run(ctx, refresh.Options{Client: sampleClient(t, s), Store: d, Patterns: onlySmallest(t, s), Patience: time.Hour, PageSize: 40})
		cancel()
		if err == nil {
			break
		}
		if !fault.Is(err, fault.Canceled) {
			t.Fatal(err)
		}
	}
	if got := dump(t, d); got != want {
		t.Errorf("after %d stops: %s", stops, firstDifference(got, want))
	}
	if stops < 3 {
		t.Errorf("only %d stops", stops)
	}
}

// smallest is the project with the shortest history worth the name.
func smallest(s *sampleorg.Server) int {
	w, index := s.World(), -1
	for i := range w.Projects {
		if n := len(w.ByProject[i]); n >= 2000 && (index < 0 || n < len(w.ByProject[index])) {
			index = i
		}
	}
	return index
}

// onlySmallest is the pattern of that project alone.
func onlySmallest(t *testing.T, s *sampleorg.Server) []devops.ProjectPattern {
	return patterns(t, s.World().Projects[smallest(s)].Name)
}

func TestSampleRefusalsHaveTheirOwnCodes(t *testing.T) {
	s := startSample(t)
	for name, test := range map[string]struct {
		fault *rest.Fault
		code  fault.Code
	}{
		"sign-in page": {rest.SignInPage(), fault.NotSignedIn}, "list-shaped 401": {rest.EmptyList(), fault.NotSignedIn},
		"conditional access": {rest.ConditionalAccess(), fault.ConditionalAccess}, "stopped": {rest.OrganizationStopped(), fault.Stopped},
		"not materialized": {rest.NotMaterialized(), fault.NotMaterialized},
	} {
		s.Faults().Set(func(*http.Request) *rest.Fault { return test.fault })
		if _, _, err := refresh.Probe(t.Context(), sampleClient(t, s)); !fault.Is(err, test.code) {
			t.Errorf("%s: %v (%s)", name, err, fault.CodeOf(err))
		}
	}
	s.Faults().Set(nil)
	id, projects, err := refresh.Probe(t.Context(), sampleClient(t, s))
	if err != nil || len(projects) != len(s.World().Projects) || id.ID == "" || id.Name == "" || !strings.Contains(id.Address, "@") || id.TenantID == "" {
		t.Errorf("%+v, %d projects, %v", id, len(projects), err)
	}
	gone := s.Announcement().OrganizationURL + "-not"
	c, err := refresh.Connect(refresh.Connection{Organization: devops.Organization{Name: "nobody", URL: gone, Server: true}, Credential: accessToken(s.Announcement().PersonalAccessToken)})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := refresh.Probe(t.Context(), c); !fault.Is(err, fault.OrganizationGone) {
		t.Errorf("no such organization: %v (%s)", err, fault.CodeOf(err))
	}
	c, err = refresh.Connect(refresh.Connection{Organization: devops.Organization{Name: "x", URL: s.Announcement().OrganizationURL}, Credential: accessToken("wrong")})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := refresh.Probe(t.Context(), c); !fault.Is(err, fault.NotSignedIn) {
		t.Errorf("wrong token: %v", err)
	}
}

func TestTheSampleAsSomebodyElseMidLoadStoresNothingOfThem(t *testing.T) {
	s := startSample(t)
	d := openStore(t)
	var pages atomic.Int64
	s.Faults().Set(func(r *http.Request) *rest.Fault {
		if strings.Contains(strings.ToLower(r.URL.Path), "workitemrevisions") && pages.Add(1) > 2 {
			return rest.SomebodyElse(bobID, "bob@lumen.example")
		}
		return nil
	})
	sum, err := loadSample(t, s, d)
	if !fault.Is(err, fault.IdentityChanged) {
		t.Fatalf("%v", err)
	}
	r := fault.ReportOf(err)
	if !strings.Contains(r.Message, "bob@lumen.example") || r.Hint == "" {
		t.Errorf("%+v", r)
	}
	if got := strings.Count(dump(t, d), "\nrevision "); got != sum.Counts["revisions"] {
		t.Errorf("%d revisions in the file, %d stored as the right person", got, sum.Counts["revisions"])
	}
}

func TestACollectionOfAServerLoads(t *testing.T) {
	s := startSample(t, func(o *sampleorg.Options) { o.Collection = true })
	sum, err := loadSample(t, s, openStore(t), func(o *refresh.Options) { o.Patterns = onlySmallest(t, s) })
	// The feed of the project, and the last revision of each item that has left it.
	w, p := s.World(), smallest(s)
	left := map[uint32]bool{}
	for i, v := range w.Revisions {
		if int(v.Project) == p {
			left[v.Item] = true
		}
		if i+1 == len(w.Revisions) || w.Revisions[i+1].Item != v.Item {
			if int(v.Project) == p {
				delete(left, v.Item)
			}
		}
	}
	if err != nil || len(left) == 0 || sum.Counts["revisions"] != len(w.ByProject[p])+len(left) {
		t.Errorf("%v, %d have left, %v", sum.Counts, len(left), err)
	}
	if !slices.Equal(sum.Projects, []string{s.World().Projects[smallest(s)].Name}) {
		t.Error(sum.Projects)
	}
}

// BenchmarkSmallSample loads the small sample, server and client in one process.
func BenchmarkSmallSample(b *testing.B) {
	s := startSample(b)
	for b.Loop() {
		d := openBenchStore(b)
		sum, err := refresh.Run(b.Context(), refresh.Options{Client: sampleClient(b, s), Store: d, Patterns: everything})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(sum.Requests), "requests")
		b.ReportMetric(float64(sum.Counts["revisions"]), "revisions")
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
