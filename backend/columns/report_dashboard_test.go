package columns_test

import (
	"testing"

	pages "sightline/backend/report"
)

// The tiles of the default dashboard show what plain loops say, as pages do.
func TestEveryTileOfTheDefaultDashboardAgreesWithPlainLoops(t *testing.T) {
	board, err := pages.DefaultDashboard("n")
	if err != nil {
		t.Fatal(err)
	}
	s := newPageScene(1, "Agile")
	for _, tile := range board.Tiles {
		t.Run(tile.ID, func(t *testing.T) {
			if numbers := s.compare(t, "tile", tile.Visual.Query); numbers == 0 {
				t.Error("the tile has no number to compare")
			}
			if tile.Visual.Spark != nil {
				s.compare(t, "small line", *tile.Visual.Spark)
			}
		})
	}
}
