package cli

import (
	"fmt"

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
	var tokenStdin bool
	c := &cobra.Command{
		Use:   "connect --url URL --project PATTERN...",
		Short: "Connect to an organization and load it",
		Long: "Connects to an organization and loads the projects that match.\n\nWithout --token-stdin the person signs in with OAuth in an isolated browser window; where no\n" +
			"browser can be started the address to open is printed. With --token-stdin a personal access token is\nread from standard input; it is never taken from an argument.",
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if r.Organization == "" || len(r.Patterns) == 0 {
				return fmt.Errorf("%w: connect needs --url and at least one --project", errUse)
			}
			var token signin.Secret
			r.Method = "oauth"
			if tokenStdin {
				r.Method = "token"
				var err error
				if token, err = v.readToken(c.Context()); err != nil {
					return err
				}
			}
			return v.connect(c, r, name, token)
		},
	}
	f := c.Flags()
	f.StringVar(&r.Organization, "url", "", "organization: a name, its address, or a Server's collection")
	f.StringArrayVar(&r.Patterns, "project", nil, "project: a name, a beginning followed by *, or *; as often as needed")
	f.BoolVar(&tokenStdin, "token-stdin", false, "read a personal access token from standard input")
	f.StringVar(&r.Authority, "authority", "", "address of the sign-in authority (default: found through the organization)")
	f.StringVar(&r.ClientID, "client-id", "", "client id of the app registration")
	f.StringVar(&r.Expect, "expect", "", "refuse to connect as anybody but this address")
	f.StringVar(&name, "name", "", "name of the dataset (default: ORGANIZATION / PATTERN)")
	return c
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
	p, done, err := v.open(c.Context())
	if err != nil {
		return err
	}
	defer done()
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

func refreshCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "refresh DATASET", Short: "Refresh a dataset and wait for the end", Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			p, done, err := v.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			d, err := p.FindDataset(c.Context(), args[0])
			if err != nil {
				return err
			}
			end, err := p.Refresh(c.Context(), d.ID, v.tellProgress)
			if err != nil {
				return err
			}
			return v.print(end)
		},
	}
}

func (v *verbs) tellAttempt(a desktop.AttemptView) {
	switch a.Phase {
	case "waiting", "opening":
		switch {
		case a.Rung == "copyLink" && a.Link != "":
			v.tell("Sign in: %s", a.Link)
		case a.Browser != "" && a.Phase == "waiting":
			v.tell("Sign in in the window of %s that opened.", a.Browser)
		}
	case "confirm":
		v.tell("Signed in as %s (%s) to organization %s", a.Identity.Name, a.Identity.Address, a.Organization)
	}
}

func (v *verbs) tellProgress(p desktop.ProgressView) {
	wait := ""
	if p.WaitLeft > 0 {
		wait = fmt.Sprintf(", waiting %.0f s: %s", p.WaitLeft, p.WaitWhy)
	}
	v.tell("%3.0f %%  %d rows, %.0f rows/s, %d requests%s", p.Percent, p.Rows, p.RowRate, p.Requests, wait)
}
