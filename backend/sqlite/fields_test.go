package sqlite_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sightline/backend/dataset"
	"sightline/backend/devops"
)

// fieldLines writes the fields of a row that have a value.
func fieldLines(t *testing.T, names *factNames, fields []dataset.FieldRow, values []int64) string {
	t.Helper()
	if len(fields) != len(values) {
		t.Fatalf("%d values of %d fields", len(values), len(fields))
	}
	var out []string
	for i, f := range fields {
		if text := names.text(f.Kind, values[i], nil); text != "-" {
			out = append(out, f.Name+"="+text)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " & ")
}

func withHistory(fields []dataset.FieldRow) []dataset.FieldRow {
	return slices.DeleteFunc(slices.Clone(fields), func(f dataset.FieldRow) bool { return !f.History })
}

func TestFieldsAreThoseThatOccurWithTheKindOfTheirType(t *testing.T) {
	d := openNew(t)
	at := time.Date(2024, 3, 2, 1, 0, 0, 0, time.UTC)
	field := func(name, kind string, custom bool) devops.Field {
		return devops.Field{ReferenceName: name, Name: name[strings.LastIndexByte(name, '.')+1:], Type: kind, Custom: custom, IsIdentity: kind == "identity"}
	}
	fields := devops.Batch{Fields: []devops.Field{field("Custom.Score", "double", true), field("Custom.Due", "dateTime", true), field("Custom.Flag", "boolean", true),
		field("Custom.Never", "string", true), field("Custom.Notes", "string", true), field("System.Description", "html", false), field("Custom.Team", "picklistInteger", true)}}
	revision1 := revision(1, 1, func(r *devops.Revision) {
		r.ValueArea, r.BusinessValue, r.Activity, r.StartDate, r.FinishDate = "Business", number(3), "Testing", at, at.Add(time.Hour)
		r.Other = map[string]any{"Custom.Risk": "High", "Custom.Reviewer": personNamed(3), "Custom.Due": at, "Custom.Score": 2.5, "Custom.Flag": false,
			"Custom.Unlisted": 7.5, "WEF_1_Kanban.Column": "Doing", "System.Description": "long", "Custom.Notes": "a \"b\" \\ c\nGrüße", "Custom.Team": "not a number"}
	})
	revision2 := revision(1, 2, func(r *devops.Revision) {
		r.Other = map[string]any{"Custom.Flag": true, "Custom.Score": 0.0, "Custom.Notes": ""}
	})
	commit(t, d, schemaBatch(), fields, revisions(revision1, revision2, revision(2, 1, nil)))
	r := read(t, d)
	var got []string
	for _, f := range r.Fields() {
		got = append(got, fmt.Sprint(f.Name, " ", f.ReferenceName, " ", f.Kind, " ", f.Custom, " ", f.History))
	}
	slices.Sort(got)
	kind := func(k dataset.FactKind) string { return fmt.Sprint(k) }
	want := []string{
		"Activity Microsoft.VSTS.Common.Activity " + kind(dataset.FactText) + " false true",
		"Business value Microsoft.VSTS.Common.BusinessValue " + kind(dataset.FactNumber) + " false true",
		"Description System.Description " + kind(dataset.FactText) + " false false",
		"Due Custom.Due " + kind(dataset.FactInstant) + " true true",
		"Finish date Microsoft.VSTS.Scheduling.FinishDate " + kind(dataset.FactInstant) + " false false",
		"Flag Custom.Flag " + kind(dataset.FactFlag) + " true true",
		"Notes Custom.Notes " + kind(dataset.FactText) + " true true",
		"Reviewer Custom.Reviewer " + kind(dataset.FactPerson) + " true true",
		"Risk Custom.Risk " + kind(dataset.FactText) + " true true",
		"Score Custom.Score " + kind(dataset.FactNumber) + " true true",
		"Start date Microsoft.VSTS.Scheduling.StartDate " + kind(dataset.FactInstant) + " false false",
		"Team Custom.Team " + kind(dataset.FactNumber) + " true true",
		"Unlisted Custom.Unlisted " + kind(dataset.FactText) + " true true",
		"Value area Microsoft.VSTS.Common.ValueArea " + kind(dataset.FactText) + " false true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	names, fieldsNow, history := namesOf(r), r.Fields(), withHistory(r.Fields())
	var items, spans []string
	if err := r.Items(func(x *dataset.ItemRow) error {
		items = append(items, fieldLines(t, names, fieldsNow, x.Fields))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.Revisions(func(x *dataset.RevisionRow) error {
		spans = append(spans, fieldLines(t, names, history, x.Fields))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"Flag=yes & Score=0", ""}; !slices.Equal(items, want) {
		t.Errorf("items %q, want %q", items, want)
	}
	first := "Activity=Testing & Business value=3 & Due=2024-03-02T01:00:00.000Z & Flag=no & Notes=a \"b\" \\ c\nGrüße & Reviewer=Person 3 <person3@example.com> & Risk=High & Score=2.5 & Unlisted=7.5 & Value area=Business"
	if want := []string{first, "Flag=yes & Score=0", ""}; !slices.Equal(spans, want) {
		t.Errorf("revisions %q\nwant %q", spans, want)
	}
}

func TestTextsHaveOneNumberWhetherTheyAreAskedForBeforeOrAfterTheRows(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(9, 300, 60, 200)...)
	before, after := read(t, d), read(t, d)
	texts := func(r dataset.Reading) (out []string) {
		for _, x := range r.Texts() {
			out = append(out, x.Text)
		}
		slices.Sort(out)
		return out
	}
	early := texts(before)
	if len(early) == 0 || len(slices.Compact(slices.Clone(early))) != len(early) {
		t.Errorf("%d texts, some of them twice", len(early))
	}
	for _, r := range []dataset.Reading{before, after} {
		if err := r.Items(func(*dataset.ItemRow) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := r.Revisions(func(*dataset.RevisionRow) error { return nil }); err != nil {
			t.Fatal(err)
		}
		for _, f := range r.FactTables() {
			factLines(t, r, f.Table)
		}
		if late := texts(r); !slices.Equal(late, early) {
			t.Errorf("%d texts before the rows, %d after them", len(early), len(late))
		}
	}
}

func TestReadingsOfOneStateNumberTheirTextsAlike(t *testing.T) {
	d := openNew(t)
	commit(t, d, mixedWorld(9, 30, 6, 20)...)
	want := read(t, d).Texts()
	for range 8 {
		if got := read(t, d).Texts(); !slices.Equal(got, want) {
			t.Fatalf("the texts are numbered\n%v\nand in another reading\n%v", want, got)
		}
	}
}

// TestFieldsAndBoardsOfAWorldAreThoseOfTheModel compares each revision of a random world with what was sent.
func TestFieldsAndBoardsOfAWorldAreThoseOfTheModel(t *testing.T) {
	d, m := openNew(t), newModel()
	for _, b := range makeWorld(33, 1200, 150).batches {
		commit(t, d, b)
		m.apply(b)
	}
	r := read(t, d)
	names, history := namesOf(r), withHistory(r.Fields())
	boards := map[int32]dataset.BoardRow{}
	for _, b := range r.Boards() {
		boards[b.ID] = b
	}
	sent := map[[2]int]devops.Revision{}
	for _, h := range m.histories() {
		for _, x := range h {
			sent[[2]int{x.ID, x.Rev}] = x
		}
	}
	checked := 0
	err := r.Revisions(func(x *dataset.RevisionRow) error {
		s, ok := sent[[2]int{int(x.ID), int(x.Rev)}]
		if !ok {
			return fmt.Errorf("revision %d of %d was not sent", x.Rev, x.ID)
		}
		var want []string
		for name, v := range s.Other {
			name = strings.TrimPrefix(name, "Custom.")
			switch v := v.(type) {
			case string:
				if v != "" {
					want = append(want, name+"="+v)
				}
			case float64:
				want = append(want, fmt.Sprint(name, "=", v))
			case bool:
				want = append(want, fmt.Sprint(name, "=", v))
			case time.Time:
				want = append(want, name+"="+v.UTC().Format(time.RFC3339))
			case devops.Person:
				want = append(want, name+"="+strings.ToLower(v.UniqueName))
			}
		}
		for name, v := range map[string]string{"Activity": s.Activity, "Value area": s.ValueArea} {
			if v != "" {
				want = append(want, name+"="+v)
			}
		}
		if s.BusinessValue != nil {
			want = append(want, fmt.Sprint("Business value=", *s.BusinessValue))
		}
		slices.Sort(want)
		got := strings.Split(fieldLines(t, names, history, x.Fields), " & ")
		for i, g := range got { // of a person the address, because names are the newest
			if name, who, ok := strings.Cut(g, "=Person"); ok {
				got[i] = name + "=" + who[strings.IndexByte(who, '<')+1:len(who)-1]
			}
			if name, _, ok := strings.Cut(g, "=Old Hand"); ok {
				got[i] = name + "=old@example.com"
			}
		}
		slices.Sort(got)
		if strings.Join(got, " & ") != strings.Join(want, " & ") {
			t.Errorf("revision %d of %d\n got %q\nwant %q", x.Rev, x.ID, got, want)
		}
		b := boards[x.Board]
		done := int8(0)
		if s.BoardColumnDone != nil {
			done = 1
			if *s.BoardColumnDone {
				done = 2
			}
		}
		if b.Column != s.BoardColumn || b.Lane != s.BoardLane || b.Done != done {
			t.Errorf("revision %d of %d stands at %+v", x.Rev, x.ID, b)
		}
		checked++
		return nil
	})
	if err != nil || checked == 0 {
		t.Errorf("%d revisions, %v", checked, err)
	}
}
