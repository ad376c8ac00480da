package dataset

// operator reads an operator with its operands: numbers, or conditions of && || and NOT.
func (c *checker) operator(s *syntax, at place) (int, error) {
	if len(s.args) == 1 && s.name == "NOT" {
		x, err := c.condition(s.args[0], at)
		if err != nil {
			return 0, err
		}
		return c.pure(stepNot, booleanNature(c.natures[x], c.natures[x]), x), nil
	}
	read := c.number
	if s.name == "&&" || s.name == "||" {
		read = c.condition
	}
	args := make([]int, len(s.args))
	for i, arg := range s.args {
		if s.name == "IN" && i == 1 {
			return 0, c.refuse(s, "IN compares a column with a list, and stands in the filters of CALCULATE.", `For example: CALCULATE([Work items], Work items[State] IN {"New", "Active"}).`)
		}
		x, err := read(arg, at)
		if err != nil {
			return 0, err
		}
		args[i] = x
	}
	if len(args) == 1 {
		n := c.natures[args[0]]
		n.direction, n.value = Neutral, -n.value
		return c.pure(stepNegate, n, args[0]), nil
	}
	return c.binary(s.name, args[0], args[1]), nil
}

func (c *checker) binary(name string, x, y int) int {
	a, b := c.natures[x], c.natures[y]
	switch name {
	case "+":
		return c.pure(stepAdd, joined(a, b), x, y)
	case "-":
		return c.pure(stepSubtract, difference(a, b), x, y)
	case "*":
		return c.pure(stepMultiply, product(a, b), x, y)
	case "/":
		return c.pure(stepDivide, ratio(a, b), x, y)
	case "&&":
		return c.pure(stepAnd, booleanNature(a, b), x, y)
	case "||":
		return c.pure(stepOr, booleanNature(a, b), x, y)
	case "<>":
		return c.pure(stepUnequal, booleanNature(a, b), x, y)
	case "<":
		return c.pure(stepLess, booleanNature(a, b), x, y)
	case "<=":
		return c.pure(stepLessEqual, booleanNature(a, b), x, y)
	case ">":
		return c.pure(stepLess, booleanNature(a, b), y, x)
	case ">=":
		return c.pure(stepLessEqual, booleanNature(a, b), y, x)
	}
	return c.pure(stepEqual, booleanNature(a, b), x, y)
}
