package world

import (
	"fmt"
	"strings"
)

// Size says how large a company is simulated.
type Size int

// The sizes: about 5,000 work items of 8 revisions, 60,000 of 10, 200,000 of 8.
const (
	Small Size = iota
	Medium
	Large
)

// ParseSize reads small, medium or large.
func ParseSize(s string) (Size, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "small":
		return Small, nil
	case "medium":
		return Medium, nil
	case "large":
		return Large, nil
	}
	return Small, fmt.Errorf("%q is no size of the sample organization: use small, medium or large", s)
}

// String is the word that ParseSize reads.
func (s Size) String() string {
	switch s {
	case Medium:
		return "medium"
	case Large:
		return "large"
	}
	return "small"
}

// scale is what a size means to the blueprint and the simulation.
type scale struct {
	extraProjects int     // projects besides the hand-made ones
	teams         int     // delivery teams of each extra project
	members       int     // developers of one such team
	chatter       float64 // how likely a day's work is written down as a revision
	nightly       int     // how often a night the build service touches its one item
}

func (s Size) scale() scale {
	switch s {
	case Medium:
		return scale{extraProjects: 16, teams: 5, members: 5, chatter: 2, nightly: 13}
	case Large:
		return scale{extraProjects: 38, teams: 9, members: 4, chatter: 1, nightly: 13}
	}
	return scale{chatter: 1, nightly: 1}
}
