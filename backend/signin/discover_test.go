package signin_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

const (
	tenant = "8f2b1a34-5c6d-4e7f-8091-a2b3c4d5e6f7"
	other  = "1f2b1a34-5c6d-4e7f-8091-a2b3c4d5e6f7"
	zero   = "00000000-0000-0000-0000-000000000000"
	entra  = "https://login.microsoftonline.com/"
)

func TestTheDirectoryOfAnOrganizationIsFound(t *testing.T) {
	real := signin.Directory{TenantID: tenant, Authority: entra + tenant}
	for name, c := range map[string]struct {
		status  int
		headers [][2]string
		want    signin.Directory
		code    fault.Code
	}{
		"challenge": {401, [][2]string{{"WWW-Authenticate", "Bearer authorization_uri=" + entra + tenant}}, real, ""},
		"challenge among others": {401, [][2]string{{"WWW-Authenticate", `Basic realm="https://x.visualstudio.com/"`}, {"WWW-Authenticate", "TFS-Federated"},
			{"WWW-Authenticate", "Bearer authorization_uri=" + entra + tenant}}, real, ""},
		"challenge in one line, quoted": {401, [][2]string{{"WWW-Authenticate", `Bearer authorization_uri="` + entra + tenant + `/oauth2/authorize", Basic realm="x"`}}, real, ""},
		"challenge before tenant":       {401, [][2]string{{"X-VSS-ResourceTenant", other}, {"WWW-Authenticate", "Bearer authorization_uri=" + entra + tenant}}, real, ""},
		"tenant with 404":               {404, [][2]string{{"X-VSS-ResourceTenant", tenant}}, real, ""},
		"tenant in capitals":            {302, [][2]string{{"X-VSS-ResourceTenant", "8F2B1A34-5C6D-4E7F-8091-A2B3C4D5E6F7"}}, real, ""},
		"several tenants, zero first":   {200, [][2]string{{"X-VSS-ResourceTenant", zero + ", " + tenant + "," + other}}, real, ""},
		"two lines of tenants":          {200, [][2]string{{"X-VSS-ResourceTenant", zero}, {"X-VSS-ResourceTenant", tenant}}, real, ""},
		"personal accounts":             {401, [][2]string{{"X-VSS-ResourceTenant", zero}, {"WWW-Authenticate", "Bearer authorization_uri=" + entra + zero}}, signin.Directory{MSABacked: true}, ""},
		"not encrypted authority":       {401, [][2]string{{"WWW-Authenticate", "Bearer authorization_uri=http://login.example/" + tenant}, {"X-VSS-ResourceTenant", tenant}}, real, ""},
		"authority of no tenant":        {401, [][2]string{{"WWW-Authenticate", "Bearer authorization_uri=" + entra + "common"}, {"X-VSS-ResourceTenant", tenant}}, real, ""},
		"local authority": {401, [][2]string{{"WWW-Authenticate", "Bearer authorization_uri=http://127.0.0.1:8080/identity/" + tenant}},
			signin.Directory{TenantID: tenant, Authority: "http://127.0.0.1:8080/identity/" + tenant}, ""},
		"server":           {401, [][2]string{{"WWW-Authenticate", "Negotiate"}, {"WWW-Authenticate", "NTLM"}, {"WWW-Authenticate", `Basic realm="http://tfs:8080/tfs"`}}, signin.Directory{}, ""},
		"nonsense":         {200, [][2]string{{"X-VSS-ResourceTenant", "x"}, {"WWW-Authenticate", "Bearer authorization_uri=::"}}, signin.Directory{}, ""},
		"no organization":  {404, nil, signin.Directory{}, fault.OrganizationGone},
		"service is ill":   {503, nil, signin.Directory{}, fault.Offline},
		"redirect to page": {302, [][2]string{{"Location", "/elsewhere"}, {"X-VSS-ResourceTenant", tenant}}, real, ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/elsewhere" {
					t.Error("a redirect was followed")
				}
				if r.Method != http.MethodHead || r.Header.Get("X-TFS-FedAuthRedirect") != "Suppress" || r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" {
					t.Errorf("asked with %s %v", r.Method, r.Header)
				}
				for _, h := range c.headers {
					w.Header().Add(h[0], h[1])
				}
				w.WriteHeader(c.status)
			}))
			defer server.Close()
			jar, err := cookiejar.New(nil)
			if err != nil {
				t.Fatal(err)
			}
			got, err := signin.Discover(context.Background(), &http.Client{Jar: jar}, server.URL+"/contoso")
			if c.code != "" {
				mustRefuse(t, err, c.code)
				return
			}
			if err != nil || got != c.want || got.OAuth() != (c.want.Authority != "") {
				t.Errorf("found %+v (%v), want %+v", got, err, c.want)
			}
		})
	}
}

func TestDiscoveryWithoutANetwork(t *testing.T) {
	_, err := signin.Discover(context.Background(), nil, "http://127.0.0.1:9/contoso")
	mustRefuse(t, err, fault.Offline, "127.0.0.1:9")
	_, err = signin.Discover(context.Background(), nil, "contoso")
	mustRefuse(t, err, fault.Invalid)

	wait := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-wait }))
	defer server.Close()
	defer close(wait)
	_, err = signin.Discover(context.Background(), &http.Client{Timeout: 50 * time.Millisecond}, server.URL+"/contoso")
	mustRefuse(t, err, fault.Timeout)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err = signin.Discover(ctx, nil, server.URL+"/contoso"); !fault.Is(err, fault.Canceled) {
		t.Errorf("got %v", err)
	}

	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = nil
	_, err = signin.Discover(context.Background(), nil, secure.URL+"/contoso")
	mustRefuse(t, err, fault.Offline, "certificate")
}
