package rest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"sightline/backend/sampleorg/world"
)

// The sizes of a page of builds. The default is not documented.
const (
	buildPage    = 1000
	buildPageMax = 5000
)

// builds lists the builds of a project. Unfinished ones have no finish time: in the order of that time, which
// is the default, they come first when it descends and last when it ascends.
func (c *call) builds() *refusal {
	f, refused := c.buildFilter()
	if refused != nil {
		return refused
	}
	top, refused := c.number("$top", buildPage)
	if refused != nil {
		return refused
	}
	var list []*world.Build
	for _, b := range c.world.Builds(c.project) {
		if f.takes(c.world, b) {
			list = append(list, b)
		}
	}
	f.sort(c.world, list)
	list = f.newestOfEach(list)
	page, token, refused := f.page(c, list, min(top, c.h.o.BuildPage))
	if refused != nil {
		return refused
	}
	if token != "" {
		c.w.Header()["x-ms-continuationtoken"] = []string{token}
	}
	rows := c.newBuildRows()
	out := strconv.AppendInt([]byte(`{"count":`), int64(len(page)), 10)
	out = append(out, `,"value":[`...)
	for i, b := range page {
		if i > 0 {
			out = append(out, ',')
		}
		out = rows.appendBuild(out, b)
	}
	c.send(http.StatusOK, c.contentType(), append(out, `]}`...))
	return nil
}

// descends says whether an order goes from late to early.
func (f *buildFilter) descends() bool { return f.order == 3 || f.order == 4 || f.order == 6 }

func (f *buildFilter) sort(w *world.World, list []*world.Build) {
	const never = int64(1) << 62
	key := func(b *world.Build) int64 {
		if at := f.time(w, b); at != 0 {
			return at
		}
		return never
	}
	slices.SortFunc(list, func(a, b *world.Build) int {
		ka, kb := key(a), key(b)
		if ka == never && kb == never {
			return cmp.Or(cmp.Compare(a.Queued, b.Queued), cmp.Compare(a.ID, b.ID))
		}
		if f.descends() {
			return cmp.Or(cmp.Compare(kb, ka), cmp.Compare(b.ID, a.ID))
		}
		return cmp.Or(cmp.Compare(ka, kb), cmp.Compare(a.ID, b.ID))
	})
}

// newestOfEach keeps the first few of each definition when that was asked for.
func (f *buildFilter) newestOfEach(list []*world.Build) []*world.Build {
	if f.perDefinition == 0 {
		return list
	}
	seen := map[int]int{}
	return slices.DeleteFunc(list, func(b *world.Build) bool {
		seen[b.Pipeline.ID]++
		return seen[b.Pipeline.ID] > f.perDefinition
	})
}

// page cuts a page. The token is the time of its last row, so the row or rows of that time come again at the
// top of the next page. It comes with every full page, even when nothing follows: the next page is then empty.
// Rows without a time are never cut in two, and a page always holds something new.
func (f *buildFilter) page(c *call, list []*world.Build, top int) ([]*world.Build, string, *refusal) {
	fresh := 0 // of the first row that no earlier page held
	if token := c.param("continuationToken"); token != "" {
		at, ok := parseTime(token)
		if !ok {
			return nil, "", badRequest("InvalidContinuationTokenException", "The continuation token '"+token+"' is not valid.")
		}
		ms := at.UnixMilli()
		from := slices.IndexFunc(list, func(b *world.Build) bool { return f.reached(c.world, b, ms, true) })
		if from < 0 {
			return nil, "", nil
		}
		list = list[from:]
		if fresh = slices.IndexFunc(list, func(b *world.Build) bool { return f.reached(c.world, b, ms, false) }); fresh < 0 {
			return nil, "", nil
		}
	}
	if top == 0 || len(list) < top {
		return list[:min(top, len(list))], "", nil
	}
	end := max(top, fresh+1)
	for end < len(list) && f.time(c.world, list[end]) == 0 {
		end++
	}
	last := f.time(c.world, list[end-1])
	if last == 0 {
		return list[:end], "", nil // all that is left
	}
	return list[:end], string(appendTicks(nil, last, list[end-1].ID)), nil
}

// reached says whether a row stands at the time of a token, or, when including is false, beyond it.
func (f *buildFilter) reached(w *world.World, b *world.Build, token int64, including bool) bool {
	at := f.time(w, b)
	switch {
	case at == 0:
		return !f.descends()
	case including && at == token:
		return true
	case f.descends():
		return at < token
	}
	return at > token
}

// build is one build.
func (c *call) build() *refusal {
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	c.send(http.StatusOK, c.contentType(), c.newBuildRows().appendBuild(nil, b))
	return nil
}

// oneBuild is the build that the path names. What retention deleted is not there.
func (c *call) oneBuild() (*world.Build, *refusal) {
	id, err := strconv.Atoi(c.vars["build"])
	if err != nil {
		return nil, badRequest("VssPropertyValidationException", "The value '"+c.vars["build"]+"' is not valid for buildId.")
	}
	b := c.world.Build(id)
	if b == nil || b.Pipeline.Project != c.project {
		return nil, &refusal{status: http.StatusNotFound, typeKey: "BuildNotFoundException", message: "The requested build " + strconv.Itoa(id) + " could not be found.",
			typeName: "Microsoft.TeamFoundation.Build.WebApi.BuildNotFoundException, Microsoft.TeamFoundation.Build2.WebApi"}
	}
	return b, nil
}

// buildTags are the tags of one build.
func (c *call) buildTags() *refusal {
	b, refused := c.oneBuild()
	if refused != nil {
		return refused
	}
	values := []any{}
	for _, tag := range b.Tags() {
		values = append(values, tag)
	}
	return c.list(values)
}
