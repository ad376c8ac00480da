package refresh

import (
	"log/slog"
	"net/http"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// Client is a connection to an organization, under the name by which layers that may not see the wire
// protocol know it.
type Client = azdo.Client

// Credential puts the authorization of a connection on a request.
type Credential = azdo.Credential

// Budget is the share of the service that one identity may use. All connections of an identity should
// share one, because Azure DevOps counts per identity.
type Budget = azdo.Budget

// NewBudget makes the budget of one identity.
func NewBudget(clock func() time.Time) *Budget { return azdo.NewBudget(0, clock, nil) }

// Lanes bound the calls under way at one organization. All connections to it should share one, whoever they
// are made as.
type Lanes = azdo.Lanes

// NewLanes makes the lanes of one organization.
func NewLanes() *Lanes { return azdo.NewLanes(0) }

// Connection says where and as whom to connect.
type Connection struct {
	Organization devops.Organization
	Account      string // whom we believe to be, for sentences; may be empty
	Credential   Credential
	Version      string // of Sightline, for the User-Agent
	Budget       *Budget
	Lanes        *Lanes       // of the organization; nil when nobody else asks it
	HTTP         *http.Client // its transport is used; nil for one of our own
	Clock        func() time.Time
	Logger       *slog.Logger
	// FollowSignInRedirect is for directories whose Conditional Access needs the redirect to the sign-in page.
	FollowSignInRedirect bool
}

// Connect makes a client. It sends nothing.
func Connect(o Connection) (*Client, error) {
	return azdo.New(azdo.Options{
		BaseURL: o.Organization.URL, Organization: o.Organization.Name, Account: o.Account, Credential: o.Credential,
		HTTP: o.HTTP, UserAgent: "Sightline/" + firstNonEmpty(o.Version, "dev"), Budget: o.Budget, Lanes: o.Lanes, Clock: o.Clock, Logger: o.Logger,
		FollowSignInRedirect: o.FollowSignInRedirect,
	})
}
