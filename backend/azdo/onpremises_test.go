package azdo

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"sightline/backend/fault"
)

// onPremises is an Azure DevOps Server 2022: plain HTTP, a collection below /tfs/, version 7.0, no resource areas.
type onPremises struct {
	mu    sync.Mutex
	asked []string // path, version and authorization
}

func (o *onPremises) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	o.asked = append(o.asked, r.URL.Path+" "+r.Header.Get("Accept")+" "+r.Header.Get("Authorization"))
	o.mu.Unlock()
	below, ok := strings.CutPrefix(r.URL.Path, "/tfs/DefaultCollection")
	switch {
	case !ok:
		http.NotFound(w, r)
	case r.Header.Get("Authorization") == "":
		for _, offer := range []string{"Bearer", `Basic realm="http://tfs:8080/tfs"`, "Negotiate", "NTLM"} {
			w.Header().Add("WWW-Authenticate", offer)
		}
		w.WriteHeader(401)
	case strings.Contains(r.Header.Get("Accept"), "api-version=7.1"):
		jsonAnswer(400, `{"$id":"1","message":"The requested REST API version of 7.1 is out of range for this server. The latest REST API version this server supports is 7.0.","typeKey":"VssVersionOutOfRangeException"}`)(w, r)
	case below == "/_apis/ResourceAreas":
		jsonAnswer(200, `{"count":0,"value":[]}`)(w, r)
	case below == "/_apis/connectionData":
		jsonAnswer(200, `{"authenticatedUser":{"id":"`+annID+`","descriptor":"System.Security.Principal.WindowsIdentity;S-1-5-21","providerDisplayName":"CORP\\ann"},"instanceId":"i","deploymentType":"onPremises"}`)(w, r)
	case below == "/My Project/_apis/wit/fields", below == "/My Project/Team/_apis/work/boards":
		jsonAnswer(200, `{"count":1,"value":[{"name":"Title","referenceName":"System.Title","type":"string"}]}`)(w, r)
	default:
		http.NotFound(w, r)
	}
}

func TestACollectionOfAServerIsOneBaseOfAnOlderVersion(t *testing.T) {
	o := &onPremises{}
	server := httptest.NewServer(o)
	defer server.Close()
	c, err := New(Options{BaseURL: server.URL + "/tfs/DefaultCollection/", Credential: basic{}})
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.ConnectionData(t.Context())
	if err != nil || d.DeploymentType != "onPremises" || c.Organization() != "DefaultCollection" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := c.Fields(t.Context(), "My Project"); err != nil {
		t.Error(err)
	}
	if _, err := c.Boards(t.Context(), "My Project", "Team"); err != nil {
		t.Error(err)
	}
	if p, err := c.Profile(t.Context()); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
		t.Errorf("a Server has no profiles: %+v, %v", p, err)
	}
	// The first call asks for 7.1 and is refused; nobody asks for it again. The token goes as Basic without a name.
	if !strings.HasSuffix(o.asked[0], "api-version=7.1-preview.1 Basic OnBhdA==") {
		t.Errorf("asked %q", o.asked[0])
	}
	for _, a := range o.asked[1:] {
		if !strings.Contains(a, "api-version=7.0") || !strings.HasPrefix(a, "/tfs/DefaultCollection/") || !strings.HasSuffix(a, " Basic OnBhdA==") {
			t.Errorf("asked %q", a)
		}
	}
}

// nobody puts no authorization on a request.
type nobody struct{ basic }

func TestAServerThatWantsWindowsSignInSaysWhatToUse(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("WWW-Authenticate", "Negotiate")
		w.Header().Add("WWW-Authenticate", "NTLM")
		w.WriteHeader(401)
	}))
	defer server.Close()
	c, err := New(Options{BaseURL: server.URL + "/DefaultCollection", Credential: nobody{}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.ConnectionData(t.Context())
	r := fault.ReportOf(err)
	if r.Code != fault.NotSignedIn || !strings.Contains(r.Message, "asks for a Windows sign-in") || !strings.Contains(r.Hint, "personal access token made on this server") || !strings.Contains(r.Hint, "IIS Basic authentication") {
		t.Errorf("%+v", r)
	}
}

func TestASelfSignedCertificateIsNamedAtOnce(t *testing.T) {
	asked := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // that we hang up is what is wanted
	server.StartTLS()
	defer server.Close()
	s := newScript(t)
	c, err := New(Options{BaseURL: server.URL + "/tfs/Main", Credential: basic{}, Sleep: s.sleep, Clock: s.now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.ConnectionData(t.Context())
	r := fault.ReportOf(err)
	if r.Code != fault.Offline || !strings.Contains(r.Message, "The certificate of 127.0.0.1:") || !strings.Contains(r.Message, "is not trusted on this computer") || !strings.Contains(r.Hint, "trusted certificates") {
		t.Errorf("%+v", r)
	}
	if asked != 0 || len(s.slept) != 0 || c.Stats().Requests != 1 {
		t.Errorf("%d requests got through, %v slept, %d attempts", asked, s.slept, c.Stats().Requests)
	}
	// With the certificate trusted the same server answers.
	c, err = New(Options{BaseURL: server.URL + "/tfs/Main", Credential: basic{}, HTTP: server.Client(), Sleep: s.sleep, Clock: s.now, Attempts: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.ConnectionData(t.Context()); fault.Is(err, fault.Offline) || asked == 0 {
		t.Errorf("%v after %d requests", err, asked)
	}
}
