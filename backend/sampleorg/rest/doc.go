// Package rest serves a simulated world the way Azure DevOps serves an organization: the routes, envelopes,
// paging, headers, error bodies and bad manners of the real REST protocol, version 7.1.
//
// It is the other side of Sightline's tests and the organization that a person without one explores. It
// knows nothing of the product. What it does where the public documents are silent is said beside the code.
package rest
