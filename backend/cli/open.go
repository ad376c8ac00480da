package cli

import (
	"context"
	"encoding/json"
	"os"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

// dir is the data folder: the flag, else the environment, else the person's own.
func (v *verbs) dir() (string, error) {
	if v.dataDir != "" {
		return v.dataDir, nil
	}
	if d := os.Getenv("SIGHTLINE_DATA_DIR"); d != "" {
		return d, nil
	}
	return v.DefaultDataDir()
}

// open opens the workspace for a verb that only asks or loads.
func (v *verbs) open(ctx context.Context) (*desktop.Program, func(), error) {
	dir, err := v.dir()
	if err != nil {
		return nil, nil, err
	}
	return v.Open(ctx, OpenOptions{DataDir: dir, Platform: noFace{}})
}

// print writes one JSON value, indented for people.
func (v *verbs) print(value any) error {
	e := json.NewEncoder(v.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return fault.Wrap("cli.print", e.Encode(value))
}

// noFace is the platform of a verb: nobody is looking.
type noFace struct{}

func (noFace) Face() string     { return "verb" }
func (noFace) Emit(string, any) {}
func (noFace) OpenURL(string) error {
	return fault.New(fault.NoBrowser, "cli.OpenURL", "A verb opens no browser.", "Open the address yourself.")
}

func (noFace) SaveFile(string, []byte) (saved string, ok bool, err error) { return "", false, nil }
