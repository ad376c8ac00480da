package sqlite

import (
	"encoding/json"
	"fmt"

	"sightline/backend/devops"
)

// runTable stores deployments and test runs.
type runTable struct {
	deployment, testRun *keeper
}

func (t *tables) openRuns() (err error) {
	t.runs.deployment, err = t.keeper("fact_deployment", []string{"project", "id"}, []string{"release", "release_name", "environment", "attempt", "reason",
		"status", "operation", "queued", "started", "completed", "modified", "requested_for", "requested_by", "build"})
	if err != nil {
		return err
	}
	t.runs.testRun, err = t.keeper("fact_test_run", []string{"project", "id"}, []string{"name", "automated", "state", "stage", "started", "completed",
		"updated", "owner", "build", "release", "total", "passed", "failed", "not_executed", "incomplete", "not_applicable", "outcomes"})
	return err
}

func (t *tables) storeRuns(b *devops.Batch) error {
	for i := range b.Deployments {
		if err := t.storeDeployment(&b.Deployments[i]); err != nil {
			return err
		}
	}
	for i := range b.TestRuns {
		if err := t.storeTestRun(&b.TestRuns[i]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) storeDeployment(d *devops.Deployment) error {
	seen := periodOf(d.Queued)
	project, err := t.project(d.ProjectID, "", 0)
	if err != nil {
		return err
	}
	if project == 0 || d.ID <= 0 {
		return invalidRow(fmt.Sprintf("deployment %d", d.ID), "without a project or an id")
	}
	definition, err := t.releaseDefinitions.number(t, ownedID{project, int64(d.DefinitionID)}, d.DefinitionName, seen)
	if err != nil {
		return err
	}
	environment, err := t.environments.number(t, ownedID{definition, int64(d.EnvironmentID)}, d.Environment, seen)
	if err != nil {
		return err
	}
	words, err := t.texts(d.Reason, d.Status, d.Operation)
	if err != nil {
		return err
	}
	requestedFor, err := t.person(&d.RequestedFor, seen)
	if err != nil {
		return err
	}
	requestedBy, err := t.person(&d.RequestedBy, seen)
	if err != nil {
		return err
	}
	k := t.runs.deployment
	k.keyInt(1, project)
	k.keyInt(2, int64(d.ID))
	p := &k.put
	p.int(3, int64(d.ReleaseID))
	p.text(4, d.ReleaseName)
	p.int(5, environment)
	p.int(6, int64(d.Attempt))
	p.int(7, words[0])
	p.int(8, words[1])
	p.int(9, words[2])
	p.time(10, d.Queued)
	p.time(11, d.Started)
	p.time(12, d.Completed)
	p.time(13, d.Modified)
	p.int(14, requestedFor)
	p.int(15, requestedBy)
	p.int(16, int64(d.BuildID))
	_, _, err = t.keep(k, devops.Deployments, false)
	return err
}

func (t *tables) storeTestRun(r *devops.TestRun) error {
	project, err := t.project(r.ProjectID, "", 0)
	if err != nil {
		return err
	}
	if project == 0 || r.ID <= 0 {
		return invalidRow(fmt.Sprintf("test run %d", r.ID), "without a project or an id")
	}
	words, err := t.texts(r.State, r.Stage)
	if err != nil {
		return err
	}
	owner, err := t.person(&r.Owner, periodOf(r.Started))
	if err != nil {
		return err
	}
	k := t.runs.testRun
	k.keyInt(1, project)
	k.keyInt(2, int64(r.ID))
	p := &k.put
	p.text(3, r.Name)
	p.bool(4, r.Automated)
	p.int(5, words[0])
	p.int(6, words[1])
	p.time(7, r.Started)
	p.time(8, r.Completed)
	p.time(9, r.Updated)
	p.int(10, owner)
	p.int(11, int64(r.BuildID))
	p.int(12, int64(r.ReleaseID))
	for i, n := range [...]int{r.Total, r.Passed, r.Failed, r.NotExecuted, r.Incomplete, r.NotApplicable} {
		p.int(13+i, int64(n))
	}
	if r.Outcomes == nil {
		p.null(19)
	} else {
		outcomes, err := json.Marshal(r.Outcomes) // in the order of their names
		if err != nil {
			return err
		}
		p.text(19, string(outcomes))
	}
	_, _, err = t.keep(k, devops.TestRuns, false)
	return err
}
