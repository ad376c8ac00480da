package identity

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// personalTokenLife is how long a personal access token is good for.
const personalTokenLife = 90 * 24 * time.Hour

// A personal access token has the length and the mark of Azure DevOps' own: 84 characters, AZDO before
// the last four. What is in front of the mark is object id (16 bytes), expiry (8), nonce (7) and a
// signature (16), in base32; what is behind is filler.
const (
	personalContent = 16 + 8 + 7
	personalSigned  = personalContent + 16
	personalMark    = "AZDO"
)

var personalText = base32.StdEncoding.WithPadding(base32.NoPadding)

// MintPersonalAccessToken makes a personal access token for a member or guest of a tenant; it is good
// for 90 days. It fails for somebody who is not in the cast.
func (p *Provider) MintPersonalAccessToken(who Person) (string, error) {
	object, err := hex.DecodeString(strings.ReplaceAll(who.ObjectID, "-", ""))
	if _, known := p.accountOf(who); !known || err != nil || len(object) != 16 {
		return "", fmt.Errorf("identity: %s is not in the cast and gets no personal access token", who.UPN)
	}
	b := make([]byte, personalContent, personalSigned+3)
	copy(b, object)
	binary.BigEndian.PutUint64(b[16:], uint64(p.clock().Add(personalTokenLife).Unix()))
	_, _ = rand.Read(b[24:personalContent])
	b = append(b, p.sealed.personalMAC(b)...)
	var filler [3]byte
	_, _ = rand.Read(filler[:])
	token := strings.ToLower(personalText.EncodeToString(b)) + personalMark + strings.ToLower(personalText.EncodeToString(filler[:]))[:4]
	p.issued.add(SecretPersonalToken, token, who.UPN)
	return token, nil
}

// VerifyPersonalAccessToken says whose a personal access token is, for the REST side. ErrNotOurs,
// ErrExpired and ErrRevoked say why it is not accepted.
func (p *Provider) VerifyPersonalAccessToken(token string) (Person, error) {
	b, ok := p.sealed.openPersonal(token)
	if !ok {
		return Person{}, ErrNotOurs
	}
	if p.clock().Unix() >= int64(binary.BigEndian.Uint64(b[16:])) {
		return Person{}, ErrExpired
	}
	if p.ended.token(personalID(b)) {
		return Person{}, ErrRevoked
	}
	object := fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
	for _, a := range p.dir.accounts {
		if strings.EqualFold(a.ObjectID, object) {
			return a.Person, nil
		}
		if strings.EqualFold(a.HomeObjectID, object) {
			return p.atHome(a), nil
		}
	}
	return Person{}, ErrNotOurs
}

// RevokePersonalAccessToken ends a personal access token before its time.
func (p *Provider) RevokePersonalAccessToken(token string) error {
	b, ok := p.sealed.openPersonal(token)
	if !ok {
		return ErrNotOurs
	}
	p.ended.end(personalID(b))
	return nil
}

// atHome is a guest as the own directory knows them.
func (p *Provider) atHome(a Account) Person {
	who, _ := p.dir.identityIn(a, audience{segment: "organizations"}, true)
	return who
}

func personalID(b []byte) string { return "pat/" + hex.EncodeToString(b[:personalContent]) }

func (s *sealedTokens) personalMAC(content []byte) []byte {
	mac := hmac.New(sha256.New, s.macKey)
	mac.Write(content)
	return mac.Sum(nil)[:personalSigned-personalContent]
}

// openPersonal checks form and signature and returns the content.
func (s *sealedTokens) openPersonal(token string) ([]byte, bool) {
	head, tail, found := strings.Cut(token, personalMark)
	if !found || len(tail) != 4 {
		return nil, false
	}
	b, err := personalText.DecodeString(strings.ToUpper(head))
	if err != nil || len(b) != personalSigned || !hmac.Equal(b[personalContent:], s.personalMAC(b[:personalContent])) {
		return nil, false
	}
	return bytes.Clone(b[:personalContent]), true
}
