package identity

import (
	"fmt"
	"net/http"
	"time"
)

// deviceCode answers a program that has no browser with a code for a person to type.
func (p *Provider) deviceCode(w http.ResponseWriter, r *http.Request) {
	in, refused := p.dir.resolve(r.PathValue("tenant"))
	if refused == nil {
		refused = p.clientOf(r, in)
	}
	a := authorization{in: in, clientID: p.dir.app.ClientID}
	if refused == nil {
		a.scopes, refused = readScopes(r.PostForm.Get("scope"), p.dir.app)
	}
	if refused == nil {
		refused = p.failed(atDevice, in)
	}
	if refused != nil {
		p.refuseToken(w, r, in, "", refused)
		return
	}
	deviceCode, userCode := p.devices.begin(a)
	p.issued.add(SecretDeviceCode, deviceCode, "")
	page := p.Authority() + "/" + in.segment + "/oauth2/deviceauth"
	p.log.add(EventDevice, "", in.segment, 0, 0)
	writeJSON(w, http.StatusOK, map[string]any{
		"device_code":      deviceCode,
		"user_code":        userCode,
		"verification_uri": page,
		"expires_in":       int(deviceLife / time.Second),
		"interval":         int(devicePollEvery / time.Second),
		"message":          fmt.Sprintf("To sign in, use a web browser to open the page %s and enter the code %s to authenticate.", page, userCode),
	})
}

// redeemDevice answers the polling program.
func (p *Provider) redeemDevice(w http.ResponseWriter, r *http.Request, in audience) {
	code := r.PostForm.Get("device_code")
	if code == "" {
		p.refuseToken(w, r, in, "", parameterMissing("device_code"))
		return
	}
	// Who the program is comes before whether the person is done, as at Entra.
	if refused := p.failed(atToken, in); refused != nil && refused.OAuth == "invalid_client" {
		p.refuseToken(w, r, in, "", refused)
		return
	}
	d, refused := p.devices.poll(code, in.segment)
	if refused != nil {
		p.refuseToken(w, r, in, d.person.UPN, refused)
		return
	}
	if refused := p.failed(atToken, in); refused != nil {
		p.refuseToken(w, r, in, d.person.UPN, refused)
		return
	}
	p.log.add(EventToken, d.person.UPN, in.segment, 0, 0)
	p.issue(w, r, issuance{person: d.person, account: d.account, family: newGUID(), scopes: d.request.scopes})
}

// devicePage asks for the code a program shows.
func (p *Provider) devicePage(w http.ResponseWriter, r *http.Request) {
	p.showDeviceCode(w, r, "", "")
}

// deviceEntered takes the code and begins the sign-in it stands for.
func (p *Provider) deviceEntered(w http.ResponseWriter, r *http.Request) {
	if !p.formAllowed(r, "device") {
		p.showExpired(w, r)
		return
	}
	typed := r.PostForm.Get("user_code")
	deviceCode, a, ok := p.devices.find(typed)
	if !ok {
		p.showDeviceCode(w, r, typed, "No program waits for this code. Check it, or ask the program for a new one: a code is good for 15 minutes.")
		return
	}
	p.begin(w, r, flow{request: a, device: deviceCode})
}
