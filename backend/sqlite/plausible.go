package sqlite

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sightline/backend/dataset"

	zs "zombiezen.com/go/sqlite"
)

// The numbers, times and paths of a file that somebody else wrote may be any. What would take all memory or
// time is refused or read as not known.

// numberedTables are those whose numbers become positions in memory.
var numberedTables = []string{
	"dim_person", "dim_project", "dim_type", "dim_state", "dim_situation", "dim_place", "dim_tag_set", "dim_severity", "dim_field", "dim_board",
	"dim_text", "dim_signature", "dim_repository", "dim_definition", "dim_build_source", "dim_release_definition", "dim_environment",
}

// checkNumbers refuses tables whose numbers are far apart: we count up from 1.
func checkNumbers(c *zs.Conn) error {
	for _, table := range numberedTables {
		err := each(c, "SELECT min(id), max(id), count(*) FROM "+table, func(row *zs.Stmt) error {
			if least, most, rows := row.ColumnInt64(0), row.ColumnInt64(1), row.ColumnInt64(2); least < 0 || most > 1<<16+16*rows {
				return strange(fmt.Sprintf("row %d in a table %s of %d rows", most, table, rows))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// deepest is how many levels a path or a tree may have; the service ends at 14.
const deepest = 200

func checkPath(path string) error {
	if strings.Count(path, `\`) > deepest {
		return strange(fmt.Sprintf("a path of more than %d levels", deepest))
	}
	return nil
}

// The service began in 2005 and dates before a work item are typed by people; a day outside these is none.
var (
	earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
)

// plausibleInstant reads milliseconds, 0 for null. A time beyond all others is the nearest that is not.
func plausibleInstant(row *zs.Stmt, i int) int64 {
	ms := row.ColumnInt64(i)
	if ms == 0 {
		return 0
	}
	return min(max(ms, earliest), latest)
}

// plausibleDay reads the day of milliseconds, dataset.NoDay for null or a day beyond all others.
func plausibleDay(row *zs.Stmt, i int) int32 {
	ms := row.ColumnInt64(i)
	if row.ColumnIsNull(i) || ms < earliest || ms > latest {
		return dataset.NoDay
	}
	return int32(floorDiv(ms, dayMillis))
}

// finite is a number, or NaN for one that is none: infinity has no form in JSON.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}
