package world

import "math/rand/v2"

// topic is what an item is about: a domain and one of its things. Children share their parent's.
type topic struct {
	domain uint8
	thing  uint8
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// fill puts a thing into the place of %s; sentence case at the front.
func fill(pattern, thing string) string {
	for i := 0; i+1 < len(pattern); i++ {
		if pattern[i] == '%' && pattern[i+1] == 's' {
			if i == 0 {
				thing = upperFirst(thing)
			}
			return pattern[:i] + thing + pattern[i+2:]
		}
	}
	return pattern
}

// upperFirst turns the first letter, which is ASCII in the vocabulary, into a capital.
func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// title writes the title of a new item of a kind.
func (t topic) title(r *rand.Rand, k Kind) string {
	d := &domains[t.domain]
	thing := d.things[t.thing]
	switch k {
	case KindEpic:
		return fill(pick(r, epicNames), d.name)
	case KindFeature:
		return fill(pick(r, featureNames), thing)
	case KindSpike:
		return fill(pick(r, spikeNames), thing)
	case KindBug:
		return upperFirst(thing) + " " + pick(r, symptoms) + " " + pick(r, conditions)
	case KindTask:
		return fill(pick(r, taskVerbs), thing)
	case KindTestCase:
		return fill(pick(r, caseNames), thing)
	case KindImpediment:
		return fill(pick(r, obstacles), thing)
	case KindRisk:
		return fill(pick(r, riskNames), thing)
	case KindChange:
		return fill(pick(r, changeNames), thing)
	case KindReview:
		return fill(pick(r, reviewNames), thing)
	}
	switch n := r.IntN(20); {
	case n < 8:
		return pick(r, d.actors) + " can " + pick(r, d.abilities) + " " + pick(r, qualifiers)
	case n < 12:
		return upperFirst(pick(r, d.abilities)) + " " + pick(r, qualifiers)
	case n < 15:
		return pick(r, d.actors) + " can " + pick(r, d.abilities)
	default:
		return fill(pick(r, improvements), thing)
	}
}
