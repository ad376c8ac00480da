package desktop

import (
	"bytes"
	"encoding/base64"
	"io"

	"sightline/backend/fault"
)

// largestPicture is how many bytes a picture of a visual may have: one of a whole large screen has a few million.
const largestPicture = 64 << 20

// SavePicture writes a PNG that the interface drew, given in base64, where the person says. Under serve nothing is
// written: the page has the picture in its hands. Faults: Invalid for what is no PNG, those of the disk.
func (e *Exports) SavePicture(title, png string) (SaveResult, error) {
	e.p.await()
	return guard(e.p.Log, "Exports.SavePicture", func() (SaveResult, error) {
		const op = "desktop.Exports.SavePicture"
		if base64.StdEncoding.DecodedLen(len(png)) > largestPicture {
			return SaveResult{}, fault.New(fault.Invalid, op, "The picture is too large to be written.", "Make the window smaller and try again.")
		}
		raw, err := base64.StdEncoding.DecodeString(png)
		if err != nil || !bytes.HasPrefix(raw, []byte("\x89PNG\r\n\x1a\n")) {
			return SaveResult{}, fault.New(fault.Invalid, op, "This is no picture that can be written.", "Try again.").Because(err)
		}
		name := fileName(title) + ".png"
		path, ok, err := e.p.Platform.SaveStream(name, func(out io.Writer) error {
			_, err := out.Write(raw)
			return err
		})
		if err != nil {
			return SaveResult{}, fault.New(fault.CodeOf(err), op, "The picture "+name+" could not be written.", "Choose another folder, or make room.").Because(err)
		}
		return SaveResult{Path: path, Download: !ok, Canceled: ok && path == ""}, nil
	})
}
