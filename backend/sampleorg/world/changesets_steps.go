package world

import (
	"fmt"
	"slices"
	"strings"
)

// commit writes a changeset down. One in twelve is checked in by the build service, after a gated build.
func (c *checkins) commit(at int64, who *Person, comment string, items []uint32, changes []FileChange) {
	if len(changes) == 0 || at > c.w.Now {
		return
	}
	by := who
	if len(items) > 0 && mix(uint64(at))%12 == 0 {
		by = c.w.builds
	}
	c.all = append(c.all, &Changeset{Project: c.p, At: at, Author: who, By: by, Comment: comment, Items: items, Changes: changes})
}

// create makes the project's folder and the branch Main with its first files.
func (c *checkins) create(at int64, lead *Person) {
	c.commit(at-20*60_000, c.w.builds, "Created team project folder $/"+c.p.first+" via the Team Project Creation Wizard", nil, []FileChange{{Path: c.p.Root(), Kind: ChangeAdd | ChangeEncoding, Folder: true}})
	c.main = &TFVCBranch{Path: c.p.Root() + "/Main", Owner: lead, Created: at}
	c.branches = append(c.branches, c.main)
	changes := []FileChange{{Path: c.main.Path, Kind: ChangeAdd | ChangeEncoding, Folder: true}}
	for _, area := range c.p.Areas.Children {
		changes = append(changes, FileChange{Path: c.main.Path + "/" + area.Name, Kind: ChangeAdd | ChangeEncoding, Folder: true})
		for i := range 8 {
			f := tfvcFile{name: fmt.Sprintf("/%s/%s.cs", area.Name, className(fmt.Sprintf("%s part %d", area.Name, i+1))), size: 400 + int64(c.r.IntN(9_000))}
			c.main.put(f)
			changes = append(changes, FileChange{Path: c.main.Path + f.name, Kind: ChangeAdd | ChangeEdit | ChangeEncoding, Size: f.size})
		}
	}
	c.commit(at, lead, "Sources as they were before the move", nil, changes)
}

// said is the path of a branch as people wrote it down: a project that gets another name changes its paths, but
// not what somebody said.
func (c *checkins) said(b *TFVCBranch) string {
	return "$/" + c.p.first + strings.TrimPrefix(b.Path, c.p.Root())
}

// className is a phrase as a file of C# is called.
func className(phrase string) string {
	var b strings.Builder
	for _, word := range strings.Split(slug(phrase), "-") {
		b.WriteString(upperFirst(word))
	}
	return b.String()
}

// branch makes a branch of another one: every file is branched.
func (c *checkins) branch(at int64, who *Person, from *TFVCBranch, name string) *TFVCBranch {
	b := &TFVCBranch{Path: c.p.Root() + "/" + name, Description: "Branched from " + c.said(from), Parent: from, Owner: who, Created: at}
	changes := []FileChange{{Path: b.Path, Kind: ChangeBranch, Folder: true, Source: from.Path}}
	for _, f := range from.files {
		f.changed = 0
		b.put(f)
		changes = append(changes, FileChange{Path: b.Path + f.name, Kind: ChangeBranch, Size: f.size, Source: from.Path + f.name})
	}
	c.branches = append(c.branches, b)
	c.commit(at, who, "Branched from "+c.said(from), nil, changes)
	return b
}

// abandon deletes the branch that was made to try something out.
func (c *checkins) abandon(at int64, who *Person) {
	c.trial.Deleted = at
	c.commit(at, who, "The trial is over: nothing of it is needed, what was learnt stands in the wiki of the team and in the notes of the last review", nil,
		[]FileChange{{Path: c.trial.Path, Kind: ChangeDelete, Folder: true}})
}

// change is a piece of work: mostly edits, sometimes new, renamed and deleted files.
func (c *checkins) change(at int64, who *Person, item uint32, hot bool) {
	b := c.dev
	switch {
	case hot && c.release != nil:
		b = c.release
	case c.trial != nil && c.trial.Deleted == 0 && c.r.Float64() < 0.15:
		b = c.trial
	}
	if b == nil {
		return
	}
	changes := c.edit(b, 1+c.r.IntN(5))
	if !hot && c.r.Float64() < 0.35 {
		changes = append(changes, c.addFiles(b, item)...)
	}
	if !hot && c.r.Float64() < 0.08 {
		changes = append(changes, c.rename(b)...)
	}
	if !hot && len(b.files) > 20 && c.r.Float64() < 0.07 {
		at := c.r.IntN(len(b.files))
		changes = c.remove(b, at, changes)
	}
	comment := fmt.Sprintf("%s: %s", c.w.Items[item-1].Title, strings.ToLower(fmt.Sprintf(commitLines[c.r.IntN(len(commitLines))], c.w.subject(item))))
	if c.r.IntN(10) == 0 {
		comment = ""
	}
	c.commit(at, who, comment, []uint32{item}, changes)
}

// edit changes some files of a branch, each once.
func (c *checkins) edit(b *TFVCBranch, n int) []FileChange {
	var changes []FileChange
	seen := map[int]bool{}
	for range n {
		at := c.r.IntN(len(b.files))
		if seen[at] {
			continue
		}
		seen[at] = true
		f := &b.files[at]
		f.size = max(60, f.size+int64(c.r.IntN(1_200)-350))
		f.changed |= ChangeEdit
		kind := ChangeEdit
		if c.r.IntN(20) == 0 {
			kind |= ChangeEncoding
		}
		changes = append(changes, FileChange{Path: b.Path + f.name, Kind: kind, Size: f.size})
	}
	return changes
}

func (c *checkins) addFiles(b *TFVCBranch, item uint32) []FileChange {
	var changes []FileChange
	areas := c.p.Areas.Children
	for i := range 1 + c.r.IntN(3) {
		f := tfvcFile{name: fmt.Sprintf("/%s/%s%d.cs", areas[int(item)%len(areas)].Name, className(c.w.subject(item)), int(item)*10+i), size: 200 + int64(c.r.IntN(4_000)), changed: ChangeAdd}
		if b.find(f.name) != nil {
			continue
		}
		b.put(f)
		changes = append(changes, FileChange{Path: b.Path + f.name, Kind: ChangeAdd | ChangeEdit | ChangeEncoding, Size: f.size})
	}
	return changes
}

// rename gives one file another name: the service tells of both ends.
func (c *checkins) rename(b *TFVCBranch) []FileChange {
	at := c.r.IntN(len(b.files))
	f := &b.files[at]
	was := f.name
	name := strings.TrimSuffix(was, ".cs") + "Core.cs"
	if len(name) > 90 || b.find(name) != nil || f.changed != 0 {
		return nil
	}
	b.call(at, name)
	f.changed = ChangeAdd
	return []FileChange{{Path: b.Path + name, Kind: ChangeRename, Size: f.size, Source: b.Path + was}, {Path: b.Path + was, Kind: ChangeDelete | ChangeSourceRename}}
}

// remove deletes a file that the changeset does not touch otherwise.
func (c *checkins) remove(b *TFVCBranch, at int, changes []FileChange) []FileChange {
	path := b.Path + b.files[at].name
	if slices.ContainsFunc(changes, func(f FileChange) bool { return f.Path == path }) {
		return changes
	}
	b.take(at)
	return append(changes, FileChange{Path: path, Kind: ChangeDelete})
}

// merge brings what changed in a branch into its parent.
func (c *checkins) merge(at int64, who *Person, from, into *TFVCBranch) {
	if from == nil || into == nil {
		return
	}
	var changes []FileChange
	for i := range from.files {
		f := &from.files[i]
		target := into.find(f.name)
		kind := ChangeMerge | ChangeEdit
		switch {
		case target == nil:
			kind = ChangeMerge | ChangeBranch
			into.put(tfvcFile{name: f.name, size: f.size})
		case f.changed == 0:
			continue
		default:
			target.size = f.size
		}
		f.changed = 0
		changes = append(changes, FileChange{Path: into.Path + f.name, Kind: kind, Size: f.size, Source: from.Path + f.name})
	}
	for i := len(into.files) - 1; i >= 0; i-- {
		if name := into.files[i].name; from.find(name) == nil {
			changes = append(changes, FileChange{Path: into.Path + name, Kind: ChangeMerge | ChangeDelete})
			into.take(i)
		}
	}
	c.commit(at, who, fmt.Sprintf("Merge %s into %s", c.said(from), c.said(into)), nil, changes)
}

// mergeFix brings a hot fix from the release into Main and Dev, so that it is not lost.
func (c *checkins) mergeFix(at int64, who *Person, item uint32) {
	if c.release == nil {
		return
	}
	for _, into := range []*TFVCBranch{c.main, c.dev} {
		var changes []FileChange
		for i := range c.release.files {
			f := &c.release.files[i]
			if target := into.find(f.name); f.changed != 0 && target != nil {
				target.size = f.size
				changes = append(changes, FileChange{Path: into.Path + f.name, Kind: ChangeMerge | ChangeEdit, Size: f.size, Source: c.release.Path + f.name})
			}
		}
		c.commit(at, who, fmt.Sprintf("Merge the fix of #%d from %s", item, c.said(c.release)), []uint32{item}, changes)
		at += 4 * 60_000
	}
	for i := range c.release.files {
		c.release.files[i].changed = 0
	}
}

// rollBack takes back the latest changeset of an item.
func (c *checkins) rollBack(at int64, who *Person, item uint32) {
	for _, cs := range slices.Backward(c.all) {
		if !slices.Contains(cs.Items, item) {
			continue
		}
		var changes []FileChange
		for _, f := range cs.Changes {
			if f.Kind&^ChangeEncoding == ChangeEdit {
				changes = append(changes, FileChange{Path: f.Path, Kind: ChangeRollback | ChangeEdit, Size: f.Size})
			}
		}
		c.commit(at, who, "Roll back: it broke the night", []uint32{item}, changes)
		return
	}
}
