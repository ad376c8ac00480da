package identity

import (
	"crypto/rand"
	"math/big"
	"strings"
	"sync"
	"time"
)

const (
	devicePollEvery = 5 * time.Second
	// pollTolerance is for programs that keep to the interval while the network does not.
	pollTolerance = 500 * time.Millisecond
	// deviceLetters are those nobody mistakes for another or makes words of.
	deviceLetters  = "BCDFGHJKLMNPQRSTVWXZ"
	deviceCodeSize = 9
)

type deviceState int

const (
	deviceWaiting deviceState = iota
	deviceApproved
	deviceDeclined
	deviceSpent
)

// deviceRequest is a program without a browser that waits for a person.
type deviceRequest struct {
	request  authorization
	userCode string
	begun    time.Time
	polled   time.Time
	every    time.Duration // grows when the program polls too often
	state    deviceState
	person   Person
	account  string
}

type deviceStore struct {
	clock func() time.Time

	mu       sync.Mutex
	requests map[string]*deviceRequest // by device code
}

func newDeviceStore(clock func() time.Time) *deviceStore {
	return &deviceStore{clock: clock, requests: map[string]*deviceRequest{}}
}

// begin makes the two codes of a device request.
func (s *deviceStore) begin(a authorization) (deviceCode, userCode string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	for code, d := range s.requests {
		if now.Sub(d.begun) > 24*time.Hour {
			delete(s.requests, code)
		}
	}
	deviceCode = randomText(48)
	letters := make([]byte, deviceCodeSize)
	for i := range letters {
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(deviceLetters)))) // crypto/rand ends the program rather than fail
		letters[i] = deviceLetters[n.Int64()]
	}
	userCode = string(letters)
	s.requests[deviceCode] = &deviceRequest{request: a, userCode: userCode, begun: now, every: devicePollEvery}
	return deviceCode, userCode
}

// find looks for a waiting request by what a person types; spaces, hyphens and case do not matter.
func (s *deviceStore) find(typed string) (deviceCode string, a authorization, ok bool) {
	typed = strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(typed))
	s.mu.Lock()
	defer s.mu.Unlock()
	for code, d := range s.requests {
		if d.userCode == typed && d.state == deviceWaiting && s.clock().Sub(d.begun) < deviceLife {
			return code, d.request, true
		}
	}
	return "", authorization{}, false
}

func (s *deviceStore) approve(deviceCode string, who Person, account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.requests[deviceCode]; d != nil && d.state == deviceWaiting {
		d.state, d.person, d.account = deviceApproved, who, account
	}
}

func (s *deviceStore) decline(deviceCode string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.requests[deviceCode]; d != nil && d.state == deviceWaiting {
		d.state = deviceDeclined
	}
}

// poll answers the program's question whether the person is done. An approved request is good once.
func (s *deviceStore) poll(deviceCode, segment string) (deviceRequest, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.requests[deviceCode]
	if d == nil || d.request.in.segment != segment {
		return deviceRequest{}, &refusal{Code: 70018, OAuth: "bad_verification_code",
			Text: "The provided value for the input parameter 'device_code' is not valid."}
	}
	now := s.clock()
	early := !d.polled.IsZero() && now.Sub(d.polled) < d.every-pollTolerance
	d.polled = now
	switch {
	case d.state == deviceDeclined:
		return *d, &refusal{Code: 70017, OAuth: "authorization_declined",
			Text: "OAuth 2.0 device flow error. Authorization was declined by the user."}
	case d.state == deviceSpent:
		return *d, grantInvalid(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.")
	case now.Sub(d.begun) >= deviceLife:
		return *d, &refusal{Code: 70020, OAuth: "expired_token",
			Text: "The provided value for the input parameter 'device_code' is not valid. This device code has expired."}
	case early:
		d.every += devicePollEvery
		return *d, &refusal{Code: 90055, OAuth: "slow_down", Text: "The app is polling too often. Wait longer between requests."}
	case d.state == deviceWaiting:
		return *d, &refusal{Code: 70016, OAuth: "authorization_pending",
			Text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling."}
	}
	d.state = deviceSpent
	return *d, nil
}
