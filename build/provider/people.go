package main

import (
	"slices"
	"sync"
)

// person is somebody who can sign in.
type person struct {
	TenantID string `json:"tenantId"`
	ObjectID string `json:"objectId"`
	Name     string `json:"name"`
	Address  string `json:"address"`
}

const (
	clientID = "3c1d2f4e-7a60-4e0b-9d55-0c8f6b6a9e11"
	harbour  = "6f0a5c52-2b1e-4d5b-8d0e-5d3c1f7a9b01"
	password = "second-provider"
	orchard  = "c41f6a7d-93f0-4a3c-b1b2-0e9c2d4b8f02"
)

// people are of two directories.
var people = []person{
	{harbour, "0d6c6f0e-3f5e-4c0f-9a51-6d6f5b0b1a01", "Ada Berg", "ada.berg@harbour.example"},
	{harbour, "1a7d2b9c-5b1d-4d7e-8f62-7e7a6c1c2b02", "Ben Cole", "ben.cole@harbour.example"},
	{orchard, "2b8e3cad-6c2e-4e8f-9a73-8f8b7d2d3c03", "Cleo Dahl", "cleo.dahl@orchard.example"},
}

func personAt(address string) (person, bool) {
	i := slices.IndexFunc(people, func(p person) bool { return p.Address == address })
	if i < 0 {
		return person{}, false
	}
	return people[i], true
}

func personOf(objectID string) (person, bool) {
	i := slices.IndexFunc(people, func(p person) bool { return p.ObjectID == objectID })
	if i < 0 {
		return person{}, false
	}
	return people[i], true
}

// event is one line of the log: what a test looks at to tell silent from asked.
type event struct {
	Kind    string `json:"kind"` // silent, asked, signed_in, token, refresh, refused
	Person  string `json:"person"`
	Session string `json:"session"` // none, or the address the browser was signed in as
}

type eventLog struct {
	mu     sync.Mutex
	events []event
}

func (l *eventLog) add(kind, who, session string) {
	if session == "" {
		session = "none"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, event{kind, who, session})
}

func (l *eventLog) all() []event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]event{}, l.events...)
}
