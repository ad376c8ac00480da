// Package azdo is a client of the REST interface of Azure DevOps Services and Azure DevOps Server. It
// mirrors the interface without opinion: one method per call, wire types with the service's own names,
// paging, waiting when the service asks for it, retries, and one typed fault per refusal.
//
// It knows nothing of storage, of datasets or of who should be signed in; it only refuses to go on when
// an answer comes as another identity than the pinned one.
package azdo
