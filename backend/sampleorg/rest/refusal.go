package rest

import (
	"fmt"
	"net/http"
	"strings"
)

// refusal is an answer that says no.
type refusal struct {
	status   int
	message  string
	typeName string // .NET name; made from typeKey when empty
	typeKey  string
	eventID  int
	header   http.Header
	bom      bool   // the body begins with a byte order mark
	plain    string // a body that is no JSON
	kind     string // content type of plain
}

// byteOrderMark begins some bodies of the real service.
const byteOrderMark = "\ufeff"

// render makes the body and its content type.
func (r *refusal) render(c *call) ([]byte, string) {
	if r.kind != "" {
		return []byte(r.plain), r.kind
	}
	if r.message == "" {
		return nil, ""
	}
	typeName := r.typeName
	if typeName == "" {
		typeName = "Microsoft.VisualStudio.Services.Common." + r.typeKey + ", Microsoft.VisualStudio.Services.Common"
	}
	event := r.eventID
	if event == 0 {
		event = 3000
	}
	b, _ := encode(struct { // strings and numbers always encode
		ID        string  `json:"$id"`
		Inner     *string `json:"innerException"`
		Message   string  `json:"message"`
		TypeName  string  `json:"typeName"`
		TypeKey   string  `json:"typeKey"`
		ErrorCode int     `json:"errorCode"`
		EventID   int     `json:"eventId"`
	}{"1", nil, r.message, typeName, r.typeKey, 0, event})
	if r.bom {
		return append([]byte(byteOrderMark), b...), "application/json"
	}
	return b, c.contentType()
}

func badRequest(typeKey, message string) *refusal {
	return &refusal{status: http.StatusBadRequest, typeKey: typeKey, message: message}
}

// crash is a defect of the sample.
func crash(err error) *refusal {
	return &refusal{status: http.StatusInternalServerError, typeKey: "VssServiceException", message: "The sample organization failed: " + err.Error()}
}

// noRoute is how the service's router refuses: plain text.
func noRoute(path string) *refusal {
	return &refusal{status: http.StatusNotFound, kind: "text/plain; charset=utf-8", plain: fmt.Sprintf("The controller for path '%s' was not found or does not implement IController.", path)}
}

// noOrganization answers for an organization that does not exist: a page, not JSON.
func noOrganization(p []string) *refusal {
	name := ""
	if len(p) > 0 {
		name = p[0]
	}
	return &refusal{status: http.StatusNotFound, kind: "text/html; charset=utf-8",
		plain: "<!DOCTYPE html><html><head><title>Azure DevOps Services | 404 Not Found</title></head><body><h1>404 - Not found</h1><p>The organization " + escapeText(name) + " does not exist.</p></body></html>"}
}

func escapeText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func noProject(name string) *refusal {
	if looksLikeGUID(name) {
		return &refusal{status: http.StatusNotFound, typeKey: "ProjectDoesNotExistException", message: "VS800075: The project with id '" + name + "' does not exist, or you do not have permission to access it.",
			typeName: "Microsoft.TeamFoundation.Core.WebApi.ProjectDoesNotExistException, Microsoft.TeamFoundation.Core.WebApi"}
	}
	return &refusal{status: http.StatusNotFound, typeKey: "ProjectDoesNotExistWithNameException",
		message:  "TF200016: The following project does not exist: " + name + ". Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.",
		typeName: "Microsoft.TeamFoundation.Core.WebApi.ProjectDoesNotExistWithNameException, Microsoft.TeamFoundation.Core.WebApi"}
}

func noTeam(name string) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "TeamNotFoundException", message: "The team with id '" + name + "' does not exist.",
		typeName: "Microsoft.TeamFoundation.Core.WebApi.TeamNotFoundException, Microsoft.TeamFoundation.Core.WebApi"}
}

func noWorkItem(id int) *refusal {
	return &refusal{status: http.StatusNotFound, typeKey: "WorkItemUnauthorizedAccessException", eventID: 3200,
		message:  fmt.Sprintf("TF401232: Work item %d does not exist, or you do not have permissions to read it.", id),
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Server.WorkItemUnauthorizedAccessException, Microsoft.TeamFoundation.WorkItemTracking.Server"}
}

func tooMany() *refusal {
	return &refusal{status: http.StatusBadRequest, typeKey: "WorkItemTrackingQueryResultSizeLimitExceededException", eventID: 3200,
		message:  "VS402337: The number of work items returned exceeds the size limit of 20000. Change the query to return fewer items.",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Server.WorkItemTrackingQueryResultSizeLimitExceededException, Microsoft.TeamFoundation.WorkItemTracking.Server"}
}

func noField(name string) *refusal {
	return &refusal{status: http.StatusBadRequest, typeKey: "WorkItemTrackingFieldDefinitionNotFoundException", eventID: 3200,
		message:  "TF51535: Cannot find field " + name + ".",
		typeName: "Microsoft.TeamFoundation.WorkItemTracking.Server.Metadata.WorkItemTrackingFieldDefinitionNotFoundException, Microsoft.TeamFoundation.WorkItemTracking.Server"}
}

func looksLikeGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if r != '-' {
				return false
			}
		} else if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return false
		}
	}
	return true
}
