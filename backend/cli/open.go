package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
)

// dir is the whole path of the data folder: the flag, else the environment, else the person's own.
func (v *verbs) dir() (string, error) {
	dir := v.dataDir
	if dir == "" {
		dir = os.Getenv("SIGHTLINE_DATA_DIR")
	}
	if dir == "" {
		return v.DefaultDataDir()
	}
	whole, err := filepath.Abs(dir)
	return whole, fault.Wrap("cli.dir", err)
}

// open opens the workspace for a verb that only asks or loads.
func (v *verbs) open(ctx context.Context) (*desktop.Program, func(), error) {
	dir, err := v.dir()
	if err != nil {
		return nil, nil, err
	}
	return v.Open(ctx, OpenOptions{DataDir: dir, Platform: noFace{}})
}

// openUnlocked is open for a verb that needs stored sign-ins: with --passphrase-stdin they are unlocked first.
func (v *verbs) openUnlocked(ctx context.Context) (*desktop.Program, func(), error) {
	if err := v.readPassphrase(ctx); err != nil {
		return nil, nil, err
	}
	p, done, err := v.open(ctx)
	if err != nil || !v.passphraseStdin {
		return p, done, err
	}
	if err := p.UsePassphrase(v.passphrase); err != nil {
		done()
		return nil, nil, err
	}
	return p, done, nil
}

// readPassphrase reads the passphrase, if one is to come, once.
func (v *verbs) readPassphrase(ctx context.Context) (err error) {
	if v.passphraseStdin && v.passphrase.IsZero() {
		v.passphrase, err = v.readSecret(ctx, "passphrase", "sightline refresh DATASET --passphrase-stdin < passphrase.txt")
	}
	return err
}

func (v *verbs) passphraseFlag(c *cobra.Command) {
	c.Flags().BoolVar(&v.passphraseStdin, "passphrase-stdin", false, "read the passphrase of the stored sign-ins from the first line of standard input")
}

// print writes one JSON value, indented for people.
func (v *verbs) print(value any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fault.Wrap("cli.print", err)
	}
	_, err := v.out.Write(escapeHostile(text.Bytes()))
	return fault.Wrap("cli.print", err)
}

// noFace is the platform of a verb: nobody is looking.
type noFace struct{}

func (noFace) Face() string     { return "verb" }
func (noFace) Emit(string, any) {}

// OpenURL opens an address in the person's own browser, for a sign-in that asks for it.
func (noFace) OpenURL(address string) error { return openAddress(address) }

func (noFace) Reveal(string) error {
	return fault.New(fault.NotFound, "cli.Reveal", "A verb opens no file manager.", "`sightline datasets` names the file.")
}

func (noFace) Quit() error {
	return fault.New(fault.Invalid, "cli.Quit", "A verb has no window that could be closed.", "It ends by itself.")
}

func (noFace) SaveStream(string, func(io.Writer) error) (saved string, ok bool, err error) {
	return "", false, nil
}

// Notify shows nothing: who runs a verb reads its end, and the history keeps it.
func (noFace) Notify(desktop.Notification) error { return nil }

func (noFace) SaveFile(string, []byte) (saved string, ok bool, err error) { return "", false, nil }
