package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

// examples are the fenced blocks of a kind in docs/query.md.
func examples(t *testing.T, kind string) []string {
	t.Helper()
	text, err := os.ReadFile("docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range regexp.MustCompile("(?s)\n```"+kind+"\n(.*?)\n```").FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	if len(out) == 0 {
		t.Fatalf("docs/query.md has no %s", kind)
	}
	return out
}

// words splits a line as a shell does, as far as the examples need it.
func words(line string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`).FindAllStringSubmatch(line, -1) {
		out = append(out, m[1]+m[2]+m[3])
	}
	return out
}

func TestExamplesOfTheQueryGuideAreAnswered(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	for _, block := range examples(t, "sh") {
		for _, line := range strings.Split(block, "\n") {
			if v := runVerb(ctx, closed{}, words(line)[1:]...); v.status != 0 || len(v.out.String()) < 20 {
				t.Errorf("%s\nstatus %d: %s%s", line, v.status, v.out, v.diag)
			}
		}
	}
	for _, query := range examples(t, "json") {
		v := runVerb(ctx, stdin(query), "query", "Tools")
		if r := answer[dataset.Result](t, v); !hasNumbers(&r) {
			t.Errorf("%s\nhas no numbers: %s", query, v.out)
		}
	}
}

func TestExamplesOfMeasuresAreAnswered(t *testing.T) {
	toBeAsked(t, "workItems")
	ctx := t.Context()
	var defines []string
	for _, block := range examples(t, "measure") {
		for _, line := range strings.Split(block, "\n") {
			defines = append(defines, "--define", line)
		}
	}
	for i := 1; i < len(defines); i += 2 {
		name := strings.TrimSpace(strings.Split(defines[i], "=")[0])
		args := append([]string{"query", "Tools", "--value", name, "--row", "Dates[Date]:month", "--row", "Work items[Priority]"}, defines...)
		v := runVerb(ctx, closed{}, args...)
		if r := answer[dataset.Result](t, v); !hasNumbers(&r) || r.Values[0].Measure != name {
			t.Errorf("%s has no numbers: %+v", defines[i], r.Values)
		}
	}
}

// hasNumbers reports whether some row of the answer has a number for each value that is not 0.
func hasNumbers(r *dataset.Result) bool {
	for i := range r.Values {
		found := false
		for _, row := range r.Rows {
			found = found || row.Values[i] != nil && *row.Values[i] != 0
		}
		if !found {
			return false
		}
	}
	return true
}

func TestTheQueryGuideNamesEveryFunctionAndOperator(t *testing.T) {
	text, err := os.ReadFile("docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range dataset.LanguageNames() {
		if !regexp.MustCompile("(?m)`" + name + `\b|` + name + "[(`,]").Match(text) {
			t.Errorf("docs/query.md does not tell of %s", name)
		}
	}
	for _, op := range []dataset.Op{dataset.In, dataset.NotIn, dataset.Under, dataset.GreaterEqual, dataset.Between, dataset.Contains, dataset.StartsWith, dataset.IsBlank, dataset.IsNotBlank, dataset.Last, dataset.This, dataset.Next, dataset.Current, dataset.TopN, dataset.BottomN} {
		if !strings.Contains(string(text), "`"+string(op)+"`") {
			t.Errorf("docs/query.md does not tell of %s", op)
		}
	}
}

func TestTheRefusalInTheQueryGuideIsTheRealOne(t *testing.T) {
	toBeAsked(t, "workItems")
	text, err := os.ReadFile("docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(string(text), "    $ sightline query ")
	shown, _, _ = strings.Cut(shown, "\n\n")
	lines := strings.Split(shown, "\n    ")
	v := runVerb(t.Context(), closed{}, append([]string{"query"}, words(lines[0])...)...)
	if want := strings.Join(lines[1:], "\n"); v.status != 2 || strings.TrimSpace(v.diag.String()) != want {
		t.Errorf("%d\n%s\nthe guide says\n%s", v.status, v.diag, want)
	}
}
