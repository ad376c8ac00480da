package azdo

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"sightline/backend/fault"
)

// areaTFVC is the resource area of TFVC.
const areaTFVC = "8aa40520-446d-40e6-89f6-9c9f9ce44c48"

// standardTFVCPage is what the service sends unasked, of changesets and of changes.
const standardTFVCPage = 100

// commentLength is how much of a comment lists carry; without asking they cut it at about 80.
const commentLength = 2000

// Changeset is a check-in as lists and single answers describe it.
type Changeset struct {
	ChangesetID      int         `json:"changesetId"`
	Author           IdentityRef `json:"author"`
	CheckedInBy      IdentityRef `json:"checkedInBy"`
	CreatedDate      Time        `json:"createdDate"`
	Comment          string      `json:"comment"`
	CommentTruncated bool        `json:"commentTruncated"`
}

// ChangesetsQuery asks for one page of the changesets of a project, oldest first.
type ChangesetsQuery struct {
	Project, ProjectName string
	// FromID leaves out earlier ones. The documentation says that it is left out itself, its example says
	// that it comes: be ready for both. 0 is everything.
	FromID   int
	FromDate time.Time // zero for everything
	Skip     int
}

// Changesets reads one page.
func (c *Client) Changesets(ctx context.Context, q ChangesetsQuery) (SkippedPage[Changeset], error) {
	query := url.Values{"$orderby": {"id asc"}, "$top": {strconv.Itoa(GitPage)}, "maxCommentLength": {strconv.Itoa(commentLength)}}
	if q.FromID > 0 {
		query.Set("searchCriteria.fromId", strconv.Itoa(q.FromID))
	}
	setDate(query, "searchCriteria.fromDate", q.FromDate)
	setSkip(query, "$skip", q.Skip)
	var l list[Changeset]
	err := c.do(ctx, call{op: "azdo.Changesets", what: "the TFVC changesets of " + q.ProjectName, project: q.ProjectName, area: areaTFVC,
		path: segments(q.Project) + "/_apis/tfvc/changesets", query: query}, decodeJSON(&l))
	return skippedPage(l.all(), standardTFVCPage), err
}

// Changeset reads one changeset by its id.
func (c *Client) Changeset(ctx context.Context, id int) (Changeset, error) {
	var one Changeset
	err := c.do(ctx, call{op: "azdo.Changeset", what: "changeset " + strconv.Itoa(id), area: areaTFVC,
		path: "/_apis/tfvc/changesets" + segments(strconv.Itoa(id)), query: url.Values{"maxCommentLength": {strconv.Itoa(commentLength)}}}, decodeJSON(&one))
	return one, err
}

// TFVCChange is what a changeset did to one file or folder.
type TFVCChange struct {
	Item       TFVCItem   `json:"item"`
	ChangeType ChangeType `json:"changeType"`
}

// TFVCItem is a file or folder.
type TFVCItem struct {
	Path     string `json:"path"` // $/Project/src/main.cs
	IsFolder bool   `json:"isFolder"`
	Size     *int64 `json:"size"` // bytes; nil when not said
}

// ChangeType names what was done, several things at once divided by commas: "merge, edit".
type ChangeType string

// UnmarshalJSON reads the names, or the sum of bits that older answers carry.
func (t *ChangeType) UnmarshalJSON(b []byte) error {
	bits, err := strconv.Atoi(string(b))
	if err != nil {
		name, err := enumName(b)
		*t = ChangeType(name)
		return err
	}
	names := ""
	for i, name := range changeTypes {
		if bits&(1<<i) != 0 {
			if names != "" {
				names += ", "
			}
			names += name
		}
	}
	*t = ChangeType(names)
	return nil
}

// changeTypes are the names of VersionControlChangeType by their bit.
var changeTypes = [...]string{"add", "edit", "encoding", "rename", "delete", "undelete", "branch", "merge", "lock", "rollback", "sourceRename", "targetRename", "property"}

// ChangesetChanges lists everything that a changeset did, over as many pages as it takes.
func (c *Client) ChangesetChanges(ctx context.Context, id int) ([]TFVCChange, error) {
	var all []TFVCChange
	known := map[string]bool{}
	token := ""
	for {
		query := url.Values{"$top": {strconv.Itoa(GitPage)}}
		if token != "" {
			query.Set("continuationToken", token)
		} else {
			setSkip(query, "$skip", len(all))
		}
		var page list[TFVCChange]
		next := ""
		err := c.do(ctx, call{op: "azdo.ChangesetChanges", what: "the files of changeset " + strconv.Itoa(id), area: areaTFVC,
			path: "/_apis/tfvc/changesets" + segments(strconv.Itoa(id)) + "/changes", query: query}, func(a *answer) error {
			next = a.header.Get("x-ms-continuationtoken")
			return decodeJSON(&page)(a)
		})
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, row := range page.all() {
			// A file may come twice in one changeset, with what it was and what it became.
			if key := row.Item.Path + "\n" + string(row.ChangeType); !known[key] {
				known[key] = true
				all = append(all, row)
				fresh++
			}
		}
		switch {
		case fresh == 0, next == "" && len(page.all()) < standardTFVCPage:
			return all, nil
		case next != "" && next == token:
			return nil, fault.New(fault.BadAnswer, "azdo.ChangesetChanges", c.o.Organization+" sends the same files of changeset "+strconv.Itoa(id)+" again and again.",
				"Everything read so far is kept. Refresh again later; if it stays, report it.").With("Organization", c.o.Organization)
		}
		token = next
	}
}

// TFVCBranch is a branch with those that were branched from it.
type TFVCBranch struct {
	Path        string       `json:"path"` // $/Project/main
	Owner       IdentityRef  `json:"owner"`
	CreatedDate Time         `json:"createdDate"`
	IsDeleted   bool         `json:"isDeleted"`
	Children    []TFVCBranch `json:"children"`
}

// TFVCBranches lists the root branches of a project with everything below them, deleted ones too. It is whole.
func (c *Client) TFVCBranches(ctx context.Context, project, projectName string) ([]TFVCBranch, error) {
	var l list[TFVCBranch]
	err := c.do(ctx, call{op: "azdo.TFVCBranches", what: "the TFVC branches of " + projectName, project: projectName, area: areaTFVC,
		path: segments(project) + "/_apis/tfvc/branches", query: url.Values{"includeChildren": {"true"}, "includeDeleted": {"true"}}}, decodeJSON(&l))
	return l.all(), err
}
