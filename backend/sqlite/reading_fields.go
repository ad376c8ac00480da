package sqlite

import (
	"strings"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// fieldTable is the fields that have no column of their own in dataset.Facts.
type fieldTable struct {
	rows    []dataset.FieldRow
	kinds   []dataset.FactKind // of rows
	place   []int32            // number of a field in dim_field → position in rows, -1 for none
	history []int              // positions of the rows with history
	blanks  []int64            // what each row has without a value
}

// The positions of the fields that fact_detail has columns for.
const (
	businessValueField = iota
	valueAreaField
	activityField
	startDateField
	finishDateField
	detailFields
)

// readFields lists those fields, and after them every other field that a revision carries.
func (r *reading) readFields() error {
	f := &r.fields
	f.rows = append(make([]dataset.FieldRow, 0, detailFields),
		dataset.FieldRow{Name: "Business value", ReferenceName: "Microsoft.VSTS.Common.BusinessValue", Kind: dataset.FactNumber, History: true},
		dataset.FieldRow{Name: "Value area", ReferenceName: "Microsoft.VSTS.Common.ValueArea", Kind: dataset.FactText, History: true},
		dataset.FieldRow{Name: "Activity", ReferenceName: "Microsoft.VSTS.Common.Activity", Kind: dataset.FactText, History: true},
		dataset.FieldRow{Name: "Start date", ReferenceName: "Microsoft.VSTS.Scheduling.StartDate", Kind: dataset.FactInstant},
		dataset.FieldRow{Name: "Finish date", ReferenceName: "Microsoft.VSTS.Scheduling.FinishDate", Kind: dataset.FactInstant})
	f.place = make([]int32, len(r.names.fields))
	for i := range f.place {
		f.place[i] = -1
	}
	err := each(r.conn, "SELECT id, reference_name, name, type, is_identity, custom, listed FROM dim_field WHERE used = 1 ORDER BY id", func(row *zs.Stmt) error {
		if isBoardField(row.ColumnText(1)) {
			return nil
		}
		f.place[row.ColumnInt64(0)] = int32(len(f.rows))
		field := dataset.FieldRow{ReferenceName: row.ColumnText(1), Name: row.ColumnText(2), Kind: fieldKind(row.ColumnText(3), row.ColumnBool(4)), Custom: row.ColumnBool(5)}
		if !row.ColumnBool(6) {
			field.Custom = isCustom(field.ReferenceName) // no list said so, as when the field was deleted since
		}
		if field.Name == "" {
			field.Name = field.ReferenceName[strings.LastIndexByte(field.ReferenceName, '.')+1:]
		}
		field.History = field.Custom
		f.rows = append(f.rows, field)
		return nil
	})
	for i, row := range f.rows {
		f.kinds = append(f.kinds, row.Kind)
		f.blanks = append(f.blanks, 0)
		if row.Kind == dataset.FactNumber {
			f.blanks[i] = blankNumber
		}
		if row.History {
			f.history = append(f.history, i)
		}
	}
	return err
}

// isBoardField tells the fields in which each board keeps where a work item stands on it: three for every board of
// every team, of which dataset.Facts.Board has what counts.
func isBoardField(referenceName string) bool { return strings.HasPrefix(referenceName, "WEF_") }

// isCustom tells a field of the organization's own from those of the service, as devops.Field says.
func isCustom(referenceName string) bool {
	return !strings.HasPrefix(referenceName, "System.") && !strings.HasPrefix(referenceName, "Microsoft.VSTS.")
}

// fieldKind is what the values of a field are, by its type as the service names it.
func fieldKind(kind string, identity bool) dataset.FactKind {
	switch strings.ToLower(kind) {
	case "integer", "double", "picklistinteger", "picklistdouble":
		return dataset.FactNumber
	case "datetime":
		return dataset.FactInstant
	case "boolean":
		return dataset.FactFlag
	case "identity":
		return dataset.FactPerson
	}
	if identity {
		return dataset.FactPerson
	}
	return dataset.FactText
}

func (r *reading) Fields() []dataset.FieldRow { return r.fields.rows }

// detailColumns are the columns of fact_detail that hold fields.
const detailColumns = "d.business_value, d.value_area, d.activity, d.start, d.finish, d.other"

const detailQuery = "SELECT d.dk, " + detailColumns + " FROM fact_detail d ORDER BY d.dk"

// fieldValues reads detailColumns from column i on into one value for each of Fields.
func (r *reading) fieldValues(row *zs.Stmt, i int, values []int64) ([]int64, error) {
	values = append(values[:0], r.fields.blanks...)
	values[businessValueField] = factNumber(row, i)
	for n, field := range [...]int{valueAreaField, activityField} {
		r.buffer = columnBytes(row, i+1+n, r.buffer)
		id, err := r.texts.ofBytes(r.buffer)
		if err != nil {
			return values, err
		}
		values[field] = int64(id)
	}
	values[startDateField] = plausibleInstant(row, i+3)
	values[finishDateField] = plausibleInstant(row, i+4)
	if row.ColumnIsNull(i + 5) {
		return values, nil
	}
	r.buffer = columnBytes(row, i+5, r.buffer)
	return values, r.otherValues(r.buffer, values)
}

// readFieldTexts gives every text of a field its number.
func (r *reading) readFieldTexts() error {
	var values []int64
	return r.rows("SELECT "+detailColumns+" FROM fact_detail d", func(row *zs.Stmt) (err error) {
		values, err = r.fieldValues(row, 0, values)
		return err
	})
}

// detailWalk reads the fields of the details of work items in step with their revisions.
type detailWalk struct {
	r       *reading
	stmt    *zs.Stmt
	item    int64   // whose details are in values
	numbers []int64 // of those details, ascending
	values  []int64 // of the fields with history, detail after detail
	row     []int64
	ahead   bool // the statement stands at a row that was not taken
	ended   bool
}

// openDetailWalk begins again at the first work item, in the memory of the walk before.
func (r *reading) openDetailWalk() (*detailWalk, error) {
	w := &r.details
	*w = detailWalk{r: r, item: -1, numbers: w.numbers, values: w.values, row: w.row}
	var err error
	w.stmt, err = r.conn.Prepare(detailQuery)
	return w, err
}

// of appends the values of one detail of a work item. Work items must ascend.
func (w *detailWalk) of(item, detail int64, values []int64) ([]int64, error) {
	if item != w.item {
		if err := w.take(item); err != nil {
			return values, err
		}
	}
	width := len(w.r.fields.history)
	if i, found := searchAscending(w.numbers, detail); found {
		return append(values[:0], w.values[i*width:(i+1)*width]...), nil
	}
	values = values[:0]
	for _, field := range w.r.fields.history {
		values = append(values, w.r.fields.blanks[field])
	}
	return values, nil
}

// take reads the details of a work item, and skips those of work items before.
func (w *detailWalk) take(item int64) (err error) {
	w.item, w.numbers, w.values = item, w.numbers[:0], w.values[:0]
	for !w.ended {
		if !w.ahead {
			more, err := w.stmt.Step()
			if err != nil {
				return err
			}
			w.ahead, w.ended = more, !more
			continue
		}
		dk := w.stmt.ColumnInt64(0)
		if dk>>revisionBits > item {
			return nil
		}
		w.ahead = false
		if dk>>revisionBits < item {
			continue
		}
		if w.row, err = w.r.fieldValues(w.stmt, 1, w.row); err != nil {
			return err
		}
		w.numbers = append(w.numbers, dk&maxRevision)
		for _, field := range w.r.fields.history {
			w.values = append(w.values, w.row[field])
		}
	}
	return nil
}

func (w *detailWalk) close() { w.stmt.Reset() }

// searchAscending finds a number; most lists have one or two, and most revisions the last.
func searchAscending(list []int64, v int64) (int, bool) {
	for i := len(list) - 1; i >= 0 && list[i] >= v; i-- {
		if list[i] == v {
			return i, true
		}
	}
	return 0, false
}
