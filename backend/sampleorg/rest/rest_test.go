package rest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

var today = time.Date(2026, time.November, 20, 15, 4, 5, 0, time.UTC)

// smallWorld is simulated once for all tests; a world never changes.
var smallWorld = sync.OnceValue(func() *world.World { return world.New(world.Options{Seed: 1, Now: today}) })

const (
	tenantID  = "982c3ad2-8f4f-460e-9bcf-126c4a166272"
	goodToken = "good"
)

// tokens is a test's authenticator: it knows three tokens.
func tokens(w *world.World) Authenticator {
	return AuthenticatorFunc(func(r *http.Request) (Caller, Refusal) {
		token, ok := BearerToken(r)
		if !ok {
			token, ok = BasicToken(r)
		}
		member := w.Member()
		switch {
		case !ok:
			return Caller{}, NoCredential
		case token == goodToken:
			return Caller{ID: member.ID, DisplayName: member.Name, UPN: member.UPN, TenantID: tenantID, Member: true}, Accepted
		case token == "stranger":
			return Caller{ID: "11111111-2222-4333-8444-555555555555", DisplayName: "Sofia", UPN: "sofia@lumen.example", TenantID: tenantID}, Accepted
		}
		return Caller{}, BadCredential
	})
}

// bench is a served organization and a client of it.
type bench struct {
	t      testing.TB
	world  *world.World
	h      *Handler
	server *httptest.Server
	client *http.Client
}

func serve(t testing.TB, o Options) *bench { return serveWorld(t, smallWorld(), o) }

func serveWorld(t testing.TB, w *world.World, o Options) *bench {
	t.Helper()
	o.Tenant, o.Authority = tenantID, "http://sign-in.example/identity"
	if o.Authenticate == nil {
		o.Authenticate = tokens(w)
	}
	b := &bench{t: t, world: w, h: New(w, o)}
	b.server = httptest.NewServer(b.h)
	t.Cleanup(b.server.Close)
	b.client = b.server.Client()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return b
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
	err    error // of reading the body
}

// ask sends a request for a path below the organization. header pairs name and value; an empty value
// removes the header. Without one for Authorization the good token is sent.
func (b *bench) ask(method, path string, body any, header ...string) answer {
	b.t.Helper()
	var in io.Reader
	if body != nil {
		j, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		in = bytes.NewReader(j)
	}
	r, err := http.NewRequest(method, b.server.URL+"/sample"+path, in)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+goodToken)
	r.Header.Set("X-TFS-FedAuthRedirect", "Suppress")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Del(header[i])
		if header[i+1] != "" {
			r.Header.Set(header[i], header[i+1])
		}
	}
	return b.send(r)
}

func (b *bench) send(r *http.Request) answer {
	b.t.Helper()
	res, err := b.client.Do(r)
	if err != nil {
		return answer{err: err}
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	return answer{res.StatusCode, res.Header, got, err}
}

// get expects 200 and decodes the body into v.
func (b *bench) get(path string, v any) answer {
	b.t.Helper()
	return b.decode(b.ask(http.MethodGet, path, nil), path, v)
}

func (b *bench) decode(a answer, path string, v any) answer {
	b.t.Helper()
	if a.err != nil || a.status != http.StatusOK {
		b.t.Fatalf("%s: status %d, %v: %.300s", path, a.status, a.err, a.body)
	}
	if v != nil {
		if err := json.Unmarshal(a.body, v); err != nil {
			b.t.Fatalf("%s: %v in %.300s", path, err, a.body)
		}
	}
	return a
}

// errorBody is the error of the service.
type errorBody struct {
	Message string `json:"message"`
	TypeKey string `json:"typeKey"`
	EventID int    `json:"eventId"`
}

func (a answer) error(t testing.TB) errorBody {
	t.Helper()
	var e errorBody
	if err := json.Unmarshal(bytes.TrimPrefix(a.body, []byte(byteOrderMark)), &e); err != nil {
		t.Fatalf("status %d: not a JSON error: %v in %.300s", a.status, err, a.body)
	}
	return e
}

func TestEveryAnswerCarriesTheServiceHeaders(t *testing.T) {
	b := serve(t, Options{})
	const session = "0f1e2d3c-0000-4000-8000-000000000001"
	a := b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil, "X-TFS-Session", session)
	for name, want := range map[string]string{
		"Content-Type": "application/json; charset=utf-8; api-version=7.1", "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "X-TFS-Session": session,
		"X-VSS-UserData": b.world.Member().ID + ":" + b.world.Member().UPN,
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"X-VSS-E2EID", "ActivityId", "X-TFS-ProcessId", "X-VSS-SenderDeploymentId", "X-MSEdge-Ref"} {
		if a.header.Get(name) == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if a.header.Get("ETag") != "" {
		t.Error("lists have no ETag")
	}
	other := b.ask(http.MethodGet, "/_apis/projects?api-version=7.1", nil)
	if other.header.Get("X-VSS-E2EID") == a.header.Get("X-VSS-E2EID") {
		t.Error("two requests share an E2EID")
	}
}

func TestVersionsAreNegotiatedAsTheServiceDoes(t *testing.T) {
	b := serve(t, Options{})
	for _, c := range []struct {
		name, method, path, accept string
		status                     int
		typeKey, contentVersion    string
	}{
		{"query", "GET", "/_apis/projects?api-version=7.0", "", 200, "", "7.0"},
		{"accept header", "GET", "/_apis/projects", "application/json;api-version=6.0", 200, "", "6.0"},
		{"none on a GET", "GET", "/_apis/projects", "", 200, "", "7.1"},
		{"none on a POST", "POST", "/_apis/wit/wiql", "", 400, "VssVersionNotSpecifiedException", "7.1"},
		{"too new", "GET", "/_apis/projects?api-version=8.0", "", 400, "VssVersionOutOfRangeException", "7.1"},
		{"nonsense", "GET", "/_apis/projects?api-version=x", "", 400, "VssInvalidApiVersionException", "7.1"},
		{"preview route without the mark", "GET", "/_apis/connectionData?api-version=7.1", "", 400, "VssInvalidPreviewVersionException", "7.1"},
		{"preview route with it", "GET", "/_apis/connectionData?api-version=7.1-preview.1", "", 200, "", "7.1-preview.1"},
		{"preview route without a version", "GET", "/_apis/connectionData", "", 200, "", "7.1-preview.1"},
		{"preview of a released route", "GET", "/_apis/projects?api-version=7.2-preview.4", "", 200, "", "7.2-preview.4"},
	} {
		var body any
		if c.method == http.MethodPost {
			body = obj{"query": "SELECT [System.Id] FROM WorkItems"}
		}
		a := b.ask(c.method, c.path, body, "Accept", c.accept)
		if a.status != c.status {
			t.Errorf("%s: status %d: %.200s", c.name, a.status, a.body)
			continue
		}
		if c.typeKey != "" && a.error(t).TypeKey != c.typeKey {
			t.Errorf("%s: typeKey %s", c.name, a.error(t).TypeKey)
		}
		if got := a.header.Get("Content-Type"); !strings.HasSuffix(got, "api-version="+c.contentVersion) {
			t.Errorf("%s: content type %q", c.name, got)
		}
	}
}

func TestPathsIgnoreCaseAndTakeIDsAndEscapes(t *testing.T) {
	b := serve(t, Options{})
	p := b.world.Project("Lumen Web")
	for _, path := range []string{"/lumen%20web/_apis/wit/workitemtypes", "/" + p.ID + "/_APIS/Wit/WorkItemTypes", "/" + strings.ToUpper(p.ID) + "/_apis/wit/workItemTypes"} {
		var list struct{ Count int }
		if b.get(path, &list); list.Count != len(p.Process.Types) {
			t.Errorf("%s: %d types", path, list.Count)
		}
	}
	r, err := http.NewRequest(http.MethodGet, b.server.URL+"/SAMPLE/_apis/projects", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+goodToken)
	if a := b.send(r); a.status != http.StatusOK {
		t.Errorf("the organization's name in capitals: %d", a.status)
	}
}

func TestWhatDoesNotExistIsRefusedInTheServicesWords(t *testing.T) {
	b := serve(t, Options{})
	const nobody = "00000000-1111-4222-8333-444444444444"
	for _, c := range []struct {
		path    string
		status  int
		prefix  string
		typeKey string
	}{
		{"/_apis/projects/Nope", 404, "TF200016", "ProjectDoesNotExistWithNameException"},
		{"/_apis/projects/" + nobody, 404, "VS800075", "ProjectDoesNotExistException"},
		{"/Nope/_apis/wit/workitemtypes", 404, "TF200016", "ProjectDoesNotExistWithNameException"},
		{"/Tooling/Nope/_apis/work/teamsettings", 404, "The team", "TeamNotFoundException"},
		{"/_apis/wit/workitems/9999999", 404, "TF401232", "WorkItemUnauthorizedAccessException"},
		{"/Tooling/_apis/wit/workitemtypes/Bug/states", 404, "VS402323", "WorkItemTypeNotFoundException"},
		{"/Tooling/_apis/wit/classificationnodes/areas/Nope", 404, "VS402485", "ClassificationNodeNotFoundException"},
		{"/_apis/work/processes/" + nobody, 404, "VS402362", "ProcessNotFoundByTypeIdException"},
		{"/_apis/wit/fields/Custom.Nope", 404, "TF51535", "WorkItemTrackingFieldDefinitionNotFoundException"},
	} {
		a := b.ask(http.MethodGet, c.path, nil)
		e := a.error(t)
		if a.status != c.status || !strings.HasPrefix(e.Message, c.prefix) || e.TypeKey != c.typeKey || e.EventID == 0 {
			t.Errorf("%s: %d %+v", c.path, a.status, e)
		}
		if a.header.Get("X-TFS-ServiceError") == "" {
			t.Errorf("%s: no X-TFS-ServiceError", c.path)
		}
	}
	a := b.ask(http.MethodGet, "/Tooling/_apis/nonsense", nil)
	if a.status != 404 || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") || !strings.Contains(string(a.body), "does not implement IController") {
		t.Errorf("an unknown route: %d %s %s", a.status, a.header.Get("Content-Type"), a.body)
	}
	if a := b.ask(http.MethodDelete, "/_apis/projects", nil); a.status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE on projects: %d", a.status)
	}
}
