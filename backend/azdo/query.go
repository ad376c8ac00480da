package azdo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// WiqlLimit is the largest page of a query that the service hands out; 20,000 hits are an error.
const WiqlLimit = 19_999

// WiqlResult is what a flat query gives: ids only, whatever was selected. Deleted items are left out.
type WiqlResult struct {
	AsOf      Time `json:"asOf"`
	WorkItems []struct {
		ID int `json:"id"`
	} `json:"workItems"`
}

// Wiql runs a query. Dates in it are instants, not days. top is at most WiqlLimit.
func (c *Client) Wiql(ctx context.Context, project, query string, top int) (WiqlResult, error) {
	var r WiqlResult
	err := c.do(ctx, call{op: "azdo.Wiql", what: "the work item ids of a project", project: project, area: areaWit, method: http.MethodPost,
		path: segments(project) + "/_apis/wit/wiql", query: url.Values{"$top": {strconv.Itoa(top)}, "timePrecision": {"true"}},
		body: map[string]string{"query": query}}, decodeJSON(&r))
	return r, err
}

// WorkItemIDs lists, in ascending order, the ids of the items of a project that exist, are not deleted and
// may be read. It pages by id, so no size of project is too much for it.
func (c *Client) WorkItemIDs(ctx context.Context, project string) ([]int, error) {
	var ids []int
	last := 0
	for {
		r, err := c.Wiql(ctx, project, fmt.Sprintf("SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Id] > %d ORDER BY [System.Id]", last), WiqlLimit)
		if err != nil {
			return nil, err
		}
		before := last
		for _, w := range r.WorkItems {
			if w.ID > last {
				ids = append(ids, w.ID)
				last = w.ID
			}
		}
		if len(r.WorkItems) < WiqlLimit || last == before {
			return ids, nil
		}
	}
}

// DeletedWorkItem is an item in the recycle bin.
type DeletedWorkItem struct {
	ID          int
	Code        int // status of this row when asked by id; 0 or 200 when found
	Type        string
	Name        string
	Project     string
	DeletedDate Time
	DeletedBy   string
}

// UnmarshalJSON reads ids as numbers or as text, as the documentation shows them.
func (d *DeletedWorkItem) UnmarshalJSON(b []byte) error {
	var o struct {
		ID          jsontext.Value `json:"id"`
		Code        int            `json:"code"`
		Type        string         `json:"type"`
		Name        string         `json:"name"`
		Project     string         `json:"project"`
		DeletedDate Time           `json:"deletedDate"`
		DeletedBy   jsontext.Value `json:"deletedBy"`
	}
	if err := unmarshal(b, &o); err != nil {
		return err
	}
	id, err := strconv.Atoi(strings.Trim(string(o.ID), `"`))
	if err != nil {
		return fmt.Errorf("azdo: %.20q is no work item id", o.ID)
	}
	by := IdentityRef{}
	if o.DeletedBy != nil {
		_ = unmarshal(o.DeletedBy, &by) // who deleted it is for display only
	}
	*d = DeletedWorkItem{ID: id, Code: o.Code, Type: o.Type, Name: o.Name, Project: o.Project, DeletedDate: o.DeletedDate, DeletedBy: by.DisplayName}
	return nil
}

// RecycleBin looks up to 200 ids up in the recycle bin of a project, or lists all of it when ids is empty,
// which the service refuses beyond 20,000.
func (c *Client) RecycleBin(ctx context.Context, project string, ids []int) ([]DeletedWorkItem, error) {
	query := url.Values{}
	if len(ids) > 0 {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = strconv.Itoa(id)
		}
		query.Set("ids", strings.Join(texts, ","))
	}
	var l list[*DeletedWorkItem]
	err := c.do(ctx, call{op: "azdo.RecycleBin", what: "the recycle bin of a project", project: project, area: areaWit,
		path: segments(project) + "/_apis/wit/recyclebin", query: query}, decodeJSON(&l))
	if err != nil {
		return nil, err
	}
	var found []DeletedWorkItem
	for _, d := range l.all() {
		if d != nil && (d.Code == 0 || d.Code == http.StatusOK) {
			found = append(found, *d)
		}
	}
	return found, nil
}
