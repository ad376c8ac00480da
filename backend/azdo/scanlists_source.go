package azdo

var commitMembers = []member[GitCommit]{
	{"commitId", textIn(func(c *GitCommit) *string { return &c.CommitID })},
	{"author", objectIn(func(c *GitCommit) scannable { return &c.Author })},
	{"committer", objectIn(func(c *GitCommit) scannable { return &c.Committer })},
	{"comment", textIn(func(c *GitCommit) *string { return &c.Comment })},
	{"commentTruncated", flagIn(func(c *GitCommit) *bool { return &c.CommentTruncated })},
	{"changeCounts", newIn(func(c *GitCommit) **ChangeCounts { return &c.ChangeCounts }, (*ChangeCounts).scan)},
}

func (c *GitCommit) scan(b []byte, i int) int { return scanMembers(c, commitMembers, b, i) }

var signatureMembers = []member[GitSignature]{
	{"name", textIn(func(s *GitSignature) *string { return &s.Name })},
	{"email", textIn(func(s *GitSignature) *string { return &s.Email })},
	{"date", timeIn(func(s *GitSignature) *Time { return &s.Date })},
}

func (s *GitSignature) scan(b []byte, i int) int { return scanMembers(s, signatureMembers, b, i) }

var countMembers = []member[ChangeCounts]{
	{"Add", wholeIn(func(n *ChangeCounts) *int { return &n.Add })},
	{"Edit", wholeIn(func(n *ChangeCounts) *int { return &n.Edit })},
	{"Delete", wholeIn(func(n *ChangeCounts) *int { return &n.Delete })},
}

func (n *ChangeCounts) scan(b []byte, i int) int { return scanMembers(n, countMembers, b, i) }

var changeMembers = []member[TFVCChange]{
	{"item", objectIn(func(c *TFVCChange) scannable { return &c.Item })},
	{"changeType", textIn(func(c *TFVCChange) *ChangeType { return &c.ChangeType })},
}

func (c *TFVCChange) scan(b []byte, i int) int { return scanMembers(c, changeMembers, b, i) }

var itemMembers = []member[TFVCItem]{
	{"path", textIn(func(t *TFVCItem) *string { return &t.Path })},
	{"isFolder", flagIn(func(t *TFVCItem) *bool { return &t.IsFolder })},
	{"size", newIn(func(t *TFVCItem) **int64 { return &t.Size }, func(n *int64, b []byte, i int) int {
		var size int
		end := scanWhole(b, i, &size)
		*n = int64(size)
		return end
	})},
}

func (t *TFVCItem) scan(b []byte, i int) int { return scanMembers(t, itemMembers, b, i) }

var pushMembers = []member[GitPush]{
	{"date", timeIn(func(p *GitPush) *Time { return &p.Date })},
	{"pushId", wholeIn(func(p *GitPush) *int { return &p.PushID })},
	{"pushedBy", objectIn(func(p *GitPush) scannable { return &p.PushedBy })},
	{"refUpdates", rowsIn[GitPush, GitRefUpdate](func(p *GitPush) *[]GitRefUpdate { return &p.RefUpdates })},
}

func (p *GitPush) scan(b []byte, i int) int { return scanMembers(p, pushMembers, b, i) }

var updateMembers = []member[GitRefUpdate]{
	{"name", textIn(func(u *GitRefUpdate) *string { return &u.Name })},
	{"newObjectId", textIn(func(u *GitRefUpdate) *string { return &u.NewObjectID })},
	{"oldObjectId", textIn(func(u *GitRefUpdate) *string { return &u.OldObjectID })},
}

func (u *GitRefUpdate) scan(b []byte, i int) int { return scanMembers(u, updateMembers, b, i) }
