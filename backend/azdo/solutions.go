package azdo

import (
	"strings"

	"sightline/backend/fault"
)

// solutions are what a screen can offer against a refusal, the best first. Most follow from its code alone; who came
// with an access token has nothing to sign in again with but another token.
func solutions(code fault.Code, a *answer) []fault.Action {
	byToken := strings.EqualFold(a.scheme(), "Basic")
	switch code {
	case fault.NotSignedIn:
		if byToken {
			return []fault.Action{fault.UseToken}
		}
		return []fault.Action{fault.SignInAgain, fault.SignInElse, fault.UseToken}
	case fault.NotMember:
		if byToken {
			return []fault.Action{fault.UseToken, fault.SignInElse, fault.CopyForAdmin}
		}
		return []fault.Action{fault.SignInElse, fault.CopyForAdmin}
	case fault.OAuthPolicyOff:
		return []fault.Action{fault.UseToken, fault.CopyForAdmin, fault.SignInElse}
	case fault.ConditionalAccess:
		return []fault.Action{fault.NormalBrowser, fault.CopyForAdmin}
	case fault.Forbidden:
		return []fault.Action{fault.SignInElse, fault.CopyForAdmin}
	case fault.ProjectGone:
		return []fault.Action{fault.EditProjects, fault.SignInElse}
	case fault.OrganizationGone, fault.NotFound:
		return []fault.Action{fault.EditName, fault.SignInElse}
	case fault.Offline, fault.Timeout, fault.Throttled, fault.Stopped, fault.NotMaterialized:
		return []fault.Action{fault.Retry}
	case fault.BadAnswer:
		return []fault.Action{fault.EditName, fault.Retry}
	case fault.IdentityChanged:
		return []fault.Action{fault.SignInAgain, fault.SignInElse}
	}
	return nil
}
