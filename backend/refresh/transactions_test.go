package refresh_test

import (
	"testing"

	"sightline/backend/devops"
	"sightline/backend/refresh"
)

// TestPagesThatComeFastAreStoredTenAtATime counts the transactions of a history that is read page by page.
func TestPagesThatComeFastAreStoredTenAtATime(t *testing.T) {
	s := startSample(t)
	d := watch(t)
	const size = 20
	_, err := loadSample(t, s, d, func(o *refresh.Options) {
		o.Patterns, o.PageSize, o.Selection.Contents = onlySmallest(t, s), size, []devops.Content{devops.WorkItemsContent}
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, transactions := 0, 0
	for _, n := range came(d, func(b *devops.Batch) []int {
		if len(b.Revisions) > 0 && b.Cursor == nil {
			t.Errorf("%d revisions were stored without a cursor", len(b.Revisions))
		}
		if len(b.Revisions) == 0 || b.Cursor == nil || b.Cursor.Feed != "revisions" {
			return nil
		}
		return []int{len(b.Revisions)}
	}) {
		rows += n
		transactions++
	}
	if pages := rows / size; pages < 20 || transactions > pages/10+1 {
		t.Errorf("%d pages in %d transactions", pages, transactions)
	}
}
