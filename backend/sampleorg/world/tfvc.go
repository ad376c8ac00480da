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
}

// tfvcFile is one file of a branch as it stands.
type tfvcFile struct {
	name    string // below the branch, after a slash
	size    int64
	changed ChangeKind // what was done to it since it was last merged into the parent branch; 0 nothing
}

// Root is the folder of a project in TFVC.
func (p *Project) Root() string { return "$/" + p.Name }

func (b *TFVCBranch) find(name string) *tfvcFile {
	for i := range b.files {
		if b.files[i].name == name {
			return &b.files[i]
		}
	}
	return nil
}
