package rest

import (
	"encoding/base64"
	"slices"
	"strings"

	"sightline/backend/sampleorg/world"
)

// refs lists branches and tags by name. Without $top all come; with it at most 1,000 a page; with a token
// but no $top 100.
func (c *call) refs() *refusal {
	r, refused := c.repository(false)
	if refused != nil {
		return refused
	}
	token, err := base64.URLEncoding.DecodeString(c.param("continuationToken"))
	if err != nil {
		return badRequest("InvalidArgumentValueException", "The continuation token is not valid.")
	}
	otherwise := len(r.Refs)
	if len(token) > 0 {
		otherwise = 100
	}
	top, refused := c.number("$top", otherwise)
	if refused != nil {
		return refused
	}
	if c.param("$top") != "" {
		top = min(top, 1000)
	}
	filter := c.param("filter")
	if c.vars["filter"] != "" {
		filter = c.vars["filter"]
	}
	contains := strings.ToLower(c.param("filterContains"))
	var all []*world.Ref
	for i := range r.Refs {
		ref := &r.Refs[i]
		if strings.HasPrefix(ref.Name, "refs/"+filter) && strings.Contains(strings.ToLower(ref.Name), contains) && ref.Name > string(token) {
			all = append(all, ref)
		}
	}
	if top > 0 && len(all) > top {
		all = all[:top]
		c.w.Header()["x-ms-continuationtoken"] = []string{base64.URLEncoding.EncodeToString([]byte(all[top-1].Name))}
	}
	return streamed(c, all, func(ref *world.Ref) obj {
		return obj{"name": ref.Name, "objectId": r.Commits[ref.Head].ID.String(), "creator": c.identity(ref.Creator),
			"url": c.repositoryAddress(r) + "/refs?filter=" + strings.ReplaceAll(strings.TrimPrefix(ref.Name, "refs/"), "/", "%2F")}
	})
}

const branchPrefix = "refs/heads/"

// branchStats compares every branch with a base, the default branch unless another is asked for.
func (c *call) branchStats() *refusal {
	r, refused := c.repository(false)
	if refused != nil {
		return refused
	}
	base := r.Ref(world.DefaultBranch)
	if name := c.param("baseVersionDescriptor.version"); name != "" {
		if base = r.Ref(branchPrefix + name); base == nil {
			return noVersion("Branch", name, r)
		}
	}
	wanted := c.param("name")
	if c.vars["name"] != "" {
		wanted = c.vars["name"]
	}
	var all []*world.Ref
	for i := range r.Refs {
		if name, ok := strings.CutPrefix(r.Refs[i].Name, branchPrefix); ok && (wanted == "" || wanted == name) {
			all = append(all, &r.Refs[i])
		}
	}
	var has []bool
	if base != nil {
		has = marks(r, base.Head)
	}
	row := func(ref *world.Ref) obj {
		mine := marks(r, ref.Head)
		ahead, behind := 0, 0
		for i := range mine {
			switch {
			case mine[i] && !has[i]:
				ahead++
			case has[i] && !mine[i]:
				behind++
			}
		}
		commit := c.commitRow(r, ref.Head)
		delete(commit, "changeCounts")
		return obj{"commit": commit, "name": strings.TrimPrefix(ref.Name, branchPrefix), "aheadCount": ahead, "behindCount": behind, "isBaseVersion": ref == base}
	}
	if wanted != "" {
		if len(all) == 0 {
			return noVersion("Branch", wanted, r)
		}
		return c.json(row(all[0]))
	}
	return streamed(c, all, row)
}

// marks tells of every commit whether it can be reached from one.
func marks(r *world.Repository, from int32) []bool {
	out := make([]bool, len(r.Commits))
	for _, at := range r.Reachable(from) {
		out[at] = true
	}
	return out
}

// signedBy says whether a name or an address holds a text, ignoring case.
func (c *call) signedBy(person uint16, text string) bool {
	name, address := c.world.Signature(person)
	text = strings.ToLower(text)
	return slices.ContainsFunc([]string{name, address}, func(s string) bool { return strings.Contains(strings.ToLower(s), text) })
}
