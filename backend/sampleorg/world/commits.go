package world

import (
	"fmt"
	"strings"
)

// Commit is a Git commit. Its dates are Git's own: the author's clock, in whole seconds.
type Commit struct {
	ID        SHA
	Authored  int64
	Committed int64    // later than Authored after an amend or a rebase
	Parents   [2]int32 // positions in the repository's commits; -1 for none
	Push      int32    // position in the repository's pushes of the one that brought it
	Request   int32    // position in the repository's pull requests of the one it completed, -1 for none
	Item      uint32   // the work item it is for, 0 for none
	Author    uint16   // index into World.People
	Committer uint16
	Adds      uint16 // files
	Edits     uint16
	Deletes   uint16
	line      uint8 // what the comment says
}

// The lines that are no part of a piece of work. A smaller number is one of commitLines.
const (
	initialLine uint8 = 200 + iota
	importedLine
	bumpLine
	choreLine
	releaseLine
	mergeBackLine
	catchUpLine // main was merged into the branch
	requestLine
)

var (
	commitLines = []string{"Add the %s", "Handle errors in the %s", "Cover the %s with tests", "Move the %s to its own module", "Rename what the %s calls its state", "Follow the review of the %s", "Log what the %s does", "Remove the old %s",
		"Make the %s faster", "Translate the %s", "Draft the %s", "Fix the %s on small screens"}
	choreLines = []string{"Update the readme", "Raise the time limit of the nightly run", "Quieten a linter", "Pin the base image", "Rotate the test data", "Move settings out of the code", "Delete what nobody calls", "Correct a spelling mistake"}
	bumpLines  = []string{"Bump the dependencies", "Update the lock file", "Refresh the container image", "Update translations from the service"}
	dated      = []string{"Read old orders", "Round prices as the till does", "Keep the session for a day", "Print labels again", "Sort by name without case", "Import the price list", "Do not fail on an empty basket", "Mail the receipt twice a day"}
)

// Comment is the whole message of a commit. A merged pull request has more than one line.
func (r *Repository) Comment(c *Commit) string {
	n := int(mix(uint64(c.Authored)))&0xffff + int(c.line)
	if r.w.foulProject(r.Project) && c.line != initialLine {
		return foulText(uint64(n))
	}
	switch c.line {
	case initialLine:
		return "Initial commit"
	case importedLine:
		return dated[n%len(dated)] + "\n"
	case bumpLine:
		return bumpLines[n%len(bumpLines)]
	case choreLine:
		return choreLines[n%len(choreLines)]
	case releaseLine:
		return "Prepare the release: notes, version, translations"
	case mergeBackLine:
		return "Merge the release back into main"
	case catchUpLine:
		return "Merge branch 'main' into the branch of the work"
	case requestLine:
		q := r.Requests[c.Request]
		return fmt.Sprintf("Merged PR %d: %s\n\n%s\n\nRelated work items: #%d", q.ID, q.Title(), q.Description(), q.Item)
	}
	line := fmt.Sprintf(commitLines[int(c.line)%len(commitLines)], r.w.subject(c.Item))
	if n%3 == 0 {
		line += fmt.Sprintf(" (#%d)", c.Item)
	}
	return line
}

// subject is the thing that a work item is about.
func (w *World) subject(item uint32) string {
	about := w.Items[item-1].topic
	return domains[about.domain].things[about.thing]
}

// Signature is how a person's Git signs: a name and an address that is not always the one they sign in with.
func (w *World) Signature(person uint16) (name, address string) {
	p := w.People[person]
	switch {
	case p.Kind == Service:
		return p.Name, "builds@" + w.company.domain
	case p.Name == "Tom Becker":
		return "tbecker", "tom@becker-home.example" // set up on a laptop of his own and never changed
	case mix(uint64(person))%13 == 5:
		return p.Name, strings.ToUpper(p.UPN[:1]) + strings.Replace(p.UPN[1:], "@", "@mail.", 1)
	}
	return p.Name, p.UPN
}

// Tree is the id of the tree of a commit.
func (r *Repository) Tree(at int32) SHA { return r.w.sha(r.ID, treeObject, int(at)) }

// Files are the paths that a commit added, edited and deleted, as many as it counts.
func (r *Repository) Files(c *Commit) (adds, edits, deletes []string) {
	folder := "src"
	if c.Item != 0 {
		folder = "src/" + slug(r.w.subject(c.Item))
	}
	n := 0
	paths := func(count uint16, suffix string) []string {
		var out []string
		for range count {
			n++
			out = append(out, fmt.Sprintf("/%s/%s-%d%s", folder, folder[strings.LastIndexByte(folder, '/')+1:], n, suffix))
		}
		return out
	}
	return paths(c.Adds, ".ts"), paths(c.Edits, ".ts"), paths(c.Deletes, ".old.ts")
}

// append adds a commit and returns its position. The number of files follows from the id.
func (r *Repository) append(c Commit) int32 {
	at := int32(len(r.Commits))
	c.ID = r.w.sha(r.ID, commitObject, int(at))
	c.Authored, c.Committed = c.Authored/1000*1000, max(c.Committed, c.Authored)/1000*1000
	if c.Adds+c.Edits+c.Deletes == 0 {
		c.Adds, c.Edits = uint16(c.ID[0]%4/2), uint16(1+c.ID[1]%5)
		if c.ID[2]%6 == 0 {
			c.Deletes = 1
		}
	}
	r.byID[c.ID] = at
	r.Commits = append(r.Commits, c)
	return at
}
