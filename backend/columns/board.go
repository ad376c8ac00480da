package columns

import (
	"math"
	"strings"

	"sightline/backend/dataset"
)

// onBoard is the number 1 of every place on a board, for Board items; no query can name it.
const onBoard dataset.FieldRef = "Work items[\x00on a board]"

// boardRank is where a name stands among the columns or lanes that boards have now.
type boardRank struct {
	name string
	rank []float64
}

// boardSources declares the columns of the boards.
func (g *generation) boardSources() {
	places := g.dicts.places
	g.sources[dataset.BoardColumnName] = &source{ref: dataset.BoardColumnName, vector: vBoard, domain: g.boardDomain(nil)}
	lanes := g.lanes()
	g.coded(dataset.BoardLane, vBoard, entriesOf(places, func(b dataset.BoardRow) entry {
		if l, ok := lanes[strings.ToLower(b.Lane)]; ok {
			return textEntry(b.Lane, l)
		}
		return textEntry(b.Lane, math.Inf(1))
	}))
	g.coded(dataset.BoardDone, vBoard, entriesOf(places, func(b dataset.BoardRow) entry { return saidEntry(b.Done) }))
	numbers := project(places, func(b dataset.BoardRow) float64 {
		if b.Column == "" {
			return nan
		}
		return 1
	})
	g.coded(onBoard, vBoard, entriesOf(numbers, numberEntry)).numbers = numbers
}

// saidEntry is a member of a column of 0 not said, 1 no, 2 yes.
func saidEntry(said int8) entry {
	if said != 0 {
		return flagEntry(said == 2)
	}
	return blankEntry(dataset.Blank)
}

// boardDomain is the domain of Board column in the order of the boards: the first columns of all boards,
// those in progress by their place, the last ones. With teams the order is that of their boards. A name that
// no board has any more is (Blank), as Analytics shows it (M26); without any board names stay.
func (g *generation) boardDomain(teams []bool) *domain {
	ranks := map[string]boardRank{}
	for _, kept := range []bool{true, false} { // boards of the teams decide, the others add their names
		found := map[string]boardRank{}
		for _, b := range g.dicts.teamBoards {
			if g.isBoardOf(b, teams) != kept {
				continue
			}
			for i, c := range b.Columns {
				at := []float64{boardKind(c.Kind), float64(i)}
				key := strings.ToLower(c.Name)
				if was, ok := found[key]; !ok || was.rank[0] > at[0] || was.rank[0] == at[0] && was.rank[1] > at[1] {
					found[key] = boardRank{c.Name, at}
				}
			}
		}
		for key, r := range found {
			if _, ok := ranks[key]; !ok {
				ranks[key] = r
			}
		}
	}
	return newDomain(entriesOf(g.dicts.places, func(b dataset.BoardRow) entry {
		r, ok := ranks[strings.ToLower(b.Column)]
		switch {
		case ok:
			return textEntry(r.name, r.rank...)
		case len(g.dicts.teamBoards) == 0:
			return textEntry(b.Column)
		}
		return blankEntry(dataset.Blank)
	}))
}

// isBoardOf reports whether the board is one of the teams'; nil teams are all.
func (g *generation) isBoardOf(b dataset.TeamBoardRow, teams []bool) bool {
	for i, t := range g.dicts.teams {
		if t.ID == b.Team {
			return teams == nil || teams[i]
		}
	}
	return teams == nil
}

// boardKind puts the first columns of boards before, and the last ones behind, all others.
func boardKind(kind string) float64 {
	switch kind {
	case "incoming":
		return 0
	case "outgoing":
		return 2
	}
	return 1
}

// lanes are the places of the lanes on the boards, by name in lower case.
func (g *generation) lanes() map[string]float64 {
	out := map[string]float64{}
	for _, b := range g.dicts.teamBoards {
		for i, l := range b.Lanes {
			key := strings.ToLower(l)
			if was, ok := out[key]; !ok || was > float64(i) {
				out[key] = float64(i)
			}
		}
	}
	return out
}
