package desktop

import (
	"bytes"
	"slices"
	"sync"

	"sightline/backend/report"
	"sightline/backend/workspace"
)

// mostDecoded is how many reports are held decoded: more than a person looks at in one sitting.
const mostDecoded = 16

// decodedReports holds reports as they were read last. A click asks for one page of a report of many, and a replay
// asks for each day: decoding and checking the whole document every time would cost more than its numbers.
type decodedReports struct {
	mu   sync.Mutex
	held map[string]decodedReport
}

type decodedReport struct {
	body   []byte
	report report.Report
}

// read decodes the document unless it was and has not changed since. The pages are the caller's own; what they hold is
// shared and must not be written. Faults: those of report.DecodeReport.
func (d *decodedReports) read(doc workspace.Document) (report.Report, error) {
	d.mu.Lock()
	held, ok := d.held[doc.ID]
	d.mu.Unlock()
	if !ok || !bytes.Equal(held.body, doc.Body) {
		rep, err := report.DecodeReport(doc.Body)
		if err != nil {
			return rep, err
		}
		held = decodedReport{body: doc.Body, report: rep}
		d.keep(doc.ID, held)
	}
	rep := held.report
	rep.Pages = slices.Clone(rep.Pages)
	return rep, nil
}

func (d *decodedReports) keep(id string, r decodedReport) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held == nil || len(d.held) >= mostDecoded {
		d.held = map[string]decodedReport{} // the next click of each brings it back
	}
	d.held[id] = r
}
