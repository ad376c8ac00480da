package azdo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// plainPage is a page as encoding/json alone would read it.
type plainPage struct {
	Values []*struct {
		ID     int            `json:"id"`
		Rev    int            `json:"rev"`
		Fields map[string]any `json:"fields"`
	} `json:"values"`
	NextLink          string `json:"nextLink"`
	ContinuationToken string `json:"continuationToken"`
	IsLastBatch       bool   `json:"isLastBatch"`
}

// compareWithPlain holds a decoded page against encoding/json.
func compareWithPlain(t *testing.T, body []byte, p *RevisionPage) {
	t.Helper()
	var plain plainPage
	if err := json.Unmarshal(body, &plain); err != nil {
		t.Fatalf("decoded what encoding/json refuses: %v\n%.300q", err, body)
	}
	if p.IsLast != plain.IsLastBatch {
		t.Fatalf("IsLast = %v", p.IsLast)
	}
	if want := orElse(plain.ContinuationToken, tokenOf(plain.NextLink)); p.ContinuationToken != want {
		t.Fatalf("token = %q, want %q", p.ContinuationToken, want)
	}
	i := 0
	for _, want := range plain.Values {
		if want == nil {
			continue
		}
		if i >= len(p.Revisions) {
			t.Fatalf("%d revisions, want more", len(p.Revisions))
		}
		got := p.Revisions[i]
		i++
		if got.ID != want.ID || got.Rev != want.Rev {
			t.Fatalf("revision %d/%d, want %d/%d", got.ID, got.Rev, want.ID, want.Rev)
		}
		fields := map[string]any{}
		for _, v := range got.Fields {
			fields[p.FieldName(v)] = anyOf(t, p, v)
		}
		for name, v := range want.Fields {
			if v == nil {
				delete(want.Fields, name)
				delete(fields, name) // a member twice, once null: the last stands for encoding/json
			}
		}
		if len(fields) != len(want.Fields) || len(fields) > 0 && !reflect.DeepEqual(fields, want.Fields) {
			t.Fatalf("fields of %d/%d:\n got %v\nwant %v", got.ID, got.Rev, fields, want.Fields)
		}
	}
	if i != len(p.Revisions) {
		t.Fatalf("%d revisions, want %d", len(p.Revisions), i)
	}
}

func anyOf(t *testing.T, p *RevisionPage, v FieldValue) any {
	t.Helper()
	switch v.Kind {
	case Text, escapedText:
		if a, b := p.Text(v), p.SharedText(v); a != b {
			t.Fatalf("Text %q, SharedText %q", a, b)
		}
		return p.Text(v)
	case Number:
		f, ok := p.Number(v)
		if !ok {
			t.Fatalf("no number: %s", p.Raw(v))
		}
		return f
	case True:
		return true
	case False:
		return false
	}
	var x any
	if err := json.Unmarshal(p.Raw(v), &x); err != nil {
		t.Fatalf("%s: %v", p.Raw(v), err)
	}
	return x
}

var person = func(n int) string {
	return fmt.Sprintf(`{"displayName":"Ann Ab %d","url":"https://spsprodeus23.vssps.visualstudio.com/A1/_apis/Identities/%08d","_links":{"avatar":{"href":"https://dev.azure.com/contoso/_apis/GraphProfile/MemberAvatars/aad.%d"}},"id":"22157d54-1821-6536-a446-%012d","uniqueName":"ann%d@contoso.com","imageUrl":"https://dev.azure.com/contoso/_apis/GraphProfile/MemberAvatars/aad.%d","descriptor":"aad.%d"}`, n, n, n, n, n, n, n)
}

func revisionJSON(id, rev int) string {
	return fmt.Sprintf(`{"id":%d,"rev":%d,"fields":{"System.Id":%d,"System.AreaId":%d,"System.AreaPath":"Fabrikam\\Web","System.TeamProject":"Fabrikam","System.Rev":%d,"System.RevisedDate":"2024-03-18T17:17:05.76Z","System.IterationPath":"Fabrikam\\Sprint %d","System.WorkItemType":"Bug","System.State":"Active","System.CreatedDate":"2014-03-18T17:16:56.25Z","System.CreatedBy":%s,"System.ChangedDate":"2014-03-18T17:16:56.2512345Z","System.ChangedBy":%s,"System.AssignedTo":%s,"System.Title":"Technician \u00e9 can \"check\" on %d","System.CommentCount":%d,"Microsoft.VSTS.Common.Priority":2,"Microsoft.VSTS.Scheduling.RemainingWork":%d.5,"Microsoft.VSTS.Common.StackRank":1.9999999E9,"System.BoardColumnDone":false,"System.Tags":"a; b","Custom.Empty":null}}`,
		id, rev, id, 100+id%7, rev, rev%5, person(id%9), person(rev%9), person((id+rev)%9), id, rev, rev)
}

func pageJSON(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"values":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(revisionJSON(i/8+1, i%8+1))
	}
	b.WriteString(`],"nextLink":"https://dev.azure.com/contoso/_apis/wit/reporting/workItemRevisions?continuationToken=813;350;1&api-version=2.0","continuationToken":"813;350;1","isLastBatch":false}`)
	return b.Bytes()
}

func TestScannerReadsWhatEncodingJSONReads(t *testing.T) {
	d := NewRevisionDecoder()
	for _, body := range []string{
		string(pageJSON(40)),
		`{"values":[],"isLastBatch":true,"continuationToken":"1;2;3"}`,
		`{"isLastBatch":true,"values":[{"rev":1,"url":"https://x","fields":{},"id":7}],"unknown":{"a":[1,{"b":null}]}}`,
		` { "values" : [ { "id" : 1 , "rev" : 2 , "fields" : { "A" : -0.5e-3 , "B" : [1,2] , "C" : true } } ] , "nextLink" : "https://x/?a=b&continuationToken=5%3B6&c" } `,
		`{"values":[{"id":1,"rev":1,"fields":{"System.Title":"tab\tquote\"slash\\ \u00e9 \ud83d\ude00 é 😀 end"}}],"isLastBatch":true}`,
		`{"values":[{"id":1,"rev":1,"fields":{"A":12345678901234567890,"B":0.1,"C":123456789012345.6,"D":1e308,"E":-0}}],"isLastBatch":true}`,
		`{"values":[{"id":1,"rev":1,"fields":{"A":1,"A":2}}],"isLastBatch":true,"nextLink":null,"continuationToken":null}`,
		"{\"values\":[{\"id\":1,\"rev\":1,\"fields\":{\"A\":\"bad \xff byte\"}}],\"isLastBatch\":true}",
		// These the scanner leaves to encoding/json.
		`{"values":null,"isLastBatch":true}`,
		`{"values":[null,{"id":1,"rev":1,"fields":null}],"isLastBatch":true}`,
		`{"values":[{"ID":3,"Rev":1,"fields":{"A":"x"}}],"isLastBatch":true}`,
		`{"values":[{"id":3,"rev":1,"fields":{"A\u0042":"x","é":1}}],"isLastBatch":true}`,
	} {
		p, err := d.Decode([]byte(body))
		if err != nil {
			t.Fatalf("%v\n%s", err, body)
		}
		compareWithPlain(t, []byte(body), p)
		p.Release()
	}
}

func TestScannerTakesTheUsualPageItself(t *testing.T) {
	p := &RevisionPage{}
	d := NewRevisionDecoder()
	if !d.scan(pageJSON(100), p) || len(p.Revisions) != 100 {
		t.Fatalf("the scanner left the usual page to encoding/json")
	}
	if got := len(d.people.raw); got != 9 {
		t.Errorf("%d people remembered, want 9", got)
	}
}

func TestScannerRefusesBrokenPages(t *testing.T) {
	whole := pageJSON(6)
	for cut := range len(whole) - 1 {
		if _, err := NewRevisionDecoder().Decode(whole[:cut]); err == nil {
			t.Fatalf("a page cut at %d of %d was taken", cut, len(whole))
		}
	}
	for _, body := range []string{
		``, `null`, `[]`, `{}`, `{"values":[]}`, `{"values":[],"isLastBatch":false}`, `{"values":[],"isLastBatch":"true"}`,
		`{"values":[{"id":1.5,"rev":1,"fields":{}}],"isLastBatch":true}`, `{"values":[{"id":01,"rev":1,"fields":{}}],"isLastBatch":true}`,
		`{"values":[{"id":1,"rev":1,"fields":{"A":01}}],"isLastBatch":true}`, `{"values":[{"id":1,"rev":1,"fields":{"A":tru}}],"isLastBatch":true}`,
		"{\"values\":[{\"id\":1,\"rev\":1,\"fields\":{\"A\":\"line\nbreak\"}}],\"isLastBatch\":true}",
		`{"values":[{"id":1,"rev":1,"fields":{"A":"\x"}}],"isLastBatch":true}`, `{"values":[{"id":1,"rev":1,"fields":{"A":"\u12g4"}}],"isLastBatch":true}`,
		`{"values":[{"id":1,"rev":1,"fields":{"A":{"b":1}}}],"isLastBatch":true}}`, `{"values":[{"id":1,"rev":1,"fields":{"A":1,}}],"isLastBatch":true}`,
	} {
		if p, err := NewRevisionDecoder().Decode([]byte(body)); err == nil {
			t.Errorf("taken: %s as %+v", body, p.Revisions)
		}
	}
}

// TestScannerSurvivesFlippedBytes damages single bytes: what is still taken must be what encoding/json takes.
func TestScannerSurvivesFlippedBytes(t *testing.T) {
	whole := pageJSON(3)
	random := rand.New(rand.NewPCG(1, 2))
	d := NewRevisionDecoder()
	for range 3000 {
		body := bytes.Clone(whole)
		body[random.IntN(len(body))] = byte(random.IntN(256))
		if p, err := d.Decode(body); err == nil {
			compareWithPlain(t, body, p)
		}
	}
}

func FuzzRevisionPage(f *testing.F) {
	f.Add(pageJSON(2))
	f.Add([]byte(`{"values":[{"id":1,"rev":1,"fields":{"A":"\ud800","B":[[[]]],"C":{"D":1e5}}}],"isLastBatch":true}`))
	f.Add([]byte(`{"value":[null,{"id":1,"rev":1,"fields":{"A":1}}],"count":2}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		d := NewRevisionDecoder()
		for range 2 { // twice, so that remembered names and people are met again
			p := &RevisionPage{shared: d.shared}
			if !d.scan(body, p) {
				return
			}
			p.names = d.names
			if hasHuge(p) {
				return // encoding/json refuses numbers beyond float64 when it decodes into any
			}
			compareWithPlain(t, body, p)
		}
	})
}

func hasHuge(p *RevisionPage) bool {
	for _, r := range p.Revisions {
		for _, v := range r.Fields {
			if f, ok := p.Number(v); v.Kind == Number && (!ok || math.IsInf(f, 0)) || v.Kind == Object || v.Kind == Array {
				var x any
				if json.Unmarshal(p.Raw(v), &x) != nil {
					return true
				}
			}
		}
	}
	return false
}

func TestIdentitiesComeAsObjectsOrText(t *testing.T) {
	body := `{"values":[{"id":1,"rev":1,"fields":{"A":` + person(3) + `,"B":"Jamal Hartnett <fab@hotmail.com>","C":{"id":"d291","uniqueName":"Normal Paulk <CORP\\np>"},"D":"Build Service"}}],"isLastBatch":true}`
	d := NewRevisionDecoder()
	for range 2 {
		p, err := d.Decode([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range p.Revisions[0].Fields {
			r, ok := p.Identity(v)
			if !ok {
				t.Fatalf("%s is no identity", p.FieldName(v))
			}
			got = append(got, strings.Join([]string{r.ID, r.DisplayName, r.UniqueName}, "|"))
		}
		want := []string{"22157d54-1821-6536-a446-000000000003|Ann Ab 3|ann3@contoso.com", "|Jamal Hartnett|fab@hotmail.com", `d291|Normal Paulk|CORP\np`, "|Build Service|"}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %q", got)
		}
	}
}

func BenchmarkRevisionPageScan(b *testing.B) {
	body := pageJSON(1000)
	d := NewRevisionDecoder()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		p, err := d.Decode(body)
		if err != nil {
			b.Fatal(err)
		}
		p.Release()
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "revisions/s")
}

func BenchmarkRevisionPageEncodingJSON(b *testing.B) {
	body := pageJSON(1000)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		var plain plainPage
		if err := json.Unmarshal(body, &plain); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "revisions/s")
}

// TestPeopleThatBeginAlikeAreAllKnownAgain holds that an object is found however many begin as it does, unless it
// is too short to be told apart.
func TestPeopleThatBeginAlikeAreAllKnownAgain(t *testing.T) {
	var x identityIndex
	alike := strings.Repeat("a", 100)
	people := map[string]int32{}
	for i := range 3 * sameIdentity {
		object := fmt.Sprintf(`{"url":"https://%s/%03d","name":"%s"}`, alike, i, strings.Repeat("b", 100))
		people[object] = x.add([]byte(object))
	}
	short := fmt.Sprintf(`{"url":"https://%s"}`, alike)
	if n := x.add([]byte(short)); n != 0 {
		t.Errorf("the short one is number %d", n)
	}
	for object, want := range people {
		if n, length := x.find([]byte("["+object+"]"), 1); n != want || n == 0 || length != len(object) {
			t.Errorf("%s is number %d of length %d, not %d", object, n, length, want)
		}
	}
}
