package desktop

import (
	"strings"
	"testing"

	"sightline/backend/signin"
)

func TestWhoWasExpectedIsWhomTheDirectoryVouchesFor(t *testing.T) {
	const ann, bob = "ann@contoso.example", "bob@contoso.example"
	work := &signin.Result{Account: signin.Account{Kind: signin.KindWork, Address: ann}, Claims: signin.Claims{PreferredUsername: ann, UPN: "ann@old.example"}}
	guest := &signin.Result{Account: signin.Account{Kind: signin.KindGuest, Address: "ann_home.example#EXT#@contoso.example"}}
	for name, tc := range map[string]struct {
		expect        string
		result        *signin.Result
		only          string // directory of the account that alone is taken
		seen, vouched string
		want          bool
	}{
		"nobody":                              {"", work, "", bob, bob, true},
		"the same, in capitals":               {"ANN@contoso.example ", work, "", ann, ann, true},
		"somebody else":                       {bob, work, "", ann, ann, false},
		"whom Azure DevOps alone calls so":    {bob, work, "", bob, ann, false},
		"by the other name of the directory":  {"ann@old.example", work, "", ann, ann, true},
		"a guest as Azure DevOps knows her":   {"ann@home.example", guest, "", "ann@home.example", guest.Account.Address, true},
		"another guest":                       {bob, guest, "", "ann@home.example", guest.Account.Address, false},
		"a token, known by the service alone": {ann, nil, "", ann, ann, true},
		"another token":                       {bob, nil, "", ann, ann, false},
		"who has another address by now":      {"ann@maiden.example", work, "contoso", ann, ann, true},
		"who was demanded by no key at all":   {ann, work, "-", bob, bob, false},
	} {
		a := &attempt{request: ConnectRequest{Expect: tc.expect}, result: tc.result, task: task{only: tc.only != ""}}
		a.task.account.TenantID = strings.Trim(tc.only, "-")
		if got := a.isExpected(tc.seen, tc.vouched); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestATokenIsCarriedOnlyToWhereThePersonSignedIn(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"https://dev.azure.com/contoso", "https://dev.azure.com/fabrikam", true},
		{"https://tfs.example/tfs/A", "https://TFS.example/tfs/B", true},
		{"https://tfs.example/tfs/A", "https://tfs.example.evil/tfs/A", false},
		{"https://tfs.example/tfs/A", "http://tfs.example/tfs/A", false},
		{"https://tfs.example/tfs/A", "https://tfs.example:8443/tfs/A", false},
		{"", "", false}, {"", "https://dev.azure.com/x", false},
	} {
		if got := sameService(tc.a, tc.b); got != tc.same {
			t.Errorf("%q and %q: %v", tc.a, tc.b, got)
		}
	}
	for authority, tenant := range map[string]string{
		"https://login.example/8bd0f0fc-1543-489c-8a70-38310ecfa3b2":       "8bd0f0fc-1543-489c-8a70-38310ecfa3b2",
		"https://login.example/8bd0f0fc-1543-489c-8a70-38310ecfa3b2/v2.0/": "8bd0f0fc-1543-489c-8a70-38310ecfa3b2",
		"https://login.example": "", "https://login.example/": "", "": "",
	} {
		if got := tenantOf(authority); got != tenant {
			t.Errorf("%s: %q", authority, got)
		}
	}
}
