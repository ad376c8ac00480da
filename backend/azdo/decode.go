package azdo

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// asServed are the manners in which answers are read: as encoding/json reads them, because the service writes a
// member in another case here and there, and cuts texts in the middle of a character.
var asServed = json.JoinOptions(json.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// unmarshal reads JSON of an answer into v. encoding/json reads a value inside a type that decodes itself three
// times over, which took a third of the processor time of a load.
func unmarshal(b []byte, v any) error { return json.Unmarshal(b, v, asServed) }
