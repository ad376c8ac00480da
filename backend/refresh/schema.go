package refresh

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

// schemaFeed is the cursor of what changes rarely: teams, areas, iterations, types, states, fields. Its
// token is the time it was read and the largest node id then.
const schemaFeed = "schema"

// schemaAge is how old the schema of a project may be before a refresh reads it again.
const schemaAge = 20 * time.Hour

func schemaToken(at time.Time, last int) string {
	return at.UTC().Format(time.RFC3339) + ";" + strconv.Itoa(last)
}

// parseSchemaToken reads a token; the zero time for one it does not know.
func parseSchemaToken(token string) (at time.Time, last int) {
	text, number, _ := strings.Cut(token, ";")
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, 0
	}
	last, _ = strconv.Atoi(number) // 0 reads the schema again at the next revision, which is right
	return at, last
}

// Skipped is something that could not be read although the refresh as a whole went on.
type Skipped struct {
	Project string
	What    string // "teams", "history", …
	Why     string // the sentence of the refusal
}

// mayBeSkipped reports whether a refusal concerns only the thing asked for, so that the rest can go on.
func mayBeSkipped(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Forbidden, fault.NotFound, fault.ProjectGone:
		return true
	}
	return false
}

// provesGone reports whether the service itself said, to the pinned identity, that a thing is not there or may not
// be read: then it is marked. A web server or a route that does not know the address (NotFound) proves nothing.
func provesGone(err error) bool {
	return fault.Is(err, fault.ProjectGone) || fault.Is(err, fault.Forbidden)
}

// schemaReader reads the schema of projects and remembers processes over all of them.
type schemaReader struct {
	client *azdo.Client
	gate   *Gate
	clock  func() time.Time
	skip   func(project, what string, err error)

	mu        sync.Mutex
	processes map[string]azdo.Process
}

// read reads the schema of one project as one batch with its cursor. Parts that may not be read are skipped.
func (s *schemaReader) read(ctx context.Context, project devops.Project) (devops.Batch, error) {
	var batch devops.Batch
	began := s.clock()
	detail, err := s.client.Project(ctx, project.ID)
	switch {
	case err == nil:
		project = projectOf(&detail)
	case !mayBeSkipped(err):
		return batch, err
	default:
		s.skip(project.Name, "the project's process", err)
	}
	var roots []azdo.ClassificationNode
	var fields []azdo.Field
	var teams []teamParts
	var types typeParts
	nodesRead := false
	ask := func(what string, f func(context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error {
			if err := s.gate.Wait(ctx); err != nil {
				return err
			}
			err := f(ctx)
			if err != nil && mayBeSkipped(err) {
				s.skip(project.Name, what, err)
				return nil
			}
			return err
		}
	}
	err = together(ctx, 6,
		ask("areas and iterations", func(ctx context.Context) (err error) {
			roots, err = s.client.ClassificationNodes(ctx, project.ID)
			nodesRead = err == nil
			return err
		}),
		ask("fields", func(ctx context.Context) (err error) { fields, err = s.client.Fields(ctx, project.ID); return err }),
		ask("work item types", func(ctx context.Context) (err error) {
			types.types, types.states, err = s.readTypes(ctx, project.ID)
			return err
		}),
		ask("work item type categories", func(ctx context.Context) (err error) {
			types.categories, err = s.client.WorkItemTypeCategories(ctx, project.ID)
			return err
		}),
		ask("backlog levels", func(ctx context.Context) (err error) {
			types.backlogs, types.process, err = s.readBacklogs(ctx, project)
			return err
		}),
		ask("teams", func(ctx context.Context) (err error) { teams, err = s.readTeams(ctx, &project); return err }),
	)
	if err != nil {
		return batch, err
	}
	if project.Process, err = s.systemProcess(ctx, project.ProcessID); err != nil {
		return batch, err
	}
	if project.Process == devops.ProcessUnknown {
		project.Process = processRoot(types.types)
	}
	nodes := nodesOf(project.ID, roots)
	batch.Projects = []devops.Project{project}
	batch.Nodes = nodes
	if nodesRead {
		batch.NodesOf = project.ID
	}
	batch.Fields = fieldsOf(fields)
	batch.Types = typesOf(project.ID, &types)
	batch.BacklogFields = backlogFieldsOf(project.ID, &types)
	for i := range teams {
		batch.Teams = append(batch.Teams, teamOf(&project, nodes, &teams[i]))
	}
	batch.Cursor = &devops.Cursor{Feed: schemaFeed, Scope: project.ID, Token: schemaToken(began, lastNode(nodes)), Done: true}
	return batch, nil
}

// readTypes reads the types and, from servers whose list has no states, the states of each.
func (s *schemaReader) readTypes(ctx context.Context, project string) ([]azdo.WorkItemType, map[string][]azdo.WorkItemState, error) {
	types, err := s.client.WorkItemTypes(ctx, project)
	if err != nil {
		return nil, nil, err
	}
	states := map[string][]azdo.WorkItemState{}
	var mu sync.Mutex
	var asks []func(context.Context) error
	for _, t := range types {
		if len(t.States) > 0 {
			continue
		}
		asks = append(asks, func(ctx context.Context) error {
			list, err := s.client.WorkItemTypeStates(ctx, project, t.Name)
			if err != nil && !mayBeSkipped(err) {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			states[t.Name] = list
			return nil
		})
	}
	return types, states, together(ctx, 6, asks...)
}

// readBacklogs reads the backlog configuration of the default team, else the project's process configuration.
func (s *schemaReader) readBacklogs(ctx context.Context, project devops.Project) (*azdo.BacklogConfiguration, *azdo.ProcessConfiguration, error) {
	backlogs, err := s.client.BacklogConfiguration(ctx, project.ID, project.DefaultTeam)
	if err == nil {
		return &backlogs, nil, nil
	}
	if !mayBeSkipped(err) {
		return nil, nil, err
	}
	process, perr := s.client.ProcessConfiguration(ctx, project.ID)
	if perr == nil {
		return nil, &process, nil
	}
	if !mayBeSkipped(perr) {
		return nil, nil, perr
	}
	return nil, nil, err
}

// readTeams reads the teams of a project, several at once.
func (s *schemaReader) readTeams(ctx context.Context, project *devops.Project) ([]teamParts, error) {
	listed, err := s.client.Teams(ctx, project.ID)
	if err != nil {
		return nil, err
	}
	teams := make([]teamParts, len(listed))
	var asks []func(context.Context) error
	for i := range listed {
		t := &teams[i]
		t.team = listed[i]
		asks = append(asks, func(ctx context.Context) error {
			if err := s.gate.Wait(ctx); err != nil {
				return err
			}
			var err [3]error
			t.settings, err[0] = s.client.TeamSettings(ctx, project.ID, t.team.ID)
			t.areas, err[1] = s.client.TeamFieldValues(ctx, project.ID, t.team.ID)
			t.iterations, err[2] = s.client.TeamIterations(ctx, project.ID, t.team.ID)
			for _, e := range err {
				if e != nil && !mayBeSkipped(e) {
					return e
				}
				if e != nil {
					s.skip(project.Name, "a part of the team "+t.team.Name, e)
				}
			}
			return nil
		})
	}
	return teams, together(ctx, 6, asks...)
}

// deepestProcess ends a walk over processes that name each other as parents.
const deepestProcess = 8

// systemProcess walks an inherited process to its system root; ProcessUnknown when it may not be read or
// has none.
func (s *schemaReader) systemProcess(ctx context.Context, id string) (devops.Process, error) {
	for range deepestProcess {
		if root, ok := devops.SystemProcess[strings.ToLower(id)]; ok {
			return root, nil
		}
		if id == "" || strings.Trim(id, "0-") == "" {
			return devops.ProcessUnknown, nil
		}
		s.mu.Lock()
		p, ok := s.processes[id]
		s.mu.Unlock()
		if !ok {
			var err error
			if p, err = s.client.Process(ctx, id); err != nil && !mayBeSkipped(err) {
				return devops.ProcessUnknown, err
			}
			s.mu.Lock()
			s.processes[id] = p
			s.mu.Unlock()
		}
		id = strings.ToLower(p.ParentProcessTypeID)
	}
	return devops.ProcessUnknown, nil
}

// together runs functions, at most n at once, and returns the first error after all of them ended. The
// context of the others is cancelled at the first error.
func together(ctx context.Context, n int, functions ...func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slots := make(chan struct{}, n)
	var all sync.WaitGroup
	for _, f := range functions {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			defer func() {
				if r := recover(); r != nil {
					cancel(fault.New(fault.Internal, "refresh.together", "", "").Because(fmt.Errorf("panic: %v", r)))
				}
			}()
			if err := f(ctx); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}
