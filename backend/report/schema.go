package report

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Schema is the JSON schema (draft 2020-12) of the documents, for editors and other programs: $defs/report, $defs/page
// and $defs/dashboard.
//
//go:embed schema.json
var Schema []byte

// schemaOf is a definition of the schema, compiled.
var schemaOf = map[string]func() (*jsonschema.Schema, error){
	"report":    sync.OnceValues(func() (*jsonschema.Schema, error) { return compileSchema("report") }),
	"page":      sync.OnceValues(func() (*jsonschema.Schema, error) { return compileSchema("page") }),
	"dashboard": sync.OnceValues(func() (*jsonschema.Schema, error) { return compileSchema("dashboard") }),
}

func compileSchema(definition string) (*jsonschema.Schema, error) {
	const name = "schema.json"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		return nil, err
	}
	return c.Compile(name + "#/$defs/" + definition)
}

// conforms says where a document differs from the definition of the schema, and how: "pages/0/visuals/2/type: value
// must be one of …".
func conforms(definition string, body []byte) error {
	schema, err := schemaOf[definition]()
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	err = schema.Validate(doc)
	var refused *jsonschema.ValidationError
	if errors.As(err, &refused) {
		at := deepest(refused)
		return fmt.Errorf("%s: %s", strings.Join(at.InstanceLocation, "/"), at.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
	}
	return err
}

// deepest is the cause that stands deepest in the document: the outer ones only say that something below is wrong.
func deepest(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	out := e
	for _, cause := range e.Causes {
		if d := deepest(cause); out == e || len(d.InstanceLocation) > len(out.InstanceLocation) {
			out = d
		}
	}
	return out
}
