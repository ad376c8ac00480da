package rest

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

// streamed writes a list as the Git resources do: the values before their count, in chunks, with no length.
func streamed[T any](c *call, values []T, row func(T) obj) *refusal {
	c.w.Header().Set("Transfer-Encoding", "chunked")
	var wrong error
	c.stream(func(piece func([]byte) bool) {
		b := []byte(`{"value":[`)
		for i, v := range values {
			if i > 0 {
				b = append(b, ',')
			}
			one, err := encode(row(v))
			if err != nil {
				wrong = err
				return
			}
			if b = append(b, one...); len(b) >= 16<<10 {
				if !piece(b) {
					return
				}
				b = b[:0]
			}
		}
		b = append(append(append(b, `],"count":`...), strconv.Itoa(len(values))...), '}')
		piece(b)
	})
	if wrong != nil {
		return crash(wrong)
	}
	return nil
}

// criterion is a parameter that stands below searchCriteria or alone, as clients of different ages write it.
func (c *call) criterion(name string) string {
	if v := c.param("searchCriteria." + name); v != "" {
		return v
	}
	return c.param(name)
}

// window are $top and $skip, below searchCriteria or alone. A page holds at most most rows.
func (c *call) window(otherwise, most int) (top, skip int, refused *refusal) {
	read := func(name string, otherwise int) int {
		if refused != nil {
			return 0
		}
		if c.param("searchCriteria."+name) != "" {
			name = "searchCriteria." + name
		}
		var n int
		n, refused = c.number(name, otherwise)
		return n
	}
	top, skip = read("$top", otherwise), read("$skip", 0)
	return min(top, most), skip, refused
}

// cut is one page of a list.
func cut[T any](all []T, top, skip int) []T { return all[min(skip, len(all)):min(skip+top, len(all))] }

// The service counts time in ticks of 100 ns. Pushes and pull requests show all seven digits.
const ticksPerMilli = 10_000

// ticks is an instant in ticks since the epoch. The digits below a millisecond follow from the key.
func ticks(ms int64, key int) int64 {
	return ms*ticksPerMilli + int64(uint64(key)*2_654_435_761%ticksPerMilli)
}

// fineTime writes an instant with its seven digits.
func fineTime(ms int64, key int) string {
	at := time.UnixMilli(ms).UTC().Add(time.Duration(ticks(ms, key)%ticksPerMilli) * 100)
	return at.Format("2006-01-02T15:04:05.9999999Z")
}

// secondTime writes an instant as Git does, in whole seconds.
func secondTime(ms int64) string { return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05Z") }

// dateRange is a range of ticks with both ends in it, open where no date is asked for.
type dateRange struct{ from, to int64 }

func (d dateRange) holds(ticks int64) bool { return ticks >= d.from && ticks <= d.to }

// dates reads the two ends of a range.
func (c *call) dates(from, to string) (dateRange, *refusal) {
	d := dateRange{from: -1 << 62, to: 1<<62 - 1}
	for _, end := range []struct {
		name string
		at   *int64
	}{{from, &d.from}, {to, &d.to}} {
		text := c.criterion(end.name)
		if text == "" {
			continue
		}
		t, ok := parseTime(text)
		if !ok {
			return d, badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for "+end.name+".")
		}
		*end.at = t.Unix()*1000*ticksPerMilli + int64(t.Nanosecond()/100)
	}
	return d, nil
}

// repositories lists the repositories of the project, or of all projects. Disabled ones are among them.
func (c *call) repositories() *refusal {
	var all []*world.Repository
	for _, r := range c.world.Repositories() {
		if (c.project == nil || r.Project == c.project) && !c.hides(r.Project) {
			all = append(all, r)
		}
	}
	return streamed(c, all, c.repositoryRow)
}

// oneRepository is a repository by name or id; a disabled one can still be looked at.
func (c *call) oneRepository() *refusal {
	r, refused := c.repository(true)
	if refused != nil {
		return refused
	}
	v := c.repositoryRow(r)
	at := c.repositoryAddress(r)
	v["_links"] = obj{"self": link(at), "project": link("vstfs:///Classification/TeamProject/" + r.Project.ID), "web": link(c.webAddress(r)), "commits": link(at + "/commits"), "refs": link(at + "/refs"),
		"pullRequests": link(at + "/pullRequests"), "items": link(at + "/items"), "pushes": link(at + "/pushes")}
	return c.json(v)
}

// repository finds the repository of the path, by id or by its name in the project. Unless disabled ones will
// do, they are not there, as what may not be read is not.
func (c *call) repository(disabled bool) (*world.Repository, *refusal) {
	name := c.vars["repository"]
	r := c.world.Repository(name)
	if r == nil && c.project != nil {
		for _, other := range c.world.RepositoriesOf(c.project) {
			if strings.EqualFold(other.Name, name) {
				r = other
			}
		}
	}
	if r == nil || c.hides(r.Project) || c.project != nil && r.Project != c.project || r.IsDisabled() && !disabled {
		return nil, noRepository(name)
	}
	return r, nil
}

func noRepository(name string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "GitRepositoryNotFoundException",
		message:  "TF401019: The Git repository with name or identifier " + name + " does not exist or you do not have permissions for the operation you are attempting.",
		typeName: "Microsoft.TeamFoundation.Git.Server.GitRepositoryNotFoundException, Microsoft.TeamFoundation.Git.Server"}
}

func (c *call) repositoryAddress(r *world.Repository) string {
	return c.at(r.Project, "/_apis/git/repositories/"+r.ID)
}

// webAddress is the page of a repository.
func (c *call) webAddress(r *world.Repository) string {
	return c.base + path(r.Project.Name, "_git", r.Name)
}

// repositoryRow is a repository as lists show it. An empty one has no default branch.
func (c *call) repositoryRow(r *world.Repository) obj {
	web := c.webAddress(r)
	v := obj{"id": r.ID, "name": r.Name, "url": c.repositoryAddress(r), "project": c.projectRef(r.Project), "size": r.Size(), "remoteUrl": web, "webUrl": web,
		"sshUrl": "git@ssh.dev.azure.com:v3" + path(c.h.o.Organization, r.Project.Name, r.Name), "isDisabled": r.IsDisabled(), "isInMaintenance": false}
	if !r.Empty() {
		v["defaultBranch"] = world.DefaultBranch
	}
	return v
}

// atLeast says whether the version in effect is a given one or a later one.
func (c *call) atLeast(major, minor int) bool {
	v := c.version
	if v == "" {
		v = c.h.latest()
	}
	parts := apiVersion.FindStringSubmatch(v)
	a, _ := strconv.Atoi(parts[1]) // negotiate demands digits
	b, _ := strconv.Atoi(parts[2])
	return a > major || a == major && b >= minor
}
