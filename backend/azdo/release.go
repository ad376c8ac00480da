package azdo

import (
	"context"
	"net/url"
	"strconv"
	"time"
)

// areaRelease lives on a host of its own: vsrm.dev.azure.com, or the collection of a Server.
const areaRelease = "efc2f575-36ef-48e9-b672-0c6fb4a48ac5"

// Deployment is one deployment of a classic release to an environment.
type Deployment struct {
	ID                      IntOrText    `json:"id"`
	Release                 ReleaseRef   `json:"release"`
	ReleaseDefinition       NumberedRef  `json:"releaseDefinition"`
	ReleaseEnvironment      NumberedRef  `json:"releaseEnvironment"`
	DefinitionEnvironmentID IntOrText    `json:"definitionEnvironmentId"` // the same over releases
	Attempt                 IntOrText    `json:"attempt"`
	Reason                  EnumText     `json:"reason"`           // manual, automated, schedule, redeployTrigger
	DeploymentStatus        EnumText     `json:"deploymentStatus"` // notDeployed, inProgress, succeeded, partiallySucceeded, failed
	OperationStatus         EnumText     `json:"operationStatus"`  // Approved, Canceled, …
	QueuedOn                Time         `json:"queuedOn"`
	StartedOn               Time         `json:"startedOn"`
	CompletedOn             Time         `json:"completedOn"`
	LastModifiedOn          Time         `json:"lastModifiedOn"`
	RequestedFor            *IdentityRef `json:"requestedFor"`
	RequestedBy             *IdentityRef `json:"requestedBy"`
}

// NumberedRef names a thing that has a number for its id.
type NumberedRef struct {
	ID   IntOrText `json:"id"`
	Name string    `json:"name"`
}

// ReleaseRef names a release with what it deploys.
type ReleaseRef struct {
	ID        IntOrText         `json:"id"`
	Name      string            `json:"name"`
	Artifacts []ReleaseArtifact `json:"artifacts"`
}

// ReleaseArtifact is something that a release deploys. DefinitionReference describes it by words: version is
// the build of an artifact of the type Build.
type ReleaseArtifact struct {
	Type                string             `json:"type"`
	IsPrimary           bool               `json:"isPrimary"`
	DefinitionReference map[string]TextRef `json:"definitionReference"`
}

// TextRef names a thing that has a text for its id.
type TextRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DeploymentsLimit is the largest page of deployments that the service hands out.
const DeploymentsLimit = 100

// DeploymentsQuery asks for one page of the deployments of a project, in ascending order of their ids.
type DeploymentsQuery struct {
	Project           string    // GUID
	MinModified       time.Time // first instant of the last change; zero for no bound
	ContinuationToken string    // of the page before, whose query was the same
}

// DeploymentPage is one page of deployments. ContinuationToken is empty on the last.
type DeploymentPage struct {
	Deployments       []Deployment
	ContinuationToken string
	// At is when the service answered, by its own clock; zero when it did not say.
	At time.Time
}

// Deployments reads one page of the deployments of classic releases. Faults: Forbidden or NotFound also for a
// project, or a Server, without the release service.
func (c *Client) Deployments(ctx context.Context, q DeploymentsQuery) (DeploymentPage, error) {
	query := url.Values{"$top": {strconv.Itoa(DeploymentsLimit)}, "queryOrder": {"ascending"}}
	if min := queryTime(q.MinModified); min != "" {
		query.Set("minModifiedTime", min)
	}
	if q.ContinuationToken != "" {
		query.Set("continuationToken", q.ContinuationToken)
	}
	var page DeploymentPage
	var l list[Deployment]
	err := c.do(ctx, call{op: "azdo.Deployments", what: "the deployments of a project", project: q.Project, area: areaRelease,
		path: segments(q.Project) + "/_apis/release/deployments", query: query}, func(a *answer) error {
		page.ContinuationToken, page.At = continuationToken(a), answeredAt(a)
		return decodeJSON(&l)(a)
	})
	page.Deployments = l.all()
	return page, err
}
