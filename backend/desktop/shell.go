package desktop

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/workspace"
)

// Shell answers the frame of the window: navigation, accounts, theme.
type Shell struct{ p *Program }

// State returns everything the frame shows.
func (s *Shell) State() (ShellView, error) {
	s.p.await()
	return guard(s.p.Log, "Shell.State", func() (ShellView, error) { return s.p.shellView(s.p.ctx) })
}

// SetTheme keeps the choice of theme: system, light or dark.
func (s *Shell) SetTheme(theme string) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.SetTheme", func() error {
		if !slices.Contains([]string{"system", "light", "dark"}, theme) {
			return fault.New(fault.Invalid, "desktop.SetTheme", "There is no theme called "+theme+".", "Choose system, light or dark.")
		}
		return s.p.Workspace.PutSetting(s.p.ctx, "theme", theme)
	})
}

// MarkOpened takes the yellow asterisk from an item. kind is dashboard, report or dataset.
func (s *Shell) MarkOpened(kind, id string) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.MarkOpened", func() error {
		return s.p.changeItem(s.p.ctx, kind, id, func(i *item) bool {
			was := *i.opened
			*i.opened = true
			return !was
		})
	})
}

// Rename gives an item another name.
func (s *Shell) Rename(kind, id, name string) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.Rename", func() error {
		name = strings.TrimSpace(name)
		if name == "" || len([]rune(name)) > 120 {
			return fault.New(fault.Invalid, "desktop.Rename", "A name has between 1 and 120 characters.", "Type another name.")
		}
		return s.p.changeItem(s.p.ctx, kind, id, func(i *item) bool {
			*i.name = name
			return true
		})
	})
}

// OpenExternal opens a page of a connected organization in the person's browser. Any other address is
// refused, because texts that came from a server must not be able to open what they like.
func (s *Shell) OpenExternal(address string) error {
	s.p.await()
	return guardDo(s.p.Log, "Shell.OpenExternal", func() error {
		known, err := s.p.isConnected(s.p.ctx, address)
		if err != nil {
			return err
		}
		if !known {
			return fault.New(fault.Invalid, "desktop.OpenExternal", "Sightline opens only pages of organizations you are connected to.", "Copy the address and open it yourself if you trust it.").With("Address", address)
		}
		return s.p.Platform.OpenURL(address)
	})
}

// Save writes a file where the person says. Under serve the page itself offers it as a download.
func (s *Shell) Save(file CSVFile) (SaveResult, error) {
	s.p.await()
	return guard(s.p.Log, "Shell.Save", func() (SaveResult, error) {
		// The byte order mark makes spreadsheets read UTF-8 as UTF-8.
		path, ok, err := s.p.Platform.SaveFile(file.Name, append([]byte("\xEF\xBB\xBF"), file.Text...))
		if err != nil {
			return SaveResult{}, fault.New(fault.CodeOf(err), "desktop.Save", "The file "+file.Name+" could not be written.", "Choose another folder.").Because(err)
		}
		return SaveResult{Path: path, Canceled: ok && path == "", Download: !ok}, nil
	})
}

func (p *Program) isConnected(ctx context.Context, address string) (bool, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil {
		return false, nil
	}
	connections, err := p.Workspace.Connections(ctx)
	if err != nil {
		return false, err
	}
	for _, c := range connections {
		base, err := url.Parse(c.URL)
		if err == nil && u.Scheme == base.Scheme && u.Host == base.Host && strings.HasPrefix(path.Clean(u.Path), base.Path+"/") {
			return true, nil
		}
	}
	return false, nil
}

func (p *Program) shellView(ctx context.Context) (ShellView, error) {
	v := ShellView{
		Version: p.Version, Face: p.Platform.Face(), Theme: "system",
		Accounts: []AccountView{}, Dashboards: []NavItem{}, Reports: []NavItem{}, Datasets: []NavItem{},
	}
	if theme, err := p.Workspace.Setting(ctx, "theme"); err != nil {
		return v, err
	} else if theme != "" {
		v.Theme = theme
	}
	background, err := p.inBackground(ctx)
	if err != nil {
		return v, err
	}
	v.Background = background
	if v.Notifications, err = p.notifications(ctx); err != nil {
		return v, err
	}
	datasets, err := p.Workspace.Datasets(ctx)
	if err != nil {
		return v, err
	}
	byID := map[string]workspace.Dataset{}
	for _, d := range datasets {
		byID[d.ID] = d
		v.Datasets = append(v.Datasets, p.navItem(d, d.ID, d.Name, d.Opened))
	}
	docs, err := p.Workspace.Documents(ctx)
	if err != nil {
		return v, err
	}
	for _, doc := range docs {
		line := p.navItem(byID[doc.DatasetID], doc.ID, doc.Name, doc.Opened)
		if !byID[doc.DatasetID].LastRefresh.IsZero() {
			// What was loaded whole once can be opened whatever its next refresh is doing.
			line.State, line.Percent = "ready", 100
		}
		if doc.Kind == workspace.DashboardDocument {
			v.Dashboards = append(v.Dashboards, line)
		} else {
			v.Reports = append(v.Reports, line)
		}
	}
	l, err := p.ledger(ctx)
	if err != nil {
		return v, err
	}
	v.Accounts = p.accountViews(&l)
	return v, nil
}

func (p *Program) navItem(d workspace.Dataset, id, name string, opened bool) NavItem {
	state, percent := p.itemState(d)
	return NavItem{ID: id, Name: name, DatasetID: d.ID, New: !opened, State: state, Percent: percent}
}

// item points at what a dataset and a document have in common.
type item struct {
	name   *string
	opened *bool
}

// changeItem changes a dashboard, a report or a dataset and stores it when change says so.
func (p *Program) changeItem(ctx context.Context, kind, id string, change func(*item) bool) error {
	changed := false
	note := func(i *item) bool {
		changed = change(i)
		return changed
	}
	var err error
	if kind == "dataset" {
		err = p.Workspace.ChangeDataset(ctx, id, func(d *workspace.Dataset) bool { return note(&item{&d.Name, &d.Opened}) })
	} else {
		err = p.Workspace.ChangeDocument(ctx, id, func(d *workspace.Document) bool { return note(&item{&d.Name, &d.Opened}) })
	}
	if changed && err == nil {
		p.emit("workspace:changed", nil)
	}
	return err
}
