package world

// TFVCBranch is a folder that is a branch.
type TFVCBranch struct {
	Path        string // $/Fleet Ops/Dev
	Description string
	Parent      *TFVCBranch // nil for a root
	Owner       *Person
	Created     int64
	Deleted     int64 // 0 while it stands

	files []tfvcFile
	place map[string]int // of a file among files, by name
}

// tfvcFile is one file of a branch as it stands.
type tfvcFile struct {
	name    string // below the branch, after a slash
	size    int64
	changed ChangeKind // what was done to it since it was last merged into the parent branch; 0 nothing
}

// Root is the folder of a project in TFVC.
func (p *Project) Root() string { return "$/" + p.Name }

// find is a file by its name, or nil.
func (b *TFVCBranch) find(name string) *tfvcFile {
	if i, ok := b.place[name]; ok {
		return &b.files[i]
	}
	return nil
}

// put adds a file that is not there yet.
func (b *TFVCBranch) put(f tfvcFile) {
	if b.place == nil {
		b.place = map[string]int{}
	}
	b.place[f.name] = len(b.files)
	b.files = append(b.files, f)
}

// take removes a file. The last one takes its place.
func (b *TFVCBranch) take(at int) {
	last := len(b.files) - 1
	delete(b.place, b.files[at].name)
	if at != last {
		b.files[at] = b.files[last]
		b.place[b.files[at].name] = at
	}
	b.files = b.files[:last]
}

// call gives a file another name.
func (b *TFVCBranch) call(at int, name string) {
	delete(b.place, b.files[at].name)
	b.files[at].name = name
	b.place[name] = at
}
