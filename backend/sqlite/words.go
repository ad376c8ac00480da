package sqlite

import (
	"encoding/hex"
	"strings"

	zs "zombiezen.com/go/sqlite"
)

// maxWords bounds the memory of each of the two generations of a word table (about 100 bytes an entry): there
// may be a million paths. What is forgotten is found again in the file.
const maxWords = 1 << 16

// wordTable numbers texts that come again and again, like a dictionary, without knowing all of them by heart.
type wordTable[K comparable] struct {
	young, old map[K]int64
	find       *zs.Stmt // selects the number
	insert     *zs.Stmt
	bind       func(*zs.Stmt, K)
}

// number returns the number of a key, and stores the key when it is new. own makes a copy of it that may be
// kept, because a text may be a part of a page that would stay in memory with it.
func (w *wordTable[K]) number(c *zs.Conn, key K, own func(K) K) (int64, error) {
	if id, ok := w.young[key]; ok {
		return id, nil
	}
	id, ok := w.old[key]
	if !ok {
		var err error
		if id, err = w.look(c, key); err != nil {
			return 0, err
		}
	}
	if len(w.young) >= maxWords || w.young == nil {
		w.old, w.young = w.young, map[K]int64{}
	}
	w.young[own(key)] = id
	return id, nil
}

func (w *wordTable[K]) look(c *zs.Conn, key K) (id int64, err error) {
	w.bind(w.find, key)
	found, err := w.find.Step()
	if found {
		id = w.find.ColumnInt64(0)
	}
	if err := firstOf(err, w.find.Reset()); err != nil || found {
		return id, err
	}
	w.bind(w.insert, key)
	if _, err := w.insert.Step(); err != nil {
		return 0, err
	}
	return c.LastInsertRowID(), w.insert.Reset()
}

// signature is who wrote or committed, as Git knows them.
type signature struct{ name, address string }

// fileName is a path in two parts, because many files share a folder.
type fileName struct {
	folder int64
	name   string
}

// words are the texts of source control and pipelines.
type words struct {
	texts      wordTable[string]
	signatures wordTable[signature]
	files      wordTable[fileName]
}

func (t *tables) openWords() error {
	w := &t.words
	w.texts.bind = func(s *zs.Stmt, k string) { s.BindText(1, k) }
	w.signatures.bind = func(s *zs.Stmt, k signature) { s.BindText(1, k.name); s.BindText(2, k.address) }
	w.files.bind = func(s *zs.Stmt, k fileName) { s.BindInt64(1, k.folder); s.BindText(2, k.name) }
	for _, p := range []struct {
		into  **zs.Stmt
		query string
	}{
		{&w.texts.find, "SELECT id FROM dim_text WHERE text = ?"},
		{&w.texts.insert, "INSERT INTO dim_text (text) VALUES (?)"},
		{&w.signatures.find, "SELECT id FROM dim_signature WHERE name = ? AND address = ?"},
		{&w.signatures.insert, "INSERT INTO dim_signature (name, address) VALUES (?, ?)"},
		{&w.files.find, "SELECT id FROM dim_file WHERE folder = ? AND name = ?"},
		{&w.files.insert, "INSERT INTO dim_file (folder, name) VALUES (?, ?)"},
	} {
		var err error
		if *p.into, err = t.c.Prepare(p.query); err != nil {
			return err
		}
	}
	return nil
}

// text numbers a text; 0 for none.
func (t *tables) text(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	return t.words.texts.number(t.c, s, strings.Clone)
}

// texts numbers several texts at once.
func (t *tables) texts(of ...string) (ids []int64, err error) {
	ids = make([]int64, len(of))
	for i, s := range of {
		if ids[i], err = t.text(s); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// signature numbers somebody of Git; 0 for nobody.
func (t *tables) signature(name, address string) (int64, error) {
	if name == "" && address == "" {
		return 0, nil
	}
	return t.words.signatures.number(t.c, signature{name, address}, func(k signature) signature {
		return signature{strings.Clone(k.name), strings.Clone(k.address)}
	})
}

// file numbers a path of TFVC.
func (t *tables) file(path string) (int64, error) {
	key := fileName{name: path}
	if i := strings.LastIndexByte(path, '/'); i > 0 && i < len(path)-1 {
		folder, err := t.text(path[:i])
		if err != nil {
			return 0, err
		}
		key = fileName{folder, path[i+1:]}
	}
	return t.words.files.number(t.c, key, func(k fileName) fileName { return fileName{k.folder, strings.Clone(k.name)} })
}

// hexID is the id of a commit as it is stored: the bytes it stands for, or nil for an id that is not
// hexadecimal and is stored as text.
func hexID(id string) []byte {
	if len(id) != 40 && len(id) != 64 {
		return nil
	}
	b, err := hex.DecodeString(id)
	if err != nil {
		return nil
	}
	return b
}

// guidBytes is a GUID as it is stored, or nil for an id of another form.
func guidBytes(id string) []byte {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return nil
	}
	b, err := hex.DecodeString(id[:8] + id[9:13] + id[14:18] + id[19:23] + id[24:])
	if err != nil {
		return nil
	}
	return b
}

// commitID binds the id of a commit, NULL for none.
func (b *binder) commitID(i int, id string) {
	switch sha := hexID(id); {
	case id == "":
		b.null(i)
	case sha == nil:
		b.text(i, id)
	default:
		b.bytes(i, sha)
	}
}

func (b *binder) bytes(i int, v []byte) {
	b.last[i] = bound{}
	b.stmt.BindBytes(i, v)
}

// commitID is what columnID reads of a stored id.
func commitID(id string) string {
	if hexID(id) != nil {
		return strings.ToLower(id)
	}
	return id
}

// columnID reads what the binder's commitID bound, in small letters.
func columnID(row *zs.Stmt, i int) string {
	switch row.ColumnType(i) {
	case zs.TypeBlob:
		return hex.EncodeToString(columnBytes(row, i, nil))
	case zs.TypeNull:
		return ""
	}
	return row.ColumnText(i)
}

// columnGUID reads a GUID that was stored as bytes, or another id as it is.
func columnGUID(row *zs.Stmt, i int) string {
	if row.ColumnType(i) != zs.TypeBlob {
		return row.ColumnText(i)
	}
	s := columnID(row, i)
	if len(s) != 32 {
		return s
	}
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
