// Command provider is a second identity provider, for tests only. It is the OpenID provider of
// github.com/zitadel/oidc, so that a misreading of the protocol that Sightline and its sample organization share
// does not go unseen: everything of the protocol is the library's; the people, the sign-in page, the cookie and the
// single-use refresh tokens are here.
//
// It serves two directories below http://127.0.0.1:PORT/{tenant}, prints one line of JSON that says where and who,
// and ends when its standard input does.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// announcement is the line that is printed.
type announcement struct {
	Authority string   `json:"authority"`
	ClientID  string   `json:"clientId"`
	Password  string   `json:"password"` // everybody's
	People    []person `json:"people"`
}

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "provider:", err)
		os.Exit(1)
	}
}

func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	handler, err := newHandler(base)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // whoever started us holds the other end
		_ = server.Close()
	}()
	if err := json.NewEncoder(os.Stdout).Encode(announcement{base, clientID, password, people}); err != nil {
		return err
	}
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}
