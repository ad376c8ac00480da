package signin

import "sightline/backend/fault"

// sentence is what a person reads about one refusal of Microsoft Entra ID.
type sentence struct {
	numbers []int // behind AADSTS
	code    fault.Code
	message string
	hint    string
	actions []fault.Action // the first is the large button
	// needsAdministrator adds what an administrator needs to allow the registration.
	needsAdministrator bool
	// whileRefreshing replaces the message when no browser is open and stored tokens were refused.
	whileRefreshing string
}

const (
	signInEnded = "Your sign-in as {person} to {organization} ended on {when}; your data stays."
	signInAgain = "Sign in again as {again} to refresh."
)

// sentences is the table. Sources: Microsoft's reference of AADSTS codes, and what people reported of each.
var sentences = []sentence{
	{numbers: []int{50020, 16003, 50034, 51004, 90072}, code: fault.NotMember, actions: []fault.Action{fault.SignInElse, fault.CopyForAdmin},
		// Whom the page was about is not known here: the person that was expected may have picked another account.
		message:         "The account that was picked is not a member of the directory of {organization}. You probably picked the other account.",
		hint:            "Sign in as someone else, or ask the organization's administrator for an invitation.",
		whileRefreshing: "{Person} is not a member of the directory of {organization} any more; your data stays."},
	{numbers: []int{500200, 500208}, code: fault.SignInRefused, actions: []fault.Action{fault.SignInElse, fault.UseToken},
		message: "This is a personal Microsoft account, and {organization} wants a work account.",
		hint:    "Sign in with your work account, or connect with a personal access token."},
	{numbers: []int{9002332, 90124, 90130, 50194}, code: fault.SignInRefused, actions: []fault.Action{fault.Retry, fault.UseToken},
		message: "Sightline asked the wrong directory for {organization}.",
		hint:    "Sign in again, which finds the directory anew; if it comes back, connect with a personal access token."},
	{numbers: []int{90002}, code: fault.SignInRefused, actions: []fault.Action{fault.EditName},
		message: "There is no directory {tenant}.",
		hint:    "Check the directory's id and the sign-in authority in the connection's settings."},
	{numbers: []int{50076, 50074, 50078, 50158}, code: fault.SignInRefused, actions: []fault.Action{fault.SignInAgain},
		message:         "Microsoft wants a second factor for {person}.",
		hint:            "Sign in again and confirm with your phone or key.",
		whileRefreshing: "Microsoft wants a second factor again for {person}; your data stays."},
	{numbers: []int{50079, 50072}, code: fault.SignInRefused, actions: []fault.Action{fault.Retry, fault.SignInElse},
		message: "Your organization wants a second factor, and none is set up yet for {person}.",
		hint:    "Set up multi-factor authentication at your organization's page first, then sign in again."},
	{numbers: []int{53000, 53001, 530033, 50097, 50187, 530003}, code: fault.ConditionalAccess, actions: []fault.Action{fault.NormalBrowser, fault.CopyForAdmin},
		message: "Your organization only allows managed devices, and a private window cannot prove that this is one.",
		hint:    "Use your normal browser instead; Sightline then checks who signed in."},
	{numbers: []int{53003, 530032, 50131, 53002, 53004}, code: fault.ConditionalAccess, actions: []fault.Action{fault.NormalBrowser, fault.CopyForAdmin},
		message: "A policy of your organization does not allow {person} to sign in like this.",
		hint:    "Use your normal browser instead. If that is refused too, ask your administrator and give the correlation id below."},
	{numbers: []int{65001}, code: fault.SignInRefused, actions: []fault.Action{fault.AskConsent, fault.CopyForAdmin}, needsAdministrator: true,
		message: "Nobody has allowed Sightline for {person} yet.",
		hint:    "Sign in again and press Accept on the page that lists the permissions."},
	{numbers: []int{65004}, code: fault.ConsentDeclined, actions: []fault.Action{fault.AskConsent, fault.SignInElse},
		message: "You pressed Cancel on the page that lists the permissions; nothing was stored.",
		hint:    "Sign in again and press Accept if you want Sightline to read {organization}."},
	{numbers: []int{90094, 90095, 90093, 90099}, code: fault.SignInRefused, actions: []fault.Action{fault.CopyForAdmin, fault.SignInElse}, needsAdministrator: true,
		message: "Only an administrator can allow Sightline in the directory of {organization}.",
		hint:    "Ask your administrator to approve the application id {client} for the read permissions of Azure DevOps."},
	{numbers: []int{700016, 700011}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The client id {client} is not known in the directory {tenant}.",
		hint:    "Check the client id in the connection's settings; the registration guide shows where to find it."},
	{numbers: []int{50011, 500113}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The registration {client} does not allow the answer to come back to this computer.",
		hint:    "Register http://localhost under Mobile and desktop applications, as the registration guide shows."},
	{numbers: []int{7000218}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The registration {client} is not one of a desktop program: Microsoft demands a secret.",
		hint:    "Allow public client flows and move the redirect address from Web to Mobile and desktop applications."},
	{numbers: []int{70008, 700082, 50173, 70043, 50089, 700081, 50132, 50133}, code: fault.SignInRefused, actions: []fault.Action{fault.SignInAgain},
		message:         "The sign-in to {organization} came too late: what Microsoft gave for it had ended.",
		hint:            "Sign in again; nothing was stored.",
		whileRefreshing: signInEnded},
	{numbers: []int{650057, 650056}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The registration {client} does not list Azure DevOps among its permissions.",
		hint:    "Add the delegated permissions of Azure DevOps, as the registration guide shows."},
	{numbers: []int{650053, 70011}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The registration {client} does not know one of the permissions Sightline asked for.",
		hint:    "Set the permissions in the connection's settings back to the default."},
	{numbers: []int{65002}, code: fault.SignInRefused, actions: []fault.Action{fault.OpenGuide},
		message: "The client id {client} belongs to a program of Microsoft's.",
		hint:    "Use the client id of a registration of your own, as the registration guide shows."},
	{numbers: []int{50199}, code: fault.SignInRefused, actions: []fault.Action{fault.Retry, fault.NormalBrowser},
		message: "Microsoft wants {person} to confirm on its page that the sign-in to Sightline is meant.",
		hint:    "Sign in again and press Continue on that page."},
	{numbers: []int{70017}, code: fault.ConsentDeclined, actions: []fault.Action{fault.Retry, fault.SignInElse},
		message: "The sign-in to {organization} was declined on the page where the code was typed; nothing was stored.",
		hint:    "Sign in again if you want Sightline to read {organization}."},
	{numbers: []int{70019, 70020}, code: fault.SignInTimeout, actions: []fault.Action{fault.Retry},
		message: "The code for {organization} ended before anybody signed in with it.",
		hint:    "Nothing was stored. Ask for a new code when you are ready."},
	{numbers: []int{50057}, code: fault.SignInRefused, actions: []fault.Action{fault.SignInElse},
		message: "The account {person} is disabled.", hint: "Ask your administrator, or sign in as someone else."},
	{numbers: []int{50053}, code: fault.SignInRefused, actions: []fault.Action{fault.Retry},
		message: "The account {person} is locked for a while after too many wrong passwords.", hint: "Wait a few minutes, then sign in again."},
	{numbers: []int{50105}, code: fault.SignInRefused, actions: []fault.Action{fault.CopyForAdmin, fault.SignInElse},
		message: "{Person} has not been assigned to Sightline in the directory of {organization}.",
		hint:    "Ask your administrator to assign you to the application id {client}."},
	{numbers: []int{7000112}, code: fault.SignInRefused, actions: []fault.Action{fault.CopyForAdmin, fault.OpenGuide},
		message: "The registration {client} is disabled.", hint: "Ask your administrator to enable it."},
}

// codesForbidden is what a refusal by policy means for a typed code, which many directories block.
var codesForbidden = sentence{code: fault.ConditionalAccess, actions: []fault.Action{fault.NormalBrowser, fault.CopyForAdmin},
	message: "The directory of {organization} does not allow {person} to sign in by a code, as many organizations do.",
	hint:    "Sign in in a browser of this computer instead. If that is refused too, ask your administrator and give the correlation id below."}

// browserForbidden is what a refusal by policy means for the person's own browser.
var browserForbidden = sentence{code: fault.ConditionalAccess, actions: []fault.Action{fault.CopyForAdmin, fault.UseToken},
	message: "A policy of your organization does not allow {person} to sign in from this browser on this computer.",
	hint:    "Some policies take only Microsoft Edge, or another browser with Microsoft's extension for single sign-on, on a managed computer. Ask your administrator and give the correlation id below."}

// sentenceOf finds the sentence of an AADSTS number.
func sentenceOf(number int) (sentence, bool) {
	for _, s := range sentences {
		for _, n := range s.numbers {
			if n == number {
				return s, true
			}
		}
	}
	return sentence{}, false
}

// sentenceOfError finds the sentence of an OAuth error whose number is unknown.
func sentenceOfError(r refusal) (sentence, bool) {
	numbers := map[string]int{
		"consent_required": 65001, "unauthorized_client": 700016, "invalid_scope": 70011, "authorization_declined": 70017, "expired_token": 70020,
	}
	switch {
	case r.Error == "access_denied" && (r.Suberror == "cancel" || r.Number == 0):
		return sentence{code: fault.ConsentDeclined, message: "The sign-in to {organization} was canceled on Microsoft's page; nothing was stored.",
			hint: "Sign in again if you want Sightline to read {organization}.", actions: []fault.Action{fault.Retry, fault.SignInElse}}, true
	case r.Suberror == "consent_required":
		return sentenceOf(numbers["consent_required"])
	case r.Error == "temporarily_unavailable" || r.Error == "server_error" || r.Status >= 500:
		return sentence{code: fault.Offline, message: "Microsoft's sign-in is not working just now.", hint: "Try again in a few minutes.",
			actions: []fault.Action{fault.Retry}}, true
	}
	if number := numbers[r.Error]; number != 0 && (r.Number == 0 || number == 70017 || number == 70020) {
		return sentenceOf(number)
	}
	return sentence{}, false
}
