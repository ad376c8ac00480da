package rest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

func TestLongTextsComeOnlyWhenAskedFor(t *testing.T) {
	b := serve(t, Options{})
	var plain, expanded revisionPage
	b.get(feedPath+"?api-version=7.1&$maxPageSize=50", &plain)
	b.get(feedPath+"?api-version=7.1&$maxPageSize=50&$expand=fields", &expanded)
	if _, ok := plain.Values[0].Fields["System.Description"]; ok {
		t.Error("a description without being asked for")
	}
	if _, ok := expanded.Values[0].Fields["System.Description"]; !ok {
		t.Error("no description although all fields were asked for")
	}
}

func TestDiscussionsAreTheRevisionsWithAComment(t *testing.T) {
	b := serve(t, Options{})
	want := 0
	for _, at := range b.world.Order {
		if b.world.Revisions[at].Has(world.Commented) {
			want++
		}
	}
	if got := len(keys(b.readFeed(feedPath+"/discussions", "includeDeleted=true&fields=System.History", ""))); got != want {
		t.Errorf("%d revisions with a comment, want %d", got, want)
	}
}

func TestTheFeedIsCompressedWhenTheClientTakesIt(t *testing.T) {
	b := serve(t, Options{})
	b.client.Transport = &http.Transport{DisableCompression: true}
	plain := b.ask(http.MethodGet, feedPath+"?api-version=7.1", nil)
	packed := b.ask(http.MethodGet, feedPath+"?api-version=7.1", nil, "Accept-Encoding", "gzip, deflate")
	if plain.header.Get("Content-Encoding") != "" || packed.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%q and %q", plain.header.Get("Content-Encoding"), packed.header.Get("Content-Encoding"))
	}
	z, err := gzip.NewReader(bytes.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(unpacked, plain.body) {
		t.Errorf("unpacked differs: %v", err)
	}
	if len(packed.body)*5 > len(plain.body) {
		t.Errorf("%d bytes became %d", len(plain.body), len(packed.body))
	}
}

func TestIdentitiesAreTextsOrObjects(t *testing.T) {
	b := serve(t, Options{})
	var plain, refs revisionPage
	b.get(feedPath+"?api-version=7.1&$maxPageSize=5", &plain)
	b.get(feedPath+"?api-version=7.1&$maxPageSize=5&includeIdentityRef=true", &refs)
	text, _ := plain.Values[0].Fields["System.CreatedBy"].(string)
	ref, _ := refs.Values[0].Fields["System.CreatedBy"].(map[string]any)
	if ref == nil || text != ref["displayName"].(string)+" <"+ref["uniqueName"].(string)+">" {
		t.Errorf("%q and %v", text, ref)
	}
	if p := b.world.Person(ref["id"].(string)); p == nil || p.Descriptor != ref["descriptor"] {
		t.Errorf("%v is nobody", ref)
	}
	full := serve(t, Options{FullIdentities: true})
	full.get(feedPath+"?api-version=7.1&$maxPageSize=5&includeIdentityRef=true", &refs)
	if ref, _ := refs.Values[0].Fields["System.CreatedBy"].(map[string]any); ref["_links"] == nil || ref["imageUrl"] == nil {
		t.Errorf("not full: %v", ref)
	}
}

func TestFieldsAreThoseOfTheRevision(t *testing.T) {
	b := serve(t, Options{})
	w := b.world
	checked := map[string]int{}
	for at := 0; at < len(w.Order); at += 2500 { // whole pages, spread over the history
		var p revisionPage
		token := url.QueryEscape(tokenOf(&w.Revisions[w.Order[at]]).String())
		b.get(feedPath+"?api-version=7.1&includeDeleted=true&$maxPageSize=300&continuationToken="+token, &p)
		for _, v := range p.Values {
			r := &w.Item(v.ID)[v.Rev-1]
			ty := w.Types[r.Type]
			want := map[string]any{
				"System.Id": float64(v.ID), "System.Rev": float64(v.Rev), "System.TeamProject": w.Projects[r.Project].Name, "System.WorkItemType": ty.Name, "System.State": ty.States[r.State].Name,
				"System.Title": w.Title(r), "System.AreaPath": w.AreaPath(r), "System.IterationPath": w.Nodes[r.Iteration].Path, "System.AreaId": float64(w.Nodes[r.Area].ID),
				"System.ChangedDate": time.UnixMilli(r.Changed).UTC().Format("2006-01-02T15:04:05.999Z"), "System.Watermark": float64(r.Watermark),
			}
			effort := ty.Process.EffortField
			if r.Estimate >= 0 && (ty.Kind == world.KindRequirement) {
				want[effort] = float64(r.Estimate) / 2
			} else if ty.Kind == world.KindRequirement {
				want[effort] = nil
			}
			if r.Closed > 0 {
				want["Microsoft.VSTS.Common.ClosedDate"] = time.UnixMilli(w.Item(v.ID)[r.Closed-1].Changed).UTC().Format("2006-01-02T15:04:05.999Z")
			} else {
				want["Microsoft.VSTS.Common.ClosedDate"] = nil
			}
			for name, value := range want {
				if v.Fields[name] != value {
					t.Fatalf("item %d rev %d: %s is %v, want %v", v.ID, v.Rev, name, v.Fields[name], value)
				}
			}
			for name, value := range v.Fields {
				if value == nil {
					t.Fatalf("item %d rev %d: %s is null; fields without a value are left out", v.ID, v.Rev, name)
				}
				checked[name]++
			}
		}
	}
	for _, name := range []string{"Custom.CustomerSegment", "Custom.CustomerEscalation", "Custom.ReviewedBy", "Custom.Timebox", "Microsoft.VSTS.CMMI.Blocked", "Microsoft.VSTS.Scheduling.Size", "System.BoardLane",
		"System.Tags", "Microsoft.VSTS.Common.Discipline", "Microsoft.VSTS.Common.BacklogPriority", "Microsoft.VSTS.Common.ResolvedReason", "Microsoft.VSTS.Build.FoundIn"} {
		if checked[name] == 0 {
			t.Errorf("no revision has %s", name)
		}
	}
	two := 0
	for name := range checked {
		if strings.HasPrefix(name, "WEF_") && strings.HasSuffix(name, "_Kanban.Column") {
			two++
		}
	}
	if two < 8 {
		t.Errorf("items stand on %d boards", two)
	}
}
