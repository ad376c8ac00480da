package sqlite_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
)

// factNames turn the numbers of fact rows into what they stand for.
type factNames struct {
	projects, people, repositories, pipelines, texts, tags map[int64]string
}

func namesOf(r dataset.Reading) *factNames {
	n := &factNames{projects: map[int64]string{}, people: map[int64]string{}, repositories: map[int64]string{}, pipelines: map[int64]string{},
		texts: map[int64]string{}, tags: map[int64]string{}}
	for _, p := range r.Projects() {
		n.projects[int64(p.ID)] = p.Name
	}
	for _, p := range r.People() {
		n.people[int64(p.ID)] = p.Name + " <" + p.Address + ">"
	}
	for _, p := range r.Repositories() {
		n.repositories[int64(p.ID)] = p.Name
	}
	for _, p := range r.Pipelines() {
		n.pipelines[int64(p.ID)] = p.Name
	}
	for _, p := range r.Texts() {
		if _, twice := n.texts[int64(p.ID)]; twice {
			panic(fmt.Sprint("text ", p.ID, " comes twice"))
		}
		n.texts[int64(p.ID)] = p.Text
	}
	for _, p := range r.TagSets() {
		n.tags[int64(p.ID)] = strings.Join(p.Tags, "; ")
	}
	return n
}

// text writes one value; a blank is -, and a number that no list has is ?.
func (n *factNames) text(kind dataset.FactKind, v int64, texts [][]byte) string {
	list := map[dataset.FactKind]map[int64]string{dataset.FactProject: n.projects, dataset.FactPerson: n.people, dataset.FactRepository: n.repositories,
		dataset.FactPipeline: n.pipelines, dataset.FactText: n.texts, dataset.FactTags: n.tags}[kind]
	switch {
	case kind == dataset.FactNumber && math.IsNaN(math.Float64frombits(uint64(v))), kind != dataset.FactNumber && kind != dataset.FactTitle && v == 0:
		return "-"
	case list != nil:
		if _, known := list[v]; !known {
			return "?"
		}
		return list[v]
	case kind == dataset.FactTitle:
		return string(texts[v])
	case kind == dataset.FactInstant:
		return time.UnixMilli(v).UTC().Format("2006-01-02T15:04:05.000Z")
	case kind == dataset.FactNumber:
		return fmt.Sprint(math.Float64frombits(uint64(v)))
	case kind == dataset.FactFlag:
		return []string{"", "no", "yes"}[v]
	}
	return fmt.Sprint(v)
}

// factLines are the rows of a fact table with names.
func factLines(t testing.TB, r dataset.Reading, table string) []string {
	t.Helper()
	names, layout := namesOf(r), dataset.FactTableOf(table)
	var lines []string
	err := r.Facts(table, func(row *dataset.FactRow) error {
		if len(row.Values) != len(layout.Columns) {
			t.Fatalf("%s has %d values", table, len(row.Values))
		}
		texts := make([]string, len(row.Values))
		for i, c := range layout.Columns {
			texts[i] = names.text(c.Kind, row.Values[i], row.Texts)
		}
		lines = append(lines, strings.Join(texts, "|"))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return lines
}
