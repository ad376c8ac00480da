package sqlite

import (
	"fmt"
	"strings"
	"time"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// plainValue is a value of SQLite as it is.
func plainValue(row *zs.Stmt, i int) any {
	switch row.ColumnType(i) {
	case zs.TypeInteger:
		return row.ColumnInt64(i)
	case zs.TypeFloat:
		if v := row.ColumnFloat(i); finite(v) == v {
			return v
		}
		return nil
	case zs.TypeText:
		return row.ColumnText(i)
	}
	return nil
}

// value is a value as a list shows it.
func (c *listColumn) value(row *zs.Stmt, i int) any {
	v := plainValue(row, i)
	if v == nil {
		return nil
	}
	switch c.form {
	case tagsForm:
		v = strings.Join(parseTexts(row.ColumnText(i)), "; ")
	case flagsForm:
		v = strings.Join(flagWords(row.ColumnInt64(i)), "; ")
	case extensionForm:
		v = string(lowerExtension([]byte(row.ColumnText(i))))
	case voteForm:
		v = votes[row.ColumnInt64(i)]
	}
	switch c.kind {
	case dataset.DateTime:
		return time.UnixMilli(plausibleInstant(row, i)).UTC().Format(time.RFC3339Nano)
	case dataset.Boolean:
		return row.ColumnInt64(i) != 0
	case dataset.Integer:
		return row.ColumnInt64(i)
	case dataset.Number:
		if f := number(row, i); f == f {
			return f
		}
		return nil
	}
	if text := fmt.Sprint(v); text != "" {
		return text
	}
	return nil
}
