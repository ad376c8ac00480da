package azdo

import (
	"context"
	"slices"
	"strconv"
)

// Thread is one thread of a pull request: a discussion, or something that the service noted, which its
// properties tell (CodeReviewThreadType: VoteUpdate, ReviewersUpdate, MergeAttempt, RefUpdate, …).
type Thread struct {
	ID            int                      `json:"id"`
	PublishedDate Time                     `json:"publishedDate"`
	IsDeleted     bool                     `json:"isDeleted"`
	Comments      []ThreadComment          `json:"comments"`
	Properties    map[string]PropertyValue `json:"properties"`
	// Identities are those that properties refer to by their number.
	Identities map[string]IdentityRef `json:"identities"`
}

// ThreadComment is one comment. A deleted one has no content.
type ThreadComment struct {
	ID            int         `json:"id"`
	Author        IdentityRef `json:"author"`
	PublishedDate Time        `json:"publishedDate"`
	CommentType   CommentType `json:"commentType"`
	IsDeleted     bool        `json:"isDeleted"`
}

// CommentType is text, codeChange or system; unknown when the service does not say.
type CommentType string

// UnmarshalJSON reads the name or the number.
func (t *CommentType) UnmarshalJSON(b []byte) error {
	name, err := enumName(b, "unknown", "text", "codeChange", "system")
	*t = CommentType(name)
	return err
}

// SystemComment is a comment that the service wrote by itself.
const SystemComment CommentType = "system"

// Threads reads all threads of a pull request: the only place where the service says when somebody voted.
func (c *Client) Threads(ctx context.Context, r RepositoryRef, pullRequest int) ([]Thread, error) {
	var l list[Thread]
	id := strconv.Itoa(pullRequest)
	err := c.do(ctx, r.call("azdo.Threads", "the discussions of pull request "+id, "/pullRequests/"+id+"/threads", nil), decodeJSON(&l))
	if err != nil {
		return nil, err
	}
	// A null among them is a thread without anything.
	return slices.DeleteFunc(l.all(), func(t Thread) bool { return t.ID == 0 && t.Comments == nil && t.Properties == nil }), nil
}

// Property reads a property of a thread; "" when it has none.
func (t *Thread) Property(name string) string {
	v := string(t.Properties[name])
	if v == "null" {
		return ""
	}
	return v
}
