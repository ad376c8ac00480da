package sqlite

import (
	"fmt"
	"strings"
	"sync"

	zs "zombiezen.com/go/sqlite"
)

// object is a table, index, view or trigger as a file declares it.
type object struct{ kind, name, table, sql string }

// verify refuses a file whose objects are not those that our scripts make: a trigger would run when we write,
// a view in the place of a table when we read. state is what inspect said.
func (s schema) verify(c *zs.Conn, state schemaState) error {
	if !s.verified || state.fresh {
		return nil
	}
	made, err := s.objects(state.version)
	if err != nil {
		return err
	}
	found := map[string]bool{}
	err = objectsOf(c, func(o object) error {
		want, ours := made[o.kind+" "+o.name]
		switch {
		case ours && o == want:
			found[o.kind+" "+o.name] = true
		case ours:
			return strange(fmt.Sprintf("a %s %s of another form", o.kind, o.name))
		case o.kind != "table" || !statistics[o.name]:
			return strange(fmt.Sprintf("a %s called %s", o.kind, o.name))
		}
		return nil
	})
	if err == nil && len(found) < len(made) {
		err = strange("only a part of its tables")
	}
	return err
}

// statistics are the tables in which any tool for SQLite keeps what it counted.
var statistics = map[string]bool{"sqlite_stat1": true, "sqlite_stat4": true}

var (
	madeMu sync.Mutex
	made   = map[string]map[string]object{} // by folder of migrations and version
)

// objects are what the scripts make up to a version, found by running them once in memory.
func (s schema) objects(version int) (map[string]object, error) {
	madeMu.Lock()
	defer madeMu.Unlock()
	key := fmt.Sprint(s.folder, version)
	if made[key] != nil {
		return made[key], nil
	}
	c, err := zs.OpenConn(":memory:", zs.OpenReadWrite|zs.OpenCreate)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	for _, name := range s.scripts()[:version] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := runScript(c, string(text)); err != nil {
			return nil, err
		}
	}
	all := map[string]object{}
	if err := objectsOf(c, func(o object) error { all[o.kind+" "+o.name] = o; return nil }); err != nil {
		return nil, err
	}
	made[key] = all
	return all, nil
}

func objectsOf(c *zs.Conn, visit func(object) error) error {
	return each(c, "SELECT type, name, tbl_name, sql FROM sqlite_schema", func(row *zs.Stmt) error {
		return visit(object{row.ColumnText(0), row.ColumnText(1), row.ColumnText(2), plainSQL(row.ColumnText(3))})
	})
}

// plainSQL is a statement without comments and with single blanks, so that a script may be explained better
// and files of before are still what it makes.
func plainSQL(sql string) string {
	var out strings.Builder
	blank := false
	for i := 0; i < len(sql); {
		end := i + 1
		switch c := sql[i]; {
		case strings.HasPrefix(sql[i:], "--"):
			end = after(sql, i+2, "\n")
			blank = true
		case strings.HasPrefix(sql[i:], "/*"):
			end = after(sql, i+2, "*/")
			blank = true
		case strings.IndexByte(" \t\r\n\f", c) >= 0:
			blank = true
		default:
			if close, quoted := quotes[c]; quoted {
				end = after(sql, i+1, close)
			}
			if blank && out.Len() > 0 {
				out.WriteByte(' ')
			}
			blank = false
			out.WriteString(sql[i:end])
		}
		i = end
	}
	return out.String()
}

// quotes open what is taken as it is. A quote within one of its kind is written twice, which reads as two.
var quotes = map[byte]string{'\'': "'", '"': `"`, '`': "`", '[': "]"}

// after is the position after the next end, or that of the end of the text.
func after(text string, from int, end string) int {
	if i := strings.Index(text[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(text)
}
