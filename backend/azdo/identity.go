package azdo

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// IdentityRef is a person, service or group as answers name them. ID is the key; names change.
type IdentityRef struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
	UniqueName  string `json:"uniqueName"`
	Descriptor  string `json:"descriptor"`
	URL         string `json:"url"`
	ImageURL    string `json:"imageUrl"`
	IsContainer bool   `json:"isContainer"`
}

// UnmarshalJSONFrom reads an identity object, or the older form "Ann Ab <ann@contoso.com>".
func (r *IdentityRef) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == '"' {
		var s string
		if err := json.UnmarshalDecode(d, &s); err != nil {
			return err
		}
		*r = ParseIdentity(s)
		return nil
	}
	type object IdentityRef // without this method
	var o object
	if err := json.UnmarshalDecode(d, &o); err != nil {
		return err
	}
	if o.DisplayName == "" {
		// Seen in the reporting feed: {"id":…,"uniqueName":"Ann Ab <ann@contoso.com>"}.
		named := ParseIdentity(o.UniqueName)
		o.DisplayName, o.UniqueName = named.DisplayName, named.UniqueName
	}
	*r = IdentityRef(o)
	return nil
}

// ParseIdentity reads "Ann Ab <ann@contoso.com>", "Ann Ab <DOMAIN\ann>" or a bare name or address.
func ParseIdentity(s string) IdentityRef {
	s = strings.TrimSpace(s)
	if open := strings.LastIndexByte(s, '<'); open >= 0 && strings.HasSuffix(s, ">") {
		r := IdentityRef{DisplayName: strings.TrimSpace(s[:open]), UniqueName: strings.TrimSpace(s[open+1 : len(s)-1])}
		if r.DisplayName == "" {
			r.DisplayName = r.UniqueName
		}
		return r
	}
	r := IdentityRef{DisplayName: s}
	if strings.ContainsAny(s, `@\`) && !strings.Contains(s, " ") {
		r.UniqueName = s
	}
	return r
}

// Caller is whom the service took us for, as the header X-VSS-UserData says it. The zero Caller means
// that the call was treated as anonymous.
type Caller struct {
	ID      string // GUID of the identity
	Account string // its address
}

// parseCaller reads X-VSS-UserData: {id}:{address}.
func parseCaller(header string) Caller {
	id, account, _ := strings.Cut(header, ":")
	return Caller{ID: strings.TrimSpace(id), Account: strings.TrimSpace(account)}
}

// anonymousID is the identity under which an organization with public projects serves strangers.
const anonymousID = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"

// Anonymous reports whether this is nobody.
func (c Caller) Anonymous() bool { return c.ID == "" || strings.EqualFold(c.ID, anonymousID) }
