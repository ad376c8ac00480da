package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"sightline/backend/fault"
)

// CSV writes a sheet as RFC 4180 in UTF-8, with a byte order mark if asked for, which spreadsheets want. Days are
// 2026-11-18, instants RFC 3339, numbers have a point and no thousands, truths are true and false. A text that a
// spreadsheet would run gets an apostrophe before it. Faults: those of the rows, DiskFull and others of out.
func CSV(out io.Writer, s *Sheet, mark bool) error {
	const op = "export.CSV"
	if mark {
		if _, err := io.WriteString(out, "\uFEFF"); err != nil {
			return fault.Wrap(op, err)
		}
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	cells := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		cells[i] = guardFormula(c.Name)
	}
	if err := w.Write(cells); err != nil {
		return fault.Wrap(op, err)
	}
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		for i, c := range s.Columns {
			cells[i] = plainCell(c.Kind, row[i])
		}
		if err := w.Write(cells); err != nil {
			return fault.Wrap(op, err)
		}
	}
	w.Flush()
	return fault.Wrap(op, w.Error())
}

func plainCell(kind Kind, v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	case time.Time:
		if kind == Day {
			return x.Format(dayLayout)
		}
		return x.Format(instantLayout)
	case string:
		return guardFormula(x)
	default:
		return guardFormula(fmt.Sprint(x))
	}
}
