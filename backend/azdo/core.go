package azdo

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// ConnectionData says who we are in the organization.
type ConnectionData struct {
	AuthenticatedUser ConnectedUser `json:"authenticatedUser"`
	AuthorizedUser    ConnectedUser `json:"authorizedUser"`
	InstanceID        string        `json:"instanceId"` // stable key of the organization
	DeploymentID      string        `json:"deploymentId"`
	DeploymentType    string        `json:"deploymentType"` // hosted, onPremises
	// Caller is whom the answer itself came as, by its header.
	Caller Caller `json:"-"`
	// Tenant is the directory of the organization, by the header X-VSS-ResourceTenant; often empty.
	Tenant string `json:"-"`
}

// ConnectedUser is an identity as connectionData describes it.
type ConnectedUser struct {
	ID                  string                   `json:"id"`
	Descriptor          string                   `json:"descriptor"` // Microsoft.IdentityModel.Claims.ClaimsIdentity;{tenant}\{address}
	SubjectDescriptor   string                   `json:"subjectDescriptor"`
	ProviderDisplayName string                   `json:"providerDisplayName"`
	CustomDisplayName   string                   `json:"customDisplayName"`
	IsActive            bool                     `json:"isActive"`
	Properties          map[string]PropertyValue `json:"properties"`
}

// PropertyValue is a value of a property bag: {"$type":"System.String","$value":"…"} or bare.
type PropertyValue string

// UnmarshalJSON reads both forms; values that are neither text nor number become their JSON.
func (p *PropertyValue) UnmarshalJSON(b []byte) error {
	if t := (typedProperty{}); scanBody(b, &t) {
		*p = t.value
		return nil
	}
	var typed struct {
		Value jsontext.Value `json:"$value"`
	}
	if unmarshal(b, &typed) == nil && typed.Value != nil {
		b = typed.Value
	}
	var s string
	if unmarshal(b, &s) == nil {
		*p = PropertyValue(s)
	} else {
		*p = PropertyValue(b)
	}
	return nil
}

// ConnectionData asks who we are: the cheapest proof that a credential works. It exists as a preview only.
func (c *Client) ConnectionData(ctx context.Context) (ConnectionData, error) {
	var d ConnectionData
	err := c.do(ctx, call{op: "azdo.ConnectionData", what: "the identity behind the sign-in", path: "/_apis/connectionData",
		preview: "-preview.1", root: true}, func(a *answer) error {
		err := decodeJSON(&d)(a)
		d.Caller, d.Tenant = a.caller, a.header.Get("X-VSS-ResourceTenant")
		return err
	})
	return d, err
}

// Profile is a person's profile across organizations. Azure DevOps Services only.
type Profile struct {
	ID           string `json:"id"`
	DisplayName  string `json:"displayName"`
	PublicAlias  string `json:"publicAlias"`
	EmailAddress string `json:"emailAddress"`
	TimeStamp    Time   `json:"timeStamp"`
}

// profileHost is the one host of profiles.
const profileHost = "https://app.vssps.visualstudio.com"

// Profile reads the profile of the signed-in person. A Server, or a test server, has none: NotFound.
func (c *Client) Profile(ctx context.Context) (Profile, error) {
	q := call{op: "azdo.Profile", what: "the profile of the signed-in person", path: "/_apis/profile/profiles/me", unpinned: true}
	if at, err := url.Parse(profileHost); err == nil && c.trusted(at) {
		q.host = profileHost
	}
	var p Profile
	err := c.do(ctx, q, decodeJSON(&p))
	return p, err
}

// Project is a project as lists and single answers describe it.
type Project struct {
	ID             string        `json:"id"`
	Name           string        `json:"name"`
	Description    string        `json:"description"`
	State          string        `json:"state"` // wellFormed, createPending, deleting, …
	Visibility     string        `json:"visibility"`
	Revision       int64         `json:"revision"`
	LastUpdateTime Time          `json:"lastUpdateTime"`
	Capabilities   *Capabilities `json:"capabilities"`
	DefaultTeam    *TeamRef      `json:"defaultTeam"`
}

// Capabilities says which process and which source control a project has.
type Capabilities struct {
	ProcessTemplate struct {
		TemplateName   string `json:"templateName"`
		TemplateTypeID string `json:"templateTypeId"`
	} `json:"processTemplate"`
	VersionControl struct {
		SourceControlType string `json:"sourceControlType"` // Git, Tfvc
		GitEnabled        string `json:"gitEnabled"`        // "True", "False"
		TfvcEnabled       string `json:"tfvcEnabled"`
	} `json:"versioncontrol"`
}

// TeamRef names a team.
type TeamRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// projectsPage is how many projects one page asks for; services answered 1,000 in one page before.
const projectsPage = 500

// Projects lists the projects the caller may see in a state (wellFormed when empty). The list is trimmed by
// permission without a word. It reads until no token comes and the page is not full.
func (c *Client) Projects(ctx context.Context, state string) ([]Project, error) {
	if state == "" {
		state = "wellFormed"
	}
	var all []Project
	known := map[string]bool{}
	token := ""
	for {
		query := url.Values{"stateFilter": {state}, "$top": {strconv.Itoa(projectsPage)}}
		switch {
		case token != "":
			query.Set("continuationToken", token)
		case len(all) > 0:
			query.Set("$skip", strconv.Itoa(len(all)))
		}
		var page list[Project]
		next := ""
		err := c.do(ctx, call{op: "azdo.Projects", what: "the projects of " + c.o.Organization, area: areaCore, path: "/_apis/projects",
			query: query, root: true}, func(a *answer) error {
			next = a.header.Get("x-ms-continuationtoken")
			return decodeJSON(&page)(a)
		})
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, p := range page.all() {
			if key := strings.ToLower(p.ID); !known[key] {
				known[key] = true
				all = append(all, p)
				fresh++
			}
		}
		full := len(page.all()) >= projectsPage
		if next == "" && !full || fresh == 0 || next != "" && next == token {
			return all, nil
		}
		token = next
	}
}

// Project reads one project by name or GUID with its capabilities. A former name finds the project too.
func (c *Client) Project(ctx context.Context, nameOrID string) (Project, error) {
	var p Project
	err := c.do(ctx, call{op: "azdo.Project", what: "the project " + nameOrID, project: nameOrID, area: areaCore,
		path: "/_apis/projects" + segments(nameOrID), query: url.Values{"includeCapabilities": {"true"}, "includeHistory": {"true"}}}, decodeJSON(&p))
	return p, err
}

// Process is a process template as work tracking knows it. An inherited one has a parent.
type Process struct {
	TypeID              string `json:"typeId"`
	Name                string `json:"name"`
	ReferenceName       string `json:"referenceName"`
	ParentProcessTypeID string `json:"parentProcessTypeId"`
	CustomizationType   string `json:"customizationType"` // system, inherited, custom
	IsDefault           bool   `json:"isDefault"`
	IsEnabled           bool   `json:"isEnabled"`
}

// Process reads one process by its type id.
func (c *Client) Process(ctx context.Context, typeID string) (Process, error) {
	var p Process
	err := c.do(ctx, call{op: "azdo.Process", what: "the process of a project", area: areaWork,
		path: "/_apis/work/processes" + segments(typeID)}, decodeJSON(&p))
	return p, err
}

// Team is a team of a project.
type Team struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	ProjectID   string `json:"projectId"`
	ProjectName string `json:"projectName"`
	IdentityURL string `json:"identityUrl"`
}

// teamsPage is the documented default, so that a page that is not full certainly is the last.
const teamsPage = 100

// Teams lists the teams of a project.
func (c *Client) Teams(ctx context.Context, project string) ([]Team, error) {
	var all []Team
	for {
		var page list[Team]
		query := url.Values{"$top": {strconv.Itoa(teamsPage)}}
		if len(all) > 0 {
			query.Set("$skip", strconv.Itoa(len(all)))
		}
		err := c.do(ctx, call{op: "azdo.Teams", what: "the teams of a project", project: project, area: areaCore,
			path: "/_apis/projects" + segments(project) + "/teams", query: query}, decodeJSON(&page))
		if err != nil {
			return nil, err
		}
		all = append(all, page.all()...)
		if len(page.all()) < teamsPage {
			return all, nil
		}
	}
}
