package rest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline/backend/sampleorg/world"
)

// revisionPage is a page of the feed as a client reads it.
type revisionPage struct {
	Values []struct {
		ID     int
		Rev    int
		Fields map[string]any
	}
	NextLink          string
	ContinuationToken string
	IsLastBatch       bool
}

const feedPath = "/_apis/wit/reporting/workitemrevisions"

// readFeed reads a feed to its end by tokens and returns every page.
func (b *bench) readFeed(path, query, token string) []revisionPage {
	b.t.Helper()
	var pages []revisionPage
	for {
		q := "?api-version=7.1&" + query
		if token != "" {
			q += "&continuationToken=" + url.QueryEscape(token)
		}
		var p revisionPage
		b.get(path+q, &p)
		pages = append(pages, p)
		if p.IsLastBatch {
			return pages
		}
		if p.ContinuationToken == token {
			b.t.Fatalf("the token %s does not move", token)
		}
		if token = p.ContinuationToken; len(pages) > 2000 {
			b.t.Fatal("the feed does not end")
		}
	}
}

// keys counts every revision of some pages.
func keys(pages []revisionPage) map[[2]int]int {
	out := map[[2]int]int{}
	for _, p := range pages {
		for _, v := range p.Values {
			out[[2]int{v.ID, v.Rev}]++
		}
	}
	return out
}

func TestTheFeedGivesEveryRevisionOnce(t *testing.T) {
	b := serve(t, Options{})
	pages := b.readFeed(feedPath, "includeDeleted=true&fields=System.Id", "")
	got := keys(pages)
	want := 0
	for i := range b.world.Items {
		for _, r := range b.world.Item(i + 1) {
			want++
			if got[[2]int{i + 1, int(r.Rev)}] != 1 {
				t.Fatalf("item %d rev %d came %d times", i+1, r.Rev, got[[2]int{i + 1, int(r.Rev)}])
			}
		}
	}
	if len(got) != want {
		t.Errorf("%d revisions, want %d", len(got), want)
	}
	for _, id := range b.world.Destroyed {
		if got[[2]int{id, 1}] != 0 {
			t.Errorf("item %d was destroyed and is in the feed", id)
		}
	}
	empty, short, full := 0, 0, 0
	for _, p := range pages[:len(pages)-1] {
		switch len(p.Values) {
		case 0:
			empty++
		case 1000:
			full++
		default:
			short++
		}
	}
	if empty == 0 || short == 0 || full < short+empty {
		t.Errorf("of %d pages before the last %d are empty, %d short and %d full", len(pages)-1, empty, short, full)
	}
}

func TestTheFeedIsTheSameByteForByteAndByPost(t *testing.T) {
	b := serve(t, Options{})
	const query = "?api-version=7.1&includeIdentityRef=true&includeDeleted=true&types=Bug,Task"
	first, second := b.ask(http.MethodGet, feedPath+query, nil), b.ask(http.MethodGet, feedPath+query, nil)
	if !bytes.Equal(first.body, second.body) {
		t.Error("two readings differ")
	}
	var get, post revisionPage
	b.decode(first, "GET", &get)
	b.decode(b.ask(http.MethodPost, feedPath+"?api-version=7.1", obj{"includeIdentityRef": true, "includeDeleted": true, "types": []string{"Bug", "Task"}}), "POST", &post)
	one, _ := json.Marshal(get.Values)
	two, _ := json.Marshal(post.Values)
	if !bytes.Equal(one, two) || len(get.Values) == 0 || get.ContinuationToken != post.ContinuationToken {
		t.Error("GET and POST differ")
	}
	for _, v := range get.Values {
		if kind := v.Fields["System.WorkItemType"]; kind != "Bug" && kind != "Task" {
			t.Fatalf("a %v among bugs and tasks", kind)
		}
	}
}

func TestAFeedGoesOnAfterItsTokenWhenTimeGoesOn(t *testing.T) {
	since := world.DefaultSince(today)
	before := world.New(world.Options{Seed: 1, Since: since, Now: today.AddDate(0, 0, -3)})
	b := serveWorld(t, before, Options{})
	pages := b.readFeed(feedPath, "includeDeleted=true&fields=System.Id", "")
	seen := keys(pages)
	token := pages[len(pages)-1].ContinuationToken
	if again := b.readFeed(feedPath, "includeDeleted=true&fields=System.Id", token); len(keys(again)) != 0 || again[len(again)-1].ContinuationToken != token {
		t.Fatalf("nothing happened, and %d revisions came", len(keys(again)))
	}
	b.h.Replace(smallWorld())
	fresh := keys(b.readFeed(feedPath, "includeDeleted=true&fields=System.Id", token))
	if len(fresh) == 0 {
		t.Fatal("nothing new in three days")
	}
	for k := range fresh {
		if seen[k] != 0 {
			t.Errorf("revision %v came again", k)
		}
		seen[k]++
	}
	for i := range smallWorld().Items {
		for _, r := range smallWorld().Item(i + 1) {
			if seen[[2]int{i + 1, int(r.Rev)}] != 1 {
				t.Fatalf("item %d rev %d was missed", i+1, r.Rev)
			}
		}
	}
}

func TestAPageThatIsJustFullIsNotTheLast(t *testing.T) {
	b := serve(t, Options{})
	all := len(b.world.Order)
	var p revisionPage
	// The last revisions, asked for with exactly as many to a page.
	at := tokenOf(&b.world.Revisions[b.world.Order[all-11]])
	b.get(feedPath+"?api-version=7.1&includeDeleted=true&fields=System.Id&$maxPageSize=3&continuationToken="+url.QueryEscape(tokenOf(&b.world.Revisions[b.world.Order[all-4]]).String()), &p)
	if len(p.Values) == 3 && p.IsLastBatch {
		t.Error("a full page says that it is the last")
	}
	pages := b.readFeed(feedPath, "includeDeleted=true&fields=System.Id&$maxPageSize=3", at.String())
	if n := len(keys(pages)); n != 10 {
		t.Errorf("%d of the last 10", n)
	}
}

func TestAProjectsFeedIsSilentAboutWhatMovedAway(t *testing.T) {
	b := serve(t, Options{})
	got := map[int]map[[2]int]int{}
	for _, p := range b.world.Projects {
		got[p.Index] = keys(b.readFeed("/"+p.ID+feedPath, "includeDeleted=true&fields=System.Id", ""))
	}
	moved, total := 0, 0
	for i := range b.world.Items {
		all := b.world.Item(i + 1)
		for k, r := range all {
			total++
			for _, p := range b.world.Projects {
				want := 0
				if int(r.Project) == p.Index {
					want = 1
				}
				if got[p.Index][[2]int{i + 1, int(r.Rev)}] != want {
					t.Fatalf("item %d rev %d came %d times in %s", i+1, r.Rev, got[p.Index][[2]int{i + 1, int(r.Rev)}], p.Name)
				}
			}
			if k > 0 && r.Project != all[k-1].Project {
				moved++
			}
		}
	}
	if moved == 0 {
		t.Error("no item moved between projects")
	}
	sum := 0
	for _, m := range got {
		sum += len(m)
	}
	if sum != total {
		t.Errorf("the projects have %d revisions together, the organization %d", sum, total)
	}
}

func TestDeletedItemsComeOnlyWhenAskedFor(t *testing.T) {
	b := serve(t, Options{})
	deleted := map[int]bool{}
	for i := range b.world.Items {
		if r := b.world.Latest(i + 1); r != nil && r.Has(world.Deleted) {
			deleted[i+1] = true
		}
	}
	marked := map[int]any{}
	for _, p := range b.readFeed(feedPath, "includeDeleted=true&fields=System.Id,System.IsDeleted", "") {
		for _, v := range p.Values {
			if d, ok := v.Fields["System.IsDeleted"]; ok {
				marked[v.ID] = d
			}
		}
	}
	for id := range deleted {
		if marked[id] != true {
			t.Errorf("deleted item %d ends with System.IsDeleted %v", id, marked[id])
		}
	}
	restored := 0
	for id, d := range marked {
		if !deleted[id] && d == false {
			restored++
		}
	}
	if restored == 0 {
		t.Error("no item came back from the recycle bin")
	}
	for _, p := range b.readFeed(feedPath, "fields=System.Id", "") {
		for _, v := range p.Values {
			if deleted[v.ID] {
				t.Fatalf("item %d is deleted and was not asked for", v.ID)
			}
		}
	}
}

func TestTheLatestOnlyIsOneRevisionAnItem(t *testing.T) {
	b := serve(t, Options{})
	n := map[int]int{}
	for _, p := range b.readFeed(feedPath, "includeLatestOnly=true&includeDeleted=true&fields=System.Rev,System.RevisedDate", "") {
		for _, v := range p.Values {
			n[v.ID]++
			if v.Fields["System.RevisedDate"] != "9999-01-01T00:00:00Z" {
				t.Fatalf("item %d is current and was revised %v", v.ID, v.Fields["System.RevisedDate"])
			}
		}
	}
	if want := len(b.world.Items) - len(b.world.Destroyed); len(n) != want {
		t.Errorf("%d items, want %d", len(n), want)
	}
}

func TestRevisionsAreValidUntilTheNext(t *testing.T) {
	b := serve(t, Options{})
	type span struct{ changed, revised string }
	spans := map[[2]int]span{}
	for _, p := range b.readFeed(feedPath, "includeDeleted=true&fields=System.ChangedDate,System.RevisedDate", "") {
		for _, v := range p.Values {
			spans[[2]int{v.ID, v.Rev}] = span{v.Fields["System.ChangedDate"].(string), v.Fields["System.RevisedDate"].(string)}
		}
	}
	for k, s := range spans {
		next, ok := spans[[2]int{k[0], k[1] + 1}]
		if ok && next.changed != s.revised || !ok && s.revised != "9999-01-01T00:00:00Z" {
			t.Fatalf("revision %v is valid until %s, the next begins %s", k, s.revised, next.changed)
		}
	}
}

func TestAStartDateBeginsThere(t *testing.T) {
	b := serve(t, Options{})
	start := today.AddDate(0, -1, 0)
	const query = "includeDeleted=true&fields=System.Id"
	want := 0
	for _, at := range b.world.Order {
		if b.world.Revisions[at].Changed >= start.UnixMilli() {
			want++
		}
	}
	var first revisionPage
	b.get(feedPath+"?api-version=7.1&"+query+"&startDateTime="+start.Format(time.RFC3339), &first)
	pages := append([]revisionPage{first}, b.readFeed(feedPath, query, first.ContinuationToken)...)
	if got := len(keys(pages)); got != want {
		t.Errorf("%d revisions since %s, want %d", got, start, want)
	}
	if strings.Contains(first.NextLink, "startDateTime") {
		t.Errorf("the next link keeps the date: %s", first.NextLink)
	}
}

func TestFeedParametersThatDoNotGoTogetherAreRefused(t *testing.T) {
	b := serve(t, Options{})
	for _, c := range []struct{ query, typeKey string }{
		{"continuationToken=5;6;7&startDateTime=2026-01-01", "ArgumentException"},
		{"fields=System.Id&$expand=fields", "ArgumentException"},
		{"continuationToken=x", "VssPropertyValidationException"},
		{"continuationToken=1;2", "VssPropertyValidationException"},
		{"startDateTime=yesterday", "VssPropertyValidationException"},
		{"$maxPageSize=many", "VssPropertyValidationException"},
		{"fields=System.Id,Custom.Nope", "WorkItemTrackingFieldDefinitionNotFoundException"},
	} {
		a := b.ask(http.MethodGet, feedPath+"?api-version=7.1&"+c.query, nil)
		if a.status != http.StatusBadRequest || a.error(t).TypeKey != c.typeKey {
			t.Errorf("%s: %d %.200s", c.query, a.status, a.body)
		}
	}
}

func TestABareWatermarkIsAToken(t *testing.T) {
	b := serve(t, Options{})
	mark := b.world.Revisions[b.world.Order[len(b.world.Order)-500]].Watermark
	want := 0
	for _, at := range b.world.Order {
		if b.world.Revisions[at].Watermark > mark {
			want++
		}
	}
	if got := len(keys(b.readFeed(feedPath, "includeDeleted=true&fields=System.Id", strconv.Itoa(int(mark))))); got != want {
		t.Errorf("%d behind watermark %d, want %d", got, mark, want)
	}
}

func TestTheNextLinkLeadsToTheNextPage(t *testing.T) {
	b := serve(t, Options{})
	var first, byToken, byLink revisionPage
	b.get(feedPath+"?api-version=7.1&includeDeleted=true&fields=System.Id", &first)
	b.get(feedPath+"?api-version=7.1&includeDeleted=true&fields=System.Id&continuationToken="+url.QueryEscape(first.ContinuationToken), &byToken)
	if !strings.Contains(first.NextLink, "continuationToken="+first.ContinuationToken) {
		t.Errorf("nextLink %s", first.NextLink)
	}
	b.get(strings.TrimPrefix(first.NextLink, b.server.URL+"/sample"), &byLink)
	if len(byLink.Values) == 0 || byLink.ContinuationToken != byToken.ContinuationToken {
		t.Errorf("by token %s, by link %s", byToken.ContinuationToken, byLink.ContinuationToken)
	}
}
