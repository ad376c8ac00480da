package columns_test

import (
	"os"
	"strings"
	"testing"
)

func TestTheDocumentedTablesBesideWorkItemsAreThoseOfTheModel(t *testing.T) {
	b, err := os.ReadFile("../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(b), "## Beside work items\n")
	section, _, _ = strings.Cut(section, "\n## ")
	s := newFacts("UTC")
	for _, table := range factTableNames {
		_, row, found := strings.Cut(section, "| `"+table+"` |")
		if !found {
			t.Errorf("docs/query.md does not tell of %s", table)
			continue
		}
		row, _, _ = strings.Cut(row, "\n")
		cells := strings.Split(row, "|")
		for _, other := range reaching(table) {
			direct := strings.Contains(cells[2], other)
			for _, named := range factTableNames { // "Pull requests and what groups them"
				direct = direct || strings.Contains(cells[2], named+" and") && strings.Contains(strings.Join(reaching(named), ","), other)
			}
			if other != table && !direct {
				t.Errorf("docs/query.md does not say that %s reaches %s", other, table)
			}
		}
	}
	_, example, _ := strings.Cut(section, "\n\n    {")
	example, _, _ = strings.Cut(example, "\n\n")
	s.ask(t, "{"+example)
}
