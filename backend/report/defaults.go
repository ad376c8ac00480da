package report

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"sightline/backend/fault"
)

//go:embed defaults/*.json
var defaults embed.FS

// DefaultReport is the report a new dataset gets: every default page, in their order. Which of them a dataset has data
// for changes with the data, and is said by Absent.
func DefaultReport(name string) (Report, error) {
	pages, err := defaultPages()
	return Report{Version: Version, Name: name, Pages: pages}, err
}

// defaultPages are the files whose names begin with a number, in the order of these.
func defaultPages() ([]Page, error) {
	files, err := fs.Glob(defaults, "defaults/[0-9]*.json")
	if err != nil {
		return nil, fault.Wrap("report.defaultPages", err)
	}
	pages := make([]Page, 0, len(files))
	for _, file := range files {
		page, err := readDefault[Page](file, "page")
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// DefaultDashboard is the dashboard a new dataset gets.
func DefaultDashboard(name string) (Dashboard, error) {
	d, err := readDefault[Dashboard]("defaults/dashboard.json", "dashboard")
	if err != nil {
		return Dashboard{}, err
	}
	d.Version, d.Name = DashboardVersion, name
	return d, nil
}

// readDefault reads one of the files, which are a definition of the schema.
func readDefault[T any](file, definition string) (T, error) {
	var doc T
	b, err := defaults.ReadFile(file)
	if err != nil {
		return doc, fault.Wrap("report.readDefault", err)
	}
	if err := decode(definition, b, &doc); err != nil {
		return doc, fault.Wrap("report.readDefault", fmt.Errorf("%s: %w", file, err))
	}
	return doc, nil
}

// DecodeReport reads a stored report and brings one of an older version up to this one. One that a newer Sightline
// wrote is refused.
func DecodeReport(b []byte) (Report, error) {
	var r Report
	if err := decode("report", b, &r); err != nil {
		if newer := versionOf(b); newer > Version { // it may say what this version does not know
			return Report{}, checkVersion("report", newer, Version)
		}
		return r, damaged("report", err)
	}
	if err := checkVersion("report", r.Version, Version); err != nil {
		return r, err
	}
	return upgraded(r)
}

func versionOf(b []byte) int {
	var any struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(b, &any) != nil {
		return 0
	}
	return any.Version
}

// upgraded brings a report up to this version. Version 1 knew one page, and no program that wrote it could change that
// page: it is replaced by what it became, and the other default pages follow.
func upgraded(r Report) (Report, error) {
	if r.Version >= 2 {
		return r, nil
	}
	pages, err := defaultPages()
	if err != nil {
		return r, err
	}
	for _, p := range r.Pages {
		if !slices.ContainsFunc(pages, func(d Page) bool { return d.ID == p.ID }) {
			pages = append(pages, p)
		}
	}
	r.Pages, r.Version = pages, Version
	return r, nil
}

// DecodeDashboard reads a stored dashboard. One that a newer Sightline wrote is refused.
func DecodeDashboard(b []byte) (Dashboard, error) {
	var d Dashboard
	if err := decode("dashboard", b, &d); err != nil {
		return d, damaged("dashboard", err)
	}
	return d, checkVersion("dashboard", d.Version, DashboardVersion)
}

func decode(definition string, b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	return conforms(definition, b)
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
