package dataset

import "fmt"

// dated reads the one argument of a function along the dates, and refuses it where there are none.
func (c *checker) dated(s *syntax, at place) (int, error) {
	if !c.anyGroups && c.axis() < 0 {
		return 0, c.refuse(s, fmt.Sprintf("%s looks back along %s, which is not in rows or columns.", s.name, DateAxis), "Add "+string(DateAxis)+" with a grain, such as week.")
	}
	return c.number(s.args[0], at)
}

func (c *checker) along(op stepOp, n nature, x int, number float64, at place) int {
	return c.add(step{op: op, a: x, b: -1, c: -1, number: number, flat: c.flat(at)}, n)
}

func readPrevious(c *checker, s *syntax, at place) (int, error) {
	x, err := c.dated(s, at)
	if err != nil {
		return 0, err
	}
	n := c.natures[x]
	n.additive = false
	return c.along(stepPrevious, n, x, 0, at), nil
}

func readDifference(c *checker, s *syntax, at place) (int, error) {
	x, err := c.dated(s, at)
	if err != nil {
		return 0, err
	}
	n := c.natures[x]
	n.additive = false
	if n.overTime == OverTimeAsOf { // what happened to a state within the period
		n.overTime = OverTimeEvents
	}
	return c.along(stepDifference, n, x, 0, at), nil
}

func readGrowth(c *checker, s *syntax, at place) (int, error) {
	x, err := c.dated(s, at)
	if err != nil {
		return 0, err
	}
	n := nature{format: percentFormat, overTime: c.natures[x].overTime, direction: c.natures[x].direction}
	return c.along(stepGrowth, n, x, 0, at), nil
}

func readRunning(c *checker, s *syntax, at place) (int, error) {
	x, err := c.dated(s, at)
	if err != nil {
		return 0, err
	}
	n := c.natures[x]
	switch {
	case n.overTime != OverTimeEvents:
		return 0, c.refuse(s.args[0], "RUNNINGTOTAL adds up what happened in each period; this is a state, and the states of two days do not add up.", "Use a measure of events, such as "+Created+" or "+Closed+".")
	case !n.additive:
		return 0, c.refuse(s.args[0], "RUNNINGTOTAL adds up, and this does not add up: the whole is not the sum of its periods.", "Take the running totals of its parts, such as RUNNINGTOTAL([Closed]) / RUNNINGTOTAL([Created]).")
	}
	n.overTime = OverTimeAsOf
	return c.along(stepRunning, n, x, 0, at), nil
}

// maxMoving is how many periods a moving average may span.
const maxMoving = 1000

func readMoving(c *checker, s *syntax, at place) (int, error) {
	x, err := c.dated(s, at)
	if err != nil {
		return 0, err
	}
	width, err := c.literal(s.args[1], 1, maxMoving, true, s.name)
	if err != nil {
		return 0, err
	}
	return c.along(stepMoving, meanOf(c.natures[x]), x, width, at), nil
}

// readShare divides by the same number without some groups: without the columns that are named, else without
// the rows of the query (its columns when it has no rows).
func readShare(c *checker, s *syntax, at place) (int, error) {
	part, err := c.number(s.args[0], at)
	if err != nil {
		return 0, err
	}
	if len(c.groups) > maxScopedGroups {
		return 0, c.refuse(s, fmt.Sprintf("SHARE works with up to %d groups.", maxScopedGroups), "Take a group out of rows or columns.")
	}
	state := c.natures[part].overTime == OverTimeAsOf
	off := c.shareRows(state)
	if len(s.args) > 1 {
		if off, err = c.shareColumns(s, state); err != nil {
			return 0, err
		}
	}
	at.off |= off
	whole, err := c.number(s.args[0], at)
	if err != nil {
		return 0, err
	}
	n := nature{format: percentFormat, overTime: c.natures[part].overTime, direction: Neutral}
	return c.pure(stepShare, n, part, whole), nil
}

// shareRows are the groups in the rows of the query. A state stays within its period: days are never added up.
func (c *checker) shareRows(state bool) (off Scope) {
	from, to := 0, c.rows
	if c.rows == 0 {
		to = len(c.groups)
	}
	for i := from; i < to; i++ {
		if !state || i != c.axis() {
			off |= 1 << i
		}
	}
	return off
}

func (c *checker) shareColumns(s *syntax, state bool) (off Scope, err error) {
	for _, arg := range s.args[1:] {
		ref, err := c.columnRef(arg, s.name)
		if err != nil {
			return 0, err
		}
		if ref == DateAxis && state {
			return 0, c.refuse(arg, "This is a state, and the states of two days do not add up.", "Take the share over another column.")
		}
		for i, g := range c.groups {
			if g.Column.Ref() == ref {
				off |= 1 << i
			}
		}
	}
	return off, nil
}
