package rest

import (
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// apiVersion is a requested version: 7.1, 7.1-preview, 7.1-preview.3.
var apiVersion = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})(-preview(\.\d+)?)?$`)

// latest is the version a call gets that asks for none.
func (h *Handler) latest() string {
	if h.o.Server {
		return "7.0"
	}
	return "7.1"
}

// newest is the newest version this server understands, as major and minor.
func (h *Handler) newest() (int, int) {
	if h.o.Server {
		return 7, 0
	}
	return 7, 2
}

// negotiate reads the version from the query or the Accept header. Routes that exist only as a preview
// refuse a version without that mark; a POST without any version is refused; a GET is served the latest.
func (c *call) negotiate(preview bool) *refusal {
	asked := c.param("api-version")
	if asked == "" {
		asked = versionOf(c.r.Header.Get("Accept"))
	}
	if asked == "" && c.r.Method == http.MethodPost {
		asked = versionOf(c.r.Header.Get("Content-Type"))
	}
	if asked == "" {
		if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
			if preview {
				c.version = c.h.latest() + "-preview.1"
			}
			return nil
		}
		return badRequest("VssVersionNotSpecifiedException", `No api-version was supplied for the "`+c.r.Method+`" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`)
	}
	parts := apiVersion.FindStringSubmatch(asked)
	if parts == nil {
		return badRequest("VssInvalidApiVersionException", `The api-version "`+asked+`" is not valid.`)
	}
	major, _ := strconv.Atoi(parts[1]) // two digits at most
	minor, _ := strconv.Atoi(parts[2])
	if top, last := c.h.newest(); major > top || major == top && minor > last {
		latest := strconv.Itoa(top) + "." + strconv.Itoa(last)
		return badRequest("VssVersionOutOfRangeException", "The requested REST API version of "+parts[1]+"."+parts[2]+" is out of range for this server. The latest REST API version this server supports is "+latest+".")
	}
	if preview && parts[3] == "" {
		return badRequest("VssInvalidPreviewVersionException", `The requested version "`+asked+`" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "`+asked+`-preview"`)
	}
	c.version = asked
	return nil
}

// versionOf finds api-version among the parameters of a media type, of the first that has one.
func versionOf(header string) string {
	for _, part := range strings.Split(header, ",") {
		if _, params, err := mime.ParseMediaType(strings.TrimSpace(part)); err == nil && params["api-version"] != "" {
			return params["api-version"]
		}
	}
	return ""
}

// major is the first number of the version in effect.
func (c *call) major() int {
	v := c.version
	if v == "" {
		v = c.h.latest()
	}
	n, _ := strconv.Atoi(v[:strings.IndexByte(v, '.')]) // the pattern demands it
	return n
}
