package main

import (
	"encoding/json"
	"fmt"
	"time"
)

// figure is one measured number with the numbers beside it and the goal, which is one of the ratio to DuckDB where
// there is such a ratio and the goal names no unit.
type figure struct {
	Group     string  `json:"group"`
	What      string  `json:"what"`
	Ours      float64 `json:"ours"`
	Theirs    float64 `json:"theirs,omitempty"` // DuckDB
	Ratio     float64 `json:"ratio,omitempty"`
	Lite      float64 `json:"lite,omitempty"` // the C SQLite
	LiteRatio float64 `json:"liteRatio,omitempty"`
	Unit      string  `json:"unit"`
	Goal      string  `json:"goal,omitempty"`
}

// tell prints a figure as a line of JSON.
func (b *bench) tell(f figure) {
	if f.Theirs > 0 {
		f.Ratio = f.Ours / f.Theirs
	}
	if f.Lite > 0 {
		f.LiteRatio = f.Ours / f.Lite
	}
	f.Group = fmt.Sprintf("%d items: %s", b.w.items, f.Group)
	line, err := json.Marshal(f)
	if err != nil {
		panic(err) // a number that JSON cannot hold is a mistake here
	}
	fmt.Println(string(line))
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
