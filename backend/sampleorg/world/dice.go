package world

import "math"

const (
	second int64 = 1000
	minute       = 60 * second
	hour         = 60 * minute
)

// dice is a generator for one event, made from the event's key: what it draws depends on nothing that
// happened before, so that a later Now changes no draw. It is splitmix64.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	return mix(uint64(*d))
}

func (d *dice) float() float64          { return float64(d.next()>>11) / (1 << 53) }
func (d *dice) chance(p float64) bool   { return d.float() < p }
func (d *dice) below(n int) int         { return int(d.next() % uint64(n)) }
func (d *dice) millis(most int64) int64 { return int64(d.next() % uint64(most)) }

// spread draws a factor around 1 with a long right tail: a log-normal of the given sigma.
func (d *dice) spread(sigma float64) float64 {
	u, v := 1-d.float(), d.float()
	return math.Exp(sigma * math.Sqrt(-2*math.Log(u)) * math.Cos(2*math.Pi*v))
}
