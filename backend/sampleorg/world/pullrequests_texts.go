package world

import (
	"fmt"
	"strings"
)

// Title is what the author wrote above the pull request.
func (q *PullRequest) Title() string {
	it := &q.Repository.w.Items[q.Item-1]
	switch q.title {
	case 0:
		return fmt.Sprintf("#%d %s", q.Item, it.Title)
	case 1:
		return it.Title + " – first part"
	}
	return it.Title
}

// Description is the text below the title; one in six is longer than lists show.
func (q *PullRequest) Description() string {
	w := q.Repository.w
	n := mix(uint64(q.Item)<<3 | uint64(q.title))
	if w.foul(q.Item) {
		return foulText(n)
	}
	text := fmt.Sprintf("What changes for people: the %s does what #%d asks for.", w.subject(q.Item), q.Item)
	if n%6 == 0 {
		text += "\n\nHow to try it:\n" + strings.Repeat(fmt.Sprintf("- open the %s, change something, go back, open it again and see that it is still there\n", w.subject(q.Item)), 5) + "Tried on the test system."
	}
	return text
}

// Merge is the id of the merge that the server tried out for an iteration, or of the one that was made.
func (q *PullRequest) Merge(source, target int32) SHA {
	if q.MergeCommit >= 0 && source == q.SourceCommit {
		return q.Repository.Commits[q.MergeCommit].ID
	}
	return q.Repository.w.sha(q.Repository.ID, mergeObject, int(source)<<24|int(target))
}

// Work are the positions of the commits a pull request brings: those of its source that its target did not
// have when the last iteration began, the newest first.
func (q *PullRequest) Work() []int32 {
	r := q.Repository
	have := map[int32]bool{}
	for _, at := range r.Reachable(q.TargetCommit) {
		have[at] = true
	}
	var out []int32
	for _, at := range r.Reachable(q.SourceCommit) {
		if !have[at] {
			out = append(out, at)
		}
	}
	r.SortByDate(out)
	return out
}
