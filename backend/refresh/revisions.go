package refresh

import (
	"strings"
	"time"

	"sightline/backend/azdo"
	"sightline/backend/devops"
)

// reviser transforms pages of one decoder into revisions. It is a pure function of its pages and names; what
// it remembers only saves memory. It is not safe for concurrent use.
type reviser struct {
	names   projectNames
	spelled map[nameInScope]string // what names gave
	setters []setter               // by the decoder's field number
	tags    map[string][]string    // by the text of System.Tags
	numbers []float64              // memory for optional numbers, handed out one by one
}

// nameInScope is a project's name as a revision in a project's feed spells it.
type nameInScope struct{ name, scope string }

// setter puts one field of a page into a revision.
type setter func(t *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue)

func newReviser(names projectNames) *reviser {
	return &reviser{names: names, spelled: map[nameInScope]string{}, tags: map[string][]string{}}
}

// append transforms a page and appends its revisions to rows. scope is the project whose feed it is, or ""
// for a page that is not of one project.
func (t *reviser) append(rows []devops.Revision, scope string, p *azdo.RevisionPage) []devops.Revision {
	for i := len(t.setters); i < len(p.Names()); i++ {
		t.setters = append(t.setters, setterOf(p.Names()[i]))
	}
	for i := range p.Revisions {
		w := &p.Revisions[i]
		rows = append(rows, devops.Revision{ID: w.ID, Rev: w.Rev})
		r := &rows[len(rows)-1]
		for _, v := range w.Fields {
			if set := t.setters[v.Name]; set != nil {
				set(t, r, p, v)
			}
		}
		r.ProjectID = t.projectID(r.ProjectName, scope)
	}
	return rows
}

// projectID finds the project of a revision by its present or former name.
func (t *reviser) projectID(name, scope string) string {
	key := nameInScope{name, scope}
	id, ok := t.spelled[key]
	if !ok {
		id = t.names.find(name, scope)
		t.spelled[key] = id
	}
	return id
}

func (t *reviser) number(f float64) *float64 {
	if len(t.numbers) == cap(t.numbers) {
		t.numbers = make([]float64, 0, 1024)
	}
	t.numbers = append(t.numbers, f)
	return &t.numbers[len(t.numbers)-1]
}

func (t *reviser) tagList(text string) []string {
	if list, ok := t.tags[text]; ok {
		return list
	}
	var list []string
	for tag := range strings.SplitSeq(text, ";") {
		if tag = strings.TrimSpace(tag); tag != "" {
			list = append(list, tag)
		}
	}
	if len(t.tags) < 65_536 {
		t.tags[text] = list
	}
	return list
}

// setterOf chooses how a field is stored: in its own place, not at all, or with the others.
func setterOf(name string) setter {
	if set, ok := placed[name]; ok {
		return set
	}
	// What follows from the paths, and bookkeeping of the service, would only repeat itself in every row.
	if strings.HasPrefix(name, "System.AreaLevel") || strings.HasPrefix(name, "System.IterationLevel") {
		return nil
	}
	switch name {
	case "System.Id", "System.Rev", "System.NodeName", "System.PersonId", "System.AuthorizedAs", "System.AuthorizedDate":
		return nil
	}
	return func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		if value := otherValue(p, v); value != nil {
			if r.Other == nil {
				r.Other = make(map[string]any, 8)
			}
			r.Other[name] = value
		}
	}
}

// otherValue reads a field without a place of its own: string, float64, bool, time.Time or Person. The feed
// does not say types; a text is a date when it is one to the second with its Z, which nobody types by hand.
func otherValue(p *azdo.RevisionPage, v azdo.FieldValue) any {
	switch v.Kind {
	case azdo.True:
		return true
	case azdo.False:
		return false
	case azdo.Number:
		if f, ok := p.Number(v); ok {
			return f
		}
		return nil
	case azdo.Object:
		if who := personOf(p, v); who != (devops.Person{}) {
			return who
		}
		return string(p.Raw(v))
	case azdo.Array:
		return string(p.Raw(v))
	}
	if raw := p.Raw(v); len(raw) >= 20 && raw[len(raw)-1] == 'Z' && raw[10] == 'T' {
		if at, ok := p.Time(v); ok {
			if at.IsZero() {
				return nil
			}
			return at
		}
	}
	return p.SharedText(v)
}

func personOf(p *azdo.RevisionPage, v azdo.FieldValue) devops.Person {
	w, ok := p.Identity(v)
	if !ok {
		return devops.Person{}
	}
	return personFrom(w)
}

// personFrom transforms an identity.
func personFrom(w azdo.IdentityRef) devops.Person {
	return devops.Person{ID: w.ID, Name: w.DisplayName, UniqueName: w.UniqueName, Descriptor: w.Descriptor}
}

// placed says where the fields with a place of their own go.
var placed = map[string]setter{
	"System.TeamProject":   shared(func(r *devops.Revision) *string { return &r.ProjectName }),
	"System.WorkItemType":  shared(func(r *devops.Revision) *string { return &r.Type }),
	"System.State":         shared(func(r *devops.Revision) *string { return &r.State }),
	"System.Reason":        shared(func(r *devops.Revision) *string { return &r.Reason }),
	"System.AreaPath":      shared(func(r *devops.Revision) *string { return &r.AreaPath }),
	"System.IterationPath": shared(func(r *devops.Revision) *string { return &r.Iteration }),
	"System.BoardColumn":   shared(func(r *devops.Revision) *string { return &r.BoardColumn }),
	"System.BoardLane":     shared(func(r *devops.Revision) *string { return &r.BoardLane }),
	"System.Title": func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		r.Title = p.Text(v)
	},
	"System.Tags": func(t *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		r.Tags = t.tagList(p.SharedText(v))
	},
	"System.AreaId":       whole(func(r *devops.Revision) *int { return &r.AreaID }),
	"System.IterationId":  whole(func(r *devops.Revision) *int { return &r.IterationID }),
	"System.CommentCount": whole(func(r *devops.Revision) *int { return &r.Comments }),
	"System.Parent":       whole(func(r *devops.Revision) *int { return &r.Parent }),
	"System.Watermark": func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		r.Watermark, _ = p.Int(v)
	},
	"System.IsDeleted": func(_ *reviser, r *devops.Revision, _ *azdo.RevisionPage, v azdo.FieldValue) {
		r.Deleted = v.Kind == azdo.True
	},
	"System.BoardColumnDone": func(_ *reviser, r *devops.Revision, _ *azdo.RevisionPage, v azdo.FieldValue) {
		if v.Kind == azdo.True || v.Kind == azdo.False {
			r.BoardColumnDone = new(v.Kind == azdo.True)
		}
	},
	"System.ChangedDate": date(func(r *devops.Revision) *time.Time { return &r.Changed }),
	"System.RevisedDate": date(func(r *devops.Revision) *time.Time { return &r.Revised }),
	"System.CreatedDate": date(func(r *devops.Revision) *time.Time { return &r.Created }),
	"System.ChangedBy":   people(func(r *devops.Revision) *devops.Person { return &r.ChangedBy }),
	"System.CreatedBy":   people(func(r *devops.Revision) *devops.Person { return &r.CreatedBy }),
	"System.AssignedTo":  people(func(r *devops.Revision) *devops.Person { return &r.AssignedTo }),

	"Microsoft.VSTS.Common.Severity":             shared(func(r *devops.Revision) *string { return &r.Severity }),
	"Microsoft.VSTS.Common.ValueArea":            shared(func(r *devops.Revision) *string { return &r.ValueArea }),
	"Microsoft.VSTS.Common.Activity":             shared(func(r *devops.Revision) *string { return &r.Activity }),
	"Microsoft.VSTS.Common.Priority":             optional(func(r *devops.Revision) **float64 { return &r.Priority }),
	"Microsoft.VSTS.Common.StackRank":            optional(func(r *devops.Revision) **float64 { return &r.StackRank }),
	"Microsoft.VSTS.Common.BacklogPriority":      optional(func(r *devops.Revision) **float64 { return &r.StackRank }), // Scrum's name of it
	"Microsoft.VSTS.Common.BusinessValue":        optional(func(r *devops.Revision) **float64 { return &r.BusinessValue }),
	"Microsoft.VSTS.Scheduling.StoryPoints":      optional(func(r *devops.Revision) **float64 { return &r.StoryPoints }),
	"Microsoft.VSTS.Scheduling.Effort":           optional(func(r *devops.Revision) **float64 { return &r.Effort }),
	"Microsoft.VSTS.Scheduling.Size":             optional(func(r *devops.Revision) **float64 { return &r.Size }),
	"Microsoft.VSTS.Scheduling.OriginalEstimate": optional(func(r *devops.Revision) **float64 { return &r.OriginalEstimate }),
	"Microsoft.VSTS.Scheduling.RemainingWork":    optional(func(r *devops.Revision) **float64 { return &r.RemainingWork }),
	"Microsoft.VSTS.Scheduling.CompletedWork":    optional(func(r *devops.Revision) **float64 { return &r.CompletedWork }),
	"Microsoft.VSTS.Common.ActivatedDate":        date(func(r *devops.Revision) *time.Time { return &r.Activated }),
	"Microsoft.VSTS.Common.ResolvedDate":         date(func(r *devops.Revision) *time.Time { return &r.ResolvedDate }),
	"Microsoft.VSTS.Common.ClosedDate":           date(func(r *devops.Revision) *time.Time { return &r.Closed }),
	"Microsoft.VSTS.Common.StateChangeDate":      date(func(r *devops.Revision) *time.Time { return &r.StateChanged }),
	"Microsoft.VSTS.Scheduling.TargetDate":       date(func(r *devops.Revision) *time.Time { return &r.TargetDate }),
	"Microsoft.VSTS.Scheduling.StartDate":        date(func(r *devops.Revision) *time.Time { return &r.StartDate }),
	"Microsoft.VSTS.Scheduling.FinishDate":       date(func(r *devops.Revision) *time.Time { return &r.FinishDate }),
}

func shared(place func(*devops.Revision) *string) setter {
	return func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		*place(r) = p.SharedText(v)
	}
}

func whole(place func(*devops.Revision) *int) setter {
	return func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		n, _ := p.Int(v)
		*place(r) = int(n)
	}
}

func date(place func(*devops.Revision) *time.Time) setter {
	return func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		*place(r), _ = p.Time(v)
	}
}

func people(place func(*devops.Revision) *devops.Person) setter {
	return func(_ *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		*place(r) = personOf(p, v)
	}
}

func optional(place func(*devops.Revision) **float64) setter {
	return func(t *reviser, r *devops.Revision, p *azdo.RevisionPage, v azdo.FieldValue) {
		if f, ok := p.Number(v); ok {
			*place(r) = t.number(f)
		}
	}
}
