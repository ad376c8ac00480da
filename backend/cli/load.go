package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/devops"
	"sightline/backend/signin"
)

// connected is what `sightline connect` answers.
type connected struct {
	DatasetID    string                `json:"datasetId"`
	DashboardID  string                `json:"dashboardId"`
	ReportID     string                `json:"reportId"`
	Name         string                `json:"name"`
	Organization string                `json:"organization"`
	Identity     *desktop.IdentityView `json:"identity"`
	Projects     []string              `json:"projects"`
	Dataset      desktop.DatasetView   `json:"dataset"`
	Seconds      float64               `json:"seconds"`
	Requests     int                   `json:"requests"`
	Rows         int                   `json:"rows"`
	Waited       float64               `json:"waited"`
}

func connectCommand(v *verbs) *cobra.Command {
	var r desktop.ConnectRequest
	var name string
	var history string
	var way ways
	c := &cobra.Command{
		Use:   "connect --url URL --project PATTERN...",
		Short: "Connect to an organization and load it",
		Long: "Connects to an organization and loads the projects that match.\n\nWithout --token-stdin the person signs in with OAuth in an isolated browser window; where no\n" +
			"browser can be started the address to open is printed. With --token-stdin a personal access token is\nread from standard input; it is never taken from an argument. With --account the sign-in of an account that is\n" +
			"kept here is used and nobody is asked; `sightline accounts` lists them.",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if r.Organization == "" || len(r.Patterns) == 0 {
				return fmt.Errorf("%w: connect needs --url and at least one --project", errUse)
			}
			var err error
			if r.HistoryMonths, err = historyMonths(history); err != nil {
				return err
			}
			token, err := v.chosen(c.Context(), &r, way)
			if err != nil {
				return err
			}
			return v.connect(c, r, name, token)
		},
	}
	f := c.Flags()
	f.StringVar(&r.Organization, "url", "", "organization: a name, its address, or a Server's collection")
	f.StringArrayVar(&r.Patterns, "project", nil, "project: a name, a beginning followed by *, or *; as often as needed")
	way.flags(c)
	v.passphraseFlag(c)
	f.StringSliceVar(&r.Contents, "load", nil, "what to load: workItems, git, pullRequests, pipelines, tests, tfvc (default: everything)")
	f.StringVar(&history, "history", "2y", "how far back everything but work items is loaded: 6m, 1y, 2y, 5y, all")
	f.StringVar(&r.Authority, "authority", "", "address of the sign-in authority (default: found through the organization)")
	f.StringVar(&r.ClientID, "client-id", "", "client id of the app registration")
	f.StringVar(&r.Expect, "expect", "", "refuse to connect as anybody but this address")
	f.StringVar(&name, "name", "", "name of the dataset (default: ORGANIZATION / PATTERN)")
	return c
}

// historyMonths reads a history as it is typed: a number of months or years, or all.
func historyMonths(text string) (int, error) {
	switch {
	case text == "all" || text == "everything":
		return -1, nil
	case len(text) >= 2:
		n, err := strconv.Atoi(text[:len(text)-1])
		unit := map[byte]int{'m': 1, 'y': 12}[text[len(text)-1]]
		if err == nil && n > 0 && n <= 100 && unit > 0 {
			return n * unit, nil
		}
	}
	return 0, fmt.Errorf("%w: the history %q is none: say 6m, 1y, 2y, 5y or all", errUse, text)
}

func (v *verbs) connect(c *cobra.Command, r desktop.ConnectRequest, name string, token signin.Secret) error {
	org, err := devops.ParseOrganization(r.Organization)
	if err != nil {
		return err
	}
	r.Source = "azureDevOps"
	if org.Server {
		r.Source = "server"
	}
	p, done, err := v.openUnlocked(c.Context())
	if err != nil {
		return err
	}
	defer done()
	if err := v.nameAccount(c.Context(), p, &r); err != nil {
		return err
	}
	a, err := p.Connect(c.Context(), r, name, token, v.tellAttempt)
	if err != nil {
		return err
	}
	end, err := p.Refresh(c.Context(), a.DatasetID, v.tellProgress)
	if err != nil {
		return err
	}
	d, err := p.Services().Datasets.Dataset(a.DatasetID)
	if err != nil {
		return err
	}
	return v.print(connected{
		DatasetID: a.DatasetID, DashboardID: a.DashboardID, ReportID: a.ReportID, Name: d.Name, Organization: a.Organization,
		Identity: a.Identity, Projects: end.Projects, Dataset: d,
		Seconds: end.Elapsed, Requests: end.Requests, Rows: end.Rows, Waited: end.Waited,
	})
}

func (v *verbs) tellAttempt(a desktop.AttemptView) {
	switch a.Phase {
	case "waiting", "opening":
		switch {
		case a.Rung == "deviceCode" && a.Code != "":
			v.tell("Type %s at %s", a.Code, a.CodePage)
		case a.Rung == "system":
			v.tell("Sign in in your own browser, which may know other accounts.")
		case a.Rung == "copyLink" && a.Link != "":
			v.tell("Sign in: %s", a.Link)
		case a.Browser != "" && a.Phase == "waiting":
			v.tell("Sign in in the window of %s that opened.", a.Browser)
		}
	case "confirm":
		v.tell("Signed in as %s (%s) to organization %s", a.Identity.Name, a.Identity.Address, a.Organization)
		for _, w := range a.Warnings {
			v.tell("%s %s", w.Message, w.Hint)
		}
	}
}

func (v *verbs) tellProgress(p desktop.ProgressView) {
	wait := ""
	if p.WaitLeft > 0 {
		wait = fmt.Sprintf(", waiting %.0f s: %s", p.WaitLeft, p.WaitWhy)
	}
	v.tell("%3.0f %%  %d rows, %.0f rows/s, %d requests%s", p.Percent, p.Rows, p.RowRate, p.Requests, wait)
}
