package report

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"sightline/backend/fault"
)

//go:embed defaults/*.json
var defaults embed.FS

// DefaultReport is the report a new dataset gets.
func DefaultReport(name string) (Report, error) {
	page, err := readDefault[Page]("defaults/open-bug-status.json")
	if err != nil {
		return Report{}, err
	}
	return Report{Version: Version, Name: name, Pages: []Page{page}}, nil
}

// DefaultDashboard is the dashboard a new dataset gets.
func DefaultDashboard(name string) (Dashboard, error) {
	d, err := readDefault[Dashboard]("defaults/dashboard.json")
	if err != nil {
		return Dashboard{}, err
	}
	d.Version, d.Name = DashboardVersion, name
	return d, nil
}

func readDefault[T any](file string) (T, error) {
	var doc T
	b, err := defaults.ReadFile(file)
	if err != nil {
		return doc, fault.Wrap("report.readDefault", err)
	}
	if err := decode(b, &doc); err != nil {
		return doc, fault.Wrap("report.readDefault", fmt.Errorf("%s: %w", file, err))
	}
	return doc, nil
}

// DecodeReport reads a stored report. One that a newer Sightline wrote is refused.
func DecodeReport(b []byte) (Report, error) {
	var r Report
	if err := decode(b, &r); err != nil {
		return r, damaged("report", err)
	}
	return r, checkVersion("report", r.Version, Version)
}

// DecodeDashboard reads a stored dashboard. One that a newer Sightline wrote is refused.
func DecodeDashboard(b []byte) (Dashboard, error) {
	var d Dashboard
	if err := decode(b, &d); err != nil {
		return d, damaged("dashboard", err)
	}
	return d, checkVersion("dashboard", d.Version, DashboardVersion)
}

func decode(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

func damaged(what string, cause error) error {
	return fault.New(fault.Corrupt, "report.Decode", "The stored "+what+" cannot be read.",
		"Its dataset is not touched. Delete the dataset and get the data again to have a new "+what+".").Because(cause)
}

func checkVersion(what string, v, known int) error {
	if v > known {
		return fault.New(fault.NewerFile, "report.Decode", fmt.Sprintf("The %s was saved by a newer Sightline (version %d).", what, v), "Update Sightline to open it.")
	}
	return nil
}
