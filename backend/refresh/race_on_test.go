//go:build race

package refresh_test

// raceEnabled is true under the race detector, which slows everything some ten times: what repeats a case many
// times repeats it less there, and whole in the run without it.
const raceEnabled = true
