package azdo

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Seeds run with every test; `go test -fuzz FuzzTime ./backend/azdo` and so on look for more. FuzzRevisionPage
// is in scan_test.go.

// canonical is what package time and we have to read alike.
var canonical = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-](0\d|1\d|2[0-3]):\d\d)$`)

// FuzzTime holds our reading of dates against package time.
func FuzzTime(f *testing.F) {
	for _, s := range []string{
		"2014-03-18T17:16:56.2512345Z", "2024-01-05T09:23:38Z", "0001-01-01T00:00:00", "9999-01-01T00:00:00Z", "2014-05-12T22:23:07.727+00:00",
		"2024-02-29T23:59:59.999999999-12:30", "1/31/2017 9:21:14 PM", "2026-03-02", "", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00.Z",
		"2024-01-01T00:00:60Z", "2024-01-01 10:11:12z", "2024-01-01T00:00:00+24:00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseTime(s)
		want, plain := time.Parse(time.RFC3339Nano, s)
		switch {
		case plain != nil || !canonical.MatchString(s): // package time takes some forms that nobody sends, and leaves some that are sent
			if err == nil && !got.IsZero() && (got.Year() < 2 || got.Location() != time.UTC) {
				t.Errorf("%q became %v", s, got)
			}
		case err != nil:
			t.Errorf("%q: %v", s, err)
		case got.IsZero():
			if y := want.Year(); y > 2 && y < 9998 {
				t.Errorf("%q became no time", s)
			}
		case !got.Equal(want):
			t.Errorf("%q became %v, want %v", s, got, want)
		}
	})
}

// anyJSON decodes a body into a wire type as the client does. What is taken has to be JSON, and taken the same
// way again.
func anyJSON[T any](t *testing.T, body []byte) (v T, ok bool) {
	t.Helper()
	if decodeJSON(&v)(&answer{body: body}) != nil {
		return v, false
	}
	if !json.Valid(body) {
		t.Errorf("%T taken from what is no JSON: %q", v, body)
	}
	var again T
	if err := decodeJSON(&again)(&answer{body: body}); err != nil || !reflect.DeepEqual(v, again) {
		t.Errorf("%T: %+v, then %+v, %v", v, v, again, err)
	}
	return v, true
}

// FuzzLinkPage holds a page of links against a plain reading of the same members.
func FuzzLinkPage(f *testing.F) {
	f.Add([]byte(`{"values":[{"rel":"System.LinkTypes.Hierarchy","sourceId":7,"targetId":8,"changedDate":"2014-03-18T17:17:52.02Z","isActive":true,"changedBy":{"id":"x"}}],"nextLink":"https://x/?continuationToken=6281123&api-version=7.1","isLastBatch":true}`))
	f.Add([]byte(`{"values":[],"nextLink":"https://x/?a=%zz&continuationToken=1;2;3","isLastBatch":false}`))
	f.Add([]byte(`{"isLastBatch":true,"values":null}`))
	f.Add([]byte(`{"values":[{"changedDate":null,"isActive":false,"sourceId":1e3,"targetId":-0}],"isLastBatch":true}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, ok := anyJSON[LinkPage](t, body)
		if !ok {
			return
		}
		var plain struct {
			Values []struct {
				SourceID int  `json:"sourceId"`
				TargetID int  `json:"targetId"`
				IsActive bool `json:"isActive"`
			} `json:"values"`
			IsLastBatch bool `json:"isLastBatch"`
		}
		if err := json.Unmarshal(body, &plain); err != nil || len(plain.Values) != len(p.Values) || plain.IsLastBatch != p.IsLast {
			t.Fatalf("%+v, want %+v, %v", p, plain, err)
		}
		for i, l := range p.Values {
			if w := plain.Values[i]; l.SourceID != w.SourceID || l.TargetID != w.TargetID || l.IsActive != w.IsActive {
				t.Errorf("%+v, want %+v", l, w)
			}
		}
		if token := tokenOf(p.NextLink); token != "" && !strings.Contains(strings.ToLower(p.NextLink), "continuationtoken=") {
			t.Errorf("the token %q from %q", token, p.NextLink)
		}
	})
}

// FuzzTimeline decodes timelines: every record that came is there.
func FuzzTimeline(f *testing.F) {
	f.Add([]byte(`{"records":[{"id":"a","parentId":null,"type":"Stage","name":"Build","startTime":"2026-04-01T10:00:00.1275996Z","finishTime":null,"state":"completed","result":"succeeded","order":1,"attempt":1,"identifier":"build","workerName":null,"errorCount":0,"warningCount":null,"issues":[],"log":{"id":1},"lastModified":"0001-01-01T00:00:00"}]}`))
	f.Add([]byte(`{"records":[{"type":3,"state":2,"result":"2","order":"7"},null,{}]}`))
	f.Add([]byte(`{"records":null}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, body []byte) {
		v, ok := anyJSON[Timeline](t, body)
		if !ok {
			return
		}
		var plain struct{ Records []json.RawMessage }
		if json.Unmarshal(body, &plain) == nil && len(plain.Records) != len(v.Records) {
			t.Errorf("%d records of %d", len(v.Records), len(plain.Records))
		}
	})
}

// FuzzList decodes the three forms of lists: no row is lost, whatever the form.
func FuzzList(f *testing.F) {
	for _, s := range []string{`{"count":1,"value":[{"id":"a","name":"b"}]}`, `{"value":[],"count":0}`, `{"values":[{"id":"a"},null]}`, `[{"name":"x"}]`, ` [ ] `, `{}`, `null`, `{"value":null,"values":[{}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		l, ok := anyJSON[list[TeamRef]](t, body)
		if !ok {
			return
		}
		var rows []json.RawMessage
		if json.Unmarshal(body, &rows) != nil {
			var o struct{ Value, Values []json.RawMessage }
			if json.Unmarshal(body, &o) != nil {
				t.Fatalf("taken: %q", body)
			}
			if rows = o.Value; rows == nil {
				rows = o.Values
			}
		}
		if len(l.all()) != len(rows) {
			t.Errorf("%d rows of %d", len(l.all()), len(rows))
		}
	})
}

// FuzzLooseMembers decodes members that come in several forms: nothing panics, and null is nothing.
func FuzzLooseMembers(f *testing.F) {
	for _, s := range []string{
		`"edit, add"`, `3`, `-1`, `1e3`, `null`, `{"$type":"System.String","$value":"x"}`, `{"$value":{"a":1}}`, `"Ann Ab <ann@contoso.com>"`, `{"id":"x","uniqueName":"a <b>"}`,
		`{"teamMembers":[{"activities":[{"capacityPerDay":4.5,"name":null}],"daysOff":[{"start":"2026-01-01T00:00:00Z","end":null}]}]}`, `{"count":1,"value":[{}]}`, `[]`,
		`{"id":"12","deletedDate":"1/31/2017 9:21:14 PM","deletedBy":"x"}`, `{"referenceName":"System.Title"}`, `"<"`, `">"`, `99999999999999999999`, `0.5`, `""`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		anyJSON[ChangeType](t, body)
		anyJSON[EnumText](t, body)
		anyJSON[IntOrText](t, body)
		anyJSON[PullRequestStatus](t, body)
		anyJSON[PullRequestMerge](t, body)
		anyJSON[PropertyValue](t, body)
		anyJSON[FieldRef](t, body)
		anyJSON[DeletedWorkItem](t, body)
		anyJSON[Reviewer](t, body)
		anyJSON[TeamCapacity](t, body)
		anyJSON[Time](t, body)
		if r, ok := anyJSON[IdentityRef](t, body); ok && string(body) == "null" && r != (IdentityRef{}) {
			t.Errorf("null became %+v", r)
		}
	})
}

// FuzzErrorBody reads errors in whatever form: what a person may see is short, valid text.
func FuzzErrorBody(f *testing.F) {
	f.Add([]byte("\ufeff"+`{"$id":"1","message":"TF24668: stopped","typeKey":"X"}`), "application/json", "")
	f.Add([]byte(`{"count":1,"value":{"Message":"x"}}`), "application/json; charset=utf-8", "TF400813%3A+The")
	f.Add([]byte(`<html><title>Azure DevOps Services | Sign In</title>`), "text/html", "")
	f.Add([]byte("<TITLE\xff>\xc3\x28</title"), "text/html", "%zz")
	f.Add([]byte(`{"error":{"code":"0","message":null}}`), "text/plain", "")
	f.Fuzz(func(t *testing.T, body []byte, kind, header string) {
		a := &answer{status: 400, body: body, header: http.Header{"Content-Type": {kind}, "X-Tfs-Serviceerror": {header}}}
		a.readError()
		if !utf8.ValidString(a.message) || utf8.RuneCountInString(a.message) > 401 {
			t.Errorf("%q", a.message)
		}
	})
}
