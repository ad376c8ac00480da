package devops_test

import (
	"strings"
	"testing"

	"sightline/backend/devops"
	"sightline/backend/fault"
)

func names(projects []devops.Project) string {
	out := make([]string, len(projects))
	for i, p := range projects {
		out[i] = p.Name
	}
	return strings.Join(out, " ")
}

// The first two cases are the example of the connector's old documentation, word for word.
func TestPatternsMatchAsTheOldConnectorDid(t *testing.T) {
	var projects []devops.Project
	for _, n := range []string{"Test1", "Test2", "Test3", "App1", "App2"} {
		projects = append(projects, devops.Project{Name: n})
	}
	for _, tc := range []struct{ patterns, want string }{
		{"Test*", "Test1 Test2 Test3"},
		{"*", "Test1 Test2 Test3 App1 App2"},
		{"App1", "App1"},
		{"app1, TEST*", "Test1 Test2 Test3 App1"},
		{"App", ""},
		{"Test1\nTest1;Test2", "Test1 Test2"},
	} {
		ps, err := devops.ParsePatterns(tc.patterns)
		if err != nil {
			t.Fatalf("%q: %v", tc.patterns, err)
		}
		matched, others := devops.MatchProjects(ps, projects)
		if got := names(matched); got != tc.want {
			t.Errorf("%q matches %q, want %q", tc.patterns, got, tc.want)
		}
		if len(matched)+len(others) != len(projects) {
			t.Errorf("%q loses projects", tc.patterns)
		}
	}
}

func TestAStarMayOnlyStandAtTheEnd(t *testing.T) {
	for text, suggestion := range map[string]string{"T*st": "T*", "*Test": "", "Te**": "Te*", "a*b*": "a*"} {
		_, err := devops.ParsePattern(text)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.ReportOf(err).Message, "star may only stand at the end") {
			t.Errorf("%q: %v, want a refusal that gives the reason", text, err)
		}
		if got := devops.SuggestPattern(text); got != suggestion {
			t.Errorf("%q: suggestion %q, want %q", text, got, suggestion)
		}
	}
	for _, text := range []string{"", "  ", "a/b", `a\b`, strings.Repeat("x", 70)} {
		if _, err := devops.ParsePattern(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v, want a refusal", text, err)
		}
	}
}

func TestEveryWayToWriteAnOrganizationIsUnderstood(t *testing.T) {
	for text, want := range map[string]devops.Organization{
		"corpx":                  {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		" corpx ":                {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		"corpx.visualstudio.com": {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		"https://corpx.visualstudio.com/DefaultCollection/Test1": {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		"https://dev.azure.com/corpx":                            {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		"dev.azure.com/corpx/Test1/_workitems":                   {Name: "corpx", URL: "https://dev.azure.com/corpx"},
		"https://tfs.example.com/tfs/DefaultCollection/":         {Name: "DefaultCollection", URL: "https://tfs.example.com/tfs/DefaultCollection", Server: true},
		"http://TFS:8080/My Collection/Project":                  {Name: "My Collection", URL: "http://tfs:8080/My%20Collection", Server: true},
		"http://127.0.0.1:4711/sample":                           {Name: "sample", URL: "http://127.0.0.1:4711/sample", Server: true},
	} {
		got, err := devops.ParseOrganization(text)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "corp x", "-corpx", "https://dev.azure.com/", "https://tfs.example.com", "ftp://dev.azure.com/corpx", "https://me:secret@dev.azure.com/corpx", "corp_x"} {
		if got, err := devops.ParseOrganization(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %+v, %v; want a refusal", text, got, err)
		}
	}
}
