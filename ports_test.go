package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// listeners are the packages that may open a port or a socket, and why. The window is not among them: its
// pages reach the program through the webview.
var listeners = map[string]string{
	"backend/serve":     "sightline serve, on the loopback and behind a token",
	"backend/signin":    "the way back of one sign-in, on the loopback and while it lasts",
	"backend/sampleorg": "the sample organization, on the loopback and once a person asked for it",
	"backend/instance":  "a socket file that only this person can reach, by which a second start raises the first window",
}

// opening are the functions by which a program begins to listen.
var opening = []string{"Listen", "ListenTCP", "ListenUDP", "ListenUnix", "ListenPacket", "ListenIP", "ListenMulticastUDP", "ListenUnixgram", "ListenAndServe", "ListenAndServeTLS", "FileListener"}

func TestNothingButTheseListens(t *testing.T) {
	found := map[string]bool{}
	everySource(t, func(path string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(opening, call.Sel.Name) {
				return true
			}
			if of, ok := call.X.(*ast.Ident); ok && of.Name == "serve" && call.Sel.Name == "Listen" && filepath.ToSlash(filepath.Dir(path)) == "backend/cli" {
				return true // the verb serve asks the package that may
			}
			dir := filepath.ToSlash(filepath.Dir(path))
			if listeners[dir] == "" {
				t.Errorf("%s calls %s: only %v may open a port", path, call.Sel.Name, listeners)
			}
			found[dir] = true
			return true
		})
	})
	for dir := range listeners {
		if !found[dir] {
			t.Errorf("%s opens nothing, so this test looks past what it should find", dir)
		}
	}
}

func TestTheWindowDoesNotReachWhatServes(t *testing.T) {
	windows := 0
	everySource(t, func(path string, file *ast.File) {
		if !strings.HasPrefix(path, "window") {
			return
		}
		windows++
		for _, i := range file.Imports {
			if name, _ := strconv.Unquote(i.Path.Value); name == "sightline/backend/serve" || strings.HasPrefix(name, "sightline/backend/sampleorg") || name == "net" {
				t.Errorf("%s imports %s", path, name)
			}
		}
	})
	if windows < 3 {
		t.Errorf("%d files of the window were looked at", windows)
	}
}

// everySource visits the sources of the program that are not tests, whatever they are built for.
func everySource(t *testing.T, visit func(path string, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (path == "frontend" || path == "build" || path == "docs" || d.Name() == "testdata" || path != "." && strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil {
			visit(path, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
