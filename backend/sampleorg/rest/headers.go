package rest

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

// newGUID is a random GUID, for what differs from request to request.
func newGUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// head sets the headers that come with every answer.
func (c *call) head(contentType string) {
	h := c.w.Header()
	id := newGUID()
	session := c.r.Header.Get("X-TFS-Session")
	if session == "" {
		session = newGUID()
	}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-TFS-ProcessId", c.world.GUID("process", "host"))
	h.Set("X-TFS-Session", session)
	h.Set("X-VSS-E2EID", id)
	h.Set("ActivityId", id)
	h.Set("X-VSS-SenderDeploymentId", c.world.Deployment)
	h.Set("X-MSEdge-Ref", "Ref A: "+strings.ToUpper(strings.ReplaceAll(id, "-", ""))+" Ref B: SAMPLE01 Ref C: "+base64.RawURLEncoding.EncodeToString([]byte(id[:6])))
	h.Set("X-FRAME-OPTIONS", "SAMEORIGIN")
	h.Set("X-Content-Type-Options", "nosniff")
	if c.caller.ID != "" && h.Get("X-VSS-UserData") == "" {
		// Absent when the call was treated as anonymous.
		h.Set("X-VSS-UserData", c.caller.ID+":"+c.caller.UPN)
	}
}

// escapeHeader encodes a message as X-TFS-ServiceError carries it.
func escapeHeader(message string) string {
	return strings.ReplaceAll(url.QueryEscape(message), "+", "%20")
}
