package rest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// areas are the resource areas a client asks for most. The ids are the same in every organization.
// Source: azure-devops-cli-extension recordings.
var areas = []struct{ id, name string }{
	{"79134c72-4a58-4b42-976c-04e7115f32bf", "core"}, {"5264459e-e5e0-4bd8-b118-0985e68a4ec5", "wit"}, {"1d4f49f9-02b9-4e26-b826-2cdb6195f2a9", "work"},
	{"5d6898bb-45ec-463f-95f9-54d49c71752e", "build"}, {"965220d5-5bb9-42cf-8d67-9b146df2a5a4", "Build"}, {"2e0bf237-8973-4ec9-a581-9c3d679d1776", "pipelines"},
	{"4e080c62-fa21-4fbc-8fef-2a10a2b38049", "git"}, {"8aa40520-446d-40e6-89f6-9c9f9ce44c48", "tfvc"}, {"c2aa639c-3ccc-4740-b3b6-ce2a1e1d984e", "Test"},
	{"b4a54c31-29a1-41e6-b301-d35b1ed663a0", "Test"}, {"c83eaf52-edf3-4034-ae11-17d38f25404c", "testresults"}, {"efc2f575-36ef-48e9-b672-0c6fb4a48ac5", "Release"},
	{"fb13a388-40dd-4a04-b530-013a739c72ef", "policy"}, {"a85b8835-c1a1-4aac-ae97-1c3d0ba72dbd", "distributedtask"}, {"bb1e7ec9-e901-4b68-999a-de7012b920f8", "Graph"},
	{"8a3d49b8-91f0-46ef-b33d-dda338c25db3", "IMS"}, {"fc3682be-3d6c-427a-87c8-e527b16a1d05", "Identity"}, {"0d55247a-1c47-4462-9b1f-5e2125590ee6", "Account"},
	{"31c84e0a-3ece-48fd-a29d-100849af99ba", "Dashboard"}, {"f47c4501-5e41-4a7c-b17b-19b7cef00b91", "Analytics"},
}

// resourceAreas says where each area lives: all at the base. A Server has no areas.
func (c *call) resourceAreas() *refusal {
	wanted := c.vars["area"]
	var values []any
	for _, a := range areas {
		v := obj{"id": a.id, "name": a.name, "locationUrl": c.base + "/"}
		if strings.EqualFold(wanted, a.id) && !c.h.o.Server {
			return c.json(v)
		}
		values = append(values, v)
	}
	if wanted != "" {
		return c.json(nil) // the service answers null for an area it does not know
	}
	if c.h.o.Server {
		values = nil
	}
	return c.list(values)
}

// connectionData says who the caller is.
func (c *call) connectionData() *refusal {
	user := obj{
		"id": c.caller.ID, "descriptor": "Microsoft.IdentityModel.Claims.ClaimsIdentity;" + c.caller.TenantID + `\` + c.caller.UPN, "subjectDescriptor": c.descriptor(),
		"providerDisplayName": c.caller.DisplayName, "customDisplayName": c.caller.DisplayName, "isActive": true,
		"properties": obj{"Account": obj{"$type": "System.String", "$value": c.caller.UPN}}, "resourceVersion": 2, "metaTypeId": 0,
	}
	if c.caller.ID == "" {
		user = obj{"id": AnonymousID, "descriptor": "System:PublicAccess;" + AnonymousID, "subjectDescriptor": "sys." + AnonymousID, "providerDisplayName": "Anonymous", "isActive": true,
			"properties": obj{"Account": obj{"$type": "System.String", "$value": "Anonymous"}}, "resourceVersion": 2, "metaTypeId": 255}
	}
	kind := "hosted"
	if c.h.o.Server {
		kind = "onPremises"
	}
	c.w.Header().Set("X-VSS-ResourceTenant", c.tenant())
	return c.json(obj{
		"authenticatedUser": user, "authorizedUser": user, "instanceId": c.world.ID, "deploymentId": c.world.Deployment, "deploymentType": kind,
		"locationServiceData": obj{"serviceOwner": "00025394-6065-48ca-87d9-7f5672854ef7", "defaultAccessMappingMoniker": "PublicAccessMapping",
			"lastChangeId": 424239147, "lastChangeId64": 424239147},
	})
}

func (c *call) descriptor() string {
	if p := c.world.Person(c.caller.ID); p != nil {
		return p.Descriptor
	}
	return "aad." + c.caller.ID
}

// profile is the caller's profile, which belongs to no organization.
func (c *call) profile() *refusal {
	if who := c.vars["who"]; !strings.EqualFold(who, "me") && !strings.EqualFold(who, c.caller.ID) {
		return &refusal{status: http.StatusNotFound, typeKey: "ProfileDoesNotExistException", message: "VS403269: Profile " + who + " does not exist."}
	}
	since := time.UnixMilli(c.world.Since).UTC().Format("2006-01-02T15:04:05.000-07:00")
	return c.json(obj{"displayName": c.caller.DisplayName, "publicAlias": c.caller.ID, "emailAddress": c.caller.UPN, "coreRevision": 341_672_314,
		"timeStamp": since, "id": c.caller.ID, "revision": 341_672_314})
}

// accounts lists the organizations the caller is a member of.
func (c *call) accounts() *refusal {
	if c.param("memberId") == "" && c.param("ownerId") == "" {
		return badRequest("VssPropertyValidationException", "One of the parameters memberId and ownerId is required.")
	}
	var values []any
	if c.caller.Member {
		values = append(values, obj{"accountId": c.world.ID, "accountUri": c.base + "/", "accountName": c.h.o.Organization, "properties": obj{},
			"organizationName": c.world.Company(), "accountType": "organization", "accountOwner": c.world.Member().ID, "createdBy": c.world.Member().ID,
			"createdDate": zuluTime(c.world.Since), "accountStatus": "enabled"})
	}
	return c.list(values)
}

// resourceLocations is the answer to OPTIONS on _apis, or on one area below it: no api-version, not even in the
// content type.
func (c *call) resourceLocations(area string) *refusal {
	maxVersion, released := "7.2", "7.1"
	if c.h.o.Server {
		maxVersion, released = "7.0", "7.0"
	}
	all := slices.Concat(locations, pipelineLocations)
	values := make([]any, 0, len(all))
	for _, l := range all {
		if area != "" && !strings.EqualFold(area, l.area) {
			continue
		}
		r := released
		if l.preview {
			r = "0.0"
		}
		values = append(values, obj{"id": l.id, "area": l.area, "resourceName": l.name, "routeTemplate": l.template, "resourceVersion": l.version,
			"minVersion": l.min, "maxVersion": maxVersion, "releasedVersion": r})
	}
	b, err := encode(obj{"value": values, "count": len(values)})
	if err != nil {
		return crash(err)
	}
	c.send(http.StatusOK, "application/json; charset=utf-8", b)
	return nil
}
