package desktop

import (
	"bytes"
	"fmt"
	"testing"

	"sightline/backend/workspace"
)

func storedReport(id, name string) workspace.Document {
	return workspace.Document{ID: id, Body: fmt.Appendf(nil, `{"version":2,"name":%q,"pages":[{"id":"p","name":%q,"title":"","visuals":[]}]}`, name, name)}
}

func TestAReportThatChangedIsDecodedAgain(t *testing.T) {
	var d decodedReports
	for _, name := range []string{"First", "First", "Second"} {
		rep, err := d.read(storedReport("a", name))
		if err != nil {
			t.Fatal(err)
		}
		if rep.Name != name {
			t.Errorf("read %q, want %q", rep.Name, name)
		}
	}
}

func TestAPageOfADecodedReportIsTheReadersOwn(t *testing.T) {
	var d decodedReports
	doc := storedReport("a", "Mine")
	first, err := d.read(doc)
	if err != nil {
		t.Fatal(err)
	}
	first.Pages[0].Name = "changed"
	second, err := d.read(workspace.Document{ID: "a", Body: bytes.Clone(doc.Body)})
	if err != nil {
		t.Fatal(err)
	}
	if second.Pages[0].Name != "Mine" {
		t.Errorf("another reader's change is seen: %q", second.Pages[0].Name)
	}
}

func TestADamagedReportIsNeverHeld(t *testing.T) {
	var d decodedReports
	if _, err := d.read(workspace.Document{ID: "a", Body: []byte(`{"version":2`)}); err == nil {
		t.Fatal("a damaged report was read")
	}
	if len(d.held) != 0 {
		t.Error("a damaged report is held")
	}
}

func TestOnlySoManyReportsAreHeld(t *testing.T) {
	var d decodedReports
	for i := range 3 * mostDecoded {
		if _, err := d.read(storedReport(fmt.Sprint(i), "R")); err != nil {
			t.Fatal(err)
		}
		if len(d.held) > mostDecoded {
			t.Fatalf("%d reports are held", len(d.held))
		}
	}
}
