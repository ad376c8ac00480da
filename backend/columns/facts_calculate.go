package columns

import "sightline/backend/dataset"

// factCalculations holds the measures of the tables beside work items by name.
var factCalculations = func() map[string]calculation {
	all := map[string]calculation{}
	for _, of := range []map[string]calculation{gitCalculations(), pullRequestCalculations(), runCalculations(), taskCalculations(), testCalculations(),
		deploymentCalculations(), tfvcCalculations()} {
		for name, c := range of {
			all[name] = c
		}
	}
	return all
}()

// overFacts aggregates a column over rows by the day of a stored instant.
func overFacts(on string, column dataset.FieldRef, a dataset.Aggregate, where ...condition) calculation {
	c := over(onInstant, nil, column, a)
	c.bases[0].factBase = factBase{on: on, where: where}
	return c
}

// rankFacts is the percentile p of a column over rows by the day of a stored instant (M7).
func rankFacts(on string, column dataset.FieldRef, p float64, where ...condition) calculation {
	b := base{timing: onInstant, agg: aggPercentile, column: column, p: p, factBase: factBase{on: on, where: where}}
	return calculation{bases: []base{b}, finish: finishValue}
}

// distinctFacts counts the members of a column that rows have by the day of a stored instant.
func distinctFacts(on string, column dataset.FieldRef, where ...condition) calculation {
	return overFacts(on, column, dataset.CountDistinct, where...)
}

// overAlive aggregates a column over the rows that were born and whose end lay ahead.
func overAlive(until string, column dataset.FieldRef, a dataset.Aggregate) calculation {
	c := over(asOf, nil, column, a)
	c.bases[0].factBase = factBase{until: until}
	return c
}

// sumFacts is the base that adds up a column over rows by the day of a stored instant.
func sumFacts(on string, column dataset.FieldRef) base {
	return base{timing: onInstant, agg: aggSum, column: column, factBase: factBase{on: on}}
}
